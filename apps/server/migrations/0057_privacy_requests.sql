-- Requests of persons about their own data (PIPL 44–50), the stop of processing (PIPL 47), and the walk over everything kept of a person.

create table privacy_request (
  district_id uuid not null references division,
  id uuid not null,
  receipt_no text not null,
  kind text not null check (kind in ('access', 'copy', 'correct', 'delete', 'explain', 'withdraw-consent')),
  asker_kind text not null check (asker_kind in ('self', 'guardian', 'heir')),
  status text not null,
  station_id uuid not null references station,
  subject_masked text not null,
  -- Rows of `recipient` that are this person. No reference: the request outlives what it asked to have deleted.
  recipient_ids uuid[] not null,
  received_by uuid not null references person,
  received_at timestamptz not null,
  due_on date not null,
  pack_version text not null,
  checked_by uuid references person,
  checked_at timestamptz,
  prepared_by uuid references person,
  decided_by uuid references person,
  decided_at timestamptz,
  warned_on date,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, receipt_no),
  -- Whoever received a request alone does not decide it.
  check (decided_by <> received_by)
);
create index privacy_request_newest on privacy_request (district_id, id desc);
create index privacy_request_due on privacy_request (district_id, due_on) where status in ('received', 'checking', 'answering');

create table privacy_request_content (
  district_id uuid not null references division,
  id uuid not null,
  -- Names, phone and ID number of asker and person, as one ciphertext.
  persons_ct text not null,
  wish text not null,
  checked text[] not null default '{}',
  check_note text,
  withheld_ct text,
  attachment_ids uuid[] not null default '{}',
  answer text,
  reason text,
  route text,
  primary key (district_id, id),
  foreign key (district_id, id) references privacy_request (district_id, id)
);

-- 停止处理: kept and used for nothing else.
create table processing_stop (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  case_id uuid not null,
  case_number text not null,
  station_id uuid not null references station,
  grounds text[] not null,
  since timestamptz not null,
  stopped_by uuid not null references person,
  primary key (district_id, id),
  unique (district_id, case_id),
  foreign key (district_id, request_id) references privacy_request (district_id, id)
);

