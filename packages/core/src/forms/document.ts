/**
 * A form as data: its sections, fields, conditions and scales in one document, which anybody may write and nobody has to programme. What a
 * document may say is written here once; the server, the browser and the page that issues versions read the same.
 */
import { z } from 'zod';
import { line, passage } from '../shared/words.ts';
import { type FormRoom, roomOfForm } from './rooms.ts';

/** How a field, an option, a section or a scale is called inside its document. */
export const FormKey = z.string().regex(/^[a-z][a-z0-9-]{0,39}$/, { error: '代号以小写字母开头，只用小写字母、数字和短横' });

/** What a condition may look at besides fields: facts of the person that the platform knows. */
export const FormFact = z.enum(['@minor', '@age']);
export type FormFact = z.infer<typeof FormFact>;

const Ref = z.string().regex(/^(@minor|@age|[a-z][a-z0-9-]{0,39})$/, { error: '条件里写栏目的代号，或 @minor、@age' });
const Figure = z.number().min(-1_000_000).max(1_000_000);

/** The comparisons of a condition; each looks at one field. */
export const formComparisons = ['is', 'in', 'has', 'atLeast', 'atMost', 'filled'] as const;

/** One comparison. What was not answered meets none but `filled: false`. */
export const FormTest = z
  .strictObject({
    field: Ref,
    is: z.union([z.boolean(), line(40)]).optional(),
    in: z.array(line(40)).min(1).max(30).optional(),
    has: line(40).optional(),
    atLeast: Figure.optional(),
    atMost: Figure.optional(),
    filled: z.boolean().optional(),
  })
  .refine((t) => formComparisons.filter((name) => t[name] !== undefined).length === 1, {
    error: '一个条件只写一种比较：is、in、has、atLeast、atMost 或 filled',
  });
export type FormTest = z.infer<typeof FormTest>;

const Group = { error: '条件写成一个比较，或 all、any、not 加上比较' };
const Inner = z.union(
  [
    FormTest,
    z.strictObject({ all: z.array(FormTest).min(1).max(12) }),
    z.strictObject({ any: z.array(FormTest).min(1).max(12) }),
    z.strictObject({ not: FormTest }),
  ],
  Group,
);

/** A condition: comparisons in groups of all, any and not, two deep and no deeper. */
export const FormCondition = z.union(
  [
    FormTest,
    z.strictObject({ all: z.array(Inner).min(1).max(12) }),
    z.strictObject({ any: z.array(Inner).min(1).max(12) }),
    z.strictObject({ not: Inner }),
  ],
  Group,
);
export type FormCondition = z.infer<typeof FormCondition>;

/**
 * What the platform already holds of a group, one of its sessions, or an activity: a field that names it begins filled in. Of a note, a
 * follow-up or a visit: the field of the paper that is made from it.
 */
export const FormSource = z.enum(
  [
    'group-title',
    'group-place',
    'group-starts',
    'group-idea',
    'group-goals',
    'group-audience',
    'group-recruiting',
    'group-sessions',
    'group-budget',
    'group-risks',
    'group-indicators',
    'group-held',
    'group-times',
    'group-persons',
    'group-stayed',
    'group-measures',
    'group-changes',
    'group-lessons',
    'group-follow-up',
    'session-number',
    'session-title',
    'session-aim',
    'session-day',
    'session-minutes',
    'session-attendance',
    'session-process',
    'session-dynamics',
    'session-reached',
    'session-next',
    'activity-title',
    'activity-day',
    'activity-place',
    'activity-aims',
    'activity-capacity',
    'activity-budget',
    'activity-people',
    'activity-persons',
    'activity-times',
    'activity-summary',
    'note-number',
    'note-on',
    'note-minutes',
    'note-kind',
    'note-place',
    'note-present',
    'note-goal',
    'note-summary',
    'note-state',
    'note-reflection',
    'note-next',
    'follow-number',
    'follow-closed',
    'follow-on',
    'follow-way',
    'follow-result',
    'follow-state',
    'follow-next',
    'follow-again',
    'follow-again-why',
    'visit-on',
    'visit-minutes',
    'visit-reason',
    'visit-met',
    'visit-not-met',
    'visit-first',
    'visit-companion',
    'visit-alone',
    'visit-health',
    'visit-health-says',
    'visit-safety',
    'visit-safety-says',
    'visit-life',
    'visit-life-says',
    'visit-actions',
    'visit-next',
  ],
  { error: 'from 写一个平台已有的内容，如 group-title、activity-place' },
);
export type FormSource = z.infer<typeof FormSource>;

