-- Retention and destruction (档案法), the register of impact assessments (PIPL 55–56) and the record of breaches (PIPL 57).

-- What stands on a case beside its file: a legal hold, a longer term, that it is a judicial file. No reference: it outlives the case.
create table retention_mark (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  station_id uuid not null references station,
  kind text not null check (kind in ('hold', 'extension', 'judicial')),
  ground text not null,
  reason text not null,
  until date,
  marked_by uuid not null references person,
  marked_at timestamptz not null,
  lifted_by uuid references person,
  lifted_at timestamptz,
  lift_reason text,
  primary key (district_id, id),
  check (kind <> 'extension' or until is not null)
);
create index retention_mark_by_case on retention_mark (district_id, case_id) where lifted_at is null;

create table destruction_list (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  station_id uuid not null references station,
  status text not null check (status in ('appraised', 'approved', 'returned', 'executed')),
  opinion text not null,
  appraised_by uuid not null references person,
  appraised_at timestamptz not null,
  approved_by uuid references person,
  approved_at timestamptz,
  answer text,
  executed_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, number),
  -- 鉴定与批准不是同一人。
  check (approved_by <> appraised_by)
);
create index destruction_list_newest on destruction_list (district_id, id desc);
create table destruction_item (
  district_id uuid not null references division,
  id uuid not null,
  list_id uuid not null,
  case_id uuid not null,
  case_number text not null,
  retention_class text not null,
  closed_on date not null,
  due_on date not null,
  destroyed_at timestamptz,
  -- Why it was spared after all: a hold that came in between.
  spared text,
  rows_erased int,
  files_erased int,
  -- SM3 over what was erased, table by table: proof without content.
  proof text,
  primary key (district_id, id),
  unique (district_id, list_id, case_id),
  foreign key (district_id, list_id) references destruction_list (district_id, id)
);

create table impact_assessment (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  title text not null,
  processing text not null,
  purpose text not null,
  necessity text not null,
  sensitive boolean not null,
  minors boolean not null,
  risk text not null check (risk in ('low', 'medium', 'high')),
  risks text not null,
  measures text not null,
  assessed_by text not null,
  assessed_on date not null,
  review_on date not null,
  keep_until date not null,
  recorded_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, number)
);
create table breach_record (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  happened text not null,
  found_at timestamptz not null,
  due_at timestamptz not null,
  pack_version text not null,
  kinds text[] not null,
  persons int not null check (persons >= 0),
  minors boolean not null,
  cause text not null,
  harm text not null,
  measures text not null,
  authority text,
  authority_told_at timestamptz,
  persons_told_at timestamptz,
  persons_told_how text,
  -- PIPL 57(2): nobody need be told where the measures avert the harm; the reason is kept.
  exempt_reason text,
  closed_at timestamptz,
  recorded_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, number)
);

