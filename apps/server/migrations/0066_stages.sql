-- The six stages of a case (SM-1, JX-05): where it stands, what was written at each stage, who signs it, and how it changes hands.
-- `status` stays what every other room asks; the stage says more.
alter table case_file
  add column stage text not null default 'intake' check (stage in ('intake', 'assessment', 'planning', 'plan-signing', 'intervention',
    'evaluation', 'closing-signing', 'closed', 'archived', 'declined', 'paused')),
  add column stage_since timestamptz,
  -- Where a pause or a closing came from.
  add column stage_before text,
  add column look_again_on date,
  add column assessment_due_on date,
  add column closing_kind text check (closing_kind in ('achieved', 'wished', 'referred', 'moved', 'died', 'lost', 'other')),
  add column closed_on date,
  add column next_follow_up_on date,
  add column archived_on date,
  add column retention_class text check (retention_class in ('adult', 'minor', 'judicial')),
  add column keep_until date,
  -- What a handover did not give: classes of material, and the moment before which they stay closed to the one who took over.
  add column withheld text[] not null default '{}',
  add column withheld_before timestamptz;

-- What is known of a case that is there already: closed ones are closed, those with records or requests are being worked on.
update case_file f set stage_since = f.updated_at,
  closed_on = case when f.status = 'closed' then (f.updated_at at time zone 'Asia/Shanghai')::date end,
  stage = case when f.status = 'closed' then 'closed'
    when exists (select 1 from case_note n where n.district_id = f.district_id and n.case_id = f.id)
      or exists (select 1 from support_request q where q.district_id = f.district_id and q.case_id = f.id) then 'intervention'
    else 'assessment' end;
create index case_file_by_stage on case_file (district_id, station_id, stage, id desc);

-- Whoever knows only open and closed is understood: the stage follows the status, and the moment of the change is kept.
create function stage_follows() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.status = 'closed' and new.stage not in ('closed', 'archived', 'declined') then
    new.stage := 'closed';
    new.closed_on := coalesce(new.closed_on, (new.updated_at at time zone 'Asia/Shanghai')::date);
  elsif new.status = 'open' and new.stage in ('closed', 'archived', 'declined') then
    new.stage := 'intervention';
  end if;
  if tg_op = 'INSERT' then
    new.stage_since := coalesce(new.stage_since, new.updated_at);
  elsif new.stage is distinct from old.stage and new.stage_since is not distinct from old.stage_since then
    new.stage_since := new.updated_at;
  end if;
  return new;
end $$;
create trigger stage_follows before insert or update of status, stage on case_file for each row execute function stage_follows();

-- How a process record was made; one of earlier days says nothing of it.
alter table case_note
  add column kind text not null default 'other'
    check (kind in ('talk', 'phone', 'home-visit', 'outreach', 'stakeholders', 'written', 'other')),
  add column minutes int check (minutes between 1 and 1440),
  add column took_part text not null default '';

-- What is written at a stage: register and content apart. An edition is never written over; its state moves on.
create table case_paper (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  case_number text not null,
  station_id uuid not null references station,
  kind text not null check (kind in ('intake', 'assessment', 'plan', 'evaluation', 'closing', 'follow-up', 'pause', 'reopening')),
  edition int not null check (edition > 0),
  status text not null check (status in ('written', 'draft', 'sent', 'returned', 'signed', 'taken-back')),
  -- A decision, a kind of closing, a result: the code that figures count.
  outcome text,
  satisfaction int check (satisfaction between 1 and 5),
  happened_on date not null,
  due_on date,
  author_id uuid not null references person,
  written_at timestamptz not null,
  -- Who is to sign; null where the head of the station does.
  signer_id uuid references person,
  sent_at timestamptz,
  decided_by uuid references person,
  decided_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, case_id, kind, edition),
  foreign key (district_id, case_id) references case_file (district_id, id),
  -- Nobody signs what one wrote.
  check (decided_by <> author_id)
);
create index case_paper_waiting on case_paper (district_id, station_id, kind) where status = 'sent';
create index case_paper_of_signer on case_paper (district_id, signer_id) where status = 'sent';
create index case_paper_of_author on case_paper (district_id, author_id) where status = 'returned';
create table case_paper_content (
  district_id uuid not null references division,
  id uuid not null,
  content jsonb not null,
  -- The same in sentences, for the person's own copy.
  told text not null,
  answer text not null default '',
  primary key (district_id, id),
  foreign key (district_id, id) references case_paper (district_id, id)
);

