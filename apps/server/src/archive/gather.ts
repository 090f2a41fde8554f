/** Everything of a request that its reader may see, from every room that has a part in it, read in one transaction. */

import type { ConsentPurpose, PacketField } from '@jieyou/core/cases/schema.ts';
import type { Instant } from '@jieyou/core/shared/day.ts';
import type { SlotAnswer } from '@jieyou/core/support/meeting.ts';
import type { Channel, RequestFile } from '@jieyou/core/support/schema.ts';
import { sql } from 'kysely';
import type { z } from 'zod';
import { readAppeal } from '../appeals/index.ts';
import { readCall } from '../calls/index.ts';
import { filesOfRequest, type RequestFileKept } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { referralsOfRequest } from '../resources/index.ts';
import { recordsOfRequest } from '../responses/index.ts';
import { readRequest } from '../support/index.ts';

type PacketPart = { field: PacketField; title: string; text: string };
type Packet = { roundId: string; hash: string; frozenAt: string; parts: PacketPart[]; files: { name: string; sha256: string }[] };
type ConsentUsed = {
  id: string;
  receiver: string;
  purpose: z.infer<typeof ConsentPurpose>;
  fields: PacketField[];
  signedBy: string;
  grantedOn: string;
  expiresOn: string | null;
  withdrawnOn: string | null;
  usedFor: string[];
};
type Said = { at: string; type: string; byName: string | null; kind: string | null; says: string | null };

/** A question for the time of a conference, and who answered what. */
type TimeAsked = {
  conferenceId: string;
  slots: Instant[];
  chosen: Instant | null;
  votes: { name: string; required: boolean; answers: SlotAnswer[] | null }[];
};
/** What the client read before coming. */
type Agenda = { id: string; guardian: boolean; companion: string; welcome: string; items: string[]; attended: boolean | null };
type Effort = { expertName: string; source: 'opinion' | 'conference'; minutes: number; onDay: string; enteredBy: string };

export type Gathered = {
  readonly file: RequestFile;
  readonly register: { channel: z.infer<typeof Channel>; acceptedAt: string | null; centreName: string | null };
  readonly appeal: Awaited<ReturnType<typeof readAppeal>> | null;
  readonly call: Awaited<ReturnType<typeof readCall>> | null;
  readonly said: readonly Said[];
  readonly packets: readonly Packet[];
  readonly times: readonly TimeAsked[];
  readonly agendas: readonly Agenda[];
  readonly records: Awaited<ReturnType<typeof recordsOfRequest>>;
  readonly referrals: Awaited<ReturnType<typeof referralsOfRequest>>;
  readonly efforts: readonly Effort[];
  readonly consents: readonly ConsentUsed[];
  /** Number of the published case, while it stands in the bank. */
  readonly published: string | null;
  readonly files: readonly RequestFileKept[];
};

/** The appeal with which it began and the call behind it. */
const originOf = async (ctx: Ctx, file: RequestFile): Promise<Pick<Gathered, 'appeal' | 'call'>> => {
  if (file.origin === null) return { appeal: null, call: null };
  const appeal = await readAppeal(ctx, file.origin.appealId);
  const { rows } = await sql<{ id: string }>`select id from hotline_call
    where district_id = ${ctx.actor.districtId} and appeal_id = ${file.origin.appealId} order by id limit 1`.execute(ctx.tx);
  return { appeal, call: rows[0] === undefined ? null : await readCall(ctx, rows[0].id) };
};

const packetsOf = async (ctx: Ctx, requestId: string): Promise<Packet[]> => {
  const district = ctx.actor.districtId;
  const { rows: sealed } = await sql<{ id: string; hash: string; frozenAt: string; partsCt: string }>`
    select id, hash, frozen_at, parts_ct from support_packet where district_id = ${district} and request_id = ${requestId} order by id`.execute(
    ctx.tx,
  );
  const { rows: enclosed } = await sql<{ roundId: string; name: string; sha256: string }>`
    select k.round_id, a.name, a.sha256 from packet_attachment k join attachment a on a.district_id = k.district_id and a.id = k.attachment_id
    where k.district_id = ${district} and k.round_id = any(${sealed.map((p) => p.id)}::uuid[]) order by a.id`.execute(ctx.tx);
  return sealed.map((p) => ({
    roundId: p.id,
    hash: p.hash,
    frozenAt: p.frozenAt,
    parts: JSON.parse(ctx.crypto.decrypt(p.partsCt, { table: 'support_packet', row: p.id, field: 'parts' })) as PacketPart[],
    files: enclosed.filter((e) => e.roundId === p.id),
  }));
};

