import type { Actor } from '@jieyou/core/identity/schema.ts';
import { archiveReach, rightReach } from '@jieyou/core/privacy/policy.ts';
import type { AskerKind, HoldGround, IdentityProof, ListStatus, RightKind, RightStatus } from '@jieyou/core/privacy/schema.ts';
import { day } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

/** A request with its content as it is kept. */
export type RightKept = {
  readonly id: string;
  readonly receiptNo: string;
  readonly kind: RightKind;
  readonly askerKind: AskerKind;
  readonly status: RightStatus;
  readonly stationId: string;
  readonly stationName: string;
  readonly subjectMasked: string;
  readonly recipientIds: string[];
  readonly receivedBy: string;
  readonly receivedByName: string;
  readonly receivedAt: string;
  readonly dueOn: string;
  readonly checkedAt: string | null;
  readonly preparedBy: string | null;
  readonly preparedByName: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: string | null;
  readonly version: number;
  readonly personsCt: string;
  readonly wish: string;
  readonly checked: IdentityProof[];
  readonly checkNote: string | null;
  readonly withheldCt: string | null;
  readonly attachmentIds: string[];
  readonly answer: string | null;
  readonly reason: string | null;
  readonly route: string | null;
  readonly centreName: string | null;
};

/** A request in the person's reach, with its content. */
export const rightById = async (tx: Tx, actor: Actor, id: string): Promise<RightKept | undefined> =>
  (
    await sql<RightKept>`
      select p.id, p.receipt_no, p.kind, p.asker_kind, p.status, p.station_id, s.name as station_name, p.subject_masked, p.recipient_ids,
        p.received_by, r.name as received_by_name, p.received_at, p.due_on, p.checked_at, p.prepared_by, pr.name as prepared_by_name,
        de.name as decided_by_name, p.decided_at, p.version, c.persons_ct, c.wish, c.checked, c.check_note, c.withheld_ct,
        c.attachment_ids, c.answer, c.reason, c.route, d.centre_name
      from privacy_request p join privacy_request_content c on c.district_id = p.district_id and c.id = p.id
        join station s on s.id = p.station_id join person r on r.id = p.received_by join division d on d.id = p.district_id
        left join person pr on pr.id = p.prepared_by left join person de on de.id = p.decided_by
      where p.district_id = ${actor.districtId} and p.id = ${id} and ${reachSql(actor, rightReach, 'p')}`.execute(tx)
  ).rows[0];

/** Recipients of the district who are this person. */
export const recipientsWhoAre = async (tx: Tx, name: string, idNumber: string | null, phone: string | null): Promise<string[]> =>
  (await sql<{ ids: string[] }>`select recipients_who_are(${name}, ${idNumber}, ${phone}) as ids`.execute(tx)).rows[0]?.ids ?? [];

/** The district's own station, where a request that the centre received is kept. */
export const districtStation = async (tx: Tx, districtId: string): Promise<string | undefined> =>
  (
    await sql<{ id: string }>`select id from station where district_id = ${districtId}
      order by array_position(array['district-station', 'city-centre', 'street-station', 'community-room'], tier), id limit 1`.execute(tx)
  ).rows[0]?.id;

export const insertRight = async (
  tx: Tx,
  register: {
    districtId: string;
    id: string;
    receiptNo: string;
    kind: string;
    askerKind: string;
    status: string;
    stationId: string;
    subjectMasked: string;
    recipientIds: string[];
    receivedBy: string;
    receivedAt: string;
    dueOn: string;
    packVersion: string;
  },
  content: { personsCt: string; wish: string },
): Promise<void> => {
  await tx.insertInto('privacyRequest').values(register).execute();
  await tx
    .insertInto('privacyRequestContent')
    .values({ districtId: register.districtId, id: register.id, ...content })
    .execute();
};

type RegisterChange = {
  status?: RightStatus;
  checkedBy?: string;
  checkedAt?: string;
  preparedBy?: string;
  decidedBy?: string;
  decidedAt?: string;
};
type ContentChange = {
  checked?: string[];
  checkNote?: string | null;
  withheldCt?: string | null;
  attachmentIds?: string[];
  answer?: string | null;
  reason?: string | null;
  route?: string | null;
};

/** Moves a request on from the state and version that were seen; undefined when somebody was faster. */
export const moveRight = async (
  tx: Tx,
  districtId: string,
  of: { readonly id: string; readonly status: string },
  version: number,
  register: RegisterChange,
  content: ContentChange = {},
): Promise<number | undefined> => {
  const row = await tx
    .updateTable('privacyRequest')
    .set({ ...register, version: version + 1 })
    .where('districtId', '=', districtId)
    .where('id', '=', of.id)
    .where('version', '=', version)
    .where('status', '=', of.status)
    .returning('version')
    .executeTakeFirst();
  if (row !== undefined && Object.keys(content).length > 0)
    await tx.updateTable('privacyRequestContent').set(content).where('districtId', '=', districtId).where('id', '=', of.id).execute();
  return row?.version;
};

/** A case of the person by its facts; no content. */
export type CaseKept = {
  readonly id: string;
  readonly number: string;
  readonly stationId: string;
  readonly stationName: string;
  readonly workerId: string;
  readonly status: string;
  readonly lastOn: string;
  readonly birthOn: string | null;
  readonly judicial: boolean;
  readonly holds: HoldGround[];
  readonly extendedUntil: string | null;
  readonly running: number;
  readonly stopped: boolean;
};
/** The facts by which deletion is judged. */
export const closedFacts = (c: CaseKept) => ({
  closedOn: c.status === 'closed' ? day(c.lastOn) : null,
  birthOn: c.birthOn === null ? null : day(c.birthOn),
  judicial: c.judicial,
  extendedUntil: c.extendedUntil === null ? null : day(c.extendedUntil),
  holds: c.holds,
});

