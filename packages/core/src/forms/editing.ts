/**
 * A document while somebody edits it field by field: it may still be wrong in its words, never in its shape. Every act gives a new document;
 * the text of a version is made of it, and read by `readDocument` like any other.
 */
import {
  COMPARED,
  type DocumentProblem,
  type FormCondition,
  type FormDocument,
  type FormField,
  type FormFieldKind,
  type FormScale,
  type FormSection,
  type FormTest,
  fieldsOf,
  type formComparisons,
  testsOf,
} from './document.ts';

const KINDS: ReadonlySet<string> = new Set(Object.keys(COMPARED).filter((kind) => !kind.startsWith('fact')));
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown, each: (one: Record<string, unknown>) => boolean): boolean =>
  Array.isArray(value) && value.every((one) => isRecord(one) && each(one));
const isConditional = (of: Record<string, unknown>): boolean =>
  ['when', 'requiredWhen'].every((name) => of[name] === undefined || isCondition(of[name]));
const isCondition = (value: unknown, depth = 0): boolean =>
  isRecord(value) &&
  depth < 4 &&
  (typeof value['field'] === 'string' ||
    ['all', 'any'].some((name) => Array.isArray(value[name]) && (value[name] as unknown[]).every((c) => isCondition(c, depth + 1))) ||
    isCondition(value['not'], depth + 1));

const isField = (field: Record<string, unknown>): boolean =>
  typeof field['key'] === 'string' &&
  typeof field['label'] === 'string' &&
  KINDS.has(String(field['kind'])) &&
  isConditional(field) &&
  (!['one', 'many', 'item'].includes(String(field['kind'])) || isList(field['options'], () => true)) &&
  (field['kind'] !== 'table' || isList(field['columns'], (c) => c['kind'] !== 'one' || isList(c['options'], () => true)));

/** A document as the editor takes it; null where the text is none, or not built like one: then it is mended as text. */
export const openForEditing = (text: string): FormDocument | null => {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    return null;
  }
  const whole =
    isRecord(given) &&
    isList(given['sections'], (s) => typeof s['key'] === 'string' && isConditional(s) && isList(s['fields'], isField)) &&
    (given['scales'] === undefined || isList(given['scales'], (s) => Array.isArray(s['items']) && isList(s['bands'], () => true))) &&
    (given['alerts'] === undefined || isList(given['alerts'], (a) => isCondition(a['when']))) &&
    (given['signers'] === undefined || Array.isArray(given['signers']));
  return whole ? (given as FormDocument) : null;
};

/** What is wrong exactly here, or with `inside` anywhere below it. */
export const problemsAt = (
  problems: readonly DocumentProblem[],
  path: readonly (string | number)[],
  inside = false,
): readonly DocumentProblem[] =>
  problems.filter(
    (p) => (inside ? p.path.length >= path.length : p.path.length === path.length) && path.every((step, i) => p.path[i] === step),
  );

const free = (taken: readonly string[], stem: string): string => {
  let n = taken.length + 1;
  while (taken.includes(`${stem}-${n}`)) n += 1;
  return `${stem}-${n}`;
};

const OPTIONS = [
  { value: 'a', label: '选项一' },
  { value: 'b', label: '选项二' },
];

/** The key of a further option, column or scale. */
export const freeKey = (taken: readonly string[], stem: string): string => free(taken, stem);

/** An empty field under a key of its own. */
export const newField = (document: FormDocument, kind: FormFieldKind = 'line'): FormField =>
  withKind(
    {
      kind: 'line',
      key: free(
        fieldsOf(document).map((f) => f.key),
        'field',
      ),
      label: '新栏目',
    },
    kind,
  );

