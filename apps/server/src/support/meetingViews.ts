import { randomBytes } from 'node:crypto';
import { consentVerdict } from '@jieyou/core/cases/rules.ts';
import { type Day, dayOf, formatDay, formatInstant, type Instant, weekdayOf } from '@jieyou/core/shared/day.ts';
import { rankSlots, type SlotAnswer, type SlotReason } from '@jieyou/core/support/meeting.ts';
import { sql } from 'kysely';
import { consentsOfCase } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { fileAs } from '../platform/http/fileAs.ts';
import { allOf, readPage } from '../platform/http/paging.ts';
import { calendarFile } from '../platform/mail/calendarFile.ts';
import { officialPaper } from '../platform/print/index.ts';
import { appointmentOf, expertTimePack, type Planned, pollPeople } from './appointments.ts';

const listed = (names: unknown): string => (Array.isArray(names) ? names.join('、') : String(names));

const reasonSays = ({ code, facts }: SlotReason): string => {
  switch (code) {
    case 'all-required':
      return `必到的 ${String(facts.people)} 位都能来`;
    case 'required-cannot':
      return `必到的${listed(facts.names)}不能来`;
    case 'required-silent':
      return `必到的${listed(facts.names)}还没有答复`;
    case 'away':
      return `${listed(facts.names)}登记了这天不在`;
    case 'weekday':
      return `这天不是${listed(facts.names)}约定的日子`;
    case 'counts':
      return `可以 ${String(facts.yes)}，勉强 ${String(facts.ifNeedBe)}，不行 ${String(facts.no)}，未答 ${String(facts.silent)}`;
  }
};

type Voter = {
  personId: string;
  name: string;
  required: boolean;
  answers: SlotAnswer[] | null;
  weekdays: number[] | null;
  termFrom: Day | null;
  termTo: Day | null;
  away: { from: Day; to: Day }[];
};

/** The last question for the time of a conference, for the centre and the chair: counts, and the best slot first with its reasons. */
export const readPoll = async (ctx: Ctx, conference: Planned) => {
  const people = (await pollPeople(ctx, conference)).map(({ expertId: _, ...one }) => one);
  const poll = await ctx.tx
    .selectFrom('conferencePoll')
    .selectAll()
    .where('districtId', '=', conference.districtId)
    .where('conferenceId', '=', conference.id)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (poll === undefined || poll.status === 'withdrawn') return { poll: null, people };
  const { rows: voters } = await sql<Voter>`
    select v.person_id, p.name, v.required, v.answers, e.weekdays, e.term_from, e.term_to,
      (select coalesce(json_agg(json_build_object('from', a.from_day, 'to', a.to_day)), '[]') from expert_away a where a.expert_id = v.expert_id) as away
    from poll_vote v join person p on p.id = v.person_id left join expert e on e.id = v.expert_id
    where v.district_id = ${poll.districtId} and v.poll_id = ${poll.id} order by v.id`.execute(ctx.tx);
  const slots = poll.slots.map((s) => new Date(s).toISOString() as Instant);
  const ranked = rankSlots(
    slots,
    voters.map(({ weekdays, termFrom, termTo, away, ...v }) => ({
      ...v,
      availability: weekdays === null || termFrom === null ? null : { weekdays, termFrom, termTo, away },
    })),
  );
  return {
    poll: {
      id: poll.id,
      conferenceId: poll.conferenceId,
      number: poll.number,
      status: poll.status as 'open',
      deadline: poll.deadline,
      slots: ranked.map((s) => ({ ...s, reasons: s.reasons.map(reasonSays) })),
      voters: voters.map((v) => ({
        personId: v.personId,
        name: v.name,
        required: v.required,
        answers: v.answers?.map((answer, i) => ({ at: slots[i] ?? '', answer })) ?? null,
      })),
      chosen: poll.chosen,
      version: poll.version,
    },
    people,
  };
};

type Paged = { limit: number; after?: string | undefined; count?: 'yes' | undefined };

type OwnPollRow = {
  id: string;
  number: string;
  status: 'open' | 'closed' | 'chosen' | 'withdrawn';
  deadline: string;
  place: string;
  chairName: string;
  slots: string[];
  answers: SlotAnswer[] | null;
  answeredAt: string | null;
  chosen: string | null;
};

