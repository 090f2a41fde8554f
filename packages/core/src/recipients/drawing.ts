/**
 * How a family and what surrounds it are drawn (家系图、生态图): where everybody stands, and the lines between them. One drawing for the screen and
 * for paper. A point is the middle of a symbol; lengths are whole pixels of the drawing.
 */
import type { Gender } from '../workforce/schema.ts';
import type { Bond, EcoSystem, Flow, HouseholdRelation, Kin, Place, Vital } from './schema.ts';

/** Somebody to be drawn. */
export type DrawnMember = {
  readonly id: string;
  readonly gender: Gender;
  readonly vital: Vital;
  readonly relation: HouseholdRelation;
  /** Said by hand; null where lines and the relation to the head say it. */
  readonly generation: number | null;
  /** For the order of brothers and sisters, the eldest on the left. */
  readonly birthYear: number | null;
};

/** A line to be drawn. Of a line of descent `fromMember` is the parent. */
export type DrawnTie = {
  readonly id: string;
  readonly fromMember: string;
  readonly toMember: string | null;
  readonly system: EcoSystem | null;
  readonly systemName: string | null;
  readonly bond: Bond | null;
  readonly kin: Kin | null;
  readonly flow: Flow | null;
};

export type Point = { readonly x: number; readonly y: number };

/** A drawn line: strokes and filled heads as SVG paths. */
export type Line = {
  readonly id: string;
  readonly kind: 'kin' | 'bond' | 'eco';
  /** Concluded from the relation to the head, recorded by nobody. */
  readonly implied: boolean;
  readonly strokes: readonly string[];
  readonly heads: readonly string[];
  readonly dash: string | null;
  readonly weight: number;
  readonly tone: 'plain' | 'good' | 'bad';
  /** Where it is gripped. */
  readonly middle: Point;
};

/** A box around all that is drawn. */
export type Frame = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };

/** Side of a symbol. */
export const SYMBOL = 52;
/** From one person to the next in a row. */
export const COLUMN = 128;
/** From one generation to the next. */
export const ROW = 168;
const HALF = SYMBOL / 2;
// Under a symbol stand a name and a relation.
const CAPTION = 44;
/** Radius of a system in the eco-map. */
export const SYSTEM = 46;

const PARTNERS: readonly Kin[] = ['married', 'cohabiting', 'separated', 'divorced'];
/** Whether a line joins two partners; else it goes from parent to child. */
export const joinsPartners = (kin: Kin): boolean => PARTNERS.includes(kin);

const BY_RELATION: Readonly<Record<HouseholdRelation, number>> = {
  head: 0,
  spouse: 0,
  child: 1,
  'child-in-law': 1,
  grandchild: 2,
  parent: -1,
  'parent-in-law': -1,
  grandparent: -2,
  sibling: 0,
  'other-kin': 0,
  'not-kin': 0,
};

type KinLine = { readonly id: string; readonly from: string; readonly to: string; readonly kin: Kin; readonly implied: boolean };

/**
 * The lines of kinship: what was recorded, and between head, spouse, children and parents what their relation says, where nothing was recorded of
 * the two. Concluded lines have an id that begins with `~`.
 */
export const kinLines = (members: readonly DrawnMember[], ties: readonly DrawnTie[]): KinLine[] => {
  const here = new Set(members.map((m) => m.id));
  const said = ties.flatMap((t): KinLine[] =>
    t.kin === null || t.toMember === null || !here.has(t.fromMember) || !here.has(t.toMember)
      ? []
      : [{ id: t.id, from: t.fromMember, to: t.toMember, kin: t.kin, implied: false }],
  );
  const head = members.find((m) => m.relation === 'head');
  if (head === undefined) return said;
  const between = (a: string, b: string) => said.some((k) => (k.from === a && k.to === b) || (k.from === b && k.to === a));
  const hasParent = (id: string) => said.some((k) => k.to === id && !joinsPartners(k.kin));
  const hasChild = (id: string) => said.some((k) => k.from === id && !joinsPartners(k.kin));
  const concluded = members.flatMap((m): KinLine[] => {
    if (between(head.id, m.id)) return [];
    if (m.relation === 'spouse') return [{ id: `~${m.id}`, from: head.id, to: m.id, kin: 'married', implied: true }];
    if (m.relation === 'child' && !hasParent(m.id)) return [{ id: `~${m.id}`, from: head.id, to: m.id, kin: 'child', implied: true }];
    if (m.relation === 'parent' && !hasChild(m.id)) return [{ id: `~${m.id}`, from: m.id, to: head.id, kin: 'child', implied: true }];
    return [];
  });
  return [...said, ...concluded];
};

