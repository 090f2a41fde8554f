import { appealContentReach, appealReach } from '@jieyou/core/appeals/policy.ts';
import type { AppealStatus } from '@jieyou/core/appeals/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

/** The condition under which somebody reaches the register of an appeal. */
export const appealInReach = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, appealReach, alias);

/** The condition under which somebody reads its content. */
export const appealContentInReach = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, appealContentReach, alias);

/** An appeal as commands look at it. */
export type AppealRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly number: string;
  readonly channel: 'public' | 'hotline' | 'civil-affairs';
  readonly status: AppealStatus;
  readonly topic: string;
  readonly urgent: boolean;
  readonly streetId: string | null;
  readonly stationId: string | null;
  readonly takerId: string | null;
  readonly caseId: string | null;
  readonly callId: string | null;
  readonly callNumber: string | null;
  readonly callTakerId: string | null;
  readonly tellerId: string | null;
  readonly askedAt: string;
  readonly dueAt: string;
  readonly atRiskAt: string;
  readonly endedAt: string | null;
  readonly version: number;
  readonly readsContent: boolean;
};

const FACTS = sql`a.id, a.district_id, a.number, a.channel, a.status, a.topic, a.urgent, a.street_id, a.station_id, a.taker_id, a.case_id, a.call_id,
  a.call_number, a.call_taker_id, a.teller_id, a.asked_at, a.due_at, a.at_risk_at, a.ended_at, a.version`;

/** An appeal in the person's reach; undefined for one that is missing or beyond it. */
export const appealById = async (tx: Tx, actor: Actor, id: string): Promise<AppealRecord | undefined> =>
  (
    await sql<AppealRecord>`select ${FACTS}, coalesce(${appealContentInReach(actor, 'a')}, false) as reads_content from appeal a
      where a.district_id = ${actor.districtId} and a.id = ${id} and ${appealInReach(actor, 'a')}`.execute(tx)
  ).rows[0];

/** For the rest of the transaction, the one appeal whose code this is. The hash is keyed: a stolen table opens nothing. */
export const holdCode = async (tx: Tx, crypto: CryptoProvider, code: string): Promise<string> => {
  const hash = crypto.mark(code, 'appeal.code');
  await sql`select set_config('app.code', ${hash}, true)`.execute(tx);
  return hash;
};

/** The appeal of the code that the transaction holds. */
export const appealOfCode = async (tx: Tx, hash: string): Promise<AppealRecord | undefined> =>
  (await sql<AppealRecord>`select ${FACTS}, true as reads_content from appeal a where a.code_hash = ${hash}`.execute(tx)).rows[0];

/** Where each encrypted item of an appeal belongs. */
export const appealPlace = (row: string, field: 'says' | 'name' | 'phone' | 'safeNote') => ({ table: 'appeal_content', row, field });
export const stepPlace = (row: string) => ({ table: 'appeal_step', row, field: 'says' });

/** Changes an appeal as the editor saw it; undefined when somebody was faster. */
export const changeAppeal = async (
  tx: Tx,
  was: Pick<AppealRecord, 'districtId' | 'id' | 'version' | 'status'>,
  change: {
    status?: AppealStatus;
    takerId?: string | null;
    stationId?: string | null;
    lastHandId?: string | null;
    caseId?: string;
    endedAt?: string;
    accompaniedOn?: string;
    warnedAt?: null;
  },
  now: string,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('appeal')
      .set({ ...change, updatedAt: now, version: was.version + 1 })
      .where('districtId', '=', was.districtId)
      .where('id', '=', was.id)
      .where('version', '=', was.version)
      .where('status', '=', was.status)
      .executeTakeFirst()
  ).numUpdatedRows === 1n
    ? was.version + 1
    : undefined;

const held = sql`r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())`;

/** Today's duty and backup of the centre. */
export const rotaOf = async (tx: Tx, districtId: string, day: string): Promise<{ dutyId: string; backupId: string } | undefined> =>
  (
    await sql<{ dutyId: string; backupId: string }>`select duty_id, backup_id from rota_day
      where district_id = ${districtId} and day = ${day}`.execute(tx)
  ).rows[0];

/** Streets of districts that have a centre, and where their stations are. */
export const placesOf = async (tx: Tx, districtId?: string) => {
  const { rows: districts } = await sql<{ id: string; name: string; centreName: string | null; path: string }>`
    select d.id, d.name, d.centre_name, d.path from division d where d.tier = 'district' and d.valid_to is null
      and (${districtId ?? null}::uuid is null or d.id = ${districtId ?? null}::uuid)
      and exists (select 1 from role_assignment r where r.district_id = d.id and r.role = 'centre' and ${held})
    order by d.code, d.id`.execute(tx);
  const { rows: streets } = await sql<{ id: string; name: string; path: string; districtId: string }>`
    select s.id, s.name, s.path, d.id as district_id from division s join division d on d.tier = 'district' and starts_with(s.path, d.path)
    where s.tier = 'street' and s.valid_to is null and d.id = any(${districts.map((d) => d.id)}::uuid[]) order by s.code, s.id`.execute(tx);
  const { rows: stations } = await sql<{
    id: string;
    tier: string;
    divisionId: string;
    divisionPath: string;
    districtId: string;
    name: string;
    phone: string | null;
  }>`
    select s.id, s.tier, s.division_id, d.path as division_path, s.district_id, s.name, s.phone from station s join division d on d.id = s.division_id
    where s.district_id = any(${districts.map((d) => d.id)}::uuid[]) and s.stage in ('opened', 'running', 'standard') order by s.id`.execute(
    tx,
  );
  return { districts, streets, stations };
};
