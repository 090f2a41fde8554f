import type { AlarmEvent } from '@jieyou/core/alarms/events.ts';
import type { AlarmPack } from '@jieyou/core/alarms/pack.ts';
import {
  type AlarmRefusal,
  beganAt,
  capacityVerdict,
  clocksFrom,
  entryVerdict,
  higher,
  lookAgainVerdict,
  mayTick,
  movesTo,
  type NewStep,
  nextOrderEnd,
  orderAfter,
  orderEntryVerdict,
  pastVerdict,
  stepsOfChange,
  stepsOfEntry,
  stepsOfRating,
  stepsOfViolence,
} from '@jieyou/core/alarms/rules.ts';
import type { AlarmDraft, AlarmEntryDraft, AlarmEntryKind, CrisisDraft, ViolenceDraft } from '@jieyou/core/alarms/schema.ts';
import type { Risk } from '@jieyou/core/cases/schema.ts';
import { type Day, dayOf, type Instant, isMinorOn } from '@jieyou/core/shared/day.ts';
import { maskName } from '@jieyou/core/shared/identifiers.ts';
import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import { type CaseFacts, caseById, raiseRisk, touchCase } from '../cases/index.ts';
import { holdersAt } from '../identity/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied, Invalid } from '../platform/http/errors.ts';
import { keepGuardiansBack, knownKin, markContact } from '../recipients/index.ts';
import { reportInSight } from '../reports/index.ts';
import { planDueVisit } from '../visits/index.ts';
import { alarmInReach, packOf } from './standing.ts';
import * as store from './store.ts';

const ensure = <Code extends string>(ctx: Ctx<Code>, verdict: Verdict<AlarmRefusal>): void => {
  // Each endpoint lists the refusals that its rule may give.
  if (!verdict.ok) ctx.refuse(verdict.code as string as Code, verdict.facts);
};

// The case does not stand in the event: whoever reads the trail learns that something was written, not about whom.
const record = (ctx: Ctx<never>, type: AlarmEvent, id: string, unnamed = false) =>
  ctx.record({ type, recordKind: 'alarm', recordId: id, ...(unnamed ? { unnamed: true as const } : {}) });

const caseInHand = async (ctx: Ctx<never>, id: string): Promise<CaseFacts> => {
  const found = (await caseById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.inHand) throw new Denied();
  return found;
};

type Of = { readonly districtId: string; readonly id: string; readonly caseId: string };
type Whom = { readonly stationId: string; readonly supervisorId: string | null; readonly caseNumber: string };

/**
 * Tells head and supervisor as a rating asks for, and writes down that they were told and when. The message carries the case's number and
 * not what it is about; nothing ever goes to the person or the household.
 */
const tellByRating = async (ctx: Ctx<never>, of: Of & Whom, rating: Risk, steps: readonly NewStep[]): Promise<void> => {
  const asks = (code: string) => steps.some((s) => s.code === code);
  const heads = asks('tell-head') ? await holdersAt(ctx.tx, of.stationId, ['head']) : [];
  const supervisors = of.supervisorId !== null && (asks('tell-supervisor') || asks('supervision')) ? [of.supervisorId] : [];
  const told = [...(heads.length > 0 ? (['head'] as const) : []), ...(supervisors.length > 0 ? (['supervisor'] as const) : [])];
  await ctx.notify(
    [...new Set([...heads, ...supervisors])].filter((p) => p !== ctx.actor.personId),
    { kind: rating === 'extreme' ? 'alarms.look-now' : 'alarms.look', recordKind: 'alarm', recordId: of.id, number: of.caseNumber },
  );
  for (const whom of told) await write(ctx, of, 'told', { whom, name: null, says: '', at: ctx.now, platform: true });
  await store.endSteps(
    ctx.tx,
    of,
    { codes: told.map((whom) => (whom === 'head' ? 'tell-head' : 'tell-supervisor')) },
    { doneAt: ctx.now, doneBy: ctx.actor.personId },
  );
};

const write = (
  ctx: Ctx<never>,
  of: Of,
  kind: AlarmEntryKind,
  body: Record<string, unknown> & { at?: string },
  more: { id?: string; byId?: null; placeCt?: string | null; orderId?: string | null } = {},
) =>
  store.insertEntry(ctx.tx, of, {
    id: more.id ?? ctx.id(),
    kind,
    at: body.at ?? ctx.now,
    writtenAt: ctx.now,
    byId: more.byId === null ? null : ctx.actor.personId,
    body,
    placeCt: more.placeCt ?? null,
    orderId: more.orderId ?? null,
  });

