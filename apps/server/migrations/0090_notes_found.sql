-- Notes are compared with the words themselves. A worker's cases hold some thousands of notes, and reading them along their cases costs the
-- same for every word; the index of pairs cost more the commoner a word was in the district, since each of its long lists had to be unpacked
-- anew for every two dozen cases, and pairs that stand apart led to notes that were then read in vain. The index goes: a note is stored with
-- less work, and its words stand in one place less.
drop index case_note_words;

-- Ids and days of the notes of these cases that hold all the words; folded words are sought in the folded text. As search_candidates it only
-- says where to look: every note is then read by its id under its policies, which decide as everywhere. Planned once: a plan made for each
-- list of cases would cost as much as a tenth of the search.
create function search_notes(files uuid[], words text[], plain boolean, from_day date, to_day date) returns table (id uuid, on_day date)
language plpgsql stable rows 500 security definer
set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  d uuid := app_id('district');
begin
  if d is null or app_text('professional') is distinct from '1' or cardinality(words) = 0 then return; end if;
  return query select n.id, n.happened_on from case_note n
    where n.district_id = d and n.case_id = any(files)
      and strpos(case when plain then n.body else search_fold(n.body) end, words[1]) > 0
      and (cardinality(words) = 1
        or (select bool_and(strpos(case when plain then n.body else search_fold(n.body) end, w) > 0) from unnest(words[2:]) as w))
      and (from_day is null or n.happened_on >= from_day) and (to_day is null or n.happened_on <= to_day);
end $$;
revoke all on function search_notes(uuid[], text[], boolean, date, date) from public;
grant execute on function search_notes(uuid[], text[], boolean, date, date) to jieyou_app;

-- A case that the statement before found under its policy need not be found again for each of its notes.
--   app.searched   cases of the person who searches, noted in the select list of the statement that finds them.
alter policy case_note_reach on case_note using (
  case_id = (select app_id('opened_case'))
  or case_id = any ((select app_ids('searched'))::uuid[])
  or case_reached(district_id, case_id));

-- As 0081 says it, without the notes.
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
    if kind = 'visit' then
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
