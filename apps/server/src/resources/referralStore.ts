import type { PacketField } from '@jieyou/core/cases/schema.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import { referralReach } from '@jieyou/core/resources/policy.ts';
import type { ReferralStatus } from '@jieyou/core/resources/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { type RawBuilder, sql } from 'kysely';
import type { Tx } from '../platform/db/database.ts';
import { reachSql } from '../platform/http/scope.ts';

/** The register of a referral as lists show it. */
export type ReferralRow = {
  id: string;
  number: string;
  status: ReferralStatus;
  requestId: string;
  requestNumber: string;
  partnerId: string;
  partnerName: string;
  resourceName: string | null;
  helpField: HelpField;
  askerId: string;
  askerName: string;
  stationId: string;
  sentBy: string;
  sentByName: string;
  sentOn: string;
  until: string;
  late: boolean;
  answeredOn: string | null;
  answeredBy: string | null;
  enteredByName: string | null;
  consentId: string;
  districtId: string;
  version: number;
};

/** Columns of a referral. */
export const referralColumns = (today: string): RawBuilder<unknown> => sql`f.id, f.number, f.status, f.request_id, f.request_number,
  f.partner_id, p.name as partner_name, r.name as resource_name, f.help_field, f.asker_id, a.name as asker_name, f.station_id, f.sent_by,
  s.name as sent_by_name, f.sent_on, f.until, (f.status = 'offered' and f.until < ${today}::date) as late, f.answered_on, f.answered_by,
  e.name as entered_by_name, f.consent_id, f.district_id, f.version`;
/** Referrals with the names they carry. */
export const referralSource = sql`from partner_referral f join partner p on p.id = f.partner_id left join resource r on r.id = f.resource_id
  join person a on a.id = f.asker_id join person s on s.id = f.sent_by left join person e on e.id = f.entered_by`;

/** The condition under which a referral is in the person's reach. */
export const referralInReach = (actor: Actor): RawBuilder<boolean> => reachSql(actor, referralReach, 'f');

export const referralById = async (tx: Tx, actor: Actor, id: string, today: string): Promise<ReferralRow | undefined> =>
  (await sql<ReferralRow>`select ${referralColumns(today)} ${referralSource} where f.id = ${id} and ${referralInReach(actor)}`.execute(tx))
    .rows[0];

export type Words = { field: PacketField; title: string; text: string };
type Content = { reason: string; fields: PacketField[]; parts: Words[]; answer: string | null; result: string | null };

export const contentById = async (tx: Tx, districtId: string, id: string): Promise<Content | undefined> =>
  (
    await sql<Content>`select reason, fields, parts, answer, result from partner_referral_content
      where district_id = ${districtId} and id = ${id}`.execute(tx)
  ).rows[0];

export const insertReferral = async (
  tx: Tx,
  register: {
    districtId: string;
    id: string;
    number: string;
    requestId: string;
    requestNumber: string;
    partnerId: string;
    resourceId: string | null;
    helpField: HelpField;
    askerId: string;
    stationId: string;
    sentBy: string;
    sentOn: string;
    until: string;
    consentId: string;
  },
  content: { reason: string; fields: PacketField[]; parts: Words[] },
): Promise<void> => {
  const { districtId, id } = register;
  await tx
    .insertInto('partnerReferral')
    .values({ ...register, status: 'offered' })
    .execute();
  await tx
    .insertInto('partnerReferralContent')
    .values({ districtId, id, ...content, parts: JSON.stringify(content.parts) })
    .execute();
};

/** Whether the request waits for this partner already. */
export const openReferral = async (tx: Tx, districtId: string, requestId: string, partnerId: string): Promise<boolean> =>
  (
    await sql`select 1 from partner_referral where district_id = ${districtId} and request_id = ${requestId} and partner_id = ${partnerId}
      and status in ('offered', 'accepted')`.execute(tx)
  ).rows.length > 0;

/** Moves a referral on from the version that the editor saw; the new version, or undefined when somebody was faster. */
export const moveReferral = async (
  tx: Tx,
  of: { districtId: string; id: string; status: ReferralStatus },
  version: number,
  change: {
    status: ReferralStatus;
    answeredOn?: string;
    answeredBy?: string;
    enteredBy?: string;
    closedAt?: string;
  },
): Promise<number | undefined> =>
  (
    await tx
      .updateTable('partnerReferral')
      .set({ ...change, version: version + 1 })
      .where('districtId', '=', of.districtId)
      .where('id', '=', of.id)
      .where('version', '=', version)
      .where('status', '=', of.status)
      .returning('version')
      .executeTakeFirst()
  )?.version;

export const writeWords = async (tx: Tx, districtId: string, id: string, words: { answer?: string; result?: string }): Promise<void> => {
  await tx.updateTable('partnerReferralContent').set(words).where('districtId', '=', districtId).where('id', '=', id).execute();
};

/** The code of the district, which begins the number of a referral. */
export const districtCode = async (tx: Tx, districtId: string): Promise<string> =>
  (await tx.selectFrom('division').select('code').where('id', '=', districtId).executeTakeFirst())?.code?.slice(0, 6) ?? '000000';
