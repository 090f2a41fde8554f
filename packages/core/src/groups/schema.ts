import { z } from 'zod';
import { ServiceDomain } from '../contacts/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { HelpSeen, HelpTold, NamedVolunteer, SeenVolunteer } from '../shared/helping.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

/** What a group is for. */
export const GroupKind = z.enum(['education', 'growth', 'support', 'therapy', 'mutual-help', 'social']);
export type GroupKind = z.infer<typeof GroupKind>;

/** Where a group stands: the plan on its way to approval, the five phases, and the two ends. */
export const GroupStatus = z.enum([
  'drafting',
  'submitted',
  'approved',
  'beginning',
  'turning',
  'working',
  'ending',
  'closed',
  'cancelled',
]);
export type GroupStatus = z.infer<typeof GroupStatus>;

/** The five phases of a group. */
export const GroupPhase = z.enum(['preparing', 'beginning', 'turning', 'working', 'ending']);
export type GroupPhase = z.infer<typeof GroupPhase>;

/** What became of a session. */
export const SessionStatus = z.enum(['planned', 'held', 'cancelled']);
export type SessionStatus = z.infer<typeof SessionStatus>;

/** Whether a member came; the worker keeps it. */
export const Presence = z.enum(['present', 'late', 'excused', 'absent']);
export type Presence = z.infer<typeof Presence>;

/** Why somebody left a group. */
export const LeaveReason = z.enum(['asked', 'moved', 'health', 'referred', 'unfit', 'lost', 'other']);
export type LeaveReason = z.infer<typeof LeaveReason>;

/** The group's dynamics in a session (动力). */
export const Dynamics = z.enum(['flat', 'some', 'lively', 'close']);
export type Dynamics = z.infer<typeof Dynamics>;

/** Whether a session reached its aim (目标达成). */
export const Reached = z.enum(['not', 'partly', 'mostly', 'fully']);
export type Reached = z.infer<typeof Reached>;

/** When a member was measured. */
export const MeasureMoment = z.enum(['before', 'after']);
export type MeasureMoment = z.infer<typeof MeasureMoment>;

const Fen = z.int({ error: '请填金额' }).min(0, { error: '金额不能小于 0' }).max(1_000_000_000);

/** A line of the budget in 分; spent is known at the end. */
export const GroupBudgetLine = z.object({ title: line(40), planned: Fen, spent: Fen.nullable() });
export type GroupBudgetLine = z.infer<typeof GroupBudgetLine>;

/** A session as the plan book names it. */
export const SessionPlan = z.object({ title: line(60, 2), aim: passage(500, 0), plannedOn: AnyDay, place: line(80, 2) });
export type SessionPlan = z.infer<typeof SessionPlan>;

/** What may go wrong, and how it is answered. */
export const GroupRisk = z.object({ what: line(120, 2), answer: line(200, 2) });
export type GroupRisk = z.infer<typeof GroupRisk>;

const Score = z.int({ error: '请填整数' }).min(-1000).max(1000);

/** What is measured before and after: a scale with its ends, and which end is better. */
export const GroupIndicator = z.object({ id: Id, title: line(40, 2), least: Score, most: Score, better: z.enum(['up', 'down']) });
export type GroupIndicator = z.infer<typeof GroupIndicator>;

const Size = z.int({ error: '请填人数' }).min(1, { error: '至少 1 人' }).max(200);

/** The plan book as it is typed. What it lacks is said when it is handed in. */
export const GroupDraft = z.object({
  title: line(60, 2),
  kind: GroupKind,
  domain: ServiceDomain,
  place: line(80, 2),
  minSize: Size,
  maxSize: Size,
  coLeadIds: z.array(Id).max(10),
  idea: passage(2000, 0),
  goals: passage(2000, 0),
  audience: passage(1000, 0),
  recruiting: passage(1000, 0),
  sessions: z.array(SessionPlan).max(40),
  budget: z.array(GroupBudgetLine).max(20),
  risks: z.array(GroupRisk).max(20),
  indicators: z.array(GroupIndicator).max(10),
  /** Volunteers under the lead worker (LC-13). */
  volunteers: z.array(NamedVolunteer).max(50),
});
export type GroupDraft = z.infer<typeof GroupDraft>;

