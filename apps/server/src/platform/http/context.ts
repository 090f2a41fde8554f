import type { Actor } from '@jieyou/core/identity/schema.ts';
import type { Day, Instant } from '@jieyou/core/shared/day.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import type { Facts } from '@jieyou/core/shared/verdict.ts';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Clock } from '../clock.ts';
import type { CryptoProvider } from '../crypto/crypto.ts';
import type { Database, Tx } from '../db/database.ts';
import type { Env } from '../env.ts';
import type { FileStore } from '../files/files.ts';
import type { Log } from '../log.ts';
import type { Post } from '../mail/post.ts';
import type { Metrics } from '../metrics.ts';
import type { Live } from '../notify/live.ts';
import type { Queue, QueueName } from '../queue/queue.ts';
import type { AccessLog, AccessRecord } from './accessLog.ts';
import type { Gate } from './gate.ts';
import type { Guesses } from './guesses.ts';

/** What the running platform has; made once in main.ts or by the test harness. */
export type Services = {
  readonly db: Database;
  readonly clock: Clock;
  readonly crypto: CryptoProvider;
  readonly files: FileStore;
  readonly queue: Queue | null;
  readonly live: Live;
  /** The way out for mail; null where none is set. */
  readonly post: Post | null;
  readonly accessLog: AccessLog;
  /** Bounds how many requests are under way and how many wait. */
  readonly gate: Gate;
  /** The line of those of which a few are under way at once, before the gate. */
  readonly lane: Gate;
  readonly metrics: Metrics;
  readonly log: Log;
  readonly env: Env;
  /** Whether the database holds the demo district, with its known passwords. */
  readonly demo: boolean;
  readonly sessions: Sessions;
  readonly guesses: Guesses;
  readonly isReady: () => boolean;
};

/** Who stands behind a session token; the identity room answers. */
export type Sessions = {
  authenticate(token: string, now: Date): Promise<{ actor: Actor; csrfToken: string } | null>;
  /** Whether this process has just looked the token up and found somebody. */
  remembers(token: string): boolean;
  /** Whether a session was ended on purpose, or its account closed: a phone that carries something then forgets it. */
  revoked(token: string): Promise<boolean>;
  /** Forgets what is remembered of sessions, here and in every other process. */
  forget(tx: Tx): Promise<void>;
};

/** A typed event of a room: what is worth remembering. Facts are codes, numbers and ids. */
export type EventRecord = {
  readonly type: string;
  readonly recordKind: string;
  readonly recordId: string;
  readonly requestRef?: string;
  readonly helpField?: string;
  readonly facts?: Facts;
  /** Set where the one who acts must not stand beside what was done (报告人保密). */
  readonly unnamed?: true;
};

/**
 * What a command or view gets besides its input. `Code` names the refusals that a command may give; an endpoint that calls it must
 * list them all, or it does not compile.
 */
export type Ctx<Code extends string = never> = {
  readonly endpoint: AnyEndpoint;
  readonly services: Services;
  readonly tx: Tx;
  readonly actor: Actor;
  readonly now: Instant;
  readonly today: Day;
  readonly crypto: CryptoProvider;
  /** A new id, in the order of making. */
  readonly id: () => string;
  /** Ends the request with a refusal that the endpoint lists; nothing of it remains. */
  readonly refuse: (code: Code, facts?: Facts) => never;
  /** Ends the request as if the record did not exist. */
  readonly notFound: () => never;
  /** Writes an event in the same transaction; returns its id. */
  readonly record: (event: EventRecord) => Promise<string>;
  /** Names a record whose content the reply shows; the reading is recorded before the reply leaves. */
  readonly saw: (
    recordKind: string,
    recordId: string,
    more?: Partial<Pick<AccessRecord, 'kind' | 'reason' | 'outcome' | 'actorId' | 'accountId' | 'ip'>>,
  ) => void;
  readonly enqueue: (queue: QueueName, data: object, startAfter?: Date) => Promise<void>;
  /** Puts a message into people's centres, in the same transaction. */
  readonly notify: (
    persons: readonly (string | null)[],
    notice: { kind: string; recordKind: string; recordId: string; number: string },
  ) => Promise<void>;
  /** Tells those who look at the record that it changed. */
  readonly changed: (recordKind: string, recordId: string) => Promise<void>;
  readonly http: {
    readonly id: string;
    readonly ip: string;
    readonly device: string;
    /** The forgery token of the session; null for somebody who is not signed in. */
    readonly csrfToken: string | null;
    readonly request: FastifyRequest;
    readonly reply: FastifyReply;
  };
};
