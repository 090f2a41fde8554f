import type { FormDocument } from '@jieyou/core/forms/document.ts';
import type { FormFacts, FormValues } from '@jieyou/core/forms/filling.ts';
import type { FormResult, FormStatus, FormUnder } from '@jieyou/core/forms/schema.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { type Insertable, type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import { UNDER, type UnderRow, underFrom } from './under.ts';

/** A version of a template with its document. */
export type TemplateFacts = {
  readonly id: string;
  readonly divisionId: string;
  readonly code: string;
  readonly edition: number;
  readonly title: string;
  readonly subject: string;
  readonly retired: boolean;
  /** Whether it is the version that holds here; a retired one holds nothing open. */
  readonly current: boolean;
  readonly document: FormDocument;
};

/** Versions that speak for a district, each with its rank within its code: the closest issuer first, then the newest. */
export const templatesHere = (districtId: string): RawBuilder<unknown> => sql`(
  select t.*, d.name as issuer_name, t.division_id = ${districtId} as own,
    row_number() over (partition by t.code order by length(d.path) desc, t.edition desc) = 1 as leads
  from form_template t join division d on d.id = t.division_id join division mine on mine.id = ${districtId}
  where starts_with(mine.path, d.path))`;

const TEMPLATE = sql`h.id, h.division_id, h.code, h.edition, h.title, h.subject, h.retired, h.leads and not h.retired as current, h.document`;

/** A version that speaks here. */
export const templateById = async (tx: Tx, districtId: string, id: string): Promise<TemplateFacts | undefined> =>
  (await sql<TemplateFacts>`select ${TEMPLATE} from ${templatesHere(districtId)} h where h.id = ${id}`.execute(tx)).rows[0];

/** The version of a code that leads here, retired or not. */
export const leadingOf = async (tx: Tx, districtId: string, code: string): Promise<TemplateFacts | undefined> =>
  (await sql<TemplateFacts>`select ${TEMPLATE} from ${templatesHere(districtId)} h where h.code = ${code} and h.leads`.execute(tx)).rows[0];

/** Writes a version; false when this edition is there already. */
export const insertTemplate = async (tx: Tx, row: Insertable<DB['formTemplate']>): Promise<boolean> =>
  (
    await tx
      .insertInto('formTemplate')
      .values(row)
      .onConflict((c) => c.columns(['divisionId', 'code', 'edition']).doNothing())
      .executeTakeFirst()
  ).numInsertedOrUpdatedRows === 1n;

/** A filled form as commands look at it. */
export type AnswerFacts = {
  readonly id: string;
  readonly under: FormUnder;
  readonly stationId: string;
  readonly templateId: string;
  readonly code: string;
  readonly keptAs: 'papers' | 'records';
  readonly status: FormStatus;
  readonly revision: number;
  readonly rootId: string;
  readonly correctsId: string | null;
  readonly authorId: string;
  /** The supervisor before whom it was laid; null where the head signs. */
  readonly signerId: string | null;
  readonly madeAt: string;
  readonly version: number;
};

/** A filled form that row-level security shows. */
export const answerById = async (tx: Tx, districtId: string, id: string): Promise<AnswerFacts | undefined> => {
  const { rows } = await sql<
    Omit<AnswerFacts, 'under'> & UnderRow
  >`select a.id, ${UNDER}, a.station_id, a.template_id, a.code, a.kept_as, a.status,
      a.revision, a.root_id, a.corrects_id, a.author_id, a.signer_id, a.made_at, a.version
    from form_answer a where a.district_id = ${districtId} and a.id = ${id}`.execute(tx);
  return rows[0] && { ...rows[0], under: underFrom(rows[0]) };
};

/** What stands in a filled form. */
export type AnswerContent = { readonly answers: FormValues; readonly facts: FormFacts; readonly results: FormResult[] };

export const contentOf = async (tx: Tx, districtId: string, id: string): Promise<AnswerContent | undefined> =>
  (
    await sql<AnswerContent>`select c.answers, c.facts, c.results from form_answer_content c
      where c.district_id = ${districtId} and c.id = ${id}`.execute(tx)
  ).rows[0];

