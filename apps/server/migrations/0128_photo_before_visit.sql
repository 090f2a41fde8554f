-- The walks that seal, copy and destroy follow references of two columns, the district and one id: with this one a photograph is taken out
-- before the visit under which it stands, and put back after it. Before, sealing a case with such a photograph could fail.
alter table attachment add constraint attachment_under_visit foreign key (district_id, visit_id) references visit (district_id, id);
