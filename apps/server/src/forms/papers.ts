import type { FormDocument, FormField } from '@jieyou/core/forms/document.ts';
import { answerText, cellText, type FormFacts, type FormRow, type FormValues, fill, sectionKey } from '@jieyou/core/forms/filling.ts';
import { type FormRoom, formOfRoom } from '@jieyou/core/forms/rooms.ts';
import type { FormAnswerRow, FormResult } from '@jieyou/core/forms/schema.ts';
import { conditionWords } from '@jieyou/core/forms/words.ts';
import { type Day, dayOf, formatDay, formatInstant } from '@jieyou/core/shared/day.ts';
import type { PaperFormat } from '@jieyou/core/shared/endpoint.ts';
import { formHandLabels, formReferredLabels, formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import { signerRoleLabels } from '@jieyou/core/texts/signatureLabels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type PaperPart, type SignatureBox, sendPaper, stationOn } from '../platform/print/index.ts';
import { signatureBoxes } from '../signatures/index.ts';
import { fitHeld } from './prefill.ts';
import { rowOfRoom } from './roomRows.ts';
import { leadingOf } from './store.ts';
import { readAnswer, readTemplate } from './views.ts';

/** Lines of an empty table, and of one that is nearly all of its form: a list of names, a ledger. */
const BLANK_ROWS = 5;
const BLANK_LIST = 15;
const NO_DAY = '　　年　　月　　日';

/** Fields one after another as rows of one table; what is long or a table itself stands by itself. */
const inParts = (
  fields: readonly FormField[],
  rowOf: (field: FormField) => readonly string[] | null,
  alone: (field: FormField) => PaperPart[],
  byHand = false,
): PaperPart[] => {
  const head = ['项目', '内容'];
  const parts: PaperPart[] = [];
  let rows: (readonly string[])[] = [];
  const close = () => {
    if (rows.length > 0) parts.push({ kind: 'table', head, rows, ...(byHand ? { byHand: true } : {}) });
    rows = [];
  };
  for (const field of fields) {
    const row = rowOf(field);
    if (row !== null) rows.push(row);
    else {
      close();
      parts.push(...alone(field));
    }
  }
  close();
  return parts;
};

const signaturesOf = (document: FormDocument, shown: (key: string) => boolean, hands: readonly (string | SignatureBox)[]) => [
  ...hands,
  ...document.sections.flatMap((s) => s.fields.filter((f) => f.kind === 'signature' && shown(f.key)).map((f) => f.label)),
  ...(document.signer === 'nobody' ? [] : [document.signer === 'head' ? '站负责人' : '站负责人或督导']),
];

const resultRow = (r: FormResult): string[] => [
  r.title,
  r.score === null ? '—' : `${r.score} / ${r.most}${r.extended ? '（按已答推算）' : ''}`,
  r.band ?? (r.referred === null ? '—' : formReferredLabels[r.referred]),
  r.says,
];

/** A field with nothing in it, to be written by hand on the paper. */
const blank = (field: FormField, label: string, lines = BLANK_ROWS): PaperPart[] =>
  field.kind === 'table'
    ? [
        { kind: 'subheading', text: label },
        {
          kind: 'table',
          head: field.columns.map((c) => c.label),
          rows: Array.from({ length: Math.min(field.maxRows, lines) }, () => field.columns.map(() => '　')),
          byHand: true,
        },
      ]
    : [{ kind: 'table', head: [label], rows: [['　'], ['　'], ['　']], byHand: true }];

const isLong = (field: FormField): boolean => field.kind === 'passage' || field.kind === 'table';

/** Shown answers section by section; on the paper of a room what no source gives is left to be written by hand. */
const answered = (document: FormDocument, values: FormValues, facts: FormFacts, today: string, ofRoom = false): PaperPart[] => {
  const { shown, kept: fitting } = fill(document, values, facts, today);
  // A room keeps what it keeps, whatever bounds a version sets.
  const kept = ofRoom ? values : fitting;
  const byHand = (field: FormField): boolean => ofRoom && field.from === undefined;
  return document.sections
    .filter((s) => shown.has(sectionKey(s.key)))
    .flatMap((section): PaperPart[] => [
      { kind: 'heading', text: section.title },
      ...inParts(
        section.fields.filter((f) => shown.has(f.key) && !(ofRoom && f.kind === 'signature')),
        (field) => (isLong(field) ? null : [field.label, byHand(field) ? blankCell(field) : answerText(field, kept[field.key]) || '—']),
        (field) => {
          if (byHand(field)) return blank(field, field.label);
          const value = kept[field.key];
          if (field.kind !== 'table')
            return [
              { kind: 'subheading', text: field.label },
              { kind: 'text', text: answerText(field, value) || '没有填写。' },
            ];
          const rows = (value ?? []) as readonly FormRow[];
          return [
            { kind: 'subheading', text: field.label },
            rows.length === 0
              ? { kind: 'text', text: '没有填写。' }
              : {
                  kind: 'table',
                  head: field.columns.map((c) => c.label),
                  rows: rows.map((row) => field.columns.map((c) => cellText(c, row[c.key]))),
                },
          ];
        },
      ),
    ]);
};

const underRows = (a: Pick<FormAnswerRow, 'under' | 'number' | 'whose'>): [string, string][] => {
  if (a.under.kind === 'case') return [['服务对象', a.whose]];
  if (a.under.kind === 'activity') return [['活动', a.number]];
  return [
    ['小组', a.number],
    ...(a.whose === '' ? [] : [[a.under.memberId === null ? '节次' : '组员', a.whose] satisfies [string, string]]),
  ];
};

/** A filled form in parts, on the version on which it was begun. */
export const answerParts = (a: Awaited<ReturnType<typeof readAnswer>>, today: string): PaperPart[] => {
  const { document } = a;
  const values = a.values as FormValues;
  const facts = a.facts as FormFacts;
  const parts: PaperPart[] = [
    {
      kind: 'table',
      head: ['项目', '内容'],
      rows: [
        ...underRows(a),
        ['填写人', a.authorName],
        ['状态', `${formStatusLabels[a.status]}${a.revision === 1 ? '' : `（第 ${a.revision - 1} 次更正）`}`],
        ['日期', formatDay(dayOf((a.submittedAt ?? a.savedAt) as never) as Day)],
      ],
    },
    ...answered(document, values, facts, today),
  ];
  if (a.results.length > 0) {
    parts.push(
      { kind: 'heading', text: '计分' },
      { kind: 'table', head: ['项目', '得分', '分段', '建议'], rows: a.results.map(resultRow) },
    );
    parts.push({ kind: 'text', text: '分数只供参考，不代替判断；怎么办由社工和站长决定。' });
  }
  for (const d of a.decisions.filter((x) => x.signs))
    parts.push({ kind: 'text', text: `${d.byName} ${formatInstant(d.at as never)} 在平台签署。${d.says}` });
  return parts;
};

/** The paper of a room on A4: its row on the version of its form that leads here. */
export const roomPaper = async (
  ctx: Ctx<'print.no-browser' | 'forms.not-yet-recorded'>,
  room: FormRoom,
  id: string,
  format: PaperFormat,
) => {
  const { tx, actor } = ctx;
  const row = await rowOfRoom(ctx, room, id);
  const { edition, document } = (await leadingOf(tx, actor.districtId, formOfRoom[room])) ?? ctx.notFound();
  const values = fitHeld(document, row.held);
  return sendPaper(ctx, format, `${document.title}${row.number}`, {
    title: document.title,
    number: `${row.number}　第 ${edition} 版`,
    issuer: row.stationName,
    secrecy: '内部资料　注意保密',
    signatures: signaturesOf(document, () => true, []),
    parts: [
      {
        kind: 'table',
        head: ['项目', '内容'],
        rows: [
          ['服务对象', row.whose],
          ['记录人', row.authorName],
          ['记录时间', formatInstant(row.writtenAt as never)],
        ],
      },
      ...answered(document, values, row.facts, ctx.today, true),
    ],
  });
};

/** A filled form on A4. */
export const answerPaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: PaperFormat) => {
  const a = await readAnswer(ctx as Ctx<never>, id);
  const { document } = a;
  const { shown } = fill(document, a.values as FormValues, a.facts as FormFacts, ctx.today);
  return sendPaper(ctx, format, `${document.title}${a.number}`, {
    title: document.title,
    number: `${a.number}　第 ${a.edition} 版`,
    issuer: await stationOn(ctx as Ctx<never>, a.under),
    secrecy: '内部资料',
    signatures: signaturesOf(
      document,
      (key) => shown.has(key),
      a.signing === null
        ? []
        : signatureBoxes(
            a.signing.needs.map((n) => [n.who, signerRoleLabels[n.who]] as const),
            a.signing.signatures,
            a.signing.hash,
          ),
    ),
    parts: answerParts(a, ctx.today),
  });
};

