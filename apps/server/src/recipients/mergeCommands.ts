import { type MergeRefusal, mergeVerdict, undoVerdict } from '@jieyou/core/recipients/rules.ts';
import { sql } from 'kysely';
import type { Ctx } from '../platform/http/context.ts';
import { record } from './commands.ts';
import * as store from './store.ts';

/** A row in reach, merged or not: each side of a merge is named as it stands. */
const side = async (ctx: Ctx<never>, id: string) => (await store.personById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();

/** Remembers that two rows are two people, so that they are no longer shown as a pair. */
export const tellApart = async (
  ctx: Ctx<'recipients.same-row' | 'recipients.apart-already'>,
  body: { oneId: string; otherId: string; reason: string },
) => {
  if (body.oneId === body.otherId) return ctx.refuse('recipients.same-row');
  const [one, other] = [await side(ctx, body.oneId), await side(ctx, body.otherId)].map((s) => s.id).toSorted() as [string, string];
  const id = ctx.id();
  const { rows } = await sql`insert into recipient_pair (district_id, id, one_id, other_id, reason, said_by, said_at)
    values (${ctx.actor.districtId}, ${id}, ${one}, ${other}, ${body.reason}, ${ctx.actor.personId}, ${ctx.now})
    on conflict (district_id, one_id, other_id) do nothing returning id`.execute(ctx.tx);
  if (rows.length === 0) return ctx.refuse('recipients.apart-already');
  await record(ctx, 'recipient.told-apart', one, { other });
  return { id, version: 1 };
};

/** Makes two rows of one person one: every reference moves to the kept row, and what moved is remembered. */
export const mergeRecipients = async (ctx: Ctx<MergeRefusal>, body: { keptId: string; goneId: string; reason: string }) => {
  const kept = await side(ctx, body.keptId);
  const gone = await side(ctx, body.goneId);
  const verdict = mergeVerdict({ ...kept, merged: kept.mergedInto !== null }, { ...gone, merged: gone.mergedInto !== null });
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  const id = ctx.id();
  const { rows } = await sql<{ done: boolean }>`select merge_recipients(${id}, ${kept.id}, ${gone.id}, ${body.reason}) as done`.execute(
    ctx.tx,
  );
  // Somebody was faster.
  if (rows[0]?.done !== true) return ctx.refuse('recipients.merged-already');
  await record(ctx, 'recipient.merged', kept.id, { merge: id, gone: gone.id });
  await ctx.changed('recipient', kept.id);
  return { id, version: 1 };
};

/** Takes a merge back: what it moved stands where it stood. */
export const undoRecipientMerge = async (
  ctx: Ctx<'recipients.undone-already' | 'recipients.merged-further' | 'recipients.stands-still'>,
  id: string,
  { reason }: { reason: string },
) => {
  const { rows } = await sql<{ keptId: string; goneId: string; undone: boolean }>`
    select m.kept_id, m.gone_id, m.undone_at is not null as undone from recipient_merge m
    where m.district_id = ${ctx.actor.districtId} and m.id = ${id}`.execute(ctx.tx);
  const merge = rows[0] ?? ctx.notFound();
  const kept = await side(ctx, merge.keptId);
  const verdict = undoVerdict({ undone: merge.undone, keptMerged: kept.mergedInto !== null, still: kept.still });
  if (!verdict.ok) return ctx.refuse(verdict.code);
  const done = await sql<{ done: boolean }>`select undo_recipient_merge(${id}, ${reason}) as done`.execute(ctx.tx);
  if (done.rows[0]?.done !== true) return ctx.refuse('recipients.stands-still');
  await record(ctx, 'recipient.merge-undone', kept.id, { merge: id, gone: merge.goneId });
  await ctx.changed('recipient', kept.id);
  return { id, version: 1 };
};
