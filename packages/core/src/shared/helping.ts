/** Volunteers beside a session or an activity: who is named in its plan, and how long each was there. */
import { z } from 'zod';
import { TimeOfDay } from './day.ts';
import { AnyMoment, Id, line } from './words.ts';

/** A volunteer in a plan: somebody of the register, or a name that was typed before plans named people. */
export const NamedVolunteer = z
  .object({ volunteerId: Id.nullable(), name: line(20, 0), task: line(60, 0) })
  .refine((v) => v.volunteerId !== null || v.name !== '', { error: '请选择志愿者', path: ['volunteerId'] });
export type NamedVolunteer = z.infer<typeof NamedVolunteer>;

/** The same as it is shown: the register's name, masked; for a typed name those of the register who bear it. */
export const SeenVolunteer = z.object({
  volunteerId: Id.nullable(),
  name: z.string(),
  task: z.string(),
  offers: z.array(z.object({ id: Id, name: z.string(), phone: z.string().nullable() })),
});
export type SeenVolunteer = z.infer<typeof SeenVolunteer>;

/** How long each volunteer was there; whoever is left out did not come. */
export const HelpTold = z.object({
  /** When they began, where no task says it yet. */
  from: TimeOfDay.nullable(),
  minutes: z
    .array(z.object({ volunteerId: Id, minutes: z.int({ error: '请填分钟' }).min(1, { error: '至少 1 分钟' }).max(1440) }))
    .max(100),
});
export type HelpTold = z.infer<typeof HelpTold>;

/** The volunteers' task of a session or an activity, as far as there is one. */
export const HelpSeen = z.object({
  taskId: Id.nullable(),
  version: z.int(),
  status: z.enum(['open', 'staffed', 'done', 'settled', 'none']),
  startsAt: AnyMoment.nullable(),
  people: z.array(z.object({ volunteerId: Id, name: z.string(), minutes: z.int().nullable(), comes: z.boolean() })),
  /** The asker leads the task and may settle its hours. */
  settles: z.boolean(),
});
export type HelpSeen = z.infer<typeof HelpSeen>;

/** Why hours beside a session or an activity are refused. */
export const helpRefusals = [
  'volunteers.start-missing',
  'volunteers.settled-before',
  'volunteers.not-yet',
  'volunteers.hours-too-long',
  'volunteers.for-unknown',
  'volunteers.no-station',
  'volunteers.ends-before',
  'volunteers.area-unknown',
  'volunteers.text-has-number',
  'volunteers.text-names-recipient',
  'volunteers.lead-gone',
  'volunteers.not-active',
  'volunteers.busy',
  'volunteers.not-insured',
  'volunteers.minor-too-long',
  'volunteers.guardian-missing',
  'volunteers.too-young',
  'record.changed-meanwhile',
] as const;
export type HelpRefusal = (typeof helpRefusals)[number];
