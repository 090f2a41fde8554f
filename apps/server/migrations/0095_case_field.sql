-- The field of service of a case (SZ-03, LC-05) stands beside the kind of hard problem (LH-14): an ordinary case of relief or of a quarrel
-- between neighbours is counted where it belongs. Cases from before stand where their problem put them.
alter table case_file add column service_domain text;
alter table case_file disable trigger user;
update case_file set service_domain = case domain
  when 'mental-recovery' then 'health' when 'disability-inclusion' then 'disability' when 'youth-internet' then 'youth'
  when 'parent-child' then 'family' when 'family-relations' then 'family' when 'domestic-violence' then 'family'
  when 'end-of-life' then 'elder' else 'other' end;
alter table case_file enable trigger user;
alter table case_file alter column service_domain set not null,
  add constraint case_file_service_domain_check check (service_domain in ('relief', 'community', 'family', 'drug', 'correction', 'mediation',
    'disability', 'emergency', 'elder', 'youth', 'health', 'other'));
