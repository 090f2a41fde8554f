import { assessmentKeepUntil, breachWaits, noticeDueAt, noticeLate } from '@jieyou/core/privacy/rules.ts';
import type { AssessmentDraft, Breach, BreachDraft } from '@jieyou/core/privacy/schema.ts';
import { day, type Instant } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';
import { figuresOf } from './figures.ts';

type AssessmentKept = z.infer<typeof AssessmentDraft>;
type BreachKept = z.infer<typeof BreachDraft>;
type Page = { limit: number; after?: string | undefined; count?: 'yes' | undefined };
const byId = [{ column: 'id', direction: 'desc', type: 'uuid' }] as const;

const numbered = async (ctx: Ctx<never>, kind: 'PG' | 'SJ'): Promise<string> => {
  const year = Number(ctx.today.slice(0, 4));
  const n = await nextNumber(ctx.tx, { districtId: ctx.actor.districtId, kind, scope: 'district', year });
  return `${kind}-${year}-${String(n).padStart(4, '0')}`;
};

/** One page of impact assessments, the newest first. */
export const listAssessments = (ctx: Ctx<never>, query: Page & { text?: string | undefined; review?: 'due' | undefined }) =>
  readPage<AssessmentKept & { id: string; number: string; keepUntil: string; reviewDue: boolean; recordedByName: string; version: number }>(
    ctx.tx,
    query,
    {
      columns: sql`a.*, p.name as recorded_by_name, a.review_on <= ${ctx.today}::date as review_due`,
      from: sql`from impact_assessment a join person p on p.id = a.recorded_by`,
      where: allOf([
        sql`a.district_id = ${ctx.actor.districtId}`,
        query.text !== undefined &&
          query.text !== '' &&
          sql`(a.title || ' ' || a.processing || ' ' || a.number) ilike ${containing(query.text)}`,
        query.review === 'due' && sql`a.review_on <= ${ctx.today}::date`,
      ]),
      sort: byId,
      alias: 'a',
    },
  );

/** Registers an assessment. */
export const recordAssessment = async (ctx: Ctx<'privacy.review-backwards'>, draft: AssessmentKept) => {
  if (draft.reviewOn <= draft.assessedOn) ctx.refuse('privacy.review-backwards');
  const { pack } = await figuresOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const id = ctx.id();
  const number = await numbered(ctx, 'PG');
  const keepUntil = assessmentKeepUntil(day(draft.assessedOn), pack);
  const { districtId, personId } = ctx.actor;
  await ctx.tx
    .insertInto('impactAssessment')
    .values({ ...draft, districtId, id, number, keepUntil, recordedBy: personId })
    .execute();
  await ctx.record({ type: 'privacy.assessment-recorded', recordKind: 'impact-assessment', recordId: id });
  return { id, version: 1 };
};

/** Changes an assessment as the editor saw it. */
export const updateAssessment = async (
  ctx: Ctx<'record.changed-meanwhile' | 'privacy.review-backwards'>,
  id: string,
  { version, ...draft }: AssessmentKept & { version: number },
) => {
  const { tx, actor } = ctx;
  const was = await tx
    .selectFrom('impactAssessment')
    .select('id')
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (was === undefined) return ctx.notFound();
  if (draft.reviewOn <= draft.assessedOn) ctx.refuse('privacy.review-backwards');
  const { pack } = await figuresOf(tx, actor.districtId, ctx.today);
  const row = await tx
    .updateTable('impactAssessment')
    .set({ ...draft, keepUntil: assessmentKeepUntil(day(draft.assessedOn), pack), version: version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  if (row === undefined) return ctx.refuse('record.changed-meanwhile');
  await ctx.record({ type: 'privacy.assessment-changed', recordKind: 'impact-assessment', recordId: id });
  return { id, version: row.version };
};

type BreachRow = Omit<z.infer<typeof Breach>, 'late' | 'waits'>;

/** One page of breaches, the newest first, each with what it still waits for. */
export const listBreaches = async (ctx: Ctx<never>, query: Page & { state?: 'open' | 'closed' | undefined }) => {
  const page = await readPage<BreachRow>(ctx.tx, query, {
    columns: sql`b.*, p.name as recorded_by_name`,
    from: sql`from breach_record b join person p on p.id = b.recorded_by`,
    where: allOf([
      sql`b.district_id = ${ctx.actor.districtId}`,
      query.state === 'open' && sql`b.closed_at is null`,
      query.state === 'closed' && sql`b.closed_at is not null`,
    ]),
    sort: byId,
    alias: 'b',
  });
  return {
    ...page,
    rows: page.rows.map((b) => ({ ...b, waits: breachWaits(b), late: noticeLate(b.dueAt as Instant, b.authorityToldAt, ctx.now) })),
  };
};

const lies = (ctx: Ctx<never>, draft: BreachKept): boolean =>
  [draft.foundAt, draft.authorityToldAt, draft.personsToldAt].some((at) => at !== null && Date.parse(at) > Date.parse(ctx.now));

/** Registers a breach; the clock of the notice runs from its discovery. */
export const recordBreach = async (ctx: Ctx<'privacy.breach-in-future'>, draft: BreachKept) => {
  if (lies(ctx, draft)) ctx.refuse('privacy.breach-in-future');
  const { pack, version } = await figuresOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const id = ctx.id();
  const number = await numbered(ctx, 'SJ');
  await ctx.tx
    .insertInto('breachRecord')
    .values({
      ...draft,
      districtId: ctx.actor.districtId,
      id,
      number,
      dueAt: noticeDueAt(draft.foundAt as Instant, pack),
      packVersion: version,
      recordedBy: ctx.actor.personId,
    })
    .execute();
  await ctx.record({
    type: 'privacy.breach-recorded',
    recordKind: 'breach',
    recordId: id,
    facts: { persons: draft.persons, minors: draft.minors },
  });
  return { id, version: 1 };
};

/** Adds what has become known or was done; closes the record when nothing is missing. */
export const updateBreach = async (
  ctx: Ctx<'record.changed-meanwhile' | 'privacy.breach-in-future' | 'privacy.breach-unfinished' | 'privacy.breach-closed'>,
  id: string,
  { version, close, ...draft }: BreachKept & { version: number; close: boolean },
) => {
  const { tx, actor } = ctx;
  const was = await tx
    .selectFrom('breachRecord')
    .select('closedAt')
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .executeTakeFirst();
  if (was === undefined) return ctx.notFound();
  if (was.closedAt !== null) ctx.refuse('privacy.breach-closed');
  if (lies(ctx, draft)) ctx.refuse('privacy.breach-in-future');
  if (close && breachWaits(draft).length > 0) ctx.refuse('privacy.breach-unfinished');
  const { pack } = await figuresOf(tx, actor.districtId, ctx.today);
  const row = await tx
    .updateTable('breachRecord')
    .set({ ...draft, dueAt: noticeDueAt(draft.foundAt as Instant, pack), closedAt: close ? ctx.now : null, version: version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', id)
    .where('version', '=', version)
    .returning('version')
    .executeTakeFirst();
  if (row === undefined) return ctx.refuse('record.changed-meanwhile');
  await ctx.record({ type: 'privacy.breach-changed', recordKind: 'breach', recordId: id, facts: { closed: close } });
  return { id, version: row.version };
};
