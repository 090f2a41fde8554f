/**
 * What happened with a person, over all rooms. Each kind of step is one arm of the statement, under the reach of its own room: what is not
 * asked for is not read, and what somebody may not see does not stand here, not even by its title.
 */
import { activityReach } from '@jieyou/core/activities/policy.ts';
import type { AlarmKind } from '@jieyou/core/alarms/schema.ts';
import type { PaperKind } from '@jieyou/core/cases/stageSchema.ts';
import type { ContactKind } from '@jieyou/core/contacts/schema.ts';
import type { RecipientCategory, RecipientStepKind } from '@jieyou/core/recipients/schema.ts';
import { reliefReach } from '@jieyou/core/relief/policy.ts';
import { alarmKindLabels } from '@jieyou/core/texts/alarmLabels.ts';
import { paperKindLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { contactKindLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { notMetLabels } from '@jieyou/core/texts/visitLabels.ts';
import type { NotMet } from '@jieyou/core/visits/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import { caseInReach, handedOver } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { readPage, type SortKey } from '../platform/http/paging.ts';
import { reachSql } from '../platform/http/scope.ts';
import { personSeen } from './persons.ts';

type StepRow = {
  id: string;
  kind: RecipientStepKind;
  day: string;
  byName: string | null;
  stationName: string | null;
  caseId: string | null;
  number: string | null;
  body: string | null;
};

const STEPS: readonly SortKey[] = [
  { column: 'day', direction: 'desc', type: 'date' },
  { column: 'id', direction: 'desc', type: 'uuid' },
  { column: 'kind', direction: 'desc', type: 'text' },
];

/** Kinds of steps that come from one place, and the rows that say them. */
type Arm = { readonly kinds: readonly RecipientStepKind[]; readonly rows: RawBuilder<unknown> };

const dayOf = (column: string) => sql`(${sql.ref(column)} at time zone 'Asia/Shanghai')::date`;
const onCase = (table: string, alias: string) =>
  sql`case_file f join ${sql.table(table)} ${sql.ref(alias)} on ${sql.ref(`${alias}.district_id`)} = f.district_id and ${sql.ref(`${alias}.case_id`)} = f.id`;
const by = (column: string) => sql`left join person p on p.id = ${sql.ref(column)}`;

const armsOf = ({ actor }: Ctx, person: string): readonly Arm[] => {
  const own = sql`f.district_id = ${actor.districtId} and f.recipient_id = ${person} and ${caseInReach(actor, 'f')}`;
  const of = (alias: string) =>
    sql`${sql.ref(`${alias}.district_id`)} = ${actor.districtId} and ${sql.ref(`${alias}.recipient_id`)} = ${person}`;
  const handed = (what: 'records' | 'papers', written: string, author: string) => handedOver(actor, what, 'f', written, author);
  return [
    {
      kinds: ['case-opened'],
      rows: sql`select f.id, 'case-opened' as kind, f.opened_on as day, p.name as by_name, s.name as station_name, f.id as case_id, f.number, null::text as body
        from case_file f join person p on p.id = f.worker_id join station s on s.id = f.station_id where ${own}`,
    },
    {
      kinds: ['case-closed'],
      rows: sql`select f.id, 'case-closed', case_closed_on(f.id), p.name, null, f.id, f.number, null
        from case_file f join person p on p.id = f.worker_id where ${own} and f.status = 'closed'`,
    },
    {
      kinds: ['note'],
      rows: sql`select n.id, 'note', n.happened_on, p.name, null, f.id, f.number, left(n.body, 400)
        from ${onCase('case_note', 'n')} ${by('n.author_id')} where ${own} and ${handed('records', 'n.written_at', 'n.author_id')}`,
    },
    {
      kinds: ['consent'],
      rows: sql`select c.id, 'consent', c.granted_on, p.name, null, f.id, f.number, null
        from ${onCase('consent', 'c')} ${by('c.recorded_by')} where ${own}`,
    },
    {
      kinds: ['consent-withdrawn'],
      rows: sql`select c.id, 'consent-withdrawn', c.withdrawn_on, null, null, f.id, f.number, null
        from ${onCase('consent', 'c')} where ${own} and c.withdrawn_on is not null`,
    },
    {
      kinds: ['request'],
      rows: sql`select q.id, 'request', ${dayOf('q.submitted_at')}, p.name, null, f.id, q.receipt_no, null
        from ${onCase('support_request', 'q')} ${by('q.asker_id')} where ${own} and q.submitted_at is not null`,
    },
    {
      kinds: ['request-closed'],
      rows: sql`select q.id, 'request-closed', ${dayOf('q.closed_at')}, null, null, f.id, q.receipt_no, null
        from ${onCase('support_request', 'q')} where ${own} and q.closed_at is not null`,
    },
    {
      kinds: ['referral'],
      rows: sql`select x.id, 'referral', x.sent_on, p.name, null, f.id, x.number, t.name
        from ${onCase('support_request', 'q')} join partner_referral x on x.district_id = q.district_id and x.request_id = q.id
          join partner t on t.id = x.partner_id ${by('x.sent_by')} where ${own}`,
    },
    {
      kinds: ['visit', 'visit-missed'],
      rows: sql`select v.id, case v.status when 'done' then 'visit' else 'visit-missed' end, v.visited_on, p.name, null, f.id, f.number, v.not_met
        from ${onCase('visit', 'v')} ${by('v.recorded_by')}
        where ${own} and v.status in ('done', 'not-met') and (${handed('records', 'v.recorded_at', 'v.recorded_by')}
          or exists (select 1 from visit_action x where x.district_id = v.district_id and x.visit_id = v.id and x.done_at is null))`,
    },
    {
      // Whoever may not see the record does not learn that there is one; what is over was a record of its case.
      kinds: ['alarm'],
      rows: sql`select a.id, 'alarm', ${dayOf('a.registered_at')}, p.name, null, f.id, f.number, a.kind
        from ${onCase('alarm', 'a')} ${by('a.registered_by')}
        where ${own} and (a.status <> 'closed' or ${handed('records', 'a.registered_at', 'a.registered_by')})`,
    },
    {
      kinds: ['paper', 'paused', 'reopened', 'follow-up'],
      rows: sql`select c.id, case c.kind when 'pause' then 'paused' when 'reopening' then 'reopened' when 'follow-up' then 'follow-up' else 'paper' end,
          coalesce(${dayOf('c.decided_at')}, c.happened_on), p.name, null, f.id, f.number, c.kind
        from ${onCase('case_paper', 'c')} ${by('c.author_id')}
        where ${own} and c.status in ('written', 'signed') and ${handed('papers', 'c.written_at', 'c.author_id')}`,
    },
    {
      kinds: ['handover'],
      rows: sql`select h.id, 'handover', (coalesce(h.answered_at, h.proposed_at) at time zone 'Asia/Shanghai')::date, a.name, null, f.id, f.number, b.name
        from ${onCase('case_handover', 'h')} join person a on a.id = h.from_id join person b on b.id = h.to_id
        where ${own} and h.status in ('accepted', 'ordered')`,
    },
    {
      kinds: ['form'],
      rows: sql`select a.id, 'form', ${dayOf('a.submitted_at')}, p.name, null, f.id, f.number, t.title
        from ${onCase('form_answer', 'a')} join form_template t on t.id = a.template_id ${by('a.author_id')}
        where ${own} and a.status in ('submitted', 'signed')
          and case a.kept_as when 'papers' then ${handed('papers', 'a.made_at', 'a.author_id')} else ${handed('records', 'a.made_at', 'a.author_id')} end
        union all select a.id, 'form', ${dayOf('a.submitted_at')}, p.name, null, null, null, t.title
        from group_member m join form_answer a on a.district_id = m.district_id and a.member_id = m.id
          join form_template t on t.id = a.template_id ${by('a.author_id')}
        where ${of('m')} and a.status in ('submitted', 'signed')`,
    },
    {
      kinds: ['appeal'],
      rows: sql`select a.id, 'appeal', ${dayOf('a.asked_at')}, null, s.name, f.id, a.number, null
        from ${onCase('appeal', 'a')} left join station s on s.id = a.station_id where ${own}`,
    },
    {
      kinds: ['category'],
      rows: sql`select c.id, 'category', c.from_day, p.name, null, null, null, c.category
        from recipient_category c ${by('c.recorded_by')} where ${of('c')}`,
    },
    {
      kinds: ['former-name'],
      rows: sql`select n.id, 'former-name', ${dayOf('n.recorded_at')}, p.name, null, null, null, n.name_masked
        from recipient_former_name n ${by('n.recorded_by')} where ${of('n')}`,
    },
    {
      // One who is kept back, because of violence, stands on no page.
      kinds: ['guardian'],
      rows: sql`select g.id, 'guardian', ${dayOf('g.recorded_at')}, p.name, null, null, null, g.relationship
        from recipient_guardian g ${by('g.recorded_by')} where ${of('g')} and g.kept_back_at is null`,
    },
    {
      kinds: ['merged'],
      rows: sql`select m.id, 'merged', ${dayOf('m.merged_at')}, p.name, null, null, null, null
        from recipient_merge m ${by('m.merged_by')} where m.district_id = ${actor.districtId} and m.kept_id = ${person} and m.undone_at is null`,
    },
    {
      kinds: ['contact-unsafe'],
      rows: sql`select k.id, 'contact-unsafe', ${dayOf('k.noted_at')}, p.name, null, null, null, null
        from recipient_contact k ${by('k.noted_by')} where ${of('k')}`,
    },
    {
      kinds: ['relief-screened'],
      rows: sql`select r.id, 'relief-screened', r.screened_on, p.name, s.name, null, null, null
        from relief_case r join person p on p.id = r.worker_id join station s on s.id = r.station_id
        where ${of('r')} and ${reachSql(actor, reliefReach, 'r')}`,
    },
    {
      kinds: ['relief-closed'],
      rows: sql`select r.id, 'relief-closed', ${dayOf('r.updated_at')}, p.name, null, null, null, null
        from relief_case r join person p on p.id = r.worker_id where ${of('r')} and r.status = 'closed' and ${reachSql(actor, reliefReach, 'r')}`,
    },
    {
      kinds: ['group-joined', 'group-session', 'group-left'],
      rows: sql`select g.id, g.kind, g.day, g.by_name, g.station_name, null, null, g.title from group_steps(${person}) g`,
    },
    {
      // Who came to an activity and was linked by hand, under the reach of the activity.
      kinds: ['activity'],
      rows: sql`select distinct on (a.id) a.id, 'activity', ${dayOf('a.starts_at')}, p.name, s.name, null::uuid, null::text, a.title
        from activity_attendant k join activity_registration r on r.district_id = k.district_id and r.id = k.registration_id
          join activity a on a.district_id = r.district_id and a.id = r.activity_id join person p on p.id = a.lead_id
          join station s on s.id = a.station_id
        where ${of('k')} and a.status = 'done' and r.status <> 'cancelled' and r.came > 0 and ${reachSql(
          actor,
          activityReach,
          'a',
          (persons) => sql`select x.id from activity x where x.co_lead_ids && ${[...persons]}::uuid[]`,
        )}`,
    },
    {
      // From a ledger that was taken over; what is done here stands above as the act itself.
      kinds: ['ledger'],
      rows: sql`select c.id, 'ledger', c.happened_on, p.name, s.name, null, null, c.kind
        from service_contact c join person p on p.id = c.worker_id join station s on s.id = c.station_id
        where ${of('c')} and c.source_kind = 'import'`,
    },
    {
      kinds: ['case-opened', 'note'],
      rows: sql`select e.id, e.kind, e.day, e.by_name, e.station_name, null, null, null from steps_elsewhere(${person}) e`,
    },
  ];
};

const wordsOf = (row: StepRow): string | null => {
  const { body } = row;
  if (body === null) return null;
  if (row.kind === 'category') return recipientCategoryLabels[body as RecipientCategory];
  if (row.kind === 'alarm') return alarmKindLabels[body as AlarmKind];
  if (row.kind === 'visit-missed') return notMetLabels[body as NotMet];
  if (row.kind === 'paper') return paperKindLabels[body as PaperKind];
  if (row.kind === 'ledger') return contactKindLabels[body as ContactKind];
  if (row.kind === 'handover') return `${row.byName ?? ''} 交给 ${body}`;
  return row.kind === 'paused' || row.kind === 'reopened' || row.kind === 'follow-up' ? null : body;
};

type Asked = {
  readonly limit: number;
  readonly after?: string | undefined;
  readonly count?: 'yes' | undefined;
  readonly kind?: RecipientStepKind[] | undefined;
};

/** What happened with a person, newest first. Of cases beyond reach the day, the author and the station; never a word. */
export const listRecipientSteps = async (ctx: Ctx, id: string, query: Asked) => {
  const person = await personSeen(ctx, id);
  const kinds = query.kind;
  const arms = armsOf(ctx, person.id).filter((arm) => kinds === undefined || arm.kinds.some((k) => kinds.includes(k)));
  const page = await readPage<StepRow>(ctx.tx, query, {
    columns: sql`t.id, t.kind, t.day, t.by_name, t.station_name, t.case_id, t.number, t.body`,
    // The names and types of the columns, whichever arms there are.
    from: sql`from (select null::uuid as id, null::text as kind, null::date as day, null::text as by_name, null::text as station_name,
        null::uuid as case_id, null::text as number, null::text as body where false
      ${sql.join(
        arms.map((arm) => sql`union all ${arm.rows}`),
        sql` `,
      )}) t`,
    where: kinds === undefined ? sql<boolean>`t.day is not null` : sql<boolean>`t.day is not null and t.kind = any(${[...kinds]}::text[])`,
    sort: STEPS,
    alias: 't',
  });
  ctx.saw('recipient', person.id);
  return { ...page, rows: page.rows.map((row) => ({ ...row, body: wordsOf(row) })) };
};
