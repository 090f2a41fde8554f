-- What a transaction has already found, it need not find again. A request has a dozen child tables; each policy asked the register
-- whether the request is in reach, and PostgreSQL set up that whole question anew for every statement, three times the cost of reading
-- the rows. Now the statement that finds a request or a case under its own policy notes the id for the rest of the transaction:
--   app.found   a request whose register was found,   app.opened  a request whose content is in reach,   app.opened_case  a case.
-- The other way to a row stays, as a function that is planned only when it is needed. These functions run as the caller: the policies
-- of the tables inside decide, as before.
create function request_reached(district uuid, request uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from support_request r where r.district_id = $1 and r.id = $2);
end $$;
create function content_reached(district uuid, request uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from support_request r where r.district_id = $1 and r.id = $2 and reads_content(r.station_id, r.asker_id, r.status));
end $$;
create function case_reached(district uuid, one_case uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from case_file f where f.district_id = $1 and f.id = $2);
end $$;
create function works_along(district uuid, one_case uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from case_circle c where c.district_id = $1 and c.case_id = $2
    and c.from_day <= app_today() and (c.to_day is null or c.to_day >= app_today()));
end $$;
-- The asker and the head read opinions once the conference has been held.
create function opinions_told(district uuid, request uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from support_request r where r.district_id = $1 and r.id = $2
    and r.status in ('following', 'closed') and reads_content(r.station_id, r.asker_id, r.status));
end $$;
-- Others' opinions only after an own one, and quorum or deadline.
create function opinions_shared(district uuid, round uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
    where i.district_id = $1 and i.round_id = $2 and i.expert_id = app_id('expert') and i.status = 'answered' and i.opinion_at is not null
      and r.expires_at > app_now() and (r.opinions_open_at is not null or r.deadline <= app_now()));
end $$;
-- For the select list of the statement that finds the row: only a row that its policy showed gets this far.
create function note_found(setting text, id uuid) returns boolean language sql volatile
  as $$ select set_config('app.' || setting, id::text, true) is not null $$;
-- Who of the centre is there today: of the centre, and not away without a deputy.
create function centre_present() returns uuid[]
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return array(
    select h.person_id from role_assignment h
    where h.role = 'centre' and h.district_id = app_id('district')
      and h.valid_from <= app_today() and (h.valid_to is null or h.valid_to >= app_today())
      and (not exists (select 1 from absence b where b.person_id = h.person_id and b.ended_at is null
          and b.from_day <= app_today() and b.to_day >= app_today())
        or exists (select 1 from role_assignment s where s.person_id = h.person_id and s.role = 'centre' and s.deputy_id is not null
          and s.valid_from <= app_today() and (s.valid_to is null or s.valid_to >= app_today()))));
end $$;
revoke all on function centre_present(), request_reached(uuid, uuid), content_reached(uuid, uuid), case_reached(uuid, uuid), works_along(uuid, uuid),
  opinions_told(uuid, uuid), opinions_shared(uuid, uuid), note_found(text, uuid) from public;
grant execute on function centre_present(), request_reached(uuid, uuid), content_reached(uuid, uuid), case_reached(uuid, uuid), works_along(uuid, uuid),
  opinions_told(uuid, uuid), opinions_shared(uuid, uuid), note_found(text, uuid) to jieyou_app;

alter policy case_reach on case_file using (
  district_id = (select app_id('district')) and (
    id = (select app_id('opened_case'))
    or worker_id = any ((select app_ids('worker_selves'))::uuid[])
    or station_id = any ((select app_ids('head_stations'))::uuid[])
    or works_along(district_id, id)));
alter policy case_content_reach on case_content using (id = (select app_id('opened_case')) or case_reached(district_id, id));
alter policy case_note_reach on case_note using (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id));
alter policy consent_case on consent using (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id));
alter policy attachment_case on attachment using (
  case_id is not null and (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id)));
alter policy attachment_request on attachment using (
  request_id is not null and (request_id = (select app_id('opened')) or content_reached(district_id, request_id)));

do $$
declare one text;
begin
  foreach one in array array['support_statement', 'support_proposal', 'support_action', 'support_line'] loop
    execute format($p$alter policy content_reach on %1$I using (
      request_id = (select app_id('opened')) or content_reached(district_id, request_id))$p$, one);
  end loop;
  foreach one in array array['support_content', 'support_closing'] loop
    execute format($p$alter policy content_reach on %1$I using (
      id = (select app_id('opened')) or content_reached(district_id, id))$p$, one);
  end loop;
end $$;
alter policy invitation_side on support_invitation using (
  request_id = (select app_id('opened')) or request_id = any ((select app_ids('chaired'))::uuid[]) or content_reached(district_id, request_id));
alter policy round_side on support_round using (
  request_id = (select app_id('opened')) or request_id = any ((select app_ids('chaired'))::uuid[]) or content_reached(district_id, request_id));
alter policy conference_side on support_conference using (
  request_id = (select app_id('opened')) or content_reached(district_id, request_id));
alter policy minutes_side on support_minutes using (
  request_id = (select app_id('opened')) or content_reached(district_id, request_id));
alter policy opinion_asker on support_opinion using (opinions_told(district_id, request_id));
alter policy opinion_round on support_opinion using (
  (select app_id('expert')) is not null and opinions_shared(district_id, round_id));
alter policy event_timeline on event using (
  request_ref is not null and district_id = (select app_id('district'))
  and (request_ref = (select app_id('found')) or request_reached(district_id, request_ref)));

-- The history of a row: what changed, without a join of all columns; and nothing where only the moment of the last change moved, since
-- whatever moved it has an event and a row of its own.
create or replace function keep_history() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
declare
  was jsonb := case when tg_op = 'INSERT' then null else to_jsonb(old) end;
  is_now jsonb := case when tg_op = 'DELETE' then null else to_jsonb(new) end;
  one jsonb := coalesce(is_now, was);
begin
  if tg_op = 'UPDATE' then
    if was - 'updated_at' = is_now - 'updated_at' then return null; end if;
    -- Only what changed is kept, so that a busy record does not copy its narrative again and again.
    select jsonb_object_agg(o.key, o.value), jsonb_object_agg(o.key, one -> o.key) into was, is_now
    from jsonb_each(was) as o where one -> o.key is distinct from o.value;
  end if;
  insert into row_history (district_id, table_name, row_id, operation, actor_id, account_id, http_request, before, after)
  values ((one ->> 'district_id')::uuid, tg_table_name, (one ->> coalesce(tg_argv[0], 'id'))::uuid, tg_op,
          app_id('person'), app_id('account'), app_text('http_request'), was, is_now);
  return null;
end $$;