/** What a field of this kind, in a form of this subject, may begin with. */
export const sourcesFor = (document: SourcesOf, kind: FormFieldKind): FormSource[] =>
  FormSource.options.filter((source) => givesTo(document, source) && (TAKEN[source] ?? ['line', 'passage']).includes(kind));

const ROOMS: Readonly<Record<string, FormRoom>> = { note: 'note', follow: 'follow-up', visit: 'visit' };
type SourcesOf = Pick<FormDocument, 'code' | 'subject' | 'each'>;
const givesTo = (document: SourcesOf, source: FormSource): boolean => {
  const of = source.split('-')[0] ?? '';
  const room = ROOMS[of];
  if (room !== undefined) return document.subject === 'case' && roomOfForm(document.code) === room;
  return of === 'session' ? document.each === 'session' : of === document.subject;
};

/** Kinds of fields that take what a source gives; the cells of a table go to the columns of the same key. */
const TAKEN: Readonly<Record<string, readonly string[]>> = {
  'group-starts': ['day'],
  'session-day': ['day'],
  'activity-day': ['day'],
  'group-sessions': ['table'],
  'group-budget': ['table'],
  'group-risks': ['table'],
  'group-measures': ['table'],
  'session-attendance': ['table'],
  'activity-budget': ['table'],
  'activity-people': ['table'],
  'group-held': ['number'],
  'group-times': ['number'],
  'group-persons': ['number'],
  'group-stayed': ['number'],
  'session-number': ['number'],
  'session-minutes': ['number'],
  'activity-capacity': ['number'],
  'activity-persons': ['number'],
  'activity-times': ['number'],
  'session-reached': ['one'],
  'note-number': ['number'],
  'note-on': ['day'],
  'note-minutes': ['number'],
  'follow-number': ['number'],
  'follow-closed': ['day'],
  'follow-on': ['day'],
  'follow-next': ['day'],
  'follow-again': ['yesno'],
  'visit-on': ['day'],
  'visit-minutes': ['number'],
  'visit-met': ['yesno'],
  'visit-first': ['yesno'],
  'visit-health': ['one'],
  'visit-safety': ['one'],
  'visit-life': ['one'],
  'visit-actions': ['table'],
  'visit-next': ['day'],
};

/** The cells that a source with rows gives. */
export const sourceCells: Readonly<Partial<Record<FormSource, readonly string[]>>> = {
  'group-sessions': ['no', 'on', 'theme', 'aim', 'place'],
  'group-budget': ['what', 'amount', 'planned', 'spent'],
  'group-risks': ['risk', 'answer'],
  'group-measures': ['what', 'before', 'after'],
  'session-attendance': ['who', 'came'],
  'activity-budget': ['what', 'amount', 'planned', 'spent'],
  'activity-people': ['who', 'count'],
  'visit-actions': ['what', 'who', 'by', 'done'],
};

const Option = z.strictObject({ value: FormKey, label: line(60) });
const Options = z.array(Option).min(2, { error: '至少两个选项' }).max(40);
const Points = z.int().min(0).max(1000);

const asked = {
  key: FormKey,
  label: line(120),
  hint: line(200).optional(),
  required: z.boolean().optional(),
  /** Shown only where it holds; what is not shown is not kept. */
  when: FormCondition.optional(),
  /** Required only where it holds. */
  requiredWhen: FormCondition.optional(),
  /** The worker's own thinking: not given to the person with a copy of the record. */
  professional: z.boolean().optional(),
  /** Begins with what the platform holds already; it may be changed. */
  from: FormSource.optional(),
};