/** Registers a crisis or violence at home at once; what comes twice from one device is one record. */
export const registerAlarm = async (
  ctx: Ctx<'alarms.case-closed' | 'alarms.look-again-late' | 'alarms.minor-capacity' | 'alarms.appeal-other' | 'recipients.stands-still'>,
  draft: AlarmDraft,
) => {
  const { tx, actor } = ctx;
  const plain = ctx as Ctx<never>;
  const file = await caseInHand(plain, draft.caseId);
  const there = await store.alarmById(tx, actor.districtId, draft.id);
  if (there !== undefined && there.caseId === file.id && there.registeredBy === actor.personId)
    return { id: there.id, version: there.version };
  if (file.status !== 'open') return ctx.refuse('alarms.case-closed');
  let began = beganAt([draft.toldAt], ctx.now);
  if (draft.sourceId !== null) {
    if (draft.source === 'call' || draft.source === 'appeal') {
      const appeal = await store.appealOfCase(tx, actor.districtId, file.id, draft.sourceId);
      if (appeal === undefined || (draft.source === 'call') !== (appeal.channel === 'hotline')) return ctx.refuse('alarms.appeal-other');
      began = beganAt([draft.toldAt, clocksFrom(appeal, ctx.now)], ctx.now);
    } else if (!(draft.source === 'visit' && (await store.visitOfCase(tx, actor.districtId, file.id, draft.sourceId))))
      return ctx.notFound();
  }
  const pack = await packOf(plain);
  const steps = draft.kind === 'crisis' ? crisisSteps(ctx, draft, pack, began) : await violenceSteps(ctx, draft, file, pack, began);
  const of = { districtId: actor.districtId, id: draft.id, caseId: file.id };
  const supervisorId = await store.supervisorFor(tx, actor.personId, file.stationId);
  const whom = { stationId: file.stationId, supervisorId, caseNumber: file.number };
  const abuser = draft.kind === 'violence' ? draft.abuser : null;
  const known =
    draft.kind === 'violence' && abuser !== null
      ? await knownKin(plain, file.recipientId, { name: abuser, phone: draft.abuserPhone })
      : null;
  const made = await store.insertAlarm(
    tx,
    {
      ...of,
      ...whom,
      workerId: file.workerId,
      kind: draft.kind,
      status: 'open',
      rating: draft.kind === 'crisis' ? draft.rating : null,
      registeredBy: actor.personId,
      registeredAt: ctx.now,
    },
    {
      source: draft.source,
      sourceId: draft.sourceId,
      trigger: draft.trigger,
      ...(draft.kind === 'crisis'
        ? { screening: JSON.stringify(draft.screening), scale: draft.scale }
        : {
            disclosedBy: draft.disclosedBy,
            forms: [...new Set(draft.forms)],
            capacity: draft.capacity,
            immediate: draft.immediate,
            relation: draft.relation,
          }),
      abuserMasked: abuser === null ? null : maskName(abuser),
      abuserCt: abuser === null ? null : ctx.crypto.encrypt(abuser, { table: 'alarm_content', row: draft.id, field: 'abuser' }),
      abuserIndex: known?.name ?? null,
      abuserPhoneIndex: known?.phone ?? null,
      abuserRecipientId: known?.recipientId ?? null,
    },
  );
  if (!made) throw new Invalid([{ path: 'id', message: '这个编号已被使用' }]);
  await store.insertSteps(tx, of, steps, began, ctx.id);
  if (draft.kind === 'crisis') {
    await write(plain, of, 'rated', {
      rating: draft.rating,
      screening: draft.screening,
      reason: draft.reason,
      lookAgainOn: draft.lookAgainOn,
    });
    await tellByRating(plain, { ...of, ...whom }, draft.rating, steps);
    await raiseRisk(tx, actor.districtId, file.id, draft.rating, ctx.now);
  } else {
    await markContact(ctx, file.recipientId, { how: draft.contactHow, times: draft.contactTimes });
    if (known !== null) await keepGuardiansBack(plain, file.recipientId, known);
  }
  await touchCase(tx, actor.districtId, file.id, ctx.now);
  await record(plain, 'alarm.registered', draft.id);
  await ctx.changed('alarm', draft.id);
  return { id: draft.id, version: 1 };
};

