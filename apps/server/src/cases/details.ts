/** What is recorded of a person besides who it is: each item sealed for its own row, the newest row of an item holds. */
import { DetailItem, type RecipientDetails } from '@jieyou/core/cases/schema.ts';
import { sql } from 'kysely';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';

const place = (row: string) => ({ table: 'recipient_detail', row, field: 'value' });
const noDetails = (): RecipientDetails => Object.fromEntries(DetailItem.options.map((item) => [item, null])) as RecipientDetails;

/** Details of persons with whom the asker works; of others there is no entry. */
export const detailsOf = async (
  tx: Tx,
  crypto: CryptoProvider,
  districtId: string,
  ids: readonly string[],
): Promise<Map<string, RecipientDetails>> => {
  const { rows } = await sql<{ recipientId: string; id: string | null; item: DetailItem; valueCt: string | null }>`
    select u.one as recipient_id, d.id, d.item, d.value_ct from unnest(${[...ids]}::uuid[]) as u(one)
      left join lateral (select distinct on (x.item) x.id, x.item, x.value_ct from recipient_detail x
        where x.district_id = ${districtId} and x.recipient_id = u.one order by x.item, x.recorded_at desc, x.id desc) d on true
    where works_with(${districtId}, u.one)`.execute(tx);
  const found = new Map<string, RecipientDetails>();
  for (const { recipientId, id, item, valueCt } of rows) {
    const one = found.get(recipientId) ?? noDetails();
    found.set(recipientId, id === null || valueCt === null ? one : { ...one, [item]: crypto.decrypt(valueCt, place(id)) });
  }
  return found;
};

/** Records what of the details was given and is another than before; says which items those are. */
export const writeDetails = async (
  ctx: Pick<Ctx, 'tx' | 'crypto' | 'actor' | 'now' | 'id'>,
  recipientId: string,
  given: { readonly [K in DetailItem]?: RecipientDetails[K] | undefined },
): Promise<DetailItem[]> => {
  const { tx, crypto, actor } = ctx;
  const { districtId } = actor;
  if (DetailItem.options.every((item) => given[item] === undefined)) return [];
  const was = (await detailsOf(tx, crypto, districtId, [recipientId])).get(recipientId) ?? noDetails();
  const changed = DetailItem.options.filter((item) => given[item] !== undefined && given[item] !== was[item]);
  for (const item of changed) {
    const id = ctx.id();
    const value = given[item] ?? null;
    await tx
      .insertInto('recipientDetail')
      .values({
        districtId,
        id,
        recipientId,
        item,
        valueCt: value === null ? null : crypto.encrypt(value, place(id)),
        recordedBy: actor.personId,
        recordedAt: ctx.now,
      })
      .execute();
  }
  return changed;
};
