import { liveConsentVerdict } from '@jieyou/core/cases/rules.ts';
import { seenByRecipient } from '@jieyou/core/recipients/policy.ts';
import { alikeBy, detailsDiffer, holdsOn, namesOnePerson, recipientActs, sureness } from '@jieyou/core/recipients/rules.ts';
import {
  type DisabilityClass,
  FewKnow,
  type FoundBy,
  type HouseholdRelation,
  type HouseholdTie,
  type Place,
  type RecipientCategory,
  type RecipientSearch,
  type Vital,
} from '@jieyou/core/recipients/schema.ts';
import type { CaseDomain } from '@jieyou/core/shared/fields.ts';
import type { Gender } from '@jieyou/core/workforce/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { ageToday, caseInReach, detailsOf, exactIndexes, openLookup, registerInReach, safeContactOf } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { personSeen } from './persons.ts';
import * as store from './store.ts';

const MOST_FOUND = 20;

const caseOut = ({ recipientId: _, ...row }: store.CaseRow) => ({ ...row, domain: row.domain as CaseDomain | null });
const personOut = (ctx: Ctx<never>, { birthOn, stationName: _, version: __, ...row }: store.MaskedRow) => ({
  ...row,
  age: ageToday(birthOn, ctx.today),
});

/**
 * Looks for a person before a row is made. What is in reach comes masked, the surest first; of what is beyond reach only the names of
 * stations with an open case, and only where exactly one person was named. Both are recorded.
 */
export const searchRecipients = async (ctx: Ctx, search: z.infer<typeof RecipientSearch>) => {
  const { tx, actor } = ctx;
  const typed = store.typedOf(search);
  const index = store.indexesOf(ctx.crypto, typed);
  const hits = (await store.hitsOf(tx, actor, index, typed.birthOn))
    .map((h) => ({ id: h.id, because: h.because as FoundBy[] }))
    .toSorted((a, b) => sureness(a.because) - sureness(b.because) || b.id.localeCompare(a.id));
  const shown = hits.slice(0, MOST_FOUND);
  const ids = shown.map((h) => h.id);
  const masked = new Map((await store.maskedOf(tx, actor.districtId, ids)).map((row) => [row.id, row]));
  const cases = await store.casesOf(tx, actor, ids);
  const found = [];
  for (const hit of shown) {
    const row = masked.get(hit.id);
    if (row === undefined) continue;
    const own = cases.filter((c) => c.recipientId === hit.id);
    ctx.saw('recipient', hit.id, { outcome: 'list-by-identity' });
    found.push({
      ...personOut(ctx, row),
      because: hit.because,
      openCases: own.filter((c) => c.status !== 'closed').map(caseOut),
      closedCases: own.filter((c) => c.status === 'closed').length,
      contact: await safeContactOf(tx, actor.districtId, hit.id),
    });
  }
  const elsewhere = namesOnePerson(typed)
    ? await store.openElsewhere(
        tx,
        typed.name !== null && typed.birthOn !== null && typed.phone !== null ? index : { ...index, name: null },
        typed.birthOn,
      )
    : [];
  ctx.saw('recipients', actor.personId, { outcome: elsewhere.length > 0 ? 'elsewhere' : 'list-by-identity' });
  return { found, more: hits.length > MOST_FOUND, elsewhere };
};

export type RecipientFilter = {
  readonly category?: RecipientCategory[] | undefined;
  readonly stationId?: string | undefined;
  readonly lookup?: string | undefined;
  readonly open?: 'yes' | 'no' | undefined;
};

type ListRow = {
  id: string;
  name: string;
  gender: Gender;
  birthOn: string | null;
  phone: string | null;
  categories: RecipientCategory[];
  openCases: number;
  unsafe: boolean;
  stationName: string;
  lastOn: string | null;
};

const NEWEST: readonly SortKey[] = [{ column: 'id', direction: 'desc', type: 'uuid' }];
const LIVE_CATEGORY = sql`c.district_id = r.district_id and c.recipient_id = r.id and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today())
  and c.category <> all(${[...FewKnow.options]}::text[])`;
const OWN_CASE = sql`f.district_id = r.district_id and f.recipient_id = r.id`;

