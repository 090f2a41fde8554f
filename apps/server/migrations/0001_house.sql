-- The house: settings of the asking person, divisions, organisations, people, roles, accounts, calendar, rules, audit.
-- SQL stays at the level of PostgreSQL 15. The role jieyou_app owns nothing; the platform logs in as a member of it.

-- An unset or spent setting is NULL or '', and both must mean "nobody".
create function app_text(name text) returns text language sql stable parallel safe
  as $$ select nullif(current_setting('app.' || name, true), '') $$;
create function app_id(name text) returns uuid language sql stable parallel safe
  as $$ select nullif(current_setting('app.' || name, true), '')::uuid $$;
create function app_ids(name text) returns uuid[] language sql stable parallel safe
  as $$ select string_to_array(nullif(current_setting('app.' || name, true), ''), ',')::uuid[] $$;
create function app_paths() returns text[] language sql stable parallel safe
  as $$ select string_to_array(nullif(current_setting('app.paths', true), ''), ',') $$;
-- The door's clock, so that a rule about time is the same for the application and for the database.
create function app_now() returns timestamptz language sql stable parallel safe
  as $$ select coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now()) $$;
create function app_today() returns date language sql stable parallel safe
  as $$ select (app_now() at time zone 'Asia/Shanghai')::date $$;

-- Pairs of neighbouring characters, for search by any two characters. Linear: the text is split once.
create function zh_bigrams(body text) returns text[] language sql immutable parallel safe as $$
  select coalesce(array_agg(distinct pair), '{}')
  from (
    select c || lead(c) over (order by at) as pair
    from unnest(string_to_array(lower(body), null)) with ordinality as u(c, at)
  ) as pairs
  where pair is not null and pair !~ '\s'
$$;

create table division (
  id uuid primary key,
  parent_id uuid references division,
  -- Own ids from the root down, '/a/b/', so that a scope is a prefix and survives a change of official codes.
  path text not null unique,
  tier text not null check (tier in ('province', 'city', 'district', 'street', 'community')),
  name text not null,
  full_name text not null,
  code text,
  authority_name text,
  centre_name text,
  valid_from date not null,
  valid_to date,
  successor_id uuid references division,
  version int not null default 1,
  check (valid_to is null or valid_to >= valid_from)
);
create index division_parent on division (parent_id, code);
create unique index division_code on division (code) where valid_to is null;
create index division_path on division (path text_pattern_ops);

create table organisation (
  id uuid primary key,
  district_id uuid not null references division,
  type text not null,
  name text not null,
  credit_code text,
  division_id uuid not null references division,
  contact text,
  phone text,
  active boolean not null default true,
  name_pinyin text not null default '',
  version int not null default 1
);
create unique index organisation_credit_code on organisation (credit_code);
create index organisation_name on organisation (district_id, name_pinyin, id);

create table station (
  id uuid primary key,
  district_id uuid not null references division,
  division_id uuid not null references division,
  tier text not null check (tier in ('city-centre', 'district-station', 'street-station', 'community-room')),
  name text not null,
  operator_id uuid references organisation,
  host text,
  phone text,
  stage text not null default 'running',
  name_pinyin text not null default '',
  version int not null default 1
);
create index station_by_district on station (district_id, tier, name_pinyin, id);

-- Somebody of the staff; never a recipient.
create table person (
  id uuid primary key,
  district_id uuid not null references division,
  name text not null,
  name_pinyin text not null default '',
  name_initials text not null default '',
  gender text not null check (gender in ('female', 'male', 'unknown')),
  post text not null default '',
  organisation_id uuid references organisation,
  station_id uuid references station,
  phone text,
  version int not null default 1
);
create index person_by_pinyin on person (district_id, name_pinyin, id);
create index person_by_initials on person (district_id, name_initials text_pattern_ops);
create index person_by_name on person (district_id, name text_pattern_ops);

create table worker (
  id uuid primary key,
  person_id uuid not null unique references person,
  district_id uuid not null references division,
  level text not null check (level in ('none', 'assistant', 'social-worker', 'senior')),
  joined_on date not null,
  left_on date,
  version int not null default 1,
  check (left_on is null or left_on >= joined_on)
);
create index worker_by_district on worker (district_id, joined_on desc, id);

create table account (
  id uuid primary key,
  person_id uuid not null unique references person,
  username text not null unique,
  password_hash text not null,
  must_change boolean not null default true,
  disabled boolean not null default false,
  is_demo boolean not null default false,
  -- Ciphertext; the plain secret never rests.
  second_factor text,
  second_factor_pending text,
  second_factor_last_step bigint,
  failures int not null default 0,
  locked_until timestamptz,
  created_at timestamptz not null,
  version int not null default 1
);

