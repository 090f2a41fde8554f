/** Recipients by the hundred with what an ordinary station does for them: cases from intake to follow-up, notes, visits, relief, acts of service. */

import { isWorkingDay } from '@jieyou/core/calendar/rules.ts';
import type { ClosingKind } from '@jieyou/core/cases/stageSchema.ts';
import type { NoteKind } from '@jieyou/core/cases/words.ts';
import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import type { RecipientCategory } from '@jieyou/core/recipients/schema.ts';
import type { ReliefNeed, ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { addDays, ageOn, type Day, dayOf, daysBetween, instantAt, isMinorOn, monthOf } from '@jieyou/core/shared/day.ts';
import { type CaseDomain, caseDomains } from '@jieyou/core/shared/fields.ts';
import { maskAddress, maskMinorName, maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { caseNumber } from '@jieyou/core/support/receipts.ts';
import { sealRecipient } from '../../src/cases/index.ts';
import type { CryptoProvider } from '../../src/platform/crypto/crypto.ts';
import { adviserPlace } from '../../src/relief/store.ts';
import { idOf, type Rows } from '../loadRows.ts';
import { type CaseFileRow, type Told, type Way, writeCase } from '../loadStages.ts';
import { type DemoTime, demoHolidays } from '../loadTime.ts';
import { fictitiousIdNumber, fictitiousMobile, type Gender, givenCharacters, openNameBook } from '../names.ts';
import type { Random } from '../random.ts';
import { inventedAddress, inventedSchools } from '../telling.ts';
import { homeSections, type LifeKind, lives, type Way as NoteWay, reliefWords, situation, Teller } from './words.ts';

/** Who serves: a worker of one station, and who signs what this worker writes. */
export type Server = {
  readonly personId: string;
  readonly accountId: string | null;
  readonly districtId: string;
  readonly stationId: string;
  readonly organisationId: string | null;
  readonly divisionPath: string;
  /** Nine digits, for case numbers. */
  readonly streetCode: string;
  readonly streetName: string;
  readonly signerId: string | null;
  /** The head of the station; null for the head. */
  readonly headId: string | null;
};

/** Somebody who is to be written: what the life is about, who serves, and how much is done. */
export type Wish = {
  readonly kind: LifeKind;
  readonly server: Server;
  readonly communityName: string;
  readonly categories: readonly RecipientCategory[];
  /** A case, only its beginning, or a place on the register. */
  readonly work: 'case' | 'new-case' | 'register';
  /** Visits that were made; null leaves it to the case. */
  readonly visits: number | null;
  readonly relief: boolean;
  readonly household: boolean;
  /** Days back to which the work goes. */
  readonly span: number;
  /** Of all recipients of the bulk: gives phone and ID number their sequence. */
  readonly sequence: number;
};

/** What a batch is written with. */
export type Desk = {
  readonly rows: Rows;
  readonly crypto: CryptoProvider;
  readonly time: DemoTime;
  readonly random: Random;
  /** Events keep clear of days that are sealed. */
  readonly eventId: (at: string) => string;
};

/** Somebody as groups and activities need them. */
export type Written = { readonly recipientId: string; readonly kind: LifeKind; readonly workerId: string; readonly openedOn: Day };

// Work grows over the years, rests at Spring Festival and in August, and is busy in spring and before the year's end.
const seasons = [0.75, 0.45, 1.15, 1.15, 1.05, 1, 0.9, 0.7, 1.1, 1.15, 1.3, 1.1];

/** A working day so far back at most, more often a late and a busy one. */
export const busyDay = (time: DemoTime, random: Random, span: number, least = 3): Day => {
  for (;;) {
    const back = random.int(least, span);
    const on = addDays(time.today, -back);
    if (!isWorkingDay(on, demoHolidays) && !random.chance(0.08)) continue;
    const grown = 0.45 + 0.55 * (1 - back / span);
    if (random.chance((grown * (seasons[monthOf(on) - 1] ?? 1)) / 1.3)) return on;
  }
};

const workday = (on: Day): Day => {
  let found = on;
  while (!isWorkingDay(found, demoHolidays)) found = addDays(found, 1);
  return found;
};

const momentOn = (desk: Desk, on: Day, least = 20): string =>
  desk.time.notAfter(instantAt(on, (9 * 60 + desk.random.int(0, 500)) * 60_000 + desk.random.int(0, 59) * 1000), least);

/** Kind of the act of service by kind of note. */
export const serviceKinds: Readonly<Record<NoteKind, string>> = {
  talk: 'case-interview',
  phone: 'case-phone',
  'home-visit': 'case-home',
  outreach: 'case-other',
  stakeholders: 'case-resource',
  written: 'case-other',
  other: 'case-other',
};
/** Minutes that such work takes. */
export const minutesOf: Readonly<Record<NoteWay, readonly number[]>> = {
  talk: [40, 45, 50, 60],
  phone: [10, 15, 20],
  'home-visit': [45, 60, 75],
  outreach: [90, 120, 60],
  stakeholders: [20, 30, 40],
  written: [30, 45],
};
const noteWays: readonly (readonly [NoteWay, number])[] = [
  ['talk', 30],
  ['phone', 26],
  ['home-visit', 22],
  ['outreach', 9],
  ['stakeholders', 9],
  ['written', 4],
];

type Plan = {
  readonly wish: Wish;
  readonly openedOn: Day;
  readonly way: Way | null;
  readonly closing: ClosingKind | null;
  /** The last day of work. */
  readonly lastOn: Day;
};

const closings: readonly (readonly [ClosingKind, number])[] = [
  ['achieved', 50],
  ['wished', 14],
  ['referred', 11],
  ['moved', 9],
  ['lost', 8],
  ['other', 6],
  ['died', 2],
];

const planOf = (desk: Desk, wish: Wish): Plan => {
  const { random, time } = desk;
  const { today } = time;
  if (wish.work === 'register') {
    const on = busyDay(time, random, wish.span);
    return { wish, openedOn: on, way: null, closing: null, lastOn: on };
  }
  if (wish.work === 'new-case') {
    const openedOn = busyDay(time, random, 34, 1);
    const age = daysBetween(openedOn, today);
    const stage = age < 6 ? 'intake' : age < 16 ? 'assessment' : 'planning';
    return { wish, openedOn, way: { stage }, closing: null, lastOn: addDays(openedOn, Math.max(0, age - random.int(1, 4))) };
  }
  const openedOn = busyDay(time, random, wish.span, 2);
  const age = daysBetween(openedOn, today);
  const lasts = random.weighted([
    [random.int(60, 140), 4],
    [random.int(140, 240), 5],
    [random.int(240, 480), 2],
  ]);
  const old = wish.kind === 'elder' || wish.kind === 'dying';
  if (age > lasts + 6) {
    const closing = old && random.chance(wish.kind === 'dying' ? 0.7 : 0.08) ? 'died' : random.weighted(closings);
    return { wish, openedOn, way: { stage: 'closed' }, closing, lastOn: workday(addDays(openedOn, lasts - 3)) };
  }
  const lastOn = addDays(today, -Math.min(random.int(0, 24), Math.max(0, age - 1)));
  const share = age / lasts;
  const open = (): Way => {
    if (age <= 3 && random.chance(0.15)) return { stage: 'intervention', crisis: true };
    if (age < 7) return { stage: 'intake' };
    if (age < 17) return { stage: 'assessment' };
    if (age < 26) return random.chance(0.2) ? { stage: 'planning', returned: true } : { stage: 'planning' };
    if (age < 34) return { stage: 'plan-signing' };
    if (random.chance(0.05)) return { stage: 'paused', before: 'intervention' };
    if (share > 0.95 && random.chance(0.5)) return { stage: 'closing-signing', before: 'evaluation' };
    if (share > 0.85) return { stage: 'evaluation' };
    return random.chance(0.04) ? { stage: 'intervention', reopened: true } : { stage: 'intervention' };
  };
  return { wish, openedOn, way: open(), closing: null, lastOn: lastOn < openedOn ? openedOn : lastOn };
};

const family = ['家里人口简单，有事能商量。', '家人关心，也有累的时候。', '亲戚不多，逢年过节走动。', '一家人各忙各的，晚上才凑齐。'];
const reviews = ['下次可以更早与家人见面。', '目标再少一个会更实在。', '与社区的沟通宜早。', '电话多于上门，下次各半。', ''];
const steady = ['电话里说过得平稳，按自己的办法在做。', '说一切照旧，偶尔会想起我们教的办法。', '声音精神，约好有事再打来。', '家人接的电话，说比从前好。'];

const toldOf = (kind: LifeKind, random: Random): Told => {
  const of = lives[kind];
  const [a, b] = random.sample(of.weighs, 2);
  return {
    person: `${random.pick(of.person)}。`,
    surroundings: `${random.pick(of.around)}。`,
    needs: `${a}；${b}。${random.pick(of.wishes)}。`,
    aim: `${random.pick(of.aims)}。`,
    methods: random.pick(of.methods),
    goals: random.sample(of.goals, 2),
    outcome: random.pick(of.outcomes),
    family: random.pick(family),
    review: random.pick(reviews),
    followUp: random.pick(steady),
  };
};

const givenName = (random: Random, gender: Gender): string => `${random.pick(givenCharacters[gender])}${random.chance(0.7) ? random.pick(givenCharacters[gender]) : ''}`;

/** A birthday of somebody who is so old on a day. */
export const birthFor = (random: Random, age: number, on: Day): Day => {
  const birth = addDays(`${Number(on.slice(0, 4)) - age}-${on.slice(5) === '02-29' ? '02-28' : on.slice(5)}` as Day, -random.int(5, 350));
  return ageOn(birth, on) === age ? birth : addDays(birth, 5);
};

// Paper behind a category.
const sources: Readonly<Record<RecipientCategory, string>> = {
  subsistence: '低保证',
  'subsistence-margin': '街道救助台账',
  destitute: '特困供养证',
  disabled: '残疾人证',
  'child-in-need': '街道儿童主任台账',
  'left-behind-child': '街道儿童主任台账',
  'elder-alone': '社区老人台账',
  'elder-dependent': '社区老人台账',
  'special-care': '优抚证',
  other: '社区台账',
  'destitute-housed': '特困供养证',
  'destitute-home': '特困供养证',
  'rigid-spending': '街道救助台账',
  'relapse-watch': '街道救助台账',
  'temporary-relief': '街道救助台账',
  vagrant: '救助管理站登记',
  orphan: '儿童福利证',
  'unraised-child': '街道儿童主任台账',
  'migrant-child': '街道儿童主任台账',
  'elder-advanced': '社区老人台账',
  'elder-empty-nest': '社区老人台账',
  'lost-only-child': '街道计生台账',
  'mental-disorder': '社区卫生服务中心台账',
  'community-correction': '司法所台账',
  'drug-rehab': '街道禁毒台账',
};

/** Draws a number of a series for each case: `count` in a row, and where they begin. */
export type DrawNumbers = (districtId: string, streetCode: string, year: number, count: number) => Promise<number>;

/** Lives of which a case is often no more than steady company. */
const QUIET_LIVES: ReadonlySet<LifeKind> = new Set(['elder', 'relief', 'disabled']);

/** Writes a batch; answers who was written. */
export const peopleRows = async (desk: Desk, wishes: readonly Wish[], draw: DrawNumbers): Promise<Written[]> => {
  const { rows, crypto, time, random } = desk;
  const names = openNameBook(random);
  const plans = wishes.map((wish) => planOf(desk, wish));

  // Numbers follow the days on which cases were opened, street by street and year by year.
  const numbers = new Map<Plan, string>();
  const withCase = plans.filter((p) => p.way !== null).toSorted((a, b) => a.openedOn.localeCompare(b.openedOn));
  for (const group of Map.groupBy(withCase, (p) => `${p.wish.server.streetCode} ${p.openedOn.slice(0, 4)}`).values()) {
    const [first] = group;
    if (first === undefined) continue;
    const { districtId, streetCode } = first.wish.server;
    const year = Number(first.openedOn.slice(0, 4));
    const from = await draw(districtId, streetCode, year, group.length);
    for (const [n, plan] of group.entries()) numbers.set(plan, caseNumber(streetCode, year, from + n));
  }

  return plans.map((plan) => {
    const { wish, openedOn } = plan;
    const { server, kind } = wish;
    const { districtId } = server;
    const words = lives[kind];
    const openedAt = momentOn(desk, openedOn, 60);
    const gender: Gender = random.chance(kind === 'carer' ? 0.78 : kind === 'net' ? 0.35 : 0.55) ? 'female' : 'male';
    const birthOn = birthFor(random, random.int(words.ages[0], words.ages[1]), time.today);
    const minor = isMinorOn(birthOn, time.today);
    const name = names.next(gender);
    const surname = name.slice(0, 1);
    const address = inventedAddress(server.streetName, wish.communityName, wish.sequence);
    const recipientId = idOf(openedAt);
    const phone = random.chance(0.93) ? fictitiousMobile('recipient', wish.sequence) : null;
    const sealed = sealRecipient(
      crypto,
      recipientId,
      { name, gender, birthOn, idNumber: random.chance(0.96) ? fictitiousIdNumber(birthOn, gender, wish.sequence) : null, phone, address },
      time.today,
    );
    rows.add('recipient', {
      districtId,
      id: recipientId,
      stationId: server.stationId,
      workerId: server.personId,
      onRegister: plan.way === null,
      ...sealed,
    });
    const by = { recordedBy: server.personId, recordedAt: openedAt };
    for (const category of wish.categories)
      rows.add('recipientCategory', {
        districtId,
        id: idOf(openedAt),
        recipientId,
        category,
        disability: category === 'disabled' ? random.pick(['limb', 'limb', 'hearing', 'sight', 'intellect', 'mind', 'speech']) : null,
        grade: category === 'disabled' ? random.int(1, 4) : null,
        fromDay: addDays(openedOn, -random.int(0, 300)),
        toDay: null,
        source: sources[category],
        ...by,
      });
    if (minor) {
      const id = idOf(openedAt);
      const guardian = `${surname}${givenName(random, 'female')}`;
      const place = (field: string) => ({ table: 'recipient_guardian', row: id, field });
      const phoneOf = fictitiousMobile('recipient', 6500 + (wish.sequence % 3400));
      rows.add('recipientGuardian', {
        districtId,
        id,
        recipientId,
        relationship: random.pick(['祖母', '祖父', '母亲', '父亲', '外婆', '姑姑']),
        nameMasked: maskName(guardian),
        phoneMasked: maskPhone(phoneOf),
        nameCt: crypto.encrypt(guardian, place('name')),
        phoneCt: crypto.encrypt(phoneOf, place('phone')),
        ...by,
      });
    }
    if (wish.household && !minor) householdRows(desk, { districtId, recipientId, surname, address, openedOn, openedAt, workerId: server.personId });
    if (plan.way !== null) caseOf(desk, plan, numbers.get(plan) ?? '', { recipientId, openedAt, birthOn });
    if (wish.relief) reliefOf(desk, plan, recipientId);
    return { recipientId, kind, workerId: server.personId, openedOn };
  });
};

const relations = [
  ['spouse', 'female'],
  ['child', 'male'],
  ['child', 'female'],
  ['parent', 'female'],
] as const;

const householdRows = (
  desk: Desk,
  of: { districtId: string; recipientId: string; surname: string; address: string; openedOn: Day; openedAt: string; workerId: string },
): void => {
  const { rows, crypto, random } = desk;
  const id = idOf(of.openedAt);
  rows.add('household', {
    districtId: of.districtId,
    id,
    addressMasked: maskAddress(of.address),
    addressCt: crypto.encrypt(of.address, { table: 'household', row: id, field: 'address' }),
  });
  const member = (recipientId: string | null, name: string | null, relation: string): void => {
    const row = idOf(of.openedAt);
    rows.add('householdMember', {
      districtId: of.districtId,
      id: row,
      householdId: id,
      recipientId,
      nameMasked: name === null ? null : relation === 'child' ? maskMinorName(name, null, null) : maskName(name),
      nameCt: name === null ? null : crypto.encrypt(name, { table: 'household_member', row, field: 'name' }),
      relation,
      livesTogether: relation === 'head' || random.chance(0.85),
      joinedOn: of.openedOn,
      leftOn: null,
      recordedBy: of.workerId,
    });
  };
  member(of.recipientId, null, 'head');
  for (const [relation, gender] of random.sample(relations, random.int(1, 3)))
    member(null, `${relation === 'spouse' ? random.pick([...'林陈黄王吴']) : of.surname}${givenName(random, gender)}`, relation);
};

/** Remembers an act. */
export const eventOf = (desk: Desk, server: Server, type: string, at: string, recordKind: string, recordId: string, facts: object): void =>
  desk.rows.add('event', {
    districtId: server.districtId,
    id: desk.eventId(at),
    at,
    type,
    actorId: server.personId,
    deputyFor: null,
    accountId: server.accountId,
    recordKind,
    recordId,
    requestRef: null,
    helpField: null,
    facts: JSON.stringify(facts),
    httpRequest: null,
    ip: null,
  });

/** The field of service in which the case of a life is counted. */
const fieldOfLife: Readonly<Record<LifeKind, ServiceDomain>> = {
  elder: 'elder', disabled: 'disability', child: 'youth', net: 'youth', relief: 'relief', carer: 'family', mind: 'health', dying: 'elder',
};

const caseOf = (desk: Desk, plan: Plan, number: string, of: { recipientId: string; openedAt: string; birthOn: Day }): void => {
  const { rows, time, random } = desk;
  const { wish, openedOn, lastOn, way, closing } = plan;
  const { server, kind } = wish;
  const { districtId } = server;
  const words = lives[kind];
  const id = idOf(of.openedAt);
  const place = { stationId: server.stationId, organisationId: server.organisationId, divisionPath: server.divisionPath };
  const teller = new Teller(kind, random);
  // An ordinary case of care or relief needs no problem of a hard case; it is asked when the centre is asked for help (LH-14).
  const ordinary = QUIET_LIVES.has(kind) && wish.sequence % 3 === 0;
  const domain: CaseDomain | null = ordinary ? null : caseDomains.includes(words.domain) ? words.domain : 'family-relations';
  const risk = random.weighted([
    ['low', 60],
    ['medium', 33],
    ['high', 7],
  ]);
  const contact = (sourceKind: string, sourceId: string, service: string, on: Day, minutes: number | null, at: string): void =>
    rows.add('serviceContact', {
      districtId,
      id: idOf(at),
      sourceKind,
      sourceId,
      kind: service,
      domain: fieldOfLife[kind],
      happenedOn: on,
      minutes,
      people: 1,
      who: [of.recipientId],
      workerId: server.personId,
      ...place,
      caseId: id,
      recipientId: of.recipientId,
      writtenAt: at,
    });

  const notes: { on: Day; at: string; way: NoteWay }[] = [];
  for (let on = openedOn, n = 0; n < 12; n += 1) {
    on = workday(addDays(on, n === 0 ? random.int(0, 3) : random.int(8, n > 5 ? 45 : 26)));
    if (on > lastOn) break;
    notes.push({ on, at: momentOn(desk, on), way: random.weighted(noteWays) });
  }
  const endAt = momentOn(desk, lastOn, 15);
  const updatedAt = [of.openedAt, ...notes.map((n) => n.at), endAt].toSorted().at(-1) as string;
  const file = {
    districtId,
    id,
    number,
    status: 'open',
    recipientId: of.recipientId,
    workerId: server.personId,
    ...place,
    domain: domain as string | null,
    serviceDomain: fieldOfLife[wish.kind] as string,
    helpFields: ordinary ? [] : [...words.helpFields],
    risk,
    openedOn: openedOn as string,
    updatedAt,
  };
  rows.add('caseFile', file);
  const young = kind === 'child' || kind === 'net';
  rows.add('caseContent', {
    districtId,
    id,
    household: random.pick(words.households),
    aliases: [],
    school: young ? random.pick(inventedSchools) : null,
    summary: situation(kind, random),
  });
  eventOf(desk, server, 'case.opened', of.openedAt, 'case', id, { number, ...(domain === null ? {} : { domain }), risk });
  for (const note of notes) {
    const noteId = idOf(note.at);
    const minutes = random.pick(minutesOf[note.way]);
    rows.add('caseNote', {
      districtId,
      id: noteId,
      caseId: id,
      authorId: server.personId,
      happenedOn: note.on,
      writtenAt: note.at,
      body: teller.note(note.way),
      kind: note.way,
      minutes,
    });
    contact('case-note', noteId, serviceKinds[note.way], note.on, minutes, note.at);
    eventOf(desk, server, 'case.note-added', note.at, 'case', id, { note: noteId, happenedOn: note.on });
  }
  visitsOf(desk, plan, id, teller, contact);
  if (way === null) return;
  const papersBefore = rows.count('casePaper');
  writeCase(rows, time, file as CaseFileRow, way, closing, toldOf(kind, random), server.signerId, of.birthOn);
  for (const paper of rows.of('casePaper').slice(papersBefore))
    if (paper.kind === 'follow-up') contact('follow-up', paper.id, 'case-phone', paper.happenedOn as Day, null, String(paper.writtenAt));
};

const visitsOf = (
  desk: Desk,
  plan: Plan,
  caseId: string,
  teller: Teller,
  contact: (sourceKind: string, sourceId: string, service: string, on: Day, minutes: number | null, at: string) => void,
): void => {
  const { rows, time, random } = desk;
  const { wish, openedOn, lastOn, way } = plan;
  const { server, kind } = wish;
  const { districtId } = server;
  const lasts = daysBetween(openedOn, lastOn);
  const usual = kind === 'elder' || kind === 'disabled' || kind === 'child' || kind === 'dying' ? 3 : 1;
  const wanted = wish.visits ?? (lasts < 6 ? 0 : Math.min(6, random.int(usual === 3 ? 1 : 0, usual + Math.floor(lasts / 90))));
  const days = Array.from({ length: wanted }, (_, n) => addDays(openedOn, n === 0 ? Math.min(lasts, random.int(1, 6)) : random.int(Math.min(6, lasts), lasts))).toSorted();
  const add = (on: Day, status: 'done' | 'not-met' | 'planned', first: boolean): void => {
    const past = status !== 'planned';
    const at = momentOn(desk, past ? on : addDays(time.today, -random.int(0, 3)), 45);
    const id = idOf(at);
    const minutes = status === 'done' ? random.pick([25, 30, 40, 45, 60, 75]) : null;
    rows.add('visit', {
      districtId,
      id,
      caseId,
      stationId: server.stationId,
      workerId: server.personId,
      status,
      plannedOn: past ? null : on,
      half: random.pick(['morning', 'afternoon', 'any']),
      reason: first ? 'first' : random.pick(['regular', 'regular', 'follow-up', 'asked']),
      visitedOn: past ? on : null,
      minutes,
      first: status === 'done' ? first : null,
      notMet: status === 'not-met' ? random.pick(['away', 'away', 'refused']) : null,
      madeBy: server.personId,
      madeAt: at,
      recordedBy: past ? server.personId : null,
      recordedAt: past ? at : null,
      version: 1,
    });
    const done = status === 'done';
    const along = done && first && random.chance(0.85);
    rows.add('visitContent', {
      districtId,
      id,
      why: past ? '' : teller.why(),
      companionRole: along ? 'civil-affairs' : null,
      companionName: along ? random.pick(['周老师', '黎主任', '阮阿姨', '柯老师', '庄委员', '傅大姐']) : null,
      aloneReason: done && first && !along ? random.pick(['约在晚上，社区的同事不便同行。', '本人希望先单独见面。']) : null,
      health: done ? random.weighted([['good', 4], ['fair', 5], ['watch', 2]]) : null,
      healthSays: done ? `${random.pick(homeSections.health)}。` : null,
      safety: done ? random.weighted([['good', 5], ['fair', 4], ['watch', 1]]) : null,
      safetySays: done ? `${random.pick(homeSections.safety)}。` : null,
      life: done ? random.weighted([['good', 4], ['fair', 5], ['watch', 2]]) : null,
      lifeSays: done ? `${random.pick(homeSections.daily)}。${random.chance(0.5) ? teller.remark() : ''}` : null,
      says: status === 'not-met' ? random.pick(['敲门没有人应，留了便条。', '邻居说早上出去了，改天再来。', '说今天不方便，约了下周。']) : null,
    });
    if (done) contact('visit', id, 'visit', on, minutes, at);
    eventOf(desk, server, done ? 'visit.recorded' : past ? 'visit.missed' : 'visit.planned', at, 'visit', id, { case: caseId, on });
  };
  let met = false;
  for (const on of days) {
    const missed = wish.visits === null && random.chance(0.06);
    add(on, missed ? 'not-met' : 'done', !missed && !met);
    met ||= !missed;
  }
  const goesOn = way !== null && (way.stage === 'intervention' || way.stage === 'evaluation' || way.stage === 'assessment');
  // Who signs in here finds something for today.
  const looked = server.accountId !== null;
  if (goesOn && random.chance(looked ? 0.7 : usual === 3 ? 0.4 : 0.2)) {
    const near = looked && random.chance(0.4);
    add(near ? addDays(time.today, random.int(-1, 0)) : workday(addDays(time.today, random.int(-1, 12))), 'planned', !met);
  }
  if (way !== null && way.stage !== 'closed' && usual === 3 && random.chance(0.6)) {
    const needs = kind === 'child' ? ['child'] : kind === 'disabled' ? ['disabled'] : random.pick([['alone'], ['alone', 'frail'], ['frail']]);
    rows.add('visitNeed', { districtId, id: caseId, needs, setBy: server.personId, setAt: momentOn(desk, openedOn), version: 1 });
  }
};

const needsOf: Readonly<Record<LifeKind, readonly ReliefNeed[]>> = {
  elder: ['living', 'care'],
  disabled: ['medical', 'care'],
  child: ['schooling', 'living'],
  net: ['schooling'],
  relief: ['living', 'medical', 'work', 'policy', 'housing'],
  carer: ['care', 'mind'],
  mind: ['mind', 'medical'],
  dying: ['medical'],
};

const steps: readonly ReliefStatus[] = ['screened', 'linked', 'delivered', 'feedback', 'closed'];

const reliefOf = (desk: Desk, plan: Plan, recipientId: string): void => {
  const { rows, crypto, time, random } = desk;
  const { server, kind } = plan.wish;
  const { districtId } = server;
  const screenedOn = addDays(plan.openedOn, random.int(0, Math.max(0, Math.min(40, daysBetween(plan.openedOn, time.today)))));
  const age = daysBetween(screenedOn, time.today);
  const reached = age < 3 ? 0 : age < 8 ? 1 : age < 20 ? 2 : age < 40 ? 3 : 4;
  const dropped = reached === 4 && random.chance(0.07) ? random.pick(['no-need', 'declined', 'not-entitled', 'elsewhere']) : null;
  const status = steps[reached] as ReliefStatus;
  const at = (days: number) => momentOn(desk, addDays(screenedOn, Math.min(days, age)), 30);
  const first = at(0);
  const id = idOf(first);
  const words = lives[kind];
  const things = reached >= 2 && dropped === null ? random.int(1, 2) : 0;
  const handed = Math.min(9, age);
  rows.add('reliefCase', {
    districtId,
    id,
    recipientId,
    status,
    source: random.pick(['list', 'list', 'visit', 'asked', 'referred']),
    needs: random.sample(needsOf[kind], random.int(1, Math.min(2, needsOf[kind].length))),
    screenedOn,
    dropped,
    satisfied: reached >= 3 && dropped === null ? random.weighted([[5, 6], [4, 5], [3, 1]]) : null,
    workerId: server.personId,
    stationId: server.stationId,
    organisationId: server.organisationId,
    divisionPath: server.divisionPath,
    madeBy: server.personId,
    updatedAt: at(12 * reached),
    version: 1 + reached,
  });
  const volunteer = random.chance(0.4);
  rows.add('reliefContent', {
    districtId,
    id,
    needSays: `${random.pick(words.weighs)}，${random.pick(words.wishes)}。`,
    adviserKind: volunteer ? 'volunteer' : 'worker',
    adviserCt: crypto.encrypt(volunteer ? random.pick(['楼长老周', '热心小林', '退休的吴老师']) : random.pick(['小何', '小蔡', '小苏']), adviserPlace(id)),
    linkSays: reached >= 1 && dropped === null ? random.pick(reliefWords.linked) : null,
    feedbackSays: reached >= 3 && dropped === null ? random.pick(reliefWords.heard) : null,
    closeSays: dropped === null ? null : random.pick(['家人已接去同住，生活有着落。', '本人谢绝，说先让给更难的人。', '核对后不符合条件，已告知其他途径。', '街道已另行帮扶。']),
  });
  eventOf(desk, server, 'relief.screened', first, 'relief', id, { status: 'screened' });
  const common = { districtId, reliefId: id, recordedBy: server.personId };
  for (const [what, unit, valueFen] of random.sample(reliefWords.things, things)) {
    const quantity = unit === '份' || unit === '台' || unit === '个' ? 1 : random.int(1, 3);
    const when = at(handed);
    rows.add('reliefItem', {
      ...common,
      id: idOf(when),
      line: 'material',
      what,
      onDay: dayOf(when as never),
      fromWhom: random.pick(reliefWords.givers),
      quantity,
      unit,
      valueFen: valueFen * quantity,
      receipt: random.pick(['signed', 'signed', 'photo']),
      minutes: null,
      recordedAt: when,
    });
  }
  if (things === 0) return;
  const when = at(handed);
  const itemId = idOf(when);
  const minutes = random.pick([30, 45, 60, 80, 90]);
  const what = random.pick(reliefWords.services);
  rows.add('reliefItem', {
    ...common,
    id: itemId,
    line: 'service',
    what,
    onDay: dayOf(when as never),
    fromWhom: '社工站',
    quantity: null,
    unit: null,
    valueFen: null,
    receipt: null,
    minutes,
    recordedAt: when,
  });
  rows.add('serviceContact', {
    districtId,
    id: idOf(when),
    sourceKind: 'relief-item',
    sourceId: itemId,
    kind: 'case-relief',
    domain: 'relief',
    happenedOn: dayOf(when as never),
    minutes,
    people: 1,
    who: [recipientId],
    workerId: server.personId,
    stationId: server.stationId,
    organisationId: server.organisationId,
    divisionPath: server.divisionPath,
    recipientId,
    writtenAt: when,
  });
};
