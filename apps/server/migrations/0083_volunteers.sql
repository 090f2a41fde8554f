-- Volunteers under a lead worker (LC-07, LC-13, LC-14, SM-15). To enter a volunteer takes two rows with one id:
--   volunteer          (district_id, id, station_id, organisation_id, division_path, status 'active', name_masked, team, skills, areas, slots,
--                       since, insured_until, made_by, updated_at): the register, for whoever sees figures and names. Skills and slots are the
--                       codes below; areas are ids of divisions (street or community), empty for anywhere; team is the name of the volunteers'
--                       organisation, '' for none; place columns as of the station (`placeOfStation`).
--   volunteer_content  (district_id, id, gender, birth_on, name_ct, name_index, phone_ct, phone_masked, phone_index, id_number_ct,
--                       id_number_masked, id_number_index, id_agreed_on, guardian_name_ct, guardian_name_masked, guardian_phone_ct,
--                       guardian_phone_masked, guardian_agreed_on, expertise, notes): who it is, for the station and the centre. Ciphertext is
--                       made under table 'volunteer_content', the row's id and the fields name, phone, idNumber, guardianName, guardianPhone
--                       (`sealVolunteer` in volunteers/store.ts writes all of them); the ID number only with the volunteer's agreement.
create table volunteer (
  district_id uuid not null references division,
  id uuid not null,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  status text not null check (status in ('active', 'paused', 'withdrawn')),
  name_masked text not null,
  team text not null default '',
  skills text[] not null default '{}' check (skills <@ array['talk', 'care', 'medical', 'psychology', 'law', 'tutoring', 'handcraft', 'repair', 'transport',
    'computer', 'sports', 'arts', 'language', 'organising', 'haircut', 'cooking']),
  areas uuid[] not null default '{}',
  slots text[] not null default '{}' check (slots <@ array['weekday-morning', 'weekday-afternoon', 'weekday-evening', 'weekend-morning', 'weekend-afternoon',
    'weekend-evening']),
  since date not null,
  -- Until when an accident insurance stands; null where none is known.
  insured_until date,
  -- Since when somebody has paused or left, and when what was known of the person was taken out.
  stopped_on date,
  erased_at timestamptz,
  made_by uuid not null references person,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  check ((status = 'active') = (stopped_on is null)),
  check (erased_at is null or status = 'withdrawn')
);
create index volunteer_by_station on volunteer (district_id, station_id, id desc);
create index volunteer_newest on volunteer (district_id, since desc, id desc);

create table volunteer_content (
  district_id uuid not null references division,
  id uuid not null,
  gender text not null default 'unknown' check (gender in ('female', 'male', 'unknown')),
  birth_on date,
  name_ct text not null,
  name_index text not null,
  phone_ct text,
  phone_masked text,
  phone_index text,
  id_number_ct text,
  id_number_masked text,
  id_number_index text,
  id_agreed_on date,
  guardian_name_ct text,
  guardian_name_masked text,
  guardian_phone_ct text,
  guardian_phone_masked text,
  guardian_agreed_on date,
  expertise text not null default '',
  notes text not null default '',
  stop_says text,
  primary key (district_id, id),
  foreign key (district_id, id) references volunteer (district_id, id),
  -- No number without the volunteer's own yes.
  check (id_number_ct is null or id_agreed_on is not null)
);
create index volunteer_by_name on volunteer_content (district_id, name_index);
create index volunteer_by_phone on volunteer_content (district_id, phone_index) where phone_index is not null;
create index volunteer_by_id_number on volunteer_content (district_id, id_number_index) where id_number_index is not null;

-- A task (志愿任务): always under a social worker who leads. What it helps with is named by kind and id and not by a reference: whatever is
-- sealed or destroyed there is not held back from here.
create table volunteer_task (
  district_id uuid not null references division,
  id uuid not null,
  title text not null,
  class text not null check (class in ('elder-care', 'disability-aid', 'relief', 'mutual-help', 'youth')),
  status text not null check (status in ('open', 'staffed', 'done', 'settled', 'cancelled')),
  for_kind text not null check (for_kind in ('own', 'activity', 'group', 'relief', 'visit')),
  for_id uuid,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  place text not null,
  area_id uuid references division,
  wanted int not null check (wanted between 1 and 500),
  skills text[] not null default '{}',
  risky boolean not null default false,
  lead_id uuid not null references person,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  made_by uuid not null references person,
  recorded_by uuid references person,
  recorded_at timestamptz,
  settled_by uuid references person,
  settled_at timestamptz,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  check ((for_kind = 'own') = (for_id is null)),
  check (status not in ('done', 'settled') or recorded_by is not null),
  check ((status = 'settled') = (settled_by is not null))
);
create index volunteer_task_by_station on volunteer_task (district_id, station_id, starts_at desc, id desc);
create index volunteer_task_by_lead on volunteer_task (district_id, lead_id) where status in ('open', 'staffed', 'done');
create index volunteer_task_for on volunteer_task (district_id, for_id) where for_id is not null;
create index volunteer_task_settled on volunteer_task (district_id, starts_at) where status = 'settled';

