-- Family trees and eco-maps that are drawn; consents that name their receiver in a register; the sound of names that were kept before 0065.
alter table household
  -- What was moved by hand: [{node, x, y}]; where nothing stands, the drawing arranges itself.
  add column family_places jsonb not null default '[]',
  add column eco_places jsonb not null default '[]',
  add column picture_version int not null default 1;
alter table household_member
  -- Of somebody merely named; of a recipient the own row says it.
  add column gender text not null default 'unknown' check (gender in ('female', 'male', 'unknown')),
  add column birth_year int check (birth_year between 1850 and 2200),
  add column vital text not null default 'living' check (vital in ('living', 'deceased', 'unborn')),
  add column died_year int check (died_year between 1850 and 2200),
  add column generation int check (generation between -6 and 6),
  add constraint household_member_died check (died_year is null or vital = 'deceased'),
  add constraint household_member_years check (died_year >= birth_year);
alter table household_tie
  alter column bond drop not null,
  -- Partners, or a parent (from) and a child (to).
  add column kin text check (kin in ('married', 'cohabiting', 'separated', 'divorced', 'child', 'adopted', 'foster')),
  add column flow text check (flow in ('both', 'to-family', 'from-family')),
  add constraint household_tie_one check ((kin is null) <> (bond is null)),
  add constraint household_tie_kin check (kin is null or to_member is not null),
  add constraint household_tie_flow check (flow is null or system is not null);
grant update (family_places, eco_places, picture_version) on household to jieyou_app;
grant update (gender, birth_year, vital, died_year, generation) on household_member to jieyou_app;
grant update (bond, kin, flow) on household_tie to jieyou_app;

-- To whom: somebody of a register by id, or by words alone. Rows without a kind were written before, and say it in words.
alter table consent
  add column receiver_kind text check (receiver_kind in ('organisation', 'expert', 'partner', 'public')),
  add column receiver_id uuid,
  add constraint consent_receiver check (receiver_id is null or receiver_kind in ('organisation', 'expert', 'partner'));

-- The job gives names their sound in portions. It reads the name of a row that has none, and writes the blind index, nothing else.
create index recipient_without_sound on recipient (district_id, id) where name_pinyin_index is null;
create function people_without_sound(after uuid, most int) returns table (id uuid, name_ct text)
language sql stable security definer set search_path = public, pg_temp as $$
  select r.id, r.name_ct from recipient r
  where app_text('platform') = '1' and r.district_id = app_id('district') and r.name_pinyin_index is null and r.name_ct <> ''
    and r.sealed_at is null and r.destroyed_at is null and ($1 is null or r.id > $1)
  order by r.id limit $2
$$;
create function give_sound(people uuid[], sounds text[]) returns int
language plpgsql volatile security definer set search_path = public, pg_temp as $$
declare n int;
begin
  if coalesce(app_text('platform'), '') <> '1' then return 0; end if;
  -- A name that was changed meanwhile has its sound already.
  update recipient r set name_pinyin_index = s.sound from unnest(people, sounds) s (id, sound)
  where r.district_id = app_id('district') and r.id = s.id and r.name_pinyin_index is null and r.sealed_at is null and r.destroyed_at is null;
  get diagnostics n = row_count;
  return n;
end $$;
revoke all on function people_without_sound(uuid, int), give_sound(uuid[], text[]) from public;
grant execute on function people_without_sound(uuid, int), give_sound(uuid[], text[]) to jieyou_app;
