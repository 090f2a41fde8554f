-- Questions about work that row-level security hides from the asker: they are answered in numbers or one moment, never in rows,
-- and for the asker's own district only. The owner runs them; the search path is fixed so that nothing can be slipped in.

-- Open cases of a worker and live requests that the person asked or holds: whoever leaves hands these over first.
create function open_work_of(person uuid) returns table (cases int, requests int)
language sql stable security definer set search_path = public, pg_temp as $$
  select
    (select count(*)::int from case_file f
     where f.district_id = app_id('district') and f.worker_id = $1 and f.status = 'open'),
    (select count(*)::int from support_request r
     where r.district_id = app_id('district') and (r.asker_id = $1 or r.holder_id = $1)
       and r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'))
$$;

-- Panels of experts in a month of Asia/Shanghai, from its first day to the day before `month_end`: invitations that stand.
create function panels_of_month(expert_ids uuid[], month_start date, month_end date) returns table (expert_id uuid, panels int)
language sql stable security definer set search_path = public, pg_temp as $$
  select i.expert_id, count(*)::int
  from support_invitation i
  where i.district_id = app_id('district') and i.expert_id = any ($1) and i.status not in ('declined', 'revoked')
    and i.invited_at >= ($2::timestamp at time zone 'Asia/Shanghai') and i.invited_at < ($3::timestamp at time zone 'Asia/Shanghai')
  group by i.expert_id
$$;

-- The latest moment at which a running clock is due: whether the holiday table reaches far enough.
create function latest_clock_due() returns timestamptz
language sql stable security definer set search_path = public, pg_temp as $$
  select max(r.clock_due_at) from support_request r
  where r.district_id = app_id('district') and r.clock_due_at is not null
    and r.status in ('submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following')
$$;

revoke all on function open_work_of(uuid), panels_of_month(uuid[], date, date), latest_clock_due() from public;
grant execute on function open_work_of(uuid), panels_of_month(uuid[], date, date), latest_clock_due() to jieyou_app;

-- Head counts of organisations and stations; assignments newest first; divisions in the order of their codes.
create index person_by_organisation on person (organisation_id) where organisation_id is not null;
create index person_by_station on person (station_id) where station_id is not null;
create index role_assignment_newest on role_assignment (district_id, valid_from desc, id);
create index division_by_code on division (code, id);
