import { describe, expect, it, test } from 'vitest';
import { addDays, day } from '../shared/day.ts';
import { endStates, reachable } from '../shared/moves.ts';
import { type CaseMove, caseMoves } from './moves.ts';
import { CasesPack } from './pack.ts';
import * as rules from './stageRules.ts';
import { CaseStage, ClosingContent, Goal, HandoverDraft, PlanContent, StageAct } from './stageSchema.ts';
import * as work from './work.ts';

const pack = CasesPack.parse({
  'agreement.guardianBelow': 14,
  'agreement.adultAt': 18,
  'crisis.assessmentDays': 7,
  'followUp.days': 30,
  'pause.longestDays': 90,
});
const today = day('2026-03-05');

/** Which moves start from a stage, written by hand and not taken from the table. */
const LEGAL: Readonly<Record<CaseStage, readonly CaseMove[]>> = {
  intake: ['accept', 'decline', 'refer', 'crisis', 'pause'],
  assessment: ['crisis', 'assess', 'propose-closing', 'pause'],
  planning: ['crisis', 'assess-again', 'draft-plan', 'send-plan', 'propose-closing', 'pause'],
  'plan-signing': ['take-back-plan', 'sign-plan', 'return-plan'],
  intervention: ['assess-again', 'replan', 'evaluate-stage', 'evaluate-closing', 'propose-closing', 'pause'],
  evaluation: ['replan', 'evaluate-closing', 'work-on', 'propose-closing', 'pause'],
  'closing-signing': ['take-back-closing', 'sign-closing', 'return-closing'],
  closed: ['follow-up', 'reopen', 'archive'],
  archived: ['reopen'],
  declined: ['reopen', 'archive'],
  paused: ['resume'],
};
const MOVES = Object.keys(caseMoves) as CaseMove[];

describe('every move from every stage', () => {
  test.each(CaseStage.options.flatMap((stage) => MOVES.map((move) => [stage, move] as const)))('%s: %s', (stage, move) => {
    const verdict = rules.stageAfter(
      { stage, before: stage === 'paused' || stage === 'closing-signing' ? 'planning' : null, accepted: true },
      move,
    );
    expect(verdict.ok).toBe(LEGAL[stage].includes(move));
  });

  it('reaches every stage from intake, and none is an end: even the archive opens again', () => {
    expect([...reachable(caseMoves, 'intake')].sort()).toEqual([...CaseStage.options].sort());
    expect(endStates(caseMoves)).toEqual([]);
  });

  it('goes back to where it came from, and stays where it is assessed again', () => {
    const to = (stage: CaseStage, before: CaseStage | null, move: CaseMove, accepted = true) =>
      rules.stageAfter({ stage, before, accepted }, move).to;
    for (const before of ['intake', 'assessment', 'planning', 'intervention', 'evaluation'] as const)
      expect(to('paused', before, 'resume')).toBe(before);
    expect(to('closing-signing', 'assessment', 'return-closing')).toBe('assessment');
    expect(to('closing-signing', 'evaluation', 'take-back-closing')).toBe('evaluation');
    expect(to('planning', null, 'assess-again')).toBe('planning');
    expect(to('intervention', null, 'assess-again')).toBe('intervention');
    expect(to('closed', null, 'reopen')).toBe('assessment');
    expect(to('declined', null, 'reopen', false)).toBe('intake');
    // A pause that does not know where it came from goes nowhere.
    expect(rules.stageAfter({ stage: 'paused', before: null, accepted: true }, 'resume').ok).toBe(false);
    expect(rules.stageAfter({ stage: 'intake', before: null, accepted: true }, 'constructor' as CaseMove).ok).toBe(false);
  });

  it('is open but for what was declined, closed or archived', () => {
    expect(CaseStage.options.filter((s) => rules.statusOfStage(s) === 'closed').sort()).toEqual(['archived', 'closed', 'declined']);
  });

  it('stands at one of six steps; a pause where it began', () => {
    expect(rules.stepOfStage('plan-signing', null)).toBe('plan');
    expect(rules.stepOfStage('archived', null)).toBe('closing');
    expect(rules.stepOfStage('paused', 'evaluation')).toBe('evaluation');
    expect(rules.stepOfStage('paused', null)).toBe('intake');
  });
});

