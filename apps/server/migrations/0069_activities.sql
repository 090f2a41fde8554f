-- Community activities (社区活动): planned by a worker, joined by residents through a link without an account, counted when they are over.
create table campaign (
  district_id uuid not null references division,
  id uuid not null,
  name text not null,
  from_day date not null,
  to_day date not null check (to_day >= from_day),
  made_by uuid not null references person,
  made_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id)
);
create table activity (
  district_id uuid not null references division,
  id uuid not null,
  title text not null,
  category text not null,
  campaign_id uuid,
  place text not null,
  starts_at timestamptz not null,
  ends_at timestamptz not null check (ends_at > starts_at),
  capacity int check (capacity > 0),
  status text not null check (status in ('planned', 'published', 'done', 'cancelled')),
  lead_id uuid not null references person,
  co_lead_ids uuid[] not null,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  -- Stands in the link of residents.
  public_code text not null,
  planned_fen bigint not null,
  spent_fen bigint not null default 0,
  walk_ins int not null default 0 check (walk_ins >= 0),
  -- People who came (人次), once it is done.
  times int,
  persons int,
  cancel_reason text,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, campaign_id) references campaign (district_id, id)
);
create unique index activity_by_code on activity (public_code);
create index activity_by_station on activity (district_id, station_id, starts_at desc, id desc);
create index activity_by_lead on activity (district_id, lead_id, starts_at desc, id desc);
create index activity_by_co_lead on activity using gin (co_lead_ids);
create index activity_by_campaign on activity (district_id, campaign_id) include (station_id, category, status, times, planned_fen, spent_fen)
  where campaign_id is not null;
create table activity_content (
  district_id uuid not null references division,
  id uuid not null,
  aims text not null,
  budget jsonb not null,
  volunteers_ct text not null,
  summary text,
  primary key (district_id, id),
  foreign key (district_id, id) references activity (district_id, id)
);
create table activity_registration (
  district_id uuid not null references division,
  id uuid not null,
  activity_id uuid not null,
  status text not null check (status in ('in', 'waiting', 'cancelled')),
  source text not null check (source in ('public', 'worker')),
  people int not null check (people between 1 and 100),
  came int check (came between 0 and 100),
  registered_at timestamptz not null,
  name_ct text not null,
  name_masked text not null,
  phone_ct text,
  phone_masked text,
  phone_index text,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, activity_id) references activity (district_id, id)
);
create index activity_registration_by_activity on activity_registration (district_id, activity_id, id);
create unique index activity_registration_phone on activity_registration (district_id, activity_id, phone_index)
  where phone_index is not null and status <> 'cancelled';

do $$
declare one text;
begin
  foreach one in array array['campaign', 'activity', 'activity_content', 'activity_registration'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
  end loop;
end $$;

create policy campaign_read on campaign for select using (district_id = (select app_id('district')) and (select app_text('professional')) = '1');
create policy campaign_make on campaign for insert with check (district_id = (select app_id('district')) and (select app_text('centre')) = '1');

create policy activity_reach on activity using (
  district_id = (select app_id('district')) and (
    lead_id = any ((select app_ids('worker_selves'))::uuid[])
    or co_lead_ids && (select app_ids('worker_selves'))
    or station_id = any ((select app_ids('head_stations'))::uuid[])));
-- Runs as the caller: the policy of the register decides.
create function activity_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from activity a where a.district_id = $1 and a.id = $2);
end $$;
create policy activity_content_reach on activity_content using (activity_reached(district_id, id));
create policy activity_registration_reach on activity_registration using (activity_reached(district_id, activity_id));
grant select, insert on campaign to jieyou_app;
grant select, insert, update on activity, activity_content, activity_registration to jieyou_app;

-- What somebody with the link sees; nothing of anybody who registered, and nothing without the code.
create function public_activity(code text) returns table (
  id uuid, district_id uuid, title text, category text, place text, starts_at timestamptz, ends_at timestamptz, station_name text, station_phone text, state text)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, a.district_id, a.title, a.category, a.place, a.starts_at, a.ends_at, s.name, s.phone,
    case when a.status = 'cancelled' then 'cancelled' when a.status <> 'published' or a.starts_at <= app_now() then 'closed'
      when a.capacity is null then 'open'
      when exists (select 1 from activity_registration w where w.district_id = a.district_id and w.activity_id = a.id and w.status = 'waiting')
        or (select coalesce(sum(r.people), 0) from activity_registration r
          where r.district_id = a.district_id and r.activity_id = a.id and r.status = 'in') >= a.capacity then 'waiting'
      else 'open' end
  from activity a join station s on s.id = a.station_id
  where a.public_code = $1 and a.status in ('published', 'done', 'cancelled')
$$;

-- A resident registers. The answer is made before it is known whether this phone was here already, so that it tells nobody.
create function register_for_activity(code text, new_id uuid, people int, name_ct text, name_masked text, phone_ct text, phone_masked text,
  phone_index text, most_waiting int, out activity_id uuid, out district_id uuid, out state text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  a activity;
  taken int;
  waits int;
begin
  select * into a from activity f where f.public_code = code and f.status in ('published', 'done', 'cancelled') for update;
  if a.id is null then return; end if;
  activity_id := a.id;
  district_id := a.district_id;
  if a.status <> 'published' or a.starts_at <= app_now() then state := 'closed'; return; end if;
  select coalesce(sum(r.people) filter (where r.status = 'in'), 0), count(*) filter (where r.status = 'waiting') into taken, waits
    from activity_registration r where r.district_id = a.district_id and r.activity_id = a.id;
  state := case when a.capacity is null or (waits = 0 and taken + people <= a.capacity) then 'in' else 'waiting' end;
  if state = 'waiting' and waits >= most_waiting then state := 'waiting-full'; return; end if;
  insert into activity_registration (district_id, id, activity_id, status, source, people, registered_at, name_ct, name_masked, phone_ct, phone_masked, phone_index)
    values (a.district_id, new_id, a.id, state, 'public', register_for_activity.people, app_now(), register_for_activity.name_ct,
      register_for_activity.name_masked, register_for_activity.phone_ct, register_for_activity.phone_masked, register_for_activity.phone_index)
    on conflict do nothing;
end $$;

-- Sums of campaign weeks over the whole district, for whoever sees numbers only as well. Numbers leave this function, nothing else.
create function campaign_sums(weeks uuid[]) returns table (
  campaign_id uuid, what text, key text, activities int, done int, cancelled int, times int, planned_fen bigint, spent_fen bigint)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.campaign_id, case when grouping(a.category) = 0 then 'category' when grouping(a.station_id) = 0 then 'station' else 'all' end,
    coalesce(a.category, a.station_id::text, ''), count(*)::int, count(*) filter (where a.status = 'done')::int,
    count(*) filter (where a.status = 'cancelled')::int, coalesce(sum(a.times), 0)::int, coalesce(sum(a.planned_fen), 0)::bigint,
    coalesce(sum(a.spent_fen), 0)::bigint
  from activity a
  where a.district_id = app_id('district') and app_text('professional') = '1' and a.campaign_id = any ($1) and (a.status <> 'planned')
  group by a.campaign_id, grouping sets ((), (a.category), (a.station_id))
$$;
revoke all on function activity_reached(uuid, uuid), public_activity(text), campaign_sums(uuid[]),
  register_for_activity(text, uuid, int, text, text, text, text, text, int) from public;
grant execute on function activity_reached(uuid, uuid), public_activity(text), campaign_sums(uuid[]),
  register_for_activity(text, uuid, int, text, text, text, text, text, int) to jieyou_app;
