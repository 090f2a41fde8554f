import { activityMoves } from '@jieyou/core/activities/moves.ts';
import { seenByActivity } from '@jieyou/core/activities/policy.ts';
import { finishVerdict } from '@jieyou/core/activities/rules.ts';
import type { ActivityCategory, ActivityStatus, BudgetLine, PublicActivity, Registration } from '@jieyou/core/activities/schema.ts';
import { figuresPackOf } from '@jieyou/core/figures/pack.ts';
import { seesNoContent } from '@jieyou/core/figures/policy.ts';
import { movesFrom } from '@jieyou/core/shared/moves.ts';
import { sql } from 'kysely';
import QRCode from 'qrcode';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { packInForce } from '../rulepacks/index.ts';
import { helpOf, namesKept, seenNames } from '../volunteers/index.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

type Row = {
  id: string;
  title: string;
  category: ActivityCategory;
  status: ActivityStatus;
  place: string;
  startsAt: string;
  endsAt: string;
  capacity: number | null;
  registered: number;
  waiting: number;
  times: number | null;
  leadName: string;
  stationName: string;
  campaignName: string | null;
  version: number;
};

const COLUMNS = sql`a.id, a.title, a.category, a.status, a.place, a.starts_at, a.ends_at, a.capacity, a.times, p.name as lead_name,
  s.name as station_name, w.name as campaign_name, a.version,
  coalesce((select sum(r.people)::int from activity_registration r where r.district_id = a.district_id and r.activity_id = a.id and r.status = 'in'), 0) as registered,
  coalesce((select sum(r.people)::int from activity_registration r where r.district_id = a.district_id and r.activity_id = a.id and r.status = 'waiting'), 0) as waiting`;
const FROM = sql`from activity a join person p on p.id = a.lead_id join station s on s.id = a.station_id
  left join campaign w on w.district_id = a.district_id and w.id = a.campaign_id`;
const NEWEST: readonly SortKey[] = [
  { column: 'starts_at', direction: 'desc', type: 'timestamptz' },
  { column: 'id', direction: 'desc', type: 'uuid' },
];

/** One page of the activities in reach, the latest first. */
export const listActivities = async (
  ctx: Ctx<never>,
  query: {
    limit: number;
    after?: string | undefined;
    count?: 'yes' | undefined;
    status?: ActivityStatus[] | undefined;
    category?: ActivityCategory[] | undefined;
    campaignId?: string | undefined;
  },
) =>
  readPage<Row>(ctx.tx, query, {
    columns: COLUMNS,
    from: FROM,
    where: allOf([
      sql`a.district_id = ${ctx.actor.districtId}`,
      store.activityInReach(ctx.actor, 'a'),
      query.status !== undefined && sql`a.status = any(${query.status}::text[])`,
      query.category !== undefined && sql`a.category = any(${query.category}::text[])`,
      query.campaignId !== undefined && sql`a.campaign_id = ${query.campaignId}`,
    ]),
    sort: NEWEST,
    alias: 'a',
    countFrom: sql`from activity a`,
  });

/** The page of residents: under the address that is set, else where the worker's browser found us. */
const linkOf = (ctx: Pick<Ctx, 'http' | 'services'>, code: string): string => {
  const { request } = ctx.http;
  const base = ctx.services.env.JIEYOU_PUBLIC_URL ?? `${request.protocol}://${request.host}`;
  return `${base.replace(/\/$/, '')}/p/a/${code}`;
};

/** An activity with those who registered, masked. */
export const readActivity = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const facts = (await store.activityById(tx, actor, id)) ?? ctx.notFound();
  const { rows } = await sql<
    Row & {
      campaignId: string | null;
      coLeadIds: string[];
      aims: string;
      budget: BudgetLine[];
      volunteersCt: string;
      summary: string | null;
      walkIns: number;
      persons: number | null;
      cancelReason: string | null;
    }
  >`select ${COLUMNS}, a.campaign_id, a.co_lead_ids, a.walk_ins, a.persons, a.cancel_reason, c.aims, c.budget, c.volunteers_ct, c.summary
    ${FROM} join activity_content c on c.district_id = a.district_id and c.id = a.id
    where a.district_id = ${actor.districtId} and a.id = ${id}`.execute(tx);
  const row = rows[0] ?? ctx.notFound();
  const { coLeadIds, volunteersCt, ...shown } = row;
  const coLeads = await sql<{
    personId: string;
    name: string;
  }>`select id as person_id, name from person where id = any(${coLeadIds}::uuid[])
    order by name_pinyin nulls last, id`.execute(tx);
  const registrations = await sql<
    Omit<Registration, 'linked'>
  >`select id, status, source, name_masked as name, phone_masked as phone, people, came, registered_at
    from activity_registration where district_id = ${actor.districtId} and activity_id = ${id} order by registered_at, id`.execute(tx);
  const linked = await store.attendantsOf(tx, actor.districtId, id);
  ctx.saw('activity', id);
  const leads = actor.selves.includes(facts.leadId);
  const can = facts.inHand
    ? [
        ...movesFrom(activityMoves, facts.status).filter(
          (m) => (m !== 'finish' && m !== 'correct') || (leads && finishVerdict(facts.startsAt, ctx.today).ok),
        ),
        ...(facts.status === 'planned' || facts.status === 'published' ? ['edit', 'register'] : []),
        ...(facts.status === 'cancelled' ? [] : ['sign-in', 'form', 'name-volunteers', 'link']),
      ]
    : [];
  return {
    ...shown,
    coLeads: coLeads.rows,
    volunteers: await seenNames(
      ctx,
      namesKept(ctx.crypto.decrypt(volunteersCt, store.volunteersPlace(id))),
      facts.inHand && facts.status !== 'cancelled' ? facts.stationId : null,
    ),
    help: await helpOf(ctx, 'activity', id),
    registrations: registrations.rows.map((r) => ({
      ...r,
      linked: linked.filter((l) => l.registrationId === r.id).map(({ registrationId: _, ...l }) => l),
    })),
    link: facts.status === 'published' ? linkOf(ctx, facts.publicCode) : null,
    can,
    seenBy: seenByActivity,
  };
};

