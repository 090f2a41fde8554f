-- All that happened with a person is read for one person at a time: what had no index by its case, or by the person, has one now.
create index case_handover_by_case on case_handover (district_id, case_id);
create index service_contact_imported_of on service_contact (district_id, recipient_id) where source_kind = 'import';

-- More of what a person is counted as. A mental disorder may carry the level of its management.
do $$
declare one text;
begin
  for one in select k.conname from pg_constraint k where k.conrelid = 'recipient_category'::regclass and k.contype = 'c'
    and pg_get_constraintdef(k.oid) ~ 'subsistence|intellect|grade' loop
    execute format('alter table recipient_category drop constraint %I', one);
  end loop;
end $$;
alter table recipient_category
  add constraint recipient_category_known check (category in ('subsistence', 'subsistence-margin', 'destitute', 'disabled', 'child-in-need',
    'left-behind-child', 'elder-alone', 'elder-dependent', 'special-care', 'other', 'destitute-housed', 'destitute-home', 'rigid-spending',
    'relapse-watch', 'temporary-relief', 'vagrant', 'orphan', 'unraised-child', 'migrant-child', 'elder-advanced', 'elder-empty-nest',
    'lost-only-child', 'mental-disorder', 'community-correction', 'drug-rehab')),
  add constraint recipient_category_disability check (disability in ('sight', 'hearing', 'speech', 'limb', 'intellect', 'mind', 'multiple', 'other')),
  add constraint recipient_category_grade check (case category
    when 'disabled' then disability is not null and grade is not null and grade between 1 and 4
    when 'mental-disorder' then disability is null and (grade is null or grade between 0 and 5)
    else disability is null and grade is null end);

-- Who works with a person: on a case of theirs, or by the register. Heads do not, by being heads.
create function works_with(district uuid, person uuid) returns boolean
language sql stable cost 10000 security definer set search_path = public, pg_temp as $$
  select $1 = app_id('district') and (
    exists (select 1 from case_file f where f.district_id = $1 and f.recipient_id = $2 and f.sealed_at is null and f.destroyed_at is null
      and f.stopped_at is null and (coalesce(f.worker_id = any (app_ids('worker_selves')), false)
        or exists (select 1 from case_circle c where c.district_id = f.district_id and c.case_id = f.id and c.person_id = any (app_ids('worker_selves'))
          and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today()))))
    or exists (select 1 from recipient r where r.district_id = $1 and r.id = $2 and r.on_register and r.worker_id = any (app_ids('worker_selves'))))
$$;
revoke all on function works_with(uuid, uuid) from public;
grant execute on function works_with(uuid, uuid) to jieyou_app;
create policy few_know on recipient_category as restrictive for select using (
  category not in ('mental-disorder', 'community-correction', 'drug-rehab') or works_with(district_id, recipient_id));