/** Questions for a time that were put to the one who looks; the own answers only. */
export const ownPolls = async (ctx: Ctx, query: Paged & { state: 'open' | 'all' }) => {
  const page = await readPage<OwnPollRow>(ctx.tx, query, {
    columns: sql`q.id, q.number, case when q.status = 'open' and q.deadline <= app_now() then 'closed' else q.status end as status, q.deadline,
      conference_place(q.district_id, q.conference_id) as place, p.name as chair_name, q.slots, v.answers, v.answered_at, q.chosen`,
    from: sql`from conference_poll q join poll_vote v on v.district_id = q.district_id and v.poll_id = q.id and v.person_id = ${ctx.actor.personId}
      join person p on p.id = q.chair_id`,
    where: allOf([
      sql`q.district_id = ${ctx.actor.districtId} and q.status <> 'withdrawn'`,
      query.state === 'open' && sql`q.status = 'open' and q.deadline > app_now()`,
    ]),
    sort: [{ column: 'id', direction: 'desc', type: 'uuid' }],
    alias: 'q',
  });
  const { rows: own } =
    ctx.actor.expertId === null
      ? { rows: [] }
      : await sql<{
          fromDay: string;
          toDay: string;
        }>`select from_day, to_day from expert_away where expert_id = ${ctx.actor.expertId}`.execute(ctx.tx);
  return {
    ...page,
    rows: page.rows.map(({ answers, slots, ...row }) => ({
      ...row,
      slots: slots.map((s, i) => {
        const at = new Date(s).toISOString() as Instant;
        const on = dayOf(at);
        return { at, answer: answers?.[i] ?? null, away: own.some((a) => on >= a.fromDay && on <= a.toDay) };
      }),
    })),
  };
};

type OwnConferenceRow = {
  id: string;
  number: string;
  status: 'planned' | 'held' | 'cancelled';
  plannedAt: string;
  place: string;
  chairName: string;
  asking: boolean;
  invitationId: string | null;
};

// Whoever is expected: the chair, an expert who accepted, the asker. Row-level security hides the rest.
const EXPECTED = (ctx: Ctx) => sql`(c.chair_id = ${ctx.actor.personId}
  or exists (select 1 from support_invitation i where i.district_id = c.district_id and i.round_id = c.round_id
    and i.expert_id = ${ctx.actor.expertId} and i.status in ('accepted', 'answered'))
  or exists (select 1 from support_request r where r.district_id = c.district_id and r.id = c.request_id
    and r.asker_id = any(${[...ctx.actor.selves]}::uuid[])))`;

