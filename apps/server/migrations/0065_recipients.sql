-- People and their households. A person is found before a row is made; what is known of a person beyond a case hangs on the person's row;
-- two rows of one person become one, and become two again with everything where it was.
alter table recipient
  -- The full pinyin of the name, blind: finds homophones. Null on rows that were sealed before this version, until they are changed.
  add column name_pinyin_index text,
  add column merged_into uuid,
  add constraint recipient_merged_into foreign key (district_id, merged_into) references recipient (district_id, id),
  add constraint recipient_not_itself check (merged_into <> id);
create index recipient_pinyin on recipient (district_id, name_pinyin_index) where name_pinyin_index is not null;
create index recipient_merged on recipient (district_id, merged_into) where merged_into is not null;

create table recipient_former_name (
  district_id uuid not null references division,
  id uuid not null,
  recipient_id uuid not null,
  name_masked text not null,
  name_ct text not null,
  name_index text not null,
  name_pinyin_index text not null,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id)
);
create index recipient_former_name_of on recipient_former_name (district_id, recipient_id);
create index recipient_former_name_by_index on recipient_former_name (district_id, name_index);
create index recipient_former_name_by_pinyin on recipient_former_name (district_id, name_pinyin_index);

create table recipient_category (
  district_id uuid not null references division,
  id uuid not null,
  recipient_id uuid not null,
  category text not null check (category in ('subsistence', 'subsistence-margin', 'destitute', 'disabled', 'child-in-need', 'left-behind-child',
    'elder-alone', 'elder-dependent', 'special-care', 'other')),
  disability text check (disability in ('sight', 'hearing', 'speech', 'limb', 'intellect', 'mind', 'multiple')),
  grade int check (grade between 1 and 4),
  from_day date not null,
  to_day date check (to_day >= from_day),
  source text not null,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id),
  check ((category = 'disabled') = (disability is not null) and (disability is null) = (grade is null))
);
create index recipient_category_of on recipient_category (district_id, recipient_id, category);

create table recipient_guardian (
  district_id uuid not null references division,
  id uuid not null,
  recipient_id uuid not null,
  relationship text not null,
  name_masked text not null,
  phone_masked text,
  name_ct text not null,
  phone_ct text,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id)
);
create index recipient_guardian_of on recipient_guardian (district_id, recipient_id);

-- That it is not safe to call or to visit, and how and when one may make contact.
create table recipient_contact (
  district_id uuid not null references division,
  id uuid not null,
  recipient_id uuid not null,
  how text not null,
  times text not null,
  noted_by uuid not null references person,
  noted_at timestamptz not null,
  ended_at timestamptz,
  ended_by uuid references person,
  primary key (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id)
);
create index recipient_contact_of on recipient_contact (district_id, recipient_id) where ended_at is null;

create table household (
  district_id uuid not null references division,
  id uuid not null,
  address_masked text,
  address_ct text,
  version int not null default 1,
  primary key (district_id, id)
);
-- A member is a recipient, or somebody merely named.
create table household_member (
  district_id uuid not null references division,
  id uuid not null,
  household_id uuid not null,
  recipient_id uuid,
  name_masked text,
  name_ct text,
  relation text not null check (relation in ('head', 'spouse', 'child', 'child-in-law', 'grandchild', 'parent', 'parent-in-law', 'grandparent',
    'sibling', 'other-kin', 'not-kin')),
  lives_together boolean not null,
  joined_on date not null,
  left_on date,
  recorded_by uuid not null references person,
  primary key (district_id, id),
  foreign key (district_id, household_id) references household (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id),
  check ((recipient_id is null) = (name_ct is not null) and (name_ct is null) = (name_masked is null))
);
create index household_member_of on household_member (district_id, household_id);
create index household_member_is on household_member (district_id, recipient_id) where recipient_id is not null;
create unique index household_one_head on household_member (district_id, household_id) where relation = 'head' and left_on is null;

