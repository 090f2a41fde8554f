import { DetailItem, type RecipientDetails } from '../cases/schema.ts';
import { ageOn, type Day } from '../shared/day.ts';
import { no, type Verdict, yes } from '../shared/verdict.ts';
import { joinsPartners } from './drawing.ts';
import { type AlikeBy, BELOW_AGE, type FoundBy, type HouseholdRelation, type Kin, type RecipientCategory } from './schema.ts';

/** A category with its days; days compare as text. */
export type CategorySpan = {
  readonly category: RecipientCategory;
  readonly disability: string | null;
  readonly fromDay: string;
  readonly toDay: string | null;
};

/** Whether a category holds on a day: its first and its last day count. */
export const holdsOn = (span: Pick<CategorySpan, 'fromDay' | 'toDay'>, day: string): boolean =>
  span.fromDay <= day && (span.toDay === null || span.toDay >= day);

/** Details that are recorded of both and are not the same: what two rows of one person say differently. */
export const detailsDiffer = (one: RecipientDetails, other: RecipientDetails): DetailItem[] =>
  DetailItem.options.filter((item) => one[item] !== null && other[item] !== null && one[item] !== other[item]);

/** Why a category is not recorded. */
export type CategoryRefusal =
  | 'recipients.category-in-future'
  | 'recipients.category-overlaps'
  | 'recipients.category-not-minor'
  | 'recipients.category-too-old';

/**
 * Whether a category may be recorded: it has begun, the same does not hold twice at once (another class of disability is another),
 * and children's categories are for minors (未成年人保护法 2).
 */
export const categoryVerdict = (
  draft: CategorySpan,
  facts: {
    readonly recorded: readonly CategorySpan[];
    readonly birthOn: string | null;
    readonly today: string;
    readonly leftBehindBelow?: number | undefined;
  },
): Verdict<CategoryRefusal> => {
  if (draft.fromDay > facts.today) return no('recipients.category-in-future', { fromDay: draft.fromDay });
  const leftBehind = draft.category === 'left-behind-child';
  const below = (leftBehind ? facts.leftBehindBelow : undefined) ?? BELOW_AGE[draft.category];
  const age = facts.birthOn === null ? undefined : ageOn(facts.birthOn as Day, draft.fromDay as Day);
  if (below !== undefined && age !== undefined && age >= below)
    return leftBehind ? no('recipients.category-too-old', { below }) : no('recipients.category-not-minor');
  const end = (span: CategorySpan) => span.toDay ?? '9999-12-31';
  const twice = facts.recorded.some(
    (r) =>
      draft.category !== 'other' &&
      r.category === draft.category &&
      r.disability === draft.disability &&
      r.fromDay <= end(draft) &&
      draft.fromDay <= end(r),
  );
  return twice ? no('recipients.category-overlaps') : yes;
};

/** Whether a category may end on a day: not before it began, and once. */
export const categoryEndVerdict = (
  span: Pick<CategorySpan, 'fromDay' | 'toDay'>,
  toDay: string,
): Verdict<'recipients.category-over' | 'recipients.category-backwards'> => {
  if (span.toDay !== null && span.toDay <= toDay) return no('recipients.category-over', { toDay: span.toDay });
  return toDay < span.fromDay ? no('recipients.category-backwards', { fromDay: span.fromDay }) : yes;
};

/** What two rows have in common; of what is missing on either side nothing is in common. */
export type InCommon = {
  readonly idNumber: boolean;
  readonly phone: boolean;
  readonly name: boolean;
  readonly birthOn: boolean;
};

/** Why two rows look like one person; empty where they do not. A phone alone is a family's, a name alone is many people's. */
export const alikeBy = (common: InCommon): AlikeBy[] => [
  ...(common.idNumber ? (['id-number'] as const) : []),
  ...(common.phone && common.birthOn ? (['phone-birth'] as const) : []),
  ...(common.name && common.birthOn ? (['name-birth'] as const) : []),
];

