import { z } from 'zod';
import { CountedIn } from '../cases/schema.ts';
import { Id, line, passage } from '../shared/endpoint.ts';
import { CaseDomain, HelpField } from '../shared/fields.ts';
import { phoneKind } from '../shared/identifiers.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';
import { Gender } from '../workforce/schema.ts';

/** How an appeal came in: written by the resident on the public page, told to the hotline, or a clue of the community's officer (ST-04). */
export const AppealChannel = z.enum(['public', 'hotline', 'civil-affairs']);

/** Where an appeal stands. */
export const AppealStatus = z.enum(['waiting', 'taken', 'answered', 'opened', 'handed', 'withdrawn']);
export type AppealStatus = z.infer<typeof AppealStatus>;

/** What it is about, in the resident's words; may stay unsaid. */
export const AppealTopic = z.enum(['family', 'violence', 'child', 'elder', 'disability', 'mood', 'money', 'other', 'unsaid']);

/** How the resident may be reached: by phone, not at all, so that the answer waits behind the receipt code, or as the note says. */
export const ReachWay = z.enum(['phone', 'code', 'other']);

/** When a call does no harm. */
export const SafeTime = z.enum(['morning', 'noon', 'afternoon', 'evening', 'any']);

/** What happened to an appeal, step by step. */
export const AppealStepKind = z.enum([
  'asked',
  'taken',
  'released',
  'passed',
  'assigned',
  'answered',
  'opened',
  'handed',
  'withdrawn',
  'accompanied',
  'added',
]);

/** Personal data of an appeal that opens with a reason. */
export const AppealField = z.enum(['name', 'phone']);

const Phone = line(20).refine((s) => !['none', undefined].includes(phoneKind(s)), { error: '电话号码的格式不对' });

/** How to reach somebody without harm: the one thing that an appeal must say. */
const Reaching = {
  reach: ReachWay,
  phone: Phone.nullable(),
  name: line(20).nullable(),
  safeTimes: z.array(SafeTime).max(5),
  safeNote: line(80).nullable(),
  mayMessage: z.boolean(),
  /** Somebody at home may look at the phone or listen. */
  unsafe: z.boolean(),
};

const reachable = (draft: { readonly reach: string; readonly phone: string | null }): boolean =>
  draft.reach !== 'phone' || draft.phone !== null;

/** What a resident sends. Nothing is needed but how to be reached. */
export const AppealDraft = z
  .object({
    districtId: Id,
    streetId: Id.nullable(),
    danger: z.boolean(),
    topic: AppealTopic,
    says: passage(2000, 0),
    ...Reaching,
    /** A field that people do not see; whatever fills it in is a machine. */
    leaveEmpty: z.string().max(0, { error: '请让这一栏空着' }),
  })
  .refine(reachable, { path: ['phone'], error: '请填写电话，或选择“我自己回来看答复”' });

/** What a call-taker writes down for somebody who called. */
export const AppealByCall = z
  .object({ streetId: Id.nullable(), danger: z.boolean(), topic: AppealTopic, says: passage(2000), ...Reaching })
  .refine(reachable, { path: ['phone'], error: '请填写电话' });
export type AppealByCall = z.infer<typeof AppealByCall>;

/** What a community's officer tells the station: about whom, what was seen, and whether they go along on the first visit (ST-03, ST-04). */
export const ClueDraft = z.object({
  communityId: Id,
  danger: z.boolean(),
  topic: AppealTopic,
  says: passage(2000),
  name: line(20).nullable(),
  phone: Phone.nullable(),
  /** Where the household lives, in words. */
  whereabouts: line(80).nullable(),
  /** Whether the person knows that the station is told. */
  knows: z.boolean(),
  goesAlong: z.boolean(),
});
export type ClueDraft = z.infer<typeof ClueDraft>;

/** A clue as its teller sees it: how far it has come, never what the station writes. */
export const ClueRow = z.object({
  id: Id,
  number: z.string(),
  status: AppealStatus,
  topic: AppealTopic,
  urgent: z.boolean(),
  communityName: z.string().nullable(),
  stationName: z.string(),
  stationPhone: z.string().nullable(),
  askedAt: AnyMoment,
  dueAt: AnyMoment.nullable(),
  accompaniedOn: AnyDay.nullable(),
  version: z.int(),
});

