/** When a series of seminars is due again, and whether a seminar may be recorded. */
import { addDays, type Day } from '../shared/day.ts';
import { moveVerdict } from '../shared/moves.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { seminarMoves } from './moves.ts';
import type { CadenceState, SeminarStatus } from './schema.ts';

/** The day by which the next seminar is due, on a working day; the first one on the day on which the series starts. */
export const dueDay = (
  series: { readonly startsOn: Day; readonly lastHeldOn: Day | null; readonly everyDays: number },
  /** The day itself when the centre works then, or else the next on which it does. */
  workingDayFrom: (day: Day) => Day,
): Day => {
  const counted = series.lastHeldOn === null ? series.startsOn : addDays(series.lastHeldOn, series.everyDays);
  return workingDayFrom(counted);
};

/** How a series stands today: a seminar that is planned stills the reminder. */
export const cadenceState = (facts: {
  readonly ended: boolean;
  readonly planned: boolean;
  readonly dueOn: Day;
  readonly today: Day;
}): CadenceState => {
  if (facts.ended) return 'ended';
  if (facts.planned) return 'planned';
  if (facts.today < facts.dueOn) return 'later';
  return facts.today === facts.dueOn ? 'due' : 'overdue';
};

/** Whether the plan of a seminar may still be changed or cancelled. */
export const planVerdict = (status: SeminarStatus, act: 'change' | 'cancel'): Verdict<'learning.seminar-over'> =>
  moveVerdict(seminarMoves, status, act).ok ? yes : no('learning.seminar-over', { status });

/** Whether minutes may be written: not of a cancelled seminar, and not before its day. */
export const minutesVerdict = (facts: {
  readonly status: SeminarStatus;
  readonly heldOn: Day;
  readonly today: Day;
}): Verdict<'learning.seminar-over' | 'learning.seminar-not-yet'> => {
  if (!moveVerdict(seminarMoves, facts.status, 'record').ok) return no('learning.seminar-over', { status: facts.status });
  return facts.today < facts.heldOn ? no('learning.seminar-not-yet', { heldOn: facts.heldOn }) : yes;
};