const Column = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), key: FormKey, label: line(40), required: z.boolean().optional() }),
  z.strictObject({
    kind: z.literal('number'),
    key: FormKey,
    label: line(40),
    required: z.boolean().optional(),
    min: Figure.optional(),
    max: Figure.optional(),
    whole: z.boolean().optional(),
  }),
  z.strictObject({ kind: z.literal('day'), key: FormKey, label: line(40), required: z.boolean().optional() }),
  z.strictObject({ kind: z.literal('one'), key: FormKey, label: line(40), required: z.boolean().optional(), options: Options }),
]);
export type FormColumn = z.infer<typeof Column>;

/** The most rows of a table: a whole activity's list, and no more than one answer should carry. */
export const MOST_ROWS = 300;

/** One field of a form. */
export const FormField = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('line'), ...asked, max: z.int().min(1).max(500).optional() }),
  z.strictObject({ kind: z.literal('passage'), ...asked, max: z.int().min(1).max(5000).optional() }),
  z.strictObject({
    kind: z.literal('number'),
    ...asked,
    min: Figure.optional(),
    max: Figure.optional(),
    whole: z.boolean().optional(),
    unit: line(10).optional(),
  }),
  z.strictObject({
    kind: z.literal('day'),
    ...asked,
    notFuture: z.boolean().optional(),
    /** An earlier field with a day, before which this one may not lie. */
    notBefore: FormKey.optional(),
  }),
  z.strictObject({ kind: z.literal('one'), ...asked, options: Options }),
  z.strictObject({ kind: z.literal('many'), ...asked, options: Options, most: z.int().min(1).max(40).optional() }),
  z.strictObject({ kind: z.literal('yesno'), ...asked }),
  z.strictObject({
    kind: z.literal('table'),
    ...asked,
    columns: z.array(Column).min(1).max(10),
    maxRows: z.int().min(1).max(MOST_ROWS),
    minRows: z.int().min(0).max(MOST_ROWS).optional(),
  }),
  z.strictObject({ kind: z.literal('signature'), ...asked }),
  z.strictObject({
    kind: z.literal('item'),
    ...asked,
    options: z
      .array(Option.extend({ points: Points }))
      .min(2, { error: '至少两个选项' })
      .max(12),
    /** Counted from the other end: what says least of it counts most. */
    reverse: z.boolean().optional(),
  }),
]);
export type FormField = z.infer<typeof FormField>;
/** The kinds of fields. */
export type FormFieldKind = FormField['kind'];

/** A section of a form. */
export const FormSection = z.strictObject({
  key: FormKey,
  title: line(60),
  hint: passage(300, 0).optional(),
  when: FormCondition.optional(),
  fields: z.array(FormField).min(1, { error: '每一部分至少一栏' }).max(60),
});
export type FormSection = z.infer<typeof FormSection>;

/** What a band of a score asks for; never a decision. */
export const FormTone = z.enum(['calm', 'watch', 'act']);
export type FormTone = z.infer<typeof FormTone>;

/** A scored scale over items of the form. */
export const FormScale = z.strictObject({
  key: FormKey,
  title: line(60),
  items: z.array(FormKey).min(1).max(60),
  /** How many items may be missing: the score is then extended from those that were answered; with more there is no score. */
  missingAtMost: z.int().min(0).max(30),
  /** Whether more points are worse or better, for reading two measurements side by side. */
  more: z.enum(['worse', 'better']),
  /** Both ends belong to the band. Where no band fits, nobody guesses. */
  bands: z.array(z.strictObject({ from: Points, to: Points, label: line(20), says: line(200), tone: FormTone })).max(12),
  /** What to do where there is no score or no band. */
  refer: line(200),
});
export type FormScale = z.infer<typeof FormScale>;

/** Whom a form is about. */
export const FormSubject = z.enum(['case', 'group', 'activity', 'work']);
export type FormSubject = z.infer<typeof FormSubject>;

/** Of a group: filled in once a session, or once a member; without it, of the whole group. */
export const FormEach = z.enum(['session', 'member']);
export type FormEach = z.infer<typeof FormEach>;

/** Which class of a case's material the answers belong to when the case is handed over. */
export const FormClass = z.enum(['papers', 'records']);

/** Who signs what was submitted; never its author. Where a supervisor may, the author chooses before whom it lies. */
export const FormSigner = z.enum(['nobody', 'head', 'head-or-supervisor']);
export type FormSigner = z.infer<typeof FormSigner>;

