import { z } from 'zod';
import { ActivityCategory } from '../activities/schema.ts';
import { LedgerPeriod } from '../contacts/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { idNumberVerdict, phoneKind } from '../shared/identifiers.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

/** Whether somebody helps, pauses, or has left. */
export const VolunteerStatus = z.enum(['active', 'paused', 'withdrawn']);
export type VolunteerStatus = z.infer<typeof VolunteerStatus>;

/** What a volunteer can do. */
export const VolunteerSkill = z.enum([
  'talk',
  'care',
  'medical',
  'psychology',
  'law',
  'tutoring',
  'handcraft',
  'repair',
  'transport',
  'computer',
  'sports',
  'arts',
  'language',
  'organising',
  'haircut',
  'cooking',
]);
export type VolunteerSkill = z.infer<typeof VolunteerSkill>;

/** When in a week a volunteer has time. */
export const VolunteerSlot = z.enum([
  'weekday-morning',
  'weekday-afternoon',
  'weekday-evening',
  'weekend-morning',
  'weekend-afternoon',
  'weekend-evening',
]);
export type VolunteerSlot = z.infer<typeof VolunteerSlot>;

/** Why what is known of somebody who left is taken out. */
export const EraseCause = z.enum(['asked', 'term']);
export type EraseCause = z.infer<typeof EraseCause>;

/** What of a person is opened for a reason. */
export const VolunteerField = z.enum(['name', 'phone', 'idNumber', 'guardian']);
export type VolunteerField = z.infer<typeof VolunteerField>;

const Phone = line(20).refine((s) => !['none', undefined].includes(phoneKind(s)), { error: '电话号码的格式不对' });
const IdNumber = line(30).refine((s) => idNumberVerdict(s).ok, { error: '证件号码的位数或校验码不对' });

/** A volunteer as entered (志愿服务条例 7: what is needed to register; the ID number only where the volunteer agrees). */
export const VolunteerDraft = z.object({
  name: line(40, 2),
  gender: Gender,
  birthOn: AnyDay,
  phone: Phone.nullable(),
  idNumber: IdNumber.nullable(),
  /** The day on which the volunteer agreed that the ID number is kept. */
  idAgreedOn: AnyDay.nullable(),
  team: line(60, 0),
  skills: z.array(VolunteerSkill).max(16),
  areas: z.array(Id).max(20),
  slots: z.array(VolunteerSlot).max(6),
  since: AnyDay,
  insuredUntil: AnyDay.nullable(),
  guardianName: line(40, 2).nullable(),
  guardianPhone: Phone.nullable(),
  guardianAgreedOn: AnyDay.nullable(),
  expertise: line(120, 0),
  notes: passage(1000, 0),
});
export type VolunteerDraft = z.infer<typeof VolunteerDraft>;

/** A line of the register. Age and phone are null for who sees names only. */
export const VolunteerRow = z.object({
  id: Id,
  name: z.string(),
  status: VolunteerStatus,
  team: z.string(),
  skills: z.array(VolunteerSkill),
  areaNames: z.array(z.string()),
  slots: z.array(VolunteerSlot),
  since: AnyDay,
  insuredUntil: AnyDay.nullable(),
  stationName: z.string(),
  age: z.int().nullable(),
  phone: z.string().nullable(),
  /** Settled hours, and in how many tasks; null for who sees names only. */
  minutes: z.int().nullable(),
  tasks: z.int().nullable(),
});
export type VolunteerRow = z.infer<typeof VolunteerRow>;

export const VolunteerTaskStatus = z.enum(['open', 'staffed', 'done', 'settled', 'cancelled']);
export type VolunteerTaskStatus = z.infer<typeof VolunteerTaskStatus>;

/** What a task helps with. */
export const VolunteerFor = z.enum(['own', 'activity', 'group', 'session', 'relief', 'visit']);
export type VolunteerFor = z.infer<typeof VolunteerFor>;

export const TurnStatus = z.enum(['invited', 'confirmed', 'declined', 'came', 'absent']);
export type TurnStatus = z.infer<typeof TurnStatus>;

/** One volunteer with what is known and may be done. */
export const Volunteer = VolunteerRow.extend({
  version: z.int(),
  gender: Gender.nullable(),
  birthOn: AnyDay.nullable(),
  areas: z.array(Id),
  idNumber: z.string().nullable(),
  idAgreedOn: AnyDay.nullable(),
  guardianName: z.string().nullable(),
  guardianPhone: z.string().nullable(),
  guardianAgreedOn: AnyDay.nullable(),
  expertise: z.string(),
  notes: z.string(),
  stoppedOn: AnyDay.nullable(),
  stopSays: z.string().nullable(),
  erased: z.boolean(),
  turns: z.array(
    z.object({
      taskId: Id,
      title: z.string(),
      startsAt: AnyMoment,
      taskStatus: VolunteerTaskStatus,
      status: TurnStatus,
      minutes: z.int().nullable(),
    }),
  ),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});
export type Volunteer = z.infer<typeof Volunteer>;

/** The three criteria by which service is chosen (LC-13): 群众急需, 服务专业, 受益广泛. */
export const TaskCriterion = z.enum(['needed', 'professional', 'broad']);
export type TaskCriterion = z.infer<typeof TaskCriterion>;

