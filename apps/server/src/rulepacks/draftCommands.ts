import { isDeepStrictEqual } from 'node:util';
import { decisionVerdict, draftStepVerdict, effectiveVerdict, lastDayBefore, nextVersion } from '@jieyou/core/rulepacks/rules.ts';
import type { RuleStep } from '@jieyou/core/rulepacks/schema.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { Invalid } from '../platform/http/errors.ts';
import * as drafts from './draftStore.ts';
import { faultOf, misfitOf } from './shapes.ts';
import { packOn, packsAbove, valuesOf } from './store.ts';

/** Begins a new version for the actor's own division from the version in force. */
export const draftRules = async (ctx: Ctx<'rulepacks.not-in-force' | 'rulepacks.draft-exists'>, packId: string) => {
  const base = (await packsAbove(ctx.tx, ctx.actor.districtId)).find((p) => p.id === packId) ?? ctx.notFound();
  const inForce = await packOn(ctx.tx, base.code, ctx.actor.districtId, ctx.today);
  if (inForce?.id !== base.id) ctx.refuse('rulepacks.not-in-force', { version: inForce?.version ?? '' });
  const id = ctx.id();
  const made = await ctx.tx
    .insertInto('ruleDraft')
    .values({
      id,
      districtId: ctx.actor.districtId,
      divisionId: ctx.actor.districtId,
      code: base.code,
      title: base.title,
      baseId: base.id,
      status: 'draft',
      authorId: ctx.actor.personId,
      madeAt: ctx.now,
      updatedAt: ctx.now,
    })
    // Words of the index itself: with parameters a generic plan would not know the partial index again.
    .onConflict((c) => c.columns(['divisionId', 'code']).where(sql<boolean>`status in ('draft', 'submitted')`).doNothing())
    .returning('id')
    .executeTakeFirst();
  if (made === undefined) ctx.refuse('rulepacks.draft-exists');
  await ctx.record({ type: 'rulepacks.drafted', recordKind: 'rule-draft', recordId: id, facts: { code: base.code, base: base.version } });
  return { id, version: 1 };
};

