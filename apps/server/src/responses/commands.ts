import { carriesTo, consentVerdict, type NamedReceiver, type Receiver } from '@jieyou/core/cases/rules.ts';
import { professionals } from '@jieyou/core/identity/policy.ts';
import { responseMoves } from '@jieyou/core/responses/moves.ts';
import * as rules from '@jieyou/core/responses/rules.ts';
import type { ResponseContent, ResponseDraft, ResponseStatus, ResponseStep } from '@jieyou/core/responses/schema.ts';
import { sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { handedParts, refusedConsent, whereRecorded } from '../support/index.ts';
import * as store from './store.ts';

type OpenCodes =
  | 'support.line-over'
  | 'support.packet-unsafe'
  | 'support.consent-missing'
  | 'support.consent-too-narrow'
  | 'support.consent-other-receiver'
  | 'support.consent-receiver-unnamed'
  | 'workforce.person-unknown'
  | 'responses.other-kind'
  | 'responses.content-out-of-reach'
  | 'responses.receiver-is-sender'
  | 'responses.same-receiver'
  | 'responses.date-future'
  | 'responses.date-past'
  | 'responses.times-backwards'
  | 'responses.line-without-supervisor'
  | 'responses.own-supervisor'
  | 'responses.resource-unknown';

/** What a kind decides of a new record. */
type Opening = {
  readonly content: ResponseContent;
  readonly toId?: string;
  readonly workerId?: string;
  readonly consentId?: string | null;
  readonly resourceId?: string | null;
  readonly heldOn?: string | null;
  readonly minutes?: number | null;
  readonly event: string;
};

/** A line on which the actor may write: its holder, the asker of its request, the centre. */
export const lineInHand = async (ctx: Ctx, id: string) => {
  const line = await store.findLine(ctx.tx, ctx.actor.districtId, id);
  if (line === undefined) return ctx.notFound();
  const mine = [line.holderId, line.askerId].some((p) => p !== null && ctx.actor.selves.includes(p));
  return mine || ctx.actor.roles.includes('centre') ? line : ctx.notFound();
};

const receiver = async (ctx: Ctx<'workforce.person-unknown'>, id: string) => {
  const found = (await store.colleagues(ctx.tx, ctx.actor.districtId, professionals, { id }))[0];
  return found ?? ctx.refuse('workforce.person-unknown');
};

// Whoever gets a transfer gets it for the organisation.
const asReceiver = (to: store.Colleague): Receiver => ({
  kind: 'organisation',
  id: to.organisationId ?? to.id,
  organisationId: to.organisationId,
  names: [to.place, to.name],
});

const transfer = async (
  ctx: Ctx<OpenCodes>,
  line: store.LineRecord,
  body: Extract<ResponseDraft, { kind: 'transfer' }>,
): Promise<Opening> => {
  const verdict = rules.receiverVerdict({ toId: body.toId, senderId: ctx.actor.personId, returnedBy: null });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const to = await receiver(ctx, body.toId);
  if (body.replyBy !== null && body.replyBy < ctx.today) ctx.refuse('responses.date-past', { day: body.replyBy });
  const handed = (await handedParts(ctx, line.requestId, body.fields)) ?? ctx.refuse('responses.content-out-of-reach');
  let consentId: string | null = null;
  if (body.basis.kind === 'consent') {
    const wanted = body.basis.consentId;
    const consent =
      (await consentsOfCase(ctx.tx, line.districtId, handed.caseId)).find((c) => c.id === wanted) ?? ctx.refuse('support.consent-missing');
    const granted = consentVerdict(consent, { purpose: 'referral', fields: body.fields, today: ctx.today, receivers: [asReceiver(to)] });
    if (!granted.ok) ctx.refuse(refusedConsent(granted.code), { ...granted.facts, ...whereRecorded(ctx, handed.caseId) });
    consentId = consent.id;
  }
  return {
    toId: body.toId,
    consentId,
    heldOn: body.replyBy,
    event: 'responses.transfer-sent',
    content: {
      kind: 'transfer',
      reason: body.reason,
      handed: handed.parts as Extract<ResponseContent, { kind: 'transfer' }>['handed'],
      basisKind: body.basis.kind,
      basisGround: body.basis.kind === 'consent' ? null : body.basis.ground,
      replyBy: body.replyBy,
      returned: [],
      receipt: null,
      result: null,
    },
  };
};

const supervision = (
  ctx: Ctx<OpenCodes>,
  line: store.LineRecord & { askerId: string | null },
  body: Extract<ResponseDraft, { kind: 'supervision' }>,
): Opening => {
  const workerId = line.askerId ?? ctx.notFound();
  const who = rules.supervisorVerdict(line.holderId, workerId);
  if (!who.ok) ctx.refuse(who.code, who.facts);
  const when = rules.sessionVerdict(body, ctx.today);
  if (!when.ok) ctx.refuse(when.code, when.facts);
  return {
    toId: line.holderId ?? ctx.notFound(),
    workerId,
    heldOn: body.heldOn,
    minutes: rules.minutesBetween(body.startsAt, body.endsAt),
    event: 'responses.supervision-written',
    content: { ...body, question: null },
  };
};

const seminar = async (ctx: Ctx<OpenCodes>, body: Extract<ResponseDraft, { kind: 'seminar' }>): Promise<Opening> => {
  if (body.heldOn < ctx.today) ctx.refuse('responses.date-past', { day: body.heldOn });
  const wanted = [...new Set(body.participantIds)];
  const known = await ctx.tx
    .selectFrom('person')
    .select('id')
    .where('id', 'in', wanted)
    .where('districtId', '=', ctx.actor.districtId)
    .execute();
  if (known.length !== wanted.length) ctx.refuse('workforce.person-unknown');
  return {
    heldOn: body.heldOn,
    event: 'responses.seminar-planned',
    content: { ...body, participantIds: wanted, minutes: null, conclusions: null },
  };
};

const resourceLink = async (ctx: Ctx<OpenCodes>, body: Extract<ResponseDraft, { kind: 'resource-link' }>): Promise<Opening> => {
  let name = body.resourceName;
  if (body.resourceId !== null) {
    const { rows } = await sql<{
      name: string;
    }>`select name from resource where id = ${body.resourceId} and district_id = ${ctx.actor.districtId}
      and valid_from <= app_today() and (valid_to is null or valid_to >= app_today())`.execute(ctx.tx);
    name = (rows[0] ?? ctx.refuse('responses.resource-unknown')).name;
  }
  return {
    resourceId: body.resourceId,
    event: 'responses.resource-link-asked',
    content: { ...body, resourceName: name, reply: null, provided: null, result: null, feedback: null, satisfaction: null },
  };
};

const openingOf = (ctx: Ctx<OpenCodes>, line: store.LineRecord & { askerId: string | null }, body: ResponseDraft) => {
  switch (body.kind) {
    case 'transfer':
      return transfer(ctx, line, body);
    case 'supervision':
      return supervision(ctx, line, body);
    case 'seminar':
      return seminar(ctx, body);
    case 'resource-link':
      return resourceLink(ctx, body);
  }
};

const tellOn = async (
  ctx: Ctx,
  of: { id: string; requestId: string; number: string },
  next: readonly string[],
  others: readonly (string | null)[],
) => {
  const told = { recordKind: 'response', recordId: of.id, number: of.number };
  await ctx.notify(
    next.filter((p) => p !== ctx.actor.personId),
    { kind: 'responses.your-turn', ...told },
  );
  await ctx.notify(
    [...new Set(others)].filter((p) => p !== null && p !== ctx.actor.personId && !next.includes(p)),
    { kind: 'responses.moved', ...told },
  );
  await ctx.changed('request', of.requestId);
};

/** Writes a record under a line. */
export const openResponse = async (ctx: Ctx<OpenCodes>, lineId: string, body: ResponseDraft) => {
  const line = await lineInHand(ctx, lineId);
  const fits = rules.openingVerdict(line, body.kind);
  if (!fits.ok) ctx.refuse(fits.code, fits.facts);
  const opening = await openingOf(ctx, line, body);
  const id = ctx.id();
  const facts: rules.ResponseFacts = {
    kind: body.kind,
    status: responseMoves[body.kind].start,
    holderId: line.holderId,
    authorId: ctx.actor.personId,
    toId: opening.toId ?? null,
    workerId: opening.workerId ?? null,
    supervisorSignedAt: null,
    workerSignedAt: null,
  };
  const next = rules.nextOf(facts);
  await ctx.tx
    .insertInto('supportResponse')
    .values({
      ...facts,
      id,
      districtId: line.districtId,
      lineId,
      requestId: line.requestId,
      helpField: line.helpField,
      nextIds: next,
      consentId: opening.consentId ?? null,
      resourceId: opening.resourceId ?? null,
      heldOn: opening.heldOn ?? null,
      minutes: opening.minutes ?? null,
      openedAt: ctx.now,
      updatedAt: ctx.now,
      number: line.number,
    })
    .execute();
  await store.keepContent(ctx.tx, { districtId: line.districtId, id }, opening.content);
  await ctx.record({
    type: opening.event,
    recordKind: 'response',
    recordId: id,
    requestRef: line.requestId,
    helpField: line.helpField,
    facts: { kind: body.kind },
  });
  await tellOn(ctx, { id, requestId: line.requestId, number: line.number }, next, [line.holderId, line.askerId]);
  return { id, version: 1 };
};

type StepCodes =
  | 'record.changed-meanwhile'
  | 'workforce.person-unknown'
  | 'responses.moved-on'
  | 'responses.not-your-turn'
  | 'responses.signed-already'
  | 'responses.receiver-is-sender'
  | 'responses.same-receiver'
  | 'responses.date-future'
  | 'responses.times-backwards'
  | 'responses.date-past'
  | 'responses.consent-ended'
  | 'support.consent-other-receiver'
  | 'support.consent-receiver-unnamed';

type Change = {
  status: ResponseStatus;
  toId?: string;
  returnedBy?: string | null;
  heldOn?: string;
  minutes?: number | null;
  amountFen?: number | null;
  supervisorSignedAt?: string | null;
  workerSignedAt?: string | null;
};

/** A consent on which a transfer rests must still hold when it goes to somebody else. */
const ensureConsentHolds = async (ctx: Ctx<StepCodes>, record: store.ResponseRecord, to: store.Colleague): Promise<void> => {
  if (record.consentId === null) return;
  const { rows } = await sql<NamedReceiver & { expiresOn: string | null; withdrawnOn: string | null }>`select expires_on, withdrawn_on,
      receiver, receiver_kind, receiver_id from consent
    where district_id = ${record.districtId} and id = ${record.consentId}`.execute(ctx.tx);
  const consent = rows[0];
  const holds = consent !== undefined && consent.withdrawnOn === null && (consent.expiresOn === null || consent.expiresOn >= ctx.today);
  if (!holds) return ctx.refuse('responses.consent-ended');
  if (consent.receiverKind === null) ctx.refuse('support.consent-receiver-unnamed');
  if (!carriesTo(consent, asReceiver(to))) ctx.refuse('support.consent-other-receiver');
};

/** What a step changes of the register and of the narrative. */
const applied = async (
  ctx: Ctx<StepCodes>,
  record: store.ResponseRecord,
  was: ResponseContent,
  step: ResponseStep,
): Promise<{ change: Change; content: ResponseContent }> => {
  switch (step.move) {
    case 'accept':
      if (step.contactOn !== null && step.contactOn < ctx.today) ctx.refuse('responses.date-past', { day: step.contactOn });
      return {
        change: { status: 'accepted' },
        content: {
          ...was,
          receipt: { says: step.receipt, contactOn: step.contactOn, at: ctx.now, byName: ctx.actor.name },
        } as ResponseContent,
      };
    case 'return': {
      if (was.kind !== 'transfer') return ctx.refuse('responses.moved-on');
      const back = await receiver(ctx, record.toId ?? '');
      const returned = [...was.returned, { name: back.name, place: back.place, at: ctx.now, reason: step.reason }];
      return { change: { status: 'returned', returnedBy: record.toId }, content: { ...was, returned, receipt: null } };
    }
    case 'redirect': {
      const verdict = rules.receiverVerdict({ toId: step.toId, senderId: ctx.actor.personId, returnedBy: record.returnedBy });
      if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
      await ensureConsentHolds(ctx, record, await receiver(ctx, step.toId));
      return { change: { status: 'sent', toId: step.toId }, content: was };
    }
    case 'finish':
      return { change: { status: 'done' }, content: { ...was, result: step.result } as ResponseContent };
    case 'sign': {
      const signed =
        ctx.actor.personId === record.toId
          ? { supervisorSignedAt: ctx.now, workerSignedAt: record.workerSignedAt }
          : { supervisorSignedAt: record.supervisorSignedAt, workerSignedAt: ctx.now };
      return { change: { status: rules.signedStatus(signed), ...signed }, content: was };
    }
    case 'question':
      return { change: { status: 'questioned' }, content: { ...was, question: step.reason } as ResponseContent };
    case 'correct': {
      const { move: _, version: __, ...fields } = step;
      const when = rules.sessionVerdict(fields, ctx.today);
      if (!when.ok) ctx.refuse(when.code, when.facts);
      return {
        // What was signed was another text: both sign anew.
        change: {
          status: 'written',
          heldOn: fields.heldOn,
          minutes: rules.minutesBetween(fields.startsAt, fields.endsAt),
          supervisorSignedAt: null,
          workerSignedAt: null,
        },
        content: { ...fields, kind: 'supervision', question: null },
      };
    }
    case 'hold':
      if (record.heldOn !== null && record.heldOn > ctx.today) ctx.refuse('responses.date-future', { day: record.heldOn });
      return { change: { status: 'held' }, content: { ...was, minutes: step.minutes } as ResponseContent };
    case 'conclude':
      return { change: { status: 'concluded' }, content: { ...was, conclusions: step.conclusions } as ResponseContent };
    case 'promise':
      return { change: { status: 'promised' }, content: { ...was, reply: step.reply } as ResponseContent };
    case 'decline':
      return { change: { status: 'declined' }, content: { ...was, reply: step.reply } as ResponseContent };
    case 'provide':
      if (step.providedOn > ctx.today) ctx.refuse('responses.date-future', { day: step.providedOn });
      return {
        change: { status: 'provided', heldOn: step.providedOn, amountFen: step.amountFen },
        content: { ...was, provided: step.provided } as ResponseContent,
      };
    case 'feedback': {
      const { result, feedback, satisfaction } = step;
      return { change: { status: 'closed' }, content: { ...was, result, feedback, satisfaction } as ResponseContent };
    }
    case 'withdraw':
      return { change: { status: 'withdrawn' }, content: { ...was, withdrawn: step.reason } };
  }
};

/** One step of a record, by whoever has it. */
export const moveResponse = async (ctx: Ctx<StepCodes>, id: string, step: ResponseStep) => {
  const record = (await store.findResponse(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  const turn = rules.turnVerdict(ctx.actor, record, step.move);
  if (!turn.ok) ctx.refuse(turn.code, turn.facts);
  const may = rules.stepVerdict(record, step.move);
  if (!may.ok) ctx.refuse(may.code, may.facts);
  if (record.version !== step.version) ctx.refuse('record.changed-meanwhile', { version: record.version });
  const was = (await store.contentOf(ctx.tx, record)) ?? ctx.notFound();
  const { change, content } = await applied(ctx, record, was, step);
  const now: rules.ResponseFacts = { ...record, ...change };
  const next = rules.nextOf(now);
  const goesOn = rules.isUnderWay(change.status);
  if (step.move === 'return') await store.whileAnswering(ctx.tx, record);
  await store.keepContent(ctx.tx, record, content);
  const reason = step.move === 'withdraw' || step.move === 'question' ? { said: step.reason.length } : {};
  const kept = await store.changeResponse(ctx.tx, record, {
    ...change,
    nextIds: next,
    updatedAt: ctx.now,
    endedAt: goesOn ? null : ctx.now,
  });
  if (!kept) ctx.refuse('record.changed-meanwhile', { version: record.version });
  await ctx.record({
    type: `responses.${record.kind}-${step.move}`,
    recordKind: 'response',
    recordId: id,
    requestRef: record.requestId,
    helpField: record.helpField,
    facts: { from: record.status, to: change.status, ...reason },
  });
  await tellOn(ctx, record, next, [record.authorId, record.holderId, record.workerId]);
  return { id, version: record.version + 1 };
};
