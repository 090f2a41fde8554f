import type { KnownIdentity, KnownKind } from '@jieyou/core/casebank/redaction.ts';
import { NAMELESS } from '@jieyou/core/casebank/rules.ts';
import type { PersonalField, RecipientDraft } from '@jieyou/core/cases/schema.ts';
import { ageOn, type Day, day, isMinorOn } from '@jieyou/core/shared/day.ts';
import {
  birthDateOf,
  idNumberFacts,
  maskAddress,
  maskIdNumber,
  maskMinorName,
  maskName,
  maskPhone,
  normaliseIdNumber,
  normalisePhone,
  toHalfWidth,
} from '@jieyou/core/shared/identifiers.ts';
import type { z } from 'zod';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import { pinyinOf } from '../workforce/index.ts';

type Draft = z.infer<typeof RecipientDraft>;

/** The columns of a recipient that come from what was typed: masked, encrypted, and indexed blind. */
export type SealedRecipient = {
  readonly gender: string;
  readonly birthOn: string | null;
  readonly nameMasked: string;
  readonly idNumberMasked: string | null;
  readonly phoneMasked: string | null;
  readonly addressMasked: string | null;
  readonly nameCt: string;
  readonly idNumberCt: string | null;
  readonly phoneCt: string | null;
  readonly addressCt: string | null;
  readonly nameIndex: string;
  readonly namePinyinIndex: string | null;
  readonly idNumberIndex: string | null;
  readonly phoneIndex: string | null;
};

const place = (row: string, field: PersonalField) => ({ table: 'recipient', row, field });

const nameForIndex = (name: string): string => toHalfWidth(name).replace(/\s+/g, '');
const idForIndex = (idNumber: string): string => idNumberFacts(idNumber)?.number ?? normaliseIdNumber(idNumber);

/** Blind index of a name's sound, surnames read as surnames (解 xie, 单 shan); null where it has none. */
export const pinyinIndex = (crypto: CryptoProvider, name: string): string | null => {
  const { namePinyin } = pinyinOf(nameForIndex(name));
  return namePinyin === '' ? null : crypto.blindIndex(namePinyin, 'recipient.namePinyin');
};

/** Blind indexes under which a typed name, ID number or phone may be found. */
export const exactIndexes = (crypto: CryptoProvider, typed: string): { name: string; idNumber: string; phone: string } => ({
  name: crypto.blindIndex(nameForIndex(typed), 'recipient.name'),
  idNumber: crypto.blindIndex(idForIndex(typed), 'recipient.idNumber'),
  phone: crypto.blindIndex(normalisePhone(typed), 'recipient.phone'),
});

/**
 * What is stored of a recipient: each item encrypted for its own row and field, its masked form for the screen, and a blind index
 * for exact search. A minor's given name and birth date are masked too. The birth date comes from the ID number where none is given.
 */
export const sealRecipient = (crypto: CryptoProvider, id: string, draft: Draft, today: Day): SealedRecipient => {
  const birthOn = draft.birthOn ?? (draft.idNumber === null ? null : (birthDateOf(draft.idNumber) ?? null));
  const minor = birthOn !== null && isMinorOn(day(birthOn), today);
  const seal = (field: PersonalField, value: string | null) => (value === null ? null : crypto.encrypt(value, place(id, field)));
  const indexes = (value: string) => exactIndexes(crypto, value);
  return {
    gender: draft.gender,
    birthOn,
    nameMasked: minor ? maskMinorName(draft.name, null, null) : maskName(draft.name),
    idNumberMasked: draft.idNumber === null ? null : maskIdNumber(draft.idNumber, { minor }),
    phoneMasked: draft.phone === null ? null : maskPhone(draft.phone),
    addressMasked: draft.address === null ? null : maskAddress(draft.address),
    nameCt: crypto.encrypt(draft.name, place(id, 'name')),
    idNumberCt: seal('idNumber', draft.idNumber === null ? null : idForIndex(draft.idNumber)),
    phoneCt: seal('phone', draft.phone),
    addressCt: seal('address', draft.address),
    nameIndex: indexes(draft.name).name,
    namePinyinIndex: pinyinIndex(crypto, draft.name),
    idNumberIndex: draft.idNumber === null ? null : indexes(draft.idNumber).idNumber,
    phoneIndex: draft.phone === null ? null : indexes(draft.phone).phone,
  };
};

/** The ciphertexts of a recipient. */
export type RecipientCiphertexts = {
  readonly nameCt: string;
  readonly idNumberCt: string | null;
  readonly phoneCt: string | null;
  readonly addressCt: string | null;
};

/** Opens one item of a recipient; null where nothing is recorded. */
export const openField = (crypto: CryptoProvider, id: string, sealed: RecipientCiphertexts, field: PersonalField): string | null => {
  const ciphertext = { name: sealed.nameCt, idNumber: sealed.idNumberCt, phone: sealed.phoneCt, address: sealed.addressCt }[field];
  return ciphertext === null ? null : crypto.decrypt(ciphertext, place(id, field));
};

// What people write into a field that they have nothing for; searching a text for it would blacken everyday words.
const NOTHING = /^(?:无|没有|不详|未知|暂无|未提供|不清楚|保密|[-—－/、.。\s]+)$/u;

/** What the record knows of a person, for redaction; the words in its place suit any reader until a pseudonym is chosen. */
export const knownIdentities = (
  crypto: CryptoProvider,
  recipientId: string,
  sealed: RecipientCiphertexts,
  more: { readonly aliases: readonly string[]; readonly school: string | null },
): KnownIdentity[] => {
  const known = (kind: KnownKind, value: string | null, replacement: string): KnownIdentity[] =>
    value === null || NOTHING.test(value.trim()) ? [] : [{ kind, value: value.trim(), replacement }];
  const open = (field: PersonalField) => openField(crypto, recipientId, sealed, field);
  return [
    ...known('name', open('name'), NAMELESS),
    // A name of its own: an alias may be a child's, and mother and child must not read as one person.
    ...more.aliases.flatMap((alias) => known('name', alias, '某人')),
    ...known('id-number', open('idNumber'), '【证件号】'),
    ...known('phone', open('phone'), '【电话】'),
    ...known('address', open('address'), '某处'),
    ...known('school', more.school, '某校'),
  ];
};

/** Age in full years today; null where the birth date is not known. */
export const ageToday = (birthOn: string | null, today: Day): number | null =>
  birthOn === null ? null : (ageOn(day(birthOn), today) ?? null);
