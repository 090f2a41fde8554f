import { circleReach, seenByCase } from '@jieyou/core/cases/policy.ts';
import { type CaseAct, caseActs, liveConsentVerdict } from '@jieyou/core/cases/rules.ts';
import {
  type CaseStatus,
  type ConsentPurpose,
  type FieldChange,
  type NoteParts,
  type PacketField,
  RECEIVERS_OF,
  type ReceiverKind,
  type Risk,
} from '@jieyou/core/cases/schema.ts';
import type { CaseStage, NoteKind } from '@jieyou/core/cases/stageSchema.ts';
import type { WorkOutcome } from '@jieyou/core/cases/work.ts';
import type { ServiceDomain } from '@jieyou/core/contacts/schema.ts';
import { reaches, scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import type { CaseDomain, HelpField } from '@jieyou/core/shared/fields.ts';
import { LIVE } from '@jieyou/core/support/schema.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { type Fixed, fixed, hot, type Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage, type SortKey } from '../platform/http/paging.ts';
import type { CoWorkerRow } from './coWorkerStore.ts';
import { openLookup } from './lookup.ts';
import { ageToday, exactIndexes } from './recipient.ts';
import * as store from './store.ts';

export type CaseListRow = {
  id: string;
  number: string;
  status: z.infer<typeof CaseStatus>;
  stage: CaseStage;
  workOutcome: WorkOutcome | null;
  recipientId: string;
  recipientName: string;
  recipientGender: Gender;
  birthOn: string | null;
  domain: CaseDomain | null;
  serviceDomain: ServiceDomain;
  risk: Risk;
  workerId: string;
  workerName: string;
  stationName: string;
  openedOn: string;
  openRequests: number;
  updatedAt: string;
  version: number;
};

const LIVE_STATUSES: Fixed = {
  text: `(${LIVE.map((s) => `'${s}'`).join(', ')})`,
  sql: sql.raw(`(${LIVE.map((s) => `'${s}'`).join(', ')})`),
};
const OPEN_REQUESTS = fixed`(select count(*)::int from support_request q where q.district_id = f.district_id and q.case_id = f.id
  and q.status in ${LIVE_STATUSES}) as open_requests`;
/** Columns of a case in lists, but for the person. */
const FILE_COLUMNS = fixed`f.id, f.number, f.status, f.stage, f.work_outcome, f.recipient_id, f.domain, f.service_domain, f.risk, f.worker_id, p.name as worker_name,
  s.name as station_name, f.opened_on, f.updated_at, f.version, ${OPEN_REQUESTS}`;
const PERSON_COLUMNS = fixed`r.name_masked as recipient_name, r.gender as recipient_gender, r.birth_on`;
/** Columns of a case in lists. */
export const COLUMNS = fixed`${FILE_COLUMNS}, ${PERSON_COLUMNS}`.sql;

const PLACED = fixed`join person p on p.id = f.worker_id join station s on s.id = f.station_id`;
const JOINED = fixed`join recipient r on r.district_id = f.district_id and r.id = f.recipient_id ${PLACED}`;

/** Tables of a case in lists. */
export const FROM = sql`from case_file f ${JOINED.sql}`;

const NEWEST: readonly SortKey[] = [{ column: 'id', direction: 'desc', type: 'uuid' }];

type PersonRow = Pick<CaseListRow, 'recipientName' | 'recipientGender' | 'birthOn'>;
type FileRow = Omit<CaseListRow, keyof PersonRow> & { noted: boolean };

/** One page of the cases in reach, masked; ciphertexts are never opened for a list. */
export const listCases = async (
  ctx: Ctx,
  query: {
    limit: number;
    after?: string | undefined;
    status?: string[] | undefined;
    stage?: string[] | undefined;
    domain?: string[] | undefined;
    serviceDomain?: string[] | undefined;
    risk?: string[] | undefined;
    workOutcome?: string[] | undefined;
    workerId?: string | undefined;
    lookup?: string | undefined;
    number?: string | undefined;
  },
) => {
  const { tx, actor } = ctx;
  const oneOf = (column: string, values: string[] | undefined): RawBuilder<unknown> | undefined =>
    values === undefined ? undefined : sql`${sql.ref(column)} = any(${values}::text[])`;
  const given = [
    oneOf('f.status', query.status),
    oneOf('f.stage', query.stage),
    query.domain && sql`coalesce(f.domain, 'none') = any(${query.domain}::text[])`,
    oneOf('f.service_domain', query.serviceDomain),
    oneOf('f.risk', query.risk),
    oneOf('f.work_outcome', query.workOutcome),
    query.workerId !== undefined && sql`f.worker_id = ${query.workerId}`,
    query.number !== undefined && query.number !== '' && sql`f.number ilike ${containing(query.number)}`,
    query.lookup !== undefined && query.lookup !== '' && exactly(ctx, query.lookup),
  ];
  const read = (circle: readonly string[]) =>
    readPage<FileRow>(tx, query, {
      columns: sql`${FILE_COLUMNS.sql}, note_person(f.recipient_id) as noted`,
      from: sql`from case_file f ${PLACED.sql}`,
      where: allOf([sql`f.district_id = ${actor.districtId}`, store.listedCase(actor, 'f', circle), ...given]),
      sort: NEWEST,
      alias: 'f',
      countFrom: sql`from case_file f`,
    });
  // Few work along on a case of somebody else: the list is asked for at once, and again for them. The persons of its cases are noted by the
  // statement that finds the cases, and asked for in the same turn.
  const [circle, first, seen] = await Promise.all([store.circleOf(tx, actor), read([]), peopleFound(tx, actor.districtId)]);
  const { rows, ...rest } = circle.length === 0 ? first : await read(circle);
  const found = rows.every((row) => seen.has(row.recipientId)) ? seen : await peopleFound(tx, actor.districtId);
  // One record for the list; whose list it was says enough, and a search by name says that there was one.
  ctx.saw('case', actor.personId, { outcome: query.lookup ? 'list-by-identity' : 'list' });
  return {
    ...rest,
    rows: rows.flatMap(({ noted: _, ...row }) => {
      const person = found.get(row.recipientId);
      if (person === undefined) return [];
      return [{ ...row, ...person, recipientAge: ageToday(person.birthOn, ctx.today) }];
    }),
  };
};

/** Persons of the cases that this transaction has listed. */
const peopleFound = async (tx: Tx, districtId: string): Promise<Map<string, PersonRow>> => {
  const rows = await hot<PersonRow & { id: string }>(tx)`select r.id, ${PERSON_COLUMNS} from recipient r
    where r.district_id = ${districtId} and r.id = any((select app_ids('found_people'))::uuid[])`;
  return new Map(rows.map(({ id, ...row }) => [id, row]));
};

/**
 * Numbers and masked names of those of some cases that the person may see, by what they were asked by. One turn: the statement that finds
 * the cases notes their persons for the second.
 */
export const namesOfCases = async (
  tx: Tx,
  districtId: string,
  by: 'id' | 'number',
  values: readonly string[],
): Promise<Map<string, { readonly number: string; readonly recipientName: string }>> => {
  if (values.length === 0) return new Map();
  type Named = { id: string; number: string; recipientId: string; noted: boolean };
  const named =
    by === 'id'
      ? hot<Named>(tx)`select f.id, f.number, f.recipient_id, note_person(f.recipient_id) as noted from case_file f
          where f.district_id = ${districtId} and f.id = any(${[...values]}::uuid[])`
      : hot<Named>(tx)`select f.id, f.number, f.recipient_id, note_person(f.recipient_id) as noted from case_file f
          where f.district_id = ${districtId} and f.number = any(${[...values]}::text[])`;
  const [files, people] = await Promise.all([named, peopleFound(tx, districtId)]);
  return new Map(
    files.flatMap((file) => {
      const person = people.get(file.recipientId);
      return person === undefined ? [] : [[file[by], { number: file.number, recipientName: person.recipientName }] as const];
    }),
  );
};

const exactly = (ctx: Ctx, lookup: string): RawBuilder<unknown> => {
  const indexes = exactIndexes(ctx.crypto, openLookup(ctx, lookup));
  return sql`(f.district_id, f.recipient_id) in (
    select x.district_id, x.id from recipient x where x.district_id = ${ctx.actor.districtId}
    and (x.name_index = ${indexes.name} or x.id_number_index = ${indexes.idNumber} or x.phone_index = ${indexes.phone}))`;
};

type NoteRow = {
  id: string;
  authorName: string;
  happenedOn: string;
  writtenAt: string;
  kind: NoteKind;
  minutes: number | null;
  tookPart: string;
  body: string;
  parts: NoteParts | null;
};

const NOTE = sql`n.id, p.name as author_name, n.happened_on, n.written_at, n.kind, n.minutes, n.took_part, n.body,
  case when n.goal is not null then jsonb_build_object('place', n.place, 'goal', n.goal, 'state', n.state, 'reflection', n.reflection,
    'next', n.next_plan) end as parts`;

const NOTES: readonly SortKey[] = [
  { column: 'written_at', direction: 'desc', type: 'timestamptz' },
  { column: 'id', direction: 'desc', type: 'uuid' },
];

/** What was written before a handover that did not give it stays closed, but for what the person wrote oneself. */
const openedOf = (actor: Actor, before: string | null, author: string, written: string): RawBuilder<unknown> | false =>
  before !== null && sql`(${sql.ref(written)} > ${before} or ${sql.ref(author)} = ${actor.personId})`;

const notesOf = (
  ctx: Ctx,
  caseId: string,
  before: string | null,
  query: { limit: number; after?: string | undefined; count?: 'yes' | undefined; at?: string | undefined },
  count: boolean,
) =>
  readPage<NoteRow>(ctx.tx, query, {
    columns: NOTE,
    from: sql`from case_note n join person p on p.id = n.author_id`,
    where: allOf([
      sql`n.district_id = ${ctx.actor.districtId}`,
      sql`n.case_id = ${caseId}`,
      openedOf(ctx.actor, before, 'n.author_id', 'n.written_at'),
      query.at !== undefined &&
        sql`(n.written_at, n.id) <= (select x.written_at, x.id from case_note x
          where x.district_id = ${ctx.actor.districtId} and x.case_id = ${caseId} and x.id = ${query.at})`,
    ]),
    sort: NOTES,
    alias: 'n',
    count,
  });

/** Notes of a case, newest first. */
export const listNotes = async (
  ctx: Ctx,
  caseId: string,
  query: { limit: number; after?: string | undefined; count?: 'yes' | undefined; at?: string | undefined },
) => {
  const facts = (await store.caseById(ctx.tx, ctx.actor, caseId)) ?? ctx.notFound();
  ctx.saw('case', caseId);
  return notesOf(ctx, caseId, store.closedBefore(ctx.actor, facts, 'records'), query, true);
};

/** One note with its place among those of its case, for the paper of a process record; `file` is the case that the person reaches. */
export const noteForPaper = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const { rows } = await sql<NoteRow & { caseId: string; authorId: string; number: number }>`select ${NOTE}, n.case_id, n.author_id,
      (select count(*)::int from case_note o where o.district_id = n.district_id and o.case_id = n.case_id
        and (o.happened_on, o.written_at, o.id) <= (n.happened_on, n.written_at, n.id)) as number
    from case_note n join person p on p.id = n.author_id where n.district_id = ${actor.districtId} and n.id = ${id}`.execute(tx);
  const note = rows[0] ?? ctx.notFound();
  const file = (await store.caseById(tx, actor, note.caseId)) ?? ctx.notFound();
  const before = store.closedBefore(actor, file, 'records');
  if (before !== null && note.writtenAt <= before && note.authorId !== actor.personId) ctx.notFound();
  ctx.saw('case', note.caseId);
  return { note, file };
};

