import { joinsPartners, systemNode } from '@jieyou/core/recipients/drawing.ts';
import { kinVerdict, memberVerdict } from '@jieyou/core/recipients/rules.ts';
import type {
  EcoSystem,
  HouseholdDraft,
  Kin,
  MemberChange,
  MemberDraft,
  PictureView,
  Place,
  TieChange,
  TieDraft,
} from '@jieyou/core/recipients/schema.ts';
import { maskAddress, maskMinorName, maskName } from '@jieyou/core/shared/identifiers.ts';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { personServed, record } from './commands.ts';
import * as store from './store.ts';

const addressPlace = (id: string) => ({ table: 'household', row: id, field: 'address' });
const namePlace = (id: string) => ({ table: 'household_member', row: id, field: 'name' });

const sealAddress = (ctx: Ctx<never>, id: string, address: string | null) => ({
  addressMasked: address === null ? null : maskAddress(address),
  addressCt: address === null ? null : ctx.crypto.encrypt(address, addressPlace(id)),
});

/** Begins the household of a person. */
export const beginHousehold = async (
  ctx: Ctx<'recipients.stands-still' | 'recipients.in-other-household'>,
  id: string,
  draft: z.infer<typeof HouseholdDraft>,
) => {
  const person = await personServed(ctx, id);
  const { districtId, personId } = ctx.actor;
  if ((await store.householdsOf(ctx.tx, districtId, person.id)).length > 0) return ctx.refuse('recipients.in-other-household');
  const household = ctx.id();
  await ctx.tx
    .insertInto('household')
    .values({ districtId, id: household, ...sealAddress(ctx, household, draft.address) })
    .execute();
  await ctx.tx
    .insertInto('householdMember')
    .values({
      districtId,
      id: ctx.id(),
      householdId: household,
      recipientId: person.id,
      relation: draft.relation,
      livesTogether: draft.livesTogether,
      joinedOn: ctx.today,
      recordedBy: personId,
    })
    .execute();
  await record(ctx, 'recipient.household-begun', person.id, { household });
  return { id: household, version: 1 };
};

/** A household with a member whom the asker serves. */
const householdServed = async (ctx: Ctx<never>, id: string) => {
  const found = (await store.householdIn(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.inHand) throw new Denied();
  return found;
};

const changed = (ctx: Ctx<never>, household: string) =>
  ctx.record({ type: 'recipient.household-changed', recordKind: 'household', recordId: household });

/** Changes the household's address from the version that the editor saw. */
export const changeHousehold = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  id: string,
  change: { version: number; address: string | null },
) => {
  const was = await householdServed(ctx, id);
  const row = await ctx.tx
    .updateTable('household')
    .set({ ...sealAddress(ctx, id, change.address), version: change.version + 1 })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .where('version', '=', change.version)
    .returning('version')
    .executeTakeFirst();
  if (row === undefined) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  await changed(ctx, id);
  return { id, version: row.version };
};

