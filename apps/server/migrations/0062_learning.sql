-- The competition for excellent hard cases. Who wrote an entry and what a judge reads stand in two tables: a judge reaches the text and never the author.
create table competition (
  district_id uuid not null references division,
  id uuid not null,
  title text not null,
  theme text not null,
  domains text[] not null,
  status text not null check (status in ('draft', 'open', 'checking', 'scoring', 'scored', 'noticed', 'awarded', 'cancelled')),
  opens_on date not null,
  closes_on date not null,
  score_by date not null,
  criteria jsonb not null,
  awards jsonb not null,
  result jsonb,
  pack_version text,
  notice_from date,
  notice_until date,
  made_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  check (opens_on <= closes_on and closes_on <= score_by)
);
create table competition_judge (
  district_id uuid not null,
  id uuid not null,
  competition_id uuid not null,
  person_id uuid not null references person,
  primary key (district_id, id),
  unique (district_id, competition_id, person_id),
  foreign key (district_id, competition_id) references competition (district_id, id)
);
create table competition_entry (
  district_id uuid not null,
  id uuid not null,
  competition_id uuid not null,
  code text not null,
  request_id uuid not null,
  entry_id uuid references casebank_entry,
  author_id uuid not null references person,
  organisation_id uuid references organisation,
  statement text not null,
  status text not null check (status in ('entered', 'eligible', 'ineligible', 'withdrawn', 'recalled')),
  reasons text[] not null default '{}',
  entered_at timestamptz not null,
  award text,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, competition_id, code),
  foreign key (district_id, competition_id) references competition (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id)
);
create unique index competition_entry_one_live on competition_entry (district_id, competition_id, request_id) where status <> 'withdrawn';
create index competition_entry_by_request on competition_entry (district_id, request_id);
-- The anonymised text as it was when the entry was admitted.
create table competition_text (
  district_id uuid not null,
  id uuid not null,
  competition_id uuid not null,
  code text not null,
  title text not null,
  sections jsonb not null,
  primary key (district_id, id),
  foreign key (district_id, id) references competition_entry (district_id, id)
);
create index competition_text_by_competition on competition_text (district_id, competition_id);
create table competition_recusal (
  district_id uuid not null,
  id uuid not null,
  competition_id uuid not null,
  entry_id uuid not null,
  judge_id uuid not null references person,
  cause text not null check (cause in ('self', 'own-agency', 'supervised', 'declared')),
  says text not null,
  at timestamptz not null,
  primary key (district_id, id),
  unique (district_id, entry_id, judge_id),
  foreign key (district_id, entry_id) references competition_entry (district_id, id)
);
-- Scores are added, never changed: the newest of a judge counts, the older ones are its history.
create table competition_score (
  district_id uuid not null,
  id uuid not null,
  competition_id uuid not null,
  entry_id uuid not null,
  judge_id uuid not null references person,
  points jsonb not null,
  total numeric(5, 2) not null check (total between 0 and 100),
  comment text not null,
  reason text not null,
  at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, entry_id) references competition_entry (district_id, id)
);
create index competition_score_by_entry on competition_score (district_id, entry_id, judge_id, at desc);
create table competition_objection (
  district_id uuid not null,
  id uuid not null,
  competition_id uuid not null,
  by_id uuid not null references person,
  says text not null,
  at timestamptz not null,
  answer text,
  upheld boolean,
  answered_by uuid references person,
  answered_at timestamptz,
  primary key (district_id, id),
  foreign key (district_id, competition_id) references competition (district_id, id)
);

-- Which of these competitions one judges: asked by policies of other tables, so it must not ask theirs.
create function judges_here(one_competition uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from competition_judge j where j.district_id = app_id('district') and j.competition_id = one_competition
    and j.person_id = app_id('person'))
$$;
create function competition_is(one_competition uuid, states text[]) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from competition c where c.district_id = app_id('district') and c.id = one_competition and c.status = any(states))
$$;
create function stands_aside(one_entry uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from competition_recusal r where r.district_id = app_id('district') and r.entry_id = one_entry
    and r.judge_id = app_id('person'))
