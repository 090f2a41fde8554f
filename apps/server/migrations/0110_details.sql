-- What is recorded of a person besides who it is: 民族, 婚姻状况, 文化程度, 政治面貌, 户籍, 职业. One row for each change of one item; the newest
-- row of an item holds, an empty one takes it away. Two rows of one person that become one bring their rows along, and take them back.
create table recipient_detail (
  district_id uuid not null references division,
  id uuid not null,
  recipient_id uuid not null,
  item text not null check (item in ('ethnicity', 'marital', 'education', 'politics', 'registration', 'registrationPlace', 'occupation')),
  value_ct text,
  recorded_by uuid not null references person,
  recorded_at timestamptz not null,
  primary key (district_id, id),
  foreign key (district_id, recipient_id) references recipient (district_id, id)
);
create index recipient_detail_of on recipient_detail (district_id, recipient_id, item);
create trigger history after insert or update or delete on recipient_detail for each row execute function keep_history();
alter table recipient_detail enable row level security;
revoke all on recipient_detail from jieyou_app;
grant select, insert on recipient_detail to jieyou_app;
create policy person_reach on recipient_detail using (district_id = (select app_id('district')) and recipient_reached(district_id, recipient_id));
create policy person_moves on recipient_detail as restrictive for insert with check (not recipient_stands_still(district_id, recipient_id));
-- Only who works with the person reads them; a head does not, by being head.
create policy few_know on recipient_detail as restrictive for select using (works_with(district_id, recipient_id));
