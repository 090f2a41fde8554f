import { describe, expect, it } from 'vitest';
import { endStates, reachable } from '../shared/moves.ts';
import { type FormDocument, readDocument } from './document.ts';
import { alertsOf, answerText, type FormValues, fill, NO_FACTS, toldOf } from './filling.ts';
import { formMoves } from './moves.ts';
import { FormRoom, formOfRoom } from './rooms.ts';
import { beginVerdict, correctVerdict, decideVerdict, formActs, writeVerdict } from './rules.ts';
import { scoreOf } from './scale.ts';
import { type FormStatus, FormValue } from './schema.ts';
import { conditionWords } from './words.ts';

const today = '2026-03-05';
const HOUSE = [
  { kind: 'number', key: 'size', label: '同住人数', required: true, min: 1, whole: true },
  { kind: 'yesno', key: 'still', label: '仍要填', when: { field: 'size', atMost: 1 } },
] as const;
const FAMILY = {
  key: 'family',
  title: '家庭',
  when: {
    any: [
      { field: 'size', atLeast: 2 },
      { field: 'still', is: true },
    ],
  },
  fields: [{ kind: 'passage', key: 'stress', label: '压力', required: true }],
} as const;
const document = (sections: object[], more: object = {}): FormDocument => {
  const read = readDocument(
    JSON.stringify({
      code: 'x',
      title: '试',
      standard: '自拟',
      subject: 'case',
      keptAs: 'records',
      signer: 'nobody',
      note: '',
      sections,
      ...more,
    }),
  );
  expect(read.problems).toEqual([]);
  return read.document as FormDocument;
};
const one = (fields: object[], more: object = {}) => document([{ key: 'a', title: '甲', fields }], more);
const filled = (doc: FormDocument, values: FormValues, facts = NO_FACTS) => fill(doc, values, facts, today);
const wrongAt = (doc: FormDocument, values: FormValues, facts = NO_FACTS) =>
  filled(doc, values, facts).problems.map((p) => `${p.field} ${p.says}`);

describe('conditions', () => {
  const doc = document([{ key: 'self', title: '本人', fields: HOUSE }, FAMILY]);

  it('let a household of one skip the family, and fill it all the same', () => {
    expect(wrongAt(doc, { size: 1 })).toEqual([]);
    expect(wrongAt(doc, { size: 1, still: false })).toEqual([]);
    expect(wrongAt(doc, { size: 1, still: true })).toEqual(['stress 请填写']);
    expect(wrongAt(doc, { size: 2 })).toEqual(['stress 请填写']);
    expect(wrongAt(doc, {})).toEqual(['size 请填写数字']);
  });

  it('drop what is not shown, and what hangs on what was dropped', () => {
    expect(filled(doc, { size: 1, stress: '旧的' }).kept).toEqual({ size: 1 });
    // 仍要填 is asked of one person only: for two its answer is gone, and the section stands by the number.
    expect(filled(doc, { size: 2, still: true, stress: '新的' }).kept).toEqual({ size: 2, stress: '新的' });
  });

  it('look at facts of the person, and at nothing that is unknown', () => {
    const guarded = one([{ kind: 'line', key: 'guardian', label: '监护人', requiredWhen: { field: '@minor', is: true } }]);
    expect(wrongAt(guarded, {}, { '@minor': true, '@age': 12 })).toEqual(['guardian 请填写']);
    expect(wrongAt(guarded, {}, { '@minor': false, '@age': 18 })).toEqual([]);
    expect(wrongAt(guarded, {})).toEqual([]);
  });

  it.each([
    [
      'all',
      {
        all: [
          { field: 'a', is: 'x' },
          { field: 'b', has: 'y' },
        ],
      },
      { a: 'x', b: ['y'] },
      { a: 'x', b: ['z'] },
    ],
    ['not', { not: { field: 'b', has: 'y' } }, { a: 'x' }, { b: ['y', 'z'] }],
    ['in', { field: 'a', in: ['x', 'y'] }, { a: 'y' }, { a: 'z' }],
    ['filled', { field: 'a', filled: false }, {}, { a: 'x' }],
    ['at least, zero counts as an answer', { field: 'n', atLeast: 0 }, { n: 0 }, {}],
    ['at most', { field: 'n', atMost: 3 }, { n: 3 }, { n: 4 }],
  ])('%s', (_, when, yes, no) => {
    const options = ['x', 'y', 'z'].map((value) => ({ value, label: value }));
    const doc = one([
      { kind: 'one', key: 'a', label: '甲', options },
      { kind: 'many', key: 'b', label: '乙', options },
      { kind: 'number', key: 'n', label: '数' },
      { kind: 'line', key: 'then', label: '则', when },
    ]);
    expect(filled(doc, yes as unknown as FormValues).shown.has('then')).toBe(true);
    expect(filled(doc, no as unknown as FormValues).shown.has('then')).toBe(false);
    expect(conditionWords(doc, when as never)).toMatch(/[甲乙数]/);
  });
});

