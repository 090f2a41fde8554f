import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { Facts } from '@jieyou/core/shared/verdict.ts';
import { assess } from '@jieyou/core/support/checklist.ts';
import { type RequestMove, requestMoves } from '@jieyou/core/support/moves.ts';
import { archiveNumber, numberVerdict, receiptNumber } from '@jieyou/core/support/receipts.ts';
import { reachesRequest, screenerVerdict, submissionGaps } from '@jieyou/core/support/rules.ts';
import type { ChecklistAnswers, RequestDraft, RequestStatus, ScreenBody } from '@jieyou/core/support/schema.ts';
import { originOfCase } from '../appeals/index.ts';
import { caseForRequest, nameProblem } from '../cases/index.ts';
import { centreOf, holdersAt } from '../identity/index.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { checklistOf, type Rules, resumedClock, rulesOf, startedClock, stoppedClock, yearWarning } from './clock.ts';
import * as store from './store.ts';

type Moving = 'support.moved-on' | 'record.changed-meanwhile';

const EMPTY_CHECKLIST: ChecklistAnswers = {
  imminentRisk: null,
  problemsAtOnce: null,
  lackOfResources: null,
  beyondExperience: null,
  earlierAttemptsFailed: null,
  severalDepartments: null,
  riskRising: null,
};

/** Where the identities that redaction needs rest, encrypted. */
export const identitiesPlace = (requestId: string) => ({ table: 'support_content', row: requestId, field: 'identities' });

/** A request within the actor's reach, or as if it did not exist. */
export const requestInReach = async (ctx: Ctx, id: string): Promise<store.RequestRecord> => {
  const request = await store.findRequest(ctx.tx, id);
  return request === undefined || !reachesRequest(ctx.actor, request) ? ctx.notFound() : request;
};

/** A request that only its asker, or the asker's deputy, may act on. */
const ownRequest = async (ctx: Ctx, id: string): Promise<store.RequestRecord> => {
  const request = await requestInReach(ctx, id);
  return ctx.actor.selves.includes(request.askerId) ? request : ctx.notFound();
};

/** Ends with "moved on" unless the table allows the move from here. */
export const ensureMove = (ctx: Ctx<'support.moved-on'>, request: store.RequestRecord, move: RequestMove): void => {
  if (!moveVerdict(requestMoves, request.status, move).ok) ctx.refuse('support.moved-on', { status: request.status });
};

const ensureVersion = (ctx: Ctx<Moving>, request: store.RequestRecord, version: number): void => {
  if (request.version !== version) ctx.refuse('record.changed-meanwhile', { version: request.version });
};

export type Said = { kind: string; says: string; facts?: object };

/** Makes a move: state, event, what was said, messages. The one way in which a request changes its state. */
export const move = async (
  ctx: Ctx<'support.moved-on'>,
  request: store.RequestRecord,
  to: RequestStatus,
  change: Parameters<typeof store.moveRequest>[3],
  event: { type: string; facts?: Facts; helpField?: string; said?: Said },
): Promise<{ id: string; version: number; status: RequestStatus }> => {
  if (!(await store.moveRequest(ctx.tx, request, to, change, ctx.now))) ctx.refuse('support.moved-on', { status: request.status });
  const eventId = await ctx.record({
    type: event.type,
    recordKind: 'request',
    recordId: request.id,
    requestRef: request.id,
    facts: { from: request.status, to, ...event.facts },
    ...(event.helpField === undefined ? {} : { helpField: event.helpField }),
  });
  if (event.said !== undefined) await say(ctx, request, eventId, event.said);
  await ctx.changed('request', request.id);
  return { id: request.id, version: request.version + 1, status: to };
};

/** Keeps what somebody said, beside its event. */
export const say = (ctx: Ctx, request: { id: string; districtId: string }, eventId: string, said: Said) =>
  store.writeStatement(ctx.tx, {
    districtId: request.districtId,
    id: ctx.id(),
    requestId: request.id,
    eventId,
    kind: said.kind,
    byId: ctx.actor.personId,
    at: ctx.now,
    says: said.says,
    ...(said.facts === undefined ? {} : { facts: said.facts }),
  });

