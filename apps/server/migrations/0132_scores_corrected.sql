-- A paper of a case keeps the scores that it cites as they were. Where the form behind one was corrected afterwards, what the scale comes to now
-- is told beside the paper. Runs as the caller: whose papers and forms, the policies say.
create function scores_corrected(papers uuid[]) returns table (paper_id uuid, answer_id uuid, scale text, by uuid, score int, most int, band text,
  at timestamptz)
language sql stable set search_path = public, pg_temp as $$
  select p.id, c.id, c.scale, n.id, (r.one ->> 'score')::int, (r.one ->> 'most')::int, r.one ->> 'band', n.submitted_at
  from case_paper p join case_paper_content t on t.district_id = p.district_id and t.id = p.id
    cross join lateral (select distinct (o ->> 'answerId')::uuid as id, o ->> 'scale' as scale
      from jsonb_path_query(t.content, 'strict $.** ? (exists (@.answerId))') o) c
    join form_answer a on a.district_id = p.district_id and a.case_id = p.case_id and a.id = c.id and a.status = 'replaced'
    join form_answer n on n.district_id = a.district_id and n.case_id = a.case_id and n.root_id = a.root_id and n.revision > a.revision
      and n.status in ('submitted', 'signed')
    join form_answer_content k on k.district_id = n.district_id and k.id = n.id
    cross join lateral jsonb_array_elements(k.results) r(one)
  where p.district_id = app_id('district') and p.id = any ($1) and r.one ->> 'scale' = c.scale
$$;

-- The same for whoever signs a paper and reads no form of the case: of this paper and of what lies beside it, and only the score.
create function scores_corrected_before(paper uuid) returns table (paper_id uuid, answer_id uuid, scale text, by uuid, score int, most int,
  band text, at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select s.* from case_of_paper($1) f cross join lateral scores_corrected(array[$1] || array(select b.id from papers_beside($1) b)) s
$$;
revoke all on function scores_corrected(uuid[]), scores_corrected_before(uuid) from public;
grant execute on function scores_corrected(uuid[]), scores_corrected_before(uuid) to jieyou_app;
