import {
  CamelCasePlugin,
  Kysely,
  type KyselyPlugin,
  PostgresDialect,
  type PostgresPool,
  type PostgresPoolClient,
  type RawBuilder,
  sql,
} from 'kysely';
import pg from 'pg';
import { statementWords } from '../log.ts';
import { inStandingForm } from './twoForms.ts';
import type { DB } from './types.ts';

// Days stay strings and moments become ISO strings: a Date at local midnight is the classic source of a day too few.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
const UTC = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?\+00$/;
pg.types.setTypeParser(pg.types.builtins.TIMESTAMPTZ, (text) => {
  // Our server speaks UTC: the text needs rearranging only, which costs a fraction of a Date. Milliseconds, cut off as Date cuts them.
  const utc = UTC.exec(text);
  return utc === null ? new Date(text).toISOString() : `${utc[1]}T${utc[2]}.${(utc[3] ?? '').padEnd(3, '0').slice(0, 3)}Z`;
});
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => Number(text));

/** What commands, stores and views get: queries inside the request's one transaction. */
export type Tx = Kysely<DB>;

/** The settings of the asking person, read by row-level security and by the history trigger. Keys are without `app.`. */
export type Settings = Readonly<Record<string, string>>;

/** The database cannot be reached or refuses work for now; the caller may try again. */
export class DatabaseUnavailable extends Error {
  /** Set where nothing of the transaction remains; otherwise a commit may have been done and its answer lost. */
  readonly undone: boolean;
  constructor(message: string, options: ErrorOptions & { readonly undone?: boolean } = {}) {
    super(message, options);
    this.undone = options.undone === true;
  }
}

// The connection went, or the server is going: what it did last is unknown.
const leavesOpen = (error: unknown): boolean => !/^(?!08|57P)[0-9A-Z]{5}$/.test(String((error as { code?: string }).code ?? ''));

const camel = (name: string): string => name.replace(/_([a-z0-9])/g, (_, c: string) => c.toUpperCase());

/** Gives rows camelCase names. All rows of an answer have the columns of the first one: their names are worked out once. */
const named = (rows: readonly Record<string, unknown>[]): Record<string, unknown>[] => {
  const first = rows[0];
  if (first === undefined) return [];
  const names = Object.keys(first).map((key) => [key, camel(key)] as const);
  return rows.map((row) => {
    const out: Record<string, unknown> = {};
    for (const [from, to] of names) out[to] = row[from];
    return out;
  });
};

const naming = new CamelCasePlugin({ maintainNestedObjectKeys: true });
const plugins: KyselyPlugin[] = [
  {
    transformQuery: (args) => naming.transformQuery(args),
    transformResult: async ({ result }) => ({ ...result, rows: named(result.rows as Record<string, unknown>[]) }),
  },
];

// Under row-level security a statement takes longer to plan than to run. One that comes again and again is prepared, once for each
// connection. Beyond the bounds a text stays unnamed, so that neither this process nor a connection keeps plans without end.
const NAMED_FROM_USE = 3;
const MOST_NAMED = 400;
const MOST_COUNTED = 5_000;
const uses = new Map<string, number>();
const names = new Map<string, string>();

/** The name under which a text is prepared; undefined while it is rare. The text decides, never the values. */
const nameOf = (text: string): string | undefined => {
  const known = names.get(text);
  if (known !== undefined) return known;
  if (names.size >= MOST_NAMED) return undefined;
  const used = (uses.get(text) ?? 0) + 1;
  if (used < NAMED_FROM_USE) {
    if (uses.size >= MOST_COUNTED) uses.clear();
    uses.set(text, used);
    return undefined;
  }
  uses.delete(text);
  const name = `q${names.size}`;
  names.set(text, name);
  return name;
};

/** What belongs to one transaction: its connection, and what happens once it has been committed. */
type Work = {
  readonly client: pg.PoolClient;
  readonly committed: (() => void)[];
  readonly watch: Watch | undefined;
  /** Answers that are looked at when the commit has been answered. */
  readonly owed: Promise<unknown>[];
  sent: number;
  over: boolean;
};

