-- The walks that seal, copy and destroy follow references of two columns, the district and one id: with this one a photograph is taken out
-- before the visit under which it stands, and put back after it. Before, sealing a case with such a photograph could fail.
alter table attachment add constraint attachment_under_visit foreign key (district_id, visit_id) references visit (district_id, id);

-- Whoever may not read the details of a person does not write them past the platform either; who writes is who is named.
create policy few_write on recipient_detail as restrictive for insert with check (recorded_by = (select app_id('person'))
  and works_with(district_id, recipient_id));
create policy only_own_links on activity_attendant as restrictive for insert with check (linked_by = (select app_id('person')));
