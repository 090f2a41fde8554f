-- Who of the people served stands behind a registration for an activity: linked by hand, never by itself, and unlinked again. A family that
-- registered together may be several. Only who reaches both, the activity and the person, learns that they belong together.
create table activity_attendant (
  district_id uuid not null references division,
  id uuid not null,
  registration_id uuid not null,
  recipient_id uuid not null,
  linked_by uuid not null references person,
  linked_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, registration_id) references activity_registration (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id)
);
create index activity_attendant_by_registration on activity_attendant (district_id, registration_id);
create index activity_attendant_by_recipient on activity_attendant (district_id, recipient_id);
create trigger history after insert or update or delete on activity_attendant for each row execute function keep_history();
alter table activity_attendant enable row level security;
revoke all on activity_attendant from jieyou_app;
grant select, insert, delete on activity_attendant to jieyou_app;
-- Runs as the caller: the policies of registrations and of people decide.
create function attendant_reached(district uuid, registration uuid, person uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from activity_registration r where r.district_id = $1 and r.id = $2) and recipient_reached($1, $3);
end $$;
revoke all on function attendant_reached(uuid, uuid, uuid) from public;
grant execute on function attendant_reached(uuid, uuid, uuid) to jieyou_app;
create policy attendant_reach on activity_attendant using (
  district_id = (select app_id('district')) and attendant_reached(district_id, registration_id, recipient_id));
create policy attendant_moves on activity_attendant as restrictive for insert with check (not recipient_stands_still(district_id, recipient_id));

-- Whom a count knows, for who leads the activity or leads along: all links, so that the figures are the same whoever counts. Ids, no names.
create function attendants_counted(one uuid) returns table (registration_id uuid, recipient_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct k.registration_id, k.recipient_id
  from activity a join activity_registration r on r.district_id = a.district_id and r.activity_id = a.id
    join activity_attendant k on k.district_id = r.district_id and k.registration_id = r.id
  where a.district_id = app_id('district') and a.id = $1
    and (a.lead_id = any (app_ids('worker_selves')) or a.co_lead_ids && app_ids('worker_selves'))
$$;
-- Who came to an activity that is over, told again: whoever leads along tells it too, and the act of service stays the lead's.
create function recount_activity(one uuid, persons int, who uuid[]) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if not exists (select 1 from activity a where a.district_id = app_id('district') and a.id = $1 and a.status = 'done'
    and (a.lead_id = any (app_ids('worker_selves')) or a.co_lead_ids && app_ids('worker_selves'))) then
    raise exception 'the activity must be over and in hand' using errcode = '42501';
  end if;
  update activity a set persons = $2 where a.district_id = app_id('district') and a.id = $1 and a.persons is distinct from $2;
  update service_contact c set who = $3, version = c.version + 1
  where c.district_id = app_id('district') and c.source_kind = 'activity' and c.source_id = $1 and c.who is distinct from $3;
end $$;
-- Two rows of one person that become one, or two again: the acts of service in which they were counted know it.
create function attendant_goes_along() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare activity_of uuid;
begin
  select r.activity_id into activity_of from activity_registration r where r.district_id = new.district_id and r.id = new.registration_id;
  update service_contact c set version = c.version + 1, who = array(
    select distinct w from unnest(c.who || new.recipient_id) w
    where w <> old.recipient_id or exists (select 1 from activity_attendant k join activity_registration r
      on r.district_id = k.district_id and r.id = k.registration_id
      where k.district_id = new.district_id and r.activity_id = activity_of and k.recipient_id = old.recipient_id))
  where c.district_id = new.district_id and c.source_kind = 'activity' and c.source_id = activity_of and old.recipient_id = any (c.who);
  return null;
end $$;
create trigger goes_along after update of recipient_id on activity_attendant for each row
  when (old.recipient_id <> new.recipient_id) execute function attendant_goes_along();
revoke all on function attendants_counted(uuid), recount_activity(uuid, int, uuid[]), attendant_goes_along() from public;
grant execute on function attendants_counted(uuid), recount_activity(uuid, int, uuid[]) to jieyou_app;