/** Whether a correction of a form stands or is being written. */
export const isCorrected = async (tx: Tx, districtId: string, id: string): Promise<boolean> =>
  (
    await sql`select 1 from form_answer a where a.district_id = ${districtId} and a.corrects_id = ${id} and a.status <> 'discarded'`.execute(
      tx,
    )
  ).rows.length > 0;

const columns = (content: AnswerContent & { readonly told: string | null }) => ({
  answers: JSON.stringify(content.answers),
  facts: JSON.stringify(content.facts),
  results: JSON.stringify(content.results),
  told: content.told,
});

/** Writes a new draft; false when the id is taken, or a correction is under way. */
export const insertAnswer = async (
  tx: Tx,
  register: Insertable<DB['formAnswer']>,
  content: AnswerContent & { readonly told: string | null },
): Promise<boolean> => {
  const made = await tx
    .insertInto('formAnswer')
    .values(register)
    .onConflict((c) => c.doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows !== 1n) return false;
  await tx
    .insertInto('formAnswerContent')
    .values({ districtId: register.districtId, id: register.id, ...columns(content) })
    .execute();
  return true;
};

/** Writes the answers of a draft: before its state moves on, for afterwards nobody may. */
export const writeContent = async (
  tx: Tx,
  of: { readonly districtId: string; readonly id: string },
  content: AnswerContent & { readonly told: string | null },
): Promise<void> => {
  await tx.updateTable('formAnswerContent').set(columns(content)).where('districtId', '=', of.districtId).where('id', '=', of.id).execute();
};

type Change = {
  readonly status: FormStatus;
  readonly savedAt?: string;
  readonly submittedAt?: string;
  readonly signerId?: string | null;
};

/** Moves a form on from the version that was seen; false when somebody was faster. */
export const moveAnswer = async (
  tx: Tx,
  of: { readonly districtId: string; readonly id: string; readonly version: number },
  change: Change,
): Promise<boolean> =>
  (
    await tx
      .updateTable('formAnswer')
      .set({ ...change, version: of.version + 1 })
      .where('districtId', '=', of.districtId)
      .where('id', '=', of.id)
      .where('version', '=', of.version)
      .executeTakeFirst()
  ).numUpdatedRows === 1n;

/** Puts the corrected edition behind the one that now stands. */
export const replaceAnswer = async (tx: Tx, districtId: string, id: string): Promise<void> => {
  await sql`update form_answer set status = 'replaced', version = version + 1
    where district_id = ${districtId} and id = ${id} and status in ('submitted', 'signed')`.execute(tx);
};

/** Signs or sends back; undefined where the database sees no right to it or somebody was faster. `replaced` is the edition that now stands back. */
export const decide = async (
  tx: Tx,
  of: { readonly id: string; readonly version: number; readonly decisionId: string },
  signs: boolean,
  says: string,
): Promise<{ readonly replaced: string | null } | undefined> =>
  (
    await sql<{
      replaced: string | null;
    }>`select replaced from decide_form_answer(${of.id}, ${of.version}, ${signs}, ${says}, ${of.decisionId})`.execute(tx)
  ).rows[0];

/** Supervisors before whom somebody's form may be laid. */
export const supervisorsOf = async (tx: Tx, authorId: string): Promise<{ id: string; name: string }[]> =>
  (await sql<{ id: string; name: string }>`select id, name from supervisors_of(${authorId})`.execute(tx)).rows;

/** Whether the person signs a form: heads its station, or has it before them. */
export const signs = (actor: Actor, answer: Pick<AnswerFacts, 'stationId' | 'signerId'>): boolean =>
  scopeOf(actor, 'head', 'station').includes(answer.stationId) || isBefore(actor, answer);

/** Whether a form was laid before the person as a supervisor. */
export const isBefore = (actor: Actor, { signerId }: Pick<AnswerFacts, 'signerId'>): boolean =>
  signerId !== null && scopeOf(actor, 'supervisor', 'self').includes(signerId);
