-- Archives of requests: one PDF of everything, made later, kept for some hours, remembered for good with its hash.
create table request_archive (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  number text not null,
  -- Whether the request had ended when it was made.
  final boolean not null,
  person_id uuid not null references person,
  account_id uuid not null references account,
  reason text not null,
  asked_at timestamptz not null,
  status text not null check (status in ('waiting', 'making', 'ready', 'failed', 'expired')),
  percent int not null default 0,
  failure text check (failure in ('no-browser', 'out-of-reach', 'went-wrong')),
  pages int,
  bytes int,
  sha256 text,
  -- Name of the encrypted file in the attachment folder, while it may be downloaded.
  stored_as text,
  expires_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id)
);
create index request_archive_by_request on request_archive (district_id, request_id, id desc);
create index request_archive_hash on request_archive (district_id, sha256) where sha256 is not null;
create index request_archive_kept on request_archive (expires_at) where stored_as is not null;

create trigger history after insert or update or delete on request_archive for each row execute function keep_history();
alter table request_archive enable row level security;
-- The centre sees who took what; each person asks for oneself; the job fills in what it made.
create policy archive_centre on request_archive for select using (
  (select app_text('centre')) = '1' and district_id = (select app_id('district')));
create policy archive_take on request_archive for insert with check (
  (select app_text('centre')) = '1' and district_id = (select app_id('district')) and person_id = (select app_id('person')));
create policy archive_platform on request_archive using (
  (select app_text('platform')) = '1' and district_id = (select app_id('district')));
grant select, insert, update on request_archive to jieyou_app;