/** Whether what was typed names exactly one person: only then anything is said of what lies beyond reach. */
export const namesOnePerson = (typed: {
  readonly name: string | null;
  readonly birthOn: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
}): boolean => typed.idNumber !== null || (typed.name !== null && typed.birthOn !== null && typed.phone !== null);

/** The surest ways of finding stand first. */
export const SUREST: readonly FoundBy[] = ['id-number', 'phone', 'name-birth', 'name', 'former-name', 'pinyin'];

/** How sure a finding is; smaller is surer. */
export const sureness = (because: readonly FoundBy[]): number => Math.min(...because.map((by) => SUREST.indexOf(by)), SUREST.length);

/** Why two rows are not merged. */
export type MergeRefusal = 'recipients.same-row' | 'recipients.merged-already' | 'recipients.other-id-number' | 'recipients.stands-still';

/** A row as a merge looks at it. */
export type MergeSide = {
  readonly id: string;
  readonly merged: boolean;
  readonly still: boolean;
  /** The blind index of the ID number; null where none is known. */
  readonly idNumberIndex: string | null;
};

/** Whether two rows may become one: two, both standing, and not with two different ID numbers. */
export const mergeVerdict = (kept: MergeSide, gone: MergeSide): Verdict<MergeRefusal> => {
  if (kept.id === gone.id) return no('recipients.same-row');
  if (kept.merged || gone.merged) return no('recipients.merged-already');
  if (kept.still || gone.still) return no('recipients.stands-still');
  return kept.idNumberIndex !== null && gone.idNumberIndex !== null && kept.idNumberIndex !== gone.idNumberIndex
    ? no('recipients.other-id-number')
    : yes;
};

/** Whether a merge may be taken back: once, and before the kept row was itself merged into another. */
export const undoVerdict = (merge: {
  readonly undone: boolean;
  readonly keptMerged: boolean;
  readonly still: boolean;
}): Verdict<'recipients.undone-already' | 'recipients.merged-further' | 'recipients.stands-still'> => {
  if (merge.undone) return no('recipients.undone-already');
  if (merge.keptMerged) return no('recipients.merged-further');
  return merge.still ? no('recipients.stands-still') : yes;
};

/** Whether somebody joins a household: not in this or another already, and one head at a time. */
export const memberVerdict = (facts: {
  readonly relation: HouseholdRelation;
  readonly hasHead: boolean;
  /** Households in which the person lives now. */
  readonly households: readonly string[];
  readonly householdId: string;
}): Verdict<'recipients.member-already' | 'recipients.in-other-household' | 'recipients.head-already'> => {
  if (facts.households.includes(facts.householdId)) return no('recipients.member-already');
  if (facts.households.length > 0) return no('recipients.in-other-household');
  return facts.relation === 'head' && facts.hasHead ? no('recipients.head-already') : yes;
};

/** What one may do with a person whom one sees. `writes`: works on a case of the person. */
export const recipientActs = (facts: { readonly writes: boolean; readonly still: boolean }): string[] => [
  'unmask',
  ...(facts.still ? [] : facts.writes ? ['edit', 'merge'] : ['merge']),
];

/** A recorded line of kinship; of descent `from` is the parent. */
export type KinFact = { readonly from: string; readonly to: string; readonly kin: Kin };

/** Whether a line of kinship may be recorded: nobody descends from oneself, and two parents at most gave birth to a child. */
export const kinVerdict = (
  line: KinFact,
  recorded: readonly KinFact[],
): Verdict<'recipients.kin-circle' | 'recipients.parents-already'> => {
  if (joinsPartners(line.kin)) return yes;
  const descent = recorded.filter((k) => !joinsPartners(k.kin));
  const above = new Set([line.from]);
  for (const id of above) for (const k of descent) if (k.to === id) above.add(k.from);
  if (above.has(line.to)) return no('recipients.kin-circle');
  const parents = descent.filter((k) => k.to === line.to && k.kin === 'child' && k.from !== line.from).length;
  return line.kin === 'child' && parents >= 2 ? no('recipients.parents-already') : yes;
};
