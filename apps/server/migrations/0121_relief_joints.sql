-- Joint consultations of the relief consortium (助联体, HZ-04, HZ-05) under a relief case: who sits at the table in which of five parts, what
-- the station wrote down for the meeting, what came of it, and what each of them undertakes until when. Whoever is named and has an account
-- reads these rows and nothing else of the person; what stands in `told` is all that they get.

create table relief_joint (
  district_id uuid not null references division,
  id uuid not null,
  relief_id uuid not null,
  recipient_id uuid not null,
  status text not null check (status in ('called', 'held', 'called-off')),
  on_day date not null,
  place text not null,
  told text not null,
  -- How the person, or who acts for the person, agreed to what is told.
  agreed_says text not null,
  outcome text,
  -- Members of the staff who are named.
  staff uuid[] not null default '{}',
  made_by uuid not null references person,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, relief_id) references relief_case (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id),
  check ((status = 'called') = (outcome is null))
);
create index relief_joint_of on relief_joint (district_id, relief_id, id);
create index relief_joint_of_person on relief_joint (district_id, recipient_id);
create index relief_joint_of_staff on relief_joint using gin (staff) with (fastupdate = off);

create table relief_joint_member (
  district_id uuid not null references division,
  id uuid not null,
  joint_id uuid not null,
  kind text not null check (kind in ('adviser', 'social-worker', 'district', 'organisation', 'civil-affairs')),
  -- Of the staff, or by name.
  person_id uuid references person,
  name_ct text,
  organisation text not null,
  primary key (district_id, id),
  foreign key (district_id, joint_id) references relief_joint (district_id, id),
  check ((person_id is null) <> (name_ct is null))
);
create index relief_joint_member_of on relief_joint_member (district_id, joint_id, id);

create table relief_undertaking (
  district_id uuid not null references division,
  id uuid not null,
  joint_id uuid not null,
  member_id uuid not null,
  what text not null,
  due_on date not null,
  status text not null check (status in ('open', 'done', 'dropped')),
  settled_on date,
  says text,
  -- Whom it waits for: who carries the relief case, and the member where that is one of the staff.
  worker_id uuid not null references person,
  by_person uuid references person,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, joint_id) references relief_joint (district_id, id),
  foreign key (district_id, member_id) references relief_joint_member (district_id, id),
  check ((status = 'open') = (settled_on is null))
);
create index relief_undertaking_of on relief_undertaking (district_id, joint_id, id);
create index relief_undertaking_of_worker on relief_undertaking (district_id, worker_id, due_on) where status = 'open';
create index relief_undertaking_of_member on relief_undertaking (district_id, by_person, due_on) where status = 'open';

do $$
declare one text;
begin
  foreach one in array array['relief_joint', 'relief_joint_member', 'relief_undertaking'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
end $$;
grant update (status, outcome, updated_at, version) on relief_joint to jieyou_app;
grant update (status, settled_on, says, version) on relief_undertaking to jieyou_app;

create policy joint_reach on relief_joint using (district_id = (select app_id('district'))
  and (staff && (select app_ids('selves'))::uuid[] or relief_reached(district_id, relief_id)));
create policy not_sealed on relief_joint as restrictive for select using (not recipient_is_sealed(district_id, recipient_id));
create policy served_new on relief_joint as restrictive for insert with check (made_by = (select app_id('person'))
  and relief_in_hand(district_id, relief_id));
create policy served_change on relief_joint as restrictive for update using (relief_in_hand(district_id, relief_id));

create function relief_joint_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from relief_joint j where j.district_id = $1 and j.id = $2);
end $$;
create function relief_joint_in_hand(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from relief_joint j where j.district_id = $1 and j.id = $2 and relief_in_hand(j.district_id, j.relief_id));
end $$;
create function relief_joint_goes_on(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from relief_joint j where j.district_id = $1 and j.id = $2 and not recipient_stands_still(j.district_id, j.recipient_id));
end $$;
create policy joint_member_reach on relief_joint_member using (relief_joint_reached(district_id, joint_id));
create policy served_new on relief_joint_member as restrictive for insert with check (relief_joint_in_hand(district_id, joint_id));
create policy undertaking_reach on relief_undertaking using (relief_joint_reached(district_id, joint_id));
create policy served_new on relief_undertaking as restrictive for insert with check (relief_joint_in_hand(district_id, joint_id));
-- By who carries the relief case, or by the one who undertook it.
create policy served_change on relief_undertaking as restrictive for update using (status = 'open'
  and (by_person = any ((select app_ids('selves'))::uuid[]) or relief_joint_in_hand(district_id, joint_id))
  and relief_joint_goes_on(district_id, joint_id)) with check (true);
revoke all on function relief_joint_reached(uuid, uuid), relief_joint_in_hand(uuid, uuid), relief_joint_goes_on(uuid, uuid) from public;
grant execute on function relief_joint_reached(uuid, uuid), relief_joint_in_hand(uuid, uuid), relief_joint_goes_on(uuid, uuid) to jieyou_app;
