-- Mandatory reports for minors (未成年人保护法 11; 意见 2020). Four tables, by who may know what:
--   mandatory_report   the register: number, state, moments. No name, no place, no narrative, and nobody who reported.
--   report_content     what was seen, where, how the child is called.
--   report_reporter    who reported, and from which case: the reporter, the head of the station, the supervisor that was named. Nobody else.
--   report_entry       everything that was added. What the reporter adds carries no name.
-- Nothing is edited and nothing deleted: the platform's role has no right to, save the columns of the register that tell the state.
create table mandatory_report (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  status text not null check (status in ('registered', 'handling', 'reported', 'following', 'disputed', 'closing', 'closed', 'not-applicable')),
  situation text not null,
  station_id uuid references station,
  supervisor_id uuid references person,
  discovered_at timestamptz not null,
  registered_at timestamptz not null,
  due_at timestamptz not null,
  acknowledged_at timestamptz,
  reported_at timestamptz,
  closed_at timestamptz,
  -- Since when the centre keeps it: nobody of the station is there to, or nobody acknowledged in time.
  centre_since timestamptz,
  -- Who waits for a second person; null where it is the reporter, who stands in report_reporter alone.
  proposed_by uuid references person,
  reminders int not null default 0,
  remind_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, number)
);
create index mandatory_report_newest on mandatory_report (district_id, registered_at desc, id);
create index mandatory_report_waiting on mandatory_report (district_id, remind_at) where acknowledged_at is null;

create table report_reporter (
  district_id uuid not null references division,
  id uuid not null,
  reporter_id uuid not null references person,
  -- Copied from the register, so that this table is judged by itself.
  station_id uuid references station,
  supervisor_id uuid references person,
  -- A case points to its worker: it stands here and not in the register. No reference, since a sealed file must leave no trace elsewhere.
  case_id uuid,
  request_id uuid,
  primary key (district_id, id),
  foreign key (district_id, id) references mandatory_report (district_id, id)
);
create index report_reporter_own on report_reporter (reporter_id, id desc);

create table report_content (
  district_id uuid not null references division,
  id uuid not null,
  place text not null,
  seen text not null,
  child text,
  primary key (district_id, id),
  foreign key (district_id, id) references mandatory_report (district_id, id)
);

create table report_entry (
  district_id uuid not null references division,
  id uuid not null,
  report_id uuid not null,
  kind text not null check (kind in ('addition', 'police', 'authority', 'materials', 'feedback', 'placement', 'follow-up', 'acknowledged', 'disputed',
    'signed-off', 'overruled', 'closing-proposed', 'closing-confirmed', 'closing-returned', 'to-centre')),
  -- When it happened, and when it was written down.
  at timestamptz not null,
  written_at timestamptz not null,
  -- Null where the reporter wrote it, and where the platform did.
  by_id uuid references person,
  of_reporter boolean not null default false,
  unit text,
  manner text,
  officer_no text,
  receipt_no text,
  placement text,
  says text,
  primary key (district_id, id),
  foreign key (district_id, report_id) references mandatory_report (district_id, id),
  check (not of_reporter or by_id is null)
);
create index report_entry_by_report on report_entry (district_id, report_id, id);

