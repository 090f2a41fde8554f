-- Photographs (照片) of community activities and of single sessions of groups. Whoever reaches the activity or the group reaches its photographs;
-- whoever leads adds, describes and removes. A removed one keeps its row, its file is destroyed.
create unique index session_of_group on group_session (district_id, group_id, id);
create table photo (
  district_id uuid not null references division,
  id uuid not null,
  activity_id uuid,
  group_id uuid,
  session_id uuid,
  caption_ct text not null,
  mime text not null check (mime in ('image/jpeg', 'image/png')),
  bytes int not null check (bytes > 0),
  width int not null check (width > 0),
  height int not null check (height > 0),
  sha256 text not null,
  stored_as text not null,
  added_by uuid not null references person,
  added_at timestamptz not null,
  removed_by uuid references person,
  removed_at timestamptz,
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, activity_id) references activity (district_id, id),
  foreign key (district_id, group_id) references service_group (district_id, id),
  foreign key (district_id, session_id) references group_session (district_id, id),
  foreign key (district_id, group_id, session_id) references group_session (district_id, group_id, id),
  check (num_nonnulls(activity_id, session_id) = 1 and (session_id is null) = (group_id is null)),
  check ((removed_by is null) = (removed_at is null))
);
create index photo_by_activity on photo (district_id, activity_id, id) where activity_id is not null;
create index photo_by_session on photo (district_id, session_id, id) where session_id is not null;

create trigger history after insert or update or delete on photo for each row execute function keep_history();
alter table photo enable row level security;
revoke all on photo from jieyou_app;
grant select, insert on photo to jieyou_app;
grant update (caption_ct, removed_by, removed_at, version) on photo to jieyou_app;

create policy photo_reach on photo using (district_id = (select app_id('district'))
  and case when activity_id is not null then activity_reached(district_id, activity_id) else group_reached(district_id, group_id) end);
create policy led_new on photo as restrictive for insert with check (added_by = (select app_id('person')) and removed_at is null
  and case when activity_id is not null then activity_in_hand(district_id, activity_id) else group_in_hand(district_id, group_id) end);
-- What was removed stays as it is.
create policy led_change on photo as restrictive for update using (removed_at is null
  and case when activity_id is not null then activity_in_hand(district_id, activity_id) else group_in_hand(district_id, group_id) end)
  with check (removed_by is null or removed_by = (select app_id('person')));
