-- An archive is closed with its request: after a stop, a sealing or a destruction nobody finds it; the job still clears its file away.
create policy only_kept on request_archive as restrictive for select using (
  (select app_text('platform')) = '1' or request_in_use(district_id, request_id));

-- What the profession of the district shares is not for the three administrators, who have no part in it: the door refuses them, and so
-- does the database.
do $$
declare one text;
begin
  foreach one in array array['competition', 'competition_judge', 'competition_entry', 'competition_text', 'competition_recusal', 'competition_score',
    'competition_objection', 'seminar_series', 'seminar', 'seminar_member', 'seminar_case', 'research_output', 'research_output_source'] loop
    execute format($p$create policy for_the_profession on %I as restrictive using (
      (select app_text('professional')) = '1' or (select app_text('platform')) = '1')$p$, one);
  end loop;
end $$;
