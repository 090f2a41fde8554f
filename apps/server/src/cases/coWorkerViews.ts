import { circleReach } from '@jieyou/core/cases/policy.ts';
import { reaches } from '@jieyou/core/identity/policy.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { namedLike } from '../workforce/index.ts';
import * as store from './coWorkerStore.ts';
import { type CaseFacts, caseById } from './store.ts';

/** A case of which the person says who works along. Whoever only works along on it sees it and is denied openly. */
export const caseWhoseCircle = async (ctx: Ctx<never>, id: string): Promise<CaseFacts> => {
  const found = (await caseById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!reaches(ctx.actor, circleReach, { workerId: found.workerId, stationId: found.stationId })) throw new Denied();
  return found;
};

/** Everybody who works or worked along on a case. */
export const listCoWorkers = async (ctx: Ctx, id: string) => {
  if ((await caseById(ctx.tx, ctx.actor, id)) === undefined) ctx.notFound();
  ctx.saw('case', id);
  return { rows: await store.coWorkersOf(ctx.tx, id) };
};

const MOST_CHOICES = 20;

/** Colleagues of the case's station who may be named: neither its worker nor somebody who works along already. */
export const listCoWorkerChoices = async (ctx: Ctx, id: string, text: string | undefined) => {
  const facts = await caseWhoseCircle(ctx, id);
  const current = (await store.coWorkersOf(ctx.tx, id)).filter((c) => c.current).map((c) => c.personId);
  const named = namedLike('p', text) ?? sql`true`;
  const but = [facts.workerId, ...current];
  return { rows: await store.workersOfStation(ctx.tx, ctx.actor.districtId, facts.stationId, but, named, MOST_CHOICES) };
};
