import type { AgendaPoint, SeminarStatus } from '@jieyou/core/learning/schema.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

/** A series as it is kept, with the days on which its seminars were or will be. */
export type SeriesKept = {
  readonly id: string;
  readonly title: string;
  readonly theme: string;
  readonly everyDays: number | null;
  readonly startsOn: string;
  readonly status: 'running' | 'ended';
  readonly version: number;
  readonly held: number;
  readonly lastHeldOn: string | null;
  readonly plannedOn: string | null;
};

/** Columns of a series; the table is called `s`. */
export const SERIES = sql`s.id, s.title, s.theme, s.every_days, s.starts_on, s.status, s.version,
  (select count(*)::int from seminar m where m.district_id = s.district_id and m.series_id = s.id and m.status = 'held') as held,
  (select max(m.held_on) from seminar m where m.district_id = s.district_id and m.series_id = s.id and m.status = 'held') as last_held_on,
  (select min(m.held_on) from seminar m where m.district_id = s.district_id and m.series_id = s.id and m.status = 'planned') as planned_on`;

export const seriesById = async (tx: Tx, districtId: string, id: string): Promise<SeriesKept | undefined> =>
  (await sql<SeriesKept>`select ${SERIES} from seminar_series s where s.district_id = ${districtId} and s.id = ${id}`.execute(tx)).rows[0];

/** A seminar as it is kept. */
export type SeminarKept = {
  readonly id: string;
  readonly seriesId: string;
  readonly seriesTitle: string;
  readonly topic: string;
  readonly heldOn: string;
  readonly startsAt: string;
  readonly place: string;
  readonly guests: string;
  readonly agenda: AgendaPoint[];
  readonly status: SeminarStatus;
  readonly minutes: string;
  readonly conclusions: string;
  readonly reason: string;
  readonly version: number;
};

export const seminarById = async (tx: Tx, districtId: string, id: string): Promise<SeminarKept | undefined> =>
  (
    await sql<SeminarKept>`select m.id, m.series_id, s.title as series_title, m.topic, m.held_on, m.starts_at, m.place, m.guests, m.agenda,
      m.status, m.minutes, m.conclusions, m.reason, m.version
    from seminar m join seminar_series s on s.district_id = m.district_id and s.id = m.series_id
    where m.district_id = ${districtId} and m.id = ${id}`.execute(tx)
  ).rows[0];

/** Who was asked, and whether they came. */
export const membersOf = async (tx: Tx, districtId: string, seminarId: string) =>
  (
    await sql<{ id: string; name: string; place: string; attended: boolean | null }>`select m.person_id as id, p.name,
      coalesce(o.name, '') as place, m.attended
    from seminar_member m join person p on p.id = m.person_id left join organisation o on o.id = p.organisation_id
    where m.district_id = ${districtId} and m.seminar_id = ${seminarId} order by m.id`.execute(tx)
  ).rows;

/** Published cases that a seminar speaks of; a recalled one is gone at once. */
export const casesOf = async (tx: Tx, districtId: string, seminarId: string) =>
  (
    await sql<{ id: string; number: string; title: string }>`select e.id, e.number, e.title
    from seminar_case c join casebank_entry e on e.id = c.entry_id and e.recalled_at is null
    where c.district_id = ${districtId} and c.seminar_id = ${seminarId} order by e.number`.execute(tx)
  ).rows;

/** Those of the persons who hold a role in the district today. */
export const servingPersons = async (tx: Tx, districtId: string, persons: readonly string[], today: string): Promise<string[]> =>
  (
    await sql<{ id: string }>`select distinct person_id as id from role_assignment where district_id = ${districtId}
      and person_id = any(${[...persons]}::uuid[]) and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)`.execute(
      tx,
    )
  ).rows.map((row) => row.id);

/** Those of the cases that are published in the district and not recalled. */
export const publishedCases = async (tx: Tx, districtId: string, entries: readonly string[]): Promise<string[]> =>
  (
    await sql<{ id: string }>`select id from casebank_entry where district_id = ${districtId} and recalled_at is null
      and id = any(${[...entries]}::uuid[])`.execute(tx)
  ).rows.map((row) => row.id);

type Key = { readonly districtId: string; readonly seminarId: string };

/** Names anew who is asked; who stays keeps whether they came. */
export const nameMembers = async (
  tx: Tx,
  { districtId, seminarId }: Key,
  members: readonly { id: string; personId: string }[],
): Promise<void> => {
  const persons = members.map((m) => m.personId);
  await sql`delete from seminar_member where district_id = ${districtId} and seminar_id = ${seminarId}
    and not (person_id = any(${persons}::uuid[]))`.execute(tx);
  if (members.length === 0) return;
  await tx
    .insertInto('seminarMember')
    .values(members.map((m) => ({ ...m, districtId, seminarId })))
    .onConflict((c) => c.columns(['districtId', 'seminarId', 'personId']).doNothing())
    .execute();
};

/** Links cases anew. */
export const linkCases = async (
  tx: Tx,
  { districtId, seminarId }: Key,
  entries: readonly { id: string; entryId: string }[],
): Promise<void> => {
  // A recalled case stays linked where nobody sees it: what was spoken of is not rewritten.
  await sql`delete from seminar_case c using casebank_entry e where c.district_id = ${districtId} and c.seminar_id = ${seminarId}
    and e.id = c.entry_id and e.recalled_at is null`.execute(tx);
  if (entries.length === 0) return;
  await tx
    .insertInto('seminarCase')
    .values(entries.map((e) => ({ ...e, districtId, seminarId })))
    .onConflict((c) => c.columns(['districtId', 'seminarId', 'entryId']).doNothing())
    .execute();
};
