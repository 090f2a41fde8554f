/**
 * Matching experts to a request (匹配): who may not be asked and why, the exact problem to be solved, and the proposal with
 * a reason for each expert, seated or left out. The solver itself lives on the server; everything here is pure.
 *
 * What is best, in this order (本平台默认):
 * 1. every HelpField that any eligible expert covers is covered; the others are named as uncovered;
 * 2. the smallest panel;
 * 3. the most seats whose expert meets the wishes (a woman for violence at home: as many women as the size allows);
 * 4. the lightest load: the smallest sum of panels that the seated experts already have this month. At a given size that
 *    is the same as the smallest sum of squares of everybody's load afterwards ((p+1)² − p² = 2p + 1), which is how an even
 *    load is measured;
 * 5. of panels equal in all this, the one whose sorted expert ids come first, so that the same question has one answer.
 */
import { z } from 'zod';
import { addDays, addMonths, type Day, weekdayOf } from '../shared/day.ts';
import { HelpField, helpFields } from '../shared/fields.ts';
import type { Gender } from '../shared/identifiers.ts';

/** An expert as matching sees one. All `to` days are the last day included. */
export type PanelExpert = {
  readonly id: string;
  /** The person behind the expert, where known: nobody sits on a panel about an own request. */
  readonly personId?: string | null;
  readonly name: string;
  readonly gender: Gender;
  readonly helpFields: readonly HelpField[];
  readonly organisationId: string | null;
  /** First and last day of the term (聘期); null: no end. */
  readonly termFrom: Day;
  readonly termTo: Day | null;
  /** The expert's own limit of panels a month; the pack's limit holds beside it. */
  readonly maxPanelsPerMonth: number;
  /** Panels in the month of the window's first day for which the expert is invited or has accepted. */
  readonly panelsThisMonth: number;
  /** Days of the week on which the expert can come, Monday 1 to Sunday 7. */
  readonly weekdays: readonly number[];
  readonly away: readonly { readonly from: Day; readonly to: Day }[];
  /** Ids of people and organisations to which the expert has declared a relation. */
  readonly declaredRelations: readonly string[];
  /** Last day on which the expert supervised the asker (today or later: still does); null: never. */
  readonly supervisedAskerUntil: Day | null;
  readonly active: boolean;
};

/** What is asked for. */
export type PanelNeed = {
  readonly helpFields: readonly HelpField[];
  readonly askerId: string;
  readonly askerOrganisationId: string | null;
  /** Others whom the request concerns (recipient, household, station): a relation declared to one of them rules out too. */
  readonly concernedIds?: readonly string[];
  /** First and last day on which the panel may meet. */
  readonly window: { readonly from: Day; readonly to: Day };
  readonly wishes: { readonly gender?: Gender };
  readonly today: Day;
};

/** Figures of the rule pack. */
export type PanelLimits = {
  /** Months after the last supervision of the asker during which an expert is in conflict (default 24). */
  readonly supervisedMonths: number;
  /** Panels a month that nobody may exceed (default 4). */
  readonly maxPanelsPerMonth: number;
  /** Alternatives named for each seat (default 3). */
  readonly alternativesPerSeat?: number;
};

/** The platform's figures (本平台默认). */
export const defaultPanelLimits: PanelLimits = { supervisedMonths: 24, maxPanelsPerMonth: 4, alternativesPerSeat: 3 };

/** Why an expert may not be asked, in the order in which the reasons are given. */
export const ExclusionCode = z.enum([
  'inactive',
  'not-in-term',
  'is-asker',
  'same-agency',
  'declared-relation',
  'supervised-asker',
  'load-full',
  'no-needed-field',
  'away',
  'no-day',
]);
/** A reason of {@link ExclusionCode}. */
export type ExclusionCode = z.infer<typeof ExclusionCode>;

/** Why an expert who might be asked is not on the panel; each is found by solving again with that expert seated. */
export const PassedOverCode = z.enum(['panel-would-be-larger', 'wish-lost', 'load-worse', 'equal-tie-broken']);
/** A reason of {@link PassedOverCode}. */
export type PassedOverCode = z.infer<typeof PassedOverCode>;

/** Facts of a reason, ready for a sentence. */
export const PanelFacts = z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())]));
/** Facts of {@link PanelFacts}. */
export type PanelFacts = z.infer<typeof PanelFacts>;

/** One reason against an expert. */
export type Exclusion = { readonly code: ExclusionCode; readonly facts: PanelFacts };