/** The code of the link as a drawing, to print on a notice. */
export const activityCode = async (ctx: Ctx<'activities.not-published'>, id: string): Promise<string> => {
  const facts = (await store.activityById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (facts.status !== 'published') return ctx.refuse('activities.not-published');
  ctx.http.reply.type('image/svg+xml').header('cache-control', 'no-store');
  return QRCode.toString(linkOf(ctx, facts.publicCode), { type: 'svg', errorCorrectionLevel: 'M', margin: 2 });
};

/** What a stranger with the link sees. */
export const readPublicActivity = async (ctx: Ctx<never>, code: string): Promise<PublicActivity> => {
  const { rows } = await sql<
    Omit<PublicActivity, 'mostPeople'> & { id: string; districtId: string }
  >`select * from public_activity(${code})`.execute(ctx.tx);
  const found = rows[0];
  if (found === undefined) return ctx.notFound();
  const { id: _, districtId, ...shown } = found;
  return { ...shown, mostPeople: (await packOf(ctx, districtId))['registration.people'] };
};

type Sum = {
  campaignId: string;
  what: 'all' | 'category' | 'station';
  key: string;
  activities: number;
  done: number;
  cancelled: number;
  times: number | null;
  plannedFen: number;
  spentFen: number;
};
const NOTHING = { activities: 0, done: 0, cancelled: 0, times: 0, plannedFen: 0, spentFen: 0 };

const sumsOf = async (ctx: Ctx<never>, ids: readonly string[]): Promise<Sum[]> => {
  const { rows } = await sql<Sum>`select * from campaign_sums(${[...ids]}::uuid[])`.execute(ctx.tx);
  if (!seesNoContent(ctx.actor.roles)) return rows;
  const smallest = figuresPackOf((await packInForce(ctx.tx, 'figures', ctx.actor.districtId, ctx.today)).values)['smallest.shown'];
  return rows.map((r) => ({ ...r, times: r.times !== null && r.times > 0 && r.times < smallest ? null : r.times }));
};
const bare = ({ campaignId: _, what: __, key: ___, ...sums }: Sum) => sums;

type Week = { id: string; name: string; fromDay: string; toDay: string };

/** Campaign weeks with their sums, the latest first. */
export const listCampaigns = async (ctx: Ctx<never>, query: { limit: number; after?: string | undefined; count?: 'yes' | undefined }) => {
  const page = await readPage<Week>(ctx.tx, query, {
    columns: sql`w.id, w.name, w.from_day, w.to_day`,
    from: sql`from campaign w`,
    where: sql<boolean>`w.district_id = ${ctx.actor.districtId}`,
    sort: [
      { column: 'from_day', direction: 'desc', type: 'date' },
      { column: 'id', direction: 'desc', type: 'uuid' },
    ],
    alias: 'w',
  });
  const sums = new Map(
    (
      await sumsOf(
        ctx,
        page.rows.map((r) => r.id),
      )
    )
      .filter((s) => s.what === 'all')
      .map((s) => [s.campaignId, bare(s)]),
  );
  return { ...page, rows: page.rows.map((r) => ({ ...r, sums: sums.get(r.id) ?? NOTHING })) };
};

/** One week: sums by kind and by station, for the whole district. */
export const readCampaign = async (ctx: Ctx<never>, id: string) => {
  const { rows } =
    await sql<Week>`select id, name, from_day, to_day from campaign where district_id = ${ctx.actor.districtId} and id = ${id}`.execute(
      ctx.tx,
    );
  const week = rows[0] ?? ctx.notFound();
  const sums = await sumsOf(ctx, [id]);
  const names = await sql<{
    id: string;
    name: string;
  }>`select id, name from station where district_id = ${ctx.actor.districtId} order by name`.execute(ctx.tx);
  const all = sums.find((s) => s.what === 'all');
  return {
    ...week,
    sums: all === undefined ? NOTHING : bare(all),
    byCategory: sums.filter((s) => s.what === 'category').map((s) => ({ key: s.key as ActivityCategory, sums: bare(s) })),
    byStation: names.rows.flatMap((n) =>
      sums.filter((s) => s.what === 'station' && s.key === n.id).map((s) => ({ key: n.id, label: n.name, sums: bare(s) })),
    ),
  };
};
