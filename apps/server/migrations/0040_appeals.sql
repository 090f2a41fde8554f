-- Residents ask for help (居民求助): without an account on the public page, or by telling the hotline. A register with states and
-- clocks, content apart from it (names, phones and narrative encrypted), and the steps that the resident and the staff read.
create table appeal (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  channel text not null check (channel in ('public', 'hotline')),
  status text not null check (status in ('waiting', 'taken', 'answered', 'opened', 'handed', 'withdrawn')),
  topic text not null,
  urgent boolean not null,
  street_id uuid references division,
  -- The station that answers; without one, the centre does.
  station_id uuid references station,
  taker_id uuid references person,
  -- Whoever passed it on still sees where it went.
  last_hand_id uuid references person,
  case_id uuid,
  call_id uuid,
  call_number text,
  call_taker_id uuid references person,
  -- Keyed hash of the receipt code; the code itself is shown once and kept nowhere.
  code_hash text,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  at_risk_at timestamptz not null,
  pack_version text not null,
  warned_at timestamptz,
  escalated_at timestamptz,
  ended_at timestamptz,
  updated_at timestamptz not null,
  version int not null default 1,
  -- What every worker of the station sees: what nobody has taken over yet.
  pool_station_id uuid generated always as (case when taker_id is null and status = 'waiting' then station_id end) stored,
  -- Where the centre reads the content: it answers itself, somebody is in danger, or it wrote the words down.
  centre_district_id uuid generated always as (case when station_id is null or urgent or channel = 'hotline' then district_id end) stored,
  primary key (district_id, id),
  unique (district_id, number),
  foreign key (district_id, case_id) references case_file (district_id, id)
);
create unique index appeal_by_code on appeal (code_hash) where code_hash is not null;
create index appeal_by_station on appeal (district_id, station_id, status, id desc);
create index appeal_by_taker on appeal (district_id, taker_id, id desc) where taker_id is not null;
create index appeal_by_case on appeal (district_id, case_id) where case_id is not null;
create index appeal_due on appeal (district_id, due_at) where status in ('waiting', 'taken');

create table appeal_content (
  district_id uuid not null references division,
  id uuid not null,
  says_ct text not null,
  name_ct text,
  name_masked text,
  phone_ct text,
  phone_masked text,
  phone_index text,
  reach text not null check (reach in ('phone', 'code', 'other')),
  safe_times text[] not null,
  safe_note_ct text,
  may_message boolean not null,
  unsafe boolean not null,
  primary key (district_id, id),
  foreign key (district_id, id) references appeal (district_id, id)
);
create index appeal_content_phone on appeal_content (district_id, phone_index) where phone_index is not null;

create table appeal_step (
  district_id uuid not null references division,
  id uuid not null,
  appeal_id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('asked', 'taken', 'released', 'passed', 'assigned', 'answered', 'opened', 'handed', 'withdrawn')),
  by_id uuid references person,
  says_ct text,
  to_resident boolean not null,
  primary key (district_id, id),
  foreign key (district_id, appeal_id) references appeal (district_id, id)
);
create index appeal_step_by_appeal on appeal_step (district_id, appeal_id, id);

-- A request for support that began with an appeal says so; the hotline's call stands behind it.
alter table support_request add column appeal_id uuid, add column call_number text;
create index support_request_by_appeal on support_request (district_id, appeal_id) where appeal_id is not null;

create trigger history after insert or update or delete on appeal for each row execute function keep_history();
create trigger history after insert or update or delete on appeal_content for each row execute function keep_history();
create trigger history after insert or update or delete on appeal_step for each row execute function keep_history();
alter table appeal enable row level security;
alter table appeal_content enable row level security;
alter table appeal_step enable row level security;

-- Register: see `appealReach`. A resident has no settings but the keyed hash of the code, for one transaction.
create policy appeal_reach on appeal for select using (
  district_id = (select app_id('district')) and (
    taker_id = any ((select app_ids('worker_selves'))::uuid[])
    or last_hand_id = any ((select app_ids('selves'))::uuid[])
    or pool_station_id = any ((select app_ids('worker_stations'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or (select app_text('centre')) = '1'
    or (select app_text('platform')) = '1'));
create policy appeal_own on appeal for select using (code_hash = (select app_text('code')));
create policy appeal_ask on appeal for insert with check (
  code_hash = (select app_text('code'))
  or (code_hash is null and channel = 'hotline' and district_id = (select app_id('district')) and (select app_text('centre')) = '1'));
create policy appeal_work on appeal for update using (
  district_id = (select app_id('district')) and (
    taker_id = any ((select app_ids('worker_selves'))::uuid[])
    or pool_station_id = any ((select app_ids('worker_stations'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or (select app_text('centre')) = '1'
    or (select app_text('platform')) = '1'))
  with check (district_id = (select app_id('district')));
create policy appeal_withdraw on appeal for update using (code_hash = (select app_text('code')));

-- Content: see `appealContentReach`. Runs as the caller, so that the register's policy decides first.
create function appeal_opened(district uuid, appeal uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from appeal a where a.district_id = $1 and a.id = $2 and (
    a.code_hash = app_text('code')
    or a.taker_id = any (app_ids('worker_selves'))
    or a.pool_station_id = any (app_ids('worker_stations'))
    or a.station_id = any (app_ids('head_stations'))
    or (app_text('centre') = '1' and a.centre_district_id = app_id('district'))));
end $$;
create policy content_reach on appeal_content using (appeal_opened(district_id, id));
create policy step_reach on appeal_step using (appeal_opened(district_id, appeal_id));
-- Whoever acts says so, even where the act takes the record out of one's hands.
create policy step_own on appeal_step for insert with check (
  district_id = (select app_id('district')) and by_id = (select app_id('person')));

-- Open cases with the same phone, for whoever is about to write the same person down again: number, masked name and who works there.
-- Workers and heads within their stations, the centre in its district; the rest of the case stays closed.
create function cases_of_phone(phone text) returns table (
  id uuid, number text, status text, name_masked text, worker_name text, station_name text, mine boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.status, r.name_masked, p.name, s.name, coalesce(f.worker_id = any (app_ids('worker_selves')), false)
  from recipient r join case_file f on f.district_id = r.district_id and f.recipient_id = r.id
    join person p on p.id = f.worker_id join station s on s.id = f.station_id
  where r.district_id = app_id('district') and r.phone_index = $1
    and (app_text('centre') = '1' or f.station_id = any (app_ids('worker_stations')) or f.station_id = any (app_ids('head_stations')))
  order by f.status = 'open' desc, f.id desc limit 10
$$;
revoke all on function appeal_opened(uuid, uuid), cases_of_phone(text) from public;
grant execute on function appeal_opened(uuid, uuid), cases_of_phone(text) to jieyou_app;
grant select, insert, update on appeal, appeal_content to jieyou_app;
grant select, insert on appeal_step to jieyou_app;
