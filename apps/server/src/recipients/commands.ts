import { type Known, sameHolder } from '@jieyou/core/alarms/rules.ts';
import type { PersonalField } from '@jieyou/core/cases/schema.ts';
import type { RecipientEvent } from '@jieyou/core/recipients/events.ts';
import { type CategorySpan, categoryEndVerdict, categoryVerdict } from '@jieyou/core/recipients/rules.ts';
import type { CategoryDraft, GuardianDraft, GuardianField } from '@jieyou/core/recipients/schema.ts';
import { maskName, maskPhone } from '@jieyou/core/shared/identifiers.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { casesPackOf, correctPerson, exactIndexes, formerNameMasked, openField, pinyinIndex } from '../cases/index.ts';
import { standingForm } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { personSeen } from './persons.ts';
import type * as store from './store.ts';

export const record = (ctx: Ctx<never>, type: RecipientEvent, recordId: string, facts: Record<string, string | null> = {}) =>
  ctx.record({ type, recordKind: 'recipient', recordId, facts });

/** A person on whom the asker works, and whose file may be changed. */
export const personServed = async (ctx: Ctx<'recipients.stands-still'>, id: string): Promise<store.PersonFacts> => {
  const found = await personSeen(ctx as unknown as Ctx<never>, id);
  if (found.still) return ctx.refuse('recipients.stands-still');
  if (!found.inHand) throw new Denied();
  return found;
};

const keys = (ctx: Ctx<never>) => ({ districtId: ctx.actor.districtId, id: ctx.id() });
const stamp = (ctx: Ctx<never>) => ({ recordedBy: ctx.actor.personId, recordedAt: ctx.now });

type Correction = Parameters<typeof correctPerson>[2];

/** Corrects what is recorded of a person, in the version that was seen. */
export const correctRecipient = async (
  ctx: Ctx<'recipients.stands-still' | 'record.changed-meanwhile'>,
  id: string,
  change: Correction,
) => {
  const person = await personServed(ctx, id);
  const written = await correctPerson(ctx, person.id, change);
  if (written === undefined) return ctx.refuse('record.changed-meanwhile');
  await record(ctx, 'recipient.corrected', person.id, { fields: written.fields.join(',') });
  return { id: person.id, version: written.version };
};

/** Keeps a name that the person had before; the search knows it from now on. */
export const addFormerName = async (
  ctx: Ctx<'recipients.stands-still' | 'recipients.name-known'>,
  id: string,
  { name }: { name: string },
) => {
  const person = await personServed(ctx, id);
  const index = exactIndexes(ctx.crypto, name).name;
  const known = await ctx.tx
    .selectFrom('recipientFormerName')
    .select('id')
    .where('districtId', '=', ctx.actor.districtId)
    .where('recipientId', '=', person.id)
    .where('nameIndex', '=', index)
    .executeTakeFirst();
  if (known !== undefined || (await standingForm(ctx.tx, index)) === person.nameIndex) return ctx.refuse('recipients.name-known');
  const key = keys(ctx);
  await ctx.tx
    .insertInto('recipientFormerName')
    .values({
      ...key,
      ...stamp(ctx),
      recipientId: person.id,
      nameMasked: formerNameMasked(name, person.birthOn, ctx.today),
      nameCt: ctx.crypto.encrypt(name, { table: 'recipient_former_name', row: key.id, field: 'name' }),
      nameIndex: index,
      namePinyinIndex: pinyinIndex(ctx.crypto, name) ?? '',
    })
    .execute();
  await record(ctx, 'recipient.former-name-added', person.id, { row: key.id });
  return { id: key.id, version: 1 };
};

const spansOf = async (ctx: Ctx<never>, recipientId: string): Promise<(CategorySpan & { id: string })[]> =>
  (await ctx.tx
    .selectFrom('recipientCategory')
    .select(['id', 'category', 'disability', 'fromDay', 'toDay'])
    .where('districtId', '=', ctx.actor.districtId)
    .where('recipientId', '=', recipientId)
    .execute()) as (CategorySpan & { id: string })[];

type CategoryCodes =
  | 'recipients.stands-still'
  | 'recipients.category-in-future'
  | 'recipients.category-overlaps'
  | 'recipients.category-not-minor'
  | 'recipients.category-too-old';

