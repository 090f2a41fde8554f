/** Volunteers in the plans and records of other rooms: who is named, and the hours that are told with a session or an activity. */
import type { ActivityCategory } from '@jieyou/core/activities/schema.ts';
import { dayOf, type Instant, msPerMinute } from '@jieyou/core/shared/day.ts';
import type { HelpRefusal, HelpSeen, HelpTold, NamedVolunteer, SeenVolunteer } from '@jieyou/core/shared/helping.ts';
import type { VolunteerEvent } from '@jieyou/core/volunteers/events.ts';
import { minutesBetween } from '@jieyou/core/volunteers/rules.ts';
import type { VolunteerTaskStatus } from '@jieyou/core/volunteers/schema.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';
import { createVolunteerTask, mayCome } from './taskCommands.ts';

/** What is kept of a plan's volunteers: a name only where nobody of the register stands behind it. */
export const keptNames = (named: readonly NamedVolunteer[]): string =>
  JSON.stringify(named.map((v) => ({ ...v, name: v.volunteerId === null ? v.name : '' })));

/** What was kept, also by plans that knew names only. */
export const namesKept = (text: string): NamedVolunteer[] =>
  (JSON.parse(text) as (string | Partial<NamedVolunteer>)[]).map((v) =>
    typeof v === 'string'
      ? { volunteerId: null, name: v, task: '' }
      : { volunteerId: v.volunteerId ?? null, name: v.name ?? '', task: v.task ?? '' },
  );

/** Shows them with the register's masked names; a typed name with those who bear it, for who may make the link. */
export const seenNames = async (ctx: Ctx<never>, named: readonly NamedVolunteer[], stationId: string | null): Promise<SeenVolunteer[]> => {
  const { tx, actor } = ctx;
  const ids = named.flatMap((v) => v.volunteerId ?? []);
  const { rows } =
    ids.length === 0
      ? { rows: [] }
      : await sql<{ id: string; name: string }>`select id, name_masked as name from volunteer
          where district_id = ${actor.districtId} and id = any(${ids}::uuid[])`.execute(tx);
  const typed = new Map(
    named.flatMap((v) => (v.volunteerId === null ? [[store.indexesOf(ctx.crypto, v.name).name, v.name] as const] : [])),
  );
  const bearers =
    stationId === null || typed.size === 0
      ? { rows: [] }
      : await sql<{ id: string; name: string; phone: string | null; nameIndex: string }>`
          select v.id, v.name_masked as name, c.phone_masked as phone, c.name_index from volunteer v
            join volunteer_content c on c.district_id = v.district_id and c.id = v.id
          where v.district_id = ${actor.districtId} and v.station_id = ${stationId} and v.status <> 'withdrawn'
            and c.name_index = any(${[...typed.keys()]}::text[]) order by v.id limit 200`.execute(tx);
  return named.map((v) => ({
    ...v,
    name: v.volunteerId === null ? v.name : (rows.find((r) => r.id === v.volunteerId)?.name ?? ''),
    offers:
      v.volunteerId === null
        ? bearers.rows.filter((b) => typed.get(b.nameIndex) === v.name).map(({ id, name, phone }) => ({ id, name, phone }))
        : [],
  }));
};

