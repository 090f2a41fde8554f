import { type KnownIdentity, RedactionFailure, redact } from '@jieyou/core/casebank/redaction.ts';
import { type GivenColumn, type MapEntry, personalMap } from '@jieyou/core/privacy/map.ts';
import type { Instant } from '@jieyou/core/shared/day.ts';
import { formatInstant } from '@jieyou/core/shared/day.ts';
import {
  caseStageLabels,
  closingKindLabels,
  noteKindLabels,
  paperKindLabels,
  paperStatusLabels,
} from '@jieyou/core/texts/caseStageLabels.ts';
import { formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import {
  caseDomainLabels,
  caseStatusLabels,
  consentPurposeLabels,
  genderLabels,
  packetFieldLabels,
  requestStatusLabels,
} from '@jieyou/core/texts/labels.ts';
import { withheldLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { disabilityLabels, householdRelationLabels, recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { visitNeedLabels, visitScaleLabels, visitStatusLabels } from '@jieyou/core/texts/visitLabels.ts';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
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
  'case_file.status': caseStatusLabels,
  'case_file.stage': caseStageLabels,
  'case_file.closing_kind': closingKindLabels,
  'case_note.kind': noteKindLabels,
  'case_paper.kind': paperKindLabels,
  'case_paper.status': paperStatusLabels,
  'support_request.status': requestStatusLabels,
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
  'household_member.relation': householdRelationLabels,
};

const inWords = (table: string, column: string, value: unknown): unknown => {
  const words = WORDS[`${table}.${column}`] ?? WORDS[column];
  const one = (v: unknown) => (typeof v === 'string' && words !== undefined && Object.hasOwn(words, v) ? words[v] : v);
  if (Array.isArray(value)) return value.map(one);
  if (value === true) return '是';
  if (value === false) return '否';
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value)) return formatInstant(new Date(value).toISOString() as Instant);
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
  if (how.as === 'sealed') return openSealed(crypto, row, column, String(value));
  return inWords(row.tableName, column, value);
};

const SEALED: Readonly<Record<string, string>> = { name_ct: 'name', id_number_ct: 'idNumber', phone_ct: 'phone', address_ct: 'address' };
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

/** The files of a copy: one readable text a kind of record, all of it as JSON, and what was left out with the reason. */
export const filesOf = (
  request: { readonly receiptNo: string; readonly madeAt: Instant; readonly answer: string | null },
  records: readonly CopyRecord[],
  map: ReturnType<typeof mapOf>,
  files: readonly ZipEntry[],
): ZipEntry[] => {
  const kinds = [...new Set(records.map((r) => r.kind))];
  const left = map.filter((m) => !m.given);
  return [
    {
      name: '00-说明.txt',
      content: text([
        `个人信息副本　${request.receiptNo}`,
        `制作时间：${formatInstant(request.madeAt)}`,
        '',
        ...(request.answer === null ? [] : ['答复：', request.answer, '']),
        '提供的内容：',
        ...map.filter((m) => m.given).map((m) => `　${m.title}（${m.count} 条）${m.says}`),
        '',
        '没有提供的内容与理由：',
        ...left.map((m) => `　${m.title}（${m.count} 条）：${m.says}`),
        '',
        '提供的文字里，他人的姓名、电话、证件号码和住址已由替代词代替。附件经人核对不含他人信息后才提供。',
      ]),
    },
    ...kinds.map((kind, i) => {
      const own = records.filter((r) => r.kind === kind);
      return {
        name: `${String(i + 1).padStart(2, '0')}-${own[0]?.title ?? kind}.txt`,
        content: text(
          own.flatMap((r, n) => [`【${r.title} ${n + 1}】`, ...Object.entries(r.fields).map(([k, v]) => `${k}：${shown(v)}`), '']),
        ),
      };
    }),
    {
      name: '全部信息.json',
      content: Buffer.from(
        JSON.stringify(
          {
            receiptNo: request.receiptNo,
            madeAt: request.madeAt,
            records: records.map(({ title, fields }) => ({ 种类: title, ...fields })),
          },
          null,
          2,
        ),
        'utf8',
      ),
    },
    ...files,
  ];
};
