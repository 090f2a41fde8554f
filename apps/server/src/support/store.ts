import type { HelpField } from '@jieyou/core/shared/fields.ts';
import type { RequestFacts } from '@jieyou/core/support/rules.ts';
import type { RequestStatus } from '@jieyou/core/support/schema.ts';
import { type RawBuilder, sql, type Updateable } from 'kysely';
import { fixed, hot, type Tx } from '../platform/db/database.ts';
import type { DB } from '../platform/db/types.ts';

/** The register row of a request. */
export type RequestRecord = RequestFacts & {
  readonly version: number;
  readonly receiptNo: string | null;
  readonly archiveNo: string | null;
  readonly domain: string;
  readonly helpFields: HelpField[];
  readonly risk: string;
  readonly caseId: string;
  readonly clockKind: string | null;
  readonly clockStartedAt: string | null;
  readonly clockDueAt: string | null;
  readonly clockPausedAt: string | null;
  readonly packVersion: string | null;
  readonly submittedAt: string | null;
  readonly crisisDutyId: string | null;
  readonly crisisBackupId: string | null;
  readonly crisisEscalatedAt: string | null;
};

const REGISTER = fixed`r.id, r.district_id, r.status, r.asker_id, r.holder_id, r.station_id, r.organisation_id, r.division_path, r.crisis_since,
  r.crisis_acknowledged_at, r.version, r.receipt_no, r.archive_no, r.domain, r.help_fields, r.risk, r.case_id, r.clock_kind, r.clock_started_at,
  r.clock_due_at, r.clock_paused_at, r.pack_version, r.submitted_at, r.crisis_duty_id, r.crisis_backup_id, r.crisis_escalated_at`;

/**
 * Notes for the rest of the transaction that this request was found, and whether its content is in reach: the policies of its child
 * tables then need not ask the register again. Only for a statement that finds one request by its id.
 */
export const NOTED = fixed`note_found('found', r.id) as found,
  case when reads_content(r.station_id, r.asker_id, r.status) then note_found('opened', r.id) end as opened`;

/** One request that row-level security and `condition` let through. */
export const findRequest = async (tx: Tx, id: string, condition: RawBuilder<unknown> = sql`true`): Promise<RequestRecord | undefined> =>
  (await sql<RequestRecord>`select ${REGISTER.sql}, ${NOTED.sql} from support_request r where r.id = ${id} and ${condition}`.execute(tx))
    .rows[0];

/** A request by the number that people use. */
export const findByNumber = async (
  tx: Tx,
  districtId: string,
  number: string,
): Promise<{ id: string; receiptNo: string | null } | undefined> =>
  (
    await sql<{ id: string; receiptNo: string | null }>`select r.id, r.receipt_no from support_request r
      where r.district_id = ${districtId} and (r.receipt_no = ${number} or r.archive_no = ${number})`.execute(tx)
  ).rows[0];

type Change = Updateable<DB['supportRequest']>;

