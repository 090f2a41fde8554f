import { describe, expect, it, test } from 'vitest';
import { legendOf } from '../texts/pictureLegend.ts';
import {
  bondStroke,
  COLUMN,
  type DrawnMember,
  type DrawnTie,
  ecoLines,
  familyLines,
  frameOf,
  generationsOf,
  kinLines,
  placeEco,
  placeFamily,
  ROW,
  shapeOf,
  systemsOf,
} from './drawing.ts';
import { kinVerdict } from './rules.ts';
import { Bond, type Kin, Kin as Kins } from './schema.ts';

const who = (id: string, relation: DrawnMember['relation'], more: Partial<DrawnMember> = {}): DrawnMember => ({
  id,
  gender: 'unknown',
  vital: 'living',
  relation,
  generation: null,
  birthYear: null,
  ...more,
});
const kin = (fromMember: string, toMember: string, how: Kin): DrawnTie => ({
  id: `${fromMember}${toMember}`,
  fromMember,
  toMember,
  system: null,
  systemName: null,
  bond: null,
  kin: how,
  flow: null,
});
const bond = (fromMember: string, toMember: string, how: Bond): DrawnTie => ({
  ...kin(fromMember, toMember, 'child'),
  kin: null,
  bond: how,
});
const around = (fromMember: string, system: 'school' | 'work', systemName: string | null, flow: DrawnTie['flow'] = null): DrawnTie => ({
  ...bond(fromMember, fromMember, 'ordinary'),
  id: `${fromMember}${system}${systemName ?? ''}`,
  toMember: null,
  system,
  systemName,
  flow,
});

const head = who('h', 'head', { gender: 'female' });
test.each<[string, DrawnMember[], DrawnTie[], Record<string, number>]>([
  ['nobody', [], [], {}],
  ['the head alone', [head], [], { h: 0 }],
  [
    'what the relation says',
    [head, who('s', 'spouse'), who('c', 'child'), who('p', 'parent'), who('g', 'grandparent'), who('e', 'grandchild')],
    [],
    { h: 0, s: 0, c: 1, p: -1, g: -2, e: 2 },
  ],
  ['a line says more than a relation', [head, who('k', 'other-kin')], [kin('h', 'k', 'foster')], { h: 0, k: 1 }],
  [
    'lines reach on',
    [head, who('k', 'other-kin'), who('m', 'not-kin')],
    [kin('h', 'k', 'child'), kin('k', 'm', 'cohabiting')],
    { h: 0, k: 1, m: 1 },
  ],
  ['upwards', [head, who('k', 'other-kin')], [kin('k', 'h', 'adopted')], { h: 0, k: -1 }],
  ['a hand says most', [head, who('c', 'child', { generation: 2 })], [kin('h', 'c', 'child')], { h: 0, c: 2 }],
  [
    'from who was set by hand the lines go on',
    [head, who('c', 'child', { generation: 2 }), who('d', 'other-kin')],
    [kin('c', 'd', 'child')],
    { h: 0, c: 2, d: 3 },
  ],
  ['no head: relations', [who('a', 'parent'), who('b', 'child')], [], { a: -1, b: 1 }],
  ['a line among people of no relation', [head, who('a', 'not-kin'), who('b', 'not-kin')], [kin('a', 'b', 'child')], { h: 0, a: 0, b: 1 }],
  ['bonds say nothing of generations', [head, who('a', 'not-kin')], [bond('h', 'a', 'conflict')], { h: 0, a: 0 }],
])('generations: %s', (_what, members, ties, expected) => {
  expect(Object.fromEntries(generationsOf(members, ties))).toEqual(expected);
});

describe('what is concluded from the relation', () => {
  const family = [head, who('s', 'spouse'), who('c', 'child'), who('p', 'parent'), who('b', 'sibling')];
  it('joins head, spouse, children and parents where nothing was recorded', () => {
    expect(kinLines(family, []).map((l) => [l.from, l.to, l.kin, l.implied])).toEqual([
      ['h', 's', 'married', true],
      ['h', 'c', 'child', true],
      ['p', 'h', 'child', true],
    ]);
  });
  it('gives way to what was recorded, of the two or of the child’s parents', () => {
    const said = kinLines(family, [kin('h', 's', 'divorced'), kin('s', 'c', 'adopted'), kin('p', 'b', 'child')]);
    expect(said.map((l) => [l.from, l.to, l.implied])).toEqual([
      ['h', 's', false],
      ['s', 'c', false],
      ['p', 'b', false],
    ]);
  });
  it('knows no line to somebody who left', () => {
    expect(kinLines([head], [kin('h', 'gone', 'married')])).toEqual([]);
  });
});

