-- Signatures by hand: whose, as what, on which version of a paper (SHA-256), when, and who held the device. They are added and never changed;
-- a paper that is written anew has another hash and is signed anew. Names and strokes are enciphered; strokes are points, never a picture.
create table signature (
  district_id uuid not null references division,
  id uuid not null,
  case_id uuid not null,
  station_id uuid not null references station,
  subject_kind text not null check (subject_kind in ('plan', 'form')),
  -- The paper or the form on which it was taken; no reference, each stands by itself.
  subject_id uuid not null,
  who text not null check (who in ('person', 'guardian', 'authority', 'witness', 'worker')),
  way text not null check (way in ('drawn', 'mark', 'typed')),
  hash text not null check (hash ~ '^[0-9a-f]{64}$'),
  -- By the clock of the device, never after it arrived.
  signed_at timestamptz not null,
  taken_by uuid not null references person,
  taken_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (signed_at <= taken_at)
);
create index signature_by_case on signature (district_id, case_id, subject_kind, subject_id);

create table signature_content (
  district_id uuid not null references division,
  id uuid not null,
  name_masked text not null,
  relation text not null,
  reason text not null,
  name_ct text not null,
  witness_masked text not null,
  witness_ct text,
  strokes_ct text,
  primary key (district_id, id),
  foreign key (district_id, id) references signature (district_id, id)
);

do $$
declare one text;
begin
  foreach one in array array['signature', 'signature_content'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format('revoke all on %I from jieyou_app', one);
    execute format('grant select, insert on %I to jieyou_app', one);
  end loop;
end $$;

create policy signature_reach on signature using (case_id = (select app_id('opened_case')) or case_reached(district_id, case_id));
create policy only_kept_new on signature as restrictive for insert with check (not case_stands_still(district_id, case_id));
create policy taken_oneself on signature as restrictive for insert with check (taken_by = (select app_id('person')));
-- Runs as the caller: the policy of the register decides.
create function signature_reached(district uuid, one uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from signature s where s.district_id = $1 and s.id = $2);
end $$;
create policy signature_content_reach on signature_content using (signature_reached(district_id, id));
create policy written_oneself on signature_content as restrictive for insert with check (exists (
  select 1 from signature s where s.district_id = signature_content.district_id and s.id = signature_content.id
    and s.taken_by = (select app_id('person'))));

revoke all on function signature_reached(uuid, uuid) from public;
grant execute on function signature_reached(uuid, uuid) to jieyou_app;
