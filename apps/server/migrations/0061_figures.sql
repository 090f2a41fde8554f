-- Kept figures: how many requests stand where, per station, agency and place. Every change of a request adds what it takes away and
-- what it brings as rows of plus and minus in its own transaction, so a sum over the rows is always exact and nobody waits for a
-- shared counter; a job folds the rows together now and then.
create table figure_tally (
  district_id uuid not null references division,
  id uuid not null default gen_random_uuid(),
  station_id uuid not null references station,
  organisation_id uuid references organisation,
  division_path text not null,
  kind text not null,
  key text not null,
  -- First day of the month in Asia/Shanghai; null where the figure is of today.
  month date,
  -- Requests of a case that is only kept (processing stopped) are seen by the head who keeps it; so are their numbers.
  kept boolean not null,
  n int not null,
  primary key (district_id, id)
);
create index figure_tally_sum on figure_tally (district_id, kind, month) include (station_id, organisation_id, division_path, key, kept, n);

-- When the centre first answered a submitted request: by a screening exit, or by taking a crisis over.
alter table support_request add column first_answered_at timestamptz;
create function keep_first_answer() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if new.first_answered_at is not null or new.submitted_at is null then return new; end if;
  if tg_op = 'INSERT' then
    new.first_answered_at := coalesce(least(new.accepted_at, new.crisis_acknowledged_at),
      case when new.status in ('declined', 'advised', 'duplicate') then new.closed_at when new.status = 'needs-info' then new.clock_paused_at end);
  elsif new.crisis_acknowledged_at is not null and old.crisis_acknowledged_at is null then
    new.first_answered_at := new.crisis_acknowledged_at;
  elsif old.status = 'submitted' and new.status in ('needs-info', 'crisis', 'matching', 'declined', 'advised', 'duplicate') then
    new.first_answered_at := app_now();
  end if;
  return new;
end $$;
create trigger first_answer before insert or update on support_request for each row execute function keep_first_answer();

create function figure_parts(status text, solved boolean, domain text, help_fields text[], submitted_at timestamptz, closed_at timestamptz)
returns table (kind text, key text, month date) language sql stable set search_path = public, pg_temp as $$
  select 'status', $1, null::date where $1 <> 'draft'
  union all select 'asked', $3, date_trunc('month', $5 at time zone 'Asia/Shanghai')::date where $1 <> 'draft' and $5 is not null
  union all select 'solved', $3, date_trunc('month', $6 at time zone 'Asia/Shanghai')::date where $1 = 'closed' and $2 and $6 is not null
  union all select 'solved-field', f, date_trunc('month', $6 at time zone 'Asia/Shanghai')::date
    from unnest($4) as f where $1 = 'closed' and $2 and $6 is not null
$$;

-- One statement for all rows that a statement changed, whatever their number. What is sealed or destroyed counts nowhere.
create function keep_figures() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if tg_op = 'INSERT' then
    insert into figure_tally (district_id, station_id, organisation_id, division_path, kind, key, month, kept, n)
    select r.district_id, r.station_id, r.organisation_id, r.division_path, f.kind, f.key, f.month, r.stopped_at is not null, count(*)::int
    from added r, lateral figure_parts(r.status, r.solved, r.domain, r.help_fields, r.submitted_at, r.closed_at) f
    where r.sealed_at is null and r.destroyed_at is null group by 1, 2, 3, 4, 5, 6, 7, 8;
  elsif tg_op = 'DELETE' then
    insert into figure_tally (district_id, station_id, organisation_id, division_path, kind, key, month, kept, n)
    select r.district_id, r.station_id, r.organisation_id, r.division_path, f.kind, f.key, f.month, r.stopped_at is not null, -count(*)::int
    from removed r, lateral figure_parts(r.status, r.solved, r.domain, r.help_fields, r.submitted_at, r.closed_at) f
    where r.sealed_at is null and r.destroyed_at is null group by 1, 2, 3, 4, 5, 6, 7, 8;
  else
    insert into figure_tally (district_id, station_id, organisation_id, division_path, kind, key, month, kept, n)
    select r.district_id, r.station_id, r.organisation_id, r.division_path, f.kind, f.key, f.month, r.kept, sum(r.n)::int
    from (select 1 as n, a.stopped_at is not null as kept, a.district_id, a.station_id, a.organisation_id, a.division_path, a.status, a.solved,
        a.domain, a.help_fields, a.submitted_at, a.closed_at from added a where a.sealed_at is null and a.destroyed_at is null
      union all select -1, b.stopped_at is not null, b.district_id, b.station_id, b.organisation_id, b.division_path, b.status, b.solved,
        b.domain, b.help_fields, b.submitted_at, b.closed_at from removed b where b.sealed_at is null and b.destroyed_at is null) r,
      lateral figure_parts(r.status, r.solved, r.domain, r.help_fields, r.submitted_at, r.closed_at) f
    group by 1, 2, 3, 4, 5, 6, 7, 8 having sum(r.n) <> 0;
  end if;
  return null;
