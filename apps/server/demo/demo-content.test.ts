import { caseDomains, helpFields } from '@jieyou/core/shared/fields.ts';
import { describe, expect, it } from 'vitest';
import * as demo from './index.ts';

const length = (text: string): number => [...text].length;
const identifiers: demo.StoryIdentifiers = { name: '示例甲', child: '示例乙', school: '示例学校', address: '示例地址', phone: '19900000000', worker: '示例社工' };

describe('divisions', () => {
  it('hold Longhua with its six streets and every community below a known parent', () => {
    expect(demo.childrenOf(demo.demoDistrictCode).map((row) => row.name).toSorted()).toEqual(
      ['大浪街道', '福城街道', '观澜街道', '观湖街道', '龙华街道', '民治街道'].toSorted(),
    );
    const codes = new Set(demo.divisions.map((row) => row.code));
    expect(codes.size).toBe(demo.divisions.length);
    for (const row of demo.divisions) if (row.tier !== 'province') expect(codes).toContain(row.parentCode);
    for (const street of demo.childrenOf(demo.demoDistrictCode)) expect(demo.childrenOf(street.code).length).toBeGreaterThanOrEqual(10);
    expect(demo.childrenOf(demo.neighbourDistrictCode)).toHaveLength(2);
    expect(demo.divisions.filter((row) => row.tier === 'district')).toHaveLength(9);
  });

  it('give communities their everyday names', () => {
    expect(demo.communityShortName('北站社区居委会')).toBe('北站社区');
    expect(demo.communityShortName('白坭坑社区居民委员会')).toBe('白坭坑社区');
  });
});

describe('names and identifiers', () => {
  it('give a thousand different names, the same ones each time', () => {
    const draw = () => {
      const book = demo.openNameBook(demo.randomFor('test'));
      return Array.from({ length: 1000 }, (_, index) => book.next(index % 2 ? 'male' : 'female'));
    };
    const names = draw();
    expect(new Set(names).size).toBe(1000);
    expect(draw()).toEqual(names);
    for (const name of names) expect(name).toMatch(/^\p{Script=Han}{2,4}$|^\p{Script=Han}+·\p{Script=Han}+$/u);
    expect(names.some((name) => name.includes('·'))).toBe(true);
  });

  it('draw from enough surnames and characters', () => {
    const surnames = demo.surnames.map(([name]) => name);
    expect(surnames.length).toBeGreaterThanOrEqual(120);
    expect(new Set(surnames).size).toBe(surnames.length);
    expect(surnames).toEqual(expect.arrayContaining(['欧阳', '司徒', '上官', '单', '曾', '仇']));
    const characters = new Set([...demo.givenCharacters.female, ...demo.givenCharacters.male]);
    expect(characters.size).toBeGreaterThanOrEqual(300);
  });

  it('make ID numbers from the fictitious range with right check digits', () => {
    expect(demo.idCheckCharacter('11010519491231002')).toBe('X');
    const numbers = new Set<string>();
    for (let sequence = 0; sequence < 500; sequence += 1) {
      const number = demo.fictitiousIdNumber('1985-03-09', sequence % 2 ? 'male' : 'female', sequence);
      expect(number).toMatch(/^449900\d{11}[\dX]$/u);
      expect(demo.idCheckCharacter(number.slice(0, 17))).toBe(number[17]);
      expect(Number(number[16]) % 2).toBe(sequence % 2);
      numbers.add(number);
    }
    expect(numbers.size).toBe(500);
    expect(demo.divisions.some((row) => row.code.startsWith(demo.fictitiousDivision))).toBe(false);
  });

  it('make credit codes with right check characters', () => {
    expect(demo.creditCheckCharacter('91350100M000100Y4')).toBe('3');
    const codes = demo.organisations.map((row) => row.creditCode);
    expect(new Set(codes).size).toBe(codes.length);
    for (const row of demo.organisations) {
      expect(row.creditCode).toMatch(/^(?:11|12|51|52|53|91)449900DEM\d{5}[\dX][0-9A-HJ-NPQRTUWXY]$/u);
      expect(demo.creditCheckCharacter(row.creditCode.slice(0, 17))).toBe(row.creditCode[17]);
    }
  });

  it('use telephone numbers that nobody has', () => {
    const blocks: demo.PhoneBlock[] = ['recipient', 'expert', 'worker', 'partner'];
    for (const block of blocks) expect(demo.fictitiousMobile(block, 7)).toMatch(/^1990000\d{4}$|^199000[1-3]\d{4}$/u);
    expect(demo.fictitiousLandline(7)).toBe('0755-00000007');
  });
});