/** The generation of each: said by hand, else by lines from the head on (a child one below, a partner beside), else by the relation to the head. */
export const generationsOf = (members: readonly DrawnMember[], ties: readonly DrawnTie[]): Map<string, number> => {
  const lines = kinLines(members, ties);
  const found = new Map<string, number>(members.flatMap((m) => (m.generation === null ? [] : [[m.id, m.generation] as const])));
  const spread = (from: string) => {
    const waiting = [from];
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const own = found.get(id) ?? 0;
      for (const line of lines) {
        const step = joinsPartners(line.kin) ? 0 : 1;
        const next = line.from === id ? ([line.to, own + step] as const) : line.to === id ? ([line.from, own - step] as const) : undefined;
        if (next === undefined || found.has(next[0])) continue;
        found.set(next[0], next[1]);
        waiting.push(next[0]);
      }
    }
  };
  const heads = members.filter((m) => m.relation === 'head');
  for (const m of [...heads, ...members.filter((x) => x.relation !== 'head')]) {
    if (!found.has(m.id) && m.relation !== 'head' && lines.some((l) => !l.implied && (l.from === m.id || l.to === m.id))) {
      // Reached from somebody whose generation is known, if anybody is.
      const near = lines.find((l) => (l.from === m.id && found.has(l.to)) || (l.to === m.id && found.has(l.from)));
      if (near !== undefined) spread(near.from === m.id ? near.to : near.from);
    }
    if (!found.has(m.id)) found.set(m.id, BY_RELATION[m.relation]);
    spread(m.id);
  }
  return found;
};

type Unit = { readonly ids: string[]; want: number | null };

const mean = (numbers: readonly number[]): number | null =>
  numbers.length === 0 ? null : numbers.reduce((sum, n) => sum + n, 0) / numbers.length;

/** Partners stand side by side: who has most partners in the middle, of two the man on the left (the habit of genograms). */
const besideEachOther = (ids: readonly string[], lines: readonly KinLine[], genders: ReadonlyMap<string, Gender>): string[] => {
  const partnersOf = (id: string) => lines.filter((l) => joinsPartners(l.kin) && (l.from === id || l.to === id)).length;
  if (ids.length < 3) {
    const rank = { male: 0, unknown: 1, female: 2 } as const;
    return [...ids].sort(
      (a, b) => rank[genders.get(a) ?? 'unknown'] - rank[genders.get(b) ?? 'unknown'] || ids.indexOf(a) - ids.indexOf(b),
    );
  }
  const middle = [...ids].sort((a, b) => partnersOf(b) - partnersOf(a) || ids.indexOf(a) - ids.indexOf(b))[0] as string;
  const others = ids.filter((id) => id !== middle);
  const left = Math.ceil(others.length / 2);
  return [...others.slice(0, left), middle, ...others.slice(left)];
};

const unitsOf = (row: readonly string[], lines: readonly KinLine[], genders: ReadonlyMap<string, Gender>): Unit[] => {
  const left = [...row];
  const units: Unit[] = [];
  for (let first = left.shift(); first !== undefined; first = left.shift()) {
    const ids = [first];
    for (const id of ids) {
      for (const l of lines) {
        if (!joinsPartners(l.kin)) continue;
        const other = l.from === id ? l.to : l.to === id ? l.from : undefined;
        const at = other === undefined ? -1 : left.indexOf(other);
        if (at >= 0) ids.push(...left.splice(at, 1));
      }
    }
    units.push({ ids: besideEachOther(ids, lines, genders), want: null });
  }
  return units;
};

