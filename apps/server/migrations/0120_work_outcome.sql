-- What came of work (YC-11): a case whose goal is work says at its closing, and again when it is followed up, whether somebody has it. The
-- papers hold what was written; the register holds what stands now, by which cases are found and counted. A reopened case says nothing yet.

alter table case_file
  add column work_outcome text check (work_outcome in ('full-time', 'flexible', 'own-business', 'training', 'not-employed', 'not-applicable')),
  add column work_on date,
  add column work_place text check (work_place in ('enterprise', 'sheltered', 'public-post', 'institution', 'social', 'home', 'own', 'other')),
  -- The day it was said: of the closing, or of the last follow-up that asked.
  add column work_seen_on date;

-- As in 0066; with the closing that is signed, what it says of work stands in the register.
create or replace function decide_case_paper(paper uuid, seen int, signs boolean, to_stage text, says text) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  p case_paper;
  f case_file;
  w jsonb;
begin
  select x.* into p from case_paper x where x.district_id = app_id('district') and x.id = $1 and x.status = 'sent' and x.version = seen
    and (x.signer_id = any (app_ids('selves')) or x.station_id = any (app_ids('head_stations')))
    and x.author_id <> all (app_ids('selves')) for update;
  if p.id is null then return null; end if;
  select x.* into f from case_file x where x.district_id = p.district_id and x.id = p.case_id and x.worker_id <> all (app_ids('selves'))
    and x.sealed_at is null and x.stopped_at is null and x.destroyed_at is null
    and x.stage = case p.kind when 'plan' then 'plan-signing' else 'closing-signing' end for update;
  if f.id is null then return null; end if;
  update case_paper x set status = case when signs then 'signed' else 'returned' end, decided_by = app_id('person'), decided_at = app_now(),
    version = x.version + 1 where x.district_id = p.district_id and x.id = p.id;
  update case_paper_content x set answer = says where x.district_id = p.district_id and x.id = p.id;
  if to_stage = 'closed' then
    select t.content #> '{closing,work}' into w from case_paper_content t where t.district_id = p.district_id and t.id = p.id;
  end if;
  update case_file x set stage = to_stage, stage_since = app_now(), updated_at = app_now(), version = x.version + 1, stage_before = null,
    status = case when to_stage = 'closed' then 'closed' else x.status end,
    closed_on = case when to_stage = 'closed' then app_today() else x.closed_on end,
    closing_kind = case when to_stage = 'closed' then p.outcome else x.closing_kind end,
    next_follow_up_on = case when to_stage = 'closed' then p.due_on else x.next_follow_up_on end,
    assessment_due_on = case when to_stage = 'closed' then null else x.assessment_due_on end,
    work_outcome = case when to_stage = 'closed' then w ->> 'outcome' else x.work_outcome end,
    work_on = case when to_stage = 'closed' then (w ->> 'onDay')::date else x.work_on end,
    work_place = case when to_stage = 'closed' then w ->> 'place' else x.work_place end,
    work_seen_on = case when to_stage = 'closed' and w ->> 'outcome' is not null then app_today() when to_stage = 'closed' then null
      else x.work_seen_on end
  where x.district_id = f.district_id and x.id = f.id;
  return p.version + 1;
end $$;