const FIRST_NOTES = 20;

type CaseParts = {
  contact: { how: string; times: string } | null;
  content: { household: string; aliases: string[]; school: string | null; summary: string } | null;
  coWorkers: CoWorkerRow[];
  consents: store.ConsentRow[];
  fieldChanges: FieldChange[];
  attachments: AttachmentRow[];
  requests: { id: string; receiptNo: string | null; status: string; updatedAt: string }[];
};

// Moments as everywhere else: UTC, milliseconds cut off.
const MOMENT = fixed`'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'`;

/** What a case consists of beside its register, in one question: each table answers under its own policies. */
const partsOfCase = async (tx: Tx, districtId: string, id: string): Promise<CaseParts | undefined> =>
  (
    await hot<CaseParts>(tx)`select
      (select json_build_object('how', c.how, 'times', c.times) from recipient_contact c
        where c.district_id = ${districtId} and c.recipient_id = (select f.recipient_id from case_file f where f.district_id = ${districtId} and f.id = ${id})
          and c.ended_at is null order by c.id desc limit 1) as contact,
      (select json_build_object('household', t.household, 'aliases', t.aliases, 'school', t.school, 'summary', t.summary) from case_content t
        where t.district_id = ${districtId} and t.id = ${id}) as content,
      (select coalesce(json_agg(json_build_object('id', w.id, 'personId', w.person_id, 'name', w.name, 'fromDay', w.from_day, 'toDay', w.to_day,
          'reason', w.reason, 'namedByName', w.named_by_name, 'current', w.current)), '[]') from co_workers_of(${id}) w) as co_workers,
      (select coalesce(json_agg(json_build_object('id', c.id, 'receiver', c.receiver, 'receiverKind', c.receiver_kind, 'receiverId',
          c.receiver_id, 'purpose', c.purpose, 'fields', c.fields,
          'signedBy', c.signed_by, 'grantedOn', c.granted_on, 'expiresOn', c.expires_on, 'withdrawnOn', c.withdrawn_on,
          'noticeId', c.notice_id, 'noticeVersion', c.notice_version, 'version', c.version)
          order by c.granted_on desc, c.id desc), '[]') from (select x.* from consent x
        where x.district_id = ${districtId} and x.case_id = ${id} order by x.granted_on desc, x.id desc limit 200) c) as consents,
      (select coalesce(json_agg(json_build_object('id', c.id, 'fromDay', c.from_day, 'was', c.was, 'field', c.field, 'changedByName', p.name,
          'changedAt', to_char(c.changed_at at time zone 'UTC', ${MOMENT})) order by c.from_day, c.id), '[]')
        from case_field_change c join person p on p.id = c.changed_by
        where c.district_id = ${districtId} and c.case_id = ${id}) as field_changes,
      (select coalesce(json_agg(json_build_object('id', a.id, 'name', a.name, 'mime', a.mime, 'bytes', a.bytes, 'addedByName', p.name,
          'addedAt', to_char(a.added_at at time zone 'UTC', ${MOMENT})) order by a.id), '[]') from attachment a join person p on p.id = a.added_by
        where a.district_id = ${districtId} and a.case_id = ${id} and a.removed_at is null) as attachments,
      (select coalesce(json_agg(json_build_object('id', q.id, 'receiptNo', q.receipt_no, 'status', q.status,
          'updatedAt', to_char(q.updated_at at time zone 'UTC', ${MOMENT})) order by q.id desc), '[]') from (select x.* from support_request x
        where x.district_id = ${districtId} and x.case_id = ${id} order by x.id desc limit 50) q) as requests`
  )[0];

