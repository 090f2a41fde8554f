/** Whether a relief case may go on as asked. */
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import type { JointStatus, ReliefItemDraft, ReliefStatus, UndertakingStatus } from './schema.ts';

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

/** Why a relief case does not go to somebody. */
export type HandRefusal = 'relief.moved-on' | 'relief.hand-same' | 'relief.hand-elsewhere' | 'relief.hand-unseen';

/** A case that goes on goes to another worker of the station, who would see the person: nobody helps somebody whom they may not know. */
export const handVerdict = (of: {
  readonly status: ReliefStatus;
  readonly workerId: string;
  readonly toId: string;
  readonly ofStation: boolean;
  readonly sees: boolean;
}): Verdict<HandRefusal> =>
  firstNo<HandRefusal>(
    of.status === 'closed' ? no('relief.moved-on', { status: of.status }) : yes,
    of.toId === of.workerId ? no('relief.hand-same') : yes,
    of.ofStation ? yes : no('relief.hand-elsewhere'),
    of.sees ? yes : no('relief.hand-unseen'),
  );

/** Whether a relief case ends, closed or without help: nobody still waits for its table, and what was undertaken there has an end. */
export const endVerdict = (of: {
  readonly called: number;
  readonly undertakings: number;
}): Verdict<'relief.joint-called' | 'relief.undertakings-open'> =>
  firstNo<'relief.joint-called' | 'relief.undertakings-open'>(
    of.called > 0 ? no('relief.joint-called', { count: of.called }) : yes,
    of.undertakings > 0 ? no('relief.undertakings-open', { count: of.undertakings }) : yes,
  );

/** Whether a joint consultation is called: of a case that goes on, not for a day that has passed. */
export const callVerdict = (of: {
  readonly status: ReliefStatus;
  readonly onDay: string;
  readonly today: string;
}): Verdict<'relief.moved-on' | 'relief.day-past'> =>
  firstNo<'relief.moved-on' | 'relief.day-past'>(
    of.status === 'closed' ? no('relief.moved-on', { status: of.status }) : yes,
    of.onDay < of.today ? no('relief.day-past') : yes,
  );

/** Whether it may be said what came of it: once, and of a meeting that was held not before its day. */
export const concludeVerdict = (of: {
  readonly status: JointStatus;
  readonly held: boolean;
  readonly onDay: string;
  readonly today: string;
}): Verdict<'relief.joint-over' | 'relief.in-future'> =>
  firstNo<'relief.joint-over' | 'relief.in-future'>(
    of.status === 'called' ? yes : no('relief.joint-over'),
    of.held && of.onDay > of.today ? no('relief.in-future') : yes,
  );

/** Whether somebody undertakes something: at a meeting that was held, until a day not before it. */
export const undertakingVerdict = (of: {
  readonly status: JointStatus;
  readonly onDay: string;
  readonly dueOn: string;
}): Verdict<'relief.joint-not-held' | 'relief.due-early'> =>
  firstNo<'relief.joint-not-held' | 'relief.due-early'>(
    of.status === 'held' ? yes : no('relief.joint-not-held'),
    of.dueOn < of.onDay ? no('relief.due-early') : yes,
  );

/** Whether what was undertaken has an end: once, and not on a day to come. */
export const settleVerdict = (of: {
  readonly status: UndertakingStatus;
  readonly onDay: string;
  readonly metOn: string;
  readonly today: string;
}): Verdict<'relief.undertaking-over' | 'relief.in-future' | 'relief.due-early'> =>
  firstNo<'relief.undertaking-over' | 'relief.in-future' | 'relief.due-early'>(
    of.status === 'open' ? yes : no('relief.undertaking-over'),
    of.onDay > of.today ? no('relief.in-future') : yes,
    of.onDay < of.metOn ? no('relief.due-early') : yes,
  );

/** Whether what was undertaken is overdue: its last day has passed. */
export const isOverdue = (of: { readonly status: UndertakingStatus; readonly dueOn: string }, today: string): boolean =>
  of.status === 'open' && of.dueOn < today;
