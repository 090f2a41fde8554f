/**
 * What becomes of answers: which fields are shown, what is kept, what is missing. The server decides by this, and the browser shows the
 * same while somebody types. One pass from top to bottom: a condition looks at earlier fields only, so nothing can turn in a circle.
 */
import { type Day, formatDay } from '../shared/day.ts';
import { AnyDay, amount, line, passage } from '../shared/words.ts';
import type { FormColumn, FormCondition, FormDocument, FormFact, FormField, FormTest } from './document.ts';
import { fieldsOf } from './document.ts';

/** A row of a table, a signature, and any answer. */
export type FormRow = Readonly<Record<string, string | number | null>>;
export type FormSignature = { readonly name: string; readonly on: string };
export type FormAnswerValue = string | number | boolean | null | readonly string[] | readonly FormRow[] | FormSignature;
/** Answers by the key of their field. */
export type FormValues = Readonly<Record<string, FormAnswerValue>>;

/** What is known of the person, as it was when the form was begun. */
export type FormFacts = { readonly [F in FormFact]: F extends '@minor' ? boolean | null : number | null };

/** Nothing is known: an empty form on paper. */
export const NO_FACTS: FormFacts = { '@minor': null, '@age': null };

/** Whether somebody answered: blanks are no answer, 0 and 否 are one. */
export const isFilled = (value: FormAnswerValue | undefined): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value === 'string') return value.trim() !== '';
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === 'object') return (value as FormSignature).name.trim() !== '';
  return true;
};

const testHolds = (test: FormTest, kept: FormValues, facts: FormFacts): boolean => {
  const value = test.field.startsWith('@') ? facts[test.field as FormFact] : kept[test.field];
  if (test.filled !== undefined) return isFilled(value) === test.filled;
  if (!isFilled(value)) return false;
  if (test.is !== undefined) return value === test.is;
  if (test.in !== undefined) return test.in.includes(value as string);
  if (test.has !== undefined) return Array.isArray(value) && (value as readonly unknown[]).includes(test.has);
  if (test.atLeast !== undefined) return typeof value === 'number' && value >= test.atLeast;
  if (test.atMost !== undefined) return typeof value === 'number' && value <= test.atMost;
  return false;
};

/** Whether a condition holds with what was kept so far; no condition always holds. */
export const holds = (condition: FormCondition | undefined, kept: FormValues, facts: FormFacts): boolean => {
  if (condition === undefined) return true;
  if ('field' in condition) return testHolds(condition, kept, facts);
  if ('all' in condition) return condition.all.every((c) => holds(c, kept, facts));
  if ('any' in condition) return condition.any.some((c) => holds(c, kept, facts));
  return !holds(condition.not, kept, facts);
};

/** What is wrong with an answer. `shape`: it could never have been typed into this field. */
export type FillProblem = {
  readonly field: string;
  readonly row?: number;
  readonly column?: string;
  readonly says: string;
  readonly shape?: true;
};

type Judged =
  | { readonly value: FormAnswerValue; readonly says?: string; readonly shape?: true }
  | { readonly shape: true; readonly says: string; readonly value: null };

const wrong = (says: string): Judged => ({ value: null, says, shape: true });

const judgeText = (value: unknown, most: number, lines: boolean): Judged => {
  if (typeof value !== 'string') return wrong('请填写文字');
  const read = (lines ? passage(most, 0) : line(most, 0)).safeParse(value);
  return read.success ? { value: read.data } : wrong(value.trim().length > most ? `最多 ${most} 个字` : '不能包含控制字符');
};

type Bounds = { readonly min?: number | undefined; readonly max?: number | undefined; readonly whole?: boolean | undefined };
const judgeNumber = (value: unknown, { min, max, whole }: Bounds): Judged => {
  if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > 1_000_000_000) return wrong('请填写数字');
  if (whole === true && !Number.isInteger(value)) return { value, says: '请填写整数' };
  if (min !== undefined && value < min) return { value, says: `不能小于 ${min}` };
  if (max !== undefined && value > max) return { value, says: `不能大于 ${max}` };
  return { value };
};

const judgeDay = (value: unknown): Judged =>
  AnyDay.safeParse(value).success ? { value: value as string } : wrong('请填写日期，如 2026-03-05');

const judgeOne = (value: unknown, options: readonly { readonly value: string }[]): Judged =>
  options.some((o) => o.value === value) ? { value: value as string } : wrong('请从给出的选项中选择');

const CELL = 200;
const DEFAULT_LINE = 120;
const DEFAULT_PASSAGE = 2000;

