import { mayEver } from '@jieyou/core/identity/policy.ts';
import type { PrivacyEvent } from '@jieyou/core/privacy/events.ts';
import { approvesDestruction, archiveReach, dueReach } from '@jieyou/core/privacy/policy.ts';
import { approverVerdict, destructionVerdict, keepUntil, markVerdict } from '@jieyou/core/privacy/rules.ts';
import type { DestructionDraft, ListStatus, MarkDraft, RetentionClass } from '@jieyou/core/privacy/schema.ts';
import { day } from '@jieyou/core/shared/day.ts';
import type { Facts } from '@jieyou/core/shared/verdict.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { figuresOf } from './figures.ts';
import * as store from './store.ts';

const factsOf = (c: store.ClosedKept) => ({
  closedOn: day(c.lastOn),
  birthOn: c.birthOn === null ? null : day(c.birthOn),
  judicial: c.judicial,
  extendedUntil: c.extendedUntil === null ? null : day(c.extendedUntil),
  holds: c.holds,
});

const record = (ctx: Ctx<never>, type: PrivacyEvent, recordKind: string, recordId: string, facts: Facts = {}) =>
  ctx.record({ type, recordKind, recordId, facts });

type Page = { limit: number; after?: string | undefined; count?: 'yes' | undefined };
const byId = [{ column: 'id', direction: 'desc', type: 'uuid' }] as const;

/** Closed cases of one's own stations with class, term and marks. The term is reckoned in the database by the same figures, to filter by it. */
export const listRetention = async (
  ctx: Ctx<never>,
  query: Page & { number?: string | undefined; retentionClass?: RetentionClass[] | undefined; due?: 'yes' | 'no' | undefined },
) => {
  const { tx, actor } = ctx;
  const { pack } = await figuresOf(tx, actor.districtId, ctx.today);
  const years = (c: RetentionClass) => pack[`retention.${c}`];
  const closed = sql`coalesce(f.closed_on, (f.updated_at at time zone 'Asia/Shanghai')::date)`;
  const judicial = sql`exists (select 1 from retention_mark m where m.district_id = f.district_id and m.case_id = f.id and m.kind = 'judicial' and m.lifted_at is null)`;
  const grown = sql`(r.birth_on + interval '18 years')::date`;
  const minor = sql`coalesce(${grown} > ${closed}, false)`;
  const klass = sql`case when ${judicial} then 'judicial' when ${minor} then 'minor' else 'adult' end`;
  const term = sql`case when ${judicial} then ${closed} + make_interval(years => ${years('judicial')})
    when ${minor} then ${grown} + make_interval(years => ${years('minor')}) else ${closed} + make_interval(years => ${years('adult')}) end`;
  const until = sql`greatest((${term})::date, (select max(m.until) from retention_mark m where m.district_id = f.district_id and m.case_id = f.id
    and m.kind = 'extension' and m.lifted_at is null))`;
  const page = await readPage<store.ClosedKept & { stationName: string; stopped: boolean }>(tx, query, {
    columns: sql`${store.closedColumns}, s.name as station_name, f.stopped_at is not null as stopped`,
    from: sql`from case_file f join recipient r on r.district_id = f.district_id and r.id = f.recipient_id join station s on s.id = f.station_id`,
    where: allOf([
      sql`f.district_id = ${actor.districtId} and f.status = 'closed'`,
      reachSql(actor, dueReach, 'f'),
      query.number !== undefined && query.number !== '' && sql`f.number ilike ${containing(query.number)}`,
      query.retentionClass !== undefined && sql`${klass} = any(${query.retentionClass})`,
      query.due === 'yes' && sql`${until} < ${ctx.today}::date`,
      query.due === 'no' && sql`${until} >= ${ctx.today}::date`,
    ]),
    sort: byId,
    alias: 'f',
  });
  const marks = await liveMarks(
    ctx,
    page.rows.map((r) => r.id),
  );
  return {
    ...page,
    rows: page.rows.map((c) => {
      const kept = keepUntil(factsOf(c), pack);
      return {
        id: c.id,
        number: c.number,
        stationName: c.stationName,
        closedOn: c.lastOn,
        retentionClass: kept?.retentionClass ?? 'adult',
        dueOn: kept?.until ?? c.lastOn,
        due: destructionVerdict(factsOf(c), pack, ctx.today).ok,
        stopped: c.stopped,
        onList: c.onList,
        marks: marks.filter((m) => m.caseId === c.id).map(({ caseId: _, ...m }) => m),
      };
    }),
  };
};

