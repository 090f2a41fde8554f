import { isWorkingDay, nextWorkingDay } from '@jieyou/core/calendar/rules.ts';
import { mayEver } from '@jieyou/core/identity/policy.ts';
import { cadenceState, dueDay, minutesVerdict, planVerdict } from '@jieyou/core/learning/cadence.ts';
import { learningPackOf } from '@jieyou/core/learning/pack.ts';
import { runsSeminars } from '@jieyou/core/learning/policy.ts';
import type { SeminarStatus } from '@jieyou/core/learning/schema.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { holidayTable } from '../calendar/index.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { packInForce } from '../rulepacks/index.ts';
import * as store from './seminarStore.ts';

/** How often a series meets that names no interval of its own. */
export const everyDaysOf = async (tx: Tx, districtId: string, today: string): Promise<number> =>
  learningPackOf((await packInForce(tx, 'learning', districtId, today)).values)['seminar.everyDays'];

type Reckoning = { readonly today: string; readonly everyDays: number; readonly holidays: Awaited<ReturnType<typeof holidayTable>> };

const reckoning = async (ctx: Ctx<never>): Promise<Reckoning> => ({
  today: ctx.today,
  everyDays: await everyDaysOf(ctx.tx, ctx.actor.districtId, ctx.today),
  holidays: await holidayTable(ctx.tx),
});

/** A series with what its days mean today. */
export const seriesRow = (s: store.SeriesKept, { today, everyDays: usual, holidays }: Reckoning) => {
  const everyDays = s.everyDays ?? usual;
  const dueOn = dueDay({ startsOn: s.startsOn as Day, lastHeldOn: s.lastHeldOn as Day | null, everyDays }, (d) =>
    isWorkingDay(d, holidays) ? d : nextWorkingDay(d, holidays),
  );
  const ended = s.status === 'ended';
  return {
    id: s.id,
    title: s.title,
    status: s.status,
    everyDays,
    held: s.held,
    lastHeldOn: s.lastHeldOn,
    plannedOn: s.plannedOn,
    dueOn: ended ? null : dueOn,
    state: cadenceState({ ended, planned: s.plannedOn !== null, dueOn, today: today as Day }),
  };
};

/** Series of the district, the newest first. */
export const listSeries = async (
  ctx: Ctx<never>,
  query: { limit: number; after?: string | undefined; count?: 'yes' | undefined; status?: string[] | undefined },
) => {
  const found = await readPage<store.SeriesKept>(ctx.tx, query, {
    columns: store.SERIES,
    from: sql`from seminar_series s`,
    where: allOf([
      sql`s.district_id = ${ctx.actor.districtId}`,
      query.status !== undefined && sql`s.status = any(${query.status}::text[])`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 's',
  });
  const by = await reckoning(ctx);
  return { ...found, rows: found.rows.map((s) => seriesRow(s, by)) };
};

type SeminarLine = {
  id: string;
  seriesId: string;
  topic: string;
  heldOn: string;
  startsAt: string;
  place: string;
  status: SeminarStatus;
  members: number;
  attended: number;
  cases: number;
};

const LINE = sql`m.id, m.series_id, m.topic, m.held_on, m.starts_at, m.place, m.status,
  (select count(*)::int from seminar_member p where p.district_id = m.district_id and p.seminar_id = m.id) as members,
  (select count(*)::int from seminar_member p where p.district_id = m.district_id and p.seminar_id = m.id and p.attended) as attended,
  (select count(*)::int from seminar_case c join casebank_entry e on e.id = c.entry_id and e.recalled_at is null
    where c.district_id = m.district_id and c.seminar_id = m.id) as cases`;

/** One series with its seminars. */
export const readSeries = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const series = (await store.seriesById(tx, actor.districtId, id)) ?? ctx.notFound();
  const { rows: seminars } = await sql<SeminarLine>`select ${LINE} from seminar m
    where m.district_id = ${actor.districtId} and m.series_id = ${id} order by m.held_on desc, m.id desc limit 200`.execute(tx);
  const runs = mayEver(runsSeminars, actor);
  return {
    ...seriesRow(series, await reckoning(ctx)),
    theme: series.theme,
    startsOn: series.startsOn,
    ownEveryDays: series.everyDays,
    seminars,
    can: runs ? (series.status === 'running' ? ['edit', 'plan', 'end'] : ['edit', 'resume']) : [],
    version: series.version,
  };
};

/** Seminars of all series, the newest first. */
export const listSeminars = (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
    status?: string[] | undefined;
    text?: string | undefined;
  },
) =>
  readPage<SeminarLine>(ctx.tx, query, {
    columns: LINE,
    from: sql`from seminar m`,
    where: allOf([
      sql`m.district_id = ${ctx.actor.districtId}`,
      query.status !== undefined && sql`m.status = any(${query.status}::text[])`,
      query.text !== undefined && query.text !== '' && sql`strpos(m.topic, ${query.text}) > 0`,
    ]),
    sort: [
      { column: 'heldOn', direction: 'desc', type: 'date' },
      { column: 'id', direction: 'desc', type: 'uuid' },
    ],
    alias: 'm',
  });

/** One seminar: agenda, people, minutes, published cases. */
export const readSeminar = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor, today } = ctx;
  const seminar = (await store.seminarById(tx, actor.districtId, id)) ?? ctx.notFound();
  const { status, heldOn } = seminar;
  const runs = mayEver(runsSeminars, actor);
  const facts = { status, heldOn: heldOn as Day, today: today as Day };
  return {
    ...seminar,
    people: await store.membersOf(tx, actor.districtId, id),
    entries: await store.casesOf(tx, actor.districtId, id),
    can: runs
      ? [
          ...(minutesVerdict(facts).ok ? ['record'] : []),
          ...(planVerdict(status, 'change').ok ? ['edit'] : []),
          ...(planVerdict(status, 'cancel').ok ? ['cancel'] : []),
        ]
      : [],
  };
};