const windowDays = (need: PanelNeed): Day[] => {
  const days: Day[] = [];
  // A window is some working days long; the limit only guards against a mistyped year.
  for (let d = need.window.from; d <= need.window.to && days.length < 400; d = addDays(d, 1)) days.push(d);
  return days;
};

const inTermOn = (expert: PanelExpert, d: Day) => d >= expert.termFrom && (expert.termTo === null || d <= expert.termTo);
const awayOn = (expert: PanelExpert, d: Day) => expert.away.some((a) => d >= a.from && d <= a.to);

/** The days of the window on which an expert can come: in term, on one of the expert's weekdays, not away. */
export const availableDays = (expert: PanelExpert, need: PanelNeed): Day[] =>
  windowDays(need).filter((d) => inTermOn(expert, d) && expert.weekdays.includes(weekdayOf(d)) && !awayOn(expert, d));

/** Every reason for which an expert may not be asked, in the order of ExclusionCode; empty: eligible. */
export const exclusions = (expert: PanelExpert, need: PanelNeed, limits: PanelLimits): Exclusion[] => {
  const found: Exclusion[] = [];
  const add = (code: ExclusionCode, facts: PanelFacts = {}) => found.push({ code, facts });
  const days = windowDays(need);
  if (!expert.active) add('inactive');
  const inTerm = inTermOn(expert, need.today) && days.some((d) => inTermOn(expert, d));
  if (!inTerm) add('not-in-term', { from: expert.termFrom, ...(expert.termTo === null ? {} : { to: expert.termTo }) });
  if (expert.id === need.askerId || (expert.personId ?? null) === need.askerId) add('is-asker');
  if (expert.organisationId !== null && expert.organisationId === need.askerOrganisationId) add('same-agency');
  const concerned = new Set([
    need.askerId,
    ...(need.askerOrganisationId === null ? [] : [need.askerOrganisationId]),
    ...(need.concernedIds ?? []),
  ]);
  const related = expert.declaredRelations.filter((id) => concerned.has(id));
  if (related.length > 0) add('declared-relation', { with: related });
  if (expert.supervisedAskerUntil !== null) {
    // On the day itself, 24 months after the last supervision, the conflict is over.
    const freeFrom = addMonths(expert.supervisedAskerUntil, limits.supervisedMonths);
    if (need.today < freeFrom) add('supervised-asker', { until: expert.supervisedAskerUntil, freeFrom });
  }
  const most = Math.min(expert.maxPanelsPerMonth, limits.maxPanelsPerMonth);
  if (expert.panelsThisMonth >= most) add('load-full', { panels: expert.panelsThisMonth, most });
  if (!need.helpFields.some((field) => expert.helpFields.includes(field))) add('no-needed-field', { fields: [...expert.helpFields] });
  if (inTerm && availableDays(expert, need).length === 0) {
    const ifNotAway = days.some((d) => inTermOn(expert, d) && expert.weekdays.includes(weekdayOf(d)));
    add(ifNotAway ? 'away' : 'no-day', { from: need.window.from, to: need.window.to });
  }
  return found;
};

/** The experts who may be asked, in the order given. */
export const eligible = (experts: readonly PanelExpert[], need: PanelNeed, limits: PanelLimits): PanelExpert[] =>
  experts.filter((expert) => exclusions(expert, need, limits).length === 0);

/** An eligible expert, reduced to what the solver weighs. */
export type PanelCandidate = {
  readonly id: string;
  /** The needed fields that this expert covers; never empty. */
  readonly covers: readonly HelpField[];
  readonly meetsWishes: boolean;
  /** Panels this month before this one. */
  readonly load: number;
};

/** The exact problem: choose candidates so that every field is covered, best in the order at the head of this file. */
export type PanelProblem = {
  /** Needed fields that somebody covers, in the order of HelpField. */
  readonly fields: readonly HelpField[];
  /** Needed fields that nobody eligible covers. */
  readonly uncovered: readonly HelpField[];
  /** Sorted by id, which the tie-break relies on. */
  readonly candidates: readonly PanelCandidate[];
};

const meetsWishes = (expert: PanelExpert, need: PanelNeed) => need.wishes.gender !== undefined && expert.gender === need.wishes.gender;

