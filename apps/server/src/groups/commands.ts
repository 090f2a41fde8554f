import { classOfDomain } from '@jieyou/core/activities/schema.ts';
import type { GroupEvent } from '@jieyou/core/groups/events.ts';
import { endOf, type GroupMove, groupMoves, isRunning, type SessionMove, sessionMoves } from '@jieyou/core/groups/moves.ts';
import {
  came,
  groupSums,
  holdVerdict,
  joinVerdict,
  lacksOf,
  leaveVerdict,
  measureVerdict,
  phaseVerdict,
  planVerdict,
  reviewVerdict,
} from '@jieyou/core/groups/rules.ts';
import type {
  GroupBudgetLine,
  GroupClosing,
  GroupDraft,
  LeaveReason,
  MeasureMoment,
  ScoreOnForm,
  SessionPlan,
  SessionRecord,
} from '@jieyou/core/groups/schema.ts';
import { type Day, instantAt } from '@jieyou/core/shared/day.ts';
import type { HelpRefusal, NamedVolunteer } from '@jieyou/core/shared/helping.ts';
import { moveVerdict } from '@jieyou/core/shared/moves.ts';
import type { Verdict } from '@jieyou/core/shared/verdict.ts';
import { ownPlace, recordContact, withdrawContact } from '../contacts/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { Denied } from '../platform/http/errors.ts';
import { personSeen } from '../recipients/index.ts';
import { mayName, recordHelp } from '../volunteers/index.ts';
import { packOf } from './pack.ts';
import * as store from './store.ts';

const note = async (ctx: Ctx<never>, type: GroupEvent, id: string, facts: Record<string, string | number | null> = {}) => {
  await ctx.record({ type, recordKind: 'group', recordId: id, facts });
  await ctx.changed('group', id);
};

const ensure = <Code extends string>(ctx: Ctx<Code>, verdict: Verdict<string>): void => {
  // Each endpoint lists the refusals that its rule may give.
  if (!verdict.ok) ctx.refuse(verdict.code as Code, verdict.facts);
};

type Moving = 'groups.moved-on' | 'record.changed-meanwhile';

