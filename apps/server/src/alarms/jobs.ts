import { alarmPackOf } from '@jieyou/core/alarms/pack.ts';
import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { districtsAtWork, holdersAt } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import { packInForce } from '../rulepacks/index.ts';

type Ringing = { alarmId: string; caseNumber: string; stationId: string; workerId: string; told: number };

/**
 * Tells of what is due: the worker when its moment has come, the head when it has stood for a while after that. A message carries the
 * case's number and nothing of the matter.
 */
export const remindAlarms = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const pack = alarmPackOf((await packInForce(tx, 'alarms', districtId, dayOf(instantOf(now.getTime())))).values);
      const late = new Date(now.getTime() - pack['head.minutes'] * 60_000).toISOString();
      // Writing down that it was told comes first: a second run finds nothing left to say.
      const { rows } = await sql<Ringing>`
        update alarm_step s set told = case when s.required and s.tell_at <= ${late} then 2 else 1 end
        from alarm a
        where a.district_id = s.district_id and a.id = s.alarm_id and s.district_id = ${districtId} and a.status <> 'closed'
          and s.done_at is null and s.dropped_at is null and not case_stands_still(s.district_id, s.case_id)
          and ((s.told = 0 and s.tell_at <= ${now.toISOString()}) or (s.told < 2 and s.required and s.tell_at <= ${late}))
        returning s.alarm_id, a.case_number, a.station_id, a.worker_id, s.told`.execute(tx);
      const byAlarm = new Map<string, Ringing>();
      for (const row of rows) if ((byAlarm.get(row.alarmId)?.told ?? 0) < row.told) byAlarm.set(row.alarmId, row);
      for (const one of byAlarm.values()) {
        const to = [one.workerId, ...(one.told === 2 ? await holdersAt(tx, one.stationId, ['head']) : [])];
        const notice = { kind: 'alarms.due', recordKind: 'alarm', recordId: one.alarmId, number: one.caseNumber };
        await services.live.send(tx, districtId, [...new Set(to)], notice, now);
        await tx
          .insertInto('event')
          .values({
            districtId,
            id: newId(now.getTime()),
            at: now.toISOString(),
            type: 'alarm.told',
            recordKind: 'alarm',
            recordId: one.alarmId,
            facts: '{}',
            httpRequest: 'job',
          })
          .execute();
      }
    });
  }
};

/** Jobs of this room. */
export const alarmsJobs = (services: Services): Job<object>[] => [
  { name: 'alarms.remind', cron: '*/5 * * * *', run: () => remindAlarms(services) },
];
