import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { HelpField } from '../shared/fields.ts';
import { AnyDay } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

export const ExpertRow = z.object({
  id: Id,
  personId: Id,
  name: z.string(),
  gender: Gender,
  title: z.string(),
  organisationId: Id.nullable(),
  organisationName: z.string(),
  helpFields: z.array(HelpField),
  specialities: z.string(),
  termFrom: AnyDay,
  termTo: AnyDay,
  inTerm: z.boolean(),
  active: z.boolean(),
  maxPanelsPerMonth: z.int(),
  panelsThisMonth: z.int(),
  weekdays: z.array(z.int()),
  version: z.int(),
});

export const ExpertAway = z.object({ id: Id, fromDay: AnyDay, toDay: AnyDay, reason: z.string().nullable() });

/** What an expert sees of the own entry: term, days, load, and when the expert is away. */
export const OwnExpert = ExpertRow.pick({
  id: true,
  termFrom: true,
  termTo: true,
  inTerm: true,
  active: true,
  maxPanelsPerMonth: true,
  panelsThisMonth: true,
  weekdays: true,
}).extend({ away: z.array(ExpertAway) });

/** A relation that rules an expert out: with a person or with a whole organisation. */
export const DeclaredRelation = z.object({
  id: Id,
  personId: Id.nullable(),
  organisationId: Id.nullable(),
  otherName: z.string(),
  says: z.string(),
});

export const ExpertFile = ExpertRow.extend({
  away: z.array(ExpertAway),
  relations: z.array(DeclaredRelation),
  hasAccount: z.boolean(),
});

const Weekdays = z.array(z.int().min(1).max(7)).min(1, { error: '至少选一个可参加的工作日' }).max(7);

export const ExpertDraft = z.object({
  name: line(40),
  gender: Gender,
  title: line(60),
  organisationId: Id.nullable(),
  organisationName: line(80),
  helpFields: z.array(HelpField).min(1, { error: '至少选一个专业' }).max(7),
  specialities: passage(400),
  termFrom: AnyDay,
  termTo: AnyDay,
  maxPanelsPerMonth: z.int().min(1).max(20),
  weekdays: Weekdays,
});