/** A group that the person leads or leads along; whoever only sees it is denied openly. Acts on one group follow each other. */
const inHand = async (ctx: Ctx<never>, id: string): Promise<store.GroupFacts> => {
  const found = (await store.groupById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
  if (!found.inHand) throw new Denied();
  await store.lockGroup(ctx.tx, ctx.actor.districtId, id);
  return (await store.groupById(ctx.tx, ctx.actor, id)) ?? ctx.notFound();
};

const mayMove = (ctx: Ctx<'groups.moved-on'>, of: store.GroupFacts, move: GroupMove): void => {
  if (!moveVerdict(groupMoves, of.status, move).ok) ctx.refuse('groups.moved-on', { status: of.status });
};

const change = async (
  ctx: Ctx<'record.changed-meanwhile'>,
  was: store.GroupFacts,
  version: number,
  to: Parameters<typeof store.changeGroup>[4],
): Promise<number> =>
  (await store.changeGroup(ctx.tx, ctx.actor.districtId, was, version, to, ctx.now)) ??
  ctx.refuse('record.changed-meanwhile', { version: was.version });

type Planning =
  | 'volunteers.not-on-register'
  | 'groups.size-upside-down'
  | 'groups.size-beyond'
  | 'groups.scale-upside-down'
  | 'groups.co-lead-unknown';

const checkPlan = async (ctx: Ctx<Planning>, draft: GroupDraft, of: { stationId: string; leadId: string }): Promise<void> => {
  ensure(ctx, planVerdict(draft, await packOf(ctx)));
  if (draft.coLeadIds.includes(of.leadId) || !(await store.areOfStation(ctx.tx, of.stationId, draft.coLeadIds)))
    ctx.refuse('groups.co-lead-unknown');
};

const columnsOf = (draft: GroupDraft) => ({
  title: draft.title,
  kind: draft.kind,
  domain: draft.domain,
  coLeadIds: [...new Set(draft.coLeadIds)],
  place: draft.place,
  minSize: draft.minSize,
  maxSize: draft.maxSize,
  startsOn: draft.sessions.map((s) => s.plannedOn).toSorted()[0] ?? null,
  plannedFen: groupSums(draft.budget).planned,
});

const putPlan = (ctx: Ctx<never>, id: string, draft: GroupDraft): Promise<void> =>
  store.putPlan(ctx.tx, {
    districtId: ctx.actor.districtId,
    id,
    idea: draft.idea,
    goals: draft.goals,
    audience: draft.audience,
    recruiting: draft.recruiting,
    sessions: draft.sessions.toSorted((a, b) => a.plannedOn.localeCompare(b.plannedOn)),
    budget: draft.budget,
    risks: draft.risks,
    indicators: draft.indicators,
    volunteersCt: store.sealVolunteers(ctx.crypto, id, draft.volunteers),
  });

/** Plans a group of the worker's station. */
export const createGroup = async (ctx: Ctx<Planning | 'groups.no-station'>, draft: GroupDraft) => {
  const { tx, actor } = ctx;
  const place = await ownPlace(ctx);
  if (place === undefined) return ctx.refuse('groups.no-station');
  const post = actor.assignments.find((a) => a.role === 'worker');
  // A deputy plans for the person whose work it is.
  const leadId = post?.deputyFor ?? actor.personId;
  await checkPlan(ctx, draft, { stationId: place.stationId, leadId });
  await mayName(ctx, draft.volunteers, [], place.stationId);
  const id = ctx.id();
  await tx
    .insertInto('serviceGroup')
    .values({
      districtId: actor.districtId,
      id,
      ...columnsOf(draft),
      ...place,
      status: 'drafting',
      leadId,
      madeBy: actor.personId,
      updatedAt: ctx.now,
    })
    .execute();
  await putPlan(ctx, id, draft);
  await note(ctx, 'group.planned', id, { kind: draft.kind });
  return { id, version: 1 };
};

/** Changes the plan book before it is handed in. */
export const updateGroup = async (ctx: Ctx<Moving | Planning>, id: string, { version, ...draft }: GroupDraft & { version: number }) => {
  const was = await inHand(ctx, id);
  mayMove(ctx, was, 'submit');
  await checkPlan(ctx, draft, was);
  await mayName(ctx, draft.volunteers, (await store.planOf(ctx.tx, ctx.crypto, ctx.actor.districtId, id))?.volunteers ?? [], was.stationId);
  const next = await change(ctx, was, version, columnsOf(draft));
  await putPlan(ctx, id, draft);
  await note(ctx, 'group.changed', id);
  return { id, version: next };
};

/** Names volunteers of the register, or finds the person behind a name that was typed; as long as the group is not over. */
export const nameGroupVolunteers = async (
  ctx: Ctx<Moving | 'volunteers.not-on-register'>,
  id: string,
  { version, volunteers }: { volunteers: NamedVolunteer[]; version: number },
) => {
  const was = await inHand(ctx, id);
  if (was.status === 'closed' || was.status === 'cancelled') return ctx.refuse('groups.moved-on', { status: was.status });
  const plan = (await store.planOf(ctx.tx, ctx.crypto, ctx.actor.districtId, id)) ?? ctx.notFound();
  await mayName(ctx, volunteers, plan.volunteers, was.stationId);
  const next = await change(ctx, was, version, {});
  await ctx.tx
    .updateTable('serviceGroupContent')
    .set({ volunteersCt: store.sealVolunteers(ctx.crypto, id, volunteers) })
    .where('districtId', '=', ctx.actor.districtId)
    .where('id', '=', id)
    .execute();
  await note(ctx, 'group.changed', id);
  return { id, version: next };
};

type Step = 'submit' | 'rework' | 'start' | 'turn' | 'mature' | 'back' | 'wind-up' | 'cancel';

/** Goes on to the next phase, one back, or cancels. */
export const moveGroup = async (
  ctx: Ctx<
    | Moving
    | 'groups.plan-incomplete'
    | 'groups.no-head'
    | 'groups.too-few-members'
    | 'groups.no-session-held'
    | 'groups.sessions-open'
    | 'groups.reason-missing'
  >,
  id: string,
  ask: { move: Step; says: string | null; version: number },
) => {
  const { tx, actor, crypto } = ctx;
  const { districtId } = actor;
  const was = await inHand(ctx, id);
  mayMove(ctx, was, ask.move);
  if ((ask.move === 'cancel' || ask.move === 'back') && ask.says === null) return ctx.refuse('groups.reason-missing');
  const plan = (await store.planOf(tx, crypto, districtId, id)) ?? ctx.notFound();
  const members = (await store.membersOf(tx, districtId, id)).filter((m) => m.leftOn === null).length;
  const counts = await store.sessionCounts(tx, districtId, id);
  ensure(ctx, phaseVerdict(ask.move, { members, minSize: was.minSize, ...counts }));
  const to = { status: endOf(was.status, ask.move) };
  let heads: string[] = [];
  if (ask.move === 'submit') {
    const lacks = lacksOf(plan, await packOf(ctx));
    if (lacks.length > 0) return ctx.refuse('groups.plan-incomplete', { lacks });
    const authors = [actor.personId, was.leadId, was.madeBy];
    heads = (await store.headsOf(tx, districtId, was.stationId)).filter((h) => !authors.includes(h));
    if (heads.length === 0) return ctx.refuse('groups.no-head');
    Object.assign(to, { submittedBy: actor.personId, submittedAt: ctx.now });
  }
  if (ask.move === 'rework') Object.assign(to, { approvedBy: null, approvedAt: null, submittedBy: null, submittedAt: null });
  const next = await change(ctx, was, ask.version, to);
  if (ask.move === 'start')
    for (const [i, session] of plan.sessions.entries())
      await store.insertSession(tx, { districtId, id: ctx.id(), groupId: id, number: counts.last + i + 1 }, session);
  if (ask.move === 'cancel') {
    await tx
      .updateTable('serviceGroupContent')
      .set({ cancelSays: ask.says })
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .execute();
    // What was held stays held and counted.
    await tx
      .updateTable('groupSession')
      .set((eb) => ({ status: 'cancelled', version: eb('version', '+', 1) }))
      .where('districtId', '=', districtId)
      .where('groupId', '=', id)
      .where('status', '=', 'planned')
      .execute();
  }
  if (heads.length > 0) await ctx.notify(heads, { kind: 'groups.submitted', recordKind: 'group', recordId: id, number: '' });
  await note(ctx, 'group.moved', id, { move: ask.move });
  return { id, version: next };
};

/** The head approves a plan, or gives it back with what is missing. */
export const reviewGroup = async (
  ctx: Ctx<Moving | 'groups.reviewer-is-author' | 'groups.reason-missing'>,
  id: string,
  ask: { decision: 'approve' | 'return'; says: string; version: number },
) => {
  const { tx, actor } = ctx;
  const was = (await store.groupById(tx, actor, id)) ?? ctx.notFound();
  if (!actor.assignments.some((a) => a.role === 'head' && a.stationId === was.stationId)) throw new Denied();
  mayMove(ctx, was, ask.decision);
  ensure(ctx, reviewVerdict({ authors: [was.submittedBy, was.madeBy, was.leadId] }, actor.selves));
  if (ask.decision === 'return' && ask.says === '') return ctx.refuse('groups.reason-missing');
  const review = {
    districtId: actor.districtId,
    id: ctx.id(),
    groupId: id,
    decision: ask.decision,
    says: ask.says,
    byId: actor.personId,
    at: ctx.now,
  };
  await tx.insertInto('groupReview').values(review).execute();
  const approved = ask.decision === 'approve' ? { approvedBy: actor.personId, approvedAt: ctx.now } : {};
  const next = await change(ctx, was, ask.version, { status: endOf(was.status, ask.decision), ...approved });
  await ctx.notify([...new Set([was.leadId, was.submittedBy])], { kind: 'groups.reviewed', recordKind: 'group', recordId: id, number: '' });
  await note(ctx, 'group.reviewed', id, { decision: ask.decision });
  return { id, version: next };
};

/** A person of the register joins. */
export const joinGroup = async (
  ctx: Ctx<'groups.not-joinable' | 'groups.in-future' | 'groups.full' | 'groups.member-already' | 'groups.person-still'>,
  id: string,
  ask: { recipientId: string; joinedOn: string },
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, id);
  const person = await personSeen(ctx, ask.recipientId);
  const members = (await store.membersOf(tx, actor.districtId, id)).filter((m) => m.leftOn === null);
  ensure(
    ctx,
    joinVerdict({
      status: was.status,
      members: members.length,
      maxSize: was.maxSize,
      already: members.some((m) => m.recipientId === person.id),
      still: person.still,
      joinedOn: ask.joinedOn,
      today: ctx.today,
    }),
  );
  const memberId = ctx.id();
  await tx
    .insertInto('groupMember')
    .values({
      districtId: actor.districtId,
      id: memberId,
      groupId: id,
      recipientId: person.id,
      joinedOn: ask.joinedOn,
      addedBy: actor.personId,
      addedAt: ctx.now,
    })
    .execute();
  await note(ctx, 'group.member-joined', id);
  return { id: memberId, version: 1 };
};

