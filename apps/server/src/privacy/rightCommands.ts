import { mayEver } from '@jieyou/core/identity/policy.ts';
import type { PrivacyEvent } from '@jieyou/core/privacy/events.ts';
import type { RightMove } from '@jieyou/core/privacy/moves.ts';
import { receivesForDistrict } from '@jieyou/core/privacy/policy.ts';
import {
  answerDueOn,
  deciderVerdict,
  decisionVerdict,
  deletionBlocks,
  identityVerdict,
  kindVerdict,
  rightMoveVerdict,
  searchableVerdict,
} from '@jieyou/core/privacy/rules.ts';
import type { AnswerDraft, IdentityCheck, RightDecision, RightDraft, RightStatus } from '@jieyou/core/privacy/schema.ts';
import { dayOf } from '@jieyou/core/shared/day.ts';
import { maskName } from '@jieyou/core/shared/identifiers.ts';
import type { Facts } from '@jieyou/core/shared/verdict.ts';
import type { z } from 'zod';
import { exactIndexes } from '../cases/index.ts';
import { nextNumber } from '../platform/db/numbers.ts';
import type { Ctx } from '../platform/http/context.ts';
import { figuresOf } from './figures.ts';
import { sealPersons, sealWithheld } from './sealing.ts';
import * as store from './store.ts';

type Versioned<T> = T & { readonly version: number };

const record = (ctx: Ctx<never>, type: PrivacyEvent, recordId: string, facts: Facts = {}) =>
  ctx.record({ type, recordKind: 'privacy-request', recordId, facts });

