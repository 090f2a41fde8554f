import { dismissalVerdict } from '@jieyou/core/casebank/rules.ts';
import type { RecallCause } from '@jieyou/core/casebank/schema.ts';
import { liveConsent } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

/**
 * Recalls a published case. One person is enough: releasing takes two because it cannot be undone in the readers' memory, and what
 * protects somebody must not wait. The database empties the entry in the same statement, so that no reader finds it any more.
 */
export const recallPublication = async (ctx: Ctx<'casebank.recalled'>, id: string, given: { cause: RecallCause; reason: string }) => {
  const { tx, actor } = ctx;
  const entry = (await store.entryForRecall(tx, actor.districtId, id)) ?? ctx.notFound();
  if (!(await store.recallEntry(tx, id, ctx.now))) return ctx.refuse('casebank.recalled');
  await store.decideRecall(tx, {
    id: ctx.id(),
    districtId: actor.districtId,
    entryId: id,
    cause: given.cause,
    says: given.reason,
    by: actor.personId,
    at: ctx.now,
  });
  await ctx.record({
    type: 'casebank.recalled',
    recordKind: 'entry',
    recordId: id,
    requestRef: entry.requestId,
    facts: { number: entry.number, cause: given.cause },
  });
  const told = [entry.draftedBy, entry.releasedBy, entry.askerId].filter((p) => p !== actor.personId);
  await ctx.notify([...new Set(told)], { kind: 'casebank.recalled', recordKind: 'entry', recordId: id, number: entry.number });
  await ctx.changed('entry', id);
  await ctx.changed('request', entry.requestId);
  return { ok: true as const };
};

/** Leaves a case in the bank although its recall was proposed; never while the consent is gone. */
export const dismissRecall = async (
  ctx: Ctx<'casebank.recall-decided' | 'casebank.consent-missing'>,
  id: string,
  given: { reason: string },
) => {
  const { tx, actor } = ctx;
  const recall = (await store.recallById(tx, actor.districtId, id)) ?? ctx.notFound();
  const consent = await liveConsent(tx, { districtId: actor.districtId, caseId: recall.caseId }, 'publication', ctx.today);
  const verdict = dismissalVerdict({ status: recall.status, cause: recall.cause, consentLives: consent !== undefined });
  if (!verdict.ok) ctx.refuse(verdict.code);
  if (!(await store.dismissRecall(tx, actor.districtId, id, { says: given.reason, by: actor.personId, at: ctx.now })))
    return ctx.refuse('casebank.recall-decided');
  await ctx.record({ type: 'casebank.recall-dismissed', recordKind: 'entry', recordId: recall.entryId, requestRef: recall.requestId });
  await ctx.changed('entry', recall.entryId);
  return { ok: true as const };
};