/** Tells people about a request; the message carries its number and nothing of the case. */
export const tell = (
  ctx: Ctx,
  request: { id: string; receiptNo: string | null; archiveNo?: string | null },
  persons: readonly (string | null)[],
  kind: string,
) =>
  ctx.notify(
    persons.filter((p) => p !== ctx.actor.personId),
    { kind, recordKind: 'request', recordId: request.id, number: request.archiveNo ?? request.receiptNo ?? '' },
  );

/** Opens a draft from a case, filled with what the case knows (LH-27). */
export const createRequest = async (
  ctx: Ctx<'support.case-closed' | 'support.already-live'>,
  body: RequestDraft & { caseId: string },
): Promise<{ id: string; version: number; status: RequestStatus }> => {
  const found = await caseForRequest(ctx, body.caseId);
  if (found === undefined || !ctx.actor.selves.includes(found.workerId)) return ctx.notFound();
  if (found.status !== 'open') ctx.refuse('support.case-closed');
  const live = await ctx.tx
    .selectFrom('supportRequest')
    .select(['id', 'receiptNo'])
    .where('districtId', '=', ctx.actor.districtId)
    .where('caseId', '=', body.caseId)
    .where('status', 'in', ['draft', 'submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'])
    .executeTakeFirst();
  if (live !== undefined) ctx.refuse('support.already-live', { id: live.id, receiptNo: live.receiptNo });
  const origin = await originOfCase(ctx.tx, ctx.actor.districtId, body.caseId);
  const id = ctx.id();
  await ctx.tx
    .insertInto('supportRequest')
    .values({
      districtId: ctx.actor.districtId,
      id,
      status: 'draft',
      channel: origin?.channel === 'hotline' ? 'hotline' : 'desk',
      appealId: origin?.id ?? null,
      callNumber: origin?.callNumber ?? null,
      domain: body.domain ?? found.domain,
      helpFields: body.helpFields ?? found.helpFields,
      risk: body.risk ?? found.risk,
      caseId: body.caseId,
      stationId: found.stationId,
      organisationId: found.organisationId,
      divisionPath: found.divisionPath,
      askerId: found.workerId,
      createdAt: ctx.now,
      updatedAt: ctx.now,
    })
    .execute();
  await ctx.tx
    .insertInto('supportContent')
    .values({
      districtId: ctx.actor.districtId,
      id,
      caseNumber: found.number,
      recipientMasked: found.recipient.name,
      recipientGender: found.recipient.gender,
      recipientBirthOn: found.recipient.birthOn,
      household: found.household,
      story: body.story ?? found.summary.slice(0, 4000),
      tried: body.tried ?? '',
      asks: body.asks ?? '',
      wishes: JSON.stringify(body.wishes ?? { expertGender: null }),
      checklist: JSON.stringify(body.checklist ?? EMPTY_CHECKLIST),
      identitiesCt: ctx.crypto.encrypt(JSON.stringify(found.identities), identitiesPlace(id)),
    })
    .execute();
  await ctx.record({ type: 'support.created', recordKind: 'request', recordId: id, requestRef: id });
  return { id, version: 1, status: 'draft' };
};

/** Saves a draft. */
export const updateRequest = async (ctx: Ctx<Moving>, id: string, body: RequestDraft & { version: number }) => {
  const request = await ownRequest(ctx, id);
  if (request.status !== 'draft' && request.status !== 'needs-info') ctx.refuse('support.moved-on', { status: request.status });
  ensureVersion(ctx, request, body.version);
  const saved = await store.moveRequest(
    ctx.tx,
    request,
    request.status,
    {
      // What was submitted keeps a problem.
      ...(body.domain === undefined || (body.domain === null && request.status !== 'draft') ? {} : { domain: body.domain }),
      ...(body.helpFields === undefined ? {} : { helpFields: body.helpFields }),
      ...(body.risk === undefined ? {} : { risk: body.risk }),
    },
    ctx.now,
  );
  if (!saved) ctx.refuse('record.changed-meanwhile', { version: request.version });
  const content = {
    ...(body.story === undefined ? {} : { story: body.story }),
    ...(body.tried === undefined ? {} : { tried: body.tried }),
    ...(body.asks === undefined ? {} : { asks: body.asks }),
    ...(body.wishes === undefined ? {} : { wishes: JSON.stringify(body.wishes) }),
    ...(body.checklist === undefined ? {} : { checklist: JSON.stringify(body.checklist) }),
  };
  if (Object.keys(content).length > 0) {
    await ctx.tx.updateTable('supportContent').set(content).where('districtId', '=', request.districtId).where('id', '=', id).execute();
  }
  return { id, version: request.version + 1, status: request.status };
};

