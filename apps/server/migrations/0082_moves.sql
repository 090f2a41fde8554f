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
  select c.abuser_recipient_id, c.abuser_index, c.abuser_phone_index
  from alarm_content c join alarm a on a.district_id = c.district_id and a.id = c.id
    join case_file f on f.district_id = a.district_id and f.id = a.case_id
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
