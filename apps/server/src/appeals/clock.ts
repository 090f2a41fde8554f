import { type CallsPack, callsPackOf } from '@jieyou/core/appeals/pack.ts';
import { addWorkingDays, atRiskFrom, clockState, remainingInWords } from '@jieyou/core/calendar/rules.ts';
import type { HolidayTable } from '@jieyou/core/calendar/schema.ts';
import type { Instant } from '@jieyou/core/shared/day.ts';
import { supportPackOf } from '@jieyou/core/support/pack.ts';
import { holidayTable } from '../calendar/index.ts';
import type { Tx } from '../platform/db/database.ts';
import { packInForce } from '../rulepacks/index.ts';

/** What residents and callers are promised in a district, and by which days and hours it runs. */
export type CallRules = {
  readonly pack: CallsPack;
  readonly version: string;
  readonly holidays: HolidayTable;
  readonly hours: { readonly opensAt: string; readonly closesAt: string };
};

/** Loads the figures in force. */
export const callRulesOf = async (tx: Tx, districtId: string, day: string): Promise<CallRules> => {
  const found = await packInForce(tx, 'calls', districtId, day);
  const support = supportPackOf((await packInForce(tx, 'support', districtId, day)).values);
  return {
    pack: callsPackOf(found.values),
    version: found.version,
    holidays: await holidayTable(tx),
    hours: { opensAt: support['workday.opensAt'], closesAt: support['workday.closesAt'] },
  };
};

/** When an appeal is due: in minutes of ordinary time where somebody is in danger, else in working days. */
export const appealDue = (rules: CallRules, urgent: boolean, now: Instant): { dueAt: string; atRiskAt: string } => {
  if (urgent) return { dueAt: new Date(Date.parse(now) + rules.pack['appeal.urgentMinutes'] * 60_000).toISOString(), atRiskAt: now };
  const dueAt = addWorkingDays(now, rules.pack['appeal.answerDays'], rules.holidays, rules.hours);
  return { dueAt, atRiskAt: atRiskFrom(now, dueAt, rules.holidays, rules.hours) };
};

/** The clock of an appeal as a page shows it. */
export const appealClock = (
  row: { status: string; urgent: boolean; takerId: string | null; askedAt: string; dueAt: string },
  now: Instant,
  rules: CallRules,
): { state: 'overdue' | 'at-risk' | 'on-track' | 'none'; dueAt: string | null; words: string } => {
  if (row.status !== 'waiting' && row.status !== 'taken') return { state: 'none', dueAt: null, words: '' };
  if (row.urgent) {
    if (row.status === 'taken') return { state: 'on-track', dueAt: row.dueAt, words: '紧急，已有人接手' };
    const left = Math.ceil((Date.parse(row.dueAt) - Date.parse(now)) / 60_000);
    return left < 0
      ? { state: 'overdue', dueAt: row.dueAt, words: `紧急，已超 ${-left} 分钟无人接手` }
      : { state: 'at-risk', dueAt: row.dueAt, words: `紧急，请在 ${left} 分钟内接手` };
  }
  const reading = clockState({
    startedAt: row.askedAt as Instant,
    dueAt: row.dueAt as Instant,
    pausedAt: null,
    now,
    table: rules.holidays,
    hours: rules.hours,
  });
  return { state: reading.state === 'paused' ? 'on-track' : reading.state, dueAt: row.dueAt, words: remainingInWords(reading) };
};
