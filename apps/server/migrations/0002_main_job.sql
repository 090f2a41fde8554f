-- The main job: cases, requests for support, advice, conferences, publication.
-- A client object is two tables: a register that offices may see, and content for those who work on it.
-- Every table has the key (district_id, id) and every reference carries the district.

create table recipient (
  district_id uuid not null references division,
  id uuid not null,
  station_id uuid not null references station,
  worker_id uuid not null references person,
  gender text not null check (gender in ('female', 'male', 'unknown')),
  birth_on date,
  name_masked text not null,
  id_number_masked text,
  phone_masked text,
  address_masked text,
  name_ct text not null,
  id_number_ct text,
  phone_ct text,
  address_ct text,
  name_index text not null,
  id_number_index text,
  phone_index text,
  version int not null default 1,
  primary key (district_id, id)
);
create index recipient_name on recipient (district_id, name_index);
create index recipient_id_number on recipient (district_id, id_number_index) where id_number_index is not null;
create index recipient_phone on recipient (district_id, phone_index) where phone_index is not null;

create table case_file (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  status text not null check (status in ('open', 'closed')),
  recipient_id uuid not null,
  worker_id uuid not null references person,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  domain text not null,
  help_fields text[] not null,
  risk text not null check (risk in ('low', 'medium', 'high', 'extreme')),
  opened_on date not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, number),
  foreign key (district_id, recipient_id) references recipient (district_id, id)
);
create index case_file_by_worker on case_file (district_id, worker_id, id desc);
create index case_file_by_station on case_file (district_id, station_id, id desc);
create index case_file_by_recipient on case_file (district_id, recipient_id);

-- Who works on a case besides its worker.
create table case_circle (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  person_id uuid not null references person,
  from_day date not null,
  to_day date,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id)
);
create index case_circle_by_person on case_circle (person_id, case_id);
create index case_circle_by_case on case_circle (district_id, case_id);

create table case_content (
  district_id uuid not null references division,
  id uuid not null,
  household text not null,
  aliases text[] not null default '{}',
  school text,
  summary text not null,
  primary key (district_id, id),
  foreign key (district_id, id) references case_file (district_id, id)
);

create table case_note (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  author_id uuid not null references person,
  happened_on date not null,
  written_at timestamptz not null,
  body text not null check (length(body) <= 20000),
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id)
);
create index case_note_by_case on case_note (district_id, case_id, id desc);

create table consent (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  receiver text not null,
  purpose text not null check (purpose in ('support', 'conference', 'publication', 'referral')),
  fields text[] not null,
  signed_by text not null,
  granted_on date not null,
  expires_on date,
  withdrawn_on date,
  recorded_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (expires_on is null or expires_on >= granted_on)
);
create index consent_by_case on consent (district_id, case_id);

create table support_request (
  district_id uuid not null references division,
  id uuid not null,
  receipt_no text,
  archive_no text,
  status text not null,
  channel text not null default 'desk',
  domain text not null,
  help_fields text[] not null,
  risk text not null,
  case_id uuid not null,
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  asker_id uuid not null references person,
  holder_id uuid references person,
  clock_kind text,
  clock_started_at timestamptz,
  clock_due_at timestamptz,
  clock_at_risk_at timestamptz,
  clock_paused_at timestamptz,
  pack_version text,
  next_on date,
  crisis_since timestamptz,
  crisis_duty_id uuid references person,
  crisis_backup_id uuid references person,
  crisis_acknowledged_at timestamptz,
  crisis_acknowledged_by uuid references person,
  crisis_escalated_at timestamptz,
  submitted_at timestamptz,
  accepted_at timestamptz,
  closed_at timestamptz,
  solved boolean,
  duplicate_of uuid,
  warned_for timestamptz,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  foreign key (district_id, duplicate_of) references support_request (district_id, id)
);
create unique index support_request_receipt on support_request (district_id, receipt_no) where receipt_no is not null;
create unique index support_request_archive on support_request (district_id, archive_no) where archive_no is not null;
create index support_request_by_asker on support_request (district_id, asker_id, id desc);
create index support_request_by_station on support_request (district_id, station_id, id desc);
create index support_request_newest on support_request (district_id, id desc);
create index support_request_due on support_request (district_id, clock_due_at, id) where status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following');
create index support_request_by_case on support_request (district_id, case_id);
create index support_request_by_holder on support_request (district_id, holder_id, status);
create index support_request_by_status on support_request (district_id, status, id desc);
create index support_request_by_organisation on support_request (district_id, organisation_id, id desc);
create index support_request_by_division on support_request (division_path text_pattern_ops, id desc);

