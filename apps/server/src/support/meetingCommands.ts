import { consentVerdict } from '@jieyou/core/cases/rules.ts';
import { ageOn, type Day, dayOf, type Instant } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { attendanceVerdict, pollVerdict, type SlotAnswer } from '@jieyou/core/support/meeting.ts';
import type { OpinionDraft } from '@jieyou/core/support/meetingSchema.ts';
import { packetExpiresAt, screenerVerdict } from '@jieyou/core/support/rules.ts';
import { sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import { expertsForPanel } from '../experts/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { asReceivers, ensureSeats, ownInvitation, personOfExpert, refusedConsent } from './adviceCommands.ts';
import { type Planned, pollPeople, swapVoter, tellOfConference } from './appointments.ts';
import { rulesOf } from './clock.ts';
import { requestInReach, say } from './commands.ts';
import { asChair, findConference } from './followCommands.ts';
import * as store from './store.ts';

/** A conference that stands and is the actor's to arrange; the request opens to its chair for the rest of the transaction. */
const plannedConference = async (ctx: Ctx<'support.conference-over'>, id: string) => {
  const conference = await findConference(ctx, id);
  await asChair(ctx, conference);
  if (conference.status !== 'planned') ctx.refuse('support.conference-over', { status: conference.status });
  return conference;
};

/** Asks for a time: some slots, the invited experts, the chair and the asker; an earlier question that is still open is taken back. */
export const askForTime = async (
  ctx: Ctx<
    | 'support.conference-over'
    | 'support.slots-twice'
    | 'support.slot-past'
    | 'support.deadline-past'
    | 'support.poll-deadline-late'
    | 'support.required-unknown'
  >,
  conferenceId: string,
  body: { slots: string[]; deadline: string; requiredIds?: string[] | undefined },
) => {
  const conference = await plannedConference(ctx, conferenceId);
  const verdict = pollVerdict(body.slots as Instant[], body.deadline as Instant, ctx.now);
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const people = await pollPeople(ctx, conference);
  const voters = new Map(people.map((p) => [p.personId, p.expertId]));
  const required = new Set(body.requiredIds ?? people.filter((p) => p.part !== 'asker').map((p) => p.personId));
  if ([...required].some((r) => !voters.has(r))) ctx.refuse('support.required-unknown');
  await ctx.tx
    .updateTable('conferencePoll')
    .set({ status: 'withdrawn', closedAt: ctx.now })
    .where('districtId', '=', conference.districtId)
    .where('conferenceId', '=', conference.id)
    .where('status', 'in', ['open', 'closed'])
    .execute();
  const pollId = ctx.id();
  const slots = [...body.slots].sort((a, b) => Date.parse(a) - Date.parse(b)).map((s) => new Date(s).toISOString());
  await ctx.tx
    .insertInto('conferencePoll')
    .values({
      districtId: conference.districtId,
      id: pollId,
      requestId: conference.requestId,
      conferenceId: conference.id,
      number: conference.number,
      chairId: conference.chairId,
      status: 'open',
      deadline: body.deadline,
      slots: sql`${slots}::timestamptz[]`,
      voterIds: [...voters.keys()],
      createdBy: ctx.actor.personId,
      createdAt: ctx.now,
    })
    .execute();
  await ctx.tx
    .insertInto('pollVote')
    .values(
      [...voters].map(([personId, expertId]) => ({
        districtId: conference.districtId,
        id: ctx.id(),
        pollId,
        requestId: conference.requestId,
        personId,
        expertId,
        chairId: conference.chairId,
        required: required.has(personId),
      })),
    )
    .execute();
  await ctx.record({
    type: 'support.poll-opened',
    recordKind: 'poll',
    recordId: pollId,
    requestRef: conference.requestId,
    facts: { slots: slots.length, asked: voters.size },
  });
  await ctx.notify(
    [...voters.keys()].filter((v) => v !== ctx.actor.personId),
    { kind: 'support.poll-opened', recordKind: 'poll', recordId: pollId, number: conference.number },
  );
  await ctx.changed('request', conference.requestId);
  return { id: pollId, version: 1 };
};

/** A question for a time in reach: row-level security shows it to those who are asked, the chair and the centre. */
const findPoll = async (ctx: Ctx, id: string) =>
  (await ctx.tx.selectFrom('conferencePoll').selectAll().where('id', '=', id).executeTakeFirst()) ?? ctx.notFound();

/** Answers every slot; until the deadline one may change one's mind. */
export const answerPoll = async (
  ctx: Ctx<'support.poll-over' | 'support.answers-incomplete'>,
  id: string,
  answers: SlotAnswer[],
): Promise<{ ok: true }> => {
  const poll = await findPoll(ctx, id);
  if (!poll.voterIds.includes(ctx.actor.personId)) return ctx.notFound();
  if (poll.status !== 'open' || poll.deadline <= ctx.now) ctx.refuse('support.poll-over');
  if (answers.length !== poll.slots.length) ctx.refuse('support.answers-incomplete');
  const was = await ctx.tx
    .selectFrom('pollVote')
    .select('answeredAt')
    .where('pollId', '=', id)
    .where('personId', '=', ctx.actor.personId)
    .executeTakeFirst();
  await ctx.tx
    .updateTable('pollVote')
    .set({ answers, answeredAt: ctx.now })
    .where('pollId', '=', id)
    .where('personId', '=', ctx.actor.personId)
    .execute();
  await ctx.record({ type: 'support.poll-answered', recordKind: 'poll', recordId: id, requestRef: poll.requestId });
  const { rows } = await sql<{ all: boolean }>`select poll_is_answered(${poll.districtId}, ${id}) as "all"`.execute(ctx.tx);
  if (rows[0]?.all === true && was?.answeredAt === null && poll.createdBy !== ctx.actor.personId) {
    await ctx.notify([poll.createdBy], {
      kind: 'support.poll-answered',
      recordKind: 'conference',
      recordId: poll.conferenceId,
      number: poll.number,
    });
  }
  await ctx.changed('request', poll.requestId);
  return { ok: true };
};

type Settled = { plannedAt: string; place: string };

/** Gives a conference its time and place: the sequence of its calendar entry rises, the request's next day follows. */
const settle = async (ctx: Ctx<'record.changed-meanwhile'>, conference: Planned & { version: number }, to: Settled): Promise<Planned> => {
  const done = await ctx.tx
    .updateTable('supportConference')
    .set({ ...to, sequence: conference.sequence + 1, version: conference.version + 1 })
    .where('districtId', '=', conference.districtId)
    .where('id', '=', conference.id)
    .where('version', '=', conference.version)
    .where('status', '=', 'planned')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) ctx.refuse('record.changed-meanwhile');
  await sql`update support_request set next_on = ${dayOf(to.plannedAt as Instant)}, updated_at = ${ctx.now}
    where district_id = ${conference.districtId} and id = ${conference.requestId} and status = 'supporting'`.execute(ctx.tx);
  return { ...conference, ...to, sequence: conference.sequence + 1 };
};