-- How members stand to each other and to what surrounds the family: 家系图, 生态图.
create table household_tie (
  district_id uuid not null references division,
  id uuid not null,
  household_id uuid not null,
  from_member uuid not null,
  to_member uuid,
  system text check (system in ('school', 'work', 'medical', 'kin', 'friends', 'community', 'faith', 'government', 'welfare', 'other')),
  system_name text,
  bond text not null check (bond in ('close', 'ordinary', 'distant', 'conflict', 'broken')),
  recorded_by uuid not null references person,
  recorded_at timestamptz not null,
  ended_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, household_id) references household (district_id, id),
  foreign key (district_id, from_member) references household_member (district_id, id),
  foreign key (district_id, to_member) references household_member (district_id, id),
  check ((to_member is null) = (system is not null) and from_member <> to_member)
);
create index household_tie_of on household_tie (district_id, household_id);

-- Two rows that somebody said are two people.
create table recipient_pair (
  district_id uuid not null references division,
  id uuid not null,
  one_id uuid not null,
  other_id uuid not null,
  reason text not null,
  said_by uuid not null references person,
  said_at timestamptz not null,
  primary key (district_id, id),
  unique (district_id, one_id, other_id),
  foreign key (district_id, one_id) references recipient (district_id, id),
  foreign key (district_id, other_id) references recipient (district_id, id),
  check (one_id < other_id)
);

-- A merge with what it moved: by reference ('case_file.recipient_id') the ids of the rows.
create table recipient_merge (
  district_id uuid not null references division,
  id uuid not null,
  kept_id uuid not null,
  gone_id uuid not null,
  reason text not null,
  moved jsonb not null,
  merged_by uuid not null references person,
  merged_at timestamptz not null,
  undone_by uuid references person,
  undone_at timestamptz,
  undo_reason text,
  primary key (district_id, id),
  foreign key (district_id, kept_id) references recipient (district_id, id),
  foreign key (district_id, gone_id) references recipient (district_id, id),
  check (kept_id <> gone_id)
);
create unique index recipient_merge_standing on recipient_merge (district_id, gone_id) where undone_at is null;
create index recipient_merge_kept on recipient_merge (district_id, kept_id);

-- ── Who reaches a person ──────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Whether a case stands on the person yet: until then the row is the worker's who writes it.
create function recipient_attached(district uuid, person uuid) returns boolean
language sql stable cost 10000 security definer set search_path = public, pg_temp as $$
  select exists (select 1 from case_file f where f.district_id = $1 and f.recipient_id = $2 and $1 = app_id('district'))
$$;
-- Through a case, and in no other way; a row that was merged into another is reached as that other.
alter policy recipient_reach on recipient using (
  sealed_at is null and district_id = (select app_id('district')) and (
    exists (select 1 from case_file f where f.district_id = recipient.district_id and f.recipient_id = coalesce(recipient.merged_into, recipient.id))
    or (merged_into is null and worker_id = any ((select app_ids('worker_selves'))::uuid[]) and not recipient_attached(district_id, id))));

create function recipient_reached(district uuid, person uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from recipient r where r.district_id = $1 and r.id = $2);
end $$;
-- What `case_reach` says, for functions of the owner: the case's worker, who works along, the head; of what only stands kept, the head.
create function serves_case(f case_file) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(f.district_id = app_id('district') and f.sealed_at is null and f.destroyed_at is null and (
    coalesce(f.station_id = any (app_ids('head_stations')), false)
    or (f.stopped_at is null and (coalesce(f.worker_id = any (app_ids('worker_selves')), false)
      or exists (select 1 from case_circle c where c.district_id = f.district_id and c.case_id = f.id and c.person_id = any (app_ids('worker_selves'))
        and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today()))))), false)