describe('answers', () => {
  const options = [
    { value: 'x', label: '甲' },
    { value: 'y', label: '乙' },
  ];
  const doc = one([
    { kind: 'line', key: 'l', label: '行', max: 5 },
    { kind: 'number', key: 'n', label: '数', min: 1, max: 10, whole: true, unit: '次' },
    { kind: 'day', key: 'd', label: '日', notFuture: true },
    { kind: 'day', key: 'e', label: '止', notBefore: 'd' },
    { kind: 'many', key: 'm', label: '多', options, most: 1 },
    { kind: 'signature', key: 's', label: '签' },
    {
      kind: 'table',
      key: 't',
      label: '表',
      maxRows: 2,
      columns: [
        { kind: 'line', key: 'a', label: '甲', required: true },
        { kind: 'day', key: 'b', label: '乙' },
      ],
    },
    { kind: 'passage', key: 'p', label: '想法', professional: true },
  ]);

  it.each([
    ['one below', { n: 0 }, ['n 不能小于 1']],
    ['at the least', { n: 1 }, []],
    ['at the most', { n: 10 }, []],
    ['one above', { n: 11 }, ['n 不能大于 10']],
    ['a half', { n: 1.5 }, ['n 请填写整数']],
    ['text for a number', { n: '3' }, ['n 请填写数字']],
    ['a line as long as it may be', { l: '一二三四五' }, []],
    ['one sign longer', { l: '一二三四五六' }, ['l 最多 5 个字']],
    ['today', { d: today }, []],
    ['tomorrow', { d: '2026-03-06' }, ['d 不能晚于今天']],
    ['no such day', { d: '2026-02-30' }, ['d 请填写日期，如 2026-03-05']],
    ["a month's last day before its first", { d: '2026-02-28', e: '2026-02-27' }, ['e 不能早于前面的日期']],
    ['the same day', { d: '2026-02-28', e: '2026-02-28' }, []],
    ['too many', { m: ['x', 'y'] }, ['m 最多选 1 项']],
    ['twice the same', { m: ['x', 'x'] }, ['m 请从给出的选项中选择']],
    ['an option that is none', { m: ['constructor'] }, ['m 请从给出的选项中选择']],
    ['a field that is none', { toString: 'x' } as never, ['toString 这一版表里没有这一栏']],
    ['signed without a day', { s: { name: '王', on: '' } }, ['s 请写签名的日期']],
    ['a row without what it needs', { t: [{ b: today }] }, ['t 第 1 行请填写“甲”']],
    ['an empty row is none', { t: [{ a: '' }, { a: '有' }] }, []],
    ['a row too many', { t: [{ a: '1' }, { a: '2' }, { a: '3' }] }, ['t 最多 2 行']],
    ['a column that is none', { t: [{ c: 'x' }] }, ['t 请按列填写']],
  ])('%s', (_, values, says) => {
    expect(wrongAt(doc, values as FormValues)).toEqual(says);
  });

  it('are told in sentences without what the worker thought', () => {
    expect(toldOf(doc, { n: 3, m: ['y'], p: '想法', t: [{ a: '饭', b: today }] })).toBe('数：3 次\n多：乙\n表：甲：饭，乙：2026年3月5日');
    expect(answerText(doc.sections[0]?.fields[5] as never, { name: '王', on: today })).toBe('王　2026年3月5日');
  });
});

