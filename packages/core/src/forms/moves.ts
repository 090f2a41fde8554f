import { moves } from '../shared/moves.ts';
import type { FormStatus } from './schema.ts';

/** What may happen to a filled form. */
export type FormMove = 'save' | 'submit' | 'send' | 'sign' | 'return' | 'replace' | 'discard';

/** Every way a filled form may change its state. What was submitted is never written anew. */
export const formMoves = moves<FormStatus, FormMove>({
  save: { from: ['draft', 'returned'], to: 'draft' },
  submit: { from: ['draft', 'returned'], to: 'submitted' },
  send: { from: ['draft', 'returned'], to: 'waiting' },
  sign: { from: ['waiting'], to: 'signed' },
  return: { from: ['waiting'], to: 'returned' },
  replace: { from: ['submitted', 'signed'], to: 'replaced' },
  discard: { from: ['draft', 'returned'], to: 'discarded' },
});
