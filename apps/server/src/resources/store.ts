import type { IssuingTier, PartnerType, ResourceKind } from '@jieyou/core/resources/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '../platform/db/database.ts';
import type { Given } from '../platform/db/given.ts';

/** A policy or resource as it is kept. */
export type ResourceKept = {
  kind: z.infer<typeof ResourceKind>;
  name: string;
  category: string;
  audience: string;
  authority: string;
  conditions: string;
  materials: string[];
  summary: string;
  helpFields: HelpField[];
  issuingTier: z.infer<typeof IssuingTier>;
  phone: string | null;
  source: string;
  validFrom: string;
  validTo: string | null;
};
/** A policy or resource as it is shown. */
export type ResourceRow = ResourceKept & { id: string; divisionName: string; valid: boolean; version: number };

/** A partner as it is kept. */
export type PartnerKept = {
  type: PartnerType;
  name: string;
  offers: string;
  liaison: string;
  liaisonPost: string;
  phone: string;
  helpFields: HelpField[];
};
/** A partner as it is shown. */
export type PartnerRow = PartnerKept & { id: string; active: boolean; version: number };

/** Whether a resource holds on a day. */
export const validOn = (day: string): RawBuilder<unknown> =>
  sql`(r.valid_from <= ${day}::date and (r.valid_to is null or r.valid_to >= ${day}::date))`;

/** Columns of a resource as it is shown; what the nation issues belongs to no division of ours. */
export const resourceColumns = (today: string): RawBuilder<unknown> => sql`r.id, r.kind, r.name, r.category, r.audience, r.authority,
  r.conditions, r.materials, r.summary, r.help_fields, r.issuing_tier, r.phone, r.source, r.valid_from, r.valid_to, r.version,
  case r.issuing_tier when 'nation' then '全国' else d.name end as division_name, ${validOn(today)} as valid`;
/** Resources with the division that issues them. */
export const resourceSource = sql`from resource r join division d on d.id = r.division_id`;

export const resourceById = async (tx: Tx, districtId: string, id: string, today: string): Promise<ResourceRow | undefined> =>
  (
    await sql<ResourceRow>`select ${resourceColumns(today)} ${resourceSource} where r.id = ${id} and r.district_id = ${districtId}`.execute(
      tx,
    )
  ).rows[0];

export const insertResource = async (tx: Tx, row: ResourceKept & { id: string; districtId: string; divisionId: string }): Promise<void> => {
  await tx.insertInto('resource').values(row).execute();
};

/** Changes a resource as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateResource = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<ResourceKept & { divisionId: string }>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('resource')
      .set({ ...change, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

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
