import { z } from 'zod';
import { ListedCategory } from '../recipients/schema.ts';
import { Id, line, passage, Version } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

/** Where a relief case stands (HZ-02). */
export const ReliefStatus = z.enum(['screened', 'linked', 'delivered', 'feedback', 'closed']);
export type ReliefStatus = z.infer<typeof ReliefStatus>;

/** How somebody came to be screened. */
export const ReliefSource = z.enum(['list', 'visit', 'asked', 'referred']);
export type ReliefSource = z.infer<typeof ReliefSource>;

/** What somebody needs. */
export const ReliefNeed = z.enum(['living', 'medical', 'housing', 'schooling', 'work', 'care', 'mind', 'policy', 'other']);
export type ReliefNeed = z.infer<typeof ReliefNeed>;

/** The two lines of relief (HZ-03). */
export const ReliefLine = z.enum(['material', 'service']);
export type ReliefLine = z.infer<typeof ReliefLine>;

/** How it is known that something arrived. */
export const Receipt = z.enum(['signed', 'photo', 'none']);
export type Receipt = z.infer<typeof Receipt>;

/** Why a relief case ends without help. */
export const ReliefDrop = z.enum(['no-need', 'declined', 'not-entitled', 'elsewhere']);
export type ReliefDrop = z.infer<typeof ReliefDrop>;

/** Who advises (救助顾问, HZ-04): a worker, or a volunteer under the case's worker. */
export const Adviser = z.object({ kind: z.enum(['worker', 'volunteer']), name: line(20) });
export type Adviser = z.infer<typeof Adviser>;

/** What the screening found. */
export const ReliefDraft = z.object({
  recipientId: Id,
  source: ReliefSource,
  needs: z.array(ReliefNeed).min(1, { error: '请至少选一项需求' }).max(9),
  needSays: passage(1000, 2),
  screenedOn: AnyDay,
  adviserKind: Adviser.shape.kind,
  adviserName: line(20),
});
export type ReliefDraft = z.infer<typeof ReliefDraft>;

/** One thing handed over, or one service done. */
export const ReliefItemDraft = z.object({
  line: ReliefLine,
  what: line(80, 2),
  onDay: AnyDay,
  fromWhom: line(60, 2),
  quantity: z.int({ error: '请填数量' }).min(1).max(100_000).nullable(),
  unit: line(10).nullable(),
  valueFen: z.int({ error: '请填金额' }).min(0).max(1_000_000_000).nullable(),
  receipt: Receipt.nullable(),
  minutes: z.int({ error: '请填分钟' }).min(1, { error: '至少 1 分钟' }).max(600, { error: '不超过 600 分钟' }).nullable(),
});
export type ReliefItemDraft = z.infer<typeof ReliefItemDraft>;

export const ReliefItem = ReliefItemDraft.extend({
  id: Id,
  what: z.string(),
  fromWhom: z.string(),
  unit: z.string().nullable(),
  voidSays: z.string().nullable(),
  recordedByName: z.string(),
  version: z.int(),
});
export type ReliefItem = z.infer<typeof ReliefItem>;

/** A relief case in lists: masked. */
export const ReliefRow = z.object({
  id: Id,
  recipientName: z.string(),
  recipientGender: Gender,
  status: ReliefStatus,
  source: ReliefSource,
  needs: z.array(ReliefNeed),
  screenedOn: AnyDay,
  things: z.int(),
  services: z.int(),
  valueFen: z.int(),
  minutes: z.int(),
  dropped: ReliefDrop.nullable(),
  workerName: z.string(),
  stationName: z.string(),
  version: z.int(),
});
export type ReliefRow = z.infer<typeof ReliefRow>;

/** To whom a relief case goes, and why. */
export const ReliefHandoverDraft = z.object({ toId: Id, reason: line(200, 2), version: Version });
export type ReliefHandoverDraft = z.infer<typeof ReliefHandoverDraft>;

const ReliefHandover = z.object({
  id: Id,
  fromName: z.string(),
  toName: z.string(),
  reason: z.string(),
  byName: z.string(),
  at: AnyMoment,
});

export const Relief = ReliefRow.extend({
  recipientId: Id,
  needSays: z.string(),
  adviser: z.object({ kind: Adviser.shape.kind, name: z.string() }),
  linkSays: z.string().nullable(),
  oneLineSays: z.string().nullable(),
  feedbackSays: z.string().nullable(),
  satisfied: z.int().nullable(),
  closeSays: z.string().nullable(),
  updatedAt: AnyMoment,
  items: z.array(ReliefItem),
  /** Relief of others of the same household, as far as it is in reach. */
  household: z.array(ReliefRow.pick({ id: true, recipientName: true, status: true, screenedOn: true })),
  /** Who carried it until when. */
  handovers: z.array(ReliefHandover),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});
