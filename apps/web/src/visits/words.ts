import { visitNeedLabels } from '@jieyou/core/texts/visitLabels.ts';
import type { DueState, DueVisit, VisitNeed, VisitScale, VisitStatus } from '@jieyou/core/visits/schema.ts';
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

/** Why somebody is due: how often, by which needs, and which of these follow from the categories that hold today. */
export const whyDue = (d: Pick<DueVisit, 'intervalDays' | 'needs' | 'fromCategories'>): string => {
  const of = (needs: readonly VisitNeed[]) => needs.map((n) => visitNeedLabels[n]).join('、');
  // What a category says already is not said twice.
  const ticked = d.needs.filter((n) => !d.fromCategories.includes(n));
  return [`每 ${d.intervalDays} 天`, of(ticked), d.fromCategories.length === 0 ? '' : `${of(d.fromCategories)}（来自类别）`]
    .filter((part) => part !== '')
    .join('　');
};
