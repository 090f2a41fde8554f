/** From the PIN to what is carried. */
import { readSession } from '@jieyou/core/identity/endpoints.ts';
import { pocketState, triesLeft } from '@jieyou/core/pocket/rules.ts';
import { ApiError, ask } from '../house/client.ts';
import { forgetPocket } from '../house/pocket.ts';
import { openPocket, type PocketEngine } from './engine.ts';
import { makeLock, openLock, type Seal } from './seal.ts';
import { type Meta, openStore, type Store } from './store.ts';
import type { wipedWords } from './words.ts';

type Wiped = keyof typeof wipedWords;
type Door =
  | { readonly kind: 'none' }
  | { readonly kind: 'wiped'; readonly why: Wiped }
  | { readonly kind: 'closed'; readonly left: number }
  | { readonly kind: 'set-back' };

let engine: PocketEngine | null = null;
/** What is carried, open; null while it is closed or where nothing is. */
export const openEngine = (): PocketEngine | null => (engine === null || engine.isClosed() ? null : engine);

const reload = () => window.location.reload();
let shared: Promise<Store> | null = null;
/** One connection for the page: what it takes away itself must not seem to be taken away by another tab. */
const opened = (): Promise<Store> => {
  shared ??= openStore(reload);
  return shared;
};

const wipe = async (store: Store, why: Wiped): Promise<Door> => {
  shared = null;
  await store.wipe();
  await forgetPocket();
  return { kind: 'wiped', why };
};

/** Whether the platform answers somebody who is signed in on this phone; `revoked` where it ended that on purpose. */
const contact = async (): Promise<'reached' | 'revoked' | 'no'> => {
  if (!navigator.onLine) return 'no';
  try {
    await ask(readSession);
    return 'reached';
  } catch (error) {
    return error instanceof ApiError && error.code === 'identity.revoked' ? 'revoked' : 'no';
  }
};

const closedOf = (meta: Meta): Door => ({ kind: 'closed', left: triesLeft(meta.wrong, meta.tries) });

/** Looks at the door before the PIN is asked: too old, revoked, set back, or closed. */
export const lookAtDoor = async (): Promise<Door> => {
  const store = await opened();
  const meta = await store.meta();
  if (meta === undefined) {
    shared = null;
    await store.wipe();
    await forgetPocket();
    return { kind: 'none' };
  }
  const state = pocketState({ now: Date.now(), seen: meta.seen, contact: meta.contact }, meta.hours);
  if (state === 'over') return wipe(store, 'over');
  const met = await contact();
  if (met === 'revoked') return wipe(store, 'revoked');
  if (met === 'reached') {
    const clock = Date.now();
    return closedOf(await store.changeMeta((m) => ({ ...(m ?? meta), contact: clock, seen: clock })));
  }
  if (state === 'set-back') return { kind: 'set-back' };
  return closedOf(await store.changeMeta((m) => ({ ...(m ?? meta), seen: Math.max(meta.seen, Date.now()) })));
};

const start = async (store: Store, seal: Seal): Promise<PocketEngine> => {
  engine = await openPocket(store, seal, () => {
    shared = null;
  });
  return engine;
};

/** Tries a PIN. A try is counted before it is made, so that closing the page in time gains nothing. */
export const tryPin = async (pin: string): Promise<PocketEngine | Door> => {
  const store = await opened();
  const known = await store.meta();
  if (known === undefined) return { kind: 'none' };
  const meta = await store.changeMeta((m) => ({ ...(m ?? known), wrong: (m ?? known).wrong + 1 }));
  if (meta.wrong > meta.tries) return wipe(store, 'tries');
  const seal = await openLock(pin, meta.lock);
  if (seal === null) return triesLeft(meta.wrong, meta.tries) === 0 ? wipe(store, 'tries') : closedOf(meta);
  await store.changeMeta((m) => ({ ...(m ?? meta), wrong: 0 }));
  return start(store, seal);
};

/** Makes the phone ready under a new PIN. */
export const makePocket = async (pin: string): Promise<PocketEngine> => {
  const mine = await ask(readSession);
  const { lock, seal } = await makeLock(pin);
  const store = await opened();
  const clock = Date.now();
  // The strictest figures, until the first packet brings those in force.
  await store.changeMeta(() => ({ lock, wrong: 0, seen: clock, contact: clock, hours: 72, tries: 5, lockMinutes: 15 }));
  const made = await start(store, seal);
  await made.begin(mine);
  void navigator.storage?.persist?.().catch(() => false);
  void navigator.serviceWorker?.register('/m/sw.js', { scope: '/m/', updateViaCache: 'none' }).catch(() => undefined);
  return made;
};

/** Closes it; the PIN is asked again. */
export const closePocket = (): void => {
  engine?.close();
  engine = null;
};
