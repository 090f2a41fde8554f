import { createHash, randomBytes } from 'node:crypto';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import type { Database } from '../platform/db/database.ts';
import type { Env } from '../platform/env.ts';
import type { Sessions } from '../platform/http/context.ts';
import type { Live } from '../platform/notify/live.ts';
import { findActor } from './actors.ts';

type Remembered = { actor: Actor; csrfToken: string; until: number; day: string };

// Long enough to spare most look-ups, short enough that a lost message does no lasting harm.
const REMEMBER_MS = 5_000;
const MOST_REMEMBERED = 5_000;
const SEEN_EVERY_MS = 60_000;

/** Hash under which a session token is kept; the token itself rests nowhere. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest();

/** A new session token or forgery token. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** Remembers who stands behind a token for a few seconds; every process forgets at once when a session or a role changes. */
export const makeSessions = (db: Database, live: Live, env: Env): Sessions => {
  const remembered = new Map<string, Remembered>();
  const clear = () => remembered.clear();
  live.on((message) => {
    if (message.kind === 'sessions') clear();
  });
  return {
    remembers: (token) => remembered.has(token),
    authenticate: async (token, now) => {
      const today = dayOf(instantOf(now.getTime()));
      const known = remembered.get(token);
      if (known !== undefined && known.until > now.getTime() && known.until - now.getTime() <= REMEMBER_MS && known.day === today)
        return known;
      remembered.delete(token);
      if (!/^[\w-]{43}$/.test(token)) return null;
      const found = await findActor(db, tokenHash(token), now, today, env.JIEYOU_IDLE_MINUTES);
      if (found === null) return null;
      if (now.getTime() - found.lastSeenAt.getTime() > SEEN_EVERY_MS) {
        await db.query(
          'update session set last_seen_at = greatest(last_seen_at, $2) where id = $1',
          [found.actor.sessionId, now.toISOString()],
          'session-seen',
        );
      }
      if (remembered.size >= MOST_REMEMBERED) clear();
      const entry = { actor: found.actor, csrfToken: found.csrfToken, until: now.getTime() + REMEMBER_MS, day: today };
      remembered.set(token, entry);
      return entry;
    },
    revoked: async (token) => {
      if (!/^[\w-]{43}$/.test(token)) return false;
      const found = await db.query<{ over: boolean }>(
        'select s.revoked_at is not null or a.disabled as over from session s join account a on a.id = s.account_id where s.token_hash = $1',
        [tokenHash(token)],
        'session-over',
      );
      return found[0]?.over === true;
    },
    forget: async (tx) => {
      clear();
      await live.publish(tx, { kind: 'sessions' });
    },
  };
};