-- One case from one worker to another. `may_read` says what goes along, class by class.
create table case_handover (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  number text not null,
  station_id uuid not null references station,
  from_id uuid not null references person,
  to_id uuid not null references person,
  status text not null check (status in ('proposed', 'accepted', 'declined', 'withdrawn', 'ordered')),
  cause text not null check (cause in ('leave', 'resignation', 'load', 'other')),
  reason text not null,
  may_read text[] not null,
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  answered_at timestamptz,
  answer text not null default '',
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (from_id <> to_id)
);
create unique index case_handover_one on case_handover (district_id, case_id) where status = 'proposed';
create index case_handover_to on case_handover (district_id, to_id, status);
create index case_handover_from on case_handover (district_id, from_id, status);
create index case_handover_by_station on case_handover (district_id, station_id, id desc);

do $$
declare one text;
begin
  foreach one in array array['case_paper', 'case_paper_content', 'case_handover'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
  end loop;
end $$;
-- Editions are added and their state moves; nothing is removed by a person.
grant select, insert, update on case_paper, case_paper_content, case_handover to jieyou_app;

create policy paper_case on case_paper using (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id));
-- A supervisor sees what was laid before them, while it waits, and nothing else of the case.
create policy paper_signer on case_paper for select using (
  district_id = (select app_id('district')) and status = 'sent' and signer_id = any ((select app_ids('selves'))::uuid[])
  and not case_stands_still(district_id, case_id));
create function paper_reached(district uuid, paper uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from case_paper p where p.district_id = $1 and p.id = $2);
end $$;
create policy paper_content_reach on case_paper_content using (paper_reached(district_id, id));
create policy only_kept_paper on case_paper as restrictive for insert with check (not case_stands_still(district_id, case_id));
create policy only_kept_paper_still on case_paper as restrictive for update using (not case_stands_still(district_id, case_id));
create policy only_kept_paper_text on case_paper_content as restrictive for update using (
  exists (select 1 from case_paper p where p.district_id = case_paper_content.district_id and p.id = case_paper_content.id
    and not case_stands_still(p.district_id, p.case_id)));

-- Those whom a handover concerns; the one who is to take over sees its number, not the case.
create policy handover_side on case_handover for select using (
  district_id = (select app_id('district')) and not case_stands_still(district_id, case_id) and (
    from_id = any ((select app_ids('worker_selves'))::uuid[]) or to_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[]) or case_id = (select app_id('opened_case'))));
create policy handover_propose on case_handover for insert with check (
  district_id = (select app_id('district')) and proposed_by = (select app_id('person')) and keeps_circle(case_id));
create policy handover_answer on case_handover for update using (
  district_id = (select app_id('district')) and status = 'proposed' and not case_stands_still(district_id, case_id) and (
    from_id = any ((select app_ids('worker_selves'))::uuid[]) or to_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])))
  with check (district_id = (select app_id('district')));

-- What a signer may know of the case of a paper: numbers, names of staff, the masked name.
create function case_of_paper(paper uuid) returns table (
  case_id uuid, number text, version int, status text, stage text, stage_before text, accepted boolean, worker_id uuid, worker_name text,
  station_name text, name_masked text, gender text, birth_on date, open_requests int)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.version, f.status, f.stage, f.stage_before, true, f.worker_id, w.name, s.name, r.name_masked, r.gender, r.birth_on,
    (select count(*)::int from support_request q where q.district_id = f.district_id and q.case_id = f.id
      and q.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'))
  from case_paper p join case_file f on f.district_id = p.district_id and f.id = p.case_id
    join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
    join person w on w.id = f.worker_id join station s on s.id = f.station_id
  where p.district_id = app_id('district') and p.id = $1
    and f.sealed_at is null and f.stopped_at is null and f.destroyed_at is null
    and ((p.status = 'sent' and p.signer_id = any (app_ids('selves'))) or f.station_id = any (app_ids('head_stations'))
      or f.worker_id = any (app_ids('worker_selves'))
      or exists (select 1 from case_circle c where c.district_id = f.district_id and c.case_id = f.id
        and c.person_id = any (app_ids('worker_selves')) and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today())))
$$;

