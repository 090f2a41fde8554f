import { activityReach } from '@jieyou/core/activities/policy.ts';
import type { ActivityCategory, ActivityStatus, BudgetLine } from '@jieyou/core/activities/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { reachSql } from '../platform/http/scope.ts';
import { namesKept } from '../volunteers/index.ts';

/** The condition under which somebody reaches an activity. */
export const activityInReach = (actor: Actor, alias: string): RawBuilder<boolean> =>
  reachSql(actor, activityReach, alias, (persons) => sql`select x.id from activity x where x.co_lead_ids && ${[...persons]}::uuid[]`);

const kept = activityReach.filter((line) => line.role === 'worker');
/** The condition under which somebody leads it or leads along. */
const activityInHand = (actor: Actor, alias: string): RawBuilder<boolean> =>
  reachSql(actor, kept, alias, (persons) => sql`select x.id from activity x where x.co_lead_ids && ${[...persons]}::uuid[]`);

/** An activity as commands look at it. */
export type ActivityFacts = {
  readonly id: string;
  readonly title: string;
  readonly category: ActivityCategory;
  readonly status: ActivityStatus;
  readonly place: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly capacity: number | null;
  readonly leadId: string;
  readonly stationId: string;
  readonly organisationId: string | null;
  readonly divisionPath: string;
  readonly publicCode: string;
  readonly walkIns: number;
  /** How often people came, as it was counted; null until the end. */
  readonly times: number | null;
  readonly version: number;
  readonly inHand: boolean;
};

/** An activity in the person's reach; undefined for one that is missing or beyond it. */
export const activityById = async (tx: Tx, actor: Actor, id: string): Promise<ActivityFacts | undefined> =>
  (
    await sql<ActivityFacts>`select a.id, a.title, a.category, a.status, a.place, a.starts_at, a.ends_at, a.capacity, a.lead_id, a.station_id,
      a.organisation_id, a.division_path, a.public_code, a.walk_ins, a.times, a.version, ${activityInHand(actor, 'a')} as in_hand
    from activity a where a.district_id = ${actor.districtId} and a.id = ${id} and ${activityInReach(actor, 'a')}`.execute(tx)
  ).rows[0];

type Change = Partial<{
  title: string;
  category: string;
  campaignId: string | null;
  place: string;
  startsAt: string;
  endsAt: string;
  capacity: number | null;
  coLeadIds: string[];
  status: ActivityStatus;
  plannedFen: number;
  spentFen: number;
  walkIns: number;
  times: number;
  persons: number;
  cancelReason: string;
}>;

/** Changes an activity as the editor saw it; undefined when somebody was faster. */
export const changeActivity = async (
  tx: Tx,
  districtId: string,
  was: { readonly id: string; readonly status: string },
  version: number,
  change: Change,
  at: string,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('activity')
      .set({ ...change, updatedAt: at, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', was.id)
      .where('version', '=', version)
      .where('status', '=', was.status)
      .executeTakeFirst()
  ).numUpdatedRows === 1n
    ? version + 1
    : undefined;

/** Someone who registered, as commands look at it. */
export type RegistrationFacts = {
  readonly id: string;
  readonly status: 'in' | 'waiting' | 'cancelled';
  readonly people: number;
  readonly came: number | null;
  readonly phoneIndex: string | null;
  readonly nameCt: string;
  readonly phoneCt: string | null;
  readonly version: number;
};

/** Those who registered, in the order in which they did. */
export const registrationsOf = (tx: Tx, districtId: string, activityId: string): Promise<RegistrationFacts[]> =>
  tx
    .selectFrom('activityRegistration')
    .select(['id', 'status', 'people', 'came', 'phoneIndex', 'nameCt', 'phoneCt', 'version'])
    .where('districtId', '=', districtId)
    .where('activityId', '=', activityId)
    .orderBy('registeredAt')
    .orderBy('id')
    .execute() as Promise<RegistrationFacts[]>;

/** Whom registrations of an activity are linked to, as far as they are in reach; masked. */
export const attendantsOf = async (
  tx: Tx,
  districtId: string,
  activityId: string,
): Promise<{ registrationId: string; recipientId: string; name: string }[]> =>
  (
    await sql<{ registrationId: string; recipientId: string; name: string }>`
      select distinct k.registration_id, k.recipient_id, p.name_masked as name
      from activity_registration r join activity_attendant k on k.district_id = r.district_id and k.registration_id = r.id
        join recipient p on p.district_id = k.district_id and p.id = k.recipient_id
      where r.district_id = ${districtId} and r.activity_id = ${activityId} order by k.recipient_id`.execute(tx)
  ).rows;

/** Whom registrations of an activity are linked to, for a count: the same whoever counts. */
export const attendantsCounted = async (tx: Tx, activityId: string): Promise<{ registrationId: string; recipientId: string }[]> =>
  (
    await sql<{ registrationId: string; recipientId: string }>`
      select registration_id, recipient_id from attendants_counted(${activityId}) order by recipient_id`.execute(tx)
  ).rows;

/** Where each encrypted item belongs. */
export const registrationPlace = (row: string, field: 'name' | 'phone') => ({ table: 'activity_registration', row, field });
export const volunteersPlace = (row: string) => ({ table: 'activity_content', row, field: 'volunteers' });

/** The volunteers whom the plan of an activity names. */
export const volunteersOf = async (ctx: Pick<Ctx, 'tx' | 'crypto' | 'actor'>, id: string) => {
  const found = await ctx.tx
    .selectFrom('activityContent')
    .select('volunteersCt')
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .executeTakeFirst();
  return found === undefined ? [] : namesKept(ctx.crypto.decrypt(found.volunteersCt, volunteersPlace(id)));
};

/** Keeps budget, aims and volunteers of an activity. */
export const putContent = async (
  tx: Tx,
  of: { districtId: string; id: string; aims: string; budget: readonly BudgetLine[]; volunteersCt: string },
): Promise<void> => {
  await sql`insert into activity_content (district_id, id, aims, budget, volunteers_ct)
    values (${of.districtId}, ${of.id}, ${of.aims}, ${JSON.stringify(of.budget)}::jsonb, ${of.volunteersCt})
    on conflict (district_id, id) do update set aims = excluded.aims, budget = excluded.budget, volunteers_ct = excluded.volunteers_ct`.execute(
    tx,
  );
};