create table support_content (
  district_id uuid not null references division,
  id uuid not null,
  case_number text not null,
  recipient_masked text not null,
  recipient_gender text not null,
  recipient_birth_on date,
  household text not null,
  story text not null default '',
  tried text not null default '',
  asks text not null default '',
  wishes jsonb not null default '{"expertGender": null}',
  checklist jsonb not null default '{}',
  checklist_result jsonb,
  -- What the record knows of the person, encrypted: redaction needs it and nobody reads it.
  identities_ct text not null,
  primary key (district_id, id),
  foreign key (district_id, id) references support_request (district_id, id)
);

-- What somebody said at a move: reason, question, answer, advice.
create table support_statement (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  event_id uuid not null,
  kind text not null,
  by_id uuid not null references person,
  at timestamptz not null,
  says text not null,
  facts jsonb not null default '{}',
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id)
);
create index support_statement_by_request on support_statement (district_id, request_id, id);

create table support_proposal (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  at timestamptz not null,
  by_id uuid not null references person,
  pack_version text not null,
  result jsonb not null,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id)
);
create index support_proposal_by_request on support_proposal (district_id, request_id, id desc);

create table support_round (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  number int not null,
  deadline timestamptz not null,
  expires_at timestamptz not null,
  quorum int not null,
  asked int not null,
  given int not null default 0,
  opinions_open_at timestamptz,
  basis_kind text not null check (basis_kind in ('consent', 'emergency', 'statutory-duty')),
  consent_id uuid,
  basis_ground text,
  packet_hash text not null,
  packet_fields text[] not null,
  pledge_text text not null,
  created_by uuid not null references person,
  created_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, request_id, number),
  foreign key (district_id, request_id) references support_request (district_id, id),
  foreign key (district_id, consent_id) references consent (district_id, id)
);

create table support_invitation (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  round_id uuid not null,
  expert_id uuid not null references expert,
  help_fields text[] not null,
  status text not null check (status in ('invited', 'accepted', 'declined', 'answered', 'revoked', 'expired')),
  invited_at timestamptz not null,
  pledged_at timestamptz,
  answered_at timestamptz,
  decline_reason text,
  opinion_at timestamptz,
  revoked_at timestamptz,
  openings int not null default 0,
  -- The request's number and domain, for an expert who does not see the request.
  number text not null,
  domain text not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, round_id, expert_id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  foreign key (district_id, round_id) references support_round (district_id, id)
);
create index support_invitation_by_expert on support_invitation (expert_id, id desc);
create index support_invitation_by_request on support_invitation (district_id, request_id);

-- What the experts of a round may read: redacted, frozen, hashed, encrypted at rest.
create table support_packet (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  parts_ct text not null,
  hash text not null,
  frozen_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, id) references support_round (district_id, id)
);

create table support_opinion (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  round_id uuid not null,
  expert_id uuid not null references expert,
  judgement text not null,
  advice text not null,
  risk text not null,
  given_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, id) references support_invitation (district_id, id)
);
create index support_opinion_by_round on support_opinion (district_id, round_id);

create table support_conference (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  round_id uuid not null,
  status text not null check (status in ('planned', 'held', 'cancelled')),
  chair_id uuid not null references person,
  planned_at timestamptz not null,
  place text not null,
  number text not null,
  held_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  foreign key (district_id, round_id) references support_round (district_id, id)
);
create index support_conference_by_request on support_conference (district_id, request_id);
create index support_conference_by_chair on support_conference (chair_id, id desc);

create table support_minutes (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  minutes text not null,
  consensus text not null,
  attendee_ids uuid[] not null,
  written_by uuid not null references person,
  primary key (district_id, id),
  foreign key (district_id, id) references support_conference (district_id, id)
);

create table support_action (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  conference_id uuid not null,
  owner_id uuid not null references person,
  due_on date not null,
  says text not null,
  status text not null check (status in ('open', 'done', 'not-possible')),
  result text,
  done_at timestamptz,
  reminded_on date,
  number text not null default '',
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  foreign key (district_id, conference_id) references support_conference (district_id, id)
);
create index support_action_by_request on support_action (district_id, request_id);
create index support_action_by_owner on support_action (district_id, owner_id, status, id desc);

create table support_line (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  help_field text not null,
  kind text not null check (kind in ('referral', 'supervision', 'conference', 'seminar', 'resource')),
  holder_id uuid references person,
  provider_name text,
  task text not null,
  status text not null check (status in ('open', 'done', 'not-possible')),
  result text,
  opened_at timestamptz not null,
  closed_at timestamptz,
  number text not null default '',
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id)
);
create index support_line_by_request on support_line (district_id, request_id);
create index support_line_by_holder on support_line (district_id, holder_id, id desc);

