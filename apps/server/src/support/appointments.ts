import { type Day, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import { ExpertTimePack } from '@jieyou/core/support/meeting.ts';
import { sql } from 'kysely';
import { mailAppointment } from '../notices/index.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Ctx } from '../platform/http/context.ts';
import type { Appointment } from '../platform/mail/calendarFile.ts';
import { packInForce } from '../rulepacks/index.ts';

/** Figures of experts' time in force. */
export const expertTimePack = async (tx: Tx, districtId: string, day: string): Promise<ExpertTimePack> =>
  ExpertTimePack.parse((await packInForce(tx, 'expert-time', districtId, day)).values);

/** A conference as far as its calendar entry goes. */
export type Planned = {
  id: string;
  districtId: string;
  requestId: string;
  roundId: string;
  status: 'planned' | 'held' | 'cancelled';
  chairId: string;
  plannedAt: string;
  place: string;
  number: string;
  sequence: number;
};

/** The calendar entry of a conference: its number, its time, its place; nothing of the case. */
export const appointmentOf = async (ctx: Ctx, conference: Planned, tentative = false): Promise<Omit<Appointment, 'link'>> => ({
  uid: `${conference.id}@jieyou`,
  sequence: conference.sequence,
  title: `会诊 ${conference.number}`,
  startsAt: conference.plannedAt,
  minutes: (await expertTimePack(ctx.tx, conference.districtId, ctx.today))['conference.minutes'],
  place: conference.place,
  state: conference.status === 'cancelled' ? 'cancelled' : tentative ? 'tentative' : 'settled',
});

/** Experts who are expected: those of the round who accepted or answered; with `invited`, also those who have not said yet. */
export const expertsExpected = async (ctx: Ctx, conference: Pick<Planned, 'districtId' | 'roundId'>, invited = false) =>
  (
    await sql<{ personId: string; expertId: string; name: string; helpFields: HelpField[] }>`
      select e.person_id, e.id as expert_id, p.name, i.help_fields from support_invitation i join expert e on e.id = i.expert_id join person p on p.id = e.person_id
      where i.district_id = ${conference.districtId} and i.round_id = ${conference.roundId}
        and i.status = any(${invited ? ['invited', 'accepted', 'answered'] : ['accepted', 'answered']}::text[]) order by i.id`.execute(
      ctx.tx,
    )
  ).rows;

/** The asker of a request, for a chair who does not read the request. */
export const askerOf = async (ctx: Ctx, conference: Pick<Planned, 'districtId' | 'requestId'>) =>
  (
    await sql<{ askerId: string; name: string }>`select r.asker_id, p.name from support_request r join person p on p.id = r.asker_id
      where r.district_id = ${conference.districtId} and r.id = ${conference.requestId}`.execute(ctx.tx)
  ).rows[0];

/** Whom a question for the time of a conference goes to: the invited experts, the chair, the asker; each once. */
export const pollPeople = async (ctx: Ctx, conference: Pick<Planned, 'districtId' | 'roundId' | 'requestId' | 'chairId'>) => {
  type Asked = { personId: string; name: string; part: 'expert' | 'chair' | 'asker'; expertId: string | null };
  const people = new Map<string, Asked>();
  const add = (one: Asked) => {
    if (!people.has(one.personId)) people.set(one.personId, one);
  };
  for (const { personId, name, expertId } of await expertsExpected(ctx, conference, true))
    add({ personId, name, part: 'expert', expertId });
  const { name } = await ctx.tx.selectFrom('person').select('name').where('id', '=', conference.chairId).executeTakeFirstOrThrow();
  add({ personId: conference.chairId, name, part: 'chair', expertId: null });
  const asker = await askerOf(ctx, conference);
  if (asker !== undefined) add({ personId: asker.askerId, name: asker.name, part: 'asker', expertId: null });
  return [...people.values()];
};

const PAGE_OF: Readonly<Record<'expert' | 'chair' | 'asker', (of: Planned, invitationId?: string) => string>> = {
  expert: () => '/invitations',
  chair: (of) => `/conferences/${of.id}`,
  asker: (of) => `/requests/${of.requestId}`,
};

/** Tells those who are expected that a conference was planned, moved or cancelled: a message each, and a mail with the calendar entry. */
export const tellOfConference = async (
  ctx: Ctx,
  conference: Planned,
  kind: 'support.conference-planned' | 'support.conference-moved' | 'support.conference-cancelled',
): Promise<void> => {
  const calendar = await appointmentOf(ctx, conference);
  const experts = (await expertsExpected(ctx, conference)).map((e) => e.personId);
  const asker = (await askerOf(ctx, conference))?.askerId ?? null;
  const lines = [`时间：${formatInstant(conference.plannedAt as Instant)}`, `地点：${conference.place}`];
  const of = { kind, number: conference.number, lines, calendar };
  const chair = experts.includes(conference.chairId) || conference.chairId === asker ? [] : [conference.chairId];
  await mailAppointment(ctx, experts, { ...of, path: PAGE_OF.expert(conference) });
  await mailAppointment(ctx, chair, { ...of, path: PAGE_OF.chair(conference) });
  await mailAppointment(ctx, [asker], { ...of, path: PAGE_OF.asker(conference) });
  const others = [...experts, ...chair].filter((p) => p !== ctx.actor.personId);
  await ctx.notify(others, { kind, recordKind: 'conference', recordId: conference.id, number: conference.number });
  if (asker !== ctx.actor.personId)
    await ctx.notify([asker], { kind, recordKind: 'request', recordId: conference.requestId, number: conference.number });
  await ctx.changed('request', conference.requestId);
};

/** Sends one who has just accepted the calendar entry of the conference that stands. */
export const mailOwnAppointment = async (ctx: Ctx, roundId: string): Promise<void> => {
  const { rows } = await sql<Planned>`select id, district_id, request_id, round_id, status, chair_id, planned_at, place, number, sequence
    from support_conference where district_id = ${ctx.actor.districtId} and round_id = ${roundId} and status = 'planned' order by id desc limit 1`.execute(
    ctx.tx,
  );
  const conference = rows[0];
  if (conference === undefined) return;
  await mailAppointment(ctx, [ctx.actor.personId], {
    kind: 'support.conference-planned',
    number: conference.number,
    lines: [`时间：${formatInstant(conference.plannedAt as Instant)}`, `地点：${conference.place}`],
    path: '/invitations',
    calendar: await appointmentOf(ctx, conference),
  });
};

/** Takes somebody out of the open question for a time of a round, and asks somebody else instead. */
export const swapVoter = async (
  ctx: Ctx,
  roundId: string,
  out: string | null,
  into: { personId: string | null; expertId: string } | null,
): Promise<void> => {
  const { rows } = await sql<{ id: string; districtId: string; requestId: string; chairId: string; voterIds: string[] }>`
    select p.id, p.district_id, p.request_id, p.chair_id, p.voter_ids from conference_poll p join support_conference c
      on c.district_id = p.district_id and c.id = p.conference_id
    where c.district_id = ${ctx.actor.districtId} and c.round_id = ${roundId} and p.status = 'open'`.execute(ctx.tx);
  for (const poll of rows) {
    const left = poll.voterIds.filter((v) => v !== out || v === poll.chairId);
    const joins = into !== null && into.personId !== null && !left.includes(into.personId) ? [into.personId] : [];
    await ctx.tx
      .updateTable('conferencePoll')
      .set({ voterIds: [...left, ...joins] })
      .where('id', '=', poll.id)
      .execute();
    if (out !== null && out !== poll.chairId)
      await ctx.tx.deleteFrom('pollVote').where('pollId', '=', poll.id).where('personId', '=', out).execute();
    for (const personId of joins) {
      const { districtId, requestId, chairId } = poll;
      await ctx.tx
        .insertInto('pollVote')
        .values({
          districtId,
          id: ctx.id(),
          pollId: poll.id,
          requestId,
          personId,
          expertId: into?.expertId ?? null,
          chairId,
          required: true,
        })
        .execute();
    }
  }
};

/** Notes minutes that somebody says an expert gave. */
export const noteEffort = async (
  ctx: Ctx,
  of: {
    districtId: string;
    requestId: string;
    source: 'opinion' | 'conference';
    sourceId: string;
    expertIds: readonly string[];
    minutes: number;
    on: Day;
  },
): Promise<void> => {
  if (of.expertIds.length === 0) return;
  await ctx.tx
    .insertInto('expertEffort')
    .values(
      of.expertIds.map((expertId) => ({
        districtId: of.districtId,
        id: ctx.id(),
        expertId,
        requestId: of.requestId,
        source: of.source,
        sourceId: of.sourceId,
        minutes: of.minutes,
        onDay: of.on,
        enteredBy: ctx.actor.personId,
        enteredAt: ctx.now,
      })),
    )
    .execute();
};
