import type { DueState, VisitScale, VisitStatus } from '@jieyou/core/visits/schema.ts';
import type { Tone } from '../house/StatusTag.tsx';

/** What each state of being due means for the one who looks. */
export const dueTones: Readonly<Record<DueState, Tone>> = {
  never: 'needs',
  overdue: 'danger',
  today: 'needs',
  soon: 'moving',
  later: 'rest',
};

/** What each state of a visit means. */
export const visitTones: Readonly<Record<VisitStatus, Tone>> = { planned: 'moving', done: 'done', 'not-met': 'needs', cancelled: 'rest' };

/** What each word of the scale means. */
export const scaleTones: Readonly<Record<VisitScale, Tone>> = { good: 'done', fair: 'rest', watch: 'needs', urgent: 'danger' };