/** A group in lists: register only. */
export const GroupRow = z.object({
  id: Id,
  title: z.string(),
  kind: GroupKind,
  domain: ServiceDomain,
  status: GroupStatus,
  place: z.string(),
  startsOn: AnyDay.nullable(),
  nextOn: AnyDay.nullable(),
  held: z.int(),
  sessions: z.int(),
  members: z.int(),
  maxSize: z.int(),
  /** Times (人次) of all held sessions. */
  times: z.int(),
  plannedFen: z.int(),
  spentFen: z.int(),
  leadName: z.string(),
  stationName: z.string(),
  version: z.int(),
});
export type GroupRow = z.infer<typeof GroupRow>;

/** A member: masked; how often they came of the sessions held while they were in. */
export const GroupMember = z.object({
  id: Id,
  /** Null where the person's own page is not in reach. */
  recipientId: Id.nullable(),
  name: z.string(),
  gender: Gender,
  age: z.int().nullable(),
  joinedOn: AnyDay,
  leftOn: AnyDay.nullable(),
  leaveReason: LeaveReason.nullable(),
  came: z.int(),
  asked: z.int(),
  /** Whether processing of the person's data was stopped: nothing new is written. */
  still: z.boolean(),
  version: z.int(),
});
export type GroupMember = z.infer<typeof GroupMember>;

export const GroupSessionRow = z.object({
  id: Id,
  number: z.int(),
  status: SessionStatus,
  title: z.string(),
  plannedOn: AnyDay,
  place: z.string(),
  heldOn: AnyDay.nullable(),
  minutes: z.int().nullable(),
  came: z.int().nullable(),
  guests: z.int().nullable(),
  dynamics: Dynamics.nullable(),
  reached: Reached.nullable(),
  version: z.int(),
});
export type GroupSessionRow = z.infer<typeof GroupSessionRow>;

/** A session in a list that goes over groups. */
export const ListedSession = GroupSessionRow.extend({ groupId: Id, groupTitle: z.string(), groupStatus: GroupStatus });
export type ListedSession = z.infer<typeof ListedSession>;

/** A value of one member, as it stands, and the form whose score it cites; null where it was typed. */
export const MeasureValue = z.object({
  memberId: Id,
  indicatorId: Id,
  before: z.int().nullable(),
  after: z.int().nullable(),
  beforeFrom: Id.nullable(),
  afterFrom: Id.nullable(),
});
export type MeasureValue = z.infer<typeof MeasureValue>;

/** A score on a form of a member, by the form and the key of its scale. */
export const ScoreOnForm = z.object({ answerId: Id, scale: line(40) });
export type ScoreOnForm = z.infer<typeof ScoreOnForm>;

/** What a scale on a form of a member came to, to be cited as a value before or after. */
export const MemberScore = ScoreOnForm.extend({
  memberId: Id,
  code: z.string(),
  title: z.string(),
  score: z.int(),
  most: z.int(),
  more: z.enum(['worse', 'better']),
  on: AnyDay,
});
export type MemberScore = z.infer<typeof MemberScore>;