/** Who signs by hand before it is submitted: the person's side as age and capacity ask, and the worker who filled it in. */
export const FormHand = z.enum(['person', 'guardian', 'worker']);
export type FormHand = z.infer<typeof FormHand>;

/** A template as a document. */
export const FormDocument = z.strictObject({
  code: FormKey,
  title: line(40),
  /** Where the set of fields comes from. */
  standard: line(160),
  subject: FormSubject,
  each: FormEach.optional(),
  keptAs: FormClass,
  signer: FormSigner,
  signers: z
    .array(FormHand)
    .min(1)
    .max(3)
    .refine((all) => new Set(all).size === all.length, { error: '同一种签名人只写一次' })
    .optional(),
  /** 填表说明. */
  note: passage(600, 0),
  sections: z.array(FormSection).min(1, { error: '至少一个部分' }).max(20),
  scales: z.array(FormScale).max(6).optional(),
  /** What the worker is told where a condition holds. It tells, it decides nothing. */
  alerts: z
    .array(z.strictObject({ when: FormCondition, says: line(200) }))
    .max(12)
    .optional(),
});
export type FormDocument = z.infer<typeof FormDocument>;

/** What is wrong with a document, and where: in words, and as the steps into it for the page that shows it beside its field. */
export type DocumentProblem = { readonly at: string; readonly says: string; readonly path: readonly (string | number)[] };

/** Fields of a document in order. */
export const fieldsOf = (document: FormDocument): FormField[] => document.sections.flatMap((s) => s.fields);

/** The comparisons inside a condition. */
export const testsOf = (condition: FormCondition): FormTest[] => {
  if ('field' in condition) return [condition];
  if ('all' in condition) return condition.all.flatMap((c) => testsOf(c));
  if ('any' in condition) return condition.any.flatMap((c) => testsOf(c));
  return testsOf(condition.not);
};

/** Points of an option of an item, counted from the other end where the item says so. */
export const pointsOf = (field: Extract<FormField, { kind: 'item' }>, value: string): number | null => {
  const option = field.options.find((o) => o.value === value);
  if (option === undefined) return null;
  if (field.reverse !== true) return option.points;
  const points = field.options.map((o) => o.points);
  return Math.max(...points) + Math.min(...points) - option.points;
};

/** The least and the most that a scale can reach. */
export const spanOf = (document: FormDocument, scale: FormScale): { readonly least: number; readonly most: number } => {
  const items = fieldsOf(document).filter((f) => f.kind === 'item' && scale.items.includes(f.key)) as Extract<
    FormField,
    { kind: 'item' }
  >[];
  return {
    least: items.reduce((sum, item) => sum + Math.min(...item.options.map((o) => o.points)), 0),
    most: items.reduce((sum, item) => sum + Math.max(...item.options.map((o) => o.points)), 0),
  };
};

/** Which comparisons a kind of field takes, or a fact of the person. */
export const COMPARED: Readonly<Record<FormFieldKind | 'fact-yes' | 'fact-figure', readonly (typeof formComparisons)[number][]>> = {
  line: ['filled'],
  passage: ['filled'],
  number: ['atLeast', 'atMost', 'filled'],
  day: ['filled'],
  one: ['is', 'in', 'filled'],
  many: ['has', 'filled'],
  yesno: ['is', 'filled'],
  table: ['filled'],
  signature: ['filled'],
  item: ['is', 'in', 'filled'],
  'fact-yes': ['is', 'filled'],
  'fact-figure': ['atLeast', 'atMost', 'filled'],
};