/** Submits: receipt number, self-assessment, the clock of screening; imminent danger goes to the crisis lane at once. */
export const submitRequest = async (ctx: Ctx<Moving | 'support.incomplete'>, id: string, version: number) => {
  const request = await ownRequest(ctx, id);
  ensureMove(ctx, request, 'submit');
  ensureVersion(ctx, request, version);
  const content = await store.findContent(ctx.tx, ctx.actor.districtId, id);
  if (content === undefined) return ctx.notFound();
  const checklist = content.checklist as unknown as ChecklistAnswers;
  const gaps = submissionGaps({
    story: content.story,
    tried: content.tried,
    asks: content.asks,
    domain: request.domain,
    helpFields: request.helpFields,
    checklist,
  });
  if (gaps.length > 0) ctx.refuse('support.incomplete', { fields: gaps });
  if (request.domain !== null) await nameProblem(ctx.tx, request.districtId, request.caseId, request.domain, request.helpFields, ctx.now);
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  const result = assess(checklistOf(rules), checklist);
  const year = Number(ctx.today.slice(0, 4));
  const receiptNo = receiptNumber(year, await nextNumber(ctx.tx, { districtId: request.districtId, kind: 'QZ', scope: '', year }));
  await ctx.tx
    .updateTable('supportContent')
    .set({ checklistResult: JSON.stringify(result) })
    .where('districtId', '=', request.districtId)
    .where('id', '=', id)
    .execute();
  const withReceipt = { ...request, receiptNo };
  if (result.outcome === 'crisis') {
    const moved = await enterCrisis(
      ctx,
      withReceipt,
      rules,
      { receiptNo, submittedAt: ctx.now },
      { type: 'support.crisis', facts: { receiptNo } },
    );
    return { ...moved, receiptNo, dueAt: moved.dueAt, warning: null };
  }
  const clock = startedClock(rules, 'screening', ctx.now);
  const moved = await move(
    ctx,
    request,
    'submitted',
    { ...clock, receiptNo, submittedAt: ctx.now },
    { type: 'support.submitted', facts: { receiptNo } },
  );
  await tell(
    ctx,
    withReceipt,
    [...(await centreOf(ctx.tx, request.districtId)), ...(await holdersAt(ctx.tx, request.stationId, ['head']))],
    'support.submitted',
  );
  return { ...moved, receiptNo, dueAt: clock.clockDueAt, warning: yearWarning(rules, ctx.now, clock.clockDueAt) };
};

/** The crisis lane: the duty person of today at once; a job looks whether somebody acknowledged in time. */
const enterCrisis = async (
  ctx: Ctx<'support.moved-on'>,
  request: store.RequestRecord,
  rules: Rules,
  change: Parameters<typeof store.moveRequest>[3],
  event: { type: string; facts?: Facts; said?: Said },
) => {
  const minutes = rules.pack['crisis.acknowledgeMinutes'];
  const due = new Date(Date.parse(ctx.now) + minutes * 60_000);
  const duty = await store.dutyOf(ctx.tx, request.districtId, ctx.today);
  const moved = await move(
    ctx,
    request,
    'crisis',
    {
      ...change,
      clockKind: 'crisis',
      clockStartedAt: ctx.now,
      clockDueAt: due.toISOString(),
      clockAtRiskAt: ctx.now,
      clockPausedAt: null,
      packVersion: rules.version,
      warnedFor: null,
      crisisSince: ctx.now,
      crisisDutyId: duty?.dutyId ?? null,
      crisisBackupId: duty?.backupId ?? null,
      crisisAcknowledgedAt: null,
      crisisAcknowledgedBy: null,
      crisisEscalatedAt: null,
    },
    event,
  );
  // Without a rota everybody of the centre is called: nobody must be in danger for want of a plan.
  await tell(ctx, request, duty === undefined ? await centreOf(ctx.tx, request.districtId) : [duty.dutyId], 'support.crisis');
  await ctx.enqueue('support.escalate-crisis', { districtId: request.districtId, requestId: request.id, since: ctx.now }, due);
  return { ...moved, dueAt: due.toISOString() };
};

