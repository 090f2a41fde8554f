import type {
  AwardPlan,
  CompetitionDraft,
  CompetitionStatus,
  Criterion,
  EntryStatus,
  RecusalCause,
  ResultRow,
} from '@jieyou/core/learning/schema.ts';
import type { CaseDomain } from '@jieyou/core/shared/fields.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';

/** A competition as it is kept. */
export type CompetitionKept = {
  readonly id: string;
  readonly title: string;
  readonly theme: string;
  readonly domains: CaseDomain[];
  readonly status: CompetitionStatus;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly scoreBy: string;
  readonly criteria: Criterion[];
  readonly awards: AwardPlan[];
  readonly result: ResultRow[] | null;
  readonly noticeFrom: string | null;
  readonly noticeUntil: string | null;
  readonly version: number;
};

/** A competition that the reader may see; row-level security hides those that are not announced. */
export const competitionById = async (tx: Tx, districtId: string, id: string): Promise<CompetitionKept | undefined> =>
  (
    await sql<CompetitionKept>`select id, title, theme, domains, status, opens_on, closes_on, score_by, criteria, awards, result, notice_from,
      notice_until, version from competition where district_id = ${districtId} and id = ${id}`.execute(tx)
  ).rows[0];

/** Those of the persons who are experts or supervisors of the district today. */
export const possibleJudges = async (tx: Tx, districtId: string, persons: readonly string[], today: string): Promise<string[]> =>
  (
    await sql<{ id: string }>`select distinct person_id as id from role_assignment where district_id = ${districtId}
      and role in ('expert', 'supervisor') and person_id = any(${[...persons]}::uuid[])
      and valid_from <= ${today}::date and (valid_to is null or valid_to >= ${today}::date)`.execute(tx)
  ).rows.map((row) => row.id);

type Call = Omit<CompetitionDraft, 'judgeIds'>;

/** A call as its row holds it. */
export const callRow = ({ criteria, awards, ...call }: Call) => ({
  ...call,
  criteria: JSON.stringify(criteria),
  awards: JSON.stringify(awards),
});

export const insertCompetition = async (tx: Tx, key: { id: string; districtId: string; madeBy: string }, call: Call): Promise<void> => {
  await tx
    .insertInto('competition')
    .values({ ...callRow(call), ...key, status: 'draft' })
    .execute();
};

type Change = Partial<ReturnType<typeof callRow>> & {
  status?: CompetitionStatus;
  result?: null;
  noticeFrom?: string | null;
  noticeUntil?: string | null;
};

