-- The words of the released cases, for finding those that resemble a request. They are words of published, redacted texts only.
create table casebank_term (
  term text primary key,
  -- In how many released cases it stands.
  entries int not null check (entries >= 0)
);
create table casebank_entry_term (
  term text not null,
  entry_id uuid not null references casebank_entry,
  primary key (term, entry_id)
);
create index casebank_entry_term_by_entry on casebank_entry_term (entry_id);
alter table casebank_entry add column indexed_at timestamptz;
create index casebank_entry_unindexed on casebank_entry (id) where indexed_at is null;
grant select, insert, update on casebank_term to jieyou_app;
grant select, insert, delete on casebank_entry_term to jieyou_app;
