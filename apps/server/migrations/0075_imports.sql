-- Ledgers that were kept elsewhere are taken over: people of a station's register, and acts of service that happened before.
-- The file lies enciphered among the kept files; here stands what was found in it, by row numbers and codes, never a word of it.
create table ledger_import (
  district_id uuid not null references division,
  id uuid not null,
  kind text not null check (kind in ('recipients', 'contacts')),
  status text not null check (status in ('waiting', 'checking', 'checked', 'applying', 'done', 'undoing', 'undone', 'failed', 'dropped')),
  station_id uuid not null references station,
  person_id uuid not null references person,
  account_id uuid not null references account,
  -- Who stands for people and acts for whom the file names nobody.
  worker_id uuid not null references person,
  file_name text not null,
  format text not null check (format in ('xlsx', 'csv')),
  bytes int not null,
  sha256 text not null,
  -- Name of the enciphered file while it is kept.
  stored_as text,
  kept_until date not null,
  -- Sheets of the workbook; which one; where its heading stands and what its columns mean: [{title, key, fill}].
  sheets text[] not null default '{}',
  sheet int not null default 0,
  head_row int,
  columns jsonb not null default '[]',
  -- The first rows as they were understood, for who loaded the file.
  preview_ct text,
  -- What a check found, and what became of it.
  rows_read int not null default 0,
  rows_new int not null default 0,
  rows_known int not null default 0,
  rows_double int not null default 0,
  rows_wrong int not null default 0,
  rows_skipped int not null default 0,
  ids_upgraded int not null default 0,
  cells_filled int not null default 0,
  doubles text not null default 'leave' check (doubles in ('add', 'leave')),
  applied_row int not null default 0,
  rows_added int not null default 0,
  rows_undone int not null default 0,
  failure text,
  -- Each run of the job takes the next number; an older run that still breathes writes nothing.
  run int not null default 0,
  made_at timestamptz not null,
  confirmed_at timestamptz,
  finished_at timestamptz,
  undone_by uuid references person,
  undone_at timestamptz,
  undo_reason text,
  touched_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id)
);
create index ledger_import_by_station on ledger_import (district_id, station_id, id desc);
create index ledger_import_by_person on ledger_import (district_id, person_id, id desc);
create index ledger_import_kept on ledger_import (kept_until) where stored_as is not null;
create trigger history after insert or update or delete on ledger_import for each row execute function keep_history();

-- Rows of a file that were not taken, or that made something: a number, codes, a keyed hash.
create table ledger_import_row (
  district_id uuid not null references division,
  id uuid not null,
  import_id uuid not null,
  row_no int not null,
  state text not null check (state in ('wrong', 'double', 'known', 'added', 'undone')),
  -- [{column, code, row}]: what is wrong, in codes.
  problems jsonb not null default '[]',
  fingerprint text,
  made_id uuid,
  -- What came with it: categories of a person.
  with_ids uuid[] not null default '{}',
  primary key (district_id, id),
  unique (district_id, import_id, row_no),
  foreign key (district_id, import_id) references ledger_import (district_id, id)
);
create index ledger_import_row_same on ledger_import_row (district_id, fingerprint) where state = 'added' and fingerprint is not null;
create index ledger_import_row_made on ledger_import_row (district_id, made_id) where made_id is not null;

alter table ledger_import enable row level security;
alter table ledger_import_row enable row level security;
create policy import_reach on ledger_import for select using (
  district_id = (select app_id('district')) and (
    person_id = (select app_id('person')) or station_id = any ((select app_ids('head_stations'))::uuid[])));
create policy import_make on ledger_import for insert with check (
  district_id = (select app_id('district')) and person_id = (select app_id('person')));
create policy import_move on ledger_import for update using (
  district_id = (select app_id('district')) and (
    person_id = (select app_id('person')) or station_id = any ((select app_ids('head_stations'))::uuid[])));
create policy import_platform on ledger_import using (
  district_id = (select app_id('district')) and (select app_text('platform')) = '1');
create policy import_row_reach on ledger_import_row using (exists (
  select 1 from ledger_import i where i.district_id = ledger_import_row.district_id and i.id = ledger_import_row.import_id));
revoke all on ledger_import, ledger_import_row from jieyou_app;
grant select, insert, update on ledger_import to jieyou_app;
grant select, insert, update, delete on ledger_import_row to jieyou_app;

-- ── The register of a station ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- Set on people who came with a ledger and have no case yet: until one is opened, the register's worker and the head reach them.
alter table recipient add column on_register boolean not null default false;
create index recipient_name_birth on recipient (district_id, name_index, birth_on);
create index recipient_on_register on recipient (district_id, station_id, id desc) where on_register;
alter policy recipient_reach on recipient using (
  sealed_at is null and district_id = (select app_id('district')) and (
    exists (select 1 from case_file f where f.district_id = recipient.district_id and f.recipient_id = coalesce(recipient.merged_into, recipient.id))
    or (on_register and merged_into is null and (worker_id = any ((select app_ids('worker_selves'))::uuid[])
      or station_id = any ((select app_ids('head_stations'))::uuid[])))
    or (merged_into is null and worker_id = any ((select app_ids('worker_selves'))::uuid[]) and not recipient_attached(district_id, id))));

