/**
 * Solves the panel problem of `core/support/panel.ts` exactly with HiGHS (WASM).
 *
 * Size, wishes and load are weighed in one objective of whole numbers, chosen so that no sum of a later aim can outweigh
 * one unit of an earlier one; the answer is rounded, counted again in whole numbers and rejected if it breaks a rule. The
 * tie-break is solved afterwards, a dozen experts at a time, so that no weight exceeds 2^11.
 */
import {
  compareScores,
  type PanelCandidate,
  type PanelExpert,
  type PanelLimits,
  type PanelNeed,
  type PanelProblem,
  type PanelProposal,
  type PanelScore,
  panelProblem,
  panelProposal,
  scoreOf,
} from '@jieyou/core/support/panel.ts';
import highs from 'highs';

// The package's types speak of its CommonJS form, where the loader is one level deeper than in the module that Node loads.
const loadHighs = highs as unknown as typeof highs.default;
type Solver = Awaited<ReturnType<typeof loadHighs>>;

// Loaded once for the process; a WASM instance that has thrown may be left in a broken state and is dropped.
let loaded: Promise<Solver> | undefined;
const solver = (): Promise<Solver> => {
  loaded ??= loadHighs();
  return loaded;
};

/** A linear row: coefficients by candidate, and its bounds. */
type Row = { readonly coefficients: readonly number[]; readonly sign: '>=' | '<=' | '='; readonly right: number };

/** One term a line: the LP reader cuts long lines without a word. */
const linear = (coefficients: readonly number[]): string => {
  const terms = coefficients.flatMap((c, i) => (c === 0 ? [] : [` ${c < 0 ? '-' : '+'} ${Math.abs(c)} x${i}`]));
  return terms.length > 0 ? terms.join('\n') : ' 0 x0';
};

const lpText = (objective: readonly number[], rows: readonly Row[], fixed: ReadonlyMap<number, 0 | 1>): string =>
  [
    'Minimize',
    ' obj:',
    linear(objective),
    'Subject To',
    ...rows.map((row, i) => ` r${i}:\n${linear(row.coefficients)}\n ${row.sign} ${row.right}`),
    'Bounds',
    ...[...fixed].map(([i, value]) => ` x${i} = ${value}`),
    'General',
    // Bounds 0 and 1 are given to all that are not fixed; "Binary" would overwrite the fixed ones.
    ...objective.map((_, i) => ` x${i}`),
    'End',
    '',
  ].join('\n');

/** Indices chosen in the best solution. Throws when there is none: the problems posed here always have one. */
const solve = async (
  objective: readonly number[],
  rows: readonly Row[],
  fixed: ReadonlyMap<number, 0 | 1> = new Map(),
): Promise<Set<number>> => {
  const unit = objective.map((_, i): Row => ({ coefficients: objective.map((_c, j) => (i === j ? 1 : 0)), sign: '<=', right: 1 }));
  const text = lpText(objective, [...rows, ...unit.filter((_, i) => !fixed.has(i))], fixed);
  const attempt = async () => (await solver()).solve(text, { output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0 });
  let result: Awaited<ReturnType<typeof attempt>>;
  try {
    result = await attempt();
  } catch {
    loaded = undefined;
    result = await attempt();
  }
  if (result.Status !== 'Optimal') throw new Error(`panel solver ended with ${result.Status}`);
  const columns = result.Columns as Record<string, { readonly Primal?: number }>;
  const chosen = new Set<number>();
  for (const i of objective.keys()) if ((columns[`x${i}`]?.Primal ?? 0) > 0.5) chosen.add(i);
  return chosen;
};

const top = (values: readonly number[], n: number) =>
  [...values]
    .sort((a, b) => b - a)
    .slice(0, n)
    .reduce((a, b) => a + b, 0);

/** The objective in whole numbers: one seat > all wishes > all loads. Valid for panels of at most `mostSeats`. */
const weigh = (candidates: readonly PanelCandidate[], mostSeats: number): number[] => {
  const perWish =
    top(
      candidates.map((c) => c.load),
      mostSeats,
    ) + 1;
  const perSeat = perWish * (mostSeats + 1);
  return candidates.map((c) => perSeat - (c.meetsWishes ? perWish : 0) + c.load);
};

