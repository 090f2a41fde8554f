/** What is known of people beyond their cases: categories, guardians, households, an unsafe contact, and one person with two files. */
import type { DetailItem } from '@jieyou/core/cases/schema.ts';
import type { RecipientCategory } from '@jieyou/core/recipients/schema.ts';
import { ageOn, type Day, instantAt } from '@jieyou/core/shared/day.ts';
import { maskAddress, maskMinorName, maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { exactIndexes, pinyinIndex } from '../src/cases/index.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import type { CasePlan } from './loadCases.ts';
import type { District } from './loadDistrict.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';
import { fictitiousMobile } from './names.ts';

type Served = { readonly plan: CasePlan; readonly recipientId: string };
type Counted = { category: RecipientCategory; source: string; disability?: string; grade?: number };

/** What an office would count such a person as; by what the case is about and by age, so that the demo reads like a district. */
const countedAs = (plan: CasePlan, index: number, today: Day): Counted[] => {
  const age = ageOn(plan.person.birthOn, today) ?? 0;
  const grade = 1 + (index % 4);
  const found: Counted[] = [];
  if (plan.domain === 'disability-inclusion')
    found.push({ category: 'disabled', disability: index % 2 === 0 ? 'limb' : 'hearing', grade, source: '残疾人证' });
  if (plan.domain === 'mental-recovery') found.push({ category: 'disabled', disability: 'mind', grade: 2, source: '残疾人证' });
  if (age < 18 && index % 2 === 0) found.push({ category: index % 4 === 0 ? 'left-behind-child' : 'child-in-need', source: '街道儿童主任台账' });
  if (age >= 60) found.push({ category: plan.domain === 'end-of-life' ? 'elder-dependent' : 'elder-alone', source: '社区老人台账' });
  if (age >= 18 && index % 6 === 1) found.push({ category: 'subsistence', source: '低保证' });
  if (age >= 18 && index % 9 === 4) found.push({ category: 'subsistence-margin', source: '街道救助台账' });
  return found;
};

/** A file that somebody began a second time: the same person, written with another character. */
export const planSecondFile = (plans: readonly CasePlan[], district: District, time: DemoTime): CasePlan[] => {
  const first = plans.filter((p) => p.worker === district.named.worker && p.status === 'open')[2];
  if (first === undefined) return [];
  const openedOn = time.day(-6);
  const at = instantAt(openedOn, 10 * 3_600_000);
  return [
    {
      ...first,
      openedOn,
      openedAt: at,
      updatedAt: at,
      domain: 'family-relations',
      helpFields: ['family', 'psychology'],
      risk: 'low',
      household: '与家人同住。',
      summary: '社区转来，说家里最近常有争执，想请社工去看看。',
      notes: [],
      number: '',
    },
  ];
};

const family = [
  [
    ['spouse', '配偶', true],
    ['child', '孩子', true],
    ['parent', '老人', true],
  ],
  [
    ['child', '孩子', true],
    ['parent', '老人', false],
  ],
  [
    ['spouse', '配偶', true],
    ['sibling', '手足', false],
  ],
] as const;
const givenOf = { spouse: ['明远', '若兰'], child: ['小满', '小川'], parent: ['老根', '桂香'], sibling: ['望山', '念慈'] } as const;

type NewMember = {
  recipientId: string | null;
  name: string | null;
  relation: string;
  together: boolean;
  gender?: 'female' | 'male';
  birthYear?: number;
  diedYear?: number;
  vital?: 'deceased' | 'unborn';
};

/** A family of three generations with what surrounds it, so that there is a tree and a map to look at. */
const drawnFamily = (
  plan: CasePlan,
  today: Day,
  head: string,
  kinId: string | null,
  member: (of: NewMember) => string,
  tie: (more: object, bond: string | null) => void,
): void => {
  const surname = plan.person.name.slice(0, 1);
  const year = Number(today.slice(0, 4));
  const age = ageOn(plan.person.birthOn, today) ?? 40;
  const other = plan.person.gender === 'female' ? 'male' : 'female';
  const named = (name: string, relation: string, together: boolean, more: Partial<NewMember>) =>
    member({ recipientId: null, name, relation, together, ...more });
  const father = named(`${surname}老根`, 'parent', false, {
    gender: 'male',
    birthYear: year - age - 29,
    vital: 'deceased',
    diedYear: year - 3,
  });
  const mother = named('林桂香', 'parent', true, { gender: 'female', birthYear: year - age - 26 });
  const brother = named(`${surname}望山`, 'sibling', false, { gender: 'male', birthYear: year - age - 3 });
  const former = named('何远舟', 'not-kin', false, { gender: other, birthYear: year - age - 1 });
  const partner = named('陆若川', 'spouse', true, { gender: other, birthYear: year - age + 2 });
  const elder = named('何小满', 'child', true, { gender: 'female', birthYear: year - Math.max(4, age - 24) });
  const younger = named('陆小舟', 'child', true, { gender: 'male', birthYear: year - Math.max(2, age - 31) });
  const coming = named('小宝', 'child', false, { vital: 'unborn' });
  if (kinId !== null) member({ recipientId: kinId, name: null, relation: 'other-kin', together: true });
  const kin = (from: string, to: string, how: string) => tie({ fromMember: from, toMember: to, kin: how }, null);
  kin(father, mother, 'married');
  kin(head, former, 'divorced');
  kin(head, partner, 'cohabiting');
  const descent: [string[], string[]][] = [
    [
      [father, mother],
      [brother, head],
    ],
    [[head, former], [elder]],
    [
      [head, partner],
      [younger, coming],
    ],
  ];
  for (const [parents, children] of descent) for (const child of children) for (const parent of parents) kin(parent, child, 'child');
  tie({ toMember: mother }, 'close');
  tie({ toMember: former }, 'conflict');
  tie({ toMember: brother }, 'broken');
  tie({ fromMember: former, toMember: elder }, 'distant');
  const around = (from: string, system: string, systemName: string | null, bond: string, flow: string | null) =>
    tie({ fromMember: from, system, systemName, flow }, bond);
  around(elder, 'school', '育新小学', 'conflict', 'both');
  around(head, 'work', '制衣厂', 'ordinary', 'from-family');
  around(mother, 'medical', '社区医院', 'close', 'to-family');
  around(head, 'community', plan.worker.communityName ?? '社区居委会', 'close', 'both');
  around(head, 'government', '街道办', 'distant', 'to-family');
  around(head, 'kin', null, 'broken', null);
  around(partner, 'friends', '工友', 'ordinary', 'both');
};

const WORK = ['环卫工', '制衣厂缝纫工', '家政服务员', '快递员', '没有工作', '个体摊贩', '保安', '退休工人'];
const FROM = ['广东省汕尾市', '湖南省邵阳市', '广西壮族自治区贺州市', '江西省赣州市'];

/** What is recorded of an adult besides who it is: believable, and of nobody more than was of use. */
const detailsOfAdult = (index: number, age: number): readonly (readonly [DetailItem, string])[] => {
  const away = index % 5 !== 0;
  return [
    ['ethnicity', index % 11 === 3 ? '08' : index % 13 === 4 ? '15' : '01'],
    ['marital', age < 24 ? '10' : age > 72 ? '30' : index % 4 === 1 ? '40' : '20'],
    ['education', age > 68 ? '80' : (['70', '60', '40', '30'][index % 4] ?? '70')],
    ['registration', away ? 'other-province' : 'district'],
    ...(away ? ([['registrationPlace', FROM[index % FROM.length] ?? '']] as const) : []),
    ['occupation', age > 60 ? '退休工人' : (WORK[index % WORK.length] ?? '')],
  ];
};

/** Writes what hangs on the people of the ordinary cases. */
export const recipientRows = (rows: Rows, district: District, crypto: CryptoProvider, time: DemoTime, served: readonly Served[]): void => {
  const districtId = district.id;
  const own = served.filter(({ plan }) => plan.worker === district.named.worker && plan.status === 'open');
  // Every fourth of the worker's people has a household; who is the first has parted from her husband, as the drawing says.
  const heads = own.filter(({ plan }, i) => i % 4 === 0 && (ageOn(plan.person.birthOn, time.today) ?? 0) >= 26).slice(0, 6);
  served.forEach(({ plan, recipientId }, index) => {
    const at = plan.openedAt;
    const by = { recordedBy: plan.worker.personId, recordedAt: at };
    for (const counted of countedAs(plan, index, time.today))
      rows.add('recipientCategory', {
        districtId,
        id: idOf(at),
        recipientId,
        category: counted.category,
        disability: counted.disability ?? null,
        grade: counted.grade ?? null,
        fromDay: plan.openedOn,
        toDay: null,
        source: counted.source,
        ...by,
      });
    const age = ageOn(plan.person.birthOn, time.today) ?? 0;
    if (age >= 18 && index % 2 === 0)
      for (const [item, told] of detailsOfAdult(index, age)) {
        const value = item === 'marital' && recipientId === heads[0]?.recipientId ? '40' : told;
        const id = idOf(at);
        const valueCt = crypto.encrypt(value, { table: 'recipient_detail', row: id, field: 'value' });
        rows.add('recipientDetail', { districtId, id, recipientId, item, valueCt, ...by });
      }
    if (age < 18) {
      const id = idOf(at);
      const name = `${plan.person.name.slice(0, 1)}守义`;
      const phone = fictitiousMobile('recipient', 6000 + index);
      const place = (field: string) => ({ table: 'recipient_guardian', row: id, field });
      rows.add('recipientGuardian', {
        districtId,
        id,
        recipientId,
        relationship: index % 3 === 0 ? '祖父' : '父亲',
        nameMasked: maskName(name),
        phoneMasked: maskPhone(phone),
        nameCt: crypto.encrypt(name, place('name')),
        phoneCt: crypto.encrypt(phone, place('phone')),
        ...by,
      });
    }
  });

  const unsafe = own.find(({ plan }) => plan.domain === 'domestic-violence');
  if (unsafe !== undefined)
    rows.add('recipientContact', {
      districtId,
      id: idOf(unsafe.plan.openedAt),
      recipientId: unsafe.recipientId,
      how: '先发短信问“方便吗”，对方回复后再打；不上门，不留言。',
      times: '工作日 9:30–11:00',
      notedBy: unsafe.plan.worker.personId,
      notedAt: unsafe.plan.openedAt,
    });

  const [renamed] = own.slice(5);
  if (renamed !== undefined) {
    const id = idOf(renamed.plan.openedAt);
    const name = `${renamed.plan.person.name.slice(0, 1)}招娣`;
    rows.add('recipientFormerName', {
      districtId,
      id,
      recipientId: renamed.recipientId,
      nameMasked: maskName(name),
      nameCt: crypto.encrypt(name, { table: 'recipient_former_name', row: id, field: 'name' }),
      nameIndex: exactIndexes(crypto, name).name,
      namePinyinIndex: pinyinIndex(crypto, name) ?? '',
      recordedBy: renamed.plan.worker.personId,
      recordedAt: renamed.plan.openedAt,
    });
  }

  // In the first household two people of the worker live together.
  const kin = own.find(({ recipientId }, i) => i % 4 === 1 && !heads.some((h) => h.recipientId === recipientId));
  heads.forEach(({ plan, recipientId }, h) => {
    const at = plan.openedAt;
    const household = idOf(at);
    const address = plan.person.address;
    rows.add('household', {
      districtId,
      id: household,
      addressMasked: maskAddress(address),
      addressCt: crypto.encrypt(address, { table: 'household', row: household, field: 'address' }),
    });
    const member = (of: NewMember): string => {
      const id = idOf(at);
      const minor = of.relation === 'child';
      rows.add('householdMember', {
        districtId,
        id,
        householdId: household,
        recipientId: of.recipientId,
        nameMasked: of.name === null ? null : minor ? maskMinorName(of.name, null, null) : maskName(of.name),
        nameCt: of.name === null ? null : crypto.encrypt(of.name, { table: 'household_member', row: id, field: 'name' }),
        relation: of.relation,
        livesTogether: of.together,
        joinedOn: plan.openedOn,
        leftOn: null,
        recordedBy: plan.worker.personId,
        gender: of.gender ?? 'unknown',
        birthYear: of.birthYear ?? null,
        vital: of.vital ?? 'living',
        diedYear: of.diedYear ?? null,
      });
      return id;
    };
    const head = member({ recipientId, name: null, relation: 'head', together: true });
    const tie = (more: object, bond: string | null) =>
      rows.add('householdTie', {
        districtId,
        id: idOf(at),
        householdId: household,
        fromMember: head,
        toMember: null,
        system: null,
        systemName: null,
        kin: null,
        flow: null,
        recordedBy: plan.worker.personId,
        recordedAt: at,
        ...more,
        bond,
      } as never);
    if (h === 0) {
      drawnFamily(plan, time.today, head, kin?.recipientId ?? null, member, tie);
      return;
    }
    const others = (family[h % family.length] ?? []).map(([relation, , together]) =>
      member({ recipientId: null, name: `${plan.person.name.slice(0, 1)}${givenOf[relation][h % 2]}`, relation, together }),
    );
    if (others[0] !== undefined) tie({ toMember: others[0] }, ['close', 'conflict', 'distant'][h % 3] as string);
    tie({ system: 'community', systemName: plan.worker.communityName ?? '社区居委会' }, 'ordinary');
  });
};
