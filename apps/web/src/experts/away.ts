import { addExpertAway } from '@jieyou/core/experts/endpoints.ts';
import { type AwayDays, awayVerdict } from '@jieyou/core/experts/rules.ts';
import { refusalSentence } from '@jieyou/core/texts/refusals.ts';
import { formatDay, today } from '../house/format.ts';

/** Days away as a form checks them before they are sent, by the same rule as the server, beside the field that is wrong. */
export const awayDraft = (noted: readonly AwayDays[]) =>
  addExpertAway.body.superRefine((away, check) => {
    const verdict = awayVerdict(away, today(), noted);
    if (verdict.ok) return;
    const field = verdict.code === 'experts.away-overlaps' ? 'fromDay' : 'toDay';
    check.addIssue({ code: 'custom', path: [field], message: refusalSentence(verdict.code, verdict.facts) });
  });

/** '2026年3月10日 至 2026年3月12日', or the one day. */
export const spanOf = (away: AwayDays): string =>
  away.fromDay === away.toDay ? formatDay(away.fromDay) : `${formatDay(away.fromDay)} 至 ${formatDay(away.toDay)}`;

/** Days away that are still to come or not over, and those that are. */
export const byTime = <T extends AwayDays>(away: readonly T[]): { coming: T[]; over: T[] } => ({
  coming: away.filter((a) => a.toDay >= today()),
  over: away.filter((a) => a.toDay < today()).reverse(),
});