/** Chooses a slot; the conference is planned for it and everybody who is expected hears of it. */
export const chooseSlot = async (
  ctx: Ctx<'record.changed-meanwhile' | 'support.poll-over' | 'support.slot-unknown' | 'support.slot-past' | 'support.conference-over'>,
  id: string,
  body: { version: number; slot: string; place?: string | undefined },
) => {
  const poll = await findPoll(ctx, id);
  const conference = await plannedConference(ctx, poll.conferenceId);
  if (!['open', 'closed'].includes(poll.status)) ctx.refuse('support.poll-over');
  if (poll.version !== body.version) ctx.refuse('record.changed-meanwhile', { version: poll.version });
  const slot = new Date(body.slot).toISOString();
  if (!poll.slots.some((s) => new Date(s).toISOString() === slot)) ctx.refuse('support.slot-unknown');
  if (slot <= ctx.now) ctx.refuse('support.slot-past');
  const chosen = await ctx.tx
    .updateTable('conferencePoll')
    .set({ status: 'chosen', chosen: slot, closedAt: ctx.now, version: poll.version + 1 })
    .where('id', '=', id)
    .where('version', '=', poll.version)
    .executeTakeFirst();
  if (chosen.numUpdatedRows === 0n) ctx.refuse('record.changed-meanwhile');
  const settled = await settle(ctx, conference, { plannedAt: slot, place: body.place ?? conference.place });
  await ctx.record({ type: 'support.slot-chosen', recordKind: 'conference', recordId: conference.id, requestRef: conference.requestId });
  await tellOfConference(ctx, settled, 'support.conference-planned');
  return { id, version: poll.version + 1 };
};

