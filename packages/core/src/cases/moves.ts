import { moves } from '../shared/moves.ts';
import type { CaseStage } from './stageSchema.ts';

/** What moves a case from stage to stage, or writes something that belongs to a stage. */
export type CaseMove =
  | 'accept'
  | 'decline'
  | 'refer'
  | 'crisis'
  | 'assess'
  | 'assess-again'
  | 'draft-plan'
  | 'send-plan'
  | 'take-back-plan'
  | 'sign-plan'
  | 'return-plan'
  | 'replan'
  | 'evaluate-stage'
  | 'evaluate-closing'
  | 'work-on'
  | 'propose-closing'
  | 'take-back-closing'
  | 'sign-closing'
  | 'return-closing'
  | 'follow-up'
  | 'pause'
  | 'resume'
  | 'reopen'
  | 'archive';

/**
 * 接案→预估→计划→介入→评估→结案 (SM-1, JX-05) with the side states. Where a move has several ends, the case decides which: what is
 * paused or sent back goes to where it came from, and what is assessed again stays where it is.
 */
export const caseMoves = moves<CaseStage, CaseMove>({
  accept: { from: ['intake'], to: 'assessment' },
  decline: { from: ['intake'], to: 'declined' },
  refer: { from: ['intake'], to: 'declined' },
  crisis: { from: ['intake', 'assessment', 'planning'], to: 'intervention' },
  assess: { from: ['assessment'], to: 'planning' },
  'assess-again': { from: ['planning', 'intervention'], to: ['planning', 'intervention'] },
  'draft-plan': { from: ['planning'], to: 'planning' },
  'send-plan': { from: ['planning'], to: 'plan-signing' },
  'take-back-plan': { from: ['plan-signing'], to: 'planning' },
  'sign-plan': { from: ['plan-signing'], to: 'intervention' },
  'return-plan': { from: ['plan-signing'], to: 'planning' },
  replan: { from: ['intervention', 'evaluation'], to: 'planning' },
  'evaluate-stage': { from: ['intervention'], to: 'intervention' },
  'evaluate-closing': { from: ['intervention', 'evaluation'], to: 'evaluation' },
  'work-on': { from: ['evaluation'], to: 'intervention' },
  'propose-closing': { from: ['assessment', 'planning', 'intervention', 'evaluation'], to: 'closing-signing' },
  'take-back-closing': { from: ['closing-signing'], to: ['assessment', 'planning', 'intervention', 'evaluation'] },
  'sign-closing': { from: ['closing-signing'], to: 'closed' },
  'return-closing': { from: ['closing-signing'], to: ['assessment', 'planning', 'intervention', 'evaluation'] },
  'follow-up': { from: ['closed'], to: 'closed' },
  pause: { from: ['intake', 'assessment', 'planning', 'intervention', 'evaluation'], to: 'paused' },
  resume: { from: ['paused'], to: ['intake', 'assessment', 'planning', 'intervention', 'evaluation'] },
  reopen: { from: ['declined', 'closed', 'archived'], to: ['intake', 'assessment'] },
  archive: { from: ['declined', 'closed'], to: 'archived' },
});
