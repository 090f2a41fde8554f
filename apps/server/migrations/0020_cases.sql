-- Who works along on a case: the circle's rows are hidden from everybody but the person named, since a policy that asked the case
-- again would go round in circles. Names of staff only, of the asker's own district; the room asks for cases that it has shown.
create function co_workers_of(one_case uuid) returns table (person_id uuid, name text)
language sql stable security definer set search_path = public, pg_temp as $$
  select c.person_id, p.name
  from case_circle c join person p on p.id = c.person_id
  where c.district_id = app_id('district') and c.case_id = $1
    and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today())
  order by p.name_pinyin, p.id
$$;
revoke all on function co_workers_of(uuid) from public;
grant execute on function co_workers_of(uuid) to jieyou_app;