$$;
-- How many scores each judge owes and has given: the centre presses on without seeing a point.
create function scoring_progress(one_competition uuid) returns table (judge_id uuid, given int, expected int)
language sql stable security definer set search_path = public, pg_temp as $$
  select j.person_id,
    (select count(distinct s.entry_id)::int from competition_score s join competition_text t on t.district_id = s.district_id and t.id = s.entry_id
      where s.district_id = j.district_id and s.competition_id = j.competition_id and s.judge_id = j.person_id
        and not exists (select 1 from competition_recusal r where r.district_id = s.district_id and r.entry_id = s.entry_id and r.judge_id = s.judge_id)),
    (select count(*)::int from competition_text t where t.district_id = j.district_id and t.competition_id = j.competition_id
        and not exists (select 1 from competition_recusal r where r.district_id = t.district_id and r.entry_id = t.id and r.judge_id = j.person_id))
  from competition_judge j
  where app_text('centre') = '1' and j.district_id = app_id('district') and j.competition_id = one_competition
$$;
-- The mean of the others, only for a judge who has scored.
create function others_mean(one_entry uuid) returns table (scores int, mean numeric)
language sql stable security definer set search_path = public, pg_temp as $$
  with newest as (
    select distinct on (s.judge_id) s.judge_id, s.total from competition_score s
    where s.district_id = app_id('district') and s.entry_id = one_entry order by s.judge_id, s.at desc, s.id desc)
  select count(*)::int, round(avg(total), 2) from newest
  where judge_id <> app_id('person') and exists (select 1 from newest n where n.judge_id = app_id('person'))
  having exists (select 1 from newest n where n.judge_id = app_id('person'))
$$;
-- What judges wrote about an entry, without the judges: for the centre once scoring is over, for its author from the public notice on.
create function comments_on(one_competition uuid) returns table (entry_id uuid, comment text)
language sql stable security definer set search_path = public, pg_temp as $$
  with newest as (
    select distinct on (s.entry_id, s.judge_id) s.entry_id, s.comment, s.id from competition_score s
    where s.district_id = app_id('district') and s.competition_id = one_competition order by s.entry_id, s.judge_id, s.at desc, s.id desc)
  select n.entry_id, n.comment from newest n join competition_entry e on e.district_id = app_id('district') and e.id = n.entry_id
  where n.comment <> '' and e.status = 'eligible' and (
    (app_text('centre') = '1' and competition_is(one_competition, array['scored', 'noticed', 'awarded']))
    or (e.author_id = any (app_ids('worker_selves')) and competition_is(one_competition, array['noticed', 'awarded'])))
  order by n.entry_id, md5(n.id::text)
