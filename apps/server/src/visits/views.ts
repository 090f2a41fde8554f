import type { Risk } from '@jieyou/core/cases/schema.ts';
import { scopeOf } from '@jieyou/core/identity/policy.ts';
import type { Actor } from '@jieyou/core/identity/schema.ts';
import type { Gender } from '@jieyou/core/shared/identifiers.ts';
import { visitPackOf } from '@jieyou/core/visits/pack.ts';
import { seenByVisit } from '@jieyou/core/visits/policy.ts';
import { dueOn, dueState, intervalDays, isMinor, isUrgent, visitActs } from '@jieyou/core/visits/rules.ts';
import type {
  CompanionRole,
  DayHalf,
  DueState,
  NotMet,
  OpenVisitAction,
  VisitNeed,
  VisitReason,
  VisitScale,
  VisitSection,
  VisitStatus,
} from '@jieyou/core/visits/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { ageToday, caseById, circleOf, handedOver, listedCase, visitFiles } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { allOf, readPage, type SortKey } from '../platform/http/paging.ts';
import { packInForce } from '../rulepacks/index.ts';
import * as store from './store.ts';

type Paging = { limit: number; after?: string | undefined; count?: 'yes' | undefined };

type Row = {
  id: string;
  version: number;
  caseId: string;
  caseNumber: string;
  status: VisitStatus;
  recipientName: string;
  recipientGender: Gender;
  birthOn: string | null;
  workerId: string;
  workerName: string;
  areaName: string;
  plannedOn: string | null;
  half: DayHalf;
  reason: VisitReason;
  visitedOn: string | null;
  minutes: number | null;
  notMet: NotMet | null;
  day: string;
  openActions: number;
};

const SELECT = sql`select v.district_id, v.id, v.case_id, v.version, f.number as case_number, v.status, r.name_masked as recipient_name,
    r.gender as recipient_gender, r.birth_on, v.worker_id, p.name as worker_name, coalesce(a.name, '') as area_name, v.planned_on, v.half, v.reason,
    v.visited_on, v.minutes, v.not_met, coalesce(v.visited_on, v.planned_on) as day,
    (select count(*)::int from visit_action x where x.district_id = v.district_id and x.visit_id = v.id and x.done_at is null) as open_actions
  from visit v join case_file f on f.district_id = v.district_id and f.id = v.case_id
    join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
    join person p on p.id = v.worker_id left join division a on a.path = f.division_path`;

const shown =
  (ctx: Ctx<never>) =>
  ({ birthOn, ...row }: Row) => ({ ...row, recipientAge: ageToday(birthOn, ctx.today), mine: ctx.actor.selves.includes(row.workerId) });

/** The figures by which visits are due here and today. */
const packOf = async (ctx: Ctx<never>) => visitPackOf((await packInForce(ctx.tx, 'visits', ctx.actor.districtId, ctx.today)).values);

// A record of a visit is a process record: a case may have been handed over without them. What has still to be done at once is shown.
const shownTo = (actor: Actor): RawBuilder<unknown> =>
  sql`(v.recorded_at is null or ${handedOver(actor, 'records', 'f', 'v.recorded_at', 'v.recorded_by')}
    or exists (select 1 from visit_action x where x.district_id = v.district_id and x.visit_id = v.id and x.done_at is null))`;