do $$
declare one text;
begin
  foreach one in array array['privacy_request', 'privacy_request_content', 'processing_stop'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
  end loop;
end $$;

-- Register: who received it, the head of the station, the centre, the office. Content: without the office.
create policy privacy_request_read on privacy_request for select using (
  district_id = (select app_id('district')) and (
    received_by = any ((select app_ids('selves'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])
    or (select app_text('centre')) = '1' or (select app_text('officer')) = '1' or (select app_text('platform')) = '1'));
create policy privacy_request_insert on privacy_request for insert with check (
  district_id = (select app_id('district')) and received_by = (select app_id('person')));
create policy privacy_request_update on privacy_request for update using (
  district_id = (select app_id('district')) and (
    received_by = any ((select app_ids('selves'))::uuid[]) or station_id = any ((select app_ids('head_stations'))::uuid[])
    or (select app_text('centre')) = '1' or (select app_text('platform')) = '1'));
create function privacy_request_reached(district uuid, request uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from privacy_request r where r.district_id = $1 and r.id = $2 and (
    r.received_by = any (app_ids('selves')) or r.station_id = any (app_ids('head_stations')) or app_text('centre') = '1'));
end $$;
create policy privacy_content_reach on privacy_request_content using (privacy_request_reached(district_id, id));
create policy processing_stop_read on processing_stop for select using (
  district_id = (select app_id('district')) and (
    station_id = any ((select app_ids('head_stations'))::uuid[]) or (select app_text('centre')) = '1'
    or privacy_request_reached(district_id, request_id)));

-- A case that is only kept is seen by the head who keeps it, and changed by nobody; one that was destroyed is a line of the register.
alter table recipient add column stopped_at timestamptz, add column destroyed_at timestamptz;
alter table case_file add column stopped_at timestamptz, add column destroyed_at timestamptz;
alter table support_request add column stopped_at timestamptz, add column destroyed_at timestamptz;
do $$
declare one text;
begin
  foreach one in array array['recipient', 'case_file', 'support_request'] loop
    execute format($p$create policy only_kept on %1$I as restrictive for select using (
      destroyed_at is null and (stopped_at is null or station_id = any ((select app_ids('head_stations'))::uuid[])))$p$, one);
    execute format($p$create policy only_kept_still on %1$I as restrictive for update using (stopped_at is null and destroyed_at is null)$p$, one);
  end loop;
end $$;
create function case_stands_still(district uuid, one_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce((select f.stopped_at is not null or f.destroyed_at is not null from case_file f where f.district_id = $1 and f.id = $2), false)
$$;
create function request_stands_still(district uuid, request uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select coalesce((select r.stopped_at is not null or r.destroyed_at is not null from support_request r
    where r.district_id = $1 and r.id = $2), false)
$$;
create policy only_kept_note on case_note as restrictive for insert with check (not case_stands_still(district_id, case_id));
create policy only_kept_consent on consent as restrictive for insert with check (not case_stands_still(district_id, case_id));
create policy only_kept_content on case_content as restrictive for update using (not case_stands_still(district_id, id));
create policy only_kept_file on attachment as restrictive for insert
  with check (case_id is null or not case_stands_still(district_id, case_id));
-- Experts reach packets and opinions by their invitation, not by the request.
alter policy invitation_own on support_invitation using (
  district_id = (select app_id('district')) and expert_id = (select app_id('expert')) and status <> 'revoked'
  and not request_stands_still(district_id, request_id));
alter policy opinion_own on support_opinion using (
  district_id = (select app_id('district')) and expert_id = (select app_id('expert')) and not request_stands_still(district_id, request_id));

create or replace function keeps_circle(one_case uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_file f
    where f.district_id = app_id('district') and f.id = $1 and f.stopped_at is null and f.destroyed_at is null and f.sealed_at is null
      and (f.worker_id = any (app_ids('worker_selves')) or f.station_id = any (app_ids('head_stations'))))
$$;

-- Who the person is among the recipients of the district: by ID number, or by name and phone together. Ids only.
create function recipients_who_are(name_index text, id_index text, phone_index text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(r.id order by r.id), '{}') from recipient r
  where r.district_id = app_id('district') and r.destroyed_at is null and app_id('person') is not null and (
    r.id_number_index = $2 or (r.name_index = $1 and r.phone_index = $3 and ($2 is null or r.id_number_index is null)))
$$;

-- Tables that hang on a recipient, found in the schema itself: the longest way from `recipient`, so that children come after parents.
create function personal_tables() returns table (table_name text, depth int)
language sql stable security definer set search_path = public, pg_temp as $$
  with recursive edge as (
    select distinct k.conrelid as child, k.confrelid as parent from pg_constraint k
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and k.conrelid <> k.confrelid
  ), way as (
    select 'recipient'::regclass::oid as rel, 0 as depth
    union
    select e.child, w.depth + 1 from way w join edge e on e.parent = w.rel where w.depth < 15
  )
  select c.relname::text, max(w.depth)::int from way w join pg_class c on c.oid = w.rel group by 1
$$;

-- Every row that hangs on these recipients, table by table. Internal: only functions below call it, after they have asked who calls them.
create function walk_personal(district uuid, recipients uuid[], only_case uuid) returns table (table_name text, depth int, row_id uuid, one jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  found jsonb := jsonb_build_object('recipient', to_jsonb(recipients));
  step record;
  edge record;
  conditions text;
  ids jsonb;
begin
  if only_case is null then
    return query select 'recipient'::text, 0, r.id, to_jsonb(r) from recipient r where r.district_id = district and r.id = any (recipients);
  end if;
  for step in select t.table_name as name, t.depth as deep from personal_tables() t where t.depth > 0 order by t.depth, t.table_name loop
    conditions := null;
    for edge in
      select p.relname::text as parent, a.attname::text as column_name
      from pg_constraint k join pg_class p on p.oid = k.confrelid
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'district_id'
      where k.contype = 'f' and k.conrelid = format('public.%I', step.name)::regclass and k.conrelid <> k.confrelid
        and found ? p.relname::text
    loop
      conditions := concat_ws(' or ', conditions,
        format('x.%I in (select jsonb_array_elements_text($2 -> %L)::uuid)', edge.column_name, edge.parent));
    end loop;
    continue when conditions is null;
    if step.name = 'case_file' and only_case is not null then conditions := format('(%s) and x.id = %L::uuid', conditions, only_case); end if;
    return query execute format('select %L::text, %s, (to_jsonb(x) ->> ''id'')::uuid, to_jsonb(x) from %I x where x.district_id = $1 and (%s)',
      step.name, step.deep, step.name, conditions) using district, found;
    execute format('select coalesce(jsonb_agg(to_jsonb(x) ->> ''id''), ''[]'') from %I x where x.district_id = $1 and (%s)', step.name, conditions)
      into ids using district, found;
    found := found || jsonb_build_object(step.name, ids);
  end loop;
end $$;

-- What is kept of the person of a request whose identity was checked; for those who answer it.
create function personal_rows(one_request uuid) returns table (table_name text, depth int, row_id uuid, one jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare r privacy_request;
begin
  select * into r from privacy_request p where p.district_id = app_id('district') and p.id = one_request
    and p.status in ('answering', 'done', 'partly')
    and (p.received_by = any (app_ids('selves')) or p.station_id = any (app_ids('head_stations')) or app_text('centre') = '1');
  if r.id is null then return; end if;
  return query select w.table_name, w.depth, w.row_id, w.one from walk_personal(r.district_id, r.recipient_ids, null) w;
end $$;

-- Withdraws every live consent of the person; counts from today (PIPL 15). The deciding person asks, never the one who received it.
create function withdraw_consents_of(one_request uuid) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare n int;
begin
  update consent c set withdrawn_on = app_today(), version = c.version + 1
  from case_file f, privacy_request p
  where p.district_id = app_id('district') and p.id = one_request and p.kind = 'withdraw-consent' and p.status = 'answering'
    and p.received_by <> app_id('person') and (p.station_id = any (app_ids('head_stations')) or app_text('centre') = '1')
    and f.district_id = p.district_id and f.recipient_id = any (p.recipient_ids)
    and c.district_id = f.district_id and c.case_id = f.id and c.withdrawn_on is null;
  get diagnostics n = row_count;
  return n;
end $$;

revoke all on function privacy_request_reached(uuid, uuid), case_stands_still(uuid, uuid), request_stands_still(uuid, uuid),
  recipients_who_are(text, text, text), personal_tables(), walk_personal(uuid, uuid[], uuid), personal_rows(uuid),
  withdraw_consents_of(uuid) from public;
grant execute on function privacy_request_reached(uuid, uuid), case_stands_still(uuid, uuid), request_stands_still(uuid, uuid),
  recipients_who_are(text, text, text), personal_rows(uuid), withdraw_consents_of(uuid) to jieyou_app;
grant select, insert, update on privacy_request, privacy_request_content to jieyou_app;
grant select on processing_stop to jieyou_app;

-- Which drafts of a case's requests were published: drafts are the centre's alone, but the case's people may know that they were.
create function published_drafts_of(one_case uuid) returns table (draft_id uuid)
language sql stable security definer set search_path = public, pg_temp as $$
  select d.id from publication_draft d join support_request q on q.district_id = d.district_id and q.id = d.request_id
  where q.district_id = app_id('district') and q.case_id = $1
    and exists (select 1 from case_file f where f.district_id = q.district_id and f.id = $1 and f.id = app_id('opened_case'))
$$;
revoke all on function published_drafts_of(uuid) from public;
grant execute on function published_drafts_of(uuid) to jieyou_app;
