import type { Actor } from '@jieyou/core/identity/schema.ts';
import type { Settings, Tx } from './db/database.ts';
import type { Services } from './http/context.ts';
import { settingsOf } from './http/scope.ts';

/**
 * A reading for a reply that is still being written after its request has ended: a stream of many rows, or live news. Each reading
 * is a short transaction under the person's settings, as at the door, so that a slow receiver holds no transaction open.
 */
export const readLater = <T>(services: Services, actor: Actor, httpRequest: string, work: (tx: Tx) => Promise<T>): Promise<T> =>
  services.db.transaction('read', settingsOf(actor, services.clock.now(), httpRequest), work);

/** One step of a job: a writing transaction of its own under the settings of its duty. A failed step leaves nothing behind. */
export const workLater = <T>(services: Services, duty: Settings, work: (tx: Tx) => Promise<T>): Promise<T> =>
  services.db.transaction('write', { now: services.clock.now().toISOString(), http_request: 'job', ...duty }, work);
