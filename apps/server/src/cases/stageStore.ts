import type {
  CaseScore,
  CaseStage,
  OpenAlarm,
  PaperContent,
  PaperKind,
  PaperStatus,
  ScoreCorrected,
} from '@jieyou/core/cases/stageSchema.ts';
import type { FormResult } from '@jieyou/core/forms/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { handedOver } from './store.ts';

/** What is written at a stage, as it is stored: the register with the names of staff, and the content. */
export type PaperRow = {
  readonly id: string;
  readonly caseId: string;
  readonly number: string;
  readonly stationId: string;
  readonly kind: PaperKind;
  readonly edition: number;
  readonly status: PaperStatus;
  readonly outcome: string | null;
  readonly authorId: string;
  readonly authorName: string;
  readonly writtenAt: string;
  readonly sentAt: string | null;
  readonly signerId: string | null;
  readonly signerName: string | null;
  readonly decidedByName: string | null;
  readonly decidedAt: string | null;
  readonly answer: string;
  readonly version: number;
  readonly content: Partial<PaperContent>;
};

const PAPERS = sql`select p.id, p.case_id, p.case_number as number, p.station_id, p.kind, p.edition, p.status, p.outcome, p.author_id,
    a.name as author_name, p.written_at, p.sent_at, p.signer_id, g.name as signer_name, d.name as decided_by_name, p.decided_at, p.version,
    t.answer, t.content
  from case_paper p join case_paper_content t on t.district_id = p.district_id and t.id = p.id
  join person a on a.id = p.author_id left join person g on g.id = p.signer_id left join person d on d.id = p.decided_by`;

/** Everything that was written at the stages of a case, newest first. */
export const papersOf = async (tx: Tx, districtId: string, caseId: string): Promise<PaperRow[]> =>
  (
    await sql<PaperRow>`${PAPERS} where p.district_id = ${districtId} and p.case_id = ${caseId}
      order by p.written_at desc, p.id desc limit 300`.execute(tx)
  ).rows;

/** One paper; undefined where neither its case is in reach nor it was laid before the person. */
export const paperById = async (tx: Tx, districtId: string, id: string): Promise<PaperRow | undefined> =>
  (await sql<PaperRow>`${PAPERS} where p.district_id = ${districtId} and p.id = ${id}`.execute(tx)).rows[0];

export const insertPaper = async (
  tx: Tx,
  row: {
    readonly districtId: string;
    readonly id: string;
    readonly caseId: string;
    readonly caseNumber: string;
    readonly stationId: string;
    readonly kind: PaperKind;
    readonly status: PaperStatus;
    readonly outcome: string | null;
    readonly satisfaction: number | null;
    readonly happenedOn: string;
    readonly dueOn: string | null;
    readonly authorId: string;
    readonly writtenAt: string;
    readonly signerId: string | null;
    readonly sentAt: string | null;
  },
  content: Partial<PaperContent>,
  told: string,
): Promise<void> => {
  // Whoever writes holds the row of the case: editions are counted one after the other.
  await sql`insert into case_paper (district_id, id, case_id, case_number, station_id, kind, edition, status, outcome, satisfaction, happened_on,
      due_on, author_id, written_at, signer_id, sent_at)
    select ${row.districtId}, ${row.id}, ${row.caseId}, ${row.caseNumber}, ${row.stationId}, ${row.kind},
      (select coalesce(max(p.edition), 0) + 1 from case_paper p where p.district_id = ${row.districtId} and p.case_id = ${row.caseId} and p.kind = ${row.kind}),
      ${row.status}, ${row.outcome}, ${row.satisfaction}::int, ${row.happenedOn}::date, ${row.dueOn}::date, ${row.authorId}, ${row.writtenAt}::timestamptz,
      ${row.signerId}::uuid, ${row.sentAt}::timestamptz`.execute(tx);
  await tx
    .insertInto('casePaperContent')
    .values({ districtId: row.districtId, id: row.id, content: JSON.stringify(content), told })
    .execute();
};

/** Moves the state of a paper on; false when somebody was faster. */
export const movePaper = async (
  tx: Tx,
  districtId: string,
  paper: { readonly id: string; readonly version: number },
  set: { readonly status: PaperStatus; readonly signerId?: string | null; readonly sentAt?: string; readonly authorId?: string },
): Promise<boolean> => {
  const row = await tx
    .updateTable('casePaper')
    .set({ ...set, version: paper.version + 1 })
    .where('districtId', '=', districtId)
    .where('id', '=', paper.id)
    .where('version', '=', paper.version)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
};

export const writeContent = async (tx: Tx, districtId: string, id: string, content: Partial<PaperContent>, told: string): Promise<void> => {
  await tx
    .updateTable('casePaperContent')
    .set({ content: JSON.stringify(content), told })
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .execute();
};