/** The next archive number of a street, or, for a station of the district that has no street, of the district in the same form. */
const drawArchiveNo = async (ctx: Ctx, districtId: string, scope: string, year: number): Promise<string> => {
  const sequence = await nextNumber(ctx.tx, { districtId, kind: 'YN', scope, year });
  return numberVerdict({ kind: 'archive', year, sequence, streetCode: scope }).ok
    ? archiveNumber(scope, year, sequence)
    : `${scope}-YN-${year}-${String(sequence).padStart(4, '0')}`;
};

type ScreenCodes =
  | Moving
  | 'support.screener-is-asker'
  | 'support.checklist-moved-on'
  | 'support.holder-not-centre'
  | 'support.supervisor-unknown';

/** Screening: accept, ask for more, decline with a reason and the route that remains, divert to supervision, or crisis. */
export const screenRequest = async (ctx: Ctx<ScreenCodes>, id: string, body: ScreenBody) => {
  const request = await requestInReach(ctx, id);
  const verdict = screenerVerdict(ctx.actor, request);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  ensureMove(ctx, request, body.exit === 'crisis' ? 'toCrisis' : body.exit);
  ensureVersion(ctx, request, body.version);
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  // The checklist that was cited must be the one by which the request was assessed.
  if (body.checklistVersion !== (request.packVersion ?? rules.version)) {
    ctx.refuse('support.checklist-moved-on', { version: request.packVersion ?? rules.version });
  }
  const said = (says: string, facts: object = {}): Said => ({
    kind: 'screening',
    says,
    facts: { exit: body.exit, checklistVersion: body.checklistVersion, ...facts },
  });
  switch (body.exit) {
    case 'accept': {
      const holderId = body.holderId ?? ctx.actor.personId;
      if (!(await store.holdsRole(ctx.tx, request.districtId, holderId, ['centre']))) ctx.refuse('support.holder-not-centre');
      if (holderId === request.askerId) ctx.refuse('support.screener-is-asker');
      const year = Number(ctx.today.slice(0, 4));
      const scope = await store.streetCodeOf(ctx.tx, request.divisionPath);
      const archiveNo = request.archiveNo ?? (await drawArchiveNo(ctx, request.districtId, scope, year));
      const moved = await move(
        ctx,
        request,
        'matching',
        { ...startedClock(rules, 'panel', ctx.now), archiveNo, holderId, acceptedAt: ctx.now, nextOn: null },
        { type: 'support.accepted', facts: { archiveNo, checklistVersion: body.checklistVersion }, said: said(body.note ?? '') },
      );
      await tell(ctx, { ...request, archiveNo }, [request.askerId], 'support.accepted');
      await tell(ctx, { ...request, archiveNo }, [holderId], 'support.holder-assigned');
      return { ...moved, archiveNo };
    }
    case 'ask': {
      const moved = await move(
        ctx,
        request,
        'needs-info',
        { clockPausedAt: ctx.now, holderId: request.holderId ?? ctx.actor.personId },
        {
          type: 'support.asked',
          facts: { checklistVersion: body.checklistVersion },
          said: said(body.question),
        },
      );
      await tell(ctx, request, [request.askerId], 'support.asked');
      return { ...moved, archiveNo: request.archiveNo };
    }
    case 'decline': {
      const moved = await move(
        ctx,
        request,
        'declined',
        { ...stoppedClock, closedAt: ctx.now },
        {
          type: 'support.declined',
          facts: { checklistVersion: body.checklistVersion },
          said: said(`${body.reason}\n仍可求助的途径：${body.otherRoute}`, { reason: body.reason, otherRoute: body.otherRoute }),
        },
      );
      await tell(ctx, request, [request.askerId], 'support.declined');
      return { ...moved, archiveNo: request.archiveNo };
    }
    case 'divert': {
      if (body.supervisorId !== undefined && !(await store.holdsRole(ctx.tx, request.districtId, body.supervisorId, ['supervisor']))) {
        ctx.refuse('support.supervisor-unknown');
      }
      const moved = await move(
        ctx,
        request,
        'advised',
        { ...stoppedClock, closedAt: ctx.now },
        {
          type: 'support.diverted',
          facts: { checklistVersion: body.checklistVersion },
          said: said(body.advice),
        },
      );
      if (body.supervisorId !== undefined) {
        const lineId = ctx.id();
        await ctx.tx
          .insertInto('supportLine')
          .values({
            districtId: request.districtId,
            id: lineId,
            requestId: request.id,
            helpField: request.helpFields[0] ?? 'family',
            kind: 'supervision',
            holderId: body.supervisorId,
            task: body.advice.slice(0, 600),
            status: 'open',
            openedAt: ctx.now,
          })
          .execute();
        await ctx.notify([body.supervisorId], {
          kind: 'support.line-opened',
          recordKind: 'line',
          recordId: lineId,
          number: request.receiptNo ?? '',
        });
      }
      await tell(ctx, request, [request.askerId], 'support.diverted');
      return { ...moved, archiveNo: request.archiveNo };
    }
    case 'crisis': {
      const { dueAt: _, ...moved } = await enterCrisis(
        ctx,
        request,
        rules,
        {},
        {
          type: 'support.to-crisis',
          facts: { checklistVersion: body.checklistVersion },
          said: said(body.reason),
        },
      );
      return { ...moved, archiveNo: request.archiveNo };
    }
  }
};

