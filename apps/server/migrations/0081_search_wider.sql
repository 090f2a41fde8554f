-- The search reaches every record of casework: what has to be done after a visit, filled forms, crises and violence at home, records under a
-- line of support, groups and their sessions, activities, relief cases. As in 0076 the words stand in an index over the record itself, and
-- nowhere else.

-- The words of a document, one line each. Codes and ids are not words of anybody.
create function search_strings(told jsonb) returns text language sql immutable parallel safe as $$
  select coalesce(string_agg(v #>> '{}', chr(10)), '') from jsonb_path_query($1, 'strict $.**') as v
  where jsonb_typeof(v) = 'string' and v #>> '{}' !~ '^([a-z][a-z0-9-]*|[0-9a-f]{8}-[0-9a-f-]{27})$'
$$;

-- A record's words know the file under which they stand, as its register does.
alter table form_answer_content add column case_id uuid;
alter table alarm_content add column case_id uuid;
alter table group_session_content add column group_id uuid;
alter table form_answer_content disable trigger history;
alter table alarm_content disable trigger history;
alter table group_session_content disable trigger history;
update form_answer_content t set case_id = a.case_id from form_answer a where a.district_id = t.district_id and a.id = t.id;
update alarm_content t set case_id = a.case_id from alarm a where a.district_id = t.district_id and a.id = t.id;
update group_session_content t set group_id = s.group_id from group_session s where s.district_id = t.district_id and s.id = t.id;
alter table form_answer_content enable trigger history;
alter table alarm_content enable trigger history;
alter table group_session_content enable trigger history;
create function words_know_their_file() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'form_answer_content' then
    select a.case_id into new.case_id from form_answer a where a.district_id = new.district_id and a.id = new.id;
  elsif tg_table_name = 'alarm_content' then
    select a.case_id into new.case_id from alarm a where a.district_id = new.district_id and a.id = new.id;
  else
    select s.group_id into new.group_id from group_session s where s.district_id = new.district_id and s.id = new.id;
  end if;
  return new;
end $$;
create trigger knows_file before insert on form_answer_content for each row execute function words_know_their_file();
create trigger knows_file before insert on alarm_content for each row execute function words_know_their_file();
create trigger knows_file before insert on group_session_content for each row execute function words_know_their_file();

create index visit_action_words on visit_action
  using gin (search_words(case_id, search_joined(array[what, by_whom, done_says]))) with (fastupdate = off);
create index form_answer_content_words on form_answer_content using gin (search_words(case_id, search_strings(answers))) with (fastupdate = off);
create index alarm_content_words on alarm_content
  using gin (search_words(case_id, search_joined(array[trigger, scale, relation]))) with (fastupdate = off);
create index alarm_entry_words on alarm_entry using gin (search_words(case_id, search_strings(body))) with (fastupdate = off);
create index support_response_content_words on support_response_content
  using gin (search_words(id, search_strings(content))) with (fastupdate = off);
create index service_group_content_words on service_group_content using gin (search_words(id, search_joined(array[idea, goals, audience,
  recruiting, search_strings(sessions), search_strings(risks), search_strings(indicators), search_strings(closing), cancel_says])))
  with (fastupdate = off);
create index group_session_content_words on group_session_content
  using gin (search_words(group_id, search_joined(array[title, aim, process, dynamics_says, reached_says, next, cancel_says])))
  with (fastupdate = off);
create index activity_content_words on activity_content using gin (search_words(id, search_joined(array[aims, summary]))) with (fastupdate = off);
create index relief_content_words on relief_content
  using gin (search_words(id, search_joined(array[need_says, link_says, one_line_says, feedback_says, close_says]))) with (fastupdate = off);
create index relief_item_words on relief_item
  using gin (search_words(relief_id, search_joined(array[what, from_whom, void_says]))) with (fastupdate = off);
do $$
declare one text;
begin
  foreach one in array array['visit_action', 'form_answer_content', 'alarm_content', 'alarm_entry', 'support_response_content',
    'service_group_content', 'group_session_content', 'activity_content', 'relief_content', 'relief_item'] loop
    execute format('alter index %I alter column 1 set statistics 0', one || '_words');
  end loop;
end $$;

-- As 0076 says it: ids and days of one kind, of these files only, looked up by the two dozen. A file is a case; of other records the request,
-- the response, the group, the activity, the relief case.
create or replace function search_candidates(kind text, files uuid[], pairs text[], from_day date, to_day date) returns table (id uuid, on_day date)
language plpgsql stable rows 500 security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  d uuid := app_id('district');
  part uuid[];
  tokens text[];
begin
  if d is null or app_text('professional') is distinct from '1' or cardinality(pairs) = 0 then return; end if;
  if kind in ('request', 'response') and app_text('centre') = '1' and cardinality(files) = 0 then
    if kind = 'request' then
      return query select q.id, (q.created_at at time zone 'Asia/Shanghai')::date
        from support_content t join support_request q on q.district_id = t.district_id and q.id = t.id
        where search_words(t.id, t.story || chr(10) || t.tried || chr(10) || t.asks || chr(10) || t.household) @> pairs and t.district_id = d
          and (from_day is null or (q.created_at at time zone 'Asia/Shanghai')::date >= from_day)
          and (to_day is null or (q.created_at at time zone 'Asia/Shanghai')::date <= to_day);
    else
      return query select s.id, coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date)
        from support_response_content t join support_response s on s.district_id = t.district_id and s.id = t.id
        where search_words(t.id, search_strings(t.content)) @> pairs and t.district_id = d
          and (from_day is null or coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date) >= from_day)
          and (to_day is null or coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date) <= to_day);
    end if;
    return;
  end if;
  for part, tokens in select array_agg(f), array_agg('c' || f) from unnest(files) with ordinality as u(f, at) group by at / 24 loop
    if kind = 'note' then
      return query select n.id, n.happened_on from case_note n
        where search_words(n.case_id, n.body) @> pairs and search_words(n.case_id, n.body) && tokens and n.district_id = d
          and (from_day is null or n.happened_on >= from_day) and (to_day is null or n.happened_on <= to_day);
    elsif kind = 'visit' then
      return query select v.id, coalesce(v.visited_on, v.planned_on, date '1900-01-01')
        from visit_content t join visit v on v.district_id = t.district_id and v.id = t.id
        where search_words(t.case_id, search_joined(array[t.why, t.health_says, t.safety_says, t.life_says, t.says, t.alone_reason])) @> pairs
          and search_words(t.case_id, search_joined(array[t.why, t.health_says, t.safety_says, t.life_says, t.says, t.alone_reason])) && tokens
          and t.district_id = d
          and (from_day is null or coalesce(v.visited_on, v.planned_on) >= from_day)
          and (to_day is null or coalesce(v.visited_on, v.planned_on) <= to_day);
    elsif kind = 'action' then
      return query select x.id, x.until from visit_action x
        where search_words(x.case_id, search_joined(array[x.what, x.by_whom, x.done_says])) @> pairs
          and search_words(x.case_id, search_joined(array[x.what, x.by_whom, x.done_says])) && tokens and x.district_id = d
          and (from_day is null or x.until >= from_day) and (to_day is null or x.until <= to_day);
    elsif kind = 'paper' then
      return query select p.id, p.happened_on from case_paper_content t join case_paper p on p.district_id = t.district_id and p.id = t.id
        where search_words(t.case_id, t.told || chr(10) || t.answer) @> pairs and search_words(t.case_id, t.told || chr(10) || t.answer) && tokens
          and t.district_id = d
          and (from_day is null or p.happened_on >= from_day) and (to_day is null or p.happened_on <= to_day);
    elsif kind = 'form' then
      return query select a.id, (a.saved_at at time zone 'Asia/Shanghai')::date
        from form_answer_content t join form_answer a on a.district_id = t.district_id and a.id = t.id
        where search_words(t.case_id, search_strings(t.answers)) @> pairs and search_words(t.case_id, search_strings(t.answers)) && tokens
          and t.district_id = d
          and (from_day is null or (a.saved_at at time zone 'Asia/Shanghai')::date >= from_day)
          and (to_day is null or (a.saved_at at time zone 'Asia/Shanghai')::date <= to_day);
    elsif kind = 'alarm' then
      return query select a.id, (a.registered_at at time zone 'Asia/Shanghai')::date
        from alarm_content t join alarm a on a.district_id = t.district_id and a.id = t.id
        where search_words(t.case_id, search_joined(array[t.trigger, t.scale, t.relation])) @> pairs
          and search_words(t.case_id, search_joined(array[t.trigger, t.scale, t.relation])) && tokens and t.district_id = d
          and (from_day is null or (a.registered_at at time zone 'Asia/Shanghai')::date >= from_day)
          and (to_day is null or (a.registered_at at time zone 'Asia/Shanghai')::date <= to_day);
      return query select e.id, (e.at at time zone 'Asia/Shanghai')::date from alarm_entry e
        where search_words(e.case_id, search_strings(e.body)) @> pairs and search_words(e.case_id, search_strings(e.body)) && tokens
          and e.district_id = d
          and (from_day is null or (e.at at time zone 'Asia/Shanghai')::date >= from_day)
          and (to_day is null or (e.at at time zone 'Asia/Shanghai')::date <= to_day);
    elsif kind = 'case' then
      return query select f.id, f.opened_on from case_content t join case_file f on f.district_id = t.district_id and f.id = t.id
        where search_words(t.id, t.summary || chr(10) || t.household) @> pairs and search_words(t.id, t.summary || chr(10) || t.household) && tokens
          and t.district_id = d
          and (from_day is null or f.opened_on >= from_day) and (to_day is null or f.opened_on <= to_day);
    elsif kind = 'request' then
      return query select q.id, (q.created_at at time zone 'Asia/Shanghai')::date
        from support_content t join support_request q on q.district_id = t.district_id and q.id = t.id
        where search_words(t.id, t.story || chr(10) || t.tried || chr(10) || t.asks || chr(10) || t.household) @> pairs
          and search_words(t.id, t.story || chr(10) || t.tried || chr(10) || t.asks || chr(10) || t.household) && tokens and t.district_id = d
          and (from_day is null or (q.created_at at time zone 'Asia/Shanghai')::date >= from_day)
          and (to_day is null or (q.created_at at time zone 'Asia/Shanghai')::date <= to_day);
    elsif kind = 'response' then
      return query select s.id, coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date)
        from support_response_content t join support_response s on s.district_id = t.district_id and s.id = t.id
        where search_words(t.id, search_strings(t.content)) @> pairs and search_words(t.id, search_strings(t.content)) && tokens
          and t.district_id = d
          and (from_day is null or coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date) >= from_day)
          and (to_day is null or coalesce(s.held_on, (s.opened_at at time zone 'Asia/Shanghai')::date) <= to_day);
    elsif kind = 'group' then
      -- A title stands in the register: the few of these files are looked at one by one.
      return query select g.id, coalesce(g.starts_on, (g.updated_at at time zone 'Asia/Shanghai')::date) from service_group g
        where g.district_id = d and g.id in (
            select t.id from service_group_content t
            where search_words(t.id, search_joined(array[t.idea, t.goals, t.audience, t.recruiting, search_strings(t.sessions),
                search_strings(t.risks), search_strings(t.indicators), search_strings(t.closing), t.cancel_says])) @> pairs
              and search_words(t.id, search_joined(array[t.idea, t.goals, t.audience, t.recruiting, search_strings(t.sessions),
                search_strings(t.risks), search_strings(t.indicators), search_strings(t.closing), t.cancel_says])) && tokens
              and t.district_id = d
            union select o.id from service_group o where o.district_id = d and o.id = any (part) and search_pairs(o.title) @> pairs)
          and (from_day is null or coalesce(g.starts_on, (g.updated_at at time zone 'Asia/Shanghai')::date) >= from_day)
          and (to_day is null or coalesce(g.starts_on, (g.updated_at at time zone 'Asia/Shanghai')::date) <= to_day);
    elsif kind = 'session' then
      return query select s.id, coalesce(s.held_on, s.planned_on)
        from group_session_content t join group_session s on s.district_id = t.district_id and s.id = t.id
        where search_words(t.group_id, search_joined(array[t.title, t.aim, t.process, t.dynamics_says, t.reached_says, t.next, t.cancel_says]))
            @> pairs
          and search_words(t.group_id, search_joined(array[t.title, t.aim, t.process, t.dynamics_says, t.reached_says, t.next, t.cancel_says]))
            && tokens
          and t.district_id = d
          and (from_day is null or coalesce(s.held_on, s.planned_on) >= from_day)
          and (to_day is null or coalesce(s.held_on, s.planned_on) <= to_day);
    elsif kind = 'activity' then
      return query select v.id, (v.starts_at at time zone 'Asia/Shanghai')::date from activity v
        where v.district_id = d and v.id in (
            select t.id from activity_content t
            where search_words(t.id, search_joined(array[t.aims, t.summary])) @> pairs
              and search_words(t.id, search_joined(array[t.aims, t.summary])) && tokens and t.district_id = d
            union select o.id from activity o where o.district_id = d and o.id = any (part) and search_pairs(o.title) @> pairs)
          and (from_day is null or (v.starts_at at time zone 'Asia/Shanghai')::date >= from_day)
          and (to_day is null or (v.starts_at at time zone 'Asia/Shanghai')::date <= to_day);
    elsif kind = 'relief' then
      return query select c.id, c.screened_on from relief_content t join relief_case c on c.district_id = t.district_id and c.id = t.id
        where search_words(t.id, search_joined(array[t.need_says, t.link_says, t.one_line_says, t.feedback_says, t.close_says])) @> pairs
          and search_words(t.id, search_joined(array[t.need_says, t.link_says, t.one_line_says, t.feedback_says, t.close_says])) && tokens
          and t.district_id = d
          and (from_day is null or c.screened_on >= from_day) and (to_day is null or c.screened_on <= to_day);
      return query select i.id, i.on_day from relief_item i
        where search_words(i.relief_id, search_joined(array[i.what, i.from_whom, i.void_says])) @> pairs
          and search_words(i.relief_id, search_joined(array[i.what, i.from_whom, i.void_says])) && tokens and i.district_id = d
          and (from_day is null or i.on_day >= from_day) and (to_day is null or i.on_day <= to_day);
    end if;
  end loop;
end $$;
revoke all on function words_know_their_file() from public;

-- ── Everyday reading: asked once a statement, not once a row ──────────────────────────────────────────────────────────────────────

-- Acts of service by the thousand stand in a ledger; of each was asked by itself whether its case is sealed. The few sealed cases of a
-- district are looked up once instead: the same rows stay hidden.
create index case_file_sealed on case_file (district_id, id) where sealed_at is not null;
create function sealed_cases() returns uuid[] language sql stable security definer set search_path = public, pg_temp as $$
  select array(select f.id from case_file f where f.district_id = app_id('district') and f.sealed_at is not null)
$$;
revoke all on function sealed_cases() from public;
grant execute on function sealed_cases() to jieyou_app;
alter policy not_sealed on service_contact using (
  case_id is null or case_id = (select app_id('opened_case')) or case_id <> all ((select sealed_cases())::uuid[]));
