-- An ordinary case has no problem of LH-14: it is said when the centre is asked for help. A request in draft may lack it as well; whatever was
-- submitted has one. Old rows stay as they are.
alter table case_file alter column domain drop not null;
alter table support_request alter column domain drop not null,
  add constraint support_request_problem check (domain is not null or submitted_at is null);
