import type { Role, SessionStage } from '@jieyou/core/identity/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

export type AccountRow = {
  id: string;
  personId: string;
  districtId: string;
  username: string;
  passwordHash: string;
  mustChange: boolean;
  disabled: boolean;
  isDemo: boolean;
  secondFactor: string | null;
  secondFactorPending: string | null;
  secondFactorLastStep: number | null;
  failures: number;
  lockedUntil: string | null;
  roles: Role[];
};

const account = (condition: ReturnType<typeof sql>) => sql<AccountRow>`
  select a.id, a.person_id, p.district_id, a.username, a.password_hash, a.must_change, a.disabled, a.is_demo, a.second_factor,
    a.second_factor_pending, a.second_factor_last_step, a.failures, a.locked_until,
    coalesce((select array_agg(distinct r.role) from role_assignment r where r.person_id = p.id
      and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())), '{}') as roles
  from account a join person p on p.id = a.person_id where ${condition}`;

export const accountByName = async (tx: Tx, username: string): Promise<AccountRow | undefined> =>
  // The row is locked so that parallel guesses are counted one by one.
  (await sql<AccountRow>`${account(sql`a.username = ${username}`)} for update of a`.execute(tx)).rows[0];

export const accountById = async (tx: Tx, id: string): Promise<AccountRow | undefined> =>
  (await sql<AccountRow>`${account(sql`a.id = ${id}`)} for update of a`.execute(tx)).rows[0];

export const countFailure = (tx: Tx, id: string, failures: number, lockedUntil: string | null) =>
  tx.updateTable('account').set({ failures, lockedUntil }).where('id', '=', id).execute();

export const startSession = (
  tx: Tx,
  session: {
    id: string;
    tokenHash: Buffer;
    csrfToken: string;
    accountId: string;
    stage: SessionStage;
    createdAt: string;
    expiresAt: string;
    ip: string;
    device: string;
  },
) =>
  tx
    .insertInto('session')
    .values({ ...session, lastSeenAt: session.createdAt })
    .execute();

export const setStage = (tx: Tx, sessionId: string, stage: SessionStage) =>
  tx.updateTable('session').set({ stage }).where('id', '=', sessionId).execute();

export const revokeOne = (tx: Tx, sessionId: string, accountId: string, now: string) =>
  tx
    .updateTable('session')
    .set({ revokedAt: now })
    .where('id', '=', sessionId)
    .where('accountId', '=', accountId)
    .where('revokedAt', 'is', null)
    .executeTakeFirst();

export const revokeByToken = async (tx: Tx, hash: Buffer, now: string): Promise<boolean> =>
  (await tx.updateTable('session').set({ revokedAt: now }).where('tokenHash', '=', hash).where('revokedAt', 'is', null).executeTakeFirst())
    .numUpdatedRows > 0n;

export const revokeOthers = (tx: Tx, accountId: string, keep: string, now: string) =>
  tx
    .updateTable('session')
    .set({ revokedAt: now })
    .where('accountId', '=', accountId)
    .where('id', '<>', keep)
    .where('revokedAt', 'is', null)
    .execute();
