import type { Actor } from '@jieyou/core/identity/schema.ts';
import type { ConsentOfRecipient, RecipientSearch } from '@jieyou/core/recipients/schema.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { caseInHand, caseInReach, exactIndexes, pinyinIndex, registerInHand, registerInReach } from '../cases/index.ts';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';

/**
 * The condition under which a person is in reach: through a case, and by a station's register until there is one. A row that was merged is
 * reached as the one that stands.
 */
export const personInReach = (actor: Actor, alias: string): RawBuilder<boolean> => sql<boolean>`(exists (
  select 1 from case_file f where f.district_id = ${sql.ref(`${alias}.district_id`)}
    and f.recipient_id = coalesce(${sql.ref(`${alias}.merged_into`)}, ${sql.ref(`${alias}.id`)}) and ${caseInReach(actor, 'f')})
  or ${registerInReach(actor, alias)})`;

/** A person as commands look at it. */
export type PersonFacts = {
  readonly id: string;
  readonly birthOn: string | null;
  readonly nameIndex: string;
  readonly idNumberIndex: string | null;
  readonly mergedInto: string | null;
  readonly still: boolean;
  /** Whether the asker works on a case of the person. */
  readonly inHand: boolean;
};

/** A person in reach; undefined for one that is missing or beyond it. */
export const personById = async (tx: Tx, actor: Actor, id: string): Promise<PersonFacts | undefined> => {
  const { rows } = await sql<PersonFacts>`
    select r.id, r.birth_on, r.name_index, r.id_number_index, r.merged_into, r.stopped_at is not null as still,
      exists (select 1 from case_file f where f.district_id = r.district_id and f.recipient_id = r.id and ${caseInHand(actor, 'f')})
        or ${registerInHand(actor, 'r')} as in_hand,
      note_found('opened_recipient', r.id) as noted
    from recipient r where r.district_id = ${actor.districtId} and r.id = ${id} and ${personInReach(actor, 'r')}`.execute(tx);
  return rows[0];
};

/** What a page shows of a person, as stored: masked. */
export type MaskedRow = {
  readonly id: string;
  readonly name: string;
  readonly gender: Gender;
  readonly birthOn: string | null;
  readonly idNumber: string | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly stationName: string;
  readonly version: number;
};

export const MASKED = sql`r.id, r.name_masked as name, r.gender, r.birth_on, r.id_number_masked as id_number, r.phone_masked as phone,
  r.address_masked as address, s.name as station_name, r.version`;

/** Masked persons by id. */
export const maskedOf = async (tx: Tx, districtId: string, ids: readonly string[]): Promise<MaskedRow[]> =>
  ids.length === 0
    ? []
    : (
        await sql<MaskedRow>`select ${MASKED} from recipient r join station s on s.id = r.station_id
          where r.district_id = ${districtId} and r.id = any(${[...ids]}::uuid[])`.execute(tx)
      ).rows;

export type CaseRow = {
  readonly recipientId: string;
  readonly id: string;
  readonly number: string;
  readonly status: 'open' | 'closed';
  readonly domain: string | null;
  readonly workerName: string;
  readonly stationName: string;
  readonly openedOn: string;
};

/** Cases of persons that are in reach, newest first. */
export const casesOf = async (tx: Tx, actor: Actor, ids: readonly string[]): Promise<CaseRow[]> =>
  ids.length === 0
    ? []
    : (
        await sql<CaseRow>`select f.recipient_id, f.id, f.number, f.status, f.domain, p.name as worker_name, s.name as station_name, f.opened_on
          from case_file f join person p on p.id = f.worker_id join station s on s.id = f.station_id
          where f.district_id = ${actor.districtId} and f.recipient_id = any(${[...ids]}::uuid[]) and ${caseInReach(actor, 'f')}
          order by f.id desc`.execute(tx)
      ).rows;

type ConsentRow = Omit<z.infer<typeof ConsentOfRecipient>, 'live'>;

/** What a person agreed to in the cases that are in reach: what still stands first, then the newest. */
export const consentsOfPerson = async (tx: Tx, actor: Actor, recipientId: string): Promise<ConsentRow[]> =>
  (
    await sql<ConsentRow>`select c.id, c.receiver, c.receiver_kind, c.receiver_id, c.purpose, c.fields, c.signed_by, c.granted_on, c.expires_on,
        c.withdrawn_on, c.notice_id, c.notice_version, f.id as case_id, f.number as case_number
      from case_file f join consent c on c.district_id = f.district_id and c.case_id = f.id
      where f.district_id = ${actor.districtId} and f.recipient_id = ${recipientId} and ${caseInReach(actor, 'f')}
      order by c.withdrawn_on is not null or coalesce(c.expires_on < app_today(), false), c.granted_on desc, c.id desc limit 200`.execute(
      tx,
    )
  ).rows;

