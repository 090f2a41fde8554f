-- Search of professional records by any two characters. The words of a record stand in an index over the record itself and nowhere else:
-- what is changed is found by its new words, what is erased or sealed is found no more, and there is no second copy of anybody's story.

-- Letters small, full width as half width; one character for one, so that places stay where they are. The same table stands in
-- core/search/words.ts; a test compares both. Most texts have no such letter, and looking costs a tenth of changing.
create function search_fold(told text) returns text language sql immutable parallel safe as $$
  select case when told ~ '[A-ZＡ-Ｚａ-ｚ０-９]' then translate(told,
    'ABCDEFGHIJKLMNOPQRSTUVWXYZＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ０１２３４５６７８９',
    'abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz0123456789') else told end
$$;

-- Pairs of neighbouring characters. Linear in the length. Dear, so that the planner never makes them where it can look.
create function search_pairs(told text) returns text[] language plpgsql immutable parallel safe cost 20000 as $$
declare
  c text[] := string_to_array(public.search_fold(told), null);
begin
  return array(select one || two from unnest(c[:cardinality(c) - 1], c[2:]) as u(one, two));
end $$;
create function search_joined(told text[]) returns text language sql immutable parallel safe as $$
  select array_to_string(told, chr(10))
$$;
-- The pairs of a record beside the file under which it stands: looked up together, the few rows of a few files are met at once,
-- however common the word is in the district.
create function search_words(file uuid, told text) returns text[] language sql immutable parallel safe cost 20000 as $$
  select public.search_pairs(told) || ('c' || file)::text
$$;

-- A record's words know their case, as its register does.
alter table visit_content add column case_id uuid;
alter table case_paper_content add column case_id uuid;
alter table visit_content disable trigger history;
alter table case_paper_content disable trigger history;
update visit_content t set case_id = v.case_id from visit v where v.district_id = t.district_id and v.id = t.id;
update case_paper_content t set case_id = p.case_id from case_paper p where p.district_id = t.district_id and p.id = t.id;
alter table visit_content enable trigger history;
alter table case_paper_content enable trigger history;
create function words_know_their_case() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'visit_content' then
    select v.case_id into new.case_id from visit v where v.district_id = new.district_id and v.id = new.id;
  else
    select p.case_id into new.case_id from case_paper p where p.district_id = new.district_id and p.id = new.id;
  end if;
  return new;
end $$;
create trigger knows_case before insert on visit_content for each row execute function words_know_their_case();
create trigger knows_case before insert on case_paper_content for each row execute function words_know_their_case();

-- Without a list of what is still to be sorted in: every search would read all of that list, two dozen files at a time.
create index case_note_words on case_note using gin (search_words(case_id, body)) with (fastupdate = off);
create index case_content_words on case_content using gin (search_words(id, summary || chr(10) || household)) with (fastupdate = off);
create index visit_content_words on visit_content
  using gin (search_words(case_id, search_joined(array[why, health_says, safety_says, life_says, says, alone_reason]))) with (fastupdate = off);
create index case_paper_content_words on case_paper_content using gin (search_words(case_id, told || chr(10) || answer)) with (fastupdate = off);
create index support_content_words on support_content
  using gin (search_words(id, story || chr(10) || tried || chr(10) || asks || chr(10) || household)) with (fastupdate = off);

-- The words of an index are not worth counting: a sample would make the pairs of thirty thousand texts at every analysis.
alter index case_note_words alter column 1 set statistics 0;
alter index case_content_words alter column 1 set statistics 0;
alter index visit_content_words alter column 1 set statistics 0;
alter index case_paper_content_words alter column 1 set statistics 0;
alter index support_content_words alter column 1 set statistics 0;

-- Where the pairs stand: ids and days of one kind, of these files only. A policy keeps PostgreSQL from looking into such an index, so the
-- ids are found here, and every row is then read by its id under its policies, which decide as everywhere. Files are asked for that the
-- person has just been shown; the centre, which reads all requests of its district, names none. The index compares each place with every
-- file of one look, so that many files at once cost their square: they are looked up by the two dozen.
create function search_candidates(kind text, files uuid[], pairs text[], from_day date, to_day date) returns table (id uuid, on_day date)
language plpgsql stable rows 500 security definer set search_path = public, pg_temp set enable_seqscan = off as $$
declare
  d uuid := app_id('district');
  tokens text[];
begin
  if d is null or app_text('professional') is distinct from '1' or cardinality(pairs) = 0 then return; end if;
  if kind = 'request' and app_text('centre') = '1' and cardinality(files) = 0 then
    return query select q.id, (q.created_at at time zone 'Asia/Shanghai')::date
      from support_content t join support_request q on q.district_id = t.district_id and q.id = t.id
      where search_words(t.id, t.story || chr(10) || t.tried || chr(10) || t.asks || chr(10) || t.household) @> pairs and t.district_id = d
        and (from_day is null or (q.created_at at time zone 'Asia/Shanghai')::date >= from_day)
        and (to_day is null or (q.created_at at time zone 'Asia/Shanghai')::date <= to_day);
    return;
  end if;
  for tokens in select array_agg('c' || f) from unnest(files) with ordinality as u(f, at) group by at / 24 loop
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
    elsif kind = 'paper' then
      return query select p.id, p.happened_on from case_paper_content t join case_paper p on p.district_id = t.district_id and p.id = t.id
        where search_words(t.case_id, t.told || chr(10) || t.answer) @> pairs and search_words(t.case_id, t.told || chr(10) || t.answer) && tokens
          and t.district_id = d
          and (from_day is null or p.happened_on >= from_day) and (to_day is null or p.happened_on <= to_day);
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
    end if;
  end loop;
end $$;
revoke all on function words_know_their_case(), search_candidates(text, uuid[], text[], date, date) from public;
grant execute on function search_candidates(text, uuid[], text[], date, date) to jieyou_app;

-- A person is reached through a case, as before; asked person by person. As a part of the policy the question became a list of all cases of
-- the district, made anew for every statement that read one person.
create function recipient_served(district uuid, person uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from case_file f where f.district_id = $1 and f.recipient_id = $2);
end $$;
revoke all on function recipient_served(uuid, uuid) from public;
grant execute on function recipient_served(uuid, uuid) to jieyou_app;
alter policy recipient_reach on recipient using (
  sealed_at is null and district_id = (select app_id('district')) and (
    recipient_served(district_id, coalesce(merged_into, id))
    or (on_register and merged_into is null and (worker_id = any ((select app_ids('worker_selves'))::uuid[])
      or station_id = any ((select app_ids('head_stations'))::uuid[])))
    or (merged_into is null and worker_id = any ((select app_ids('worker_selves'))::uuid[]) and not recipient_attached(district_id, id))));