const draftInReach = async (ctx: Ctx, id: string) => (await drafts.findDraft(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();

/** Replaces the changed figures of a draft; what equals the base is no change. */
export const editRuleDraft = async (
  ctx: Ctx<'record.changed-meanwhile' | 'rulepacks.draft-moved-on' | 'rulepacks.date-past' | 'rulepacks.later-version-stands'>,
  id: string,
  body: { version: number; effectiveFrom: string; reason: string; changes: { key: string; value?: unknown; source: string }[] },
) => {
  const draft = await draftInReach(ctx, id);
  const may = draftStepVerdict(draft, 'edit');
  if (!may.ok) ctx.refuse(may.code, may.facts);
  if (draft.version !== body.version) ctx.refuse('record.changed-meanwhile', { version: draft.version });
  const when = effectiveVerdict(body.effectiveFrom, ctx.today, await drafts.issuedDays(ctx.tx, draft));
  if (!when.ok) ctx.refuse(when.code, when.facts);
  const base = new Map((await valuesOf(ctx.tx, draft.baseId)).map((v) => [v.key, v]));
  const faults = body.changes.flatMap((change, i) => {
    const was = base.get(change.key);
    const fault = was === undefined ? '规则里没有这一项' : faultOf(draft.code, change.key, was.value, change.value);
    return fault === undefined ? [] : [{ path: `changes.${i}.value`, message: fault }];
  });
  if (new Set(body.changes.map((c) => c.key)).size !== body.changes.length) faults.push({ path: 'changes', message: '同一项出现了两次' });
  if (faults.length > 0) throw new Invalid(faults);
  const together = {
    ...Object.fromEntries([...base.values()].map((v) => [v.key, v.value])),
    ...Object.fromEntries(body.changes.map((c) => [c.key, c.value])),
  };
  const misfit = misfitOf(draft.code, together);
  if (misfit !== undefined) throw new Invalid([{ path: 'changes', message: misfit }]);
  const changes = body.changes
    .filter((c) => !isDeepStrictEqual(c.value, base.get(c.key)?.value))
    .map(({ key, value, source }) => ({ key, value, source }));
  await drafts.keepChanges(ctx.tx, draft, changes);
  // Whoever keeps the figures answers for all of them, and so is not the one who decides on them.
  const kept = await drafts.changeDraft(ctx.tx, draft, {
    effectiveFrom: body.effectiveFrom,
    reason: body.reason,
    authorId: ctx.actor.personId,
    updatedAt: ctx.now,
  });
  if (!kept) ctx.refuse('record.changed-meanwhile', { version: draft.version });
  await ctx.record({
    type: 'rulepacks.changed',
    recordKind: 'rule-draft',
    recordId: id,
    facts: { changes: changes.length, from: body.effectiveFrom },
  });
  return { id, version: draft.version + 1 };
};

type StepCodes =
  | 'record.changed-meanwhile'
  | 'rulepacks.draft-moved-on'
  | 'rulepacks.nothing-changed'
  | 'rulepacks.author-approves'
  | 'rulepacks.authority-approves'
  | 'rulepacks.date-past'
  | 'rulepacks.later-version-stands'
  | 'rulepacks.base-moved';

/** The draft can still become a version: something changes, the day is not past, and it rests on what will be in force until then. */
const ensureIssuable = async (ctx: Ctx<StepCodes>, draft: drafts.DraftRecord): Promise<{ from: string; changes: drafts.ChangeRow[] }> => {
  const changes = await drafts.changesOf(ctx.tx, draft.id);
  if (changes.length === 0 || draft.effectiveFrom === null) return ctx.refuse('rulepacks.nothing-changed');
  const when = effectiveVerdict(draft.effectiveFrom, ctx.today, await drafts.issuedDays(ctx.tx, draft));
  if (!when.ok) ctx.refuse(when.code, when.facts);
  const before = await packOn(ctx.tx, draft.code, draft.districtId, draft.effectiveFrom);
  if (before !== undefined && before.id !== draft.baseId) ctx.refuse('rulepacks.base-moved', { version: before.version });
  return { from: draft.effectiveFrom, changes };
};

const issue = async (ctx: Ctx<StepCodes>, draft: drafts.DraftRecord): Promise<{ packId: string; version: string }> => {
  const { from, changes } = await ensureIssuable(ctx, draft);
  const version = nextVersion(from, await drafts.versionNames(ctx.tx, draft.code));
  await sql`update rule_pack set effective_to = ${lastDayBefore(from)} where division_id = ${draft.divisionId} and code = ${draft.code}
    and effective_from < ${from}::date and (effective_to is null or effective_to >= ${from}::date)`.execute(ctx.tx);
  const packId = ctx.id();
  const { divisionId, code, title } = draft;
  await ctx.tx
    .insertInto('rulePack')
    .values({ id: packId, divisionId, code, title, version, effectiveFrom: from, effectiveTo: null })
    .execute();
  const changed = new Map(changes.map((c) => [c.key, c]));
  const values = (await valuesOf(ctx.tx, draft.baseId)).map((v, position) => {
    const change = changed.get(v.key);
    const source = change?.source ?? v.source;
    return {
      ...v,
      source,
      isOurs: change === undefined ? v.isOurs : source.startsWith('本平台默认'),
      value: JSON.stringify(change === undefined ? v.value : change.value),
      packId,
      position,
    };
  });
  await ctx.tx.insertInto('ruleValue').values(values).execute();
  return { packId, version };
};

/** One step of a draft: submitted, returned, issued by a second person, or withdrawn. */
export const moveRuleDraft = async (ctx: Ctx<StepCodes>, id: string, step: RuleStep) => {
  const draft = await draftInReach(ctx, id);
  if (step.move === 'approve' || step.move === 'return') {
    const decides = decisionVerdict(ctx.actor, draft);
    if (!decides.ok) ctx.refuse(decides.code, decides.facts);
  }
  const may = draftStepVerdict(draft, step.move);
  if (!may.ok) ctx.refuse(may.code, may.facts);
  if (draft.version !== step.version) ctx.refuse('record.changed-meanwhile', { version: draft.version });
  const decided = { decidedBy: ctx.actor.personId, decidedAt: ctx.now, updatedAt: ctx.now };
  let issued: { packId: string; version: string } | undefined;
  let kept: boolean;
  switch (step.move) {
    case 'submit':
      await ensureIssuable(ctx, draft);
      kept = await drafts.changeDraft(ctx.tx, draft, { status: 'submitted', returnedReason: null, updatedAt: ctx.now });
      break;
    case 'return':
      kept = await drafts.changeDraft(ctx.tx, draft, { status: 'draft', returnedReason: step.reason, updatedAt: ctx.now });
      break;
    case 'withdraw':
      kept = await drafts.changeDraft(ctx.tx, draft, { status: 'withdrawn', ...decided });
      break;
    case 'approve':
      issued = await issue(ctx, draft);
      kept = await drafts.changeDraft(ctx.tx, draft, { status: 'issued', packId: issued.packId, ...decided });
      break;
  }
  if (!kept) ctx.refuse('record.changed-meanwhile', { version: draft.version });
  await ctx.record({
    type: `rulepacks.${step.move}`,
    recordKind: 'rule-draft',
    recordId: id,
    facts: { code: draft.code, ...(issued === undefined ? {} : { version: issued.version, from: draft.effectiveFrom ?? '' }) },
  });
  const told = { recordKind: 'rule-draft', recordId: id, number: issued?.version ?? '' };
  const officers = step.move === 'submit' ? await drafts.officersOf(ctx.tx, draft.districtId) : [];
  const others = (step.move === 'submit' ? officers : [draft.authorId]).filter(
    (p) => p !== ctx.actor.personId && (step.move !== 'submit' || p !== draft.authorId),
  );
  const kind = {
    submit: 'rulepacks.to-approve',
    return: 'rulepacks.returned',
    withdraw: 'rulepacks.withdrawn',
    approve: 'rulepacks.issued',
  }[step.move];
  await ctx.notify(others, { kind, ...told });
  return { id, version: draft.version + 1 };
};