/** Told of each statement how long it took, in milliseconds. */
type Watch = (text: string, ms: number) => void;

const works = new WeakMap<Tx, Work>();

/** A statement with its values. */
export type Statement = { readonly text: string; readonly values: unknown[] };

type Stream = { cork(): void; uncork(): void };
const corked = new WeakSet<object>();

/**
 * Sends a statement. All that are sent before the event loop turns travel in one packet: a system call costs more than most of them.
 */
const send = <Row extends pg.QueryResultRow>(client: pg.PoolClient, statement: Statement | string): Promise<pg.QueryResult<Row>> => {
  const { stream } = (client as unknown as { connection: { stream: Stream } }).connection;
  if (!corked.has(stream)) {
    corked.add(stream);
    stream.cork();
    process.nextTick(() => {
      corked.delete(stream);
      stream.uncork();
    });
  }
  if (typeof statement === 'string') return client.query<Row>(statement);
  const name = nameOf(statement.text);
  return client.query<Row>(name === undefined ? { ...statement } : { ...statement, name });
};

const within = <Row extends pg.QueryResultRow>(work: Work, statement: Statement): Promise<pg.QueryResult<Row>> => {
  // A forgotten promise must not speak in the transaction of the next person on this connection.
  if (work.over) return Promise.reject(new Error('the transaction is over'));
  const now = (values: unknown[]): Promise<pg.QueryResult<Row>> => {
    work.sent += 1;
    return watched(send<Row>(work.client, { ...statement, values }), statement.text, work.watch);
  };
  const settling = inStandingForm(statement.values, async (older, newer) =>
    (await send<{ form: string }>(work.client, { text: FORMS, values: [older, newer] })).rows.map((row) => row.form),
  );
  return settling === undefined ? now(statement.values) : settling.then(now);
};

const FORMS = 'select form from index_forms($1, $2)';

/** A value of the blind index as it stands in the rows, to be compared with what was read. */
export const standingForm = async (tx: Tx, index: string): Promise<string> =>
  (await sql<{ form: string }>`select ${index}::text as form`.execute(tx)).rows[0]?.form ?? index;

const watched = <T>(answer: Promise<T>, text: string, watch: Watch | undefined): Promise<T> => {
  if (watch === undefined) return answer;
  const sentAt = performance.now();
  const look = (): void => watch(text, performance.now() - sentAt);
  answer.then(look, look);
  return answer;
};

/** Kysely over one connection that is already inside a transaction. */
const kyselyOn = (work: Work): Tx => {
  const one = { query: (text: string, values: unknown[]) => within(work, { text, values }), release: () => undefined };
  const pool = { connect: async () => one as unknown as PostgresPoolClient, end: async () => undefined, options: {} };
  const tx = new Kysely<DB>({ dialect: new PostgresDialect({ pool: pool as unknown as PostgresPool }), plugins });
  works.set(tx, work);
  return tx;
};

/** Does something once the transaction has been committed, and never when it was not. False for a transaction of somebody else. */
export const afterCommit = (tx: Tx, act: () => void): boolean => {
  const work = works.get(tx);
  work?.committed.push(act);
  return work !== undefined;
};

// in_failed_sql_transaction
const UNDONE = '25P02';

/**
 * Last statements of a transaction, whose answers change nothing any more: they travel with the commit, which undoes everything where one of
 * them fails. `write` must send exactly `statements` statements at once; where it sends fewer or more, their answers are awaited here.
 */
export const withCommit = async (tx: Tx, statements: number, write: () => readonly Promise<unknown>[]): Promise<void> => {
  const work = works.get(tx);
  const before = work?.sent ?? 0;
  const written = Promise.allSettled(write()).then((answers) => {
    const failed = answers.flatMap((a) => (a.status === 'rejected' ? [a.reason as { code?: string }] : []));
    // What came after the first failure says only that the transaction is undone.
    const why = failed.find((e) => e.code !== UNDONE) ?? failed[0];
    if (why !== undefined) throw why;
  });
  written.catch(() => undefined);
  if (work === undefined || work.sent - before !== statements) await written;
  else work.owed.push(written);
};