type MarkRow = {
  id: string;
  caseId: string;
  kind: 'hold' | 'extension' | 'judicial';
  ground: string;
  reason: string;
  until: string | null;
  markedByName: string;
  markedAt: string;
};
const liveMarks = async (ctx: Ctx<never>, caseIds: readonly string[]): Promise<MarkRow[]> =>
  (
    await sql<MarkRow>`select m.id, m.case_id, m.kind, m.ground, m.reason, m.until, p.name as marked_by_name, m.marked_at
      from retention_mark m join person p on p.id = m.marked_by
      where m.district_id = ${ctx.actor.districtId} and m.case_id = any(${[...caseIds]}::uuid[]) and m.lifted_at is null order by m.id`.execute(
      ctx.tx,
    )
  ).rows;

/** Puts a mark on a case of one's own station: not to be destroyed, kept longer, a judicial file. */
export const markRetention = async (ctx: Ctx<'privacy.until-missing'>, caseId: string, draft: z.infer<typeof MarkDraft>) => {
  const { tx, actor } = ctx;
  const stationId = (await store.keptStation(tx, actor, caseId)) ?? ctx.notFound();
  const verdict = markVerdict(draft, ctx.today);
  if (!verdict.ok) ctx.refuse(verdict.code);
  const id = ctx.id();
  await tx
    .insertInto('retentionMark')
    .values({
      districtId: actor.districtId,
      id,
      caseId,
      stationId,
      kind: draft.kind,
      ground: draft.ground,
      reason: draft.reason,
      until: draft.kind === 'extension' ? draft.until : null,
      markedBy: actor.personId,
      markedAt: ctx.now,
    })
    .execute();
  await record(ctx, 'privacy.marked', 'case', caseId, { mark: id, kind: draft.kind, ground: draft.ground, until: draft.until });
  return { id, version: 1 };
};

/** Takes a mark away, with the reason; the mark itself stays in the register. */
export const liftRetentionMark = async (ctx: Ctx<'privacy.moved-on'>, id: string, said: { reason: string }) => {
  const { tx, actor } = ctx;
  const { rows } = await sql<{ caseId: string; lifted: boolean }>`select m.case_id, m.lifted_at is not null as lifted from retention_mark m
    where m.district_id = ${actor.districtId} and m.id = ${id} and ${reachSql(actor, dueReach, 'm')}`.execute(tx);
  const mark = rows[0] ?? ctx.notFound();
  if (mark.lifted) ctx.refuse('privacy.moved-on');
  await tx
    .updateTable('retentionMark')
    .set({ liftedBy: actor.personId, liftedAt: ctx.now, liftReason: said.reason })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .where('liftedAt', 'is', null)
    .execute();
  await record(ctx, 'privacy.mark-lifted', 'case', mark.caseId, { mark: id });
  return { id, version: 2 };
};

const LIST_COLUMNS = sql`l.id, l.number, l.status, s.name as station_name, a.name as appraised_by_name, l.appraised_at, b.name as approved_by_name,
  l.executed_at, l.version, l.opinion, l.approved_at, l.answer, l.appraised_by,
  (select count(*)::int from destruction_item i where i.district_id = l.district_id and i.list_id = l.id) as items`;
const LIST_FROM = sql`from destruction_list l join station s on s.id = l.station_id join person a on a.id = l.appraised_by
  left join person b on b.id = l.approved_by`;
type ListRow = {
  id: string;
  number: string;
  status: ListStatus;
  stationName: string;
  appraisedByName: string;
  appraisedAt: string;
  approvedByName: string | null;
  executedAt: string | null;
  version: number;
  opinion: string;
  approvedAt: string | null;
  answer: string | null;
  appraisedBy: string;
  items: number;
};

/** One page of destruction lists. */
export const listDestructionLists = (ctx: Ctx<never>, query: Page & { status?: ListStatus[] | undefined }) =>
  readPage<ListRow>(ctx.tx, query, {
    columns: LIST_COLUMNS,
    from: LIST_FROM,
    where: allOf([
      sql`l.district_id = ${ctx.actor.districtId}`,
      reachSql(ctx.actor, archiveReach, 'l'),
      query.status !== undefined && sql`l.status = any(${query.status})`,
    ]),
    sort: byId,
    alias: 'l',
  });

export type ItemRow = {
  id: string;
  caseNumber: string;
  retentionClass: RetentionClass;
  closedOn: string;
  dueOn: string;
  destroyedAt: string | null;
  spared: string | null;
  rowsErased: number | null;
  filesErased: number | null;
  proof: string | null;
};