describe('a scale', () => {
  const often = [0, 1, 2, 3].map((points) => ({ value: `o${points}`, label: `${points}`, points }));
  const keys = ['a', 'b', 'c', 'd'];
  const scale = {
    key: 's',
    title: '分',
    items: keys,
    missingAtMost: 1,
    more: 'worse' as const,
    // 8 belongs to no band.
    bands: [
      { from: 0, to: 3, label: '轻', says: '看看', tone: 'calm' as const },
      { from: 4, to: 7, label: '中', says: '谈谈', tone: 'watch' as const },
      { from: 9, to: 12, label: '重', says: '去做', tone: 'act' as const },
    ],
    refer: '问督导',
  };
  const doc = one(
    keys.map((key) => ({ kind: 'item', key, label: key, options: often, ...(key === 'd' ? { reverse: true } : {}) })),
    { scales: [scale] },
  );
  const of = (...points: (number | null)[]) =>
    scoreOf(doc, scale, Object.fromEntries(points.flatMap((p, i) => (p === null ? [] : [[keys[i] as string, `o${p}`]]))));

  // The last item counts from the other end: 3 is 0 points.
  it.each([
    ['zero', [0, 0, 0, 3], 0, '轻', null],
    ['the last of the first band', [3, 0, 0, 3], 3, '轻', null],
    ['one above', [3, 1, 0, 3], 4, '中', null],
    ['the last before the gap', [3, 3, 1, 3], 7, '中', null],
    ['in the gap nobody guesses', [3, 3, 2, 3], 8, null, 'no-band'],
    ['one above the gap', [3, 3, 3, 3], 9, '重', null],
    ['the most', [3, 3, 3, 0], 12, '重', null],
    ['one missing, extended: 3 of three is 4 of four', [3, 0, null, 3], 4, '中', null],
    ['one missing, rounded half up: 2 of three is 2.67', [2, 0, null, 3], 3, '轻', null],
    ['one missing, down: 1 of three is 1.33', [1, 0, null, 3], 1, '轻', null],
    ['one missing, extended into the gap', [3, 3, null, 3], 8, null, 'no-band'],
    ['two missing: no score', [3, 3, null, null], null, null, 'too-many-missing'],
    ['one answered', [3, null, null, null], null, null, 'too-many-missing'],
  ] as const)('%s', (_, points, score, band, referred) => {
    expect(of(...points)).toMatchObject({ score, band, referred, says: referred === null ? expect.any(String) : '问督导' });
  });

  it('says nothing where nothing was asked', () => {
    expect(of(null, null, null, null)).toBe(null);
  });
});

