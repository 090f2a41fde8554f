-- Groups (小组): a plan that the head of the station approves, five phases, members from the register, sessions with attendance, measures
-- before and after. Whoever leads or leads along reaches a group, and the head of its station.
create table service_group (
  district_id uuid not null references division,
  id uuid not null,
  title text not null,
  kind text not null check (kind in ('education', 'growth', 'support', 'therapy', 'mutual-help', 'social')),
  domain text not null,
  status text not null check (status in ('drafting', 'submitted', 'approved', 'beginning', 'turning', 'working', 'ending', 'closed', 'cancelled')),
  lead_id uuid not null references person,
  co_lead_ids uuid[] not null,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  place text not null,
  min_size int not null check (min_size >= 1),
  max_size int not null check (max_size >= min_size),
  -- Planned day of the first session; null while there is none.
  starts_on date,
  planned_fen bigint not null,
  spent_fen bigint not null default 0,
  submitted_by uuid references person,
  submitted_at timestamptz,
  approved_by uuid references person,
  approved_at timestamptz,
  ended_on date,
  made_by uuid not null references person,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  -- Nobody approves an own plan.
  check (approved_by is null or (submitted_by is not null and approved_by <> submitted_by and approved_by <> made_by and approved_by <> lead_id)),
  check (status in ('drafting', 'submitted', 'cancelled') or approved_by is not null)
);
create index service_group_by_station on service_group (district_id, station_id, id desc);
create index service_group_by_lead on service_group (district_id, lead_id, id desc);
create index service_group_by_co_lead on service_group using gin (co_lead_ids);

-- The plan book in words, and the summary at the end.
create table service_group_content (
  district_id uuid not null references division,
  id uuid not null,
  idea text not null,
  goals text not null,
  audience text not null,
  recruiting text not null,
  sessions jsonb not null,
  budget jsonb not null,
  risks jsonb not null,
  indicators jsonb not null,
  volunteers_ct text not null,
  closing jsonb,
  cancel_says text,
  primary key (district_id, id),
  foreign key (district_id, id) references service_group (district_id, id)
);

-- What the head said of a plan; it stays.
create table group_review (
  district_id uuid not null references division,
  id uuid not null,
  group_id uuid not null,
  decision text not null check (decision in ('approve', 'return')),
  says text not null,
  by_id uuid not null references person,
  at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, group_id) references service_group (district_id, id)
);
create index group_review_of on group_review (district_id, group_id, id);

create table group_session (
  district_id uuid not null references division,
  id uuid not null,
  group_id uuid not null,
  number int not null check (number >= 1),
  status text not null check (status in ('planned', 'held', 'cancelled')),
  planned_on date not null,
  place text not null,
  held_on date,
  minutes int check (minutes between 1 and 600),
  -- Members who came, others who came along, volunteers who helped.
  came int check (came >= 0),
  guests int check (guests >= 0),
  helpers int check (helpers >= 0),
  recorded_by uuid references person,
  recorded_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, group_id) references service_group (district_id, id),
  unique (district_id, group_id, number),
  check (status <> 'held' or (held_on is not null and minutes is not null and came is not null and guests is not null and recorded_by is not null)),
  check (status <> 'planned' or held_on is null)
);
create index group_session_next on group_session (district_id, group_id, planned_on) where status = 'planned';

create table group_session_content (
  district_id uuid not null references division,
  id uuid not null,
  title text not null,
  aim text not null,
  process text not null default '',
  dynamics text check (dynamics in ('flat', 'some', 'lively', 'close')),
  dynamics_says text not null default '',
  reached text check (reached in ('not', 'partly', 'mostly', 'fully')),
  reached_says text not null default '',
  next text not null default '',
  cancel_says text,
  primary key (district_id, id),
  foreign key (district_id, id) references group_session (district_id, id)
);

-- A member is a recipient of the register. Names stand there only.
create table group_member (
  district_id uuid not null references division,
  id uuid not null,
  group_id uuid not null,
  recipient_id uuid not null,
  joined_on date not null,
  left_on date check (left_on >= joined_on),
  leave_reason text check (leave_reason in ('asked', 'moved', 'health', 'referred', 'unfit', 'lost', 'other')),
  added_by uuid not null references person,
  added_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, group_id) references service_group (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id),
  check ((left_on is null) = (leave_reason is null))
);
create index group_member_of on group_member (district_id, group_id, id);
create index group_member_is on group_member (district_id, recipient_id);