/** Sets units from left to right, each where it wants to stand or as near to it as there is room; those that want one place share it. */
const setRow = (units: readonly Unit[], xs: Map<string, number>): void => {
  let free = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < units.length; ) {
    const want = (units[at] as Unit).want;
    let end = at + 1;
    while (end < units.length && want !== null && (units[end] as Unit).want === want) end += 1;
    const ids = units.slice(at, end).flatMap((u) => u.ids);
    const width = (ids.length - 1) * COLUMN;
    const wanted = want === null ? (free === Number.NEGATIVE_INFINITY ? 0 : free) : want - width / 2;
    const start = Math.max(wanted, free);
    ids.forEach((id, i) => {
      xs.set(id, start + i * COLUMN);
    });
    free = start + width + COLUMN;
    at = end;
  }
};

const handPlaced = (places: readonly Place[]): Map<string, Point> => new Map(places.map((p) => [p.node, { x: p.x, y: p.y }]));

/** Who was set by hand stays there; who was not gives way to the right. */
const withHand = (auto: ReadonlyMap<string, Point>, places: readonly Place[], apart: number): Map<string, Point> => {
  const hand = handPlaced(places);
  const taken: Point[] = [...hand].filter(([id]) => auto.has(id)).map(([, p]) => p);
  const found = new Map<string, Point>();
  for (const [id, point] of auto) {
    const own = hand.get(id);
    if (own !== undefined) {
      found.set(id, own);
      continue;
    }
    let x = Math.round(point.x);
    const y = Math.round(point.y);
    while (taken.some((t) => Math.abs(t.x - x) < apart && Math.abs(t.y - y) < apart)) x += apart;
    taken.push({ x, y });
    found.set(id, { x, y });
  }
  return found;
};

/** Where each member stands in the family tree: generations in rows, partners side by side, children under their parents. */
export const placeFamily = (
  members: readonly DrawnMember[],
  ties: readonly DrawnTie[],
  places: readonly Place[] = [],
): Map<string, Point> => {
  const lines = kinLines(members, ties);
  const generation = generationsOf(members, ties);
  const genders = new Map(members.map((m) => [m.id, m.gender]));
  const age = new Map(members.map((m, i) => [m.id, [m.birthYear ?? 9999, i] as const]));
  const older = (a: string, b: string) => {
    const [ya, ia] = age.get(a) ?? [9999, 0];
    const [yb, ib] = age.get(b) ?? [9999, 0];
    return ya - yb || ia - ib;
  };
  const levels = [...new Set(generation.values())].sort((a, b) => a - b);
  const parentsOf = (id: string) => lines.filter((l) => l.to === id && !joinsPartners(l.kin)).map((l) => l.from);
  const childrenOf = (id: string) => lines.filter((l) => l.from === id && !joinsPartners(l.kin)).map((l) => l.to);
  const rows = levels.map((level) =>
    unitsOf(
      members.filter((m) => generation.get(m.id) === level).map((m) => m.id),
      lines,
      genders,
    ),
  );
  const xs = new Map<string, number>();
  const over = (ids: readonly string[]) => mean(ids.flatMap((id) => xs.get(id) ?? []));
  const eldest = (unit: Unit) => unit.ids.filter((id) => parentsOf(id).length > 0).sort(older)[0] ?? (unit.ids[0] as string);
  const down = () => {
    for (const row of rows) {
      for (const unit of row) unit.want = over(unit.ids.flatMap(parentsOf));
      row.sort((a, b) =>
        a.want === null || b.want === null
          ? Number(a.want === null) - Number(b.want === null)
          : a.want - b.want || older(eldest(a), eldest(b)),
      );
      setRow(row, xs);
    }
  };
  const up = () => {
    for (const row of rows.toReversed()) {
      for (const unit of row) unit.want = over(unit.ids.flatMap(childrenOf)) ?? over(unit.ids);
      row.sort((a, b) => (xs.get(a.ids[0] as string) ?? 0) - (xs.get(b.ids[0] as string) ?? 0));
      setRow(row, xs);
    }
  };
  down();
  up();
  down();
  up();
  const least = Math.min(...xs.values());
  const auto = new Map(
    members.map((m) => [
      m.id,
      { x: Math.round((xs.get(m.id) ?? 0) - least), y: levels.indexOf(generation.get(m.id) ?? 0) * ROW } satisfies Point,
    ]),
  );
  return withHand(auto, places, 100);
};

