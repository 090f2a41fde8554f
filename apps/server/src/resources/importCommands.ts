import { fromService, servicesOf, toService } from '@jieyou/core/resources/hsds.ts';
import { alike, intakeState } from '@jieyou/core/resources/rules.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { readWorkbook, streamWorkbook, WORKBOOK_TYPE } from '../platform/excel.ts';
import type { Ctx } from '../platform/http/context.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { createResource, updateResource } from './commands.ts';
import { type BadRow, checkDraft, columns, type GoodRow, headingsOf, rowsOf } from './importing.ts';
import * as store from './store.ts';

type FileCodes = 'resources.workbook-unreadable' | 'resources.workbook-too-large' | 'resources.workbook-too-many-rows';
type Sorted = { good: GoodRow[]; bad: BadRow[] };

/** Reads a workbook from outside; one that is hostile, too large or no workbook at all is refused before anything of it is kept. */
const sheetOf = async (ctx: Ctx<FileCodes>, file: Buffer): Promise<Sorted> => {
  const figures = await store.figuresOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const maxRows = figures['import.maxRows'];
  const maxMegabytes = figures['import.maxMegabytes'];
  const read = await readWorkbook(file, { maxRows, maxMegabytes, maxRatio: figures['import.maxRatio'] });
  if ('refused' in read) {
    if (read.refused === 'too-large') return ctx.refuse('resources.workbook-too-large', { maxMegabytes });
    if (read.refused === 'too-many-rows') return ctx.refuse('resources.workbook-too-many-rows', { maxRows });
    return ctx.refuse('resources.workbook-unreadable');
  }
  const places = headingsOf(read.rows);
  return places === undefined ? ctx.refuse('resources.workbook-unreadable') : rowsOf(read.rows, places);
};

type Known = store.ResourceRow & { externalId: string | null };
type Plan = { added: GoodRow[]; changed: { row: GoodRow; known: Known; change: Partial<store.ResourceKept> }[]; unchanged: number };

// A workbook says nothing of rules and reviews: what it does not name stays as it was.
const UNSAID: readonly (keyof store.ResourceKept)[] = ['eligibility', 'reviewOn'];

/** What an import would do: a resource is known by the id of an exchange, else by its name and authority. */
const planOf = async (ctx: Ctx<never>, good: readonly GoodRow[], from: 'workbook' | 'exchange'): Promise<Plan> => {
  const bank = await store.wholeBank(ctx.tx, ctx.actor.districtId, ctx.today);
  const byId = new Map(bank.flatMap((b) => [[b.id, b] as const, ...(b.externalId === null ? [] : [[b.externalId, b] as const])]));
  const byName = new Map(bank.map((b) => [`${b.name}\n${b.authority}`, b]));
  const plan: Plan = { added: [], changed: [], unchanged: 0 };
  for (const row of good) {
    const known = row.externalId === null ? byName.get(`${row.draft.name}\n${row.draft.authority}`) : byId.get(row.externalId);
    if (known === undefined) {
      plan.added.push(row);
      continue;
    }
    const keys = (Object.keys(row.draft) as (keyof store.ResourceKept)[]).filter((k) => from === 'exchange' || !UNSAID.includes(k));
    const differing = keys.filter((k) => !alike(row.draft[k], known[k]));
    if (differing.length === 0) plan.unchanged += 1;
    else plan.changed.push({ row, known, change: Object.fromEntries(differing.map((k) => [k, row.draft[k]])) });
  }
  return plan;
};

const MOST_NAMES = 20;

const checked = (sorted: Sorted, plan: Plan) => ({
  rows: sorted.good.length + sorted.bad.length,
  good: sorted.good.length,
  added: plan.added.length,
  changed: plan.changed.length,
  unchanged: plan.unchanged,
  bad: sorted.bad.slice(0, 200).map(({ row, name, problems }) => ({ row, name, problems: [...problems] })),
  names: [...plan.added, ...plan.changed.map((c) => c.row)].slice(0, MOST_NAMES).map((r) => r.draft.name),
});

type Writing = 'resources.validity-backwards' | 'record.changed-meanwhile';

// The door's one transaction: a row that fails takes all others with it.
const carryOut = async (ctx: Ctx<Writing>, plan: Plan): Promise<void> => {
  for (const { draft, externalId } of plan.added) await createResource(ctx, draft, externalId);
  for (const { known, change } of plan.changed) await updateResource(ctx, known.id, { ...change, version: known.version });
  await ctx.record({
    type: 'resource.imported',
    recordKind: 'resource',
    recordId: ctx.actor.districtId,
    facts: { added: plan.added.length, changed: plan.changed.length, unchanged: plan.unchanged },
  });
};

/** Says what an import of the workbook would do; nothing is written. */
export const checkResourceImport = async (ctx: Ctx<FileCodes>, file: Buffer) => {
  const sorted = await sheetOf(ctx, file);
  return checked(sorted, await planOf(ctx, sorted.good, 'workbook'));
};