/** Conferences to which the one who looks is expected, the next first. */
export const ownConferences = async (ctx: Ctx, query: Paged) => {
  const hours = (await expertTimePack(ctx.tx, ctx.actor.districtId, ctx.today))['conference.listedHours'];
  const since = new Date(Date.parse(ctx.now) - hours * 3_600_000).toISOString();
  return readPage<OwnConferenceRow>(ctx.tx, query, {
    columns: sql`c.id, c.number, c.status, c.planned_at, c.place, p.name as chair_name,
      exists (select 1 from conference_poll q where q.district_id = c.district_id and q.conference_id = c.id and q.status = 'open') as asking,
      (select i.id from support_invitation i where i.district_id = c.district_id and i.round_id = c.round_id
        and i.expert_id = ${ctx.actor.expertId} and i.status in ('accepted', 'answered') limit 1) as invitation_id`,
    from: sql`from support_conference c join person p on p.id = c.chair_id`,
    where: allOf([sql`c.district_id = ${ctx.actor.districtId} and c.status = 'planned' and c.planned_at > ${since}`, EXPECTED(ctx)]),
    sort: [
      { column: 'planned_at', direction: 'asc', type: 'timestamptz' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'c',
  });
};

/** The calendar file of a conference for those who are expected, and for the centre. */
export const conferenceCalendar = async (ctx: Ctx, id: string): Promise<string> => {
  const centre = ctx.actor.roles.includes('centre');
  const { rows } = await sql<
    Planned & { asking: boolean }
  >`select c.id, c.district_id, c.request_id, c.round_id, c.status, c.chair_id, c.planned_at, c.place,
      c.number, c.sequence,
      exists (select 1 from conference_poll q where q.district_id = c.district_id and q.conference_id = c.id and q.status = 'open') as asking
    from support_conference c where c.id = ${id} and (${centre ? sql`true` : EXPECTED(ctx)})`.execute(ctx.tx);
  const conference = rows[0];
  if (conference === undefined) return ctx.notFound();
  const file = calendarFile({ ...(await appointmentOf(ctx, conference, conference.asking)), link: null }, new Date(ctx.now), null);
  ctx.http.reply.type('text/calendar; charset=utf-8').header('content-disposition', fileAs(`会诊${conference.number}.ics`));
  return file;
};

type AgendaRow = {
  guardian: boolean;
  companion: string;
  welcome: string;
  items: string[];
  attended: boolean | null;
  consentId: string;
  version: number;
};

/** The client's agenda of a conference: apart from what professionals write. */
export const clientAgenda = async (ctx: Ctx, conference: Planned, minor: boolean) => {
  const row = (await ctx.tx
    .selectFrom('clientAgenda')
    .select(['guardian', 'companion', 'welcome', 'items', 'attended', 'consentId', 'version'])
    .where('districtId', '=', conference.districtId)
    .where('id', '=', conference.id)
    .executeTakeFirst()) as AgendaRow | undefined;
  ctx.saw('conference', conference.id, { outcome: 'agenda' });
  return {
    agenda:
      row === undefined
        ? null
        : {
            ...row,
            conferenceId: conference.id,
            number: conference.number,
            conferenceStatus: conference.status,
            plannedAt: conference.plannedAt,
            place: conference.place,
            minor,
          },
  };
};

/** Consents of the recipient for attending, as far as they live. */
export const attendanceConsents = async (ctx: Ctx, request: { districtId: string; caseId: string }) =>
  (await consentsOfCase(ctx.tx, request.districtId, request.caseId))
    .filter((c) => consentVerdict(c, { purpose: 'attendance', fields: [], today: ctx.today }).ok)
    .map(({ id, signedBy, grantedOn, expiresOn }) => ({ id, signedBy, grantedOn, expiresOn }));

const WEEKDAYS = ['', '星期一', '星期二', '星期三', '星期四', '星期五', '星期六', '星期日'];

/** The client's agenda on paper: when, where, what will be talked about. No opinion, no minutes, no name of an expert. */
export const printedAgenda = async (ctx: Ctx, conference: Planned): Promise<string> => {
  const { agenda } = await clientAgenda(ctx, conference, false);
  if (agenda === null) return ctx.notFound();
  const { rows } = await sql<{ centreName: string | null }>`select centre_name from division where id = ${conference.districtId}`.execute(
    ctx.tx,
  );
  const styleNonce = randomBytes(16).toString('base64url');
  const on = dayOf(conference.plannedAt as Instant);
  const html = officialPaper({
    title: '会诊议程（给您的一份）',
    number: conference.number,
    date: formatDay(dayOf(ctx.now)),
    issuer: rows[0]?.centreName ?? '社会工作疑难个案支援中心',
    secrecy: '请自己保管',
    styleNonce,
    watermark: '',
    signatures: [],
    parts: [
      { kind: 'text', text: agenda.welcome },
      { kind: 'heading', text: '时间与地点' },
      {
        kind: 'text',
        text: `${formatInstant(conference.plannedAt as Instant)}（${WEEKDAYS[weekdayOf(on)] ?? ''}）。${conference.place}。${agenda.companion === '' ? '' : `陪您来的人：${agenda.companion}。`}`,
      },
      { kind: 'heading', text: '我们一起谈什么' },
      { kind: 'table', head: ['顺序', '内容'], rows: agenda.items.map((item, i) => [String(i + 1), item]) },
      { kind: 'heading', text: '您可以' },
      { kind: 'text', text: '随时提问，随时休息，也可以中途离开。不想谈的，可以不谈。来之前改变主意，告诉您的社工就好。' },
    ],
  });
  ctx.http.reply
    .type('text/html; charset=utf-8')
    .header('content-security-policy', `default-src 'none'; style-src 'nonce-${styleNonce}'; frame-ancestors 'self'`);
  return html;
};
