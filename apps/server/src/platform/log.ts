import { type DestinationStream, pino } from 'pino';

/** Structured logs without bodies, names or tokens: ids, codes and times only. */
export const makeLog = (level: string, to?: DestinationStream) =>
  pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime, redact: ['req.headers', 'headers', 'body', 'query'] },
    ...(to === undefined ? [] : [to]),
  );
export type Log = ReturnType<typeof makeLog>;

// Our own messages are English sentences. What stands in quotes, runs of digits and everything that is not plain Latin may have come
// from a person.
const QUOTED = /"[^"]*"?|'[^']*'?|`[^`]*`?/g;
const DIGITS = /\d{4,}/g;
const FOREIGN = /[^\x20-\x7e]+/g;
const LONGEST = 200;

const FRAME = /^\s+at .*$/gm;

type Told = {
  readonly name: string;
  readonly code?: string;
  readonly message?: string;
  readonly stack?: string;
  readonly place?: Readonly<Record<string, string>>;
  readonly cause?: Told;
};

/**
 * An error as it may stand in a log. PostgreSQL, parsers and libraries repeat the value that they stumbled over, so of an error of the
 * database only its code and place are kept, and of any other the words that cannot be a person's.
 */
export const told = (error: unknown, depth = 0): Told => {
  if (!(error instanceof Error)) return { name: typeof error };
  const given = error as Error & { code?: unknown; severity?: unknown; cause?: unknown } & Record<string, unknown>;
  const code = typeof given.code === 'string' ? given.code : undefined;
  const ofDatabase = given.severity !== undefined && code !== undefined;
  // These speak of tables, columns and privileges, never of values.
  const ofSchema = ofDatabase && code.startsWith('42');
  const place: Record<string, string> = {};
  if (ofDatabase)
    for (const key of ['schema', 'table', 'column', 'constraint', 'routine']) if (typeof given[key] === 'string') place[key] = given[key];
  const ofParser = error instanceof SyntaxError;
  return {
    name: error.name,
    ...(code === undefined ? {} : { code }),
    ...((ofDatabase && !ofSchema) || ofParser ? {} : { message: worded(error.message) }),
    ...(ofDatabase ? { place } : {}),
    stack: (error.stack?.match(FRAME) ?? []).join('\n'),
    ...(given.cause === undefined || depth > 2 ? {} : { cause: told(given.cause, depth + 1) }),
  };
};

/** A message without what may have come from a person. */
const worded = (message: string): string => message.replace(QUOTED, '…').replace(FOREIGN, '…').replace(DIGITS, '#').slice(0, LONGEST);

/** A statement as it may stand in a log: one line, its own constants only where they are words of the schema. */
export const statementWords = (text: string): string =>
  text
    .replace(/'(?:[^']|'')*'/g, (constant) => (/^'[a-z][a-z_.-]{0,40}'$/.test(constant) ? constant : "'…'"))
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 1_000);
