import { describe, expect, test } from 'vitest';
import { type Day, day } from '../shared/day.ts';
import type { HelpField } from '../shared/fields.ts';
import {
  availableDays,
  compareScores,
  defaultPanelLimits,
  eligible,
  exclusions,
  type PanelExpert,
  type PanelNeed,
  PanelProposal,
  type PanelScore,
  panelProblem,
  panelProposal,
  passedOver,
  scoreOf,
} from './panel.ts';

// 2026-03-02 is a Monday.
const need: PanelNeed = {
  helpFields: ['law', 'family'],
  askerId: 'asker',
  askerOrganisationId: 'agency',
  concernedIds: ['recipient'],
  window: { from: day('2026-03-03'), to: day('2026-03-05') },
  wishes: { gender: 'female' },
  today: day('2026-03-02'),
};
const expert = (more: Partial<PanelExpert> = {}): PanelExpert => ({
  id: 'a',
  name: '甲',
  gender: 'female',
  helpFields: ['law'],
  organisationId: 'other',
  termFrom: day('2025-01-01'),
  termTo: day('2026-12-31'),
  maxPanelsPerMonth: 4,
  panelsThisMonth: 0,
  weekdays: [1, 2, 3, 4, 5],
  away: [],
  declaredRelations: [],
  supervisedAskerUntil: null,
  active: true,
  ...more,
});
const codes = (more: Partial<PanelExpert>, ask: Partial<PanelNeed> = {}) =>
  exclusions(expert(more), { ...need, ...ask }, defaultPanelLimits).map((x) => x.code);
const d = (text: string): Day => day(text);

describe('who may not be asked', () => {
  test.each([
    ['nobody without a reason', {}, []],
    ['inactive', { active: false }, ['inactive']],
    ['term ended yesterday', { termTo: d('2026-03-01') }, ['not-in-term']],
    ['term ends today, before the window', { termTo: d('2026-03-02') }, ['not-in-term']],
    ['term ends on the first day of the window', { termTo: d('2026-03-03') }, []],
    ['term has no end', { termTo: null }, []],
    ['term begins tomorrow', { termFrom: d('2026-03-03') }, ['not-in-term']],
    ['term begins today', { termFrom: d('2026-03-02') }, []],
    ['the asker', { id: 'asker' }, ['is-asker']],
    ['the asker as a person', { personId: 'asker' }, ['is-asker']],
    ['another person', { personId: 'someone' }, []],
    ['same agency', { organisationId: 'agency' }, ['same-agency']],
    ['no agency', { organisationId: null }, []],
    ['relation to the asker', { declaredRelations: ['x', 'asker'] }, ['declared-relation']],
    ['relation to the agency', { declaredRelations: ['agency'] }, ['declared-relation']],
    ['relation to the recipient', { declaredRelations: ['recipient'] }, ['declared-relation']],
    ['relation to somebody else', { declaredRelations: ['x'] }, []],
    ['supervises the asker', { supervisedAskerUntil: d('2026-12-31') }, ['supervised-asker']],
    ['supervised until one day less than 24 months ago', { supervisedAskerUntil: d('2024-03-03') }, ['supervised-asker']],
    ['supervised until exactly 24 months ago', { supervisedAskerUntil: d('2024-03-02') }, []],
    ['supervised until the 29th of February', { supervisedAskerUntil: d('2024-02-29') }, []],
    ['load one below the limit', { panelsThisMonth: 3 }, []],
    ['load at the limit', { panelsThisMonth: 4 }, ['load-full']],
    ['own limit is lower', { maxPanelsPerMonth: 1, panelsThisMonth: 1 }, ['load-full']],
    ['own limit is higher than the pack allows', { maxPanelsPerMonth: 9, panelsThisMonth: 4 }, ['load-full']],
    ['own limit is zero', { maxPanelsPerMonth: 0 }, ['load-full']],
    ['another field', { helpFields: ['medical' as HelpField] }, ['no-needed-field']],
    ['no field', { helpFields: [] }, ['no-needed-field']],
    ['away over the window', { away: [{ from: d('2026-03-03'), to: d('2026-03-05') }] }, ['away']],
    ['away but for the last day', { away: [{ from: d('2026-03-03'), to: d('2026-03-04') }] }, []],
    ['away on the only weekday', { weekdays: [2], away: [{ from: d('2026-03-03'), to: d('2026-03-03') }] }, ['away']],
    ['no weekday in the window', { weekdays: [1, 5, 6, 7] }, ['no-day']],
    ['no weekdays at all', { weekdays: [] }, ['no-day']],
    [
      'several reasons, in order',
      { active: false, organisationId: 'agency', panelsThisMonth: 4 },
      ['inactive', 'same-agency', 'load-full'],
    ],
  ])('%s', (_, more, expected) => {
    expect(codes(more)).toEqual(expected);
    expect(eligible([expert(more)], need, defaultPanelLimits)).toHaveLength(expected.length === 0 ? 1 : 0);
  });
  test('an asker without an agency conflicts with no expert without one', () => {
    expect(codes({ organisationId: null }, { askerOrganisationId: null })).toEqual([]);
  });
  test('an empty window has no day', () =>
    expect(codes({}, { window: { from: d('2026-03-05'), to: d('2026-03-04') } })).toEqual(['not-in-term']));
  test('months and load come from the pack', () => {
    const strict = { supervisedMonths: 36, maxPanelsPerMonth: 1 };
    expect(exclusions(expert({ supervisedAskerUntil: d('2024-03-02'), panelsThisMonth: 1 }), need, strict)).toEqual([
      { code: 'supervised-asker', facts: { until: '2024-03-02', freeFrom: '2027-03-02' } },
      { code: 'load-full', facts: { panels: 1, most: 1 } },
    ]);
  });
  test('available days', () =>
    expect(availableDays(expert({ weekdays: [3, 4], away: [{ from: d('2026-03-05'), to: d('2026-03-09') }] }), need)).toEqual([
      '2026-03-04',
    ]));
});

