-- What stands still or is sealed is closed in the rooms that hang on it as well; where two persons decide, the database knows both.

-- Open cases with the same phone: a case that is only kept is its head's alone, and one that was destroyed is nobody's.
create or replace function cases_of_phone(phone text) returns table (
  id uuid, number text, status text, name_masked text, worker_name text, station_name text, mine boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.status, r.name_masked, p.name, s.name, coalesce(f.worker_id = any (app_ids('worker_selves')), false)
  from recipient r join case_file f on f.district_id = r.district_id and f.recipient_id = r.id
    join person p on p.id = f.worker_id join station s on s.id = f.station_id
  where r.district_id = app_id('district') and r.phone_index = $1 and f.sealed_at is null and f.destroyed_at is null
    and (app_text('centre') = '1' or f.station_id = any (app_ids('worker_stations')) or f.station_id = any (app_ids('head_stations')))
    and (f.stopped_at is null or f.station_id = any (app_ids('head_stations')))
  order by f.status = 'open' desc, f.id desc limit 10
$$;

-- Whether a request is still in use for the one who asks: its head keeps it after the stop, nobody else.
create function request_in_use(district uuid, request uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select exists (select 1 from support_request r where r.district_id = $1 and r.id = $2 and $1 = app_id('district')
    and r.destroyed_at is null and r.sealed_at is null and (r.stopped_at is null or r.station_id = any (app_ids('head_stations'))))
$$;
do $$
declare one text;
begin
  foreach one in array array['support_line', 'support_action', 'support_conference', 'support_minutes', 'client_agenda', 'support_response',
    'partner_referral', 'publication_draft'] loop
    execute format($p$create policy only_kept on %1$I as restrictive for select using (
      request_id = (select app_id('opened')) or request_in_use(district_id, request_id))$p$, one);
  end loop;
  foreach one in array array['support_line', 'support_action', 'support_response', 'partner_referral'] loop
    execute format($p$create policy only_kept_still on %1$I as restrictive for update using (not request_stands_still(district_id, request_id))$p$, one);
  end loop;
end $$;
create policy only_kept on publication_finding as restrictive for select using (exists (
  select 1 from publication_draft d where d.district_id = publication_finding.district_id and d.id = publication_finding.draft_id));

-- What a resident or a caller said, once it led to a case: closed with the case, save for whoever has the code.
create function appeal_in_use(district uuid, appeal uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select not exists (select 1 from appeal a join case_file f on f.district_id = a.district_id and f.id = a.case_id
    where a.district_id = $1 and a.id = $2 and coalesce(a.code_hash <> app_text('code'), true)
      and (f.destroyed_at is not null or (f.stopped_at is not null and not coalesce(f.station_id = any (app_ids('head_stations')), false))))
$$;
create function call_in_use(district uuid, call uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select coalesce((select appeal_in_use(c.district_id, c.appeal_id) from hotline_call c
    where c.district_id = $1 and c.id = $2 and c.appeal_id is not null), true)
$$;
create policy only_kept on appeal_content as restrictive for select using (appeal_in_use(district_id, id));
create policy only_kept on appeal_step as restrictive for select using (appeal_in_use(district_id, appeal_id));
create policy only_kept on hotline_call_content as restrictive for select using (call_in_use(district_id, id));
create policy only_kept on hotline_hand_over as restrictive for select using (call_in_use(district_id, call_id));

-- Registers that name a case by its number say nothing of one that is sealed.
create function case_is_sealed(district uuid, one_case uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_file f where f.district_id = $1 and f.id = $2 and f.sealed_at is not null)
$$;
do $$
declare one text;
begin
  foreach one in array array['processing_stop', 'retention_mark', 'destruction_item'] loop
    execute format($p$create policy not_sealed on %1$I as restrictive for select using (not case_is_sealed(district_id, case_id))$p$, one);
  end loop;
end $$;

revoke all on function request_in_use(uuid, uuid), appeal_in_use(uuid, uuid), call_in_use(uuid, uuid), case_is_sealed(uuid, uuid) from public;
grant execute on function request_in_use(uuid, uuid), appeal_in_use(uuid, uuid), call_in_use(uuid, uuid), case_is_sealed(uuid, uuid) to jieyou_app;

-- That a mandatory report names a case is told to the head and the supervisor of that report (0022). Everybody else learns that some law
-- keeps the file, which is all that a stop or a destruction needs.
create or replace function live_holds(district uuid, one_case uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array(
    select m.ground from retention_mark m
    where m.district_id = $1 and $1 = app_id('district') and m.case_id = $2 and m.kind = 'hold' and m.lifted_at is null
    union
    select case when p.station_id = any (app_ids('head_stations')) or p.supervisor_id = any (app_ids('supervisor_selves'))
      then 'mandatory-report' else 'other-law' end
    from report_reporter p where p.district_id = $1 and p.district_id = app_id('district')
      and (p.case_id = $2 or p.request_id in (select q.id from support_request q where q.district_id = $1 and q.case_id = $2))
    order by 1)
$$;
-- The grounds of a privacy request are told to whoever asked, a guardian among them: never that there was a report.
create or replace function cases_of_privacy_request(one_request uuid) returns table (
  id uuid, number text, station_id uuid, station_name text, worker_id uuid, status text, last_on date, birth_on date, judicial boolean,
  holds text[], extended_until date, running int, stopped boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.station_id, s.name, f.worker_id, f.status, (f.updated_at at time zone 'Asia/Shanghai')::date, r.birth_on,
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

-- What is kept of a person: rows are counted, and files named, once it is known who asks; their words are read only after somebody else
-- than the receiver decided. What is sealed is not there, and neither is that it is sealed.
create or replace function personal_rows(one_request uuid) returns table (table_name text, depth int, row_id uuid, one jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare r privacy_request;
begin
  select * into r from privacy_request p where p.district_id = app_id('district') and p.id = one_request
    and p.status in ('answering', 'done', 'partly')
    and (p.received_by = any (app_ids('selves')) or p.station_id = any (app_ids('head_stations')) or app_text('centre') = '1');
  if r.id is null then return; end if;
  return query select w.table_name, w.depth, w.row_id,
    case when r.status in ('done', 'partly') and r.decided_by <> r.received_by then w.one
      when w.table_name = 'attachment' then jsonb_build_object('name', w.one -> 'name', 'bytes', w.one -> 'bytes', 'removed_at', w.one -> 'removed_at')
      else '{}' end
  from walk_personal(r.district_id, r.recipient_ids, null) w
  where w.one ->> 'sealed_at' is null
    and w.table_name not in ('sealed_file', 'sealed_content', 'sealed_attachment', 'query_letter', 'letter_approval', 'sealed_reading');
end $$;

-- A request about own data begins as received, about whom it was received, and is decided in the own name.
revoke update on privacy_request from jieyou_app;
grant update (status, checked_by, checked_at, prepared_by, decided_by, decided_at, warned_on, version) on privacy_request to jieyou_app;
create policy begins_received on privacy_request as restrictive for insert with check (status = 'received' and decided_by is null);
create policy decides_oneself on privacy_request as restrictive for update using (true) with check (
  (decided_by is null or decided_by = (select app_id('person')))
  and (status not in ('done', 'partly', 'refused') or decided_by is not null));

-- A list of destruction is appraised in the own name, approved in the own name, and executed by the job; nothing joins it later.
revoke update on destruction_list, destruction_item, retention_mark from jieyou_app;
grant update (status, approved_by, approved_at, answer, executed_at, version) on destruction_list to jieyou_app;
grant update (destroyed_at, spared, rows_erased, files_erased, proof) on destruction_item to jieyou_app;
grant update (lifted_by, lifted_at, lift_reason) on retention_mark to jieyou_app;
create policy begins_appraised on destruction_list as restrictive for insert with check (
  status = 'appraised' and appraised_by = (select app_id('person')) and approved_by is null);
create policy approves_oneself on destruction_list as restrictive for update
  using (status = case when (select app_text('platform')) = '1' then 'approved' else 'appraised' end)
  with check ((select app_text('platform')) = '1' or approved_by = (select app_id('person')));
create policy joins_while_appraised on destruction_item as restrictive for insert with check (exists (
  select 1 from destruction_list l where l.district_id = destruction_item.district_id and l.id = destruction_item.list_id
    and l.status = 'appraised' and l.appraised_by = (select app_id('person'))));

-- Drafts of rules are their district's; a version comes from a draft that somebody else submitted.
alter table rule_draft enable row level security;
alter table rule_draft_change enable row level security;
alter table rule_pack enable row level security;
alter table rule_value enable row level security;
create policy draft_read on rule_draft for select using (district_id = (select app_id('district')));
create policy draft_begin on rule_draft for insert with check (
  district_id = (select app_id('district')) and division_id = district_id and author_id = (select app_id('person')) and status = 'draft');
create policy draft_move on rule_draft for update using (district_id = (select app_id('district')) and status in ('draft', 'submitted'))
  with check (district_id = (select app_id('district')) and (status <> 'issued' or decided_by = (select app_id('person'))));
create policy change_of_draft on rule_draft_change using (district_id = (select app_id('district')) and exists (
  select 1 from rule_draft d where d.id = rule_draft_change.draft_id));
create policy change_while_draft on rule_draft_change as restrictive for insert with check (exists (
  select 1 from rule_draft d where d.id = rule_draft_change.draft_id and d.status = 'draft'));
create policy change_taken_while_draft on rule_draft_change as restrictive for delete using (exists (
  select 1 from rule_draft d where d.id = rule_draft_change.draft_id and d.status = 'draft'));
create policy rules_are_open on rule_pack for select using (true);
create policy values_are_open on rule_value for select using (true);
create policy pack_issued on rule_pack for insert with check ((select app_text('officer')) = '1' and exists (
  select 1 from rule_draft d where d.division_id = rule_pack.division_id and d.code = rule_pack.code and d.status = 'submitted'
    and d.author_id <> (select app_id('person'))));
create policy pack_ends on rule_pack for update using ((select app_text('officer')) = '1' and division_id = (select app_id('district')));
create policy value_issued on rule_value for insert with check ((select app_text('officer')) = '1' and exists (
  select 1 from rule_pack p join rule_draft d on d.division_id = p.division_id and d.code = p.code
  where p.id = rule_value.pack_id and d.status = 'submitted' and d.author_id <> (select app_id('person'))));