describe('the agreement', () => {
  it('names who is missing, and does not lie ahead', () => {
    const signer = (w: 'person' | 'guardian', signedOn = '2026-03-05') => ({
      who: w,
      name: '某人',
      relation: '',
      signedOn,
      attachmentId: null,
    });
    const agreement = (...signers: ReturnType<typeof signer>[]) => ({ explained: true as const, signers });
    expect(rules.agreementVerdict(agreement(signer('person')), ['person'], today).ok).toBe(true);
    expect(rules.agreementVerdict(agreement(signer('person')), ['person', 'guardian'], today)).toMatchObject({
      code: 'cases.signature-missing',
      facts: { missing: ['guardian'], changed: [] },
    });
    // By hand on the screen is as good; what was signed in another version is said.
    const byHand = (signed: string[], changed: string[]) =>
      rules.agreementVerdict(agreement(), ['person', 'guardian'], today, { signed, changed });
    expect(byHand(['person', 'guardian'], []).ok).toBe(true);
    expect(byHand(['person'], ['guardian'])).toMatchObject({ facts: { missing: ['guardian'], changed: ['guardian'] } });
    expect(rules.agreementVerdict(agreement(signer('person', '2026-03-06')), ['person'], today)).toMatchObject({
      code: 'cases.signature-in-future',
    });
  });
});

describe('who signs', () => {
  it('is neither the author nor the worker, nor their deputy', () => {
    const paper = { authorId: 'a', workerId: 'w' };
    expect(rules.signerVerdict(paper, ['h']).ok).toBe(true);
    for (const selves of [['a'], ['w'], ['h', 'a'], ['h', 'w']]) expect(rules.signerVerdict(paper, selves).ok).toBe(false);
  });
  it('signs only what waits', () => {
    expect(rules.waitingVerdict('sent').ok).toBe(true);
    for (const status of ['draft', 'returned', 'signed', 'taken-back', 'written'] as const)
      expect(rules.waitingVerdict(status).ok).toBe(false);
  });
});

