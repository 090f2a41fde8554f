import type { MoveTable } from '../shared/moves.ts';
import { moves } from '../shared/moves.ts';
import type { ResponseKind, ResponseMove, ResponseStatus } from './schema.ts';

type S<T extends ResponseStatus> = T;
type M<T extends ResponseMove> = T;

/** 转介: the receiver answers; what came back may be sent elsewhere. */
export const transferMoves = moves<
  S<'sent' | 'accepted' | 'returned' | 'done' | 'withdrawn'>,
  M<'accept' | 'return' | 'redirect' | 'finish' | 'withdraw'>
>({
  accept: { from: ['sent'], to: 'accepted' },
  return: { from: ['sent', 'accepted'], to: 'returned' },
  redirect: { from: ['returned'], to: 'sent' },
  finish: { from: ['accepted'], to: 'done' },
  withdraw: { from: ['sent', 'returned'], to: 'withdrawn' },
});

/** 督导: supervisor and worker both sign; a correction takes every signature away. */
export const supervisionMoves = moves<
  S<'written' | 'half-signed' | 'questioned' | 'signed' | 'withdrawn'>,
  M<'sign' | 'question' | 'correct' | 'withdraw'>
>({
  sign: { from: ['written', 'half-signed'], to: ['half-signed', 'signed'] },
  question: { from: ['written', 'half-signed'], to: 'questioned' },
  correct: { from: ['written', 'half-signed', 'questioned'], to: 'written' },
  withdraw: { from: ['written', 'questioned'], to: 'withdrawn' },
});

/** 研讨: planned, held with minutes, concluded. */
export const seminarMoves = moves<S<'planned' | 'held' | 'concluded' | 'withdrawn'>, M<'hold' | 'conclude' | 'withdraw'>>({
  hold: { from: ['planned'], to: 'held' },
  conclude: { from: ['held'], to: 'concluded' },
  withdraw: { from: ['planned'], to: 'withdrawn' },
});

/** 资源链接: asked, promised, provided, and what the recipient says of it. */
export const resourceMoves = moves<
  S<'asked' | 'promised' | 'provided' | 'declined' | 'closed' | 'withdrawn'>,
  M<'promise' | 'decline' | 'provide' | 'feedback' | 'withdraw'>
>({
  promise: { from: ['asked'], to: 'promised' },
  decline: { from: ['asked', 'promised'], to: 'declined' },
  provide: { from: ['asked', 'promised'], to: 'provided' },
  feedback: { from: ['provided'], to: 'closed' },
  withdraw: { from: ['asked', 'promised'], to: 'withdrawn' },
});

/** The table of each kind and the state in which its life begins. */
export const responseMoves: Readonly<
  Record<ResponseKind, { readonly start: ResponseStatus; readonly table: MoveTable<ResponseStatus, ResponseMove> }>
> = {
  transfer: { start: 'sent', table: transferMoves as never },
  supervision: { start: 'written', table: supervisionMoves as never },
  seminar: { start: 'planned', table: seminarMoves as never },
  'resource-link': { start: 'asked', table: resourceMoves as never },
};
