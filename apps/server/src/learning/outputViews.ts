import { mayEver } from '@jieyou/core/identity/policy.ts';
import { keepsOutputs } from '@jieyou/core/learning/policy.ts';
import type { OutputKind, OutputStatus } from '@jieyou/core/learning/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { answerKeptFile, fileAs } from '../platform/http/fileAs.ts';
import { allOf, readPage } from '../platform/http/paging.ts';

type OutputFilter = {
  readonly kind?: OutputKind[] | undefined;
  readonly status?: OutputStatus[] | undefined;
  readonly year?: number | undefined;
  readonly text?: string | undefined;
};

type OutputLine = {
  id: string;
  kind: OutputKind;
  title: string;
  year: number;
  authors: string[];
  status: OutputStatus;
  outlet: string;
  hasFile: boolean;
  link: string;
};

const LINE = sql`o.id, o.kind, o.title, o.year, o.authors, o.status, o.outlet, o.file_name is not null as has_file, o.link`;

const whereOf = (districtId: string, filter: OutputFilter) =>
  allOf([
    sql`o.district_id = ${districtId}`,
    filter.kind !== undefined && sql`o.kind = any(${filter.kind}::text[])`,
    filter.status !== undefined && sql`o.status = any(${filter.status}::text[])`,
    filter.year !== undefined && sql`o.year = ${filter.year}`,
    filter.text !== undefined &&
      filter.text !== '' &&
      sql`(strpos(o.title, ${filter.text}) > 0 or strpos(array_to_string(o.authors, ' '), ${filter.text}) > 0)`,
  ]);

/** Outputs of the district, the newest year first. */
export const listOutputs = (
  ctx: Ctx<never>,
  query: OutputFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) =>
  readPage<OutputLine>(ctx.tx, query, {
    columns: LINE,
    from: sql`from research_output o`,
    where: whereOf(ctx.actor.districtId, query),
    sort: [
      { column: 'year', direction: 'desc', type: 'int' },
      { column: 'id', direction: 'desc', type: 'uuid' },
    ],
    alias: 'o',
  });

type OutputKept = Omit<OutputLine, 'hasFile'> & {
  summary: string;
  fileName: string | null;
  fileMime: string | null;
  fileBytes: number | null;
  storedAs: string | null;
  version: number;
};

export const outputById = async (tx: Tx, districtId: string, id: string): Promise<OutputKept | undefined> =>
  (
    await sql<OutputKept>`select id, kind, title, year, authors, status, outlet, summary, link, file_name, file_mime, file_bytes, stored_as, version
      from research_output where district_id = ${districtId} and id = ${id}`.execute(tx)
  ).rows[0];

/** One output with the cases and seminars it stands on; a recalled case is not among them. */
export const readOutput = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const { fileName, fileBytes, fileMime: _m, storedAs: _s, ...output } = (await outputById(tx, districtId, id)) ?? ctx.notFound();
  const { rows: entries } = await sql<{ id: string; number: string; title: string }>`select e.id, e.number, e.title
    from research_output_source s join casebank_entry e on e.id = s.entry_id and e.recalled_at is null
    where s.district_id = ${districtId} and s.output_id = ${id} order by e.number`.execute(tx);
  const { rows: seminars } = await sql<{ id: string; topic: string; heldOn: string }>`select m.id, m.topic, m.held_on
    from research_output_source s join seminar m on m.district_id = s.district_id and m.id = s.seminar_id
    where s.district_id = ${districtId} and s.output_id = ${id} order by m.held_on`.execute(tx);
  return {
    ...output,
    file: fileName === null ? null : { name: fileName, bytes: fileBytes ?? 0 },
    entries,
    seminars,
    can: mayEver(keepsOutputs, actor) ? ['edit'] : [],
  };
};

/** The file of an output; it is saved and never shown inside the platform's own pages. */
export const readOutputFile = async (ctx: Ctx<never>, id: string): Promise<Buffer> => {
  const output = (await outputById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  if (output.storedAs === null || output.fileName === null) return ctx.notFound();
  const content = await ctx.services.files.get(id, output.storedAs);
  answerKeptFile(ctx.http.reply, output.fileMime ?? 'application/octet-stream', fileAs(output.fileName));
  return content;
};