create table support_closing (
  district_id uuid not null references division,
  id uuid not null,
  solved boolean not null,
  evaluation text not null,
  satisfaction int check (satisfaction between 1 and 5),
  follow_up_on date not null,
  by_id uuid not null references person,
  at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, id) references support_request (district_id, id)
);

create table attachment (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid,
  request_id uuid,
  name text not null,
  mime text not null,
  bytes int not null,
  sha256 text not null,
  -- Name of the encrypted file in the attachment folder.
  stored_as text not null,
  added_by uuid not null references person,
  added_at timestamptz not null,
  removed_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  check ((case_id is null) <> (request_id is null))
);
create index attachment_by_case on attachment (district_id, case_id) where case_id is not null;
create index attachment_by_request on attachment (district_id, request_id) where request_id is not null;

create table packet_attachment (
  district_id uuid not null references division,
  id uuid not null,
  round_id uuid not null,
  attachment_id uuid not null,
  primary key (district_id, id),
  unique (district_id, round_id, attachment_id),
  foreign key (district_id, round_id) references support_round (district_id, id),
  foreign key (district_id, attachment_id) references attachment (district_id, id)
);
create index packet_attachment_by_attachment on packet_attachment (district_id, attachment_id);

create table publication_draft (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  status text not null check (status in ('draft', 'released', 'discarded')),
  title text not null,
  pseudonym text not null,
  methods text[] not null,
  -- The text before redaction, as far as a person wrote it; findings refer to it by position.
  sections jsonb not null,
  drafted_by uuid not null references person,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id)
);
create unique index publication_draft_one_live on publication_draft (district_id, request_id) where status <> 'discarded';
create index publication_draft_newest on publication_draft (district_id, status, id desc);

create table publication_finding (
  district_id uuid not null references division,
  id uuid not null,
  draft_id uuid not null,
  part text not null,
  start_at int not null,
  end_at int not null,
  kind text not null,
  original text not null,
  replacement text not null,
  source text not null check (source in ('known', 'pattern', 'person')),
  status text not null check (status in ('open', 'confirmed', 'kept')),
  reason text,
  decided_by uuid references person,
  primary key (district_id, id),
  foreign key (district_id, draft_id) references publication_draft (district_id, id)
);
create index publication_finding_by_draft on publication_finding (district_id, draft_id);

-- A published case is a new object: it shares nothing with the file it came from but the draft's id.
create table casebank_entry (
  id uuid primary key,
  district_id uuid not null references division,
  number text not null unique,
  draft_id uuid not null unique,
  title text not null,
  domain text not null,
  help_fields text[] not null,
  methods text[] not null,
  year int not null,
  sections jsonb not null,
  search_text text not null,
  drafted_by uuid not null references person,
  released_by uuid not null references person,
  released_on date not null,
  recalled_at timestamptz,
  check (drafted_by <> released_by)
);
create index casebank_entry_newest on casebank_entry (id desc) where recalled_at is null;
create index casebank_entry_domain on casebank_entry (domain, id desc) where recalled_at is null;
create index casebank_entry_search on casebank_entry using gin (zh_bigrams(search_text));
create index casebank_entry_methods on casebank_entry using gin (methods);

do $$
declare one text;
begin
  foreach one in array array['recipient', 'case_file', 'case_circle', 'case_content', 'case_note', 'consent', 'support_request',
    'support_content', 'support_statement', 'support_proposal', 'support_round', 'support_invitation', 'support_packet',
    'support_opinion', 'support_conference', 'support_minutes', 'support_action', 'support_line', 'support_closing', 'attachment',
    'packet_attachment', 'publication_draft', 'publication_finding', 'casebank_entry'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
  end loop;
  foreach one in array array['recipient', 'case_file', 'case_circle', 'case_content', 'case_note', 'consent', 'support_request',
    'support_content', 'support_statement', 'support_proposal', 'support_round', 'support_invitation', 'support_packet',
    'support_opinion', 'support_conference', 'support_minutes', 'support_action', 'support_line', 'support_closing', 'attachment',
    'packet_attachment', 'publication_draft', 'publication_finding'] loop
    execute format('alter table %I enable row level security', one);
  end loop;
end $$;

-- Cases: the worker, those who work along, the head of the station.
create policy circle_own on case_circle using (person_id = any ((select app_ids('selves'))::uuid[]));
create policy case_reach on case_file using (
  district_id = (select app_id('district')) and (
    worker_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or exists (select 1 from case_circle c where c.district_id = case_file.district_id and c.case_id = case_file.id
               and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today()))
  ));