/** The name under which a system stands in the drawing. */
export const systemNode = (tie: { readonly system: EcoSystem | null; readonly systemName: string | null }): string =>
  `${tie.system ?? ''}:${tie.systemName ?? ''}`;

/** The systems around a family, each once, in the order in which they were recorded. */
export const systemsOf = (ties: readonly DrawnTie[]): { node: string; system: EcoSystem; name: string | null }[] => {
  const found = new Map<string, { node: string; system: EcoSystem; name: string | null }>();
  for (const t of ties) {
    const node = systemNode(t);
    if (t.system !== null && !found.has(node)) found.set(node, { node, system: t.system, name: t.systemName });
  }
  return [...found.values()];
};

/** Where everything stands in the eco-map: the family in the middle, the systems around it. */
export const placeEco = (members: readonly DrawnMember[], ties: readonly DrawnTie[], places: readonly Place[] = []): Map<string, Point> => {
  const systems = systemsOf(ties);
  const columns = Math.max(1, Math.ceil(Math.sqrt(members.length)));
  const rows = Math.ceil(members.length / columns);
  const auto = new Map<string, Point>();
  members.forEach((m, i) => {
    const row = Math.floor(i / columns);
    const inRow = row === rows - 1 ? members.length - row * columns : columns;
    auto.set(m.id, { x: Math.round(((i % columns) - (inRow - 1) / 2) * 104), y: Math.round((row - (rows - 1) / 2) * 116) });
  });
  const wide = (columns * 104) / 2 + 170;
  const high = Math.max((rows * 116) / 2 + 130, systems.length > 6 ? wide * 0.75 : 0);
  const seats = systems.map((_, i): Point => {
    const angle = -Math.PI / 2 + (2 * Math.PI * i) / systems.length + (systems.length % 2 === 0 ? Math.PI / systems.length : 0);
    return { x: Math.round(Math.cos(angle) * wide), y: Math.round(Math.sin(angle) * high) };
  });
  // Each on the side of those who have to do with it: seats are changed in pairs as long as the lines become shorter.
  const ends = systems.map((s) => ties.flatMap((t) => (systemNode(t) === s.node ? (auto.get(t.fromMember) ?? []) : [])));
  const order = systems.map((_, i) => i);
  const long = (system: number, seat: number) =>
    (ends[system] as Point[]).reduce((sum, p) => sum + Math.hypot(p.x - (seats[seat] as Point).x, p.y - (seats[seat] as Point).y), 0);
  for (let changed = true; changed; ) {
    changed = false;
    for (let a = 0; a < order.length; a += 1) {
      for (let b = a + 1; b < order.length; b += 1) {
        const [x, y] = [order[a] as number, order[b] as number];
        if (long(x, b) + long(y, a) >= long(x, a) + long(y, b) - 1) continue;
        [order[a], order[b]] = [y, x];
        changed = true;
      }
    }
  }
  order.forEach((system, seat) => {
    auto.set((systems[system] as { node: string }).node, seats[seat] as Point);
  });
  return withHand(auto, places, 90);
};

const r = (n: number): number => Math.round(n * 10) / 10;
const pathOf = (points: readonly Point[]): string => points.map((p, i) => `${i === 0 ? 'M' : 'L'}${r(p.x)} ${r(p.y)}`).join('');

