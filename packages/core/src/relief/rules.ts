/** Whether a relief case may go on as asked. */
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import type { ReliefItemDraft, ReliefStatus } from './schema.ts';

/** Why an item is not recorded. */
export type ItemRefusal =
  | 'relief.not-open'
  | 'relief.in-future'
  | 'relief.before-screening'
  | 'relief.material-incomplete'
  | 'relief.service-incomplete';

/** A thing has quantity, unit, value and receipt; a service has minutes; neither has what belongs to the other. */
export const itemVerdict = (
  item: ReliefItemDraft,
  of: { readonly status: ReliefStatus; readonly screenedOn: string; readonly today: string },
): Verdict<ItemRefusal> => {
  const thing = [item.quantity, item.unit, item.valueFen, item.receipt];
  const whole =
    item.line === 'material'
      ? thing.every((v) => v !== null) && item.minutes === null
      : thing.every((v) => v === null) && item.minutes !== null;
  return firstNo<ItemRefusal>(
    of.status === 'linked' || of.status === 'delivered' ? yes : no('relief.not-open', { status: of.status }),
    item.onDay <= of.today ? yes : no('relief.in-future'),
    item.onDay >= of.screenedOn ? yes : no('relief.before-screening'),
    whole ? yes : no(item.line === 'material' ? 'relief.material-incomplete' : 'relief.service-incomplete'),
  );
};

/** Both lines stand (HZ-03), or it is said why one does. */
export const deliverVerdict = (of: {
  readonly things: number;
  readonly services: number;
  readonly says: string | null;
}): Verdict<'relief.nothing-delivered' | 'relief.line-missing'> => {
  if (of.things + of.services === 0) return no('relief.nothing-delivered');
  if (of.things > 0 && of.services > 0) return yes;
  return of.says === null ? no('relief.line-missing', { line: of.things === 0 ? 'material' : 'service' }) : yes;
};
