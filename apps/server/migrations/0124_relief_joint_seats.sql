-- Whoever sits at a table of the consortium only because they are named stops reading it when the relief case has ended, and when the seat is
-- taken away (0121 let them read for good). What they undertook themselves stays with them as a line.

alter table relief_joint_member add column left_on date;
grant update (left_on) on relief_joint_member to jieyou_app;
grant update (staff) on relief_joint to jieyou_app;

-- Past the reach of who is only named: whether the relief case goes on.
create function relief_goes_on(district uuid, one uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select exists (select 1 from relief_case r where r.district_id = $1 and r.id = $2 and r.status <> 'closed')
$$;
-- Past the reach of who undertook something at a table that they no longer read.
create function relief_joint_is_sealed(district uuid, one uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select coalesce((select recipient_is_sealed(j.district_id, j.recipient_id) from relief_joint j where j.district_id = $1 and j.id = $2), true)
$$;
revoke all on function relief_goes_on(uuid, uuid), relief_joint_is_sealed(uuid, uuid) from public;
grant execute on function relief_goes_on(uuid, uuid), relief_joint_is_sealed(uuid, uuid) to jieyou_app;

drop policy joint_reach on relief_joint;
create policy joint_reach on relief_joint using (district_id = (select app_id('district'))
  and (relief_reached(district_id, relief_id) or staff && (select app_ids('selves'))::uuid[] and relief_goes_on(district_id, relief_id)));
create policy served_change on relief_joint_member as restrictive for update using (relief_joint_in_hand(district_id, joint_id));
drop policy undertaking_reach on relief_undertaking;
create policy undertaking_reach on relief_undertaking using (relief_joint_reached(district_id, joint_id)
  or district_id = (select app_id('district')) and by_person = any ((select app_ids('selves'))::uuid[])
    and not relief_joint_is_sealed(district_id, joint_id));
