/** People served who stand behind a registration: found by the search that there is, linked and unlinked by hand. */
import type { ActivityEvent } from '@jieyou/core/activities/events.ts';
import type { FoundRecipient } from '@jieyou/core/recipients/schema.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { personSeen, searchRecipients } from '../recipients/index.ts';
import { inHand, lock, recount } from './commands.ts';
import * as store from './store.ts';

type At = { readonly id: string; readonly registrationId: string };

const registrationOf = async (ctx: Ctx<never>, { id, registrationId }: At): Promise<store.RegistrationFacts> =>
  (await store.registrationsOf(ctx.tx, ctx.actor.districtId, id)).find((r) => r.id === registrationId) ?? ctx.notFound();

const remember = (ctx: Ctx<never>, type: ActivityEvent, { id, registrationId }: At, recipientId: string) =>
  ctx.record({ type, recordKind: 'activity', recordId: id, facts: { registration: registrationId, recipient: recipientId } });

/** Who of the people in reach it might be: what the search before a case shows for this phone, and for this name; no more than that. */
export const findAttendants = async (ctx: Ctx<never>, at: At): Promise<{ found: z.infer<typeof FoundRecipient>[] }> => {
  const was = await inHand(ctx, at.id);
  const one = await registrationOf(ctx, { ...at, id: was.id });
  const name = ctx.crypto.decrypt(one.nameCt, store.registrationPlace(one.id, 'name'));
  const phone = one.phoneCt === null ? null : ctx.crypto.decrypt(one.phoneCt, store.registrationPlace(one.id, 'phone'));
  const { found } = await searchRecipients(ctx as unknown as Ctx, { name, phone });
  return { found };
};

/** Links a registration to a person in reach, in one activity once. What is over is counted again, so that acts of service know the person. */
export const linkAttendant = async (
  ctx: Ctx<'activities.moved-on' | 'activities.linked-already' | 'recipients.stands-still'>,
  at: At,
  recipientId: string,
) => {
  const { tx, actor } = ctx;
  const plain = ctx as unknown as Ctx<never>;
  await lock(plain, at.id);
  const was = await inHand(plain, at.id);
  const one = await registrationOf(plain, at);
  if (was.status === 'cancelled' || one.status === 'cancelled') return ctx.refuse('activities.moved-on', { status: was.status });
  const person = await personSeen(plain, recipientId);
  if (person.still) return ctx.refuse('recipients.stands-still');
  const linked = await store.attendantsOf(tx, actor.districtId, at.id);
  if (linked.some((l) => l.recipientId === person.id)) return ctx.refuse('activities.linked-already');
  const id = ctx.id();
  await tx
    .insertInto('activityAttendant')
    .values({
      districtId: actor.districtId,
      id,
      registrationId: one.id,
      recipientId: person.id,
      linkedBy: actor.personId,
      linkedAt: ctx.now,
    })
    .execute();
  await remember(plain, 'activity.attendant-linked', at, person.id);
  await recount(ctx, was);
  await ctx.changed('activity', at.id);
  return { id, version: 1 };
};

/** Takes a link back. */
export const unlinkAttendant = async (ctx: Ctx<never>, at: At, recipientId: string) => {
  const { tx, actor } = ctx;
  await lock(ctx, at.id);
  const was = await inHand(ctx, at.id);
  const one = await registrationOf(ctx, at);
  const { rows } = await sql<{ id: string }>`delete from activity_attendant where district_id = ${actor.districtId}
    and registration_id = ${one.id} and recipient_id = ${recipientId} returning id`.execute(tx);
  const id = rows[0]?.id ?? ctx.notFound();
  await remember(ctx, 'activity.attendant-unlinked', at, recipientId);
  await recount(ctx, was);
  await ctx.changed('activity', at.id);
  return { id, version: 1 };
};