describe('organisations, stations and people', () => {
  it('hold the authority with its successor, the operator, agencies and partners', () => {
    expect(demo.agencies.length).toBeGreaterThanOrEqual(12);
    expect(demo.partners.length).toBeGreaterThanOrEqual(25);
    expect(new Set(demo.partners.map((row) => row.type))).toEqual(new Set(['government', 'charity', 'professional']));
    expect(demo.authority.successor.name).toContain('社会工作部');
    for (const row of [...demo.agencies, ...demo.partners, demo.centreOperator]) expect(row.name).toContain('演示');
    expect(new Set(demo.organisations.map((row) => row.key)).size).toBe(demo.organisations.length);
  });

  it('hold one centre, six street stations and at least fifty rooms, each below its parent', () => {
    const count = (tier: demo.StationTier) => demo.stations.filter((row) => row.tier === tier).length;
    expect([count('district'), count('street')]).toEqual([1, 6]);
    expect(count('community')).toBeGreaterThanOrEqual(50);
    const all = [demo.cityStation, ...demo.stations, ...demo.neighbourStations];
    const keys = new Set(all.map((row) => row.key));
    const operators = new Set(demo.organisations.map((row) => row.key));
    expect(keys.size).toBe(all.length);
    for (const row of all) {
      if (row.parentKey) expect(keys).toContain(row.parentKey);
      expect(operators).toContain(row.operatorKey);
      expect(demo.divisions.some((division) => division.code === row.divisionCode)).toBe(true);
    }
  });

  it('hold 879 workers in at least ten agencies, six of them heads, the same each time', () => {
    const workers = demo.buildWorkers();
    expect(workers).toHaveLength(879);
    expect(new Set(workers.map((row) => row.name)).size).toBe(879);
    expect(new Set(workers.map((row) => row.number)).size).toBe(879);
    expect(new Set(workers.map((row) => row.agencyKey)).size).toBeGreaterThanOrEqual(demo.agencies.length);
    expect(workers.filter((row) => row.post === '站长')).toHaveLength(6);
    expect(new Set(workers.map((row) => row.stationKey)).size).toBe(demo.stations.length);
    expect(demo.buildWorkers()).toEqual(workers);
    expect(Math.round((demo.workerCount / demo.residentCount) * 1e6) / 100).toBe(3.52);
  });

  it('hold forty experts in term, each field covered at least five times', () => {
    expect(demo.experts).toHaveLength(40);
    expect(new Set(demo.experts.map((row) => row.name)).size).toBe(40);
    for (const field of helpFields) expect(demo.experts.filter((row) => row.helpFields.includes(field)).length).toBeGreaterThanOrEqual(5);
    for (const row of demo.experts) {
      expect(row.helpFields.length).toBeGreaterThanOrEqual(1);
      expect(row.helpFields.length).toBeLessThanOrEqual(3);
      expect(row.helpFields).not.toContain(undefined);
      expect(row.termFromDaysAgo).toBeGreaterThan(0);
      expect(row.termToDaysAhead).toBeGreaterThan(0);
      expect(row.maxPanelsPerMonth).toBe(4);
      expect(row.weekdays.length).toBeGreaterThan(0);
      for (const day of row.weekdays) expect([1, 2, 3, 4, 5]).toContain(day);
      expect(length(row.specialities)).toBeGreaterThanOrEqual(12);
      expect(row.organisation === row.organisationKey).toBe(false);
      expect(row.organisation).toMatch(/\p{Script=Han}/u);
    }
    expect(demo.experts.some((row) => row.gender === 'female' && row.helpFields.includes('law'))).toBe(true);
  });
});