/** Somebody of the centre takes the crisis in hand. */
export const acknowledgeCrisis = async (
  ctx: Ctx<'support.moved-on' | 'support.crisis-acknowledged' | 'support.screener-is-asker'>,
  id: string,
  firstAction: string,
) => {
  const request = await requestInReach(ctx, id);
  if (request.status !== 'crisis') ctx.refuse('support.moved-on', { status: request.status });
  const verdict = screenerVerdict(ctx.actor, request);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  if (request.crisisAcknowledgedAt !== null) ctx.refuse('support.crisis-acknowledged');
  const moved = await move(
    ctx,
    request,
    'crisis',
    { crisisAcknowledgedAt: ctx.now, crisisAcknowledgedBy: ctx.actor.personId, holderId: ctx.actor.personId },
    { type: 'support.crisis-acknowledged', said: { kind: 'crisis-action', says: firstAction } },
  );
  await tell(ctx, request, [request.askerId, ...(await holdersAt(ctx.tx, request.stationId, ['head']))], 'support.crisis-acknowledged');
  return moved;
};

/** The asker answers; the clock goes on, later by the working time that the pause took. */
export const supplyInformation = async (ctx: Ctx<Moving>, id: string, body: { version: number; answer: string }) => {
  const request = await ownRequest(ctx, id);
  ensureMove(ctx, request, 'supply');
  ensureVersion(ctx, request, body.version);
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  const moved = await move(ctx, request, 'submitted', resumedClock(rules, request, ctx.now), {
    type: 'support.supplied',
    said: { kind: 'answer', says: body.answer },
  });
  await tell(
    ctx,
    request,
    [request.holderId, ...(request.holderId === null ? await centreOf(ctx.tx, request.districtId) : [])],
    'support.supplied',
  );
  return moved;
};