/** One page of the visits in reach: the register, names masked, no word of what was found. */
export const listVisits = async (
  ctx: Ctx<never>,
  query: Paging & {
    status?: VisitStatus[] | undefined;
    caseId?: string | undefined;
    workerId?: string | undefined;
    mine?: 'yes' | undefined;
    from?: string | undefined;
    to?: string | undefined;
    action?: 'open' | undefined;
    sort?: 'newest' | 'soonest' | undefined;
  },
) => {
  const circle = await circleOf(ctx.tx, ctx.actor);
  const direction = query.sort === 'soonest' ? 'asc' : 'desc';
  const page = await readPage<Row>(ctx.tx, query, {
    columns: sql`d.*`,
    from: sql`from (${SELECT} where v.district_id = ${ctx.actor.districtId} and ${listedCase(ctx.actor, 'f', circle)} and ${shownTo(ctx.actor)}
      ${query.caseId === undefined ? sql`` : sql`and v.case_id = ${query.caseId}`}) as d`,
    where: allOf([
      query.status !== undefined && sql`d.status = any(${query.status}::text[])`,
      query.workerId !== undefined && sql`d.worker_id = ${query.workerId}`,
      query.mine === 'yes' && sql`d.worker_id = any(${[...ctx.actor.selves]}::uuid[])`,
      query.from !== undefined && sql`d.day >= ${query.from}::date`,
      query.to !== undefined && sql`d.day <= ${query.to}::date`,
      query.action === 'open' && sql`d.open_actions > 0`,
    ]),
    sort: [
      { column: 'day', direction, type: 'date' },
      { column: 'id', direction, type: 'uuid' },
    ],
    alias: 'd',
  });
  ctx.saw('visit', ctx.actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map(shown(ctx)) };
};

/** One page of what has to be done at once in the cases in reach and is not ticked off, what is due first first. */
export const listVisitActions = async (ctx: Ctx<never>, query: Paging & { mine?: 'yes' | undefined }) => {
  const { actor, tx } = ctx;
  const circle = await circleOf(tx, actor);
  const page = await readPage<Omit<OpenVisitAction, 'late'>>(tx, query, {
    columns: sql`d.*`,
    from: sql`from (select x.id, x.visit_id, x.case_id, f.number as case_number, r.name_masked as recipient_name, x.what, x.by_whom, x.until, x.owner_id
      from visit_action x join case_file f on f.district_id = x.district_id and f.id = x.case_id
        join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
      where x.district_id = ${actor.districtId} and x.done_at is null and ${listedCase(actor, 'f', circle)}) as d`,
    where: allOf([query.mine === 'yes' && sql`d.owner_id = any(${[...actor.selves]}::uuid[])`]),
    sort: [
      { column: 'until', direction: 'asc', type: 'date' },
      { column: 'id', direction: 'asc', type: 'uuid' },
    ],
    alias: 'd',
  });
  ctx.saw('visit', actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map((a) => ({ ...a, late: a.until < ctx.today })) };
};

type DueRow = {
  id: string;
  caseNumber: string;
  recipientName: string;
  recipientGender: Gender;
  birthOn: string | null;
  workerId: string;
  workerName: string;
  areaName: string;
  risk: Risk;
  needs: VisitNeed[];
  fromCategories: VisitNeed[];
  intervalDays: number;
  lastOn: string | null;
  dueOn: string;
  state: DueState;
  plannedOn: string | null;
  plannedId: string | null;
  missedOn: string | null;
};

const SORTS: Readonly<Record<'due' | 'area' | 'last', readonly SortKey[]>> = {
  due: [
    { column: 'due_on', direction: 'asc', type: 'date' },
    { column: 'id', direction: 'asc', type: 'uuid' },
  ],
  area: [
    { column: 'area_name', direction: 'asc', type: 'text' },
    { column: 'due_on', direction: 'asc', type: 'date' },
    { column: 'id', direction: 'asc', type: 'uuid' },
  ],
  last: [
    { column: 'last_on', direction: 'asc', type: 'date' },
    { column: 'id', direction: 'asc', type: 'uuid' },
  ],
};