/** Moves a competition on from the version that the editor saw; undefined when somebody was faster. */
export const changeCompetition = async (tx: Tx, districtId: string, id: string, version: number, change: Change) =>
  (
    await tx
      .updateTable('competition')
      .set({ ...change, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** Names the judges anew. */
export const nameJudges = async (
  tx: Tx,
  districtId: string,
  competitionId: string,
  judges: readonly { id: string; personId: string }[],
) => {
  await sql`delete from competition_judge where district_id = ${districtId} and competition_id = ${competitionId}`.execute(tx);
  await tx
    .insertInto('competitionJudge')
    .values(judges.map((j) => ({ ...j, districtId, competitionId })))
    .execute();
};

/** Judges with their agencies. */
export const judgesOf = async (tx: Tx, districtId: string, competitionId: string) =>
  (
    await sql<{ personId: string; name: string; organisationId: string | null }>`select j.person_id, p.name, p.organisation_id
      from competition_judge j join person p on p.id = j.person_id
      where j.district_id = ${districtId} and j.competition_id = ${competitionId} order by j.id`.execute(tx)
  ).rows;

/** An entry with its author. */
export type EntryKept = {
  readonly id: string;
  readonly competitionId: string;
  readonly code: string;
  readonly requestId: string;
  readonly entryId: string | null;
  readonly authorId: string;
  readonly authorName: string;
  readonly organisationId: string | null;
  readonly organisationName: string | null;
  readonly statement: string;
  readonly status: EntryStatus;
  readonly reasons: string[];
  readonly title: string | null;
  readonly version: number;
};

const ENTRIES = sql`select e.id, e.competition_id, e.code, e.request_id, e.entry_id, e.author_id, p.name as author_name, e.organisation_id,
    o.name as organisation_name, e.statement, e.status, e.reasons, t.title, e.version
  from competition_entry e join person p on p.id = e.author_id left join organisation o on o.id = e.organisation_id
    left join competition_text t on t.district_id = e.district_id and t.id = e.id`;

/** Entries that the reader may see with their authors: all for the centre, one's own for a worker, none for a judge. */
export const entriesOf = async (tx: Tx, districtId: string, competitionId: string): Promise<EntryKept[]> =>
  (await sql<EntryKept>`${ENTRIES} where e.district_id = ${districtId} and e.competition_id = ${competitionId} order by e.code`.execute(tx))
    .rows;

export const entryById = async (tx: Tx, districtId: string, id: string): Promise<EntryKept | undefined> =>
  (await sql<EntryKept>`${ENTRIES} where e.district_id = ${districtId} and e.id = ${id}`.execute(tx)).rows[0];

/** Changes an entry from the version that was seen; false when somebody was faster. */
export const changeEntry = async (
  tx: Tx,
  districtId: string,
  id: string,
  version: number,
  change: { status: EntryStatus; reasons?: string[]; entryId?: string | null },
): Promise<boolean> =>
  (
    await tx
      .updateTable('competitionEntry')
      .set({ ...change, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('version', '=', version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** Whether somebody supervises the author, or did so since a day. */
export const supervises = async (tx: Tx, districtId: string, supervisorId: string, authorId: string, since: string): Promise<boolean> =>
  (
    await sql`select 1 from supervision_relation where district_id = ${districtId} and supervisor_id = ${supervisorId}
      and worker_person_id = ${authorId} and (to_day is null or to_day >= ${since}::date)`.execute(tx)
  ).rows.length > 0;

/** Recusals that the reader may see. */
export const recusalsOf = async (tx: Tx, districtId: string, competitionId: string) =>
  (
    await sql<{ entryId: string; judgeId: string; cause: RecusalCause }>`select entry_id, judge_id, cause from competition_recusal
      where district_id = ${districtId} and competition_id = ${competitionId}`.execute(tx)
  ).rows;

/** The newest score of each judge that the reader may see. */
export const scoresOf = async (tx: Tx, districtId: string, competitionId: string) =>
  (
    await sql<{ entryId: string; judgeId: string; points: Record<string, number>; total: string; comment: string; corrections: number }>`
      select distinct on (entry_id, judge_id) entry_id, judge_id, points, total, comment,
        (count(*) over (partition by entry_id, judge_id))::int - 1 as corrections
      from competition_score where district_id = ${districtId} and competition_id = ${competitionId}
      order by entry_id, judge_id, at desc, id desc`.execute(tx)
  ).rows;

/** Progress of the judges; only the centre is answered. */
export const progressOf = async (tx: Tx, competitionId: string) =>
  (
    await sql<{
      judgeId: string;
      given: number;
      expected: number;
    }>`select judge_id, given, expected from scoring_progress(${competitionId})`.execute(tx)
  ).rows;

/** Texts that the reader may see, without their people. */
export const textsOf = async (tx: Tx, districtId: string, competitionId: string) =>
  (
    await sql<{ id: string; code: string; title: string }>`select id, code, title from competition_text
      where district_id = ${districtId} and competition_id = ${competitionId} order by code`.execute(tx)
  ).rows;

export const textById = async (tx: Tx, districtId: string, id: string) =>
  (
    await sql<{
      id: string;
      competitionId: string;
      code: string;
      title: string;
      sections: Record<'background' | 'process' | 'outcome' | 'reflection', string>;
    }>`
      select id, competition_id, code, title, sections from competition_text where district_id = ${districtId} and id = ${id}`.execute(tx)
  ).rows[0];

/** Whether the person judges this competition. */
export const judgesHere = async (tx: Tx, competitionId: string): Promise<boolean> =>
  (await sql<{ yes: boolean }>`select judges_here(${competitionId}) as yes`.execute(tx)).rows[0]?.yes === true;