create table group_attendance (
  district_id uuid not null references division,
  id uuid not null,
  session_id uuid not null,
  member_id uuid not null,
  presence text not null check (presence in ('present', 'late', 'excused', 'absent')),
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, session_id) references group_session (district_id, id),
  foreign key (district_id, member_id) references group_member (district_id, id),
  unique (district_id, session_id, member_id)
);
create index group_attendance_of on group_attendance (district_id, member_id);

-- What a scale said of a member before and after; what nobody measured has no row, or none any more.
create table group_measure (
  district_id uuid not null references division,
  id uuid not null,
  member_id uuid not null,
  indicator_id uuid not null,
  moment text not null check (moment in ('before', 'after')),
  value int check (value between -1000 and 1000),
  taken_on date not null,
  recorded_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, member_id) references group_member (district_id, id),
  unique (district_id, member_id, indicator_id, moment)
);

do $$
declare one text;
begin
  foreach one in array array['service_group', 'service_group_content', 'group_review', 'group_session', 'group_session_content', 'group_member',
    'group_attendance', 'group_measure'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
end $$;

create policy group_reach on service_group using (
  district_id = (select app_id('district')) and (
    lead_id = any ((select app_ids('worker_selves'))::uuid[])
    or co_lead_ids && (select app_ids('worker_selves'))
    or station_id = any ((select app_ids('head_stations'))::uuid[])));
create policy group_made_oneself on service_group as restrictive for insert with check (
  made_by = (select app_id('person')) and status = 'drafting' and lead_id = any ((select app_ids('worker_selves'))::uuid[]));
-- Whoever leads changes a group; the head only what was handed in, and never the own plan.
create policy led_change on service_group as restrictive for update using (
  lead_id = any ((select app_ids('worker_selves'))::uuid[]) or co_lead_ids && (select app_ids('worker_selves'))
  or (status = 'submitted' and submitted_by <> (select app_id('person')))) with check (true);
-- Run as the caller: the policy of the register decides.
create function group_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from service_group g where g.district_id = $1 and g.id = $2);
end $$;
create function group_in_hand(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from service_group g where g.district_id = $1 and g.id = $2
    and (g.lead_id = any (app_ids('worker_selves')) or g.co_lead_ids && app_ids('worker_selves')));
end $$;
create function group_session_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from group_session s where s.district_id = $1 and s.id = $2);
end $$;
create function group_session_in_hand(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from group_session s where s.district_id = $1 and s.id = $2 and group_in_hand(s.district_id, s.group_id));
end $$;
create function group_member_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from group_member m where m.district_id = $1 and m.id = $2);
end $$;
create function group_member_in_hand(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from group_member m where m.district_id = $1 and m.id = $2 and group_in_hand(m.district_id, m.group_id)
    and not recipient_stands_still(m.district_id, m.recipient_id));
