-- Forms as data. A version of a template is written once: another one takes its place, here or for one district only. What was filled keeps
-- the version on which it was begun. Answers stand under a case, by which reach, stop, sealing, destruction and copies find them; a group or
-- an activity is a further kind of subject with a column of its own.
create table form_template (
  id uuid primary key,
  -- For whom it speaks: the uppermost division for what ships, a district for what its centre issues. The closest one holds.
  division_id uuid not null references division,
  code text not null,
  edition int not null check (edition > 0),
  title text not null,
  standard text not null,
  subject text not null check (subject in ('case', 'group', 'activity', 'work')),
  signer text not null check (signer in ('nobody', 'head')),
  document jsonb not null,
  -- From this version on nothing new is begun.
  retired boolean not null default false,
  reason text not null default '',
  issued_by uuid references person,
  issued_at timestamptz not null,
  unique (division_id, code, edition)
);
alter table form_template enable row level security;
create policy templates_are_open on form_template for select using (true);
create policy template_issued on form_template for insert with check (
  (select app_text('centre')) = '1' and division_id = (select app_id('district')) and issued_by = (select app_id('person')));
revoke all on form_template from jieyou_app;
grant select, insert on form_template to jieyou_app;

create table form_answer (
  district_id uuid not null references division,
  id uuid not null,
  subject_kind text not null check (subject_kind in ('case')),
  case_id uuid not null,
  station_id uuid not null references station,
  template_id uuid not null references form_template,
  code text not null,
  kept_as text not null check (kept_as in ('papers', 'records')),
  status text not null check (status in ('draft', 'waiting', 'returned', 'submitted', 'signed', 'replaced', 'discarded')),
  revision int not null default 1 check (revision > 0),
  -- The first edition of this form, and the one that this corrects. No references: each stands by itself.
  root_id uuid not null,
  corrects_id uuid,
  author_id uuid not null references person,
  made_at timestamptz not null,
  saved_at timestamptz not null,
  submitted_at timestamptz,
  decided_by uuid references person,
  decided_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check ((corrects_id is null) = (revision = 1)),
  check ((status in ('draft', 'discarded')) or submitted_at is not null),
  check (status not in ('signed', 'returned') or decided_by <> author_id)
);
create index form_answer_by_case on form_answer (district_id, case_id, id desc);
create index form_answer_by_station on form_answer (district_id, station_id, id desc);
create index form_answer_waiting on form_answer (district_id, station_id, submitted_at) where status = 'waiting';
-- One correction at a time.
create unique index form_answer_one_correction on form_answer (district_id, corrects_id)
  where corrects_id is not null and status <> 'discarded';

create table form_answer_content (
  district_id uuid not null references division,
  id uuid not null,
  answers jsonb not null,
  facts jsonb not null,
  results jsonb not null,
  -- In sentences, for the copy of the person; without the worker's own thinking.
  told text,
  primary key (district_id, id),
  foreign key (district_id, id) references form_answer (district_id, id)
);

create table form_decision (
  district_id uuid not null references division,
  id uuid not null,
  answer_id uuid not null,
  signs boolean not null,
  says text not null,
  decided_by uuid not null references person,
  decided_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, answer_id) references form_answer (district_id, id)
);
create index form_decision_by_answer on form_decision (district_id, answer_id);

do $$
declare one text;
begin
  foreach one in array array['form_answer', 'form_answer_content', 'form_decision'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
  end loop;
end $$;
create policy form_answer_reach on form_answer using (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id));
create policy only_kept_new on form_answer as restrictive for insert with check (not case_stands_still(district_id, case_id));
create policy only_kept_still on form_answer as restrictive for update using (not case_stands_still(district_id, case_id));
-- Begun in the own name and as a draft; written on by its author; signed or sent back by somebody else, in the own name.
create policy begun_oneself on form_answer as restrictive for insert with check (
  author_id = (select app_id('person')) and status = 'draft' and decided_by is null and submitted_at is null);
create policy each_its_part on form_answer as restrictive for update using (status not in ('replaced', 'discarded')) with check (
  (status in ('draft', 'waiting', 'submitted') and author_id = any ((select app_ids('selves'))::uuid[]))
  or (status in ('signed', 'returned') and decided_by = (select app_id('person')) and author_id <> all ((select app_ids('selves'))::uuid[]))
  or status in ('replaced', 'discarded'));

-- Runs as the caller: the policy of the register decides.
create function form_answer_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from form_answer a where a.district_id = $1 and a.id = $2);
end $$;
create policy form_content_reach on form_answer_content using (form_answer_reached(district_id, id));
create policy form_decision_reach on form_decision using (form_answer_reached(district_id, answer_id));
-- What was submitted stays as it was: its author writes while it is a draft or came back.
create policy written_while_open on form_answer_content as restrictive for update using (exists (
  select 1 from form_answer a where a.district_id = form_answer_content.district_id and a.id = form_answer_content.id
    and a.status in ('draft', 'returned') and a.author_id = any ((select app_ids('selves'))::uuid[])
    and not case_stands_still(a.district_id, a.case_id))) with check (true);
create policy written_new on form_answer_content as restrictive for insert with check (exists (
  select 1 from form_answer a where a.district_id = form_answer_content.district_id and a.id = form_answer_content.id
    and a.status = 'draft' and a.author_id = (select app_id('person'))));
create policy decided_by_another on form_decision as restrictive for insert with check (
  decided_by = (select app_id('person')) and exists (
    select 1 from form_answer a where a.district_id = form_decision.district_id and a.id = form_decision.answer_id and a.status = 'waiting'
      and a.author_id <> all ((select app_ids('selves'))::uuid[])));

revoke all on form_answer, form_answer_content, form_decision from jieyou_app;
grant select, insert on form_answer, form_answer_content, form_decision to jieyou_app;
grant update (status, saved_at, submitted_at, decided_by, decided_at, version) on form_answer to jieyou_app;
grant update (answers, facts, results, told) on form_answer_content to jieyou_app;
revoke all on function form_answer_reached(uuid, uuid) from public;
grant execute on function form_answer_reached(uuid, uuid) to jieyou_app;