const blankCell = (field: FormField): string => {
  switch (field.kind) {
    case 'one':
    case 'many':
      return field.options.map((o) => `□\u00a0${o.label}`).join('　');
    case 'item':
      return field.options.map((o) => `□\u00a0${o.label}`).join('　');
    case 'yesno':
      return '□\u00a0是　□\u00a0否';
    case 'day':
      return NO_DAY;
    case 'number':
      return `　　　　${field.unit ?? ''}`;
    default:
      return '';
  }
};

/** Whose form it is, where the platform fills that in and a pen has to write it. */
const blankHead = ({ subject, each, sections }: FormDocument): [string, string][] => {
  if (subject === 'case')
    return [
      ['服务对象', ''],
      ['个案编号', ''],
      ['填写人', ''],
    ];
  if (subject !== 'group') return [];
  const named = sections.some((s) => s.fields.some((f) => f.label === '小组名称'));
  return [
    ...(named ? [] : [['小组', ''] satisfies [string, string]]),
    ...(each === undefined ? [] : [[each === 'member' ? '组员' : '节次', ''] satisfies [string, string]]),
    ['填写人', ''],
  ];
};

/** The same form with nothing in it, to be filled by hand. */
export const templatePaper = async (ctx: Ctx<'print.no-browser'>, id: string, format: PaperFormat) => {
  const t = await readTemplate(ctx as Ctx<never>, id);
  const { document } = t;
  const only = (when: FormField['when']): string => (when === undefined ? '' : `（${conditionWords(document, when)}时填）`);
  const lines = document.sections.some((s) => s.fields.some((f) => f.kind === 'passage')) ? BLANK_ROWS : BLANK_LIST;
  const parts: PaperPart[] = [];
  if (document.note !== '') parts.push({ kind: 'text', text: `填表说明：${document.note}` });
  const head = blankHead(document);
  if (head.length > 0) parts.push({ kind: 'table', head: ['项目', '内容'], rows: head, byHand: true });
  for (const section of document.sections) {
    parts.push({ kind: 'heading', text: `${section.title}${only(section.when)}` });
    const label = (field: FormField): string => `${field.label}${field.required === true ? ' *' : ''}${only(field.when)}`;
    parts.push(
      ...inParts(
        section.fields.filter((f) => f.kind !== 'signature'),
        (field) => (isLong(field) ? null : [label(field), blankCell(field)]),
        (field) => blank(field, label(field), lines),
        true,
      ),
    );
  }
  return sendPaper(ctx, format, `${document.title}（空白）`, {
    title: document.title,
    number: `第 ${t.edition} 版${t.own ? `　${t.issuerName}` : ''}`,
    // The day on which it is printed is not the day on which it is filled in.
    date: NO_DAY,
    secrecy: '内部资料',
    signatures: signaturesOf(
      document,
      () => true,
      (document.signers ?? []).map((who) => formHandLabels[who]),
    ),
    parts,
  });
};