/** Before and after of one indicator, over those with both values only. */
export const MeasureSummary = z.object({
  indicatorId: Id,
  /** Members with both values, with only one, and with none. */
  both: z.int(),
  one: z.int(),
  none: z.int(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  better: z.int(),
  same: z.int(),
  worse: z.int(),
});
export type MeasureSummary = z.infer<typeof MeasureSummary>;

/** The summary of a whole group. */
export const GroupClosing = z.object({
  goals: passage(2000, 2),
  process: passage(2000, 2),
  lessons: passage(2000, 0),
  followUp: passage(2000, 0),
});
export type GroupClosing = z.infer<typeof GroupClosing>;

/** How a change of the lead was answered. */
export const LeadChangeStatus = z.enum(['asked', 'confirmed', 'declined', 'withdrawn']);
export type LeadChangeStatus = z.infer<typeof LeadChangeStatus>;

/** One change of the lead, with who asked and who answered when. */
export const LeadChange = z.object({
  id: Id,
  fromName: z.string(),
  toName: z.string(),
  stays: z.boolean(),
  reason: z.string(),
  status: LeadChangeStatus,
  askedByName: z.string(),
  askedAt: AnyMoment,
  answeredByName: z.string().nullable(),
  answeredAt: AnyMoment.nullable(),
  answer: z.string(),
  can: z.array(z.enum(['confirm', 'decline', 'withdraw'])),
  version: z.int(),
});
export type LeadChange = z.infer<typeof LeadChange>;

export const Group = GroupRow.extend({
  coLeads: z.array(z.object({ personId: Id, name: z.string() })),
  minSize: z.int(),
  idea: z.string(),
  goals: z.string(),
  audience: z.string(),
  recruiting: z.string(),
  plan: z.array(SessionPlan),
  budget: z.array(GroupBudgetLine),
  risks: z.array(GroupRisk),
  indicators: z.array(GroupIndicator),
  volunteers: z.array(SeenVolunteer),
  submittedByName: z.string().nullable(),
  submittedAt: AnyMoment.nullable(),
  approvedByName: z.string().nullable(),
  approvedAt: AnyMoment.nullable(),
  leadChanges: z.array(LeadChange),
  reviews: z.array(z.object({ id: Id, decision: z.enum(['approve', 'return']), says: z.string(), byName: z.string(), at: AnyMoment })),
  sessionRows: z.array(GroupSessionRow),
  memberRows: z.array(GroupMember),
  measures: z.array(MeasureValue),
  /** Scores of the members' forms, oldest first. */
  scores: z.array(MemberScore),
  summaries: z.array(MeasureSummary),
  closing: z.object({ goals: z.string(), process: z.string(), lessons: z.string(), followUp: z.string() }).nullable(),
  endedOn: AnyDay.nullable(),
  cancelSays: z.string().nullable(),
  /** Different persons (人) who came. */
  persons: z.int(),
  can: z.array(z.string()),
  /** What is missing before the plan may be handed in. */
  lacks: z.array(z.string()),
  seenBy: z.array(z.string()),
});
export type Group = z.infer<typeof Group>;

const Minutes = z.int({ error: '请填分钟' }).min(1, { error: '至少 1 分钟' }).max(600, { error: '不超过 600 分钟' });
const Heads = z.int({ error: '请填人数' }).min(0).max(500);

/** A session as it is recorded: who came, and what happened. */
export const SessionRecord = z.object({
  heldOn: AnyDay,
  minutes: Minutes,
  attendance: z.array(z.object({ memberId: Id, presence: Presence })).max(200),
  guests: Heads,
  helpers: Heads,
  /** Hours of volunteers of the register; left out where they are told elsewhere. */
  help: HelpTold.optional(),
  process: passage(4000, 2),
  dynamics: Dynamics,
  dynamicsSays: passage(1000, 0),
  reached: Reached,
  reachedSays: passage(1000, 0),
  next: passage(1000, 0),
});
export type SessionRecord = z.infer<typeof SessionRecord>;

/** One session with its words and its list. */
export const GroupSession = GroupSessionRow.extend({
  groupId: Id,
  groupTitle: z.string(),
  groupStatus: GroupStatus,
  aim: z.string(),
  helpers: z.int().nullable(),
  help: HelpSeen,
  /** Volunteers whom the plan names. */
  volunteers: z.array(SeenVolunteer),
  attendance: z.array(
    z.object({
      memberId: Id,
      name: z.string(),
      joinedOn: AnyDay,
      leftOn: AnyDay.nullable(),
      presence: Presence.nullable(),
      still: z.boolean(),
    }),
  ),
  process: z.string(),
  dynamicsSays: z.string(),
  reachedSays: z.string(),
  next: z.string(),
  cancelSays: z.string().nullable(),
  recordedByName: z.string().nullable(),
  recordedAt: AnyMoment.nullable(),
  leadName: z.string(),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});
export type GroupSession = z.infer<typeof GroupSession>;
