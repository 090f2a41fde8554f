import type { FormDocument } from '@jieyou/core/forms/document.ts';
import type { Kysely } from 'kysely';
import type { DB } from '../platform/db/types.ts';
import { idAt } from '../platform/ids.ts';
import { caseForms, newEditions, roomForms } from './templates/caseForms.ts';
import { memberForms, secondGroupForms, thirdGroupForms } from './templates/groupForms.ts';
import { otherForms } from './templates/otherForms.ts';
import { scaleForms } from './templates/scaleForms.ts';

const ISSUED_AT = '2026-01-01T00:00:00.000Z';

/** Templates that ship. A released edition is never changed: what is written anew here gets the next number. */
export const shippedForms: readonly { readonly edition: number; readonly document: FormDocument }[] = [
  ...caseForms,
  ...otherForms,
  ...scaleForms,
].map((document) => ({ edition: 1, document }));

/** Everything that ships, in the order in which it came: the ids hang on it. */
export const installedForms: readonly { readonly edition: number; readonly document: FormDocument }[] = [
  ...shippedForms,
  ...newEditions,
  ...secondGroupForms.map((document) => ({ edition: 2, document })),
  ...memberForms.map((document) => ({ edition: 1, document })),
  ...roomForms,
  ...thirdGroupForms.map((document) => ({ edition: 3, document })),
];

/** Installs the templates that are missing at the uppermost division. Runs again unharmed. */
export const installFormTemplates = async (ownerDb: Kysely<DB>, rootDivisionId: string): Promise<void> => {
  await ownerDb
    .insertInto('formTemplate')
    .values(
      installedForms.map(({ edition, document }, order) => ({
        id: idAt(Date.parse(ISSUED_AT), order),
        divisionId: rootDivisionId,
        code: document.code,
        edition,
        title: document.title,
        standard: document.standard,
        subject: document.subject,
        signer: document.signer,
        document: JSON.stringify(document),
        issuedAt: ISSUED_AT,
      })),
    )
    .onConflict((c) => c.columns(['divisionId', 'code', 'edition']).doNothing())
    .execute();
};
