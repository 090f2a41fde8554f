/** What is recorded of a person is changed in one place, whether from the person's page or from a case. */
import type { PersonalField, RecipientChange, RecipientDraft } from '@jieyou/core/cases/schema.ts';
import { day, isMinorOn } from '@jieyou/core/shared/day.ts';
import { birthDateOf, maskMinorName, maskName } from '@jieyou/core/shared/identifiers.ts';
import type { z } from 'zod';
import type { Ctx } from '../platform/http/context.ts';
import { writeDetails } from './details.ts';
import { exactIndexes, openField, pinyinIndex, sealRecipient } from './recipient.ts';
import * as store from './store.ts';

type Draft = z.infer<typeof RecipientDraft>;
type Asked = z.infer<typeof RecipientChange>;

/** A correction, with the version of the person that was seen. */
export type PersonChange = { readonly [K in keyof Asked]?: Asked[K] | undefined } & { readonly version: number };

const FIELDS = ['name', 'gender', 'birthOn', 'idNumber', 'phone', 'address'] as const;

/** How a name that is no longer in use is shown. */
export const formerNameMasked = (name: string, birthOn: string | null, today: Ctx['today']): string =>
  birthOn !== null && isMinorOn(day(birthOn), today) ? maskMinorName(name, null, null) : maskName(name);

/**
 * Corrects a person; what is left out stays. Who takes another name keeps the one before as a former name, in the same transaction, unless
 * it was written wrongly.
 * Undefined where somebody was faster: then the caller refuses, and nothing of it remains.
 */
export const correctPerson = async (
  ctx: Pick<Ctx, 'tx' | 'crypto' | 'today' | 'actor' | 'now' | 'id'>,
  id: string,
  change: PersonChange,
): Promise<{ version: number; fields: string[] } | undefined> => {
  const { tx, crypto, today } = ctx;
  const { districtId, personId } = ctx.actor;
  const stored = await store.recipientById(tx, districtId, id);
  const was: Draft = {
    name: openField(crypto, id, stored, 'name') ?? '',
    gender: stored.gender as Draft['gender'],
    birthOn: stored.birthOn,
    ...(Object.fromEntries(
      (['idNumber', 'phone', 'address'] as const satisfies readonly PersonalField[]).map((f) => [f, openField(crypto, id, stored, f)]),
    ) as Pick<Draft, 'idNumber' | 'phone' | 'address'>),
  };
  // Another number says another day of birth, unless a day is given along with it.
  const born = change.birthOn === undefined && typeof change.idNumber === 'string' ? birthDateOf(change.idNumber) : undefined;
  const draft: Draft = { ...was, ...(born === undefined ? {} : { birthOn: born }) };
  for (const field of FIELDS) if (change[field] !== undefined) Object.assign(draft, { [field]: change[field] });
  const version = await store.updateRecipient(tx, districtId, id, change.version, sealRecipient(crypto, id, draft, today));
  if (version === undefined) return undefined;
  const index = exactIndexes(crypto, was.name).name;
  if (change.nameWas !== 'wrong' && was.name !== '' && index !== exactIndexes(crypto, draft.name).name) {
    const row = ctx.id();
    await store.keepFormerName(tx, {
      districtId,
      id: row,
      recipientId: id,
      nameMasked: formerNameMasked(was.name, draft.birthOn, today),
      nameCt: crypto.encrypt(was.name, { table: 'recipient_former_name', row, field: 'name' }),
      nameIndex: index,
      namePinyinIndex: pinyinIndex(crypto, was.name) ?? '',
      recordedBy: personId,
      recordedAt: ctx.now,
    });
  }
  const details = await writeDetails(ctx, id, change);
  return { version, fields: [...FIELDS.filter((f) => draft[f] !== was[f]), ...details] };
};
