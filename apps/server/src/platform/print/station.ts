import { sql } from 'kysely';
import type { Ctx } from '../http/context.ts';

const TABLES = { case: 'case_file', group: 'service_group', activity: 'activity' } as const;

/** Whose paper it is: the station of the record on which it is written, or that of whoever prints a paper of no single record. */
export const stationOn = async (ctx: Ctx<never>, record?: { readonly kind: keyof typeof TABLES; readonly id: string }): Promise<string> => {
  const { tx, actor } = ctx;
  const own = actor.stationId ?? actor.assignments.find((a) => a.stationId !== null)?.stationId ?? null;
  const of =
    record === undefined
      ? sql`${own}::uuid`
      : sql`(select r.station_id from ${sql.table(TABLES[record.kind])} r where r.district_id = ${actor.districtId} and r.id = ${record.id})`;
  const { rows } = await sql<{ name: string }>`
    select s.name from station s where s.district_id = ${actor.districtId} and s.id = ${of}`.execute(tx);
  return rows[0]?.name ?? '社会工作服务站';
};
