-- A change of a case's field of service (SZ-03) is dated: what was served before its day keeps its field, what was served from that day on
-- takes the new one. Cases that were never changed hold their field since they were opened.
alter table case_file add column field_from date;
create table case_field_change (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  from_day date not null,
  was text not null,
  field text not null,
  changed_by uuid not null references person,
  changed_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (was <> field),
  check (array[was, field] <@ array['relief', 'community', 'family', 'drug', 'correction', 'mediation', 'disability', 'emergency', 'elder', 'youth',
    'health', 'other'])
);
create index case_field_change_by_case on case_field_change (district_id, case_id, from_day, id);
create trigger history after insert or update or delete on case_field_change for each row execute function keep_history();
alter table case_field_change enable row level security;
revoke all on case_field_change from jieyou_app;
-- What was changed stays told: a further change is a further row.
grant select, insert on case_field_change to jieyou_app;
create policy field_change_reach on case_field_change using (
  (select app_text('platform')) is distinct from '1' and (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id)));
create policy only_kept_new on case_field_change as restrictive for insert with check (
  changed_by = (select app_id('person')) and not case_stands_still(district_id, case_id));

-- Counts what was served for the case that this transaction has opened, since its field holds, in that field, whoever served it. Relief, groups
-- and activities are counted in fields of their own.
create function recount_opened_case() returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  n int;
begin
  update service_contact c set domain = f.service_domain, version = c.version + 1
  from case_file f
  where f.district_id = app_id('district') and f.id = app_id('opened_case') and c.district_id = f.district_id and c.case_id = f.id
    and c.source_kind in ('case-note', 'follow-up', 'visit') and c.happened_on >= f.field_from and c.domain <> f.service_domain;
  get diagnostics n = row_count;
  return n;
end $$;
revoke all on function recount_opened_case() from public;
grant execute on function recount_opened_case() to jieyou_app;
