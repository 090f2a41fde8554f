import { z } from 'zod';
import { DangerWords } from '../alarms/schema.ts';
import { CaseRow } from '../cases/schema.ts';
import { FormTemplateRow } from '../forms/schema.ts';
import { GroupSession } from '../groups/schema.ts';
import { Id } from '../shared/endpoint.ts';
import { AnyMoment } from '../shared/words.ts';
import { SignerNeed, SignerRole, SigningSheet } from '../signatures/schema.ts';
import { DueVisit, OpenVisitAction, VisitRow, VisitStart } from '../visits/schema.ts';
import { PocketPack } from './pack.ts';

/** What the phone carries of a case besides its row: enough to stand before the door. */
export const PocketCase = z.object({
  caseId: Id,
  summary: z.string(),
  /** How the person may be reached safely, where that matters. */
  contact: z.object({ how: z.string(), times: z.string() }).nullable(),
  /** In full only where a visit is planned in the days that are carried. */
  phone: z.string().nullable(),
  address: z.string().nullable(),
  minor: z.boolean(),
  /** Who signs on the person's side, and who may besides. */
  needs: z.array(SignerNeed),
  also: z.array(SignerRole),
  /** The plan that is about to be sent, with the words that are signed. */
  plan: z.object({ paperId: Id, lines: z.array(z.object({ heading: z.string(), text: z.string() })), sheet: SigningSheet }).nullable(),
});
export type PocketCase = z.infer<typeof PocketCase>;

/** A form that may be begun without network. */
export const PocketForm = FormTemplateRow.extend({ document: z.unknown() });
export type PocketForm = z.infer<typeof PocketForm>;

/** A number to call when nothing can be sent. */
export const PocketLine = z.object({ number: z.string(), says: z.string() });
export type PocketLine = z.infer<typeof PocketLine>;

/** What a worker's next days need, carried on the phone. */
export const Pocket = z.object({
  at: AnyMoment,
  terms: PocketPack,
  visits: z.array(VisitRow),
  due: z.array(DueVisit),
  starts: z.array(VisitStart),
  cases: z.array(CaseRow),
  facts: z.array(PocketCase),
  /** Those that the worker used last come first; what is beyond the bound stays at home. */
  forms: z.array(PocketForm),
  dangerWords: DangerWords,
  /** Sessions of own groups that are to be recorded in these days, with their lists. Phones that were made ready earlier have none yet. */
  sessions: z.array(GroupSession).optional(),
  /** What was to be done at once in own cases. */
  actions: z.array(OpenVisitAction).optional(),
  /** Whom one calls while nothing reaches anybody: hotlines of the district, the centre, the own station. */
  lines: z.array(PocketLine).optional(),
});
export type Pocket = z.infer<typeof Pocket>;
