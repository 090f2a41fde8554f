import type { ContactKind, ContactSource, ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import { sql } from 'kysely';
import { hot, type Tx } from '../platform/db/database.ts';

/** Where an act is counted. */
export type ContactPlace = { readonly stationId: string; readonly organisationId: string | null; readonly divisionPath: string };

/** An act of service as it is kept. */
export type ContactColumns = ContactPlace & {
  readonly id: string;
  readonly sourceKind: ContactSource;
  readonly sourceId: string;
  readonly kind: ContactKind;
  readonly domain: ServiceDomain;
  readonly happenedOn: string;
  readonly minutes: number | null;
  readonly people: number;
  readonly who: readonly string[];
  readonly workerId: string;
  readonly caseId: string | null;
  readonly recipientId: string | null;
  readonly groupId: string | null;
  readonly activityId: string | null;
  readonly writtenAt: string;
};

/** Writes the row of an act, or replaces the one that it has; what was there before stays in the row's history. */
export const putContact = async (tx: Tx, districtId: string, c: ContactColumns): Promise<void> => {
  await hot(
    tx,
  )`insert into service_contact (district_id, id, source_kind, source_id, kind, domain, happened_on, minutes, people, who, worker_id,
      station_id, organisation_id, division_path, case_id, recipient_id, group_id, activity_id, written_at)
    values (${districtId}, ${c.id}, ${c.sourceKind}, ${c.sourceId}, ${c.kind}, ${c.domain}, ${c.happenedOn}, ${c.minutes}, ${c.people},
      ${[...c.who]}::uuid[], ${c.workerId}, ${c.stationId}, ${c.organisationId}, ${c.divisionPath}, ${c.caseId}, ${c.recipientId}, ${c.groupId},
      ${c.activityId}, ${c.writtenAt})
    on conflict (district_id, source_kind, source_id) do update set kind = excluded.kind, domain = excluded.domain,
      happened_on = excluded.happened_on, minutes = excluded.minutes, people = excluded.people, who = excluded.who,
      case_id = excluded.case_id, recipient_id = excluded.recipient_id, group_id = excluded.group_id, activity_id = excluded.activity_id,
      written_at = excluded.written_at, version = service_contact.version + 1
    where (service_contact.kind, service_contact.domain, service_contact.happened_on, service_contact.minutes, service_contact.people,
        service_contact.who, service_contact.case_id, service_contact.recipient_id)
      is distinct from (excluded.kind, excluded.domain, excluded.happened_on, excluded.minutes, excluded.people, excluded.who,
        excluded.case_id, excluded.recipient_id)`;
};

/** Takes the row of an act away; its history stays. */
export const dropContact = async (tx: Tx, districtId: string, sourceKind: ContactSource, sourceId: string): Promise<boolean> => {
  const { rows } = await sql`delete from service_contact
    where district_id = ${districtId} and source_kind = ${sourceKind} and source_id = ${sourceId} returning id`.execute(tx);
  return rows.length > 0;
};

/** Where a station's acts are counted. */
export const placeOfStation = async (tx: Tx, stationId: string): Promise<ContactPlace | undefined> => {
  const { rows } = await sql<ContactPlace>`
    select s.id as station_id, s.operator_id as organisation_id, d.path as division_path
    from station s join division d on d.id = s.division_id where s.id = ${stationId}`.execute(tx);
  return rows[0];
};

/** Acts that a ledger tells of, many at once. Says which are new: what is there under the same source is left as it is. */
export const putTold = async (tx: Tx, districtId: string, acts: readonly ContactColumns[]): Promise<Set<string>> => {
  if (acts.length === 0) return new Set();
  const { rows } = await sql<{ sourceId: string }>`
    insert into service_contact (district_id, id, source_kind, source_id, kind, domain, happened_on, minutes, people, who, worker_id,
      station_id, organisation_id, division_path, recipient_id, written_at)
    select ${districtId}, c.id, c.source_kind, c.source_id, c.kind, c.domain, c.happened_on, c.minutes, c.people,
      case when c.recipient_id is null then '{}'::uuid[] else array[c.recipient_id] end, c.worker_id, c.station_id, c.organisation_id, c.division_path,
      c.recipient_id, c.written_at
    from jsonb_to_recordset(${JSON.stringify(acts.map(told))}::jsonb) as c(id uuid, source_kind text, source_id uuid, kind text, domain text, happened_on date,
      minutes int, people int, worker_id uuid, station_id uuid, organisation_id uuid, division_path text, recipient_id uuid, written_at timestamptz)
    on conflict (district_id, source_kind, source_id) do nothing returning source_id`.execute(tx);
  return new Set(rows.map((r) => r.sourceId));
};

const told = (c: ContactColumns) => ({
  id: c.id,
  source_kind: c.sourceKind,
  source_id: c.sourceId,
  kind: c.kind,
  domain: c.domain,
  happened_on: c.happenedOn,
  minutes: c.minutes,
  people: c.people,
  worker_id: c.workerId,
  station_id: c.stationId,
  organisation_id: c.organisationId,
  division_path: c.divisionPath,
  recipient_id: c.recipientId,
  written_at: c.writtenAt,
});

/** Which of these sources have their act already. */
export const toldBefore = async (
  tx: Tx,
  districtId: string,
  sourceKind: ContactSource,
  sourceIds: readonly string[],
): Promise<Set<string>> => {
  const { rows } = await sql<{ sourceId: string }>`select source_id from service_contact
    where district_id = ${districtId} and source_kind = ${sourceKind} and source_id = any(${[...sourceIds]}::uuid[])`.execute(tx);
  return new Set(rows.map((r) => r.sourceId));
};

/** Which of these acts look told already by the act itself: the same worker, day and person. By place in the list. */
export const countedAlready = async (
  tx: Tx,
  districtId: string,
  acts: readonly { readonly workerId: string; readonly happenedOn: string; readonly recipientId: string | null }[],
): Promise<Set<number>> => {
  const { rows } = await sql<{ n: number }>`
    select distinct u.n::int as n from unnest(${acts.map((a) => a.workerId)}::uuid[], ${acts.map((a) => a.happenedOn)}::date[],
        ${acts.map((a) => a.recipientId)}::uuid[]) with ordinality as u(worker, day, recipient, n)
      join service_contact c on c.district_id = ${districtId} and c.worker_id = u.worker and c.happened_on = u.day and c.recipient_id = u.recipient
        and c.source_kind <> 'import'`.execute(tx);
  return new Set(rows.map((r) => r.n - 1));
};

/** Takes acts away that a ledger told of; their history stays. */
export const dropTold = async (tx: Tx, districtId: string, ids: readonly string[]): Promise<number> => {
  const { rows } = await sql<{ id: string }>`delete from service_contact
    where district_id = ${districtId} and source_kind = 'import' and id = any(${[...ids]}::uuid[]) returning id`.execute(tx);
  return rows.length;
};
