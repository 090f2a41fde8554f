import type { listReliefJoints as listEndpoint, listOwnUndertakings as ownEndpoint } from '@jieyou/core/relief/endpoints.ts';
import { isOverdue } from '@jieyou/core/relief/rules.ts';
import type { OwnUndertaking, ReliefJoint } from '@jieyou/core/relief/schema.ts';
import type { PersonChoice } from '@jieyou/core/workforce/schema.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { namedLike } from '../workforce/index.ts';
import * as store from './jointStore.ts';

type Member = ReliefJoint['members'][number] & { personId: string | null; nameCt: string | null };
type Undertaking = Omit<ReliefJoint['undertakings'][number], 'overdue' | 'settles'> & { byPerson: string | null };
type Row = Omit<ReliefJoint, 'members' | 'undertakings' | 'can' | 'reliefId'> & {
  reliefId: string;
  members: Member[];
  undertakings: Undertaking[];
  reached: boolean;
  inHand: boolean;
  still: boolean;
  goesOn: boolean;
};

/** Consultations that the person called or reaches, and those at which they are named: what was written down for the table, and no more. */
export const listReliefJoints = async (ctx: Ctx<never>, query: z.infer<typeof listEndpoint.query>) => {
  const { actor, today } = ctx;
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`j.id, j.relief_id, j.status, j.on_day, j.place, j.told, j.agreed_says, j.outcome, j.version, w.name as worker_name, s.name as station_name,
      ${store.reliefOf(actor, 'j', 'reached')} as reached, ${store.reliefOf(actor, 'j', 'in-hand')} as in_hand,
      recipient_stands_still(j.district_id, j.recipient_id) as still, relief_goes_on(j.district_id, j.relief_id) as goes_on,
      (select coalesce(json_agg(json_build_object('id', m.id, 'kind', m.kind, 'name', coalesce(p.name, ''), 'organisation', m.organisation,
          'personId', m.person_id, 'nameCt', m.name_ct, 'leftOn', m.left_on) order by m.id), '[]') from relief_joint_member m left join person p on p.id = m.person_id
        where m.district_id = j.district_id and m.joint_id = j.id) as members,
      (select coalesce(json_agg(json_build_object('id', u.id, 'memberId', u.member_id, 'what', u.what, 'dueOn', u.due_on, 'status', u.status,
          'settledOn', u.settled_on, 'says', u.says, 'byPerson', u.by_person, 'version', u.version) order by u.due_on, u.id), '[]')
        from relief_undertaking u where u.district_id = j.district_id and u.joint_id = j.id) as undertakings`,
    from: sql`from relief_joint j join person w on w.id = j.made_by left join station s on s.id = w.station_id`,
    where: allOf([
      sql`j.district_id = ${actor.districtId}`,
      store.jointSeen(actor, 'j'),
      query.id !== undefined && sql`j.id = ${query.id}`,
      query.from !== undefined && sql`j.on_day >= ${query.from}::date`,
      query.to !== undefined && sql`j.on_day <= ${query.to}::date`,
      query.kind !== undefined &&
        sql`exists (select 1 from relief_joint_member m where m.district_id = j.district_id and m.joint_id = j.id and m.left_on is null
          and m.kind = any(${query.kind}::text[]))`,
      query.reliefId !== undefined && sql`j.relief_id = ${query.reliefId}`,
      query.status !== undefined && sql`j.status = any(${query.status}::text[])`,
      query.overdue !== undefined &&
        sql`exists (select 1 from relief_undertaking u where u.district_id = j.district_id and u.joint_id = j.id and u.status = 'open' and u.due_on < ${today}::date)`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'j',
    countFrom: sql`from relief_joint j`,
  });
  // One that was opened by its address is told of by itself.
  if (query.id !== undefined && page.rows.length > 0) ctx.saw('relief-joint', query.id);
  else ctx.saw('relief-joint', actor.personId, { outcome: 'list' });
  const rows: ReliefJoint[] = page.rows.map(({ reached, inHand, still, goesOn, members, undertakings, ...row }) => {
    const may = inHand && !still;
    return {
      ...row,
      reliefId: reached ? row.reliefId : null,
      agreedSays: reached ? row.agreedSays : null,
      stationName: row.stationName ?? '',
      members: members.map(({ personId: _, nameCt, ...m }) => ({
        ...m,
        name: nameCt === null ? m.name : ctx.crypto.decrypt(nameCt, store.memberPlace(m.id)),
      })),
      undertakings: undertakings.map(({ byPerson, ...u }) => ({
        ...u,
        overdue: isOverdue(u, today),
        settles: u.status === 'open' && !still && (inHand || (byPerson !== null && actor.selves.includes(byPerson))),
      })),
      can: [
        ...(may && row.status === 'called' ? ['conclude'] : []),
        ...(may && goesOn && row.status === 'held' ? ['undertake'] : []),
        ...(may && goesOn ? ['unseat'] : []),
      ],
    };
  });
  return { ...page, rows };
};

/** What one undertook oneself, the latest first; what is over stays as a line. */
export const listOwnUndertakings = async (ctx: Ctx<never>, query: z.infer<typeof ownEndpoint.query>) => {
  const { actor, today } = ctx;
  const page = await readPage<Omit<OwnUndertaking, 'overdue' | 'settles'> & { still: boolean }>(ctx.tx, query, {
    columns: sql`u.id, u.member_id, u.what, u.due_on, u.status, u.settled_on, u.says, u.version, j.id as joint_id,
      coalesce(recipient_stands_still(j.district_id, j.recipient_id), true) as still`,
    from: sql`from relief_undertaking u left join relief_joint j on j.district_id = u.district_id and j.id = u.joint_id
      and ${store.jointSeen(actor, 'j')}`,
    where: allOf([
      sql`u.district_id = ${actor.districtId} and u.by_person = any(${[...actor.selves]}::uuid[])`,
      query.status !== undefined && sql`u.status = any(${query.status}::text[])`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'u',
    countFrom: sql`from relief_undertaking u`,
  });
  ctx.saw('relief-undertaking', actor.personId, { outcome: 'list' });
  const rows: OwnUndertaking[] = page.rows.map(({ still, ...u }) => ({
    ...u,
    overdue: isOverdue(u, today),
    settles: u.status === 'open' && u.jointId !== null && !still,
  }));
  return { ...page, rows };
};

const MOST_CHOICES = 20;

/** Staff whom the typed name or pinyin finds, for a table of the consortium. */
export const listJointChoices = async (ctx: Ctx<never>, text: string | undefined) => {
  const { rows } = await sql<z.infer<typeof PersonChoice>>`select p.id as person_id, p.name, p.post, o.name as organisation_name, held.roles
    ${store.staffFrom(ctx.actor, ctx.today)} and ${namedLike('p', text) ?? sql`true`} order by p.name_pinyin, p.id limit ${MOST_CHOICES}`.execute(
    ctx.tx,
  );
  return { rows };
};