-- A plan that was signed, and what was last said of it, beside a closing that lies before its signer. Ids only; content by the function below.
create function papers_beside(paper uuid) returns table (id uuid, kind text, content jsonb, edition int, status text, author_name text,
  written_at timestamptz, sent_at timestamptz, signer_name text, decided_by_name text, decided_at timestamptz, answer text, version int)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (o.kind) o.id, o.kind, t.content, o.edition, o.status, a.name, o.written_at, o.sent_at, g.name, d.name, o.decided_at,
    t.answer, o.version
  from case_paper p join case_paper o on o.district_id = p.district_id and o.case_id = p.case_id and o.id <> p.id
    join case_paper_content t on t.district_id = o.district_id and t.id = o.id
    join person a on a.id = o.author_id left join person g on g.id = o.signer_id left join person d on d.id = o.decided_by
  where p.district_id = app_id('district') and p.id = $1 and p.kind = 'closing'
    and exists (select 1 from case_of_paper($1))
    and ((o.kind = 'plan' and o.status = 'signed') or o.kind = 'evaluation')
  order by o.kind, o.edition desc
$$;

-- Signs a paper or sends it back, and moves the case: by the head of its station or by the one before whom it lies, never by its author or by
-- the one who carries the case. Where the case goes to, the transition table has said.
create function decide_case_paper(paper uuid, seen int, signs boolean, to_stage text, says text) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  p case_paper;
  f case_file;
begin
  select x.* into p from case_paper x where x.district_id = app_id('district') and x.id = $1 and x.status = 'sent' and x.version = seen
    and (x.signer_id = any (app_ids('selves')) or x.station_id = any (app_ids('head_stations')))
    and x.author_id <> all (app_ids('selves')) for update;
  if p.id is null then return null; end if;
  select x.* into f from case_file x where x.district_id = p.district_id and x.id = p.case_id and x.worker_id <> all (app_ids('selves'))
    and x.sealed_at is null and x.stopped_at is null and x.destroyed_at is null
    and x.stage = case p.kind when 'plan' then 'plan-signing' else 'closing-signing' end for update;
  if f.id is null then return null; end if;
  update case_paper x set status = case when signs then 'signed' else 'returned' end, decided_by = app_id('person'), decided_at = app_now(),
    version = x.version + 1 where x.district_id = p.district_id and x.id = p.id;
  update case_paper_content x set answer = says where x.district_id = p.district_id and x.id = p.id;
  update case_file x set stage = to_stage, stage_since = app_now(), updated_at = app_now(), version = x.version + 1, stage_before = null,
    status = case when to_stage = 'closed' then 'closed' else x.status end,
    closed_on = case when to_stage = 'closed' then app_today() else x.closed_on end,
    closing_kind = case when to_stage = 'closed' then p.outcome else x.closing_kind end,
    next_follow_up_on = case when to_stage = 'closed' then p.due_on else x.next_follow_up_on end,
    assessment_due_on = case when to_stage = 'closed' then null else x.assessment_due_on end
  where x.district_id = f.district_id and x.id = f.id;
  return p.version + 1;
end $$;