/** How long a text may be. */
export const longest = (field: FormField): number =>
  field.kind === 'line' ? (field.max ?? DEFAULT_LINE) : field.kind === 'passage' ? (field.max ?? DEFAULT_PASSAGE) : CELL;

const judgeCell = (column: FormColumn, value: unknown): Judged => {
  if (column.kind === 'line') return judgeText(value, CELL, false);
  if (column.kind === 'number') return judgeNumber(value, column);
  if (column.kind === 'day') return judgeDay(value);
  return judgeOne(value, column.options);
};

const judgeField = (field: FormField, value: FormAnswerValue, kept: FormValues, today: string): Judged => {
  switch (field.kind) {
    case 'line':
      return judgeText(value, longest(field), false);
    case 'passage':
      return judgeText(value, longest(field), true);
    case 'number':
      return judgeNumber(value, field);
    case 'day': {
      const read = judgeDay(value);
      if (read.says !== undefined) return read;
      const day = read.value as string;
      if (field.notFuture === true && day > today) return { value: day, says: '不能晚于今天' };
      const before = field.notBefore === undefined ? undefined : kept[field.notBefore];
      return typeof before === 'string' && day < before ? { value: day, says: '不能早于前面的日期' } : { value: day };
    }
    case 'one':
    case 'item':
      return judgeOne(value, field.options);
    case 'many': {
      if (!Array.isArray(value)) return wrong('请至少选一项');
      const chosen = value as readonly unknown[];
      if (new Set(chosen).size !== chosen.length || chosen.some((v) => judgeOne(v, field.options).says !== undefined))
        return wrong('请从给出的选项中选择');
      const most = field.most ?? field.options.length;
      return chosen.length > most ? { value, says: `最多选 ${most} 项` } : { value };
    }
    case 'yesno':
      return typeof value === 'boolean' ? { value } : wrong('请选择是或否');
    case 'signature': {
      const given = value as FormSignature;
      if (typeof value !== 'object' || value === null || Array.isArray(value) || typeof given.name !== 'string')
        return wrong('请写签名人和日期');
      const name = judgeText(given.name, 40, false);
      if (name.says !== undefined) return wrong(name.says);
      if (judgeDay(given.on).says !== undefined) return { value: { name: name.value as string, on: '' }, says: '请写签名的日期' };
      return given.on > today
        ? { value: { name: name.value as string, on: given.on }, says: '不能晚于今天' }
        : { value: { name: name.value as string, on: given.on } };
    }
    case 'table':
      return wrong('请按列填写');
  }
};

const judgeTable = (
  field: Extract<FormField, { kind: 'table' }>,
  value: FormAnswerValue,
): { readonly rows: FormRow[]; readonly problems: FillProblem[] } => {
  const problems: FillProblem[] = [];
  const rows: FormRow[] = [];
  if (!Array.isArray(value)) return { rows, problems: [{ field: field.key, says: '请按列填写', shape: true }] };
  const known = new Set(field.columns.map((c) => c.key));
  for (const given of value as readonly unknown[]) {
    if (typeof given !== 'object' || given === null || Array.isArray(given) || Object.keys(given).some((k) => !known.has(k)))
      return { rows: [], problems: [{ field: field.key, says: '请按列填写', shape: true }] };
    const cells = given as FormRow;
    // A row in which nothing stands is none.
    if (!field.columns.some((c) => isFilled(cells[c.key]))) continue;
    const at = rows.length;
    const row: Record<string, string | number | null> = {};
    for (const column of field.columns) {
      const cell = cells[column.key];
      if (!isFilled(cell)) {
        if (column.required === true)
          problems.push({ field: field.key, row: at, column: column.key, says: `第 ${at + 1} 行请填写“${column.label}”` });
        continue;
      }
      const read = judgeCell(column, cell);
      if (read.says !== undefined)
        problems.push({
          field: field.key,
          row: at,
          column: column.key,
          says: `第 ${at + 1} 行“${column.label}”${read.says}`,
          ...(read.shape ? { shape: true } : {}),
        });
      if (read.shape !== true) row[column.key] = read.value as string | number;
    }
    rows.push(row);
  }
  if (rows.length > field.maxRows) problems.push({ field: field.key, says: `最多 ${field.maxRows} 行`, shape: true });
  if (rows.length < (field.minRows ?? 0)) problems.push({ field: field.key, says: `至少 ${field.minRows} 行` });
  return { rows, problems };
};

/** What a form holds once its conditions were asked. */
export type Filled = {
  /** Answers of fields that are shown; nothing else. */
  readonly kept: FormValues;
  /** Keys of sections and fields that are shown. */
  readonly shown: ReadonlySet<string>;
  readonly problems: readonly FillProblem[];
};

