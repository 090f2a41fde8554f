import { moveVerdict } from '../shared/moves.ts';
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import { competitionMoves, entryMoves } from './moves.ts';
import type {
  AwardPlan,
  CompetitionMove,
  CompetitionStatus,
  Criterion,
  EntryStatus,
  IneligibleReason,
  RecusalCause,
  ResultRow,
} from './schema.ts';

/** Whether a call makes sense: weights of a hundred together, each criterion once, days in their order. */
export const callVerdict = (call: {
  readonly criteria: readonly Criterion[];
  readonly opensOn: string;
  readonly closesOn: string;
  readonly scoreBy: string;
}): Verdict<'learning.weights-not-hundred' | 'learning.criterion-twice' | 'learning.days-backwards'> => {
  const sum = call.criteria.reduce((all, c) => all + c.weight, 0);
  if (sum !== 100) return no('learning.weights-not-hundred', { sum });
  if (new Set(call.criteria.map((c) => c.key)).size !== call.criteria.length) return no('learning.criterion-twice');
  return call.opensOn <= call.closesOn && call.closesOn <= call.scoreBy ? yes : no('learning.days-backwards');
};

/** Whether other judges may be named: until the first of them begins. */
export const judgesVerdict = (status: CompetitionStatus): Verdict<'learning.judges-settled'> =>
  ['draft', 'open', 'checking'].includes(status) ? yes : no('learning.judges-settled');

/** Whether a worker may enter today. */
export const enteringVerdict = (facts: {
  readonly status: CompetitionStatus;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly today: string;
  readonly entered: boolean;
}): Verdict<'learning.not-open' | 'learning.already-entered'> => {
  if (facts.status !== 'open' || facts.today < facts.opensOn || facts.today > facts.closesOn) return no('learning.not-open');
  return facts.entered ? no('learning.already-entered') : yes;
};

/** Whether the author may take an entry back: until the judges begin. */
export const withdrawVerdict = (status: EntryStatus, competition: CompetitionStatus): Verdict<'learning.entry-settled'> =>
  moveVerdict(entryMoves, status, 'withdraw').ok && ['open', 'checking'].includes(competition) ? yes : no('learning.entry-settled');

/** Everything that keeps an entry from competing; empty: it may. */
export const ineligibility = (facts: {
  readonly closed: boolean;
  readonly hasText: boolean;
  readonly openFindings: number;
  readonly consentLives: boolean;
  readonly recalled: boolean;
  readonly domain: string;
  readonly domains: readonly string[];
  readonly refusedByCentre: boolean;
}): IneligibleReason[] => [
  ...(facts.closed ? [] : ['not-closed' as const]),
  ...(facts.recalled ? ['recalled' as const] : facts.hasText ? [] : ['no-text' as const]),
  ...(facts.openFindings === 0 ? [] : ['findings-open' as const]),
  ...(facts.consentLives ? [] : ['consent-missing' as const]),
  ...(facts.domains.length === 0 || facts.domains.includes(facts.domain) ? [] : ['other-domain' as const]),
  ...(facts.refusedByCentre ? ['centre' as const] : []),
];

/** Whether a judge must not score an entry: the own one, one of the own agency, one whose author the judge supervises or did so of late. */
export const recusalOf = (facts: {
  readonly judgeId: string;
  readonly judgeOrganisationId: string | null;
  readonly authorId: string;
  readonly authorOrganisationId: string | null;
  readonly supervises: boolean;
}): RecusalCause | null => {
  if (facts.judgeId === facts.authorId) return 'self';
  if (facts.judgeOrganisationId !== null && facts.judgeOrganisationId === facts.authorOrganisationId) return 'own-agency';
  return facts.supervises ? 'supervised' : null;
};

const hundredths = (value: number): number => Math.round(value * 100) / 100;

/** The weighted sum of a judge's points, 0 to 100, in hundredths; undefined when a criterion has no points. */
export const totalOf = (criteria: readonly Criterion[], points: Readonly<Record<string, number>>): number | undefined => {
  let sum = 0;
  for (const { key, weight } of criteria) {
    const given = Object.hasOwn(points, key) ? points[key] : undefined;
    if (given === undefined || !Number.isFinite(given) || given < 0 || given > 100) return undefined;
    sum += given * weight;
  }
  return hundredths(sum / 100);
};

/** Whether a score may be given or corrected. */
export const scoringVerdict = (facts: {
  readonly open: boolean;
  readonly complete: boolean;
  readonly correction: boolean;
  readonly reason: string | undefined;
}): Verdict<'learning.scoring-over' | 'learning.points-missing' | 'learning.correction-needs-reason'> => {
  if (!facts.open) return no('learning.scoring-over');
  if (!facts.complete) return no('learning.points-missing');
  return facts.correction && (facts.reason ?? '').length < 2 ? no('learning.correction-needs-reason') : yes;
};

/** A score as the result counts it. */
export type Score = { readonly entryId: string; readonly judgeId: string; readonly points: Readonly<Record<string, number>> };

type Standing = {
  readonly id: string;
  readonly code: string;
  readonly totals: readonly number[];
  readonly missing: number;
  readonly recused: number;
  readonly mean: number | null;
  /** Means by criterion, the heaviest first. */
  readonly byWeight: readonly number[];
  readonly spread: number;
};

const meanOf = (values: readonly number[]): number => hundredths(values.reduce((a, b) => a + b, 0) / values.length);

// Ties: the heavier criterion decides, then the next; then the smaller distance between the highest and the lowest judge. What is still
// equal shares the place.
const inOrder = (a: Standing, b: Standing): number => {
  const mean = (b.mean ?? -1) - (a.mean ?? -1);
  if (mean !== 0) return mean;
  for (const [i, value] of a.byWeight.entries()) {
    const other = b.byWeight[i] ?? 0;
    if (value !== other) return other - value;
  }
  return a.spread - b.spread;
};

