import { describe, expect, it } from 'vitest';
import { type FormDocument, type FormField, type FormFieldKind, FormSource, readDocument, sourcesFor } from './document.ts';
import {
  addField,
  comparisonsOf,
  conditionOf,
  fieldsBefore,
  firstTest,
  flatOf,
  moveField,
  newField,
  newScale,
  newSection,
  openForEditing,
  problemsAt,
  removeField,
  renameField,
  setField,
  withKind,
} from './editing.ts';
import { signerVerdict } from './rules.ts';

const choice = (key: string, points: readonly number[] | null = null): FormField =>
  ({
    kind: points === null ? 'one' : 'item',
    key,
    label: key,
    options: ['a', 'b'].map((value, i) => ({ value, label: value, ...(points === null ? {} : { points: points[i] }) })),
  }) as FormField;
const START: FormDocument = {
  code: 'own',
  title: '表',
  standard: '本区自定',
  subject: 'case',
  keptAs: 'records',
  signer: 'nobody',
  note: '',
  sections: [
    { key: 'one', title: '一', fields: [choice('first'), choice('second', [0, 1]), { kind: 'line', key: 'third', label: '三' }] },
    { key: 'two', title: '二', fields: [{ kind: 'day', key: 'fourth', label: '四', when: { field: 'first', is: 'a' } }] },
  ],
  scales: [{ key: 's', title: '分', items: ['second'], missingAtMost: 0, more: 'worse', bands: [], refer: '再问' }],
};
const keysOf = (d: FormDocument) => d.sections.map((s) => s.fields.map((f) => f.key).join(' '));
const read = (d: FormDocument) => readDocument(JSON.stringify(d)).problems;
const KINDS: readonly FormFieldKind[] = ['line', 'passage', 'number', 'day', 'one', 'many', 'yesno', 'table', 'signature', 'item'];

