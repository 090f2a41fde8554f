import { dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { centreOf, districtsAtWork } from '../identity/index.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import { figuresOf, reviewDue } from './store.ts';

/**
 * Tells the keeper once for each due day that a policy or resource must be looked at again; where nobody of the centre keeps it any
 * more, the whole centre. `reminded_for` remembers the due day, so that a second run says nothing twice.
 */
export const remindOfReviews = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const today = dayOf(instantOf(now.getTime()));
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const leadDays = (await figuresOf(tx, districtId, today))['review.leadDays'];
      const due = sql`least(r.review_on, r.valid_to)`;
      const { rows } = await sql<{ id: string; keeperId: string | null }>`
        update resource r set reminded_for = ${due}
        where r.district_id = ${districtId} and ${reviewDue(today, leadDays)} and r.reminded_for is distinct from ${due}
        returning r.id, r.keeper_id`.execute(tx);
      if (rows.length === 0) return;
      const centre = await centreOf(tx, districtId);
      for (const one of rows) {
        const to = one.keeperId !== null && centre.includes(one.keeperId) ? [one.keeperId] : centre;
        await services.live.send(
          tx,
          districtId,
          to,
          { kind: 'resources.review-due', recordKind: 'resource', recordId: one.id, number: '' },
          now,
        );
      }
    });
  }
};

/** Referrals that no partner answered in time are over; who sent them is told. */
export const expireReferrals = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const today = dayOf(instantOf(now.getTime()));
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { rows } = await sql<{ id: string; number: string; requestId: string; askerId: string; sentBy: string }>`
        update partner_referral set status = 'expired', closed_at = ${now.toISOString()}, version = version + 1
        where district_id = ${districtId} and status = 'offered' and until < ${today}::date
        returning id, number, request_id, asker_id, sent_by`.execute(tx);
      for (const one of rows) {
        await tx
          .insertInto('event')
          .values({
            districtId,
            id: newId(now.getTime()),
            at: now.toISOString(),
            type: 'referral.expired',
            recordKind: 'referral',
            recordId: one.id,
            requestRef: one.requestId,
            facts: '{}',
            httpRequest: 'job',
          })
          .execute();
        await services.live.send(
          tx,
          districtId,
          [...new Set([one.askerId, one.sentBy])],
          { kind: 'resources.referral-expired', recordKind: 'referral', recordId: one.id, number: one.number },
          now,
        );
      }
    });
  }
};

/** Jobs of the resources room. */
export const resourcesJobs = (services: Services): Job<object>[] => [
  { name: 'resources.remind', cron: '10 9 * * *', run: () => remindOfReviews(services) },
  { name: 'resources.expire-referrals', cron: '20 0 * * *', run: () => expireReferrals(services) },
];
