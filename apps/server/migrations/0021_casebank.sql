-- Published cases whose text holds all these pairs of neighbouring characters. Making the pairs of a text costs milliseconds, and the
-- planner does not know it: for a common word it would rather make them anew for every row than read the index. Inside this function it
-- has no other way than the index. Recalled cases are left out by the caller, lest a partial index offer one.
create function casebank_with_pairs(pairs text[]) returns setof uuid
language sql stable rows 500 set search_path = public, pg_temp set enable_seqscan = off as $$
  select id from casebank_entry where zh_bigrams(search_text) @> $1
$$;
grant execute on function casebank_with_pairs(text[]) to jieyou_app;
