-- What somebody chose once in a list: conditions and columns under a name of one's own. It belongs to the person and to nobody else.
create table saved_view (
  id uuid primary key,
  person_id uuid not null references person,
  list text not null,
  name text not null,
  search jsonb not null,
  hidden jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null,
  unique (person_id, list, name)
);
alter table saved_view enable row level security;
create policy saved_view_own on saved_view using (person_id = (select app_id('person'))) with check (person_id = (select app_id('person')));
grant select, insert, update, delete on saved_view to jieyou_app;
