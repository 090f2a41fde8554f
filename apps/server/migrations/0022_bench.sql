-- Policies that only concern experts, taken out of everybody else's plans. An expert's way to rounds, conferences and files leads
-- through several tables, each with policies of its own; written inline, PostgreSQL plans and prepares all of them for every reader, a
-- hundred times the cost of reading the row. As functions they are planned only when somebody with an expert's setting asks. They run
-- as the caller, so the policies of the tables inside still apply; the fixed search path also keeps them from being inlined.
create function invited_to_round(district uuid, round uuid) returns boolean
language sql stable cost 10000 set search_path = public, pg_temp as $$
  select exists (select 1 from support_invitation i where i.district_id = $1 and i.round_id = $2 and i.expert_id = app_id('expert'))
$$;
create function expert_reads_file(district uuid, file uuid) returns boolean
language sql stable cost 10000 set search_path = public, pg_temp as $$
  select exists (select 1 from packet_attachment pa where pa.district_id = $1 and pa.attachment_id = $2)
$$;
revoke all on function invited_to_round(uuid, uuid), expert_reads_file(uuid, uuid) from public;
grant execute on function invited_to_round(uuid, uuid), expert_reads_file(uuid, uuid) to jieyou_app;

drop policy round_invited on support_round;
create policy round_invited on support_round using (
  (select app_id('expert')) is not null and invited_to_round(district_id, id));
drop policy conference_invited on support_conference;
create policy conference_invited on support_conference for select using (
  (select app_id('expert')) is not null and invited_to_round(district_id, round_id));
drop policy attachment_packet on attachment;
create policy attachment_packet on attachment for select using (
  (select app_id('expert')) is not null and expert_reads_file(district_id, id));
