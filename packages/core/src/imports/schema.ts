import { z } from 'zod';
import { Id, line, Version } from '../shared/endpoint.ts';
import { AnyDay, AnyMoment } from '../shared/words.ts';

/** What a ledger holds: people of a register, or acts of service. */
export const ImportKind = z.enum(['recipients', 'contacts']);
export type ImportKind = z.infer<typeof ImportKind>;

/** Where an import stands. */
export const ImportStatus = z.enum(['waiting', 'checking', 'checked', 'applying', 'done', 'undoing', 'undone', 'failed', 'dropped']);
export type ImportStatus = z.infer<typeof ImportStatus>;

/** What a column of a ledger means. */
export const ImportColumnKey = z.enum([
  'name',
  'gender',
  'idNumber',
  'birthOn',
  'phone',
  'address',
  'categories',
  'disability',
  'worker',
  'happenedOn',
  'kind',
  'domain',
  'minutes',
  'people',
]);
export type ImportColumnKey = z.infer<typeof ImportColumnKey>;

/** Why a file was not read to its end. */
export const ImportFailure = z.enum([
  'unpacks-too-large',
  'entities',
  'too-many-rows',
  'too-many-columns',
  'texts-too-large',
  'damaged',
  'no-head',
  'no-rows',
  'file-gone',
  'out-of-reach',
  'something-hangs-on-it',
]);
export type ImportFailure = z.infer<typeof ImportFailure>;

/** What is wrong with a row, or why it was left. */
export const RowProblemCode = z.enum([
  'missing',
  'too-long',
  'formula-empty',
  'formula-like',
  'cell-error',
  'date-unreadable',
  'date-incomplete',
  'date-future',
  'date-too-early',
  'id-lost',
  'id-wrong',
  'id-birth',
  'id-gender',
  'phone-wrong',
  'gender-unknown',
  'category-unknown',
  'category-not-minor',
  'disability-incomplete',
  'kind-unknown',
  'domain-unknown',
  'minutes-wrong',
  'people-wrong',
  'worker-unknown',
  'worker-twice',
  'worker-other',
  'person-missing',
  'person-unknown',
  'person-twice',
  'same-row',
  'maybe-same-person',
  'maybe-counted',
]);
export type RowProblemCode = z.infer<typeof RowProblemCode>;

/** One thing that is wrong: in which column, and with which other row. */
export const RowProblem = z.object({
  column: ImportColumnKey.nullable(),
  code: RowProblemCode,
  row: z.int().nullable(),
});
export type RowProblem = z.infer<typeof RowProblem>;

/** State of a row that is shown: not taken, left as a possible double, or there already. */
export const ShownRowState = z.enum(['wrong', 'double', 'known']);
export type ShownRowState = z.infer<typeof ShownRowState>;

/** A row of the file that is not simply taken; its words stay in the file. */
export const ImportRow = z.object({ id: Id, rowNo: z.int(), state: ShownRowState, problems: z.array(RowProblem) });

/** A column of the file: its heading, what it means, and whether a blank means "same as above". */
export const ImportColumn = z.object({ title: z.string(), key: ImportColumnKey.nullable(), fill: z.boolean() });
export type ImportColumn = z.infer<typeof ImportColumn>;

/** How many rows of which sort. */
export const ImportCounts = z.object({
  read: z.int(),
  fresh: z.int(),
  known: z.int(),
  double: z.int(),
  wrong: z.int(),
  skipped: z.int(),
  upgraded: z.int(),
  filled: z.int(),
  added: z.int(),
  undone: z.int(),
});

const register = {
  id: Id,
  kind: ImportKind,
  status: ImportStatus,
  fileName: z.string(),
  stationName: z.string(),
  byName: z.string(),
  madeAt: AnyMoment,
  counts: ImportCounts,
  failure: ImportFailure.nullable(),
};

/** An import as the list shows it. */
export const ImportListRow = z.object(register);

/** What may be done with an import. */
export const ImportAct = z.enum(['arrange', 'confirm', 'drop', 'failed-rows', 'undo']);
export type ImportAct = z.infer<typeof ImportAct>;

/** An import with what was found in its file. */
export const Import = z.object({
  ...register,
  mine: z.boolean(),
  bytes: z.int(),
  keptUntil: AnyDay,
  fileKept: z.boolean(),
  sheets: z.array(z.string()),
  sheet: z.int(),
  headRow: z.int().nullable(),
  columns: z.array(ImportColumn),
  /** Rows as they were understood, masked; only for who loaded the file. */
  preview: z.array(z.object({ rowNo: z.int(), cells: z.array(z.string()), filled: z.array(z.int()) })),
  appliedRow: z.int(),
  doubles: z.enum(['add', 'leave']),
  confirmedAt: AnyMoment.nullable(),
  finishedAt: AnyMoment.nullable(),
  undoneByName: z.string().nullable(),
  undoneAt: AnyMoment.nullable(),
  undoReason: z.string().nullable(),
  version: z.int(),
  can: z.array(ImportAct),
});

/** Which sheet is read, and what its columns mean; the heading is looked for again where no row is named. */
export const ImportLayout = z.object({
  sheet: z.int().min(0).max(200),
  headRow: z.int().min(1).max(2_000_000).nullable(),
  columns: z
    .array(z.object({ key: ImportColumnKey.nullable(), fill: z.boolean() }))
    .max(200)
    .nullable(),
  version: Version,
});

/** Address of a file that is brought: what it holds, what it is called, for which station. */
export const ImportUpload = z.object({ kind: ImportKind, name: line(120), stationId: Id.optional() });