/** The same field of another kind; what the other kind has no place for is left out. */
export const withKind = (field: FormField, kind: FormFieldKind): FormField => {
  const { key, label, hint, required, when, requiredWhen, professional } = field;
  const asked = Object.fromEntries(
    Object.entries({ key, label, hint, required, when, requiredWhen, professional }).filter(([, value]) => value !== undefined),
  ) as { key: string; label: string };
  const options: readonly { readonly value: string; readonly label: string }[] = 'options' in field ? field.options : OPTIONS;
  if (kind === 'one' || kind === 'many')
    return { kind, ...asked, options: options.map(({ value, label: says }) => ({ value, label: says })) };
  if (kind === 'item')
    return { kind, ...asked, options: options.map(({ value, label: says }, points) => ({ value, label: says, points })) };
  if (kind === 'table')
    return field.kind === 'table' ? field : { kind, ...asked, columns: [{ kind: 'line', key: 'what', label: '内容' }], maxRows: 20 };
  return { kind, ...asked } as FormField;
};

/** An empty section with one field. */
export const newSection = (document: FormDocument): FormSection => ({
  key: free(
    document.sections.map((s) => s.key),
    'section',
  ),
  title: '新的部分',
  fields: [newField(document)],
});

/** One of a list a step up or down; at its end it stays. */
export const moved = <One>(list: readonly One[], from: number, by: -1 | 1): One[] => {
  const next = [...list];
  const [one] = next.splice(from, 1);
  if (one !== undefined) next.splice(Math.max(0, Math.min(list.length - 1, from + by)), 0, one);
  return next;
};

const withSection = (document: FormDocument, place: number, change: (section: FormSection) => FormSection): FormDocument => ({
  ...document,
  sections: document.sections.map((section, at) => (at === place ? change(section) : section)),
});

/** The document with one section written anew. */
export const setSection = (document: FormDocument, place: number, to: Partial<FormSection>): FormDocument =>
  withSection(document, place, (section) => ({ ...section, ...to }));

/** The document with one field written anew. */
export const setField = (document: FormDocument, section: number, place: number, to: FormField): FormDocument =>
  withSection(document, section, (s) => ({ ...s, fields: s.fields.map((f, at) => (at === place ? to : f)) }));

/** A field behind the others of its section. */
export const addField = (document: FormDocument, section: number, field: FormField): FormDocument =>
  withSection(document, section, (s) => ({ ...s, fields: [...s.fields, field] }));

/** Without a field; scales count it no more. Conditions that looked at it stay, and are told as wrong. */
export const removeField = (document: FormDocument, section: number, place: number): FormDocument => {
  const key = document.sections[section]?.fields[place]?.key;
  const without = withSection(document, section, (s) => ({ ...s, fields: s.fields.filter((_, at) => at !== place) }));
  return document.scales === undefined
    ? without
    : { ...without, scales: document.scales.map((scale) => ({ ...scale, items: scale.items.filter((item) => item !== key) })) };
};

/** A field a step up or down; over the edge of its section it goes to the one beside it. */
export const moveField = (document: FormDocument, section: number, place: number, by: -1 | 1): FormDocument => {
  const fields = document.sections[section]?.fields ?? [];
  const field = fields[place];
  if (field === undefined) return document;
  if (place + by >= 0 && place + by < fields.length) return setSection(document, section, { fields: moved(fields, place, by) });
  if (document.sections[section + by] === undefined) return document;
  const without = withSection(document, section, (s) => ({ ...s, fields: s.fields.filter((f) => f !== field) }));
  return withSection(without, section + by, (s) => ({ ...s, fields: by === 1 ? [field, ...s.fields] : [...s.fields, field] }));
};

const testRenamed = (test: FormTest, from: string, to: string): FormTest => (test.field === from ? { ...test, field: to } : test);
const renamed = (condition: FormCondition, from: string, to: string): FormCondition => {
  if ('field' in condition) return testRenamed(condition, from, to);
  if ('all' in condition) return { all: condition.all.map((c) => renamed(c, from, to)) } as FormCondition;
  if ('any' in condition) return { any: condition.any.map((c) => renamed(c, from, to)) } as FormCondition;
  return { not: renamed(condition.not, from, to) } as FormCondition;
};