$$;
create function household_reached(district uuid, house uuid) returns boolean
language plpgsql stable cost 10000 security definer set search_path = public, pg_temp as $$
begin
  return $1 = app_id('district') and exists (select 1 from household_member m join case_file f on f.district_id = m.district_id and f.recipient_id = m.recipient_id
    where m.district_id = $1 and m.household_id = $2 and serves_case(f));
end $$;
create function serves_recipient(district uuid, person uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(bool_or(serves_case(f)), false) from case_file f where f.district_id = $1 and f.recipient_id = $2
$$;
create function recipient_stands_still(district uuid, person uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select coalesce((select r.stopped_at is not null or r.destroyed_at is not null or r.sealed_at is not null or r.merged_into is not null
    from recipient r where r.district_id = $1 and r.id = $2), true)
$$;

do $$
declare one text;
begin
  foreach one in array array['recipient_former_name', 'recipient_category', 'recipient_guardian', 'recipient_contact', 'household',
    'household_member', 'household_tie', 'recipient_pair', 'recipient_merge'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select on %I to jieyou_app', one);
  end loop;
  foreach one in array array['recipient_former_name', 'recipient_category', 'recipient_guardian', 'recipient_contact'] loop
    execute format($p$create policy person_reach on %1$I using (
      district_id = (select app_id('district'))
      and (recipient_id = (select app_id('opened_recipient')) or recipient_reached(district_id, recipient_id)))$p$, one);
    execute format($p$create policy person_moves on %1$I as restrictive for insert with check (not recipient_stands_still(district_id, recipient_id))$p$, one);
    execute format('grant insert on %I to jieyou_app', one);
  end loop;
end $$;
grant update (to_day) on recipient_category to jieyou_app;
grant update (ended_at) on recipient_guardian to jieyou_app;
grant update (ended_at, ended_by) on recipient_contact to jieyou_app;
grant insert on household, household_member, household_tie, recipient_pair to jieyou_app;
grant update (address_masked, address_ct, version) on household to jieyou_app;
grant update (relation, lives_together, left_on) on household_member to jieyou_app;
grant update (ended_at) on household_tie to jieyou_app;

create policy house_reach on household for select using (district_id = (select app_id('district')) and household_reached(district_id, id));
create policy house_change on household for update using (district_id = (select app_id('district')) and household_reached(district_id, id));
-- An empty household is nobody's; its first member is somebody in reach.
create policy house_begin on household for insert with check (district_id = (select app_id('district')));
create policy member_reach on household_member for select using (
  district_id = (select app_id('district')) and household_reached(district_id, household_id));
create policy member_change on household_member for update using (
  district_id = (select app_id('district')) and household_reached(district_id, household_id));
-- Nobody reaches a household by putting somebody of one's own into it: whose it is joins others, and only others in reach.
create function household_begun(district uuid, house uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from household_member m where m.district_id = $1 and m.household_id = $2 and $1 = app_id('district'))
$$;
create policy member_join on household_member for insert with check (
  district_id = (select app_id('district'))
  and (household_reached(district_id, household_id) or (recipient_id is not null and not household_begun(district_id, household_id)))
  and (recipient_id is null or (recipient_reached(district_id, recipient_id) and not recipient_stands_still(district_id, recipient_id))));
create policy tie_reach on household_tie using (district_id = (select app_id('district')) and household_reached(district_id, household_id));
create policy pair_reach on recipient_pair using (
  district_id = (select app_id('district')) and recipient_reached(district_id, one_id) and recipient_reached(district_id, other_id));
create policy merge_reach on recipient_merge for select using (
  district_id = (select app_id('district')) and (kept_id = (select app_id('opened_recipient')) or recipient_reached(district_id, kept_id)));

-- ── Search beyond one's reach ─────────────────────────────────────────────────────────────────────────────────────────────────────

-- In which stations a case is open for exactly this person, among the cases that the asker does not reach. Names of stations, no more.
create function open_elsewhere(id_index text, name_index text, born date, phone text) returns table (station_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct s.name from recipient r
    join case_file f on f.district_id = r.district_id and f.recipient_id = coalesce(r.merged_into, r.id)
    join station s on s.id = f.station_id
  where r.district_id = app_id('district')
    and (app_ids('worker_selves') is not null or app_ids('head_stations') is not null)
    and (r.id_number_index = $1 or (r.name_index = $2 and r.birth_on = $3 and r.phone_index = $4))
    and r.sealed_at is null and r.destroyed_at is null
    and f.status <> 'closed' and f.sealed_at is null and f.destroyed_at is null and f.stopped_at is null and not serves_case(f)
  order by 1
$$;

-- What happened with a person in cases that the asker does not reach: the day and the author, never a word or a number.
create function steps_elsewhere(person uuid) returns table (id uuid, day date, kind text, by_name text, station_name text)
language sql stable security definer set search_path = public, pg_temp as $$
  with other as (
    select f.* from case_file f
    where f.district_id = app_id('district') and f.recipient_id = $1 and serves_recipient(f.district_id, $1)
      and f.sealed_at is null and f.destroyed_at is null and f.stopped_at is null and not serves_case(f)
  )
  select o.id, o.opened_on, 'case-opened', p.name, s.name from other o join person p on p.id = o.worker_id join station s on s.id = o.station_id
  union all
  select n.id, n.happened_on, 'note', p.name, s.name from other o join case_note n on n.district_id = o.district_id and n.case_id = o.id
    join person p on p.id = n.author_id join station s on s.id = o.station_id
$$;

-- On which day a case was closed: by its event, else by its last change.
create function case_closed_on(one_case uuid) returns date
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(
    (select max((e.at at time zone 'Asia/Shanghai')::date) from event e
     where e.district_id = f.district_id and e.record_kind = 'case' and e.record_id = f.id and e.type = 'case.closed'),
    (f.updated_at at time zone 'Asia/Shanghai')::date)
  from case_file f where f.district_id = app_id('district') and f.id = $1 and f.status = 'closed' and serves_case(f)
$$;

-- ── Merging ───────────────────────────────────────────────────────────────────────────────────────────────────────────────────────

-- Every reference to a person, found in the schema: a room that is built later is moved as well.
create function recipient_references() returns table (table_name text, column_name text)
language sql stable set search_path = public, pg_temp as $$
  select c.relname::text, a.attname::text
  from pg_constraint k join pg_class c on c.oid = k.conrelid
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[2]
  where k.contype = 'f' and k.confrelid = 'recipient'::regclass and array_length(k.conkey, 1) = 2
    and c.relname not in ('recipient_pair', 'recipient_merge')
  order by 1, 2
$$;

-- Moves everything from one row of a person to another and keeps what was moved. False where somebody was faster, or one of the two
-- stands still; an error where the asker does not serve both.
create function merge_recipients(merge_id uuid, kept uuid, gone uuid, why text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  here uuid := app_id('district');
  ref record;
  ids uuid[];
  told jsonb := '{}';
  still int;
begin
  if not (serves_recipient(here, kept) and serves_recipient(here, gone)) then
    raise exception 'both persons must be in reach' using errcode = '42501';
  end if;
  perform 1 from recipient r where r.district_id = here and r.id in (kept, gone) order by r.id for update;
  select count(*) into still from recipient r where r.district_id = here and r.id in (kept, gone) and r.merged_into is null
    and r.stopped_at is null and r.destroyed_at is null and r.sealed_at is null;
  if still <> 2 or kept = gone then return false; end if;
  for ref in select * from recipient_references() loop
    execute format('with moved as (update %1$I t set %2$I = $1 where t.district_id = $2 and t.%2$I = $3 returning t.id) select array_agg(id) from moved',
      ref.table_name, ref.column_name) into ids using kept, here, gone;
    if ids is not null then told := told || jsonb_build_object(ref.table_name || '.' || ref.column_name, to_jsonb(ids)); end if;
  end loop;
  -- Requests about own data name their persons in a list.
  with moved as (update privacy_request p set recipient_ids = array_replace(p.recipient_ids, gone, kept)
    where p.district_id = here and gone = any (p.recipient_ids) and not kept = any (p.recipient_ids) returning p.id)
  select array_agg(id) into ids from moved;
  if ids is not null then told := told || jsonb_build_object('privacy_request.recipient_ids', to_jsonb(ids)); end if;
  update recipient set merged_into = kept, version = version + 1 where district_id = here and id = gone;
  insert into recipient_merge (district_id, id, kept_id, gone_id, reason, moved, merged_by, merged_at)
  values (here, merge_id, kept, gone, why, told, app_id('person'), app_now());
  return true;
end $$;

-- Takes a merge back: what it moved goes back, save what is gone since. False where it was taken back before, or a later merge stands on it.
create function undo_recipient_merge(merge_id uuid, why text) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  here uuid := app_id('district');
  m recipient_merge;
  ref record;
begin
  select * into m from recipient_merge x where x.district_id = here and x.id = merge_id for update;
  if m.id is null or not serves_recipient(here, m.kept_id) then
    raise exception 'the person must be in reach' using errcode = '42501';
  end if;
  perform 1 from recipient r where r.district_id = here and r.id in (m.kept_id, m.gone_id) order by r.id for update;
  if m.undone_at is not null or not exists (select 1 from recipient r where r.district_id = here and r.id = m.gone_id and r.merged_into = m.kept_id
      and r.destroyed_at is null and r.sealed_at is null)
    or not exists (select 1 from recipient r where r.district_id = here and r.id = m.kept_id and r.merged_into is null
      and r.stopped_at is null and r.destroyed_at is null and r.sealed_at is null)
  then return false; end if;
  update recipient set merged_into = null, version = version + 1 where district_id = here and id = m.gone_id;
  for ref in select x.table_name, x.column_name, m.moved -> (x.table_name || '.' || x.column_name) as ids from recipient_references() x
      where m.moved ? (x.table_name || '.' || x.column_name) loop
    execute format('update %1$I t set %2$I = $1 where t.district_id = $2 and t.%2$I = $3 and t.id = any ($4)', ref.table_name, ref.column_name)
      using m.gone_id, here, m.kept_id, array(select jsonb_array_elements_text(ref.ids)::uuid);
  end loop;
  update privacy_request p set recipient_ids = array_replace(p.recipient_ids, m.kept_id, m.gone_id)
  where p.district_id = here and p.id = any (array(select jsonb_array_elements_text(coalesce(m.moved -> 'privacy_request.recipient_ids', '[]'))::uuid));
  update recipient_merge set undone_by = app_id('person'), undone_at = app_now(), undo_reason = why where district_id = here and id = merge_id;
  return true;
end $$;

-- Who a person is, whether the row still stands or was merged into another.
create or replace function recipients_who_are(name_index text, id_index text, phone_index text) returns uuid[]
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(array_agg(distinct coalesce(r.merged_into, r.id) order by coalesce(r.merged_into, r.id)), '{}') from recipient r
  where r.district_id = app_id('district') and r.destroyed_at is null and app_id('person') is not null and (
    r.id_number_index = $2 or (r.name_index = $1 and r.phone_index = $3 and ($2 is null or r.id_number_index is null)))
$$;
create or replace function cases_of_phone(phone text) returns table (
  id uuid, number text, status text, name_masked text, worker_name text, station_name text, mine boolean)
language sql stable security definer set search_path = public, pg_temp as $$
  select distinct on (f.status = 'open', f.id)
    f.id, f.number, f.status, r.name_masked, p.name, s.name, coalesce(f.worker_id = any (app_ids('worker_selves')), false)
  from recipient r join case_file f on f.district_id = r.district_id and f.recipient_id = coalesce(r.merged_into, r.id)
    join person p on p.id = f.worker_id join station s on s.id = f.station_id
  where r.district_id = app_id('district') and r.phone_index = $1 and f.sealed_at is null and f.destroyed_at is null
    and (app_text('centre') = '1' or f.station_id = any (app_ids('worker_stations')) or f.station_id = any (app_ids('head_stations')))
    and (f.stopped_at is null or f.station_id = any (app_ids('head_stations')))
  order by f.status = 'open' desc, f.id desc limit 10
$$;

-- ── Sealing, copies and destruction know what hangs on a person ───────────────────────────────────────────────────────────────────

create or replace function sealing_tree(district uuid, one_case uuid, out reached jsonb, out depths jsonb)
language plpgsql stable set search_path = public, pg_temp as $$
declare
  edge record;
  more uuid[];
  have uuid[];
  grew boolean := true;
  person uuid;
  persons uuid[] := '{}';
begin
  reached := jsonb_build_object('case_file', jsonb_build_array(one_case));
  depths := '{"case_file": 0}';
  select c.recipient_id into person from case_file c where c.district_id = district and c.id = one_case
    and not exists (select 1 from case_file o where o.district_id = c.district_id and o.recipient_id = c.recipient_id and o.id <> c.id and o.sealed_at is null);
  if person is not null then
    -- Nobody else serves the person: what is kept of the person goes with the case, rows that were merged into it too.
    persons := person || array(select r.id from recipient r where r.district_id = district and r.merged_into = person);
    reached := reached || jsonb_build_object('recipient', to_jsonb(persons));
    depths := depths || '{"recipient": 1}';
    more := array(select h.id from household h where h.district_id = district
      and exists (select 1 from household_member m where m.district_id = h.district_id and m.household_id = h.id and m.recipient_id = any (persons))
      and not exists (select 1 from household_member m where m.district_id = h.district_id and m.household_id = h.id and m.recipient_id <> all (persons)));
    if cardinality(more) > 0 then
      reached := reached || jsonb_build_object('household', to_jsonb(more));
      depths := depths || '{"household": 1}';
    end if;
  end if;
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
      continue when not reached ? edge.parent or (edge.parent = 'recipient' and edge.child = 'case_file');
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
  -- The person's own row stays, emptied.
  persons := array_remove(persons, person);
  if cardinality(persons) = 0 then
    reached := reached - 'recipient';
    depths := depths - 'recipient';
  else
    reached := reached || jsonb_build_object('recipient', to_jsonb(persons));
  end if;
end $$;

create or replace function put_back(file uuid, bundle jsonb) returns void
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
    address_ct = w.address_ct, name_index = w.name_index, id_number_index = w.id_number_index, phone_index = w.phone_index,
    name_pinyin_index = w.name_pinyin_index
  from jsonb_populate_record(null::recipient, was) w
  where r.district_id = f.district_id and r.id = w.id and r.sealed_at is not null;
  insert into row_history select h.* from jsonb_populate_recordset(null::row_history, bundle -> 'history') h on conflict do nothing;
  delete from sealed_attachment a where a.district_id = f.district_id and a.file_id = f.id;
  delete from sealed_content c where c.district_id = f.district_id and c.id = f.id;
end $$;

create or replace function walk_personal(district uuid, recipients uuid[], only_case uuid) returns table (table_name text, depth int, row_id uuid, one jsonb)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  persons uuid[] := recipients || array(select r.id from recipient r where r.district_id = district and r.merged_into = any (recipients));
  found jsonb := jsonb_build_object('recipient', to_jsonb(persons));
  -- Of somebody who is in another case as well, one case goes alone.
  lone boolean := only_case is null or not exists (select 1 from case_file o
    where o.district_id = district and o.recipient_id = any (persons) and o.id <> only_case and o.destroyed_at is null);
  step record;
  edge record;
  conditions text;
  ids jsonb;
begin
  if only_case is null then
    return query select 'recipient'::text, 0, r.id, to_jsonb(r) from recipient r where r.district_id = district and r.id = any (persons);
  end if;
  for step in select t.table_name as name, t.depth as deep from personal_tables() t where t.depth > 0 order by t.depth, t.table_name loop
    conditions := null;
    for edge in
      select p.relname::text as parent, a.attname::text as column_name
      from pg_constraint k join pg_class p on p.oid = k.confrelid
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any (k.conkey) and a.attname <> 'district_id'
      where k.contype = 'f' and k.conrelid = format('public.%I', step.name)::regclass and k.conrelid <> k.confrelid
        and found ? p.relname::text and (lone or p.relname <> 'recipient' or step.name = 'case_file')
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
-- A row that is sealed or destroyed is found by no sound.
create function recipient_forgets() returns trigger language plpgsql as $$
begin
  if (new.sealed_at is not null and old.sealed_at is null) or (new.destroyed_at is not null and old.destroyed_at is null) then
    new.name_pinyin_index := null;
  end if;
  return new;
end $$;
create trigger forgets before update on recipient for each row execute function recipient_forgets();

-- With a person the rows go that were merged into it.
create function recipient_takes_along() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  update recipient r set destroyed_at = new.destroyed_at, gender = 'unknown', birth_on = null, name_masked = '已销毁', id_number_masked = null,
    phone_masked = null, address_masked = null, name_ct = '', id_number_ct = null, phone_ct = null, address_ct = null,
    name_index = '', id_number_index = null, phone_index = null
  where r.district_id = new.district_id and r.merged_into = new.id and r.destroyed_at is null;
  update row_history h set before = null, after = null
  where h.district_id = new.district_id and h.row_id in (select r.id from recipient r where r.district_id = new.district_id and r.merged_into = new.id);
  return null;
end $$;
create trigger takes_along after update on recipient for each row
  when (new.destroyed_at is not null and old.destroyed_at is null) execute function recipient_takes_along();

-- A household in which no recipient is left, now or before, goes with those who were merely named in it.
create function household_ends() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare gone uuid[];
begin
  if exists (select 1 from household_member m where m.district_id = old.district_id and m.household_id = old.household_id and m.recipient_id is not null)
  then return null; end if;
  gone := array(select m.id from household_member m where m.district_id = old.district_id and m.household_id = old.household_id) || old.household_id;
  delete from household_tie t where t.district_id = old.district_id and t.household_id = old.household_id;
  delete from household_member m where m.district_id = old.district_id and m.household_id = old.household_id;
  delete from household h where h.district_id = old.district_id and h.id = old.household_id;
  update row_history h set before = null, after = null where h.district_id = old.district_id and h.row_id = any (gone);
  return null;
end $$;
create trigger household_ends after delete on household_member for each row when (old.recipient_id is not null) execute function household_ends();

revoke all on function recipient_attached(uuid, uuid), recipient_reached(uuid, uuid), household_reached(uuid, uuid), serves_case(case_file),
  serves_recipient(uuid, uuid), recipient_stands_still(uuid, uuid), household_begun(uuid, uuid), open_elsewhere(text, text, date, text),
  steps_elsewhere(uuid), case_closed_on(uuid), recipient_references(), merge_recipients(uuid, uuid, uuid, text),
  undo_recipient_merge(uuid, text), recipient_forgets(), recipient_takes_along(), household_ends() from public;
grant execute on function recipient_attached(uuid, uuid), recipient_reached(uuid, uuid), household_reached(uuid, uuid), serves_case(case_file),
  serves_recipient(uuid, uuid), recipient_stands_still(uuid, uuid), household_begun(uuid, uuid), open_elsewhere(text, text, date, text),
  steps_elsewhere(uuid), case_closed_on(uuid), merge_recipients(uuid, uuid, uuid, text), undo_recipient_merge(uuid, text) to jieyou_app;
