import { caseReach, registerReach } from '@jieyou/core/cases/policy.ts';
import { type FieldChanged, fieldHeldOn } from '@jieyou/core/cases/rules.ts';
import type { NoteParts, ReceiverKind } from '@jieyou/core/cases/schema.ts';
import type { CaseStage, ClosingKind, HandedClass, NoteKind } from '@jieyou/core/cases/stageSchema.ts';
import type { WorkOutcome, WorkPlace } from '@jieyou/core/cases/work.ts';
import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type Insertable, type RawBuilder, sql } from 'kysely';
import { atOnce, hot, type Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import { reachSql } from '../platform/http/scope.ts';
import type { RecipientCiphertexts, SealedRecipient } from './recipient.ts';

/** Those who work on a case; whoever only heads the station reads. */
const writeReach = caseReach.filter((line) => line.role === 'worker');

const currentCircle = (persons: readonly string[]): RawBuilder<unknown> => sql`
  select c.case_id from case_circle c
  where c.person_id = any(${[...persons]}::uuid[]) and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today())`;

/** The condition under which a case is in the person's reach. */
export const caseInReach = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, caseReach, alias, currentCircle);

/** The condition under which the person works on a case and may change it. */
export const caseInHand = (actor: Actor, alias: string): RawBuilder<boolean> => reachSql(actor, writeReach, alias, currentCircle);

