-- Archives are made of cases too (个案卷宗): the same register, either of a request or of a case. Who reads the professional records of a case
-- takes its archive and sees who took it; the centre, which reads none, sees none.
alter table request_archive alter column request_id drop not null;
alter table request_archive add column case_id uuid;
alter table request_archive add foreign key (district_id, case_id) references case_file (district_id, id);
alter table request_archive add check (num_nonnulls(request_id, case_id) = 1);
create index request_archive_by_case on request_archive (district_id, case_id, id desc) where case_id is not null;

alter policy archive_centre on request_archive using (
  request_id is not null and (select app_text('centre')) = '1' and district_id = (select app_id('district')));
alter policy archive_take on request_archive with check (
  request_id is not null and (select app_text('centre')) = '1' and district_id = (select app_id('district')) and person_id = (select app_id('person')));
create policy archive_case on request_archive for select using (
  case_id is not null and district_id = (select app_id('district')) and case_reached(district_id, case_id));
create policy archive_case_take on request_archive for insert with check (
  case_id is not null and district_id = (select app_id('district')) and person_id = (select app_id('person'))
  and case_reached(district_id, case_id));
-- A case that only waits, was sealed or destroyed lends nothing, also not what was made before.
alter policy only_kept on request_archive using (
  (select app_text('platform')) = '1'
  or (request_id is not null and request_in_use(district_id, request_id))
  or (case_id is not null and not case_stands_still(district_id, case_id)));
create policy only_living_case on request_archive as restrictive for insert with check (
  case_id is null or (not case_stands_still(district_id, case_id) and not case_is_sealed(district_id, case_id)));