/** One page of those who are to be visited, by the day on which it is due. */
export const listDueVisits = async (
  ctx: Ctx<never>,
  query: Paging & {
    state?: DueState[] | undefined;
    need?: VisitNeed[] | undefined;
    area?: string | undefined;
    workerId?: string | undefined;
    mine?: 'yes' | undefined;
    planned?: 'yes' | 'no' | undefined;
    sort?: 'due' | 'area' | 'last' | undefined;
  },
) => {
  const circle = await circleOf(ctx.tx, ctx.actor);
  const pack = await packOf(ctx);
  const page = await readPage<DueRow>(ctx.tx, query, {
    columns: sql`d.id, d.case_number, d.recipient_name, d.recipient_gender, d.birth_on, d.worker_id, d.worker_name, d.area_name, d.risk, d.needs, d.from_categories,
      d.interval_days, d.last_on, d.due_on, d.state, d.planned_on, d.planned_id, d.missed_on`,
    from: store.dueSource(ctx.actor.districtId, pack, ctx.today, listedCase(ctx.actor, 'f', circle)),
    where: allOf([
      query.state !== undefined && sql`d.state = any(${query.state}::text[])`,
      query.need !== undefined && sql`(d.needs || d.from_categories) && ${query.need}::text[]`,
      query.area !== undefined && query.area !== '' && sql`strpos(d.area_name, ${query.area}) > 0`,
      query.workerId !== undefined && sql`d.worker_id = ${query.workerId}`,
      query.mine === 'yes' && sql`d.worker_id = any(${[...ctx.actor.selves]}::uuid[])`,
      query.planned === 'yes' && sql`d.planned_on is not null`,
      query.planned === 'no' && sql`d.planned_on is null`,
    ]),
    sort: SORTS[query.sort ?? 'due'],
    alias: 'd',
  });
  ctx.saw('visit', ctx.actor.personId, { outcome: 'list' });
  return { ...page, rows: page.rows.map(({ birthOn, ...row }) => ({ ...row, recipientAge: ageToday(birthOn, ctx.today) })) };
};

type Sections = Record<VisitSection, VisitScale | null> & Record<`${VisitSection}Says`, string | null>;

const SECTIONS: readonly VisitSection[] = ['health', 'safety', 'life'];

const sectionsOf = (words: Sections) =>
  SECTIONS.flatMap((section) => {
    const scale = words[section];
    return scale === null ? [] : [{ section, scale, says: words[`${section}Says`] ?? '' }];
  });

/** One visit with its words. */
export const readVisit = async (ctx: Ctx<never>, id: string) => {
  const { tx, actor } = ctx;
  const found = (await store.visitById(tx, actor.districtId, id)) ?? ctx.notFound();
  const file = (await caseById(tx, actor, found.caseId)) ?? ctx.notFound();
  type Words = Sections & {
    why: string;
    companionRole: CompanionRole | null;
    companionName: string | null;
    aloneReason: string | null;
    says: string | null;
    first: boolean | null;
    recordedAt: string | null;
    recordedByName: string | null;
    nextId: string | null;
    nextOn: string | null;
  };
  const { rows: registers } =
    await sql<Row>`${SELECT} where v.district_id = ${actor.districtId} and v.id = ${id} and ${shownTo(actor)}`.execute(tx);
  const { rows: contents } =
    await sql<Words>`select c.why, c.companion_role, c.companion_name, c.alone_reason, c.health, c.health_says, c.safety,
      c.safety_says, c.life, c.life_says, c.says, v.first, v.recorded_at, b.name as recorded_by_name, nx.id as next_id, nx.planned_on as next_on
    from visit v join visit_content c on c.district_id = v.district_id and c.id = v.id left join person b on b.id = v.recorded_by
      left join visit nx on nx.district_id = v.district_id and nx.case_id = v.case_id and nx.follows_id = v.id
    where v.district_id = ${actor.districtId} and v.id = ${id}`.execute(tx);
  type Action = {
    id: string;
    what: string;
    byWhom: string;
    until: string;
    doneAt: string | null;
    doneByName: string | null;
    doneSays: string | null;
  };
  const { rows: actions } = await sql<Action>`select x.id, x.what, x.by_whom, x.until, x.done_at, d.name as done_by_name, x.done_says
    from visit_action x left join person d on d.id = x.done_by where x.district_id = ${actor.districtId} and x.visit_id = ${id} order by x.id`.execute(
    tx,
  );
  const register = registers[0] ?? ctx.notFound();
  const words = contents[0] ?? ctx.notFound();
  ctx.saw('visit', id);
  const sections = sectionsOf(words);
  const minor = isMinor(register.birthOn, ctx.today);
  return {
    ...shown(ctx)(register),
    risk: file.risk as Risk,
    why: words.why,
    first: words.first,
    companion: words.companionRole === null ? null : { role: words.companionRole, name: words.companionName ?? '' },
    aloneReason: words.aloneReason,
    sections,
    says: words.says,
    recordedAt: words.recordedAt,
    recordedByName: words.recordedByName,
    actions: actions.map((a) => ({ ...a, late: a.doneAt === null && a.until < ctx.today })),
    files: await visitFiles(tx, actor, id),
    nextVisitId: words.nextId,
    nextOn: words.nextOn,
    minor,
    can: visitActs({
      status: register.status,
      writes: file.inHand,
      own: scopeOf(actor, 'worker', 'self').includes(file.workerId),
      caseOpen: file.status === 'open',
      openActions: register.openActions,
      urgent: isUrgent(sections.map((s) => s.scale)),
      minor,
    }),
    seenBy: seenByVisit,
  };
};

