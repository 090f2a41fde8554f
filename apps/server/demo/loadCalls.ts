/** Residents who ask for help, calls of the hotline and tickets of 12345: invented, so that their pages are not empty. */
import { addWorkingDays, atRiskFrom } from '@jieyou/core/calendar/rules.ts';
import { type Instant, instantOf } from '@jieyou/core/shared/day.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { exactIndexes } from '../src/cases/index.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { idAt } from '../src/platform/ids.ts';
import type { District } from './loadDistrict.ts';
import type { Numbers, Rows } from './loadRows.ts';
import { type DemoTime, demoHolidays } from './loadTime.ts';

const PACK = '2026.1';

/** What a resident asks, or an officer of a community tells. */
export type AppealPlan = {
  readonly hoursAgo: number;
  readonly status: 'waiting' | 'taken' | 'answered';
  readonly topic: string;
  readonly says: string;
  readonly name: string | null;
  readonly phone: string | null;
  readonly unsafe: boolean;
  readonly reply?: string;
  /** A clue of the community's officer. */
  readonly clue?: true;
};

const appeals: readonly AppealPlan[] = [
  { hoursAgo: 150, status: 'answered', topic: 'elder', says: '老伴走不动了，想问怎么请人帮忙照看。', name: '端木先生', phone: '19900006101', unsafe: false, reply: '您好，本街道有助浴和送餐服务。周三上午可到社工站登记，请带上老人的身份证明。' },
  { hoursAgo: 60, status: 'taken', topic: 'child', says: '孩子回家不说话，房门一直锁着。', name: '慕容女士', phone: '19900006102', unsafe: false },
  { hoursAgo: 26, status: 'waiting', topic: 'family', says: '婆媳天天吵，我夹在中间睡不着。', name: '钟离', phone: '19900006103', unsafe: true },
  { hoursAgo: 3, status: 'waiting', topic: 'mood', says: '最近总是哭，不知道找谁说。', name: null, phone: null, unsafe: false },
  { hoursAgo: 170, status: 'answered', topic: 'elder', says: '荔园二街独居老人，女儿在外省。低保复核时家里没有热水，冰箱空着。', name: '夏侯阿婆', phone: '19900006105', unsafe: false, clue: true, reply: '已上门两次，送餐从下周一开始，女儿也联系上了。谢谢您陪同。' },
  { hoursAgo: 50, status: 'taken', topic: 'child', says: '妈妈长期不在家，孩子放学后常在楼下坐到天黑。', name: null, phone: null, unsafe: false, clue: true },
  { hoursAgo: 6, status: 'waiting', topic: 'money', says: '男主人上月工伤停工，房租欠了两个月，两个孩子上小学。', name: '赫连先生', phone: '19900006106', unsafe: false, clue: true },
];

type CallPlan = { readonly hoursAgo: number; readonly kind: string; readonly status: 'open' | 'handed' | 'done'; readonly says: string; readonly name: string; readonly phone: string; readonly result?: string; readonly to?: readonly [string, string] };

const calls: readonly CallPlan[] = [
  { hoursAgo: 72, kind: 'enquiry', status: 'done', says: '问残疾人两项补贴怎么办。', name: '公冶先生', phone: '19900006201', result: '已告知办理窗口与材料。' },
  { hoursAgo: 28, kind: 'help', status: 'handed', says: '问离婚时房子怎么分，情绪平稳。', name: '闻人女士', phone: '19900006202', to: ['12348', '公共法律服务热线'] },
  { hoursAgo: 5, kind: 'spam', status: 'done', says: '推销。', name: '某人', phone: '19900006203' },
  { hoursAgo: 1, kind: 'complaint', status: 'open', says: '说社区活动室周末不开门。', name: '申屠先生', phone: '19900006204' },
];

type TicketPlan = { readonly hoursAgo: number; readonly no: string; readonly limit: number; readonly asks: string; readonly reply?: string; readonly satisfaction?: string };

