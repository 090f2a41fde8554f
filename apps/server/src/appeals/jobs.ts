import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import * as store from './store.ts';

type Due = { id: string; number: string; stationId: string | null; takerId: string | null; urgent: boolean };

const districts = async (services: Services): Promise<string[]> =>
  (await services.db.query<{ district_id: string }>(`select distinct district_id from role_assignment where role = 'centre'`)).map(
    (r) => r.district_id,
  );

/** Urgent appeals that nobody has taken over in time go to the backup and the heads, once; others are told once when they are overdue. */
export const keepAppealClocks = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const at = now.toISOString();
  for (const districtId of await districts(services)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows: urgent } = await sql<Due>`update appeal a set escalated_at = ${at}
        where a.district_id = ${districtId} and a.urgent and a.status = 'waiting' and a.escalated_at is null and a.due_at <= ${at}
        returning a.id, a.number, a.station_id, a.taker_id, a.urgent`.execute(tx);
      for (const one of urgent) {
        const rota = await store.rotaOf(tx, districtId, dayOf(instantOf(now.getTime())));
        const heads = one.stationId === null ? [] : await store.peopleOfStation(tx, one.stationId, ['head']);
        const people = [...(rota === undefined ? await store.centreOf(tx, districtId) : [rota.backupId, rota.dutyId]), ...heads];
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
        const station =
          one.stationId === null ? await store.centreOf(tx, districtId) : await store.peopleOfStation(tx, one.stationId, ['head']);
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