create table volunteer_task_content (
  district_id uuid not null references division,
  id uuid not null,
  -- What the volunteers are told.
  says text not null,
  summary text,
  cancel_says text,
  handed_says text,
  primary key (district_id, id),
  foreign key (district_id, id) references volunteer_task (district_id, id)
);

-- Who was asked to a task, who comes, and how long they were there: one row, one time.
create table volunteer_turn (
  district_id uuid not null references division,
  id uuid not null,
  task_id uuid not null,
  volunteer_id uuid not null,
  status text not null check (status in ('invited', 'confirmed', 'declined', 'came', 'absent')),
  minutes int check (minutes between 1 and 1440),
  invited_at timestamptz not null,
  invited_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, task_id) references volunteer_task (district_id, id),
  foreign key (district_id, volunteer_id) references volunteer (district_id, id),
  unique (district_id, task_id, volunteer_id),
  check ((status = 'came') = (minutes is not null))
);
create index volunteer_turn_of on volunteer_turn (district_id, volunteer_id, task_id);

do $$
declare one text;
begin
  foreach one in array array['volunteer', 'volunteer_content', 'volunteer_task', 'volunteer_task_content', 'volunteer_turn'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
end $$;

-- The register: the station keeps it, the centre sees the district, those who see figures see names and no numbers.
create policy volunteer_read on volunteer for select using (
  district_id = (select app_id('district')) and (
    station_id = any ((select app_ids('worker_stations'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])
    or (select app_text('centre')) = '1' or (select app_text('officer')) = '1'
    or organisation_id = any ((select app_ids('agency_organisations'))::uuid[])
    or exists (select 1 from unnest((select app_paths())) as p(prefix) where starts_with(division_path, p.prefix))));
create policy volunteer_new on volunteer for insert with check (
  district_id = (select app_id('district')) and made_by = (select app_id('person')) and status = 'active' and erased_at is null and (
    station_id = any ((select app_ids('worker_stations'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])));
-- Whoever has left stays left.
create policy volunteer_change on volunteer for update using (
  district_id = (select app_id('district')) and status <> 'withdrawn' and (
    station_id = any ((select app_ids('worker_stations'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])))
  with check (erased_at is null);
-- Runs as the caller.
create function volunteer_kept(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from volunteer v where v.district_id = $1 and v.id = $2
    and (v.station_id = any (app_ids('worker_stations')) or v.station_id = any (app_ids('head_stations'))));
end $$;
create policy volunteer_content_read on volunteer_content for select using (
  district_id = (select app_id('district')) and ((select app_text('centre')) = '1' or volunteer_kept(district_id, id)));
create policy volunteer_content_new on volunteer_content for insert with check (volunteer_kept(district_id, id));
create policy volunteer_content_change on volunteer_content for update using (volunteer_kept(district_id, id));

create policy volunteer_task_read on volunteer_task for select using (
  district_id = (select app_id('district')) and (
    station_id = any ((select app_ids('worker_stations'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])
    or lead_id = any ((select app_ids('worker_selves'))::uuid[]) or (select app_text('centre')) = '1'));
create policy volunteer_task_new on volunteer_task for insert with check (
  district_id = (select app_id('district')) and made_by = (select app_id('person')) and status = 'open'
  and lead_id = any ((select app_ids('worker_selves'))::uuid[]));
-- What is settled or cancelled stays; hours are settled by who leads.
create policy volunteer_task_change on volunteer_task for update using (
  district_id = (select app_id('district')) and status in ('open', 'staffed', 'done') and (
    station_id = any ((select app_ids('worker_stations'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])
    or lead_id = any ((select app_ids('worker_selves'))::uuid[])))
  with check (status <> 'settled' or (settled_by = (select app_id('person')) and lead_id = any ((select app_ids('worker_selves'))::uuid[])));
-- Run as the caller.
create function volunteer_task_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from volunteer_task k where k.district_id = $1 and k.id = $2);
end $$;
create function volunteer_task_open(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from volunteer_task k where k.district_id = $1 and k.id = $2 and k.status in ('open', 'staffed', 'done')
    and (k.station_id = any (app_ids('worker_stations')) or k.station_id = any (app_ids('head_stations')) or k.lead_id = any (app_ids('worker_selves'))));
end $$;
create policy volunteer_task_content_read on volunteer_task_content for select using (volunteer_task_reached(district_id, id));
create policy volunteer_task_content_new on volunteer_task_content for insert with check (volunteer_task_open(district_id, id));
create policy volunteer_task_content_change on volunteer_task_content for update using (volunteer_task_open(district_id, id)) with check (true);
create policy volunteer_turn_read on volunteer_turn for select using (volunteer_task_reached(district_id, task_id));
create policy volunteer_turn_new on volunteer_turn for insert with check (
  volunteer_task_open(district_id, task_id) and volunteer_kept(district_id, volunteer_id) and invited_by = (select app_id('person')));
create policy volunteer_turn_change on volunteer_turn for update using (volunteer_task_open(district_id, task_id)) with check (true);

grant update (status, name_masked, team, skills, areas, slots, insured_until, stopped_on, updated_at, version) on volunteer to jieyou_app;
grant update on volunteer_content to jieyou_app;
grant update (title, class, status, starts_at, ends_at, place, area_id, wanted, skills, risky, lead_id, recorded_by, recorded_at, settled_by,
  settled_at, updated_at, version) on volunteer_task to jieyou_app;
grant update (says, summary, cancel_says, handed_says) on volunteer_task_content to jieyou_app;
grant update (status, minutes, invited_at, invited_by, version) on volunteer_turn to jieyou_app;

-- Takes out who somebody was who has left; the hours stay without a name. Only for the head of the station.
create function erase_volunteer(one uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare here uuid := app_id('district');
begin
  update volunteer v set erased_at = app_now(), name_masked = '已删除', team = '', skills = '{}', areas = '{}', slots = '{}', insured_until = null,
    updated_at = app_now(), version = v.version + 1
  where v.district_id = here and v.id = $1 and v.status = 'withdrawn' and v.erased_at is null and v.station_id = any (app_ids('head_stations'));
  if not found then return false; end if;
  update volunteer_content c set gender = 'unknown', birth_on = null, name_ct = '', name_index = '', phone_ct = null, phone_masked = null, phone_index = null,
    id_number_ct = null, id_number_masked = null, id_number_index = null, id_agreed_on = null, guardian_name_ct = null, guardian_name_masked = null,
    guardian_phone_ct = null, guardian_phone_masked = null, guardian_agreed_on = null, expertise = '', notes = '', stop_says = null
  where c.district_id = here and c.id = $1;
  update row_history h set before = null, after = null where h.district_id = here and h.row_id = $1;
  return true;
end $$;

-- Volunteers' hours that the lead has settled, for whoever sees the station, the agency, the street or the district. Numbers leave this
-- function, nothing else. Volunteers (人) are counted once in each line.
create function volunteer_hours(from_day date, to_day date, station uuid, only_class text) returns table (
  what text, key text, tasks int, times int, persons int, minutes int)
language sql stable security definer set search_path = public, pg_temp as $$
  with reached as materialized (
    select k.id, k.class, k.station_id::text as station, date_trunc('month', k.starts_at at time zone 'Asia/Shanghai')::date::text as month,
      t.volunteer_id, t.minutes
    from volunteer_task k join volunteer_turn t on t.district_id = k.district_id and t.task_id = k.id and t.status = 'came'
    where k.district_id = app_id('district') and k.status = 'settled'
      and (k.starts_at at time zone 'Asia/Shanghai')::date between $1 and $2
      and ($3 is null or k.station_id = $3) and ($4 is null or k.class = $4)
      and (app_text('centre') = '1' or app_text('officer') = '1' or k.station_id = any (app_ids('worker_stations'))
        or k.station_id = any (app_ids('head_stations')) or k.organisation_id = any (app_ids('agency_organisations'))
        or exists (select 1 from unnest(app_paths()) as p(prefix) where starts_with(k.division_path, p.prefix))))
  select v.what, v.key, count(distinct r.id)::int, count(*)::int, count(distinct r.volunteer_id)::int, sum(r.minutes)::int
  from reached r, lateral (values ('all', ''), ('class', r.class), ('month', r.month), ('station', r.station)) as v(what, key)
  group by 1, 2
$$;

-- At which station somebody is on the register already: by ID number, or by name and phone together. One person is entered once in a district.
create function volunteer_known(by_id text, by_name text, by_phone text, except_id uuid) returns table (station_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.name from volunteer_content c join volunteer v on v.district_id = c.district_id and v.id = c.id join station s on s.id = v.station_id
  where c.district_id = app_id('district') and v.status <> 'withdrawn' and c.id is distinct from $4
    and (app_ids('worker_stations') is not null or app_ids('head_stations') is not null)
    and (c.id_number_index = $1 or (c.name_index = $2 and c.phone_index = $3))
  limit 1
$$;

-- Whether somebody works at a station as a social worker today: only such a one leads a task.
create function leads_at(person uuid, station uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select exists (select 1 from role_assignment a where a.person_id = $1 and a.station_id = $2 and a.role = 'worker' and a.district_id = app_id('district')
    and a.valid_from <= app_today() and (a.valid_to is null or a.valid_to >= app_today()))
$$;
revoke all on function volunteer_kept(uuid, uuid), volunteer_task_reached(uuid, uuid), volunteer_task_open(uuid, uuid), erase_volunteer(uuid),
  volunteer_hours(date, date, uuid, text), volunteer_known(text, text, text, uuid), leads_at(uuid, uuid) from public;
grant execute on function volunteer_kept(uuid, uuid), volunteer_task_reached(uuid, uuid), volunteer_task_open(uuid, uuid), erase_volunteer(uuid),
  volunteer_hours(date, date, uuid, text), volunteer_known(text, text, text, uuid), leads_at(uuid, uuid) to jieyou_app;
