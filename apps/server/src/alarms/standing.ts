import { type AlarmPack, alarmPackOf } from '@jieyou/core/alarms/pack.ts';
import type { AlarmStanding } from '@jieyou/core/alarms/policy.ts';
import type { AlarmFacts } from '@jieyou/core/alarms/rules.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import { caseById } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { packInForce } from '../rulepacks/index.ts';
import * as store from './store.ts';

/** The figures in force. */
export const packOf = async (ctx: Pick<Ctx, 'tx' | 'actor' | 'today'>): Promise<AlarmPack> =>
  alarmPackOf((await packInForce(ctx.tx, 'alarms', ctx.actor.districtId, ctx.today)).values);

/** A record within reach, as whom the asker stands towards it, and what decides about acts; or as if it did not exist. */
export const alarmInReach = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const found = (await store.alarmById(tx, actor.districtId, id)) ?? ctx.notFound();
  const file = await caseById(tx, actor, found.caseId);
  const supervises = found.supervisorId !== null && scopeOf(actor, 'supervisor', 'self').includes(found.supervisorId);
  const standing: AlarmStanding | null =
    file === undefined
      ? supervises
        ? 'supervisor'
        : null
      : file.inHand
        ? 'works'
        : scopeOf(actor, 'head', 'station').includes(file.stationId)
          ? 'head'
          : null;
  if (standing === null) return ctx.notFound();
  const stand = await store.standOf(tx, actor.districtId, id);
  const orders = await store.ordersOf(tx, actor.districtId, id);
  const facts: AlarmFacts = {
    kind: found.kind,
    status: found.status,
    capacity: found.capacity,
    standing,
    openSteps: stand.steps.filter((s) => s.open && s.required).map((s) => s.code),
    entries: stand.entries,
    orders,
  };
  return { alarm: found, file, facts, stand, orders };
};
