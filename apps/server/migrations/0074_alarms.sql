-- Crisis (SM-12) and violence at home (SM-11): a record under a case with its steps, each with a clock, and what is added to it. Those who
-- reach the case see it, and the supervisor who was named when it was registered; nobody else by any path, not even that there is one.
create table alarm (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  -- Kept here, since the supervisor sees the record and not the case.
  case_number text not null,
  station_id uuid not null references station,
  worker_id uuid not null references person,
  supervisor_id uuid references person,
  kind text not null check (kind in ('crisis', 'violence')),
  status text not null check (status in ('open', 'settled', 'reviewed', 'closed')),
  rating text check (rating in ('low', 'medium', 'high', 'extreme')),
  -- Last day of the protection order in force.
  order_to date,
  registered_by uuid not null references person,
  registered_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (kind = 'violence' or rating is not null)
);
create index alarm_by_case on alarm (district_id, case_id, id desc);
create index alarm_of_worker on alarm (district_id, worker_id) where status <> 'closed';
create index alarm_of_supervisor on alarm (district_id, supervisor_id, id desc);
create index alarm_by_station on alarm (district_id, station_id, id desc);

create table alarm_content (
  district_id uuid not null references division,
  id uuid not null,
  source text not null check (source in ('assessment', 'note', 'visit', 'call', 'appeal', 'letter', 'other')),
  source_id uuid,
  trigger text not null,
  screening jsonb,
  scale text,
  disclosed_by text,
  forms text[] not null default '{}',
  capacity text check (capacity in ('full', 'limited', 'none')),
  immediate boolean not null default false,
  relation text,
  abuser_masked text,
  abuser_ct text,
  abuser_index text,
  primary key (district_id, id),
  foreign key (district_id, id) references alarm (district_id, id)
);

-- What has to be done, with the moment from which it is told and the one by which it is due. No word of the matter stands here.
create table alarm_step (
  district_id uuid not null references division,
  id uuid not null,
  alarm_id uuid not null,
  case_id uuid not null,
  code text not null,
  required boolean not null,
  opened_at timestamptz not null,
  tell_at timestamptz,
  due_at timestamptz,
  done_at timestamptz,
  done_by uuid references person,
  dropped_at timestamptz,
  -- 1: the worker was told, 2: the head as well.
  told smallint not null default 0,
  primary key (district_id, id),
  foreign key (district_id, alarm_id) references alarm (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check ((done_at is null) = (done_by is null)),
  check (done_at is null or dropped_at is null)
);
create index alarm_step_by_alarm on alarm_step (district_id, alarm_id);
create index alarm_step_to_tell on alarm_step (district_id, tell_at) where done_at is null and dropped_at is null and told < 2;

create table alarm_entry (
  district_id uuid not null references division,
  id uuid not null,
  alarm_id uuid not null,
  case_id uuid not null,
  kind text not null,
  at timestamptz not null,
  written_at timestamptz not null,
  -- Null where it would tell who made a mandatory report.
  by_id uuid references person,
  body jsonb not null,
  -- Where somebody is sheltered.
  place_ct text,
  primary key (district_id, id),
  foreign key (district_id, alarm_id) references alarm (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (by_id is not null or kind = 'reported')
);
create index alarm_entry_by_alarm on alarm_entry (district_id, alarm_id, id);

-- Whoever does violence is no contact: a guardian of the same name is kept, and shown to nobody.
alter table recipient_guardian add column kept_back_at timestamptz;
grant update (kept_back_at) on recipient_guardian to jieyou_app;

do $$
declare one text;
begin
  foreach one in array array['alarm', 'alarm_content', 'alarm_step', 'alarm_entry'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
  foreach one in array array['alarm', 'alarm_step', 'alarm_entry'] loop
    -- A case that is only kept takes nothing new.
    execute format('create policy only_kept_new on %I as restrictive for insert with check (not case_stands_still(district_id, case_id))', one);
    execute format('create policy only_kept_still on %I as restrictive for update using (not case_stands_still(district_id, case_id))', one);
  end loop;
end $$;
grant update (worker_id, status, rating, order_to, version) on alarm to jieyou_app;
grant update (done_at, done_by, dropped_at, told) on alarm_step to jieyou_app;

create policy alarm_case on alarm using (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id));
create policy alarm_supervisor on alarm using (
  district_id = (select app_id('district')) and supervisor_id = any ((select app_ids('supervisor_selves'))::uuid[])
  and not case_stands_still(district_id, case_id));
-- Runs as the caller: the policies of the register decide.
create function alarm_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from alarm a where a.district_id = $1 and a.id = $2);
end $$;
create policy alarm_content_reach on alarm_content using (
  (select app_text('platform')) is distinct from '1' and alarm_reached(district_id, id));
create policy alarm_step_reach on alarm_step using (alarm_reached(district_id, alarm_id));
create policy alarm_entry_reach on alarm_entry using (
  (select app_text('platform')) is distinct from '1' and alarm_reached(district_id, alarm_id));
-- The platform's reminder sees registers and clocks, never a word.
create policy platform_reminds on alarm for select using (
  (select app_text('platform')) = '1' and district_id = (select app_id('district')));
create policy platform_reminds on alarm_step using (
  (select app_text('platform')) = '1' and district_id = (select app_id('district')))
  with check (done_by is null and dropped_at is null and (select app_text('platform')) = '1' and district_id = (select app_id('district')));

-- Whoever writes does it in the own name; what is over is over, and what was ticked stays ticked.
create policy made_oneself on alarm as restrictive for insert with check (registered_by = (select app_id('person')));
create policy moves_while_open on alarm as restrictive for update using (status <> 'closed') with check (true);
create policy ticked_once on alarm_step as restrictive for update using (done_at is null and dropped_at is null)
  with check (done_by is null or done_by = (select app_id('person')));
create policy wrote_oneself on alarm_entry as restrictive for insert with check (by_id is null or by_id = (select app_id('person')));

-- Whether somebody of this name does violence to the person, by whichever record: asked when a guardian is written down.
create function abuser_named(district uuid, person uuid, index text) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select $1 = app_id('district') and exists (
    select 1 from alarm_content c join alarm a on a.district_id = c.district_id and a.id = c.id
      join case_file f on f.district_id = a.district_id and f.id = a.case_id
    where f.district_id = $1 and f.recipient_id = $2 and c.abuser_index = $3)
$$;

-- Records go along with a case to the next worker.
create function alarms_go_along() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update alarm a set worker_id = new.worker_id
  where a.district_id = new.district_id and a.case_id = new.id and a.status <> 'closed' and a.worker_id = old.worker_id;
  return null;
end $$;
create trigger alarms_go_along after update of worker_id on case_file for each row when (new.worker_id <> old.worker_id)
  execute function alarms_go_along();

revoke all on function alarm_reached(uuid, uuid), abuser_named(uuid, uuid, text), alarms_go_along() from public;
grant execute on function alarm_reached(uuid, uuid), abuser_named(uuid, uuid, text) to jieyou_app;
