import { movesFrom } from '../shared/moves.ts';
import { type AppealMove, appealMoves } from './moves.ts';
import type { AppealStatus } from './schema.ts';

/** Length of the receipt code: 53 bits, and a lock that opens twelve times a minute. */
export const CODE_DIGITS = 16;

/** A code as people read it: groups of four. */
export const spacedCode = (code: string): string => code.replace(/(\d{4})(?=\d)/g, '$1 ');

/** What one may do with an appeal that one sees. */
export const appealActs = (facts: {
  readonly status: AppealStatus;
  /** Whether the person has it in hand. */
  readonly own: boolean;
  /** Worker of the station, or of the centre where the centre answers itself. */
  readonly takes: boolean;
  /** Head of the station. */
  readonly heads: boolean;
  /** May open cases: a worker. */
  readonly opensCases: boolean;
  /** Of the centre, which sees to it that every appeal has a place. */
  readonly places: boolean;
}): (AppealMove | 'unmask' | 'link')[] => {
  const from = new Set(movesFrom(appealMoves, facts.status));
  const acts: (AppealMove | 'unmask' | 'link')[] = [];
  if (from.has('take') && facts.takes) acts.push('take');
  if (from.has('assign') && facts.heads) acts.push('assign');
  if (from.has('open') && facts.own && facts.opensCases) acts.push('open', 'link');
  if (from.has('answer') && facts.own) acts.push('answer', 'hand', 'release');
  if (from.has('pass') && (facts.own || facts.heads || facts.places || facts.takes)) acts.push('pass');
  if (facts.own || facts.heads || facts.takes) acts.push('unmask');
  return acts;
};

/** What the teller of a clue may do: add to it while somebody works on it or will, take it back while nothing is final, and say once that they went along, after somebody took it over. */
export const clueActs = (status: AppealStatus, accompaniedOn: string | null): ('add' | 'withdraw' | 'accompanied')[] => [
  ...(status === 'waiting' || status === 'taken' || status === 'opened' ? (['add'] as const) : []),
  ...(movesFrom(appealMoves, status).includes('withdraw') ? (['withdraw'] as const) : []),
  ...(status !== 'waiting' && status !== 'withdrawn' && accompaniedOn === null ? (['accompanied'] as const) : []),
];

/** Whether a code still shows its appeal: until so many days after it ended. */
export const codeAnswers = (endedAt: string | null, now: string, seenDays: number): boolean =>
  endedAt === null || Date.parse(now) - Date.parse(endedAt) <= seenDays * 86_400_000;

type Station = { readonly id: string; readonly tier: string; readonly divisionId: string; readonly divisionPath: string };

const nearest = ['street-station', 'community-room', 'district-station'];

/** The station that answers for a street: the street's own before a room of a community in it; of several the oldest. Null: the centre. */
export const stationOfStreet = (street: { readonly id: string; readonly path: string }, stations: readonly Station[]): string | null => {
  const inside = stations.filter((s) => s.divisionPath.startsWith(street.path) && nearest.includes(s.tier));
  const rank = (s: Station) => nearest.indexOf(s.tier);
  return [...inside].sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))[0]?.id ?? null;
};
