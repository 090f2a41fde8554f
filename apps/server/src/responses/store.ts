import type { Actor } from '@jieyou/core/identity/schema.ts';
import type { ResponseFacts } from '@jieyou/core/responses/rules.ts';
import type { ResponseContent, ResponseStatus } from '@jieyou/core/responses/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { contentReach } from '@jieyou/core/support/policy.ts';
import type { LineKind } from '@jieyou/core/support/schema.ts';
import { type RawBuilder, sql, type Updateable } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';
import { allOf, containing } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { namedLike } from '../workforce/index.ts';

/** The register row of a record. */
export type ResponseRecord = ResponseFacts & {
  readonly id: string;
  readonly districtId: string;
  readonly lineId: string;
  readonly requestId: string;
  readonly helpField: HelpField;
  readonly nextIds: string[];
  readonly returnedBy: string | null;
  readonly consentId: string | null;
  readonly heldOn: string | null;
  readonly number: string;
  readonly version: number;
};

/** A line as a record hangs on it. */
export type LineRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly requestId: string;
  readonly helpField: HelpField;
  readonly kind: LineKind;
  readonly status: string;
  readonly holderId: string | null;
  readonly task: string;
  readonly number: string;
};

/** Which records somebody reaches: holder of the line, receiver while it is theirs, and whoever reads the request's content. */
export const inReach = (actor: Actor): RawBuilder<boolean> => {
  const selves = sql`${[...actor.selves]}::uuid[]`;
  return sql<boolean>`s.district_id = ${actor.districtId} and (s.holder_id = any(${selves})
    or (s.to_id = any(${selves}) and (s.kind <> 'transfer' or s.status in ('sent', 'accepted', 'done')))
    or exists (select 1 from support_request r where r.district_id = s.district_id and r.id = s.request_id and ${reachSql(actor, contentReach, 'r')}))`;
};

/** One record in reach. */
export const findResponse = async (tx: Tx, actor: Actor, id: string): Promise<ResponseRecord | undefined> =>
  (
    await sql<ResponseRecord>`select s.id, s.district_id, s.line_id, s.request_id, s.kind, s.status, s.help_field, s.holder_id, s.author_id, s.to_id,
      s.returned_by, s.worker_id, s.next_ids, s.consent_id, s.held_on, s.supervisor_signed_at, s.worker_signed_at, s.number, s.version
    from support_response s where s.id = ${id} and ${inReach(actor)}`.execute(tx)
  ).rows[0];

/** Lets the receiver, who was found under the own policy, write the row that sends a transfer back; spent with the transaction. */
export const whileAnswering = (tx: Tx, record: ResponseRecord) =>
  // SET takes no parameter; the id comes from the row and is a uuid.
  sql`set local app.answering = ${sql.lit(record.id)}`.execute(tx);

/** The narrative of a record. */
export const contentOf = async (tx: Tx, of: { districtId: string; id: string }): Promise<ResponseContent | undefined> =>
  (
    await sql<{
      content: ResponseContent;
    }>`select content from support_response_content where district_id = ${of.districtId} and id = ${of.id}`.execute(tx)
  ).rows[0]?.content;

/** A line that its policies let through, with whom it supports where the caller holds it. */
export const findLine = async (tx: Tx, districtId: string, id: string): Promise<(LineRecord & { askerId: string | null }) | undefined> =>
  (
    await sql<
      LineRecord & { askerId: string | null }
    >`select l.id, l.district_id, l.request_id, l.help_field, l.kind, l.status, l.holder_id, l.task,
      l.number, asker_of_line(l.district_id, l.id) as asker_id from support_line l where l.district_id = ${districtId} and l.id = ${id}`.execute(
      tx,
    )
  ).rows[0];

/** Changes a record from the version and state that were read. */
export const changeResponse = async (
  tx: Tx,
  of: ResponseRecord,
  change: Updateable<DB['supportResponse']> & { status: ResponseStatus },
): Promise<boolean> => {
  const done = await tx
    .updateTable('supportResponse')
    .set({ ...change, version: of.version + 1 })
    .where('districtId', '=', of.districtId)
    .where('id', '=', of.id)
    .where('version', '=', of.version)
    .where('status', '=', of.status)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
};

/** Keeps the narrative. */
export const keepContent = (tx: Tx, of: { districtId: string; id: string }, content: ResponseContent) =>
  tx
    .insertInto('supportResponseContent')
    .values({ districtId: of.districtId, id: of.id, content: JSON.stringify(content) })
    .onConflict((c) => c.columns(['districtId', 'id']).doUpdateSet({ content: JSON.stringify(content) }))
    .execute();

/** A person and the place they work at. */
export type Colleague = {
  readonly id: string;
  readonly name: string;
  readonly place: string;
  readonly organisationId: string | null;
  readonly roles: string[];
};

// A picker shows the first of those that fit; more letters find the others.
const MOST_CHOICES = 30;

/** Staff of the district who may receive a transfer: whoever works with the profession's content and has a role today. */
export const colleagues = async (
  tx: Tx,
  districtId: string,
  roles: readonly string[],
  wanted: { readonly id?: string; readonly text?: string | undefined },
): Promise<Colleague[]> => {
  const named = namedLike('p', wanted.text);
  const narrowed = allOf([
    wanted.id !== undefined && sql`p.id = ${wanted.id}`,
    named !== undefined && sql`(${named} or coalesce(s.name, o.name, '') like ${containing(wanted.text ?? '')})`,
  ]);
  const { rows } = await sql<Colleague>`select p.id, p.name, coalesce(s.name, o.name, min(d.name), '') as place,
      coalesce(s.operator_id, p.organisation_id) as organisation_id, array_agg(distinct a.role) as roles
      from person p join role_assignment a on a.person_id = p.id and a.district_id = ${districtId} and a.role = any(${[...roles]}::text[])
        and a.valid_from <= app_today() and (a.valid_to is null or a.valid_to >= app_today())
        left join station s on s.id = p.station_id left join organisation o on o.id = p.organisation_id left join division d on d.id = a.division_id
      where p.district_id = ${districtId} and ${narrowed} group by p.id, p.name, s.name, s.operator_id, p.organisation_id, o.name, p.name_pinyin
      order by p.name_pinyin, p.id limit ${MOST_CHOICES}`.execute(tx);
  return rows;
};
