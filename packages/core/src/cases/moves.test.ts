import { describe, expect, it, test } from 'vitest';
import { failureSentence } from '../texts/refusals.ts';
import { type CaseMove, caseMoves } from './moves.ts';
import { decidesPapers, movesCases } from './policy.ts';
import * as rules from './stageRules.ts';
import { CaseStage, ClosingKind } from './stageSchema.ts';

type Before = CaseStage | null;
type Row = readonly [from: CaseStage, before: Before, move: CaseMove, to: CaseStage];

/** Where every move leads, written by hand from SM-1 and JX-05 and not taken from the table. */
const LEGAL: readonly Row[] = [
  ['intake', null, 'accept', 'assessment'],
  ['intake', null, 'decline', 'declined'],
  ['intake', null, 'refer', 'declined'],
  ['intake', null, 'crisis', 'intervention'],
  ['intake', null, 'pause', 'paused'],
  ['assessment', null, 'crisis', 'intervention'],
  ['assessment', null, 'assess', 'planning'],
  ['assessment', null, 'propose-closing', 'closing-signing'],
  ['assessment', null, 'pause', 'paused'],
  ['planning', null, 'crisis', 'intervention'],
  ['planning', null, 'assess-again', 'planning'],
  ['planning', null, 'draft-plan', 'planning'],
  ['planning', null, 'send-plan', 'plan-signing'],
  ['planning', null, 'propose-closing', 'closing-signing'],
  ['planning', null, 'pause', 'paused'],
  ['plan-signing', null, 'take-back-plan', 'planning'],
  ['plan-signing', null, 'sign-plan', 'intervention'],
  ['plan-signing', null, 'return-plan', 'planning'],
  ['intervention', null, 'assess-again', 'intervention'],
  ['intervention', null, 'replan', 'planning'],
  ['intervention', null, 'evaluate-stage', 'intervention'],
  ['intervention', null, 'evaluate-closing', 'evaluation'],
  ['intervention', null, 'propose-closing', 'closing-signing'],
  ['intervention', null, 'pause', 'paused'],
  ['evaluation', null, 'replan', 'planning'],
  ['evaluation', null, 'evaluate-closing', 'evaluation'],
  ['evaluation', null, 'work-on', 'intervention'],
  ['evaluation', null, 'propose-closing', 'closing-signing'],
  ['evaluation', null, 'pause', 'paused'],
  ['closing-signing', 'assessment', 'sign-closing', 'closed'],
  ['closing-signing', 'planning', 'sign-closing', 'closed'],
  ['closing-signing', 'intervention', 'sign-closing', 'closed'],
  ['closing-signing', 'evaluation', 'sign-closing', 'closed'],
  ['closing-signing', 'assessment', 'return-closing', 'assessment'],
  ['closing-signing', 'planning', 'return-closing', 'planning'],
  ['closing-signing', 'intervention', 'return-closing', 'intervention'],
  ['closing-signing', 'evaluation', 'return-closing', 'evaluation'],
  ['closing-signing', 'assessment', 'take-back-closing', 'assessment'],
  ['closing-signing', 'planning', 'take-back-closing', 'planning'],
  ['closing-signing', 'intervention', 'take-back-closing', 'intervention'],
  ['closing-signing', 'evaluation', 'take-back-closing', 'evaluation'],
  ['closed', null, 'follow-up', 'closed'],
  ['closed', null, 'reopen', 'assessment'],
  ['closed', null, 'archive', 'archived'],
  ['archived', null, 'reopen', 'assessment'],
  ['declined', null, 'reopen', 'assessment'],
  ['declined', null, 'archive', 'archived'],
  ['paused', 'intake', 'resume', 'intake'],
  ['paused', 'assessment', 'resume', 'assessment'],
  ['paused', 'planning', 'resume', 'planning'],
  ['paused', 'intervention', 'resume', 'intervention'],
  ['paused', 'evaluation', 'resume', 'evaluation'],
];

/** From where a case may have come to stand where it stands. */
const BEFORE: Readonly<Partial<Record<CaseStage, readonly Before[]>>> = {
  'closing-signing': ['assessment', 'planning', 'intervention', 'evaluation'],
  paused: ['intake', 'assessment', 'planning', 'intervention', 'evaluation'],
};
const MOVES = Object.keys(caseMoves) as CaseMove[];
const SIGNATURES: readonly CaseMove[] = ['sign-plan', 'return-plan', 'sign-closing', 'return-closing'];

/** How people stand towards a case, and what each of them may do of the work and of signing: by hand. */
const PEOPLE = {
  承办社工: { stands: { writes: true, heads: false, asked: false, own: true }, works: true, signs: 'no' },
  协办社工: { stands: { writes: true, heads: false, asked: false, own: false }, works: true, signs: 'no' },
  本站站长: { stands: { writes: false, heads: true, asked: false, own: false }, works: false, signs: 'yes' },
  承办的站长: { stands: { writes: true, heads: true, asked: false, own: true }, works: true, signs: 'own' },
  协办并撰写的站长: { stands: { writes: true, heads: true, asked: false, own: true }, works: true, signs: 'own' },
  代理站长的承办社工: { stands: { writes: true, heads: true, asked: true, own: true }, works: true, signs: 'own' },
  送到面前的督导: { stands: { writes: false, heads: false, asked: true, own: false }, works: false, signs: 'yes' },
  自己撰写的督导: { stands: { writes: false, heads: false, asked: true, own: true }, works: false, signs: 'own' },
  没有送到的督导: { stands: { writes: false, heads: false, asked: false, own: false }, works: false, signs: 'no' },
  别站社工: { stands: { writes: false, heads: false, asked: false, own: false }, works: false, signs: 'no' },
  移交以前的承办社工: { stands: { writes: false, heads: false, asked: false, own: true }, works: false, signs: 'no' },
} as const;