/**
 * The result with its reasons. A score that is missing is left out and never counts as nothing; an entry with fewer scores than `least` has
 * no place. A place that is shared at the edge of an award gives it to all who share it.
 */
export const resultOf = (given: {
  readonly entries: readonly { readonly id: string; readonly code: string }[];
  readonly judges: readonly string[];
  readonly recusals: readonly { readonly entryId: string; readonly judgeId: string }[];
  readonly scores: readonly Score[];
  readonly criteria: readonly Criterion[];
  readonly awards: readonly AwardPlan[];
  readonly least: number;
}): ResultRow[] => {
  const heaviest = [...given.criteria].sort((a, b) => b.weight - a.weight);
  const standings: Standing[] = given.entries.map(({ id, code }) => {
    const recused = given.judges.filter((j) => given.recusals.some((r) => r.entryId === id && r.judgeId === j));
    const counted = given.scores.filter((s) => s.entryId === id && given.judges.includes(s.judgeId) && !recused.includes(s.judgeId));
    const totals = counted.flatMap((s) => totalOf(given.criteria, s.points) ?? []);
    const ranked = totals.length >= given.least && totals.length > 0;
    return {
      id,
      code,
      totals,
      missing: given.judges.length - recused.length - totals.length,
      recused: recused.length,
      mean: ranked ? meanOf(totals) : null,
      byWeight: heaviest.map((c) => (counted.length === 0 ? 0 : meanOf(counted.map((s) => s.points[c.key] ?? 0)))),
      spread: totals.length === 0 ? 0 : hundredths(Math.max(...totals) - Math.min(...totals)),
    };
  });
  const ranked = standings.filter((s) => s.mean !== null).sort((a, b) => inOrder(a, b) || a.code.localeCompare(b.code));
  const limits = given.awards.map((award, i) => ({
    title: award.title,
    upTo: given.awards.slice(0, i + 1).reduce((n, a) => n + a.places, 0),
  }));
  let place = 0;
  const placed = ranked.map((s, i): ResultRow => {
    const before = ranked[i - 1];
    const tied = before !== undefined && inOrder(before, s) === 0;
    if (!tied) place = i + 1;
    const award = limits.find((l) => place <= l.upTo)?.title ?? null;
    const sameMean = ranked.filter((o) => o !== s && o.mean === s.mean);
    const tie =
      sameMean.length === 0
        ? ''
        : sameMean.some((o) => inOrder(o, s) === 0)
          ? '；与同分作品各项相同，名次并列'
          : '；同分时先比权重高的项，再比评委分差';
    return {
      entryId: s.id,
      code: s.code,
      scores: s.totals.length,
      missing: s.missing,
      recused: s.recused,
      mean: s.mean,
      place,
      award,
      how: `${s.totals.length} 位评委的加权总分平均 ${s.mean}${s.missing === 0 ? '' : `；${s.missing} 位未评，不计入`}${s.recused === 0 ? '' : `；${s.recused} 位回避`}${tie}`,
    };
  });
  const rest = standings
    .filter((s) => s.mean === null)
    .sort((a, b) => a.code.localeCompare(b.code))
    .map(
      (s): ResultRow => ({
        entryId: s.id,
        code: s.code,
        scores: s.totals.length,
        missing: s.missing,
        recused: s.recused,
        mean: null,
        place: null,
        award: null,
        how: `只有 ${s.totals.length} 份评分，少于 ${given.least} 份，不参加排名`,
      }),
    );
  return [...placed, ...rest];
};

/** Whether a competition may go on so, beside the table of moves. */
export const movingVerdict = (facts: {
  readonly status: CompetitionStatus;
  readonly move: CompetitionMove;
  readonly today: string;
  readonly scoreBy: string;
  readonly noticeUntil: string | null;
  readonly undecided: number;
  readonly eligible: number;
  /** Eligible entries with fewer judges left than scores are needed. */
  readonly withoutJudges: number;
  readonly missingScores: number;
  readonly openObjections: number;
  readonly reason: string | undefined;
}): Verdict<
  | 'learning.not-now'
  | 'learning.entries-undecided'
  | 'learning.too-few-judges'
  | 'learning.scores-missing'
  | 'learning.notice-running'
  | 'learning.objections-open'
  | 'learning.reason-missing'
> => {
  if (!moveVerdict(competitionMoves, facts.status, facts.move).ok) return no('learning.not-now', { status: facts.status });
  if ((facts.move === 'rescore' || facts.move === 'cancel') && (facts.reason ?? '').length < 2) return no('learning.reason-missing');
  switch (facts.move) {
    case 'start':
      return firstNo<'learning.entries-undecided' | 'learning.too-few-judges'>(
        facts.undecided === 0 && facts.eligible > 0 ? yes : no('learning.entries-undecided', { undecided: facts.undecided }),
        facts.withoutJudges === 0 ? yes : no('learning.too-few-judges', { entries: facts.withoutJudges }),
      );
    case 'finish':
      // Until the last day everybody may still score.
      return facts.missingScores === 0 || facts.today > facts.scoreBy
        ? yes
        : no('learning.scores-missing', { missing: facts.missingScores, until: facts.scoreBy });
    case 'award':
      return firstNo<'learning.notice-running' | 'learning.objections-open'>(
        facts.noticeUntil !== null && facts.today > facts.noticeUntil ? yes : no('learning.notice-running', { until: facts.noticeUntil }),
        facts.openObjections === 0 ? yes : no('learning.objections-open', { open: facts.openObjections }),
      );
    default:
      return yes;
  }
};
