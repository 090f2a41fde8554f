-- Each protection order of a record of violence has its own row, its own clock and its own end: one that is extended or ends leaves the
-- others as they are. The order is its application: row and entry have one id. Words stand in the entries only.
create table alarm_order (
  district_id uuid not null references division,
  id uuid not null,
  alarm_id uuid not null,
  case_id uuid not null,
  no smallint not null check (no > 0),
  status text not null check (status in ('applied', 'refused', 'withdrawn', 'in-force', 'over')),
  applied_at timestamptz not null,
  decided_on date,
  valid_to date,
  ended_on date,
  -- Asking the court to look again, and whether it answered.
  reconsidered_on date,
  answered boolean not null default false,
  primary key (district_id, id),
  unique (district_id, alarm_id, no),
  foreign key (district_id, alarm_id) references alarm (district_id, id),
  foreign key (district_id, case_id) references case_file (district_id, id),
  check (status not in ('in-force', 'over') or (decided_on is not null and valid_to is not null)),
  check ((status = 'over') = (ended_on is not null))
);
alter table alarm_step add column order_id uuid,
  add foreign key (district_id, order_id) references alarm_order (district_id, id);
alter table alarm_entry add column order_id uuid,
  add foreign key (district_id, order_id) references alarm_order (district_id, id);
create index alarm_step_of_order on alarm_step (district_id, order_id) where order_id is not null;

-- What was kept so far: an application begins an order, a decision belongs to the oldest one that waits for it, and everything later to the
-- order that was decided last. Orders that another one covered are in force until their own day; what still lies ahead rings again.
alter table alarm disable trigger user;
alter table alarm_step disable trigger user;
alter table alarm_entry disable trigger user;
do $$
declare
  e record;
  cur uuid;
  last_alarm uuid;
  decided uuid;
begin
  for e in
    select x.*, a.status as alarm_status, (x.at at time zone 'Asia/Shanghai')::date as day,
      (x.written_at at time zone 'Asia/Shanghai')::date as written_on
    from alarm_entry x join alarm a on a.district_id = x.district_id and a.id = x.alarm_id
    where x.kind in ('order-applied', 'order-decided', 'order-extended', 'order-over', 'reconsidered', 'breach')
    order by x.district_id, x.alarm_id, x.written_at, x.id
  loop
    if last_alarm is distinct from e.alarm_id then
      last_alarm := e.alarm_id;
      decided := null;
    end if;
    cur := decided;
    if e.kind = 'order-applied' then
      cur := e.id;
    elsif e.kind = 'order-decided' then
      select o.id into cur from alarm_order o where o.district_id = e.district_id and o.alarm_id = e.alarm_id and o.status = 'applied'
        order by o.no limit 1;
      decided := coalesce(cur, e.id);
    end if;
    -- A second decision after one application was another order.
    if e.kind = 'order-applied' or (e.kind = 'order-decided' and cur is null) then
      insert into alarm_order (district_id, id, alarm_id, case_id, no, status, applied_at)
      select e.district_id, e.id, e.alarm_id, e.case_id, count(*) + 1, 'applied', e.at from alarm_order o
      where o.district_id = e.district_id and o.alarm_id = e.alarm_id;
      cur := e.id;
    end if;
    continue when cur is null;
    update alarm_entry set order_id = cur where district_id = e.district_id and id = e.id;
    if e.kind = 'order-decided' then
      update alarm_order set status = case e.body ->> 'outcome' when 'granted' then 'in-force' else 'refused' end, decided_on = e.day,
        valid_to = case e.body ->> 'outcome' when 'granted' then (e.body ->> 'validTo')::date end
      where district_id = e.district_id and id = cur;
    elsif e.kind = 'order-extended' then
      update alarm_order set valid_to = (e.body ->> 'validTo')::date where district_id = e.district_id and id = cur and status = 'in-force';
    elsif e.kind = 'order-over' then
      update alarm_order set status = 'over', ended_on = coalesce((e.body ->> 'on')::date, e.written_on)
      where district_id = e.district_id and id = cur and status = 'in-force';
    elsif e.kind = 'reconsidered' then
      update alarm_order set reconsidered_on = coalesce((e.body ->> 'on')::date, e.written_on), answered = true
      where district_id = e.district_id and id = cur;
    end if;
    -- Steps were opened as the entry was written.
    update alarm_step s set order_id = cur
    where s.district_id = e.district_id and s.alarm_id = e.alarm_id and s.order_id is null and s.opened_at = e.written_at
      and ((e.kind = 'order-applied' and s.code = 'court-decision') or (e.kind = 'order-decided' and s.code in ('reconsider', 'order-ends'))
        or (e.kind = 'order-extended' and s.code = 'order-ends'));
  end loop;
end $$;
-- Steps of the only order of a record belong to it, whenever they were opened.
update alarm_step s set order_id = o.id
from alarm_order o
where o.district_id = s.district_id and o.alarm_id = s.alarm_id and s.order_id is null
  and s.code in ('court-decision', 'reconsider', 'order-ends')
  and not exists (select 1 from alarm_order p where p.district_id = o.district_id and p.alarm_id = o.alarm_id and p.id <> o.id);
-- Covered and past, or in a closed record: over on their own day.
update alarm_order o set status = 'over', ended_on = o.valid_to
from alarm a
where a.district_id = o.district_id and a.id = o.alarm_id and o.status = 'in-force'
  and (a.status = 'closed' or (o.valid_to < (now() at time zone 'Asia/Shanghai')::date
    and not exists (select 1 from alarm_step s where s.district_id = o.district_id and s.order_id = o.id and s.code = 'order-ends'
      and s.done_at is null and s.dropped_at is null)));
insert into alarm_step (district_id, id, alarm_id, case_id, code, required, opened_at, tell_at, due_at, order_id)
select o.district_id, gen_random_uuid(), o.alarm_id, o.case_id, 'order-ends', true, now(),
  (o.valid_to - 15 + time '08:00') at time zone 'Asia/Shanghai',
  (o.valid_to + 1 + time '00:00') at time zone 'Asia/Shanghai' - interval '1 millisecond', o.id
from alarm_order o
where o.status = 'in-force' and not exists (select 1 from alarm_step s where s.district_id = o.district_id and s.order_id = o.id
  and s.code = 'order-ends' and s.done_at is null and s.dropped_at is null);
update alarm a set order_to = (select min(o.valid_to) from alarm_order o where o.district_id = a.district_id and o.alarm_id = a.id
  and o.status = 'in-force')
where a.kind = 'violence';
alter table alarm enable trigger user;
alter table alarm_step enable trigger user;
alter table alarm_entry enable trigger user;

create trigger history after insert or update or delete on alarm_order for each row execute function keep_history();
alter table alarm_order enable row level security;
revoke all on alarm_order from jieyou_app;
grant select, insert on alarm_order to jieyou_app;
grant update (status, decided_on, valid_to, ended_on, reconsidered_on, answered) on alarm_order to jieyou_app;
create policy alarm_order_reach on alarm_order using (
  (select app_text('platform')) is distinct from '1' and alarm_reached(district_id, alarm_id));
create policy only_kept_new on alarm_order as restrictive for insert with check (not case_stands_still(district_id, case_id));
create policy only_kept_still on alarm_order as restrictive for update using (not case_stands_still(district_id, case_id));
-- What is over stays over.
create policy ends_once on alarm_order as restrictive for update using (status <> 'over') with check (true);
