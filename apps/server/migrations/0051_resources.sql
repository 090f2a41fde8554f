-- Resources that answer who may get them: rules, document, intake, review; partners with liaison persons and agreements; referrals.
alter table resource
  add column policy_type text check (policy_type in ('benefit', 'special', 'norm', 'talent')),
  add column document_no text,
  add column document_on date,
  -- Conditions as rules; null where nobody has written them yet.
  add column eligibility jsonb,
  add column intake text check (intake in ('open', 'closed')),
  add column intake_until date,
  add column places int check (places >= 0),
  add column review_on date,
  add column keeper_id uuid references person,
  -- The day for which the keeper was reminded, so that nobody is told twice.
  add column reminded_for date,
  -- The id under which another bank knows it.
  add column external_id uuid;
create unique index resource_external on resource (district_id, external_id) where external_id is not null;

-- The rules of each version in which they changed.
create table resource_edition (
  id uuid primary key,
  district_id uuid not null references division,
  resource_id uuid not null references resource,
  version int not null,
  eligibility jsonb,
  by_id uuid references person,
  at timestamptz not null
);
create index resource_edition_by_resource on resource_edition (resource_id, version desc);

create table partner_liaison (
  id uuid primary key,
  district_id uuid not null references division,
  partner_id uuid not null references partner,
  name text not null,
  post text not null,
  phone text not null,
  from_day date not null,
  to_day date,
  version int not null default 1,
  check (to_day is null or to_day >= from_day)
);
create index partner_liaison_by_partner on partner_liaison (partner_id, id);
insert into partner_liaison (id, district_id, partner_id, name, post, phone, from_day)
  select gen_random_uuid(), district_id, id, liaison, liaison_post, phone, current_date from partner;
alter table partner drop column liaison, drop column liaison_post, drop column phone;

create table partner_agreement (
  id uuid primary key,
  district_id uuid not null references division,
  partner_id uuid not null references partner,
  title text not null,
  scope text not null,
  from_day date not null,
  to_day date,
  version int not null default 1,
  check (to_day is null or to_day >= from_day)
);
create index partner_agreement_by_partner on partner_agreement (partner_id, id);

-- A referral to a partner: the register, and apart from it what was shown and said.
create table partner_referral (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  status text not null check (status in ('offered', 'accepted', 'returned', 'done', 'expired', 'withdrawn')),
  request_id uuid not null,
  request_number text not null,
  partner_id uuid not null references partner,
  resource_id uuid references resource,
  help_field text not null,
  asker_id uuid not null references person,
  station_id uuid not null references station,
  sent_by uuid not null references person,
  sent_on date not null,
  until date not null,
  consent_id uuid not null,
  answered_on date,
  answered_by text,
  entered_by uuid references person,
  closed_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  foreign key (district_id, consent_id) references consent (district_id, id)
);
create unique index partner_referral_number on partner_referral (district_id, number);
create index partner_referral_by_request on partner_referral (district_id, request_id);
create index partner_referral_by_asker on partner_referral (district_id, asker_id, id desc);
create index partner_referral_by_partner on partner_referral (partner_id, status);
create index partner_referral_open on partner_referral (district_id, until) where status = 'offered';
create unique index partner_referral_once on partner_referral (district_id, request_id, partner_id) where status in ('offered', 'accepted');

create table partner_referral_content (
  district_id uuid not null references division,
  id uuid not null,
  reason text not null,
  fields text[] not null,
  -- The words as the partner read them; later changes of the request do not touch them.
  parts jsonb not null,
  answer text,
  result text,
  primary key (district_id, id),
  foreign key (district_id, id) references partner_referral (district_id, id)
);

do $$
declare one text;
begin
  foreach one in array array['resource_edition', 'partner_liaison', 'partner_agreement', 'partner_referral', 'partner_referral_content'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
  end loop;
end $$;

alter table partner_referral enable row level security;
alter table partner_referral_content enable row level security;
-- The asker, the head of the station, the centre; the platform lets unanswered ones expire.
create policy referral_side on partner_referral using (
  district_id = (select app_id('district')) and (
    asker_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or (select app_text('centre')) = '1'
    or (select app_text('platform')) = '1'));
-- Words of a referral: never for the platform, and written by whoever may refer.
create function referral_reached(district uuid, referral uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from partner_referral r where r.district_id = $1 and r.id = $2);
end $$;
revoke all on function referral_reached(uuid, uuid) from public;
grant execute on function referral_reached(uuid, uuid) to jieyou_app;
create policy referral_content_side on partner_referral_content using (
  district_id = (select app_id('district')) and (select app_id('person')) is not null and referral_reached(district_id, id));

grant select, insert, update on partner_liaison, partner_agreement, partner_referral, partner_referral_content to jieyou_app;
grant select, insert on resource_edition to jieyou_app;

-- Which resource a line of support links.
alter table support_line add column resource_id uuid references resource;
