import type { Eligibility } from '@jieyou/core/resources/eligibility.ts';
import type { ResourcePack } from '@jieyou/core/resources/pack.ts';
import { resourcePackOf } from '@jieyou/core/resources/pack.ts';
import type { IssuingTier, PolicyType, ResourceKind } from '@jieyou/core/resources/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '../platform/db/database.ts';
import type { Given } from '../platform/db/given.ts';
import { packInForce } from '../rulepacks/index.ts';

/** A policy or resource as it is kept. */
export type ResourceKept = {
  kind: z.infer<typeof ResourceKind>;
  policyType: z.infer<typeof PolicyType> | null;
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
  documentNo: string | null;
  documentOn: string | null;
  validFrom: string;
  validTo: string | null;
  eligibility: Eligibility | null;
  reviewOn: string | null;
};
type IntakeKept = { intake: 'open' | 'closed' | null; intakeUntil: string | null; places: number | null };
/** A policy or resource as it is read. */
export type ResourceRow = ResourceKept &
  IntakeKept & { id: string; divisionName: string; valid: boolean; keeperId: string | null; keeperName: string | null; version: number };

/** Figures of the bank that hold for a district on a day. */
export const figuresOf = async (tx: Tx, districtId: string, day: string): Promise<ResourcePack> =>
  resourcePackOf((await packInForce(tx, 'resources', districtId, day)).values);

/** Whether a resource holds on a day. */
export const validOn = (day: string): RawBuilder<unknown> =>
  sql`(r.valid_from <= ${day}::date and (r.valid_to is null or r.valid_to >= ${day}::date))`;

/** Whether somebody has to look at a resource again; the same rule as `needsReview`. */
export const reviewDue = (day: string, leadDays: number): RawBuilder<unknown> =>
  sql`((r.valid_to is null or r.valid_to >= ${day}::date)
    and (r.review_on <= ${day}::date or r.valid_to <= ${day}::date + ${leadDays}::int))`;

/** Columns of a resource; what the nation issues belongs to no division of ours. */
export const resourceColumns = (today: string): RawBuilder<unknown> => sql`r.id, r.kind, r.policy_type, r.name, r.category, r.audience,
  r.authority, r.conditions, r.materials, r.summary, r.help_fields, r.issuing_tier, r.phone, r.source, r.document_no, r.document_on,
  r.valid_from, r.valid_to, r.eligibility, r.intake, r.intake_until, r.places, r.review_on, r.keeper_id, k.name as keeper_name, r.version,
  case r.issuing_tier when 'nation' then '全国' else d.name end as division_name, ${validOn(today)} as valid`;
/** Resources with the division that issues them and the person who keeps them. */
export const resourceSource = sql`from resource r join division d on d.id = r.division_id left join person k on k.id = r.keeper_id`;

export const resourceById = async (tx: Tx, districtId: string, id: string, today: string): Promise<ResourceRow | undefined> =>
  (
    await sql<ResourceRow>`select ${resourceColumns(today)} ${resourceSource} where r.id = ${id} and r.district_id = ${districtId}`.execute(
      tx,
    )
  ).rows[0];

/** All resources of the district with the id under which another bank knows them, in the order of registration. */
export const wholeBank = async (tx: Tx, districtId: string, today: string): Promise<(ResourceRow & { externalId: string | null })[]> =>
  (
    await sql<ResourceRow & { externalId: string | null }>`select ${resourceColumns(today)}, r.external_id ${resourceSource}
      where r.district_id = ${districtId} order by r.id`.execute(tx)
  ).rows;

// A value of jsonb goes in as text: the driver would write an array as an array of PostgreSQL.
const kept = <T extends object>(row: T): T =>
  'eligibility' in row ? { ...row, eligibility: row.eligibility === null ? null : JSON.stringify(row.eligibility) } : row;

type NewResource = ResourceKept &
  Partial<IntakeKept> & { id: string; districtId: string; divisionId: string; keeperId: string; externalId?: string | null };

export const insertResource = async (tx: Tx, row: NewResource): Promise<void> => {
  await tx
    .insertInto('resource')
    .values(kept(row) as never)
    .execute();
};

/** Changes a resource as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateResource = async (
  tx: Tx,
  id: string,
  version: number,
  change: Given<ResourceKept & IntakeKept & { divisionId: string; keeperId: string; remindedFor: string | null }>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('resource')
      .set({ ...(kept(change) as object), version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

export const insertEdition = async (
  tx: Tx,
  row: { id: string; districtId: string; resourceId: string; version: number; eligibility: Eligibility | null; byId: string; at: string },
): Promise<void> => {
  await tx
    .insertInto('resourceEdition')
    .values(kept(row) as never)
    .execute();
};

/** Versions of a resource in which its rules changed, the newest first. */
export const editionsOf = async (tx: Tx, resourceId: string) =>
  (
    await sql<{ version: number; eligibility: Eligibility | null; byName: string | null; at: string }>`
      select e.version, e.eligibility, p.name as by_name, e.at from resource_edition e left join person p on p.id = e.by_id
      where e.resource_id = ${resourceId} order by e.version desc limit 20`.execute(tx)
  ).rows;

/** What ranking needs of every resource that is valid today; no long texts. */
export type RankedFrom = Pick<
  ResourceRow,
  | 'id'
  | 'kind'
  | 'name'
  | 'category'
  | 'authority'
  | 'phone'
  | 'issuingTier'
  | 'helpFields'
  | 'validTo'
  | 'eligibility'
  | 'intake'
  | 'intakeUntil'
  | 'places'
>;
export const candidates = async (tx: Tx, districtId: string, today: string): Promise<RankedFrom[]> =>
  (
    await sql<RankedFrom>`select r.id, r.kind, r.name, r.category, r.authority, r.phone, r.issuing_tier, r.help_fields, r.valid_to,
      r.eligibility, r.intake, r.intake_until, r.places from resource r
      where r.district_id = ${districtId} and ${validOn(today)} and r.policy_type is distinct from 'norm'`.execute(tx)
  ).rows;