$$;
-- Cases of one's own that may be entered; the worker does not read the centre's draft, and learns of it no more than that it is there.
create function own_publications() returns table (request_id uuid, number text, title text, kind text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, coalesce(r.archive_no, r.receipt_no, ''), e.title, case when e.id is null then 'draft' else 'entry' end
  from support_request r join publication_draft d on d.district_id = r.district_id and d.request_id = r.id and d.status <> 'discarded'
    left join casebank_entry e on e.draft_id = d.id
  where r.district_id = app_id('district') and r.status = 'closed' and r.asker_id = any (app_ids('worker_selves'))
    and (e.id is null or e.recalled_at is null)
  order by r.closed_at desc limit 100
$$;

do $$
declare one text;
begin
  foreach one in array array['competition', 'competition_judge', 'competition_entry', 'competition_text', 'competition_recusal', 'competition_score',
    'competition_objection'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
  end loop;
  foreach one in array array['competition', 'competition_judge', 'competition_entry', 'competition_text', 'competition_recusal', 'competition_objection'] loop
    execute format($p$create policy centre_runs on %I using (
      (select app_text('centre')) = '1' and district_id = (select app_id('district')))$p$, one);
  end loop;
end $$;
create policy district_reads on competition for select using (
  district_id = (select app_id('district')) and status <> 'draft' and (select app_id('person')) is not null);
create policy district_reads on competition_judge for select using (
  district_id = (select app_id('district')) and (person_id = (select app_id('person')) or competition_is(competition_id, array['scored', 'noticed', 'awarded'])));
create policy author_reads on competition_entry for select using (
  district_id = (select app_id('district')) and author_id = any ((select app_ids('worker_selves'))::uuid[]));
create policy author_enters on competition_entry for insert with check (
  district_id = (select app_id('district')) and author_id = any ((select app_ids('worker_selves'))::uuid[]) and status = 'entered'
  and competition_is(competition_id, array['open']));
create policy author_withdraws on competition_entry for update using (
  district_id = (select app_id('district')) and author_id = any ((select app_ids('worker_selves'))::uuid[])
  and competition_is(competition_id, array['open', 'checking'])) with check (status = 'withdrawn');
-- From the public notice on everybody may know who wrote what was found worthy of competing.
create policy notice_shows on competition_entry for select using (
  district_id = (select app_id('district')) and status = 'eligible' and (select app_id('person')) is not null
  and competition_is(competition_id, array['noticed', 'awarded']));
create policy judge_reads on competition_text for select using (
  district_id = (select app_id('district')) and judges_here(competition_id) and not stands_aside(id)
  and competition_is(competition_id, array['scoring', 'scored', 'noticed', 'awarded']));
create policy notice_shows on competition_text for select using (
  district_id = (select app_id('district')) and (select app_id('person')) is not null
  and competition_is(competition_id, array['noticed', 'awarded']));
create policy judge_own on competition_recusal for select using (
  district_id = (select app_id('district')) and judge_id = (select app_id('person')));
create policy judge_declares on competition_recusal for insert with check (
  district_id = (select app_id('district')) and judge_id = (select app_id('person')) and cause = 'declared'
  and judges_here(competition_id) and competition_is(competition_id, array['scoring']));
create policy judge_own on competition_score for select using (
  district_id = (select app_id('district')) and judge_id = (select app_id('person')));
create policy judge_scores on competition_score for insert with check (
  district_id = (select app_id('district')) and judge_id = (select app_id('person')) and judges_here(competition_id)
  and not stands_aside(entry_id) and competition_is(competition_id, array['scoring']));
-- Not even the centre reads points while judges still score.
create policy centre_counts on competition_score for select using (
  (select app_text('centre')) = '1' and district_id = (select app_id('district'))
  and competition_is(competition_id, array['scored', 'noticed', 'awarded']));
create policy own_objection on competition_objection for select using (
  district_id = (select app_id('district')) and by_id = (select app_id('person')));
create policy objects on competition_objection for insert with check (
  district_id = (select app_id('district')) and by_id = (select app_id('person')) and competition_is(competition_id, array['noticed']));
grant select, insert, update on competition, competition_entry, competition_objection to jieyou_app;
grant select, insert, delete on competition_judge to jieyou_app;
grant select, insert, update, delete on competition_text to jieyou_app;
grant select, insert on competition_recusal, competition_score to jieyou_app;

-- A case that was recalled, or a draft whose consent was withdrawn, leaves every competition that has not ended, and its text leaves all.
create function leave_competitions(district uuid, request uuid) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from competition_text t using competition_entry e
    where e.district_id = district and e.request_id = request and t.district_id = e.district_id and t.id = e.id;
  update competition_entry e set status = 'recalled', award = null, version = e.version + 1
    where e.district_id = district and e.request_id = request and e.status in ('entered', 'eligible', 'ineligible');
end $$;
create function entry_leaves_competitions() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform leave_competitions(d.district_id, d.request_id) from publication_draft d where d.district_id = new.district_id and d.id = new.draft_id;
  return null;
end $$;
create trigger leaves_competitions after update of recalled_at on casebank_entry for each row
  when (old.recalled_at is null and new.recalled_at is not null) execute function entry_leaves_competitions();
create function draft_leaves_competitions() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform leave_competitions(r.district_id, r.id) from support_request r
  where r.district_id = new.district_id and r.case_id = new.case_id
    and not exists (select 1 from publication_draft d join casebank_entry e on e.draft_id = d.id
      where d.district_id = r.district_id and d.request_id = r.id)
    and not exists (select 1 from consent c where c.district_id = new.district_id and c.case_id = new.case_id and c.purpose = 'publication'
      and c.withdrawn_on is null and c.granted_on <= app_today() and (c.expires_on is null or c.expires_on >= app_today()));
  return null;
end $$;
create trigger draft_leaves after update of withdrawn_on on consent for each row
  when (old.withdrawn_on is null and new.withdrawn_on is not null and new.purpose = 'publication') execute function draft_leaves_competitions();
-- A prize won as a draft goes with the case into the bank.
create function bring_award() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  select e.award into new.award from publication_draft d
    join competition_entry e on e.district_id = d.district_id and e.request_id = d.request_id and e.award is not null
  where d.district_id = new.district_id and d.id = new.draft_id order by e.entered_at desc limit 1;
  return new;
end $$;
create trigger bring_award before insert on casebank_entry for each row when (new.award is null) execute function bring_award();
revoke all on function judges_here(uuid), competition_is(uuid, text[]), stands_aside(uuid), scoring_progress(uuid), others_mean(uuid),
  comments_on(uuid), own_publications(), leave_competitions(uuid, uuid), entry_leaves_competitions(), draft_leaves_competitions(), bring_award() from public;
grant execute on function judges_here(uuid), competition_is(uuid, text[]), stands_aside(uuid), scoring_progress(uuid), others_mean(uuid),
  comments_on(uuid), own_publications() to jieyou_app;

-- Seminars on a theme, called together at intervals. They speak of published cases only, so they hold no client content; a record of the
-- centre that the whole profession of the district reads. 研讨 under a line of support stands in `support_response`.
create table seminar_series (
  district_id uuid not null references division,
  id uuid not null,
  title text not null,
  theme text not null,
  -- Null: the figure of the rule pack.
  every_days int check (every_days between 1 and 366),
  starts_on date not null,
  status text not null check (status in ('running', 'ended')),
  reminded_for date,
  made_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id)
);
create table seminar (
  district_id uuid not null,
  id uuid not null,
  series_id uuid not null,
  topic text not null,
  held_on date not null,
  starts_at text not null,
  place text not null,
  guests text not null,
  agenda jsonb not null,
  status text not null check (status in ('planned', 'held', 'cancelled')),
  minutes text not null default '',
  conclusions text not null default '',
  reason text not null default '',
  made_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, series_id) references seminar_series (district_id, id),
  check (status <> 'held' or minutes <> '')
);
create index seminar_by_series on seminar (district_id, series_id, held_on desc);
create index seminar_newest on seminar (district_id, held_on desc, id desc);
create table seminar_member (
  district_id uuid not null,
  id uuid not null,
  seminar_id uuid not null,
  person_id uuid not null references person,
  attended boolean,
  primary key (district_id, id),
  unique (district_id, seminar_id, person_id),
  foreign key (district_id, seminar_id) references seminar (district_id, id)
);
create table seminar_case (
  district_id uuid not null,
  id uuid not null,
  seminar_id uuid not null,
  entry_id uuid not null references casebank_entry,
  primary key (district_id, id),
  unique (district_id, seminar_id, entry_id),
  foreign key (district_id, seminar_id) references seminar (district_id, id)
);
create index seminar_case_by_entry on seminar_case (entry_id);