describe('places of a family', () => {
  const members = [
    head,
    who('f', 'parent', { gender: 'male' }),
    who('m', 'parent', { gender: 'female' }),
    who('ex', 'not-kin', { gender: 'male' }),
    who('now', 'spouse', { gender: 'male' }),
    who('young', 'child', { birthYear: 2020 }),
    who('old', 'child', { birthYear: 2010 }),
    who('b', 'sibling', { gender: 'male', birthYear: 1980 }),
  ];
  const ties = [
    kin('f', 'm', 'married'),
    kin('f', 'h', 'child'),
    kin('m', 'h', 'child'),
    kin('f', 'b', 'child'),
    kin('m', 'b', 'child'),
    kin('h', 'ex', 'divorced'),
    kin('h', 'now', 'cohabiting'),
    kin('h', 'old', 'child'),
    kin('h', 'young', 'child'),
  ];
  const points = placeFamily(members, ties);
  const x = (id: string) => points.get(id)?.x ?? Number.NaN;
  it('sets generations in rows', () => {
    expect([...points].map(([id, p]) => [id, p.y / ROW])).toEqual([
      ['h', 1],
      ['f', 0],
      ['m', 0],
      ['ex', 1],
      ['now', 1],
      ['young', 2],
      ['old', 2],
      ['b', 1],
    ]);
  });
  it('sets nobody upon another, and whole pixels', () => {
    const all = [...points.values()];
    for (const [i, a] of all.entries())
      for (const b of all.slice(i + 1)) expect(a.y !== b.y || Math.abs(a.x - b.x) >= COLUMN - 1).toBe(true);
    expect(all.every((p) => Number.isInteger(p.x) && Number.isInteger(p.y))).toBe(true);
  });
  it('sets partners side by side, the man on the left of two, who has two partners between them', () => {
    expect(x('m') - x('f')).toBe(COLUMN);
    expect(Math.abs(x('h') - x('ex'))).toBe(COLUMN);
    expect(Math.abs(x('h') - x('now'))).toBe(COLUMN);
  });
  it('sets the elder on the left, and children under their parents', () => {
    expect(x('old')).toBeLessThan(x('young'));
    expect(Math.abs((x('old') + x('young')) / 2 - x('h'))).toBeLessThanOrEqual(1);
  });
  it('says the same twice', () => {
    expect(placeFamily(members, ties)).toEqual(points);
  });
  it('leaves who was moved where the hand put them; a newcomer gives way', () => {
    const moved = placeFamily(members, ties, [
      { node: 'f', x: 7, y: 900 },
      { node: 'gone', x: 0, y: 0 },
    ]);
    expect(moved.get('f')).toEqual({ x: 7, y: 900 });
    expect(moved.has('gone')).toBe(false);
    const at = moved.get('m') ?? { x: 0, y: 0 };
    const given = placeFamily(members, ties, [{ node: 'f', ...at }]).get('m') ?? at;
    expect([given.x - at.x, given.y - at.y]).toEqual([100, 0]);
  });
  it('draws nobody as nothing', () => {
    expect(placeFamily([], []).size).toBe(0);
    expect(frameOf([])).toMatchObject({ left: 0, top: 0 });
  });
});

describe('lines of a family', () => {
  const at = new Map([
    ['h', { x: 0, y: 0 }],
    ['s', { x: COLUMN, y: 0 }],
    ['c', { x: 64, y: ROW }],
  ]);
  const members = [head, who('s', 'spouse'), who('c', 'child')];
  const strokes = (how: Kin) => familyLines(members, [kin('h', 's', how)], at)[0]?.strokes.length;
  it.each<[Kin, number]>([
    ['married', 1],
    ['cohabiting', 1],
    ['separated', 2],
    ['divorced', 3],
  ])('%s has %i strokes', (how, count) => expect(strokes(how)).toBe(count));
  it('hangs a child of two under the middle of the two, of one under the one', () => {
    const both = familyLines(members, [kin('h', 's', 'married'), kin('h', 'c', 'child'), kin('s', 'c', 'child')], at);
    expect(both.filter((l) => l.id.endsWith('c')).map((l) => l.strokes[0]?.split('L')[0])).toEqual(['M64 0', 'M64 0']);
    const one = familyLines(members, [kin('h', 's', 'married'), kin('s', 'c', 'child')], at);
    expect(one.find((l) => l.id === 'sc')?.strokes[0]?.split('L')[0]).toBe('M128 26');
  });
  it('tells adopted and foster from born', () => {
    const dashes = (['child', 'adopted', 'foster'] as const).map(
      (how) => familyLines(members, [kin('s', 'c', how)], at).find((l) => l.id === 'sc')?.dash,
    );
    expect(new Set(dashes).size).toBe(3);
  });
  it('says what is concluded', () => {
    expect(familyLines(members, [], at).map((l) => l.implied)).toEqual([true, true]);
  });
});