/** Moves a conference to another time or place. */
export const moveConference = async (
  ctx: Ctx<'record.changed-meanwhile' | 'support.conference-over' | 'support.slot-past'>,
  id: string,
  body: { version: number; plannedAt: string; place: string },
) => {
  const conference = await plannedConference(ctx, id);
  if (conference.version !== body.version) ctx.refuse('record.changed-meanwhile', { version: conference.version });
  if (body.plannedAt <= ctx.now) ctx.refuse('support.slot-past');
  const moved = await settle(ctx, conference, { plannedAt: body.plannedAt, place: body.place });
  await ctx.record({
    type: 'support.conference-moved',
    recordKind: 'conference',
    recordId: id,
    requestRef: conference.requestId,
    facts: { from: conference.plannedAt, to: body.plannedAt },
  });
  await tellOfConference(ctx, moved, 'support.conference-moved');
  return { id, version: conference.version + 1 };
};

/** Cancels a conference; what was asked about its time is over too. */
export const cancelConference = async (
  ctx: Ctx<'record.changed-meanwhile' | 'support.conference-over'>,
  id: string,
  body: { version: number; reason: string },
) => {
  const conference = await plannedConference(ctx, id);
  const done = await ctx.tx
    .updateTable('supportConference')
    .set({
      status: 'cancelled',
      cancelledAt: ctx.now,
      cancelReason: body.reason,
      sequence: conference.sequence + 1,
      version: conference.version + 1,
    })
    .where('districtId', '=', conference.districtId)
    .where('id', '=', id)
    .where('version', '=', body.version)
    .where('status', '=', 'planned')
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) ctx.refuse('record.changed-meanwhile', { version: conference.version });
  await ctx.tx
    .updateTable('conferencePoll')
    .set({ status: 'withdrawn', closedAt: ctx.now })
    .where('districtId', '=', conference.districtId)
    .where('conferenceId', '=', id)
    .where('status', 'in', ['open', 'closed'])
    .execute();
  const eventId = await ctx.record({
    type: 'support.conference-cancelled',
    recordKind: 'conference',
    recordId: id,
    requestRef: conference.requestId,
  });
  await say(ctx, { id: conference.requestId, districtId: conference.districtId }, eventId, { kind: 'cancellation', says: body.reason });
  await tellOfConference(ctx, { ...conference, status: 'cancelled', sequence: conference.sequence + 1 }, 'support.conference-cancelled');
  return { id, version: conference.version + 1 };
};

/** Plans another conference of the last round, after the one before was cancelled. */
export const planConference = async (
  ctx: Ctx<'support.moved-on' | 'support.conference-planned' | 'support.no-round' | 'support.chair-unknown' | 'support.slot-past'>,
  requestId: string,
  body: { chairId: string; plannedAt: string; place: string },
) => {
  const request = await requestInReach(ctx, requestId);
  if (!['supporting', 'following'].includes(request.status)) ctx.refuse('support.moved-on', { status: request.status });
  if (body.plannedAt <= ctx.now) ctx.refuse('support.slot-past');
  const { rows } = await sql<{ roundId: string | null; planned: boolean }>`select
      (select id from support_round where district_id = ${request.districtId} and request_id = ${requestId} order by number desc limit 1) as round_id,
      exists (select 1 from support_conference where district_id = ${request.districtId} and request_id = ${requestId} and status = 'planned') as planned`.execute(
    ctx.tx,
  );
  const roundId = rows[0]?.roundId ?? null;
  if (roundId === null) return ctx.refuse('support.no-round');
  if (rows[0]?.planned === true) ctx.refuse('support.conference-planned');
  if (!(await store.holdsRole(ctx.tx, request.districtId, body.chairId, ['centre', 'supervisor', 'expert'])))
    ctx.refuse('support.chair-unknown');
  const conference = {
    districtId: request.districtId,
    id: ctx.id(),
    requestId,
    roundId,
    status: 'planned' as const,
    ...body,
    number: request.archiveNo ?? request.receiptNo ?? '',
  };
  await ctx.tx.insertInto('supportConference').values(conference).execute();
  await ctx.record({ type: 'support.conference-planned', recordKind: 'conference', recordId: conference.id, requestRef: requestId });
  await tellOfConference(ctx, { ...conference, sequence: 0 }, 'support.conference-planned');
  return { id: conference.id, version: 1 };
};

