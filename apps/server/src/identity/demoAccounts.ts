import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { currentCode } from './secondFactor.ts';

/** The password of every account of the embedded demo. */
export const DEMO_PASSWORD = 'jieyou-demo';

/** The demo's accounts with the current code of their second factor, so that anybody can try every role. */
export const demoAccounts = async (ctx: Ctx) => {
  const { rows } = await sql<{
    accountId: string;
    username: string;
    name: string;
    title: string;
    district: string;
    secondFactor: string | null;
  }>`
    select a.id as account_id, a.username, p.name, p.post as title, coalesce(up.name, '') || d.name as district, a.second_factor
    from account a join person p on p.id = a.person_id join division d on d.id = p.district_id left join division up on up.id = d.parent_id
    where a.is_demo and not a.disabled order by a.created_at, a.id`.execute(ctx.tx);
  return {
    password: DEMO_PASSWORD,
    rows: rows.map(({ secondFactor, ...row }) => ({
      ...row,
      code:
        secondFactor === null
          ? null
          : currentCode(
              ctx.crypto.decrypt(secondFactor, { table: 'account', row: row.accountId, field: 'second_factor' }),
              new Date(ctx.now),
            ),
    })),
  };
};