/** Points on a bow between two, with the side to which each leans. */
const bow = (a: Point, b: Point, bulge: number, steps: number): { point: Point; normal: Point }[] => {
  const long = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const normal = { x: (b.y - a.y) / long, y: -(b.x - a.x) / long };
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const lift = 4 * bulge * t * (1 - t);
    return { point: { x: a.x + (b.x - a.x) * t + normal.x * lift, y: a.y + (b.y - a.y) * t + normal.y * lift }, normal };
  });
};

const moved = (bowed: readonly { point: Point; normal: Point }[], by: (i: number) => number): Point[] =>
  bowed.map(({ point, normal }, i) => ({ x: point.x + normal.x * by(i), y: point.y + normal.y * by(i) }));

type Stroke = Pick<Line, 'strokes' | 'heads' | 'dash' | 'weight' | 'tone' | 'middle'>;

/** The stroke of a bond: two lines for close, a jagged one for conflict, dots for distant, a gap with bars for broken. */
export const bondStroke = (bond: Bond, a: Point, b: Point, bulge = 0): Stroke => {
  const long = Math.hypot(b.x - a.x, b.y - a.y);
  const steps = Math.max(8, 2 * Math.round(long / 16));
  const bowed = bow(a, b, bulge, steps);
  const middle = (bowed[steps / 2] as { point: Point }).point;
  const plain = { heads: [], dash: null, weight: 2, tone: 'plain' as const, middle };
  switch (bond) {
    case 'close':
      return { ...plain, strokes: [pathOf(moved(bowed, () => 3)), pathOf(moved(bowed, () => -3))], tone: 'good' };
    case 'ordinary':
      return { ...plain, strokes: [pathOf(moved(bowed, () => 0))] };
    case 'distant':
      return { ...plain, strokes: [pathOf(moved(bowed, () => 0))], dash: '2 6' };
    case 'conflict':
      return {
        ...plain,
        strokes: [pathOf(moved(bowed, (i) => (i === 0 || i === steps ? 0 : i % 2 === 0 ? 6 : -6)))],
        tone: 'bad',
      };
    case 'broken': {
      const half = steps / 2;
      const way = Math.max(1, Math.round(10 / (long / steps || 1)));
      const ends = [bowed[half - way], bowed[half + way]] as { point: Point; normal: Point }[];
      return {
        ...plain,
        strokes: [
          pathOf(moved(bowed.slice(0, half - way + 1), () => 0)),
          pathOf(moved(bowed.slice(half + way), () => 0)),
          ...ends.map((e) => pathOf([moved([e], () => 9)[0] as Point, moved([e], () => -9)[0] as Point])),
        ],
        tone: 'bad',
      };
    }
  }
};

/** The stroke between two partners: whole for marriage, broken up for living together, one slash for separation, two for divorce. */
export const partnerStroke = (kin: Kin, a: Point, b: Point): Stroke => {
  const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
  // Off the middle, from which children hang.
  const at = { x: middle.x + (b.x - a.x) * 0.16, y: middle.y + (b.y - a.y) * 0.16 };
  const slash = (by: number) =>
    pathOf([
      { x: at.x + by - 5, y: at.y + 11 },
      { x: at.x + by + 5, y: at.y - 11 },
    ]);
  const slashes = kin === 'separated' ? [slash(0)] : kin === 'divorced' ? [slash(-4), slash(4)] : [];
  return {
    strokes: [pathOf([a, b]), ...slashes],
    heads: [],
    dash: kin === 'cohabiting' ? '7 5' : null,
    weight: 2,
    tone: 'plain',
    middle: at,
  };
};

const shorter = (a: Point, b: Point, by: number): Point => {
  const long = Math.hypot(b.x - a.x, b.y - a.y);
  return long <= by ? a : { x: a.x + ((b.x - a.x) * by) / long, y: a.y + ((b.y - a.y) * by) / long };
};

