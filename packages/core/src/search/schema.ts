import { z } from 'zod';
import { Id } from '../shared/words.ts';

/** Kinds of things that are found, in the order of the page. */
export const SearchKind = z.enum([
  'recipient',
  'case',
  'note',
  'visit',
  'action',
  'paper',
  'form',
  'alarm',
  'request',
  'response',
  'group',
  'session',
  'activity',
  'relief',
  'file',
  'report',
  'referral',
  'appeal',
  'call',
  'ticket',
  'volunteer',
  'task',
  'staff',
  'station',
  'organisation',
  'place',
  'partner',
  'resource',
  'entry',
]);
export type SearchKind = z.infer<typeof SearchKind>;

/** Where a word stands in a text: from, and until before. */
export const SearchMark = z.object({ from: z.int(), until: z.int() });

/** Something found. Texts are as they were written; what is to be marked is said beside them. */
export const SearchHit = z.object({
  id: Id,
  /** A number, a name (of staff, of places), or a masked name. */
  name: z.string(),
  nameMarks: z.array(SearchMark),
  /** A code that belongs to the kind: of a paper, a note, a station … */
  what: z.string().nullable(),
  /** Where somebody works, where a place lies, whose the case is. */
  where: z.string(),
  by: z.string().nullable(),
  on: z.string().nullable(),
  snippet: z.string().nullable(),
  marks: z.array(SearchMark),
  /** The page that opens it; null where the person has none. */
  opens: z.string().nullable(),
});
export type SearchHit = z.infer<typeof SearchHit>;

/** Hits of one kind. How many there are in all is not said: a number tells of records as well. */
export const SearchSection = z.object({ kind: SearchKind, hits: z.array(SearchHit), next: z.string().nullable() });
export type SearchSection = z.infer<typeof SearchSection>;

/** What was typed is not said back: it may be a name, and who asks knows it. */
export const SearchReply = z.object({ sections: z.array(SearchSection) });