const Answered = z.object({ met: z.boolean({ error: '请选择符合还是不符合' }), says: line(120, 2) });

/** How the lead answers the three criteria, each with a reason: words about the task, no points and no order. */
export const TaskCriteria = z.object({ needed: Answered, professional: Answered, broad: Answered });
// What is told back is held to no length: an answer that was written under other lengths stays readable.
const Told = z.object({ met: z.boolean(), says: z.string() });
const CriteriaTold = z.object({ needed: Told, professional: Told, broad: Told });
export type TaskCriteria = z.infer<typeof TaskCriteria>;

/** A task as planned; what it is for is chosen once. */
export const VolunteerTaskDraft = z.object({
  title: line(60, 2),
  class: ActivityCategory,
  startsAt: AnyMoment,
  endsAt: AnyMoment,
  place: line(80, 2),
  areaId: Id.nullable(),
  wanted: z.int({ error: '请填人数' }).min(1, { error: '至少 1 人' }).max(500, { error: '不超过 500 人' }),
  skills: z.array(VolunteerSkill).max(16),
  /** Something may happen to the volunteer: then only who is insured. */
  risky: z.boolean(),
  says: passage(1000, 2),
  criteria: TaskCriteria.nullable().optional(),
});
export type VolunteerTaskDraft = z.infer<typeof VolunteerTaskDraft>;

/** A new task: what it helps with as well. */
export const VolunteerTaskStart = VolunteerTaskDraft.extend({ forKind: VolunteerFor, forId: Id.nullable() })
  .refine((t) => (t.forKind === 'own') === (t.forId === null), { error: '请选择志愿任务协助的工作', path: ['forId'] })
  .refine((t) => t.forKind !== 'own' || (t.criteria ?? null) !== null, { error: '请逐条说明为什么选这项服务', path: ['criteria'] });

export const VolunteerTaskRow = z.object({
  id: Id,
  title: z.string(),
  class: ActivityCategory,
  status: VolunteerTaskStatus,
  forKind: VolunteerFor,
  startsAt: AnyMoment,
  endsAt: AnyMoment,
  place: z.string(),
  areaName: z.string().nullable(),
  wanted: z.int(),
  confirmed: z.int(),
  invited: z.int(),
  minutes: z.int(),
  leadId: Id,
  leadName: z.string(),
  /** The lead works at the station today; without one a task goes no further. */
  leadActive: z.boolean(),
  stationName: z.string(),
  /** Null for what helps with other work, and for tasks of before. */
  criteria: CriteriaTold.nullable(),
  mine: z.boolean(),
  version: z.int(),
});
export type VolunteerTaskRow = z.infer<typeof VolunteerTaskRow>;

export const Turn = z.object({
  id: Id,
  volunteerId: Id,
  name: z.string(),
  phone: z.string().nullable(),
  status: TurnStatus,
  minutes: z.int().nullable(),
});
export type Turn = z.infer<typeof Turn>;

export const VolunteerTask = VolunteerTaskRow.extend({
  areaId: Id.nullable(),
  skills: z.array(VolunteerSkill),
  risky: z.boolean(),
  says: z.string(),
  summary: z.string().nullable(),
  cancelSays: z.string().nullable(),
  handedSays: z.string().nullable(),
  /** Page of what it helps with; null where that is not in reach. */
  opens: z.string().nullable(),
  recordedByName: z.string().nullable(),
  settledByName: z.string().nullable(),
  settledAt: AnyMoment.nullable(),
  turns: z.array(Turn),
  /** Colleagues who could lead instead. */
  leads: z.array(z.object({ personId: Id, name: z.string() })),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});
export type VolunteerTask = z.infer<typeof VolunteerTask>;

/** Why somebody fits. */
export const FitReason = z.enum(['skill', 'any-skill', 'area', 'any-area', 'slot', 'load', 'insured']);
export type FitReason = z.infer<typeof FitReason>;

/** Somebody who fits, and why; never in an order of better and worse. */
export const Proposal = z.object({
  id: Id,
  name: z.string(),
  team: z.string(),
  skills: z.array(VolunteerSkill),
  reasons: z.array(FitReason),
  /** Tasks of the last weeks, for the words of `load`. */
  lately: z.int(),
});
export type Proposal = z.infer<typeof Proposal>;

/** Volunteers' hours of a month or a year. */
export const HoursCell = z.object({
  key: z.string(),
  label: z.string(),
  tasks: z.int(),
  times: z.int(),
  persons: z.int(),
  minutes: z.int(),
});
export type HoursCell = z.infer<typeof HoursCell>;

export const VolunteerLedger = z.object({
  period: LedgerPeriod,
  scope: z.string(),
  total: HoursCell,
  groups: z.array(z.object({ key: z.enum(['class', 'month', 'station']), title: z.string(), cells: z.array(HoursCell) })),
  /** On the register now, by status. */
  register: z.array(z.object({ status: VolunteerStatus, count: z.int() })),
  asOf: AnyMoment,
});
export type VolunteerLedger = z.infer<typeof VolunteerLedger>;