/** Records what an office counts the person as, from a day, with the paper that says so. */
export const addCategory = async (ctx: Ctx<CategoryCodes>, id: string, draft: z.infer<typeof CategoryDraft>) => {
  const person = await personServed(ctx, id);
  const disabled = draft.category === 'disabled';
  const graded = disabled || draft.category === 'mental-disorder';
  const span = { ...draft, disability: disabled ? draft.disability : null, grade: graded ? draft.grade : null };
  const pack = await casesPackOf(ctx);
  const facts = {
    recorded: await spansOf(ctx, person.id),
    birthOn: person.birthOn,
    today: ctx.today,
    leftBehindBelow: pack['leftBehind.below'],
  };
  const verdict = categoryVerdict(span, facts);
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  const key = keys(ctx);
  await ctx.tx
    .insertInto('recipientCategory')
    .values({ ...key, ...stamp(ctx), ...span, recipientId: person.id })
    .execute();
  await record(ctx, 'recipient.category-added', person.id, { row: key.id, category: draft.category, fromDay: draft.fromDay });
  return { id: key.id, version: 1 };
};

/** Ends a category on a day; the day still counts. */
export const endCategory = async (
  ctx: Ctx<'recipients.stands-still' | 'recipients.category-over' | 'recipients.category-backwards'>,
  at: { id: string; categoryId: string },
  toDay: string,
) => {
  const person = await personServed(ctx, at.id);
  const span = (await spansOf(ctx, person.id)).find((s) => s.id === at.categoryId) ?? ctx.notFound();
  const verdict = categoryEndVerdict(span, toDay);
  if (!verdict.ok) return ctx.refuse(verdict.code, verdict.facts);
  await ctx.tx
    .updateTable('recipientCategory')
    .set({ toDay })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', at.categoryId)
    .execute();
  await record(ctx, 'recipient.category-ended', person.id, { row: at.categoryId, toDay });
  return { id: at.categoryId, version: 1 };
};

/** By what somebody near the person is told from others: blind indexes, and the register where exactly one of the household fits. */
export const knownKin = async (ctx: Ctx<never>, recipientId: string, of: { name: string; phone: string | null }): Promise<Known> => {
  const name = await standingForm(ctx.tx, exactIndexes(ctx.crypto, of.name).name);
  const { rows } = await sql<{ id: string | null }>`select kin_on_register(${recipientId}, ${name}) as id`.execute(ctx.tx);
  return {
    recipientId: rows[0]?.id ?? null,
    name,
    phone: of.phone === null ? null : await standingForm(ctx.tx, exactIndexes(ctx.crypto, of.phone).phone),
  };
};

/** Whether this is somebody who does violence to the person: then nobody is led to call there. */
const isAbuser = async (ctx: Ctx<never>, recipientId: string, guardian: Known): Promise<boolean> => {
  const { rows } = await sql<{ recipientId: string | null; nameIndex: string; phoneIndex: string | null }>`
    select * from abusers_of(${recipientId})`.execute(ctx.tx);
  return rows.some((a) => sameHolder({ recipientId: a.recipientId, name: a.nameIndex, phone: a.phoneIndex }, guardian));
};

/** Keeps the guardian back who is the one that does violence, so that they are no visible contact. */
export const keepGuardiansBack = async (ctx: Ctx<never>, recipientId: string, abuser: Known): Promise<void> => {
  const rows = await ctx.tx
    .selectFrom('recipientGuardian')
    .select(['id', 'nameCt', 'phoneCt'])
    .where('districtId', '=', ctx.actor.districtId)
    .where('recipientId', '=', recipientId)
    .where('keptBackAt', 'is', null)
    .execute();
  const place = (row: string, field: string) => ({ table: 'recipient_guardian', row, field });
  const same: string[] = [];
  for (const g of rows) {
    const name = ctx.crypto.decrypt(g.nameCt, place(g.id, 'name'));
    const phone = g.phoneCt === null ? null : ctx.crypto.decrypt(g.phoneCt, place(g.id, 'phone'));
    if (sameHolder(abuser, await knownKin(ctx, recipientId, { name, phone }))) same.push(g.id);
  }
  if (same.length > 0)
    await ctx.tx
      .updateTable('recipientGuardian')
      .set({ keptBackAt: ctx.now })
      .where('districtId', '=', ctx.actor.districtId)
      .where('id', 'in', same)
      .execute();
};

/** Records a guardian; name and phone are enciphered and shown masked. */
export const addGuardian = async (ctx: Ctx<'recipients.stands-still'>, id: string, draft: z.infer<typeof GuardianDraft>) => {
  const person = await personServed(ctx, id);
  const key = keys(ctx);
  const place = (field: string) => ({ table: 'recipient_guardian', row: key.id, field });
  await ctx.tx
    .insertInto('recipientGuardian')
    .values({
      ...key,
      ...stamp(ctx),
      recipientId: person.id,
      relationship: draft.relationship,
      nameMasked: maskName(draft.name),
      nameCt: ctx.crypto.encrypt(draft.name, place('name')),
      phoneMasked: draft.phone === null ? null : maskPhone(draft.phone),
      phoneCt: draft.phone === null ? null : ctx.crypto.encrypt(draft.phone, place('phone')),
      keptBackAt: (await isAbuser(ctx as Ctx<never>, person.id, await knownKin(ctx as Ctx<never>, person.id, draft))) ? ctx.now : null,
    })
    .execute();
  await record(ctx, 'recipient.guardian-added', person.id, { row: key.id });
  return { id: key.id, version: 1 };
};

