/**
 * Transition tables as data. The server's check, the buttons (`can: […]`), the diagram in the docs and the test that
 * every state can be reached all read the same table.
 */
import { no, type Verdict, yes } from './verdict.ts';

/** One move: the states it may start from and where it may end. A room adds its own columns (policy, rule, event). */
export type MoveRow<State extends string> = { readonly from: readonly State[]; readonly to: State | readonly State[] };

/** All moves of one kind of record, by name. */
export type MoveTable<State extends string, Move extends string, Row extends MoveRow<State> = MoveRow<State>> = Readonly<Record<Move, Row>>;

/** Why a move is refused: the name is unknown, it does not start here, or it does not end there. */
export type MoveRefusal = 'move.unknown' | 'move.not-from-here' | 'move.not-to-there';

/** Declares a table; a third type argument widens the rows with a room's own columns. */
export const moves = <State extends string, Move extends string, Row extends MoveRow<State> = MoveRow<State>>(
  table: MoveTable<State, Move, Row>,
): MoveTable<State, Move, Row> => table;

const endsOf = <State extends string>(row: MoveRow<State>): readonly State[] => (typeof row.to === 'string' ? [row.to] : row.to);

const rowsOf = <State extends string, Move extends string>(table: MoveTable<State, Move>): [Move, MoveRow<State>][] =>
  Object.entries(table) as [Move, MoveRow<State>][];

/**
 * Whether `move` may be made from `state`, and, where `to` is given, whether it may end there. Safe for a move name that
 * came from outside: names that the table does not own ('constructor') are refused.
 */
export const moveVerdict = <State extends string, Move extends string>(
  table: MoveTable<State, Move>,
  state: State,
  move: Move,
  to?: State,
): Verdict<MoveRefusal> => {
  if (!Object.hasOwn(table, move)) return no('move.unknown', { move });
  const row = table[move];
  if (!row.from.includes(state)) return no('move.not-from-here', { move, state, from: row.from });
  if (to !== undefined && !endsOf(row).includes(to)) return no('move.not-to-there', { move, state, to, allowed: endsOf(row) });
  return yes;
};

/** The moves that start from `state`, in the table's order. */
export const movesFrom = <State extends string, Move extends string>(table: MoveTable<State, Move>, state: State): Move[] =>
  rowsOf(table)
    .filter(([, row]) => row.from.includes(state))
    .map(([move]) => move);

/** Every state that can be reached from `start`, itself included, in the order of discovery. */
export const reachable = <State extends string, Move extends string>(table: MoveTable<State, Move>, start: State): Set<State> => {
  const seen = new Set<State>([start]);
  // A Set is walked in the order of insertion and sees what is added on the way.
  for (const state of seen) {
    for (const [, row] of rowsOf(table)) if (row.from.includes(state)) for (const end of endsOf(row)) seen.add(end);
  }
  return seen;
};

/** The states that no move leaves: the ends of the record's life. */
export const endStates = <State extends string, Move extends string>(table: MoveTable<State, Move>): State[] => {
  const all = new Set(rowsOf(table).flatMap(([, row]) => [...row.from, ...endsOf(row)]));
  return [...all].filter((state) => movesFrom(table, state).length === 0);
};

/**
 * The table as Mermaid text (stateDiagram-v2). `start` draws the entry arrow, `labels` gives the words for states and
 * moves. State names are declared under an alias because Mermaid reads a hyphen as part of an arrow.
 */
export const diagram = <State extends string, Move extends string>(
  table: MoveTable<State, Move>,
  options: { readonly start?: State; readonly labels?: Readonly<Partial<Record<State | Move, string>>> } = {},
): string => {
  const alias = (state: State) => state.replace(/[^A-Za-z0-9_]/g, '_');
  const label = (name: State | Move) => (options.labels?.[name] ?? name).replace(/["\n:]/g, ' ');
  const states = new Set(rowsOf(table).flatMap(([, row]) => [...row.from, ...endsOf(row)]));
  const lines = ['stateDiagram-v2'];
  for (const state of states) lines.push(`  state "${label(state)}" as ${alias(state)}`);
  if (options.start !== undefined) lines.push(`  [*] --> ${alias(options.start)}`);
  for (const [move, row] of rowsOf(table)) {
    for (const from of row.from) for (const to of endsOf(row)) lines.push(`  ${alias(from)} --> ${alias(to)}: ${label(move)}`);
  }
  for (const state of endStates(table)) lines.push(`  ${alias(state)} --> [*]`);
  return `${lines.join('\n')}\n`;
};
