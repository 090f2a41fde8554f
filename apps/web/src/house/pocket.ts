/** The seam between pages and what a phone carries without network. What does the work is loaded only where a phone carries something. */
import type { Pocket, PocketCase, PocketLine } from '@jieyou/core/pocket/schema.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { useSyncExternalStore } from 'react';
import type { Answer, Given } from './asked.ts';
import { forget, recall, remember } from './memory.ts';

/** What pages need to know of it. */
export type PocketNow = {
  readonly unsent: number;
  /** Of these, what is about danger: it has reached nobody yet. */
  readonly urgent: number;
  readonly refused: number;
  /** Something waits longer than it should. */
  readonly late: boolean;
  /** The last answers came from this phone; then since when. */
  readonly asOf: string | null;
  /** Ids of records that wait here and are not with the platform yet. */
  readonly waiting: ReadonlySet<string>;
  /** Ids of records that the platform did not take. */
  readonly declined: ReadonlySet<string>;
};

/** A case as it is carried; `request` is a draft for help that was begun and goes on here. */
export type CarriedCase = {
  readonly row: Pocket['cases'][number];
  readonly facts: PocketCase;
  readonly mayVisit: boolean;
  readonly request: string | null;
};

/** What a phone that carries something offers. */
export type Carried = {
  /** An answer from what is carried; undefined where it is not. */
  readonly answer: (endpoint: AnyEndpoint, given: Given<AnyEndpoint>) => unknown;
  /** Keeps what was answered, where it is wanted later, and knows that the platform was reached. */
  readonly learn: (endpoint: AnyEndpoint, answer: unknown, given: Given<AnyEndpoint>) => void;
  /** Whether an act may wait here until it is answered. */
  readonly takes: (endpoint: AnyEndpoint, given: Given<AnyEndpoint>) => boolean;
  /** Keeps an act, tries to do it, and keeps it for later where the platform is not reached. */
  readonly send: <E extends AnyEndpoint>(endpoint: E, given: Given<E>, now: (key: string) => Promise<Answer<E>>) => Promise<Answer<E>>;
  /** A case in the few words that are carried. */
  readonly caseOf: (id: string) => CarriedCase | null;
  /** Whom one calls while nothing is sent; none where the phone was made ready before they were carried. */
  readonly lines: () => readonly PocketLine[];
  readonly wipe: () => Promise<void>;
};

export const POCKET_DATABASE = 'jieyou-pocket';
const MARK = 'pocket';

let carried: Carried | null = null;
/** What this phone carries, once its PIN was given. */
export const pocket = (): Carried | null => carried;

/** Whether something is carried on this device, open or not; no secret. */
export const isCarrying = (): boolean => recall<boolean>(MARK) === true;

/** Takes it into use, or out of it. */
export const carry = (next: Carried | null): void => {
  carried = next;
  if (next !== null) remember(MARK, true);
};

/** Forgets everything that this device carries, open or not. */
export const forgetPocket = async (): Promise<void> => {
  const open = carried;
  carried = null;
  if (open !== null) await open.wipe();
  else if (isCarrying()) indexedDB.deleteDatabase(POCKET_DATABASE);
  forget(MARK);
};

const NOTHING: PocketNow = { unsent: 0, urgent: 0, refused: 0, late: false, asOf: null, waiting: new Set(), declined: new Set() };
let now = NOTHING;
const listeners = new Set<() => void>();

/** Tells the pages how it stands. */
export const tellPocket = (next: Partial<PocketNow>): void => {
  now = { ...now, ...next };
  for (const listener of listeners) listener();
};

const listen = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How it stands with what is carried. */
export const usePocket = (): PocketNow => useSyncExternalStore(listen, () => now);
