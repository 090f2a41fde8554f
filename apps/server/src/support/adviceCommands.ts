import { type KnownIdentity, RedactionFailure, redact } from '@jieyou/core/casebank/redaction.ts';
import { writesCases } from '@jieyou/core/cases/policy.ts';
import { CENTRE_IN_WORDS, type ConsentRefusal, consentVerdict, packetFileName, type Receiver } from '@jieyou/core/cases/rules.ts';
import type { PacketField } from '@jieyou/core/cases/schema.ts';
import { addDays, ageOn, type Day, dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import { type CaseDomain, caseDomainLabels, type HelpField } from '@jieyou/core/shared/fields.ts';
import { exclusions, type PanelExpert, type PanelLimits, type PanelNeed } from '@jieyou/core/support/panel.ts';
import { opinionsVerdict, packetExpiresAt, quorumVerdict, reachesContent, screenerVerdict } from '@jieyou/core/support/rules.ts';
import type { LegalBasis } from '@jieyou/core/support/schema.ts';
import { packetFieldLabels, riskLabels } from '@jieyou/core/texts/labels.ts';
import { sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import { expertsForPanel } from '../experts/index.ts';
import { centreOf } from '../identity/index.ts';
import { digest } from '../platform/crypto/crypto.ts';
import type { Ctx } from '../platform/http/context.ts';
import { mailOwnAppointment, noteEffort, swapVoter } from './appointments.ts';
import { rulesOf, startedClock } from './clock.ts';
import { ensureMove, identitiesPlace, move, requestInReach, say, tell } from './commands.ts';
import { proposePanelExactly } from './panelSolver.ts';
import * as store from './store.ts';

/** Figures of matching, as the rule pack gives them. */
export const limitsOf = (pack: { 'panel.supervisedMonths': number; 'panel.maxPerMonth': number }): PanelLimits => ({
  supervisedMonths: pack['panel.supervisedMonths'],
  maxPanelsPerMonth: pack['panel.maxPerMonth'],
  alternativesPerSeat: 3,
});

const needOf = (
  request: store.RequestRecord,
  given: {
    helpFields?: HelpField[] | undefined;
    windowFrom?: string | undefined;
    windowTo?: string | undefined;
    gender?: 'female' | 'male' | null | undefined;
  },
  today: Day,
): PanelNeed => ({
  helpFields: given.helpFields ?? request.helpFields,
  askerId: request.askerId,
  askerOrganisationId: request.organisationId,
  window: { from: (given.windowFrom ?? addDays(today, 1)) as Day, to: (given.windowTo ?? addDays(today, 14)) as Day },
  wishes: given.gender == null ? {} : { gender: given.gender },
  today,
});

/** Proposes the smallest panel that covers every HelpField, with a reason for each expert seated or left out. */
export const proposePanel = async (
  ctx: Ctx<'support.moved-on' | 'support.window-backwards' | 'support.screener-is-asker'>,
  id: string,
  body: {
    windowFrom?: string | undefined;
    windowTo?: string | undefined;
    helpFields?: HelpField[] | undefined;
    wishes?: { expertGender: 'female' | 'male' | null } | undefined;
  },
) => {
  const request = await requestInReach(ctx, id);
  const asker = screenerVerdict(ctx.actor, request);
  if (!asker.ok) ctx.refuse(asker.code, asker.facts);
  ensureMove(ctx, request, 'invite');
  if (body.windowFrom !== undefined && body.windowTo !== undefined && body.windowTo < body.windowFrom)
    ctx.refuse('support.window-backwards');
  const content = await store.findContent(ctx.tx, ctx.actor.districtId, id);
  if (content === undefined) return ctx.notFound();
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  const need = needOf(request, { ...body, gender: (body.wishes ?? content.wishes).expertGender }, ctx.today);
  const experts = await expertsForPanel(ctx.tx, request.districtId, request.askerId, request.organisationId, ctx.today, need.window.from);
  const result = await proposePanelExactly(experts, need, limitsOf(rules.pack));
  const proposalId = ctx.id();
  await ctx.tx
    .insertInto('supportProposal')
    .values({
      districtId: request.districtId,
      id: proposalId,
      requestId: id,
      at: ctx.now,
      byId: ctx.actor.personId,
      packVersion: rules.version,
      result: JSON.stringify({ ...result, need }),
    })
    .execute();
  await ctx.record({
    type: 'support.panel-proposed',
    recordKind: 'request',
    recordId: id,
    requestRef: id,
    facts: { seats: result.seats.length, uncovered: result.uncovered, packVersion: rules.version },
  });
  await ctx.changed('request', id);
  return proposalId;
};

const AGE_BAND = 10;

/** Age as a band, so that a packet does not single a person out. */
const situationOf = (content: store.ContentRecord, today: Day): string => {
  const gender = content.recipientGender === 'female' ? '女' : content.recipientGender === 'male' ? '男' : '性别未登记';
  if (content.recipientBirthOn === null) return `${gender}，年龄未登记`;
  const age = ageOn(content.recipientBirthOn as Day, today) ?? 0;
  const from = Math.floor(age / AGE_BAND) * AGE_BAND;
  return `${gender}，${age < 18 ? '未成年，' : ''}${from}至${from + AGE_BAND - 1}岁`;
};

type Part = { field: PacketField; title: string; text: string };

/** The chosen parts of a request with every identity replaced; throws RedactionFailure rather than let one through. */
const packetParts = (
  request: store.RequestRecord,
  content: store.ContentRecord,
  identities: readonly KnownIdentity[],
  fields: readonly PacketField[],
  today: Day,
): { parts: Part[]; replaced: number } => {
  const raw: Readonly<Record<Exclude<PacketField, 'attachments'>, string>> = {
    situation: situationOf(content, today),
    household: content.household,
    domain: caseDomainLabels[request.domain as CaseDomain],
    risk: riskLabels[request.risk as keyof typeof riskLabels],
    story: content.story,
    tried: content.tried,
    asks: content.asks,
  };
  let replaced = 0;
  const parts = (Object.keys(raw) as (keyof typeof raw)[])
    .filter((field) => fields.includes(field) && raw[field] !== '')
    .map((field) => {
      const { text, findings } = redact(raw[field], identities);
      replaced += findings.length;
      return { field, title: packetFieldLabels[field], text };
    });
  return { parts, replaced };
};

const identitiesOf = (ctx: Ctx, request: store.RequestRecord, content: store.ContentRecord): KnownIdentity[] =>
  JSON.parse(ctx.crypto.decrypt(content.identitiesCt, identitiesPlace(request.id))) as KnownIdentity[];

const safeParts = (
  ctx: Ctx<'support.packet-unsafe'>,
  request: store.RequestRecord,
  content: store.ContentRecord,
  fields: readonly PacketField[],
): { parts: Part[]; replaced: number } => {
  try {
    return packetParts(request, content, identitiesOf(ctx, request, content), fields, ctx.today);
  } catch (error) {
    // Fails closed: a packet that could not be cleaned does not exist.
    if (error instanceof RedactionFailure) return ctx.refuse('support.packet-unsafe', { because: error.code });
    throw error;
  }
};

/**
 * Parts of a request that are handed over to a colleague, with personal data replaced as for a packet. Undefined when the actor does not
 * read the content: nobody hands over what they may not read.
 */
export const handedParts = async (
  ctx: Ctx<'support.packet-unsafe'>,
  requestId: string,
  fields: readonly PacketField[],
): Promise<{ caseId: string; parts: Part[] } | undefined> => {
  const request = await store.findRequest(ctx.tx, requestId);
  if (request === undefined || !reachesContent(ctx.actor, request)) return undefined;
  const content = await store.findContent(ctx.tx, request.districtId, requestId);
  return content === undefined ? undefined : { caseId: request.caseId, parts: safeParts(ctx, request, content, fields).parts };
};

const ensureAttachments = async (
  ctx: Ctx<'support.attachment-unknown'>,
  request: store.RequestRecord,
  ids: readonly string[],
): Promise<void> => {
  if (ids.length === 0) return;
  const { rows } = await sql<{
    id: string;
  }>`select id from attachment where district_id = ${request.districtId} and request_id = ${request.id}
    and removed_at is null and id = any(${[...ids]}::uuid[])`.execute(ctx.tx);
  if (rows.length !== new Set(ids).size) ctx.refuse('support.attachment-unknown');
};

/** Chosen parts of a request without any identity, as others may read them outside of its circle. */
export const wordsWithoutNames = async (
  ctx: Ctx<'support.packet-unsafe'>,
  request: store.RequestRecord,
  fields: readonly PacketField[],
): Promise<Part[]> => {
  const content = await store.findContent(ctx.tx, request.districtId, request.id);
  return content === undefined || !reachesContent(ctx.actor, request) ? ctx.notFound() : safeParts(ctx, request, content, fields).parts;
};

/** Shows the packet as the expert will read it. */
export const previewPacket = async (
  ctx: Ctx<'support.packet-unsafe' | 'support.attachment-unknown'>,
  id: string,
  body: { fields: PacketField[]; attachmentIds: string[] },
) => {
  const request = await requestInReach(ctx, id);
  const content = await store.findContent(ctx.tx, ctx.actor.districtId, id);
  if (content === undefined || !reachesContent(ctx.actor, request)) return ctx.notFound();
  await ensureAttachments(ctx, request, body.attachmentIds);
  ctx.saw('request', id, { outcome: 'packet-preview' });
  return safeParts(ctx, request, content, body.fields);
};

type InviteCodes =
  | 'record.changed-meanwhile'
  | 'support.moved-on'
  | 'support.proposal-unknown'
  | 'support.override-needs-reason'
  | 'support.expert-excluded'
  | 'support.deadline-past'
  | 'support.quorum-too-high'
  | 'support.chair-unknown'
  | 'support.consent-missing'
  | 'support.consent-too-narrow'
  | 'support.consent-other-receiver'
  | 'support.consent-receiver-unnamed'
  | 'support.packet-unsafe'
  | 'support.attachment-unknown'
  | 'support.screener-is-asker';

type Invitation = {
  version: number;
  proposalId: string;
  seats: { expertId: string; helpFields: HelpField[] }[];
  overrideReason?: string | undefined;
  deadline: string;
  quorum?: number | undefined;
  chairId: string;
  plannedAt: string;
  place: string;
  packet: { fields: PacketField[]; attachmentIds: string[]; basis: LegalBasis };
};

/** Experts as receivers of a packet. */
export const asReceivers = async (ctx: Pick<Ctx, 'tx' | 'actor'>, experts: readonly PanelExpert[]): Promise<Receiver[]> => {
  // Experts are asked by the support centre and sit for it: a consent that names the centre names them.
  const centre = await ctx.tx
    .selectFrom('organisation')
    .select('id')
    .where('districtId', '=', ctx.actor.districtId)
    .where('type', '=', 'centre')
    .orderBy('id')
    .executeTakeFirst();
  return experts.map((e) => ({ kind: 'expert', id: e.id, organisationId: centre?.id ?? null, names: [e.name, CENTRE_IN_WORDS] }));
};

/** How a refused consent is told to who asks for support. */
export const refusedConsent = (
  code: ConsentRefusal,
): 'support.consent-missing' | 'support.consent-too-narrow' | 'support.consent-other-receiver' | 'support.consent-receiver-unnamed' =>
  code === 'cases.consent-too-narrow'
    ? 'support.consent-too-narrow'
    : code === 'cases.consent-other-receiver'
      ? 'support.consent-other-receiver'
      : code === 'cases.consent-receiver-unnamed'
        ? 'support.consent-receiver-unnamed'
        : 'support.consent-missing';

/** Where a consent is recorded, for whoever may: the page shows the way there. */
export const whereRecorded = (ctx: Pick<Ctx, 'actor'>, caseId: string): { caseId?: string } =>
  ctx.actor.roles.some((r) => writesCases.who.includes(r as never)) ? { caseId } : {};

/** Consent, or a recorded legal basis: without one nothing leaves the case's circle. */
const ensureBasis = async (
  ctx: Ctx<InviteCodes>,
  request: store.RequestRecord,
  packet: Invitation['packet'],
  readers: readonly PanelExpert[],
): Promise<{ consentId: string | null; ground: string | null }> => {
  if (packet.basis.kind !== 'consent') return { consentId: null, ground: packet.basis.ground };
  const { consentId } = packet.basis;
  const consent = (await consentsOfCase(ctx.tx, request.districtId, request.caseId)).find((c) => c.id === consentId);
  if (consent === undefined) return ctx.refuse('support.consent-missing');
  const fields = packet.attachmentIds.length > 0 ? [...new Set<PacketField>([...packet.fields, 'attachments'])] : packet.fields;
  const verdict = consentVerdict(consent, { purpose: 'conference', fields, today: ctx.today, receivers: await asReceivers(ctx, readers) });
  if (!verdict.ok) ctx.refuse(refusedConsent(verdict.code), { ...verdict.facts, ...whereRecorded(ctx, request.caseId) });
  return { consentId: consent.id, ground: null };
};

/** Experts who may be asked: of the bank, and not ruled out by what cannot be argued away. */
export const ensureSeats = (
  ctx: Ctx<'support.expert-excluded'>,
  experts: readonly PanelExpert[],
  request: store.RequestRecord,
  seats: readonly { expertId: string; helpFields: HelpField[] }[],
  day: Day,
  pack: Parameters<typeof limitsOf>[0],
): void => {
  const limits = limitsOf(pack);
  for (const seat of seats) {
    const expert = experts.find((e) => e.id === seat.expertId);
    // Only experts of the bank of this district; anybody else does not exist here.
    if (expert === undefined) {
      ctx.refuse('support.expert-excluded', { reason: 'not-in-bank' });
      continue;
    }
    const need = needOf(request, { helpFields: seat.helpFields, windowFrom: day, windowTo: day }, ctx.today);
    // Availability is settled with the expert; term, conflict, load and activity cannot be argued away.
    const hard = exclusions(expert, need, limits).filter((e) => !['no-day', 'away', 'no-needed-field'].includes(e.code));
    const first = hard[0];
    if (first !== undefined) ctx.refuse('support.expert-excluded', { expert: expert.name, reason: first.code });
  }
};

const PLEDGE =
  '我承诺：只为本次会诊使用这份资料，不复制、不转发、不与无关的人谈论，会诊结束后不再保留；发现认识当事人时立即告知中心并回避。';

/** Invites the experts of a round: conflicts checked again, packet redacted, frozen and hashed, conference planned. */
export const inviteExperts = async (ctx: Ctx<InviteCodes>, id: string, body: Invitation) => {
  const request = await requestInReach(ctx, id);
  const asker = screenerVerdict(ctx.actor, request);
  if (!asker.ok) ctx.refuse(asker.code, asker.facts);
  ensureMove(ctx, request, 'invite');
  if (request.version !== body.version) ctx.refuse('record.changed-meanwhile', { version: request.version });
  if (body.deadline <= ctx.now) ctx.refuse('support.deadline-past');
  const quorum = quorumVerdict(body.quorum, body.seats.length);
  if (!quorum.ok) ctx.refuse(quorum.code, quorum.facts);
  const content = await store.findContent(ctx.tx, ctx.actor.districtId, id);
  if (content === undefined) return ctx.notFound();
  const proposal = await ctx.tx
    .selectFrom('supportProposal')
    .select(['result'])
    .where('id', '=', body.proposalId)
    .where('requestId', '=', id)
    .executeTakeFirst();
  if (proposal === undefined) return ctx.refuse('support.proposal-unknown');
  const proposed = new Set((proposal.result as unknown as { seats: { expertId: string }[] }).seats.map((s) => s.expertId));
  const differs = body.seats.length !== proposed.size || body.seats.some((s) => !proposed.has(s.expertId));
  if (differs && body.overrideReason === undefined) ctx.refuse('support.override-needs-reason');
  if (!(await store.holdsRole(ctx.tx, request.districtId, body.chairId, ['centre', 'supervisor', 'expert'])))
    ctx.refuse('support.chair-unknown');
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  const meetsOn = dayOf(body.plannedAt as Instant);
  const experts = await expertsForPanel(ctx.tx, request.districtId, request.askerId, request.organisationId, ctx.today, meetsOn);
  ensureSeats(ctx, experts, request, body.seats, meetsOn, rules.pack);
  const basis = await ensureBasis(
    ctx,
    request,
    body.packet,
    experts.filter((e) => body.seats.some((s) => s.expertId === e.id)),
  );
  await ensureAttachments(ctx, request, body.packet.attachmentIds);
  const { parts } = safeParts(ctx, request, content, body.packet.fields);

  const roundId = ctx.id();
  const frozen = JSON.stringify(parts);
  const hash = digest(`${frozen}\n${[...body.packet.attachmentIds].sort().join('\n')}`);
  const expiresAt = packetExpiresAt(body.deadline as Instant, rules.pack['packet.expiryDays']);
  const { rows } = await sql<{
    n: number;
  }>`select coalesce(max(number), 0) + 1 as n from support_round where district_id = ${request.districtId}
    and request_id = ${id}`.execute(ctx.tx);
  await ctx.tx
    .insertInto('supportRound')
    .values({
      districtId: request.districtId,
      id: roundId,
      requestId: id,
      number: rows[0]?.n ?? 1,
      deadline: body.deadline,
      expiresAt,
      quorum: body.quorum ?? body.seats.length,
      asked: body.seats.length,
      basisKind: body.packet.basis.kind,
      consentId: basis.consentId,
      basisGround: basis.ground,
      packetHash: hash,
      packetFields: body.packet.fields,
      pledgeText: PLEDGE,
      createdBy: ctx.actor.personId,
      createdAt: ctx.now,
    })
    .execute();
  await ctx.tx
    .insertInto('supportPacket')
    .values({
      districtId: request.districtId,
      id: roundId,
      requestId: id,
      partsCt: ctx.crypto.encrypt(frozen, { table: 'support_packet', row: roundId, field: 'parts' }),
      hash,
      frozenAt: ctx.now,
    })
    .execute();
  for (const attachmentId of new Set(body.packet.attachmentIds)) {
    await ctx.tx.insertInto('packetAttachment').values({ districtId: request.districtId, id: ctx.id(), roundId, attachmentId }).execute();
  }
  const number = request.archiveNo ?? request.receiptNo ?? '';
  const invitations = body.seats.map((seat) => ({ id: ctx.id(), expertId: seat.expertId, helpFields: seat.helpFields }));
  await ctx.tx
    .insertInto('supportInvitation')
    .values(
      invitations.map((i) => ({
        ...i,
        districtId: request.districtId,
        requestId: id,
        roundId,
        status: 'invited',
        invitedAt: ctx.now,
        number,
        domain: request.domain,
      })),
    )
    .execute();
  const conferenceId = ctx.id();
  await ctx.tx
    .insertInto('supportConference')
    .values({
      districtId: request.districtId,
      id: conferenceId,
      requestId: id,
      roundId,
      status: 'planned',
      chairId: body.chairId,
      plannedAt: body.plannedAt,
      place: body.place,
      number,
    })
    .execute();
  const moved = await move(
    ctx,
    request,
    'supporting',
    { ...(request.status === 'supporting' ? {} : startedClock(rules, 'conference', ctx.now)), nextOn: dayOf(body.plannedAt as Instant) },
    {
      type: 'support.invited',
      facts: {
        experts: body.seats.length,
        round: rows[0]?.n ?? 1,
        basis: body.packet.basis.kind,
        hash,
        packVersion: rules.version,
        overridden: differs,
      },
      ...(body.overrideReason === undefined ? {} : { said: { kind: 'override', says: body.overrideReason } }),
    },
  );
  await ctx.record({ type: 'support.conference-planned', recordKind: 'conference', recordId: conferenceId, requestRef: id });
  const people = new Map(experts.map((e) => [e.id, e.personId ?? null]));
  for (const invitation of invitations) {
    await ctx.notify([people.get(invitation.expertId) ?? null], {
      kind: 'support.invited',
      recordKind: 'invitation',
      recordId: invitation.id,
      number,
    });
  }
  if (body.chairId !== ctx.actor.personId) {
    await ctx.notify([body.chairId], { kind: 'support.conference-planned', recordKind: 'conference', recordId: conferenceId, number });
  }
  await tell(ctx, request, [request.askerId], 'support.conference-planned');
  return {
    ...moved,
    roundId,
    conferenceId,
    invitations: invitations.map(({ id: invitationId, expertId }) => ({ id: invitationId, expertId })),
  };
};

/** The person behind an expert. */
export const personOfExpert = async (ctx: Ctx, expertId: string): Promise<string | null> =>
  (await ctx.tx.selectFrom('expert').select('personId').where('id', '=', expertId).executeTakeFirst())?.personId ?? null;

/** Takes an invitation back; from then on it shows nothing. */
export const revokeInvitation = async (ctx: Ctx<'support.invitation-over'>, id: string, reason: string) => {
  const invitation = await store.findInvitation(ctx.tx, id);
  if (invitation === undefined) return ctx.notFound();
  const request = await requestInReach(ctx, invitation.requestId);
  if (['revoked', 'declined', 'expired'].includes(invitation.status)) ctx.refuse('support.invitation-over', { status: invitation.status });
  if (!(await store.moveInvitation(ctx.tx, invitation, { status: 'revoked', revokedAt: ctx.now }))) ctx.refuse('support.invitation-over');
  // Those who are left must be able to reach the quorum.
  await sql`update support_round set asked = greatest(asked - 1, 0), quorum = greatest(1, least(quorum, asked - 1)),
      given = case when ${invitation.opinionAt !== null} then given - 1 else given end, version = version + 1
    where district_id = ${request.districtId} and id = ${invitation.roundId}`.execute(ctx.tx);
  await swapVoter(ctx, invitation.roundId, await personOfExpert(ctx, invitation.expertId), null);
  const eventId = await ctx.record({ type: 'support.invitation-revoked', recordKind: 'invitation', recordId: id, requestRef: request.id });
  await say(ctx, request, eventId, { kind: 'revocation', says: reason });
  await ctx.notify([await personOfExpert(ctx, invitation.expertId)], {
    kind: 'support.invitation-revoked',
    recordKind: 'notice',
    recordId: ctx.id(),
    number: invitation.number,
  });
  await ctx.changed('request', request.id);
  return { id, version: invitation.version + 1 };
};

/** An invitation of the expert who asks; a revoked one is as if it never was. */
export const ownInvitation = async (ctx: Ctx, id: string): Promise<store.InvitationRecord> =>
  (await store.findOwnInvitation(ctx.tx, id, ctx.actor.expertId)) ?? ctx.notFound();

/** The holder of a request learns of advice through the centre's people; an expert does not see the request itself. */
const tellCentre = async (ctx: Ctx, invitation: store.InvitationRecord, kind: string): Promise<void> => {
  const { rows } = await sql<{
    personId: string | null;
  }>`select holder_of_request(${invitation.districtId}, ${invitation.requestId}) as person_id`.execute(ctx.tx);
  const holder = rows[0]?.personId ?? null;
  await ctx.notify(holder === null ? await centreOf(ctx.tx, invitation.districtId) : [holder], {
    kind,
    recordKind: 'request',
    recordId: invitation.requestId,
    number: invitation.number,
  });
  await ctx.changed('request', invitation.requestId);
};

/** Accepts with the pledge of confidentiality, or declines with a reason. */
export const answerInvitation = async (
  ctx: Ctx<'support.invitation-over' | 'support.invitation-answered'>,
  id: string,
  body: { answer: 'accept'; pledge: true } | { answer: 'decline'; reason: string },
) => {
  const invitation = await ownInvitation(ctx, id);
  if (invitation.status === 'accepted' || invitation.status === 'answered') ctx.refuse('support.invitation-answered');
  if (invitation.status !== 'invited') ctx.refuse('support.invitation-over', { status: invitation.status });
  const change =
    body.answer === 'accept'
      ? { status: 'accepted', pledgedAt: ctx.now, answeredAt: ctx.now }
      : { status: 'declined', answeredAt: ctx.now, declineReason: body.reason };
  if (!(await store.moveInvitation(ctx.tx, invitation, change))) ctx.refuse('support.invitation-answered');
  if (body.answer === 'decline') {
    await sql`update support_round set asked = greatest(asked - 1, 0), quorum = greatest(1, least(quorum, asked - 1)), version = version + 1
      where district_id = ${invitation.districtId} and id = ${invitation.roundId}`.execute(ctx.tx);
  }
  const type = body.answer === 'accept' ? 'support.invitation-accepted' : 'support.invitation-declined';
  await ctx.record({ type, recordKind: 'invitation', recordId: id, requestRef: invitation.requestId });
  if (body.answer === 'accept') await mailOwnAppointment(ctx, invitation.roundId);
  await tellCentre(ctx, invitation, type);
  return { id, version: invitation.version + 1 };
};

/** Opens the packet: pledged, not expired, watermarked, and each opening is recorded. */
export const openPacket = async (ctx: Ctx<'support.pledge-missing' | 'support.packet-expired'>, id: string) => {
  const invitation = await ownInvitation(ctx, id);
  if (invitation.pledgedAt === null || !['accepted', 'answered'].includes(invitation.status)) ctx.refuse('support.pledge-missing');
  const round = await store.findRound(ctx.tx, invitation.roundId);
  if (round === undefined) return ctx.notFound();
  if (round.expiresAt <= ctx.now) ctx.refuse('support.packet-expired', { expiredAt: round.expiresAt });
  const packet = await ctx.tx.selectFrom('supportPacket').select(['partsCt', 'hash']).where('id', '=', round.id).executeTakeFirst();
  if (packet === undefined) return ctx.notFound();
  const parts = JSON.parse(ctx.crypto.decrypt(packet.partsCt, { table: 'support_packet', row: round.id, field: 'parts' })) as Part[];
  const { rows: attachments } = await sql<{ id: string; name: string; mime: string; bytes: number }>`
    select a.id, a.name, a.mime, a.bytes from packet_attachment p join attachment a on a.district_id = p.district_id and a.id = p.attachment_id
    where p.district_id = ${round.districtId} and p.round_id = ${round.id} and a.removed_at is null order by a.id`.execute(ctx.tx);
  await ctx.tx
    .updateTable('supportInvitation')
    .set((eb) => ({ openings: eb('openings', '+', 1) }))
    .where('districtId', '=', invitation.districtId)
    .where('id', '=', id)
    .execute();
  await ctx.record({
    type: 'support.packet-opened',
    recordKind: 'invitation',
    recordId: id,
    requestRef: invitation.requestId,
    facts: { hash: packet.hash },
  });
  ctx.saw('packet', round.id, { outcome: 'opened' });
  return {
    invitationId: id,
    number: invitation.number,
    watermark: `${ctx.actor.name} ${ctx.today} 仅供会诊`,
    hash: packet.hash,
    expiresAt: round.expiresAt,
    parts,
    attachments: attachments.map((file, i) => ({ ...file, name: packetFileName(i + 1, file.name) })),
  };
};

/** Gives one's opinion in three prompts; the round opens to the experts when quorum is reached. */
export const giveOpinion = async (
  ctx: Ctx<'support.pledge-missing' | 'support.invitation-over' | 'support.opinion-given' | 'support.packet-expired'>,
  id: string,
  { minutes, ...body }: { judgement: string; advice: string; risk: string; minutes?: number | undefined },
) => {
  const invitation = await ownInvitation(ctx, id);
  if (invitation.opinionAt !== null || invitation.status === 'answered') ctx.refuse('support.opinion-given');
  if (invitation.status === 'declined' || invitation.status === 'expired')
    ctx.refuse('support.invitation-over', { status: invitation.status });
  if (invitation.pledgedAt === null) ctx.refuse('support.pledge-missing');
  const round = await store.findRound(ctx.tx, invitation.roundId);
  if (round === undefined) return ctx.notFound();
  if (round.expiresAt <= ctx.now) ctx.refuse('support.packet-expired', { expiredAt: round.expiresAt });
  await ctx.tx
    .insertInto('supportOpinion')
    .values({
      districtId: invitation.districtId,
      id,
      requestId: invitation.requestId,
      roundId: round.id,
      expertId: invitation.expertId,
      ...body,
      givenAt: ctx.now,
    })
    .execute();
  if (!(await store.moveInvitation(ctx.tx, invitation, { status: 'answered', opinionAt: ctx.now }))) ctx.refuse('support.opinion-given');
  await sql`update support_round set given = given + 1, version = version + 1,
      opinions_open_at = case when given + 1 >= quorum then coalesce(opinions_open_at, ${ctx.now}::timestamptz) else opinions_open_at end
    where district_id = ${round.districtId} and id = ${round.id}`.execute(ctx.tx);
  // What was being written is now said; the draft has served its time.
  await ctx.tx.deleteFrom('opinionDraft').where('id', '=', id).execute();
  if (minutes !== undefined) {
    const { districtId, requestId, expertId } = invitation;
    await noteEffort(ctx, { districtId, requestId, source: 'opinion', sourceId: id, expertIds: [expertId], minutes, on: ctx.today });
  }
  await ctx.record({ type: 'support.opinion-given', recordKind: 'invitation', recordId: id, requestRef: invitation.requestId });
  await tellCentre(ctx, invitation, 'support.opinion-given');
  return { id, version: invitation.version + 1 };
};

/** Opinions of one's own round, once they are open to experts. */
export const listOpinions = async (ctx: Ctx<'support.opinions-sealed'>, id: string) => {
  const invitation = await ownInvitation(ctx, id);
  const round = await store.findRound(ctx.tx, invitation.roundId);
  if (round === undefined || round.expiresAt <= ctx.now) return ctx.notFound();
  const verdict = opinionsVerdict({
    ownGiven: invitation.opinionAt !== null,
    given: round.given,
    quorum: round.quorum,
    deadline: round.deadline as Instant,
    now: ctx.now,
  });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const { rows } = await sql<{
    invitationId: string;
    expertName: string;
    helpFields: HelpField[];
    judgement: string;
    advice: string;
    risk: string;
    givenAt: string;
  }>`
    select o.id as invitation_id, p.name as expert_name, e.help_fields, o.judgement, o.advice, o.risk, o.given_at
    from support_opinion o join expert e on e.id = o.expert_id join person p on p.id = e.person_id
    where o.district_id = ${round.districtId} and o.round_id = ${round.id} order by o.given_at, o.id`.execute(ctx.tx);
  ctx.saw('round', round.id, { outcome: 'opinions' });
  return { opinions: rows, open: true };
};
