import { z } from 'zod';
import { LedgerPeriod } from '../contacts/schema.ts';
import { ListedCategory } from '../recipients/schema.ts';
import { ById, endpoint, Id, line, PageQuery, PaperFormat, pageOf, passage, severalOf, Version, Written } from '../shared/endpoint.ts';
import { exportOf } from '../shared/exporting.ts';
import { AnyDay } from '../shared/words.ts';
import { PersonChoice } from '../workforce/schema.ts';
import { handsRelief, keepsRelief, seesJoints, seesRelief } from './policy.ts';
import {
  JointDraft,
  JointKind,
  JointStatus,
  OwnUndertaking,
  Relief,
  ReliefActRow,
  ReliefDraft,
  ReliefDrop,
  ReliefHandoverDraft,
  ReliefItemDraft,
  ReliefJoint,
  ReliefLedger,
  ReliefLine,
  ReliefNeed,
  ReliefRow,
  ReliefStatus,
  UndertakingDraft,
  UndertakingStatus,
} from './schema.ts';

const filters = { status: severalOf(ReliefStatus), need: severalOf(ReliefNeed), workerId: Id.optional() };

export const listRelief = endpoint({
  id: 'listRelief',
  method: 'GET',
  path: '/api/relief-cases',
  says: '查看救助个案清单（姓名已打码）',
  allow: seesRelief,
  query: PageQuery.extend(filters),
  reply: pageOf(ReliefRow),
  reads: 'content',
});

export const exportRelief = exportOf(listRelief, 'exportRelief', '救助个案清单');

/** What the ledger of relief is narrowed to. */
const narrowed = {
  /** A month or a year; the current month when nothing is said. */
  period: LedgerPeriod.optional(),
  line: ReliefLine.optional(),
  category: ListedCategory.optional(),
  workerId: Id.optional(),
  stationId: Id.optional(),
  householdId: Id.optional(),
};

export const readReliefLedger = endpoint({
  id: 'readReliefLedger',
  method: 'GET',
  path: '/api/relief-ledger',
  says: '查看一个月或一年的救助台账：户、人、人次、金额',
  allow: seesRelief,
  query: z.object(narrowed),
  reply: ReliefLedger,
  reads: 'content',
});

export const listReliefActs = endpoint({
  id: 'listReliefActs',
  method: 'GET',
  path: '/api/relief-ledger/rows',
  says: '查看救助台账的每一笔物资、每一次服务（姓名已打码）',
  allow: seesRelief,
  query: PageQuery.extend(narrowed),
  reply: pageOf(ReliefActRow),
  reads: 'content',
});