end $$;
create function recipient_is_sealed(district uuid, person uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select coalesce((select r.sealed_at is not null from recipient r where r.district_id = $1 and r.id = $2), true)
$$;

create policy group_content_reach on service_group_content using (group_reached(district_id, id));
create policy group_review_reach on group_review using (group_reached(district_id, group_id));
create policy group_session_reach on group_session using (group_reached(district_id, group_id));
create policy group_session_content_reach on group_session_content using (group_session_reached(district_id, id));
create policy group_member_reach on group_member using (group_reached(district_id, group_id));
create policy group_attendance_reach on group_attendance using (group_member_reached(district_id, member_id));
create policy group_measure_reach on group_measure using (group_member_reached(district_id, member_id));
-- Of somebody who is sealed not even that a group knew them.
create policy not_sealed on group_member as restrictive for select using (not recipient_is_sealed(district_id, recipient_id));
-- The head reads and reviews; whoever leads writes.
create policy reviewed_by_head on group_review as restrictive for insert with check (
  by_id = (select app_id('person')) and exists (select 1 from service_group g where g.district_id = group_review.district_id
    and g.id = group_review.group_id and g.station_id = any (app_ids('head_stations')) and g.submitted_by <> by_id and g.lead_id <> by_id));
create policy led_new on service_group_content as restrictive for insert with check (group_in_hand(district_id, id));
create policy led_change on service_group_content as restrictive for update using (group_in_hand(district_id, id));
create policy led_new on group_session as restrictive for insert with check (group_in_hand(district_id, group_id));
create policy led_change on group_session as restrictive for update using (group_in_hand(district_id, group_id));
create policy led_new on group_session_content as restrictive for insert with check (group_session_in_hand(district_id, id));
create policy led_change on group_session_content as restrictive for update using (group_session_in_hand(district_id, id));
create policy led_new on group_member as restrictive for insert with check (group_in_hand(district_id, group_id)
  and added_by = (select app_id('person')) and recipient_reached(district_id, recipient_id) and not recipient_stands_still(district_id, recipient_id));
create policy led_change on group_member as restrictive for update using (group_in_hand(district_id, group_id));
create policy led_new on group_attendance as restrictive for insert with check (
  group_member_in_hand(district_id, member_id) and group_session_in_hand(district_id, session_id));
create policy led_change on group_attendance as restrictive for update using (group_member_in_hand(district_id, member_id));
create policy led_new on group_measure as restrictive for insert with check (
  group_member_in_hand(district_id, member_id) and recorded_by = (select app_id('person')));
create policy led_change on group_measure as restrictive for update using (group_member_in_hand(district_id, member_id));

grant update (title, kind, domain, status, co_lead_ids, place, min_size, max_size, starts_on, planned_fen, spent_fen, submitted_by, submitted_at,
  approved_by, approved_at, ended_on, updated_at, version) on service_group to jieyou_app;
grant update (idea, goals, audience, recruiting, sessions, budget, risks, indicators, volunteers_ct, closing, cancel_says) on service_group_content to jieyou_app;
grant update (status, planned_on, place, held_on, minutes, came, guests, helpers, recorded_by, recorded_at, version) on group_session to jieyou_app;
grant update (process, dynamics, dynamics_says, reached, reached_says, next, cancel_says) on group_session_content to jieyou_app;
grant update (left_on, leave_reason, version) on group_member to jieyou_app;
grant update (presence, version) on group_attendance to jieyou_app;
grant update (value, taken_on, recorded_by, version) on group_measure to jieyou_app;

-- Whoever leads a group knows its members by their masked names, also those whom a colleague brought; nobody who is sealed.
create function group_people(one uuid) returns table (member_id uuid, recipient_id uuid, name text, gender text, birth_on date, still boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select m.id, m.recipient_id, r.name_masked, r.gender, r.birth_on, r.stopped_at is not null or r.destroyed_at is not null
  from service_group g join group_member m on m.district_id = g.district_id and m.group_id = g.id
    join recipient r on r.district_id = m.district_id and r.id = m.recipient_id
  where g.district_id = app_id('district') and g.id = $1 and r.sealed_at is null and (
    coalesce(g.lead_id = any (app_ids('worker_selves')), false) or coalesce(g.co_lead_ids && app_ids('worker_selves'), false)
    or coalesce(g.station_id = any (app_ids('head_stations')), false))
$$;
-- In which groups somebody was whom the asker serves: the title and the day, never who else was there.
create function group_steps(person uuid) returns table (id uuid, kind text, day date, by_name text, station_name text, title text)
language sql stable security definer set search_path = public, pg_temp as $$
  with own as (
    select m.id as member, m.joined_on, m.left_on, g.id as group_id, g.title, p.name as by_name, s.name as station_name
    from group_member m join service_group g on g.district_id = m.district_id and g.id = m.group_id
      join person p on p.id = g.lead_id join station s on s.id = g.station_id
    where m.district_id = app_id('district') and m.recipient_id = $1 and serves_recipient(m.district_id, $1)
  )
  select o.member, 'group-joined', o.joined_on, o.by_name, o.station_name, o.title from own o
  union all select o.member, 'group-left', o.left_on, o.by_name, o.station_name, o.title from own o where o.left_on is not null
  union all select s.id, 'group-session', s.held_on, o.by_name, o.station_name, o.title
    from own o join group_attendance a on a.district_id = app_id('district') and a.member_id = o.member and a.presence in ('present', 'late')
      join group_session s on s.district_id = a.district_id and s.id = a.session_id and s.status = 'held'
$$;
revoke all on function group_reached(uuid, uuid), group_in_hand(uuid, uuid), group_session_reached(uuid, uuid), group_session_in_hand(uuid, uuid),
  group_member_reached(uuid, uuid), group_member_in_hand(uuid, uuid), recipient_is_sealed(uuid, uuid), group_people(uuid), group_steps(uuid) from public;
grant execute on function group_reached(uuid, uuid), group_in_hand(uuid, uuid), group_session_reached(uuid, uuid), group_session_in_hand(uuid, uuid),
  group_member_reached(uuid, uuid), group_member_in_hand(uuid, uuid), recipient_is_sealed(uuid, uuid), group_people(uuid), group_steps(uuid) to jieyou_app;

-- Relief cases (救助个案, HZ-02…05): a person of the register, what they need, what was linked, and two lines: things and services.
create table relief_case (
  district_id uuid not null references division,
  id uuid not null,
  recipient_id uuid not null,
  status text not null check (status in ('screened', 'linked', 'delivered', 'feedback', 'closed')),
  source text not null check (source in ('list', 'visit', 'asked', 'referred')),
  needs text[] not null check (needs <@ array['living', 'medical', 'housing', 'schooling', 'work', 'care', 'mind', 'policy', 'other']),
  screened_on date not null,
  -- Closed without help: no need after all, declined, not entitled, elsewhere.
  dropped text check (dropped in ('no-need', 'declined', 'not-entitled', 'elsewhere')),
  satisfied int check (satisfied between 1 and 5),
  worker_id uuid not null references person,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  made_by uuid not null references person,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id)
);
create index relief_case_by_worker on relief_case (district_id, worker_id, id desc);
create index relief_case_by_station on relief_case (district_id, station_id, id desc);
create index relief_case_of on relief_case (district_id, recipient_id);

create table relief_content (
  district_id uuid not null references division,
  id uuid not null,
  need_says text not null,
  -- 救助顾问: a worker or a volunteer under the case's worker.
  adviser_kind text not null check (adviser_kind in ('worker', 'volunteer')),
  adviser_ct text not null,
  link_says text,
  one_line_says text,
  feedback_says text,
  close_says text,
  primary key (district_id, id),
  foreign key (district_id, id) references relief_case (district_id, id)
);

create table relief_item (
  district_id uuid not null references division,
  id uuid not null,
  relief_id uuid not null,
  line text not null check (line in ('material', 'service')),
  what text not null,
  on_day date not null,
  from_whom text not null,
  quantity int check (quantity between 1 and 100000),
  unit text,
  value_fen bigint check (value_fen >= 0),
  receipt text check (receipt in ('signed', 'photo', 'none')),
  minutes int check (minutes between 1 and 600),
  void_says text,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, relief_id) references relief_case (district_id, id),
  check ((line = 'material') = (quantity is not null and unit is not null and value_fen is not null and receipt is not null)),
  check ((line = 'service') = (minutes is not null))
);
create index relief_item_of on relief_item (district_id, relief_id, id);