const headAt = (tip: Point, from: Point): string => {
  const long = Math.hypot(tip.x - from.x, tip.y - from.y) || 1;
  const u = { x: (tip.x - from.x) / long, y: (tip.y - from.y) / long };
  const back = { x: tip.x - u.x * 13, y: tip.y - u.y * 13 };
  return `${pathOf([tip, { x: back.x - u.y * 6, y: back.y + u.x * 6 }, { x: back.x + u.y * 6, y: back.y - u.x * 6 }])}Z`;
};

/** A line to a system, with heads where help or demand goes. */
export const ecoStroke = (bond: Bond, flow: Flow | null, member: Point, system: Point, bulge = 0): Stroke => {
  const line = bondStroke(bond, member, system, bulge);
  const bowed = bow(member, system, bulge, 12);
  const near = (i: number) => (bowed[i] as { point: Point }).point;
  return {
    ...line,
    heads: [
      ...(flow === 'to-family' || flow === 'both' ? [headAt(member, near(1))] : []),
      ...(flow === 'from-family' || flow === 'both' ? [headAt(system, near(11))] : []),
    ],
  };
};

// How far a line may lean to go around what stands in its way, the least first.
const LEANS = [0, 24, -24, 48, -48, 76, -76, 110, -110, 150, -150, 200, -200];
const CLEAR = 7;

/** Where a line that leans so far leaves one symbol and reaches the other. */
const leaning = (member: Point, system: Point, bulge: number): [Point, Point] => {
  const bowed = bow(member, system, bulge, 12);
  const towards = (i: number) => (bowed[i] as { point: Point }).point;
  return [shorter(member, towards(2), HALF + 6), shorter(system, towards(10), SYSTEM + 3)];
};

/** How far a line from a member to a system leans, so that it goes through as few others and their names as it can. */
const leanOf = (from: string, to: string, points: ReadonlyMap<string, Point>, systems: ReadonlySet<string>): number => {
  const [a, b] = [points.get(from) as Point, points.get(to) as Point];
  const inTheWay = (p: Point): boolean => {
    for (const [id, q] of points) {
      if (id === to) continue;
      if (systems.has(id)) {
        if (Math.hypot(p.x - q.x, p.y - q.y) < SYSTEM + CLEAR) return true;
        continue;
      }
      // Of the own symbol only the name below counts.
      const top = id === from ? HALF + 2 : -HALF - CLEAR;
      if (Math.abs(p.x - q.x) < HALF + CLEAR && p.y - q.y > top && p.y - q.y < HALF + CAPTION - 4) return true;
    }
    return false;
  };
  const touched = (bulge: number): number => {
    const [start, end] = leaning(a, b, bulge);
    const steps = Math.max(16, Math.round(Math.hypot(b.x - a.x, b.y - a.y) / 8));
    return bow(start, end, bulge, steps).filter(({ point }) => inTheWay(point)).length;
  };
  let best = { bulge: 0, hits: Number.POSITIVE_INFINITY };
  for (const bulge of LEANS) {
    const hits = touched(bulge);
    if (hits < best.hits) best = { bulge, hits };
    if (hits === 0) break;
  }
  return best.bulge;
};

