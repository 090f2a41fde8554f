-- Long lists and ledgers: what was asked of every row is asked once for a statement. Who sees what stays as it was.

-- Cases on which the person works along today. Of each case of the district it was asked by itself; now the few are looked up once, and the
-- indexes of worker, station and case serve together. Runs as the caller: the policy of the circle decides which rows there are.
create function cases_along() returns uuid[]
language plpgsql stable cost 1000 set search_path = public, pg_temp as $$
begin
  return array(select c.case_id from case_circle c where c.district_id = app_id('district')
    and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today()));
end $$;
alter policy case_reach on case_file using (
  sealed_at is null and district_id = (select app_id('district')) and (
    id = (select app_id('opened_case'))
    or worker_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or id = any ((select cases_along())::uuid[])));

-- For the select list of a statement that finds cases under their policy: the persons of these cases need not be found again.
--   app.found_people   persons of the cases of a list.
create function note_person(id uuid) returns boolean language sql volatile
  as $$ select set_config('app.found_people', concat_ws(',', nullif(current_setting('app.found_people', true), ''), id), true) is not null $$;
-- What costs little is asked first.
alter policy recipient_reach on recipient using (
  sealed_at is null and district_id = (select app_id('district')) and (
    id = any ((select app_ids('found_people'))::uuid[])
    or (on_register and merged_into is null and (worker_id = any ((select app_ids('worker_selves'))::uuid[])
      or station_id = any ((select app_ids('head_stations'))::uuid[])))
    or recipient_served(district_id, coalesce(merged_into, id))
    or (merged_into is null and worker_id = any ((select app_ids('worker_selves'))::uuid[]) and not recipient_attached(district_id, id))));
create index recipient_on_register_of on recipient (district_id, worker_id, id desc) where on_register;
revoke all on function cases_along(), note_person(uuid) from public;
grant execute on function cases_along(), note_person(uuid) to jieyou_app;

-- Persons (人) of a ledger. The rows are packed first, then each person is counted once in each place of each division, without sorting.
create or replace function contact_persons(from_day date, to_day date, kinds text[], domains text[], station uuid, organisation uuid)
returns table (what text, key text, persons int)
language sql stable security definer set search_path = public, pg_temp set work_mem = '32MB' set plan_cache_mode = force_custom_plan as $$
  with packed as materialized (
    select c.kind, c.domain, date_trunc('month', c.happened_on::timestamp) as month, c.station_id, c.organisation_id, c.who,
      sum(c.people - cardinality(c.who)) as unknown
    from service_contact c
    where c.district_id = app_id('district') and c.happened_on between $1 and $2
      and ($3 is null or c.kind = any ($3)) and ($4 is null or c.domain = any ($4))
      and ($5 is null or c.station_id = $5) and ($6 is null or c.organisation_id = $6)
      and ((select app_text('centre')) = '1' or (select app_text('officer')) = '1'
        or c.station_id = any ((select app_ids('head_stations'))::uuid[]) or c.organisation_id = any ((select app_ids('agency_organisations'))::uuid[])
        or exists (select 1 from unnest((select app_paths())) as p(prefix) where starts_with(c.division_path, p.prefix)))
    group by 1, 2, 3, 4, 5, 6),
  met as (
    select grouping(kind, domain, month, station_id, organisation_id) as g, kind, domain, month, station_id, organisation_id, w
    from (select p.kind, p.domain, p.month, p.station_id, p.organisation_id, unnest(p.who) as w from packed p) p
    group by grouping sets ((w), (kind, w), (domain, w), (month, w), (station_id, w), (organisation_id, w))),
  counted as (
    select g, kind, domain, month, station_id, organisation_id, count(*) as n from met group by 1, 2, 3, 4, 5, 6
    union all
    select grouping(kind, domain, month, station_id, organisation_id), kind, domain, month, station_id, organisation_id, sum(unknown)
    from packed group by grouping sets ((), (kind), (domain), (month), (station_id), (organisation_id)))
  select d.what, d.key, sum(c.n)::int
  from counted c, lateral (select
    case c.g when 31 then 'all' when 15 then 'kind' when 23 then 'domain' when 27 then 'month' when 29 then 'station' when 30 then 'organisation' end as what,
    case c.g when 31 then '' when 15 then c.kind when 23 then c.domain when 27 then c.month::date::text when 29 then c.station_id::text
      when 30 then c.organisation_id::text end as key) d
  where d.key is not null and c.n is not null group by 1, 2
$$;
