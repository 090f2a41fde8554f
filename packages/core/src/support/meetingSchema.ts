import { z } from 'zod';
import { Id, line, passage } from '../shared/endpoint.ts';
import { HelpField } from '../shared/fields.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { SlotAnswer } from './meeting.ts';

export const PollStatus = z.enum(['open', 'closed', 'chosen', 'withdrawn']);
export type PollStatus = z.infer<typeof PollStatus>;

/** A slot with its count, for those who choose. */
export const PollSlot = z.object({
  at: AnyMoment,
  yes: z.int(),
  ifNeedBe: z.int(),
  no: z.int(),
  silent: z.int(),
  reasons: z.array(z.string()),
});

/** A question for a time as the centre and the chair see it, the best slot first. */
export const Poll = z.object({
  id: Id,
  conferenceId: Id,
  number: z.string(),
  status: PollStatus,
  deadline: AnyMoment,
  slots: z.array(PollSlot),
  voters: z.array(
    z.object({
      personId: Id,
      name: z.string(),
      required: z.boolean(),
      answers: z.array(z.object({ at: AnyMoment, answer: SlotAnswer })).nullable(),
    }),
  ),
  chosen: AnyMoment.nullable(),
  version: z.int(),
});

/** One whom a question for a time goes to, and as what. */
export const PollPerson = z.object({ personId: Id, name: z.string(), part: z.enum(['expert', 'chair', 'asker']) });

/** A question for a time as one who is asked sees it: the own answer only. */
export const OwnPoll = z.object({
  id: Id,
  number: z.string(),
  status: PollStatus,
  deadline: AnyMoment,
  place: z.string(),
  chairName: z.string(),
  slots: z.array(z.object({ at: AnyMoment, answer: SlotAnswer.nullable(), away: z.boolean() })),
  answeredAt: AnyMoment.nullable(),
  chosen: AnyMoment.nullable(),
});

/** A conference to which one is expected. */
export const OwnConference = z.object({
  id: Id,
  number: z.string(),
  status: z.enum(['planned', 'held', 'cancelled']),
  plannedAt: AnyMoment,
  place: z.string(),
  chairName: z.string(),
  /** A time is being asked for: the day may still change. */
  asking: z.boolean(),
  invitationId: Id.nullable(),
});

export const OpinionDraft = z.object({
  judgement: passage(2000, 0),
  advice: passage(2000, 0),
  risk: passage(2000, 0),
  minutes: z.int().min(1).max(1440).nullable(),
});
export type OpinionDraft = z.infer<typeof OpinionDraft>;

export const ClientAgenda = z.object({
  conferenceId: Id,
  number: z.string(),
  conferenceStatus: z.enum(['planned', 'held', 'cancelled']),
  plannedAt: AnyMoment,
  place: z.string(),
  minor: z.boolean(),
  guardian: z.boolean(),
  companion: z.string(),
  welcome: z.string(),
  items: z.array(z.string()),
  attended: z.boolean().nullable(),
  consentId: Id,
  version: z.int(),
});

export const AgendaChoice = z.object({ id: Id, signedBy: z.string(), grantedOn: AnyDay, expiresOn: AnyDay.nullable() });

export const AgendaItems = z.array(line(80)).min(1, { error: '至少写一项议程' }).max(8);

/** Somebody who may supervise a line, with the reasons of the matching. */
export const SupervisorProposal = z.object({
  helpField: HelpField,
  chosen: z.object({ personId: Id, name: z.string(), reasons: z.array(z.string()) }).nullable(),
  alternatives: z.array(z.object({ personId: Id, name: z.string(), lost: z.array(z.string()) })),
  leftOut: z.array(z.object({ personId: Id, name: z.string(), says: z.string(), mayChoose: z.boolean() })),
});