type ReplaceCodes =
  | 'support.not-replaceable'
  | 'support.moved-on'
  | 'support.deadline-past'
  | 'support.expert-in-round'
  | 'support.expert-excluded'
  | 'support.consent-missing'
  | 'support.consent-other-receiver'
  | 'support.consent-receiver-unnamed'
  | 'support.screener-is-asker';

/**
 * Replaces an expert who is late or cannot: the invitation is taken back and somebody else reads the same packet until a new deadline. The
 * round, its packet, its quorum and the opinions that were given stay; what was already open to others stays open.
 */
export const replaceExpert = async (
  ctx: Ctx<ReplaceCodes>,
  id: string,
  body: { expertId: string; helpFields: HelpField[]; deadline: string; reason: string },
) => {
  const before = await store.findInvitation(ctx.tx, id);
  if (before === undefined) return ctx.notFound();
  const request = await requestInReach(ctx, before.requestId);
  const asker = screenerVerdict(ctx.actor, request);
  if (!asker.ok) ctx.refuse(asker.code, asker.facts);
  if (!['invited', 'accepted', 'expired', 'declined'].includes(before.status) || before.opinionAt !== null)
    ctx.refuse('support.not-replaceable', { status: before.status });
  if (request.status !== 'supporting') ctx.refuse('support.moved-on', { status: request.status });
  if (body.deadline <= ctx.now) ctx.refuse('support.deadline-past');
  const round = await store.findRound(ctx.tx, before.roundId);
  if (round === undefined) return ctx.notFound();
  const { rows: there } = await sql`select 1 from support_invitation where district_id = ${request.districtId} and round_id = ${round.id}
    and expert_id = ${body.expertId}`.execute(ctx.tx);
  if (there.length > 0) ctx.refuse('support.expert-in-round');
  const rules = await rulesOf(ctx.tx, request.districtId, ctx.today);
  const meetsOn = dayOf(body.deadline as Instant);
  const experts = await expertsForPanel(ctx.tx, request.districtId, request.askerId, request.organisationId, ctx.today, meetsOn);
  ensureSeats(ctx, experts, request, [body], meetsOn, rules.pack);
  // The packet goes to one more person: what allowed it must still stand.
  if (round.basisKind === 'consent') {
    const consent = (await consentsOfCase(ctx.tx, request.districtId, request.caseId)).find((c) => c.id === round.consentId);
    const reads = await asReceivers(
      ctx,
      experts.filter((e) => e.id === body.expertId),
    );
    const verdict =
      consent === undefined
        ? undefined
        : consentVerdict(consent, { purpose: 'conference', fields: [], today: ctx.today, receivers: reads });
    if (verdict === undefined) ctx.refuse('support.consent-missing');
    else if (!verdict.ok) {
      const code = refusedConsent(verdict.code);
      ctx.refuse(code === 'support.consent-too-narrow' ? 'support.consent-missing' : code);
    }
  }
  const counted = before.status !== 'declined';
  if (!(await store.moveInvitation(ctx.tx, before, { status: 'revoked', revokedAt: ctx.now }))) ctx.refuse('support.not-replaceable');
  const invitation = {
    districtId: request.districtId,
    id: ctx.id(),
    requestId: request.id,
    roundId: round.id,
    expertId: body.expertId,
    helpFields: body.helpFields,
    status: 'invited',
    invitedAt: ctx.now,
    number: before.number,
    domain: before.domain,
    replacesId: id,
  };
  await ctx.tx.insertInto('supportInvitation').values(invitation).execute();
  const deadline = body.deadline > round.deadline ? body.deadline : round.deadline;
  const expiresAt = packetExpiresAt(deadline as Instant, rules.pack['packet.expiryDays']);
  // Where the old deadline had opened the opinions, they stay open: nobody un-reads them.
  await sql`update support_round set asked = asked + ${counted ? 0 : 1}, deadline = ${deadline}, expires_at = greatest(expires_at, ${expiresAt}::timestamptz),
      opinions_open_at = case when deadline <= ${ctx.now}::timestamptz then coalesce(opinions_open_at, deadline) else opinions_open_at end,
      version = version + 1
    where district_id = ${request.districtId} and id = ${round.id}`.execute(ctx.tx);
  const [wasPerson, isPerson] = [await personOfExpert(ctx, before.expertId), await personOfExpert(ctx, body.expertId)];
  await swapVoter(ctx, round.id, wasPerson, { personId: isPerson, expertId: body.expertId });
  const eventId = await ctx.record({
    type: 'support.expert-replaced',
    recordKind: 'invitation',
    recordId: invitation.id,
    requestRef: request.id,
    facts: { replaces: id, hash: round.packetHash },
  });
  await say(ctx, request, eventId, { kind: 'replacement', says: body.reason });
  await ctx.notify([wasPerson], {
    kind: 'support.invitation-revoked',
    recordKind: 'notice',
    recordId: ctx.id(),
    number: before.number,
  });
  await ctx.notify([isPerson], { kind: 'support.invited', recordKind: 'invitation', recordId: invitation.id, number: before.number });
  await ctx.changed('request', request.id);
  return { id: invitation.id, version: 1 };
};