/** Lets other requests in between two solves: each blocks the thread for some milliseconds. */
const breathe = () => new Promise<void>((resolve) => setImmediate(resolve));

const tieChunk = 12;

/** The best panel, ties broken by id, as ids in order; and the best score of a panel with each candidate left out. */
export const solvePanel = async (
  problem: PanelProblem,
): Promise<{ readonly chosen: readonly string[]; readonly forced: ReadonlyMap<string, PanelScore> }> => {
  const { candidates, fields } = problem;
  if (fields.length === 0) {
    // Nobody is needed: every candidate would only make the panel larger. (Candidates cover a needed field, so there are none.)
    return { chosen: [], forced: new Map(candidates.map((c) => [c.id, scoreOf(problem, [c.id])])) };
  }
  // A panel without a redundant seat has at most one seat a field; a forced expert may be one more.
  const mostSeats = fields.length + 1;
  const objective = weigh(candidates, mostSeats);
  const rows: Row[] = [
    ...fields.map((field): Row => ({ coefficients: candidates.map((c) => (c.covers.includes(field) ? 1 : 0)), sign: '>=', right: 1 })),
    { coefficients: candidates.map(() => 1), sign: '<=', right: mostSeats },
  ];
  const idsOf = (indices: ReadonlySet<number>) => candidates.filter((_, i) => indices.has(i)).map((c) => c.id);
  const scored = (indices: ReadonlySet<number>): PanelScore => {
    const score = scoreOf(problem, idsOf(indices));
    if (score.open > 0) throw new Error('panel solver left a field open');
    return score;
  };

  const best = scored(await solve(objective, rows));
  const equal: Row[] = [
    { coefficients: candidates.map(() => 1), sign: '=', right: best.size },
    { coefficients: candidates.map((c) => (c.meetsWishes ? 1 : 0)), sign: '=', right: best.wishesMet },
    { coefficients: candidates.map((c) => c.load), sign: '=', right: best.load },
  ];
  // The panel whose sorted ids come first is the one with the largest binary number, the first id as its highest digit.
  const fixed = new Map<number, 0 | 1>();
  let chosen: ReadonlySet<number> = new Set();
  for (let from = 0; from < candidates.length; from += tieChunk) {
    const to = Math.min(from + tieChunk, candidates.length);
    chosen = await solve(
      candidates.map((_, i) => (i >= from && i < to ? -(2 ** (to - 1 - i)) : 0)),
      [...rows, ...equal],
      fixed,
    );
    for (let i = from; i < to; i += 1) fixed.set(i, chosen.has(i) ? 1 : 0);
    await breathe();
    if ([...fixed.values()].filter((v) => v === 1).length === best.size) break;
  }
  if (compareScores(scored(chosen), best) !== 0) throw new Error('panel solver lost the best panel while breaking the tie');

  const forced = new Map<string, PanelScore>();
  for (const [i, candidate] of candidates.entries()) {
    if (chosen.has(i)) continue;
    const withCandidate = await solve(objective, rows, new Map([[i, 1]]));
    if (!withCandidate.has(i)) throw new Error('panel solver did not seat the expert who was to be seated');
    forced.set(candidate.id, scored(withCandidate));
    await breathe();
  }
  return { chosen: idsOf(chosen), forced };
};

/**
 * The best panel for a need, exactly, with reasons: see the aims in `core/support/panel.ts`. Takes well under a second for
 * 40 experts. Throws on malformed input (RangeError) and never proposes an answer that fails its own recount.
 */
export const proposePanelExactly = async (
  experts: readonly PanelExpert[],
  need: PanelNeed,
  limits: PanelLimits,
): Promise<PanelProposal> => {
  const problem = panelProblem(experts, need, limits);
  const { chosen, forced } = await solvePanel(problem);
  return panelProposal(experts, need, limits, problem, chosen, forced);
};
