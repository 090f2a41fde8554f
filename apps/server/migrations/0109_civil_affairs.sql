-- Officers of communities (社区民政员, ST-04): they tell a station about a household, go along on the first visit and say so. They see their
-- own clues, how far each has come and what was answered to them; nothing that a station writes.
alter table appeal drop constraint appeal_channel_check;
alter table appeal add constraint appeal_channel_check check (channel in ('public', 'hotline', 'civil-affairs'));
alter table appeal add column teller_id uuid references person, add column community_id uuid references division,
  add column accompanied_on date,
  add check ((channel = 'civil-affairs') = (teller_id is not null));
create index appeal_by_teller on appeal (district_id, teller_id, id desc) where teller_id is not null;
alter table appeal_step drop constraint appeal_step_kind_check;
alter table appeal_step add constraint appeal_step_kind_check check (
  kind in ('asked', 'taken', 'released', 'passed', 'assigned', 'answered', 'opened', 'handed', 'withdrawn', 'accompanied'));

-- Whoever holds the post today reaches the clues that they told themselves, as long as the case that began with one is not closed away.
create function clue_told(district uuid, appeal uuid) returns boolean
language sql stable security definer set search_path = public, pg_temp as $$
  select exists (select 1 from appeal a where a.district_id = $1 and a.id = $2 and a.district_id = app_id('district')
    and a.teller_id = any (app_ids('tellers')))
$$;
revoke all on function clue_told(uuid, uuid) from public;
grant execute on function clue_told(uuid, uuid) to jieyou_app;

create policy appeal_told on appeal for select using (
  district_id = (select app_id('district')) and teller_id = any ((select app_ids('tellers'))::uuid[]));
create policy appeal_tell on appeal for insert with check (
  code_hash is null and channel = 'civil-affairs' and district_id = (select app_id('district'))
  and teller_id = (select app_id('person')) and teller_id = any ((select app_ids('tellers'))::uuid[]) and status = 'waiting' and taker_id is null);
create policy appeal_told_move on appeal for update using (
  district_id = (select app_id('district')) and teller_id = any ((select app_ids('tellers'))::uuid[]))
  with check (district_id = (select app_id('district')));
create policy content_told on appeal_content for select using (clue_told(district_id, id));
create policy content_tell on appeal_content for insert with check (clue_told(district_id, id));
create policy step_told on appeal_step for select using (to_resident and clue_told(district_id, appeal_id));
-- Of a clue its teller changes two things: that it is taken back, and the day on which they went along.
create function only_the_tellers() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  -- Who works on it besides is no mere teller; what is not set counts as no.
  if old.teller_id = any (app_ids('tellers')) and not coalesce(old.taker_id = any (app_ids('worker_selves')), false)
    and not coalesce(old.pool_station_id = any (app_ids('worker_stations')), false)
    and not coalesce(old.station_id = any (app_ids('head_stations')), false) and app_text('centre') is distinct from '1' and (
      (to_jsonb(new) - '{status,ended_at,accompanied_on,updated_at,version,pool_station_id}'::text[])
        <> (to_jsonb(old) - '{status,ended_at,accompanied_on,updated_at,version,pool_station_id}'::text[])
      or (new.status <> old.status and (new.status <> 'withdrawn' or old.status not in ('waiting', 'taken')))) then
    raise insufficient_privilege using message = 'a teller takes a clue back or says that they went along';
  end if;
  return new;
end $$;
create trigger only_the_tellers before update on appeal for each row when (old.teller_id is not null) execute function only_the_tellers();
