-- Forms that the head or a supervisor signs (督导签署): where the template says so, its author lays a form before the own supervisor. It is seen
-- while it waits, by that supervisor or the deputy of one who is away, and nothing else of what it stands under.
alter table form_template drop constraint form_template_signer_check,
  add constraint form_template_signer_check check (signer in ('nobody', 'head', 'head-or-supervisor'));
-- Before whom it lies; null where the head of the station signs.
alter table form_answer add column signer_id uuid references person,
  add constraint form_answer_signer check (signer_id <> author_id);
create index form_answer_of_signer on form_answer (district_id, signer_id) where status = 'waiting' and signer_id is not null;
grant update (signer_id) on form_answer to jieyou_app;

-- Supervisors of somebody today; where none is named, every supervisor of the district. Never the asked one.
create function supervisors_of(worker uuid) returns table (id uuid, name text)
language sql stable set search_path = public, pg_temp as $$
  with there as (
    select distinct p.id, p.name, exists (select 1 from supervision_relation s where s.district_id = r.district_id and s.supervisor_id = p.id
        and s.worker_person_id = $1 and s.from_day <= app_today() and (s.to_day is null or s.to_day >= app_today())) as own
    from role_assignment r join person p on p.id = r.person_id
    where r.district_id = app_id('district') and r.role = 'supervisor' and p.id <> $1
      and r.valid_from <= app_today() and (r.valid_to is null or r.valid_to >= app_today()))
  select t.id, t.name from there t where t.own or not exists (select 1 from there o where o.own) order by t.name, t.id
$$;

-- Whether what a form stands under still is for others: a case that is sealed or rests, and a member who is or does, are not.
create function form_file_is_open(district uuid, one_case uuid, member uuid) returns boolean
language sql stable cost 1000 security definer set search_path = public, pg_temp as $$
  select (one_case is null or exists (select 1 from case_file f where f.district_id = $1 and f.id = one_case
      and f.sealed_at is null and f.stopped_at is null and f.destroyed_at is null))
    and (member is null or exists (select 1 from group_member m where m.district_id = $1 and m.id = member
      and not recipient_stands_still(m.district_id, m.recipient_id)))
$$;
create policy form_answer_signer on form_answer for select using (
  district_id = (select app_id('district')) and status = 'waiting' and signer_id = any ((select app_ids('supervisor_selves'))::uuid[])
  and author_id <> all ((select app_ids('selves'))::uuid[]) and form_file_is_open(district_id, case_id, member_id));
-- Only somebody who may sign this author's form, and only where its template says so.
create policy laid_before_own on form_answer as restrictive for update using (true) with check (
  signer_id is null or status <> 'waiting' or (signer_id in (select s.id from supervisors_of(author_id) s)
    and exists (select 1 from form_template t where t.id = template_id and t.signer = 'head-or-supervisor')));
create policy laid_before_nobody_new on form_answer as restrictive for insert with check (signer_id is null);

-- What a supervisor knows of the forms that lie before them besides their answers: what each is called, and the masked name.
create function forms_before_me() returns table (id uuid, number text, whose text, station_name text, submitted_at timestamptz)
language sql stable security definer set search_path = public, pg_temp as $$
  select a.id, coalesce(f.number, g.title, v.title),
    coalesce(r.name_masked, o.name_masked, case when n.number is not null then '第 ' || n.number || ' 节' end, ''), s.name, a.submitted_at
  from form_answer a join station s on s.id = a.station_id
    left join case_file f on f.district_id = a.district_id and f.id = a.case_id
    left join recipient r on r.district_id = f.district_id and r.id = f.recipient_id
    left join service_group g on g.district_id = a.district_id and g.id = a.group_id
    left join group_session n on n.district_id = a.district_id and n.id = a.session_id
    left join group_member m on m.district_id = a.district_id and m.id = a.member_id
    left join recipient o on o.district_id = m.district_id and o.id = m.recipient_id
    left join activity v on v.district_id = a.district_id and v.id = a.activity_id
  where a.district_id = app_id('district') and a.status = 'waiting' and a.signer_id = any (app_ids('supervisor_selves'))
    and a.author_id <> all (app_ids('selves')) and form_file_is_open(a.district_id, a.case_id, a.member_id)
$$;

-- Signs a form or sends it back: the head of its station, or the one before whom it lies, never its author. Says which edition now stands
-- back; null for none. No row where somebody was faster, or there is no right to it.
create function decide_form_answer(answer uuid, seen int, signs boolean, says text, decision uuid) returns table (replaced uuid)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  a form_answer;
begin
  select x.* into a from form_answer x where x.district_id = app_id('district') and x.id = $1 and x.status = 'waiting' and x.version = seen
    and (x.signer_id = any (app_ids('supervisor_selves')) or x.station_id = any (app_ids('head_stations')))
    and x.author_id <> all (app_ids('selves')) and form_file_is_open(x.district_id, x.case_id, x.member_id) for update;
  if a.id is null then return; end if;
  insert into form_decision (district_id, id, answer_id, signs, says, decided_by, decided_at)
    values (a.district_id, decision, a.id, $3, $4, app_id('person'), app_now());
  update form_answer x set status = case when $3 then 'signed' else 'returned' end, decided_by = app_id('person'), decided_at = app_now(),
    version = x.version + 1 where x.district_id = a.district_id and x.id = a.id;
  if $3 and a.corrects_id is not null then
    update form_answer x set status = 'replaced', version = x.version + 1
      where x.district_id = a.district_id and x.id = a.corrects_id and x.status in ('submitted', 'signed') returning x.id into replaced;
  end if;
  return next;
end $$;

-- Whoever signs a form sees who signed it by hand; a signature on a form is taken by its author and by nobody else.
create policy signature_before_signer on signature for select using (
  subject_kind = 'form' and case_id is not null and form_answer_reached(district_id, subject_id));
create policy taken_by_author on signature as restrictive for insert with check (subject_kind <> 'form' or exists (
  select 1 from form_answer a where a.district_id = signature.district_id and a.id = signature.subject_id
    and a.author_id = any ((select app_ids('selves'))::uuid[])));

revoke all on function supervisors_of(uuid), form_file_is_open(uuid, uuid, uuid), forms_before_me(),
  decide_form_answer(uuid, int, boolean, text, uuid) from public;
grant execute on function supervisors_of(uuid), form_file_is_open(uuid, uuid, uuid), forms_before_me(),
  decide_form_answer(uuid, int, boolean, text, uuid) to jieyou_app;
