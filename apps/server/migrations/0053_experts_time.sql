-- Experts' time: slots of a conference that people answer, an updated calendar entry, replacing a late expert, drafts of opinions,
-- hours that were given, and the client at the table.
alter table support_conference
  add column sequence int not null default 0,
  add column cancelled_at timestamptz,
  add column cancel_reason text;

-- Whom this invitation replaces in the same round.
alter table support_invitation add column replaces_id uuid;
alter table support_invitation add foreign key (district_id, replaces_id) references support_invitation (district_id, id);

alter table consent drop constraint consent_purpose_check;
alter table consent add constraint consent_purpose_check check (purpose in ('support', 'conference', 'publication', 'referral', 'attendance'));

-- A question for a time: some slots, those who are asked, a deadline. Nothing of the case.
create table conference_poll (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  conference_id uuid not null,
  number text not null,
  chair_id uuid not null references person,
  status text not null check (status in ('open', 'closed', 'chosen', 'withdrawn')),
  deadline timestamptz not null,
  slots timestamptz[] not null check (cardinality(slots) between 2 and 6),
  voter_ids uuid[] not null,
  created_by uuid not null references person,
  created_at timestamptz not null,
  closed_at timestamptz,
  chosen timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  foreign key (district_id, conference_id) references support_conference (district_id, id)
);
create index conference_poll_by_conference on conference_poll (district_id, conference_id, id desc);
create unique index conference_poll_one_open on conference_poll (district_id, conference_id) where status = 'open';

-- One row for each who is asked; answers stand in the order of the slots.
create table poll_vote (
  district_id uuid not null references division,
  id uuid not null,
  poll_id uuid not null,
  request_id uuid not null,
  person_id uuid not null references person,
  expert_id uuid references expert,
  chair_id uuid not null references person,
  required boolean not null,
  answers text[],
  answered_at timestamptz,
  primary key (district_id, id),
  unique (district_id, poll_id, person_id),
  foreign key (district_id, poll_id) references conference_poll (district_id, id)
);
create index poll_vote_by_person on poll_vote (person_id, id desc);

-- An opinion that is being written, encrypted; its expert's alone, on whatever device.
create table opinion_draft (
  district_id uuid not null references division,
  id uuid not null,
  expert_id uuid not null references expert,
  draft_ct text not null,
  saved_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, id) references support_invitation (district_id, id)
);

-- Minutes that somebody wrote down; never measured on a screen.
create table expert_effort (
  district_id uuid not null references division,
  id uuid not null,
  expert_id uuid not null references expert,
  request_id uuid not null,
  source text not null check (source in ('opinion', 'conference')),
  source_id uuid not null,
  minutes int not null check (minutes between 1 and 1440),
  on_day date not null,
  entered_by uuid not null references person,
  entered_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, source, source_id, expert_id)
);
create index expert_effort_by_expert on expert_effort (expert_id, on_day);

-- What the client reads before coming: apart from opinions and minutes.
create table client_agenda (
  district_id uuid not null references division,
  id uuid not null,
  request_id uuid not null,
  consent_id uuid not null,
  guardian boolean not null,
  companion text not null default '',
  welcome text not null,
  items text[] not null check (cardinality(items) between 1 and 8),
  attended boolean,
  by_id uuid not null references person,
  at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, id) references support_conference (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  foreign key (district_id, consent_id) references consent (district_id, id)
);

do $$
declare one text;
begin
  foreach one in array array['conference_poll', 'poll_vote', 'opinion_draft', 'expert_effort', 'client_agenda'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('grant select, insert, update, delete on %I to jieyou_app', one);
  end loop;
end $$;

-- A poll is seen by those who are asked, by the chair and by the centre.
create policy poll_centre on conference_poll using (district_id = (select app_id('district')) and (select app_text('centre')) = '1');
create policy poll_chair on conference_poll using (district_id = (select app_id('district')) and chair_id = (select app_id('person')));
create policy poll_voter on conference_poll for select using (
  district_id = (select app_id('district')) and (select app_id('person')) = any (voter_ids));
create policy poll_platform on conference_poll using (district_id = (select app_id('district')) and (select app_text('platform')) = '1');
create policy vote_centre on poll_vote using (district_id = (select app_id('district')) and (select app_text('centre')) = '1');
create policy vote_chair on poll_vote using (district_id = (select app_id('district')) and chair_id = (select app_id('person')));
create policy vote_own_read on poll_vote for select using (
  district_id = (select app_id('district')) and person_id = (select app_id('person')));
create policy vote_own_write on poll_vote for update using (
  district_id = (select app_id('district')) and person_id = (select app_id('person')));

create policy draft_own on opinion_draft using (
  district_id = (select app_id('district')) and expert_id = (select app_id('expert')));

create policy effort_own on expert_effort using (district_id = (select app_id('district')) and expert_id = (select app_id('expert')));
create policy effort_centre on expert_effort using (district_id = (select app_id('district')) and (select app_text('centre')) = '1');
create policy effort_chair on expert_effort for insert with check (
  district_id = (select app_id('district')) and entered_by = (select app_id('person')) and request_id = any ((select app_ids('chaired'))::uuid[]));

create policy agenda_side on client_agenda using (
  request_id = (select app_id('opened')) or content_reached(district_id, request_id));
create policy agenda_chair on client_agenda using (request_id = any ((select app_ids('chaired'))::uuid[]));

-- Whether everybody who was asked has answered; one who is asked sees only the own answer.
create function poll_is_answered(district uuid, poll uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select district_id = app_id('district') and not exists (
    select 1 from poll_vote v where v.district_id = p.district_id and v.poll_id = p.id and v.answers is null)
  from conference_poll p where p.district_id = $1 and p.id = $2
$$;
revoke all on function poll_is_answered(uuid, uuid) from public;
grant execute on function poll_is_answered(uuid, uuid) to jieyou_app;

-- Where a conference is to be, for one who is asked about its time and may not see it yet.
create function conference_place(district uuid, conference uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select c.place from support_conference c where c.district_id = $1 and c.district_id = app_id('district') and c.id = $2
    and exists (select 1 from poll_vote v join conference_poll q on q.district_id = v.district_id and q.id = v.poll_id
      where q.district_id = $1 and q.conference_id = $2 and v.person_id = app_id('person'))
$$;
revoke all on function conference_place(uuid, uuid) from public;
grant execute on function conference_place(uuid, uuid) to jieyou_app;
