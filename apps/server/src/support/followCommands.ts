import { lineClosingVerdict } from '@jieyou/core/responses/rules.ts';
import type { ResponseStatus } from '@jieyou/core/responses/schema.ts';
import { dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { chairVerdict, closingVerdict, dueVerdict, fieldsVerdict, holderVerdict } from '@jieyou/core/support/rules.ts';
import type { LineKind } from '@jieyou/core/support/schema.ts';
import { sql } from 'kysely';
import { holdersAt } from '../identity/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { noteEffort, type Planned, tellOfConference } from './appointments.ts';
import { rulesOf, stoppedClock } from './clock.ts';
import { ensureMove, move, requestInReach, tell } from './commands.ts';
import * as store from './store.ts';
import { ensureSupervisor } from './supervisorProposal.ts';

export type ConferenceRecord = {
  id: string;
  districtId: string;
  requestId: string;
  roundId: string;
  status: 'planned' | 'held' | 'cancelled';
  chairId: string;
  plannedAt: string;
  place: string;
  heldAt: string | null;
  version: number;
  number: string;
  sequence: number;
};

/** A conference that the actor chairs, or whose request the actor reads. */
export const findConference = async (ctx: Ctx, id: string): Promise<ConferenceRecord> => {
  const { rows } =
    await sql<ConferenceRecord>`select id, district_id, request_id, round_id, status, chair_id, planned_at, place, held_at, version, number, sequence
    from support_conference where id = ${id}`.execute(ctx.tx);
  const conference = rows[0];
  if (conference === undefined) return ctx.notFound();
  const mayRead = ctx.actor.roles.includes('centre') || conference.chairId === ctx.actor.personId;
  return mayRead ? conference : ctx.notFound();
};

/**
 * Lets a chair who is not of the centre reach the request of the own conference for the rest of the transaction. Row-level security
 * reads the setting; it is given only after the conference was found under the chair's own policy.
 */
export const asChair = async (ctx: Ctx, conference: ConferenceRecord): Promise<void> => {
  if (conference.chairId !== ctx.actor.personId) return;
  // SET takes no parameter; the id comes from the row and is a uuid.
  await sql`set local app.chaired = ${sql.lit(conference.requestId)}`.execute(ctx.tx);
};

type HoldCodes =
  | 'support.moved-on'
  | 'support.conference-over'
  | 'support.not-the-chair'
  | 'support.two-fields-needed'
  | 'support.attendee-not-invited'
  | 'support.decision-owner-unknown'
  | 'support.decision-due-past'
  | 'support.held-in-future';

/** Keeps the minutes of a conference: who came, what was agreed, and decisions that each have an owner and a due date. */
export const holdConference = async (
  ctx: Ctx<HoldCodes>,
  id: string,
  body: {
    heldAt: string;
    attendeeIds: string[];
    lasted?: number | undefined;
    minutes: string;
    consensus: string;
    decisions: { text: string; ownerId: string; dueOn: string }[];
  },
) => {
  const conference = await findConference(ctx, id);
  const chair = chairVerdict(ctx.actor, conference);
  if (!chair.ok) ctx.refuse(chair.code, chair.facts);
  await asChair(ctx, conference);
  if (conference.status !== 'planned') ctx.refuse('support.conference-over', { status: conference.status });
  const request = (await store.findRequest(ctx.tx, conference.requestId)) ?? ctx.notFound();
  ensureMove(ctx, request, 'hold');
  if (body.heldAt > ctx.now) ctx.refuse('support.held-in-future');
  const { rows: invited } = await sql<{ expertId: string; helpFields: HelpField[]; status: string }>`
    select i.expert_id, e.help_fields, i.status from support_invitation i join expert e on e.id = i.expert_id
    where i.district_id = ${conference.districtId} and i.round_id = ${conference.roundId} and i.status in ('accepted', 'answered')`.execute(
    ctx.tx,
  );
  const attended = [...new Set(body.attendeeIds)].map((expertId) => invited.find((i) => i.expertId === expertId));
  if (attended.some((a) => a === undefined)) ctx.refuse('support.attendee-not-invited');
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  const fields = fieldsVerdict(
    attended.flatMap((a) => (a === undefined ? [] : [a.helpFields])),
    rules.pack['conference.minFields'],
  );
  if (!fields.ok) ctx.refuse(fields.code, fields.facts);
  const owners = new Set((await ownersFor(ctx, conference)).map((o) => o.personId));
  for (const decision of body.decisions) {
    if (!owners.has(decision.ownerId)) ctx.refuse('support.decision-owner-unknown');
    const due = dueVerdict(decision.dueOn, ctx.today);
    if (!due.ok) ctx.refuse(due.code, due.facts);
  }
  const held = await ctx.tx
    .updateTable('supportConference')
    .set({ status: 'held', heldAt: body.heldAt, version: conference.version + 1 })
    .where('districtId', '=', conference.districtId)
    .where('id', '=', id)
    .where('status', '=', 'planned')
    .executeTakeFirst();
  if (held.numUpdatedRows === 0n) ctx.refuse('support.conference-over');
  await ctx.tx
    .insertInto('supportMinutes')
    .values({
      districtId: conference.districtId,
      id,
      requestId: request.id,
      minutes: body.minutes,
      consensus: body.consensus,
      attendeeIds: [...new Set(body.attendeeIds)],
      writtenBy: ctx.actor.personId,
    })
    .execute();
  if (body.lasted !== undefined) {
    await noteEffort(ctx, {
      districtId: conference.districtId,
      requestId: request.id,
      source: 'conference',
      sourceId: id,
      expertIds: [...new Set(body.attendeeIds)],
      minutes: body.lasted,
      on: dayOf(body.heldAt as Instant),
    });
  }
  const actions = body.decisions.map((d) => ({
    districtId: conference.districtId,
    id: ctx.id(),
    requestId: request.id,
    conferenceId: id,
    ownerId: d.ownerId,
    dueOn: d.dueOn,
    says: d.text,
    status: 'open',
    number: request.archiveNo ?? request.receiptNo ?? '',
  }));
  await ctx.tx.insertInto('supportAction').values(actions).execute();
  const moved = await move(
    ctx,
    request,
    'following',
    { ...stoppedClock, nextOn: actions.map((a) => a.dueOn).sort()[0] ?? null },
    { type: 'support.conference-held', facts: { experts: attended.length, decisions: actions.length, packVersion: rules.version } },
  );
  for (const action of actions) {
    await ctx.record({ type: 'support.action-assigned', recordKind: 'action', recordId: action.id, requestRef: request.id });
    if (action.ownerId !== ctx.actor.personId) {
      await ctx.notify([action.ownerId], {
        kind: 'support.action-assigned',
        recordKind: 'action',
        recordId: action.id,
        number: action.number,
      });
    }
  }
  await tell(
    ctx,
    request,
    [request.askerId, request.holderId, ...(await holdersAt(ctx.tx, request.stationId, ['head']))],
    'support.conference-held',
  );
  return { ...moved, requestId: request.id, actionIds: actions.map((a) => a.id) };
};

/** Who may own a decision: the asker, the centre, the station's head, the invited experts, and the district's supervisors. */
export const ownersFor = async (
  ctx: Ctx,
  conference: { districtId: string; roundId: string; requestId: string },
): Promise<{ personId: string; name: string }[]> => {
  const { rows } = await sql<{ personId: string; name: string }>`
    select distinct p.id as person_id, p.name from person p
    where p.id in (
      select r.asker_id from support_request r where r.district_id = ${conference.districtId} and r.id = ${conference.requestId}
      union select e.person_id from support_invitation i join expert e on e.id = i.expert_id
        where i.district_id = ${conference.districtId} and i.round_id = ${conference.roundId} and i.status in ('accepted', 'answered')
      union select a.person_id from role_assignment a where a.district_id = ${conference.districtId} and a.valid_from <= app_today()
        and (a.valid_to is null or a.valid_to >= app_today())
        and (a.role in ('centre', 'supervisor') or (a.role = 'head' and a.station_id = (
          select r.station_id from support_request r where r.district_id = ${conference.districtId} and r.id = ${conference.requestId})))
    ) order by p.name`.execute(ctx.tx);
  return rows;
};

/** Opens a line of support; lines run in parallel (LH-24). */
export const addLine = async (
  ctx: Ctx<'support.moved-on' | 'support.line-needs-holder' | 'workforce.person-unknown'>,
  id: string,
  {
    overrideReason,
    ...body
  }: {
    helpField: HelpField;
    kind: LineKind;
    holderId: string | null;
    providerName: string | null;
    task: string;
    overrideReason?: string | undefined;
  },
) => {
  const request = await requestInReach(ctx, id);
  if (!['matching', 'supporting', 'following'].includes(request.status)) ctx.refuse('support.moved-on', { status: request.status });
  if (body.holderId === null && body.providerName === null) ctx.refuse('support.line-needs-holder');
  if (body.holderId !== null) {
    const person = await ctx.tx
      .selectFrom('person')
      .select('id')
      .where('id', '=', body.holderId)
      .where('districtId', '=', request.districtId)
      .executeTakeFirst();
    if (person === undefined) ctx.refuse('workforce.person-unknown');
  }
  const lineId = ctx.id();
  await ctx.tx
    .insertInto('supportLine')
    .values({
      districtId: request.districtId,
      id: lineId,
      requestId: id,
      ...body,
      status: 'open',
      openedAt: ctx.now,
      number: request.archiveNo ?? request.receiptNo ?? '',
    })
    .execute();
  // Support has begun, even without a panel; the clock of the panel stands still no longer.
  const to = request.status === 'matching' ? 'supporting' : request.status;
  const moved = await move(
    ctx,
    request,
    to,
    {},
    {
      type: 'support.line-opened',
      helpField: body.helpField,
      facts: { kind: body.kind },
      ...(overrideReason === undefined ? {} : { said: { kind: 'override', says: overrideReason } }),
    },
  );
  await ctx.notify(body.holderId === ctx.actor.personId ? [] : [body.holderId], {
    kind: 'support.line-opened',
    recordKind: 'line',
    recordId: lineId,
    number: request.archiveNo ?? '',
  });
  return { ...moved, id: lineId };
};

/** Opens a line at the centre's desk: one of supervision goes to the proposed supervisor, or with a reason to another. */
export const openLine = async (
  ctx: Ctx<
    | 'support.moved-on'
    | 'support.line-needs-holder'
    | 'workforce.person-unknown'
    | 'support.supervisor-excluded'
    | 'support.override-needs-reason'
  >,
  id: string,
  body: Parameters<typeof addLine>[2],
) => {
  if (body.kind === 'supervision' && body.holderId !== null)
    await ensureSupervisor(ctx, await requestInReach(ctx, id), body.helpField, body.holderId, body.overrideReason);
  return addLine(ctx, id, body);
};

/** The holder of a line, or the centre, writes down what came of it. */
export const closeLine = async (
  ctx: Ctx<'record.changed-meanwhile' | 'support.line-over' | 'responses.record-under-way'>,
  id: string,
  body: { version: number; status: 'done' | 'not-possible'; result: string },
) => {
  const line = await ctx.tx.selectFrom('supportLine').selectAll().where('id', '=', id).executeTakeFirst();
  if (line === undefined) return ctx.notFound();
  const holds = line.holderId !== null && ctx.actor.selves.includes(line.holderId);
  if (!holds && !ctx.actor.roles.includes('centre')) ctx.notFound();
  if (line.status !== 'open') ctx.refuse('support.line-over');
  const { rows: records } = await sql<{ status: ResponseStatus }>`
    select s.status from support_response s where s.district_id = ${line.districtId} and s.line_id = ${id}`.execute(ctx.tx);
  const verdict = lineClosingVerdict(
    line.kind as LineKind,
    records.map((r) => r.status),
  );
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const done = await ctx.tx
    .updateTable('supportLine')
    .set({ status: body.status, result: body.result, closedAt: ctx.now, version: line.version + 1 })
    .where('districtId', '=', line.districtId)
    .where('id', '=', id)
    .where('version', '=', body.version)
    .where('status', '=', 'open')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) ctx.refuse('record.changed-meanwhile', { version: line.version });
  await ctx.record({
    type: 'support.line-closed',
    recordKind: 'line',
    recordId: id,
    requestRef: line.requestId,
    helpField: line.helpField,
    facts: { status: body.status },
  });
  await tellHolder(ctx, line, 'support.line-closed');
  return { id, version: line.version + 1 };
};

