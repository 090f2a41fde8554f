import type { Kysely } from 'kysely';
import { newToken, tokenHash } from '../src/identity/sessions.ts';
import type { DB } from '../src/platform/db/types.ts';

/** A session of an account, made by the owner: signing in has tests of its own. It stays fresh while clocks are moved. */
export const makeSession = async (
  owner: Kysely<DB>,
  username: string,
  { id, at = new Date() }: { id: string; at?: Date },
): Promise<{ token: string; csrfToken: string }> => {
  const account = await owner.selectFrom('account').select('id').where('username', '=', username).executeTakeFirstOrThrow();
  const session = { token: newToken(), csrfToken: newToken() };
  const daysLater = (days: number) => new Date(at.getTime() + days * 86_400_000).toISOString();
  await owner
    .insertInto('session')
    .values({
      id,
      tokenHash: tokenHash(session.token),
      csrfToken: session.csrfToken,
      accountId: account.id,
      stage: 'full',
      createdAt: at.toISOString(),
      lastSeenAt: daysLater(365),
      expiresAt: daysLater(3650),
      ip: '127.0.0.1',
      device: 'test',
    })
    .execute();
  return session;
};