/** Part of a statement that never changes: stands in templates of `hot` as it is, and as `sql` in Kysely's. */
export type Fixed = { readonly text: string; readonly sql: RawBuilder<never> };

/** Writes a fixed part; other fixed parts may stand in it, values may not. */
export const fixed = (strings: TemplateStringsArray, ...parts: Fixed[]): Fixed => {
  const text = strings.reduce((all, string, i) => `${all}${(parts[i - 1] as Fixed).text}${string}`);
  return { text, sql: sql.raw(text) };
};

const isFixed = (value: unknown): value is Fixed => typeof value === 'object' && value !== null && 'text' in value && 'sql' in value;

type Wording = { readonly text: string; readonly takes: readonly number[] };
const wordings = new WeakMap<TemplateStringsArray, Wording>();

/** Puts a template together once: fixed parts as they are, everything else as a value. */
const wordingOf = (strings: TemplateStringsArray, values: readonly unknown[]): Wording => {
  const takes: number[] = [];
  const text = strings.reduce((all, string, i) => {
    const value = values[i - 1];
    return `${all}${isFixed(value) ? value.text : `$${takes.push(i - 1)}`}${string}`;
  });
  return { text, takes };
};

/**
 * Runs a statement of fixed wording that is asked at every turn: written like a Kysely template, but its text is put together once and
 * only fixed parts and plain values may stand in it. Rows have camelCase names, as everywhere.
 */
export const hot =
  <Row extends object>(tx: Tx) =>
  async (strings: TemplateStringsArray, ...values: unknown[]): Promise<Row[]> => {
    const work = works.get(tx);
    if (work === undefined) throw new Error('not a transaction of the door');
    let wording = wordings.get(strings);
    if (wording === undefined) {
      wording = wordingOf(strings, values);
      wordings.set(strings, wording);
    }
    const { rows } = await within<Record<string, unknown>>(work, { text: wording.text, values: wording.takes.map((i) => values[i]) });
    return named(rows) as Row[];
  };

/** Runs a statement that Kysely wrote, sent before this turn ends: what is asked after it is answered after it. */
export const atOnce = async <Row extends object>(tx: Tx, statement: RawBuilder<Row>): Promise<Row[]> => {
  const work = works.get(tx);
  if (work === undefined) return (await statement.execute(tx)).rows;
  const { sql: text, parameters } = statement.compile(tx);
  const { rows } = await within<Record<string, unknown>>(work, { text, values: [...parameters] });
  return named(rows) as Row[];
};

// One statement for all of them: a statement each is an answer each. `citus.…` lets the settings reach the workers of a distributed server;
// plain PostgreSQL ignores it.
const settingsSql = (settings: Settings): string =>
  `select num_nonnulls(set_config('citus.propagate_set_commands', 'local', true)${Object.entries(settings)
    .map(([key, value]) => `, set_config('app.${key}', ${pg.escapeLiteral(value)}, true)`)
    .join('')})`;

/** Whether a statement failed because the database is away, going, full or busy, and not because of what was asked. */
export const isConnectionTrouble = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  if (error instanceof DatabaseUnavailable) return true;
  const code = (error as { code?: string }).code ?? '';
  return (
    /^(08|57P|57014|53|58|25006|25P0[34]|40001|40P01|55P03)/.test(code) ||
    // The schema moved on under a prepared statement: another connection prepares it anew.
    (code === '0A000' && error.message.includes('cached plan')) ||
    ['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND'].includes(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable|Query read timeout|Client has encountered a connection error|Cannot use a pool after/.test(
      error.message,
    )
  );
};