const tickets: readonly TicketPlan[] = [
  { hoursAgo: 24 * 12, no: 'SZ-DEMO-0001', limit: 5, asks: '来电人希望社工上门看望独居的父亲。', reply: '社工已上门，建立每周探访。', satisfaction: 'satisfied' },
  { hoursAgo: 24 * 9, no: 'SZ-DEMO-0002', limit: 3, asks: '来电人反映小区有孩子长期在楼道写作业。' },
  { hoursAgo: 20, no: 'SZ-DEMO-0003', limit: 5, asks: '来电人咨询精神障碍患者康复服务。' },
];

/** Asks for the number of an appeal or a call. */
export const wishNumber = (
  numbers: Numbers,
  of: { readonly districtId: string; readonly kind: 'JM' | 'RX'; readonly at: Instant },
  give: (number: string) => void,
): void =>
  numbers.wish({ districtId: of.districtId, kind: of.kind, scope: '' }, of.at, dayOfAt(of.at), (sequence, year) =>
    give(`${of.kind}-${year}-${String(sequence).padStart(5, '0')}`),
  );

/** Asks for the numbers of appeals and calls, in the order of their time. */
export const wishCallNumbers = (numbers: Numbers, district: District, time: DemoTime): Map<object, string> => {
  const given = new Map<object, string>();
  for (const [kind, plans] of [
    ['JM', appeals],
    ['RX', calls],
  ] as const)
    for (const plan of plans)
      wishNumber(numbers, { districtId: district.id, kind, at: ago(time, plan.hoursAgo) }, (number) => given.set(plan, number));
  return given;
};

/** A moment so many hours before the demo is told. */
export const ago = (time: DemoTime, hours: number): Instant => instantOf(Date.parse(time.now) - hours * 3_600_000);
const dayOfAt = (at: Instant): string => new Date(Date.parse(at) + 8 * 3_600_000).toISOString().slice(0, 10);

/** Ids of the rows of these rooms, one after the other within a moment. */
const idsFrom = (start: number) => {
  let order = start;
  return (at: Instant): string => idAt(Date.parse(at), order++ & 0xfff);
};
const phoneIndexOf = (crypto: CryptoProvider, phone: string | null) => (phone === null ? null : exactIndexes(crypto, phone).phone);

/** The rows of what residents ask and officers of communities tell, at one station with one worker who answers. */
export const appealRows = (
  rows: Rows,
  crypto: CryptoProvider,
  time: DemoTime,
  plans: readonly AppealPlan[],
  where: {
    readonly districtId: string;
    readonly stationId: string | null;
    readonly workerId: string;
    readonly teller: District['teller'];
    readonly given: ReadonlyMap<object, string>;
    readonly idOf: (at: Instant) => string;
  },
): void => {
  const { districtId, stationId, workerId, given, idOf } = where;
  for (const plan of plans) {
    const at = ago(time, plan.hoursAgo);
    const id = idOf(at);
    const dueAt = addWorkingDays(at, 3, demoHolidays);
    const teller = plan.clue === true ? where.teller : null;
    if (plan.clue === true && teller === null) continue;
    const seal = (field: string, value: string | null) => (value === null ? null : crypto.encrypt(value, { table: 'appeal_content', row: id, field }));
    const taken = plan.status !== 'waiting';
    const ended = plan.status === 'answered' ? ago(time, plan.hoursAgo - 30) : null;
    rows.add('appeal', {
      districtId,
      id,
      number: given.get(plan) ?? '',
      channel: teller === null ? 'public' : 'civil-affairs',
      tellerId: teller?.personId ?? null,
      communityId: teller?.communityId ?? null,
      accompaniedOn: teller !== null && ended !== null ? dayOfAt(ended) : null,
      status: plan.status,
      topic: plan.topic,
      urgent: false,
      stationId,
      takerId: taken ? workerId : null,
      askedAt: at,
      dueAt,
      atRiskAt: atRiskFrom(at, dueAt, demoHolidays),
      packVersion: PACK,
      endedAt: ended,
      updatedAt: at,
    });
    rows.add('appealContent', {
      districtId,
      id,
      saysCt: seal('says', plan.says) ?? '',
      nameCt: seal('name', plan.name),
      nameMasked: plan.name === null ? null : maskName(plan.name),
      phoneCt: seal('phone', plan.phone),
      phoneMasked: plan.phone === null ? null : maskPhone(plan.phone),
      phoneIndex: phoneIndexOf(crypto, plan.phone),
      safeNoteCt: seal('safeNote', teller === null ? null : '本人知道已经报给社工站；社区民政员可以陪同首次入户'),
      reach: plan.phone !== null ? 'phone' : teller === null ? 'code' : 'other',
      safeTimes: plan.phone === null || teller !== null ? [] : ['morning'],
      mayMessage: false,
      unsafe: plan.unsafe,
    });
    const step = (kind: string, when: Instant, says?: string) => {
      const stepId = idOf(when);
      rows.add('appealStep', {
        districtId,
        id: stepId,
        appealId: id,
        at: when,
        kind,
        byId: kind === 'asked' ? (teller?.personId ?? null) : workerId,
        saysCt: says === undefined ? null : crypto.encrypt(says, { table: 'appeal_step', row: stepId, field: 'says' }),
        toResident: true,
      });
    };
    step('asked', at);
    if (taken) step('taken', ago(time, plan.hoursAgo - 4));
    if (ended !== null) step('answered', ended, plan.reply);
  }
};

