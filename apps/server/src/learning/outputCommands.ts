import { cleanFileName, fileVerdict } from '@jieyou/core/cases/rules.ts';
import type { LearningEvent } from '@jieyou/core/learning/events.ts';
import type { OutputDraft } from '@jieyou/core/learning/schema.ts';
import { sql } from 'kysely';
import { dropIfItFails, dropIfItSucceeds, kindOf } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { outputById } from './outputViews.ts';
import { publishedCases } from './seminarStore.ts';

type Sources = 'learning.case-unknown' | 'learning.seminar-unknown';

const record = (ctx: Ctx<never>, type: LearningEvent, id: string) =>
  ctx.record({ type, recordKind: 'research-output', recordId: id, facts: {} });

// What an output stands on: published cases and held seminars of the district.
const nameSources = async (ctx: Ctx<Sources>, outputId: string, given: { entryIds: readonly string[]; seminarIds: readonly string[] }) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const entries = [...new Set(given.entryIds)];
  const seminars = [...new Set(given.seminarIds)];
  if ((await publishedCases(tx, districtId, entries)).length !== entries.length) ctx.refuse('learning.case-unknown');
  const { rows } = await sql<{
    id: string;
  }>`select id from seminar where district_id = ${districtId} and id = any(${seminars}::uuid[])`.execute(tx);
  if (rows.length !== seminars.length) ctx.refuse('learning.seminar-unknown');
  await sql`delete from research_output_source s where s.district_id = ${districtId} and s.output_id = ${outputId}
    and not exists (select 1 from casebank_entry e where e.id = s.entry_id and e.recalled_at is not null)`.execute(tx);
  const sources = [
    ...entries.map((entryId) => ({ id: ctx.id(), entryId, seminarId: null })),
    ...seminars.map((seminarId) => ({ id: ctx.id(), entryId: null, seminarId })),
  ];
  if (sources.length === 0) return;
  await tx
    .insertInto('researchOutputSource')
    .values(sources.map((s) => ({ ...s, districtId, outputId })))
    .execute();
};

/** Registers an output. */
export const createOutput = async (ctx: Ctx<Sources>, { entryIds, seminarIds, ...draft }: OutputDraft) => {
  const id = ctx.id();
  const { districtId, personId } = ctx.actor;
  await ctx.tx
    .insertInto('researchOutput')
    .values({ ...draft, id, districtId, madeBy: personId })
    .execute();
  await nameSources(ctx, id, { entryIds, seminarIds });
  await record(ctx, 'learning.output-registered', id);
  return { id, version: 1 };
};

const change = async (ctx: Ctx<'record.changed-meanwhile'>, id: string, version: number, set: Record<string, unknown>): Promise<void> => {
  const done = await ctx.tx
    .updateTable('researchOutput')
    .set({ ...set, version: version + 1 } as never)
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .where('version', '=', version)
    .executeTakeFirst();
  if (done.numUpdatedRows !== 1n) ctx.refuse('record.changed-meanwhile');
};

/** Changes an output. */
export const updateOutput = async (
  ctx: Ctx<Sources | 'record.changed-meanwhile'>,
  id: string,
  { version, entryIds, seminarIds, ...draft }: OutputDraft & { version: number },
) => {
  if ((await outputById(ctx.tx, ctx.actor.districtId, id)) === undefined) return ctx.notFound();
  await change(ctx, id, version, draft);
  await nameSources(ctx, id, { entryIds, seminarIds });
  await record(ctx, 'learning.output-changed', id);
  return { id, version: version + 1 };
};

type FileCodes =
  | 'record.changed-meanwhile'
  | 'files.empty'
  | 'files.too-large'
  | 'files.kind-not-allowed'
  | 'files.content-differs-from-name'
  | 'files.too-many';

/** Puts the file of an output in its place; the one before it goes. */
export const putOutputFile = async (ctx: Ctx<FileCodes>, id: string, given: { name: string; version: number; content: Buffer }) => {
  const was = (await outputById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const name = cleanFileName(given.name);
  const found = await kindOf(given.content);
  const verdict = fileVerdict({ name, bytes: given.content.length, found, already: 0 });
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  const stored = await ctx.services.files.put(id, given.content);
  dropIfItFails(ctx.http.request, stored.storedAs);
  await change(ctx, id, given.version, { fileName: name, fileMime: found ?? '', fileBytes: given.content.length, ...stored });
  if (was.storedAs !== null) dropIfItSucceeds(ctx.http.request, was.storedAs);
  await record(ctx, 'learning.output-file-put', id);
  return { id, version: given.version + 1 };
};
