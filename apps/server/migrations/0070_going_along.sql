-- What goes along with a case: to the next worker the visits that are planned and what has to be done at once; to the kept file of a person
-- the acts of service, so that the person counts once.
create function case_takes_along() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if new.worker_id <> old.worker_id then
    update visit v set worker_id = new.worker_id
    where v.district_id = new.district_id and v.case_id = new.id and v.status = 'planned' and v.worker_id = old.worker_id;
    update visit_action a set owner_id = new.worker_id
    where a.district_id = new.district_id and a.case_id = new.id and a.done_at is null and a.owner_id = old.worker_id;
  end if;
  if new.recipient_id <> old.recipient_id then
    update service_contact c set recipient_id = new.recipient_id, who = array_replace(c.who, old.recipient_id, new.recipient_id),
      version = c.version + 1
    where c.district_id = new.district_id and c.case_id = new.id and c.recipient_id = old.recipient_id;
  end if;
  return null;
end $$;
create trigger takes_along after update of worker_id, recipient_id on case_file for each row execute function case_takes_along();
revoke all on function case_takes_along() from public;