/** What a move changes of the register. */
export type StageColumns = {
  readonly stage: CaseStage;
  readonly status: 'open' | 'closed';
  readonly stageSince?: string;
  readonly stageBefore?: CaseStage | null;
  readonly lookAgainOn?: string | null;
  readonly assessmentDueOn?: string | null;
  readonly closingKind?: string | null;
  readonly closedOn?: string | null;
  readonly nextFollowUpOn?: string | null;
  readonly archivedOn?: string | null;
  readonly retentionClass?: string | null;
  readonly keepUntil?: string | null;
  readonly risk?: string;
  readonly workOutcome?: string | null;
  readonly workOn?: string | null;
  readonly workPlace?: string | null;
  readonly workSeenOn?: string | null;
};

/** Moves the case on from the version that the editor saw; undefined when somebody was faster. */
export const updateStage = async (
  tx: Tx,
  districtId: string,
  id: string,
  version: number,
  at: string,
  set: StageColumns,
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('caseFile')
      .set({ ...set, updatedAt: at, version: version + 1 })
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .where('version', '=', version)
      .returning('version')
      .executeTakeFirst()
  )?.version;

/** Somebody who may sign. */
export type Signer = { readonly id: string; readonly name: string; readonly role: 'head' | 'supervisor' };

/** Heads of a station and supervisors of the district who are there today. */
export const signersOf = async (tx: Tx, districtId: string, stationId: string): Promise<Signer[]> =>
  (
    await sql<Signer>`select distinct on (p.id) p.id, p.name, r.role from role_assignment r join person p on p.id = r.person_id
      where r.district_id = ${districtId} and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())
        and ((r.role = 'head' and coalesce(r.station_id, p.station_id) = ${stationId}) or r.role = 'supervisor')
      order by p.id, r.role`.execute(tx)
  ).rows;

/** What a signer knows of the case of a paper. */
export type CaseOfPaper = {
  readonly caseId: string;
  readonly number: string;
  readonly stage: CaseStage;
  readonly stageBefore: CaseStage | null;
  readonly workerId: string;
  readonly workerName: string;
  readonly stationName: string;
  readonly nameMasked: string;
  readonly gender: string;
  readonly birthOn: string | null;
  readonly openRequests: number;
};
export const caseOfPaper = async (tx: Tx, paper: string): Promise<CaseOfPaper | undefined> =>
  (await sql<CaseOfPaper>`select * from case_of_paper(${paper})`.execute(tx)).rows[0];

/** The signed plan and the last evaluation that lie beside a closing. */
export const papersBeside = async (
  tx: Tx,
  paper: string,
): Promise<Omit<PaperRow, 'caseId' | 'number' | 'stationId' | 'outcome' | 'authorId' | 'signerId'>[]> =>
  (await sql<PaperRow>`select * from papers_beside(${paper})`.execute(tx)).rows;

/** Signs or sends back; the version of the paper after it, null where the database sees no right to it or somebody was faster. */
export const decidePaper = async (
  tx: Tx,
  paper: string,
  seen: number,
  signs: boolean,
  to: CaseStage,
  says: string,
): Promise<number | null> =>
  (await sql<{ version: number | null }>`select decide_case_paper(${paper}, ${seen}, ${signs}, ${to}, ${says}) as version`.execute(tx))
    .rows[0]?.version ?? null;

/** How many requests for help of a case are under way. */
export const openRequestsOf = async (tx: Tx, districtId: string, caseId: string): Promise<number> =>
  (
    await sql<{ n: number }>`select count(*)::int as n from support_request q where q.district_id = ${districtId} and q.case_id = ${caseId}
      and q.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')`.execute(tx)
  ).rows[0]?.n ?? 0;

const MOST_SCORES = 60;

/**
 * What scales of forms under a case came to, oldest first: of forms that stand, and that a handover did not keep back from the person.
 * A correction was measured when the form was first filled: it stands in the place of what it corrects, and on its day.
 */
export const scoresOf = async (tx: Tx, actor: Actor, caseId: string): Promise<CaseScore[]> => {
  const { rows } = await sql<{ id: string; code: string; form: string; edition: number; at: Instant; results: FormResult[] }>`
    select * from (
      select a.id, a.code, t.title as form, t.edition, coalesce(m.submitted_at, a.submitted_at) as at, c.results from form_answer a
        left join form_answer m on m.district_id = a.district_id and m.case_id = a.case_id and m.id = a.root_id
        join case_file f on f.district_id = a.district_id and f.id = a.case_id
        join form_answer_content c on c.district_id = a.district_id and c.id = a.id and c.results <> '[]'::jsonb
        join form_template t on t.id = a.template_id
      where a.district_id = ${actor.districtId} and a.case_id = ${caseId} and a.status in ('submitted', 'signed')
        and (case a.kept_as when 'papers' then ${handedOver(actor, 'papers', 'f', 'a.made_at', 'a.author_id')}
          else ${handedOver(actor, 'records', 'f', 'a.made_at', 'a.author_id')} end)
      order by at desc, a.id desc limit ${MOST_SCORES}) as x order by x.at, x.id`.execute(tx);
  return rows.flatMap(({ id, code, form, edition, at, results }) =>
    results.map(({ tone: _, answered: __, extended: ___, ...result }) => ({ ...result, answerId: id, code, form, edition, on: dayOf(at) })),
  );
};