do $$
declare one text;
begin
  foreach one in array array['retention_mark', 'destruction_list', 'destruction_item', 'impact_assessment', 'breach_record'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
  end loop;
  foreach one in array array['retention_mark', 'destruction_list'] loop
    execute format($p$create policy kept_by_station on %1$I using (
      district_id = (select app_id('district')) and (
        station_id = any ((select app_ids('head_stations'))::uuid[]) or (select app_text('centre')) = '1'
        or (select app_text('platform')) = '1'))$p$, one);
  end loop;
  foreach one in array array['impact_assessment', 'breach_record'] loop
    execute format($p$create policy kept_by_security on %1$I using (
      district_id = (select app_id('district')) and (select app_text('security')) = '1')$p$, one);
    execute format($p$create policy read_by_offices on %1$I for select using (
      district_id = (select app_id('district')) and ((select app_text('centre')) = '1' or (select app_text('officer')) = '1'))$p$, one);
  end loop;
end $$;
create policy item_of_list on destruction_item using (exists (
  select 1 from destruction_list l where l.district_id = destruction_item.district_id and l.id = destruction_item.list_id));

-- What keeps a case from destruction now: marks of the head, and a mandatory report that names it. Codes only.
create function live_holds(district uuid, one_case uuid) returns text[]
language sql stable security definer set search_path = public, pg_temp as $$
  select array(
    select m.ground from retention_mark m where m.district_id = $1 and m.case_id = $2 and m.kind = 'hold' and m.lifted_at is null
    union
    select 'mandatory-report' from report_reporter p where p.district_id = $1 and p.district_id = app_id('district')
      and (p.case_id = $2 or p.request_id in (select q.id from support_request q where q.district_id = $1 and q.case_id = $2))
    order by 1)
$$;
revoke all on function live_holds(uuid, uuid) from public;
grant execute on function live_holds(uuid, uuid) to jieyou_app;

-- Facts by which deletion and destruction are judged, of the cases of a request's person.
create function cases_of_privacy_request(one_request uuid) returns table (
  id uuid, number text, station_id uuid, station_name text, worker_id uuid, status text, last_on date, birth_on date, judicial boolean,
  holds text[], extended_until date, running int, stopped boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.station_id, s.name, f.worker_id, f.status, (f.updated_at at time zone 'Asia/Shanghai')::date, r.birth_on,
    exists (select 1 from retention_mark m where m.district_id = f.district_id and m.case_id = f.id and m.kind = 'judicial' and m.lifted_at is null),
    live_holds(f.district_id, f.id),
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

-- Turns a deletion that the law blocks into a stop of processing, by the deciding person.
create function stop_processing(stop_id uuid, one_request uuid, one_case uuid, why text[]) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare f case_file;
begin
  select x.* into f from case_file x join privacy_request p on p.district_id = x.district_id and x.recipient_id = any (p.recipient_ids)
  where p.district_id = app_id('district') and p.id = one_request and p.kind = 'delete' and p.status = 'answering'
    and p.received_by <> app_id('person') and (p.station_id = any (app_ids('head_stations')) or app_text('centre') = '1')
    and x.id = one_case and x.stopped_at is null and x.destroyed_at is null and x.sealed_at is null;
  if f.id is null then return false; end if;
  insert into processing_stop (district_id, id, request_id, case_id, case_number, station_id, grounds, since, stopped_by)
  values (f.district_id, stop_id, one_request, f.id, f.number, f.station_id, why, app_now(), app_id('person'));
  update case_file set stopped_at = app_now() where district_id = f.district_id and id = f.id;
  update recipient set stopped_at = app_now() where district_id = f.district_id and id = f.recipient_id
    and not exists (select 1 from case_file o where o.district_id = f.district_id and o.recipient_id = f.recipient_id and o.stopped_at is null and o.destroyed_at is null);
  update support_request set stopped_at = app_now() where district_id = f.district_id and case_id = f.id;
  return true;
end $$;

-- Erases a case: everything that hangs on it, and what history kept of it. The numbers of case, requests, appeals and calls stay as
-- lines of the register.
-- Only the job calls it, and only with a warrant of two persons: an approved list, or a decided deletion. A live hold stops it.
create function destroy_case(one_case uuid, warrant_kind text, warrant uuid) returns table (stored_as text[], rows_erased int, tally text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  f case_file;
  step record;
  gone text[] := '{}';
  erased int := 0;
  told text := '';
  kept constant text[] := array['case_file', 'support_request', 'appeal', 'hotline_call'];
begin
  select x.* into f from case_file x where x.district_id = app_id('district') and x.id = one_case and x.destroyed_at is null and x.sealed_at is null for update;
  if f.id is null or app_text('platform') is distinct from '1' then return; end if;
  if not (
    (warrant_kind = 'list' and exists (select 1 from destruction_item i join destruction_list l on l.district_id = i.district_id and l.id = i.list_id
      where i.district_id = f.district_id and i.list_id = warrant and i.case_id = f.id and l.status = 'approved' and l.approved_by <> l.appraised_by))
    or (warrant_kind = 'request' and exists (select 1 from privacy_request p
      where p.district_id = f.district_id and p.id = warrant and p.kind = 'delete' and p.status in ('done', 'partly')
        and f.recipient_id = any (p.recipient_ids) and p.decided_by <> p.received_by))
  ) then raise exception 'no warrant to destroy this case'; end if;
  if f.status <> 'closed' or cardinality(live_holds(f.district_id, f.id)) > 0 then return; end if;

  create temporary table doomed on commit drop as
    select w.table_name as name, w.depth as deep, w.row_id as id, md5(w.one::text) as mark, w.one ->> 'stored_as' as file
    from walk_personal(f.district_id, array[f.recipient_id], f.id) w;
  select coalesce(array_agg(d.file), '{}') into gone from doomed d where d.file is not null;
  for step in select d.name, count(*)::int as n, string_agg(d.mark, '' order by d.mark) as marks from doomed d
      where d.name <> all (kept) group by d.name order by max(d.deep) desc, d.name loop
    execute format('delete from %I x where x.district_id = $1 and x.id in (select d.id from doomed d where d.name = %L)', step.name, step.name)
      using f.district_id;
    erased := erased + step.n;
    told := told || step.name || ':' || step.n || ':' || md5(step.marks) || ';';
  end loop;
  update support_request set destroyed_at = app_now() where district_id = f.district_id and case_id = f.id;
  update case_file set destroyed_at = app_now() where district_id = f.district_id and id = f.id;
  update row_history h set before = null, after = null
    where h.district_id = f.district_id and h.row_id in (select d.id from doomed d where d.name <> all (kept));
  if not exists (select 1 from case_file o where o.district_id = f.district_id and o.recipient_id = f.recipient_id and o.destroyed_at is null) then
    update recipient set destroyed_at = app_now(), gender = 'unknown', birth_on = null, name_masked = '已销毁', id_number_masked = null,
      phone_masked = null, address_masked = null, name_ct = '', id_number_ct = null, phone_ct = null, address_ct = null,
      name_index = '', id_number_index = null, phone_index = null
    where district_id = f.district_id and id = f.recipient_id;
    update row_history h set before = null, after = null where h.district_id = f.district_id and h.row_id = f.recipient_id;
    erased := erased + 1;
  end if;
  drop table doomed;
  return query select gone, erased, told;
end $$;

revoke all on function cases_of_privacy_request(uuid), stop_processing(uuid, uuid, uuid, text[]), destroy_case(uuid, text, uuid) from public;
grant execute on function cases_of_privacy_request(uuid), stop_processing(uuid, uuid, uuid, text[]), destroy_case(uuid, text, uuid) to jieyou_app;
grant select, insert, update on retention_mark, destruction_list, destruction_item, impact_assessment, breach_record to jieyou_app;

-- Cases that a decided deletion may erase; the rules have found no block, and those that were blocked stand still.
create function cases_to_delete(one_request uuid) returns table (case_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id from privacy_request p join case_file f on f.district_id = p.district_id and f.recipient_id = any (p.recipient_ids)
  where p.district_id = app_id('district') and app_text('platform') = '1' and p.id = $1 and p.kind = 'delete' and p.status in ('done', 'partly')
    and f.status = 'closed' and f.stopped_at is null and f.destroyed_at is null
  order by f.id
$$;
revoke all on function cases_to_delete(uuid) from public;
grant execute on function cases_to_delete(uuid) to jieyou_app;