do $$
declare one text;
begin
  foreach one in array array['relief_case', 'relief_content', 'relief_item'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
end $$;
create policy relief_reach on relief_case using (
  district_id = (select app_id('district')) and (
    worker_id = any ((select app_ids('worker_selves'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])));
create policy not_sealed on relief_case as restrictive for select using (not recipient_is_sealed(district_id, recipient_id));
create policy served_new on relief_case as restrictive for insert with check (made_by = (select app_id('person'))
  and worker_id = any ((select app_ids('worker_selves'))::uuid[])
  and recipient_reached(district_id, recipient_id) and not recipient_stands_still(district_id, recipient_id));
create policy served_change on relief_case as restrictive for update using (
  worker_id = any ((select app_ids('worker_selves'))::uuid[]) and not recipient_stands_still(district_id, recipient_id));
create function relief_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from relief_case r where r.district_id = $1 and r.id = $2);
end $$;
create function relief_in_hand(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from relief_case r where r.district_id = $1 and r.id = $2 and r.worker_id = any (app_ids('worker_selves'))
    and not recipient_stands_still(r.district_id, r.recipient_id));
end $$;
create policy relief_content_reach on relief_content using (relief_reached(district_id, id));
create policy relief_item_reach on relief_item using (relief_reached(district_id, relief_id));
create policy served_new on relief_content as restrictive for insert with check (relief_in_hand(district_id, id));
create policy served_change on relief_content as restrictive for update using (relief_in_hand(district_id, id));
create policy served_new on relief_item as restrictive for insert with check (
  relief_in_hand(district_id, relief_id) and recorded_by = (select app_id('person')));
create policy served_change on relief_item as restrictive for update using (relief_in_hand(district_id, relief_id) and void_says is null) with check (true);
grant update (status, dropped, satisfied, updated_at, version) on relief_case to jieyou_app;
grant update (link_says, one_line_says, feedback_says, close_says) on relief_content to jieyou_app;
grant update (void_says, version) on relief_item to jieyou_app;
revoke all on function relief_reached(uuid, uuid), relief_in_hand(uuid, uuid) from public;
grant execute on function relief_reached(uuid, uuid), relief_in_hand(uuid, uuid) to jieyou_app;
