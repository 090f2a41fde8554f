-- The call desk of the centre's hotline, numbers of other hotlines, and tickets that the city's 12345 sends.
create table hotline (
  id uuid primary key default gen_random_uuid(),
  district_id uuid not null references division,
  number text not null,
  name text not null,
  helps text not null,
  hours text not null default '',
  source text not null,
  urgent boolean not null default false,
  position int not null default 100,
  active boolean not null default true,
  version int not null default 1,
  unique (district_id, number)
);
create trigger history after insert or update or delete on hotline for each row execute function keep_history();

-- Numbers with which every district begins; it corrects and adds its own.
create function install_hotlines(district uuid) returns void
language sql volatile security definer set search_path = public, pg_temp as $$
  insert into hotline (district_id, number, name, helps, hours, source, urgent, position) values
    (district, '110', '公安报警', '正在被打、被威胁，或有人身危险', '24 小时', '全国统一报警号码', true, 1),
    (district, '120', '医疗急救', '受伤、服药、昏迷，需要马上送医', '24 小时', '全国统一急救号码', true, 2),
    (district, '119', '火警与救援', '火灾、被困、有人要跳楼', '24 小时', '全国统一火警号码', true, 3),
    (district, '12356', '心理援助热线', '心里难受、想不开，想找人说话', '每天不少于 18 小时', '全国统一心理援助热线（2025 年 5 月 1 日前统一启用）', false, 10),
    (district, '12349', '儿童救助保护热线', '孩子没人照顾、受到伤害', '', '民政部门儿童救助保护热线（试点地区，启用前与当地核对）', false, 11),
    (district, '12338', '妇女维权热线', '家庭暴力、婚姻与妇女权益', '', '通行号码，启用前与当地核对', false, 12),
    (district, '12348', '公共法律服务热线', '法律咨询与法律援助', '', '通行号码，启用前与当地核对', false, 13),
    (district, '12355', '青少年服务台', '青少年心理与权益', '', '通行号码，启用前与当地核对', false, 14),
    (district, '12345', '政务服务便民热线', '政府部门的事，不知道找谁', '24 小时', '全国统一政务服务便民热线', false, 20)
  on conflict (district_id, number) do nothing
$$;
create function hotlines_of_new_district() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform install_hotlines(new.id);
  return null;
end $$;
create trigger hotlines after insert on division for each row when (new.tier = 'district') execute function hotlines_of_new_district();
select install_hotlines(id) from division where tier = 'district';

create table hotline_call (
  district_id uuid not null references division,
  id uuid not null,
  number text not null,
  kind text not null check (kind in ('help', 'enquiry', 'complaint', 'no-action', 'spam')),
  status text not null check (status in ('open', 'sent', 'handed', 'done')),
  relation text not null check (relation in ('self', 'family', 'neighbour', 'worker', 'other')),
  taker_id uuid not null references person,
  started_at timestamptz not null,
  saved_at timestamptz not null,
  appeal_id uuid,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, number),
  foreign key (district_id, appeal_id) references appeal (district_id, id)
);
create index hotline_call_newest on hotline_call (district_id, id desc);

-- Whoever calls and the person concerned are kept apart: only one of them may know of the other.
create table hotline_call_content (
  district_id uuid not null references division,
  id uuid not null,
  says_ct text not null,
  result_ct text,
  caller_name_ct text,
  caller_name_masked text,
  caller_phone_ct text,
  caller_phone_masked text,
  caller_phone_index text,
  person_name_ct text,
  person_name_masked text,
  person_phone_ct text,
  person_phone_masked text,
  person_phone_index text,
  primary key (district_id, id),
  foreign key (district_id, id) references hotline_call (district_id, id)
);
create index hotline_call_caller on hotline_call_content (district_id, caller_phone_index) where caller_phone_index is not null;
create index hotline_call_person on hotline_call_content (district_id, person_phone_index) where person_phone_index is not null;

create table hotline_hand_over (
  district_id uuid not null references division,
  id uuid not null,
  call_id uuid not null,
  hotline_number text not null,
  hotline_name text not null,
  at timestamptz not null,
  by_id uuid not null references person,
  outcome text not null check (outcome in ('connected', 'told-number', 'no-answer', 'refused')),
  said_ct text not null,
  primary key (district_id, id),
  foreign key (district_id, call_id) references hotline_call (district_id, id)
);
create index hotline_hand_over_by_call on hotline_hand_over (district_id, call_id);

create table ticket (
  district_id uuid not null references division,
  id uuid not null,
  source text not null,
  external_no text not null,
  status text not null check (status in ('open', 'paused', 'answered')),
  holder_id uuid not null references person,
  received_at timestamptz not null,
  limit_days int not null,
  clock_started_at timestamptz not null,
  clock_due_at timestamptz not null,
  clock_at_risk_at timestamptz not null,
  clock_paused_at timestamptz,
  warned_for timestamptz,
  answered_at timestamptz,
  satisfaction text check (satisfaction in ('very', 'satisfied', 'basically', 'dissatisfied', 'not-asked')),
  pack_version text not null,
  updated_at timestamptz not null,
  version int not null default 1,
  primary key (district_id, id),
  unique (district_id, source, external_no)
);
create index ticket_due on ticket (district_id, clock_due_at, id) where status <> 'answered';

create table ticket_content (
  district_id uuid not null references division,
  id uuid not null,
  asks_ct text not null,
  pause_ct text,
  reply_ct text,
  caller_name_ct text,
  caller_name_masked text,
  caller_phone_ct text,
  caller_phone_masked text,
  primary key (district_id, id),
  foreign key (district_id, id) references ticket (district_id, id)
);

-- Calls and tickets are the centre's. The job runner keeps the clocks of tickets and reads their register only.
do $$
declare one text;
begin
  foreach one in array array['hotline_call', 'hotline_call_content', 'hotline_hand_over', 'ticket', 'ticket_content'] loop
    execute format('create trigger history after insert or update or delete on %I for each row execute function keep_history()', one);
    execute format('alter table %I enable row level security', one);
    execute format($p$create policy centre_desk on %I using (
      district_id = (select app_id('district')) and (select app_text('centre')) = '1')$p$, one);
  end loop;
end $$;
create policy ticket_platform on ticket using (district_id = (select app_id('district')) and (select app_text('platform')) = '1');
revoke all on function install_hotlines(uuid), hotlines_of_new_district() from public;
grant select, insert, update on hotline, hotline_call, hotline_call_content, ticket, ticket_content to jieyou_app;
grant select, insert on hotline_hand_over to jieyou_app;