describe('days', () => {
  it('a plan that ends today may still be sent', () => {
    expect(rules.planVerdict({ endsOn: '2026-03-04' }, today).ok).toBe(false);
    expect(rules.planVerdict({ endsOn: '2026-03-05' }, today).ok).toBe(true);
  });
  it('a pause looks ahead, up to its longest day', () => {
    const at = (n: number) => rules.pauseVerdict(addDays(today, n), today, pack);
    expect([at(-1).ok, at(0).ok, at(1).ok, at(90).ok, at(91).ok]).toEqual([false, false, true, true, false]);
    expect(at(91)).toMatchObject({ code: 'cases.pause-too-long', facts: { latest: '2026-06-03' } });
  });
  it('a follow-up lies between the closing and today, the next one ahead', () => {
    const visit = (happenedOn: string, nextOn: string | null = null) => rules.followUpVerdict({ happenedOn, nextOn }, '2026-03-01', today);
    expect([visit('2026-02-28').ok, visit('2026-03-01').ok, visit('2026-03-05').ok, visit('2026-03-06').ok]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([visit('2026-03-05', '2026-03-05').ok, visit('2026-03-05', '2026-03-06').ok]).toEqual([false, true]);
    expect(rules.followUpVerdict({ happenedOn: '2020-01-01', nextOn: null }, null, today).ok).toBe(true);
  });
  it('the assessment after a crisis is owed across the end of a month', () => {
    expect(rules.assessmentDueOn(day('2026-02-26'), pack)).toBe('2026-03-05');
    expect(rules.assessmentDueOn(day('2024-02-26'), pack)).toBe('2024-03-04');
  });
  it('what has a follow-up ahead is not archived', () => {
    expect(rules.archiveVerdict(null).ok).toBe(true);
    expect(rules.archiveVerdict('2026-03-06').ok).toBe(false);
  });
});

describe('closing', () => {
  const facts = {
    kind: 'achieved',
    stage: 'evaluation',
    evaluated: true,
    assessmentOwed: false,
    openRequests: 0,
    openAlarms: 0,
    followUpOn: null,
    today,
  } as const;
  const code = (more: object) => {
    const verdict = rules.closingVerdict({ ...facts, ...more });
    return verdict.ok ? 'yes' : verdict.code;
  };
  it('as reached needs the evaluation; other kinds do not', () => {
    expect(code({})).toBe('yes');
    expect(code({ evaluated: false })).toBe('cases.goals-not-evaluated');
    expect(code({ stage: 'intervention' })).toBe('cases.goals-not-evaluated');
    for (const kind of ['wished', 'referred', 'moved', 'died', 'lost', 'other'])
      expect(code({ kind, stage: 'assessment', evaluated: false })).toBe('yes');
  });
  it('waits for what is owed, but not of somebody who died or cannot be found', () => {
    expect(code({ assessmentOwed: true })).toBe('cases.assessment-owed');
    expect(code({ assessmentOwed: true, kind: 'wished' })).toBe('cases.assessment-owed');
    expect([code({ assessmentOwed: true, kind: 'died' }), code({ assessmentOwed: true, kind: 'lost' })]).toEqual(['yes', 'yes']);
  });
  it('waits for running requests, and follows up after today', () => {
    expect(code({ openRequests: 1 })).toBe('cases.request-live');
    // A danger comes first, and no kind of closing passes it by.
    expect(code({ openAlarms: 1, openRequests: 1 })).toBe('cases.alarm-open');
    for (const kind of ['wished', 'referred', 'moved', 'died', 'lost', 'other', 'achieved'])
      expect(code({ kind, openAlarms: 1 })).toBe('cases.alarm-open');
    expect(rules.closableVerdict({ openAlarms: 2, openRequests: 0 })).toMatchObject({ facts: { count: 2 } });
    expect(code({ followUpOn: '2026-03-05' })).toBe('cases.day-past');
    expect(code({ followUpOn: '2026-03-06' })).toBe('yes');
  });
  it('as referred says where to', () => {
    const content = { kind: 'referred', summary: '已联系好', review: '', referredTo: null, followUpOn: null };
    expect(ClosingContent.safeParse(content).success).toBe(false);
    expect(ClosingContent.safeParse({ ...content, referredTo: '区医院' }).success).toBe(true);
  });
});

describe('goals', () => {
  const up = { key: 'g1', text: '到校', indicator: '每周到校', unit: '天', baseline: 0, target: 5, direction: 'up' as const };
  const down = { ...up, key: 'g2', baseline: 8000, target: 3000, direction: 'down' as const };
  it('get better in their direction', () => {
    expect(Goal.safeParse(up).success).toBe(true);
    expect(Goal.safeParse({ ...up, target: 0 }).success).toBe(false);
    expect(Goal.safeParse({ ...up, direction: 'down' }).success).toBe(false);
    expect(Goal.safeParse(down).success).toBe(true);
    expect(Goal.safeParse({ ...down, target: 8001 }).success).toBe(false);
  });
  test.each([
    [up, 0, 0, false],
    [up, 4, 80, false],
    [up, 4.99, 99, false],
    [up, 5, 100, true],
    [up, 6, 100, true],
    [up, -3, 0, false],
    [down, 8000, 0, false],
    [down, 3001, 99, false],
    [down, 3000, 100, true],
    [down, 2000, 100, true],
    [down, 9000, 0, false],
  ])('%# reach %s percent', (goal, now, percent, reached) => expect(rules.goalProgress(goal, now)).toEqual({ percent, reached }));
  it('that were not measured have no progress', () => expect(rules.goalProgress(up, null)).toBeNull());
  it('are all spoken of, and no other', () => {
    const said = (...keys: string[]) =>
      rules.measuresVerdict(
        [up, down],
        keys.map((key) => ({ key })),
      ).ok;
    expect([said('g1', 'g2'), said('g2', 'g1'), said('g1'), said('g1', 'g2', 'g3'), said('g1', 'g3')]).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
    expect(rules.measuresVerdict([], []).ok).toBe(true);
  });
  it('of a plan have keys of their own, and the plan ends after it begins', () => {
    const plan = { aim: '安定', goals: [up, down], methods: '面谈', frequency: '每周', startsOn: '2026-03-05', endsOn: '2026-03-05' };
    expect(PlanContent.safeParse(plan).success).toBe(true);
    expect(PlanContent.safeParse({ ...plan, goals: [up, up] }).success).toBe(false);
    expect(PlanContent.safeParse({ ...plan, goals: [] }).success).toBe(false);
    expect(PlanContent.safeParse({ ...plan, endsOn: '2026-03-04' }).success).toBe(false);
  });
});

describe('intake', () => {
  const decision = {
    move: 'decide-intake',
    version: 1,
    source: 'self',
    asker: '',
    guardian: null,
    urgency: 'ordinary',
    problem: '欠薪',
    referredTo: null,
  };
  test.each([
    ['accept', '', true],
    ['decline', '', false],
    ['decline', '不在范围', true],
    ['crisis', '', false],
    ['refer', '需住院', false],
  ])('%s with the reason “%s”', (kind, reason, fits) =>
    expect(StageAct.safeParse({ ...decision, decision: kind, reason }).success).toBe(fits),
  );
  it('refers to somewhere', () =>
    expect(StageAct.safeParse({ ...decision, decision: 'refer', reason: '需住院', referredTo: '区医院' }).success).toBe(true));
});

describe('handing over', () => {
  const facts = { stage: 'intervention', isWorker: false, ofStation: true, running: false } as const;
  const code = (more: object) => {
    const verdict = rules.handoverVerdict({ ...facts, ...more });
    return verdict.ok ? 'yes' : verdict.code;
  };
  it('goes to another worker of the station, once, and not out of the archive', () => {
    expect([code({}), code({ isWorker: true }), code({ ofStation: false }), code({ running: true }), code({ stage: 'archived' })]).toEqual([
      'yes',
      'cases.handover-same',
      'cases.handover-other-station',
      'cases.handover-running',
      'cases.archived',
    ]);
  });
  it('is of one case or of a caseload, and at once only of a caseload', () => {
    const id = '019e8b35-8100-7022-af7a-fb8244a19b44';
    const draft = { caseId: id, fromId: null, toId: id, cause: 'leave', reason: '产假', mayRead: [], atOnce: false };
    expect(HandoverDraft.safeParse(draft).success).toBe(true);
    expect(HandoverDraft.safeParse({ ...draft, fromId: id }).success).toBe(false);
    expect(HandoverDraft.safeParse({ ...draft, caseId: null }).success).toBe(false);
    expect(HandoverDraft.safeParse({ ...draft, atOnce: true }).success).toBe(false);
    expect(HandoverDraft.safeParse({ ...draft, caseId: null, fromId: id, atOnce: true }).success).toBe(true);
  });
});

describe('the next act', () => {
  const base = { hasDraft: false, hasPlan: true, assessmentOwed: false, nextFollowUpOn: null };
  test.each<[CaseStage, object, string | null]>([
    ['intake', {}, 'decide-intake'],
    ['assessment', {}, 'assess'],
    ['planning', {}, 'draft-plan'],
    ['planning', { hasDraft: true }, 'send-plan'],
    ['plan-signing', {}, null],
    ['intervention', {}, 'note'],
    ['intervention', { assessmentOwed: true }, 'assess'],
    ['intervention', { hasPlan: false }, 'replan'],
    ['evaluation', {}, 'propose-closing'],
    ['closing-signing', {}, null],
    ['closed', {}, 'archive'],
    ['closed', { nextFollowUpOn: '2026-04-01' }, 'follow-up'],
    ['archived', {}, null],
    ['declined', {}, 'archive'],
    ['paused', {}, 'resume'],
  ])('at %s with %o is %s', (stage, more, expected) => expect(rules.nextStageAct({ ...base, stage, ...more })).toBe(expected));
  it('is among those that may be done', () => {
    for (const stage of CaseStage.options)
      for (const hasDraft of [true, false])
        for (const nextFollowUpOn of [null, '2026-04-01']) {
          const next = rules.nextStageAct({ ...base, stage, hasDraft, nextFollowUpOn });
          if (next !== null && next !== 'note') expect(rules.stageActs({ stage, hasDraft, hasPlan: true, nextFollowUpOn })).toContain(next);
        }
  });
});

describe('what came of work', () => {
  const none = { outcome: 'not-employed', onDay: null, place: null, says: '' } as const;
  const job = { outcome: 'flexible', onDay: '2026-02-10', place: 'sheltered', says: '' } as const;
  const code = (v: { ok: true } | { ok: false; code: string }) => (v.ok ? 'yes' : v.code);
  test.each([
    [{ serviceDomain: 'elder', helpFields: ['law'], goals: [{}] }, 'no'],
    [{ serviceDomain: 'elder', helpFields: ['employment'], goals: [] }, 'may'],
    [{ serviceDomain: 'disability', helpFields: [], goals: [{ work: false }] }, 'may'],
    [{ serviceDomain: 'relief', helpFields: [], goals: [] }, 'may'],
    [{ serviceDomain: 'elder', helpFields: [], goals: [{}, { work: true }] }, 'must'],
  ] as const)('%j is asked: %s', (of, asked) => expect(work.workAsked(of)).toBe(asked));
  test.each([
    ['must', 'achieved', null, 'cases.work-missing'],
    ['must', 'died', null, 'yes'],
    ['must', 'lost', null, 'yes'],
    ['must', 'achieved', none, 'yes'],
    ['may', 'achieved', null, 'yes'],
    ['may', 'achieved', job, 'yes'],
    ['may', 'achieved', { ...job, onDay: '2026-03-06' }, 'cases.work-in-future'],
    ['no', 'achieved', null, 'yes'],
    ['no', 'achieved', none, 'cases.work-not-asked'],
  ] as const)('a closing that %s say, as %s, with %j: %s', (asked, kind, found, expected) =>
    expect(code(work.workFoundVerdict(found, { asked, kind, today }))).toBe(expected),
  );
  const before = { outcome: 'flexible', onDay: '2026-02-10', place: 'sheltered', seenOn: '2026-03-05' } as const;
  const holds = { holds: 'holds', outcome: null, onDay: null, place: null, says: '' } as const;
  test.each([
    [null, before, 'yes'],
    [holds, before, 'yes'],
    [holds, null, 'cases.work-holds'],
    [{ ...none, holds: null }, before, 'cases.work-holds'],
    [{ ...none, holds: 'ended' }, before, 'yes'],
    [{ ...job, holds: 'changed', onDay: '2026-04-01' }, before, 'yes'],
    [{ ...job, holds: 'changed', onDay: '2026-02-09' }, before, 'cases.work-holds'],
    [{ ...job, holds: 'changed', onDay: '2026-04-06' }, before, 'cases.work-in-future'],
    [{ ...job, holds: null }, { ...before, outcome: 'training' }, 'yes'],
    [{ ...job, holds: null }, null, 'yes'],
    [holds, { ...before, seenOn: '2026-04-06' }, 'cases.work-holds'],
    [null, { ...before, seenOn: '2026-04-06' }, 'yes'],
  ] as const)('a follow-up with %j after %j: %s', (checked, was, expected) =>
    expect(code(work.workCheckedVerdict(checked, { asked: 'may', before: was, happenedOn: '2026-04-05' }))).toBe(expected),
  );
  it('is not asked again of who was never asked', () =>
    expect(code(work.workCheckedVerdict({ ...none, holds: null }, { asked: 'no', before: null, happenedOn: today }))).toBe(
      'cases.work-not-asked',
    ));
  test.each([
    [job, true],
    [{ ...job, onDay: null }, false],
    [{ ...job, place: null }, false],
    [none, true],
    [{ ...none, place: 'enterprise' }, false],
    [{ ...none, outcome: 'training' }, false],
  ])('a closing with %j fits the form: %s', (found, fits) => expect(work.WorkFound.safeParse(found).success).toBe(fits));
  test.each([
    [holds, true],
    [{ ...holds, outcome: 'flexible' }, false],
    [{ ...none, holds: 'ended' }, true],
    [{ ...job, holds: 'ended' }, false],
    [{ ...none, holds: 'changed' }, false],
    [{ ...holds, holds: null }, false],
  ])('a follow-up with %j fits the form: %s', (checked, fits) => expect(work.WorkChecked.safeParse(checked).success).toBe(fits));
  test.each([
    ['2026-01-31', '2026-02-28', 1],
    ['2026-01-31', '2026-02-27', 0],
    ['2026-03-05', '2026-09-05', 6],
    ['2026-03-05', '2026-03-04', 0],
  ])('from %s to %s there are %i whole months', (from, to, months) => expect(work.wholeMonths(day(from), day(to))).toBe(months));
  it('that holds stands as it was', () => {
    expect(work.workAfter(holds, before)).toEqual({ outcome: 'flexible', onDay: '2026-02-10', place: 'sheltered' });
    expect(work.workAfter({ ...none, holds: 'ended' }, before)).toEqual({ outcome: 'not-employed', onDay: null, place: null });
  });
});
