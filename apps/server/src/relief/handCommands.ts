import { scopeOf } from '@jieyou/core/identity/policy.ts';
import { type HandRefusal, handVerdict } from '@jieyou/core/relief/rules.ts';
import type { ReliefHandoverDraft } from '@jieyou/core/relief/schema.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { ensure, note } from './commands.ts';
import * as store from './store.ts';

/**
 * Hands a relief case to another worker of the station, at once and with a reason. Open undertakings and tasks of volunteers go along; what was
 * entered keeps its author, and whoever carried it before no longer reaches it.
 */
export const handRelief = async (
  ctx: Ctx<HandRefusal | 'relief.person-still' | 'record.changed-meanwhile'>,
  id: string,
  { toId, reason, version }: ReliefHandoverDraft,
) => {
  const { tx, actor } = ctx;
  const was = (await store.reliefById(tx, actor, id)) ?? ctx.notFound();
  if (!scopeOf(actor, 'head', 'station').includes(was.stationId)) throw new Denied();
  if (was.still) return ctx.refuse('relief.person-still');
  ensure(ctx, handVerdict({ status: was.status, workerId: was.workerId, toId, ...(await store.handFacts(tx, was, toId)) }));
  if (was.version !== version) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  const { districtId } = actor;
  const handover = ctx.id();
  await tx
    .insertInto('reliefHandover')
    .values({
      districtId,
      id: handover,
      reliefId: id,
      stationId: was.stationId,
      fromId: was.workerId,
      toId,
      reason,
      madeBy: actor.personId,
      madeAt: ctx.now,
    })
    .execute();
  const { rows } = await sql<{ version: number | null }>`select pass_relief(${handover}) as version`.execute(tx);
  const now = rows[0]?.version ?? null;
  if (now === null) return ctx.refuse('record.changed-meanwhile', { version: was.version });
  if (!actor.selves.includes(toId))
    await ctx.notify([toId], { kind: 'relief.handed-over', recordKind: 'relief', recordId: id, number: '' });
  await note(ctx, 'relief.handed-over', id, { handover });
  return { id, version: now };
};
