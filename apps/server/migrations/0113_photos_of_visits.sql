-- A file of a case may stand under one visit of this case: a photograph taken there. Reach, sealing and destruction stay the case's.
create unique index visit_of_case on visit (district_id, case_id, id);
alter table attachment add visit_id uuid,
  add constraint attachment_of_visit foreign key (district_id, case_id, visit_id) references visit (district_id, case_id, id),
  add check (visit_id is null or case_id is not null);
create index attachment_by_visit on attachment (district_id, visit_id) where visit_id is not null;