const crisisSteps = (ctx: Ctx<'alarms.look-again-late'>, draft: CrisisDraft, pack: AlarmPack, began: Instant): NewStep[] => {
  ensure(ctx, lookAgainVerdict(draft.lookAgainOn, draft.rating, ctx.today, pack, dayOf(began)));
  return stepsOfRating(draft.rating, began, pack, draft.lookAgainOn as Day | null);
};

const violenceSteps = async (
  ctx: Ctx<'alarms.minor-capacity'>,
  draft: ViolenceDraft,
  file: CaseFacts,
  pack: AlarmPack,
  began: Instant,
): Promise<NewStep[]> => {
  const birthOn = await store.birthOf(ctx.tx, ctx.actor.districtId, file.recipientId);
  ensure(ctx, capacityVerdict(draft.capacity, birthOn !== null && isMinorOn(birthOn as Day, ctx.today)));
  return stepsOfViolence(draft, began, pack);
};

/** When what an entry tells happened; null where it happens as it is written. */
const momentOf = (entry: AlarmEntryDraft): string | null =>
  'at' in entry ? entry.at : 'on' in entry ? entry.on : entry.kind === 'warning' ? entry.issuedOn : null;

/** Adds an entry; with it steps begin and end, and the record moves on. Nothing that was written is changed. */
export const addAlarmEntry = async (
  ctx: Ctx<Exclude<AlarmRefusal, 'alarms.case-closed' | 'alarms.minor-capacity'>>,
  id: string,
  { version, entry }: { version: number; entry: AlarmEntryDraft },
) => {
  const { tx, actor } = ctx;
  const plain = ctx as Ctx<never>;
  const { alarm, file, facts, stand, orders } = await alarmInReach(plain, id);
  ensure(ctx, entryVerdict(facts, entry.kind));
  const moment = momentOf(entry);
  if (moment !== null) ensure(ctx, pastVerdict(moment, ctx.now));
  const pack = await packOf(plain);
  const order = 'orderId' in entry ? orders.find((o) => o.id === entry.orderId) : undefined;
  ensure(ctx, orderEntryVerdict(order, entry, pack));
  if (entry.kind === 'rated') ensure(ctx, lookAgainVerdict(entry.lookAgainOn, entry.rating, ctx.today, pack));
  if (entry.kind === 'appeal' && (await store.appealOfCase(tx, actor.districtId, alarm.caseId, entry.appealId)) === undefined)
    return ctx.refuse('alarms.appeal-other');
  if (entry.kind === 'reported' && !(await reportInSight(tx, entry.reportId))) return ctx.refuse('alarms.report-unknown');
  const after = order === undefined ? undefined : orderAfter(order, entry);
  const moved = await store.moveAlarm(tx, alarm, version, {
    status: movesTo(alarm.status, entry.kind),
    ...(entry.kind === 'rated' ? { rating: entry.rating } : {}),
    ...(after === undefined ? {} : { orderTo: nextOrderEnd(orders.map((o) => (o.id === after.id ? after : o))) }),
  });
  if (!moved) return ctx.refuse('alarms.moved-on', { status: alarm.status });

  const { kind, ...told } = entry;
  const entryId = ctx.id();
  if (after !== undefined && after !== order) await store.moveOrder(tx, alarm, after);
  // An order is its application: the entry and the row are one thing under one id.
  if (entry.kind === 'order-applied') await store.insertOrder(tx, alarm, { id: entryId, no: orders.length + 1, appliedAt: entry.at });
  const orderId = order?.id ?? (entry.kind === 'order-applied' ? entryId : null);
  let body: Record<string, unknown> = told;
  let placeCt: string | null = null;
  if (entry.kind === 'shelter') {
    placeCt = ctx.crypto.encrypt(entry.place, { table: 'alarm_entry', row: entryId, field: 'place' });
    body = { on: entry.on, says: entry.says };
  }
  if (entry.kind === 'rated') body = { ...told, was: alarm.rating };
  const unnamed = entry.kind === 'reported';
  await write(
    plain,
    alarm,
    kind,
    { ...body, ...('at' in entry ? { at: entry.at } : {}) },
    { id: entryId, placeCt, orderId, ...(unnamed ? { byId: null } : {}) },
  );

  const doneAt = 'at' in entry ? entry.at : ctx.now;
  if (entry.kind === 'rated' && alarm.rating !== null) {
    const change = stepsOfChange(alarm.rating, entry.rating, stand.steps, ctx.now, pack, entry.lookAgainOn as Day | null);
    await store.endSteps(tx, alarm, { codes: change.drops }, { droppedAt: ctx.now });
    await store.insertSteps(tx, alarm, change.opens, ctx.now, ctx.id);
    if (change.drops.length > 0) await write(plain, alarm, 'dropped', { codes: change.drops });
    await tellByRating(plain, alarm, entry.rating, change.opens);
    if (file !== undefined && higher(entry.rating, alarm.rating)) await raiseRisk(tx, actor.districtId, file.id, entry.rating, ctx.now);
  }
  const change = stepsOfEntry(entry, pack, order);
  const ofOrder = order === undefined ? {} : { orderId: order.id };
  await store.endSteps(tx, alarm, { codes: change.ends, ...ofOrder }, { doneAt, doneBy: actor.personId });
  await store.endSteps(tx, alarm, { codes: change.drops ?? [], ...ofOrder }, { droppedAt: ctx.now });
  await store.insertSteps(tx, alarm, change.opens, ctx.now, ctx.id, orderId);
  // Visits after a warning letter stand in the day's plan, entered once. Their words tell nobody at the door why somebody comes.
  if (entry.kind === 'warning' && file !== undefined)
    for (const step of await store.stepsWithoutVisit(tx, alarm, 'warning-visit')) {
      const visitId = await planDueVisit(plain, file, dayOf(step.dueAt as Instant), '按期回访');
      if (visitId !== null) await store.setVisit(tx, alarm, step.id, visitId);
    }
  if (entry.kind === 'closed')
    await store.endSteps(tx, alarm, { ids: stand.steps.filter((s) => s.open).map((s) => s.id) }, { droppedAt: ctx.now });
  if (file !== undefined) await touchCase(tx, actor.districtId, file.id, ctx.now);
  await record(plain, 'alarm.added', id, unnamed);
  await ctx.changed('alarm', id);
  return { id, version: version + 1 };
};

