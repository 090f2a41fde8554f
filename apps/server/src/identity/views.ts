import type { Actor, SessionReply } from '@jieyou/core/identity/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';

/** What the shell needs to know of the person who is signed in. */
export const sessionView = async (
  tx: Tx,
  actor: Pick<Actor, 'personId' | 'accountId' | 'roles' | 'districtId' | 'assignments' | 'stage'>,
  csrfToken: string,
): Promise<SessionReply> => {
  const { rows } = await sql<{
    username: string;
    name: string;
    districtName: string;
    authorityName: string | null;
    centreName: string | null;
    stationName: string | null;
    organisationName: string | null;
    secondFactor: boolean;
    unread: number;
    deputyFor: string[] | null;
  }>`
    select a.username, p.name, d.full_name as district_name, d.authority_name, d.centre_name, s.name as station_name, o.name as organisation_name,
      a.second_factor is not null as second_factor,
      (select count(*)::int from notice n where n.person_id = p.id and n.read_at is null) as unread,
      (select array_agg(q.name) from person q where q.id = any(${actor.assignments.flatMap((x) => x.deputyFor ?? [])}::uuid[])) as deputy_for
    from account a join person p on p.id = a.person_id join division d on d.id = p.district_id
      left join station s on s.id = p.station_id left join organisation o on o.id = p.organisation_id
    where a.id = ${actor.accountId}`.execute(tx);
  const row = rows[0];
  if (row === undefined) throw new Error('an account without a person');
  return {
    csrfToken,
    stage: actor.stage,
    account: {
      id: actor.accountId,
      username: row.username,
      name: row.name,
      personId: actor.personId,
      roles: [...actor.roles],
      districtId: actor.districtId,
      districtName: row.districtName,
      authorityName: row.authorityName ?? '主管部门',
      centreName: row.centreName ?? '社会工作疑难个案支援中心',
      stationName: row.stationName,
      organisationName: row.organisationName,
      deputyFor: row.deputyFor ?? [],
      secondFactor: row.secondFactor,
      unreadNotices: row.unread,
    },
  };
};

/** One's own live sessions, the current one first. */
export const ownSessions = async (ctx: Ctx) => {
  const { rows } = await sql<{ id: string; createdAt: string; lastSeenAt: string; ip: string; device: string }>`
    select id, created_at, last_seen_at, ip, device from session
    where account_id = ${ctx.actor.accountId} and revoked_at is null and expires_at > ${ctx.now}
      and last_seen_at > ${ctx.now}::timestamptz - make_interval(mins => ${ctx.services.env.JIEYOU_IDLE_MINUTES})
    order by last_seen_at desc limit 100`.execute(ctx.tx);
  const rowsWithCurrent = rows.map((r) => ({ ...r, current: r.id === ctx.actor.sessionId }));
  return { rows: rowsWithCurrent.sort((a, b) => Number(b.current) - Number(a.current)) };
};