describe('policies and resources', () => {
  it('are at least 110, over 100 of them in force, with every field filled and marked as demonstration', () => {
    expect(demo.policyResources.length).toBeGreaterThanOrEqual(110);
    expect(new Set(demo.policyResources.map((row) => row.name)).size).toBe(demo.policyResources.length);
    const inForce = demo.policyResources.filter((row) => row.validToDaysAhead === null || row.validToDaysAhead > 0);
    expect(inForce.length).toBeGreaterThan(100);
    for (const row of demo.policyResources) {
      expect(row.source).toContain('演示');
      for (const text of [row.name, row.category, row.audience, row.authority, row.conditions, row.phone, row.summary]) {
        expect(length(text)).toBeGreaterThanOrEqual(2);
        expect(length(text)).toBeLessThanOrEqual(120);
      }
      expect(row.materials.length).toBeGreaterThan(0);
      expect(row.helpFields.length).toBeGreaterThan(0);
      for (const field of row.helpFields) expect(helpFields).toContain(field);
      expect(row.divisionCode === null).toBe(row.issuingTier === 'nation');
      if (row.divisionCode) expect(demo.divisions.some((division) => division.code === row.divisionCode)).toBe(true);
    }
    for (const field of helpFields) expect(inForce.some((row) => row.helpFields.includes(field))).toBe(true);
    expect(new Set(demo.policyResources.map((row) => row.issuingTier)).size).toBe(5);
  });
});

describe('stories', () => {
  it('give each domain at least six, with no key, title or text twice', () => {
    for (const domain of caseDomains) expect(demo.stories.filter((row) => row.domain === domain).length).toBeGreaterThanOrEqual(6);
    const values = demo.stories.flatMap((row) => [
      row.key, row.title, row.story, row.tried, row.asks, row.minutes, row.closing.result, row.closing.reflection, ...Object.values(row.publication),
      ...row.opinions.flatMap((opinion) => [opinion.judgement, opinion.advice, opinion.risk]),
    ]);
    expect(values.filter((value, index) => values.indexOf(value) !== index)).toEqual([]);
  });

  it.each(demo.stories.map((row) => [row.key, row] as const))('%s keeps its limits and its placeholders', (_, row) => {
    const limits = demo.storyLimits;
    expect(length(row.title)).toBeLessThanOrEqual(limits.title);
    expect(length(row.household)).toBeLessThanOrEqual(limits.household);
    expect(length(row.story)).toBeGreaterThanOrEqual(limits.storyLow);
    expect(length(row.tried)).toBeLessThanOrEqual(limits.tried);
    expect(length(row.asks)).toBeLessThanOrEqual(limits.asks);
    expect(length(row.minutes)).toBeLessThanOrEqual(limits.minutes);
    for (const text of [row.closing.result, row.closing.reflection]) expect(length(text)).toBeLessThanOrEqual(limits.closing);
    for (const opinion of row.opinions) {
      for (const text of [opinion.judgement, opinion.advice, opinion.risk]) expect(length(text)).toBeLessThanOrEqual(limits.opinion);
    }
    expect(row.decisions.length).toBeGreaterThanOrEqual(3);
    for (const decision of row.decisions) {
      expect(length(decision.text)).toBeLessThanOrEqual(limits.decision);
      expect(length(decision.doneText)).toBeLessThanOrEqual(limits.decision);
      expect(row.helpFields).toContain(decision.field);
    }
    expect(new Set(row.opinions.map((opinion) => opinion.field)).size).toBeGreaterThanOrEqual(2);
    const { title, ...sections } = row.publication;
    expect(length(title)).toBeLessThanOrEqual(limits.title);
    for (const text of Object.values(sections)) {
      expect(length(text)).toBeGreaterThanOrEqual(limits.publicationLow);
      expect(length(text)).toBeLessThanOrEqual(limits.publication);
    }
    const published = Object.values(row.publication).join('').match(/\{\w+\}/gu) ?? [];
    for (const placeholder of published) expect(row.child ? ['{name}', '{child}'] : ['{name}']).toContain(placeholder);
    const original = row.story.match(/\{\w+\}/gu) ?? [];
    for (const placeholder of ['{name}', '{age}', '{worker}', '{address}', '{months}']) expect(original).toContain(placeholder);
    if (!row.child) expect(JSON.stringify(row)).not.toMatch(/\{child(?:Age)?\}/u);
    expect(row.methods.length).toBeGreaterThanOrEqual(2);
  });

  it('meet the hard-case rule: at least two of the six items, or imminent risk', () => {
    for (const row of demo.stories) {
      const { imminentRisk, ...items } = row.checklist;
      expect(imminentRisk || Object.values(items).filter(Boolean).length >= 2).toBe(true);
    }
  });

  it('tell LH-24 in four fields and more at once, and LH-25 through the crisis lane within 30 to 45 days', () => {
    const wangHua = demo.personaStory('LH-24');
    expect(wangHua.persona?.name).toBe('王桦');
    expect(wangHua.helpFields).toEqual(expect.arrayContaining(['law', 'family', 'economy', 'psychology']));
    expect(new Set(wangHua.decisions.map((decision) => decision.field)).size).toBeGreaterThanOrEqual(4);
    const lingLing = demo.personaStory('LH-25');
    expect(lingLing.persona).toMatchObject({ name: '玲玲', age: 36, path: 'crisis' });
    expect(lingLing.checklist.imminentRisk).toBe(true);
    expect(lingLing.persona?.closesInDays[0]).toBeGreaterThanOrEqual(30);
    expect(lingLing.persona?.closesInDays[1]).toBeLessThanOrEqual(45);
  });

  it('ask for a woman expert whenever the domain is violence at home', () => {
    for (const row of demo.stories) expect(row.wish === 'female-expert').toBe(row.domain === 'domestic-violence');
  });
});