/** The rows of residents, callers and tickets. */
export const callRows = (rows: Rows, district: District, crypto: CryptoProvider, time: DemoTime, given: ReadonlyMap<object, string>): void => {
  const districtId = district.id;
  const { worker, centre } = district.named;
  const idOf = idsFrom(0);
  const phoneIndex = (phone: string | null) => phoneIndexOf(crypto, phone);
  appealRows(rows, crypto, time, appeals, {
    districtId,
    stationId: worker.stationId,
    workerId: worker.personId,
    teller: district.teller,
    given,
    idOf,
  });
  for (const plan of calls) {
    const at = ago(time, plan.hoursAgo);
    const id = idOf(at);
    const seal = (field: string, value: string | undefined) =>
      value === undefined ? null : crypto.encrypt(value, { table: 'hotline_call_content', row: id, field });
    rows.add('hotlineCall', {
      districtId,
      id,
      number: given.get(plan) ?? '',
      kind: plan.kind,
      status: plan.status,
      relation: 'self',
      takerId: centre.personId,
      startedAt: at,
      savedAt: at,
      updatedAt: at,
    });
    rows.add('hotlineCallContent', {
      districtId,
      id,
      saysCt: seal('says', plan.says) ?? '',
      resultCt: seal('result', plan.result),
      callerNameCt: seal('callerName', plan.name),
      callerNameMasked: maskName(plan.name),
      callerPhoneCt: seal('callerPhone', plan.phone),
      callerPhoneMasked: maskPhone(plan.phone),
      callerPhoneIndex: phoneIndex(plan.phone),
    });
    if (plan.to !== undefined) {
      const overId = idOf(at);
      rows.add('hotlineHandOver', {
        districtId,
        id: overId,
        callId: id,
        hotlineNumber: plan.to[0],
        hotlineName: plan.to[1],
        at,
        byId: centre.personId,
        outcome: 'told-number',
        saidCt: crypto.encrypt('说明可以免费咨询，来电人会自己打。', { table: 'hotline_hand_over', row: overId, field: 'said' }),
      });
    }
  }
  for (const plan of tickets) {
    const at = ago(time, plan.hoursAgo);
    const id = idOf(at);
    const dueAt = addWorkingDays(at, plan.limit, demoHolidays);
    const seal = (field: string, value: string | undefined) =>
      value === undefined ? null : crypto.encrypt(value, { table: 'ticket_content', row: id, field });
    rows.add('ticket', {
      districtId,
      id,
      source: '12345',
      externalNo: plan.no,
      status: plan.reply === undefined ? 'open' : 'answered',
      holderId: centre.personId,
      receivedAt: at,
      limitDays: plan.limit,
      clockStartedAt: at,
      clockDueAt: dueAt,
      clockAtRiskAt: atRiskFrom(at, dueAt, demoHolidays),
      answeredAt: plan.reply === undefined ? null : ago(time, plan.hoursAgo - 50),
      satisfaction: plan.satisfaction ?? null,
      packVersion: PACK,
      updatedAt: at,
    });
    rows.add('ticketContent', { districtId, id, asksCt: seal('asks', plan.asks) ?? '', replyCt: seal('reply', plan.reply) });
  }
};