const timesOf = async (ctx: Ctx, requestId: string): Promise<TimeAsked[]> =>
  (
    await sql<TimeAsked>`select q.conference_id, q.slots, q.chosen, coalesce((select jsonb_agg(jsonb_build_object('name', p.name, 'required', v.required,
        'answers', v.answers) order by v.id) from poll_vote v join person p on p.id = v.person_id
        where v.district_id = q.district_id and v.poll_id = q.id), '[]') as votes
      from conference_poll q where q.district_id = ${ctx.actor.districtId} and q.request_id = ${requestId} and q.status <> 'withdrawn'
      order by q.id`.execute(ctx.tx)
  ).rows;

/** Consents on which something was given away or somebody came, with what they carried. */
const consentsOf = async (ctx: Ctx, requestId: string): Promise<ConsentUsed[]> =>
  (
    await sql<ConsentUsed>`with used as (
        select o.consent_id, '第 ' || o.number || ' 轮会诊' as what from support_round o where o.district_id = ${ctx.actor.districtId} and o.request_id = ${requestId}
        union all select f.consent_id, '转介给联动单位 ' || f.number from partner_referral f
          where f.district_id = ${ctx.actor.districtId} and f.request_id = ${requestId} and f.status <> 'withdrawn'
        union all select s.consent_id, '转介' from support_response s
          where s.district_id = ${ctx.actor.districtId} and s.request_id = ${requestId} and s.status <> 'withdrawn'
        union all select g.consent_id, '案主参加会诊' from client_agenda g where g.district_id = ${ctx.actor.districtId} and g.request_id = ${requestId})
      select c.id, c.receiver, c.purpose, c.fields, c.signed_by, c.granted_on, c.expires_on, c.withdrawn_on, array_agg(distinct u.what order by u.what) as used_for
      from used u join consent c on c.district_id = ${ctx.actor.districtId} and c.id = u.consent_id group by c.district_id, c.id order by c.id`.execute(
      ctx.tx,
    )
  ).rows;

/** Everything of a request that its reader may see. */
export const gather = async (ctx: Ctx, { requestId }: { requestId: string }): Promise<Gathered> => {
  const { tx, actor } = ctx;
  const district = actor.districtId;
  const file = await readRequest(ctx, requestId);
  if (file.content === null) return ctx.notFound();
  const { rows: registers } = await sql<Gathered['register']>`select r.channel, r.accepted_at, d.centre_name
    from support_request r join division d on d.id = r.district_id where r.district_id = ${district} and r.id = ${requestId}`.execute(tx);
  const { rows: said } = await sql<Said>`select e.at, e.type, p.name as by_name, t.kind, t.says
    from event e left join person p on p.id = e.actor_id left join support_statement t on t.district_id = e.district_id and t.event_id = e.id
    where e.district_id = ${district} and e.request_ref = ${requestId} order by e.id`.execute(tx);
  const { rows: agendas } = await sql<Agenda>`select id, guardian, companion, welcome, items, attended from client_agenda
    where district_id = ${district} and request_id = ${requestId} order by id`.execute(tx);
  const { rows: efforts } = await sql<Effort>`select p.name as expert_name, f.source, f.minutes, f.on_day, b.name as entered_by
    from expert_effort f join expert e on e.id = f.expert_id join person p on p.id = e.person_id join person b on b.id = f.entered_by
    where f.district_id = ${district} and f.request_id = ${requestId} order by f.on_day, f.id`.execute(tx);
  const { rows: published } = await sql<{ number: string }>`select c.number from casebank_entry c
    where c.district_id = ${district} and c.id = ${file.publication?.entryId ?? null} and c.recalled_at is null`.execute(tx);
  return {
    file,
    register: registers[0] ?? ctx.notFound(),
    ...(await originOf(ctx, file)),
    said,
    packets: await packetsOf(ctx, requestId),
    times: await timesOf(ctx, requestId),
    agendas,
    records: await recordsOfRequest(ctx, requestId),
    referrals: await referralsOfRequest(ctx, requestId),
    efforts,
    consents: await consentsOf(ctx, requestId),
    published: published[0]?.number ?? null,
    files: await filesOfRequest(ctx, requestId),
  };
};