create table session (
  id uuid primary key,
  token_hash bytea not null unique,
  csrf_token text not null,
  account_id uuid not null references account,
  stage text not null,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  ip text not null,
  device text not null
);
create index session_by_account on session (account_id, created_at desc);

create table role_assignment (
  id uuid primary key,
  district_id uuid not null references division,
  person_id uuid not null references person,
  role text not null,
  station_id uuid references station,
  organisation_id uuid references organisation,
  division_id uuid references division,
  valid_from date not null,
  valid_to date,
  deputy_id uuid references person,
  granted_by uuid references person,
  version int not null default 1,
  check (deputy_id is null or deputy_id <> person_id),
  check (valid_to is null or valid_to >= valid_from)
);
create index role_assignment_by_person on role_assignment (person_id);
create index role_assignment_by_deputy on role_assignment (deputy_id) where deputy_id is not null;
create index role_assignment_by_district on role_assignment (district_id, role, valid_from desc, id);

create table absence (
  id uuid primary key,
  district_id uuid not null references division,
  person_id uuid not null references person,
  from_day date not null,
  to_day date not null,
  reason text not null,
  ended_at timestamptz,
  version int not null default 1,
  check (to_day >= from_day)
);
create index absence_by_person on absence (person_id, to_day);

create table rota_day (
  id uuid primary key,
  district_id uuid not null references division,
  day date not null,
  duty_id uuid not null references person,
  backup_id uuid not null references person,
  phone text not null,
  version int not null default 1,
  unique (district_id, day),
  check (duty_id <> backup_id)
);

create table supervision_relation (
  id uuid primary key,
  district_id uuid not null references division,
  supervisor_id uuid not null references person,
  worker_person_id uuid not null references person,
  from_day date not null,
  to_day date
);
create index supervision_relation_by_worker on supervision_relation (worker_person_id);

create table holiday (
  id uuid primary key,
  day date not null unique,
  kind text not null check (kind in ('off', 'work')),
  name text not null,
  source text not null
);

create table rule_pack (
  id uuid primary key,
  division_id uuid not null references division,
  code text not null,
  title text not null,
  version text not null,
  effective_from date not null,
  effective_to date,
  unique (division_id, code, version)
);
create table rule_value (
  pack_id uuid not null references rule_pack,
  key text not null,
  position int not null,
  label text not null,
  value jsonb not null,
  unit text,
  source text not null,
  is_ours boolean not null,
  primary key (pack_id, key)
);

create table expert (
  id uuid primary key,
  district_id uuid not null references division,
  person_id uuid not null unique references person,
  title text not null,
  organisation_name text not null,
  help_fields text[] not null,
  specialities text not null,
  term_from date not null,
  term_to date not null,
  max_panels_per_month int not null,
  weekdays int[] not null,
  active boolean not null default true,
  version int not null default 1,
  check (term_to >= term_from)
);
create index expert_by_district on expert (district_id, id);
create table expert_away (
  id uuid primary key,
  expert_id uuid not null references expert,
  from_day date not null,
  to_day date not null,
  check (to_day >= from_day)
);
create index expert_away_by_expert on expert_away (expert_id);
create table expert_relation (
  id uuid primary key,
  expert_id uuid not null references expert,
  person_id uuid references person,
  organisation_id uuid references organisation,
  says text not null,
  check ((person_id is null) <> (organisation_id is null))
);
create index expert_relation_by_expert on expert_relation (expert_id);

create table resource (
  id uuid primary key,
  district_id uuid not null references division,
  division_id uuid not null references division,
  kind text not null check (kind in ('policy', 'resource')),
  name text not null,
  category text not null,
  audience text not null,
  authority text not null,
  conditions text not null,
  materials text[] not null,
  summary text not null,
  help_fields text[] not null,
  issuing_tier text not null,
  phone text,
  source text not null,
  valid_from date not null,
  valid_to date,
  version int not null default 1,
  check (valid_to is null or valid_to >= valid_from)
);
create index resource_by_district on resource (district_id, id desc);
create index resource_text on resource using gin (zh_bigrams(name || ' ' || category || ' ' || audience || ' ' || summary));

create table partner (
  id uuid primary key,
  district_id uuid not null references division,
  type text not null check (type in ('government', 'charity', 'professional')),
  name text not null,
  offers text not null,
  liaison text not null,
  liaison_post text not null,
  phone text not null,
  help_fields text[] not null,
  active boolean not null default true,
  version int not null default 1
);
create index partner_by_district on partner (district_id, id desc);

-- Numbers for people: yearly, per kind and scope, without gaps; the row lock orders those who draw at once.
create table number_series (
  district_id uuid not null references division,
  kind text not null,
  scope text not null,
  year int not null,
  last int not null,
  primary key (district_id, kind, scope, year)
);