export const casesOfRight = async (tx: Tx, requestId: string): Promise<CaseKept[]> =>
  (await sql<CaseKept>`select * from cases_of_privacy_request(${requestId})`.execute(tx)).rows;

/** One row that is kept of the person, under the names of the database. */
export type PersonalRow = { readonly tableName: string; readonly rowId: string; readonly one: Readonly<Record<string, unknown>> };
export const personalRows = async (tx: Tx, requestId: string): Promise<PersonalRow[]> =>
  (
    await sql<PersonalRow>`select table_name, row_id, one::text as one from personal_rows(${requestId}) order by depth, table_name, row_id`.execute(
      tx,
    )
  ).rows.map((r) => ({ ...r, one: JSON.parse(r.one as unknown as string) as Record<string, unknown> }));

export const stopProcessing = async (
  tx: Tx,
  stopId: string,
  requestId: string,
  caseId: string,
  grounds: readonly string[],
): Promise<boolean> =>
  (await sql<{ done: boolean }>`select stop_processing(${stopId}, ${requestId}, ${caseId}, ${[...grounds]}::text[]) as done`.execute(tx))
    .rows[0]?.done === true;

export const withdrawConsents = async (tx: Tx, requestId: string): Promise<number> =>
  (await sql<{ n: number }>`select withdraw_consents_of(${requestId}) as n`.execute(tx)).rows[0]?.n ?? 0;

export type StopRow = { readonly caseNumber: string; readonly grounds: string[]; readonly since: string };
export const stopsOf = (tx: Tx, districtId: string, requestId: string): Promise<StopRow[]> =>
  tx
    .selectFrom('processingStop')
    .select(['caseNumber', 'grounds', 'since'])
    .where('districtId', '=', districtId)
    .where('requestId', '=', requestId)
    .orderBy('caseNumber')
    .execute();

/** People who hold a role at a station, or in the district, today. */
export const peopleIn = async (tx: Tx, districtId: string, role: 'centre' | 'head', stationId: string | null): Promise<string[]> =>
  (
    await sql<{ personId: string }>`select distinct person_id from role_assignment where district_id = ${districtId} and role = ${role}
      and valid_from <= app_today() and (valid_to is null or valid_to >= app_today())
      and (${stationId}::uuid is null or station_id = ${stationId}::uuid)`.execute(tx)
  ).rows.map((r) => r.personId);

// ── Retention ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A closed case of one's own stations by the facts of its term. */
export type ClosedKept = {
  readonly id: string;
  readonly number: string;
  readonly stationId: string;
  readonly lastOn: string;
  readonly birthOn: string | null;
  readonly judicial: boolean;
  readonly holds: HoldGround[];
  readonly extendedUntil: string | null;
  readonly onList: string | null;
};
const liveMark = (kind: string) =>
  sql`select 1 from retention_mark m where m.district_id = f.district_id and m.case_id = f.id and m.kind = ${kind} and m.lifted_at is null`;
/** Columns of {@link ClosedKept}, of `case_file f join recipient r`. */
export const closedColumns = sql`f.id, f.number, f.station_id, coalesce(f.closed_on, (f.updated_at at time zone 'Asia/Shanghai')::date) as last_on, r.birth_on,
  exists (${liveMark('judicial')}) as judicial,
  live_holds(f.district_id, f.id) as holds,
  (select max(m.until) from retention_mark m where m.district_id = f.district_id and m.case_id = f.id and m.kind = 'extension'
    and m.lifted_at is null) as extended_until,
  (select l.number from destruction_item i join destruction_list l on l.district_id = i.district_id and l.id = i.list_id
    where i.district_id = f.district_id and i.case_id = f.id and l.status in ('appraised', 'approved') limit 1) as on_list`;

/** Closed cases by id, in one's own stations. */
export const closedByIds = async (tx: Tx, actor: Actor, ids: readonly string[]): Promise<ClosedKept[]> =>
  (
    await sql<ClosedKept>`select ${closedColumns} from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
      where f.district_id = ${actor.districtId} and f.id = any(${[...ids]}::uuid[]) and f.status = 'closed'
        and f.station_id = any((select app_ids('head_stations'))::uuid[])`.execute(tx)
  ).rows;

/** The station of a case that one keeps as its head. */
export const keptStation = async (tx: Tx, actor: Actor, caseId: string): Promise<string | undefined> =>
  (
    await sql<{ stationId: string }>`select f.station_id from case_file f where f.district_id = ${actor.districtId} and f.id = ${caseId}
      and f.station_id = any((select app_ids('head_stations'))::uuid[])`.execute(tx)
  ).rows[0]?.stationId;

/** A list as commands look at it. */
export type ListKept = {
  readonly id: string;
  readonly number: string;
  readonly status: ListStatus;
  readonly appraisedBy: string;
  readonly version: number;
};
export const listById = async (tx: Tx, actor: Actor, id: string): Promise<ListKept | undefined> =>
  (
    await sql<ListKept>`select l.id, l.number, l.status, l.appraised_by, l.version from destruction_list l
      where l.district_id = ${actor.districtId} and l.id = ${id} and ${reachSql(actor, archiveReach, 'l')}`.execute(tx)
  ).rows[0];
