/** Rows of a workbook as drafts of resources: what each column means, and what is wrong with a row in the words of its columns. */
import { ResourceDraft } from '@jieyou/core/resources/schema.ts';
import { type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { issuingTierLabels, resourceKindLabels } from '@jieyou/core/texts/labels.ts';
import { policyTypeLabels } from '@jieyou/core/texts/resourceLabels.ts';
import type { z } from 'zod';

type Draft = z.infer<typeof ResourceDraft>;
type Column = { readonly key: keyof Draft; readonly title: string; readonly width: number; readonly example: string };

/** Columns of the workbook, in the order of the template. */
export const columns: readonly Column[] = [
  { key: 'kind', title: '类别', width: 8, example: '政策' },
  { key: 'policyType', title: '政策类型', width: 12, example: '救助与待遇' },
  { key: 'name', title: '名称', width: 24, example: '（示例）临时困难家庭补助' },
  { key: 'category', title: '小类', width: 12, example: '社会救助' },
  { key: 'audience', title: '谁可以申请', width: 30, example: '遭遇突发困难的家庭' },
  { key: 'conditions', title: '条件', width: 30, example: '基本生活暂时出现困难' },
  { key: 'materials', title: '材料', width: 24, example: '身份证；困难说明' },
  { key: 'summary', title: '内容', width: 36, example: '一次性补助，紧急时先办后补材料' },
  { key: 'helpFields', title: '专业', width: 14, example: '经济、家庭' },
  { key: 'authority', title: '办理单位', width: 20, example: '街道民政服务窗口' },
  { key: 'phone', title: '电话', width: 16, example: '' },
  { key: 'issuingTier', title: '出自', width: 8, example: '区' },
  { key: 'documentNo', title: '文号', width: 18, example: '' },
  { key: 'documentOn', title: '发文日期', width: 12, example: '' },
  { key: 'source', title: '来源', width: 24, example: '本行是示例，导入前请删去' },
  { key: 'validFrom', title: '生效日期', width: 12, example: '2026-01-01' },
  { key: 'validTo', title: '失效日期', width: 12, example: '' },
];

/** What a problem is about that belongs to no column. */
const ROW = '整行';

/** A row that can be taken. */
export type GoodRow = { readonly row: number; readonly draft: Draft; readonly externalId: string | null };
export type BadRow = {
  readonly row: number;
  readonly name: string;
  readonly problems: readonly { readonly column: string; readonly says: string }[];
  /** The row as it came, for the file of failed rows. */
  readonly cells: readonly string[];
};

const coded = (labels: Readonly<Record<string, string>>, word: string): string =>
  Object.entries(labels).find(([, label]) => label === word)?.[0] ?? word;

// Dates as people type them: 2026-3-5, 2026/3/5, 2026.3.5, 2026年3月5日. Whether the day exists the schema says.
const dayText = (text: string): string => {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/u.exec(text);
  return match === null ? text : `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
};

const OPTIONAL: readonly (keyof Draft)[] = ['policyType', 'phone', 'documentNo', 'documentOn', 'validTo'];

const readAs = (key: keyof Draft, text: string): unknown => {
  if (text === '' && OPTIONAL.includes(key)) return null;
  switch (key) {
    case 'kind':
      return coded(resourceKindLabels, text);
    case 'policyType':
      return coded(policyTypeLabels, text);
    case 'issuingTier':
      return coded(issuingTierLabels, text);
    case 'helpFields':
      return text === '' ? [] : text.split(/[、，,；;\s]+/u).map((word) => coded(helpFieldLabels, word) as HelpField);
    case 'materials':
      return text === '' ? [] : text.split(/[；;\n]+/u).flatMap((one) => one.trim() || []);
    case 'validFrom':
    case 'validTo':
    case 'documentOn':
      return dayText(text);
    default:
      return text;
  }
};

const CHOICES: Readonly<Partial<Record<keyof Draft, Readonly<Record<string, string>>>>> = {
  kind: resourceKindLabels,
  policyType: policyTypeLabels,
  issuingTier: issuingTierLabels,
  helpFields: helpFieldLabels,
};

const says = (key: keyof Draft | undefined, message: string, text: string): string => {
  const choices = key === undefined ? undefined : CHOICES[key];
  if (text === '' && key !== undefined) return '没有填写';
  if (choices !== undefined) return `“${text}”不在可选的词里：${Object.values(choices).join('、')}`;
  if (key === 'validFrom' || key === 'validTo' || key === 'documentOn') return `“${text}”不是日期，请写成 2026-03-05`;
  return message;
};

/** Whether the sheet begins with the template's headings; without them no column has a meaning. */
export const headingsOf = (rows: readonly (readonly string[])[]): ReadonlyMap<keyof Draft, number> | undefined => {
  const head = rows[0] ?? [];
  const places = new Map<keyof Draft, number>();
  for (const column of columns) {
    const at = head.findIndex((title) => title.replace(/\s/g, '') === column.title);
    if (at >= 0) places.set(column.key, at);
  }
  const needed = columns.filter((c) => !OPTIONAL.includes(c.key));
  return needed.every((c) => places.has(c.key)) ? places : undefined;
};

/** Checks drafts; the days of validity are compared too. */
export const checkDraft = (raw: object): { draft: Draft } | { issues: readonly { path: PropertyKey | undefined; message: string }[] } => {
  const checked = ResourceDraft.safeParse(raw);
  if (!checked.success) return { issues: checked.error.issues.map((i) => ({ path: i.path[0], message: i.message })) };
  const { validFrom, validTo } = checked.data;
  if (validTo !== null && validTo < validFrom) return { issues: [{ path: 'validTo', message: '失效日期早于生效日期' }] };
  return { draft: checked.data };
};

/** Rows of a sheet, sorted into those that can be taken and those that cannot; empty rows are passed over. */
export const rowsOf = (
  rows: readonly (readonly string[])[],
  places: ReadonlyMap<keyof Draft, number>,
): { good: GoodRow[]; bad: BadRow[] } => {
  const good: GoodRow[] = [];
  const bad: BadRow[] = [];
  const seen = new Map<string, number>();
  for (const [index, cells] of rows.entries()) {
    if (index === 0 || cells.every((c) => c === '')) continue;
    const row = index + 1;
    const text = (key: keyof Draft): string => cells[places.get(key) ?? -1] ?? '';
    const raw = Object.fromEntries(columns.map(({ key }) => [key, readAs(key, text(key))]));
    const checked = checkDraft(raw);
    const inOrder = columns.map(({ key }) => text(key));
    if ('issues' in checked) {
      const problems = checked.issues.map(({ path, message }) => {
        const column = columns.find((c) => c.key === path);
        const backwards = message === '失效日期早于生效日期';
        return {
          column: column?.title ?? ROW,
          says: backwards ? message : says(column?.key, message, column === undefined ? '' : text(column.key)),
        };
      });
      const once = problems.filter((p, i) => problems.findIndex((q) => q.column === p.column && q.says === p.says) === i);
      bad.push({ row, name: text('name'), problems: once, cells: inOrder });
      continue;
    }
    const same = `${checked.draft.name}\n${checked.draft.authority}`;
    const before = seen.get(same);
    if (before !== undefined) {
      bad.push({ row, name: text('name'), problems: [{ column: '名称', says: `与第 ${before} 行的名称和办理单位相同` }], cells: inOrder });
      continue;
    }
    seen.set(same, row);
    good.push({ row, draft: checked.draft, externalId: null });
  }
  return { good, bad };
};