do $$
declare one text;
begin
  foreach one in array array['mandatory_report', 'report_reporter', 'report_content', 'report_entry'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
end $$;
grant update (status, acknowledged_at, reported_at, closed_at, centre_since, proposed_by, reminders, remind_at, version) on mandatory_report to jieyou_app;

-- Only the person, never a deputy: whoever stands in for the reporter does not learn that there was a report.
create policy reporter_own on report_reporter for select using (
  district_id = (select app_id('district')) and reporter_id = (select app_id('person')));
create policy reporter_kept on report_reporter for select using (
  district_id = (select app_id('district')) and (
    station_id = any ((select app_ids('head_stations'))::uuid[]) or supervisor_id = any ((select app_ids('supervisor_selves'))::uuid[])));
create policy reporter_writes on report_reporter for insert with check (
  district_id = (select app_id('district')) and reporter_id = (select app_id('person')));

create function reported_by_me(district uuid, report uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from report_reporter o where o.district_id = $1 and o.id = $2 and o.reporter_id = app_id('person'));
end $$;
create function report_reached(district uuid, report uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from mandatory_report m where m.district_id = $1 and m.id = $2);
end $$;

create policy report_register on mandatory_report for insert with check (district_id = (select app_id('district')));
create policy report_read on mandatory_report for select using (
  district_id = (select app_id('district')) and (
    station_id = any ((select app_ids('head_stations'))::uuid[])
    or supervisor_id = any ((select app_ids('supervisor_selves'))::uuid[])
    or (centre_since is not null and (select app_text('centre')) = '1')
    or (select app_text('platform')) = '1'
    or reported_by_me(district_id, id)));
create policy report_move on mandatory_report for update using (
  district_id = (select app_id('district')) and (
    station_id = any ((select app_ids('head_stations'))::uuid[])
    or supervisor_id = any ((select app_ids('supervisor_selves'))::uuid[])
    or (centre_since is not null and (select app_text('centre')) = '1')
    or (select app_text('platform')) = '1'
    or reported_by_me(district_id, id)));

-- The platform keeps clocks by the register and reads no content.
create policy report_content_read on report_content for select using (
  district_id = (select app_id('district')) and coalesce((select app_text('platform')), '') <> '1' and report_reached(district_id, id));
create policy report_content_write on report_content for insert with check (reported_by_me(district_id, id));
create policy report_entry_read on report_entry for select using (
  district_id = (select app_id('district')) and coalesce((select app_text('platform')), '') <> '1' and report_reached(district_id, report_id));
create policy report_entry_write on report_entry for insert with check (
  district_id = (select app_id('district')) and report_reached(district_id, report_id) and (
    by_id = (select app_id('person'))
    or (of_reporter and reported_by_me(district_id, report_id))
    or (kind = 'to-centre' and (select app_text('platform')) = '1')));

-- The supervisor who is named: the reporter's own, else one of the agency that runs the station, else one of the district. The answer is
-- one person of the staff; the relations themselves stay where they are.
create function supervisor_for_report(reporter uuid, station uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select r.person_id from role_assignment r join person p on p.id = r.person_id
  where r.role = 'supervisor' and r.district_id = app_id('district') and r.person_id <> $1
    and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today())
  order by
    exists (select 1 from supervision_relation s where s.supervisor_id = r.person_id and s.worker_person_id = $1
      and s.from_day <= app_today() and (s.to_day is null or s.to_day >= app_today())) desc,
    coalesce(p.organisation_id = (select t.operator_id from station t where t.id = $2), false) desc,
    r.valid_from, p.id
  limit 1
$$;

-- Figures of a year for the whole district, in numbers.
create function report_figures(from_at timestamptz, to_at timestamptz) returns table (total int, waiting int, reported int, median_minutes int)
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int, (count(*) filter (where m.acknowledged_at is null and m.status not in ('closed', 'not-applicable')))::int,
    (count(m.reported_at))::int,
    (percentile_disc(0.5) within group (order by extract(epoch from m.reported_at - m.discovered_at) / 60)
      filter (where m.reported_at is not null))::int
  from mandatory_report m where m.district_id = app_id('district') and m.registered_at >= $1 and m.registered_at < $2
    and app_text('centre') = '1'
$$;
revoke all on function reported_by_me(uuid, uuid), report_reached(uuid, uuid), supervisor_for_report(uuid, uuid), report_figures(timestamptz, timestamptz) from public;
grant execute on function reported_by_me(uuid, uuid), report_reached(uuid, uuid), supervisor_for_report(uuid, uuid), report_figures(timestamptz, timestamptz) to jieyou_app;
