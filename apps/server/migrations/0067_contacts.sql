-- Acts of service (服务记录): one row for each, written by the act itself and never typed again. A row belongs to the worker who served;
-- the head of the station reads it. Everybody else sees kept sums.
create table service_contact (
  district_id uuid not null references division,
  id uuid not null,
  -- The act: a note, a visit, a session, an activity. Written again, it replaces its row.
  source_kind text not null,
  source_id uuid not null,
  kind text not null,
  domain text not null,
  happened_on date not null,
  minutes int check (minutes between 0 and 6000),
  -- Times (人次), and the persons among them that are known, by opaque keys: a recipient, a member, a keyed hash of a phone.
  people int not null check (people between 0 and 100000),
  who uuid[] not null,
  worker_id uuid not null references person,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  -- No references: what became of the record below is the affair of its own room, and an act that happened stays counted.
  case_id uuid,
  recipient_id uuid,
  group_id uuid,
  activity_id uuid,
  written_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, source_kind, source_id),
  check (cardinality(who) <= people)
);
create index service_contact_by_station on service_contact (district_id, station_id, happened_on desc, id desc);
create index service_contact_by_worker on service_contact (district_id, worker_id, happened_on desc, id desc);
create index service_contact_by_case on service_contact (district_id, case_id) where case_id is not null;
create trigger history after insert or update or delete on service_contact for each row execute function keep_history();

alter table service_contact enable row level security;
-- Whoever stands in for a worker writes in the own name, and sees what was written.
create policy contact_reach on service_contact for select using (
  district_id = (select app_id('district')) and (
    worker_id = (select app_id('person'))
    or worker_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])));
-- Of a sealed case not even that somebody served it.
create policy not_sealed on service_contact as restrictive for select using (
  case_id is null or case_id = (select app_id('opened_case')) or not case_is_sealed(district_id, case_id));
create policy contact_write on service_contact for insert with check (
  district_id = (select app_id('district')) and worker_id = any ((select app_ids('selves'))::uuid[]));
