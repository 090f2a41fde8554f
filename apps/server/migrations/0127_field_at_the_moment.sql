-- What is served for a case while its field of service changes counts in the field that holds when both are done: whoever writes it waits for
-- the change, and the change, which counts anew what stands there, waits for whoever writes. Before, both could look past each other.
create function contact_in_field() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  held record;
begin
  select f.service_domain, f.field_from into held from case_file f
  where f.district_id = new.district_id and f.id = new.case_id for no key update;
  if held.field_from is not null and new.happened_on >= held.field_from then new.domain := held.service_domain; end if;
  return new;
end $$;
create trigger in_field before insert on service_contact for each row
  when (new.case_id is not null and new.source_kind in ('case-note', 'follow-up', 'visit')) execute function contact_in_field();
