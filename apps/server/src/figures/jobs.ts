import { sql } from 'kysely';
import { districtsAtWork } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';

/** Folds the rows of plus and minus of a figure into one, where there are several. Sums stay what they are, so it may run at any time. */
export const foldFigures = async (services: Services): Promise<void> => {
  for (const id of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(id, services.clock.now()), (tx) =>
      sql`with many as (select station_id, organisation_id, division_path, kind, key, month, kept from figure_tally
          where district_id = ${id} group by 1, 2, 3, 4, 5, 6, 7 having count(*) > 1 or sum(n) = 0),
        gone as (delete from figure_tally t using many m where t.district_id = ${id} and t.station_id = m.station_id
          and t.organisation_id is not distinct from m.organisation_id and t.division_path = m.division_path and t.kind = m.kind and t.key = m.key
          and t.month is not distinct from m.month and t.kept = m.kept
          returning t.station_id, t.organisation_id, t.division_path, t.kind, t.key, t.month, t.kept, t.n)
        insert into figure_tally (district_id, station_id, organisation_id, division_path, kind, key, month, kept, n)
        select ${id}, station_id, organisation_id, division_path, kind, key, month, kept, sum(n)::int from gone
        group by 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0`.execute(tx),
    );
  }
};

/** Jobs of the figures. */
export const figuresJobs = (services: Services): Job<object>[] => [
  { name: 'figures.fold', cron: '7,37 * * * *', run: () => foldFigures(services) },
];
