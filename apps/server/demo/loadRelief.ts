/** Relief cases of one station, from screening to the end; invented throughout. */
import type { JointKind, ReliefDrop, ReliefNeed, ReliefSource, ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { addDays, type Day, instantAt, type TimeOfDay } from '@jieyou/core/shared/day.ts';
import type { CryptoProvider } from '../src/platform/crypto/crypto.ts';
import { memberPlace } from '../src/relief/jointStore.ts';
import { adviserPlace } from '../src/relief/store.ts';
import type { District } from './loadDistrict.ts';
import type { Known } from './loadGroups.ts';
import { idOf, type Rows } from './loadRows.ts';
import type { DemoTime } from './loadTime.ts';

type Plan = {
  readonly status: ReliefStatus;
  readonly source: ReliefSource;
  readonly needs: readonly ReliefNeed[];
  readonly on: number;
  readonly says: string;
  readonly link?: string;
  readonly thing?: readonly [string, number, string, number];
  readonly service?: readonly [string, number];
  readonly feedback?: string;
  readonly dropped?: ReliefDrop;
};
const plans: readonly Plan[] = [
  { status: 'closed', source: 'list', needs: ['living', 'policy'], on: -210, says: '独自带孩子，低保还在办，米面不够。', link: '区慈善会物资；街道临时救助窗口。', thing: ['大米', 2, '袋', 12_000], service: ['陪同申请临时救助', 60], feedback: '够吃一个月，临时救助已批。' },
  { status: 'closed', source: 'visit', needs: ['medical', 'care'], on: -130, says: '出院后没有人照料，药费压力大。', link: '社区康复站；志愿者每周两次。', thing: ['护理垫', 40, '片', 9_600], service: ['上门教家属翻身', 50], feedback: '褥疮好转，家属学会了。' },
  { status: 'closed', source: 'list', needs: ['living'], on: -88, says: '名单上有，上门后得知子女已接去同住。', dropped: 'no-need' },
  { status: 'feedback', source: 'referred', needs: ['schooling'], on: -46, says: '两个孩子开学用品没有着落。', link: '爱心企业开学礼包；大学生志愿者辅导。', thing: ['开学礼包', 2, '份', 40_000], service: ['每周功课辅导', 90], feedback: '孩子愿意去学校了。' },
  { status: 'delivered', source: 'asked', needs: ['work', 'mind'], on: -21, says: '失业半年，夜里睡不着。', link: '零工驿站；心理热线。', thing: ['通勤补贴卡', 1, '张', 20_000], service: ['陪同面试与支持谈话', 80] },
  { status: 'linked', source: 'list', needs: ['housing'], on: -9, says: '房顶漏雨，怕塌。', link: '住建危房改造窗口已受理；邻里互助队。', thing: ['防雨布', 2, '张', 6_000] },
  { status: 'screened', source: 'list', needs: ['living', 'care'], on: -2, says: '独居，冬衣不够，饭做得少。' },
];

type Seat = readonly [kind: JointKind, who: string | null, organisation: string];
type Table = {
  /** The relief case, by its place among the plans. */
  readonly of: number;
  /** Days after the screening. */
  readonly after: number;
  readonly place: string;
  readonly told: string;
  readonly agreed: string;
  readonly outcome: string;
  /** Without a name: one of the staff, by the part. */
  readonly seats: readonly Seat[];
  /** Seat, what, days from the meeting to the last day, days to the day it was done and how. */
  readonly undertaken: readonly (readonly [seat: number, what: string, due: number, done?: number, says?: string])[];
};
const five = (adviser: string, organisation: string, agent: string): readonly Seat[] => [
  ['adviser', adviser, '居民志愿者'],
  ['social-worker', null, '社工站'],
  ['district', agent, '区助联体工作专班'],
  ['organisation', null, organisation],
  ['civil-affairs', null, '区民政局救助科'],
];
const tables: readonly Table[] = [
  {
    of: 0,
    after: 7,
    place: '社工站会议室',
    told: '独自带孩子的家庭，低保正在办理，办下来以前基本生活有缺口；想找能兼顾接送的零工。',
    agreed: '本人在社工站当面同意',
    outcome: '先办临时救助，接上低保；慈善物资供一个月；零工由助联体留意。',
    seats: five('楼长老周', '同心公益服务中心', '庄维'),
    undertaken: [
      [4, '受理临时救助申请，告知要补的材料', 5, 4, '已受理，第四天批下来'],
      [3, '每周送一次米面油，送满一个月', 30, 28, '四次都送到，有签收'],
      [2, '留意能兼顾接送孩子的零工', 25, 20, '介绍到社区食堂半天工'],
    ],
  },
  {
    of: 4,
    after: 6,
    place: '街道便民服务中心二楼',
    told: '失业半年，想找固定的工作，担心面试；睡眠不好，愿意谈一谈。',
    agreed: '本人电话同意',
    outcome: '就业和心理两头一起做：零工先稳住，两周内安排一次面试陪同。',
    seats: five('居民组长何婶', '青禾社工服务社', '庄维'),
    undertaken: [
      [1, '陪同一次面试，面试前练习一遍', 9, 8, '已陪同，对方请他试工三天'],
      [4, '核对失业补助还能不能申请', 8],
      [3, '安排每周一次支持谈话，共四次', 40],
    ],
  },
  {
    of: 5,
    after: 4,
    place: '社区居委会',
    told: '房顶漏雨，雨季前要修；危房改造在审，审下来以前需要临时加固。',
    agreed: '本人入户时当面同意',
    outcome: '邻里互助队先加固；危房改造材料由街道一次补齐。',
    seats: five('退休瓦工老罗', '邻里互助队', '庄维'),
    undertaken: [
      [0, '带互助队铺好防雨布，查看屋梁', 3, 2, '已铺好，屋梁没有裂'],
      [4, '催办危房改造审批', 3],
      [2, '联系可以借住的周转房', 14],
    ],
  },
];

/** Tables of the consortium under a relief case: who sat there, what each undertook, done, late and in time. */
const tableRows = (
  rows: Rows,
  district: District,
  time: DemoTime,
  crypto: CryptoProvider,
  relief: { readonly id: string; readonly recipientId: string; readonly screenedOn: Day },
  table: Table,
): void => {
  const { worker, centre, supervisor } = district.named;
  const districtId = district.id;
  const officer = rows.of('account').find((a) => a.username === 'officer')?.personId;
  const staffOf: Readonly<Partial<Record<JointKind, string>>> = {
    'social-worker': worker.personId,
    organisation: supervisor.personId,
    'civil-affairs': officer ?? centre.personId,
  };
  const onDay = addDays(relief.screenedOn, table.after);
  const at = time.notAfter(instantAt(onDay, '16:40' as TimeOfDay), 60);
  const id = idOf(at);
  const staff = table.seats.flatMap(([kind, name]) => (name === null ? (staffOf[kind] ?? []) : []));
  rows.add('reliefJoint', {
    districtId,
    id,
    reliefId: relief.id,
    recipientId: relief.recipientId,
    status: 'held',
    onDay,
    place: table.place,
    told: table.told,
    agreedSays: table.agreed,
    outcome: table.outcome,
    staff,
    madeBy: worker.personId,
    updatedAt: at,
    version: 2,
  });
  const members = table.seats.map(([kind, name, organisation]) => {
    const memberId = idOf(at);
    const personId = name === null ? (staffOf[kind] ?? null) : null;
    const nameCt = name === null ? null : crypto.encrypt(name, memberPlace(memberId));
    rows.add('reliefJointMember', { districtId, id: memberId, jointId: id, kind, personId, nameCt, organisation });
    return { id: memberId, personId };
  });
  for (const [seat, what, due, done, says] of table.undertaken) {
    const member = members[seat];
    if (member === undefined) continue;
    rows.add('reliefUndertaking', {
      districtId,
      id: idOf(at),
      jointId: id,
      memberId: member.id,
      what,
      dueOn: addDays(onDay, due),
      status: done === undefined ? 'open' : 'done',
      settledOn: done === undefined ? null : addDays(onDay, done),
      says: says ?? null,
      workerId: worker.personId,
      byPerson: member.personId,
      version: done === undefined ? 1 : 2,
    });
  }
};

/** Writes relief cases of persons whom the worker serves, with the acts of service among them. */
export const reliefRows = (rows: Rows, district: District, time: DemoTime, crypto: CryptoProvider, known: readonly Known[]): void => {
  const { worker } = district.named;
  const districtId = district.id;
  if (worker.stationId === null) return;
  const own = known.filter((k) => k.workerId === worker.personId);
  const place = { stationId: worker.stationId, organisationId: worker.organisationId, divisionPath: worker.divisionPath };
  const housed = new Set(rows.of('householdMember').map((m) => m.recipientId));
  for (const [n, plan] of plans.entries()) {
    const who = own[own.length - 1 - n];
    if (who === undefined) continue;
    // Every other one has a household of their own, so that the ledger counts 户 and says who is in none.
    if (n % 2 === 1 && !housed.has(who.recipientId)) {
      const registeredAt = time.notAfter(instantAt(who.openedOn as Day, '16:10' as TimeOfDay), 90 - n);
      const household = idOf(registeredAt);
      rows.add('household', { districtId, id: household, addressMasked: null, addressCt: null });
      rows.add('householdMember', {
        districtId,
        id: idOf(registeredAt),
        householdId: household,
        recipientId: who.recipientId,
        nameMasked: null,
        nameCt: null,
        relation: 'head',
        livesTogether: true,
        joinedOn: who.openedOn,
        leftOn: null,
        recordedBy: worker.personId,
      });
    }
    const screenedOn = time.day(plan.on);
    const at = (days: number) => time.notAfter(instantAt(addDays(screenedOn, days), '15:30' as TimeOfDay), 90 - n);
    const id = idOf(at(0));
    rows.add('reliefCase', {
      districtId,
      id,
      recipientId: who.recipientId,
      status: plan.status,
      source: plan.source,
      needs: [...plan.needs],
      screenedOn,
      dropped: plan.dropped ?? null,
      satisfied: plan.feedback === undefined ? null : 4 + (n % 2),
      workerId: worker.personId,
      ...place,
      madeBy: worker.personId,
      updatedAt: at(12),
      version: 1 + ['screened', 'linked', 'delivered', 'feedback', 'closed'].indexOf(plan.status),
    });
    rows.add('reliefContent', {
      districtId,
      id,
      needSays: plan.says,
      adviserKind: n % 2 === 0 ? 'volunteer' : 'worker',
      adviserCt: crypto.encrypt(n % 2 === 0 ? '楼长老周' : '小何', adviserPlace(id)),
      linkSays: plan.link ?? null,
      feedbackSays: plan.feedback ?? null,
      closeSays: plan.dropped === undefined ? null : '子女接回同住，生活有着落。',
    });
    for (const table of tables.filter((one) => one.of === n))
      tableRows(rows, district, time, crypto, { id, recipientId: who.recipientId, screenedOn }, table);
    const common = { districtId, reliefId: id, recordedBy: worker.personId, recordedAt: at(4) };
    if (plan.thing !== undefined) {
      const [what, quantity, unit, valueFen] = plan.thing;
      const item = { what, quantity, unit, valueFen, receipt: 'signed', line: 'material', onDay: addDays(screenedOn, 3), fromWhom: '区慈善会' };
      rows.add('reliefItem', { ...common, id: idOf(at(3)), ...item });
    }
    if (plan.service === undefined) continue;
    const [what, minutes] = plan.service;
    const itemId = idOf(at(4));
    const onDay = addDays(screenedOn, 4);
    rows.add('reliefItem', { ...common, id: itemId, line: 'service', what, onDay, fromWhom: '社工站', minutes });
    rows.add('serviceContact', {
      districtId,
      id: idOf(at(4)),
      sourceKind: 'relief-item',
      sourceId: itemId,
      kind: 'case-relief',
      domain: 'relief',
      happenedOn: onDay,
      minutes,
      people: 1,
      who: [who.recipientId],
      workerId: worker.personId,
      ...place,
      recipientId: who.recipientId,
      writtenAt: at(4),
    });
  }
};
