import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { holidayTable } from '../calendar/index.ts';
import { centreOf, districtsAtWork } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import * as store from './seminarStore.ts';
import { everyDaysOf, seriesRow } from './seminarViews.ts';

/** Tells the centre once for each due day that a series of seminars waits to be called together; `reminded_for` remembers the day. */
export const remindOfSeminars = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const today = dayOf(instantOf(now.getTime()));
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows } = await sql<store.SeriesKept & { remindedFor: string | null }>`select ${store.SERIES}, s.reminded_for
        from seminar_series s where s.district_id = ${districtId} and s.status = 'running'`.execute(tx);
      if (rows.length === 0) return;
      const by = { today, everyDays: await everyDaysOf(tx, districtId, today), holidays: await holidayTable(tx) };
      const centre = await centreOf(tx, districtId);
      for (const series of rows) {
        const { state, dueOn } = seriesRow(series, by);
        if ((state !== 'due' && state !== 'overdue') || series.remindedFor === dueOn) continue;
        await sql`update seminar_series set reminded_for = ${dueOn}::date where district_id = ${districtId} and id = ${series.id}`.execute(
          tx,
        );
        const notice = { kind: 'learning.seminar-due', recordKind: 'seminar-series', recordId: series.id, number: '' };
        await services.live.send(tx, districtId, centre, notice, now);
      }
    });
  }
};

/** Jobs of the learning room. */
export const learningJobs = (services: Services): Job<object>[] => [
  { name: 'learning.seminars', cron: '15 9 * * *', run: () => remindOfSeminars(services) },
];