/** A clue with its own words and what was answered to its teller. */
export const Clue = ClueRow.extend({
  says: z.string(),
  name: z.string().nullable(),
  phone: z.string().nullable(),
  steps: z.array(z.object({ at: AnyMoment, kind: AppealStepKind, says: z.string().nullable() })),
  can: z.array(z.enum(['add', 'withdraw', 'accompanied'])),
});

/** The code that a resident comes back with: sixteen digits, with or without spaces. */
export const ReceiptCode = z
  .string()
  .max(40)
  .transform((s) => s.normalize('NFKC').replace(/[\s-]/g, ''))
  .refine((s) => /^\d{16}$/.test(s), { error: '回执码是 16 位数字' });

export const AppealClock = z.object({
  state: z.enum(['overdue', 'at-risk', 'on-track', 'none']),
  dueAt: AnyMoment.nullable(),
  words: z.string(),
});

export const AppealRow = z.object({
  id: Id,
  number: z.string(),
  channel: AppealChannel,
  status: AppealStatus,
  topic: AppealTopic,
  urgent: z.boolean(),
  stationId: Id.nullable(),
  stationName: z.string().nullable(),
  streetName: z.string().nullable(),
  takerName: z.string().nullable(),
  askedAt: AnyMoment,
  clock: AppealClock,
  version: z.int(),
});

/** One step with its words; `toResident` says whether the resident reads them. */
export const AppealStep = z.object({
  id: Id,
  at: AnyMoment,
  kind: AppealStepKind,
  byName: z.string().nullable(),
  says: z.string().nullable(),
  toResident: z.boolean(),
});

/** An appeal as those read it who work on it; `content` is null for those who only see that it exists. */
export const Appeal = AppealRow.extend({
  content: z
    .object({
      says: z.string(),
      name: z.string().nullable(),
      reach: ReachWay,
      phone: z.string().nullable(),
      safeTimes: z.array(SafeTime),
      safeNote: z.string().nullable(),
      mayMessage: z.boolean(),
      unsafe: z.boolean(),
    })
    .nullable(),
  steps: z.array(AppealStep),
  call: z.object({ id: Id, number: z.string(), takerName: z.string() }).nullable(),
  /** The community's officer who told it. */
  tellerName: z.string().nullable(),
  caseId: Id.nullable(),
  caseNumber: z.string().nullable(),
  requests: z.array(z.object({ id: Id, receiptNo: z.string().nullable(), status: z.string() })),
  can: z.array(z.string()),
  seenBy: z.array(z.string()),
});

/** A case or an earlier appeal with the same phone; names are masked. `mine` may be linked. */
export const PhoneMatch = z.object({
  kind: z.enum(['case', 'appeal']),
  id: Id,
  number: z.string(),
  name: z.string().nullable(),
  status: z.string(),
  workerName: z.string().nullable(),
  stationName: z.string().nullable(),
  mine: z.boolean(),
});

/** What opening a case from an appeal still needs; phone and, where given, name come from the appeal itself. */
export const CaseFromAppeal = z.object({
  name: line(40, 2).nullable(),
  gender: Gender,
  serviceDomain: CountedIn,
  domain: CaseDomain.nullable().optional(),
  helpFields: z.array(HelpField).max(7),
  risk: z.enum(['low', 'medium', 'high', 'extreme']),
  summary: passage(4000),
  version: z.int(),
});

/** What the resident sees with the code. */
export const OwnAppeal = z.object({
  number: z.string(),
  status: AppealStatus,
  urgent: z.boolean(),
  askedAt: AnyMoment,
  dueAt: AnyMoment.nullable(),
  stationName: z.string(),
  stationPhone: z.string().nullable(),
  steps: z.array(z.object({ at: AnyMoment, kind: AppealStepKind, says: z.string().nullable() })),
  mayWithdraw: z.boolean(),
});

/** A number to call, as every public page shows it. */
export const PublicHotline = z.object({ number: z.string(), name: z.string(), helps: z.string(), hours: z.string(), urgent: z.boolean() });
