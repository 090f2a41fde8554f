import { addWorkingDays, atRiskFrom, clockState, deadlineWarning, remainingInWords, shiftForPause } from '@jieyou/core/calendar/rules.ts';
import type { HolidayTable } from '@jieyou/core/calendar/schema.ts';
import type { Instant } from '@jieyou/core/shared/day.ts';
import { type SupportPack, supportPackOf } from '@jieyou/core/support/pack.ts';
import { holidayTable } from '../calendar/index.ts';
import type { Tx } from '../platform/db/database.ts';
import { packInForce } from '../rulepacks/index.ts';

/** Figures and holidays by which clocks of a district run on a day. */
export type Rules = { readonly pack: SupportPack; readonly version: string; readonly holidays: HolidayTable };

/** Loads the rule pack in force and the holiday table. */
export const rulesOf = async (tx: Tx, districtId: string, day: string): Promise<Rules> => {
  const found = await packInForce(tx, 'support', districtId, day);
  return { pack: supportPackOf(found.values), version: found.version, holidays: await holidayTable(tx) };
};

/** The checklist by which hardness is assessed today. */
export const checklistOf = (rules: Rules) => ({
  version: rules.version,
  items: rules.pack['checklist.items'],
  hardAt: rules.pack['checklist.hardAt'],
});

/** Office hours of the pack. */
export const hoursOf = (pack: SupportPack) => ({ opensAt: pack['workday.opensAt'], closesAt: pack['workday.closesAt'] });

/** Columns of a clock that starts now; due at the same time of day so many working days later. */
export const startedClock = (rules: Rules, kind: 'screening' | 'panel' | 'conference', now: Instant) => {
  const dueAt = addWorkingDays(now, rules.pack[`clock.${kind}`], rules.holidays, hoursOf(rules.pack));
  return {
    clockKind: kind,
    clockStartedAt: now as string,
    clockDueAt: dueAt as string,
    clockAtRiskAt: atRiskFrom(now, dueAt, rules.holidays, hoursOf(rules.pack)) as string,
    clockPausedAt: null,
    packVersion: rules.version,
    warnedFor: null,
  };
};

/** No promise runs any more. */
export const stoppedClock = { clockKind: null, clockStartedAt: null, clockDueAt: null, clockAtRiskAt: null, clockPausedAt: null } as const;

/** Columns of a clock that goes on after a pause: later by the working time that the pause took. */
export const resumedClock = (
  rules: Rules,
  clock: { clockStartedAt: string | null; clockDueAt: string | null; clockPausedAt: string | null },
  now: Instant,
) => {
  if (clock.clockDueAt === null || clock.clockPausedAt === null || clock.clockStartedAt === null) return {};
  const dueAt = shiftForPause(clock.clockDueAt as Instant, clock.clockPausedAt as Instant, now, rules.holidays, hoursOf(rules.pack));
  return {
    clockDueAt: dueAt as string,
    clockAtRiskAt: atRiskFrom(clock.clockStartedAt as Instant, dueAt, rules.holidays, hoursOf(rules.pack)) as string,
    clockPausedAt: null,
  };
};

/** A sentence when the due time lies in a year whose holidays are not known yet. */
export const yearWarning = (rules: Rules, from: Instant, dueAt: string): string | null => {
  const verdict = deadlineWarning(from, dueAt as Instant, rules.holidays);
  return verdict.ok ? null : `节假日表还没有 ${(verdict.facts.years as readonly string[]).join('、')} 年的安排，截止时间可能调整。`;
};

/** The clock as a page shows it. */
export const clockView = (
  row: {
    clockKind: string | null;
    clockStartedAt: string | null;
    clockDueAt: string | null;
    clockPausedAt: string | null;
    crisisSince?: string | null;
    crisisAcknowledgedAt?: string | null;
  },
  now: Instant,
  rules: Pick<Rules, 'holidays'> & { pack?: SupportPack },
) => {
  const kind = row.clockKind as 'screening' | 'panel' | 'conference' | 'crisis' | null;
  if (kind === null || row.clockStartedAt === null || row.clockDueAt === null) {
    return { kind: null, state: 'none' as const, startedAt: null, dueAt: null, pausedAt: null, words: '' };
  }
  if (kind === 'crisis') {
    // Minutes of ordinary time: a crisis knows no office hours.
    const left = Math.ceil((Date.parse(row.clockDueAt) - Date.parse(now)) / 60_000);
    const done = row.crisisAcknowledgedAt != null;
    return {
      kind,
      state: done ? ('on-track' as const) : left < 0 ? ('overdue' as const) : ('at-risk' as const),
      startedAt: row.clockStartedAt,
      dueAt: row.clockDueAt,
      pausedAt: null,
      words: done ? '已有人接手' : left < 0 ? `已超 ${-left} 分钟无人确认` : `请在 ${left} 分钟内确认`,
    };
  }
  const reading = clockState({
    startedAt: row.clockStartedAt as Instant,
    dueAt: row.clockDueAt as Instant,
    pausedAt: row.clockPausedAt as Instant | null,
    now,
    table: rules.holidays,
    ...(rules.pack === undefined ? {} : { hours: hoursOf(rules.pack) }),
  });
  return {
    kind,
    state: reading.state,
    startedAt: row.clockStartedAt,
    dueAt: row.clockDueAt,
    pausedAt: row.clockPausedAt,
    words: remainingInWords(reading, '等求助人补充'),
  };
};
