-- Sealed files (预防未成年人犯罪法 59; 社区矫正法 54). A case is sealed with everything below it: the rows are taken out of their tables,
-- with their history, enciphered under a key of the file's own, and what stays is a register row that no policy shows. So the narrative
-- is in no table that anything else reads, and a room that is built later needs to know nothing of sealing: what refers to a case or to a
-- request by a foreign key is found by the catalogue.
alter table case_file add column sealed_at timestamptz;
alter table support_request add column sealed_at timestamptz;
alter table recipient add column sealed_at timestamptz;

create table sealed_file (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  number text not null,
  status text not null check (status in ('proposed', 'refused', 'sealed', 'unseal-proposed', 'unsealed')),
  authority text not null,
  decision_no text not null,
  decided_on date not null,
  basis text not null check (basis in ('criminal-record', 'non-prosecution', 'community-correction')),
  reason text not null,
  proposed_by uuid not null references person,
  proposed_at timestamptz not null,
  decided_by uuid references person,
  sealed_at timestamptz,
  unseal_authority text,
  unseal_decision_no text,
  unseal_reason text,
  unseal_by uuid references person,
  unsealed_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (decided_by is null or decided_by <> proposed_by)
);
create unique index sealed_file_one on sealed_file (district_id, case_id) where status in ('proposed', 'sealed', 'unseal-proposed');
create index sealed_file_newest on sealed_file (district_id, id desc);

create table sealed_content (
  district_id uuid not null references division,
  id uuid not null,
  -- The file's own key, wrapped by the platform's; the content under the file's own.
  key_id text not null,
  key_ct text not null,
  body_ct text not null,
  primary key (district_id, id),
  foreign key (district_id, id) references sealed_file (district_id, id)
);
create table sealed_attachment (
  district_id uuid not null references division,
  id uuid not null,
  file_id uuid not null,
  stored_as text not null,
  primary key (district_id, id),
  foreign key (district_id, file_id) references sealed_file (district_id, id)
);
create table query_letter (
  district_id uuid not null references division,
  id uuid not null,
  file_id uuid not null,
  number text not null,
  unit text not null,
  letter_no text not null,
  letter_on date not null,
  basis text not null,
  scope text[] not null,
  until_day date not null,
  hours int not null,
  reader_ids uuid[] not null,
  status text not null check (status in ('registered', 'open', 'refused')),
  scan_as text,
  scan_mime text,
  scan_sha256 text,
  registered_by uuid not null references person,
  registered_at timestamptz not null,
  opens_at timestamptz,
  closes_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, file_id) references sealed_file (district_id, id)
);
create index query_letter_by_file on query_letter (district_id, file_id, id desc);
create index query_letter_by_reader on query_letter using gin (reader_ids);
create table letter_approval (
  district_id uuid not null references division,
  id uuid not null,
  letter_id uuid not null,
  person_id uuid not null references person,
  role text not null check (role in ('centre', 'security')),
  decision text not null check (decision in ('approve', 'refuse')),
  at timestamptz not null,
  primary key (district_id, id),
  unique (district_id, letter_id, person_id),
  unique (district_id, letter_id, role),
  foreign key (district_id, letter_id) references query_letter (district_id, id)
);
create table sealed_reading (
  district_id uuid not null references division,
  id uuid not null,
  file_id uuid not null,
  letter_id uuid not null,
  person_id uuid not null references person,
  attachment_id uuid,
  at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, letter_id) references query_letter (district_id, id)
);
create index sealed_reading_by_file on sealed_reading (district_id, file_id, id desc);

