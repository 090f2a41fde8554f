/** Acts of service of the demo, made from what was written down: one statement, since every note is one act. */
import { sql } from 'kysely';
import type { Tx } from '../src/platform/db/database.ts';

/**
 * A row for each note of a case and each visit. How and how long varies with the note where it says nothing of it, always the same way.
 */
export const contactRows = async (tx: Tx): Promise<void> => {
  await sql`insert into service_contact (district_id, id, source_kind, source_id, kind, domain, happened_on, minutes, people, who, worker_id,
      station_id, organisation_id, division_path, case_id, recipient_id, written_at)
    select n.district_id, n.id, 'case-note', n.id,
      case n.kind when 'talk' then 'case-interview' when 'phone' then 'case-phone' when 'home-visit' then 'case-home'
        when 'stakeholders' then 'case-resource' else case when n.dice < 110 then 'case-interview' when n.dice < 160 then 'case-home' when n.dice < 215 then 'case-phone'
        when n.dice < 240 then 'case-resource' else 'case-online' end end,
      case f.domain when 'mental-recovery' then 'health' when 'disability-inclusion' then 'disability' when 'youth-internet' then 'youth'
        when 'end-of-life' then 'elder' else 'family' end,
      n.happened_on, coalesce(n.minutes, case when n.dice < 160 then 40 + 10 * (n.dice % 6) when n.dice < 215 then 10 + 5 * (n.dice % 4) else 20 end), 1,
      array[f.recipient_id], n.author_id, f.station_id, f.organisation_id, f.division_path, f.id, f.recipient_id, n.written_at
    from (select c.*, get_byte(decode(md5(c.id::text), 'hex'), 0) as dice from case_note c) n
      join case_file f on f.district_id = n.district_id and f.id = n.case_id
    union all
    select v.district_id, v.id, 'visit', v.id, 'visit',
      case f.domain when 'mental-recovery' then 'health' when 'disability-inclusion' then 'disability' when 'youth-internet' then 'youth'
        when 'end-of-life' then 'elder' else 'family' end,
      v.visited_on, v.minutes, 1, array[f.recipient_id], v.worker_id, f.station_id, f.organisation_id, f.division_path, f.id, f.recipient_id,
      v.recorded_at
    from visit v join case_file f on f.district_id = v.district_id and f.id = v.case_id where v.status = 'done'`.execute(tx);
};