end $$;
create trigger figures_added after insert on support_request referencing new table as added for each statement execute function keep_figures();
create trigger figures_changed after update on support_request referencing new table as added old table as removed for each statement execute function keep_figures();
create trigger figures_removed after delete on support_request referencing old table as removed for each statement execute function keep_figures();

-- What was there before.
update support_request set first_answered_at = coalesce(least(accepted_at, crisis_acknowledged_at), case when status in ('declined', 'advised') then closed_at end)
  where submitted_at is not null and first_answered_at is null and sealed_at is null;
delete from figure_tally;
insert into figure_tally (district_id, station_id, organisation_id, division_path, kind, key, month, kept, n)
  select r.district_id, r.station_id, r.organisation_id, r.division_path, f.kind, f.key, f.month, r.stopped_at is not null, count(*)::int
  from support_request r, lateral figure_parts(r.status, r.solved, r.domain, r.help_fields, r.submitted_at, r.closed_at) f
  where r.sealed_at is null and r.destroyed_at is null group by 1, 2, 3, 4, 5, 6, 7, 8;

alter table figure_tally enable row level security;
-- Numbers reach as far as the registers do.
create policy tally_read on figure_tally for select using (
  district_id = (select app_id('district')) and (not kept or station_id = any ((select app_ids('head_stations'))::uuid[])) and (
    (select app_text('centre')) = '1' or (select app_text('officer')) = '1'
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or organisation_id = any ((select app_ids('agency_organisations'))::uuid[])
    or exists (select 1 from unnest((select app_paths())) as p(prefix) where starts_with(division_path, p.prefix))));
create policy tally_platform on figure_tally using (district_id = (select app_id('district')) and (select app_text('platform')) = '1');
grant select, insert, delete on figure_tally to jieyou_app;

-- Since when a kind of support was used, and since when a domain was asked about: codes and days only, for everybody of the district.
create function line_kinds_since() returns table (key text, since date)
language sql stable security definer set search_path = public, pg_temp as $$
  select l.kind, (min(l.opened_at) at time zone 'Asia/Shanghai')::date from support_line l where l.district_id = app_id('district') group by 1
$$;
create function domains_since() returns table (key text, since date)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.domain, (min(r.submitted_at) at time zone 'Asia/Shanghai')::date from support_request r
  where r.district_id = app_id('district') and r.status <> 'draft' and r.submitted_at is not null and r.sealed_at is null and r.destroyed_at is null
  group by 1
$$;

-- Panels of experts in a period: for how many requests each was asked and did not decline. The centre, and each expert about oneself.
create function expert_load(from_at timestamptz, to_at timestamptz) returns table (expert_id uuid, panels int)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, count(distinct r.id)::int from expert e
    left join support_invitation i on i.expert_id = e.id and i.district_id = e.district_id and i.status not in ('declined', 'revoked')
      and i.invited_at >= $1 and i.invited_at < $2
    left join support_request r on r.district_id = i.district_id and r.id = i.request_id
      and r.sealed_at is null and r.destroyed_at is null and r.stopped_at is null
  where e.district_id = app_id('district') and e.active and (app_text('centre') = '1' or e.id = app_id('expert'))
  group by e.id
$$;
revoke all on function keep_figures(), keep_first_answer(), expert_load(timestamptz, timestamptz), line_kinds_since(), domains_since() from public;
grant execute on function expert_load(timestamptz, timestamptz), line_kinds_since(), domains_since(), figure_parts(text, boolean, text, text[], timestamptz, timestamptz) to jieyou_app;

-- The words of a year's report, as people wrote them; each saving is a version of its own.
create table year_report_text (
  district_id uuid not null references division,
  id uuid not null,
  year int not null,
  version int not null,
  opening text not null,
  outlook text not null,
  saved_by uuid not null references person,
  saved_at timestamptz not null,
  primary key (district_id, id),
  unique (district_id, year, version)
);
create trigger history after insert or update or delete on year_report_text for each row execute function keep_history();
alter table year_report_text enable row level security;
create policy report_text on year_report_text using ((select app_text('centre')) = '1' and district_id = (select app_id('district')));
create policy report_text_read on year_report_text for select using ((select app_text('officer')) = '1' and district_id = (select app_id('district')));
grant select, insert on year_report_text to jieyou_app;
