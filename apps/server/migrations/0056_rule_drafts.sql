-- A new version of a rule pack: drafted from the version in force, approved by a second person, effective from a day (HOUSE §7).
create table rule_draft (
  id uuid primary key,
  district_id uuid not null references division,
  -- For whom the version will speak: the issuer's own division.
  division_id uuid not null references division,
  code text not null,
  title text not null,
  base_id uuid not null references rule_pack,
  status text not null check (status in ('draft', 'submitted', 'issued', 'withdrawn')),
  effective_from date,
  reason text not null default '',
  author_id uuid not null references person,
  decided_by uuid references person,
  decided_at timestamptz,
  returned_reason text,
  pack_id uuid references rule_pack,
  made_at timestamptz not null,
  updated_at timestamptz not null,
  version int not null default 1,
  check (status <> 'issued' or (decided_by <> author_id and pack_id is not null and effective_from is not null))
);
-- One draft at a time: the second author continues the first one's, or it is withdrawn.
create unique index rule_draft_live on rule_draft (division_id, code) where status in ('draft', 'submitted');
create index rule_draft_by_district on rule_draft (district_id, id desc);
create table rule_draft_change (
  draft_id uuid not null references rule_draft,
  district_id uuid not null references division,
  key text not null,
  value jsonb not null,
  source text not null,
  primary key (draft_id, key)
);
create trigger history after insert or update or delete on rule_draft for each row execute function keep_history();
create trigger history after insert or update or delete on rule_draft_change for each row execute function keep_history('draft_id');
grant select, insert, update on rule_draft to jieyou_app;
grant select, insert, delete on rule_draft_change to jieyou_app;
-- What was issued stays as it was approved; only the day on which it ends is set by its successor.
revoke insert, update, delete on rule_pack, rule_value from jieyou_app;
grant insert on rule_pack, rule_value to jieyou_app;
grant update (effective_to) on rule_pack to jieyou_app;
