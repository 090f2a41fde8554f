-- The chain over the trails names the row, and the blind index comes under another key while people work.

-- Of each entry of the day: its id (16 bytes) and the first 16 bytes of the digest of its text. They name the row in a day that no longer
-- holds; whether it holds is told by the chain alone. Days that were sealed before have none.
alter table audit_seal add column leaves bytea;

-- The blind index on its way from one key to another: which of the two forms of a value stands in the rows. One row at most, kept when
-- all is done; the pairs are there only meanwhile.
create table index_turn (
  only_one boolean primary key default true check (only_one),
  from_key text not null,
  to_key text not null,
  -- From now on a value that was never seen before stands in its new form.
  turned boolean not null default false
);
create table index_move (
  old_value text primary key,
  new_value text not null unique
);
revoke all on index_turn, index_move from jieyou_app;

-- The form that stands in the rows, of values given in both. Until the transaction ends no value changes its form: whoever moves values
-- waits, and whoever comes while they are moved waits for that. Volatile, so that the pairs are read after the lock is had.
create function index_forms(older text[], newer text[]) returns table (form text)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  perform pg_advisory_xact_lock_shared(hashtext('index.turn'));
  return query select coalesce(m.new_value, case when t.turned is not false then v.young else v.old end)
    from unnest(older, newer) with ordinality as v (old, young, n)
    left join index_move m on m.old_value = v.old left join index_turn t on true order by v.n;
end $$;
revoke all on function index_forms(text[], text[]) from public;
grant execute on function index_forms(text[], text[]) to jieyou_app;
