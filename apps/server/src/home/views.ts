import type { Awaited, Todo } from '@jieyou/core/home/endpoints.ts';
import { reporters } from '@jieyou/core/identity/policy.ts';
import { caseDomains } from '@jieyou/core/shared/fields.ts';
import { RequestStatus } from '@jieyou/core/support/schema.ts';
import { type RawBuilder, sql } from 'kysely';
import type { z } from 'zod';
import { namesOfCases } from '../cases/index.ts';
import type { Ctx } from '../platform/http/context.ts';

type TodoRow = z.infer<typeof Todo>;
type AwaitedRow = z.infer<typeof Awaited>;

const MOST = 30;

// The end of office hours of a day by which something is due.
const endOf = (day: RawBuilder<unknown>) => sql`(${day}::timestamp + interval '17:30') at time zone 'Asia/Shanghai'`;

/** What waits for this person, most urgent first. Each part looks only where the person's roles reach. */
export const workbench = async (ctx: Ctx) => {
  const { actor } = ctx;
  const selves = sql`${[...actor.selves]}::uuid[]`;
  const parts: RawBuilder<unknown>[] = [];
  const request = (
    kind: string,
    condition: RawBuilder<unknown>,
    since: RawBuilder<unknown> = sql`r.updated_at`,
    recipient: RawBuilder<unknown> = sql`null::text`,
  ) =>
    sql`(select ${kind}::text as kind, r.id as record_id, coalesce(r.archive_no, r.receipt_no, '') as number, ${recipient} as recipient_name,
      r.clock_due_at as due_at, ${since} as since
      from support_request r where r.district_id = ${actor.districtId} and ${condition} order by r.clock_due_at, r.id limit ${MOST})`;
  /** A row of another room: its number, the moment by which it is due where there is one, and since when it waits. */
  const other = (
    kind: string,
    from: RawBuilder<unknown>,
    { number, due, since }: { number: RawBuilder<unknown>; due: RawBuilder<unknown>; since: RawBuilder<unknown> },
    condition: RawBuilder<unknown>,
  ) =>
    sql`(select ${kind}::text as kind, x.id as record_id, ${number} as number, null::text as recipient_name, ${due} as due_at, ${since} as since
      from ${from} x where x.district_id = ${actor.districtId} and ${condition} order by 5, x.id limit ${MOST})`;
  const caseNumber = sql`(select f.number from case_file f where f.district_id = x.district_id and f.id = x.case_id)`;
  // A form stands under a case, a group or an activity, and is called by its number or title.
  const formNumber = sql`coalesce(${caseNumber}, (select g.title from service_group g where g.district_id = x.district_id and g.id = x.group_id),
    (select v.title from activity v where v.district_id = x.district_id and v.id = x.activity_id))`;
  const appeal = (condition: RawBuilder<unknown>) =>
    other('appeal', sql`appeal`, { number: sql`x.number`, due: sql`x.due_at`, since: sql`x.asked_at` }, condition);
  const right = (kind: string, condition: RawBuilder<unknown>) =>
    other(kind, sql`privacy_request`, { number: sql`x.receipt_no`, due: endOf(sql`x.due_on`), since: sql`x.received_at` }, condition);
  // The number and nothing else: whoever looks over a shoulder learns nothing. One line a record, by what is due first.
  const alarm = (condition: RawBuilder<unknown>) =>
    sql`(select 'alarm'::text as kind, a.id as record_id, a.case_number as number, null::text as recipient_name, min(s.due_at) as due_at, min(s.opened_at) as since
      from alarm a join alarm_step s on s.district_id = a.district_id and s.alarm_id = a.id
      where a.district_id = ${actor.districtId} and a.status <> 'closed' and s.required and s.done_at is null and s.dropped_at is null and ${condition}
      group by a.id, a.case_number order by 5, a.id limit ${MOST})`;
  if (actor.roles.includes('worker')) {
    // A draft has no number yet: two of them are told apart by the recipient, masked, and the day on which each was begun.
    const recipient = sql`(select c.recipient_masked from support_content c where c.district_id = r.district_id and c.id = r.id)`;
    parts.push(request('draft', sql`r.status = 'draft' and r.asker_id = any(${selves})`, sql`r.created_at`, recipient));
    parts.push(
      appeal(sql`((x.status = 'waiting' and x.pool_station_id = any ((select app_ids('worker_stations'))::uuid[]))
        or (x.status = 'taken' and x.taker_id = any(${selves})))`),
    );
    parts.push(
      other(
        'referral',
        sql`partner_referral`,
        {
          number: sql`x.number`,
          due: sql`case when x.status = 'offered' then ${endOf(sql`x.until`)} end`,
          since: sql`x.sent_on::timestamptz`,
        },
        sql`x.status in ('offered', 'accepted') and x.asker_id = any(${selves})`,
      ),
    );
    parts.push(
      other(
        'visit',
        sql`visit`,
        {
          number: sql`(select f.number from case_file f where f.district_id = x.district_id and f.id = x.case_id)`,
          due: endOf(sql`x.planned_on`),
          since: sql`x.made_at`,
        },
        sql`x.status = 'planned' and x.planned_on <= app_today() and x.worker_id = any(${selves})`,
      ),
    );
    parts.push(sql`(select 'visit-action'::text as kind, x.visit_id as record_id, f.number, null::text as recipient_name, ${endOf(sql`x.until`)} as due_at, x.until::timestamptz as since
      from visit_action x join case_file f on f.district_id = x.district_id and f.id = x.case_id
      where x.district_id = ${actor.districtId} and x.done_at is null and x.owner_id = any(${selves}) order by x.until, x.id limit ${MOST})`);
    parts.push(
      alarm(
        sql`(s.tell_at <= app_now() or s.due_at < (app_today() + 1)::timestamp at time zone 'Asia/Shanghai') and a.worker_id = any(${selves})`,
      ),
    );
    const task = (kind: string, due: RawBuilder<unknown>, since: RawBuilder<unknown>, condition: RawBuilder<unknown>) =>
      other(kind, sql`volunteer_task`, { number: sql`x.title`, due, since }, sql`x.lead_id = any(${selves}) and ${condition}`);
    const tomorrow = sql`(app_today() + 1)::timestamp at time zone 'Asia/Shanghai'`;
    parts.push(
      task('volunteer-task', sql`x.starts_at`, sql`x.updated_at`, sql`x.status in ('open', 'staffed') and x.starts_at < ${tomorrow}`),
      task('volunteer-hours', sql`null::timestamptz`, sql`x.recorded_at`, sql`x.status = 'done'`),
    );
    parts.push(request('answer-info', sql`r.status = 'needs-info' and r.asker_id = any(${selves})`, sql`r.clock_paused_at`));
  }
  if (actor.roles.includes('centre')) {
    parts.push(request('crisis', sql`r.status = 'crisis' and r.crisis_acknowledged_at is null`, sql`r.crisis_since`));
    parts.push(appeal(sql`((x.status = 'waiting' and x.station_id is null) or (x.status = 'taken' and x.taker_id = any(${selves})))`));
    parts.push(
      other(
        'call',
        sql`hotline_call`,
        { number: sql`x.number`, due: sql`null::timestamptz`, since: sql`x.started_at` },
        sql`x.status = 'open' and x.taker_id = any(${selves})`,
      ),
    );
    parts.push(
      other(
        'ticket',
        sql`ticket`,
        { number: sql`x.source || ' ' || x.external_no`, due: sql`x.clock_due_at`, since: sql`x.received_at` },
        sql`x.status = 'open' and x.holder_id = any(${selves})`,
      ),
    );
    parts.push(
      other(
        'destruction',
        sql`destruction_list`,
        { number: sql`x.number`, due: sql`null::timestamptz`, since: sql`x.appraised_at` },
        sql`x.status = 'appraised' and x.appraised_by <> all(${selves})`,
      ),
    );
    parts.push(request('screen', sql`r.status = 'submitted'`, sql`r.submitted_at`));
    parts.push(request('propose', sql`r.status = 'matching' and r.holder_id = any(${selves})`));
    parts.push(request('no-holder', sql`r.status in ('matching', 'supporting', 'following') and ${NO_HOLDER}`));
    parts.push(
      request(
        'close',
        sql`r.status = 'following' and r.holder_id = any(${selves}) and not exists (
          select 1 from support_action a where a.district_id = r.district_id and a.request_id = r.id and a.status = 'open')
          and not exists (select 1 from support_line l where l.district_id = r.district_id and l.request_id = r.id and l.status = 'open')`,
      ),
    );
    parts.push(sql`(select 'release'::text as kind, d.id as record_id, '' as number, null::text as recipient_name, null::timestamptz as due_at, d.updated_at as since
      from publication_draft d where d.district_id = ${actor.districtId} and d.status = 'draft' and d.drafted_by <> ${actor.personId}
        and not exists (select 1 from publication_finding f where f.district_id = d.district_id and f.draft_id = d.id and f.status = 'open')
      order by d.id limit ${MOST})`);
    parts.push(sql`(select 'recall'::text as kind, p.entry_id as record_id, e.number, null::text as recipient_name, null::timestamptz as due_at, p.proposed_at as since
      from casebank_recall p join casebank_entry e on e.id = p.entry_id
      where p.district_id = ${actor.districtId} and p.status = 'proposed' order by p.proposed_at limit ${MOST})`);
  }
  if (actor.roles.includes('officer') || actor.roles.includes('centre')) {
    // To approve for the authority, to correct for the author; the number is the pack's title, since a draft has none.
    parts.push(sql`(select 'rule-draft'::text as kind, d.id as record_id, d.title as number, null::text as recipient_name, null::timestamptz as due_at, d.updated_at as since
      from rule_draft d where d.district_id = ${actor.districtId} and (
        (d.status = 'submitted' and ${actor.roles.includes('officer')} and d.author_id <> all(${selves}))
        or (d.status = 'draft' and d.returned_reason is not null and d.author_id = any(${selves}))) order by d.id limit ${MOST})`);
  }
  if (actor.expertId !== null && actor.roles.includes('expert')) {
    parts.push(sql`(select case when i.status = 'invited' then 'invitation' else 'opinion' end as kind, i.id as record_id, i.number, null::text as recipient_name, r.deadline as due_at, i.invited_at as since
      from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
      where i.district_id = ${actor.districtId} and i.expert_id = ${actor.expertId} and i.status in ('invited', 'accepted') and r.expires_at > app_now()
      order by r.deadline limit ${MOST})`);
  }
  const has = (...roles: readonly string[]) => (actor.roles as readonly string[]).some((role) => roles.includes(role));
  if (has('worker', 'head', 'centre'))
    parts.push(
      right(
        'right',
        sql`x.received_by = any(${selves}) and (x.status in ('received', 'checking') or (x.status = 'answering' and x.prepared_by is null))`,
      ),
    );
  if (has('worker')) {
    const of = { number: sql`x.number`, since: sql`coalesce(x.stage_since, x.updated_at)` };
    const carried = sql`x.worker_id = any(${selves})`;
    parts.push(
      other(
        'assessment-owed',
        sql`case_file`,
        { ...of, due: endOf(sql`x.assessment_due_on`) },
        sql`${carried} and x.assessment_due_on is not null and x.status = 'open'`,
      ),
      other(
        'follow-up',
        sql`case_file`,
        { ...of, due: endOf(sql`x.next_follow_up_on`) },
        sql`${carried} and x.stage = 'closed' and x.next_follow_up_on <= app_today()`,
      ),
      other(
        'look-again',
        sql`case_file`,
        { ...of, due: endOf(sql`x.look_again_on`) },
        sql`${carried} and x.stage = 'paused' and x.look_again_on <= app_today()`,
      ),
      other(
        'handover',
        sql`case_handover`,
        { number: sql`x.number`, due: sql`null::timestamptz`, since: sql`x.proposed_at` },
        sql`x.status = 'proposed' and x.to_id = any(${selves})`,
      ),
      other(
        'form-back',
        sql`form_answer`,
        { number: formNumber, due: sql`null::timestamptz`, since: sql`x.decided_at` },
        sql`x.status = 'returned' and x.author_id = any(${selves})`,
      ),
      // A session stands here on its day and until it is recorded, called off or shifted.
      sql`(select 'group-session'::text as kind, g.id as record_id, g.title as number, null::text as recipient_name, ${endOf(sql`s.planned_on`)} as due_at,
          s.planned_on::timestamptz as since
        from group_session s join service_group g on g.district_id = s.district_id and g.id = s.group_id
        where s.district_id = ${actor.districtId} and s.status = 'planned' and s.planned_on <= app_today()
          and g.status in ('beginning', 'turning', 'working', 'ending') and (g.lead_id = any(${selves}) or g.co_lead_ids && ${selves})
        order by s.planned_on, s.id limit ${MOST})`,
      // Sent back, and the case has not moved since.
      sql`(select 'sent-back'::text as kind, f.id as record_id, f.number, null::text as recipient_name, null::timestamptz as due_at, p.decided_at as since
        from case_paper p join case_file f on f.district_id = p.district_id and f.id = p.case_id
        where p.district_id = ${actor.districtId} and p.status = 'returned' and p.author_id = any(${selves}) and f.stage_since = p.decided_at
          and f.stage not in ('plan-signing', 'closing-signing', 'closed', 'archived')
        order by p.id limit ${MOST})`,
    );
  }
  // What was undertaken at a table of the consortium: for who carries the relief case, and for who undertook it.
  if (has(...reporters))
    parts.push(
      other(
        'undertaking',
        sql`relief_undertaking`,
        { number: sql`''`, due: endOf(sql`x.due_on`), since: sql`x.due_on::timestamptz` },
        sql`x.status = 'open' and (x.due_on <= app_today() and x.worker_id = any(${selves}) or x.by_person = any(${selves}))`,
      ),
    );
  if (has('head'))
    // A task whose lead is no longer at the station stands still until the head gives it to somebody.
    parts.push(
      other(
        'volunteer-lead',
        sql`volunteer_task`,
        { number: sql`x.title`, due: sql`null::timestamptz`, since: sql`x.updated_at` },
        sql`x.status in ('open', 'staffed', 'done') and x.station_id = any ((select app_ids('head_stations'))::uuid[]) and not leads_at(x.lead_id, x.station_id)`,
      ),
    );
  if (has('head') && !actor.roles.includes('worker'))
    parts.push(alarm(sql`s.told = 2 and a.station_id = any ((select app_ids('head_stations'))::uuid[])`));
  if (has('supervisor') && !has('worker', 'head'))
    parts.push(alarm(sql`s.code = 'supervision' and a.supervisor_id = any ((select app_ids('supervisor_selves'))::uuid[])`));
  if (has('head', 'supervisor')) {
    // Never one's own work: neither what one wrote nor the case that one carries.
    const waits = sql`x.status = 'sent' and x.author_id <> all(${selves})
      and (x.signer_id = any(${selves}) or (x.signer_id is null and x.station_id = any ((select app_ids('head_stations'))::uuid[])))
      and not exists (select 1 from case_file f where f.district_id = x.district_id and f.id = x.case_id and f.worker_id = any(${selves}))`;
    const of = { number: sql`x.case_number`, due: sql`null::timestamptz`, since: sql`x.sent_at` };
    parts.push(other('plan-sign', sql`case_paper`, of, sql`x.kind = 'plan' and ${waits}`));
    const form = { number: formNumber, due: sql`null::timestamptz`, since: sql`x.submitted_at` };
    // What was laid before a supervisor who is one no longer waits for the head again.
    const asked = sql`x.status = 'waiting' and x.author_id <> all(${selves}) and x.station_id = any ((select app_ids('head_stations'))::uuid[])
      and (x.signer_id is null or x.signer_id not in (select s.id from supervisors_of(x.author_id) s))`;
    parts.push(other('form-sign', sql`form_answer`, form, asked));
    if (has('supervisor'))
      parts.push(sql`(select 'form-sign'::text as kind, l.id as record_id, l.number, null::text as recipient_name, null::timestamptz as due_at,
          l.submitted_at as since from forms_before_me() l order by l.submitted_at, l.id limit ${MOST})`);
    parts.push(sql`(select 'group-lead'::text as kind, c.group_id as record_id, g.title as number, null::text as recipient_name, null::timestamptz as due_at,
        c.asked_at as since
      from group_lead_change c join service_group g on g.district_id = c.district_id and g.id = c.group_id
      where c.district_id = ${actor.districtId} and c.status = 'asked' and c.to_id <> all(${selves})
        and c.station_id = any ((select app_ids('head_stations'))::uuid[]) order by c.id limit ${MOST})`);
    parts.push(other('closing-sign', sql`case_paper`, of, sql`x.kind = 'closing' and ${waits}`));
  }
  // Whoever received a request does not decide it.
  if (has('head', 'centre'))
    parts.push(right('right-answer', sql`x.status = 'answering' and x.prepared_by is not null and x.received_by <> all(${selves})`));
  if (has('head', 'supervisor', 'centre')) {
    // A proposal without a name beside it is the reporter's.
    parts.push(sql`(select 'report'::text as kind, m.id as record_id, m.number, null::text as recipient_name,
        case when m.acknowledged_at is null then m.due_at end as due_at, m.registered_at as since
      from mandatory_report m where m.district_id = ${actor.districtId} and m.status not in ('closed', 'not-applicable')
        and (m.acknowledged_at is null or (m.status in ('disputed', 'closing') and m.proposed_by is distinct from ${actor.personId}))
        and not reported_by_me(m.district_id, m.id) order by m.id limit ${MOST})`);
  }
  // Works that one has neither scored nor stood aside from; what a deputy holds is not a deputy's to judge.
  if (has('expert', 'supervisor'))
    parts.push(
      other(
        'score',
        sql`competition`,
        { number: sql`x.title`, due: endOf(sql`x.score_by`), since: sql`x.closes_on::timestamptz` },
        sql`x.status = 'scoring'
          and exists (select 1 from competition_judge j where j.district_id = x.district_id and j.competition_id = x.id and j.person_id = ${actor.personId})
          and exists (select 1 from competition_text t where t.district_id = x.district_id and t.competition_id = x.id
            and not exists (select 1 from competition_score s where s.district_id = t.district_id and s.entry_id = t.id and s.judge_id = ${actor.personId})
            and not exists (select 1 from competition_recusal q where q.district_id = t.district_id and q.entry_id = t.id and q.judge_id = ${actor.personId}))`,
      ),
    );
  parts.push(sql`(select 'poll'::text as kind, q.id as record_id, q.number, null::text as recipient_name, q.deadline as due_at, q.created_at as since
    from conference_poll q join poll_vote v on v.district_id = q.district_id and v.poll_id = q.id and v.person_id = ${actor.personId}
    where q.district_id = ${actor.districtId} and q.status = 'open' and q.deadline > app_now() and v.answers is null order by q.deadline limit ${MOST})`);
  if (actor.expertId !== null && actor.roles.includes('expert')) {
    parts.push(sql`(select 'meeting'::text as kind, i.id as record_id, i.number, null::text as recipient_name, c.planned_at as due_at, c.planned_at as since
      from support_invitation i join support_conference c on c.district_id = i.district_id and c.round_id = i.round_id
      where i.district_id = ${actor.districtId} and i.expert_id = ${actor.expertId} and i.status in ('accepted', 'answered') and c.status = 'planned'
        and c.chair_id <> ${actor.personId} and c.planned_at > app_now() - interval '2 hours' order by c.planned_at limit ${MOST})`);
  }
  parts.push(sql`(select 'conference'::text as kind, c.id as record_id, c.number, null::text as recipient_name, c.planned_at as due_at, c.planned_at as since
    from support_conference c where c.district_id = ${actor.districtId} and c.chair_id = ${actor.personId} and c.status = 'planned' order by c.planned_at limit ${MOST})`);
  parts.push(sql`(select 'action'::text as kind, a.id as record_id, a.number, null::text as recipient_name, ${endOf(sql`a.due_on`)} as due_at, a.due_on::timestamptz as since
    from support_action a where a.district_id = ${actor.districtId} and a.owner_id = any(${selves}) and a.status = 'open' order by a.due_on limit ${MOST})`);
  parts.push(sql`(select 'line'::text as kind, l.id as record_id, l.number, null::text as recipient_name, null::timestamptz as due_at, l.opened_at as since
    from support_line l where l.district_id = ${actor.districtId} and l.holder_id = any(${selves}) and l.status = 'open' order by l.id limit ${MOST})`);
  // A planned seminar waits from its day on.
  parts.push(sql`(select s.kind, s.id as record_id, s.number, null::text as recipient_name,
      case when s.kind = 'transfer' and s.status = 'sent' then ${endOf(sql`s.held_on`)} end as due_at, s.updated_at as since
    from support_response s where s.district_id = ${actor.districtId} and s.next_ids && ${selves} and (s.status <> 'planned' or s.held_on <= app_today())
    order by s.id limit ${MOST})`);
  const { rows } =
    await sql<TodoRow>`select * from (${sql.join(parts, sql` union all `)}) as todo order by kind not in ('crisis', 'report'), due_at nulls last, since`.execute(
      ctx.tx,
    );
  const numbers = rows.flatMap((row) => (OF_ONES_CASE.has(row.kind) ? row.number : []));
  const [names, handed] = await Promise.all([namesOfCases(ctx.tx, actor.districtId, 'number', [...new Set(numbers)]), awaited(ctx)]);
  const todos = rows.map((row) => {
    const file = OF_ONES_CASE.has(row.kind) ? names.get(row.number) : undefined;
    return file === undefined ? row : { ...row, recipientName: file.recipientName };
  });
  // One record for each list of names, and only where it names somebody.
  if (rows.some((row) => row.recipientName !== null)) ctx.saw('request', actor.personId, { outcome: 'list' });
  if (names.size > 0) ctx.saw('case', actor.personId, { outcome: 'list' });
  return { todos, awaited: handed, asOf: ctx.now };
};

