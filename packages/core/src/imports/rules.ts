/** What may be done with an import, and what its file's rows are called by. */
import { moveVerdict } from '../shared/moves.ts';
import { importMoves } from './moves.ts';
import type { RecipientRow } from './reading.ts';
import type { ImportAct, ImportStatus } from './schema.ts';

/** The buttons of an import. `mine`: whether the person brought the file; only that person sees its words again. */
export const importActs = (facts: {
  readonly status: ImportStatus;
  readonly mine: boolean;
  readonly fileKept: boolean;
  readonly fresh: number;
  readonly double: number;
  readonly left: number;
  readonly added: number;
}): ImportAct[] => {
  const { status, mine, fileKept } = facts;
  const may = (move: keyof typeof importMoves) => moveVerdict(importMoves, status, move).ok;
  return [
    ...(mine && fileKept && may('arrange') ? (['arrange'] as const) : []),
    ...(mine && fileKept && may('confirm') && facts.fresh + facts.double > 0 ? (['confirm'] as const) : []),
    ...(mine && may('drop') ? (['drop'] as const) : []),
    ...(mine && fileKept && facts.left > 0 && ['checked', 'done', 'undone'].includes(status) ? (['failed-rows'] as const) : []),
    ...(may('undo') && facts.added > 0 ? (['undo'] as const) : []),
  ];
};

/** The words by which a row of a register is the same row again, before they are hashed under a key. */
export const sameWordsOf = (row: RecipientRow): string =>
  [row.name, row.gender, row.idNumber, row.birthOn, row.phone, row.address].map((w) => w ?? '').join('\u0001');