/** Opens the address, or the name of somebody merely named, for a reason that is kept. */
export const openHouseholdField = async (ctx: Ctx<never>, id: string, ask: { memberId: string | null; reason: string }) => {
  const found = (await store.householdIn(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (ask.memberId === null) {
    ctx.saw('household', id, { kind: 'unmask', reason: ask.reason, outcome: 'household-address' });
    return { value: found.addressCt === null ? null : ctx.crypto.decrypt(found.addressCt, addressPlace(id)) };
  }
  const member =
    (await ctx.tx
      .selectFrom('householdMember')
      .select('nameCt')
      .where('districtId', '=', ctx.actor.districtId)
      .where('householdId', '=', id)
      .where('id', '=', ask.memberId)
      .executeTakeFirst()) ?? ctx.notFound();
  // A recipient is opened on the person's own page, by who reaches it.
  if (member.nameCt === null) return ctx.notFound();
  ctx.saw('household', id, { kind: 'unmask', reason: ask.reason, outcome: 'member-name' });
  return { value: ctx.crypto.decrypt(member.nameCt, namePlace(ask.memberId)) };
};

const maskedMember = (relation: string, name: string): string =>
  relation === 'child' || relation === 'grandchild' ? maskMinorName(name, null, null) : maskName(name);

type Drawn = { gender?: string; birthYear?: number | null; vital?: string; diedYear?: number | null; generation?: number | null };
// Of a recipient the own row says sex and birth; here they would only differ from it one day.
const drawnOf = (
  recipientId: string | null,
  { gender, birthYear, vital, diedYear, generation }: { readonly [K in keyof Drawn]?: Drawn[K] | undefined },
): Drawn => ({
  ...(recipientId !== null || gender === undefined ? {} : { gender }),
  ...(recipientId !== null || birthYear === undefined ? {} : { birthYear }),
  ...(vital === undefined ? {} : { vital }),
  ...(diedYear === undefined ? {} : { diedYear }),
  // Who lives has no year of death left from before.
  ...(vital === undefined || vital === 'deceased' ? {} : { diedYear: null }),
  ...(generation === undefined ? {} : { generation }),
});

type MemberCodes =
  | 'recipients.stands-still'
  | 'recipients.not-in-reach'
  | 'recipients.member-already'
  | 'recipients.in-other-household'
  | 'recipients.head-already';

/** A member joins: a recipient whom the asker serves as well, or somebody who is merely named. */
export const addHouseholdMember = async (ctx: Ctx<MemberCodes>, id: string, draft: z.infer<typeof MemberDraft>) => {
  await householdServed(ctx, id);
  const { tx, actor } = ctx;
  let recipientId: string | null = null;
  if (draft.recipientId !== null) {
    const person = await store.personById(tx, actor, draft.recipientId);
    if (person === undefined || !person.inHand) return ctx.refuse('recipients.not-in-reach');
    if (person.still) return ctx.refuse('recipients.stands-still');
    recipientId = person.mergedInto ?? person.id;
  }
  const members = await store.livingMembers(tx, actor.districtId, id);
  const verdict = memberVerdict({
    relation: draft.relation,
    hasHead: members.some((m) => m.relation === 'head'),
    households: recipientId === null ? [] : await store.householdsOf(tx, actor.districtId, recipientId),
    householdId: id,
  });
  if (!verdict.ok) return ctx.refuse(verdict.code);
  const memberId = ctx.id();
  await tx
    .insertInto('householdMember')
    .values({
      districtId: actor.districtId,
      id: memberId,
      householdId: id,
      recipientId,
      nameMasked: draft.name === null ? null : maskedMember(draft.relation, draft.name),
      nameCt: draft.name === null ? null : ctx.crypto.encrypt(draft.name, namePlace(memberId)),
      relation: draft.relation,
      livesTogether: draft.livesTogether,
      joinedOn: ctx.today,
      recordedBy: actor.personId,
      ...drawnOf(recipientId, draft),
    })
    .execute();
  await changed(ctx, id);
  return { id: memberId, version: 1 };
};

const livingMember = async (ctx: Ctx<'recipients.member-left'>, householdId: string, id: string) => {
  const member =
    (await ctx.tx
      .selectFrom('householdMember')
      .select(['id', 'relation', 'leftOn', 'recipientId'])
      .where('districtId', '=', ctx.actor.districtId)
      .where('householdId', '=', householdId)
      .where('id', '=', id)
      .executeTakeFirst()) ?? ctx.notFound();
  return member.leftOn === null ? member : ctx.refuse('recipients.member-left');
};

/** Changes how a member stands to the head, and how the member is drawn; what is left out stays. */
export const changeHouseholdMember = async (
  ctx: Ctx<'recipients.head-already' | 'recipients.member-left'>,
  at: { id: string; memberId: string },
  change: z.infer<typeof MemberChange>,
) => {
  await householdServed(ctx, at.id);
  const member = await livingMember(ctx, at.id, at.memberId);
  const others = (await store.livingMembers(ctx.tx, ctx.actor.districtId, at.id)).filter((m) => m.id !== member.id);
  if (change.relation === 'head' && others.some((m) => m.relation === 'head')) return ctx.refuse('recipients.head-already');
  await ctx.tx
    .updateTable('householdMember')
    .set({ relation: change.relation, livesTogether: change.livesTogether, ...drawnOf(member.recipientId, change) })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', at.memberId)
    .execute();
  await changed(ctx, at.id);
  return { id: at.memberId, version: 1 };
};

/** A member leaves; that it was one stays known. */
export const endHouseholdMember = async (ctx: Ctx<'recipients.member-left'>, at: { id: string; memberId: string }) => {
  await householdServed(ctx, at.id);
  await livingMember(ctx, at.id, at.memberId);
  await ctx.tx
    .updateTable('householdMember')
    .set({ leftOn: ctx.today })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', at.memberId)
    .execute();
  await ctx.tx
    .updateTable('householdTie')
    .set({ endedAt: ctx.now })
    .where('districtId', '=', ctx.actor.districtId)
    .where('householdId', '=', at.id)
    .where('endedAt', 'is', null)
    .where((e) => e.or([e('fromMember', '=', at.memberId), e('toMember', '=', at.memberId)]))
    .execute();
  await changed(ctx, at.id);
  return { id: at.memberId, version: 1 };
};

type Kept = {
  id: string;
  fromMember: string;
  toMember: string | null;
  system: string | null;
  systemName: string | null;
  kin: string | null;
};

const liveTies = (ctx: Ctx<never>, household: string): Promise<Kept[]> =>
  ctx.tx
    .selectFrom('householdTie')
    .select(['id', 'fromMember', 'toMember', 'system', 'systemName', 'kin'])
    .where('districtId', '=', ctx.actor.districtId)
    .where('householdId', '=', household)
    .where('endedAt', 'is', null)
    .execute();

type KinCodes = 'recipients.kin-circle' | 'recipients.parents-already';
const ensureKin = (ctx: Ctx<KinCodes>, line: { from: string; to: string; kin: Kin }, recorded: readonly Kept[]): void => {
  const verdict = kinVerdict(
    line,
    recorded.flatMap((t) => (t.kin === null || t.toMember === null ? [] : [{ from: t.fromMember, to: t.toMember, kin: t.kin as Kin }])),
  );
  if (!verdict.ok) ctx.refuse(verdict.code);
};

/** How two members are kin or stand to each other, or a member to something around the family. Of two, one line of each kind. */
export const addHouseholdTie = async (
  ctx: Ctx<'recipients.member-left' | 'recipients.tie-already' | KinCodes>,
  id: string,
  draft: z.infer<typeof TieDraft>,
) => {
  await householdServed(ctx, id);
  const members = (await store.livingMembers(ctx.tx, ctx.actor.districtId, id)).map((m) => m.id);
  if (!members.includes(draft.fromMember) || (draft.toMember !== null && !members.includes(draft.toMember)))
    return ctx.refuse('recipients.member-left');
  const recorded = await liveTies(ctx, id);
  const { fromMember, toMember, kin } = draft;
  const already = recorded.some((t) =>
    toMember === null
      ? t.fromMember === fromMember && t.system !== null && systemNode(t as never) === systemNode(draft)
      : (t.kin === null) === (kin === null) &&
        ((t.fromMember === fromMember && t.toMember === toMember) || (t.fromMember === toMember && t.toMember === fromMember)),
  );
  if (already) return ctx.refuse('recipients.tie-already');
  if (kin !== null && toMember !== null) ensureKin(ctx, { from: fromMember, to: toMember, kin }, recorded);
  const tie = ctx.id();
  await ctx.tx
    .insertInto('householdTie')
    .values({
      districtId: ctx.actor.districtId,
      id: tie,
      householdId: id,
      ...draft,
      systemName: draft.system === null ? null : draft.systemName,
      flow: draft.system === null ? null : draft.flow,
      recordedBy: ctx.actor.personId,
      recordedAt: ctx.now,
    })
    .execute();
  await changed(ctx, id);
  return { id: tie, version: 1 };
};

/** Another bond, another kinship or another direction on a line that stands. */
export const changeHouseholdTie = async (
  ctx: Ctx<'recipients.tie-other-kind' | KinCodes>,
  at: { id: string; tieId: string },
  change: z.infer<typeof TieChange>,
) => {
  await householdServed(ctx, at.id);
  const recorded = await liveTies(ctx, at.id);
  const tie = recorded.find((t) => t.id === at.tieId) ?? ctx.notFound();
  const was = tie.kin as Kin | null;
  // Partners stay partners and descent stays descent: the other way round it is another line.
  if ((was === null) !== (change.kin === null) || (was !== null && change.kin !== null && joinsPartners(was) !== joinsPartners(change.kin)))
    return ctx.refuse('recipients.tie-other-kind');
  if (change.kin !== null && tie.toMember !== null)
    ensureKin(
      ctx,
      { from: tie.fromMember, to: tie.toMember, kin: change.kin },
      recorded.filter((t) => t.id !== tie.id),
    );
  await ctx.tx
    .updateTable('householdTie')
    .set({ ...change, flow: tie.system === null ? null : change.flow })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', tie.id)
    .execute();
  await changed(ctx, at.id);
  return { id: tie.id, version: 1 };
};

/** Keeps what was moved by hand in one of the two drawings, from the version that the editor saw; nothing moved is the automatic order. */
export const placeHousehold = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  id: string,
  body: { version: number; view: PictureView; places: readonly Place[] },
) => {
  await householdServed(ctx, id);
  const members = (await store.livingMembers(ctx.tx, ctx.actor.districtId, id)).map((m) => m.id);
  const systems = (await liveTies(ctx, id)).map((t) => systemNode({ system: t.system as EcoSystem | null, systemName: t.systemName }));
  const drawn = new Set(body.view === 'eco' ? [...members, ...systems] : members);
  // One place each, of what is drawn.
  const places = [...new Map(body.places.filter((p) => drawn.has(p.node)).map((p) => [p.node, { node: p.node, x: p.x, y: p.y }])).values()];
  const kept = JSON.stringify(places);
  const row = await ctx.tx
    .updateTable('household')
    .set({ ...(body.view === 'eco' ? { ecoPlaces: kept } : { familyPlaces: kept }), pictureVersion: body.version + 1 })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .where('pictureVersion', '=', body.version)
    .returning('pictureVersion')
    .executeTakeFirst();
  if (row === undefined) return ctx.refuse('record.changed-meanwhile');
  await changed(ctx, id);
  return { id, version: row.pictureVersion };
};

/** Takes a tie away. */
export const endHouseholdTie = async (ctx: Ctx<never>, at: { id: string; tieId: string }) => {
  await householdServed(ctx, at.id);
  const row = await ctx.tx
    .updateTable('householdTie')
    .set({ endedAt: ctx.now })
    .where('districtId', '=', ctx.actor.districtId)
    .where('householdId', '=', at.id)
    .where('id', '=', at.tieId)
    .where('endedAt', 'is', null)
    .returning('id')
    .executeTakeFirst();
  if (row === undefined) return ctx.notFound();
  await changed(ctx, at.id);
  return { id: at.tieId, version: 1 };
};
