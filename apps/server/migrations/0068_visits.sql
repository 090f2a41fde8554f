-- Home visits (ST-03, ST-05). A visit stands under a case, by which reach, stop, sealing, destruction and copies find it; the person is the
-- case's recipient. No place, no hour, no track is kept: a day, half of it, and minutes as people tell them.
create table visit (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  station_id uuid not null references station,
  worker_id uuid not null references person,
  status text not null check (status in ('planned', 'done', 'not-met', 'cancelled')),
  planned_on date,
  half text not null check (half in ('morning', 'afternoon', 'any')),
  reason text not null check (reason in ('first', 'regular', 'follow-up', 'asked', 'urgent', 'other')),
  visited_on date,
  minutes int check (minutes between 1 and 600),
  -- Whether nobody had been there before, as it was when it was recorded.
  first boolean,
  not_met text check (not_met in ('away', 'refused', 'moved', 'other')),
  -- The visit on which this one was agreed. No reference: each stands by itself.
  follows_id uuid,
  made_by uuid not null references person,
  made_at timestamptz not null,
  recorded_by uuid references person,
  recorded_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check ((status in ('done', 'not-met')) = (visited_on is not null)),
  check ((status = 'done') = (minutes is not null and first is not null)),
  check ((status = 'not-met') = (not_met is not null)),
  check (status <> 'planned' or planned_on is not null)
);
create index visit_by_case on visit (district_id, case_id, id desc);
create index visit_by_worker on visit (district_id, worker_id, planned_on) where status = 'planned';
create index visit_by_station on visit (district_id, station_id, id desc);

create table visit_content (
  district_id uuid not null references division,
  id uuid not null,
  why text not null default '',
  companion_role text check (companion_role in ('civil-affairs', 'colleague', 'volunteer', 'other')),
  companion_name text,
  alone_reason text,
  health text check (health in ('good', 'fair', 'watch', 'urgent')),
  health_says text,
  safety text check (safety in ('good', 'fair', 'watch', 'urgent')),
  safety_says text,
  life text check (life in ('good', 'fair', 'watch', 'urgent')),
  life_says text,
  -- Why nobody was met, or why it was cancelled.
  says text,
  primary key (district_id, id),
  foreign key (district_id, id) references visit (district_id, id),
  check (companion_name is null or alone_reason is null),
  check ((companion_role is null) = (companion_name is null))
);

-- What has to be done at once. Its words and its day stand together: nobody reads the one without the other.
create table visit_action (
  district_id uuid not null references division,
  id uuid not null,
  visit_id uuid not null,
  case_id uuid not null,
  owner_id uuid not null references person,
  what text not null,
  by_whom text not null,
  until date not null,
  done_at timestamptz,
  done_by uuid references person,
  done_says text,
  primary key (district_id, id),
  foreign key (district_id, visit_id) references visit (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id)
);
create index visit_action_by_visit on visit_action (district_id, visit_id);
create index visit_action_open on visit_action (district_id, owner_id, until) where done_at is null;

-- Circumstances by which somebody is visited more often; one row a case.
create table visit_need (
  district_id uuid not null references division,
  id uuid not null,
  needs text[] not null check (needs <@ array['alone', 'frail', 'child', 'disabled', 'other']),
  set_by uuid not null references person,
  set_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, id) references case_file (district_id, id)
);

do $$
declare one text; file text;
begin
  foreach one in array array['visit', 'visit_action', 'visit_need'] loop
    file := case one when 'visit_need' then 'id' else 'case_id' end;
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format($p$create policy visit_reach on %1$I using (
      %2$I = (select app_id('opened_case')) or case_reached(district_id, %2$I))$p$, one, file);
    -- A case that is only kept takes nothing new.
    execute format('create policy only_kept_new on %I as restrictive for insert with check (not case_stands_still(district_id, %I))', one, file);
    execute format('create policy only_kept_still on %I as restrictive for update using (not case_stands_still(district_id, %I))', one, file);
  end loop;
end $$;
create trigger history after insert or update or delete on visit_content for each row execute function keep_history();
alter table visit_content enable row level security;
create policy visit_content_reach on visit_content using (exists (
  select 1 from visit v where v.district_id = visit_content.district_id and v.id = visit_content.id));
create policy only_kept_new on visit_content as restrictive for insert with check (not exists (
  select 1 from visit v where v.district_id = visit_content.district_id and v.id = visit_content.id and case_stands_still(v.district_id, v.case_id)));
create policy only_kept_still on visit_content as restrictive for update using (not exists (
  select 1 from visit v where v.district_id = visit_content.district_id and v.id = visit_content.id and case_stands_still(v.district_id, v.case_id)));
-- Whoever records does it in the own name; what is over is over.
create policy made_oneself on visit as restrictive for insert with check (
  made_by = (select app_id('person')) and (recorded_by is null or recorded_by = (select app_id('person'))));
create policy moves_while_planned on visit as restrictive for update using (status = 'planned') with check (true);
create policy words_once on visit_content as restrictive for update using (health is null and says is null) with check (true);
create policy ticked_once on visit_action as restrictive for update using (done_at is null) with check (done_by = (select app_id('person')));

revoke all on visit, visit_content, visit_action, visit_need from jieyou_app;
grant select, insert on visit, visit_content, visit_action, visit_need to jieyou_app;
grant update (worker_id, status, planned_on, half, visited_on, minutes, first, not_met, recorded_by, recorded_at, version) on visit to jieyou_app;
grant update (companion_role, companion_name, alone_reason, health, health_says, safety, safety_says, life, life_says, says) on visit_content to jieyou_app;
grant update (done_at, done_by, done_says) on visit_action to jieyou_app;
grant update (needs, set_by, set_at, version) on visit_need to jieyou_app;