const draftPlace = (id: string) => ({ table: 'opinion_draft', row: id, field: 'draft' });

/** Keeps what an expert has written so far; the last device to write wins. */
export const keepOpinionDraft = async (
  ctx: Ctx<'support.pledge-missing' | 'support.opinion-given'>,
  id: string,
  body: OpinionDraft,
): Promise<{ savedAt: string }> => {
  const invitation = await ownInvitation(ctx, id);
  if (invitation.opinionAt !== null) ctx.refuse('support.opinion-given');
  if (invitation.pledgedAt === null || invitation.status !== 'accepted') ctx.refuse('support.pledge-missing');
  const draftCt = ctx.crypto.encrypt(JSON.stringify(body), draftPlace(id));
  await ctx.tx
    .insertInto('opinionDraft')
    .values({ districtId: invitation.districtId, id, expertId: invitation.expertId, draftCt, savedAt: ctx.now })
    .onConflict((c) =>
      c.columns(['districtId', 'id']).doUpdateSet((eb) => ({ draftCt, savedAt: ctx.now, version: eb('opinionDraft.version', '+', 1) })),
    )
    .execute();
  return { savedAt: ctx.now };
};

/** What an expert has written so far, on whatever device; gone once the packet is no longer to be read. */
export const readOpinionDraft = async (ctx: Ctx, id: string) => {
  const invitation = await ownInvitation(ctx, id);
  const round = await store.findRound(ctx.tx, invitation.roundId);
  const row = await ctx.tx.selectFrom('opinionDraft').select(['draftCt', 'savedAt']).where('id', '=', id).executeTakeFirst();
  if (row === undefined || invitation.status !== 'accepted' || round === undefined || round.expiresAt <= ctx.now)
    return { draft: null, savedAt: null };
  ctx.saw('invitation', id, { outcome: 'draft' });
  return { draft: JSON.parse(ctx.crypto.decrypt(row.draftCt, draftPlace(id))) as OpinionDraft, savedAt: row.savedAt };
};

/** A conference whose request the actor reads as its asker or as the centre. */
export const conferenceOfSide = async (ctx: Ctx, id: string) => {
  const { rows } = await sql<
    Planned & { version: number }
  >`select id, district_id, request_id, round_id, status, chair_id, planned_at, place, number, sequence, version
    from support_conference where id = ${id}`.execute(ctx.tx);
  const conference = rows[0];
  if (conference === undefined) return ctx.notFound();
  const request = await requestInReach(ctx, conference.requestId);
  return { conference, request };
};