create table notice (
  district_id uuid not null,
  id uuid not null,
  person_id uuid not null references person,
  kind text not null,
  record_kind text not null,
  record_id uuid not null,
  number text not null,
  sent_at timestamptz not null,
  read_at timestamptz,
  primary key (district_id, id)
);
create index notice_by_person on notice (person_id, id desc);
create index notice_unread on notice (person_id) where read_at is null;

-- The answer to a write, kept so that the same key answers the same.
create table idempotency_key (
  account_id uuid not null,
  key text not null,
  endpoint text not null,
  body_hash bytea not null,
  status int,
  reply text,
  created_at timestamptz not null,
  primary key (account_id, key)
);
create index idempotency_key_age on idempotency_key (created_at);

-- Audit, first trail: what people did and read. Facts are codes, numbers and ids, never narrative.
create table event (
  district_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  type text not null,
  actor_id uuid,
  deputy_for uuid,
  account_id uuid,
  record_kind text not null,
  record_id uuid not null,
  -- The request whose timeline shows the event.
  request_ref uuid,
  help_field text,
  facts jsonb not null default '{}',
  http_request text,
  ip text,
  primary key (district_id, id)
);
create index event_timeline on event (district_id, request_ref, id) where request_ref is not null;
create index event_record on event (record_id, id);
create index event_newest on event (id desc);

create table access_record (
  district_id uuid not null,
  id uuid not null,
  at timestamptz not null,
  kind text not null check (kind in ('read', 'unmask', 'refused', 'sign-in', 'export')),
  action text not null,
  actor_id uuid,
  account_id uuid,
  record_kind text,
  record_id uuid,
  outcome text not null,
  reason text,
  http_request text,
  ip text,
  primary key (district_id, id)
);
create index access_record_newest on access_record (id desc);
create index access_record_record on access_record (record_id, id) where record_id is not null;

create table audit_seal (
  day date primary key,
  entries int not null,
  previous text not null,
  hash text not null,
  sealed_at timestamptz not null
);

-- Audit, second trail: every change of a row, written by a trigger that the platform's role cannot bypass or alter.
create table row_history (
  district_id uuid not null,
  id uuid not null default gen_random_uuid(),
  at timestamptz not null default clock_timestamp(),
  table_name text not null,
  row_id uuid not null,
  operation text not null,
  actor_id uuid,
  account_id uuid,
  http_request text,
  before jsonb,
  after jsonb,
  primary key (district_id, id)
);
create index row_history_row on row_history (row_id, at);

create function keep_history() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
  is_now jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
  one jsonb := coalesce(is_now, was);
begin
  if tg_op = 'UPDATE' then
    -- Only what changed is kept, so that a busy record does not copy its narrative again and again.
    select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, n.value) into was, is_now
    from jsonb_each(to_jsonb(old)) as o join jsonb_each(to_jsonb(new)) as n using (key)
    where o.value is distinct from n.value;
    if was is null then return null; end if;
  end if;
  insert into row_history (district_id, table_name, row_id, operation, actor_id, account_id, http_request, before, after)
  values ((one ->> 'district_id')::uuid, tg_table_name, (one ->> coalesce(tg_argv[0], 'id'))::uuid, tg_op,
          app_id('person'), app_id('account'), app_text('http_request'), was, is_now);
  return null;
end $$;

create trigger history after insert or update or delete on organisation for each row execute function keep_history();
create trigger history after insert or update or delete on station for each row execute function keep_history();
create trigger history after insert or update or delete on person for each row execute function keep_history();
create trigger history after insert or update or delete on worker for each row execute function keep_history();
create trigger history after insert or update or delete on role_assignment for each row execute function keep_history();
create trigger history after insert or update or delete on absence for each row execute function keep_history();
create trigger history after insert or update or delete on supervision_relation for each row execute function keep_history();
create trigger history after insert or update or delete on rota_day for each row execute function keep_history();
create trigger history after insert or update or delete on expert for each row execute function keep_history();
create trigger history after insert or update or delete on resource for each row execute function keep_history();
create trigger history after insert or update or delete on partner for each row execute function keep_history();

-- Row-level security, second line: one's own notices; audit tables can be written by all and read by the audit administrator.
alter table notice enable row level security;
create policy notice_own on notice for select using (person_id = (select app_id('person')));
create policy notice_mark on notice for update using (person_id = (select app_id('person')));
create policy notice_send on notice for insert with check (true);

alter table access_record enable row level security;
create policy access_write on access_record for insert with check (true);
create policy access_read on access_record for select using (
  (select app_text('audit')) = '1' and district_id in ((select app_id('district')), '00000000-0000-0000-0000-000000000000'));
-- The nightly chain runs over all districts.
create policy access_seal on access_record for select using ((select app_text('seal')) = '1');
