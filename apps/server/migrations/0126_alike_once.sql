-- As 0050 says it; who could be meant is looked up once, and not once for each of the twelve answers.
create or replace function people_alike(request uuid, exact_from date, exact_to date, band_from date, band_to date)
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
    with everybody as materialized (
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
