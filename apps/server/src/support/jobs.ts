import { addDays, dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { centreOf, districtsAtWork, holdersAt } from '../identity/index.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import { rulesOf } from './clock.ts';

type Due = { id: string; receiptNo: string | null; archiveNo: string | null; askerId: string; holderId: string | null; stationId: string };

const note = (tx: Tx, services: Services, districtId: string, type: string, requestId: string, now: Date) =>
  tx
    .insertInto('event')
    .values({
      districtId,
      id: newId(now.getTime()),
      at: now.toISOString(),
      type,
      recordKind: 'request',
      recordId: requestId,
      requestRef: requestId,
      facts: '{}',
      httpRequest: 'job',
    })
    .execute()
    .then(() => services.live.changed(tx, districtId, 'request', requestId));

const tell = (tx: Tx, services: Services, districtId: string, persons: readonly (string | null)[], kind: string, of: Due, now: Date) =>
  services.live.send(
    tx,
    districtId,
    persons,
    { kind, recordKind: 'request', recordId: of.id, number: of.archiveNo ?? of.receiptNo ?? '' },
    now,
  );

/**
 * Clocks: tells the holder, or the whole centre where nobody holds it, once when a promise comes at risk and once when it is overdue.
 * `warned_for` remembers the due time for which was warned, so that a second run says nothing twice and a shifted clock warns again.
 */
export const keepClocks = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows } = await sql<Due & { overdue: boolean }>`
        update support_request r set warned_for = case when r.clock_due_at < ${now.toISOString()} then r.clock_due_at else r.clock_at_risk_at end
        where r.district_id = ${districtId} and r.clock_paused_at is null and r.clock_kind in ('screening', 'panel', 'conference')
          and r.clock_at_risk_at <= ${now.toISOString()}
          and r.warned_for is distinct from case when r.clock_due_at < ${now.toISOString()} then r.clock_due_at else r.clock_at_risk_at end
          and r.status in ('submitted', 'matching', 'supporting')
        returning r.id, r.receipt_no, r.archive_no, r.asker_id, r.holder_id, r.station_id, r.clock_due_at < ${now.toISOString()} as overdue`.execute(
        tx,
      );
      for (const due of rows) {
        const to = due.holderId === null ? await centreOf(tx, districtId) : [due.holderId];
        await tell(tx, services, districtId, to, due.overdue ? 'support.clock-overdue' : 'support.clock-at-risk', due, now);
      }
    });
  }
};

/** Invitations whose packet has expired are over; the expert sees that the time has passed, and nothing of the packet. */
export const expireInvitations = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), (tx) =>
      sql`update support_invitation i set status = 'expired', version = i.version + 1 from support_round r
        where i.district_id = ${districtId} and r.district_id = i.district_id and r.id = i.round_id and i.status in ('invited', 'accepted')
          and r.expires_at <= ${now.toISOString()}`.execute(tx),
    );
  }
};

/** A question for a time is over at its deadline; who asked is told once, to choose. */
export const closePolls = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows } = await sql<{ createdBy: string; conferenceId: string; requestId: string; number: string }>`
        update conference_poll set status = 'closed', closed_at = ${now.toISOString()}, version = version + 1
        where district_id = ${districtId} and status = 'open' and deadline <= ${now.toISOString()}
        returning created_by, conference_id, request_id, number`.execute(tx);
      for (const { createdBy, conferenceId, requestId, number } of rows) {
        const notice = { kind: 'support.poll-closed', recordKind: 'conference', recordId: conferenceId, number };
        await services.live.send(tx, districtId, [createdBy], notice, now);
        await services.live.changed(tx, districtId, 'request', requestId);
      }
    });
  }
};