/** The condition under which somebody without a case is reached: by the register of a station. */
export const registerInReach = (actor: Actor, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(`${alias}.on_register`)} and ${sql.ref(`${alias}.merged_into`)} is null and ${reachSql(actor, registerReach, alias)})`;

/** Those who work with people of a register: the worker who is named there. */
export const registerInHand = (actor: Actor, alias: string): RawBuilder<boolean> =>
  sql<boolean>`(${sql.ref(`${alias}.on_register`)} and ${reachSql(
    actor,
    registerReach.filter((line) => line.role === 'worker'),
    alias,
  )})`;

/** Cases on which the person works along today, as ids: with a plain list the lists by worker stay on their index. */
export const circleOf = async (tx: Tx, actor: Actor): Promise<string[]> => {
  const persons = scopeOf(actor, 'worker', 'circle');
  if (persons.length === 0) return [];
  return (await atOnce(tx, sql<{ caseId: string }>`${currentCircle(persons)}`)).map((r) => r.caseId);
};

/** The condition of {@link caseInReach} for lists, with the circle already looked up. */
export const listedCase = (actor: Actor, alias: string, circle: readonly string[]): RawBuilder<boolean> =>
  reachSql(actor, caseReach, alias, () => (circle.length === 0 ? sql`null::uuid` : sql.join(circle.map((id) => sql`${id}::uuid`))));

/** As {@link listedCase}, with the circle looked up by the statement itself: once, and the worker's index still serves. */
export const soughtCase = (actor: Actor, alias: string): RawBuilder<boolean> => {
  const persons = scopeOf(actor, 'worker', 'circle');
  const own = reachSql(
    actor,
    caseReach.filter((line) => line.within !== 'circle'),
    alias,
  );
  return persons.length === 0 ? own : sql<boolean>`(${own} or ${sql.ref(`${alias}.id`)} = any(array(${currentCircle(persons)})))`;
};

/** A case as commands look at it. */
export type CaseFacts = {
  readonly id: string;
  readonly number: string;
  readonly status: string;
  readonly version: number;
  readonly recipientId: string;
  readonly workerId: string;
  readonly stationId: string;
  readonly organisationId: string | null;
  readonly divisionPath: string;
  readonly domain: string | null;
  readonly serviceDomain: ServiceDomain;
  /** Since when its field of service holds; null where it was never changed. */
  readonly fieldFrom: string | null;
  readonly openedOn: string;
  readonly helpFields: string[];
  readonly risk: string;
  readonly stage: CaseStage;
  readonly stageSince: string;
  readonly stageBefore: CaseStage | null;
  readonly lookAgainOn: string | null;
  readonly assessmentDueOn: string | null;
  readonly closingKind: ClosingKind | null;
  readonly workOutcome: WorkOutcome | null;
  readonly workOn: string | null;
  readonly workPlace: WorkPlace | null;
  readonly workSeenOn: string | null;
  readonly closedOn: string | null;
  readonly nextFollowUpOn: string | null;
  readonly archivedOn: string | null;
  readonly retentionClass: 'adult' | 'minor' | 'judicial' | null;
  readonly keepUntil: string | null;
  readonly withheld: HandedClass[];
  readonly withheldBefore: string | null;
  /** Whether the person works on it. */
  readonly inHand: boolean;
};

/** The moment before which a class of material stays closed to this person: to the one who took the case over without it. */
export const closedBefore = (
  actor: Actor,
  facts: Pick<CaseFacts, 'withheld' | 'withheldBefore' | 'workerId' | 'stationId'>,
  of: HandedClass,
): string | null =>
  facts.withheld.includes(of) &&
  scopeOf(actor, 'worker', 'self').includes(facts.workerId) &&
  !scopeOf(actor, 'head', 'station').includes(facts.stationId)
    ? facts.withheldBefore
    : null;

/**
 * As {@link closedBefore}, as a condition on rows of a class: `file` is the alias of the case, `written` and `author` the columns that say
 * when and by whom. What one wrote oneself stays open.
 */
export const handedOver = (actor: Actor, of: HandedClass, file: string, written: string, author: string): RawBuilder<boolean> => {
  const column = (name: string) => sql.ref(`${file}.${name}`);
  return sql`(not (${of} = any(${column('withheld')})) or ${sql.ref(written)} > ${column('withheld_before')} or ${sql.ref(author)} = ${actor.personId}
    or ${column('worker_id')} <> all(${[...scopeOf(actor, 'worker', 'self')]}::uuid[])
    or ${column('station_id')} = any(${[...scopeOf(actor, 'head', 'station')]}::uuid[]))`;
};

const STAGE_COLUMNS = sql`f.stage, coalesce(f.stage_since, f.updated_at) as stage_since, f.stage_before, f.look_again_on, f.assessment_due_on,
  f.closing_kind, f.closed_on, f.next_follow_up_on, f.archived_on, f.retention_class, f.keep_until, f.withheld, f.withheld_before,
  f.work_outcome, f.work_on, f.work_place, f.work_seen_on`;

const factsColumns = (actor: Actor) =>
  sql`f.id, f.number, f.status, f.version, f.recipient_id, f.worker_id, f.station_id, f.organisation_id, f.division_path,
    f.domain, f.service_domain, f.field_from, f.opened_on, f.help_fields, f.risk, ${STAGE_COLUMNS}, ${caseInHand(actor, 'f')} as in_hand, note_found('opened_case', f.id) as noted`;

/** A case in the person's reach; undefined for one that is missing or beyond it. */
export const caseById = async (tx: Tx, actor: Actor, id: string): Promise<CaseFacts | undefined> => {
  const [found] = await atOnce(
    tx,
    sql<CaseFacts>`select ${factsColumns(actor)} from case_file f
      where f.district_id = ${actor.districtId} and f.id = ${id} and ${caseInReach(actor, 'f')}`,
  );
  return found;
};

/** As {@link caseById}, with more columns from tables that are joined to it. What is asked after it in the same turn finds the case noted. */
export const caseWith = async <Row>(
  tx: Tx,
  actor: Actor,
  id: string,
  more: { readonly columns: RawBuilder<unknown>; readonly joined: RawBuilder<unknown> },
): Promise<(CaseFacts & Row) | undefined> => {
  const [found] = await atOnce(
    tx,
    sql<CaseFacts & Row>`select ${factsColumns(actor)}, ${more.columns} from case_file f ${more.joined}
      where f.district_id = ${actor.districtId} and f.id = ${id} and ${caseInReach(actor, 'f')}`,
  );
  return found;
};

/** A person of whom the asker reaches a case, as the row that stands, with the number of an open case in reach; undefined beyond reach. */
export const personForCase = async (
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ id: string; openNumber: string | null; still: boolean } | undefined> => {
  const { rows } = await sql<{ id: string; openNumber: string | null; still: boolean }>`
    select r.id, (select f.number from case_file f where f.district_id = r.district_id and f.recipient_id = r.id and f.status <> 'closed'
      and ${caseInReach(actor, 'f')} order by f.id desc limit 1) as open_number, r.stopped_at is not null as still
    from recipient x join recipient r on r.district_id = x.district_id and r.id = coalesce(x.merged_into, x.id)
    where x.district_id = ${actor.districtId} and x.id = ${id}
      and (exists (select 1 from case_file f where f.district_id = r.district_id and f.recipient_id = r.id and ${caseInReach(actor, 'f')})
        or ${registerInReach(actor, 'r')})`.execute(tx);
  return rows[0];
};

/** How and when one may make contact, where it is not safe. */
export const safeContactOf = async (tx: Tx, districtId: string, recipientId: string): Promise<{ how: string; times: string } | null> =>
  (
    await hot<{ how: string; times: string }>(tx)`select c.how, c.times from recipient_contact c
      where c.district_id = ${districtId} and c.recipient_id = ${recipientId} and c.ended_at is null order by c.id desc limit 1`
  )[0] ?? null;

/** Where a case of a station is kept and counted. */
export type StationPlace = { readonly path: string; readonly operatorId: string | null; readonly tier: string; readonly code: string };

/** The station's division, operator, and the code of its street (of its district, where it stands in none). */
export const stationPlace = async (tx: Tx, stationId: string): Promise<StationPlace | undefined> => {
  const { rows } = await sql<StationPlace>`
    select d.path, s.operator_id, up.tier, up.code
    from station s
    join division d on d.id = s.division_id
    join division up on starts_with(d.path, up.path) and up.tier in ('street', 'district') and up.code is not null
    where s.id = ${stationId}
    order by length(up.path) desc limit 1`.execute(tx);
  return rows[0];
};

type CaseColumns = {
  readonly domain: string | null;
  readonly serviceDomain: ServiceDomain;
  readonly helpFields: string[];
  readonly risk: string;
};
type ContentColumns = { readonly household: string; readonly aliases: string[]; readonly school: string | null; readonly summary: string };

/** Writes a new case: recipient, register and content. */
export const insertCase = async (
  tx: Tx,
  districtId: string,
  one: {
    id: string;
    number: string;
    recipientId: string;
    workerId: string;
    stationId: string;
    organisationId: string | null;
    divisionPath: string;
    openedOn: string;
    at: string;
  },
  /** Null where the case is of a person who has a row already. */
  recipient: SealedRecipient | null,
  register: CaseColumns,
  content: ContentColumns,
): Promise<void> => {
  if (recipient !== null)
    await tx
      .insertInto('recipient')
      .values({ districtId, id: one.recipientId, stationId: one.stationId, workerId: one.workerId, ...recipient })
      .execute();
  await tx
    .insertInto('caseFile')
    .values({
      districtId,
      id: one.id,
      number: one.number,
      status: 'open',
      recipientId: one.recipientId,
      workerId: one.workerId,
      stationId: one.stationId,
      organisationId: one.organisationId,
      divisionPath: one.divisionPath,
      openedOn: one.openedOn,
      updatedAt: one.at,
      ...register,
    })
    .execute();
  await tx
    .insertInto('caseContent')
    .values({ districtId, id: one.id, ...content })
    .execute();
};

/** Moves a case on from the version that the editor saw; undefined when somebody was faster. */
export const updateRegister = async (
  tx: Tx,
  districtId: string,
  id: string,
  version: number,
  at: string,
  change: Partial<CaseColumns> & { readonly fieldFrom?: string },
): Promise<number | undefined> => {
  const row = await tx
    .updateTable('caseFile')
    .set({ ...change, updatedAt: at, version: version + 1 })
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .where('version', '=', version)
    .where('status', '=', 'open')
    .returning('version')
    .executeTakeFirst();
  return row?.version;
};

export const updateContent = async (tx: Tx, districtId: string, id: string, change: Partial<ContentColumns>): Promise<void> => {
  if (Object.keys(change).length === 0) return;
  await tx.updateTable('caseContent').set(change).where('districtId', '=', districtId).where('id', '=', id).execute();
};

/** Changes a person in the version that was seen; answers the new one, undefined where somebody was faster. */
export const updateRecipient = async (
  tx: Tx,
  districtId: string,
  id: string,
  seen: number,
  sealed: SealedRecipient,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('recipient')
      .set({ ...sealed, version: seen + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('version', '=', seen)
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** Keeps a name that somebody had before; one that is kept already stays as it is. */
export const keepFormerName = async (tx: Tx, row: Insertable<DB['recipientFormerName']>): Promise<void> => {
  const known = await tx
    .selectFrom('recipientFormerName')
    .select('id')
    .where('districtId', '=', row.districtId)
    .where('recipientId', '=', row.recipientId)
    .where('nameIndex', '=', row.nameIndex)
    .executeTakeFirst();
  if (known === undefined) await tx.insertInto('recipientFormerName').values(row).execute();
};

/** A recipient as it is stored. */
export type RecipientRow = RecipientCiphertexts & {
  readonly id: string;
  readonly gender: string;
  readonly birthOn: string | null;
  readonly nameMasked: string;
  readonly idNumberMasked: string | null;
  readonly phoneMasked: string | null;
  readonly addressMasked: string | null;
  readonly version: number;
};

export const recipientById = async (tx: Tx, districtId: string, id: string): Promise<RecipientRow> => {
  const [row] = await hot<RecipientRow>(
    tx,
  )`select r.id, r.gender, r.birth_on, r.name_masked, r.id_number_masked, r.phone_masked, r.address_masked,
    r.name_ct, r.id_number_ct, r.phone_ct, r.address_ct, r.version from recipient r where r.district_id = ${districtId} and r.id = ${id}`;
  if (row === undefined) throw new Error('a case without its recipient');
  return row;
};

export const contentById = async (tx: Tx, districtId: string, id: string): Promise<ContentColumns> => {
  const [row] = await hot<ContentColumns>(tx)`select t.household, t.aliases, t.school, t.summary from case_content t
    where t.district_id = ${districtId} and t.id = ${id}`;
  if (row === undefined) throw new Error('a case without its content');
  return row;
};

/** Tells that something was added to a case, without making the forms of others stale. */
export const touchCase = async (tx: Tx, districtId: string, id: string, at: string): Promise<void> => {
  await hot(tx)`update case_file set updated_at = ${at} where district_id = ${districtId} and id = ${id}`;
};

/** Raises the risk of a case to what was found; it is lowered by hand only. */
export const raiseRisk = async (tx: Tx, districtId: string, id: string, risk: string, at: string): Promise<void> => {
  await hot(tx)`update case_file set risk = ${risk}, updated_at = ${at} where district_id = ${districtId} and id = ${id}
    and array_position(array['low', 'medium', 'high', 'extreme'], risk) < array_position(array['low', 'medium', 'high', 'extreme'], ${risk}::text)`;
};

/** Keeps a change of the field of service of the case that was opened, and counts what was served since in the new one. */
export const insertFieldChange = async (tx: Tx, row: Insertable<DB['caseFieldChange']>): Promise<void> => {
  await tx.insertInto('caseFieldChange').values(row).execute();
  await sql`select recount_opened_case()`.execute(tx);
};

/** The field of service in which what is done for a case on a day counts. */
export const fieldOn = async (
  tx: Tx,
  districtId: string,
  of: Pick<CaseFacts, 'id' | 'serviceDomain' | 'fieldFrom'>,
  on: string,
): Promise<ServiceDomain> => {
  if (of.fieldFrom === null || on >= of.fieldFrom) return of.serviceDomain;
  const { rows } = await sql<FieldChanged<ServiceDomain>>`select c.from_day, c.was, c.field from case_field_change c
    where c.district_id = ${districtId} and c.case_id = ${of.id} order by c.from_day, c.id`.execute(tx);
  return fieldHeldOn(of.serviceDomain, rows, on);
};

/**
 * Gives a case that said none the problem and the expertise with which the centre was asked for help; what it says already stays. Whoever
 * has the case open to edit is told, and does not empty it unseen.
 */
export const nameProblem = async (tx: Tx, districtId: string, id: string, domain: string, helpFields: readonly string[], at: string) => {
  await sql`update case_file set domain = coalesce(domain, ${domain}), updated_at = ${at}, version = version + 1,
      help_fields = case when help_fields = '{}' then ${[...helpFields]}::text[] else help_fields end
    where district_id = ${districtId} and id = ${id} and (domain is null or help_fields = '{}')`.execute(tx);
};

/** Writes a note; false when its id has been used before. */
export const insertNote = async (
  tx: Tx,
  note: {
    districtId: string;
    id: string;
    caseId: string;
    authorId: string;
    happenedOn: string;
    writtenAt: string;
    body: string;
    kind: NoteKind;
    minutes: number | null;
    tookPart: string;
    parts: NoteParts | null;
  },
): Promise<boolean> => {
  const { parts } = note;
  const written = await hot(
    tx,
  )`insert into case_note (district_id, id, case_id, author_id, happened_on, written_at, body, kind, minutes, took_part,
      place, goal, state, reflection, next_plan)
    values (${note.districtId}, ${note.id}, ${note.caseId}, ${note.authorId}, ${note.happenedOn}, ${note.writtenAt}, ${note.body},
      ${note.kind}, ${note.minutes}, ${note.tookPart},
      ${parts?.place ?? null}, ${parts?.goal ?? null}, ${parts?.state ?? null}, ${parts?.reflection ?? null}, ${parts?.next ?? null})
    on conflict (district_id, id) do nothing returning id`;
  return written.length > 0;
};

/** Whether a note of this id was written on this case by this person. */
export const hasNote = async (tx: Tx, districtId: string, id: string, caseId: string, authorId: string): Promise<boolean> =>
  (await tx
    .selectFrom('caseNote')
    .select('id')
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .where('caseId', '=', caseId)
    .where('authorId', '=', authorId)
    .executeTakeFirst()) !== undefined;

/** A consent as it is stored. */
export type ConsentRow = {
  readonly id: string;
  readonly receiver: string;
  readonly receiverKind: string | null;
  readonly receiverId: string | null;
  readonly purpose: string;
  readonly fields: string[];
  readonly signedBy: string;
  readonly grantedOn: string;
  readonly expiresOn: string | null;
  readonly withdrawnOn: string | null;
  readonly noticeId: string | null;
  readonly noticeVersion: string | null;
  readonly version: number;
};

/** Consents of a case, newest first. */
export const consentsOf = (tx: Tx, districtId: string, caseId: string): Promise<ConsentRow[]> =>
  hot<ConsentRow>(
    tx,
  )`select c.id, c.receiver, c.receiver_kind, c.receiver_id, c.purpose, c.fields, c.signed_by, c.granted_on, c.expires_on, c.withdrawn_on, c.notice_id,
    c.notice_version, c.version from consent c
    where c.district_id = ${districtId} and c.case_id = ${caseId} order by c.granted_on desc, c.id desc limit 200`;

export const insertConsent = async (
  tx: Tx,
  consent: Omit<ConsentRow, 'version' | 'withdrawnOn'> & { districtId: string; caseId: string; recordedBy: string },
): Promise<void> => {
  await tx.insertInto('consent').values(consent).execute();
};

type RegisteredReceiver = { readonly kind: ReceiverKind; readonly id: string; readonly name: string };
const MOST_RECEIVERS = 500;

/** Receivers of the registers that a consent may name: of some kinds, or the one with an id. */
export const registeredReceivers = async (
  tx: Tx,
  districtId: string,
  kinds: readonly ReceiverKind[],
  id: string | null = null,
): Promise<RegisteredReceiver[]> =>
  (
    await sql<RegisteredReceiver>`select x.kind, x.id, x.name from (
        select 'partner' as kind, p.id, p.name from partner p where p.district_id = ${districtId} and p.active
        union all select 'organisation', o.id, o.name from organisation o where o.district_id = ${districtId}
        union all select 'expert', e.id, h.name || '（' || e.organisation_name || '）' from expert e join person h on h.id = e.person_id
          where e.district_id = ${districtId} and e.term_to >= app_today()
      ) x where x.kind = any(${[...kinds]}::text[]) and (${id}::uuid is null or x.id = ${id}::uuid)
      order by array_position(${[...kinds]}::text[], x.kind), x.name, x.id limit ${MOST_RECEIVERS}`.execute(tx)
  ).rows;

/** Names the receiver of a consent that has none; undefined when somebody was faster. */
export const nameReceiver = async (
  tx: Tx,
  districtId: string,
  caseId: string,
  id: string,
  to: { receiver: string; receiverKind: ReceiverKind; receiverId: string | null },
): Promise<number | undefined> => {
  const { rows } = await sql<{ version: number }>`
    update consent set receiver = ${to.receiver}, receiver_kind = ${to.receiverKind}, receiver_id = ${to.receiverId}, version = version + 1
    where district_id = ${districtId} and case_id = ${caseId} and id = ${id} and receiver_kind is null
    returning version`.execute(tx);
  return rows[0]?.version;
};

/** Records a withdrawal; undefined when the consent was withdrawn already. */
export const withdraw = async (tx: Tx, districtId: string, caseId: string, id: string, on: string): Promise<number | undefined> => {
  const { rows } = await sql<{ version: number }>`
    update consent set withdrawn_on = ${on}, version = version + 1
    where district_id = ${districtId} and case_id = ${caseId} and id = ${id} and withdrawn_on is null
    returning version`.execute(tx);
  return rows[0]?.version;
};

/** Who holds the closed requests of a case: they may be about to publish it. */
export const holdersOfClosed = async (tx: Tx, districtId: string, caseId: string) =>
  tx
    .selectFrom('supportRequest')
    .select(['id', 'holderId', 'receiptNo'])
    .where('districtId', '=', districtId)
    .where('caseId', '=', caseId)
    .where('status', '=', 'closed')
    .execute();

/** Published cases of a case whose recall is proposed: the withdrawal of the consent has just proposed it. */
export const recallsProposed = async (tx: Tx, caseId: string): Promise<{ entryId: string; number: string }[]> =>
  (await sql<{ entryId: string; number: string }>`select entry_id, number from recalls_proposed(${caseId})`.execute(tx)).rows;