const testProblem = (test: FormTest, known: ReadonlyMap<string, FormField>, all: ReadonlySet<string>): string | null => {
  const used = formComparisons.find((name) => test[name] !== undefined);
  if (used === undefined) return '条件没有写比较';
  if (test.field === '@minor') {
    if (!COMPARED['fact-yes'].includes(used) || typeof (test.is ?? true) !== 'boolean') return '@minor 只能写 is: true 或 false';
    return null;
  }
  if (test.field === '@age') return COMPARED['fact-figure'].includes(used) ? null : '@age 只能写 atLeast、atMost 或 filled';
  const field = known.get(test.field);
  if (field === undefined)
    return all.has(test.field) ? `条件看的栏目“${test.field}”排在它后面，只能看前面的栏目` : `条件看的栏目“${test.field}”不存在`;
  if (!COMPARED[field.kind].includes(used)) return `栏目“${field.label}”不能用 ${used} 比较`;
  if (field.kind === 'yesno' && used === 'is' && typeof test.is !== 'boolean') return `栏目“${field.label}”是“是否”，is 写 true 或 false`;
  if (field.kind === 'one' || field.kind === 'many' || field.kind === 'item') {
    const values = field.options.map((o) => o.value);
    const named = used === 'in' ? (test.in ?? []) : used === 'has' ? [test.has] : used === 'is' ? [test.is] : [];
    const strange = named.find((v) => typeof v !== 'string' || !values.includes(v));
    if (strange !== undefined) return `栏目“${field.label}”没有选项“${String(strange)}”`;
  }
  return null;
};

const sourceProblem = (document: FormDocument, field: FormField): string | null => {
  if (field.from === undefined) return null;
  if (!givesTo(document, field.from)) return `from 写的“${field.from}”不是这种表能带出的`;
  const kinds = TAKEN[field.from] ?? ['line', 'passage'];
  if (!kinds.includes(field.kind)) return `from 写的“${field.from}”要用 ${kinds.join('、')} 栏目`;
  const cells = sourceCells[field.from];
  return field.kind === 'table' && cells !== undefined && !field.columns.some((c) => cells.includes(c.key))
    ? `from 写的“${field.from}”带出 ${cells.join('、')} 列，表里一列也没有`
    : null;
};

type Path = DocumentProblem['path'];

const MOST_FIELDS = 200;