const tellHolder = async (ctx: Ctx, of: { districtId: string; requestId: string; number: string }, kind: string): Promise<void> => {
  const { rows } = await sql<{ personId: string | null }>`select holder_of_request(${of.districtId}, ${of.requestId}) as person_id`.execute(
    ctx.tx,
  );
  const holder = rows[0]?.personId ?? null;
  if (holder !== ctx.actor.personId) await ctx.notify([holder], { kind, recordKind: 'request', recordId: of.requestId, number: of.number });
  await ctx.changed('request', of.requestId);
};

/** The owner of an action writes down its result. */
export const completeAction = async (
  ctx: Ctx<'record.changed-meanwhile' | 'support.action-over'>,
  id: string,
  body: { version: number; status: 'done' | 'not-possible'; result: string },
) => {
  const action = await ctx.tx.selectFrom('supportAction').selectAll().where('id', '=', id).executeTakeFirst();
  if (action === undefined || !ctx.actor.selves.includes(action.ownerId)) return ctx.notFound();
  if (action.status !== 'open') ctx.refuse('support.action-over');
  const done = await ctx.tx
    .updateTable('supportAction')
    .set({ status: body.status, result: body.result, doneAt: ctx.now, version: action.version + 1 })
    .where('districtId', '=', action.districtId)
    .where('id', '=', id)
    .where('version', '=', body.version)
    .where('status', '=', 'open')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) ctx.refuse('record.changed-meanwhile', { version: action.version });
  await ctx.record({
    type: 'support.action-done',
    recordKind: 'action',
    recordId: id,
    requestRef: action.requestId,
    facts: { status: body.status },
  });
  await tellHolder(ctx, action, 'support.action-done');
  return { id, version: action.version + 1 };
};