const guardianOf = async (ctx: Ctx<never>, recipientId: string, id: string) =>
  (await ctx.tx
    .selectFrom('recipientGuardian')
    .select(['id', 'nameCt', 'phoneCt', 'endedAt'])
    .where('districtId', '=', ctx.actor.districtId)
    .where('recipientId', '=', recipientId)
    .where('id', '=', id)
    .where('keptBackAt', 'is', null)
    .executeTakeFirst()) ?? ctx.notFound();

/** Says that somebody is no longer the guardian. */
export const endGuardian = async (
  ctx: Ctx<'recipients.stands-still' | 'recipients.guardian-over'>,
  at: { id: string; guardianId: string },
) => {
  const person = await personServed(ctx, at.id);
  const guardian = await guardianOf(ctx, person.id, at.guardianId);
  if (guardian.endedAt !== null) return ctx.refuse('recipients.guardian-over');
  await ctx.tx
    .updateTable('recipientGuardian')
    .set({ endedAt: ctx.now })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', guardian.id)
    .execute();
  await record(ctx, 'recipient.guardian-ended', person.id, { row: guardian.id });
  return { id: guardian.id, version: 1 };
};

/** Opens a guardian's name or phone for a reason that is kept. */
export const openGuardianField = async (
  ctx: Ctx<never>,
  at: { id: string; guardianId: string },
  ask: { field: z.infer<typeof GuardianField>; reason: string },
) => {
  const person = await personSeen(ctx, at.id);
  const guardian = await guardianOf(ctx, person.id, at.guardianId);
  const ciphertext = ask.field === 'name' ? guardian.nameCt : guardian.phoneCt;
  ctx.saw('recipient', person.id, { kind: 'unmask', reason: ask.reason, outcome: `guardian-${ask.field}` });
  await record(ctx, 'recipient.unmasked', person.id, { field: `guardian-${ask.field}` });
  const place = { table: 'recipient_guardian', row: guardian.id, field: ask.field };
  return { value: ciphertext === null ? null : ctx.crypto.decrypt(ciphertext, place) };
};

/** Opens one item of a person, or a former name, for a reason that is kept. */
export const openRecipientField = async (
  ctx: Ctx<never>,
  id: string,
  ask: { field: PersonalField; formerNameId?: string | undefined; reason: string },
) => {
  const person = await personSeen(ctx, id);
  if (ask.formerNameId !== undefined) {
    const former =
      (await ctx.tx
        .selectFrom('recipientFormerName')
        .select(['id', 'nameCt'])
        .where('districtId', '=', ctx.actor.districtId)
        .where('recipientId', '=', person.id)
        .where('id', '=', ask.formerNameId)
        .executeTakeFirst()) ?? ctx.notFound();
    ctx.saw('recipient', person.id, { kind: 'unmask', reason: ask.reason, outcome: 'former-name' });
    await record(ctx, 'recipient.unmasked', person.id, { field: 'former-name' });
    return { value: ctx.crypto.decrypt(former.nameCt, { table: 'recipient_former_name', row: former.id, field: 'name' }) };
  }
  const sealed = await ctx.tx
    .selectFrom('recipient')
    .select(['nameCt', 'idNumberCt', 'phoneCt', 'addressCt'])
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', person.id)
    .executeTakeFirstOrThrow();
  ctx.saw('recipient', person.id, { kind: 'unmask', reason: ask.reason, outcome: ask.field });
  await record(ctx, 'recipient.unmasked', person.id, { field: ask.field });
  return { value: openField(ctx.crypto, person.id, sealed, ask.field) };
};

/** Says that contact is not safe, and how and when it may be made; or that it is safe again. The mark before stays in the history. */
export const markContact = async (ctx: Ctx<'recipients.stands-still'>, id: string, unsafe: { how: string; times: string } | null) => {
  const person = await personServed(ctx, id);
  const { districtId, personId } = ctx.actor;
  await ctx.tx
    .updateTable('recipientContact')
    .set({ endedAt: ctx.now, endedBy: personId })
    .where('districtId', '=', districtId)
    .where('recipientId', '=', person.id)
    .where('endedAt', 'is', null)
    .execute();
  if (unsafe !== null)
    await ctx.tx
      .insertInto('recipientContact')
      .values({ ...keys(ctx), recipientId: person.id, ...unsafe, notedBy: personId, notedAt: ctx.now })
      .execute();
  await record(ctx, unsafe === null ? 'recipient.contact-cleared' : 'recipient.contact-marked', person.id);
  return { id: person.id, version: 1 };
};
