import type { ResourceEvent } from '@jieyou/core/resources/events.ts';
import { spanVerdict } from '@jieyou/core/resources/rules.ts';
import { given } from '../platform/db/given.ts';
import type { Ctx } from '../platform/http/context.ts';
import * as store from './partnerStore.ts';

type Change<Kept> = { [K in keyof Kept]?: Kept[K] | undefined } & { version: number };

const record = (ctx: Ctx<never>, type: ResourceEvent, recordId: string) => ctx.record({ type, recordKind: 'partner', recordId });

/** Registers a partner with its first liaison person. */
export const createPartner = async (
  ctx: Ctx<never>,
  { liaison, liaisonPost, phone, ...partner }: store.PartnerKept & { liaison: string; liaisonPost: string; phone: string },
) => {
  const id = ctx.id();
  const { districtId } = ctx.actor;
  await store.insertPartner(ctx.tx, { ...partner, id, districtId });
  await store.insertLiaison(ctx.tx, {
    id: ctx.id(),
    districtId,
    partnerId: id,
    name: liaison,
    post: liaisonPost,
    phone,
    fromDay: ctx.today,
    toDay: null,
  });
  await record(ctx, 'partner.registered', id);
  return { id, version: 1 };
};

const ensurePartner = async (ctx: Ctx<never>, id: string): Promise<void> => {
  if (!(await store.isPartnerOf(ctx.tx, ctx.actor.districtId, id))) ctx.notFound();
};

/** Changes a partner or takes it out of use. */
export const updatePartner = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  id: string,
  { version, ...change }: Change<store.PartnerKept & { active: boolean }>,
) => {
  await ensurePartner(ctx, id);
  const now = (await store.updatePartner(ctx.tx, id, version, given(change))) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'partner.changed', id);
  return { id, version: now };
};

const ensureSpan = (ctx: Ctx<'resources.span-backwards'>, span: store.Span): void => {
  const verdict = spanVerdict(span);
  if (!verdict.ok) ctx.refuse(verdict.code);
};

/** Names a liaison person from a day. */
export const addLiaison = async (ctx: Ctx<'resources.span-backwards'>, partnerId: string, draft: store.LiaisonKept) => {
  await ensurePartner(ctx, partnerId);
  ensureSpan(ctx, draft);
  const id = ctx.id();
  await store.insertLiaison(ctx.tx, { ...draft, id, districtId: ctx.actor.districtId, partnerId });
  await record(ctx, 'partner.liaison-named', partnerId);
  return { id, version: 1 };
};

/** Keeps an agreement with a partner. */
export const addAgreement = async (ctx: Ctx<'resources.span-backwards'>, partnerId: string, draft: store.AgreementKept) => {
  await ensurePartner(ctx, partnerId);
  ensureSpan(ctx, draft);
  const id = ctx.id();
  await store.insertAgreement(ctx.tx, { ...draft, id, districtId: ctx.actor.districtId, partnerId });
  await record(ctx, 'partner.agreement-kept', partnerId);
  return { id, version: 1 };
};

type Changing = 'record.changed-meanwhile' | 'resources.span-backwards';

/** Changes a liaison person, or ends the term with a last day. */
export const updateLiaison = async (
  ctx: Ctx<Changing>,
  of: { id: string; partId: string },
  { version, ...draft }: store.LiaisonKept & { version: number },
) => {
  await ensurePartner(ctx, of.id);
  if (!(await store.isPartOf(ctx.tx, 'partnerLiaison', of.id, of.partId))) ctx.notFound();
  ensureSpan(ctx, draft);
  const now = (await store.updatePart(ctx.tx, 'partnerLiaison', of.partId, version, draft)) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'partner.liaison-changed', of.id);
  return { id: of.partId, version: now };
};

/** Changes an agreement. */
export const updateAgreement = async (
  ctx: Ctx<Changing>,
  of: { id: string; partId: string },
  { version, ...draft }: store.AgreementKept & { version: number },
) => {
  await ensurePartner(ctx, of.id);
  if (!(await store.isPartOf(ctx.tx, 'partnerAgreement', of.id, of.partId))) ctx.notFound();
  ensureSpan(ctx, draft);
  const now = (await store.updatePart(ctx.tx, 'partnerAgreement', of.partId, version, draft)) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'partner.agreement-changed', of.id);
  return { id: of.partId, version: now };
};