describe('the problem', () => {
  test('candidates in the order of ids, needed fields only, once each', () => {
    const problem = panelProblem(
      [
        expert({ id: 'z', helpFields: ['law', 'medical'] }),
        expert({ id: 'b', gender: 'male', panelsThisMonth: 2 }),
        expert({ id: 'c', active: false, helpFields: ['family'] }),
      ],
      { ...need, helpFields: ['law', 'family', 'law'] },
      defaultPanelLimits,
    );
    expect(problem).toEqual({
      fields: ['law'],
      uncovered: ['family'],
      candidates: [
        { id: 'b', covers: ['law'], meetsWishes: false, load: 2 },
        { id: 'z', covers: ['law'], meetsWishes: true, load: 0 },
      ],
    });
    expect(scoreOf(problem, ['b', 'z'])).toEqual({ open: 0, size: 2, wishesMet: 1, load: 2 });
    expect(scoreOf(problem, [])).toEqual({ open: 1, size: 0, wishesMet: 0, load: 0 });
    expect(() => scoreOf(problem, ['c'])).toThrow(RangeError);
  });
  test('without a wish nobody meets one', () => {
    expect(panelProblem([expert()], { ...need, wishes: {} }, defaultPanelLimits).candidates[0]?.meetsWishes).toBe(false);
  });
  test('malformed input is refused', () => {
    expect(() => panelProblem([expert(), expert()], need, defaultPanelLimits)).toThrow(RangeError);
    expect(() => panelProblem([expert({ panelsThisMonth: 0.5 })], need, defaultPanelLimits)).toThrow(RangeError);
  });
  const score = (open: number, size: number, wishesMet: number, load: number): PanelScore => ({ open, size, wishesMet, load });
  test.each([
    [score(0, 9, 0, 9), score(1, 1, 9, 0)],
    [score(0, 2, 0, 9), score(0, 3, 3, 0)],
    [score(0, 2, 1, 9), score(0, 2, 0, 0)],
    [score(0, 2, 1, 3), score(0, 2, 1, 4)],
  ])('%j is better than %j', (better, worse) => {
    expect(compareScores(better, worse)).toBeLessThan(0);
    expect(compareScores(worse, better)).toBeGreaterThan(0);
  });
  test.each([
    [score(0, 3, 2, 0), 'panel-would-be-larger'],
    [score(0, 2, 0, 0), 'wish-lost'],
    [score(0, 2, 1, 2), 'load-worse'],
    [score(0, 2, 1, 1), 'equal-tie-broken'],
  ])('forced to %j: %s', (withExpert, code) => expect(passedOver(score(0, 2, 1, 1), withExpert).code).toBe(code));
  test('a forced panel that is better, or leaves a field open, shows a broken solver', () => {
    expect(() => passedOver(score(0, 2, 1, 1), score(0, 2, 1, 0))).toThrow(RangeError);
    expect(() => passedOver(score(0, 2, 1, 1), score(1, 2, 1, 1))).toThrow(RangeError);
  });
});

