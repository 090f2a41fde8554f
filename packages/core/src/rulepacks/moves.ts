import { moves } from '../shared/moves.ts';
import type { DraftStatus, RuleStep } from './schema.ts';

/** How a new version comes to be: drafted, submitted, issued by a second person; what was issued is not edited. */
export const ruleMoves = moves<DraftStatus, RuleStep['move'] | 'edit'>({
  edit: { from: ['draft'], to: 'draft' },
  submit: { from: ['draft'], to: 'submitted' },
  return: { from: ['submitted'], to: 'draft' },
  approve: { from: ['submitted'], to: 'issued' },
  withdraw: { from: ['draft', 'submitted'], to: 'withdrawn' },
});
