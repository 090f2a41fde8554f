import type { SavedView } from '@jieyou/core/lists/schema.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import type { Tx } from '../platform/db/database.ts';

type View = z.infer<typeof SavedView>;
type Content = Pick<View, 'name' | 'search' | 'hidden'>;

/** A person's views of a list, or of all lists, by name. */
export const viewsOf = async (tx: Tx, personId: string, list?: string): Promise<View[]> =>
  (await tx
    .selectFrom('savedView')
    .select(['id', 'list', 'name', 'search', 'hidden', 'version'])
    .where('personId', '=', personId)
    .$if(list !== undefined, (q) => q.where('list', '=', list as string))
    .orderBy('name')
    .execute()) as View[];

/** All views of the list to which one of the person's views belongs, held until the end; empty where it is another's or gone. */
export const viewsBeside = async (tx: Tx, personId: string, id: string): Promise<View[]> =>
  (await tx
    .selectFrom('savedView')
    .select(['id', 'list', 'name', 'search', 'hidden', 'version'])
    .where('personId', '=', personId)
    .where('list', '=', (eb) =>
      eb.selectFrom('savedView as one').select('one.list').where('one.id', '=', id).where('one.personId', '=', personId),
    )
    .orderBy('id')
    .forUpdate()
    .execute()) as View[];

/** Keeps a new view; false where the person has one of that name already. */
export const insertView = async (
  tx: Tx,
  { id, personId, list, content, now }: { id: string; personId: string; list: string; content: Content; now: string },
): Promise<boolean> => {
  const kept = await tx
    .insertInto('savedView')
    .values({
      id,
      personId,
      list,
      name: content.name,
      search: JSON.stringify(content.search),
      hidden: JSON.stringify(content.hidden),
      changedAt: now,
    })
    .onConflict((c) => c.columns(['personId', 'list', 'name']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return kept !== undefined;
};

/** Changes a view that still has the version; the new version, or undefined. */
export const updateView = async (tx: Tx, id: string, version: number, content: Content, now: string): Promise<number | undefined> =>
  (
    await tx
      .updateTable('savedView')
      .set({
        name: content.name,
        search: JSON.stringify(content.search),
        hidden: JSON.stringify(content.hidden),
        changedAt: now,
        version: sql<number>`version + 1`,
      })
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** Takes a view of the person away; false where there was none. */
export const deleteView = async (tx: Tx, personId: string, id: string): Promise<boolean> =>
  (await tx.deleteFrom('savedView').where('personId', '=', personId).where('id', '=', id).returning('id').executeTakeFirst()) !== undefined;