/** What does not fit together in a document whose parts are each well written. */
export const documentProblems = (document: FormDocument): DocumentProblem[] => {
  const found: DocumentProblem[] = [];
  const all = new Set(fieldsOf(document).map((f) => f.key));
  const known = new Map<string, FormField>();
  const judge = (at: string, path: Path, condition: FormCondition | undefined): void => {
    if (condition === undefined) return;
    for (const test of testsOf(condition)) {
      const says = testProblem(test, known, all);
      if (says !== null) found.push({ at, says, path });
    }
  };
  const twice = (at: string, path: Path, keys: readonly string[], what: string): void => {
    for (const key of new Set(keys.filter((k, i) => keys.indexOf(k) !== i))) found.push({ at, says: `${what}“${key}”用了两次`, path });
  };
  twice(
    '全表',
    ['sections'],
    document.sections.map((s) => s.key),
    '部分的代号',
  );
  twice(
    '全表',
    ['sections'],
    fieldsOf(document).map((f) => f.key),
    '栏目的代号',
  );
  twice(
    '全表',
    ['scales'],
    (document.scales ?? []).map((s) => s.key),
    '量表的代号',
  );
  if (document.each !== undefined && document.subject !== 'group')
    found.push({ at: '全表', says: '只有小组的表可以写 each', path: ['each'] });
  // Nobody else stands before the worker's device: a group and an activity are no person.
  if (document.subject !== 'case' && (document.signers ?? []).some((who) => who !== 'worker'))
    found.push({ at: '全表', says: '小组和社区活动的表只能由社工手写签名', path: ['signers'] });
  if (all.size > MOST_FIELDS) found.push({ at: '全表', says: `一张表最多 ${MOST_FIELDS} 栏`, path: ['sections'] });
  for (const [s, section] of document.sections.entries()) {
    judge(`“${section.title}”`, ['sections', s, 'when'], section.when);
    for (const [f, field] of section.fields.entries()) {
      const path: Path = ['sections', s, 'fields', f];
      const at = `“${section.title}”的“${field.label}”`;
      judge(at, [...path, 'when'], field.when);
      judge(at, [...path, 'requiredWhen'], field.requiredWhen);
      const source = sourceProblem(document, field);
      if (source !== null) found.push({ at, says: source, path: [...path, 'from'] });
      if (field.kind === 'one' || field.kind === 'many' || field.kind === 'item')
        twice(
          at,
          [...path, 'options'],
          field.options.map((o) => o.value),
          '选项的代号',
        );
      if (field.kind === 'number' && field.min !== undefined && field.max !== undefined && field.min > field.max)
        found.push({ at, says: '最小值大于最大值', path: [...path, 'min'] });
      if (field.kind === 'table') {
        twice(
          at,
          [...path, 'columns'],
          field.columns.map((c) => c.key),
          '列的代号',
        );
        if ((field.minRows ?? 0) > field.maxRows) found.push({ at, says: '最少行数大于最多行数', path: [...path, 'minRows'] });
      }
      if (field.kind === 'day' && field.notBefore !== undefined && known.get(field.notBefore)?.kind !== 'day')
        found.push({ at, says: `notBefore 要写前面一个日期栏目的代号，“${field.notBefore}”不是`, path: [...path, 'notBefore'] });
      known.set(field.key, field);
    }
  }
  for (const [n, scale] of (document.scales ?? []).entries()) {
    const at = `量表“${scale.title}”`;
    const items: Path = ['scales', n, 'items'];
    twice(at, items, scale.items, '条目');
    for (const key of scale.items) {
      const item = known.get(key);
      if (item?.kind !== 'item') found.push({ at, says: `条目“${key}”不是表里的量表条目`, path: items });
      else if (item.when !== undefined) found.push({ at, says: `条目“${item.label}”带有显示条件，不能计分`, path: items });
    }
    if (scale.missingAtMost >= scale.items.length)
      found.push({ at, says: '允许缺答的条目数应小于条目总数', path: ['scales', n, 'missingAtMost'] });
    const { least, most } = spanOf(document, scale);
    const bands = [...scale.bands].sort((a, b) => a.from - b.from);
    for (const [i, band] of bands.entries()) {
      const path: Path = ['scales', n, 'bands', scale.bands.indexOf(band)];
      if (band.from > band.to) found.push({ at, says: `分段“${band.label}”的起点大于终点`, path });
      else if (band.from < least || band.to > most)
        found.push({ at, says: `分段“${band.label}”（${band.from}—${band.to} 分）超出能得到的 ${least}—${most} 分`, path });
      const next = bands[i + 1];
      if (next !== undefined && next.from <= band.to) found.push({ at, says: `分段“${band.label}”与“${next.label}”重叠`, path });
    }
  }
  for (const [n, alert] of (document.alerts ?? []).entries()) judge(`提示“${alert.says}”`, ['alerts', n, 'when'], alert.when);
  return found;
};

const PARTS: Readonly<Record<string, string>> = {
  sections: '部分',
  fields: '栏',
  options: '选项',
  columns: '列',
  scales: '量表',
  bands: '分段',
  alerts: '提示',
  items: '条目',
  all: '条件',
  any: '条件',
};

/** Where in a document, in words: 第2部分第3栏 label. */
const placeOf = (path: readonly PropertyKey[]): string => {
  let says = '';
  for (const [i, step] of path.entries()) {
    const before = path[i - 1];
    if (typeof step === 'number') says += `第${step + 1}${PARTS[String(before)] ?? '项'}`;
    else if (typeof path[i + 1] !== 'number') says += `${says === '' ? '' : ' '}${String(step)}`;
  }
  return says === '' ? '全表' : says;
};

const MOST_PROBLEMS = 30;

/** Reads a document from text that somebody typed or pasted; says everything that is wrong with it, in words. */
export const readDocument = (text: string): { readonly document: FormDocument | null; readonly problems: DocumentProblem[] } => {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return { document: null, problems: [{ at: '全文', says: '不是完整的 JSON，请检查括号、引号和逗号', path: [] }] };
  }
  const read = FormDocument.safeParse(given);
  if (!read.success) {
    const problems = read.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => ({ at: placeOf(issue.path), says: `没有“${key}”这一项`, path: issue.path as Path }))
        : [{ at: placeOf(issue.path), says: issue.message, path: issue.path as Path }],
    );
    return { document: null, problems: problems.slice(0, MOST_PROBLEMS) };
  }
  const problems = documentProblems(read.data);
  return { document: problems.length === 0 ? read.data : null, problems: problems.slice(0, MOST_PROBLEMS) };
};
