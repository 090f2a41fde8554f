import type { Actor } from '@jieyou/core/identity/schema.ts';
import { reliefReach } from '@jieyou/core/relief/policy.ts';
import type { ReliefStatus } from '@jieyou/core/relief/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

/** The condition under which somebody reaches a relief case. */
export const reliefInReach = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, reliefReach, alias);

const own = reliefReach.filter((line) => line.role === 'worker');

/** A relief case as commands look at it. */
export type ReliefFacts = {
  readonly id: string;
  readonly recipientId: string;
  readonly status: ReliefStatus;
  readonly screenedOn: string;
  readonly workerId: string;
  readonly stationId: string;
  readonly organisationId: string | null;
  readonly divisionPath: string;
  readonly version: number;
  readonly inHand: boolean;
  readonly still: boolean;
};

/** A relief case in the person's reach; undefined for one that is missing or beyond it. */
export const reliefById = async (tx: Tx, actor: Actor, id: string): Promise<ReliefFacts | undefined> =>
  (
    await sql<ReliefFacts>`select r.id, r.recipient_id, r.status, r.screened_on, r.worker_id, r.station_id, r.organisation_id, r.division_path,
      r.version, ${reachSql(actor, own, 'r')} as in_hand, recipient_stands_still(r.district_id, r.recipient_id) as still
    from relief_case r where r.district_id = ${actor.districtId} and r.id = ${id} and ${reliefInReach(actor, 'r')}`.execute(tx)
  ).rows[0];

/** Whether somebody may take a relief case over: works at its station, and would see its person. For the head of the station. */
export const handFacts = async (tx: Tx, relief: ReliefFacts, toId: string): Promise<{ ofStation: boolean; sees: boolean }> =>
  (
    await sql<{ ofStation: boolean; sees: boolean }>`select relief_worker_of(${toId}, ${relief.stationId}) as of_station,
      relief_person_goes_along(${relief.id}, ${toId}) as sees`.execute(tx)
  ).rows[0] ?? { ofStation: false, sees: false };

/** How many things and services stand under a relief case. */
export const itemCounts = async (tx: Tx, districtId: string, id: string): Promise<{ things: number; services: number }> =>
  (
    await sql<{ things: number; services: number }>`select count(*) filter (where line = 'material')::int as things,
      count(*) filter (where line = 'service')::int as services from relief_item
    where district_id = ${districtId} and relief_id = ${id} and void_says is null`.execute(tx)
  ).rows[0] ?? { things: 0, services: 0 };

/** Where the name of the adviser belongs. */
export const adviserPlace = (row: string) => ({ table: 'relief_content', row, field: 'adviser' });