/** Imports a workbook whole, or without its bad rows when that is asked for. */
export const importResources = async (ctx: Ctx<FileCodes | Writing | 'resources.rows-bad'>, file: Buffer, leaveBad: boolean) => {
  const sorted = await sheetOf(ctx, file);
  if (sorted.bad.length > 0 && !leaveBad) ctx.refuse('resources.rows-bad', { bad: sorted.bad.length });
  const plan = await planOf(ctx, sorted.good, 'workbook');
  await carryOut(ctx, plan);
  return { added: plan.added.length, changed: plan.changed.length, unchanged: plan.unchanged, left: sorted.bad.length };
};

const asWorkbook = (ctx: Ctx<never>, name: string, rows: readonly (readonly string[])[], withProblems: boolean) => {
  ctx.http.reply.type(WORKBOOK_TYPE).header('content-disposition', fileAs(`${name}.xlsx`));
  return streamWorkbook({
    title: name,
    columns: [...columns.map(({ title, width }) => ({ title, width })), ...(withProblems ? [{ title: '问题', width: 60 }] : [])],
    rows: (async function* () {
      yield* rows;
    })(),
    madeBy: '',
    madeAt: '',
  });
};

/** The rows that cannot be taken, as they came, with what is wrong in a last column; corrected, the file can be imported. */
export const failedRows = async (ctx: Ctx<FileCodes>, file: Buffer) => {
  const { bad } = await sheetOf(ctx, file);
  const rows = bad.map((b) => [...b.cells, b.problems.map((p) => `${p.column}：${p.says}`).join('；')]);
  return asWorkbook(ctx, '没有导入的行', rows, true);
};

/** The template: headings and one row that shows how. */
export const importTemplate = (ctx: Ctx<never>) => asWorkbook(ctx, '政策与资源导入模板', [columns.map((c) => c.example)], false);

/** The whole bank in HSDS 3.0. */
export const exportHsds = async (ctx: Ctx<never>) => {
  const bank = await store.wholeBank(ctx.tx, ctx.actor.districtId, ctx.today);
  ctx.saw('resource', ctx.actor.districtId, { kind: 'export', outcome: 'exported' });
  const services = bank.map((one) =>
    toService(one.externalId ?? one.id, one, {
      divisionName: one.divisionName,
      valid: one.valid,
      intakeSays: intakeState(one, ctx.today).says,
    }),
  );
  ctx.http.reply.type('application/json; charset=utf-8').header('content-disposition', fileAs(`政策与资源${ctx.today}.json`));
  return JSON.stringify(services);
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const FIELD_NAMES: Readonly<Record<string, string>> = {
  name: 'name',
  summary: 'description',
  authority: 'organization.name',
  audience: 'eligibility_description',
  conditions: 'eligibility_description',
  materials: 'required_documents',
  phone: 'phones',
};

/** Imports services of HSDS 3.0, our own or another bank's; `check` only says what would happen. */
export const importHsds = async (
  ctx: Ctx<Writing | 'resources.exchange-unreadable' | 'resources.workbook-too-large' | 'resources.rows-bad'>,
  file: Buffer,
  ask: { mode: 'check' | 'apply'; helpField?: HelpField[] | undefined; leaveBad?: 'yes' | undefined },
) => {
  const figures = await store.figuresOf(ctx.tx, ctx.actor.districtId, ctx.today);
  const maxMegabytes = figures['import.maxMegabytes'];
  if (file.length > maxMegabytes * 1024 * 1024) return ctx.refuse('resources.workbook-too-large', { maxMegabytes });
  const parsed = (() => {
    try {
      return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(file)) as unknown;
    } catch {
      return undefined;
    }
  })();
  const services = servicesOf(parsed);
  if (services === undefined || services.length > figures['import.maxRows']) return ctx.refuse('resources.exchange-unreadable');
  const sorted: Sorted = { good: [], bad: [] };
  const seen = new Set<string>();
  for (const [index, service] of services.entries()) {
    const { id, draft } = fromService(service, { helpFields: ask.helpField ?? [], today: ctx.today });
    const row = index + 1;
    const result = checkDraft(draft);
    const wrong = !UUID.test(id) ? '没有 id，或不是 UUID' : seen.has(id) ? 'id 重复' : null;
    if (wrong !== null || 'issues' in result) {
      const issues = 'issues' in result ? result.issues : [];
      const problems = [
        ...(wrong === null ? [] : [{ column: 'id', says: wrong }]),
        ...issues.map((i) => ({ column: FIELD_NAMES[String(i.path)] ?? String(i.path ?? ''), says: i.message })),
      ];
      sorted.bad.push({ row, name: String(draft.name), problems, cells: [] });
    } else {
      seen.add(id);
      sorted.good.push({ row, draft: result.draft, externalId: id });
    }
  }
  const plan = await planOf(ctx, sorted.good, 'exchange');
  if (ask.mode === 'apply') {
    if (sorted.bad.length > 0 && ask.leaveBad !== 'yes') ctx.refuse('resources.rows-bad', { bad: sorted.bad.length });
    await carryOut(ctx, plan);
  }
  return checked(sorted, plan);
};
