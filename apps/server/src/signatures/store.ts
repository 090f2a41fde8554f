import type { SignatureWay, SignerRole } from '@jieyou/core/signatures/schema.ts';
import { type Insertable, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';

/** Writes a signature; false where its id is taken. */
export const insertSignature = async (
  tx: Tx,
  register: Insertable<DB['signature']>,
  content: Omit<Insertable<DB['signatureContent']>, 'districtId' | 'id'>,
): Promise<boolean> => {
  const made = await tx
    .insertInto('signature')
    .values(register)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return false;
  await tx
    .insertInto('signatureContent')
    .values({ districtId: register.districtId, id: register.id, ...content })
    .execute();
  return true;
};

export const signatureById = async (
  tx: Tx,
  districtId: string,
  id: string,
): Promise<{ subjectId: string; takenBy: string; hash: string } | undefined> =>
  tx
    .selectFrom('signature')
    .select(['subjectId', 'takenBy', 'hash'])
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .executeTakeFirst();

/** A signature as it is stored. */
export type SignatureRow = {
  readonly id: string;
  readonly who: SignerRole;
  readonly way: SignatureWay;
  readonly name: string;
  readonly relation: string;
  readonly reason: string;
  readonly witness: string;
  readonly strokesCt: string | null;
  readonly hash: string;
  readonly signedAt: string;
  readonly takenAt: string;
  readonly takenByName: string;
};

/** Signatures on the plans or a form of a case, oldest first. Of plans all: a version is known by its hash. */
export const signaturesOf = async (
  tx: Tx,
  districtId: string,
  of: { readonly caseId: string | null; readonly kind: 'plan' | 'form'; readonly id?: string },
): Promise<SignatureRow[]> =>
  (
    await sql<SignatureRow>`select s.id, s.who, s.way, c.name_masked as name, c.relation, c.reason, c.witness_masked as witness, c.strokes_ct,
        s.hash, s.signed_at, s.taken_at, p.name as taken_by_name
      from signature s join signature_content c on c.district_id = s.district_id and c.id = s.id join person p on p.id = s.taken_by
      where s.district_id = ${districtId} and ${of.caseId === null ? sql`s.case_id is null` : sql`s.case_id = ${of.caseId}`} and s.subject_kind = ${of.kind}
        ${of.id === undefined ? sql`` : sql`and s.subject_id = ${of.id}`}
      order by s.taken_at, s.id limit 60`.execute(tx)
  ).rows;

/** The day of birth and how many guardians are recorded, and of them kept back. */
export const guardiansOf = async (
  tx: Tx,
  districtId: string,
  recipientId: string,
): Promise<{ birthOn: string | null; count: number; keptBack: number }> =>
  (
    await sql<{ birthOn: string | null; count: number; keptBack: number }>`select r.birth_on,
        count(g.id)::int as count, count(g.kept_back_at)::int as kept_back
      from recipient r left join recipient_guardian g on g.district_id = r.district_id and g.recipient_id = r.id and g.ended_at is null
      where r.district_id = ${districtId} and r.id = ${recipientId} group by r.birth_on`.execute(tx)
  ).rows[0] ?? { birthOn: null, count: 0, keptBack: 0 };
