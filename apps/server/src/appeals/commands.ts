import type { AppealEvent } from '@jieyou/core/appeals/events.ts';
import { type AppealMove, appealMoves } from '@jieyou/core/appeals/moves.ts';
import type { AppealField, AppealStepKind, CaseFromAppeal } from '@jieyou/core/appeals/schema.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { Facts } from '@jieyou/core/shared/verdict.ts';
import type { z } from 'zod';
import { caseForRequest, openCase } from '../cases/index.ts';
import { centreOf, holdersAt } from '../identity/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import * as store from './store.ts';
import { standing } from './views.ts';

type Moving = 'appeals.moved-on' | 'record.changed-meanwhile';
type Change = Parameters<typeof store.changeAppeal>[2];

const inReach = async (ctx: Ctx, id: string): Promise<store.AppealRecord> =>
  (await store.appealById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();

const ensure = (ctx: Ctx<Moving>, appeal: store.AppealRecord, move: AppealMove, version: number): void => {
  if (!moveVerdict(appealMoves, appeal.status, move).ok) ctx.refuse('appeals.moved-on', { status: appeal.status });
  if (appeal.version !== version) ctx.refuse('record.changed-meanwhile', { version: appeal.version });
};

/** An appeal that the person has in hand. */
const inHand = async (ctx: Ctx, id: string): Promise<store.AppealRecord> => {
  const appeal = await inReach(ctx, id);
  if (appeal.takerId === null || !ctx.actor.selves.includes(appeal.takerId)) throw new Denied();
  return appeal;
};

/** Makes a move: state, step with what was said, event. */
const move = async (
  ctx: Ctx<Moving>,
  appeal: store.AppealRecord,
  change: Change,
  step: { kind: z.infer<typeof AppealStepKind>; says?: string; toResident?: boolean },
  event: { type: AppealEvent; facts?: Facts },
): Promise<{ id: string; version: number }> => {
  const stepId = ctx.id();
  await ctx.tx
    .insertInto('appealStep')
    .values({
      districtId: appeal.districtId,
      id: stepId,
      appealId: appeal.id,
      at: ctx.now,
      kind: step.kind,
      byId: ctx.actor.personId,
      saysCt: step.says === undefined ? null : ctx.crypto.encrypt(step.says, store.stepPlace(stepId)),
      toResident: step.toResident ?? false,
    })
    .execute();
  const version = await store.changeAppeal(ctx.tx, appeal, change, ctx.now);
  if (version === undefined) return ctx.refuse('record.changed-meanwhile', { version: appeal.version });
  await ctx.record({ type: event.type, recordKind: 'appeal', recordId: appeal.id, facts: { number: appeal.number, ...event.facts } });
  await ctx.changed('appeal', appeal.id);
  // Whoever told a clue has no receipt code to come back with.
  if (step.toResident === true && appeal.tellerId !== null)
    await ctx.notify([appeal.tellerId], { kind: 'appeals.clue-moved', recordKind: 'clue', recordId: appeal.id, number: appeal.number });
  return { id: appeal.id, version };
};

const tell = (ctx: Ctx, appeal: store.AppealRecord, persons: readonly (string | null)[], kind: string) =>
  ctx.notify(
    persons.filter((p) => p !== ctx.actor.personId),
    { kind, recordKind: 'appeal', recordId: appeal.id, number: appeal.number },
  );

/** Takes an appeal over: a worker of its station, or the centre where it answers itself or somebody is in danger. */
export const takeAppeal = async (ctx: Ctx<Moving>, id: string, version: number) => {
  const appeal = await inReach(ctx, id);
  if (!standing(ctx.actor, appeal).takes) throw new Denied();
  ensure(ctx, appeal, 'take', version);
  const takerId = standing(ctx.actor, appeal).takesAs;
  return move(ctx, appeal, { status: 'taken', takerId }, { kind: 'taken', toResident: true }, { type: 'appeal.taken' });
};

/** The head gives it to a worker of the station. */
export const assignAppeal = async (
  ctx: Ctx<Moving | 'appeals.not-of-station'>,
  id: string,
  body: { personId: string; version: number },
) => {
  const appeal = await inReach(ctx, id);
  if (!standing(ctx.actor, appeal).heads) throw new Denied();
  ensure(ctx, appeal, 'assign', body.version);
  const workers = await holdersAt(ctx.tx, appeal.stationId, ['worker']);
  if (!workers.includes(body.personId)) return ctx.refuse('appeals.not-of-station');
  const done = await move(
    ctx,
    appeal,
    { status: 'taken', takerId: body.personId },
    { kind: 'assigned', toResident: true },
    { type: 'appeal.assigned', facts: { to: body.personId } },
  );
  await tell(ctx, appeal, [body.personId], 'appeals.assigned');
  return done;
};

/** Gives it back to the list of the station. */
export const releaseAppeal = async (ctx: Ctx<Moving>, id: string, body: { says: string; version: number }) => {
  const appeal = await inHand(ctx, id);
  ensure(ctx, appeal, 'release', body.version);
  return move(
    ctx,
    appeal,
    { status: 'waiting', takerId: null, lastHandId: ctx.actor.personId },
    { kind: 'released', says: body.says },
    { type: 'appeal.released' },
  );
};

/** Sends it to another station, or to the centre. The promise to the resident stays as it was. */
export const passAppeal = async (
  ctx: Ctx<Moving | 'appeals.station-unknown' | 'appeals.same-station'>,
  id: string,
  body: { stationId: string | null; says: string; version: number },
) => {
  const appeal = await inReach(ctx, id);
  const stand = standing(ctx.actor, appeal);
  if (!stand.own && !stand.heads && !stand.takes && !stand.places) throw new Denied();
  ensure(ctx, appeal, 'pass', body.version);
  if (body.stationId === appeal.stationId) return ctx.refuse('appeals.same-station');
  const { stations } = await store.placesOf(ctx.tx, appeal.districtId);
  if (body.stationId !== null && !stations.some((s) => s.id === body.stationId && s.districtId === appeal.districtId))
    return ctx.refuse('appeals.station-unknown');
  const done = await move(
    ctx,
    appeal,
    { status: 'waiting', takerId: null, stationId: body.stationId, lastHandId: ctx.actor.personId },
    { kind: 'passed', says: body.says },
    { type: 'appeal.passed', facts: { to: body.stationId } },
  );
  const people =
    body.stationId === null ? await centreOf(ctx.tx, appeal.districtId) : await holdersAt(ctx.tx, body.stationId, ['worker', 'head']);
  await tell(ctx, appeal, people, 'appeals.passed');
  return done;
};

/** Answers the resident, who reads it with the code. */
export const answerAppeal = async (ctx: Ctx<Moving>, id: string, body: { says: string; version: number }) => {
  const appeal = await inHand(ctx, id);
  ensure(ctx, appeal, 'answer', body.version);
  return move(
    ctx,
    appeal,
    { status: 'answered', endedAt: ctx.now },
    { kind: 'answered', says: body.says, toResident: true },
    { type: 'appeal.answered' },
  );
};

/** Asks another unit to help, for a reason that is kept, and tells the resident where to turn. */
export const handOverAppeal = async (ctx: Ctx<Moving>, id: string, body: { to: string; why: string; says: string; version: number }) => {
  const appeal = await inHand(ctx, id);
  ensure(ctx, appeal, 'hand', body.version);
  const why = ctx.id();
  await ctx.tx
    .insertInto('appealStep')
    .values({
      districtId: appeal.districtId,
      id: why,
      appealId: appeal.id,
      at: ctx.now,
      kind: 'handed',
      byId: ctx.actor.personId,
      saysCt: ctx.crypto.encrypt(`转给${body.to}：${body.why}`, store.stepPlace(why)),
      toResident: false,
    })
    .execute();
  return move(
    ctx,
    appeal,
    { status: 'handed', endedAt: ctx.now },
    { kind: 'handed', says: `${body.to}：${body.says}`, toResident: true },
    { type: 'appeal.handed' },
  );
};

/** Opens a case of the person's station from an appeal: phone and words are carried over, nothing is typed twice. */
export const openCaseFromAppeal = async (
  ctx: Ctx<Moving | 'appeals.name-needed' | 'cases.no-station'>,
  id: string,
  body: z.infer<typeof CaseFromAppeal>,
) => {
  const appeal = await inHand(ctx, id);
  ensure(ctx, appeal, 'open', body.version);
  const content = await contentOf(ctx, appeal);
  const name = body.name ?? opened(ctx, appeal.id, content.nameCt, 'name');
  if (name === null || [...name].length < 2) return ctx.refuse('appeals.name-needed');
  const made = await openCase(ctx, {
    recipient: {
      name,
      gender: body.gender,
      birthOn: null,
      idNumber: null,
      phone: opened(ctx, appeal.id, content.phoneCt, 'phone'),
      address: null,
    },
    household: '',
    aliases: [],
    school: null,
    serviceDomain: body.serviceDomain,
    domain: body.domain,
    helpFields: body.helpFields,
    risk: body.risk,
    summary: body.summary,
  });
  const done = await move(
    ctx,
    appeal,
    { status: 'opened', caseId: made.id, endedAt: ctx.now },
    { kind: 'opened', toResident: true },
    { type: 'appeal.opened', facts: { caseId: made.id } },
  );
  return { ...done, caseId: made.id, number: made.number };
};

/** Joins it to a case on which the person works already. */
export const linkAppealToCase = async (ctx: Ctx<Moving>, id: string, body: { caseId: string; version: number }) => {
  const appeal = await inHand(ctx, id);
  ensure(ctx, appeal, 'open', body.version);
  const file = await caseForRequest(ctx, body.caseId);
  if (file === undefined) return ctx.notFound();
  return move(
    ctx,
    appeal,
    { status: 'opened', caseId: file.id, endedAt: ctx.now },
    { kind: 'opened', toResident: true },
    { type: 'appeal.linked', facts: { caseId: file.id } },
  );
};

const contentOf = async (ctx: Ctx, appeal: store.AppealRecord) =>
  (await ctx.tx
    .selectFrom('appealContent')
    .select(['nameCt', 'phoneCt'])
    .where('districtId', '=', appeal.districtId)
    .where('id', '=', appeal.id)
    .executeTakeFirst()) ?? ctx.notFound();

const opened = (ctx: Ctx, id: string, ciphertext: string | null, field: 'name' | 'phone'): string | null =>
  ciphertext === null ? null : ctx.crypto.decrypt(ciphertext, store.appealPlace(id, field));

/** Opens name or phone for a reason that is kept. */
export const unmaskAppeal = async (ctx: Ctx, id: string, ask: { field: z.infer<typeof AppealField>; reason: string }) => {
  const appeal = await inReach(ctx, id);
  if (!appeal.readsContent) return ctx.notFound();
  const content = await contentOf(ctx, appeal);
  const value = opened(ctx, id, ask.field === 'name' ? content.nameCt : content.phoneCt, ask.field);
  ctx.saw('appeal', id, { kind: 'unmask', reason: ask.reason, outcome: ask.field });
  await ctx.record({ type: 'appeal.unmasked', recordKind: 'appeal', recordId: id, facts: { field: ask.field } });
  return { field: ask.field, value };
};