/** Bounds of the access to the database; what is left out has the default of the settings. */
export type DatabaseOptions = {
  readonly max?: number;
  /** How long a request waits for a connection, a statement may run and wait for a lock, and a transaction may stand idle. */
  readonly acquireMs?: number;
  readonly statementMs?: number;
  readonly lockMs?: number;
  readonly idleInTransactionMs?: number;
  /** Told of each statement that took longer than `slowMs`; its text has no values. 0 tells of none. */
  readonly slowMs?: number;
  readonly onSlow?: (slow: { readonly statement: string; readonly ms: number; readonly requestId?: string }) => void;
  readonly onIdleError?: (error: Error) => void;
};

const GRACE_MS = 5_000;

/** Fails when the time is up; `stop` calls it off. Without a limit it never does. */
const deadline = (limitMs: number | undefined): { readonly passed: Promise<never> | undefined; readonly stop: () => void } => {
  if (limitMs === undefined) return { passed: undefined, stop: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new OutOfTime('the request took too long')), limitMs);
  });
  passed.catch(() => undefined);
  return { passed, stop: () => clearTimeout(timer) };
};

// The work goes on or hangs; its connection is thrown away, and the server undoes what was not committed.
class OutOfTime extends Error {}

/** The platform's own access to PostgreSQL, as the role that owns nothing. */
export class Database {
  readonly pool: pg.Pool;
  readonly #url: string;
  readonly #slowMs: number;
  readonly #onSlow: DatabaseOptions['onSlow'];
  /** Statements over the limit so far. */
  slowStatements = 0;

  constructor(url: string, options: DatabaseOptions = {}) {
    this.#url = url;
    this.#slowMs = options.slowMs ?? 0;
    this.#onSlow = options.onSlow;
    const statementMs = options.statementMs ?? 15_000;
    this.pool = new pg.Pool({
      connectionString: url,
      max: options.max ?? 12,
      connectionTimeoutMillis: options.acquireMs ?? 3_000,
      idleTimeoutMillis: 30_000,
      statement_timeout: statementMs,
      lock_timeout: options.lockMs ?? 5_000,
      idle_in_transaction_session_timeout: options.idleInTransactionMs ?? 60_000,
      // A server that has frozen cannot keep its own limits: past this the connection is thrown away.
      query_timeout: statementMs + GRACE_MS,
      // Policies make statements look costly; compiling one takes a server of Debian longer than running it.
      options: '-c jit=off',
      pipeline: true,
    } as pg.PoolConfig);
    // Without a listener a restart of the server would kill the process.
    this.pool.on('error', (error) => options.onIdleError?.(error));
  }