test.each(Bond.options)('the bond %s is told by its shape and not by its colour alone', (how) => {
  const shape = (b: Bond) => {
    const s = bondStroke(b, { x: 0, y: 0 }, { x: 200, y: 0 });
    return [s.strokes, s.dash].join();
  };
  for (const other of Bond.options) if (other !== how) expect(shape(other)).not.toBe(shape(how));
});

describe('the eco-map', () => {
  const ties = [
    around('h', 'school', '一小'),
    around('c', 'school', '一小', 'both'),
    around('h', 'school', '二小', 'to-family'),
    around('h', 'work', null),
  ];
  it('knows a system once, by kind and name', () => {
    expect(systemsOf(ties).map((s) => s.node)).toEqual(['school:一小', 'school:二小', 'work:']);
  });
  it('sets systems around the family', () => {
    const points = placeEco([head, who('c', 'child')], ties);
    expect(points.size).toBe(5);
    for (const s of systemsOf(ties)) {
      const p = points.get(s.node) ?? { x: 0, y: 0 };
      expect(Math.hypot(p.x, p.y)).toBeGreaterThan(150);
    }
  });
  it('keeps a system where a hand put it', () => {
    expect(placeEco([head], ties, [{ node: 'work:', x: -5, y: 400 }]).get('work:')).toEqual({ x: -5, y: 400 });
  });
  it('seats a system on the side of whoever has to do with it', () => {
    const family = ['a', 'b', 'c', 'd'].map((id) => who(id, id === 'a' ? 'head' : 'child'));
    const points = placeEco(family, [around('d', 'school', '一小'), around('a', 'school', '二小'), around('c', 'work', null)]);
    const far = (member: string, system: string) => {
      const [p, q] = [points.get(member), points.get(system)] as { x: number; y: number }[];
      return Math.hypot((p?.x ?? 0) - (q?.x ?? 0), (p?.y ?? 0) - (q?.y ?? 0));
    };
    expect(far('a', 'school:二小')).toBeLessThan(far('a', 'school:一小'));
  });
  it.each<[string, { x: number; y: number }, boolean]>([
    ['goes straight where nobody stands', { x: 400, y: 400 }, true],
    ['goes around whoever stands between', { x: 200, y: 0 }, false],
  ])('%s', (_, between, straight) => {
    const points = new Map([
      ['h', { x: 0, y: 0 }],
      ['c', between],
      ['school:一小', { x: 420, y: 0 }],
    ]);
    const [line] = ecoLines([around('h', 'school', '一小', 'both')], points);
    const drawn = [...(line?.strokes[0] ?? '').matchAll(/(-?[\d.]+) (-?[\d.]+)/g)].map(([, x, y]) => ({ x: Number(x), y: Number(y) }));
    expect(drawn.length).toBeGreaterThan(8);
    expect(drawn.every((p) => p.y === 0)).toBe(straight);
    for (const p of drawn) expect(Math.hypot(p.x - between.x, p.y - between.y)).toBeGreaterThan(26);
  });
  it('draws heads by direction', () => {
    const points = placeEco([head, who('c', 'child')], ties);
    expect(ecoLines(ties, points).map((l) => l.heads.length)).toEqual([0, 2, 1, 0]);
  });
});

test('men are square, women round, the unborn three-cornered, others a diamond', () => {
  const shapes = (['male', 'female', 'unknown'] as const).map((gender) => shapeOf({ gender, vital: 'living' }));
  expect(new Set([...shapes, shapeOf({ gender: 'male', vital: 'unborn' })]).size).toBe(4);
  expect(shapes[1]).toContain('A');
});

test('the legend of the tree names every kinship and every bond', () => {
  expect(legendOf('family').filter((s) => s.kind === 'line')).toHaveLength(Kins.options.length + Bond.options.length);
  expect(legendOf('eco').filter((s) => s.kind === 'line')).toHaveLength(Bond.options.length + 3);
});

const recorded = [
  { from: 'a', to: 'b', kin: 'child' as const },
  { from: 'b', to: 'c', kin: 'adopted' as const },
  { from: 'x', to: 'b', kin: 'child' as const },
];
test.each<[string, string, string, Kin, string]>([
  ['a first parent', 'a', 'd', 'child', 'yes'],
  ['a second parent', 'y', 'c', 'child', 'yes'],
  ['a third that gave birth', 'y', 'b', 'child', 'recipients.parents-already'],
  ['a third that adopted', 'y', 'b', 'adopted', 'yes'],
  ['a child as parent of its parent', 'b', 'a', 'child', 'recipients.kin-circle'],
  ['a grandchild as parent', 'c', 'a', 'foster', 'recipients.kin-circle'],
  ['partners across generations', 'c', 'a', 'married', 'yes'],
])('%s: %s → %s as %s is %s', (_what, from, to, how, outcome) => {
  const verdict = kinVerdict({ from, to, kin: how }, recorded);
  expect(verdict.ok ? 'yes' : verdict.code).toBe(outcome);
});