const inReach = async (ctx: Ctx<never>, id: string) => (await store.rightById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();

const mayMove = (ctx: Ctx<'privacy.moved-on'>, status: RightStatus, move: RightMove): void => {
  const verdict = rightMoveVerdict(status, move);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
};

/** Receives a request: finds who it is about among the recipients of the district, starts the clock, gives a receipt. */
export const receiveRight = async (
  ctx: Ctx<'privacy.person-unclear' | 'privacy.not-for-heirs' | 'privacy.no-station'>,
  draft: z.infer<typeof RightDraft>,
) => {
  const { tx, actor, crypto } = ctx;
  for (const verdict of [searchableVerdict(draft), kindVerdict(draft.askerKind, draft.kind)]) if (!verdict.ok) ctx.refuse(verdict.code);
  const own = actor.stationId ?? actor.assignments.find((a) => a.stationId !== null)?.stationId ?? null;
  const stationId =
    own ??
    (mayEver(receivesForDistrict, actor) ? await store.districtStation(tx, actor.districtId) : undefined) ??
    ctx.refuse('privacy.no-station');
  const recipientIds = await store.recipientsWhoAre(
    tx,
    exactIndexes(crypto, draft.subjectName).name,
    draft.subjectIdNumber === null ? null : exactIndexes(crypto, draft.subjectIdNumber).idNumber,
    draft.subjectPhone === null ? null : exactIndexes(crypto, draft.subjectPhone).phone,
  );
  const { pack, version } = await figuresOf(tx, actor.districtId, ctx.today);
  const id = ctx.id();
  const year = Number(ctx.today.slice(0, 4));
  const sequence = await nextNumber(tx, { districtId: actor.districtId, kind: 'GR', scope: 'district', year });
  const receiptNo = `GR-${year}-${String(sequence).padStart(5, '0')}`;
  const dueOn = answerDueOn(dayOf(ctx.now), pack);
  await store.insertRight(
    tx,
    {
      districtId: actor.districtId,
      id,
      receiptNo,
      kind: draft.kind,
      askerKind: draft.askerKind,
      status: 'received',
      stationId,
      subjectMasked: maskName(draft.subjectName),
      recipientIds,
      receivedBy: actor.personId,
      receivedAt: ctx.now,
      dueOn,
      packVersion: version,
    },
    {
      personsCt: sealPersons(crypto, id, {
        askerName: draft.askerName,
        askerPhone: draft.askerPhone,
        subjectName: draft.subjectName,
        subjectIdNumber: draft.subjectIdNumber,
        subjectPhone: draft.subjectPhone,
      }),
      wish: draft.wish,
    },
  );
  await record(ctx, 'privacy.received', id, { kind: draft.kind, asker: draft.askerKind, dueOn, packVersion: version });
  const others = [
    ...(await store.peopleIn(tx, actor.districtId, 'head', stationId)),
    ...(own === null ? await store.peopleIn(tx, actor.districtId, 'centre', null) : []),
  ].filter((p) => p !== actor.personId);
  await ctx.notify(others, { kind: 'privacy.received', recordKind: 'privacy-request', recordId: id, number: receiptNo });
  return { id, version: 1, receiptNo, dueOn, found: recipientIds.length > 0 };
};

/** Begins to look at who asks. */
export const beginRightCheck = async (ctx: Ctx<'privacy.moved-on'>, id: string, { version }: { version: number }) => {
  const found = await inReach(ctx, id);
  mayMove(ctx, found.status, 'check');
  const now =
    (await store.moveRight(ctx.tx, ctx.actor.districtId, found, version, { status: 'checking' })) ?? ctx.refuse('privacy.moved-on');
  await record(ctx, 'privacy.checking', id);
  return { id, version: now };
};

/** Records what was looked at to know who asks. */
export const confirmRightIdentity = async (
  ctx: Ctx<'privacy.moved-on' | 'privacy.identity-thin'>,
  id: string,
  check: Versioned<z.infer<typeof IdentityCheck>>,
) => {
  const found = await inReach(ctx, id);
  mayMove(ctx, found.status, 'confirm');
  const verdict = identityVerdict(found.askerKind, check.checked);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const now =
    (await store.moveRight(
      ctx.tx,
      ctx.actor.districtId,
      found,
      check.version,
      { status: 'answering', checkedBy: ctx.actor.personId, checkedAt: ctx.now },
      { checked: check.checked, checkNote: check.checkNote === '' ? null : check.checkNote },
    )) ?? ctx.refuse('privacy.moved-on');
  await record(ctx, 'privacy.confirmed', id, { checked: check.checked });
  return { id, version: now };
};

/** Ends a request whose asker could not be made sure of; somebody else than the receiver says so. */
export const rejectRightIdentity = async (
  ctx: Ctx<'privacy.moved-on' | 'privacy.own-receipt'>,
  id: string,
  said: Versioned<{ reason: string; route: string }>,
) => {
  const found = await inReach(ctx, id);
  mayMove(ctx, found.status, 'reject');
  const verdict = deciderVerdict(found, ctx.actor.selves);
  if (!verdict.ok) ctx.refuse(verdict.code);
  const now =
    (await store.moveRight(
      ctx.tx,
      ctx.actor.districtId,
      found,
      said.version,
      { status: 'refused', decidedBy: ctx.actor.personId, decidedAt: ctx.now },
      { reason: said.reason, route: said.route },
    )) ?? ctx.refuse('privacy.moved-on');
  await decided(ctx, found, 'refused', {});
  return { id, version: now };
};

const decided = async (ctx: Ctx<never>, found: store.RightKept, outcome: string, facts: Facts): Promise<void> => {
  await record(ctx, 'privacy.decided', found.id, { kind: found.kind, outcome, ...facts });
  await ctx.notify([found.receivedBy], {
    kind: 'privacy.answered',
    recordKind: 'privacy-request',
    recordId: found.id,
    number: found.receiptNo,
  });
};

/** Keeps a draft of the answer: its words, names to take out of a copy, files that somebody has looked through. */
export const prepareRightAnswer = async (
  ctx: Ctx<'privacy.moved-on' | 'privacy.not-a-file-of-theirs'>,
  id: string,
  draft: Versioned<z.infer<typeof AnswerDraft>>,
) => {
  const found = await inReach(ctx, id);
  if (found.status !== 'answering') ctx.refuse('privacy.moved-on', { status: found.status });
  const files = new Set((await store.personalRows(ctx.tx, id)).flatMap((r) => (r.tableName === 'attachment' ? [r.rowId] : [])));
  if (draft.attachmentIds.some((a) => !files.has(a))) ctx.refuse('privacy.not-a-file-of-theirs');
  const now =
    (await store.moveRight(
      ctx.tx,
      ctx.actor.districtId,
      found,
      draft.version,
      { preparedBy: ctx.actor.personId },
      { answer: draft.answer, attachmentIds: draft.attachmentIds, withheldCt: sealWithheld(ctx.crypto, id, draft.withheld) },
    )) ?? ctx.refuse('privacy.moved-on');
  await record(ctx, 'privacy.prepared', id, { files: draft.attachmentIds.length, withheld: draft.withheld.length });
  return { id, version: now };
};

/**
 * Decides a request. A deletion that no law blocks erases the case by a job; one that is blocked becomes a stop of processing, with the
 * grounds told. A withdrawal of consent ends every live consent of the person today.
 */
export const decideRight = async (
  ctx: Ctx<'privacy.moved-on' | 'privacy.own-receipt' | 'privacy.reason-missing' | 'privacy.answer-missing' | 'privacy.still-running'>,
  id: string,
  decision: Versioned<z.infer<typeof RightDecision>>,
) => {
  const { tx, actor } = ctx;
  const found = await inReach(ctx, id);
  mayMove(ctx, found.status, decision.outcome === 'done' ? 'answer' : decision.outcome === 'partly' ? 'answerPartly' : 'refuse');
  const own = deciderVerdict(found, actor.selves);
  if (!own.ok) ctx.refuse(own.code);
  const cases = found.kind === 'delete' && decision.outcome !== 'refused' ? await store.casesOfRight(tx, id) : [];
  const { pack } = await figuresOf(tx, actor.districtId, ctx.today);
  const judged = cases.filter((c) => !c.stopped).map((c) => ({ ...c, grounds: deletionBlocks(store.closedFacts(c), pack, ctx.today) }));
  const blocked = judged.filter((c) => c.grounds.length > 0);
  if (blocked.some((c) => c.running > 0)) ctx.refuse('privacy.still-running');
  const verdict = decisionVerdict({ ...decision, answer: found.answer });
  if (!verdict.ok) ctx.refuse(verdict.code);
  for (const one of blocked) {
    const stopId = ctx.id();
    if (!(await store.stopProcessing(tx, stopId, id, one.id, one.grounds))) ctx.refuse('privacy.moved-on');
    await ctx.record({ type: 'privacy.stopped', recordKind: 'case', recordId: one.id, facts: { grounds: one.grounds, request: id } });
  }
  const withdrawn = found.kind === 'withdraw-consent' && decision.outcome !== 'refused' ? await store.withdrawConsents(tx, id) : 0;
  // A deletion that was blocked in any part was not done in full, whatever the decision calls it.
  const outcome = blocked.length > 0 && decision.outcome === 'done' ? 'partly' : decision.outcome;
  const why = [...new Set(blocked.flatMap((c) => c.grounds))];
  const now =
    (await store.moveRight(
      tx,
      actor.districtId,
      found,
      decision.version,
      { status: outcome, decidedBy: actor.personId, decidedAt: ctx.now },
      {
        reason: decision.reason === '' ? (why.length === 0 ? null : STOPPED) : decision.reason,
        route: decision.route === '' ? (why.length === 0 ? null : ROUTE) : decision.route,
      },
    )) ?? ctx.refuse('privacy.moved-on');
  const erased = judged.length - blocked.length;
  await decided(ctx, found, outcome, { grounds: why, stopped: blocked.length, erased, withdrawn });
  if (erased > 0) await ctx.enqueue('privacy.destroy', { districtId: actor.districtId, requestId: id });
  return { id, version: now, stopped: blocked.length, erased };
};

// Sentences of the law's own route, where the deciding person wrote none.
const STOPPED = '法定保管期限等原因，暂不能删除。已停止除存储和安全保护以外的处理。';
const ROUTE = '保管期限届满后按程序销毁。如有异议，可以向主管部门投诉，或依法向人民法院起诉。';

/** Records that the asker takes the request back. */
export const withdrawRight = async (ctx: Ctx<'privacy.moved-on'>, id: string, said: Versioned<{ reason: string }>) => {
  const found = await inReach(ctx, id);
  mayMove(ctx, found.status, 'withdraw');
  const now =
    (await store.moveRight(ctx.tx, ctx.actor.districtId, found, said.version, { status: 'withdrawn' }, { reason: said.reason })) ??
    ctx.refuse('privacy.moved-on');
  await record(ctx, 'privacy.withdrawn', id);
  return { id, version: now };
};
