import { sql } from 'kysely';
import { centreOf, districtsAtWork } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';

/** Tickets: tells the holder once when a limit comes near, and the whole centre once when it has passed. */
export const keepTicketClocks = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const at = now.toISOString();
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows } = await sql<{ id: string; externalNo: string; holderId: string; overdue: boolean }>`
        update ticket k set warned_for = case when k.clock_due_at < ${at} then k.clock_due_at else k.clock_at_risk_at end
        where k.district_id = ${districtId} and k.status = 'open' and k.clock_at_risk_at <= ${at}
          and k.warned_for is distinct from case when k.clock_due_at < ${at} then k.clock_due_at else k.clock_at_risk_at end
        returning k.id, k.external_no, k.holder_id, k.clock_due_at < ${at} as overdue`.execute(tx);
      for (const one of rows) {
        const people = one.overdue ? [one.holderId, ...(await centreOf(tx, districtId))] : [one.holderId];
        const kind = one.overdue ? 'calls.ticket-overdue' : 'calls.ticket-at-risk';
        await services.live.send(tx, districtId, people, { kind, recordKind: 'ticket', recordId: one.id, number: one.externalNo }, now);
      }
    });
  }
};

/** Jobs of the call desk. */
export const callsJobs = (services: Services): Job<object>[] => [
  { name: 'calls.keep-tickets', cron: '* * * * *', run: () => keepTicketClocks(services) },
];