describe('the proposal', () => {
  const experts = [
    expert({ id: 'a', helpFields: ['law', 'economy'], weekdays: [2, 3] }),
    expert({ id: 'b', helpFields: ['family'], gender: 'male', weekdays: [3, 4] }),
    expert({ id: 'c', helpFields: ['law'], gender: 'male', panelsThisMonth: 3 }),
    expert({ id: 'e', organisationId: 'agency', active: false }),
  ];
  const problem = panelProblem(experts, need, defaultPanelLimits);
  const forced = new Map([['c', { open: 0, size: 2, wishesMet: 0, load: 3 }]]);
  test('every expert has a reason; alternatives say what they cost', () => {
    const proposal = panelProposal(experts, need, defaultPanelLimits, problem, ['a', 'b'], forced);
    PanelProposal.parse(proposal);
    expect(proposal).toEqual({
      seats: [
        {
          expertId: 'a',
          covers: ['law'],
          reasons: [
            { code: 'covers', facts: { fields: ['law'] } },
            { code: 'meets-wish', facts: { gender: 'female' } },
            { code: 'load', facts: { panels: 0 } },
          ],
          alternatives: [
            {
              expertId: 'c',
              whatWouldBeLost: [
                { code: 'wish-lost', fields: [], by: 1 },
                { code: 'load-worse', fields: [], by: 3 },
              ],
            },
          ],
        },
        {
          expertId: 'b',
          covers: ['family'],
          reasons: [
            { code: 'covers', facts: { fields: ['family'] } },
            { code: 'only-one-for', facts: { fields: ['family'] } },
            { code: 'load', facts: { panels: 0 } },
          ],
          alternatives: [
            {
              expertId: 'c',
              whatWouldBeLost: [
                { code: 'field-uncovered', fields: ['family'], by: 1 },
                { code: 'load-worse', fields: [], by: 3 },
              ],
            },
          ],
        },
      ],
      leftOut: [
        { expertId: 'c', reason: 'wish-lost', facts: { best: 1, withExpert: 0 } },
        { expertId: 'e', reason: 'inactive', facts: { also: ['same-agency'] } },
      ],
      uncovered: [],
      objective: { open: 0, size: 2, wishesMet: 1, load: 0 },
      commonDays: ['2026-03-04'],
    });
  });
  test('an alternative that costs nothing says so; the number of alternatives is limited', () => {
    const twins = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => expert({ id }));
    const ask: PanelNeed = { ...need, helpFields: ['law'] };
    const twinProblem = panelProblem(twins, ask, defaultPanelLimits);
    const same = new Map(twins.slice(1).map((e) => [e.id, { open: 0, size: 1, wishesMet: 1, load: 0 }]));
    const proposal = panelProposal(twins, ask, defaultPanelLimits, twinProblem, ['a'], same);
    expect(proposal.seats[0]?.alternatives).toEqual(
      ['b', 'c', 'd'].map((expertId) => ({ expertId, whatWouldBeLost: [{ code: 'nothing', fields: [], by: 0 }] })),
    );
    expect(new Set(proposal.leftOut.map((l) => l.reason))).toEqual(new Set(['equal-tie-broken']));
  });
  test('an incomplete answer is refused', () => {
    expect(() => panelProposal(experts, need, defaultPanelLimits, problem, ['a'], forced)).toThrow(RangeError);
    expect(() => panelProposal(experts, need, defaultPanelLimits, problem, ['a', 'b'], new Map())).toThrow(RangeError);
  });
});
