import type { PartnerType } from '@jieyou/core/resources/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { Given } from '../platform/db/given.ts';

/** A partner as it is kept. */
export type PartnerKept = { type: PartnerType; name: string; offers: string; helpFields: HelpField[] };
/** A partner as lists show it, with the liaison person to call first and the agreement that ends last. */
export type PartnerRow = PartnerKept & {
  id: string;
  active: boolean;
  liaison: string | null;
  liaisonPost: string | null;
  phone: string | null;
  agreementTo: string | null;
  agreed: boolean;
  version: number;
};
export type Span = { fromDay: string; toDay: string | null };
export type LiaisonKept = Span & { name: string; post: string; phone: string };
export type AgreementKept = Span & { title: string; scope: string };

const current = (alias: string, day: string): RawBuilder<unknown> =>
  sql`(${sql.ref(`${alias}.from_day`)} <= ${day}::date and (${sql.ref(`${alias}.to_day`)} is null or ${sql.ref(`${alias}.to_day`)} >= ${day}::date))`;

/** Columns of a partner. */
export const partnerColumns = sql`p.id, p.type, p.name, p.offers, p.help_fields, p.active, p.version, l.name as liaison, l.post as liaison_post,
  l.phone, a.to_day as agreement_to, a.partner_id is not null as agreed`;
/** Partners, each with one liaison person and one agreement of the day. */
export const partnerSource = (day: string): RawBuilder<unknown> => sql`from partner p
  left join lateral (select l.name, l.post, l.phone from partner_liaison l where l.partner_id = p.id and ${current('l', day)}
    order by l.from_day, l.id limit 1) l on true
  left join lateral (select a.partner_id, a.to_day from partner_agreement a where a.partner_id = p.id and ${current('a', day)}
    order by a.to_day desc nulls first, a.id limit 1) a on true`;

export const partnerById = async (tx: Tx, districtId: string, id: string, day: string): Promise<PartnerRow | undefined> =>
  (await sql<PartnerRow>`select ${partnerColumns} ${partnerSource(day)} where p.id = ${id} and p.district_id = ${districtId}`.execute(tx))
    .rows[0];

export const isPartnerOf = async (tx: Tx, districtId: string, id: string): Promise<boolean> =>
  (await tx.selectFrom('partner').select('id').where('id', '=', id).where('districtId', '=', districtId).executeTakeFirst()) !== undefined;

export const insertPartner = async (tx: Tx, row: PartnerKept & { id: string; districtId: string }): Promise<void> => {
  await tx.insertInto('partner').values(row).execute();
};

/** Changes a partner as the editor saw it; the new version, or undefined when somebody was faster. */
export const updatePartner = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<PartnerKept & { active: boolean }>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('partner')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** Everybody who is or was liaison person; whoever is comes first. */
export const liaisonsOf = async (tx: Tx, partnerId: string, day: string) =>
  (
    await sql<LiaisonKept & { id: string; current: boolean; version: number }>`
      select l.id, l.name, l.post, l.phone, l.from_day, l.to_day, l.version, ${current('l', day)} as current from partner_liaison l
      where l.partner_id = ${partnerId} order by current desc, l.from_day, l.id limit 50`.execute(tx)
  ).rows;

export const agreementsOf = async (tx: Tx, partnerId: string, day: string) =>
  (
    await sql<AgreementKept & { id: string; current: boolean; version: number }>`
      select a.id, a.title, a.scope, a.from_day, a.to_day, a.version, ${current('a', day)} as current from partner_agreement a
      where a.partner_id = ${partnerId} order by current desc, a.from_day desc, a.id limit 50`.execute(tx)
  ).rows;

type Part = { id: string; districtId: string; partnerId: string };
export const insertLiaison = async (tx: Tx, row: LiaisonKept & Part): Promise<void> => {
  await tx.insertInto('partnerLiaison').values(row).execute();
};
export const insertAgreement = async (tx: Tx, row: AgreementKept & Part): Promise<void> => {
  await tx.insertInto('partnerAgreement').values(row).execute();
};

/** Whether a liaison person or an agreement belongs to a partner. */
export const isPartOf = async (tx: Tx, table: 'partnerLiaison' | 'partnerAgreement', partnerId: string, id: string): Promise<boolean> =>
  (await tx.selectFrom(table).select('id').where('id', '=', id).where('partnerId', '=', partnerId).executeTakeFirst()) !== undefined;

/** Changes a liaison person or an agreement; the new version, or undefined when somebody was faster. */
export const updatePart = async (
  tx: Tx,
  table: 'partnerLiaison' | 'partnerAgreement',
  id: string,
  version: number,
  change: LiaisonKept | AgreementKept,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable(table)
      .set({ ...change, version: version + 1 } as never)
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;