export type Relief = z.infer<typeof Relief>;

/** The five parts in which somebody sits at the table of the consortium (助联体, HZ-04, HZ-05). */
export const JointKind = z.enum(['adviser', 'social-worker', 'district', 'organisation', 'civil-affairs'], {
  error: '请选择以什么身份参加',
});
export type JointKind = z.infer<typeof JointKind>;
export const JointStatus = z.enum(['called', 'held', 'called-off']);
export type JointStatus = z.infer<typeof JointStatus>;
export const UndertakingStatus = z.enum(['open', 'done', 'dropped']);
export type UndertakingStatus = z.infer<typeof UndertakingStatus>;

const JointMemberDraft = z
  .object({ kind: JointKind, personId: Id.nullable(), name: line(20, 2).nullable(), organisation: line(40, 2) })
  .refine((m) => (m.personId === null) !== (m.name === null), { error: '请选平台上的人，或写姓名', path: ['name'] });

/** Who is asked to the table, and everything that they are told. */
export const JointDraft = z.object({
  onDay: AnyDay,
  place: line(60, 2),
  told: passage(2000, 2),
  agreedSays: line(60, 2),
  members: z.array(JointMemberDraft).min(2, { error: '至少请两方' }).max(12, { error: '最多 12 人' }),
});
export type JointDraft = z.infer<typeof JointDraft>;

/** Who does what until when. */
export const UndertakingDraft = z.object({ memberId: Id, what: line(120, 2), dueOn: AnyDay });
export type UndertakingDraft = z.infer<typeof UndertakingDraft>;

/** What somebody undertook at a table, and what became of it. */
export const Undertaking = z.object({
  id: Id,
  memberId: Id,
  what: z.string(),
  dueOn: AnyDay,
  status: UndertakingStatus,
  overdue: z.boolean(),
  settledOn: AnyDay.nullable(),
  says: z.string().nullable(),
  settles: z.boolean(),
  version: z.int(),
});
export type Undertaking = z.infer<typeof Undertaking>;

/** What one undertook oneself; the table opens only while one reads it. */
export const OwnUndertaking = Undertaking.extend({ jointId: Id.nullable() });
export type OwnUndertaking = z.infer<typeof OwnUndertaking>;

/** A joint consultation as everybody at the table sees it; the relief case itself opens only to who reaches it. */
export const ReliefJoint = z.object({
  id: Id,
  reliefId: Id.nullable(),
  status: JointStatus,
  onDay: AnyDay,
  place: z.string(),
  told: z.string(),
  agreedSays: z.string().nullable(),
  outcome: z.string().nullable(),
  workerName: z.string(),
  stationName: z.string(),
  members: z.array(
    z.object({
      id: Id,
      kind: JointKind,
      name: z.string(),
      organisation: z.string(),
      /** Since when the seat is taken away. */
      leftOn: AnyDay.nullable(),
    }),
  ),
  undertakings: z.array(Undertaking),
  can: z.array(z.string()),
  version: z.int(),
});
export type ReliefJoint = z.infer<typeof ReliefJoint>;

/** A line of the ledger of relief (ST-06): 户, 人, 人次, 笔, money in fen, minutes. */
export const ReliefCell = z.object({
  key: z.string(),
  label: z.string(),
  households: z.int(),
  persons: z.int(),
  unhoused: z.int(),
  times: z.int(),
  things: z.int(),
  valueFen: z.int(),
  minutes: z.int(),
});
export type ReliefCell = z.infer<typeof ReliefCell>;

/** The ledger of a month or a year; `filter` is the query field that a cell's key fills. */
export const ReliefLedger = z.object({
  asOf: AnyMoment,
  scope: z.string(),
  total: ReliefCell,
  groups: z.array(z.object({ key: z.string(), title: z.string(), filter: z.string(), cells: z.array(ReliefCell) })),
  how: z.string(),
});
export type ReliefLedger = z.infer<typeof ReliefLedger>;

/** One thing or one service behind the figures: masked. */
export const ReliefActRow = ReliefItem.omit({ voidSays: true, recordedByName: true, version: true }).extend({
  reliefId: Id,
  recipientName: z.string(),
  /** The household of that day, by which the ledger can be narrowed to it. */
  householdId: Id.nullable(),
  categories: z.array(ListedCategory),
  workerName: z.string(),
  stationName: z.string(),
});
export type ReliefActRow = z.infer<typeof ReliefActRow>;