describe('a document while it is edited', () => {
  it.each([
    [0, 0, -1, ['first second third', 'fourth']],
    [0, 0, 1, ['second first third', 'fourth']],
    [0, 1, -1, ['second first third', 'fourth']],
    // Over the edge of its section it goes to the one beside it.
    [0, 2, 1, ['first second', 'third fourth']],
    [1, 0, -1, ['first second third fourth', '']],
    [1, 0, 1, ['first second third', 'fourth']],
    [1, 7, 1, ['first second third', 'fourth']],
  ] as const)('moves field %i.%i by %i', (section, at, by, left) => {
    expect(keysOf(moveField(START, section, at, by))).toEqual(left);
    expect(keysOf(START)).toEqual(['first second third', 'fourth']);
  });

  it.each(KINDS.flatMap((from) => KINDS.map((to) => [from, to] as const)))('a new %s made a %s is well formed', (from, to) => {
    const made = addField(START, 1, withKind(newField(START, from), to));
    expect([made.sections[1]?.fields[1]?.kind, read(made)]).toEqual([to, []]);
  });

  it('gives every field and section a key of its own, also after one was taken away', () => {
    let d = START;
    for (let i = 0; i < 3; i += 1) {
      d = { ...d, sections: [...d.sections, newSection(d)] };
      d = addField(d, 0, newField(d));
    }
    d = removeField(d, 0, 4);
    d = addField(d, 0, newField(d));
    expect([read(d), new Set(keysOf(d).join(' ').split(' ')).size]).toEqual([[], 10]);
  });

  it('a field that is taken away is counted by no scale; what looked at it is told as wrong, beside it', () => {
    const noItem = removeField(START, 0, 1);
    expect(noItem.scales?.[0]?.items).toEqual([]);
    const problems = read(removeField(START, 0, 0));
    expect(problems).toMatchObject([{ says: '条件看的栏目“first”不存在', path: ['sections', 1, 'fields', 0, 'when'] }]);
    expect(problemsAt(problems, ['sections', 1, 'fields', 0])).toEqual([]);
    expect(problemsAt(problems, ['sections', 1, 'fields', 0], true)).toEqual(problems);
    expect(problemsAt(problems, ['sections', 0], true)).toEqual([]);
  });

  it('a field under another key is named so by whatever named it', () => {
    const deep = setField(START, 1, 0, {
      ...(START.sections[1]?.fields[0] as FormField),
      when: { any: [{ not: { field: 'first', is: 'a' } }, { field: 'first', filled: false }] },
    });
    const d = renameField(renameField(deep, 'first', 'uno'), 'second', 'due');
    expect([read(d), JSON.stringify(d).includes('"field":"first"'), d.scales?.[0]?.items]).toEqual([[], false, ['due']]);
  });

  it('says beside which control something is wrong', () => {
    const blank = setField(START, 0, 2, { kind: 'line', key: 'third', label: '' });
    expect(problemsAt(read(blank), ['sections', 0, 'fields', 2, 'label'])).toHaveLength(1);
    const upside = setField(START, 0, 2, { kind: 'number', key: 'third', label: '三', min: 3, max: 1 });
    expect(problemsAt(read(upside), ['sections', 0, 'fields', 2, 'min']).map((p) => p.says)).toEqual(['最小值大于最大值']);
    const band = { from: 5, to: 9, label: '重', says: '看一看', tone: 'act' as const };
    const scale = { ...newScale(START), bands: [band] };
    expect(problemsAt(read({ ...START, scales: [scale] }), ['scales', 0, 'bands', 0])).toHaveLength(1);
  });

  it('conditions of the page are those of the document', () => {
    const tests = [firstTest(choice('first')), firstTest(choice('second', [0, 1]), 'filled')];
    expect(conditionOf('any', [])).toBeUndefined();
    for (const [join, given] of [
      ['all', tests],
      ['any', tests],
      ['all', tests.slice(0, 1)],
    ] as const) {
      const condition = conditionOf(join, given) ?? expect.fail('none');
      expect(flatOf(condition)).toEqual({ join, tests: given });
      expect(read(setField(START, 1, 0, { kind: 'line', key: 'fourth', label: '四', when: condition }))).toEqual([]);
    }
    expect(flatOf({ not: { field: 'first', is: 'a' } })).toBeNull();
    expect(flatOf({ all: [{ any: tests }] } as never)).toBeNull();
    expect(fieldsBefore(START, 1, 0).map((f) => f.key)).toEqual(['first', 'second', 'third']);
  });

  it.each([...KINDS.map((kind) => newField(START, kind)), '@minor' as const, '@age' as const])(
    'every first comparison with %o is well formed',
    (looked) => {
      const d = typeof looked === 'string' ? START : addField(START, 0, looked);
      for (const comparison of comparisonsOf(looked)) {
        const when = firstTest(looked, comparison);
        expect([comparison, read(setField(d, 1, 0, { kind: 'line', key: 'fourth', label: '四', when }))]).toEqual([comparison, []]);
      }
    },
  );

  it('opens what is built like a form and nothing else', () => {
    expect(openForEditing(JSON.stringify(START))).toEqual(START);
    // Wrong in its words is for the editor; wrong in its shape is for the text.
    expect(openForEditing(JSON.stringify({ ...START, title: '' }))?.title).toBe('');
    for (const text of [
      '{',
      '[]',
      '{}',
      JSON.stringify({ ...START, sections: [{ key: 'a', fields: {} }] }),
      JSON.stringify({ ...START, sections: [{ key: 'a', fields: [{ kind: 'one', key: 'a', label: 'a' }] }] }),
      JSON.stringify({ ...START, sections: [{ key: 'a', fields: [{ kind: 'odd', key: 'a', label: 'a' }] }] }),
      JSON.stringify({ ...START, sections: [{ key: 'a', when: 3, fields: [] }] }),
      JSON.stringify({ ...START, scales: [{}] }),
      JSON.stringify({ ...START, alerts: [{ says: 'x' }] }),
    ])
      expect([text, openForEditing(text)]).toEqual([text, null]);
  });

  it('offers what a form of its subject may begin with, and nothing that is then refused', () => {
    for (const each of [undefined, 'session'] as const)
      for (const kind of ['line', 'number', 'day', 'one'] as const) {
        const group = { ...START, subject: 'group' as const, ...(each === undefined ? {} : { each }) };
        const offered = sourcesFor(group, kind);
        for (const from of FormSource.options) {
          const wrong = read(setField(group, 0, 2, { ...withKind(newField(group), kind), key: 'third', from } as FormField));
          expect([each, kind, from, wrong.some((p) => p.path.at(-1) === 'from')]).toEqual([each, kind, from, !offered.includes(from)]);
        }
      }
    expect(sourcesFor(START, 'line')).toEqual([]);
    // The paper of a room takes what its rows give, and of no other room.
    expect(sourcesFor({ ...START, code: 't09-visit' }, 'one')).toEqual(['visit-health', 'visit-safety', 'visit-life']);
  });
});

describe('before whom a form is laid', () => {
  it.each([
    ['head-or-supervisor', null, true],
    ['head-or-supervisor', 'known', true],
    ['head-or-supervisor', 'stranger', false],
    ['head', null, true],
    ['head', 'known', false],
    ['nobody', 'known', false],
    ['nobody', null, true],
  ] as const)('%s, %s', (signer, to, may) => {
    expect(signerVerdict(signer, to, ['known']).ok).toBe(may);
  });
});