/** What waits on a case of one's own: a number says nothing between two visits, so the masked name stands beside it. What is danger shows neither. */
const OF_ONES_CASE: ReadonlySet<TodoRow['kind']> = new Set([
  'visit',
  'visit-action',
  'assessment-owed',
  'follow-up',
  'look-again',
  'sent-back',
  'form-back',
]);

/** What a worker has handed on and that lies with others; empty for everybody else. */
const awaited = async (ctx: Ctx): Promise<AwaitedRow[]> => {
  const { actor } = ctx;
  if (!actor.roles.includes('worker')) return [];
  const selves = sql`${[...actor.selves]}::uuid[]`;
  const nameOf = (id: RawBuilder<unknown>) => sql`(select who.name from person who where who.id = ${id})`;
  const { rows } = await sql<AwaitedRow>`select * from (
    (select 'request'::text as kind, r.id as record_id, coalesce(r.archive_no, r.receipt_no, '') as number, ${nameOf(sql`r.holder_id`)} as "with",
        r.clock_due_at as due_at, r.updated_at as since
      from support_request r where r.district_id = ${actor.districtId} and r.asker_id = any(${selves})
        and r.status in ('submitted', 'crisis', 'matching', 'supporting') order by r.clock_due_at, r.id limit ${MOST})
    union all
    (select p.kind, p.id, p.case_number, ${nameOf(sql`p.signer_id`)}, null::timestamptz, p.sent_at
      from case_paper p where p.district_id = ${actor.districtId} and p.author_id = any(${selves}) and p.status = 'sent'
        and p.kind in ('plan', 'closing') order by p.sent_at limit ${MOST})
    union all
    (select 'handover', h.id, h.number, ${nameOf(sql`h.to_id`)}, null::timestamptz, h.proposed_at
      from case_handover h where h.district_id = ${actor.districtId} and h.proposed_by = any(${selves}) and h.status = 'proposed'
      order by h.proposed_at limit ${MOST})
    union all
    (select 'action', a.request_id, a.number, ${nameOf(sql`a.owner_id`)}, ${endOf(sql`a.due_on`)}, a.due_on::timestamptz
      from support_action a join support_request r on r.district_id = a.district_id and r.id = a.request_id
      where a.district_id = ${actor.districtId} and a.status = 'open' and r.asker_id = any(${selves}) and a.owner_id <> all(${selves})
      order by a.due_on limit ${MOST})
    union all
    (select 'right', q.id, q.receipt_no, null::text, ${endOf(sql`q.due_on`)}, q.received_at
      from privacy_request q where q.district_id = ${actor.districtId} and q.received_by = any(${selves}) and q.status = 'answering'
        and q.prepared_by is not null order by q.due_on limit ${MOST})
  ) as handed order by due_at nulls last, since limit ${MOST}`.execute(ctx.tx);
  return rows;
};