/** States the problem. Throws RangeError on two experts with one id or a load that is not a whole number from 0. */
export const panelProblem = (experts: readonly PanelExpert[], need: PanelNeed, limits: PanelLimits): PanelProblem => {
  if (new Set(experts.map((e) => e.id)).size !== experts.length) throw new RangeError('an expert was given twice');
  const needed = helpFields.filter((field) => need.helpFields.includes(field));
  const candidates = eligible(experts, need, limits).map((expert): PanelCandidate => {
    if (!Number.isInteger(expert.panelsThisMonth) || expert.panelsThisMonth < 0) throw new RangeError('a load is a whole number from 0');
    return {
      id: expert.id,
      covers: needed.filter((field) => expert.helpFields.includes(field)),
      meetsWishes: meetsWishes(expert, need),
      load: expert.panelsThisMonth,
    };
  });
  candidates.sort((a, b) => (a.id < b.id ? -1 : 1));
  const covered = new Set(candidates.flatMap((c) => c.covers));
  return { fields: needed.filter((f) => covered.has(f)), uncovered: needed.filter((f) => !covered.has(f)), candidates };
};

/** How good a panel is. */
export const PanelScore = z.object({
  /** Fields of the problem that the panel leaves open; 0 for every panel that may be proposed. */
  open: z.number().int(),
  size: z.number().int(),
  /** Seats whose expert meets the wishes. */
  wishesMet: z.number().int(),
  /** Panels that the seated experts already have this month, summed. */
  load: z.number().int(),
});
/** A score of {@link PanelScore}. */
export type PanelScore = z.infer<typeof PanelScore>;

/** Scores a choice of candidates. Throws RangeError for an id that is no candidate. */
export const scoreOf = (problem: PanelProblem, chosen: readonly string[]): PanelScore => {
  const seats = chosen.map((id) => {
    const found = problem.candidates.find((c) => c.id === id);
    if (!found) throw new RangeError(`${id} is no candidate`);
    return found;
  });
  const covered = new Set(seats.flatMap((s) => s.covers));
  return {
    open: problem.fields.filter((f) => !covered.has(f)).length,
    size: seats.length,
    wishesMet: seats.filter((s) => s.meetsWishes).length,
    load: seats.reduce((sum, s) => sum + s.load, 0),
  };
};

/** Negative when `a` is the better score, 0 when equal; the tie-break by ids is not part of it. */
export const compareScores = (a: PanelScore, b: PanelScore): number =>
  a.open - b.open || a.size - b.size || b.wishesMet - a.wishesMet || a.load - b.load;

/** What a panel that has to seat somebody loses against the best one: the first difference in the order of the aims. */
export const passedOver = (best: PanelScore, withExpert: PanelScore): { readonly code: PassedOverCode; readonly facts: PanelFacts } => {
  if (compareScores(withExpert, best) < 0 || withExpert.open > 0) throw new RangeError('the best panel was not the best');
  if (withExpert.size > best.size) return { code: 'panel-would-be-larger', facts: { best: best.size, withExpert: withExpert.size } };
  if (withExpert.wishesMet < best.wishesMet)
    return { code: 'wish-lost', facts: { best: best.wishesMet, withExpert: withExpert.wishesMet } };
  if (withExpert.load > best.load) return { code: 'load-worse', facts: { best: best.load, withExpert: withExpert.load } };
  return { code: 'equal-tie-broken', facts: {} };
};

/** What is lost when one seat goes to another expert and the others stay. */
export const PanelLoss = z.object({
  code: z.enum(['field-uncovered', 'wish-lost', 'load-worse', 'nothing']),
  /** For field-uncovered: the fields. */
  fields: z.array(HelpField),
  /** For load-worse: by how many panels this month. */
  by: z.number().int(),
});
/** A loss of {@link PanelLoss}. */
export type PanelLoss = z.infer<typeof PanelLoss>;

/** A proposal: seats with reasons and alternatives, everybody else with the reason, and what nobody covers. */
export const PanelProposal = z.object({
  seats: z.array(
    z.object({
      expertId: z.string(),
      /** Needed fields that this expert covers; two seats may share one. */
      covers: z.array(HelpField),
      reasons: z.array(z.object({ code: z.enum(['covers', 'only-one-for', 'meets-wish', 'load']), facts: PanelFacts })),
      alternatives: z.array(z.object({ expertId: z.string(), whatWouldBeLost: z.array(PanelLoss) })),
    }),
  ),
  leftOut: z.array(
    z.object({
      expertId: z.string(),
      reason: z.union([ExclusionCode, PassedOverCode]),
      /** Facts of the reason; `also` names further exclusions. */
      facts: PanelFacts,
    }),
  ),
  /** Needed fields that no eligible expert covers. Not empty: no full panel exists; the seats cover the rest. */
  uncovered: z.array(HelpField),
  objective: PanelScore,
  /** Days of the window on which every seated expert can come. Empty: the day must be settled with the experts. */
  commonDays: z.array(z.string()),
});
/** A proposal of {@link PanelProposal}. */
export type PanelProposal = z.infer<typeof PanelProposal>;