type CloseCodes =
  | 'record.changed-meanwhile'
  | 'support.moved-on'
  | 'support.not-the-holder'
  | 'support.actions-open'
  | 'support.lines-open'
  | 'support.follow-up-past';

/** Ends the support: every action and line has a result, an evaluation is written, a follow-up date is set. */
export const closeRequest = async (
  ctx: Ctx<CloseCodes>,
  id: string,
  body: { version: number; solved: boolean; evaluation: string; satisfaction: number | null; followUpOn: string },
) => {
  const request = await requestInReach(ctx, id);
  ensureMove(ctx, request, 'close');
  if (request.version !== body.version) ctx.refuse('record.changed-meanwhile', { version: request.version });
  const holder = holderVerdict(ctx.actor, request);
  if (!holder.ok) ctx.refuse(holder.code, holder.facts);
  const { rows } = await sql<{ actions: number; lines: number }>`select
      (select count(*)::int from support_action a where a.district_id = ${request.districtId} and a.request_id = ${id} and a.status = 'open') as actions,
      (select count(*)::int from support_line l where l.district_id = ${request.districtId} and l.request_id = ${id} and l.status = 'open') as lines`.execute(
    ctx.tx,
  );
  const verdict = closingVerdict({
    openActions: rows[0]?.actions ?? 0,
    openLines: rows[0]?.lines ?? 0,
    followUpOn: body.followUpOn,
    today: ctx.today,
  });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const { version: _, ...closing } = body;
  await ctx.tx
    .insertInto('supportClosing')
    .values({ districtId: request.districtId, id, ...closing, byId: ctx.actor.personId, at: ctx.now })
    .execute();
  // A conference that still stands will not take place; whoever keeps it in a calendar hears of it.
  const { rows: planned } =
    await sql<Planned>`update support_conference set status = 'cancelled', cancelled_at = ${ctx.now}, sequence = sequence + 1,
      version = version + 1
    where district_id = ${request.districtId} and request_id = ${id} and status = 'planned'
    returning id, district_id, request_id, round_id, status, chair_id, planned_at, place, number, sequence`.execute(ctx.tx);
  for (const conference of planned) await tellOfConference(ctx, conference, 'support.conference-cancelled');
  const moved = await move(
    ctx,
    request,
    'closed',
    { ...stoppedClock, closedAt: ctx.now, solved: body.solved, nextOn: body.followUpOn },
    {
      type: 'support.closed',
      facts: { solved: body.solved },
    },
  );
  await tell(ctx, request, [request.askerId, ...(await holdersAt(ctx.tx, request.stationId, ['head']))], 'support.closed');
  return moved;
};