type CorrectedRow = Omit<ScoreCorrected, 'on'> & { paperId: string; at: Instant };

const byPaper = (rows: readonly CorrectedRow[]): Corrected => {
  const found = new Map<string, ScoreCorrected[]>();
  for (const { paperId, at, ...one } of rows) found.set(paperId, [...(found.get(paperId) ?? []), { ...one, on: dayOf(at) }]);
  return found;
};

/** Scores that papers cite and that were corrected since, by paper. */
export type Corrected = ReadonlyMap<string, readonly ScoreCorrected[]>;

/** Of papers of a case that the person reads. */
export const correctedIn = async (tx: Tx, papers: readonly string[]): Promise<Corrected> =>
  byPaper((await sql<CorrectedRow>`select * from scores_corrected(${[...papers]}::uuid[]) order by at, answer_id, scale`.execute(tx)).rows);

/** Of a paper that lies before the person, and of what lies beside it. */
export const correctedBefore = async (tx: Tx, paper: string): Promise<Corrected> =>
  byPaper((await sql<CorrectedRow>`select * from scores_corrected_before(${paper}) order by at, answer_id, scale`.execute(tx)).rows);

/** Records of a crisis or of violence at home of a case that are not closed, as far as the person reaches them. */
export const openAlarmsOf = async (tx: Tx, districtId: string, caseId: string): Promise<OpenAlarm[]> =>
  (
    await sql<OpenAlarm>`select a.id, a.kind from alarm a where a.district_id = ${districtId} and a.case_id = ${caseId}
      and a.status <> 'closed' order by a.id`.execute(tx)
  ).rows;

/** How many there are in the case of a paper, whoever signs it. */
export const openAlarmsOfPaper = async (tx: Tx, paper: string): Promise<number> =>
  (await sql<{ n: number }>`select open_alarms_of_paper(${paper}) as n`.execute(tx)).rows[0]?.n ?? 0;

/** Marks that lengthen the keeping of the case that this transaction has opened. */
export const keepingOfOpened = async (tx: Tx): Promise<{ judicial: boolean; extendedUntil: string | null }> =>
  (await sql<{ judicial: boolean; extendedUntil: string | null }>`select * from keeping_of_opened()`.execute(tx)).rows[0] ?? {
    judicial: false,
    extendedUntil: null,
  };

/** A handover as it is stored. */
export type HandoverKept = {
  readonly id: string;
  readonly caseId: string;
  readonly number: string;
  readonly stationId: string;
  readonly fromId: string;
  readonly toId: string;
  readonly status: string;
  readonly proposedBy: string;
  readonly version: number;
};

export const handoverById = async (tx: Tx, actor: Actor, id: string): Promise<HandoverKept | undefined> =>
  (
    await sql<HandoverKept>`select h.id, h.case_id, h.number, h.station_id, h.from_id, h.to_id, h.status, h.proposed_by, h.version
      from case_handover h where h.district_id = ${actor.districtId} and h.id = ${id}`.execute(tx)
  ).rows[0];

export const caseloadOf = async (
  tx: Tx,
  person: string,
): Promise<{ id: string; number: string; stationId: string; stage: CaseStage; running: boolean }[]> =>
  (
    await sql<{
      id: string;
      number: string;
      stationId: string;
      stage: CaseStage;
      running: boolean;
    }>`select * from caseload_of(${person})`.execute(tx)
  ).rows;

/** How many relief cases somebody carries that go on. */
export const reliefLoadOf = async (tx: Tx, person: string): Promise<number> =>
  (await sql<{ n: number }>`select relief_load_of(${person}) as n`.execute(tx)).rows[0]?.n ?? 0;

export const hasHandover = async (tx: Tx, districtId: string, caseId: string): Promise<boolean> =>
  (
    await sql`select 1 from case_handover h where h.district_id = ${districtId} and h.case_id = ${caseId} and h.status = 'proposed'`.execute(
      tx,
    )
  ).rows.length > 0;

export const passOn = async (tx: Tx, handover: string): Promise<boolean> =>
  (await sql<{ done: boolean }>`select hand_case_over(${handover}) as done`.execute(tx)).rows[0]?.done === true;
