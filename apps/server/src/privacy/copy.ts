import { createHash } from 'node:crypto';
import { type KnownIdentity, RedactionFailure, redact } from '@jieyou/core/casebank/redaction.ts';
import type { DetailItem } from '@jieyou/core/cases/schema.ts';
import { type GivenColumn, type MapEntry, personalMap } from '@jieyou/core/privacy/map.ts';
import { type Day, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import { appealChannelLabels } from '@jieyou/core/texts/appealsLabels.ts';
import {
  caseStageLabels,
  closingKindLabels,
  noteKindLabels,
  paperKindLabels,
  paperStatusLabels,
  workOutcomeLabels,
  workPlaceLabels,
} from '@jieyou/core/texts/caseStageLabels.ts';
import { detailItemLabels, detailWords } from '@jieyou/core/texts/detailLabels.ts';
import { formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import { leaveReasonLabels, measureMomentLabels, presenceLabels } from '@jieyou/core/texts/groupLabels.ts';
import {
  caseDomainLabels,
  caseStatusLabels,
  consentPurposeLabels,
  genderLabels,
  helpFieldLabels,
  lineKindLabels,
  lineStatusLabels,
  packetFieldLabels,
  requestStatusLabels,
} from '@jieyou/core/texts/labels.ts';
import { withheldLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { disabilityLabels, gradeLabels, householdRelationLabels, recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { reliefLineLabels, reliefNeedLabels, reliefStatusLabels, undertakingStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { visitNeedLabels, visitScaleLabels, visitStatusLabels } from '@jieyou/core/texts/visitLabels.ts';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import { officialPaper, plain } from '../platform/print/index.ts';
import type { ZipEntry } from '../platform/zip.ts';
import type { PersonalRow } from './store.ts';

/** In the place of a passage of which redaction cannot vouch that nobody else stands in it. */
export const UNSURE = '（这一段不能确认是否含有他人信息，没有提供）';
const SOMEBODY = '【他人】';

/** One record of a copy, by the words of the map. */
export type CopyRecord = {
  readonly kind: string;
  readonly title: string;
  readonly id: string;
  readonly fields: Readonly<Record<string, unknown>>;
};

const WORDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  gender: genderLabels,
  domain: caseDomainLabels,
  help_field: helpFieldLabels,
  'case_file.status': caseStatusLabels,
  'case_file.stage': caseStageLabels,
  'case_file.closing_kind': closingKindLabels,
  'case_file.work_outcome': workOutcomeLabels,
  'case_file.work_place': workPlaceLabels,
  'case_note.kind': noteKindLabels,
  'case_paper.kind': paperKindLabels,
  'case_paper.status': paperStatusLabels,
  'support_request.status': requestStatusLabels,
  'support_line.kind': lineKindLabels,
  'support_line.status': lineStatusLabels,
  'partner_referral.status': referralStatusLabels,
  'appeal.channel': appealChannelLabels,
  'form_answer.status': formStatusLabels,
  'visit.status': visitStatusLabels,
  'visit_content.health': visitScaleLabels,
  'visit_content.safety': visitScaleLabels,
  'visit_content.life': visitScaleLabels,
  'visit_need.needs': visitNeedLabels,
  'consent.purpose': consentPurposeLabels,
  'consent.fields': packetFieldLabels,
  'recipient_category.category': recipientCategoryLabels,
  'recipient_category.disability': disabilityLabels,
  'recipient_category.grade': gradeLabels,
  'recipient_detail.item': detailItemLabels,
  'household_member.relation': householdRelationLabels,
  'group_member.leave_reason': leaveReasonLabels,
  'group_attendance.presence': presenceLabels,
  'group_measure.moment': measureMomentLabels,
  'relief_case.needs': reliefNeedLabels,
  'relief_case.status': reliefStatusLabels,
  'relief_item.line': reliefLineLabels,
  'relief_undertaking.status': undertakingStatusLabels,
};

/** A value of a column as people read it. */
export const inWords = (table: string, column: string, value: unknown): unknown => {
  const words = WORDS[`${table}.${column}`] ?? WORDS[column];
  const one = (v: unknown) => (words !== undefined && Object.hasOwn(words, String(v)) ? words[String(v)] : v);
  if (Array.isArray(value)) return value.map(one);
  if (value === true) return '是';
  if (value === false) return '否';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return formatInstant(new Date(value).toISOString() as Instant);
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value)) return formatDay(value as Day);
  return one(value);
};

/** Takes other people out of a text: the names given, and whatever looks like a phone, an ID number, an address; the person's own stays. */
export const withoutOthers = (text: string, others: readonly string[], own: readonly string[]): string => {
  const known: KnownIdentity[] = [...new Set(others)]
    .filter((n) => !own.includes(n))
    .map((value) => ({ kind: 'name', value, replacement: SOMEBODY }));
  try {
    const { findings } = redact(text, known);
    let out = '';
    let at = 0;
    for (const f of [...findings].sort((a, b) => a.start - b.start)) {
      if (f.start < at || own.includes(f.original.trim())) continue;
      out += text.slice(at, f.start) + f.replacement;
      at = f.end;
    }
    return out + text.slice(at);
  } catch (error) {
    if (error instanceof RedactionFailure) return UNSURE;
    throw error;
  }
};

const givenValue = (
  crypto: CryptoProvider,
  row: PersonalRow,
  column: string,
  how: GivenColumn,
  others: readonly string[],
  own: readonly string[],
): unknown => {
  const value = row.one[column];
  if (value === null || value === undefined || value === '') return null;
  if (how.as === 'narrative') return withoutOthers(String(value), others, own);
  if (how.as === 'sealed') {
    const opened = openSealed(crypto, row, column, String(value));
    return row.tableName === 'recipient_detail' ? detailWords(row.one['item'] as DetailItem, opened) : opened;
  }
  return inWords(row.tableName, column, value);
};

const SEALED: Readonly<Record<string, string>> = {
  name_ct: 'name',
  id_number_ct: 'idNumber',
  phone_ct: 'phone',
  address_ct: 'address',
  value_ct: 'value',
};
const openSealed = (crypto: CryptoProvider, row: PersonalRow, column: string, ciphertext: string): string =>
  crypto.decrypt(ciphertext, { table: row.tableName, row: row.rowId, field: SEALED[column] ?? column });

/** The person's own names and numbers: they stay in texts. */
const ownWords = (crypto: CryptoProvider, rows: readonly PersonalRow[]): string[] =>
  rows.flatMap((row) =>
    row.tableName !== 'recipient'
      ? []
      : Object.keys(SEALED).flatMap((column) => {
          const value = row.one[column];
          return typeof value === 'string' && value !== '' ? [openSealed(crypto, row, column, value)] : [];
        }),
  );

const ORDER = Object.keys(personalMap);
const placeOf = (row: PersonalRow): number => (ORDER.indexOf(row.tableName) + ORDER.length + 1) % (ORDER.length + 1);
const inOrder = (rows: readonly PersonalRow[]): PersonalRow[] => [...rows].sort((a, b) => placeOf(a) - placeOf(b));

/** Exactly what the map promises of these rows, and nothing else; files only those that were chosen. */
export const copyOf = (
  crypto: CryptoProvider,
  rows: readonly PersonalRow[],
  withheld: readonly string[],
  chosenFiles: readonly string[],
): CopyRecord[] => {
  const own = ownWords(crypto, rows);
  // Names by which a file calls its people, a child's among them.
  const others = [
    ...withheld,
    ...rows.flatMap((r) => (r.tableName === 'case_content' && Array.isArray(r.one['aliases']) ? (r.one['aliases'] as string[]) : [])),
  ];
  return inOrder(rows).flatMap((row) => {
    const entry: MapEntry | undefined = personalMap[row.tableName];
    if (entry === undefined) return [];
    const columns = Object.entries(entry.gives).filter(([, how]) => how.as !== 'file' || chosenFiles.includes(row.rowId));
    if (columns.length === 0) return [];
    const fields = Object.fromEntries(columns.map(([column, how]) => [how.label, givenValue(crypto, row, column, how, others, own)]));
    return [{ kind: row.tableName, title: entry.title, id: row.rowId, fields }];
  });
};

/** How many rows of each kind are kept, and whether a copy gives them. */
export const mapOf = (rows: readonly PersonalRow[]): { table: string; title: string; count: number; given: boolean; says: string }[] => {
  const counts = new Map<string, number>();
  for (const row of inOrder(rows)) counts.set(row.tableName, (counts.get(row.tableName) ?? 0) + 1);
  return [...counts].map(([table, count]) => {
    const entry = personalMap[table];
    const labels = Object.values(entry?.gives ?? {}).map((g) => g.label);
    const given = labels.length > 0;
    return {
      table,
      title: entry?.title ?? '尚未归类的记录',
      count,
      given,
      says: entry === undefined ? '尚未归类，不随副本提供' : given ? `提供：${labels.join('、')}` : withheldLabels[entry.keeps],
    };
  });
};

const BOM = '\ufeff';
const text = (lines: readonly string[]): Buffer => Buffer.from(BOM + lines.join('\r\n'), 'utf8');
const shown = (value: unknown): string => (value === null ? '（未登记）' : Array.isArray(value) ? value.join('、') : String(value));

type Request = { readonly receiptNo: string; readonly madeAt: Instant; readonly answer: string | null };

// The person's own papers, by the table in which their words stand; the register beside it names them.
const PAPERS: Readonly<Record<string, string>> = { case_paper_content: 'case_paper', form_answer_content: 'form_answer' };

/** Papers of the person as pages to read and to print: what the map gives of them, others taken out. */
const papersOf = (request: Request, records: readonly CopyRecord[]): (ZipEntry & { readonly says: string })[] => {
  const papers = records.flatMap((r) => {
    const words = r.fields['内容'];
    if (!Object.hasOwn(PAPERS, r.kind) || typeof words !== 'string' || words === '') return [];
    const register = records.find((o) => o.kind === PAPERS[r.kind] && o.id === r.id);
    return [{ title: String(register?.fields['文书种类'] ?? '表单'), on: String(register?.fields['日期'] ?? ''), words }];
  });
  return papers.map(({ title, on, words }, i) => ({
    name: `文书/${String(i + 1).padStart(2, '0')}-${title}.html`,
    says: `${title}${on === '' ? '' : `　${on}`}`,
    content: Buffer.from(
      officialPaper({
        title,
        number: `个人信息副本 ${request.receiptNo}`,
        date: formatInstant(request.madeAt),
        watermark: request.receiptNo,
        parts: [{ kind: 'text', text: words }],
      }),
      'utf8',
    ),
  }));
};

/** What stays and why: whole kinds, and of the kinds that are given what stands in no column of the map. */
const leftOut = (map: ReturnType<typeof mapOf>): { title: string; count: number; reason: string }[] =>
  map.flatMap(({ table, title, count, given, says }) => {
    if (!given) return [{ title, count, reason: says }];
    const keeps = personalMap[table]?.keeps;
    if (keeps === undefined || keeps === 'cipher') return [];
    return [{ title: `${title}的其余部分`, count, reason: withheldLabels[keeps] }];
  });

const INDEX_STYLE = `body{max-width:46em;margin:2em auto;padding:0 1em;font:16px/1.7 "PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif;color:#000;background:#fff}
h1{font-size:24px}h2{font-size:18px;margin-top:1.6em}table{border-collapse:collapse;width:100%}th,td{border:1px solid #888;padding:4px 8px;text-align:left;vertical-align:top;overflow-wrap:anywhere}
@page{size:A4;margin:20mm}`;

type Listed = { readonly name: string; readonly says: string };

const links = (files: readonly Listed[]): string =>
  `<ul>${files.map((f) => `<li><a href="${plain(f.name.split('/').map(encodeURIComponent).join('/'))}">${plain(f.says)}</a></li>`).join('')}</ul>`;

/** The first page: what the copy gives, with links, and what it does not give, with the reason. Nothing in it runs or is fetched. */
const indexOf = (
  request: Request,
  map: ReturnType<typeof mapOf>,
  of: { readonly kinds: readonly Listed[]; readonly papers: readonly Listed[]; readonly files: readonly Listed[] },
): Buffer => {
  const left = leftOut(map);
  const part = (title: string, files: readonly Listed[]) => (files.length === 0 ? '' : `<h2>${title}</h2>${links(files)}`);
  return Buffer.from(
    [
      `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline'">`,
      `<title>个人信息副本 ${plain(request.receiptNo)}</title><style>${INDEX_STYLE}</style></head><body>`,
      `<h1>个人信息副本</h1><p>${plain(request.receiptNo)}<br>制作时间：${plain(formatInstant(request.madeAt))}</p>`,
      request.answer === null ? '' : `<h2>答复</h2><p>${plain(request.answer)}</p>`,
      part('登记的信息', of.kinds),
      part('文书', of.papers),
      part('附件', of.files),
      `<p><a href="${encodeURIComponent('全部信息.json')}">全部信息.json</a>：同样的内容，供其他软件读取。</p>`,
      `<h2>没有提供的内容与理由</h2>`,
      left.length === 0
        ? '<p>没有。</p>'
        : `<table><tr><th>内容</th><th>条数</th><th>理由</th></tr>${left.map((m) => `<tr><td>${plain(m.title)}</td><td>${m.count}</td><td>${plain(m.reason)}</td></tr>`).join('')}</table>`,
      '<p>提供的文字里，他人的姓名、电话、证件号码和住址已由替代词代替。附件经人核对不含他人信息后才提供。对结果不满意的，可以按答复书上的途径提出。</p>',
      '</body></html>',
    ].join(''),
    'utf8',
  );
};

/** The files of a copy: a first page, one readable text a kind of record, papers, all of it as JSON, and attachments. */
export const filesOf = (
  request: Request,
  records: readonly CopyRecord[],
  map: ReturnType<typeof mapOf>,
  files: readonly ZipEntry[],
): ZipEntry[] => {
  const papers = papersOf(request, records);
  const kinds = [...new Set(records.map((r) => r.kind))].map((kind, i) => {
    const own = records.filter((r) => r.kind === kind);
    const title = own[0]?.title ?? kind;
    return {
      name: `${String(i + 1).padStart(2, '0')}-${title}.txt`,
      says: `${title}（${own.length} 条）`,
      content: text(
        own.flatMap((r, n) => [`【${r.title} ${n + 1}】`, ...Object.entries(r.fields).map(([k, v]) => `${k}：${shown(v)}`), '']),
      ),
    };
  });
  const enclosed = files.map((f) => ({ name: f.name, says: f.name.replace(/^附件\//, '') }));
  const json = {
    format: 'jieyou-personal-copy/1',
    receiptNo: request.receiptNo,
    madeAt: request.madeAt,
    answer: request.answer,
    records: records.map(({ title, fields }) => ({ 种类: title, ...fields })),
    files: [...papers, ...files].map((f) => ({ name: f.name, bytes: f.content.length, sha256: sha256Of(f.content) })),
    withheld: leftOut(map),
  };
  const entry = ({ name, content }: ZipEntry): ZipEntry => ({ name, content });
  return [
    { name: '00-目录.html', content: indexOf(request, map, { kinds, papers, files: enclosed }) },
    ...kinds.map(entry),
    ...papers.map(entry),
    { name: '全部信息.json', content: Buffer.from(JSON.stringify(json, null, 2), 'utf8') },
    ...files,
  ];
};

const sha256Of = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