describe.each(Object.entries(PEOPLE))('%s', (_name, { stands, works, signs }) => {
  test.each(CaseStage.options)('at %s: every move', (stage) => {
    for (const before of BEFORE[stage] ?? [null])
      for (const move of MOVES) {
        const expected = SIGNATURES.includes(move)
          ? signs === 'own'
            ? 'cases.signer-is-author'
            : signs === 'no'
              ? 'cases.not-theirs'
              : 'stage'
          : works
            ? 'stage'
            : 'cases.not-theirs';
        const may = rules.standingVerdict(move, stands);
        expect([stage, move, may.ok ? 'stage' : may.code]).toEqual([stage, move, expected]);
        if (!may.ok) continue;
        const row = LEGAL.find(([from, b, m]) => from === stage && b === before && m === move);
        const next = rules.stageAfter({ stage, before, accepted: true }, move);
        expect([stage, before, move, next.ok ? next.to : next.code]).toEqual([stage, before, move, row?.[3] ?? 'cases.stage-moved-on']);
      }
  });
});

describe('the table', () => {
  it('has no move that is not written here, and every end of each', () => {
    const ends = (move: CaseMove) => [...new Set(LEGAL.filter(([, , m]) => m === move).map(([, , , to]) => to))].sort();
    for (const move of MOVES) {
      const { from, to } = caseMoves[move];
      expect([move, [...from].sort()]).toEqual([move, [...new Set(LEGAL.filter(([, , m]) => m === move).map(([f]) => f))].sort()]);
      // Declined without ever having been taken on, a case begins anew.
      const expected = move === 'reopen' ? [...ends(move), 'intake'].sort() : ends(move);
      expect([move, [...(typeof to === 'string' ? [to] : to)].sort()]).toEqual([move, expected]);
    }
  });

  it('asks of roles only those who can stand so', () => {
    expect(movesCases.who).toEqual(['worker']);
    expect([...decidesPapers.who].sort()).toEqual(['head', 'supervisor']);
  });

  it('lets no move of the work through at a stage of signing, but taking back', () => {
    for (const stage of ['plan-signing', 'closing-signing'] as const)
      expect(
        MOVES.filter((m) => rules.stageAfter({ stage, before: 'evaluation', accepted: true }, m).ok && !SIGNATURES.includes(m)),
      ).toEqual([stage === 'plan-signing' ? 'take-back-plan' : 'take-back-closing']);
  });

  it('refuses each illegal pair in its own words: the stage, the step and what comes first', () => {
    const said = CaseStage.options.flatMap((stage) =>
      MOVES.filter((move) => !LEGAL.some(([from, , m]) => from === stage && m === move)).map((move) => {
        const verdict = rules.stageAfter({ stage, before: 'planning', accepted: true }, move);
        return verdict.ok ? '' : failureSentence('refused', verdict.code, verdict.facts);
      }),
    );
    expect(said).toHaveLength(11 * 24 - new Set(LEGAL.map(([from, , move]) => `${from} ${move}`)).size);
    expect(new Set(said).size).toBe(said.length);
    for (const sentence of said) expect(sentence).toMatch(/^个案现在是“.+”，不能办“.+”，没有办理。.+。$/);
    expect(failureSentence('refused', 'cases.stage-moved-on', {})).toBe('个案已经到了别的阶段，这一步没有办理。请看新的阶段后再办。');
  });

  it('names every status of a paper that no longer waits', () => {
    const said = (['written', 'draft', 'returned', 'signed', 'taken-back'] as const).map((status) => {
      const verdict = rules.waitingVerdict(status);
      return verdict.ok ? '' : failureSentence('refused', verdict.code, verdict.facts);
    });
    expect(new Set(said).size).toBe(5);
  });

  it('takes the decision at intake at intake only, and the crisis lane there only by a decision', () => {
    for (const stage of CaseStage.options) {
      expect([stage, rules.actVerdict(stage, 'decide-intake', 'crisis').ok]).toEqual([stage, stage === 'intake']);
      expect([stage, rules.actVerdict(stage, 'crisis', 'crisis').ok]).toEqual([stage, stage !== 'intake']);
      expect(rules.actVerdict(stage, 'pause', 'pause').ok).toBe(true);
    }
  });
});

/** Which kinds of closing are possible from where: reached goals are measured first, the dead and the lost are not assessed. */
test.each(
  ClosingKind.options.flatMap((kind) =>
    (['assessment', 'planning', 'intervention', 'evaluation'] as const).flatMap((stage) =>
      [true, false].map((assessmentOwed) => [kind, stage, assessmentOwed] as const),
    ),
  ),
)('closing as %s from %s, assessment owed: %s', (kind, stage, assessmentOwed) => {
  const verdict = rules.closingVerdict({
    kind,
    stage,
    evaluated: stage === 'evaluation',
    assessmentOwed,
    openRequests: 0,
    openAlarms: 0,
    followUpOn: null,
    today: '2026-03-05',
  });
  const expected =
    assessmentOwed && !['died', 'lost'].includes(kind)
      ? 'cases.assessment-owed'
      : kind === 'achieved' && stage !== 'evaluation'
        ? 'cases.goals-not-evaluated'
        : 'yes';
  expect(verdict.ok ? 'yes' : verdict.code).toBe(expected);
});
