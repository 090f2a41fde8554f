import { createHash } from 'node:crypto';
import type { ImportEvent } from '@jieyou/core/imports/events.ts';
import { importMoves } from '@jieyou/core/imports/moves.ts';
import { answersForStation, bringsFor } from '@jieyou/core/imports/policy.ts';
import type { ImportLayout, ImportUpload } from '@jieyou/core/imports/schema.ts';
import { addDays } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { dropIfItFails, dropIfItSucceeds } from '../cases/index.ts';
import { holdersAt } from '../identity/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { tableKind } from '../platform/sheets/index.ts';
import { boundsOf, figuresOf } from './file.ts';
import * as store from './store.ts';

const record = (ctx: Ctx<never>, type: ImportEvent, id: string, facts: Record<string, string | number | null> = {}) =>
  ctx.record({ type, recordKind: 'import', recordId: id, facts });

/** An import in reach; missing and out of reach answer alike. */
const importInReach = async (ctx: Ctx<never>, id: string): Promise<store.ImportRecord> =>
  (await store.importById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();

/** An import whose file the person brought; nobody else decides what becomes of it. */
const ownImport = async (ctx: Ctx<never>, id: string): Promise<store.ImportRecord> => {
  const found = await importInReach(ctx, id);
  return found.personId === ctx.actor.personId ? found : ctx.notFound();
};

type StationCodes = 'imports.no-station' | 'imports.no-head';

/** For which station a file is brought, and who stands for what it names nobody for. */
const stationFor = async (ctx: Ctx<StationCodes>, asked: string | undefined): Promise<{ stationId: string; workerId: string }> => {
  const { actor } = ctx;
  const reach = bringsFor(actor.roles);
  if (reach === 'any') {
    const { rows } = await sql<{
      id: string;
    }>`select id from station where district_id = ${actor.districtId} and id = ${asked ?? null}`.execute(ctx.tx);
    const stationId = rows[0]?.id ?? ctx.refuse('imports.no-station');
    return { stationId, workerId: (await holdersAt(ctx.tx, stationId, answersForStation))[0] ?? ctx.refuse('imports.no-head') };
  }
  const own = actor.assignments.filter((a) => a.stationId !== null && a.role === (reach === 'station' ? 'head' : 'worker'));
  const post =
    own.find((a) => a.stationId === asked) ?? (asked === undefined ? (own.find((a) => a.deputyFor === null) ?? own[0]) : undefined);
  return { stationId: post?.stationId ?? ctx.refuse('imports.no-station'), workerId: post?.deputyFor ?? actor.personId };
};

type FileCodes =
  `imports.${'too-large' | 'not-a-table' | 'other-ending' | 'old-excel' | 'encrypted' | 'macros' | 'unsafe-parts' | 'unpacks-too-large'}`;

/** Takes a file in: looked at from outside, kept enciphered, and read by a job. */
export const uploadImport = async (
  ctx: Ctx<FileCodes | StationCodes | 'imports.too-many-running'>,
  ask: z.infer<typeof ImportUpload>,
  file: Buffer,
) => {
  const { tx, actor } = ctx;
  const pack = await figuresOf(tx, actor.districtId, ctx.today);
  const { stationId, workerId } = await stationFor(ctx, ask.stationId);
  const kind = tableKind(file, ask.name, boundsOf(pack));
  if ('refused' in kind) {
    switch (kind.refused) {
      case 'too-large':
        return ctx.refuse('imports.too-large', { maxMegabytes: pack['file.megabytes'] });
      case 'not-a-table':
        return ctx.refuse('imports.not-a-table');
      case 'other-ending':
        return ctx.refuse('imports.other-ending');
      case 'old-excel':
        return ctx.refuse('imports.old-excel');
      case 'encrypted':
        return ctx.refuse('imports.encrypted');
      case 'macros':
        return ctx.refuse('imports.macros');
      case 'unsafe-parts':
        return ctx.refuse('imports.unsafe-parts');
      case 'unpacks-too-large':
        return ctx.refuse('imports.unpacks-too-large');
    }
  }
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ledger_import where district_id = ${actor.districtId}
    and person_id = ${actor.personId} and status in ('waiting', 'checking', 'applying', 'undoing')`.execute(tx);
  if ((rows[0]?.n ?? 0) >= pack['running.most']) ctx.refuse('imports.too-many-running', { most: pack['running.most'] });
  const id = ctx.id();
  const { storedAs } = await ctx.services.files.put(id, file);
  dropIfItFails(ctx.http.request, storedAs);
  await tx
    .insertInto('ledgerImport')
    .values({
      districtId: actor.districtId,
      id,
      kind: ask.kind,
      status: 'waiting',
      stationId,
      personId: actor.personId,
      accountId: actor.accountId,
      workerId,
      fileName: ask.name,
      format: kind.format,
      bytes: file.length,
      sha256: createHash('sha256').update(file).digest('hex'),
      storedAs,
      keptUntil: addDays(ctx.today, pack['file.keepDays']),
      madeAt: ctx.now,
      touchedAt: ctx.now,
    })
    .execute();
  await record(ctx, 'import.uploaded', id, { kind: ask.kind, bytes: file.length });
  await ctx.enqueue('imports.run', { districtId: actor.districtId, id });
  return { id, version: 1 };
};

type Moving = 'record.changed-meanwhile' | 'imports.not-now';

const moved = async (
  ctx: Ctx<Moving>,
  found: store.ImportRecord,
  version: number,
  move: keyof typeof importMoves,
  change: Partial<Parameters<typeof store.moveImport>[5]>,
): Promise<{ id: string; version: number }> => {
  const row = importMoves[move];
  if (!row.from.includes(found.status)) ctx.refuse('imports.not-now');
  const next = await store.moveImport(ctx.tx, ctx.actor.districtId, found.id, version, row.from, {
    ...change,
    status: row.to as store.ImportRecord['status'],
    touchedAt: ctx.now,
  });
  if (next === undefined) return ctx.refuse('record.changed-meanwhile', { version: found.version });
  await ctx.changed('import', found.id);
  return { id: found.id, version: next };
};

/** Says which sheet is meant and what its columns mean; the file is then looked through anew. */
export const arrangeImport = async (
  ctx: Ctx<Moving | 'imports.file-gone' | 'imports.sheet-missing' | 'imports.column-twice'>,
  id: string,
  layout: z.infer<typeof ImportLayout>,
) => {
  const found = await ownImport(ctx, id);
  if (found.storedAs === null) ctx.refuse('imports.file-gone');
  if (layout.sheet > 0 && layout.sheet >= found.sheets.length) ctx.refuse('imports.sheet-missing');
  const keys = (layout.columns ?? []).flatMap((c) => c.key ?? []);
  if (new Set(keys).size < keys.length) ctx.refuse('imports.column-twice');
  const done = await moved(ctx, found, layout.version, 'arrange', {
    sheet: layout.sheet,
    headRow: layout.headRow,
    columns: JSON.stringify(layout.headRow === null ? [] : (layout.columns ?? []).map((c) => ({ title: '', ...c }))),
    failure: null,
    previewCt: null,
  });
  await record(ctx, 'import.arranged', id, { sheet: layout.sheet });
  await ctx.enqueue('imports.run', { districtId: ctx.actor.districtId, id });
  return done;
};

/** Lets what was found be written. */
export const confirmImport = async (
  ctx: Ctx<Moving | 'imports.file-gone' | 'imports.nothing-to-add'>,
  id: string,
  ask: { readonly doubles: 'add' | 'leave'; readonly version: number },
) => {
  const found = await ownImport(ctx, id);
  if (found.storedAs === null) ctx.refuse('imports.file-gone');
  if (!importMoves.confirm.from.includes(found.status)) ctx.refuse('imports.not-now');
  if (found.rowsNew + (ask.doubles === 'add' ? found.rowsDouble : 0) === 0) ctx.refuse('imports.nothing-to-add');
  const done = await moved(ctx, found, ask.version, 'confirm', { doubles: ask.doubles, confirmedAt: ctx.now });
  await record(ctx, 'import.confirmed', id, { rows: found.rowsNew, doubles: ask.doubles });
  await ctx.enqueue('imports.run', { districtId: ctx.actor.districtId, id });
  return done;
};

/** Gives up an import of which nothing was written; its file goes at once. */
export const dropImport = async (ctx: Ctx<Moving>, id: string, version: number) => {
  const found = await ownImport(ctx, id);
  const done = await moved(ctx, found, version, 'drop', { storedAs: null, previewCt: null });
  if (found.storedAs !== null) dropIfItSucceeds(ctx.http.request, found.storedAs);
  await record(ctx, 'import.dropped', id);
  return done;
};

/** Asks for a whole import to be taken back; says what stands in the way. */
export const undoImport = async (
  ctx: Ctx<Moving | 'imports.in-use'>,
  id: string,
  ask: { readonly reason: string; readonly version: number },
) => {
  const found = await importInReach(ctx, id);
  if (found.status === 'done' && found.kind === 'recipients') {
    const held = await store.peopleHeld(ctx.tx, id);
    const count = (...tables: string[]) => held.filter((h) => tables.includes(h.why)).reduce((n, h) => n + h.n, 0);
    if (held.length > 0) {
      const [cases, contacts] = [count('case_file'), count('service_contact')];
      ctx.refuse('imports.in-use', { cases, contacts, other: held.reduce((n, h) => n + h.n, 0) - cases - contacts });
    }
  }
  const done = await moved(ctx, found, ask.version, 'undo', {
    undoneBy: ctx.actor.personId,
    undoneAt: ctx.now,
    undoReason: ask.reason,
    failure: null,
  });
  await record(ctx, 'import.undo-asked', id, { rows: found.rowsAdded - found.rowsUndone });
  await ctx.enqueue('imports.run', { districtId: ctx.actor.districtId, id });
  return done;
};
