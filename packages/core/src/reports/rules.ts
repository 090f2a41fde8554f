import { moveVerdict } from '../shared/moves.ts';
import { firstNo, no, type Verdict, yes } from '../shared/verdict.ts';
import { type ReportMove, reportMoves } from './moves.ts';
import type { Standing } from './policy.ts';
import type { EntryDraft, EntryKind, ReportAct, ReportStatus } from './schema.ts';

/** Why an act on a report is refused. */
export type ReportRefusal =
  | 'reports.moved-on'
  | 'reports.second-person'
  | 'reports.supervisor-signs'
  | 'reports.incomplete'
  | 'reports.over'
  | 'reports.in-future'
  | 'reports.acknowledged';

/** What of a report decides who may do what. */
export type ReportFacts = {
  readonly status: ReportStatus;
  readonly acknowledged: boolean;
  readonly hasSupervisor: boolean;
  /** Whether the one who asks proposed what waits for a second person. */
  readonly proposedByMe: boolean;
  readonly standings: readonly Standing[];
};

/** Whole minutes from the discovery to the police report, or until now; a clock that was set forward counts as none. */
export const minutesToReport = (discoveredAt: string, reportedAt: string | null, now: string): number =>
  Math.max(0, Math.floor((Date.parse(reportedAt ?? now) - Date.parse(discoveredAt)) / 60_000));

/** The entries without which a report is not closed: police told, authority told, police heard, child followed up. */
const NEEDED: readonly EntryKind[] = ['police', 'authority', 'feedback', 'placement', 'follow-up'];

/** What is missing before a report may be closed, in the order of the work. */
export const closingGaps = (kinds: readonly EntryKind[]): EntryKind[] => NEEDED.filter((kind) => !kinds.includes(kind));

const over = (status: ReportStatus): boolean => status === 'closed' || status === 'not-applicable';

/** Whether a moment that people give lies behind them; a minute is allowed for clocks that differ. */
export const pastVerdict = (at: string | null, now: string): Verdict<'reports.in-future'> =>
  at !== null && Date.parse(at) > Date.parse(now) + 60_000 ? no('reports.in-future') : yes;

/** Somebody who keeps the report. The reporter is none, even as the station's head. */
export const keeps = (standings: readonly Standing[]): boolean => !standings.includes('reporter') && standings.length > 0;

const from = (facts: ReportFacts, move: ReportMove): Verdict<'reports.moved-on'> =>
  moveVerdict(reportMoves, facts.status, move).ok ? yes : no('reports.moved-on', { status: facts.status });

/** A keeper, not the reporter, says that the report has arrived; once. */
export const acknowledgeVerdict = (facts: ReportFacts): Verdict<ReportRefusal> => {
  if (facts.acknowledged) return no('reports.acknowledged');
  return firstNo<ReportRefusal>(from(facts, 'acknowledge'), keeps(facts.standings) ? yes : no('reports.second-person'));
};

/** What the reporter may add besides the keepers: whom was told, and what came to mind. */
const OF_REPORTER: readonly EntryDraft['kind'][] = ['addition', 'police', 'authority'];

/** Whether an entry may be added. A report that is over is complete. */
export const entryVerdict = (facts: ReportFacts, kind: EntryDraft['kind']): Verdict<ReportRefusal> => {
  if (over(facts.status)) return no('reports.over');
  if (kind === 'feedback' && facts.status !== 'reported' && facts.status !== 'following')
    return no('reports.moved-on', { status: facts.status });
  return keeps(facts.standings) || OF_REPORTER.includes(kind) ? yes : no('reports.second-person');
};

/** "Does not belong to the nine" needs a reason; not of the reporter alone, and not after the police were told. */
export const disputeVerdict = (facts: ReportFacts): Verdict<ReportRefusal> =>
  firstNo<ReportRefusal>(from(facts, 'dispute'), keeps(facts.standings) ? yes : no('reports.second-person'));

/** Signed by the supervisor, or by the centre where there is none; never by who proposed it, never by the reporter. */
export const signOffVerdict = (facts: ReportFacts): Verdict<ReportRefusal> =>
  firstNo<ReportRefusal>(
    from(facts, 'signOff'),
    facts.proposedByMe || facts.standings.includes('reporter') ? no('reports.second-person') : yes,
    facts.standings.includes('supervisor') || (!facts.hasSupervisor && facts.standings.includes('centre'))
      ? yes
      : no('reports.supervisor-signs'),
  );

/** Closing is proposed once everything is there. The reporter may propose it and cannot confirm it. */
export const proposeClosingVerdict = (facts: ReportFacts, kinds: readonly EntryKind[]): Verdict<ReportRefusal> => {
  const missing = closingGaps(kinds);
  return firstNo<ReportRefusal>(from(facts, 'proposeClosing'), missing.length === 0 ? yes : no('reports.incomplete', { missing }));
};

/** A second person closes: neither who proposed it nor the reporter. */
export const decideClosingVerdict = (facts: ReportFacts): Verdict<ReportRefusal> =>
  firstNo<ReportRefusal>(from(facts, 'confirmClosing'), facts.proposedByMe || !keeps(facts.standings) ? no('reports.second-person') : yes);

/** The buttons of somebody. */
export const actsOf = (facts: ReportFacts, kinds: readonly EntryKind[]): ReportAct[] => {
  const keeper = keeps(facts.standings);
  const acts: [ReportAct, boolean][] = [
    ['acknowledge', acknowledgeVerdict(facts).ok],
    ['add', entryVerdict(facts, 'addition').ok],
    ['keep', keeper && !over(facts.status)],
    ['dispute', disputeVerdict(facts).ok],
    ['decide-dispute', signOffVerdict(facts).ok],
    ['propose-closing', proposeClosingVerdict(facts, kinds).ok],
    ['decide-closing', decideClosingVerdict(facts).ok],
    ['print', keeper],
  ];
  return acts.flatMap(([act, may]) => (may ? [act] : []));
};