/** Moves a request: only from the state and version that were read. False when somebody was faster. */
export const moveRequest = async (tx: Tx, request: RequestRecord, to: RequestStatus, change: Change, now: string): Promise<boolean> => {
  const done = await tx
    .updateTable('supportRequest')
    .set({ ...change, status: to, version: request.version + 1, updatedAt: now })
    .where('districtId', '=', request.districtId)
    .where('id', '=', request.id)
    .where('status', '=', request.status)
    .where('version', '=', request.version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
};

/** The content of a request. */
export type ContentRecord = {
  readonly story: string;
  readonly tried: string;
  readonly asks: string;
  readonly household: string;
  readonly recipientMasked: string;
  readonly recipientGender: string;
  readonly recipientBirthOn: string | null;
  readonly caseNumber: string;
  readonly wishes: { expertGender: 'female' | 'male' | null };
  readonly checklist: Record<string, boolean | null>;
  readonly checklistResult: unknown;
  readonly identitiesCt: string;
};

export const findContent = async (tx: Tx, districtId: string, id: string): Promise<ContentRecord | undefined> =>
  (
    await hot<ContentRecord>(
      tx,
    )`select story, tried, asks, household, recipient_masked, recipient_gender, recipient_birth_on, case_number, wishes,
      checklist, checklist_result, identities_ct from support_content where district_id = ${districtId} and id = ${id}`
  )[0];

/** What somebody said at a move, beside its event. */
export const writeStatement = (
  tx: Tx,
  statement: {
    districtId: string;
    id: string;
    requestId: string;
    eventId: string;
    kind: string;
    byId: string;
    at: string;
    says: string;
    facts?: object;
  },
) =>
  tx
    .insertInto('supportStatement')
    .values({ ...statement, facts: JSON.stringify(statement.facts ?? {}) })
    .execute();

/** Whether a person holds a role in the district today. */
export const holdsRole = async (tx: Tx, districtId: string, personId: string, roles: readonly string[]): Promise<boolean> =>
  (
    await sql`select 1 from role_assignment r where r.district_id = ${districtId} and r.person_id = ${personId} and r.role = any(${[...roles]}::text[])
      and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today()) limit 1`.execute(tx)
  ).rows.length === 1;

/** Today's duty and backup of the centre, with the number to call. */
export const dutyOf = async (
  tx: Tx,
  districtId: string,
  day: string,
): Promise<{ dutyId: string; backupId: string; phone: string } | undefined> =>
  (
    await sql<{ dutyId: string; backupId: string; phone: string }>`select duty_id, backup_id, phone from rota_day
    where district_id = ${districtId} and day = ${day}`.execute(tx)
  ).rows[0];

/** Nine digits of the street that a division path lies in; a district-level path is padded. */
export const streetCodeOf = async (tx: Tx, path: string): Promise<string> => {
  const { rows } = await sql<{
    code: string | null;
  }>`select d.code from division d where starts_with(${path}, d.path) and d.tier in ('street', 'district')
    order by length(d.path) desc limit 1`.execute(tx);
  return (rows[0]?.code ?? '').padEnd(9, '0').slice(0, 9);
};

/** One round with what decides who reads its opinions. */
export type RoundRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly requestId: string;
  readonly deadline: string;
  readonly expiresAt: string;
  readonly quorum: number;
  readonly asked: number;
  readonly given: number;
  readonly opinionsOpenAt: string | null;
  readonly packetHash: string;
  readonly packetFields: string[];
  readonly basisKind: string;
  readonly consentId: string | null;
};

export const findRound = async (tx: Tx, id: string): Promise<RoundRecord | undefined> =>
  (
    await sql<RoundRecord>`select id, district_id, request_id, deadline, expires_at, quorum, asked, given, opinions_open_at, packet_hash, packet_fields,
        basis_kind, consent_id from support_round where id = ${id}`.execute(tx)
  ).rows[0];

export type InvitationRecord = {
  readonly id: string;
  readonly districtId: string;
  readonly requestId: string;
  readonly roundId: string;
  readonly expertId: string;
  readonly helpFields: HelpField[];
  readonly status: 'invited' | 'accepted' | 'declined' | 'answered' | 'revoked' | 'expired';
  readonly pledgedAt: string | null;
  readonly domain: string;
  readonly opinionAt: string | null;
  readonly version: number;
  readonly number: string;
};

const INVITATION = sql`i.id, i.district_id, i.request_id, i.round_id, i.expert_id, i.help_fields, i.status, i.pledged_at, i.opinion_at, i.version, i.number, i.domain`;

/** An expert's own invitation; a revoked one is as if it never was. */
export const findOwnInvitation = async (tx: Tx, id: string, expertId: string | null): Promise<InvitationRecord | undefined> =>
  expertId === null
    ? undefined
    : (
        await sql<InvitationRecord>`select ${INVITATION} from support_invitation i where i.id = ${id} and i.expert_id = ${expertId}
          and i.status <> 'revoked'`.execute(tx)
      ).rows[0];

export const findInvitation = async (tx: Tx, id: string): Promise<InvitationRecord | undefined> =>
  (await sql<InvitationRecord>`select ${INVITATION} from support_invitation i where i.id = ${id}`.execute(tx)).rows[0];

/** Changes an invitation from the state that was read. */
export const moveInvitation = async (
  tx: Tx,
  invitation: InvitationRecord,
  change: Updateable<DB['supportInvitation']>,
): Promise<boolean> => {
  const done = await tx
    .updateTable('supportInvitation')
    .set({ ...change, version: invitation.version + 1 })
    .where('districtId', '=', invitation.districtId)
    .where('id', '=', invitation.id)
    .where('version', '=', invitation.version)
    .executeTakeFirst();
  return done.numUpdatedRows === 1n;
};

/** Names of people by id. */
export const namesOf = async (tx: Tx, ids: readonly (string | null)[]): Promise<Map<string, string>> => {
  const wanted = [...new Set(ids.filter((i): i is string => i !== null))];
  if (wanted.length === 0) return new Map();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from person where id = any(${wanted}::uuid[])`.execute(tx);
  return new Map(rows.map((r) => [r.id, r.name]));
};