describe('a document', () => {
  const at = (sections: unknown, more: object = {}) =>
    readDocument(
      JSON.stringify({
        code: 'x',
        title: '试',
        standard: '自拟',
        subject: 'case',
        keptAs: 'records',
        signer: 'nobody',
        note: '',
        sections,
        ...more,
      }),
    ).problems.map((p) => `${p.at}：${p.says}`);
  const fields = (...list: object[]) => [{ key: 'a', title: '甲', fields: list }];
  const item = (key: string) => ({
    kind: 'item',
    key,
    label: key,
    options: [
      { value: 'n', label: '否', points: 0 },
      { value: 'y', label: '是', points: 2 },
    ],
  });
  const scale = (more: object) => ({
    scales: [{ key: 's', title: '分', items: ['i'], missingAtMost: 0, more: 'worse', bands: [], refer: '问', ...more }],
  });

  it.each([
    [
      'a later field',
      fields({ kind: 'line', key: 'b', label: '乙', when: { field: 'c', filled: true } }, { kind: 'line', key: 'c', label: '丙' }),
      {},
      /只能看前面的栏目/,
    ],
    ['itself', fields({ kind: 'line', key: 'b', label: '乙', when: { field: 'b', filled: true } }), {}, /只能看前面的栏目/],
    ['a field that is none', fields({ kind: 'line', key: 'b', label: '乙', when: { field: 'zz', filled: true } }), {}, /“zz”不存在/],
    [
      'a comparison that does not fit',
      fields({ kind: 'line', key: 'b', label: '乙' }, { kind: 'line', key: 'c', label: '丙', when: { field: 'b', atLeast: 1 } }),
      {},
      /不能用 atLeast/,
    ],
    [
      'an option that is none',
      fields(item('i'), { kind: 'line', key: 'c', label: '丙', when: { field: 'i', is: 'maybe' } }),
      {},
      /没有选项“maybe”/,
    ],
    [
      'two comparisons at once',
      fields(item('i'), { kind: 'line', key: 'c', label: '丙', when: { field: 'i', is: 'y', filled: true } }),
      {},
      /第1部分第2栏 when/,
    ],
    ['the same key twice', fields({ kind: 'line', key: 'b', label: '乙' }, { kind: 'line', key: 'b', label: '丙' }), {}, /“b”用了两次/],
    ['a kind that is none', fields({ kind: 'script', key: 'b', label: '乙' }), {}, /第1部分第1栏/],
    ['something strange', fields({ kind: 'line', key: 'b', label: '乙', run: 'alert(1)' }), {}, /没有“run”这一项/],
    [
      'a band beyond reach',
      fields(item('i')),
      scale({ bands: [{ from: 0, to: 3, label: '段', says: '说', tone: 'calm' }] }),
      /超出能得到的 0—2 分/,
    ],
    [
      'bands that overlap',
      fields(item('i')),
      scale({
        bands: [
          { from: 0, to: 1, label: '段', says: '说', tone: 'calm' },
          { from: 1, to: 2, label: '另', says: '说', tone: 'calm' },
        ],
      }),
      /重叠/,
    ],
    ['all items missing', fields(item('i')), scale({ missingAtMost: 1 }), /应小于条目总数/],
    ['an item that is none', fields({ kind: 'line', key: 'i', label: '乙' }), scale({}), /不是表里的量表条目/],
  ])('is refused for %s', (_, sections, more, says) => {
    const found = at(sections, more);
    expect(found.join('\n')).toMatch(says);
  });

  it('that is no JSON is said to be none, and a nest too deep is refused', () => {
    expect(readDocument('{').problems[0]?.says).toContain('JSON');
    const deep = { all: [{ all: [{ all: [{ field: 'a', filled: true }] }] }] };
    expect(at(fields({ kind: 'line', key: 'b', label: '乙', when: deep })).length).toBeGreaterThan(0);
  });

  it('warns by its own conditions', () => {
    const doc = one([{ kind: 'yesno', key: 'now', label: '危险' }], { alerts: [{ when: { field: 'now', is: true }, says: '先报警' }] });
    expect(alertsOf(doc, { now: true }, NO_FACTS)).toEqual(['先报警']);
    expect(alertsOf(doc, { now: false }, NO_FACTS)).toEqual([]);
  });
});

it('holds the list of a whole activity in one table, and no more than that', () => {
  const list = (maxRows: number) => ({
    sections: [
      {
        key: 's',
        title: '签到',
        fields: [{ kind: 'table', key: 'people', label: '签到', maxRows, columns: [{ kind: 'line', key: 'who', label: '姓名' }] }],
      },
    ],
  });
  const doc = document(list(300).sections);
  const rows = (n: number) => ({ people: Array.from({ length: n }, (_, i) => ({ who: `第${i}人` })) });
  expect(fill(doc, rows(300), NO_FACTS, today).problems).toEqual([]);
  expect(fill(doc, rows(301), NO_FACTS, today).problems.map((p) => p.says)).toEqual(['最多 300 行']);
  expect(FormValue.safeParse(rows(300).people).success).toBe(true);
  expect(FormValue.safeParse(rows(301).people).success).toBe(false);
});

