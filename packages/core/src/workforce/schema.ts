import { z } from 'zod';
import { Role } from '../identity/schema.ts';
import { Id, line } from '../shared/endpoint.ts';
import { AnyDay } from '../shared/words.ts';

export const Gender = z.enum(['female', 'male', 'unknown']);
export type Gender = z.infer<typeof Gender>;

/** Professional levels (SZ-05); `none` is a worker who has no certificate yet. */
export const WorkerLevel = z.enum(['none', 'assistant', 'social-worker', 'senior']);
export type WorkerLevel = z.infer<typeof WorkerLevel>;

export const Worker = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  gender: Gender,
  post: z.string(),
  level: WorkerLevel,
  organisationId: Id,
  organisationName: z.string(),
  stationId: Id.nullable(),
  stationName: z.string().nullable(),
  phone: z.string().nullable(),
  joinedOn: AnyDay,
  leftOn: AnyDay.nullable(),
  hasAccount: z.boolean(),
  version: z.int(),
});

export const WorkerDraft = z.object({
  name: line(40),
  gender: Gender,
  post: line(40),
  level: WorkerLevel,
  organisationId: Id,
  stationId: Id.nullable(),
  phone: line(20).nullable(),
  joinedOn: AnyDay,
});

/** Somebody of the staff, for pickers: never a recipient. */
export const PersonChoice = z.object({
  personId: Id,
  name: z.string(),
  post: z.string(),
  organisationName: z.string().nullable(),
  roles: z.array(Role),
});

export const AssignmentRow = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  username: z.string(),
  role: Role,
  scopeName: z.string(),
  validFrom: AnyDay,
  validTo: AnyDay.nullable(),
  deputyId: Id.nullable(),
  deputyName: z.string().nullable(),
  absentNow: z.boolean(),
  version: z.int(),
});

export const AssignmentDraft = z.object({
  personId: Id,
  role: Role,
  stationId: Id.nullable(),
  organisationId: Id.nullable(),
  divisionId: Id.nullable(),
  validFrom: AnyDay,
  validTo: AnyDay.nullable(),
  deputyId: Id.nullable(),
});

export const Absence = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  fromDay: AnyDay,
  toDay: AnyDay,
  reason: z.string(),
  deputies: z.array(z.string()),
  version: z.int(),
});

/** Post on the centre's rota: who answers a crisis first, and who stands behind. */
export const RotaDay = z.object({
  id: Id,
  day: AnyDay,
  dutyId: Id,
  dutyName: z.string(),
  backupId: Id,
  backupName: z.string(),
  phone: z.string(),
  version: z.int(),
});
