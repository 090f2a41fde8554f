import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { centreOf, districtsAtWork, holdersAt } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import * as store from './store.ts';

type Due = { id: string; number: string; stationId: string | null; takerId: string | null; urgent: boolean };

/** Urgent appeals that nobody has taken over in time go to the backup and the heads, once; others are told once when they are overdue. */
export const keepAppealClocks = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const at = now.toISOString();
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows: urgent } = await sql<Due>`update appeal a set escalated_at = ${at}
        where a.district_id = ${districtId} and a.urgent and a.status = 'waiting' and a.escalated_at is null and a.due_at <= ${at}
        returning a.id, a.number, a.station_id, a.taker_id, a.urgent`.execute(tx);
      for (const one of urgent) {
        const rota = await store.rotaOf(tx, districtId, dayOf(instantOf(now.getTime())));
        const heads = await holdersAt(tx, one.stationId, ['head']);
        const people = [...(rota === undefined ? await centreOf(tx, districtId) : [rota.backupId, rota.dutyId]), ...heads];
        const notice = { kind: 'appeals.escalated', recordKind: 'appeal', recordId: one.id, number: one.number };
        await services.live.send(tx, districtId, people, notice, now);
        await tx
          .insertInto('event')
          .values({
            districtId,
            id: newId(now.getTime()),
            at,
            type: 'appeal.escalated',
            recordKind: 'appeal',
            recordId: one.id,
            facts: '{}',
            httpRequest: 'job',
          })
          .execute();
      }
      const { rows: late } = await sql<Due>`update appeal a set warned_at = ${at}
        where a.district_id = ${districtId} and not a.urgent and a.status in ('waiting', 'taken') and a.warned_at is null and a.due_at < ${at}
        returning a.id, a.number, a.station_id, a.taker_id, a.urgent`.execute(tx);
      for (const one of late) {
        const station = one.stationId === null ? await centreOf(tx, districtId) : await holdersAt(tx, one.stationId, ['head']);
        const notice = { kind: 'appeals.overdue', recordKind: 'appeal', recordId: one.id, number: one.number };
        await services.live.send(tx, districtId, [one.takerId, ...station], notice, now);
      }
    });
  }
};

/** Jobs of appeals. */
export const appealJobs = (services: Services): Job<object>[] => [
  { name: 'calls.keep-clocks', cron: '* * * * *', run: () => keepAppealClocks(services) },
];