/** Ticks one thing off: when it was done, by whom it is written down. */
export const finishAlarmStep = async (
  ctx: Ctx<'alarms.moved-on' | 'alarms.not-here' | 'alarms.in-future' | 'alarms.step-over'>,
  at: { id: string; stepId: string },
  told: { at: string; says: string },
) => {
  const plain = ctx as Ctx<never>;
  const { alarm, facts, stand } = await alarmInReach(plain, at.id);
  const step = stand.steps.find((s) => s.id === at.stepId) ?? ctx.notFound();
  if (facts.status === 'closed') return ctx.refuse('alarms.moved-on', { status: facts.status });
  if (!mayTick(facts.standing, step.code)) return ctx.refuse('alarms.not-here');
  ensure(ctx, pastVerdict(told.at, ctx.now));
  const ended = await store.endSteps(ctx.tx, alarm, { ids: [step.id] }, { doneAt: told.at, doneBy: ctx.actor.personId });
  if (ended === 0) return ctx.refuse('alarms.step-over');
  await write(plain, alarm, 'done', { code: step.code, says: told.says, at: told.at });
  await record(plain, 'alarm.ticked', alarm.id);
  await ctx.changed('alarm', alarm.id);
  return { id: alarm.id, version: alarm.version };
};

/** Opens the name of the one who does violence, for a reason that is kept. */
export const openAbuser = async (ctx: Ctx<never>, id: string, reason: string) => {
  const { alarm, facts } = await alarmInReach(ctx, id);
  if (facts.standing === 'supervisor') return ctx.notFound();
  const row = await ctx.tx
    .selectFrom('alarmContent')
    .select('abuserCt')
    .where('districtId', '=', alarm.districtId)
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  ctx.saw('alarm', id, { kind: 'unmask', reason });
  await record(ctx, 'alarm.opened-field', id);
  return { value: row.abuserCt === null ? null : ctx.crypto.decrypt(row.abuserCt, { table: 'alarm_content', row: id, field: 'abuser' }) };
};