/** What was typed into the search, cleaned; an empty field is none. */
export type Typed = { name: string | null; birthOn: string | null; idNumber: string | null; phone: string | null };
export const typedOf = (search: z.infer<typeof RecipientSearch>): Typed => ({
  name: search.name || null,
  birthOn: search.birthOn || null,
  idNumber: search.idNumber || null,
  phone: search.phone || null,
});

/** Blind indexes of what was typed. */
export const indexesOf = (crypto: CryptoProvider, typed: Typed) => ({
  name: typed.name === null ? null : exactIndexes(crypto, typed.name).name,
  pinyin: typed.name === null ? null : pinyinIndex(crypto, typed.name),
  idNumber: typed.idNumber === null ? null : exactIndexes(crypto, typed.idNumber).idNumber,
  phone: typed.phone === null ? null : exactIndexes(crypto, typed.phone).phone,
});

const MOST_HITS = 200;

/** Persons in reach that answer to what was typed, each with every way in which it does. */
export const hitsOf = async (
  tx: Tx,
  actor: Actor,
  index: ReturnType<typeof indexesOf>,
  birthOn: string | null,
): Promise<{ id: string; because: string[] }[]> => {
  const district = sql`x.district_id = ${actor.districtId}`;
  const { rows } = await sql<{ id: string; because: string[] }>`
    select h.id, array_agg(distinct h.by) as because from (
      select coalesce(x.merged_into, x.id) as id, 'id-number' as by from recipient x where ${district} and x.id_number_index = ${index.idNumber}
      union all
      select coalesce(x.merged_into, x.id), 'phone' from recipient x where ${district} and x.phone_index = ${index.phone}
      union all
      select coalesce(x.merged_into, x.id), case when x.birth_on = ${birthOn}::date then 'name-birth' else 'name' end from recipient x
        where ${district} and x.name_index = ${index.name}
      union all
      select coalesce(x.merged_into, x.id), 'pinyin' from recipient x
        where ${district} and x.name_pinyin_index = ${index.pinyin} and x.name_index <> ${index.name}
      union all
      select x.recipient_id, 'former-name' from recipient_former_name x
        where ${district} and (x.name_index = ${index.name} or x.name_pinyin_index = ${index.pinyin})
    ) h join recipient r on r.district_id = ${actor.districtId} and r.id = h.id
    where ${personInReach(actor, 'r')}
    group by h.id limit ${MOST_HITS}`.execute(tx);
  return rows;
};

/** Stations in which a case is open for exactly this person, among what the asker does not reach. */
export const openElsewhere = async (
  tx: Tx,
  index: ReturnType<typeof indexesOf>,
  birthOn: string | null,
): Promise<{ stationName: string }[]> =>
  (
    await sql<{
      stationName: string;
    }>`select station_name from open_elsewhere(${index.idNumber}, ${index.name}, ${birthOn}::date, ${index.phone})`.execute(tx)
  ).rows;

/** Whether a household has a member whom the asker serves, or (`'reach'`) sees. */
export const householdIn = async (
  tx: Tx,
  actor: Actor,
  id: string,
): Promise<{ id: string; version: number; addressCt: string | null; inHand: boolean } | undefined> => {
  const { rows } = await sql<{ id: string; version: number; addressCt: string | null; inHand: boolean }>`
    select h.id, h.version, h.address_ct, exists (select 1 from household_member m join case_file f
        on f.district_id = m.district_id and f.recipient_id = m.recipient_id
      where m.district_id = h.district_id and m.household_id = h.id and m.left_on is null and ${caseInHand(actor, 'f')}) as in_hand
    from household h where h.district_id = ${actor.districtId} and h.id = ${id}
      and exists (select 1 from household_member m join case_file f on f.district_id = m.district_id and f.recipient_id = m.recipient_id
        where m.district_id = h.district_id and m.household_id = h.id and ${caseInReach(actor, 'f')})`.execute(tx);
  return rows[0];
};

/** Households in which a person lives now. */
export const householdsOf = async (tx: Tx, districtId: string, recipientId: string): Promise<string[]> =>
  (
    await tx
      .selectFrom('householdMember')
      .select('householdId')
      .distinct()
      .where('districtId', '=', districtId)
      .where('recipientId', '=', recipientId)
      .where('leftOn', 'is', null)
      .execute()
  ).map((row) => row.householdId);

/** Members of a household who have not left. */
export const livingMembers = (tx: Tx, districtId: string, householdId: string) =>
  tx
    .selectFrom('householdMember')
    .select(['id', 'relation', 'recipientId', 'nameCt'])
    .where('districtId', '=', districtId)
    .where('householdId', '=', householdId)
    .where('leftOn', 'is', null)
    .execute();
