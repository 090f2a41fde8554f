import type { StationEvent } from '@jieyou/core/stations/events.ts';
import { divisionFor } from '../divisions/index.ts';
import { given } from '../platform/db/given.ts';
import type { Ctx } from '../platform/http/context.ts';
import { pinyinOf } from '../workforce/index.ts';
import * as store from './store.ts';

type OrganisationDraft = Pick<store.OrganisationRow, 'type' | 'name' | 'creditCode' | 'divisionId' | 'contact' | 'phone'>;
type StationDraft = Pick<store.StationRow, 'tier' | 'name' | 'divisionId' | 'operatorId' | 'host' | 'phone' | 'stage'>;
type Change<Draft> = { [K in keyof Draft]?: Draft[K] | undefined } & { version: number };

const record = (ctx: Ctx<never>, type: StationEvent, recordKind: 'organisation' | 'station', recordId: string) =>
  ctx.record({ type, recordKind, recordId });

// Lists are ordered by it.
const sortName = (name: string): string => pinyinOf(name).namePinyin;

const checkDivision = async (ctx: Ctx<'stations.division-unknown'>, divisionId: string | undefined): Promise<void> => {
  if (divisionId === undefined) return;
  if ((await divisionFor(ctx.tx, ctx.actor.districtId, divisionId, ctx.today)) === undefined) ctx.refuse('stations.division-unknown');
};

const checkCreditCode = async (
  ctx: Ctx<'stations.credit-code-taken'>,
  creditCode: string | null | undefined,
  besides?: string,
): Promise<void> => {
  const holder = typeof creditCode === 'string' ? await store.holderOfCreditCode(ctx.tx, creditCode) : undefined;
  if (holder === undefined || holder.id === besides) return;
  // The name of another district's organisation is not this person's to read.
  ctx.refuse('stations.credit-code-taken', holder.districtId === ctx.actor.districtId ? { name: holder.name } : {});
};

/** Registers an organisation of the district. */
export const createOrganisation = async (
  ctx: Ctx<'stations.credit-code-taken' | 'stations.division-unknown'>,
  draft: OrganisationDraft,
) => {
  await checkDivision(ctx, draft.divisionId);
  await checkCreditCode(ctx, draft.creditCode);
  const id = ctx.id();
  await store.insertOrganisation(ctx.tx, { ...draft, id, districtId: ctx.actor.districtId, namePinyin: sortName(draft.name) });
  await record(ctx, 'organisation.registered', 'organisation', id);
  return { id, version: 1 };
};

/** Changes an organisation or takes it out of use. */
export const updateOrganisation = async (
  ctx: Ctx<'record.changed-meanwhile' | 'stations.credit-code-taken' | 'stations.division-unknown'>,
  id: string,
  { version, ...change }: Change<OrganisationDraft & { active: boolean }>,
) => {
  if ((await store.organisationById(ctx.tx, ctx.actor.districtId, id)) === undefined) ctx.notFound();
  await checkDivision(ctx, change.divisionId);
  await checkCreditCode(ctx, change.creditCode, id);
  const renamed = change.name === undefined ? {} : { namePinyin: sortName(change.name) };
  const now =
    (await store.updateOrganisation(ctx.tx, id, version, { ...given(change), ...renamed })) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'organisation.changed', 'organisation', id);
  return { id, version: now };
};

const checkOperator = async (ctx: Ctx<'stations.operator-unknown'>, operatorId: string | null | undefined): Promise<void> => {
  if (typeof operatorId !== 'string') return;
  const operator = await store.organisationById(ctx.tx, ctx.actor.districtId, operatorId);
  if (operator === undefined || !operator.active) ctx.refuse('stations.operator-unknown');
};

/** Registers a station of the district. */
export const createStation = async (ctx: Ctx<'stations.division-unknown' | 'stations.operator-unknown'>, draft: StationDraft) => {
  await checkDivision(ctx, draft.divisionId);
  await checkOperator(ctx, draft.operatorId);
  const id = ctx.id();
  await store.insertStation(ctx.tx, { ...draft, id, districtId: ctx.actor.districtId, namePinyin: sortName(draft.name) });
  await record(ctx, 'station.registered', 'station', id);
  return { id, version: 1 };
};

/** Changes a station. An operator that went out of use meanwhile may stay. */
export const updateStation = async (
  ctx: Ctx<'record.changed-meanwhile' | 'stations.division-unknown' | 'stations.operator-unknown'>,
  id: string,
  { version, ...change }: Change<StationDraft>,
) => {
  const was = (await store.stationById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  if (change.divisionId !== was.divisionId) await checkDivision(ctx, change.divisionId);
  if (change.operatorId !== was.operatorId) await checkOperator(ctx, change.operatorId);
  const renamed = change.name === undefined ? {} : { namePinyin: sortName(change.name) };
  const now = (await store.updateStation(ctx.tx, id, version, { ...given(change), ...renamed })) ?? ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'station.changed', 'station', id);
  return { id, version: now };
};