/** A field under another key; whatever names it, names it so. */
export const renameField = (document: FormDocument, from: string, to: string): FormDocument => {
  const within = <Has extends { readonly when?: FormCondition | undefined; readonly requiredWhen?: FormCondition | undefined }>(
    of: Has,
  ): Has => ({
    ...of,
    ...(of.when === undefined ? {} : { when: renamed(of.when, from, to) }),
    ...(of.requiredWhen === undefined ? {} : { requiredWhen: renamed(of.requiredWhen, from, to) }),
  });
  const field = (f: FormField): FormField => ({
    ...within(f),
    ...(f.key === from ? { key: to } : {}),
    ...(f.kind === 'day' && f.notBefore === from ? { notBefore: to } : {}),
  });
  return {
    ...document,
    sections: document.sections.map((s) => ({ ...within(s), fields: s.fields.map(field) })),
    ...(document.scales === undefined
      ? {}
      : { scales: document.scales.map((s) => ({ ...s, items: s.items.map((item) => (item === from ? to : item)) })) }),
    ...(document.alerts === undefined ? {} : { alerts: document.alerts.map((a) => within(a)) }),
  };
};

/** An empty scale over all items of the form. */
export const newScale = (document: FormDocument): FormScale => ({
  key: free(
    (document.scales ?? []).map((s) => s.key),
    'scale',
  ),
  title: '得分',
  items: fieldsOf(document).flatMap((f) => (f.kind === 'item' ? [f.key] : [])),
  missingAtMost: 0,
  more: 'worse',
  bands: [],
  refer: '换个时间再问，或请督导一起看。',
});

/** A condition as a flat list of comparisons; null where it is deeper, and is then written as text. */
export const flatOf = (condition: FormCondition): { readonly join: 'all' | 'any'; readonly tests: readonly FormTest[] } | null => {
  if ('field' in condition) return { join: 'all', tests: [condition] };
  const [join, inner] =
    'all' in condition ? (['all', condition.all] as const) : 'any' in condition ? (['any', condition.any] as const) : [null, []];
  return join !== null && inner.every((c) => 'field' in c) ? { join, tests: testsOf(condition) } : null;
};

/** A condition of such a list; undefined for none. */
export const conditionOf = (join: 'all' | 'any', tests: readonly FormTest[]): FormCondition | undefined => {
  const [first] = tests;
  if (first === undefined || tests.length === 1) return first;
  return join === 'all' ? { all: [...tests] } : { any: [...tests] };
};

/** What a condition at a place may look at: fields before it, and facts of the person where the form is about one. */
export const fieldsBefore = (document: FormDocument, section: number, place: number): FormField[] =>
  document.sections.flatMap((s, at) => (at < section ? s.fields : at === section ? s.fields.slice(0, place) : []));

type Comparison = (typeof formComparisons)[number];

/** Comparisons of what a condition looks at. */
export const comparisonsOf = (looked: FormField | '@minor' | '@age'): readonly Comparison[] =>
  COMPARED[looked === '@minor' ? 'fact-yes' : looked === '@age' ? 'fact-figure' : looked.kind];

/** A first comparison with it, well formed. */
export const firstTest = (
  looked: FormField | '@minor' | '@age',
  comparison: Comparison = comparisonsOf(looked)[0] ?? 'filled',
): FormTest => {
  const field = typeof looked === 'string' ? looked : looked.key;
  const option = typeof looked !== 'string' && 'options' in looked ? (looked.options[0]?.value ?? '') : '';
  switch (comparison) {
    case 'is':
      return { field, is: option === '' ? true : option };
    case 'in':
      return { field, in: [option] };
    case 'has':
      return { field, has: option };
    case 'atLeast':
    case 'atMost':
      return { field, [comparison]: 1 };
    case 'filled':
      return { field, filled: true };
  }
};