describe('tellings', () => {
  const plan = demo.planTellings(demo.mostTellings);
  const told = plan.map(({ story, round }) => demo.tellStory(story, round, identifiers));

  it('carry 80 solved and the live ones with no two titles or texts alike', () => {
    expect(plan.length).toBeGreaterThanOrEqual(110);
    expect(new Set(told.map((row) => row.title)).size).toBe(told.length);
    expect(new Set(told.map((row) => row.story)).size).toBe(told.length);
    expect(plan.filter(({ story }) => story.persona)).toHaveLength(2);
    const firstThirty = demo.planTellings(30);
    expect(new Set(firstThirty.map(({ story }) => story.key)).size).toBe(30);
    expect(new Set(firstThirty.map(({ story }) => story.domain)).size).toBe(7);
  });

  it('leave no placeholder, keep the limit and stay the same each time', () => {
    for (const row of told) {
      expect(JSON.stringify(row)).not.toMatch(/\{\w+\}/u);
      expect(length(row.story)).toBeLessThanOrEqual(demo.storyLimits.story);
    }
    expect(plan.map(({ story, round }) => demo.tellStory(story, round, identifiers))).toEqual(told);
  });

  it('publish under a pseudonym only', () => {
    for (const { story, round } of plan) {
      const text = Object.values(demo.tellPublication(story, round, { name: '化名甲', child: '化名乙' })).join('');
      expect(text).not.toMatch(/\{\w+\}|示例/u);
      expect(text).toContain(/\{name\}/u.test(Object.values(story.publication).join('')) ? '化名甲' : '化名乙');
    }
    expect(new Set([...demo.pseudonyms.female, ...demo.pseudonyms.male]).size).toBe(demo.pseudonyms.female.length + demo.pseudonyms.male.length);
  });
});
