import type { Actor } from '../identity/schema.ts';
import { movesFrom, moveVerdict } from '../shared/moves.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import type { LineKind } from '../support/schema.ts';
import { responseMoves } from './moves.ts';
import type { ResponseKind, ResponseMove, ResponseStatus } from './schema.ts';

/** Facts of a record that decide who may do what. */
export type ResponseFacts = {
  readonly kind: ResponseKind;
  readonly status: ResponseStatus;
  readonly holderId: string | null;
  readonly authorId: string;
  /** Receiver of a transfer, supervisor of a supervision. */
  readonly toId: string | null;
  readonly workerId: string | null;
  readonly supervisorSignedAt: string | null;
  readonly workerSignedAt: string | null;
};

/** The record that a line keeps; a conference has rooms of its own. */
export const kindOfLine = (kind: LineKind): ResponseKind | null =>
  kind === 'referral' ? 'transfer' : kind === 'resource' ? 'resource-link' : kind === 'conference' ? null : kind;

/** A new record fits the line: the line is open, and of the same kind. */
export const openingVerdict = (
  line: { readonly kind: LineKind; readonly status: string },
  kind: ResponseKind,
): Verdict<'support.line-over' | 'responses.other-kind'> => {
  if (line.status !== 'open') return no('support.line-over');
  return kindOfLine(line.kind) === kind ? yes : no('responses.other-kind', { kind: line.kind });
};

/** Whole minutes from start to end of the same day; null when the end is not later. */
export const minutesBetween = (startsAt: string, endsAt: string): number | null => {
  const at = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
  const minutes = at(endsAt) - at(startsAt);
  return minutes > 0 ? minutes : null;
};

/** A session that is recorded has taken place, and ended after it began. */
export const sessionVerdict = (
  session: { readonly heldOn: string; readonly startsAt: string; readonly endsAt: string },
  today: string,
): Verdict<'responses.date-future' | 'responses.times-backwards'> => {
  if (session.heldOn > today) return no('responses.date-future', { day: session.heldOn });
  return minutesBetween(session.startsAt, session.endsAt) === null ? no('responses.times-backwards') : yes;
};

/** The supervisor of a session is the line's holder, and nobody supervises the own work. */
export const supervisorVerdict = (
  holderId: string | null,
  workerId: string,
): Verdict<'responses.line-without-supervisor' | 'responses.own-supervisor'> => {
  if (holderId === null) return no('responses.line-without-supervisor');
  return holderId === workerId ? no('responses.own-supervisor') : yes;
};

/** Nobody hands a case to oneself, and what came back goes elsewhere. */
export const receiverVerdict = (facts: {
  readonly toId: string;
  readonly senderId: string;
  readonly returnedBy: string | null;
}): Verdict<'responses.receiver-is-sender' | 'responses.same-receiver'> => {
  if (facts.toId === facts.senderId) return no('responses.receiver-is-sender');
  return facts.toId === facts.returnedBy ? no('responses.same-receiver') : yes;
};

const RECEIVERS: readonly ResponseMove[] = ['accept', 'return', 'finish'];
const SIGNERS: readonly ResponseMove[] = ['sign', 'question'];

/** Whose step it is: the receiver answers, both sign for themselves, all else is done by author, holder or centre. */
export const turnVerdict = (
  actor: Pick<Actor, 'personId' | 'selves' | 'roles'>,
  facts: ResponseFacts,
  move: ResponseMove,
): Verdict<'responses.not-your-turn' | 'responses.signed-already'> => {
  if (facts.kind === 'transfer' && RECEIVERS.includes(move))
    return facts.toId !== null && actor.selves.includes(facts.toId) ? yes : no('responses.not-your-turn');
  if (SIGNERS.includes(move)) {
    // A signature is one's own: no deputy signs.
    const signedAt = actor.personId === facts.toId ? facts.supervisorSignedAt : facts.workerSignedAt;
    if (actor.personId !== facts.toId && actor.personId !== facts.workerId) return no('responses.not-your-turn');
    return move === 'sign' && signedAt !== null ? no('responses.signed-already') : yes;
  }
  const keeps = actor.roles.includes('centre') || [facts.authorId, facts.holderId].some((p) => p !== null && actor.selves.includes(p));
  return keeps ? yes : no('responses.not-your-turn');
};