-- From the first case on the person is reached through cases, and in no other way.
create function register_ends() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update recipient r set on_register = false where r.district_id = new.district_id and r.id = new.recipient_id and r.on_register;
  return null;
end $$;
create trigger register_ends after insert or update of recipient_id on case_file for each row execute function register_ends();

-- An act that a ledger tells of, written by the head for the workers of the station.
create policy contact_import on service_contact for insert with check (
  district_id = (select app_id('district')) and source_kind = 'import' and station_id = any ((select app_ids('head_stations'))::uuid[]));

-- Who exactly is there already, whether in reach or not: a row is not made twice. Only for who brings a file, and a number a row.
create function people_known(id_indexes text[], name_indexes text[], born date[], phone_indexes text[]) returns table (n int, person uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  with u as (select * from unnest($1, $2, $3, $4) with ordinality as u(by_id, by_name, born, by_phone, n)),
  hits as (
    select u.n, coalesce(r.merged_into, r.id) as id from u join recipient r on r.district_id = app_id('district') and r.id_number_index = u.by_id
    where r.destroyed_at is null
    union all
    select u.n, coalesce(r.merged_into, r.id) from u join recipient r on r.district_id = app_id('district') and r.name_index = u.by_name
      and r.birth_on = u.born and r.phone_index = u.by_phone and (u.by_id is null or r.id_number_index is null)
    where r.destroyed_at is null)
  select h.n::int, min(h.id::text)::uuid from hits h where app_id('person') is not null group by h.n
$$;

-- What stands in the way of taking people of an import back: everything that has come to hang on them since. Without ids: on all of them.
create function imported_people_held(import uuid, only_ids uuid[]) returns table (why text, n int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  here uuid := app_id('district');
  ids uuid[];
  own uuid[];
  ref record;
begin
  if not exists (select 1 from ledger_import i where i.district_id = here and i.id = $1 and i.kind = 'recipients'
      and (i.person_id = app_id('person') or i.station_id = any (app_ids('head_stations')))) then return; end if;
  select array_agg(x.made_id), array_agg(w) filter (where w is not null) into ids, own
  from ledger_import_row x left join lateral unnest(x.with_ids) w on true
  where x.district_id = here and x.import_id = $1 and x.state = 'added' and ($2 is null or x.made_id = any ($2));
  for ref in select * from recipient_references() loop
    execute format('select count(distinct t.%2$I)::int from %1$I t where t.district_id = $1 and t.%2$I = any ($2) and t.id <> all ($3)',
      ref.table_name, ref.column_name) into n using here, ids, coalesce(own, '{}');
    if n > 0 then why := ref.table_name; return next; end if;
  end loop;
  select count(distinct c.recipient_id)::int into n from service_contact c where c.district_id = here and c.recipient_id = any (ids);
  if n > 0 then why := 'service_contact'; return next; end if;
  select count(distinct r.id)::int into n from recipient r where r.district_id = here
    and ((r.id = any (ids) and (r.version > 1 or r.merged_into is not null or not r.on_register)) or r.merged_into = any (ids));
  if n > 0 then why := 'recipient'; return next; end if;
  select count(*)::int into n from privacy_request p where p.district_id = here and p.recipient_ids && ids;
  if n > 0 then why := 'privacy_request'; return next; end if;
end $$;

-- Takes some people of an import back, with the categories that came with them. The rows' history stays.
create function take_people_back(import uuid, only_ids uuid[]) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  here uuid := app_id('district');
  gone int;
begin
  if not exists (select 1 from ledger_import i where i.district_id = here and i.id = $1 and i.kind = 'recipients' and i.status = 'undoing'
      and (i.person_id = app_id('person') or i.station_id = any (app_ids('head_stations')))) then
    raise exception 'nobody asked for this' using errcode = '42501';
  end if;
  if exists (select 1 from imported_people_held($1, $2)) then return -1; end if;
  delete from recipient_category c using ledger_import_row x where x.district_id = here and x.import_id = $1 and x.state = 'added'
    and x.made_id = any ($2) and c.district_id = here and c.id = any (x.with_ids);
  delete from recipient r using ledger_import_row x where x.district_id = here and x.import_id = $1 and x.state = 'added'
    and x.made_id = any ($2) and r.district_id = here and r.id = x.made_id;
  get diagnostics gone = row_count;
  return gone;
end $$;

revoke all on function register_ends(), people_known(text[], text[], date[], text[]), imported_people_held(uuid, uuid[]), take_people_back(uuid, uuid[])
  from public;
grant execute on function people_known(text[], text[], date[], text[]), imported_people_held(uuid, uuid[]), take_people_back(uuid, uuid[]) to jieyou_app;
