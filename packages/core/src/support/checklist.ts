/**
 * Self-assessment before a request (疑难个案界定, the first step of LH-07). The worker answers seven questions; the figures
 * come from the rule pack (本平台默认: each item weighs 1, two or more are hard). The result is a proposal with its reasons:
 * a person decides, at the request and again at screening (PIPL 24: nothing is decided by a score alone).
 */
import { z } from 'zod';

/** The question that overrides all others: is somebody's life or body in danger now? */
export const imminentRisk = 'imminentRisk';

/** Keys of the six weighed questions, in the order of the form. */
export const ChecklistKey = z.enum([
  'problemsAtOnce',
  'lackOfResources',
  'beyondExperience',
  'earlierAttemptsFailed',
  'severalDepartments',
  'riskRising',
]);
/** A key of {@link ChecklistKey}. */
export type ChecklistKey = z.infer<typeof ChecklistKey>;

/**
 * The pack's values: each item once, with the words of the form and its weight in whole points, and the points from which a
 * case is hard. Weights are whole so that sums are exact; an item left out of the pack is not asked.
 */
export const ChecklistPack = z
  .object({
    version: z.string().min(1),
    items: z.array(z.object({ key: ChecklistKey, label: z.string().min(1), weight: z.number().int().min(0).max(100) })).min(1),
    hardAt: z.number().int().min(1).max(600),
  })
  .refine((pack) => new Set(pack.items.map((item) => item.key)).size === pack.items.length, { error: '同一条目出现了两次' })
  .refine((pack) => pack.items.reduce((sum, item) => sum + item.weight, 0) >= pack.hardAt, { error: '全部条目相加仍达不到界定分值' });
/** A pack of {@link ChecklistPack}. */
export type ChecklistPack = z.infer<typeof ChecklistPack>;

/** The items and the cut of the platform (本平台默认); a district's pack may weigh them otherwise. */
export const defaultChecklist: ChecklistPack = {
  version: 'default-1',
  items: [
    { key: 'problemsAtOnce', label: '同时存在两个及以上突出问题（双难或多难）', weight: 1 },
    { key: 'lackOfResources', label: '现有资源不足，所需资源本站难以链接', weight: 1 },
    { key: 'beyondExperience', label: '超出本人专业经验', weight: 1 },
    { key: 'earlierAttemptsFailed', label: '此前已介入但未见成效', weight: 1 },
    { key: 'severalDepartments', label: '需要多个部门协同', weight: 1 },
    { key: 'riskRising', label: '风险正在上升', weight: 1 },
  ],
  hardAt: 2,
};

/** Answers: yes, no, or null where the question is not answered yet. */
export const ChecklistAnswers = z.object({
  imminentRisk: z.boolean().nullable(),
  problemsAtOnce: z.boolean().nullable(),
  lackOfResources: z.boolean().nullable(),
  beyondExperience: z.boolean().nullable(),
  earlierAttemptsFailed: z.boolean().nullable(),
  severalDepartments: z.boolean().nullable(),
  riskRising: z.boolean().nullable(),
});
/** Answers of {@link ChecklistAnswers}. */
export type ChecklistAnswers = z.infer<typeof ChecklistAnswers>;

/** What the checklist proposes: the crisis lane, a hard case, or advice by a supervisor (督导建议). */
export const ChecklistOutcome = z.enum(['crisis', 'hard', 'supervision-advice']);
/** A proposal of {@link ChecklistOutcome}. */
export type ChecklistOutcome = z.infer<typeof ChecklistOutcome>;

/** The proposal with all that led to it; stored with the request as it was. */
export const ChecklistResult = z.object({
  outcome: ChecklistOutcome,
  /** Keys answered with yes, in the form's order; 'imminentRisk' first. */
  reasons: z.array(z.string()),
  /** Points of the items answered with yes. */
  score: z.number().int(),
  hardAt: z.number().int(),
  packVersion: z.string(),
  /** Keys that are not answered. */
  missing: z.array(z.string()),
  /** Whether the answers that are missing could still change the outcome. A request may not be sent while they can. */
  open: z.boolean(),
});
/** A result of {@link ChecklistResult}. */
export type ChecklistResult = z.infer<typeof ChecklistResult>;

/**
 * Proposes what kind of case this is. Imminent risk is a crisis whatever the score, and counts for nothing else: crisis
 * first, then score ≥ hardAt is hard, else supervision advice. A missing answer counts as no and is named.
 */
export const assess = (pack: ChecklistPack, answers: Readonly<ChecklistAnswers>): ChecklistResult => {
  const said = (value: boolean) => pack.items.filter((item) => answers[item.key] === value);
  const points = (items: readonly { readonly weight: number }[]) => items.reduce((sum, item) => sum + item.weight, 0);
  const unanswered = pack.items.filter((item) => typeof answers[item.key] !== 'boolean');
  const score = points(said(true));
  const danger = answers.imminentRisk;
  const outcome = danger === true ? 'crisis' : score >= pack.hardAt ? 'hard' : 'supervision-advice';
  const couldBeHard = outcome === 'supervision-advice' && score + points(unanswered) >= pack.hardAt;
  return {
    outcome,
    reasons: [...(danger === true ? [imminentRisk] : []), ...said(true).map((item) => item.key)],
    score,
    hardAt: pack.hardAt,
    packVersion: pack.version,
    missing: [...(typeof danger === 'boolean' ? [] : [imminentRisk]), ...unanswered.map((item) => item.key)],
    open: typeof danger !== 'boolean' || couldBeHard,
  };
};
