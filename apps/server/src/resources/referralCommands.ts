import { liveConsentVerdict, receiverSays } from '@jieyou/core/cases/rules.ts';
import type { PacketField } from '@jieyou/core/cases/schema.ts';
import type { ResourceEvent } from '@jieyou/core/resources/events.ts';
import { type ReferralMove, referralMoves } from '@jieyou/core/resources/moves.ts';
import { answeredVerdict, mayLink, mayRefer, type ReferralRefusal, referralVerdict } from '@jieyou/core/resources/rules.ts';
import { addDays, yearOf } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import { reachesContent } from '@jieyou/core/support/rules.ts';
import { sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { addLine, requestInReach, wordsWithoutNames } from '../support/index.ts';
import { partnerById } from './partnerStore.ts';
import * as store from './referralStore.ts';
import { figuresOf, resourceById } from './store.ts';

/** A request whose asker, or the centre, may refer it; for everybody else it is as if it did not exist. */
const requestInHand = async (ctx: Ctx<never>, id: string) => {
  const request = await requestInReach(ctx, id);
  const asker = ctx.actor.roles.includes('worker') && ctx.actor.selves.includes(request.askerId);
  const centre = ctx.actor.roles.includes('centre');
  if (!reachesContent(ctx.actor, request) || !(asker || centre)) return ctx.notFound();
  return { request, centre: centre && !asker };
};

const numberOf = (request: { receiptNo: string | null; archiveNo: string | null }): string => request.archiveNo ?? request.receiptNo ?? '';

/** Links a resource to a request: a line of support of the kind 资源链接, held by whoever links it. */
export const linkResource = async (
  ctx: Ctx<
    'support.moved-on' | 'resources.not-valid' | 'resources.linked-already' | 'support.line-needs-holder' | 'workforce.person-unknown'
  >,
  requestId: string,
  body: { resourceId: string; helpField: HelpField; task: string },
) => {
  const { request, centre } = await requestInHand(ctx, requestId);
  if (!mayLink(request.status, centre)) ctx.refuse('support.moved-on', { status: request.status });
  const resource = await resourceById(ctx.tx, request.districtId, body.resourceId, ctx.today);
  if (resource === undefined) return ctx.notFound();
  if (!resource.valid) ctx.refuse('resources.not-valid');
  const { rows } = await sql`select 1 from support_line where district_id = ${request.districtId} and request_id = ${requestId}
    and resource_id = ${resource.id} and status = 'open'`.execute(ctx.tx);
  if (rows.length > 0) ctx.refuse('resources.linked-already');
  const holderId = centre ? request.askerId : ctx.actor.personId;
  const line = await addLine(ctx, requestId, {
    helpField: body.helpField,
    kind: 'resource',
    holderId,
    providerName: resource.authority,
    task: body.task,
  });
  await ctx.tx
    .updateTable('supportLine')
    .set({ resourceId: resource.id })
    .where('districtId', '=', request.districtId)
    .where('id', '=', line.id)
    .execute();
  await ctx.record({ type: 'resource.linked', recordKind: 'resource', recordId: resource.id, facts: { line: line.id } });
  return { id: line.id, version: 1 };
};

/** What a referral begins with: live consents to refer, and until when an answer is usually expected. */
export const startReferral = async (ctx: Ctx<never>, requestId: string) => {
  const { request } = await requestInHand(ctx, requestId);
  const figures = await figuresOf(ctx.tx, request.districtId, ctx.today);
  const consents = (await consentsOfCase(ctx.tx, request.districtId, request.caseId)).filter(
    (c) => c.purpose === 'referral' && liveConsentVerdict(c, ctx.today).ok,
  );
  ctx.saw('request', requestId, { outcome: 'referral-start' });
  return {
    number: numberOf(request),
    helpFields: request.helpFields,
    untilDefault: addDays(ctx.today, figures['referral.answerDays']),
    consents: consents.map((c) => ({ id: c.id, receiver: receiverSays(c), fields: c.fields, expiresOn: c.expiresOn })),
  };
};

type OfferCodes =
  | ReferralRefusal
  | 'support.moved-on'
  | 'resources.partner-unknown'
  | 'resources.resource-unknown'
  | 'resources.referred-already'
  | 'support.packet-unsafe';

/** Refers a request to a partner: what the consent covers, in words without identities, as they stand now. */
export const referToPartner = async (
  ctx: Ctx<OfferCodes>,
  requestId: string,
  body: {
    partnerId: string;
    resourceId: string | null;
    helpField: HelpField;
    consentId: string;
    fields: PacketField[];
    reason: string;
    until: string;
  },
) => {
  const { request } = await requestInHand(ctx, requestId);
  if (!mayRefer(request.status)) ctx.refuse('support.moved-on', { status: request.status });
  const { districtId } = request;
  const partner = await partnerById(ctx.tx, districtId, body.partnerId, ctx.today);
  if (partner === undefined) return ctx.refuse('resources.partner-unknown');
  if (body.resourceId !== null && (await resourceById(ctx.tx, districtId, body.resourceId, ctx.today)) === undefined)
    ctx.refuse('resources.resource-unknown');
  const consent = (await consentsOfCase(ctx.tx, districtId, request.caseId)).find((c) => c.id === body.consentId);
  const verdict = referralVerdict({
    partner,
    consent,
    consentLives: consent !== undefined && liveConsentVerdict(consent, ctx.today).ok,
    fields: body.fields,
    until: body.until,
    today: ctx.today,
  });
  if (!verdict.ok)
    ctx.refuse(verdict.code, verdict.code.startsWith('resources.consent-') ? { ...verdict.facts, caseId: request.caseId } : verdict.facts);
  if (await store.openReferral(ctx.tx, districtId, requestId, partner.id)) ctx.refuse('resources.referred-already');
  const parts = await wordsWithoutNames(ctx, request, body.fields);
  const id = ctx.id();
  const year = yearOf(ctx.today);
  const code = await store.districtCode(ctx.tx, districtId);
  const sequence = await nextNumber(ctx.tx, { districtId, kind: 'ZJ', scope: code, year });
  const number = `${code}-ZJ-${year}-${String(sequence).padStart(4, '0')}`;
  await store.insertReferral(
    ctx.tx,
    {
      districtId,
      id,
      number,
      requestId,
      requestNumber: numberOf(request),
      partnerId: partner.id,
      resourceId: body.resourceId,
      helpField: body.helpField,
      askerId: request.askerId,
      stationId: request.stationId,
      sentBy: ctx.actor.personId,
      sentOn: ctx.today,
      until: body.until,
      consentId: body.consentId,
    },
    { reason: body.reason, fields: body.fields, parts },
  );
  await ctx.record({
    type: 'referral.offered',
    recordKind: 'referral',
    recordId: id,
    requestRef: requestId,
    helpField: body.helpField,
    facts: { partner: partner.id, fields: body.fields },
  });
  const others = [request.askerId, request.holderId].filter((p) => p !== ctx.actor.personId);
  await ctx.notify(others, { kind: 'resources.referral-offered', recordKind: 'referral', recordId: id, number });
  await ctx.changed('request', requestId);
  return { id, version: 1, number };
};

type Answering = 'record.changed-meanwhile' | 'resources.referral-over';

/** A referral that the person may move on: the asker or the centre; whoever only reads it is answered as if it were not there. */
const referralInHand = async (ctx: Ctx<Answering>, id: string, move: ReferralMove) => {
  const found = (await store.referralById(ctx.tx, ctx.actor, id, ctx.today)) ?? ctx.notFound();
  const asker = ctx.actor.roles.includes('worker') && ctx.actor.selves.includes(found.askerId);
  if (!asker && !ctx.actor.roles.includes('centre')) ctx.notFound();
  if (!moveVerdict(referralMoves, found.status, move).ok) ctx.refuse('resources.referral-over', { status: found.status });
  return found;
};

const moveOn = async (
  ctx: Ctx<Answering>,
  found: store.ReferralRow,
  version: number,
  change: Parameters<typeof store.moveReferral>[3],
  words: { answer?: string; result?: string },
  event: ResourceEvent,
) => {
  const now = (await store.moveReferral(ctx.tx, found, version, change)) ?? ctx.refuse('record.changed-meanwhile');
  await store.writeWords(ctx.tx, found.districtId, found.id, words);
  await ctx.record({
    type: event,
    recordKind: 'referral',
    recordId: found.id,
    requestRef: found.requestId,
    helpField: found.helpField,
    facts: { partner: found.partnerId },
  });
  const kind = change.status === 'accepted' || change.status === 'returned' ? 'resources.referral-answered' : 'resources.referral-over';
  const others = [...new Set([found.askerId, found.sentBy])].filter((p) => p !== ctx.actor.personId);
  await ctx.notify(others, { kind, recordKind: 'referral', recordId: found.id, number: found.number });
  await ctx.changed('request', found.requestId);
  return { id: found.id, version: now };
};

/** Enters what the liaison person answered, with the name and the day. */
export const answerReferral = async (
  ctx: Ctx<Answering | 'resources.answer-day'>,
  id: string,
  body: { version: number; answer: 'accept' | 'return'; answeredBy: string; answeredOn: string; says: string },
) => {
  const found = await referralInHand(ctx, id, body.answer);
  const day = answeredVerdict(body.answeredOn, found.sentOn, ctx.today);
  if (!day.ok) ctx.refuse(day.code, day.facts);
  const answer = { answeredOn: body.answeredOn, answeredBy: body.answeredBy, enteredBy: ctx.actor.personId };
  return body.answer === 'accept'
    ? moveOn(ctx, found, body.version, { status: 'accepted', ...answer }, { answer: body.says }, 'referral.accepted')
    : moveOn(ctx, found, body.version, { status: 'returned', ...answer, closedAt: ctx.now }, { answer: body.says }, 'referral.returned');
};

/** Writes down what came of an accepted referral. */
export const finishReferral = async (ctx: Ctx<Answering>, id: string, body: { version: number; result: string }) => {
  const found = await referralInHand(ctx, id, 'finish');
  return moveOn(ctx, found, body.version, { status: 'done', closedAt: ctx.now }, { result: body.result }, 'referral.done');
};

/** Takes a referral back. */
export const withdrawReferral = async (ctx: Ctx<Answering>, id: string, body: { version: number; reason: string }) => {
  const found = await referralInHand(ctx, id, 'withdraw');
  return moveOn(ctx, found, body.version, { status: 'withdrawn', closedAt: ctx.now }, { result: body.reason }, 'referral.withdrawn');
};
