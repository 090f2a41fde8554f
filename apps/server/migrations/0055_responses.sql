-- The four other responses under a line of support: 转介, 督导, 研讨, 资源链接 (LH-05, SM-3). Register and content apart, as everywhere.
-- One register for the four, since a line, a list and a to-do ask the same of each; the narrative is one document whose shape the
-- contract decides (`responses/schema.ts`), and whose every change the history keeps.
create table support_response (
  district_id uuid not null references division,
  id uuid not null,
  line_id uuid not null,
  request_id uuid not null,
  kind text not null check (kind in ('transfer', 'supervision', 'seminar', 'resource-link')),
  status text not null,
  help_field text not null,
  -- Who holds the line, so that a policy need not look at the line.
  holder_id uuid references person,
  author_id uuid not null references person,
  -- Receiver of a transfer, supervisor of a supervision.
  to_id uuid references person,
  returned_by uuid references person,
  worker_id uuid references person,
  next_ids uuid[] not null default '{}',
  consent_id uuid,
  resource_id uuid references resource,
  held_on date,
  minutes int check (minutes > 0),
  amount_fen bigint check (amount_fen >= 0),
  supervisor_signed_at timestamptz,
  worker_signed_at timestamptz,
  opened_at timestamptz not null,
  ended_at timestamptz,
  updated_at timestamptz not null,
  number text not null default '',
  version int not null default 1,
  primary key (district_id, id),
  foreign key (district_id, line_id) references support_line (district_id, id),
  foreign key (district_id, request_id) references support_request (district_id, id),
  check (worker_id is null or worker_id <> to_id)
);
create index support_response_by_line on support_response (district_id, line_id);
create index support_response_by_request on support_response (district_id, request_id);
create index support_response_newest on support_response (district_id, kind, id desc);
create index support_response_by_holder on support_response (district_id, holder_id, id desc);
create index support_response_by_receiver on support_response (district_id, to_id, id desc);
create index support_response_next on support_response using gin (next_ids);

create table support_response_content (
  district_id uuid not null references division,
  id uuid not null,
  content jsonb not null,
  primary key (district_id, id),
  foreign key (district_id, id) references support_response (district_id, id)
);

alter table support_response enable row level security;
alter table support_response_content enable row level security;
create trigger history after insert or update or delete on support_response for each row execute function keep_history();
create trigger history after insert or update or delete on support_response_content for each row execute function keep_history();
-- A record is corrected or withdrawn, never removed.
grant select, insert, update on support_response, support_response_content to jieyou_app;

-- Content readers of the request, and the holder of the line.
create policy response_side on support_response using (request_id = (select app_id('opened')) or content_reached(district_id, request_id));
create policy response_holder on support_response using (
  district_id = (select app_id('district')) and holder_id = any ((select app_ids('selves'))::uuid[]));
-- The receiver, while it is theirs to answer and after they took it over: what goes back is closed to them with the transaction that
-- sends it back. For that one the command names it (`app.answering`), since PostgreSQL asks that a changed row be readable.
create policy response_receiver on support_response using (
  district_id = (select app_id('district')) and to_id = any ((select app_ids('selves'))::uuid[])
  and (kind <> 'transfer' or status in ('sent', 'accepted', 'done') or id = (select app_id('answering'))));

-- As the register: its policies decide.
create function response_reached(district uuid, response uuid) returns boolean
language plpgsql stable cost 10000 set search_path = public, pg_temp as $$
begin
  return exists (select 1 from support_response s where s.district_id = $1 and s.id = $2);
end $$;
create policy response_content_reach on support_response_content using (response_reached(district_id, id));

-- Whom a line supports: its holder records the supervision of this person without reaching the request.
create function asker_of_line(district uuid, line uuid) returns uuid
language sql stable security definer set search_path = public, pg_temp as $$
  select r.asker_id from support_line l join support_request r on r.district_id = l.district_id and r.id = l.request_id
  where l.district_id = district and l.id = line and l.district_id = app_id('district')
    and (l.holder_id = any (app_ids('selves')) or app_text('centre') = '1' or r.asker_id = any (app_ids('selves')))
$$;
revoke all on function response_reached(uuid, uuid), asker_of_line(uuid, uuid) from public;
grant execute on function response_reached(uuid, uuid), asker_of_line(uuid, uuid) to jieyou_app;