/** Whether the record's state allows the move at all. */
export const stepVerdict = (facts: Pick<ResponseFacts, 'kind' | 'status'>, move: ResponseMove): Verdict<'responses.moved-on'> =>
  moveVerdict(responseMoves[facts.kind].table, facts.status, move).ok ? yes : no('responses.moved-on', { status: facts.status });

/** Where a signature leads: half signed after the first, signed after the second. */
export const signedStatus = (facts: Pick<ResponseFacts, 'supervisorSignedAt' | 'workerSignedAt'>): 'half-signed' | 'signed' =>
  facts.supervisorSignedAt !== null && facts.workerSignedAt !== null ? 'signed' : 'half-signed';

/** Who has the next step, by person. */
export const nextOf = (facts: ResponseFacts): string[] => {
  const both = () => [
    ...(facts.supervisorSignedAt === null ? [facts.toId] : []),
    ...(facts.workerSignedAt === null ? [facts.workerId] : []),
  ];
  const next: (string | null)[] =
    facts.status === 'sent' || facts.status === 'accepted'
      ? [facts.toId]
      : facts.status === 'written' || facts.status === 'half-signed'
        ? both()
        : ['returned', 'questioned', 'planned', 'held', 'asked', 'promised', 'provided'].includes(facts.status)
          ? [facts.authorId]
          : [];
  return [...new Set(next.filter((p): p is string => p !== null))];
};

/** The moves open to somebody now, for buttons; the command checks again. */
export const responseActs = (actor: Actor, facts: ResponseFacts): ResponseMove[] =>
  movesFrom(responseMoves[facts.kind].table, facts.status).filter((move) => turnVerdict(actor, facts, move).ok);

/** Who registers what came of a line: its holder, or the centre. */
export const closesLine = (actor: Pick<Actor, 'selves' | 'roles'>, holderId: string | null): boolean =>
  actor.roles.includes('centre') || (holderId !== null && actor.selves.includes(holderId));

const RESULTS: readonly ResponseStatus[] = ['done', 'signed', 'concluded', 'closed'];

/** Whether a record still goes on. */
export const isUnderWay = (status: ResponseStatus): boolean => ![...RESULTS, 'declined', 'withdrawn'].includes(status);

/**
 * A line ends when none of its records is under way. It may end without one: a provider outside the platform writes none here, and the
 * line's own result says what came of it.
 */
export const lineClosingVerdict = (kind: LineKind, records: readonly ResponseStatus[]): Verdict<'responses.record-under-way'> => {
  const open = kindOfLine(kind) === null ? 0 : records.filter(isUnderWay).length;
  return open > 0 ? no('responses.record-under-way', { open }) : yes;
};

/** A receiver reads while it is theirs to answer and after they took it over; what went back or elsewhere is closed to them. */
export const receiverReads = (status: ResponseStatus): boolean => ['sent', 'accepted', 'done'].includes(status);

/** Who reads what, as sentences under the record. */
export const readersOf = (facts: Pick<ResponseFacts, 'kind' | 'status'>): string[] => {
  if (facts.kind !== 'transfer') return ['读得到这份求助内容的人（求助社工、本站站长、支援中心）和支援线的承接人可以读这条记录。'];
  return [
    '发出的一方一直读得到移交清单、回执、退回原因和办理结果；接收方自己建立的个案与记录，发出方读不到。',
    receiverReads(facts.status)
      ? '接收方只读得到选定移交的内容，读不到求助的其他部分。'
      : '这条转介现在不在任何接收方手里，先前的接收方已读不到。',
  ];
};
