import { sql } from 'kysely';
import { districtsAtWork } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';

/** Folds the rows of plus and minus of a sum into one, where there are several. Sums stay what they are, so it may run at any time. */
export const foldContacts = async (services: Services): Promise<void> => {
  for (const id of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(id, services.clock.now()), (tx) =>
      sql`with many as (select month, station_id, organisation_id, division_path, kind, domain from contact_tally
          where district_id = ${id} group by 1, 2, 3, 4, 5, 6 having count(*) > 1 or sum(acts) = 0),
        gone as (delete from contact_tally t using many m where t.district_id = ${id} and t.month = m.month and t.station_id = m.station_id
          and t.organisation_id is not distinct from m.organisation_id and t.division_path = m.division_path and t.kind = m.kind
          and t.domain = m.domain
          returning t.month, t.station_id, t.organisation_id, t.division_path, t.kind, t.domain, t.acts, t.times, t.minutes)
        insert into contact_tally (district_id, month, station_id, organisation_id, division_path, kind, domain, acts, times, minutes)
        select ${id}, month, station_id, organisation_id, division_path, kind, domain, sum(acts)::int, sum(times)::int, sum(minutes)::int from gone
        group by 2, 3, 4, 5, 6, 7 having sum(acts) <> 0 or sum(times) <> 0 or sum(minutes) <> 0`.execute(tx),
    );
  }
};

/** Jobs of the ledgers. */
export const contactsJobs = (services: Services): Job<object>[] => [
  { name: 'contacts.fold', cron: '17,47 * * * *', run: () => foldContacts(services) },
];
