-- A relief case goes from one worker of the station to another: the head hands it over, with a reason. What was said stays, so that it can be
-- told who carried it when. What was entered keeps its author; ledgers stay with who did the act.

create table relief_handover (
  district_id uuid not null references division,
  id uuid not null,
  relief_id uuid not null,
  station_id uuid not null references station,
  from_id uuid not null references person,
  to_id uuid not null references person,
  reason text not null check (length(reason) between 2 and 200),
  made_by uuid not null references person,
  made_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, relief_id) references relief_case (district_id, id),
  check (from_id <> to_id)
);
create index relief_handover_of on relief_handover (district_id, relief_id, id);
create trigger history after insert or update or delete on relief_handover for each row execute function keep_history();
alter table relief_handover enable row level security;
revoke all on relief_handover from jieyou_app;
grant select, insert on relief_handover to jieyou_app;
create policy handover_reach on relief_handover using (relief_reached(district_id, relief_id));
create policy ordered_oneself on relief_handover as restrictive for insert with check (
  made_by = (select app_id('person')) and station_id = any ((select app_ids('head_stations'))::uuid[])
  and exists (select 1 from relief_case r where r.district_id = relief_handover.district_id and r.id = relief_id
    and r.station_id = relief_handover.station_id and r.worker_id = from_id));

-- Whether somebody would see the person of a relief case once it is theirs: through a case of their own or on which they work along, or since
-- the person stands on the register of who hands over and goes along. Asked by the head of the station alone.
create function relief_person_goes_along(relief uuid, new_worker uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select coalesce(bool_or(
    exists (select 1 from case_file f where f.district_id = r.district_id and f.recipient_id = p.id and f.sealed_at is null and f.destroyed_at is null
      and f.stopped_at is null and (f.worker_id = $2 or exists (select 1 from case_circle c where c.district_id = f.district_id and c.case_id = f.id
        and c.person_id = $2 and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today()))))
    or p.worker_id in (r.worker_id, $2) and (p.on_register or not recipient_attached(p.district_id, p.id))), false)
  from relief_case r join recipient p on p.district_id = r.district_id and p.id = r.recipient_id and p.merged_into is null
  where r.district_id = app_id('district') and r.id = $1 and r.station_id = any (app_ids('head_stations'))
$$;

-- Whether somebody works at a station as a social worker today, by the assignment or by where they belong.
create function relief_worker_of(person uuid, station uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from role_assignment a join person p on p.id = a.person_id
    where a.person_id = $1 and a.role = 'worker' and a.district_id = app_id('district') and coalesce(a.station_id, p.station_id) = $2
      and a.valid_from <= app_today() and (a.valid_to is null or a.valid_to >= app_today()))
$$;

-- Hands over as the row says it. Open undertakings wait for the new worker, tasks of volunteers go along, and the person on the register where
-- nothing else would show them. Null where it no longer can be: somebody was faster.
create function pass_relief(handover uuid) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  h relief_handover;
  r relief_case;
  seen int;
begin
  select x.* into h from relief_handover x where x.district_id = app_id('district') and x.id = $1 and x.made_by = app_id('person')
    and x.station_id = any (app_ids('head_stations'));
  if h.id is null then return null; end if;
  select x.* into r from relief_case x where x.district_id = h.district_id and x.id = h.relief_id and x.worker_id = h.from_id
    and x.status <> 'closed' and not recipient_stands_still(x.district_id, x.recipient_id) for update;
  if r.id is null or not relief_worker_of(h.to_id, h.station_id) or not relief_person_goes_along(h.relief_id, h.to_id) then return null; end if;
  update recipient x set worker_id = h.to_id where x.district_id = r.district_id and x.id = r.recipient_id and x.worker_id = h.from_id
    and (x.on_register or not recipient_attached(x.district_id, x.id));
  update relief_case x set worker_id = h.to_id, updated_at = app_now(), version = x.version + 1
  where x.district_id = r.district_id and x.id = r.id returning x.version into seen;
  update relief_undertaking u set worker_id = h.to_id from relief_joint j
  where j.district_id = r.district_id and j.relief_id = r.id and u.district_id = j.district_id and u.joint_id = j.id
    and u.worker_id = h.from_id and u.status = 'open';
  update volunteer_task k set lead_id = h.to_id, updated_at = app_now(), version = k.version + 1
  where k.district_id = r.district_id and k.for_kind = 'relief' and k.for_id = r.id and k.lead_id = h.from_id
    and k.status in ('open', 'staffed', 'done');
  return seen;
end $$;
-- Relief cases that somebody carries and that go on, for oneself and the head of the station: how many a caseload leaves behind.
create function relief_load_of(person uuid) returns int
language sql stable security definer set search_path = public, pg_temp as $$
  select count(*)::int from relief_case r where r.district_id = app_id('district') and r.worker_id = $1 and r.status <> 'closed'
    and (r.worker_id = any (app_ids('worker_selves')) or r.station_id = any (app_ids('head_stations')))
    and not recipient_is_sealed(r.district_id, r.recipient_id)
$$;
revoke all on function relief_person_goes_along(uuid, uuid), relief_worker_of(uuid, uuid), pass_relief(uuid), relief_load_of(uuid) from public;
grant execute on function relief_person_goes_along(uuid, uuid), relief_worker_of(uuid, uuid), pass_relief(uuid), relief_load_of(uuid) to jieyou_app;
