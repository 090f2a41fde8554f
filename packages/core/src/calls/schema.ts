import { z } from 'zod';
import { AppealTopic, PhoneMatch, SafeTime } from '../appeals/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { phoneKind } from '../shared/identifiers.ts';
import { AnyMoment } from '../shared/words.ts';

/** What a call was about. */
export const CallKind = z.enum(['help', 'enquiry', 'complaint', 'no-action', 'spam']);
/** Where a call stands. */
export const CallStatus = z.enum(['open', 'sent', 'handed', 'done']);
export type CallStatus = z.infer<typeof CallStatus>;
/** Who called, seen from the person concerned. */
export const CallerRelation = z.enum(['self', 'family', 'neighbour', 'worker', 'other']);
/** What came of handing a caller over to another hotline. */
export const HandOverOutcome = z.enum(['connected', 'told-number', 'no-answer', 'refused']);
/** Personal data of a call that opens with a reason. */
export const CallField = z.enum(['callerName', 'callerPhone', 'personName', 'personPhone']);

const Phone = line(20).refine((s) => !['none', undefined].includes(phoneKind(s)), { error: '电话号码的格式不对' });

/** A number that somebody may be sent to. */
export const Hotline = z.object({
  id: Id,
  number: z.string(),
  name: z.string(),
  helps: z.string(),
  hours: z.string(),
  source: z.string(),
  urgent: z.boolean(),
  active: z.boolean(),
  version: z.int(),
});

export const HotlineDraft = z.object({
  number: line(20, 3).refine((s) => /^[\d-]+$/.test(s), { error: '只填数字和短横' }),
  name: line(30, 2),
  helps: line(60, 2),
  hours: line(30).nullable(),
  source: line(80, 2),
  urgent: z.boolean(),
});

/** What a station needs to answer somebody who called. */
export const SendDraft = z.object({
  streetId: Id.nullable(),
  danger: z.boolean(),
  topic: AppealTopic,
  safeTimes: z.array(SafeTime).max(5),
  safeNote: line(80).nullable(),
  mayMessage: z.boolean(),
  unsafe: z.boolean(),
});

export const HandOverDraft = z.object({ hotlineId: Id, outcome: HandOverOutcome, says: line(300, 2) });

/** A call as it is written down while the caller speaks. `next` says what happens at once. */
export const CallDraft = z.object({
  kind: CallKind,
  relation: CallerRelation,
  callerName: line(20).nullable(),
  callerPhone: Phone.nullable(),
  personName: line(20).nullable(),
  personPhone: Phone.nullable(),
  says: passage(2000, 0),
  /** When the page was opened; the platform's own clock stands beside it. */
  startedAt: AnyMoment,
});

export const CallRow = z.object({
  id: Id,
  number: z.string(),
  kind: CallKind,
  status: CallStatus,
  relation: CallerRelation,
  takerName: z.string(),
  startedAt: AnyMoment,
  savedAt: AnyMoment,
  appealNumber: z.string().nullable(),
  handedTo: z.string().nullable(),
  version: z.int(),
});

export const HandOver = z.object({
  id: Id,
  number: z.string(),
  name: z.string(),
  at: AnyMoment,
  byName: z.string(),
  outcome: HandOverOutcome,
  says: z.string(),
});

/** A call with what was said; names and phones masked. */
export const Call = CallRow.extend({
  callerName: z.string().nullable(),
  callerPhone: z.string().nullable(),
  personName: z.string().nullable(),
  personPhone: z.string().nullable(),
  says: z.string(),
  result: z.string().nullable(),
  handOvers: z.array(HandOver),
  /** Where it was sent, with the clock of the station's first answer: what the centre follows. */
  appeal: z
    .object({
      id: Id,
      number: z.string(),
      status: z.string(),
      stationName: z.string().nullable(),
      urgent: z.boolean(),
      askedAt: AnyMoment,
      dueAt: AnyMoment,
      endedAt: AnyMoment.nullable(),
    })
    .nullable(),
  requests: z.array(z.object({ id: Id, receiptNo: z.string().nullable(), status: z.string() })),
  can: z.array(z.string()),
});

/** Earlier calls stand beside cases and appeals. */
export const CallMatch = PhoneMatch.extend({ kind: z.enum(['case', 'appeal', 'call']) });

export const TicketStatus = z.enum(['open', 'paused', 'answered']);
export type TicketStatus = z.infer<typeof TicketStatus>;
export const Satisfaction = z.enum(['very', 'satisfied', 'basically', 'dissatisfied', 'not-asked']);

export const TicketClock = z.object({
  state: z.enum(['overdue', 'at-risk', 'on-track', 'paused', 'none']),
  dueAt: AnyMoment.nullable(),
  words: z.string(),
});

export const TicketRow = z.object({
  id: Id,
  source: z.string(),
  externalNo: z.string(),
  status: TicketStatus,
  holderName: z.string(),
  receivedAt: AnyMoment,
  limitDays: z.int(),
  dueAt: AnyMoment,
  clock: TicketClock,
  satisfaction: Satisfaction.nullable(),
  version: z.int(),
});

export const Ticket = TicketRow.extend({
  callerName: z.string().nullable(),
  callerPhone: z.string().nullable(),
  asks: z.string(),
  pause: z.string().nullable(),
  reply: z.string().nullable(),
  answeredAt: AnyMoment.nullable(),
  can: z.array(z.string()),
});

/** A ticket as it is registered. The source is the number of the hotline that sent it, mostly 12345. */
export const TicketDraft = z.object({
  source: line(20, 3),
  externalNo: line(40, 3),
  receivedAt: AnyMoment,
  limitDays: z.int().min(1).max(60).nullable(),
  callerName: line(20).nullable(),
  callerPhone: Phone.nullable(),
  asks: passage(2000, 2),
});
