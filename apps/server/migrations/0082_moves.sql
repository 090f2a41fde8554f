-- How many records of a crisis or of violence at home keep the case of a paper from being closed: asked when a closing is signed. Whoever
-- reaches the case sees the records themselves; a signer who does not learns only that something is still under way.
create function open_alarms_of_paper(paper uuid) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(a.id)::int from case_of_paper($1) f
    join alarm a on a.district_id = app_id('district') and a.case_id = f.case_id and a.status <> 'closed'
$$;
revoke all on function open_alarms_of_paper(uuid) from public;
grant execute on function open_alarms_of_paper(uuid) to jieyou_app;