-- Passes a case on: the one who takes over accepted it, or the head ordered it for a whole caseload. With the case go its requests, what is
-- open of them, and running referrals; co-workers stay. From this moment the former worker reaches nothing of it.
create function hand_case_over(handover uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  h case_handover;
  f case_file;
begin
  select x.* into h from case_handover x where x.district_id = app_id('district') and x.id = $1 and (
    (x.status = 'accepted' and x.to_id = any (app_ids('worker_selves')))
    or (x.status = 'ordered' and x.station_id = any (app_ids('head_stations')) and x.proposed_by = app_id('person')));
  if h.id is null then return false; end if;
  select x.* into f from case_file x where x.district_id = h.district_id and x.id = h.case_id and x.worker_id = h.from_id
    and x.sealed_at is null and x.stopped_at is null and x.destroyed_at is null for update;
  if f.id is null then return false; end if;
  update case_file x set worker_id = h.to_id, updated_at = app_now(), version = x.version + 1,
    withheld = array(select c from unnest(array['papers', 'records', 'attachments']) as c where c <> all (h.may_read) or c = any (x.withheld)),
    withheld_before = case when array['papers', 'records', 'attachments'] <@ h.may_read then x.withheld_before else app_now() end
  where x.district_id = f.district_id and x.id = f.id;
  update recipient x set worker_id = h.to_id where x.district_id = f.district_id and x.id = f.recipient_id and x.worker_id = h.from_id;
  update support_request x set asker_id = h.to_id where x.district_id = f.district_id and x.case_id = f.id and x.asker_id = h.from_id;
  update support_action a set owner_id = h.to_id from support_request q where q.district_id = a.district_id and q.id = a.request_id
    and q.district_id = f.district_id and q.case_id = f.id and a.owner_id = h.from_id and a.status = 'open';
  update partner_referral x set asker_id = h.to_id from support_request q where q.district_id = x.district_id and q.id = x.request_id
    and q.district_id = f.district_id and q.case_id = f.id and x.asker_id = h.from_id;
  -- Who carries a case does not work along on it.
  update case_circle c set to_day = app_today() - 1, ended_at = app_now(), ended_by = app_id('person')
  where c.district_id = f.district_id and c.case_id = f.id and c.person_id = h.to_id and c.ended_at is null
    and (c.to_day is null or c.to_day >= app_today());
  return true;
end $$;

-- Cases that somebody carries and that are not put away: by their number, for the head who hands a caseload over or for the worker.
create function caseload_of(person uuid) returns table (id uuid, number text, station_id uuid, stage text, running boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.station_id, f.stage,
    exists (select 1 from case_handover h where h.district_id = f.district_id and h.case_id = f.id and h.status = 'proposed')
  from case_file f
  where f.district_id = app_id('district') and f.worker_id = $1 and f.stage <> 'archived' and (f.status = 'open' or f.next_follow_up_on is not null)
    and f.sealed_at is null and f.stopped_at is null and f.destroyed_at is null
    and (f.worker_id = any (app_ids('worker_selves')) or f.station_id = any (app_ids('head_stations')))
  order by f.id
$$;

revoke all on function stage_follows(), paper_reached(uuid, uuid), case_of_paper(uuid), papers_beside(uuid),
  decide_case_paper(uuid, int, boolean, text, text), hand_case_over(uuid), caseload_of(uuid) from public;
grant execute on function paper_reached(uuid, uuid), case_of_paper(uuid), papers_beside(uuid),
  decide_case_paper(uuid, int, boolean, text, text), hand_case_over(uuid), caseload_of(uuid) to jieyou_app;

-- The term of keeping runs from the day of closing, where that is known; a follow-up or the archiving does not begin it anew.
create or replace function cases_of_privacy_request(one_request uuid) returns table (
  id uuid, number text, station_id uuid, station_name text, worker_id uuid, status text, last_on date, birth_on date, judicial boolean,
  holds text[], extended_until date, running int, stopped boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.station_id, s.name, f.worker_id, f.status, coalesce(f.closed_on, (f.updated_at at time zone 'Asia/Shanghai')::date), r.birth_on,
    exists (select 1 from retention_mark m where m.district_id = f.district_id and m.case_id = f.id and m.kind = 'judicial' and m.lifted_at is null),
    array_replace(live_holds(f.district_id, f.id), 'mandatory-report', 'other-law'),
    (select max(m.until) from retention_mark m where m.district_id = f.district_id and m.case_id = f.id and m.kind = 'extension' and m.lifted_at is null),
    (select count(*)::int from support_request q where q.district_id = f.district_id and q.case_id = f.id
      and q.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')),
    f.stopped_at is not null
  from privacy_request p join case_file f on f.district_id = p.district_id and f.recipient_id = any (p.recipient_ids) and f.destroyed_at is null and f.sealed_at is null
    join recipient r on r.district_id = f.district_id and r.id = f.recipient_id join station s on s.id = f.station_id
  where p.district_id = app_id('district') and p.id = $1 and p.status in ('answering', 'done', 'partly')
    and (p.received_by = any (app_ids('selves')) or p.station_id = any (app_ids('head_stations')) or app_text('centre') = '1')
  order by f.id
$$;

-- What stands in the register of marks about a case that was just opened: whoever archives it need not see the marks themselves.
create function keeping_of_opened(out judicial boolean, out extended_until date)
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(bool_or(m.kind = 'judicial'), false), max(m.until) filter (where m.kind = 'extension')
  from retention_mark m where m.district_id = app_id('district') and m.case_id = app_id('opened_case') and m.lifted_at is null
$$;
revoke all on function keeping_of_opened() from public;
grant execute on function keeping_of_opened() to jieyou_app;