/** The lines of the family tree between people who stand at `points`. */
export const familyLines = (members: readonly DrawnMember[], ties: readonly DrawnTie[], points: ReadonlyMap<string, Point>): Line[] => {
  const kin = kinLines(members, ties);
  const partnered = (a: string, b: string) =>
    kin.some((k) => joinsPartners(k.kin) && ((k.from === a && k.to === b) || (k.from === b && k.to === a)));
  const lines: Line[] = [];
  for (const k of kin) {
    const a = points.get(k.from);
    const b = points.get(k.to);
    if (a === undefined || b === undefined) continue;
    if (joinsPartners(k.kin)) {
      const [left, right] = a.x <= b.x ? [a, b] : [b, a];
      lines.push({ id: k.id, kind: 'kin', implied: k.implied, ...partnerStroke(k.kin, left, right) });
      continue;
    }
    const other = kin.find((o) => o.to === k.to && o.from !== k.from && !joinsPartners(o.kin) && partnered(o.from, k.from));
    const second = other === undefined ? undefined : points.get(other.from);
    const start = second === undefined ? { x: a.x, y: a.y + HALF } : { x: (a.x + second.x) / 2, y: (a.y + second.y) / 2 };
    const end = { x: b.x, y: b.y - HALF };
    const bar = end.y - 30;
    lines.push({
      id: k.id,
      kind: 'kin',
      implied: k.implied,
      strokes: [pathOf([start, { x: start.x, y: bar }, { x: end.x, y: bar }, end])],
      heads: [],
      dash: k.kin === 'adopted' ? '7 5' : k.kin === 'foster' ? '2 6' : null,
      weight: 2,
      tone: 'plain',
      // The second of two parents is gripped a little higher, so that both can be.
      middle: { x: end.x, y: other !== undefined && other.id < k.id ? bar + 6 : bar + 18 },
    });
  }
  for (const t of ties) {
    if (t.bond === null || t.toMember === null) continue;
    const a = points.get(t.fromMember);
    const b = points.get(t.toMember);
    if (a === undefined || b === undefined) continue;
    const [left, right] = a.x < b.x || (a.x === b.x && a.y <= b.y) ? [a, b] : [b, a];
    const row = Math.abs(a.y - b.y) < HALF;
    // Over the heads of who stands between, and off the line of partners.
    const [from, to] = row
      ? [
          { x: left.x, y: left.y - HALF },
          { x: right.x, y: right.y - HALF },
        ]
      : [shorter(left, right, HALF + 4), shorter(right, left, HALF + 4)];
    lines.push({
      id: t.id,
      kind: 'bond',
      implied: false,
      ...bondStroke(t.bond, from, to, row ? 18 + Math.abs(right.x - left.x) * 0.08 : 0),
    });
  }
  return lines;
};

/** The lines of the eco-map between members and systems that stand at `points`; they go around whoever stands between. */
export const ecoLines = (ties: readonly DrawnTie[], points: ReadonlyMap<string, Point>): Line[] => {
  const systems = new Set(systemsOf(ties).map((s) => s.node));
  return ties.flatMap((t): Line[] => {
    const a = points.get(t.fromMember);
    const b = points.get(systemNode(t));
    if (t.system === null || t.bond === null || a === undefined || b === undefined) return [];
    const bulge = leanOf(t.fromMember, systemNode(t), points, systems);
    return [{ id: t.id, kind: 'eco', implied: false, ...ecoStroke(t.bond, t.flow, ...leaning(a, b, bulge), bulge) }];
  });
};

/** The shape of a person around the point (0, 0): square, circle, diamond where the sex is not known, triangle for the unborn. */
export const shapeOf = (person: { readonly gender: Gender; readonly vital: Vital }, half: number = HALF): string => {
  if (person.vital === 'unborn') return `M0 ${-half}L${half} ${half}L${-half} ${half}Z`;
  switch (person.gender) {
    case 'male':
      return `M${-half} ${-half}H${half}V${half}H${-half}Z`;
    case 'female':
      return `M${-half} 0A${half} ${half} 0 1 1 ${half} 0A${half} ${half} 0 1 1 ${-half} 0Z`;
    case 'unknown':
      return `M0 ${-half}L${half} 0L0 ${half}L${-half} 0Z`;
  }
};

/** The cross over somebody who died. */
export const crossOf = (half: number = HALF): string => `M${-half} ${-half}L${half} ${half}M${half} ${-half}L${-half} ${half}`;

/** The box around all points with what stands around them. */
export const frameOf = (points: Iterable<Point>): Frame => {
  const all = [...points];
  if (all.length === 0) return { left: 0, top: 0, width: 2 * COLUMN, height: ROW };
  const xs = all.map((p) => p.x);
  const ys = all.map((p) => p.y);
  const left = Math.min(...xs) - COLUMN / 2;
  const top = Math.min(...ys) - HALF - 44;
  return { left, top, width: Math.max(...xs) + COLUMN / 2 - left, height: Math.max(...ys) + HALF + CAPTION + 12 - top };
};
