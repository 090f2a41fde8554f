import { moves } from '../shared/moves.ts';
import type { ImportStatus } from './schema.ts';

/** What may happen to an import. */
export type ImportMove = 'look' | 'find' | 'fail' | 'arrange' | 'confirm' | 'finish' | 'drop' | 'undo' | 'take-back' | 'hold';

/** Every way an import may change its state. Nothing is written to a register before somebody confirmed what was found. */
export const importMoves = moves<ImportStatus, ImportMove>({
  look: { from: ['waiting', 'checking'], to: 'checking' },
  find: { from: ['checking'], to: 'checked' },
  fail: { from: ['waiting', 'checking'], to: 'failed' },
  arrange: { from: ['checked', 'failed'], to: 'waiting' },
  confirm: { from: ['checked'], to: 'applying' },
  finish: { from: ['applying'], to: 'done' },
  drop: { from: ['waiting', 'checked', 'failed'], to: 'dropped' },
  undo: { from: ['done'], to: 'undoing' },
  'take-back': { from: ['undoing'], to: 'undone' },
  // Something has come to hang on a row meanwhile.
  hold: { from: ['undoing'], to: 'done' },
});
