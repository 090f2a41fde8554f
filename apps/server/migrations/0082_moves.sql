-- How many records of a crisis or of violence at home keep the case of a paper from being closed: asked when a closing is signed. Whoever
-- reaches the case sees the records themselves; a signer who does not learns only that something is still under way.
create function open_alarms_of_paper(paper uuid) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(a.id)::int from case_of_paper($1) f
    join alarm a on a.district_id = app_id('district') and a.case_id = f.case_id and a.status <> 'closed'
$$;
revoke all on function open_alarms_of_paper(uuid) from public;
grant execute on function open_alarms_of_paper(uuid) to jieyou_app;

-- Whoever does violence is told from a namesake: by the register where they stand on it, else by name and phone.
alter table alarm_content
  add column abuser_phone_index text,
  add column abuser_recipient_id uuid;
-- Who does violence to a person, by whichever record, as far as a guardian is compared with it: indexes alone, and never of another district.
create function abusers_of(person uuid) returns table (recipient_id uuid, name_index text, phone_index text)
language sql stable security definer set search_path = public, pg_temp as $$
  -- Rows that were merged since are the one into which they were.
  select coalesce(r.merged_into, c.abuser_recipient_id), c.abuser_index, c.abuser_phone_index
  from alarm_content c join alarm a on a.district_id = c.district_id and a.id = c.id
    join case_file f on f.district_id = a.district_id and f.id = a.case_id
    left join recipient r on r.district_id = c.district_id and r.id = c.abuser_recipient_id
  where c.district_id = app_id('district') and f.recipient_id = $1 and c.abuser_index is not null
    and serves_recipient(c.district_id, $1)
$$;
drop function abuser_named(uuid, uuid, text);
-- Somebody of this name in a household of the person, where exactly one stands on the register.
create function kin_on_register(person uuid, name_index text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select case when count(distinct r.id) = 1 then (array_agg(r.id))[1] end
  from household_member own join household_member m on m.district_id = own.district_id and m.household_id = own.household_id
    join recipient r on r.district_id = m.district_id and r.id = m.recipient_id
  where own.district_id = app_id('district') and own.recipient_id = $1 and m.recipient_id <> $1 and r.name_index = $2
    and m.left_on is null and own.left_on is null and serves_recipient(own.district_id, $1)
$$;
revoke all on function abusers_of(uuid), kin_on_register(uuid, text) from public;
grant execute on function abusers_of(uuid), kin_on_register(uuid, text) to jieyou_app;

-- Who leads a group changes: asked by those who lead it, confirmed by the head, or ordered by the head where nobody else can ask. What was
-- said stays, so that it can be told who led when.
create table group_lead_change (
  district_id uuid not null references division,
  id uuid not null,
  group_id uuid not null,
  station_id uuid not null references station,
  from_id uuid not null references person,
  to_id uuid not null references person,
  -- Whether the one who led goes on leading along.
  stays boolean not null,
  reason text not null,
  status text not null check (status in ('asked', 'confirmed', 'declined', 'withdrawn')),
  asked_by uuid not null references person,
  asked_at timestamptz not null,
  answered_by uuid references person,
  answered_at timestamptz,
  answer text not null default '',
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, group_id) references service_group (district_id, id),
  check (from_id <> to_id),
  check ((status = 'asked') = (answered_at is null)),
  -- Nobody confirms the own lead.
  check (status <> 'confirmed' or answered_by <> to_id)
);
create unique index group_lead_change_one on group_lead_change (district_id, group_id) where status = 'asked';
create index group_lead_change_of on group_lead_change (district_id, group_id, id);
create index group_lead_change_waiting on group_lead_change (district_id, station_id) where status = 'asked';
create trigger history after insert or update or delete on group_lead_change for each row execute function keep_history();
alter table group_lead_change enable row level security;
revoke all on group_lead_change from jieyou_app;
grant select, insert on group_lead_change to jieyou_app;
grant update (status, answered_by, answered_at, answer, version) on group_lead_change to jieyou_app;
create policy lead_change_reach on group_lead_change using (group_reached(district_id, group_id));
create policy asked_oneself on group_lead_change as restrictive for insert with check (
  asked_by = (select app_id('person')) and status = 'asked' and answered_by is null);
-- Confirmed or declined by the head of the station, withdrawn by those who lead; what was answered stays answered.
create policy answered_once on group_lead_change as restrictive for update using (status = 'asked') with check (
  answered_by = (select app_id('person')) and (
    (status in ('confirmed', 'declined') and station_id = any ((select app_ids('head_stations'))::uuid[]))
    or (status = 'withdrawn' and group_in_hand(district_id, group_id))));

-- Passes the lead on after the head confirmed it. From this moment the rights are the new one's; the former lead keeps them only as a co-lead.
create function pass_group_lead(change uuid) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  c group_lead_change;
  seen int;
begin
  select x.* into c from group_lead_change x where x.district_id = app_id('district') and x.id = $1 and x.status = 'confirmed'
    and x.answered_by = app_id('person') and x.station_id = any (app_ids('head_stations'));
  if c.id is null then return null; end if;
  update service_group g set lead_id = c.to_id, updated_at = app_now(), version = g.version + 1,
    co_lead_ids = case when c.stays then array_append(array_remove(g.co_lead_ids, c.to_id), c.from_id) else array_remove(g.co_lead_ids, c.to_id) end
  where g.district_id = c.district_id and g.id = c.group_id and g.lead_id = c.from_id and g.status not in ('closed', 'cancelled')
  returning g.version into seen;
  return seen;
end $$;
revoke all on function pass_group_lead(uuid) from public;
grant execute on function pass_group_lead(uuid) to jieyou_app;