const MISSING: Readonly<Record<FormField['kind'], string>> = {
  line: '请填写',
  passage: '请填写',
  number: '请填写数字',
  day: '请填写日期',
  one: '请选一项',
  many: '请至少选一项',
  yesno: '请选择是或否',
  table: '请至少填一行',
  signature: '请写签名人和日期',
  item: '请选一项',
};

/** The key under which a shown section stands; fields and sections may share a name. */
export const sectionKey = (key: string): string => `§${key}`;

/** Goes through a form from top to bottom: what is shown, what is kept, what is wrong. What is not shown is dropped, whatever it held. */
export const fill = (document: FormDocument, values: FormValues, facts: FormFacts, today: string): Filled => {
  const kept: Record<string, FormAnswerValue> = {};
  const shown = new Set<string>();
  const problems: FillProblem[] = [];
  const known = new Set(fieldsOf(document).map((f) => f.key));
  for (const key of Object.keys(values)) if (!known.has(key)) problems.push({ field: key, says: '这一版表里没有这一栏', shape: true });
  for (const section of document.sections) {
    if (!holds(section.when, kept, facts)) continue;
    shown.add(sectionKey(section.key));
    for (const field of section.fields) {
      if (!holds(field.when, kept, facts)) continue;
      shown.add(field.key);
      const value = Object.hasOwn(values, field.key) ? values[field.key] : undefined;
      const needed = field.required === true || (field.requiredWhen !== undefined && holds(field.requiredWhen, kept, facts));
      if (value === undefined || !isFilled(value)) {
        if (needed) problems.push({ field: field.key, says: MISSING[field.kind] });
        else if (field.kind === 'table' && (field.minRows ?? 0) > 0) problems.push({ field: field.key, says: `至少 ${field.minRows} 行` });
        continue;
      }
      if (field.kind === 'table') {
        const table = judgeTable(field, value);
        problems.push(...table.problems);
        if (table.rows.length > 0) kept[field.key] = table.rows;
        else if (needed && table.problems.length === 0) problems.push({ field: field.key, says: MISSING.table });
        continue;
      }
      const read = judgeField(field, value, kept, today);
      if (read.says !== undefined) problems.push({ field: field.key, says: read.says, ...(read.shape ? { shape: true } : {}) });
      if (read.shape !== true) kept[field.key] = read.value;
    }
  }
  return { kept, shown, problems };
};

/** What the worker is told by the document's own hints. */
export const alertsOf = (document: FormDocument, kept: FormValues, facts: FormFacts): string[] =>
  (document.alerts ?? []).filter((a) => holds(a.when, kept, facts)).map((a) => a.says);

/** One cell of a table in words. */
export const cellText = (column: FormColumn, value: string | number | null | undefined): string => {
  if (value === undefined || value === null) return '';
  if (column.kind === 'day') return formatDay(value as Day);
  return column.kind === 'one' ? (column.options.find((o) => o.value === value)?.label ?? '') : String(value);
};

/** An answer in words, as it is read and printed; tables have rows of their own. */
export const answerText = (field: FormField, value: FormAnswerValue | undefined): string => {
  if (value === undefined || !isFilled(value)) return '';
  switch (field.kind) {
    case 'one':
    case 'item':
      return field.options.find((o) => o.value === value)?.label ?? '';
    case 'many':
      return field.options
        .filter((o) => (value as readonly string[]).includes(o.value))
        .map((o) => o.label)
        .join('、');
    case 'yesno':
      return value === true ? '是' : '否';
    case 'number':
      return amount(String(value), field.unit);
    case 'signature':
      return `${(value as FormSignature).name}　${(value as FormSignature).on === '' ? '' : formatDay((value as FormSignature).on as Day)}`;
    case 'day':
      return formatDay(value as Day);
    case 'table':
      return (value as readonly FormRow[])
        .map((row) => field.columns.flatMap((c) => (isFilled(row[c.key]) ? [`${c.label}：${cellText(c, row[c.key])}`] : [])).join('，'))
        .join('\n');
    default:
      return String(value);
  }
};

/** The answers in sentences for the copy that a person gets: without what is the worker's own thinking. */
export const toldOf = (document: FormDocument, kept: FormValues): string =>
  fieldsOf(document)
    .flatMap((field) => {
      const words = field.professional === true ? '' : answerText(field, kept[field.key]);
      return words === '' ? [] : [`${field.label}：${words}`];
    })
    .join('\n');
