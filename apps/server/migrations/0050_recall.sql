-- Published cases can be recalled, and before release it is counted how many people of the district a text may be about.

-- A prize of the competition, shown in the bank as 优秀.
alter table casebank_entry add column award text;
create index casebank_entry_award on casebank_entry (id desc) where award is not null and recalled_at is null;

-- Why a case is to be, was, or was not recalled; the reason is the centre's alone.
create table casebank_recall (
  district_id uuid not null references division,
  id uuid not null,
  entry_id uuid not null references casebank_entry,
  cause text not null check (cause in ('consent-withdrawn', 'recognised', 'mistake', 'other')),
  status text not null check (status in ('proposed', 'recalled', 'dismissed')),
  says text not null,
  proposed_at timestamptz not null,
  decided_by uuid references person,
  decided_at timestamptz,
  primary key (district_id, id),
  check ((status = 'proposed') = (decided_at is null))
);
create unique index casebank_recall_one_open on casebank_recall (entry_id) where status = 'proposed';
create index casebank_recall_newest on casebank_recall (district_id, status, id desc);
create trigger history after insert or update or delete on casebank_recall for each row execute function keep_history();
alter table casebank_recall enable row level security;
create policy recall_centre on casebank_recall using (
  (select app_text('centre')) = '1' and district_id = (select app_id('district')));
grant select, insert, update on casebank_recall to jieyou_app;

-- What is recalled leaves no text behind: whoever forgets to ask whether a case was recalled finds nothing to show.
create function empty_recalled_entry() returns trigger language plpgsql as $$
begin
  new.title := '已收回的案例';
  new.sections := '{"background": "", "process": "", "outcome": "", "reflection": ""}';
  new.search_text := '';
  new.methods := '{}';
  new.award := null;
  return new;
end $$;
create trigger empty_recalled before update of recalled_at on casebank_entry for each row
  when (old.recalled_at is null and new.recalled_at is not null) execute function empty_recalled_entry();
-- Its words leave the index of similar cases, where there is one.
create function forget_recalled_words() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if to_regclass('public.casebank_entry_term') is not null then
    execute 'update casebank_term t set entries = greatest(0, t.entries - 1) from casebank_entry_term e where e.term = t.term and e.entry_id = $1'
      using new.id;
    execute 'delete from casebank_entry_term where entry_id = $1' using new.id;
  end if;
  return null;
end $$;
create trigger forget_recalled after update of recalled_at on casebank_entry for each row
  when (old.recalled_at is null and new.recalled_at is not null) execute function forget_recalled_words();

-- A withdrawn consent proposes the recall by itself, whatever way it was withdrawn, unless another consent still carries the publication.
create function propose_recall() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into casebank_recall (district_id, id, entry_id, cause, status, says, proposed_at)
  select e.district_id, gen_random_uuid(), e.id, 'consent-withdrawn', 'proposed', '', app_now()
  from casebank_entry e
    join publication_draft d on d.district_id = e.district_id and d.id = e.draft_id
    join support_request r on r.district_id = d.district_id and r.id = d.request_id
  where r.district_id = new.district_id and r.case_id = new.case_id and e.recalled_at is null
    and not exists (select 1 from consent c where c.district_id = new.district_id and c.case_id = new.case_id and c.purpose = 'publication'
      and c.withdrawn_on is null and c.granted_on <= app_today() and (c.expires_on is null or c.expires_on >= app_today()))
  on conflict do nothing;
  return null;
end $$;
create trigger recall_proposed after update of withdrawn_on on consent for each row
  when (old.withdrawn_on is null and new.withdrawn_on is not null and new.purpose = 'publication') execute function propose_recall();

-- Published cases of a case whose recall is proposed: numbers and ids only, for the message that a worker's act sends to the centre.
create function recalls_proposed(one_case uuid) returns table (entry_id uuid, number text)
language sql stable security definer set search_path = public, pg_temp as $$
  select e.id, e.number from casebank_recall p
    join casebank_entry e on e.id = p.entry_id
    join publication_draft d on d.district_id = e.district_id and d.id = e.draft_id
    join support_request r on r.district_id = d.district_id and r.id = d.request_id
  where p.status = 'proposed' and r.district_id = app_id('district') and r.case_id = one_case
$$;

-- How many people of the district share what a text says of one: counts only, for every way of saying less. The people are rows of
-- cases in the same domain; somebody with two cases counts once. What the record does not know narrows nothing.
create function people_alike(request uuid, exact_from date, exact_to date, band_from date, band_to date)
returns table (street boolean, age text, gender boolean, people int)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  here uuid := app_id('district');
  its_domain text;
  its_gender text;
  its_street text;
begin
  if app_text('centre') is distinct from '1' then return; end if;
  select r.domain, p.gender, (select d.path from division d where d.tier = 'street' and starts_with(r.division_path, d.path))
  into its_domain, its_gender, its_street
  from support_request r join case_file f on f.district_id = r.district_id and f.id = r.case_id
    join recipient p on p.district_id = f.district_id and p.id = f.recipient_id
  where r.district_id = here and r.id = request;
  if not found then return; end if;
  return query
    with everybody as (
      select distinct coalesce(p.id_number_index, p.id::text) as who, p.birth_on, p.gender as sex,
        its_street is null or starts_with(f.division_path, its_street) as near
      from case_file f join recipient p on p.district_id = f.district_id and p.id = f.recipient_id
      where f.district_id = here and f.domain = its_domain)
    select s.one, a.one, g.one, (
      select count(distinct e.who)::int from everybody e
      where (not s.one or e.near)
        and (not g.one or its_gender = 'unknown' or e.sex = its_gender)
        and (a.one = 'none' or e.birth_on between case a.one when 'exact' then exact_from else band_from end
                                             and case a.one when 'exact' then exact_to else band_to end))
    from (values (false), (true)) as s(one), (values ('none'), ('band'), ('exact')) as a(one), (values (false), (true)) as g(one);
end $$;
revoke all on function recalls_proposed(uuid), people_alike(uuid, date, date, date, date), propose_recall(), forget_recalled_words(),
  empty_recalled_entry() from public;
grant execute on function recalls_proposed(uuid), people_alike(uuid, date, date, date, date) to jieyou_app;
