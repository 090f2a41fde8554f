-- The register of a case also says its field of service (0095) with the day from which it holds (0116), and what came of work (0120). They are
-- emptied with the rest when the case is sealed, come back when it is unsealed, and are forgotten when it is destroyed. Of what is destroyed
-- problem and expertise go as well: what stays are numbers.
alter table case_file drop constraint case_file_service_domain_check,
  add constraint case_file_service_domain_check check (service_domain in ('relief', 'community', 'family', 'drug', 'correction', 'mediation',
    'disability', 'emergency', 'elder', 'youth', 'health', 'other', 'sealed', 'destroyed'));

-- As in 0052.
create or replace function seal_away(file uuid) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  f sealed_file := second_for_seal(file, 'proposed');
  tree record;
  one text;
  ids uuid[];
  person uuid;
begin
  if f.id is null then raise exception 'nobody proposed this, or a second person is missing' using errcode = '42501'; end if;
  if not exists (select 1 from sealed_content c where c.district_id = f.district_id and c.id = f.id) then
    raise exception 'the content was not kept';
  end if;
  select * into tree from sealing_tree(f.district_id, f.case_id);
  ids := array(select jsonb_array_elements_text(v)::uuid from jsonb_each(tree.reached) as e(k, v));
  update casebank_entry e set recalled_at = app_now() where e.recalled_at is null
    and e.draft_id = any (array(select jsonb_array_elements_text(coalesce(tree.reached -> 'publication_draft', '[]'))::uuid));
  for one in select k from jsonb_each(tree.depths) as d(k, v) where k not in ('case_file', 'support_request') order by (v #>> '{}')::int desc loop
    execute format('delete from %I t where t.district_id = $1 and t.id = any ($2)', one)
      using f.district_id, array(select jsonb_array_elements_text(coalesce(tree.reached -> one, '[]'))::uuid);
  end loop;
  -- Emptied as well, so that not even a function of the owner counts them by what they are about.
  update support_request r set sealed_at = app_now(), domain = 'sealed', help_fields = '{}', clock_kind = null, clock_started_at = null, clock_due_at = null, clock_at_risk_at = null,
    clock_paused_at = null where r.district_id = f.district_id and r.id = any (ids);
  update case_file c set sealed_at = app_now(), domain = 'sealed', help_fields = '{}', service_domain = 'sealed', field_from = null,
    work_outcome = null, work_on = null, work_place = null, work_seen_on = null
  where c.district_id = f.district_id and c.id = f.case_id returning c.recipient_id into person;
  -- Somebody who is also in a case that is not sealed stays in that one.
  if not exists (select 1 from case_file c where c.district_id = f.district_id and c.recipient_id = person and c.sealed_at is null) then
    update recipient r set sealed_at = app_now(), gender = 'unknown', birth_on = null, name_masked = '', id_number_masked = null, phone_masked = null,
      address_masked = null, name_ct = '', id_number_ct = null, phone_ct = null, address_ct = null, name_index = 'sealed:' || r.id,
      id_number_index = null, phone_index = null
    where r.district_id = f.district_id and r.id = person;
    ids := ids || person;
  end if;
  delete from notice n where n.district_id = f.district_id and n.record_id = any (ids);
  -- What the rows once said, and what was just taken out of them.
  delete from row_history h where h.district_id = f.district_id and h.row_id = any (ids);
end $$;

-- As in 0065.
create or replace function put_back(file uuid, bundle jsonb) returns void
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  f sealed_file := second_for_seal(file, 'unseal-proposed');
  one text;
  names text;
  was jsonb := bundle -> 'recipient';
begin
  if f.id is null then raise exception 'nobody proposed this, or a second person is missing' using errcode = '42501'; end if;
  for one in select k from jsonb_each(bundle -> 'depths') as d(k, v) where k not in ('case_file', 'support_request') order by (v #>> '{}')::int loop
    continue when jsonb_typeof(bundle -> 'rows' -> one) is distinct from 'array';
    select string_agg(quote_ident(c.column_name), ', ') into names from information_schema.columns c
    where c.table_schema = 'public' and c.table_name = one and c.is_generated = 'NEVER' and (bundle -> 'rows' -> one -> 0) ? c.column_name;
    execute format('insert into %1$I (%2$s) select %2$s from jsonb_populate_recordset(null::%1$I, $1)', one, names) using bundle -> 'rows' -> one;
  end loop;
  update support_request r set sealed_at = null, domain = w.domain, help_fields = w.help_fields, clock_kind = w.clock_kind, clock_started_at = w.clock_started_at, clock_due_at = w.clock_due_at,
    clock_at_risk_at = w.clock_at_risk_at, clock_paused_at = w.clock_paused_at
  from jsonb_populate_recordset(null::support_request, coalesce(nullif(bundle -> 'rows' -> 'support_request', 'null'), '[]')) w
  where r.district_id = f.district_id and r.id = w.id;
  update case_file c set sealed_at = null, domain = w.domain, help_fields = w.help_fields, service_domain = coalesce(w.service_domain, 'other'),
    field_from = w.field_from, work_outcome = w.work_outcome, work_on = w.work_on, work_place = w.work_place, work_seen_on = w.work_seen_on
  from jsonb_populate_recordset(null::case_file, bundle -> 'rows' -> 'case_file') w
  where c.district_id = f.district_id and c.id = f.case_id and w.id = c.id;
  update recipient r set sealed_at = null, gender = w.gender, birth_on = w.birth_on, name_masked = w.name_masked, id_number_masked = w.id_number_masked,
    phone_masked = w.phone_masked, address_masked = w.address_masked, name_ct = w.name_ct, id_number_ct = w.id_number_ct, phone_ct = w.phone_ct,
    address_ct = w.address_ct, name_index = w.name_index, id_number_index = w.id_number_index, phone_index = w.phone_index,
    name_pinyin_index = w.name_pinyin_index
  from jsonb_populate_record(null::recipient, was) w
  where r.district_id = f.district_id and r.id = w.id and r.sealed_at is not null;
  insert into row_history select h.* from jsonb_populate_recordset(null::row_history, bundle -> 'history') h on conflict do nothing;
  delete from sealed_attachment a where a.district_id = f.district_id and a.file_id = f.id;
  delete from sealed_content c where c.district_id = f.district_id and c.id = f.id;
end $$;

-- As in 0058.
create or replace function destroy_case(one_case uuid, warrant_kind text, warrant uuid) returns table (stored_as text[], rows_erased int, tally text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare
  f case_file;
  step record;
  gone text[] := '{}';
  erased int := 0;
  told text := '';
  kept constant text[] := array['case_file', 'support_request', 'appeal', 'hotline_call'];
begin
  select x.* into f from case_file x where x.district_id = app_id('district') and x.id = one_case and x.destroyed_at is null and x.sealed_at is null for update;
  if f.id is null or app_text('platform') is distinct from '1' then return; end if;
  if not (
    (warrant_kind = 'list' and exists (select 1 from destruction_item i join destruction_list l on l.district_id = i.district_id and l.id = i.list_id
      where i.district_id = f.district_id and i.list_id = warrant and i.case_id = f.id and l.status = 'approved' and l.approved_by <> l.appraised_by))
    or (warrant_kind = 'request' and exists (select 1 from privacy_request p
      where p.district_id = f.district_id and p.id = warrant and p.kind = 'delete' and p.status in ('done', 'partly')
        and f.recipient_id = any (p.recipient_ids) and p.decided_by <> p.received_by))
  ) then raise exception 'no warrant to destroy this case'; end if;
  if f.status <> 'closed' or cardinality(live_holds(f.district_id, f.id)) > 0 then return; end if;

  create temporary table doomed on commit drop as
    select w.table_name as name, w.depth as deep, w.row_id as id, md5(w.one::text) as mark, w.one ->> 'stored_as' as file
    from walk_personal(f.district_id, array[f.recipient_id], f.id) w;
  select coalesce(array_agg(d.file), '{}') into gone from doomed d where d.file is not null;
  for step in select d.name, count(*)::int as n, string_agg(d.mark, '' order by d.mark) as marks from doomed d
      where d.name <> all (kept) group by d.name order by max(d.deep) desc, d.name loop
    execute format('delete from %I x where x.district_id = $1 and x.id in (select d.id from doomed d where d.name = %L)', step.name, step.name)
      using f.district_id;
    erased := erased + step.n;
    told := told || step.name || ':' || step.n || ':' || md5(step.marks) || ';';
  end loop;
  update support_request set destroyed_at = app_now(), domain = 'destroyed', help_fields = '{}' where district_id = f.district_id and case_id = f.id;
  update case_file set destroyed_at = app_now(), domain = 'destroyed', help_fields = '{}', service_domain = 'destroyed', field_from = null,
    work_outcome = null, work_on = null, work_place = null, work_seen_on = null where district_id = f.district_id and id = f.id;
  update row_history h set before = null, after = null
    where h.district_id = f.district_id and h.row_id in (select d.id from doomed d where d.name <> all (kept));
  if not exists (select 1 from case_file o where o.district_id = f.district_id and o.recipient_id = f.recipient_id and o.destroyed_at is null) then
    update recipient set destroyed_at = app_now(), gender = 'unknown', birth_on = null, name_masked = '已销毁', id_number_masked = null,
      phone_masked = null, address_masked = null, name_ct = '', id_number_ct = null, phone_ct = null, address_ct = null,
      name_index = '', id_number_index = null, phone_index = null
    where district_id = f.district_id and id = f.recipient_id;
    update row_history h set before = null, after = null where h.district_id = f.district_id and h.row_id = f.recipient_id;
    erased := erased + 1;
  end if;
  drop table doomed;
  return query select gone, erased, told;
end $$;

-- What was sealed or destroyed before. The bundle of a sealed case holds the whole row; one from before 0095 says no field, and stands under the
-- other ones as every case did then whose problem said none.
alter table case_file disable trigger user;
update case_file set service_domain = case when sealed_at is not null then 'sealed' else 'destroyed' end, field_from = null,
  work_outcome = null, work_on = null, work_place = null, work_seen_on = null,
  domain = case when sealed_at is not null then 'sealed' else 'destroyed' end, help_fields = '{}'
where sealed_at is not null or destroyed_at is not null;
alter table case_file enable trigger user;
alter table support_request disable trigger user;
update support_request set domain = 'destroyed', help_fields = '{}' where destroyed_at is not null and sealed_at is null;
alter table support_request enable trigger user;