create policy recipient_reach on recipient using (
  district_id = (select app_id('district')) and (
    worker_id = any ((select app_ids('worker_selves'))::uuid[])
    or exists (select 1 from case_file f where f.district_id = recipient.district_id and f.recipient_id = recipient.id)));
create policy case_content_reach on case_content using (
  exists (select 1 from case_file f where f.district_id = case_content.district_id and f.id = case_content.id));
create policy case_note_reach on case_note using (
  exists (select 1 from case_file f where f.district_id = case_note.district_id and f.id = case_note.case_id));

-- Requests. Register: asker, head, centre, and the offices that see numbers and states only. `platform` is the job runner,
-- which keeps clocks and reminders and reads registers, never content.
create policy request_read on support_request for select using (
  district_id = (select app_id('district')) and (
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
-- Those who only look never write: offices and heads are not among them.
create policy request_insert on support_request for insert with check (
  district_id = (select app_id('district')) and asker_id = any ((select app_ids('worker_selves'))::uuid[]));
create policy request_update on support_request for update using (
  district_id = (select app_id('district')) and (
    asker_id = any ((select app_ids('worker_selves'))::uuid[])
    or (status <> 'draft' and ((select app_text('centre')) = '1' or id = any ((select app_ids('chaired'))::uuid[])))
    or (select app_text('platform')) = '1'
  ));

-- Content: asker, head, centre.
create function reads_content(station uuid, asker uuid, state text) returns boolean language sql stable parallel safe as $$
  select asker = any (app_ids('worker_selves')) or (state <> 'draft' and (app_text('centre') = '1' or station = any (app_ids('head_stations'))))
$$;
do $$
declare one text;
begin
  foreach one in array array['support_statement', 'support_proposal', 'support_action', 'support_line'] loop
    execute format($p$create policy content_reach on %1$I using (
      exists (select 1 from support_request r where r.district_id = %1$I.district_id and r.id = %1$I.request_id
              and reads_content(r.station_id, r.asker_id, r.status)))$p$, one);
  end loop;
  foreach one in array array['support_content', 'support_closing'] loop
    execute format($p$create policy content_reach on %1$I using (
      exists (select 1 from support_request r where r.district_id = %1$I.district_id and r.id = %1$I.id
              and reads_content(r.station_id, r.asker_id, r.status)))$p$, one);
  end loop;
end $$;
-- Whoever speaks may write down what was said, even without reading the rest.
create policy statement_own on support_statement for insert with check (by_id = (select app_id('person')));
create policy action_owner on support_action using (
  district_id = (select app_id('district')) and owner_id = any ((select app_ids('selves'))::uuid[]));
create policy action_chair on support_action for insert with check (request_id = any ((select app_ids('chaired'))::uuid[]));
create policy action_platform on support_action using (district_id = (select app_id('district')) and (select app_text('platform')) = '1');
create policy line_holder on support_line using (
  district_id = (select app_id('district')) and holder_id = any ((select app_ids('selves'))::uuid[]));

-- Advice: centre and asker's side see who was asked; the expert sees the own invitation unless it was revoked.
create policy invitation_side on support_invitation using (
  exists (select 1 from support_request r where r.district_id = support_invitation.district_id and r.id = support_invitation.request_id
          and (reads_content(r.station_id, r.asker_id, r.status) or r.id = any ((select app_ids('chaired'))::uuid[]))));
create policy invitation_own on support_invitation using (
  district_id = (select app_id('district')) and expert_id = (select app_id('expert')) and status <> 'revoked');
create policy invitation_platform on support_invitation using (
  district_id = (select app_id('district')) and (select app_text('platform')) = '1');
create policy round_side on support_round using (
  exists (select 1 from support_request r where r.district_id = support_round.district_id and r.id = support_round.request_id
          and (reads_content(r.station_id, r.asker_id, r.status) or r.id = any ((select app_ids('chaired'))::uuid[]))));
create policy round_invited on support_round using (
  exists (select 1 from support_invitation i where i.district_id = support_round.district_id and i.round_id = support_round.id
          and i.expert_id = (select app_id('expert'))));
create policy round_platform on support_round using (district_id = (select app_id('district')) and (select app_text('platform')) = '1');

create policy packet_centre on support_packet using (
  (select app_text('centre')) = '1' and exists (
    select 1 from support_request r where r.district_id = support_packet.district_id and r.id = support_packet.request_id));
create policy packet_invited on support_packet for select using (
  exists (select 1 from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
          where i.district_id = support_packet.district_id and i.round_id = support_packet.id
            and i.expert_id = (select app_id('expert')) and i.pledged_at is not null
            and i.status in ('accepted', 'answered') and r.expires_at > (select app_now())));

create policy opinion_centre on support_opinion for select using (
  (select app_text('centre')) = '1' and exists (
    select 1 from support_request r where r.district_id = support_opinion.district_id and r.id = support_opinion.request_id));
-- The asker and the head read opinions once the conference has been held.
create policy opinion_asker on support_opinion for select using (
  exists (select 1 from support_request r where r.district_id = support_opinion.district_id and r.id = support_opinion.request_id
          and r.status in ('following', 'closed') and reads_content(r.station_id, r.asker_id, r.status)));
create policy opinion_own on support_opinion using (
  district_id = (select app_id('district')) and expert_id = (select app_id('expert')));
-- Others' opinions only after an own one, and quorum or deadline.
create policy opinion_round on support_opinion for select using (
  exists (select 1 from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
          where i.district_id = support_opinion.district_id and i.round_id = support_opinion.round_id
            and i.expert_id = (select app_id('expert')) and i.status = 'answered' and i.opinion_at is not null
            and r.expires_at > (select app_now())
            and (r.opinions_open_at is not null or r.deadline <= (select app_now()))));

create policy conference_side on support_conference using (
  exists (select 1 from support_request r where r.district_id = support_conference.district_id and r.id = support_conference.request_id
          and reads_content(r.station_id, r.asker_id, r.status)));
create policy conference_chair on support_conference using (
  district_id = (select app_id('district')) and chair_id = (select app_id('person')));
create policy conference_invited on support_conference for select using (
  exists (select 1 from support_invitation i where i.district_id = support_conference.district_id
          and i.round_id = support_conference.round_id and i.expert_id = (select app_id('expert'))));
create policy minutes_side on support_minutes using (
  exists (select 1 from support_request r where r.district_id = support_minutes.district_id and r.id = support_minutes.request_id
          and reads_content(r.station_id, r.asker_id, r.status)));
create policy minutes_chair on support_minutes using (written_by = (select app_id('person')));

-- Consents and files.
create policy consent_case on consent using (
  exists (select 1 from case_file f where f.district_id = consent.district_id and f.id = consent.case_id));
create policy consent_centre on consent for select using (
  (select app_text('centre')) = '1' and exists (
    select 1 from support_request r where r.district_id = consent.district_id and r.case_id = consent.case_id));
create policy attachment_case on attachment using (case_id is not null and
  exists (select 1 from case_file f where f.district_id = attachment.district_id and f.id = attachment.case_id));
create policy attachment_request on attachment using (request_id is not null and
  exists (select 1 from support_request r where r.district_id = attachment.district_id and r.id = attachment.request_id
          and reads_content(r.station_id, r.asker_id, r.status)));
create policy packet_attachment_centre on packet_attachment using (
  (select app_text('centre')) = '1' and district_id = (select app_id('district')));
create policy packet_attachment_invited on packet_attachment for select using (
  exists (select 1 from support_packet p where p.district_id = packet_attachment.district_id and p.id = packet_attachment.round_id));
create policy attachment_packet on attachment for select using (
  (select app_id('expert')) is not null and exists (
    select 1 from packet_attachment pa where pa.district_id = attachment.district_id and pa.attachment_id = attachment.id));

-- Publication: the centre alone until release.
create policy draft_centre on publication_draft using (
  (select app_text('centre')) = '1' and district_id = (select app_id('district')));
create policy finding_centre on publication_finding using (
  (select app_text('centre')) = '1' and district_id = (select app_id('district')));

-- Events: the audit administrator reads them all; others the timeline of requests they reach.
alter table event enable row level security;
create policy event_write on event for insert with check (true);
create policy event_audit on event for select using ((select app_text('audit')) = '1' and district_id = (select app_id('district')));
create policy event_seal on event for select using ((select app_text('seal')) = '1');
create policy event_timeline on event for select using (
  request_ref is not null and district_id = (select app_id('district')) and exists (
    select 1 from support_request r where r.district_id = event.district_id and r.id = event.request_ref));

-- Whom to tell about a request, for somebody who must not see the request itself.
create function holder_of_request(district uuid, request uuid) returns uuid language sql stable security definer set search_path = public, pg_temp as $$
  select holder_id from support_request where district_id = district and id = request
    and district_id = app_id('district')
$$;