const over = async (
  ctx: Ctx<'support.moved-on'>,
  request: store.RequestRecord,
  to: RequestStatus,
  event: { type: string; facts?: Facts; said: Said },
  notice: string,
  change: Parameters<typeof store.moveRequest>[3] = {},
) => {
  const moved = await move(ctx, request, to, { ...stoppedClock, closedAt: ctx.now, nextOn: null, ...change }, event);
  // Whoever was asked for advice is no longer: the packet closes with the request.
  await ctx.tx
    .updateTable('supportInvitation')
    .set({ status: 'revoked', revokedAt: ctx.now })
    .where('districtId', '=', request.districtId)
    .where('requestId', '=', request.id)
    .where('status', 'in', ['invited', 'accepted', 'answered'])
    .execute();
  await ctx.tx
    .updateTable('supportConference')
    .set({ status: 'cancelled' })
    .where('districtId', '=', request.districtId)
    .where('requestId', '=', request.id)
    .where('status', '=', 'planned')
    .execute();
  await tell(ctx, request, [request.askerId, request.holderId], notice);
  return moved;
};

/** The asker takes the request back. */
export const withdrawRequest = async (ctx: Ctx<Moving>, id: string, body: { version: number; reason: string }) => {
  const request = await ownRequest(ctx, id);
  ensureMove(ctx, request, 'withdraw');
  ensureVersion(ctx, request, body.version);
  return over(
    ctx,
    request,
    'withdrawn',
    { type: 'support.withdrawn', said: { kind: 'withdrawal', says: body.reason } },
    'support.withdrawn',
  );
};

/** The problem was solved in another way. */
export const endElsewhere = async (ctx: Ctx<Moving>, id: string, body: { version: number; where: string }) => {
  const request = await requestInReach(ctx, id);
  if (!ctx.actor.roles.includes('centre') && !ctx.actor.selves.includes(request.askerId)) ctx.notFound();
  ensureMove(ctx, request, 'endElsewhere');
  ensureVersion(ctx, request, body.version);
  return over(
    ctx,
    request,
    'ended-elsewhere',
    { type: 'support.ended-elsewhere', said: { kind: 'elsewhere', says: body.where } },
    'support.ended-elsewhere',
  );
};

/** Closed as a duplicate of another request; both stay and link. */
export const closeAsDuplicate = async (
  ctx: Ctx<Moving | 'support.duplicate-unknown' | 'support.duplicate-of-itself' | 'support.screener-is-asker'>,
  id: string,
  body: { version: number; ofNumber: string },
) => {
  const request = await requestInReach(ctx, id);
  const verdict = screenerVerdict(ctx.actor, request);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  ensureMove(ctx, request, 'markDuplicate');
  ensureVersion(ctx, request, body.version);
  const other = await store.findByNumber(ctx.tx, request.districtId, body.ofNumber);
  if (other === undefined) return ctx.refuse('support.duplicate-unknown', { number: body.ofNumber });
  if (other.id === request.id) ctx.refuse('support.duplicate-of-itself');
  return over(
    ctx,
    request,
    'duplicate',
    { type: 'support.duplicate', facts: { of: other.receiptNo }, said: { kind: 'duplicate', says: `与 ${body.ofNumber} 重复` } },
    'support.duplicate',
    { duplicateOf: other.id },
  );
};

/** Hands the request to somebody of the centre, who is not its asker. */
export const assignHolder = async (
  ctx: Ctx<Moving | 'support.holder-not-centre' | 'support.holder-is-asker'>,
  id: string,
  body: { version: number; holderId: string; nextOn?: string | null | undefined },
) => {
  const request = await requestInReach(ctx, id);
  if (!['submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'].includes(request.status)) {
    ctx.refuse('support.moved-on', { status: request.status });
  }
  ensureVersion(ctx, request, body.version);
  if (!(await store.holdsRole(ctx.tx, request.districtId, body.holderId, ['centre']))) ctx.refuse('support.holder-not-centre');
  if (body.holderId === request.askerId) ctx.refuse('support.holder-is-asker');
  const moved = await move(
    ctx,
    request,
    request.status,
    { holderId: body.holderId, ...(body.nextOn === undefined ? {} : { nextOn: body.nextOn }) },
    {
      type: 'support.holder-assigned',
    },
  );
  await tell(ctx, request, [body.holderId], 'support.holder-assigned');
  await tell(ctx, request, [request.askerId, request.holderId], 'support.holder-changed');
  return moved;
};