/** One list with its files and, after the execution, the proof of each. */
export const readDestructionList = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const { rows } = await sql<ListRow>`select ${LIST_COLUMNS} ${LIST_FROM} where l.district_id = ${actor.districtId} and l.id = ${id}
    and ${reachSql(actor, archiveReach, 'l')}`.execute(tx);
  const list = rows[0] ?? ctx.notFound();
  const items = (
    await sql<ItemRow>`select i.id, i.case_number, i.retention_class, i.closed_on, i.due_on, i.destroyed_at, i.spared, i.rows_erased,
      i.files_erased, i.proof from destruction_item i where i.district_id = ${actor.districtId} and i.list_id = ${id} order by i.case_number, i.id`.execute(
      tx,
    )
  ).rows;
  const { appraisedBy, ...shown } = list;
  const may = list.status === 'appraised' && mayEver(approvesDestruction, actor) && approverVerdict({ appraisedBy }, actor.selves).ok;
  return { ...shown, items, can: may ? ['approve', 'return'] : [] };
};

/** Appraises due cases of one station and puts them on a list; somebody else approves it. */
export const appraiseDestruction = async (
  ctx: Ctx<'privacy.not-due' | 'privacy.on-hold' | 'privacy.on-another-list' | 'privacy.several-stations'>,
  draft: z.infer<typeof DestructionDraft>,
) => {
  const { tx, actor } = ctx;
  const ids = [...new Set(draft.caseIds)];
  const found = await store.closedByIds(tx, actor, ids);
  if (found.length !== ids.length) return ctx.notFound();
  const { pack } = await figuresOf(tx, actor.districtId, ctx.today);
  const stationId = found[0]?.stationId ?? ctx.notFound();
  if (found.some((c) => c.stationId !== stationId)) ctx.refuse('privacy.several-stations');
  const listed = found.filter((c) => c.onList !== null);
  if (listed.length > 0) ctx.refuse('privacy.on-another-list', { numbers: listed.map((c) => c.number) });
  for (const code of ['privacy.on-hold', 'privacy.not-due'] as const) {
    const wrong = found.filter((c) => {
      const verdict = destructionVerdict(factsOf(c), pack, ctx.today);
      return !verdict.ok && verdict.code === code;
    });
    if (wrong.length > 0) ctx.refuse(code, { numbers: wrong.map((c) => c.number) });
  }
  const id = ctx.id();
  const year = Number(ctx.today.slice(0, 4));
  const sequence = await nextNumber(tx, { districtId: actor.districtId, kind: 'XH', scope: 'district', year });
  const number = `XH-${year}-${String(sequence).padStart(4, '0')}`;
  await tx
    .insertInto('destructionList')
    .values({
      districtId: actor.districtId,
      id,
      number,
      stationId,
      status: 'appraised',
      opinion: draft.opinion,
      appraisedBy: actor.personId,
      appraisedAt: ctx.now,
    })
    .execute();
  await tx
    .insertInto('destructionItem')
    .values(
      found.map((c) => {
        const kept = keepUntil(factsOf(c), pack);
        return {
          districtId: actor.districtId,
          id: ctx.id(),
          listId: id,
          caseId: c.id,
          caseNumber: c.number,
          retentionClass: kept?.retentionClass ?? 'adult',
          closedOn: c.lastOn,
          dueOn: kept?.until ?? c.lastOn,
        };
      }),
    )
    .execute();
  await record(ctx, 'privacy.list-appraised', 'destruction-list', id, { items: found.length });
  const centre = (await store.peopleIn(tx, actor.districtId, 'centre', null)).filter((p) => p !== actor.personId);
  await ctx.notify(centre, { kind: 'privacy.list-appraised', recordKind: 'destruction-list', recordId: id, number });
  return { id, version: 1, number };
};

/** Approves or returns a list; the job erases what was approved. */
export const answerDestruction = async (
  ctx: Ctx<'privacy.moved-on' | 'privacy.own-appraisal'>,
  id: string,
  said: { answer: 'approve' | 'return'; says: string; version: number },
) => {
  const { tx, actor } = ctx;
  const list = (await store.listById(tx, actor, id)) ?? ctx.notFound();
  if (list.status !== 'appraised') ctx.refuse('privacy.moved-on');
  const verdict = approverVerdict(list, actor.selves);
  if (!verdict.ok) ctx.refuse(verdict.code);
  const status: ListStatus = said.answer === 'approve' ? 'approved' : 'returned';
  const row = await tx
    .updateTable('destructionList')
    .set({ status, approvedBy: actor.personId, approvedAt: ctx.now, answer: said.says, version: said.version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .where('status', '=', 'appraised')
    .where('version', '=', said.version)
    .returning('version')
    .executeTakeFirst();
  if (row === undefined) return ctx.refuse('privacy.moved-on');
  await record(ctx, said.answer === 'approve' ? 'privacy.list-approved' : 'privacy.list-returned', 'destruction-list', id);
  await ctx.notify([list.appraisedBy], {
    kind: 'privacy.list-answered',
    recordKind: 'destruction-list',
    recordId: id,
    number: list.number,
  });
  if (status === 'approved') await ctx.enqueue('privacy.destroy', { districtId: actor.districtId, listId: id });
  return { id, version: row.version };
};
