import { z } from 'zod';
import type { Policy } from '../identity/policy.ts';
import { GREATEST, Id } from './words.ts';

export { Id, line, passage } from './words.ts';

/** Methods the platform speaks. Everything that is not GET changes something, runs in a writing transaction and takes an Idempotency-Key. */
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * What may be asked of the platform, as plain data: routes, OpenAPI document, typed client, access walk and documents all iterate it.
 * `allow` names who may ever ask (the door answers 403 to others); whether *this* record is in reach is decided after it is loaded (404).
 */
export type Endpoint<
  Params extends z.ZodType = z.ZodType,
  Query extends z.ZodType = z.ZodType,
  Body extends z.ZodType = z.ZodType,
  Reply extends z.ZodType = z.ZodType,
  Code extends string = string,
> = {
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  /** What it does, in the words of the people who use it (Chinese). */
  readonly says: string;
  readonly allow: Policy;
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly reply: Reply;
  readonly refusals: readonly Code[];
  /** Set where the reply carries client content: the door then commits a record of the reading before the reply leaves. */
  readonly reads?: 'content';
  /** Set where the reply is a file or a stream instead of JSON. */
  readonly streams?: string;
  /** Set where the request body is a raw file. */
  readonly takesFile?: true;
  /** A stricter rate than the general one. `public`: open to strangers, who get few tries, small bodies and our own pages only. */
  readonly rate?: 'sign-in' | 'heavy' | 'public';
  /** Set where it is served before others when not all can be served: signing in, danger to life, mandatory reports. */
  readonly urgent?: true;
  /** Set where the database works for long: a few are under way at once, the others in a line of their own, and all else goes on beside them. */
  readonly fewAtOnce?: true;
  /** Set where asking again does no harm and the reply must not rest in the database: no idempotency key is kept. */
  readonly repeatable?: true;
  /** Set where a refusal must not name who asked: only who reached a record knows its id. What is not found still names who looked. */
  readonly hidesRefused?: true;
  /** Fields of the reply that are shown once: kept answers hold null in their place. */
  readonly shownOnce?: readonly string[];
  /** Set where a session that has not finished its set-up (password change, second factor) may call it. */
  readonly atSetUp?: true;
};

const nothing = z.object({});

type Given<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType, C extends string> = Omit<
  Endpoint<P, Q, B, R, C>,
  'params' | 'query' | 'body' | 'refusals'
> & { params?: P; query?: Q; body?: B; refusals?: readonly C[] };

/** Declares an endpoint; what is left out is empty. */
export function endpoint<
  R extends z.ZodType,
  P extends z.ZodType = typeof nothing,
  Q extends z.ZodType = typeof nothing,
  B extends z.ZodType = typeof nothing,
  C extends string = never,
>(given: Given<P, Q, B, R, C>): Endpoint<P, Q, B, R, C> {
  return {
    ...given,
    params: given.params ?? (nothing as unknown as P),
    query: given.query ?? (nothing as unknown as Q),
    body: given.body ?? (nothing as unknown as B),
    refusals: given.refusals ?? [],
  };
}

/** Any endpoint, for code that iterates all of them. */
export type AnyEndpoint = Endpoint;

/** Path parameters of everything addressed by one id. */
export const ById = z.object({ id: Id });

/** Version of a record as the editor last saw it; an edit of an older one is refused. */
export const Version = z.int().min(1).max(GREATEST);

/** What most writes answer: enough to go on, and no client content, since it is kept for the idempotency key. */
export const Written = z.object({ id: Id, version: z.int() });

/** How a paper is asked for: a page that the reader's own browser prints, a PDF, or a Word file to write on in. */
export const PaperFormat = z.enum(['html', 'pdf', 'docx']);
export type PaperFormat = z.infer<typeof PaperFormat>;

/** A whole number in an address: digits and nothing else, so that 0x10, 1e1 and blanks are none. */
export const wholeBetween = (min: number, max: number) => z.preprocess(asWhole, z.int().min(min).max(max));
const asWhole = (word: unknown): unknown => (typeof word === 'string' && /^-?\d{1,9}$/.test(word) ? Number(word) : word);

/** Query of every list: page size and the cursor that the previous page gave. */
export const PageQuery = z.object({
  limit: z.preprocess(asWhole, z.int().min(1).max(100).default(20)),
  after: z.string().max(400).optional(),
  /** Asks for the number of rows: counting costs as much as reading, so who does not show it does not ask. */
  count: z.enum(['yes']).optional(),
});

/** One page of a list. `next` is null on the last page; `count` is capped at 1,000 and given on the first page when asked for. */
export const pageOf = <T extends z.ZodType>(row: T) =>
  z.object({
    rows: z.array(row),
    next: z.string().nullable(),
    count: z.int().nullable(),
  });

/** One value or several of an enum in a query string: `?status=a&status=b`. */
export const severalOf = <T extends z.ZodType>(one: T) =>
  z.preprocess((v) => (v === undefined ? undefined : Array.isArray(v) ? v : [v]), z.array(one).max(30).optional());