/** One page of the persons in reach, masked. */
export const listRecipients = async (
  ctx: Ctx,
  query: RecipientFilter & { limit: number; after?: string | undefined; count?: 'yes' | undefined },
) => {
  const { actor } = ctx;
  const inReach = caseInReach(actor, 'f');
  // By their ids, found once: the list then never walks along people of others, of each of whom its policy would have to ask.
  const reached = sql`array(select f.recipient_id from case_file f where f.district_id = ${actor.districtId} and ${inReach}
    union select x.id from recipient x where x.district_id = ${actor.districtId} and ${registerInReach(actor, 'x')})`;
  const open = sql`exists (select 1 from case_file f where ${OWN_CASE} and f.status <> 'closed' and ${inReach})`;
  const where = allOf([
    sql`r.district_id = ${actor.districtId}`,
    sql`r.merged_into is null`,
    sql`r.id = any(${reached})`,
    query.category !== undefined &&
      sql`exists (select 1 from recipient_category c where ${LIVE_CATEGORY} and c.category = any(${[...query.category]}::text[]))`,
    query.stationId !== undefined &&
      sql`(exists (select 1 from case_file f where ${OWN_CASE} and f.station_id = ${query.stationId} and ${inReach})
        or (r.on_register and r.station_id = ${query.stationId}))`,
    query.open === 'yes' && open,
    query.open === 'no' && sql`not ${open}`,
    query.lookup !== undefined && query.lookup !== '' && exactly(ctx, query.lookup),
  ]);
  const page = await readPage<ListRow>(ctx.tx, query, {
    columns: sql`r.id, r.name_masked as name, r.gender, r.birth_on, r.phone_masked as phone, s.name as station_name,
      array(select distinct c.category from recipient_category c where ${LIVE_CATEGORY} order by 1) as categories,
      (select count(*)::int from case_file f where ${OWN_CASE} and f.status <> 'closed' and ${inReach}) as open_cases,
      exists (select 1 from recipient_contact k where k.district_id = r.district_id and k.recipient_id = r.id and k.ended_at is null) as unsafe,
      (select max((f.updated_at at time zone 'Asia/Shanghai')::date) from case_file f where ${OWN_CASE} and ${inReach}) as last_on`,
    from: sql`from recipient r join station s on s.id = r.station_id`,
    where,
    sort: NEWEST,
    alias: 'r',
    countFrom: sql`from recipient r`,
  });
  ctx.saw('recipients', actor.personId, { outcome: query.lookup ? 'list-by-identity' : 'list' });
  return { ...page, rows: page.rows.map(({ birthOn, ...row }) => ({ ...row, age: ageToday(birthOn, ctx.today) })) };
};

const exactly = (ctx: Ctx, lookup: string): RawBuilder<unknown> => {
  const index = exactIndexes(ctx.crypto, openLookup(ctx, lookup));
  return sql`r.id in (select coalesce(x.merged_into, x.id) from recipient x where x.district_id = ${ctx.actor.districtId}
    and (x.name_index = ${index.name} or x.id_number_index = ${index.idNumber} or x.phone_index = ${index.phone}))`;
};

type MergeRow = {
  id: string;
  keptId: string;
  keptName: string;
  goneName: string;
  reason: string;
  moved: number;
  mergedByName: string;
  mergedAt: string;
  undoneByName: string | null;
  undoneAt: string | null;
  undoReason: string | null;
};
const MERGE = sql`m.id, m.kept_id, k.name_masked as kept_name, coalesce(g.name_masked, '') as gone_name, m.reason,
  (select coalesce(sum(jsonb_array_length(e.value)), 0)::int from jsonb_each(m.moved) e) as moved,
  b.name as merged_by_name, m.merged_at, u.name as undone_by_name, m.undone_at, m.undo_reason`;
const MERGES = sql`from recipient_merge m join recipient k on k.district_id = m.district_id and k.id = m.kept_id
  left join recipient g on g.district_id = m.district_id and g.id = m.gone_id
  join person b on b.id = m.merged_by left join person u on u.id = m.undone_by`;

type MemberRow = {
  id: string;
  householdId: string;
  recipientId: string | null;
  seen: boolean;
  name: string | null;
  gender: Gender;
  birthOn: string | null;
  relation: HouseholdRelation;
  livesTogether: boolean;
  joinedOn: string;
  leftOn: string | null;
  birthYear: number | null;
  vital: Vital;
  diedYear: number | null;
  generation: number | null;
};

const thisYear = (today: string): number => Number(today.slice(0, 4));
// Years alone do not say whether the birthday was: it is about so many.
const aboutAge = (m: { vital: Vital; birthYear: number | null; diedYear: number | null }, today: string): number | null =>
  m.birthYear === null || m.vital === 'unborn'
    ? null
    : m.vital === 'living'
      ? Math.max(0, thisYear(today) - m.birthYear)
      : m.diedYear === null
        ? null
        : m.diedYear - m.birthYear;

