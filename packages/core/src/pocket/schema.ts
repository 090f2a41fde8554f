import { z } from 'zod';
import { CaseRow } from '../cases/schema.ts';
import { Id } from '../shared/endpoint.ts';
import { AnyMoment } from '../shared/words.ts';
import { DueVisit, VisitRow, VisitStart } from '../visits/schema.ts';
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
});
export type PocketCase = z.infer<typeof PocketCase>;

/** What a worker's next days need, carried on the phone. */
export const Pocket = z.object({
  at: AnyMoment,
  terms: PocketPack,
  visits: z.array(VisitRow),
  due: z.array(DueVisit),
  starts: z.array(VisitStart),
  cases: z.array(CaseRow),
  facts: z.array(PocketCase),
});
export type Pocket = z.infer<typeof Pocket>;