export const exportReliefLedger = endpoint({
  id: 'exportReliefLedger',
  method: 'GET',
  path: '/api/relief-ledger/file',
  says: '填写理由后导出救助台账（Excel，或 A4 横向 PDF），姓名已打码',
  allow: seesRelief,
  query: z.object({ ...narrowed, format: z.enum(['xlsx', 'pdf']).default('xlsx'), reason: line(120, 2) }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser', 'contacts.too-many-rows'],
  streams: 'application/octet-stream',
  rate: 'heavy',
});

export const readRelief = endpoint({
  id: 'readRelief',
  method: 'GET',
  path: '/api/relief-cases/{id}',
  says: '查看一个救助个案：筛查、链接、物资与服务两条线、反馈',
  allow: seesRelief,
  params: ById,
  reply: Relief,
  reads: 'content',
});

export const printRelief = endpoint({
  id: 'printRelief',
  method: 'GET',
  path: '/api/relief-cases/{id}/paper',
  says: '打印救助个案：筛查、物资与服务两条线、反馈、签字栏；也可存为 Word',
  allow: seesRelief,
  params: ById,
  query: z.object({ format: PaperFormat.default('pdf') }),
  reply: z.any(),
  reads: 'content',
  refusals: ['print.no-browser'],
  streams: 'application/pdf',
  rate: 'heavy',
});

export const screenRelief = endpoint({
  id: 'screenRelief',
  method: 'POST',
  path: '/api/relief-cases',
  says: '登记一次救助需求筛查',
  allow: keepsRelief,
  body: ReliefDraft,
  reply: Written,
  refusals: ['relief.no-station', 'relief.person-still', 'relief.in-future', 'relief.open-already'],
});

export const moveRelief = endpoint({
  id: 'moveRelief',
  method: 'POST',
  path: '/api/relief-cases/{id}/moves',
  says: '登记链接了什么、送达、反馈、结束',
  allow: keepsRelief,
  params: ById,
  body: z.object({
    move: z.enum(['link', 'deliver', 'hear', 'close', 'drop']),
    says: passage(1000, 2).nullable(),
    satisfied: z.int().min(1).max(5).nullable(),
    dropped: ReliefDrop.nullable(),
    version: Version,
  }),
  reply: Written,
  refusals: [
    'relief.moved-on',
    'record.changed-meanwhile',
    'relief.person-still',
    'relief.says-missing',
    'relief.satisfied-missing',
    'relief.drop-missing',
    'relief.nothing-delivered',
    'relief.line-missing',
    'relief.joint-called',
    'relief.undertakings-open',
  ],
});

export const handRelief = endpoint({
  id: 'handRelief',
  method: 'POST',
  path: '/api/relief-cases/{id}/handovers',
  says: '把救助个案交给本站另一位社工承办，写明原因，立即生效',
  allow: handsRelief,
  params: ById,
  body: ReliefHandoverDraft,
  reply: Written,
  refusals: [
    'relief.moved-on',
    'relief.person-still',
    'relief.hand-same',
    'relief.hand-elsewhere',
    'relief.hand-unseen',
    'record.changed-meanwhile',
  ],
});

export const addReliefItem = endpoint({
  id: 'addReliefItem',
  method: 'POST',
  path: '/api/relief-cases/{id}/items',
  says: '登记一笔物资，或一次服务（自动记入台账）',
  allow: keepsRelief,
  params: ById,
  body: ReliefItemDraft,
  reply: Written,
  refusals: [
    'relief.not-open',
    'relief.person-still',
    'relief.in-future',
    'relief.before-screening',
    'relief.material-incomplete',
    'relief.service-incomplete',
  ],
});

export const voidReliefItem = endpoint({
  id: 'voidReliefItem',
  method: 'POST',
  path: '/api/relief-cases/{id}/items/{itemId}/void',
  says: '作废记错的一笔，台账随之撤回',
  allow: keepsRelief,
  params: z.object({ id: Id, itemId: Id }),
  body: z.object({ says: passage(200, 2) }),
  reply: Written,
  refusals: ['relief.moved-on', 'relief.person-still', 'relief.recorder-only'],
});

export const listReliefJoints = endpoint({
  id: 'listReliefJoints',
  method: 'GET',
  path: '/api/relief-joints',
  says: '查看助联体会商：自己的救助个案召集的，和请自己参加的',
  allow: seesJoints,
  query: PageQuery.extend({
    id: Id.optional(),
    reliefId: Id.optional(),
    status: severalOf(JointStatus),
    kind: severalOf(JointKind),
    from: AnyDay.optional(),
    to: AnyDay.optional(),
    overdue: z.literal('yes').optional(),
  }),
  reply: pageOf(ReliefJoint),
  reads: 'content',
});

export const exportReliefJoints = exportOf(listReliefJoints, 'exportReliefJoints', '助联体会商清单');

export const listOwnUndertakings = endpoint({
  id: 'listOwnUndertakings',
  method: 'GET',
  path: '/api/relief-undertakings',
  says: '查看自己在助联体会商上认领的事；救助个案结束以后也留着',
  allow: seesJoints,
  query: PageQuery.extend({ status: severalOf(UndertakingStatus) }),
  reply: pageOf(OwnUndertaking),
  reads: 'content',
});

export const listJointChoices = endpoint({
  id: 'listJointChoices',
  method: 'GET',
  path: '/api/relief-joint-choices',
  says: '按姓名或拼音选择参加会商的工作人员',
  allow: keepsRelief,
  query: z.object({ text: z.string().trim().max(40).optional() }),
  reply: z.object({ rows: z.array(PersonChoice) }),
});

export const callReliefJoint = endpoint({
  id: 'callReliefJoint',
  method: 'POST',
  path: '/api/relief-cases/{id}/joints',
  says: '为救助个案召集助联体会商：谁以什么身份参加，告诉他们什么',
  allow: keepsRelief,
  params: ById,
  body: JointDraft,
  reply: Written,
  refusals: ['relief.moved-on', 'relief.person-still', 'relief.day-past', 'relief.member-unknown'],
});

export const concludeReliefJoint = endpoint({
  id: 'concludeReliefJoint',
  method: 'POST',
  path: '/api/relief-joints/{id}/outcome',
  says: '写下会商的结果，或取消会商',
  allow: keepsRelief,
  params: ById,
  body: z.object({ held: z.boolean(), says: passage(2000, 2), version: Version }),
  reply: Written,
  refusals: ['relief.person-still', 'relief.joint-over', 'relief.in-future', 'record.changed-meanwhile'],
});

export const addUndertaking = endpoint({
  id: 'addUndertaking',
  method: 'POST',
  path: '/api/relief-joints/{id}/undertakings',
  says: '登记会商后谁认领什么、到哪天',
  allow: keepsRelief,
  params: ById,
  body: UndertakingDraft,
  reply: Written,
  refusals: ['relief.person-still', 'relief.joint-not-held', 'relief.due-early', 'relief.member-unknown', 'relief.moved-on'],
});

export const unseatJointMember = endpoint({
  id: 'unseatJointMember',
  method: 'POST',
  path: '/api/relief-joints/{id}/members/{memberId}/leave',
  says: '请一位参加人退出会商：此后看不到会商的内容',
  allow: keepsRelief,
  params: z.object({ id: Id, memberId: Id }),
  body: z.object({}),
  reply: Written,
  refusals: ['relief.person-still', 'relief.member-unknown', 'relief.undertakings-open', 'relief.last-seat'],
});

export const settleUndertaking = endpoint({
  id: 'settleUndertaking',
  method: 'POST',
  path: '/api/relief-undertakings/{id}/end',
  says: '认领的事办到了，或不办了：承办社工登记，认领的人也可以自己登记',
  allow: seesJoints,
  params: ById,
  body: z.object({ done: z.boolean(), onDay: AnyDay, says: line(200, 2), version: Version }),
  reply: Written,
  refusals: ['relief.person-still', 'relief.undertaking-over', 'relief.in-future', 'relief.due-early', 'record.changed-meanwhile'],
});
