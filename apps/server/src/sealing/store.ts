import type { SealBasis, SealedPart, SealStatus } from '@jieyou/core/sealing/schema.ts';
import { type Insertable, sql, type Updateable } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import type { Bundle } from './bundle.ts';

/** A sealed file as its keepers see it. */
export type SealedFile = {
  readonly districtId: string;
  readonly id: string;
  readonly number: string;
  readonly status: SealStatus;
  readonly authority: string;
  readonly decisionNo: string;
  readonly decidedOn: string;
  readonly basis: SealBasis;
  readonly reason: string;
  readonly proposedBy: string;
  readonly proposedAt: string;
  readonly decidedBy: string | null;
  readonly sealedAt: string | null;
  readonly unsealReason: string | null;
  readonly unsealBy: string | null;
  readonly version: number;
};

export const findFile = async (tx: Tx, id: string): Promise<SealedFile | undefined> =>
  (await sql<SealedFile>`select f.* from sealed_file f where f.id = ${id}`.execute(tx)).rows[0];

/** The case that a number means, for those who may propose; null where there is none. */
export const caseToSeal = async (tx: Tx, number: string): Promise<string | null> =>
  (await sql<{ id: string | null }>`select case_to_seal(${number}) as id`.execute(tx)).rows[0]?.id ?? null;

export const insertFile = async (tx: Tx, row: Insertable<DB['sealedFile']>): Promise<void> => {
  await tx.insertInto('sealedFile').values(row).execute();
};

/** Moves a file from the state that was read; false when somebody was faster. */
export const moveFile = async (tx: Tx, file: SealedFile, change: Updateable<DB['sealedFile']>): Promise<boolean> =>
  (
    await tx
      .updateTable('sealedFile')
      .set({ ...change, version: file.version + 1 })
      .where('districtId', '=', file.districtId)
      .where('id', '=', file.id)
      .where('version', '=', file.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

// Text from the database, parsed here: the names of columns inside must stay as they are.
export const takeForSealing = async (tx: Tx, id: string): Promise<Bundle> => {
  const { rows } = await sql<{ bundle: string }>`select take_for_sealing(${id})::text as bundle`.execute(tx);
  return JSON.parse(rows[0]?.bundle ?? 'null') as Bundle;
};

export const sealAway = async (tx: Tx, id: string): Promise<void> => {
  await sql`select seal_away(${id})`.execute(tx);
};

export const insertContent = async (
  tx: Tx,
  content: Insertable<DB['sealedContent']>,
  files: readonly Insertable<DB['sealedAttachment']>[],
): Promise<void> => {
  await tx.insertInto('sealedContent').values(content).execute();
  if (files.length > 0)
    await tx
      .insertInto('sealedAttachment')
      .values([...files])
      .execute();
};

export type KeptContent = { readonly keyId: string; readonly keyCt: string; readonly bodyCt: string };

/** The content under a letter that is open for the person; row-level security looks at the letter. */
export const contentByLetter = async (tx: Tx, fileId: string): Promise<KeptContent | undefined> =>
  tx.selectFrom('sealedContent').select(['keyId', 'keyCt', 'bodyCt']).where('id', '=', fileId).executeTakeFirst();

export const fileByLetter = async (tx: Tx, fileId: string, attachmentId: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('sealedAttachment')
      .select('storedAs')
      .where('fileId', '=', fileId)
      .where('id', '=', attachmentId)
      .executeTakeFirst()
  )?.storedAs;

export const takeForUnsealing = async (tx: Tx, id: string): Promise<KeptContent & { files: { id: string; storedAs: string }[] }> => {
  const content = (await sql<KeptContent>`select * from take_for_unsealing(${id})`.execute(tx)).rows[0];
  if (content === undefined) throw new Error('a sealed file without content');
  return { ...content, files: (await sql<{ id: string; storedAs: string }>`select * from files_for_unsealing(${id})`.execute(tx)).rows };
};

export const putBack = async (tx: Tx, id: string, bundle: Bundle): Promise<void> => {
  await sql`select put_back(${id}, ${JSON.stringify(bundle)}::jsonb)`.execute(tx);
};

/** A query letter. */
export type LetterRecord = {
  readonly districtId: string;
  readonly id: string;
  readonly fileId: string;
  readonly number: string;
  readonly unit: string;
  readonly letterNo: string;
  readonly letterOn: string;
  readonly basis: string;
  readonly scope: SealedPart[];
  readonly untilDay: string;
  readonly hours: number;
  readonly readerIds: string[];
  readonly status: 'registered' | 'open' | 'refused';
  readonly scanAs: string | null;
  readonly scanMime: string | null;
  readonly registeredBy: string;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly version: number;
};

export const findLetter = async (tx: Tx, id: string): Promise<LetterRecord | undefined> =>
  (await sql<LetterRecord>`select l.* from query_letter l where l.id = ${id}`.execute(tx)).rows[0];

export const insertLetter = async (tx: Tx, row: Insertable<DB['queryLetter']>): Promise<void> => {
  await tx.insertInto('queryLetter').values(row).execute();
};

export const moveLetter = async (tx: Tx, letter: LetterRecord, change: Updateable<DB['queryLetter']>): Promise<boolean> =>
  (
    await tx
      .updateTable('queryLetter')
      .set({ ...change, version: letter.version + 1 })
      .where('districtId', '=', letter.districtId)
      .where('id', '=', letter.id)
      .where('version', '=', letter.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

export type ApprovalRow = {
  letterId: string;
  personId: string;
  name: string;
  role: 'centre' | 'security';
  decision: 'approve' | 'refuse';
  at: string;
};

export const approvalsOf = async (tx: Tx, letterIds: readonly string[]): Promise<ApprovalRow[]> =>
  (
    await sql<ApprovalRow>`select a.letter_id, a.person_id, p.name, a.role, a.decision, a.at from letter_approval a join person p on p.id = a.person_id
      where a.letter_id = any(${[...letterIds]}::uuid[]) order by a.id`.execute(tx)
  ).rows;

export const insertApproval = async (tx: Tx, row: Insertable<DB['letterApproval']>): Promise<void> => {
  await tx.insertInto('letterApproval').values(row).execute();
};

export const insertReading = async (tx: Tx, row: Insertable<DB['sealedReading']>): Promise<void> => {
  await tx.insertInto('sealedReading').values(row).execute();
};

/** How many of these people work in the district today in a role that is no administrator's. */
export const workingAmong = async (tx: Tx, districtId: string, persons: readonly string[], roles: readonly string[]): Promise<number> =>
  (
    await sql<{ n: number }>`select count(distinct r.person_id)::int as n from role_assignment r where r.district_id = ${districtId}
      and r.person_id = any(${[...persons]}::uuid[]) and r.role = any(${[...roles]}::text[])
      and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())`.execute(tx)
  ).rows[0]?.n ?? 0;

/** People of the district who hold a role today. */
export const holdersOf = async (tx: Tx, districtId: string, role: string): Promise<string[]> =>
  (
    await sql<{
      personId: string;
    }>`select distinct r.person_id from role_assignment r where r.district_id = ${districtId} and r.role = ${role}
      and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())`.execute(tx)
  ).rows.map((row) => row.personId);