/** Whether the recipient is a minor on the day of the conference. Without a birth date nobody is taken for of age. */
export const isMinor = async (ctx: Ctx, districtId: string, requestId: string, on: Day): Promise<boolean> => {
  const content = await store.findContent(ctx.tx, districtId, requestId);
  if (content === undefined) return ctx.notFound();
  if (content.recipientBirthOn === null) return true;
  return (ageOn(content.recipientBirthOn as Day, on) ?? 0) < 18;
};

/** Asks the client to come, with an agenda of the client's own: consent for attending, for a minor a guardian's, who comes along. */
export const writeClientAgenda = async (
  ctx: Ctx<'record.changed-meanwhile' | 'support.conference-over' | 'support.attendance-consent-missing' | 'support.guardian-needed'>,
  id: string,
  body: { version: number; consentId: string; companion: string; welcome: string; items: string[] },
) => {
  const { conference, request } = await conferenceOfSide(ctx, id);
  if (conference.status !== 'planned') ctx.refuse('support.conference-over', { status: conference.status });
  const consent = (await consentsOfCase(ctx.tx, request.districtId, request.caseId)).find((c) => c.id === body.consentId);
  const minor = await isMinor(ctx, request.districtId, request.id, dayOf(conference.plannedAt as Instant));
  const verdict = attendanceVerdict({
    consentLives: consent !== undefined && consentVerdict(consent, { purpose: 'attendance', fields: [], today: ctx.today }).ok,
    minor,
    signedBy: consent?.signedBy ?? '',
    companion: body.companion,
  });
  if (!verdict.ok) ctx.refuse(verdict.code, verdict.facts);
  const { version, ...agenda } = body;
  const written = { ...agenda, guardian: minor, byId: ctx.actor.personId, at: ctx.now };
  const done =
    version === 0
      ? await ctx.tx
          .insertInto('clientAgenda')
          .values({ ...written, districtId: conference.districtId, id, requestId: request.id })
          .onConflict((c) => c.doNothing())
          .executeTakeFirst()
      : await ctx.tx
          .updateTable('clientAgenda')
          .set({ ...written, version: version + 1 })
          .where('districtId', '=', conference.districtId)
          .where('id', '=', id)
          .where('version', '=', version)
          .executeTakeFirst();
  const changed = 'numUpdatedRows' in done ? done.numUpdatedRows : (done.numInsertedOrUpdatedRows ?? 0n);
  if (changed === 0n) ctx.refuse('record.changed-meanwhile');
  await ctx.record({ type: 'support.client-invited', recordKind: 'conference', recordId: id, requestRef: request.id, facts: { minor } });
  await ctx.changed('request', request.id);
  return { id, version: version + 1 };
};

/** Notes whether the client came, from the time of the conference on. */
export const recordClientAttendance = async (
  ctx: Ctx<'record.changed-meanwhile' | 'support.attendance-early'>,
  id: string,
  body: { version: number; attended: boolean },
) => {
  const { conference, request } = await conferenceOfSide(ctx, id);
  if (conference.status === 'planned' && conference.plannedAt > ctx.now) ctx.refuse('support.attendance-early');
  const there = await ctx.tx.selectFrom('clientAgenda').select('version').where('id', '=', id).executeTakeFirst();
  if (there === undefined) return ctx.notFound();
  const done = await ctx.tx
    .updateTable('clientAgenda')
    .set({ attended: body.attended, version: body.version + 1 })
    .where('districtId', '=', conference.districtId)
    .where('id', '=', id)
    .where('version', '=', body.version)
    .executeTakeFirst();
  if (done.numUpdatedRows === 0n) ctx.refuse('record.changed-meanwhile', { version: there.version });
  await ctx.record({
    type: 'support.client-attendance',
    recordKind: 'conference',
    recordId: id,
    requestRef: request.id,
    facts: { attended: body.attended },
  });
  await ctx.changed('request', request.id);
  return { id, version: body.version + 1 };
};