/** A crisis that nobody acknowledged in time goes to the backup and the head of the station; once. */
export const escalateCrisis = async (services: Services, of: { districtId?: string; requestId?: string } = {}): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of of.districtId === undefined ? await districtsAtWork(services.db) : [of.districtId]) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows } = await sql<Due & { crisisBackupId: string | null; crisisDutyId: string | null }>`
        update support_request r set crisis_escalated_at = ${now.toISOString()}
        where r.district_id = ${districtId} and r.status = 'crisis' and r.crisis_acknowledged_at is null and r.crisis_escalated_at is null
          and r.clock_due_at <= ${now.toISOString()}
        returning r.id, r.receipt_no, r.archive_no, r.asker_id, r.holder_id, r.station_id, r.crisis_backup_id, r.crisis_duty_id`.execute(
        tx,
      );
      for (const due of rows) {
        const heads = await holdersAt(tx, due.stationId, ['head']);
        const backup = due.crisisBackupId === null ? await centreOf(tx, districtId) : [due.crisisBackupId];
        await tell(tx, services, districtId, [...backup, ...heads, due.crisisDutyId], 'support.crisis-escalated', due, now);
        await note(tx, services, districtId, 'support.crisis-escalated', due.id, now);
      }
    });
  }
};

/** Once a day: actions that are due or overdue, opinions that are due, requests without progress or without a present holder. */
export const remind = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const today = dayOf(instantOf(now.getTime()));
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { pack } = await rulesOf(tx, districtId, today);
      const { rows: actions } = await sql<{ id: string; ownerId: string; number: string; overdue: boolean }>`
        update support_action a set reminded_on = ${today}
        where a.district_id = ${districtId} and a.status = 'open' and a.due_on <= ${addDays(today, pack['action.remindDays'])}
          and a.reminded_on is distinct from ${today}::date
        returning a.id, a.owner_id, a.number, a.due_on < ${today} as overdue`.execute(tx);
      for (const action of actions) {
        await services.live.send(
          tx,
          districtId,
          [action.ownerId],
          {
            kind: action.overdue ? 'support.action-overdue' : 'support.action-due',
            recordKind: 'action',
            recordId: action.id,
            number: action.number,
          },
          now,
        );
      }
      const { rows: opinions } = await sql<{ id: string; personId: string; number: string }>`
        select i.id, e.person_id, i.number from support_invitation i join support_round r on r.district_id = i.district_id and r.id = i.round_id
          join expert e on e.id = i.expert_id
        where i.district_id = ${districtId} and i.status in ('invited', 'accepted') and r.deadline > ${now.toISOString()}
          and r.deadline <= ${new Date(now.getTime() + 36 * 3_600_000).toISOString()}`.execute(tx);
      for (const o of opinions) {
        await services.live.send(
          tx,
          districtId,
          [o.personId],
          { kind: 'support.opinion-due', recordKind: 'invitation', recordId: o.id, number: o.number },
          now,
        );
      }
      const { rows: stale } = await sql<Due>`
        select r.id, r.receipt_no, r.archive_no, r.asker_id, r.holder_id, r.station_id from support_request r
        where r.district_id = ${districtId} and r.status in ('matching', 'supporting', 'following')
          and r.updated_at < ${new Date(now.getTime() - pack['stale.days'] * 86_400_000).toISOString()}
          and (extract(day from ${now.toISOString()}::timestamptz - r.updated_at)::int % ${pack['stale.days']}) = 0`.execute(tx);
      for (const one of stale) await tell(tx, services, districtId, [one.holderId], 'support.stale', one, now);
      const { rows: followUps } = await sql<Due>`
        select r.id, r.receipt_no, r.archive_no, r.asker_id, r.holder_id, r.station_id from support_request r
        where r.district_id = ${districtId} and r.status = 'closed' and r.next_on = ${today}`.execute(tx);
      for (const one of followUps) await tell(tx, services, districtId, [one.askerId], 'support.follow-up-due', one, now);
    });
  }
};

/** Jobs of the main job. */
export const supportJobs = (services: Services): Job<object>[] => [
  {
    name: 'support.keep-clocks',
    cron: '* * * * *',
    run: async () => {
      await keepClocks(services);
      // The job enqueued at the crisis comes first; this sweep makes sure that none is forgotten.
      await escalateCrisis(services);
      await expireInvitations(services);
      await closePolls(services);
    },
  },
  { name: 'support.escalate-crisis', run: (data) => escalateCrisis(services, data as { districtId?: string; requestId?: string }) },
  { name: 'support.remind', cron: '0 9 * * *', run: () => remind(services) },
];
