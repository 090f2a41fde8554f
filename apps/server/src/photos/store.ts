import { activityReach } from '@jieyou/core/activities/policy.ts';
import { groupReach } from '@jieyou/core/groups/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import type { PhotoOf } from '@jieyou/core/photos/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

const led = <T extends { readonly role: string }>(reach: readonly T[]): T[] => reach.filter((line) => line.role === 'worker');
const ofActivity = (actor: Actor, reach: typeof activityReach): RawBuilder<boolean> =>
  reachSql(actor, reach, 'a', (persons) => sql`select x.id from activity x where x.co_lead_ids && ${[...persons]}::uuid[]`);
const ofGroup = (actor: Actor, reach: typeof groupReach): RawBuilder<boolean> =>
  reachSql(actor, reach, 'g', (persons) => sql`select x.id from service_group x where x.co_lead_ids && ${[...persons]}::uuid[]`);

/** An activity or a session as its photographs look at it. */
export type PhotoRecord = {
  readonly kind: PhotoOf;
  readonly id: string;
  readonly groupId: string | null;
  readonly cancelled: boolean;
  readonly inHand: boolean;
};

/** The record in the person's reach; undefined for one that is missing or beyond it. */
export const recordById = async (tx: Tx, actor: Actor, kind: PhotoOf, id: string): Promise<PhotoRecord | undefined> => {
  const { rows } =
    kind === 'activity'
      ? await sql<Omit<PhotoRecord, 'kind'>>`select a.id, null::uuid as group_id, a.status = 'cancelled' as cancelled,
          ${ofActivity(actor, led(activityReach))} as in_hand
        from activity a where a.district_id = ${actor.districtId} and a.id = ${id} and ${ofActivity(actor, activityReach)}`.execute(tx)
      : await sql<
          Omit<PhotoRecord, 'kind'>
        >`select s.id, s.group_id, s.status = 'cancelled' as cancelled, ${ofGroup(actor, led(groupReach))} as in_hand
        from group_session s join service_group g on g.district_id = s.district_id and g.id = s.group_id
        where s.district_id = ${actor.districtId} and s.id = ${id} and ${ofGroup(actor, groupReach)}`.execute(tx);
  return rows[0] === undefined ? undefined : { kind, ...rows[0] };
};

/** A photograph as it is kept. */
export type PhotoRow = {
  readonly id: string;
  readonly activityId: string | null;
  readonly sessionId: string | null;
  readonly captionCt: string;
  readonly mime: string;
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly storedAs: string;
  readonly addedByName: string;
  readonly addedAt: string;
  readonly removedAt: string | null;
  readonly version: number;
};

const COLUMNS = sql`o.id, o.activity_id, o.session_id, o.caption_ct, o.mime, o.bytes, o.width, o.height, o.stored_as, p.name as added_by_name, o.added_at,
  o.removed_at, o.version`;

/** The photographs of a record that stand, in the order in which they came. */
export const photosOf = async (tx: Tx, districtId: string, of: Pick<PhotoRecord, 'kind' | 'id'>): Promise<PhotoRow[]> =>
  (
    await sql<PhotoRow>`select ${COLUMNS} from photo o join person p on p.id = o.added_by
      where o.district_id = ${districtId} and o.removed_at is null
        and ${of.kind === 'activity' ? sql`o.activity_id = ${of.id}` : sql`o.session_id = ${of.id}`} order by o.added_at, o.id`.execute(tx)
  ).rows;

/** A photograph that row-level security shows, removed or not. */
export const photoById = async (tx: Tx, districtId: string, id: string): Promise<PhotoRow | undefined> =>
  (
    await sql<PhotoRow>`select ${COLUMNS} from photo o join person p on p.id = o.added_by
      where o.district_id = ${districtId} and o.id = ${id}`.execute(tx)
  ).rows[0];

/** Lets those who add to one record at once follow each other, so that they are counted. */
export const lockShelf = (tx: Tx, id: string) => sql`select pg_advisory_xact_lock(hashtextextended(${`photos ${id}`}, 0))`.execute(tx);

/** Keeps a photograph; false when its id is taken. */
export const insertPhoto = async (
  tx: Tx,
  row: Omit<PhotoRow, 'addedByName' | 'removedAt' | 'version'> & {
    districtId: string;
    groupId: string | null;
    sha256: string;
    addedBy: string;
  },
): Promise<boolean> =>
  (
    await tx
      .insertInto('photo')
      .values(row)
      .onConflict((oc) => oc.doNothing())
      .executeTakeFirst()
  ).numInsertedOrUpdatedRows === 1n;

/** Changes what is written under a photograph as the editor saw it; false when somebody was faster. */
export const putCaption = async (tx: Tx, districtId: string, id: string, version: number, captionCt: string): Promise<boolean> =>
  (
    await tx
      .updateTable('photo')
      .set({ captionCt, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('version', '=', version)
      .where('removedAt', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** Notes that a photograph was removed, by whom and when. */
export const markRemoved = async (
  tx: Tx,
  districtId: string,
  was: Pick<PhotoRow, 'id' | 'version'>,
  by: string,
  at: string,
): Promise<boolean> =>
  (
    await tx
      .updateTable('photo')
      .set({ removedBy: by, removedAt: at, version: was.version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', was.id)
      .where('version', '=', was.version)
      .where('removedAt', 'is', null)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** Where the caption of a photograph is enciphered. */
export const captionPlace = (row: string) => ({ table: 'photo', row, field: 'caption' });