/** A member leaves, with the reason. */
export const leaveGroup = async (
  ctx: Ctx<Moving | 'groups.left-already' | 'groups.in-future' | 'groups.left-before-joined'>,
  id: string,
  memberId: string,
  ask: { leftOn: string; reason: LeaveReason; version: number },
) => {
  const { tx, actor } = ctx;
  const was = await inHand(ctx, id);
  const member = (await store.membersOf(tx, actor.districtId, id)).find((m) => m.id === memberId) ?? ctx.notFound();
  if (was.status === 'closed' || was.status === 'cancelled') return ctx.refuse('groups.moved-on', { status: was.status });
  ensure(ctx, leaveVerdict({ joinedOn: member.joinedOn, leftOn: member.leftOn, on: ask.leftOn, today: ctx.today }));
  const { numUpdatedRows } = await tx
    .updateTable('groupMember')
    .set({ leftOn: ask.leftOn, leaveReason: ask.reason, version: ask.version + 1 })
    .where('districtId', '=', actor.districtId)
    .where('id', '=', memberId)
    .where('version', '=', ask.version)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) return ctx.refuse('record.changed-meanwhile', { version: member.version });
  await note(ctx, 'group.member-left', id, { reason: ask.reason });
  return { id: memberId, version: ask.version + 1 };
};