do $$
declare one text;
begin
  foreach one in array array['sealed_file', 'sealed_content', 'sealed_attachment', 'query_letter', 'letter_approval', 'sealed_reading'] loop
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
  -- Ciphertext needs no history; it would only double what is to be hidden.
  foreach one in array array['sealed_file', 'query_letter', 'letter_approval', 'sealed_reading'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
  end loop;
end $$;
grant update (status, decided_by, sealed_at, unseal_authority, unseal_decision_no, unseal_reason, unseal_by, unsealed_at, version) on sealed_file to jieyou_app;
grant update (status, scan_as, scan_mime, scan_sha256, opens_at, closes_at, version) on query_letter to jieyou_app;

-- Those who keep the sealed files: the centre, which receives the letters, and the security administrator, who reads no content.
create function keeps_seals() returns boolean language sql stable parallel safe
  as $$ select coalesce(app_text('centre'), '') = '1' or coalesce(app_text('security'), '') = '1' $$;
create policy sealed_kept on sealed_file using (district_id = (select app_id('district')) and (select keeps_seals()));
create policy sealed_proposed on sealed_file for insert with check (
  district_id = (select app_id('district')) and proposed_by = (select app_id('person')) and status = 'proposed');
create policy letter_kept on query_letter using (district_id = (select app_id('district')) and (select keeps_seals()));
create policy letter_reader on query_letter for select using (
  district_id = (select app_id('district')) and status = 'open' and (select app_id('person')) = any (reader_ids)
  and opens_at <= (select app_now()) and closes_at > (select app_now()));
create policy approval_kept on letter_approval for select using (district_id = (select app_id('district')) and (select keeps_seals()));
create policy approval_own on letter_approval for insert with check (
  district_id = (select app_id('district')) and person_id = (select app_id('person')) and app_text(role) = '1');
create policy reading_kept on sealed_reading for select using (district_id = (select app_id('district')) and (select keeps_seals()));
create policy reading_own on sealed_reading for insert with check (
  district_id = (select app_id('district')) and person_id = (select app_id('person')));

-- A letter opens a file: approved by two, for the named person, within its hours, while the file is sealed. The approvals are counted
-- here once more, so that a letter whose state alone was changed opens nothing.
create function letter_opens(district uuid, file uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from query_letter l join sealed_file f on f.district_id = l.district_id and f.id = l.file_id
    where l.district_id = $1 and l.file_id = $2 and $1 = app_id('district') and l.status = 'open' and f.status in ('sealed', 'unseal-proposed')
      and app_id('person') = any (l.reader_ids) and l.opens_at <= app_now() and l.closes_at > app_now()
      and (select count(distinct a.person_id) from letter_approval a where a.district_id = l.district_id and a.letter_id = l.id
        and a.decision = 'approve' and a.person_id <> l.registered_by) >= 2)
$$;
create policy content_by_letter on sealed_content for select using (letter_opens(district_id, id));
create policy content_write on sealed_content for insert with check (
  district_id = (select app_id('district')) and (select app_text('security')) = '1');
create policy file_by_letter on sealed_attachment for select using (letter_opens(district_id, file_id));
create policy file_write on sealed_attachment for insert with check (
  district_id = (select app_id('district')) and (select app_text('security')) = '1');

-- From now on no policy shows what is sealed: to nobody, in no list, count, figure or job.
alter policy case_reach on case_file using (
  sealed_at is null and district_id = (select app_id('district')) and (
    id = (select app_id('opened_case'))
    or worker_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or works_along(district_id, id)));
alter policy recipient_reach on recipient using (
  sealed_at is null and district_id = (select app_id('district')) and (
    worker_id = any ((select app_ids('worker_selves'))::uuid[])
    or exists (select 1 from case_file f where f.district_id = recipient.district_id and f.recipient_id = recipient.id)));
alter policy request_read on support_request using (
  sealed_at is null and district_id = (select app_id('district')) and (
    asker_id = any ((select app_ids('worker_selves'))::uuid[])
    or (status <> 'draft' and (
      (select app_text('centre')) = '1'
      or (select app_text('officer')) = '1'
      or station_id = any ((select app_ids('head_stations'))::uuid[])
      or organisation_id = any ((select app_ids('agency_organisations'))::uuid[])
      or exists (select 1 from unnest((select app_paths())) as p(prefix) where starts_with(division_path, p.prefix))
      or id = any ((select app_ids('chaired'))::uuid[])))
    or (select app_text('platform')) = '1'
  ));
alter policy request_update on support_request using (
  sealed_at is null and district_id = (select app_id('district')) and (
    asker_id = any ((select app_ids('worker_selves'))::uuid[])
    or (status <> 'draft' and ((select app_text('centre')) = '1' or id = any ((select app_ids('chaired'))::uuid[])))
    or (select app_text('platform')) = '1'
  ));
-- Answers that the owner gives in numbers.
create or replace function open_work_of(person uuid) returns table (cases int, requests int)
language sql stable security definer set search_path = public, pg_temp as $$
  select
    (select count(*)::int from case_file f
     where f.district_id = app_id('district') and f.worker_id = $1 and f.status = 'open' and f.sealed_at is null),
    (select count(*)::int from support_request r
     where r.district_id = app_id('district') and (r.asker_id = $1 or r.holder_id = $1) and r.sealed_at is null
       and r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'))
$$;
create or replace function latest_clock_due() returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select max(r.clock_due_at) from support_request r
  where r.district_id = app_id('district') and r.clock_due_at is not null and r.sealed_at is null
    and r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')
$$;
create or replace function holder_of_request(district uuid, request uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select holder_id from support_request where district_id = district and id = request and sealed_at is null
    and district_id = app_id('district')
$$;
create or replace function keeps_circle(one_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_file f
    where f.district_id = app_id('district') and f.id = $1 and f.sealed_at is null
      and (f.worker_id = any (app_ids('worker_selves')) or f.station_id = any (app_ids('head_stations'))))
$$;

create or replace function cases_of_phone(phone text) returns table (
  id uuid, number text, status text, name_masked text, worker_name text, station_name text, mine boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id, f.number, f.status, r.name_masked, p.name, s.name, coalesce(f.worker_id = any (app_ids('worker_selves')), false)
  from recipient r join case_file f on f.district_id = r.district_id and f.recipient_id = r.id
    join person p on p.id = f.worker_id join station s on s.id = f.station_id
  where r.district_id = app_id('district') and r.phone_index = $1 and f.sealed_at is null
    and (app_text('centre') = '1' or f.station_id = any (app_ids('worker_stations')) or f.station_id = any (app_ids('head_stations')))
  order by f.status = 'open' desc, f.id desc limit 10
$$;

-- The case that is meant by a number: for the centre, and for the head of its station.
create function case_to_seal(case_number text) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select f.id from case_file f where f.district_id = app_id('district') and f.number = $1 and f.sealed_at is null
    and (app_text('centre') = '1' or f.station_id = any (app_ids('head_stations')))
    and not exists (select 1 from sealed_file s where s.district_id = f.district_id and s.case_id = f.id and s.status = 'proposed')
$$;

-- Every row below a case, by table, and how deep each table lies: children are removed before what they refer to.
create function sealing_tree(district uuid, one_case uuid, out reached jsonb, out depths jsonb)
language plpgsql stable set search_path = public, pg_temp as $$
declare
  edge record;
  more uuid[];
  have uuid[];
  grew boolean := true;
begin
  reached := jsonb_build_object('case_file', jsonb_build_array(one_case));
  depths := '{"case_file": 0}';
  while grew loop
    grew := false;
    for edge in
      select child.relname::text as child, parent.relname::text as parent, col.attname::text as col
      from pg_constraint k
        join pg_class child on child.oid = k.conrelid join pg_class parent on parent.oid = k.confrelid
        join pg_attribute lead on lead.attrelid = k.conrelid and lead.attnum = k.conkey[1]
        join pg_attribute col on col.attrelid = k.conrelid and col.attnum = k.conkey[2]
      where k.contype = 'f' and k.connamespace = 'public'::regnamespace and array_length(k.conkey, 1) = 2 and lead.attname = 'district_id'
        and k.conrelid <> k.confrelid and child.relname not in ('sealed_file')
    loop
      continue when not reached ? edge.parent;
      execute format('select array_agg(t.id) from %I t where t.district_id = $1 and t.%I = any ($2)', edge.child, edge.col)
        into more using district, array(select jsonb_array_elements_text(reached -> edge.parent)::uuid);
      continue when more is null;
      have := array(select jsonb_array_elements_text(coalesce(reached -> edge.child, '[]'))::uuid);
      if not more <@ have then
        reached := jsonb_set(reached, array[edge.child], to_jsonb(array(select unnest(have) union select unnest(more))));
        grew := true;
      end if;
      if coalesce((depths ->> edge.child)::int, 0) < (depths ->> edge.parent)::int + 1 then
        depths := jsonb_set(depths, array[edge.child], to_jsonb((depths ->> edge.parent)::int + 1));
        grew := true;
      end if;
    end loop;
  end loop;
end $$;

-- Whether the one who asks may carry out what somebody else proposed.
create function second_for_seal(file uuid, state text) returns sealed_file
language sql stable security definer set search_path = public, pg_temp as $$
  select f from sealed_file f where f.district_id = app_id('district') and f.id = $1 and f.status = $2 and app_text('security') = '1'
    and app_id('person') <> case when $2 = 'proposed' then f.proposed_by else f.unseal_by end
$$;

-- Everything that is to be sealed, as one text: rows by table, their history, the recipient.
create function take_for_sealing(file uuid) returns jsonb
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  f sealed_file := second_for_seal(file, 'proposed');
  tree record;
  one text;
  found jsonb;
  rows jsonb := '{}';
  ids uuid[];
begin
  if f.id is null then raise exception 'nobody proposed this, or a second person is missing' using errcode = '42501'; end if;
  select * into tree from sealing_tree(f.district_id, f.case_id);
  for one in select jsonb_object_keys(tree.reached) loop
    execute format('select jsonb_agg(to_jsonb(t)) from %I t where t.district_id = $1 and t.id = any ($2)', one)
      into found using f.district_id, array(select jsonb_array_elements_text(tree.reached -> one)::uuid);
    rows := rows || jsonb_build_object(one, found);
  end loop;
  ids := array(select jsonb_array_elements_text(v)::uuid from jsonb_each(tree.reached) as e(k, v));
  return jsonb_build_object('rows', rows, 'depths', tree.depths,
    'recipient', (select to_jsonb(r) from recipient r join case_file c on c.district_id = r.district_id and c.recipient_id = r.id
      where c.district_id = f.district_id and c.id = f.case_id),
    'history', coalesce((select jsonb_agg(to_jsonb(h)) from row_history h where h.district_id = f.district_id
      and h.row_id = any (ids || array(select c.recipient_id from case_file c where c.district_id = f.district_id and c.id = f.case_id))), '[]'));
end $$;

-- Takes the rows out and hides the registers. Only after the content was written: an unsealed loss cannot happen.
create function seal_away(file uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  f sealed_file := second_for_seal(file, 'proposed');
  tree record;
  one text;
  ids uuid[];
  person uuid;
begin
  if f.id is null then raise exception 'nobody proposed this, or a second person is missing' using errcode = '42501'; end if;
  if not exists (select 1 from sealed_content c where c.district_id = f.district_id and c.id = f.id) then
    raise exception 'the content was not kept';
  end if;
  select * into tree from sealing_tree(f.district_id, f.case_id);
  ids := array(select jsonb_array_elements_text(v)::uuid from jsonb_each(tree.reached) as e(k, v));
  update casebank_entry e set recalled_at = app_now() where e.recalled_at is null
    and e.draft_id = any (array(select jsonb_array_elements_text(coalesce(tree.reached -> 'publication_draft', '[]'))::uuid));
  for one in select k from jsonb_each(tree.depths) as d(k, v) where k not in ('case_file', 'support_request') order by (v #>> '{}')::int desc loop
    execute format('delete from %I t where t.district_id = $1 and t.id = any ($2)', one)
      using f.district_id, array(select jsonb_array_elements_text(coalesce(tree.reached -> one, '[]'))::uuid);
  end loop;
  -- Emptied as well, so that not even a function of the owner counts them by what they are about.
  update support_request r set sealed_at = app_now(), domain = 'sealed', help_fields = '{}', clock_kind = null, clock_started_at = null, clock_due_at = null, clock_at_risk_at = null,
    clock_paused_at = null where r.district_id = f.district_id and r.id = any (ids);
  update case_file c set sealed_at = app_now(), domain = 'sealed', help_fields = '{}'
  where c.district_id = f.district_id and c.id = f.case_id returning c.recipient_id into person;
  -- Somebody who is also in a case that is not sealed stays in that one.
  if not exists (select 1 from case_file c where c.district_id = f.district_id and c.recipient_id = person and c.sealed_at is null) then
    update recipient r set sealed_at = app_now(), gender = 'unknown', birth_on = null, name_masked = '', id_number_masked = null, phone_masked = null,
      address_masked = null, name_ct = '', id_number_ct = null, phone_ct = null, address_ct = null, name_index = 'sealed:' || r.id,
      id_number_index = null, phone_index = null
    where r.district_id = f.district_id and r.id = person;
    ids := ids || person;
  end if;
  delete from notice n where n.district_id = f.district_id and n.record_id = any (ids);
  -- What the rows once said, and what was just taken out of them.
  delete from row_history h where h.district_id = f.district_id and h.row_id = any (ids);
end $$;

create function take_for_unsealing(file uuid) returns table (key_id text, key_ct text, body_ct text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare f sealed_file := second_for_seal(file, 'unseal-proposed');
begin
  if f.id is null then raise exception 'nobody proposed this, or a second person is missing' using errcode = '42501'; end if;
  return query select c.key_id, c.key_ct, c.body_ct from sealed_content c where c.district_id = f.district_id and c.id = f.id;
end $$;
create function files_for_unsealing(file uuid) returns table (id uuid, stored_as text)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare f sealed_file := second_for_seal(file, 'unseal-proposed');
begin
  if f.id is null then raise exception 'nobody proposed this, or a second person is missing' using errcode = '42501'; end if;
  return query select a.id, a.stored_as from sealed_attachment a where a.district_id = f.district_id and a.file_id = f.id;
end $$;

-- Puts everything back where it was. Columns that came later get their defaults; columns that are gone are left out.
create function put_back(file uuid, bundle jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  f sealed_file := second_for_seal(file, 'unseal-proposed');
  one text;
  names text;
  was jsonb := bundle -> 'recipient';
begin
  if f.id is null then raise exception 'nobody proposed this, or a second person is missing' using errcode = '42501'; end if;
  for one in select k from jsonb_each(bundle -> 'depths') as d(k, v) where k not in ('case_file', 'support_request') order by (v #>> '{}')::int loop
    continue when jsonb_typeof(bundle -> 'rows' -> one) is distinct from 'array';
    select string_agg(quote_ident(c.column_name), ', ') into names from information_schema.columns c
    where c.table_schema = 'public' and c.table_name = one and c.is_generated = 'NEVER' and (bundle -> 'rows' -> one -> 0) ? c.column_name;
    execute format('insert into %1$I (%2$s) select %2$s from jsonb_populate_recordset(null::%1$I, $1)', one, names) using bundle -> 'rows' -> one;
  end loop;
  update support_request r set sealed_at = null, domain = w.domain, help_fields = w.help_fields, clock_kind = w.clock_kind, clock_started_at = w.clock_started_at, clock_due_at = w.clock_due_at,
    clock_at_risk_at = w.clock_at_risk_at, clock_paused_at = w.clock_paused_at
  from jsonb_populate_recordset(null::support_request, coalesce(nullif(bundle -> 'rows' -> 'support_request', 'null'), '[]')) w
  where r.district_id = f.district_id and r.id = w.id;
  update case_file c set sealed_at = null, domain = w.domain, help_fields = w.help_fields
  from jsonb_populate_recordset(null::case_file, bundle -> 'rows' -> 'case_file') w
  where c.district_id = f.district_id and c.id = f.case_id and w.id = c.id;
  update recipient r set sealed_at = null, gender = w.gender, birth_on = w.birth_on, name_masked = w.name_masked, id_number_masked = w.id_number_masked,
    phone_masked = w.phone_masked, address_masked = w.address_masked, name_ct = w.name_ct, id_number_ct = w.id_number_ct, phone_ct = w.phone_ct,
    address_ct = w.address_ct, name_index = w.name_index, id_number_index = w.id_number_index, phone_index = w.phone_index
  from jsonb_populate_record(null::recipient, was) w
  where r.district_id = f.district_id and r.id = w.id and r.sealed_at is not null;
  insert into row_history select h.* from jsonb_populate_recordset(null::row_history, bundle -> 'history') h on conflict do nothing;
  delete from sealed_attachment a where a.district_id = f.district_id and a.file_id = f.id;
  delete from sealed_content c where c.district_id = f.district_id and c.id = f.id;
end $$;

revoke all on function keeps_seals(), letter_opens(uuid, uuid), case_to_seal(text), sealing_tree(uuid, uuid), second_for_seal(uuid, text),
  take_for_sealing(uuid), seal_away(uuid), take_for_unsealing(uuid), files_for_unsealing(uuid), put_back(uuid, jsonb) from public;
grant execute on function keeps_seals(), letter_opens(uuid, uuid), case_to_seal(text), take_for_sealing(uuid), seal_away(uuid),
  take_for_unsealing(uuid), files_for_unsealing(uuid), put_back(uuid, jsonb) to jieyou_app;
