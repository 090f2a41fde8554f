import { describe, expect, test } from 'vitest';
import { diagram, endStates, moves, movesFrom, moveVerdict, reachable } from './moves.ts';

type State = 'draft' | 'waiting' | 'needs-information' | 'done' | 'lost';
type Move = 'submit' | 'ask' | 'answer' | 'finish';
const table = moves<State, Move>({
  submit: { from: ['draft'], to: 'waiting' },
  ask: { from: ['waiting'], to: 'needs-information' },
  answer: { from: ['needs-information'], to: ['waiting', 'done'] },
  finish: { from: ['waiting'], to: 'done' },
});

describe('moveVerdict', () => {
  test.each([
    ['draft', 'submit', undefined, true],
    ['waiting', 'submit', undefined, 'move.not-from-here'],
    ['done', 'finish', undefined, 'move.not-from-here'],
    ['needs-information', 'answer', 'done', true],
    ['needs-information', 'answer', 'draft', 'move.not-to-there'],
    ['draft', 'constructor', undefined, 'move.unknown'],
    ['draft', '', undefined, 'move.unknown'],
  ] as const)('%s --%s--> %s: %s', (state, move, to, expected) => {
    const verdict = moveVerdict(table, state, move as Move, to);
    expect(verdict.ok ? true : verdict.code).toBe(expected);
  });
  test('names the states from which the move starts', () => {
    expect(moveVerdict(table, 'done', 'finish')).toEqual({
      ok: false,
      code: 'move.not-from-here',
      facts: { move: 'finish', state: 'done', from: ['waiting'] },
    });
  });
});

describe('the table as a whole', () => {
  test('moves from a state', () => {
    expect(movesFrom(table, 'waiting')).toEqual(['ask', 'finish']);
    expect(movesFrom(table, 'done')).toEqual([]);
  });
  test('reachable states leave out the one that no move enters', () => {
    expect([...reachable(table, 'draft')]).toEqual(['draft', 'waiting', 'needs-information', 'done']);
    expect(reachable(table, 'lost')).toEqual(new Set(['lost']));
  });
  test('ends', () => expect(endStates(table)).toEqual(['done']));
  test('diagram: hyphens are aliased, every edge is drawn', () => {
    const text = diagram(table, { start: 'draft', labels: { submit: '提交', draft: '草稿' } });
    expect(text).toContain('state "草稿" as draft');
    expect(text).toContain('state "needs-information" as needs_information');
    expect(text).toContain('[*] --> draft');
    expect(text).toContain('draft --> waiting: 提交');
    expect(text).toContain('needs_information --> done: answer');
    expect(text).toContain('done --> [*]');
    expect(text.split('\n').filter((line) => / --> \w+: /.test(line))).toHaveLength(5);
  });
});