/** Households with their members and lines, masked. */
export const householdsByIds = async (ctx: Ctx, ids: readonly string[]) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  if (ids.length === 0) return [];
  const houses = await tx
    .selectFrom('household')
    .select(['id', 'addressMasked', 'version', 'pictureVersion', 'familyPlaces', 'ecoPlaces'])
    .where('districtId', '=', districtId)
    .where('id', 'in', [...ids])
    .orderBy('id')
    .execute();
  const { rows: members } = await sql<MemberRow>`
    select m.id, m.household_id, m.recipient_id, r.id is not null as seen, coalesce(r.name_masked, m.name_masked) as name,
      coalesce(r.gender, m.gender) as gender, r.birth_on, coalesce(extract(year from r.birth_on)::int, m.birth_year) as birth_year,
      m.vital, m.died_year, m.generation, m.relation, m.lives_together, m.joined_on, m.left_on
    from household_member m left join recipient r on r.district_id = m.district_id and r.id = m.recipient_id and ${store.personInReach(actor, 'r')}
    where m.district_id = ${districtId} and m.household_id = any(${[...ids]}::uuid[])
    order by m.left_on is not null, m.relation <> 'head', m.id`.execute(tx);
  const ties = await tx
    .selectFrom('householdTie')
    .select(['id', 'householdId', 'fromMember', 'toMember', 'system', 'systemName', 'bond', 'kin', 'flow'])
    .where('districtId', '=', districtId)
    .where('householdId', 'in', [...ids])
    .where('endedAt', 'is', null)
    .orderBy('id')
    .execute();
  return houses.map((h) => ({
    id: h.id,
    address: h.addressMasked,
    version: h.version,
    picture: { version: h.pictureVersion, family: h.familyPlaces as Place[], eco: h.ecoPlaces as Place[] },
    members: members
      .filter((m) => m.householdId === h.id)
      .map(({ householdId: _, seen, birthOn, recipientId: who, ...m }) => ({
        ...m,
        recipientId: seen ? who : null,
        kind: who === null ? ('named' as const) : seen ? ('recipient' as const) : ('beyond' as const),
        age: m.vital === 'deceased' || birthOn === null ? aboutAge(m, ctx.today) : ageToday(birthOn, ctx.today),
      })),
    ties: ties.filter((t) => t.householdId === h.id).map(({ householdId: _, ...t }) => t as HouseholdTie),
  }));
};

const householdsOf = async (ctx: Ctx, recipientId: string) =>
  householdsByIds(ctx, await store.householdsOf(ctx.tx, ctx.actor.districtId, recipientId));

/** One person, masked, with what one may do. The address of a merged row leads to the row that stands. */
export const readRecipient = async (ctx: Ctx, id: string) => {
  const person = await personSeen(ctx, id);
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const of = { districtId, recipientId: person.id };
  const [[row], formerNames, categories, guardians, contact, cases, merges] = await Promise.all([
    store.maskedOf(tx, districtId, [person.id]),
    tx
      .selectFrom('recipientFormerName')
      .select(['id', 'nameMasked as name', 'recordedAt'])
      .where((e) => e.and(of))
      .orderBy('id')
      .execute(),
    tx
      .selectFrom('recipientCategory')
      .select(['id', 'category', 'disability', 'grade', 'fromDay', 'toDay', 'source'])
      .where((e) => e.and(of))
      .orderBy('fromDay', 'desc')
      .orderBy('id')
      .execute(),
    tx
      .selectFrom('recipientGuardian')
      .select(['id', 'nameMasked as name', 'relationship', 'phoneMasked as phone', 'recordedAt', 'endedAt'])
      .where((e) => e.and(of))
      .where('keptBackAt', 'is', null)
      .orderBy('id')
      .execute(),
    tx
      .selectFrom('recipientContact as k')
      .innerJoin('person as p', 'p.id', 'k.notedBy')
      .select(['k.how', 'k.times', 'k.notedAt', 'p.name as notedByName'])
      .where('k.districtId', '=', districtId)
      .where('k.recipientId', '=', person.id)
      .where('k.endedAt', 'is', null)
      .orderBy('k.id', 'desc')
      .executeTakeFirst(),
    store.casesOf(tx, actor, [person.id]),
    sql<MergeRow>`select ${MERGE} ${MERGES} where m.district_id = ${districtId} and m.kept_id = ${person.id} order by m.id desc limit 50`.execute(
      tx,
    ),
  ]);
  if (row === undefined) return ctx.notFound();
  const households = await householdsOf(ctx, person.id);
  const details = (await detailsOf(tx, ctx.crypto, districtId, [person.id])).get(person.id) ?? null;
  const consents = await store.consentsOfPerson(tx, actor, person.id);
  ctx.saw('recipient', person.id);
  return {
    ...personOut(ctx, row),
    mergedFrom: person.id === id ? null : id,
    stationName: row.stationName,
    version: row.version,
    details,
    formerNames,
    categories: categories.map((c) => ({
      ...c,
      category: c.category as RecipientCategory,
      disability: c.disability as DisabilityClass | null,
      live: holdsOn(c, ctx.today),
    })),
    guardians,
    contact: contact ?? null,
    households,
    cases: cases.map(caseOut),
    consents: consents.map((c) => ({ ...c, live: liveConsentVerdict(c, ctx.today).ok })),
    merges: merges.rows,
    can: recipientActs({ writes: person.inHand, still: person.still }),
    seenBy: seenByRecipient,
  };
};