create policy contact_correct on service_contact for update
  using (district_id = (select app_id('district')) and (
    worker_id = any ((select app_ids('selves'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])))
  with check (district_id = (select app_id('district')));
create policy contact_withdraw on service_contact for delete using (
  district_id = (select app_id('district')) and (
    worker_id = any ((select app_ids('selves'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])));
grant select, insert, update, delete on service_contact to jieyou_app;

-- Kept sums per month, station, agency, division, kind and field: rows of plus and minus like `figure_tally`; a job folds them together.
create table contact_tally (
  district_id uuid not null references division,
  id uuid not null default gen_random_uuid(),
  month date not null,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  kind text not null,
  domain text not null,
  acts int not null,
  times int not null,
  minutes int not null,
  primary key (district_id, id)
);
create index contact_tally_sum on contact_tally (district_id, month) include (station_id, organisation_id, division_path, kind, domain, acts, times, minutes);

create function keep_contact_tally() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into contact_tally (district_id, month, station_id, organisation_id, division_path, kind, domain, acts, times, minutes)
    select district_id, date_trunc('month', happened_on)::date, station_id, organisation_id, division_path, kind, domain,
      count(*)::int, sum(people)::int, sum(coalesce(minutes, 0))::int
    from added group by 1, 2, 3, 4, 5, 6, 7;
  elsif tg_op = 'DELETE' then
    insert into contact_tally (district_id, month, station_id, organisation_id, division_path, kind, domain, acts, times, minutes)
    select district_id, date_trunc('month', happened_on)::date, station_id, organisation_id, division_path, kind, domain,
      -count(*)::int, -sum(people)::int, -sum(coalesce(minutes, 0))::int
    from removed group by 1, 2, 3, 4, 5, 6, 7;
  else
    insert into contact_tally (district_id, month, station_id, organisation_id, division_path, kind, domain, acts, times, minutes)
    select district_id, date_trunc('month', happened_on)::date, station_id, organisation_id, division_path, kind, domain,
      sum(one)::int, sum(one * people)::int, sum(one * coalesce(minutes, 0))::int
    from (select 1 as one, a.* from added a union all select -1, b.* from removed b) r
    group by 1, 2, 3, 4, 5, 6, 7
    having sum(one) <> 0 or sum(one * people) <> 0 or sum(one * coalesce(minutes, 0)) <> 0;
  end if;
  return null;
end $$;
create trigger tally_added after insert on service_contact referencing new table as added for each statement execute function keep_contact_tally();
create trigger tally_changed after update on service_contact referencing new table as added old table as removed for each statement execute function keep_contact_tally();
create trigger tally_removed after delete on service_contact referencing old table as removed for each statement execute function keep_contact_tally();

alter table contact_tally enable row level security;
create policy tally_read on contact_tally for select using (
  district_id = (select app_id('district')) and (
    (select app_text('centre')) = '1' or (select app_text('officer')) = '1'
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or organisation_id = any ((select app_ids('agency_organisations'))::uuid[])
    or exists (select 1 from unnest((select app_paths())) as p(prefix) where starts_with(division_path, p.prefix))));
create policy tally_platform on contact_tally using (district_id = (select app_id('district')) and (select app_text('platform')) = '1');
grant select, insert, delete on contact_tally to jieyou_app;

-- Persons (人) cannot be summed, so they are counted: how many, for whoever sees sums and no rows. Numbers leave this function, nothing else.
create function contact_persons(from_day date, to_day date, kinds text[], domains text[], station uuid, organisation uuid)
returns table (what text, key text, persons int)
language sql stable security definer set search_path = public, pg_temp as $$
  with reached as materialized (
    select c.kind, c.domain, date_trunc('month', c.happened_on)::date::text as month, c.station_id::text as station,
      c.organisation_id::text as organisation, c.people, c.who
    from service_contact c
    where c.district_id = app_id('district') and c.happened_on between $1 and $2
      and ($3 is null or c.kind = any ($3)) and ($4 is null or c.domain = any ($4))
      and ($5 is null or c.station_id = $5) and ($6 is null or c.organisation_id = $6)
      and (app_text('centre') = '1' or app_text('officer') = '1'
        or c.station_id = any (app_ids('head_stations')) or c.organisation_id = any (app_ids('agency_organisations'))
        or exists (select 1 from unnest(app_paths()) as p(prefix) where starts_with(c.division_path, p.prefix)))),
  parts as (
    select v.what, v.key, r.people, r.who from reached r, lateral (values ('all', ''), ('kind', r.kind), ('domain', r.domain), ('month', r.month),
      ('station', r.station), ('organisation', r.organisation)) as v(what, key) where v.key is not null)
  select u.what, u.key, (u.unknown + coalesce(k.known, 0))::int
  from (select what, key, sum(people - cardinality(who)) as unknown from parts group by 1, 2) u
    left join (select p.what, p.key, count(distinct w) as known from parts p, unnest(p.who) as w group by 1, 2) k on k.what = u.what and k.key = u.key
$$;
revoke all on function contact_persons(date, date, text[], text[], uuid, uuid), keep_contact_tally() from public;
grant execute on function contact_persons(date, date, text[], text[], uuid, uuid) to jieyou_app;

-- What was written down before: each note of a case is an interview of unknown length, by who wrote it.
insert into service_contact (district_id, id, source_kind, source_id, kind, domain, happened_on, minutes, people, who, worker_id, station_id,
    organisation_id, division_path, case_id, recipient_id, written_at)
  select n.district_id, gen_random_uuid(), 'case-note', n.id, 'case-interview',
    case f.domain when 'mental-recovery' then 'health' when 'disability-inclusion' then 'disability' when 'youth-internet' then 'youth'
      when 'parent-child' then 'family' when 'family-relations' then 'family' when 'domestic-violence' then 'family'
      when 'end-of-life' then 'elder' else 'other' end,
    n.happened_on, null, 1, array[f.recipient_id], n.author_id, f.station_id, f.organisation_id, f.division_path, f.id, f.recipient_id, n.written_at
  from case_note n join case_file f on f.district_id = n.district_id and f.id = n.case_id;
