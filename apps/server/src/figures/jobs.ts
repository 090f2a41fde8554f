import { sql } from 'kysely';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';

/** Folds the rows of plus and minus into one row per figure. Sums stay what they are, so it may run at any time. */
export const foldFigures = async (services: Services): Promise<void> => {
  const districts = await services.db.query<{ id: string }>(`select id from division where tier = 'district'`);
  for (const { id } of districts) {
    await workLater(services, platformSettings(id, services.clock.now()), (tx) =>
      sql`with gone as (delete from figure_tally where district_id = ${id}
          returning station_id, organisation_id, division_path, kind, key, month, kept, n)
        insert into figure_tally (district_id, station_id, organisation_id, division_path, kind, key, month, kept, n)
        select ${id}, station_id, organisation_id, division_path, kind, key, month, kept, sum(n)::int from gone group by 2, 3, 4, 5, 6, 7, 8 having sum(n) <> 0`.execute(
        tx,
      ),
    );
  }
};

/** Jobs of the figures. */
export const figuresJobs = (services: Services): Job<object>[] => [
  { name: 'figures.fold', cron: '7,37 * * * *', run: () => foldFigures(services) },
];
