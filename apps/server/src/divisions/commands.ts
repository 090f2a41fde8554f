import type { DivisionEvent } from '@jieyou/core/divisions/events.ts';
import { successorVerdict, tierVerdict } from '@jieyou/core/divisions/rules.ts';
import type { DivisionTier } from '@jieyou/core/divisions/schema.ts';
import { given } from '../platform/db/given.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Invalid } from '../platform/http/errors.ts';
import * as store from './store.ts';

type Draft = { parentId: string; tier: DivisionTier; name: string; code: string | null; validFrom: string };
type Change = {
  version: number;
  name?: string | undefined;
  code?: string | null | undefined;
  validTo?: string | null | undefined;
  successorId?: string | null | undefined;
  authorityName?: string | null | undefined;
};

const record = (ctx: Ctx<never>, type: DivisionEvent, id: string, facts: Record<string, string | null>) =>
  ctx.record({ type, recordKind: 'division', recordId: id, facts });

/** A division of the person's district, the district included; others do not exist for the person. */
const divisionWithin = async (ctx: Ctx<never>, id: string): Promise<store.DivisionRow> => {
  const district = await store.divisionById(ctx.tx, ctx.actor.districtId);
  const found = await store.divisionById(ctx.tx, id);
  return district !== undefined && found?.path.startsWith(district.path) === true ? found : ctx.notFound();
};

const refuseTakenCode = async (ctx: Ctx<'divisions.code-taken'>, code: string | null, besides?: string): Promise<void> => {
  const holder = code === null ? undefined : await store.currentHolderOfCode(ctx.tx, code);
  if (holder !== undefined && holder.id !== besides) ctx.refuse('divisions.code-taken', { name: holder.name });
};

/** Adds a division below one of the district. */
export const createDivision = async (ctx: Ctx<'divisions.tier-not-below-parent' | 'divisions.code-taken'>, draft: Draft) => {
  const parent = await divisionWithin(ctx, draft.parentId);
  const verdict = tierVerdict(parent.tier, draft.tier);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  await refuseTakenCode(ctx, draft.code);
  const id = ctx.id();
  await store.insertDivision(ctx.tx, {
    ...draft,
    id,
    path: `${parent.path}${id}/`,
    fullName: `${parent.fullName}${draft.name}`,
    validTo: null,
    successorId: null,
    authorityName: null,
  });
  await record(ctx, 'division.created', id, { tier: draft.tier, code: draft.code });
  return { id, version: 1 };
};

/** Changes name, code, term, successor or the name of the authority; scopes are untouched, since they go by id. */
export const updateDivision = async (
  ctx: Ctx<'record.changed-meanwhile' | 'divisions.code-taken' | 'divisions.successor-is-itself'>,
  id: string,
  { version, ...change }: Change,
) => {
  const was = await divisionWithin(ctx, id);
  const verdict = successorVerdict(id, change.successorId);
  if (!verdict.ok) ctx.refuse(verdict.code);
  if (typeof change.successorId === 'string') await divisionWithin(ctx, change.successorId);
  const validTo = change.validTo === undefined ? was.validTo : change.validTo;
  if (validTo !== null && validTo < was.validFrom) throw new Invalid([{ path: 'validTo', message: '失效日期不能早于生效日期' }]);
  if (validTo === null) await refuseTakenCode(ctx, change.code === undefined ? was.code : change.code, id);
  const now = (await store.updateDivision(ctx.tx, id, version, given(change))) ?? ctx.refuse('record.changed-meanwhile');
  if (change.name !== undefined && change.name !== was.name) {
    const above = was.fullName.endsWith(was.name) ? was.fullName.slice(0, -was.name.length) : '';
    await store.renameBelow(ctx.tx, was.path, was.fullName, `${above}${change.name}`);
  }
  await record(ctx, 'division.changed', id, { code: change.code ?? null, validTo: change.validTo ?? null });
  return { id, version: now };
};