const lossesOf = (problem: PanelProblem, chosen: readonly string[], seat: string, other: string): PanelLoss[] => {
  const before = scoreOf(problem, chosen);
  const swapped = chosen.map((id) => (id === seat ? other : id));
  const after = scoreOf(problem, swapped);
  const covered = new Set(problem.candidates.filter((c) => swapped.includes(c.id)).flatMap((c) => c.covers));
  const losses: PanelLoss[] = [];
  if (after.open > 0) losses.push({ code: 'field-uncovered', fields: problem.fields.filter((f) => !covered.has(f)), by: after.open });
  if (after.wishesMet < before.wishesMet) losses.push({ code: 'wish-lost', fields: [], by: before.wishesMet - after.wishesMet });
  if (after.load > before.load) losses.push({ code: 'load-worse', fields: [], by: after.load - before.load });
  return losses.length > 0 ? losses : [{ code: 'nothing', fields: [], by: 0 }];
};

/**
 * Puts the solver's answer into words. `chosen` is the best panel; `forced` holds, for each candidate left out, the best
 * score of a panel that seats this candidate. Throws RangeError when an answer is missing or contradicts another.
 */
export const panelProposal = (
  experts: readonly PanelExpert[],
  need: PanelNeed,
  limits: PanelLimits,
  problem: PanelProblem,
  chosen: readonly string[],
  forced: ReadonlyMap<string, PanelScore>,
): PanelProposal => {
  const objective = scoreOf(problem, chosen);
  if (objective.open > 0) throw new RangeError('a field that can be covered was left open');
  const seated = problem.candidates.filter((c) => chosen.includes(c.id));
  const free = problem.candidates.filter((c) => !chosen.includes(c.id));
  const seats = seated.map((seat) => {
    const alone = seat.covers.filter((field) => problem.candidates.filter((c) => c.covers.includes(field)).length === 1);
    const alternatives = free
      .map((other) => ({
        other,
        after: scoreOf(
          problem,
          chosen.map((id) => (id === seat.id ? other.id : id)),
        ),
      }))
      // Sorting is stable and candidates come sorted by id: equals stay in the order of ids.
      .sort((a, b) => compareScores(a.after, b.after))
      .slice(0, limits.alternativesPerSeat ?? 3)
      .map(({ other }) => ({ expertId: other.id, whatWouldBeLost: lossesOf(problem, chosen, seat.id, other.id) }));
    return {
      expertId: seat.id,
      covers: [...seat.covers],
      reasons: [
        { code: 'covers' as const, facts: { fields: [...seat.covers] } },
        ...(alone.length > 0 ? [{ code: 'only-one-for' as const, facts: { fields: alone } }] : []),
        ...(seat.meetsWishes ? [{ code: 'meets-wish' as const, facts: { gender: need.wishes.gender ?? '' } }] : []),
        { code: 'load' as const, facts: { panels: seat.load } },
      ],
      alternatives,
    };
  });
  const leftOut = [...experts]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .filter((expert) => !chosen.includes(expert.id))
    .map((expert) => {
      const [first, ...others] = exclusions(expert, need, limits);
      if (first)
        return {
          expertId: expert.id,
          reason: first.code,
          facts: others.length > 0 ? { ...first.facts, also: others.map((o) => o.code) } : first.facts,
        };
      const score = forced.get(expert.id);
      if (!score) throw new RangeError(`nothing is known about a panel with ${expert.id}`);
      const { code, facts } = passedOver(objective, score);
      return { expertId: expert.id, reason: code, facts };
    });
  const people = experts.filter((expert) => chosen.includes(expert.id));
  const commonDays = windowDays(need).filter((d) => people.length > 0 && people.every((expert) => availableDays(expert, need).includes(d)));
  return { seats, leftOut, uncovered: [...problem.uncovered], objective, commonDays };
};
