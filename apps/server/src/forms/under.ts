/** What a form stands under: a case; a group, one session or one member of it; an activity. Each room says who reaches it and who writes. */

import { seenByForm } from '@jieyou/core/forms/policy.ts';
import type { UnderFacts } from '@jieyou/core/forms/rules.ts';
import type { FormUnder } from '@jieyou/core/forms/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { activityById, activityInReach } from '../activities/index.ts';
import { type CaseFacts, caseById, handedOver, listedCase } from '../cases/index.ts';
import { groupById, groupInReach, membersOf, sessionById } from '../groups/index.ts';
import type { Ctx } from '../platform/http/context.ts';

/** What a form stands under, in reach. */
export type Under = UnderFacts & {
  readonly id: string;
  readonly stationId: string;
  /** Whether the person writes there; whoever only reads is denied openly. */
  readonly inHand: boolean;
  /** The case, where it is one: signers and material of a handover hang on it. */
  readonly file: CaseFacts | null;
  /** The day of birth of whom it is about, where that is one person. */
  readonly birthOn: string | null;
};

const NOBODY = { each: null, still: false, file: null, birthOn: null } as const;

/** In reach of the person; undefined for what is missing or beyond it. */
export const underOf = async ({ tx, actor }: Pick<Ctx, 'tx' | 'actor'>, of: FormUnder): Promise<Under | undefined> => {
  if (of.kind === 'case') {
    const file = await caseById(tx, actor, of.id);
    if (file === undefined) return undefined;
    const { rows } = await sql<{ birthOn: string | null }>`select r.birth_on from recipient r
      where r.district_id = ${actor.districtId} and r.id = ${file.recipientId}`.execute(tx);
    const { id, status, stationId, inHand } = file;
    return { ...NOBODY, kind: 'case', id, status, stationId, inHand, file, birthOn: rows[0]?.birthOn ?? null };
  }
  if (of.kind === 'activity') {
    const found = await activityById(tx, actor, of.id);
    return found && { ...NOBODY, kind: 'activity', id: found.id, status: found.status, stationId: found.stationId, inHand: found.inHand };
  }
  const group = await groupById(tx, actor, of.id);
  if (group === undefined) return undefined;
  const { id, status, stationId, inHand } = group;
  const whole = { ...NOBODY, kind: 'group', id, status, stationId, inHand } as const;
  if (of.sessionId !== null) {
    const session = await sessionById(tx, actor.districtId, id, of.sessionId);
    return session && { ...whole, each: 'session', status: session.status === 'cancelled' ? 'cancelled' : status };
  }
  if (of.memberId === null) return whole;
  const member = (await membersOf(tx, actor.districtId, id)).find((m) => m.id === of.memberId);
  return member && { ...whole, each: 'member', still: member.still, birthOn: member.birthOn };
};

/** Columns of a form's register that say what it stands under, and back. */
export const underColumns = (of: FormUnder) => ({
  subjectKind: of.kind,
  caseId: of.kind === 'case' ? of.id : null,
  groupId: of.kind === 'group' ? of.id : null,
  sessionId: of.kind === 'group' ? of.sessionId : null,
  memberId: of.kind === 'group' ? of.memberId : null,
  activityId: of.kind === 'activity' ? of.id : null,
});

/** What stands in the columns of {@link UNDER}. */
export type UnderRow = {
  readonly subjectKind: FormUnder['kind'];
  readonly underId: string;
  readonly sessionId: string | null;
  readonly memberId: string | null;
};
/** The columns that say what a form stands under. */
export const UNDER = sql`a.subject_kind, coalesce(a.case_id, a.group_id, a.activity_id) as under_id, a.session_id, a.member_id`;

export const underFrom = (row: UnderRow): FormUnder =>
  row.subjectKind === 'group'
    ? { kind: 'group', id: row.underId, sessionId: row.sessionId, memberId: row.memberId }
    : { kind: row.subjectKind, id: row.underId };

/** Whether two stand under the same. */
export const sameUnder = (a: FormUnder, b: FormUnder): boolean => JSON.stringify(underColumns(a)) === JSON.stringify(underColumns(b));

// A case may have been handed over without its papers or its records; each form says which of them it is.
const handed = (actor: Actor): RawBuilder<unknown> =>
  sql`(case a.kept_as when 'papers' then ${handedOver(actor, 'papers', 'f', 'a.made_at', 'a.author_id')}
    else ${handedOver(actor, 'records', 'f', 'a.made_at', 'a.author_id')} end)`;

/**
 * Forms in reach by what they stand under, each kind from its own side so that its indexes serve: `columns` of the form, and what it is
 * called. Alias `a` is the form.
 */
export const formsUnder = (
  actor: Actor,
  columns: RawBuilder<unknown>,
  joins: RawBuilder<unknown>,
  circle: readonly string[],
): Readonly<Record<FormUnder['kind'], RawBuilder<unknown>>> => ({
  case: sql`select ${columns}, f.number, r.name_masked as whose from form_answer a
    join case_file f on f.district_id = a.district_id and f.id = a.case_id
    join recipient r on r.district_id = f.district_id and r.id = f.recipient_id ${joins}
    where a.district_id = ${actor.districtId} and ${listedCase(actor, 'f', circle)} and ${handed(actor)}`,
  group: sql`select ${columns}, g.title as number, coalesce('第 ' || s.number || ' 节', (
      select m.name from group_people(g.id) m where m.member_id = a.member_id), '') as whose from form_answer a
    join service_group g on g.district_id = a.district_id and g.id = a.group_id
    left join group_session s on s.district_id = a.district_id and s.id = a.session_id ${joins}
    where a.district_id = ${actor.districtId} and ${groupInReach(actor, 'g')}`,
  activity: sql`select ${columns}, v.title as number, '' as whose from form_answer a
    join activity v on v.district_id = a.district_id and v.id = a.activity_id ${joins}
    where a.district_id = ${actor.districtId} and ${activityInReach(actor, 'v')}`,
});

/** Forms that lie before a supervisor for signature, beside those in reach: what each is called, and nothing of what it stands under. */
export const formsLaidBefore = (actor: Actor, columns: RawBuilder<unknown>, joins: RawBuilder<unknown>): RawBuilder<unknown> =>
  sql`select ${columns}, laid.number, laid.whose from forms_before_me() laid join form_answer a on a.district_id = ${actor.districtId} and a.id = laid.id
    ${joins} where not (case a.subject_kind when 'case' then case_reached(a.district_id, a.case_id)
      when 'group' then group_reached(a.district_id, a.group_id) else activity_reached(a.district_id, a.activity_id) end)`;

/** Who sees it, in the words of the page. */
export const seenByOf = (of: FormUnder, laid: boolean): string[] => [...seenByForm[of.kind], ...(laid ? ['督导（等签字时）'] : [])];
