-- What the form of a process record (个案过程记录) asks beside the summary: where, the aim of this time, how the person was, what the worker
-- thinks of it, and the plan for the next time. A note in passing has none of them; where one is written, all five stand, empty ones too.
alter table case_note
  add column place text,
  add column goal text,
  add column state text,
  add column reflection text,
  add column next_plan text,
  add constraint case_note_parts check (num_nulls(place, goal, state, reflection, next_plan) in (0, 5));

-- As 0090 says it; the parts are sought with the words, and a note without them is compared as before.
create or replace function search_notes(files uuid[], words text[], plain boolean, from_day date, to_day date) returns table (id uuid, on_day date)
language plpgsql stable rows 500 security definer
set search_path = public, pg_temp set enable_seqscan = off set plan_cache_mode = force_generic_plan as $$
declare
  d uuid := app_id('district');
begin
  if d is null or app_text('professional') is distinct from '1' or cardinality(words) = 0 then return; end if;
  return query select n.id, n.happened_on
    from case_note n cross join lateral (
      select case when n.goal is null then n.body else n.body || chr(10) || n.place || chr(10) || n.goal || chr(10) || n.state || chr(10)
        || n.reflection || chr(10) || n.next_plan end as told) t
    where n.district_id = d and n.case_id = any(files)
      and strpos(case when plain then t.told else search_fold(t.told) end, words[1]) > 0
      and (cardinality(words) = 1
        or (select bool_and(strpos(case when plain then t.told else search_fold(t.told) end, w) > 0) from unnest(words[2:]) as w))
      and (from_day is null or n.happened_on >= from_day) and (to_day is null or n.happened_on <= to_day);
end $$;
