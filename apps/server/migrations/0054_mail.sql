-- E-mail: an address that its person gave with consent and proved, what it is used for, and mails on their way. No case facts.
create table mail_address (
  district_id uuid not null references division,
  -- The person.
  id uuid not null references person,
  address_ct text not null,
  address_masked text not null,
  consented_at timestamptz not null,
  verified_at timestamptz,
  code_hash text,
  code_expires_at timestamptz,
  code_tries int not null default 0,
  at_once text[] not null,
  digest boolean not null default true,
  digest_on date,
  bounced_at timestamptz,
  bounce_says text,
  version int not null default 1,
  primary key (district_id, id)
);

create table mail (
  district_id uuid not null references division,
  id uuid not null,
  person_id uuid not null references person,
  -- The group that decides whether the person wants it; null for what the person asked for.
  topic text,
  kind text not null,
  subject text not null,
  body_ct text not null,
  -- What an attached calendar entry says.
  calendar jsonb,
  status text not null check (status in ('waiting', 'sending', 'sent', 'skipped', 'bounced', 'failed')),
  attempts int not null default 0,
  next_try_at timestamptz not null,
  last_error text,
  created_at timestamptz not null,
  sent_at timestamptz,
  primary key (district_id, id)
);
create index mail_due on mail (next_try_at) where status in ('waiting', 'sending');
create index mail_by_person on mail (person_id, id desc);

alter table notice add column mailed_at timestamptz;
create index notice_unmailed on notice (district_id, sent_at) where mailed_at is null;

do $$
declare one text;
begin
  foreach one in array array['mail_address', 'mail'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('grant select, insert, update, delete on %I to jieyou_app', one);
  end loop;
end $$;

-- The job that writes mails has a setting of its own: clocks and reminders read no message and no address.
create policy address_own on mail_address using (district_id = (select app_id('district')) and id = (select app_id('person')));
create policy address_mail on mail_address using (district_id = (select app_id('district')) and (select app_text('mail')) = '1');
create policy mail_own on mail for select using (district_id = (select app_id('district')) and person_id = (select app_id('person')));
create policy mail_send on mail for insert with check (district_id = (select app_id('district')));
create policy mail_job on mail using (district_id = (select app_id('district')) and (select app_text('mail')) = '1');
create policy notice_mail on notice using (district_id = (select app_id('district')) and (select app_text('mail')) = '1');