type PairRow = { oneId: string; otherId: string; idNumber: boolean; phone: boolean; name: boolean; birthOn: boolean };
const PAIRS: readonly SortKey[] = [
  { column: 'one_id', direction: 'desc', type: 'uuid' },
  { column: 'other_id', direction: 'desc', type: 'uuid' },
];

/** Rows in reach that look like one person and of which nobody has said that they are two. */
export const listRecipientPairs = async (ctx: Ctx, query: { limit: number; after?: string | undefined; count?: 'yes' | undefined }) => {
  const { tx, actor } = ctx;
  const page = await readPage<PairRow>(tx, query, {
    columns: sql`t.one_id, t.other_id, t.id_number, t.phone, t.name, t.birth_on`,
    from: sql`from (
      with mine as materialized (
        select r.id, r.name_index, r.id_number_index, r.phone_index, r.birth_on from recipient r
        where r.district_id = ${actor.districtId} and r.merged_into is null and r.stopped_at is null
          and (r.id in (select f.recipient_id from case_file f where f.district_id = ${actor.districtId} and ${caseInReach(actor, 'f')})
            or ${registerInReach(actor, 'r')})
      ), alike as (
        select a.id as one_id, b.id as other_id from mine a join mine b on a.id_number_index = b.id_number_index and a.id < b.id
        union select a.id, b.id from mine a join mine b on a.phone_index = b.phone_index and a.birth_on = b.birth_on and a.id < b.id
        union select a.id, b.id from mine a join mine b on a.name_index = b.name_index and a.birth_on = b.birth_on and a.id < b.id
      )
      select l.one_id, l.other_id, coalesce(a.id_number_index = b.id_number_index, false) as id_number,
        coalesce(a.phone_index = b.phone_index, false) as phone, a.name_index = b.name_index as name, coalesce(a.birth_on = b.birth_on, false) as birth_on
      from alike l join mine a on a.id = l.one_id join mine b on b.id = l.other_id
      where not exists (select 1 from recipient_pair p where p.district_id = ${actor.districtId} and p.one_id = l.one_id and p.other_id = l.other_id)
    ) t`,
    where: sql<boolean>`true`,
    sort: PAIRS,
    alias: 't',
  });
  const ids = [...new Set(page.rows.flatMap((p) => [p.oneId, p.otherId]))];
  const masked = new Map((await store.maskedOf(tx, actor.districtId, ids)).map((row) => [row.id, row]));
  const cases = await store.casesOf(tx, actor, ids);
  const details = await detailsOf(tx, ctx.crypto, actor.districtId, ids);
  const differ = (one: string, other: string) => {
    const [a, b] = [details.get(one), details.get(other)];
    return a === undefined || b === undefined ? [] : detailsDiffer(a, b);
  };
  const sideOf = (id: string) => {
    const row = masked.get(id);
    if (row === undefined) throw new Error('a side of a pair is out of reach');
    const own = cases.filter((c) => c.recipientId === id);
    const openCases = own.filter((c) => c.status !== 'closed').length;
    return { ...personOut(ctx, row), stationName: row.stationName, openCases, closedCases: own.length - openCases };
  };
  ctx.saw('recipient-pairs', actor.personId, { outcome: 'list' });
  return {
    ...page,
    rows: page.rows.map(({ oneId, otherId, ...common }) => ({
      one: sideOf(oneId),
      other: sideOf(otherId),
      because: alikeBy(common),
      differ: differ(oneId, otherId),
    })),
  };
};

/** Merges of persons in reach, the newest first. */
export const listRecipientMerges = async (ctx: Ctx, query: { limit: number; after?: string | undefined; count?: 'yes' | undefined }) => {
  const page = await readPage<MergeRow>(ctx.tx, query, {
    columns: MERGE,
    from: MERGES,
    where: allOf([sql`m.district_id = ${ctx.actor.districtId}`, store.personInReach(ctx.actor, 'k')]),
    sort: NEWEST,
    alias: 'm',
  });
  ctx.saw('recipient-merge', ctx.actor.personId, { outcome: 'list' });
  return page;
};
