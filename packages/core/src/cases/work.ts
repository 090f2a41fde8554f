/** What came of work in a case whose goal was work (YC-11): asked where it is to the point, of nobody else. */
import { z } from 'zod';
import type { ServiceDomain } from '../contacts/schema.ts';
import { addMonths, type Day } from '../shared/day.ts';
import { line } from '../shared/endpoint.ts';
import type { HelpField } from '../shared/fields.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { AnyDay } from '../shared/words.ts';

/** 就业结果: three ways of having work, on the way there, not, and not asked of this person. */
export const WorkOutcome = z.enum(['full-time', 'flexible', 'own-business', 'training', 'not-employed', 'not-applicable'], {
  error: '请选择就业结果',
});
export type WorkOutcome = z.infer<typeof WorkOutcome>;

/** Kind of place where somebody works or learns. */
export const WorkPlace = z.enum(['enterprise', 'sheltered', 'public-post', 'institution', 'social', 'home', 'own', 'other']);
export type WorkPlace = z.infer<typeof WorkPlace>;

/** What a follow-up finds of the work that was known: it holds, it is another one, it has ended. */
export const WorkHolds = z.enum(['holds', 'changed', 'ended']);
export type WorkHolds = z.infer<typeof WorkHolds>;

const EMPLOYED: readonly WorkOutcome[] = ['full-time', 'flexible', 'own-business'];

/** Whether an outcome means that somebody has work. */
export const isEmployed = (outcome: WorkOutcome | null | undefined): boolean => outcome != null && EMPLOYED.includes(outcome);
const somewhere = (outcome: WorkOutcome | null): boolean => outcome === 'training' || isEmployed(outcome);

const parts = { onDay: AnyDay.nullable(), place: WorkPlace.nullable(), says: line(120, 0) };

/** What a closing says of work: with the day and the kind of place where there is one. */
export const WorkFound = z
  .object({ outcome: WorkOutcome, ...parts })
  .refine((w) => !somewhere(w.outcome) || w.onDay !== null, { error: '请填从哪天开始', path: ['onDay'] })
  .refine((w) => !somewhere(w.outcome) || w.place !== null, { error: '请选在什么地方', path: ['place'] })
  .refine((w) => somewhere(w.outcome) || (w.onDay === null && w.place === null), { error: '没有就业的不填日期和地方', path: ['outcome'] });
export type WorkFound = z.infer<typeof WorkFound>;

/** What a follow-up says of it; of work that holds nothing is written again. */
export const WorkChecked = z
  .object({ holds: WorkHolds.nullable(), outcome: WorkOutcome.nullable(), ...parts })
  .refine((w) => (w.holds === 'holds') === (w.outcome === null), { error: '请选择就业结果', path: ['outcome'] })
  .refine((w) => w.holds !== 'changed' || isEmployed(w.outcome), { error: '换了工作，请选现在是哪一种就业', path: ['outcome'] })
  .refine((w) => w.holds !== 'ended' || !isEmployed(w.outcome), { error: '工作已经没有了，请选现在的情况', path: ['outcome'] })
  .refine((w) => !somewhere(w.outcome) || w.onDay !== null, { error: '请填从哪天开始', path: ['onDay'] })
  .refine((w) => !somewhere(w.outcome) || w.place !== null, { error: '请选在什么地方', path: ['place'] })
  .refine((w) => somewhere(w.outcome) || (w.onDay === null && w.place === null), { error: '没有就业的不填日期和地方', path: ['outcome'] });
export type WorkChecked = z.infer<typeof WorkChecked>;

/** What is known of work now: as the register holds it. */
export const WorkNow = z.object({
  outcome: WorkOutcome,
  onDay: AnyDay.nullable(),
  place: WorkPlace.nullable(),
  /** The day it was said. */
  seenOn: AnyDay.nullable(),
});
export type WorkNow = z.infer<typeof WorkNow>;

/** Whether a case is asked about work: it must say, it may, or nobody asks. */
export const WorkAsked = z.enum(['must', 'may', 'no']);
export type WorkAsked = z.infer<typeof WorkAsked>;

const FIELDS: readonly ServiceDomain[] = ['disability', 'relief'];

/** Must where a goal of the signed plan is marked as one of work; may in the fields of disability and relief, or where 就业 is asked for. */
export const workAsked = (of: {
  readonly serviceDomain: ServiceDomain;
  readonly helpFields: readonly string[];
  readonly goals: readonly { readonly work?: boolean | undefined }[];
}): WorkAsked => {
  const employment: HelpField = 'employment';
  if (of.goals.some((g) => g.work === true)) return 'must';
  return FIELDS.includes(of.serviceDomain) || of.helpFields.includes(employment) ? 'may' : 'no';
};

/** Whether a closing says of work what it has to; whoever has died or is lost is not asked. */
export const workFoundVerdict = (
  work: WorkFound | null,
  of: { readonly asked: WorkAsked; readonly kind: string; readonly today: string },
): Verdict<'cases.work-missing' | 'cases.work-not-asked' | 'cases.work-in-future'> => {
  if (work === null) return of.asked === 'must' && of.kind !== 'died' && of.kind !== 'lost' ? no('cases.work-missing') : yes;
  if (of.asked === 'no') return no('cases.work-not-asked');
  return work.onDay !== null && work.onDay > of.today ? no('cases.work-in-future') : yes;
};

/** Whether what a follow-up says fits what was known: of work that stood it says whether it holds, of none it cannot. */
export const workCheckedVerdict = (
  work: WorkChecked | null,
  of: { readonly asked: WorkAsked; readonly before: WorkNow | null; readonly happenedOn: string },
): Verdict<'cases.work-not-asked' | 'cases.work-in-future' | 'cases.work-holds'> => {
  if (work === null) return yes;
  if (of.asked === 'no' && of.before === null) return no('cases.work-not-asked');
  if (isEmployed(of.before?.outcome) !== (work.holds !== null)) return no('cases.work-holds');
  // The register holds what was found last: an earlier follow-up that is written later does not take its place.
  if (of.before?.seenOn != null && of.happenedOn < of.before.seenOn) return no('cases.work-holds');
  const since = of.before?.onDay ?? null;
  if (work.holds === 'changed' && since !== null && work.onDay !== null && work.onDay < since) return no('cases.work-holds');
  if (work.holds === 'holds' && since !== null && since > of.happenedOn) return no('cases.work-holds');
  return work.onDay !== null && work.onDay > of.happenedOn ? no('cases.work-in-future') : yes;
};

/** What stands after a follow-up: work that holds stands as it was known. Null where that is not known. */
export const workAfter = (work: WorkChecked, before: WorkNow | null): Omit<WorkNow, 'seenOn'> | null => {
  if (work.outcome !== null) return { outcome: work.outcome, onDay: work.onDay, place: work.place };
  return before === null ? null : { outcome: before.outcome, onDay: before.onDay, place: before.place };
};

/** Whole months from a day to another, none where it lies before. */
export const wholeMonths = (from: Day, to: Day): number => {
  let months = 0;
  while (addMonths(from, months + 1) <= to) months += 1;
  return months;
};
