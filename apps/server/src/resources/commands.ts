import type { ResourceEvent } from '@jieyou/core/resources/events.ts';
import { alike, intakeVerdict, reviewVerdict, validityVerdict } from '@jieyou/core/resources/rules.ts';
import { divisionAbove } from '../divisions/index.ts';
import { given } from '../platform/db/given.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

type Change<Kept> = { [K in keyof Kept]?: Kept[K] | undefined } & { version: number };

const record = (ctx: Ctx<never>, type: ResourceEvent, id: string, facts: Record<string, string | number | null> = {}) =>
  ctx.record({ type, recordKind: 'resource', recordId: id, facts });

const keepEdition = (ctx: Ctx<never>, resourceId: string, version: number, eligibility: store.ResourceKept['eligibility']) =>
  store.insertEdition(ctx.tx, {
    id: ctx.id(),
    districtId: ctx.actor.districtId,
    resourceId,
    version,
    eligibility,
    byId: ctx.actor.personId,
    at: ctx.now,
  });

/** Registers a policy or resource; it belongs to the division of its tier in which the district lies. Whoever registers it keeps it. */
export const createResource = async (
  ctx: Ctx<'resources.validity-backwards'>,
  draft: store.ResourceKept,
  externalId: string | null = null,
) => {
  const verdict = validityVerdict(draft);
  if (!verdict.ok) ctx.refuse(verdict.code);
  const id = ctx.id();
  const { districtId, personId } = ctx.actor;
  const divisionId = await divisionOf(ctx, draft.issuingTier);
  await store.insertResource(ctx.tx, { ...draft, id, districtId, divisionId, keeperId: personId, externalId });
  if (draft.eligibility !== null) await keepEdition(ctx, id, 1, draft.eligibility);
  await record(ctx, 'resource.registered', id);
  return { id, version: 1 };
};

// A street's offer is kept by the district's centre and stands under the district.
const divisionOf = (ctx: Ctx<never>, tier: store.ResourceKept['issuingTier']): Promise<string> =>
  divisionAbove(ctx.tx, ctx.actor.districtId, tier === 'street' ? 'district' : tier);

/** Changes a policy or resource; rules that changed are kept as an edition of their own. */
export const updateResource = async (
  ctx: Ctx<'record.changed-meanwhile' | 'resources.validity-backwards'>,
  id: string,
  { version, ...change }: Change<store.ResourceKept>,
) => {
  const was = (await store.resourceById(ctx.tx, ctx.actor.districtId, id, ctx.today)) ?? ctx.notFound();
  const verdict = validityVerdict({ ...was, ...given(change) });
  if (!verdict.ok) ctx.refuse(verdict.code);
  const moved =
    change.issuingTier === undefined || change.issuingTier === was.issuingTier
      ? {}
      : { divisionId: await divisionOf(ctx, change.issuingTier) };
  const now = (await store.updateResource(ctx.tx, id, version, { ...given(change), ...moved })) ?? ctx.refuse('record.changed-meanwhile');
  if (change.eligibility !== undefined && !alike(change.eligibility, was.eligibility)) await keepEdition(ctx, id, now, change.eligibility);
  await record(ctx, 'resource.changed', id);
  return { id, version: now };
};

/** Notes whether it takes referrals now, until when that is known, and how many. */
export const noteIntake = async (
  ctx: Ctx<'record.changed-meanwhile' | 'resources.intake-past'>,
  id: string,
  { version, ...intake }: { version: number; intake: 'open' | 'closed'; intakeUntil: string | null; places: number | null },
) => {
  if ((await store.resourceById(ctx.tx, ctx.actor.districtId, id, ctx.today)) === undefined) ctx.notFound();
  const verdict = intakeVerdict(intake.intakeUntil, ctx.today);
  if (!verdict.ok) ctx.refuse(verdict.code);
  const now = (await store.updateResource(ctx.tx, id, version, intake)) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'resource.intake-noted', id, { intake: intake.intake, places: intake.places });
  return { id, version: now };
};

/** Somebody has looked at it again; whoever did keeps it from now on. */
export const reviewResource = async (
  ctx: Ctx<'record.changed-meanwhile' | 'resources.review-past' | 'resources.validity-backwards'>,
  id: string,
  body: { version: number; nextOn: string; validTo?: string | null | undefined },
) => {
  const was = (await store.resourceById(ctx.tx, ctx.actor.districtId, id, ctx.today)) ?? ctx.notFound();
  const verdict = reviewVerdict(body.nextOn, ctx.today);
  if (!verdict.ok) ctx.refuse(verdict.code);
  const validTo = body.validTo === undefined ? was.validTo : body.validTo;
  const validity = validityVerdict({ validFrom: was.validFrom, validTo });
  if (!validity.ok) ctx.refuse(validity.code);
  const change = { reviewOn: body.nextOn, validTo, keeperId: ctx.actor.personId, remindedFor: null };
  const now = (await store.updateResource(ctx.tx, id, body.version, change)) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'resource.reviewed', id, { nextOn: body.nextOn });
  return { id, version: now };
};