// The same words as on the board: nobody, somebody who left, or somebody away without a deputy.
const NO_HOLDER = sql`(r.holder_id is null
  or not exists (select 1 from role_assignment h where h.person_id = r.holder_id and h.role = 'centre' and h.district_id = r.district_id
    and h.valid_from <= app_today() and (h.valid_to is null or h.valid_to >= app_today()))
  or exists (select 1 from absence b where b.person_id = r.holder_id and b.ended_at is null and b.from_day <= app_today() and b.to_day >= app_today()
    and not exists (select 1 from role_assignment h where h.person_id = r.holder_id and h.role = 'centre' and h.deputy_id is not null
      and h.valid_from <= app_today() and (h.valid_to is null or h.valid_to >= app_today()))))`;

/** Figures of the first page, each counted from the rows that its link opens. */
export const centreFigures = async (ctx: Ctx) => {
  const district = ctx.actor.districtId;
  const { rows } = await sql<{
    workers: number;
    experts: number;
    resources: number;
    solved: number;
    published: number;
    unheld: number;
    crisis: number;
  }>`select
    (select count(*)::int from worker w where w.district_id = ${district} and w.joined_on <= app_today() and (w.left_on is null or w.left_on > app_today())) as workers,
    (select count(*)::int from expert e where e.district_id = ${district} and e.active and e.term_from <= app_today() and e.term_to >= app_today()) as experts,
    (select count(*)::int from resource s where s.district_id = ${district} and s.valid_from <= app_today() and (s.valid_to is null or s.valid_to >= app_today())) as resources,
    (select count(*)::int from support_request r where r.district_id = ${district} and r.status = 'closed' and r.solved) as solved,
    (select count(*)::int from casebank_entry c where c.district_id = ${district} and c.recalled_at is null) as published,
    (select count(*)::int from support_request r where r.district_id = ${district} and r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')
      and ${NO_HOLDER}) as unheld,
    (select count(*)::int from support_request r where r.district_id = ${district} and r.status = 'crisis' and r.crisis_acknowledged_at is null) as crisis`.execute(
    ctx.tx,
  );
  const n = rows[0];
  if (n === undefined) return ctx.notFound();
  const { rows: byStatus } = await sql<{ status: string; count: number }>`select r.status, count(*)::int as count from support_request r
    where r.district_id = ${district} and r.status <> 'draft' group by r.status`.execute(ctx.tx);
  const { rows: byDomain } = await sql<{ domain: string; solved: number; live: number }>`select r.domain,
      (count(*) filter (where r.status = 'closed' and r.solved))::int as solved,
      (count(*) filter (where r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')))::int as live
    from support_request r where r.district_id = ${district} and r.status <> 'draft' group by r.domain`.execute(ctx.tx);
  const figure = (key: string, value: number, unit: string, opens: string, how: string) => ({ key, value, unit, opens, how });
  return {
    figures: [
      figure('workers', n.workers, '人', '/workers?state=serving', '本区在职社工：已到岗且未离职的登记'),
      figure('experts', n.experts, '人', '/experts?state=in-term', '专家库中在聘期内且未停用的专家'),
      figure('resources', n.resources, '条', '/resources?state=valid', '今天有效的政策与资源'),
      figure('solved', n.solved, '例', '/requests?status=closed&solved=yes', '已结束且评估为“已解决”的求助'),
      figure('published', n.published, '个', '/casebank', '已发布且未撤回的脱敏案例'),
      figure('no-holder', n.unheld, '件', '/board?holder=nobody', '在办求助中，没有在岗承办人的'),
      figure('crisis', n.crisis, '件', '/board?status=crisis', '危机求助中，还没有人确认的'),
    ],
    // In the order of the work.
    byStatus: RequestStatus.options.flatMap((status) => byStatus.filter((s) => s.status === status)),
    byDomain: caseDomains.map((domain) => byDomain.find((d) => d.domain === domain) ?? { domain, solved: 0, live: 0 }),
    asOf: ctx.now,
  };
};