describe('who may do what', () => {
  const code = (v: { ok: boolean; code?: string }) => (v.ok ? 'yes' : v.code);
  it('begins under an open case, on the version in force', () => {
    const now = { code: 'any', subject: 'case', current: true };
    const file = { kind: 'case', each: null, status: 'open', still: false } as const;
    expect(code(beginVerdict(file, now))).toBe('yes');
    expect(code(beginVerdict({ ...file, status: 'closed' }, now))).toBe('forms.case-closed');
    expect(code(beginVerdict(file, { ...now, current: false }))).toBe('forms.not-current');
    expect(code(beginVerdict(file, { ...now, subject: 'group' }))).toBe('forms.not-open-here');
    expect(code(beginVerdict(file, null))).toBe('yes');
    // What a room keeps is written there, whoever issued the version.
    for (const room of FormRoom.options)
      expect([room, beginVerdict(file, { ...now, code: formOfRoom[room] })]).toEqual([
        room,
        { ok: false, code: 'forms.kept-in-room', facts: { room } },
      ]);
  });

  it('begins under a group or an activity also when it is over, not when it is called off, and on what it is made for', () => {
    const group = { kind: 'group', each: null, status: 'working', still: false } as const;
    const whole = { code: 'any', subject: 'group', current: true };
    for (const status of ['drafting', 'working', 'closed']) expect(code(beginVerdict({ ...group, status }, whole))).toBe('yes');
    expect(code(beginVerdict({ ...group, status: 'cancelled' }, whole))).toBe('forms.cancelled');
    // A correction of what stands is no way around it.
    expect(code(beginVerdict({ ...group, status: 'cancelled' }, null))).toBe('forms.cancelled');
    expect(code(beginVerdict({ ...group, kind: 'activity' }, whole))).toBe('forms.not-open-here');
    for (const [stands, made, says] of [
      ['session', undefined, 'forms.not-open-here'],
      [null, 'session', 'forms.not-open-here'],
      ['member', 'session', 'forms.not-open-here'],
      ['session', 'session', 'yes'],
      ['member', 'member', 'yes'],
    ] as const)
      expect([stands, made, code(beginVerdict({ ...group, each: stands }, { ...whole, each: made }))]).toEqual([stands, made, says]);
    expect(code(beginVerdict({ ...group, each: 'member', still: true }, { ...whole, each: 'member' }))).toBe('forms.person-still');
  });

  it('writes the own draft, signs another’s, corrects what stands', () => {
    expect(code(writeVerdict({ status: 'returned', own: true }))).toBe('yes');
    expect(code(writeVerdict({ status: 'draft', own: false }))).toBe('forms.not-author');
    expect(code(writeVerdict({ status: 'waiting', own: true }))).toBe('forms.over');
    expect(code(decideVerdict({ status: 'waiting', own: false }, true, ''))).toBe('yes');
    expect(code(decideVerdict({ status: 'waiting', own: true }, true, ''))).toBe('forms.own');
    expect(code(decideVerdict({ status: 'signed', own: false }, true, ''))).toBe('forms.not-waiting');
    expect(code(decideVerdict({ status: 'waiting', own: false }, false, ' '))).toBe('forms.reason-missing');
    expect(code(correctVerdict({ status: 'signed', correctedBy: false }))).toBe('yes');
    expect(code(correctVerdict({ status: 'signed', correctedBy: true }))).toBe('forms.corrected-already');
    expect(code(correctVerdict({ status: 'draft', correctedBy: false }))).toBe('forms.not-correctable');
    const all = { own: true, writes: true, signs: true, open: true, correctedBy: false };
    expect(formActs({ ...all, status: 'draft' })).toEqual(['print', 'fill', 'discard']);
    expect(formActs({ ...all, status: 'waiting' })).toEqual(['print']);
    expect(formActs({ ...all, own: false, status: 'waiting' })).toEqual(['print', 'sign']);
    expect(formActs({ ...all, status: 'signed' })).toEqual(['print', 'correct']);
    expect(formActs({ ...all, open: false, status: 'signed' })).toEqual(['print']);
  });

  it('reaches every state, and two of them are ends', () => {
    const start: FormStatus = 'draft';
    expect([...reachable(formMoves, start)].sort()).toEqual([
      'discarded',
      'draft',
      'replaced',
      'returned',
      'signed',
      'submitted',
      'waiting',
    ]);
    expect(endStates(formMoves).sort()).toEqual(['discarded', 'replaced']);
  });
});