/** Adds a session to a running group. */
export const planSession = async (ctx: Ctx<'groups.not-running'>, id: string, plan: SessionPlan) => {
  const was = await inHand(ctx, id);
  if (!isRunning(was.status)) return ctx.refuse('groups.not-running', { status: was.status });
  const { last } = await store.sessionCounts(ctx.tx, ctx.actor.districtId, id);
  const sessionId = ctx.id();
  await store.insertSession(ctx.tx, { districtId: ctx.actor.districtId, id: sessionId, groupId: id, number: last + 1 }, plan);
  await note(ctx, 'group.session-planned', id, { number: last + 1 });
  return { id: sessionId, version: 1 };
};

const sessionInHand = async (ctx: Ctx<'groups.moved-on'>, id: string, sessionId: string, move: (status: string) => SessionMove) => {
  const group = await inHand(ctx, id);
  const session = (await store.sessionById(ctx.tx, ctx.actor.districtId, id, sessionId)) ?? ctx.notFound();
  if (group.status === 'cancelled' || !moveVerdict(sessionMoves, session.status, move(session.status)).ok)
    return ctx.refuse('groups.moved-on', { status: session.status });
  return { group, session };
};

/** Another day or place. */
export const shiftSession = async (
  ctx: Ctx<Moving>,
  id: string,
  sessionId: string,
  ask: { plannedOn: string; place: string; version: number },
) => {
  const { session } = await sessionInHand(ctx, id, sessionId, () => 'shift');
  const { version, ...to } = ask;
  if (!(await store.changeSession(ctx.tx, ctx.actor.districtId, session, version, to)))
    return ctx.refuse('record.changed-meanwhile', { version: session.version });
  await note(ctx, 'group.session-shifted', id, { number: session.number, on: ask.plannedOn });
  return { id: sessionId, version: version + 1 };
};

