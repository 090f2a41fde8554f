import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { contentReach } from '@jieyou/core/support/policy.ts';
import { volunteerReach, volunteerTaskReach } from '@jieyou/core/volunteers/policy.ts';
import { type RawBuilder, sql } from 'kysely';
import { appealInReach } from '../appeals/index.ts';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';
import { referralInReach } from '../resources/index.ts';
import { volunteerIndexes } from '../volunteers/index.ts';

/** Kinds whose words stand in registers of some thousands of rows: each row is compared as its room's list shows it, without an index. */
export type RegisterKind = 'volunteer' | 'task' | 'appeal' | 'call' | 'ticket' | 'referral' | 'partner' | 'resource' | 'file' | 'report';

/** The day of what has none, as the database keeps it for the order. */
export const NO_DAY = '1900-01-01';

type Source = (actor: Actor, caseId: string | undefined) => RawBuilder<unknown>;
const localDay = (column: string): RawBuilder<unknown> => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date`;

/**
 * Content beside the row of a register, looked up for that row and no other. Planned as a join, the policy of the content was asked about all
 * rows of the district for each row of the register.
 */
const byItsId = (content: RawBuilder<unknown>): RawBuilder<unknown> => sql`left join lateral (${content} offset 0) as c on true`;

/**
 * Rows of a register with the words by which they are found. Each statement runs under the policies of its tables, and says besides who
 * reaches the list. What is enciphered is in none of them: what residents and callers said is found by number and by phone, and not by words.
 */
const SOURCES: Readonly<Record<RegisterKind, Source>> = {
  // Who sees names only is not given the content by row-level security.
  volunteer: (actor) => sql`select v.id, v.since as on_day, null::uuid as case_id, v.id as under, null::uuid as by_id, v.status as what,
      concat_ws(chr(10), v.team, c.expertise, c.notes) as told, v.name_masked as number, s.name as whose
    from volunteer v join station s on s.id = v.station_id
      ${byItsId(sql`select c.expertise, c.notes from volunteer_content c where c.district_id = v.district_id and c.id = v.id`)}
    where v.district_id = ${actor.districtId} and v.erased_at is null and ${reachSql(actor, volunteerReach, 'v')}`,
  // What was told of a task stands beside it; whom it is for is found under its own kind.
  task: (
    actor,
  ) => sql`select k.id, ${localDay('k.starts_at')} as on_day, null::uuid as case_id, k.id as under, k.lead_id as by_id, k.status as what,
      concat_ws(chr(10), k.title, k.place, c.says, c.summary) as told, k.title as number, s.name as whose
    from volunteer_task k join station s on s.id = k.station_id
      ${byItsId(sql`select c.says, c.summary from volunteer_task_content c where c.district_id = k.district_id and c.id = k.id`)}
    where k.district_id = ${actor.districtId} and ${reachSql(actor, volunteerTaskReach, 'k')}`,
  // What 12345 asked is enciphered: found by its number there.
  ticket: (actor) => sql`select k.id, ${localDay('k.received_at')} as on_day, null::uuid as case_id, k.id as under, k.holder_id as by_id,
      k.status as what, k.external_no as told, k.external_no as number, k.source as whose
    from ticket k where k.district_id = ${actor.districtId}`,
  appeal: (
    actor,
  ) => sql`select a.id, ${localDay('a.asked_at')} as on_day, null::uuid as case_id, a.id as under, a.taker_id as by_id, a.status as what,
      concat_ws(chr(10), a.number, a.call_number) as told, a.number, coalesce(s.name, '支援中心') as whose
    from appeal a left join station s on s.id = a.station_id
    where a.district_id = ${actor.districtId} and ${appealInReach(actor, 'a')}`,
  call: (
    actor,
  ) => sql`select c.id, ${localDay('c.started_at')} as on_day, null::uuid as case_id, c.id as under, c.taker_id as by_id, c.status as what,
      concat_ws(chr(10), c.number, a.number) as told, c.number, '' as whose
    from hotline_call c left join appeal a on a.district_id = c.district_id and a.id = c.appeal_id
    where c.district_id = ${actor.districtId}`,
  referral: (actor) => sql`select f.id, f.sent_on as on_day, null::uuid as case_id, f.id as under, f.asker_id as by_id, f.status as what,
      concat_ws(chr(10), f.number, f.request_number, p.name, c.reason, search_strings(c.parts), c.answer, c.result) as told, f.number, p.name as whose
    from partner_referral f join partner p on p.id = f.partner_id
      ${byItsId(sql`select c.reason, c.parts, c.answer, c.result from partner_referral_content c where c.district_id = f.district_id and c.id = f.id`)}
    where f.district_id = ${actor.districtId} and ${referralInReach(actor)}`,
  partner: (actor) => sql`select p.id, ${NO_DAY}::date as on_day, null::uuid as case_id, p.id as under, null::uuid as by_id, p.type as what,
      concat_ws(chr(10), p.name, p.offers) as told, p.name as number, p.offers as whose
    from partner p where p.district_id = ${actor.districtId}`,
  resource: (actor) => sql`select r.id, r.valid_from as on_day, null::uuid as case_id, r.id as under, null::uuid as by_id, r.kind as what,
      concat_ws(chr(10), r.name, r.summary, r.audience, r.conditions, array_to_string(r.materials, chr(10)), r.authority) as told,
      r.name as number, r.authority as whose
    from resource r where r.district_id = ${actor.districtId}`,
  // Of a case that the person reaches, or of a request whose content is read. An expert has files from a packet, and not their names.
  file: (
    actor,
    caseId,
  ) => sql`select x.id, ${localDay('x.added_at')} as on_day, null::uuid as case_id, x.under, x.added_by as by_id, x.what,
      x.name as told, x.name as number, x.whose
    from (
      select a.id, a.added_at, a.added_by, a.name, a.case_id as under, 'case' as what, f.number as whose
      from attachment a join case_file f on f.district_id = a.district_id and f.id = a.case_id
      where a.district_id = ${actor.districtId} and a.case_id = any((select app_ids('searched'))::uuid[]) and a.removed_at is null
      union all
      select a.id, a.added_at, a.added_by, a.name, a.request_id, 'request', coalesce(q.archive_no, q.receipt_no, '草稿')
      from attachment a join support_request q on q.district_id = a.district_id and q.id = a.request_id
      where a.district_id = ${actor.districtId} and a.removed_at is null and ${reachSql(actor, contentReach, 'q')}
        and ${caseId === undefined ? sql`true` : sql`q.case_id = ${caseId}`}) as x`,
  // Of those that the person keeps as head or supervisor, and of no others: whom a hit names as a reader must not tell who reported.
  report: (
    actor,
  ) => sql`select m.id, ${localDay('m.registered_at')} as on_day, null::uuid as case_id, m.id as under, null::uuid as by_id, m.status as what,
      concat_ws(chr(10), m.number, c.place, c.seen, c.child, (select string_agg(e.says, chr(10) order by e.id) from report_entry e
        where e.district_id = m.district_id and e.report_id = m.id)) as told, m.number, coalesce(s.name, '') as whose
    from mandatory_report m join report_content c on c.district_id = m.district_id and c.id = m.id left join station s on s.id = m.station_id
    where m.district_id = ${actor.districtId} and (m.station_id = any(${[...scopeOf(actor, 'head', 'station')]}::uuid[])
      or m.supervisor_id = any(${[...scopeOf(actor, 'supervisor', 'self')]}::uuid[]))`,
};

/** The rows of a register, for a statement that compares their words. */
export const registerOf = (kind: RegisterKind, actor: Actor, caseId: string | undefined): RawBuilder<unknown> =>
  SOURCES[kind](actor, caseId);

/** Whether rows of a kind come from a register. */
export const isRegister = (kind: string): kind is RegisterKind => Object.hasOwn(SOURCES, kind);

export type Identified = {
  readonly id: string;
  readonly name: string;
  readonly what: string;
  readonly where: string;
  readonly on: string;
};

/** Somebody's whole name, number or phone, through the blind index of each room and in no other way. */
export const identified = async (
  tx: Tx,
  actor: Actor,
  crypto: CryptoProvider,
  kind: 'volunteer' | 'appeal' | 'call',
  typed: string,
  phone: string,
  most: number,
): Promise<Identified[]> => {
  const source = SOURCES[kind](actor, undefined);
  const index = volunteerIndexes(crypto, typed);
  const ids =
    kind === 'volunteer'
      ? sql`select c.id from volunteer_content c where c.district_id = ${actor.districtId}
          and (c.name_index = ${index.name} or c.id_number_index = ${index.idNumber} or c.phone_index = ${index.phone})`
      : kind === 'appeal'
        ? sql`select c.id from appeal_content c where c.district_id = ${actor.districtId} and c.phone_index = ${phone}`
        : sql`select c.id from hotline_call_content c where c.district_id = ${actor.districtId}
            and (c.caller_phone_index = ${phone} or c.person_phone_index = ${phone})`;
  const { rows } = await sql<Identified>`select s.id, s.number as name, s.what, s.whose as where, s.on_day as on
    from (${source}) as s where s.id in (${ids}) order by s.on_day desc, s.id desc limit ${sql.lit(most)}`.execute(tx);
  return rows;
};
