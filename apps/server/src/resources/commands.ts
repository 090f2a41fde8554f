import type { ResourceEvent } from '@jieyou/core/resources/events.ts';
import { validityVerdict } from '@jieyou/core/resources/rules.ts';
import { divisionAbove } from '../divisions/index.ts';
import { given } from '../platform/db/given.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './store.ts';

type Change<Kept> = { [K in keyof Kept]?: Kept[K] | undefined } & { version: number };

const record = (ctx: Ctx<never>, type: ResourceEvent, recordKind: 'resource' | 'partner', recordId: string) =>
  ctx.record({ type, recordKind, recordId });

/** Registers a policy or resource; it belongs to the division of its tier in which the district lies. */
export const createResource = async (ctx: Ctx<'resources.validity-backwards'>, draft: store.ResourceKept) => {
  const verdict = validityVerdict(draft);
  if (!verdict.ok) ctx.refuse(verdict.code);
  const id = ctx.id();
  const { districtId } = ctx.actor;
  await store.insertResource(ctx.tx, { ...draft, id, districtId, divisionId: await divisionOf(ctx, draft.issuingTier) });
  await record(ctx, 'resource.registered', 'resource', id);
  return { id, version: 1 };
};

// A street's offer is kept by the district's centre and stands under the district.
const divisionOf = (ctx: Ctx<never>, tier: store.ResourceKept['issuingTier']): Promise<string> =>
  divisionAbove(ctx.tx, ctx.actor.districtId, tier === 'street' ? 'district' : tier);

/** Changes a policy or resource. */
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
  await record(ctx, 'resource.changed', 'resource', id);
  return { id, version: now };
};

/** Registers a partner with its liaison person. */
export const createPartner = async (ctx: Ctx<never>, draft: store.PartnerKept) => {
  const id = ctx.id();
  await store.insertPartner(ctx.tx, { ...draft, id, districtId: ctx.actor.districtId });
  await record(ctx, 'partner.registered', 'partner', id);
  return { id, version: 1 };
};

/** Changes a partner or takes it out of use. */
export const updatePartner = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  id: string,
  { version, ...change }: Change<store.PartnerKept & { active: boolean }>,
) => {
  if (!(await store.isPartnerOf(ctx.tx, ctx.actor.districtId, id))) ctx.notFound();
  const now = (await store.updatePartner(ctx.tx, id, version, given(change))) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'partner.changed', 'partner', id);
  return { id, version: now };
};
