-- Who works along on a case: by whom named, why, and when it was ended before its day.
alter table case_circle
  add column reason text not null default '',
  add column named_by uuid references person,
  add column ended_at timestamptz,
  add column ended_by uuid references person;

-- Whether the person may say who works along: the case's worker, the head of its station. The policies of case_file ask the circle, so
-- the circle's own policy must not ask them back; the owner runs this, for the asker's own district only, and answers yes or no.
create function keeps_circle(one_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_file f
    where f.district_id = app_id('district') and f.id = $1
      and (f.worker_id = any (app_ids('worker_selves')) or f.station_id = any (app_ids('head_stations'))))
$$;

-- A person sees the own rows and writes none of them: nobody lets oneself in.
drop policy circle_own on case_circle;
create policy circle_own on case_circle for select using (person_id = any ((select app_ids('selves'))::uuid[]));
create policy circle_named on case_circle for insert with check (
  district_id = (select app_id('district')) and named_by = (select app_id('person')) and keeps_circle(case_id));

-- Everybody who works or worked along on a case, with names of staff. The room asks for cases that it has shown.
drop function co_workers_of(uuid);
create function co_workers_of(one_case uuid) returns table (
  id uuid, person_id uuid, name text, from_day date, to_day date, reason text, named_by_name text, current boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.id, c.person_id, p.name, c.from_day,
    case when c.ended_at is null then c.to_day else (c.ended_at at time zone 'Asia/Shanghai')::date end, c.reason, b.name,
    c.ended_at is null and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today())
  from case_circle c join person p on p.id = c.person_id left join person b on b.id = c.named_by
  where c.district_id = app_id('district') and c.case_id = $1
  order by p.name_pinyin, p.id, c.id
$$;

-- Ends somebody's working along at once: yesterday becomes its last day. Answers whom it concerned; no row where it was over already.
create function end_co_work(one_case uuid, one_row uuid) returns table (person_id uuid)
language sql volatile security definer set search_path = public, pg_temp as $$
  update case_circle c set to_day = app_today() - 1, ended_at = app_now(), ended_by = app_id('person')
  where c.district_id = app_id('district') and c.case_id = $1 and c.id = $2 and keeps_circle($1)
    and c.ended_at is null and (c.to_day is null or c.to_day >= app_today())
  returning c.person_id
$$;

revoke all on function keeps_circle(uuid), co_workers_of(uuid), end_co_work(uuid, uuid) from public;
grant execute on function keeps_circle(uuid), co_workers_of(uuid), end_co_work(uuid, uuid) to jieyou_app;
