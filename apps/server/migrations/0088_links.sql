-- A task of volunteers stands beside one session of a group, not only beside the group.
alter table volunteer_task drop constraint volunteer_task_for_kind_check;
alter table volunteer_task add constraint volunteer_task_for_kind_check
  check (for_kind in ('own', 'activity', 'group', 'session', 'relief', 'visit'));

-- A visit after a warning letter is a visit like any other, entered once: its step knows it. The step is done when the visit is, goes on with
-- the visit that was agreed where nobody was met, and a visit that is needed no more leaves the day's plan.
alter table alarm_step add column visit_id uuid;
create index alarm_step_of_visit on alarm_step (district_id, visit_id) where visit_id is not null;
grant update (visit_id) on alarm_step to jieyou_app;
-- Both run as the caller: the policies of both registers decide.
create function visit_ends_step() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    update alarm_step s set visit_id = new.id
    where s.district_id = new.district_id and s.visit_id = new.follows_id and s.done_at is null and s.dropped_at is null;
  else
    update alarm_step s set done_at = new.recorded_at, done_by = new.recorded_by
    where s.district_id = new.district_id and s.visit_id = new.id and s.done_at is null and s.dropped_at is null;
  end if;
  return null;
end $$;
create trigger visit_followed after insert on visit for each row when (new.follows_id is not null and new.status = 'planned')
  execute function visit_ends_step();
create trigger visit_done after update of status on visit for each row when (new.status = 'done' and old.status = 'planned')
  execute function visit_ends_step();
create function step_ends_visit() returns trigger
language plpgsql set search_path = public, pg_temp as $$
begin
  update visit v set status = 'cancelled', version = v.version + 1
  where v.district_id = new.district_id and v.id = new.visit_id and v.status = 'planned';
  if found then
    update visit_content c set says = '查访已另行完成或不再需要' where c.district_id = new.district_id and c.id = new.visit_id;
  end if;
  return null;
end $$;
create trigger step_over after update on alarm_step for each row
  when (new.visit_id is not null and old.done_at is null and old.dropped_at is null and (new.done_at is not null or new.dropped_at is not null))
  execute function step_ends_visit();
revoke all on function visit_ends_step(), step_ends_visit() from public;
