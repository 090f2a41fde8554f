import type { Actor } from '@jieyou/core/identity/schema.ts';
import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import type { Settings, Tx } from './db/database.ts';
import type { Ctx, Services } from './http/context.ts';
import { NotFound } from './http/errors.ts';
import { settingsOf } from './http/scope.ts';

/**
 * A reading for a reply that is still being written after its request has ended: a stream of many rows, or live news. Each reading
 * is a short transaction under the person's settings, as at the door, so that a slow receiver holds no transaction open.
 */
export const readLater = <T>(services: Services, actor: Actor, httpRequest: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  services.db.transaction('read', settingsOf(actor, services.clock.now(), httpRequest), work);

/** One step of a job: a writing transaction of its own under the settings of its duty. A failed step leaves nothing behind. */
export const workLater = <T>(services: Pick<Services, 'db' | 'clock'>, duty: Settings, work: (tx: Tx) => Promise<T>): Promise<T> =>
  services.db.transaction('write', { now: services.clock.now().toISOString(), http_request: 'job', ...duty }, work);

/**
 * What a view gets when it is read for a job that somebody asked for: the person's rights as they are now, and nothing to write with.
 * Readings are not recorded here, since the door recorded the asking with its reason, and records the download.
 */
export const readerOf = (services: Services, actor: Actor, tx: Tx): Ctx => {
  const at = instantOf(services.clock.now().getTime());
  const never = (): never => {
    throw new Error('a job that reads for somebody writes nothing');
  };
  return {
    services,
    tx,
    actor,
    now: at,
    today: dayOf(at),
    crypto: services.crypto,
    id: never,
    refuse: never,
    notFound: () => {
      throw new NotFound();
    },
    record: never,
    saw: () => undefined,
    enqueue: never,
    notify: never,
    changed: never,
    // Neither an endpoint nor a request stands behind it.
    get endpoint() {
      return never();
    },
    get http() {
      return never();
    },
  };
};
