import type { ExpertEvent } from '@jieyou/core/experts/events.ts';
import { availabilityReach } from '@jieyou/core/experts/policy.ts';
import { type AwayRefusal, awayVerdict, termVerdict } from '@jieyou/core/experts/rules.ts';
import { reaches } from '@jieyou/core/identity/policy.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { given } from '../platform/db/given.ts';
import type { Ctx, EventRecord } from '../platform/http/context.ts';
import { isOrganisationOf } from '../stations/index.ts';
import { changePerson, registerPerson } from '../workforce/index.ts';
import * as store from './store.ts';

type Draft = {
  name: string;
  gender: Gender;
  title: string;
  organisationId: string | null;
  organisationName: string;
  helpFields: HelpField[];
  specialities: string;
  termFrom: string;
  termTo: string;
  maxPanelsPerMonth: number;
  weekdays: number[];
};
type Change = { [K in keyof Draft]?: Draft[K] | undefined } & { version: number; active?: boolean | undefined };

const record = (ctx: Ctx<never>, type: ExpertEvent, id: string, facts: EventRecord['facts'] = {}) =>
  ctx.record({ type, recordKind: 'expert', recordId: id, facts });

const checkOrganisation = async (ctx: Ctx<never>, organisationId: string | null | undefined): Promise<void> => {
  if (typeof organisationId === 'string' && !(await isOrganisationOf(ctx.tx, ctx.actor.districtId, organisationId))) ctx.notFound();
};

/** Takes an expert into the bank; the account comes with the role, from the security administrator. */
export const createExpert = async (ctx: Ctx<'experts.term-backwards'>, { name, gender, organisationId, ...expert }: Draft) => {
  const verdict = termVerdict(expert);
  if (!verdict.ok) ctx.refuse(verdict.code);
  await checkOrganisation(ctx, organisationId);
  const personId = await registerPerson(ctx, { name, gender, post: expert.title, organisationId, stationId: null, phone: null });
  const id = ctx.id();
  await store.insertExpert(ctx.tx, { ...expert, id, personId, districtId: ctx.actor.districtId });
  await record(ctx, 'expert.engaged', id, { termFrom: expert.termFrom, termTo: expert.termTo, helpFields: expert.helpFields });
  return { id, version: 1 };
};

/** Changes an expert, the term, or whether the expert is asked at all. */
export const updateExpert = async (
  ctx: Ctx<'record.changed-meanwhile' | 'experts.term-backwards'>,
  id: string,
  { version, name, gender, organisationId, ...change }: Change,
) => {
  const was = (await store.expertById(ctx.tx, ctx.actor.districtId, id)) ?? ctx.notFound();
  const verdict = termVerdict({ termFrom: change.termFrom ?? was.termFrom, termTo: change.termTo ?? was.termTo });
  if (!verdict.ok) ctx.refuse(verdict.code);
  await checkOrganisation(ctx, organisationId);
  const now = (await store.updateExpert(ctx.tx, id, version, given(change))) ?? ctx.refuse('record.changed-meanwhile');
  await changePerson(ctx, was.personId, { name, gender, organisationId });
  await record(ctx, 'expert.changed', id, { active: change.active ?? was.active, termTo: change.termTo ?? was.termTo });
  // A session remembers which expert somebody is.
  await ctx.services.sessions.forget(ctx.tx);
  return { id, version: now };
};

// Another expert's days do not exist for an expert.
const checkAvailability = async (ctx: Ctx<never>, id: string): Promise<void> => {
  const expert = await store.expertById(ctx.tx, ctx.actor.districtId, id);
  if (expert === undefined || !reaches(ctx.actor, availabilityReach, { id, districtId: expert.districtId })) ctx.notFound();
};

/** Notes days on which the expert cannot come. */
export const addAway = async (
  ctx: Ctx<AwayRefusal>,
  expertId: string,
  { reason, ...days }: { fromDay: string; toDay: string; reason?: string | null | undefined },
) => {
  await checkAvailability(ctx, expertId);
  await store.holdAway(ctx.tx, expertId);
  const verdict = awayVerdict(days, ctx.today, await store.awayOf(ctx.tx, expertId));
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const id = ctx.id();
  await store.insertAway(ctx.tx, { id, expertId, ...days, reason: reason ?? null });
  await record(ctx, 'expert.away-added', expertId, days);
  return { id, version: 1 };
};

/** Takes such days back. */
export const removeAway = async (ctx: Ctx<never>, expertId: string, awayId: string): Promise<{ ok: true }> => {
  await checkAvailability(ctx, expertId);
  if (!(await store.removeAway(ctx.tx, expertId, awayId))) ctx.notFound();
  await record(ctx, 'expert.away-removed', expertId);
  return { ok: true };
};

/** Notes a relation that rules the expert out for whatever concerns the other side. */
export const declareRelation = async (
  ctx: Ctx<'workforce.person-unknown'>,
  expertId: string,
  relation: { personId: string | null; organisationId: string | null; says: string },
) => {
  if ((await store.expertById(ctx.tx, ctx.actor.districtId, expertId)) === undefined) ctx.notFound();
  if (!(await store.isOfDistrict(ctx.tx, ctx.actor.districtId, relation))) ctx.refuse('workforce.person-unknown');
  const id = ctx.id();
  await store.insertRelation(ctx.tx, { id, expertId, ...relation });
  await record(ctx, 'expert.relation-declared', expertId, { personId: relation.personId, organisationId: relation.organisationId });
  return { id, version: 1 };
};

/** Takes a relation back that was declared by mistake or is over. */
export const withdrawRelation = async (ctx: Ctx<never>, expertId: string, relationId: string): Promise<{ ok: true }> => {
  if ((await store.expertById(ctx.tx, ctx.actor.districtId, expertId)) === undefined) ctx.notFound();
  if (!(await store.removeRelation(ctx.tx, expertId, relationId))) ctx.notFound();
  await record(ctx, 'expert.relation-withdrawn', expertId, { relationId });
  return { ok: true };
};
