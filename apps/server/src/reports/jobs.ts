import { reportPackOf } from '@jieyou/core/reports/pack.ts';
import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { centreOf, districtsAtWork, holdersAt } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import { packInForce } from '../rulepacks/index.ts';
import * as store from './store.ts';

type Waiting = {
  id: string;
  number: string;
  stationId: string | null;
  supervisorId: string | null;
  centreSince: string | null;
  reminders: number;
};

/** Reports that nobody has acknowledged: head and supervisor are told again and again, and after that the centre keeps it as well. */
export const remindReports = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const pack = reportPackOf((await packInForce(tx, 'reports', districtId, dayOf(instantOf(now.getTime())))).values);
      const next = new Date(now.getTime() + pack.remindMinutes * 60_000).toISOString();
      // Moving the moment of the next reminder first: a second run finds nothing left to say.
      const { rows } = await sql<Waiting>`
        update mandatory_report m set reminders = m.reminders + 1, remind_at = ${next},
          centre_since = case when m.centre_since is null and m.reminders + 1 > ${pack.remindersBeforeCentre} then ${now.toISOString()} else m.centre_since end
        where m.district_id = ${districtId} and m.acknowledged_at is null and m.status not in ('closed', 'not-applicable')
          and m.remind_at <= ${now.toISOString()}
        returning m.id, m.number, m.station_id, m.supervisor_id, m.centre_since, m.reminders`.execute(tx);
      for (const report of rows) {
        const handedOver = report.centreSince !== null && Date.parse(report.centreSince) === now.getTime();
        if (handedOver)
          await store.insertEntry(tx, {
            districtId,
            id: newId(now.getTime()),
            reportId: report.id,
            kind: 'to-centre',
            at: now.toISOString(),
            writtenAt: now.toISOString(),
          });
        const to = [
          ...(await holdersAt(tx, report.stationId, ['head'])),
          report.supervisorId,
          ...(report.centreSince === null ? [] : await centreOf(tx, districtId)),
        ];
        const notice = { kind: 'report.unacknowledged', recordKind: 'report', recordId: report.id, number: report.number };
        await services.live.send(tx, districtId, [...new Set(to)], notice, now);
        await tx
          .insertInto('event')
          .values({
            districtId,
            id: newId(now.getTime()),
            at: now.toISOString(),
            type: 'report.reminded',
            recordKind: 'report',
            recordId: report.id,
            facts: '{}',
            httpRequest: 'job',
          })
          .execute();
      }
    });
  }
};

/** Jobs of the reports room. */
export const reportsJobs = (services: Services): Job<object>[] => [
  // Enqueued with each report for the moment at which it is due; the sweep makes sure that none is forgotten.
  { name: 'reports.remind', cron: '* * * * *', run: () => remindReports(services) },
];