-- What the profession of the district wrote or found out.
create table research_output (
  district_id uuid not null references division,
  id uuid not null,
  kind text not null check (kind in ('mechanism', 'model', 'paper', 'report', 'standard', 'book')),
  title text not null,
  year int not null check (year between 1990 and 2100),
  authors text[] not null check (cardinality(authors) > 0),
  status text not null check (status in ('writing', 'submitted', 'published')),
  outlet text not null,
  summary text not null,
  link text not null,
  file_name text,
  file_mime text,
  file_bytes int,
  stored_as text,
  sha256 text,
  made_by uuid not null references person,
  version int not null default 1,
  primary key (district_id, id),
  check ((file_name is null) = (stored_as is null))
);
create index research_output_newest on research_output (district_id, year desc, id desc);
create table research_output_source (
  district_id uuid not null,
  id uuid not null,
  output_id uuid not null,
  entry_id uuid references casebank_entry,
  seminar_id uuid,
  primary key (district_id, id),
  unique nulls not distinct (district_id, output_id, entry_id, seminar_id),
  check ((entry_id is null) <> (seminar_id is null)),
  foreign key (district_id, output_id) references research_output (district_id, id),
  foreign key (district_id, seminar_id) references seminar (district_id, id)
);
do $$
declare one text;
begin
  foreach one in array array['seminar_series', 'seminar', 'seminar_member', 'seminar_case', 'research_output', 'research_output_source'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format($p$create policy centre_keeps on %I using (
      (select app_text('centre')) = '1' and district_id = (select app_id('district')))$p$, one);
    execute format($p$create policy district_reads on %I for select using (
      district_id = (select app_id('district')) and (select app_id('person')) is not null)$p$, one);
  end loop;
end $$;
-- The daily reminder looks at the days and writes down for which it has reminded.
create policy platform_reminds on seminar_series using (
  (select app_text('platform')) = '1' and district_id = (select app_id('district')));
create policy platform_reminds on seminar for select using (
  (select app_text('platform')) = '1' and district_id = (select app_id('district')));
grant select, insert, update on seminar_series, seminar, research_output to jieyou_app;
grant select, insert, update, delete on seminar_member, seminar_case, research_output_source to jieyou_app;