  #watch(requestId: string | undefined): Watch | undefined {
    if (this.#slowMs === 0) return undefined;
    return (text, ms) => {
      if (ms < this.#slowMs) return;
      this.slowStatements += 1;
      this.#onSlow?.({ statement: statementWords(text), ms: Math.round(ms), ...(requestId === undefined ? {} : { requestId }) });
    };
  }

  /**
   * Runs `work` in a transaction under the given settings. A failed commit throws; nothing half done remains. `last` gives a statement
   * that travels with the commit; past `limitMs` the caller is told to try again.
   */
  async transaction<T>(
    mode: 'read' | 'write',
    settings: Settings,
    run: (tx: Tx) => Promise<T>,
    { last, limitMs }: { readonly last?: (result: T) => Statement; readonly limitMs?: number } = {},
  ): Promise<T> {
    let client: pg.PoolClient;
    try {
      client = await this.pool.connect();
    } catch (error) {
      throw new DatabaseUnavailable('no connection', { cause: error, undone: true });
    }
    let broken: Error | undefined;
    let committing = false;
    const lost = (error: Error) => {
      broken = error;
    };
    client.on('error', lost);
    const watch = this.#watch(settings.http_request);
    const work: Work = { client, committed: [], watch, owed: [], sent: 0, over: false };
    let result: T;
    const limit = deadline(limitMs);
    try {
      const begun = send(client, `${mode === 'read' ? 'begin read only' : 'begin'}; ${settingsSql(settings)}`);
      begun.catch(() => undefined);
      const working = run(kyselyOn(work));
      result = await (limit.passed === undefined ? working : Promise.race([working, limit.passed]));
      await begun;
      work.over = true;
      committing = true;
      const closing = last === undefined ? undefined : send(client, last(result));
      closing?.catch(() => undefined);
      const ended = watched(send(client, 'commit'), 'commit', watch);
      if (mode === 'read' && work.owed.length === 0) {
        // What was read is known; the next transaction on this connection queues behind the commit.
        ended.catch(() => undefined);
      } else {
        // After a failed statement PostgreSQL answers COMMIT with ROLLBACK and no error.
        const done = await ended;
        await Promise.all(work.owed);
        await closing;
        if (done.command !== 'COMMIT') throw new Error('the transaction was rolled back');
      }
    } catch (error) {
      work.over = true;
      if (error instanceof OutOfTime) {
        broken = error;
        throw new DatabaseUnavailable(error.message, { cause: error, undone: true });
      }
      await client.query('rollback').catch((e: Error) => {
        broken = e;
      });
      if (isConnectionTrouble(error)) {
        broken ??= error as Error;
        throw new DatabaseUnavailable('the connection was lost', { cause: error, undone: !committing || !leavesOpen(error) });
      }
      throw error;
    } finally {
      limit.stop();
      client.off('error', lost);
      client.release(broken);
    }
    for (const act of work.committed) act();
    return result;
  }

  /** One statement outside any transaction, for what belongs to no person: health, sessions, audit batches. */
  async query<Row extends pg.QueryResultRow>(text: string, values: unknown[] = [], name?: string): Promise<Row[]> {
    try {
      const asked = this.pool.query<Row>(name === undefined ? { text, values } : { text, values, name });
      const result = await watched(asked, text, this.#watch(undefined));
      return result.rows;
    } catch (error) {
      if (isConnectionTrouble(error)) throw new DatabaseUnavailable('no connection', { cause: error });
      throw error;
    }
  }

  /** A connection of its own that listens to a channel and comes back after a loss; `onLost` tells that messages may be missing. */
  listen(channels: readonly string[], onMessage: (channel: string, payload: string) => void, onLost: () => void): () => Promise<void> {
    let stopped = false;
    let client: pg.Client | undefined;
    const connect = async (): Promise<void> => {
      while (!stopped) {
        const next = new pg.Client({ connectionString: this.#url });
        try {
          next.on('error', () => undefined);
          next.on('notification', (m) => onMessage(m.channel, m.payload ?? ''));
          next.on('end', () => {
            onLost();
            if (!stopped) setTimeout(() => void connect(), 500);
          });
          await next.connect();
          for (const channel of channels) await next.query(`listen ${channel}`);
          client = next;
          return;
        } catch {
          next.removeAllListeners('end');
          await next.end().catch(() => undefined);
          await new Promise((r) => setTimeout(r, 500));
        }
      }
    };
    void connect();
    return async () => {
      stopped = true;
      await client?.end().catch(() => undefined);
    };
  }

  async end(): Promise<void> {
    await this.pool.end();
  }
}

/** Kysely under the owner's role, for seeding and setup only; never inside the running platform. */
export const ownerDatabase = (url: string): Kysely<DB> & AsyncDisposable => {
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  // The server may go away while an idle connection waits; the next statement then fails, not the process.
  pool.on('error', () => undefined);
  const db = new Kysely<DB>({ dialect: new PostgresDialect({ pool }), plugins });
  return Object.assign(db, { [Symbol.asyncDispose]: () => db.destroy() });
};

/** One step of an operator's command under the owner's role: whole or not at all. */
export const ownersStep = <T>(owner: Kysely<DB>, work: (tx: Tx) => Promise<T>): Promise<T> => owner.transaction().execute(work);