/** What is known of somebody before the door opens: whether it is the first visit, when the last one was and what was found. */
export const readVisitStart = async (ctx: Ctx<never>, caseId: string) => {
  const { tx, actor } = ctx;
  const file = (await caseById(tx, actor, caseId)) ?? ctx.notFound();
  const person = (await store.personOf(tx, actor.districtId, caseId)) ?? ctx.notFound();
  const { rows: names } = await sql<{ name: string; gender: Gender }>`select r.name_masked as name, r.gender from recipient r
    where r.district_id = ${actor.districtId} and r.id = ${file.recipientId}`.execute(tx);
  const { rows: planned } = await sql<{ id: string; on: string; half: DayHalf; reason: VisitReason }>`
    select v.id, v.planned_on as on, v.half, v.reason from visit v
    where v.district_id = ${actor.districtId} and v.case_id = ${caseId} and v.status = 'planned' order by v.planned_on, v.id limit 1`.execute(
    tx,
  );
  const { rows: last } = await sql<
    Sections & { on: string }
  >`select v.visited_on as on, c.health, c.health_says, c.safety, c.safety_says, c.life, c.life_says
    from visit v join visit_content c on c.district_id = v.district_id and c.id = v.id
      join case_file f on f.district_id = v.district_id and f.id = v.case_id
    where v.district_id = ${actor.districtId} and v.case_id = ${caseId} and v.status = 'done' and ${shownTo(actor)} order by v.visited_on desc, v.id desc limit 1`.execute(
    tx,
  );
  const pack = await packOf(ctx);
  const who = names[0] ?? ctx.notFound();
  const facts = { risk: file.risk as Risk, needs: [...person.needs, ...person.fromCategories], birthOn: person.birthOn };
  const due = dueOn({ ...facts, lastOn: person.lastOn, openedOn: person.openedOn }, pack, ctx.today);
  const may = file.inHand && file.status === 'open';
  ctx.saw('case', caseId);
  return {
    caseId,
    caseNumber: file.number,
    recipientName: who.name,
    recipientGender: who.gender,
    recipientAge: ageToday(person.birthOn, ctx.today),
    minor: isMinor(person.birthOn, ctx.today),
    first: person.lastOn === null,
    needs: person.needs,
    fromCategories: person.fromCategories,
    risk: facts.risk,
    intervalDays: intervalDays(facts, pack, ctx.today),
    lastOn: person.lastOn,
    dueOn: due,
    state: dueState(due, person.lastOn, pack, ctx.today),
    planned: planned[0] ?? null,
    last: last[0] === undefined ? null : { on: last[0].on, sections: sectionsOf(last[0]) },
    can: may ? (['plan', 'record', 'set-needs'] as const).slice() : [],
  };
};
