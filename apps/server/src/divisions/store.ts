import type { DivisionTier } from '@jieyou/core/divisions/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { allOf, containing, readPage } from '../platform/http/paging.ts';

/** A division as it is kept. */
export type DivisionRow = {
  id: string;
  parentId: string | null;
  path: string;
  tier: DivisionTier;
  name: string;
  fullName: string;
  code: string | null;
  validFrom: string;
  validTo: string | null;
  successorId: string | null;
  authorityName: string | null;
  version: number;
};

/** A division with everything below it. */
const below = (path: string): RawBuilder<unknown> => sql`d.path ^@ ${path}`;

/** One page of the divisions of a district and of those above it, in the order of their codes. */
export const pageOfDivisions = (
  tx: Tx,
  districtPath: string,
  query: {
    limit: number;
    after?: string | undefined;
    parentId?: string | undefined;
    tier?: DivisionTier | undefined;
    text?: string | undefined;
  },
) =>
  readPage<DivisionRow>(tx, query, {
    columns: sql`d.*`,
    from: sql`from division d`,
    where: allOf([
      sql`(${below(districtPath)} or starts_with(${districtPath}, d.path))`,
      query.parentId !== undefined && sql`d.parent_id = ${query.parentId}`,
      query.tier !== undefined && sql`d.tier = ${query.tier}`,
      query.text !== undefined &&
        query.text !== '' &&
        sql`(d.full_name like ${containing(query.text)} or d.code like ${`${query.text.replace(/\D/g, '') || '-'}%`})`,
    ]),
    sort: [
      { column: 'code', direction: 'asc', type: 'text' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'd',
  });

/** One division. */
export const divisionById = async (tx: Tx, id: string): Promise<DivisionRow | undefined> =>
  (await tx.selectFrom('division').selectAll().where('id', '=', id).executeTakeFirst()) as DivisionRow | undefined;

/** The division that uses an official code now; codes of the past may come again. */
export const currentHolderOfCode = (tx: Tx, code: string) =>
  tx.selectFrom('division').select(['id', 'name']).where('code', '=', code).where('validTo', 'is', null).executeTakeFirst();

export const insertDivision = async (tx: Tx, row: Omit<DivisionRow, 'version'>): Promise<void> => {
  await tx.insertInto('division').values(row).execute();
};

/** Changes a division as the editor saw it; the new version, or undefined when somebody was faster. */
export const updateDivision = async (
  tx: Tx,
  id: string,
  version: number,
  values: Partial<Pick<DivisionRow, 'name' | 'code' | 'validTo' | 'successorId' | 'authorityName'>>,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('division')
      .set({ ...values, version: version + 1 })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** Carries a new name into the full names of the division and of everything below it. */
export const renameBelow = async (tx: Tx, path: string, fullNameBefore: string, fullNameNow: string): Promise<void> => {
  await sql`update division d set full_name = ${fullNameNow} || substr(d.full_name, ${[...fullNameBefore].length + 1})
    where ${below(path)} and starts_with(d.full_name, ${fullNameBefore})`.execute(tx);
};