const WHOLE = fixed`f.updated_at, ${OPEN_REQUESTS}, p.name as worker_name, s.name as station_name, f.opened_on, ${PERSON_COLUMNS},
  r.id_number_masked, r.phone_masked, r.address_masked, r.version as recipient_version`;
const listedOf = (f: CaseListRow): CaseListRow => ({
  id: f.id,
  number: f.number,
  status: f.status,
  stage: f.stage,
  workOutcome: f.workOutcome,
  recipientId: f.recipientId,
  recipientName: f.recipientName,
  recipientGender: f.recipientGender,
  birthOn: f.birthOn,
  domain: f.domain,
  serviceDomain: f.serviceDomain,
  risk: f.risk,
  workerId: f.workerId,
  workerName: f.workerName,
  stationName: f.stationName,
  openedOn: f.openedOn,
  openRequests: f.openRequests,
  updatedAt: f.updatedAt,
  version: f.version,
});

type MaskedRow = {
  idNumberMasked: string | null;
  phoneMasked: string | null;
  addressMasked: string | null;
  readonly recipientVersion: number;
};

/** A case as its circle sees it: masked, with the newest notes and what the person may do. */
export const readCase = async (ctx: Ctx, id: string) => {
  const { tx, actor } = ctx;
  // Asked for in one turn: what belongs to the case finds it noted by the first statement, and under its policies nothing where it is not.
  const [facts, parts, newest] = await Promise.all([
    store.caseWith<CaseListRow & MaskedRow>(tx, actor, id, { columns: WHOLE.sql, joined: JOINED.sql }),
    partsOfCase(tx, actor.districtId, id),
    notesOf(ctx, id, null, { limit: FIRST_NOTES }, false),
  ]);
  if (facts === undefined || parts === undefined || parts.content === null) return ctx.notFound();
  const recordsClosed = store.closedBefore(actor, facts, 'records');
  const notes = recordsClosed === null ? newest : await notesOf(ctx, id, recordsClosed, { limit: FIRST_NOTES }, false);
  const { idNumberMasked, phoneMasked, addressMasked } = facts;
  const row = listedOf(facts);
  const { contact, content, coWorkers, consents, fieldChanges, attachments, requests } = parts;
  ctx.saw('case', id);
  const filesClosed = store.closedBefore(actor, facts, 'attachments');
  const own = scopeOf(actor, 'worker', 'self').includes(facts.workerId);
  const names = reaches(actor, circleReach, { workerId: facts.workerId, stationId: facts.stationId });
  const can: CaseAct[] = caseActs({ status: facts.status, writes: facts.inHand, own, names, openRequests: row.openRequests });
  return {
    ...row,
    recipientAge: ageToday(row.birthOn, ctx.today),
    recipient: {
      id: row.recipientId,
      name: row.recipientName,
      gender: row.recipientGender,
      age: ageToday(row.birthOn, ctx.today),
      idNumber: idNumberMasked,
      phone: phoneMasked,
      address: addressMasked,
      contact,
      version: facts.recipientVersion,
    },
    ...content,
    helpFields: facts.helpFields as HelpField[],
    fieldChanges,
    coWorkers: coWorkers.filter((c) => c.current),
    formerCoWorkers: coWorkers.filter((c) => !c.current).length,
    notes: notes.rows,
    moreNotes: notes.next,
    consents: consents.map((c) => ({
      ...c,
      purpose: c.purpose as ConsentPurpose,
      receiverKind: c.receiverKind as ReceiverKind | null,
      fields: c.fields as PacketField[],
      live: liveConsentVerdict(c, ctx.today).ok,
    })),
    attachments: filesClosed === null ? attachments : attachments.filter((a) => a.addedAt > filesClosed || a.addedByName === actor.name),
    requests,
    can,
    seenBy: seenByCase,
  };
};

type AttachmentRow = { id: string; name: string; mime: string; bytes: number; addedByName: string; addedAt: string };

/** Files of a case or a request, oldest first. */
export const attachmentsOf = (tx: Tx, districtId: string, to: { kind: 'case' | 'request'; id: string }): Promise<AttachmentRow[]> =>
  to.kind === 'case'
    ? hot<AttachmentRow>(tx)`select a.id, a.name, a.mime, a.bytes, p.name as added_by_name, a.added_at
        from attachment a join person p on p.id = a.added_by
        where a.district_id = ${districtId} and a.case_id = ${to.id} and a.removed_at is null order by a.id`
    : hot<AttachmentRow>(tx)`select a.id, a.name, a.mime, a.bytes, p.name as added_by_name, a.added_at
        from attachment a join person p on p.id = a.added_by
        where a.district_id = ${districtId} and a.request_id = ${to.id} and a.removed_at is null order by a.id`;

/** Receivers of the registers to whom a purpose can give. */
export const listConsentReceivers = async (ctx: Ctx<never>, purpose: ConsentPurpose) => ({
  rows: await store.registeredReceivers(ctx.tx, ctx.actor.districtId, RECEIVERS_OF[purpose]),
});