/** Records a session, or corrects its record: it is one act of service, told anew each time. */
export const holdSession = async (
  ctx: Ctx<
    | Moving
    | 'groups.not-running'
    | 'groups.in-future'
    | 'groups.attendance-missing'
    | 'groups.not-a-member'
    | 'groups.person-still'
    | 'groups.nobody-came'
    | 'groups.recorder-only'
    | 'groups.helpers-fewer'
    | HelpRefusal
  >,
  id: string,
  sessionId: string,
  { version, help, ...told }: SessionRecord & { version: number },
) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const { group, session } = await sessionInHand(ctx, id, sessionId, (s) => (s === 'held' ? 'correct' : 'hold'));
  const correcting = session.status === 'held';
  // The row of service stands in the name of whoever recorded it.
  if (correcting && !actor.selves.includes(session.recordedBy ?? '')) return ctx.refuse('groups.recorder-only');
  const members = await store.membersOf(tx, districtId, id);
  ensure(ctx, holdVerdict({ ...told, help, status: group.status, correcting, today: ctx.today, members }));
  const there = told.attendance.filter((a) => came(a.presence));
  const { heldOn, minutes, guests, helpers, attendance, ...words } = told;
  const register = { status: 'held', heldOn, minutes, guests, helpers, came: there.length };
  const by = correcting ? {} : { recordedBy: actor.personId, recordedAt: ctx.now };
  if (!(await store.changeSession(tx, districtId, session, version, { ...register, ...by }, words)))
    return ctx.refuse('record.changed-meanwhile', { version: session.version });
  await store.putAttendance(
    tx,
    districtId,
    sessionId,
    attendance.map((a) => ({ id: ctx.id(), ...a })),
  );
  await recordContact(ctx, {
    kind: 'group-session',
    domain: group.domain,
    happenedOn: heldOn,
    minutes,
    people: there.length + guests,
    who: there.flatMap((a) => members.find((m) => m.id === a.memberId)?.recipientId ?? []),
    groupId: id,
    sourceKind: 'group-session',
    sourceId: sessionId,
    place: group,
    workerId: session.recordedBy ?? actor.personId,
  });
  if (help !== undefined)
    await recordHelp(
      ctx,
      {
        kind: 'session',
        id: sessionId,
        title: `${group.title}第 ${session.number} 节`,
        class: classOfDomain(group.domain),
        place: session.place,
        startsAt: help.from === null ? null : instantAt(heldOn as Day, help.from),
        minutes,
      },
      help,
    );
  await note(ctx, 'group.session-held', id, { number: session.number, came: there.length });
  return { id: sessionId, version: version + 1 };
};

/** Cancels a session; the row of service of one that was recorded goes with it. */
export const cancelSession = async (
  ctx: Ctx<Moving | 'groups.recorder-only'>,
  id: string,
  sessionId: string,
  ask: { says: string; version: number },
) => {
  const { session } = await sessionInHand(ctx, id, sessionId, () => 'cancel');
  if (session.status === 'held' && !ctx.actor.selves.includes(session.recordedBy ?? '')) return ctx.refuse('groups.recorder-only');
  if (!(await store.changeSession(ctx.tx, ctx.actor.districtId, session, ask.version, { status: 'cancelled' }, { cancelSays: ask.says })))
    return ctx.refuse('record.changed-meanwhile', { version: session.version });
  if (session.status === 'held') await withdrawContact(ctx, 'group-session', sessionId);
  await note(ctx, 'group.session-cancelled', id, { number: session.number });
  return { id: sessionId, version: ask.version + 1 };
};

