/** Words of the working-day clock (工作日): the holiday table, the opening hours, the clock and what it shows. */
import { z } from 'zod';
import { Day, Instant, TimeOfDay } from '../shared/day.ts';

/** What a row of the holiday table makes of its day: off although it may be a weekday, or worked although it may be a weekend. */
export const HolidayKind = z.enum(['off', 'work']);
/** A kind of {@link HolidayKind}. */
export type HolidayKind = z.infer<typeof HolidayKind>;

/** One day that departs from the plain week, with the festival it belongs to. */
export const HolidayRow = z.object({ day: Day, kind: HolidayKind, name: z.string().trim().min(1).max(20) });
/** A row of {@link HolidayRow}. */
export type HolidayRow = z.infer<typeof HolidayRow>;

/**
 * The holiday table, ready to be asked. A year that is not in `coveredYears` is reckoned by the plain week, Monday to
 * Friday, and results that touch it carry a warning: its yearly notice is still to come.
 */
export type HolidayTable = {
  readonly off: ReadonlyMap<Day, string>;
  readonly work: ReadonlyMap<Day, string>;
  readonly coveredYears: ReadonlySet<number>;
};

/** Opening hours in Asia/Shanghai. One working day is the time between them; the noon break is not taken out. */
export const OpeningHours = z.object({ opensAt: TimeOfDay, closesAt: TimeOfDay });
/** Hours of {@link OpeningHours}. */
export type OpeningHours = z.infer<typeof OpeningHours>;

/** State of a clock, in the order of urgency in which a board sorts it. */
export const ClockState = z.enum(['overdue', 'at-risk', 'on-track', 'paused']);
/** A state of {@link ClockState}. */
export type ClockState = z.infer<typeof ClockState>;

/** A clock that runs towards a due time. `pausedAt` is set while it stands still. */
export const Clock = z.object({ startedAt: Instant, dueAt: Instant, pausedAt: Instant.nullable() });
/** A clock of {@link Clock}. */
export type Clock = z.infer<typeof Clock>;

/** What a clock shows at a moment. */
export const ClockReading = z.object({
  state: ClockState,
  /** From this moment on the clock is at risk while it runs; never before its start. Stored, so that lists sort in SQL. */
  atRiskFrom: Instant,
  /** Working time left in milliseconds; negative by how much it is over; while paused, as it stood at the pause. */
  remainingMs: z.number().int(),
  /** Due time passed. True also where no working time has passed since (the evening of the last day). */
  over: z.boolean(),
  /** Working time of one day in milliseconds: the unit of 工作日 in `remainingMs`. */
  workingDayMs: z.number().int().positive(),
  /** Years that the clock touches and the holiday table does not cover. Not empty: the due time is provisional. */
  uncoveredYears: z.array(z.number().int()),
});
/** A reading of {@link ClockReading}. */
export type ClockReading = z.infer<typeof ClockReading>;