/** Whoever is named anew stands on the station's register; a name that was typed before may stay as it is. */
export const mayName = async (
  ctx: Ctx<'volunteers.not-on-register'>,
  named: readonly NamedVolunteer[],
  before: readonly NamedVolunteer[],
  stationId: string,
): Promise<void> => {
  const linked = named.flatMap((v) => v.volunteerId ?? []);
  const fresh = [...new Set(linked)].filter((id) => !before.some((b) => b.volunteerId === id));
  const strangers = named.some((v) => v.volunteerId === null && !before.some((b) => b.volunteerId === null && b.name === v.name));
  if (strangers || new Set(linked).size < linked.length) ctx.refuse('volunteers.not-on-register');
  if (fresh.length === 0) return;
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from volunteer v where v.district_id = ${ctx.actor.districtId}
    and v.station_id = ${stationId} and v.status <> 'withdrawn' and v.id = any(${fresh}::uuid[])`.execute(ctx.tx);
  if (rows[0]?.n !== fresh.length) ctx.refuse('volunteers.not-on-register');
};

/** What hours are told beside. */
export type Helped = 'session' | 'activity';

type Task = {
  id: string;
  status: Exclude<VolunteerTaskStatus, 'cancelled'>;
  startsAt: string;
  endsAt: string;
  leadId: string;
  leadActive: boolean;
  version: number;
};

/** The task whose hours are still to be told, else the one that is settled. */
const taskBeside = async (ctx: Ctx<never>, kind: Helped, id: string): Promise<Task | undefined> =>
  (
    await sql<Task>`select k.id, k.status, k.starts_at, k.ends_at, k.lead_id, k.version, leads_at(k.lead_id, k.station_id) as lead_active
      from volunteer_task k where k.district_id = ${ctx.actor.districtId} and k.for_kind = ${kind} and k.for_id = ${id} and k.status <> 'cancelled'
      order by k.status = 'settled', k.id limit 1`.execute(ctx.tx)
  ).rows[0];

/** The volunteers of a session or an activity with what is told of their hours. */
export const helpOf = async (ctx: Ctx<never>, kind: Helped, id: string): Promise<HelpSeen> => {
  const task = await taskBeside(ctx, kind, id);
  if (task === undefined) return { taskId: null, version: 0, status: 'none', startsAt: null, people: [], settles: false };
  const { rows } = await sql<{ volunteerId: string; name: string; minutes: number | null; comes: boolean }>`
    select t.volunteer_id, v.name_masked as name, t.minutes, t.status in ('confirmed', 'came') as comes
    from volunteer_turn t join volunteer v on v.district_id = t.district_id and v.id = t.volunteer_id
    where t.district_id = ${ctx.actor.districtId} and t.task_id = ${task.id} and t.status not in ('declined', 'invited')
    order by v.name_masked, t.id`.execute(ctx.tx);
  return {
    taskId: task.id,
    version: task.version,
    status: task.status,
    startsAt: task.startsAt,
    people: rows,
    settles: task.status === 'done' && task.leadActive && ctx.actor.selves.includes(task.leadId),
  };
};

/**
 * Tells the hours with the record of a session or an activity: into its task, which is made where nobody planned one. They wait there for
 * the lead worker to settle them once; what is settled stays.
 */
export const recordHelp = async (
  ctx: Ctx<HelpRefusal>,
  of: { kind: Helped; id: string; title: string; class: ActivityCategory; place: string; startsAt: string | null; minutes: number },
  told: HelpTold,
): Promise<void> => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const found = await taskBeside(ctx as Ctx<never>, of.kind, of.id);
  const open = found === undefined || found.status === 'settled' ? undefined : found;
  // Nothing told is nothing said: whoever agreed is not absent for that.
  if (told.minutes.length === 0 && open?.status !== 'done') return;
  // One person's hours stand once beside one session.
  const { rows: settled } = await sql`select 1 from volunteer_task k
    join volunteer_turn t on t.district_id = k.district_id and t.task_id = k.id and t.status = 'came'
    where k.district_id = ${districtId} and k.for_kind = ${of.kind} and k.for_id = ${of.id} and k.status = 'settled'
      and t.volunteer_id = any(${told.minutes.map((m) => m.volunteerId)}::uuid[])`.execute(tx);
  if (settled.length > 0) return ctx.refuse('volunteers.settled-before');
  const longest = Math.max(of.minutes, ...told.minutes.map((m) => m.minutes));
  const startsAt = open?.startsAt ?? of.startsAt ?? ctx.refuse('volunteers.start-missing');
  if (Date.parse(startsAt) > Date.parse(ctx.now)) return ctx.refuse('volunteers.not-yet', { on: dayOf(startsAt as Instant) });
  const endsAt = new Date(Date.parse(startsAt) + longest * msPerMinute).toISOString();
  const id =
    open?.id ??
    (
      await createVolunteerTask(ctx, {
        title: of.title.slice(0, 60),
        class: of.class,
        startsAt,
        endsAt,
        place: of.place,
        areaId: null,
        wanted: told.minutes.length,
        skills: [],
        risky: false,
        says: '在现场协助，听牵头社工安排。',
        forKind: of.kind,
        forId: of.id,
      })
    ).id;
  await store.lockTask(tx, districtId, id);
  const task = (await store.taskById(tx, actor, id)) ?? ctx.notFound();
  if (!task.leadActive) return ctx.refuse('volunteers.lead-gone');
  // What was told with the record may be mended with it; times to which people agreed stay.
  const grows = task.status === 'done' && Date.parse(endsAt) > Date.parse(task.endsAt);
  const most = minutesBetween(task.startsAt, grows ? endsAt : task.endsAt);
  if (told.minutes.some((m) => m.minutes > most)) return ctx.refuse('volunteers.hours-too-long', { most });
  const turns = await store.turnsOf(tx, districtId, id);
  const fresh = told.minutes.filter((m) => !turns.some((t) => t.volunteerId === m.volunteerId));
  if (fresh.length > 0) {
    await mayCome(
      ctx,
      task,
      fresh.map((m) => m.volunteerId),
    );
    await tx
      .insertInto('volunteerTurn')
      .values(
        fresh.map((m) => ({
          districtId,
          id: ctx.id(),
          taskId: id,
          volunteerId: m.volunteerId,
          status: 'came',
          minutes: m.minutes,
          invitedAt: ctx.now,
          invitedBy: actor.personId,
        })),
      )
      .execute();
  }
  await sql`update volunteer_turn t set status = case when g.minutes is null then 'absent' else 'came' end, minutes = g.minutes, version = t.version + 1
    from (select x.id, (select (e ->> 'minutes')::int from jsonb_array_elements(${JSON.stringify(told.minutes)}::jsonb) e
        where (e ->> 'volunteerId')::uuid = x.volunteer_id) as minutes
      from volunteer_turn x where x.district_id = ${districtId} and x.task_id = ${id}) g
    where t.district_id = ${districtId} and t.task_id = ${id} and t.id = g.id and t.minutes is distinct from g.minutes`.execute(tx);
  await sql`update volunteer_turn set status = 'absent', version = version + 1
    where district_id = ${districtId} and task_id = ${id} and status = 'confirmed'`.execute(tx);
  // A task that still looked for people is staffed with those who came, and done, in one act.
  const change = {
    status: 'done',
    recordedBy: actor.personId,
    recordedAt: ctx.now,
    updatedAt: ctx.now,
    wanted: Math.max(task.wanted, told.minutes.length),
    ...(grows ? { endsAt } : {}),
  };
  if ((await store.changeTask(tx, districtId, task, task.version, change)) === undefined)
    return ctx.refuse('record.changed-meanwhile', { version: task.version });
  const type: VolunteerEvent = 'volunteer-task.recorded';
  await ctx.record({ type, recordKind: 'volunteer-task', recordId: id, facts: { people: told.minutes.length } });
  await ctx.changed('volunteer-task', id);
};