/** Keeps values before or after; what nobody measured stays empty. */
export const measureGroup = async (
  ctx: Ctx<
    | 'groups.moved-on'
    | 'groups.in-future'
    | 'groups.indicator-unknown'
    | 'groups.not-a-member'
    | 'groups.person-still'
    | 'groups.value-beyond'
    | 'groups.score-unknown'
    | 'groups.score-unfit'
  >,
  id: string,
  ask: {
    moment: MeasureMoment;
    takenOn: string;
    values: { memberId: string; indicatorId: string; value: number | null; cites: ScoreOnForm | null }[];
  },
) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const was = await inHand(ctx, id);
  if (was.status !== 'approved' && !isRunning(was.status)) return ctx.refuse('groups.moved-on', { status: was.status });
  const plan = (await store.planOf(tx, ctx.crypto, districtId, id)) ?? ctx.notFound();
  const members = await store.membersOf(tx, districtId, id);
  const onFile = ask.values.some((v) => v.cites !== null) ? await store.scoresOf(tx, districtId, id) : [];
  const values = ask.values.map(({ cites, ...typed }) => {
    if (cites === null) return typed;
    const cited = onFile.find((s) => s.answerId === cites.answerId && s.scale === cites.scale) ?? null;
    return { ...typed, value: cited?.score ?? null, cited };
  });
  const written = (s: { memberId: string; indicatorId: string; moment: string }) =>
    s.moment === ask.moment && ask.values.some((v) => v.memberId === s.memberId && v.indicatorId === s.indicatorId);
  const standing = (await store.citedMeasures(tx, districtId, id)).filter((s) => !written(s));
  ensure(ctx, measureVerdict({ ...ask, values, standing, indicators: plan.indicators, members, today: ctx.today }));
  for (const { cited, ...v } of values.map((one) => ({ cited: null, ...one })))
    await store.putMeasure(tx, {
      districtId,
      id: ctx.id(),
      ...v,
      moment: ask.moment,
      takenOn: cited?.on ?? ask.takenOn,
      recordedBy: actor.personId,
      cites: cited,
    });
  await note(ctx, 'group.measured', id, { moment: ask.moment, values: ask.values.length });
  return { id, version: was.version };
};

/** Ends a group with its summary and what was spent, or corrects them. */
export const closeGroup = async (
  ctx: Ctx<Moving | 'groups.no-session-held' | 'groups.sessions-open' | 'groups.lead-closes' | 'groups.spent-missing'>,
  id: string,
  { budget, version, ...closing }: GroupClosing & { budget: GroupBudgetLine[]; version: number },
) => {
  const { tx, actor } = ctx;
  const { districtId } = actor;
  const was = await inHand(ctx, id);
  mayMove(ctx, was, was.status === 'closed' ? 'correct' : 'close');
  if (!actor.selves.includes(was.leadId)) return ctx.refuse('groups.lead-closes');
  const counts = await store.sessionCounts(tx, districtId, id);
  ensure(ctx, phaseVerdict('close', { members: 0, minSize: 0, ...counts }));
  const sums = groupSums(budget);
  if (sums.open > 0) return ctx.refuse('groups.spent-missing', { open: sums.open });
  const ended = was.status === 'closed' ? {} : { endedOn: ctx.today };
  const next = await change(ctx, was, version, { status: 'closed', plannedFen: sums.planned, spentFen: sums.spent, ...ended });
  await tx
    .updateTable('serviceGroupContent')
    .set({ closing: JSON.stringify(closing), budget: JSON.stringify(budget) })
    .where('districtId', '=', districtId)
    .where('id', '=', id)
    .execute();
  await note(ctx, 'group.closed', id, { held: counts.held });
  return { id, version: next };
};
