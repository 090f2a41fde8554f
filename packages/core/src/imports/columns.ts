/** What the columns of a ledger mean, and by which headings the field knows them. */
import { toHalfWidth } from '../shared/identifiers.ts';
import type { ImportColumn, ImportColumnKey, ImportKind } from './schema.ts';

/** One meaning of a column. */
export type ColumnPlan = {
  readonly key: ImportColumnKey;
  readonly title: string;
  /** Other headings that mean the same. */
  readonly also: readonly string[];
  /** Without it no row can be taken. */
  readonly needed: boolean;
  /** Whether a blank may mean "same as above". */
  readonly fills: boolean;
  readonly width: number;
  readonly example: string;
};

const plan = (
  key: ImportColumnKey,
  title: string,
  also: string,
  more: { needed?: true; fills?: true; width?: number; example?: string } = {},
): ColumnPlan => ({
  key,
  title,
  also: also.split(' ').filter((w) => w !== ''),
  needed: more.needed === true,
  fills: more.fills === true,
  width: more.width ?? 14,
  example: more.example ?? '',
});

const NAME = '服务对象姓名 对象姓名 案主姓名 案主 服务对象 受助人 受助人姓名 老人姓名 户主姓名 被访人 居民姓名';
const ID = '身份证号 身份证 身份证号码 居民身份证号码 居民身份证 证件号 证号 公民身份号码 服务对象身份证号 服务对象身份证 身份号码';
const BIRTH = '出生年月日 生日 出生年月 出生';
const PHONE = '联系电话 手机 手机号 手机号码 电话号码 联系方式 本人电话 联系号码';
const WORKER = '社工姓名 服务社工 负责社工 经办社工 经办人 服务人员 社工员 责任人 跟进社工 填报社工';

const byKind: Readonly<Record<ImportKind, readonly ColumnPlan[]>> = {
  recipients: [
    plan('name', '姓名', NAME, { needed: true, width: 12, example: '钟离示例' }),
    plan('gender', '性别', '男女', { width: 8, example: '女' }),
    plan('idNumber', '证件号码', ID, { width: 22, example: '' }),
    plan('birthOn', '出生日期', BIRTH, { width: 14, example: '1951.3.5' }),
    plan('phone', '电话', PHONE, { width: 16, example: '0755-23456789' }),
    plan('address', '住址', '地址 居住地址 家庭住址 家庭地址 现住址 住所 常住地址 联系地址 居住地', {
      width: 34,
      example: '示例街道示例社区 1 号',
    }),
    plan('categories', '人员类别', '类别 对象类别 救助类别 身份类别 人群类别 服务对象类别 特殊身份 救助身份', {
      width: 18,
      example: '低保、独居老人',
    }),
    plan('disability', '残疾类别和等级', '残疾类别 残疾等级 残疾情况 残疾类别等级 残疾类别及等级', { width: 18, example: '肢体二级' }),
    plan('worker', '责任社工', `${WORKER} 社工`, { fills: true, width: 12 }),
  ],
  contacts: [
    plan('happenedOn', '服务日期', '日期 服务时间 时间 开展日期 走访日期 探访日期 活动日期 服务年月日', {
      needed: true,
      fills: true,
      width: 14,
      example: '2026.3.5',
    }),
    plan('worker', '社工', `${WORKER} 责任社工`, { fills: true, width: 12 }),
    plan('name', '服务对象', `姓名 ${NAME}`, { width: 12, example: '钟离示例' }),
    plan('idNumber', '证件号码', ID, { width: 22 }),
    plan('birthOn', '出生日期', BIRTH, { width: 14 }),
    plan('phone', '电话', PHONE, { width: 16, example: '0755-23456789' }),
    plan('domain', '服务领域', '领域 服务类型 服务类别 业务领域', { fills: true, width: 14, example: '为老服务' }),
    plan('kind', '服务方式', '方式 服务形式 形式 类别 台账类别 服务内容类别 小结类别', {
      needed: true,
      fills: true,
      width: 14,
      example: '家访',
    }),
    plan('minutes', '时长（分钟）', '时长 服务时长 分钟 服务分钟 用时', { width: 12, example: '45' }),
    plan('people', '人次', '人数 服务人次 服务人数 参加人数 参与人数', { width: 10, example: '1' }),
  ],
};

/** What may stand in a ledger of a kind, in the order of the template. */
export const columnsOf = (kind: ImportKind): readonly ColumnPlan[] => byKind[kind];

/** A heading without what people put around it: blanks, signs, remarks in brackets. */
export const bareTitle = (title: string): string =>
  toHalfWidth(title)
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s*:：、，,。.★]/g, '');

const MARKED = /同上/;

const meaning = (kind: ImportKind, title: string): ColumnPlan | undefined => {
  const bare = bareTitle(title);
  return bare === '' ? undefined : byKind[kind].find((c) => bareTitle(c.title) === bare || c.also.includes(bare));
};

/** What a row of cells says as a heading: each meaning once, the first that says it; a column is marked where its heading says 同上. */
export const headingOf = (kind: ImportKind, cells: readonly string[]): ImportColumn[] => {
  const taken = new Set<ImportColumnKey>();
  return cells.map((title) => {
    const found = meaning(kind, title);
    if (found === undefined || taken.has(found.key)) return { title: title.slice(0, 60), key: null, fill: false };
    taken.add(found.key);
    return { title: title.slice(0, 60), key: found.key, fill: found.fills && MARKED.test(title) };
  });
};

const known = (columns: readonly ImportColumn[]): number => columns.filter((c) => c.key !== null).length;

/** How far from the top a heading is looked for: titles, who fills it in, remarks stand above it. */
export const HEAD_WITHIN = 30;

/** The row that is the heading: the one that says most, two meanings at least; its place in `rows`. Undefined where none does. */
export const findHeading = (
  kind: ImportKind,
  rows: readonly (readonly string[])[],
): { readonly at: number; readonly columns: ImportColumn[] } | undefined => {
  let best: { at: number; columns: ImportColumn[] } | undefined;
  for (const [at, cells] of rows.slice(0, HEAD_WITHIN).entries()) {
    const columns = headingOf(kind, cells);
    if (known(columns) >= 2 && (best === undefined || known(columns) > known(best.columns))) best = { at, columns };
  }
  return best;
};

/** Meanings without which nothing can be taken and that no column has. */
export const missingColumns = (kind: ImportKind, columns: readonly Pick<ImportColumn, 'key'>[]): ImportColumnKey[] =>
  byKind[kind].filter((c) => c.needed && !columns.some((one) => one.key === c.key)).map((c) => c.key);
