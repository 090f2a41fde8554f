-- Forms of groups and activities (小组、社区活动的表单): a form stands under a case, under a group (the whole of it, one session, or one member), or
-- under an activity. Whoever reads what it stands under reads it, and nobody else; whoever leads writes.
alter table form_answer alter column case_id drop not null,
  drop constraint form_answer_subject_kind_check,
  add column group_id uuid,
  add column session_id uuid,
  add column member_id uuid,
  add column activity_id uuid,
  add foreign key (district_id, group_id) references service_group (district_id, id),
  add foreign key (district_id, session_id) references group_session (district_id, id),
  -- By this reference sealing, stop, destruction and copies find what was measured of one person.
  add foreign key (district_id, member_id) references group_member (district_id, id),
  add foreign key (district_id, activity_id) references activity (district_id, id),
  add constraint form_answer_subject check (subject_kind in ('case', 'group', 'activity') and (subject_kind = 'case') = (case_id is not null)
    and (subject_kind = 'group') = (group_id is not null) and (subject_kind = 'activity') = (activity_id is not null)
    and (group_id is not null or (session_id is null and member_id is null)) and (session_id is null or member_id is null));
create index form_answer_by_group on form_answer (district_id, group_id, id desc) where group_id is not null;
create index form_answer_by_session on form_answer (district_id, session_id) where session_id is not null;
create index form_answer_by_member on form_answer (district_id, member_id) where member_id is not null;
create index form_answer_by_activity on form_answer (district_id, activity_id, id desc) where activity_id is not null;

-- Runs as the caller: the policy of the register decides.
create function activity_in_hand(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from activity a where a.district_id = $1 and a.id = $2
    and (a.lead_id = any (app_ids('worker_selves')) or a.co_lead_ids && app_ids('worker_selves')));
end $$;
revoke all on function activity_in_hand(uuid, uuid) from public;
grant execute on function activity_in_hand(uuid, uuid) to jieyou_app;

-- Of a member who is sealed not even the form: the policy of members decides.
alter policy form_answer_reach on form_answer using (case subject_kind
  when 'case' then case_id = (select app_id('opened_case')) or case_reached(district_id, case_id)
  when 'group' then group_reached(district_id, group_id) and (member_id is null or group_member_reached(district_id, member_id))
  else activity_reached(district_id, activity_id) end);
-- Whoever leads begins a form, on a session and a member of this very group.
create policy led_new on form_answer as restrictive for insert with check (case subject_kind
  when 'case' then true
  when 'group' then group_in_hand(district_id, group_id)
    and (session_id is null or exists (select 1 from group_session s where s.district_id = form_answer.district_id
      and s.id = form_answer.session_id and s.group_id = form_answer.group_id))
    and (member_id is null or (group_member_in_hand(district_id, member_id) and exists (select 1 from group_member m
      where m.district_id = form_answer.district_id and m.id = form_answer.member_id and m.group_id = form_answer.group_id)))
  else activity_in_hand(district_id, activity_id) end);
-- What concerns a member whose data rest is written on by nobody.
create policy only_kept_member on form_answer as restrictive for update using (member_id is null or not exists (
  select 1 from group_member m where m.district_id = form_answer.district_id and m.id = form_answer.member_id
    and recipient_stands_still(m.district_id, m.recipient_id)));

-- Signatures by hand on a form that stands under no case are reached by the form.
alter table signature alter column case_id drop not null, add check (case_id is not null or subject_kind = 'form');
create index signature_by_form on signature (district_id, subject_id) where case_id is null;
alter policy signature_reach on signature using (case when case_id is null then form_answer_reached(district_id, subject_id)
  else case_id = (select app_id('opened_case')) or case_reached(district_id, case_id) end);

-- The search knows the words of a form by what it stands under: a case, a group or an activity.
create or replace function words_know_their_file() returns trigger language plpgsql set search_path = public, pg_temp as $$
begin
  if tg_table_name = 'form_answer_content' then
    select coalesce(a.case_id, a.group_id, a.activity_id) into new.case_id
      from form_answer a where a.district_id = new.district_id and a.id = new.id;
  elsif tg_table_name = 'alarm_content' then
    select a.case_id into new.case_id from alarm a where a.district_id = new.district_id and a.id = new.id;
  else
    select s.group_id into new.group_id from group_session s where s.district_id = new.district_id and s.id = new.id;
  end if;
  return new;
end $$;
