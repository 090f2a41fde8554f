import { RUNNING } from '@jieyou/core/privacy/moves.ts';
import { daysLeft } from '@jieyou/core/privacy/rules.ts';
import { day, dayOf, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { districtsAtWork } from '../identity/index.ts';
import { digest } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Services } from '../platform/http/context.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { newId } from '../platform/ids.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import { figuresOf } from './figures.ts';
import { peopleIn } from './store.ts';

/** What to destroy: an approved list, or the deletions that a request was granted. */
export type DestroyOrder = { readonly districtId: string; readonly listId?: string; readonly requestId?: string };

const note = (tx: Tx, districtId: string, type: string, recordKind: string, recordId: string, facts: object, now: Date) =>
  tx
    .insertInto('event')
    .values({
      districtId,
      id: newId(now.getTime()),
      at: now.toISOString(),
      type,
      recordKind,
      recordId,
      facts: JSON.stringify(facts),
      httpRequest: 'job',
    })
    .execute();

type Erased = { storedAs: string[]; rowsErased: number; tally: string };

/**
 * Erases what two persons decided to erase, one case a transaction; runs again unharmed. The files leave the disk first: a row without a
 * file is tried again, a file without a row would be forgotten.
 */
export const destroyApproved = async (services: Services, order: DestroyOrder): Promise<void> => {
  const now = services.clock.now();
  const duty = platformSettings(order.districtId, now);
  const warrant = order.listId ?? order.requestId ?? '';
  const kind = order.listId === undefined ? 'request' : 'list';
  const { cases } = await workLater(services, duty, async (tx) => ({
    cases:
      kind === 'list'
        ? (
            await sql<{
              caseId: string;
            }>`select i.case_id from destruction_item i join destruction_list l on l.district_id = i.district_id and l.id = i.list_id
              where l.district_id = ${order.districtId} and l.id = ${warrant} and l.status = 'approved' and i.destroyed_at is null and i.spared is null
              order by i.id`.execute(tx)
          ).rows.map((r) => r.caseId)
        : (await sql<{ caseId: string }>`select case_id from cases_to_delete(${warrant})`.execute(tx)).rows.map((r) => r.caseId),
  }));
  for (const caseId of cases) {
    const gone = await workLater(services, duty, async (tx) => {
      const { rows } = await sql<Erased>`select * from destroy_case(${caseId}, ${kind}, ${warrant})`.execute(tx);
      const erased = rows[0];
      const proof = erased === undefined ? null : digest(`${caseId}|${warrant}|${now.toISOString()}|${erased.tally}`);
      if (kind === 'list') {
        await tx
          .updateTable('destructionItem')
          .set(
            erased === undefined
              ? { spared: 'held' }
              : { destroyedAt: now.toISOString(), rowsErased: erased.rowsErased, filesErased: erased.storedAs.length, proof },
          )
          .where('districtId', '=', order.districtId)
          .where('listId', '=', warrant)
          .where('caseId', '=', caseId)
          .execute();
      }
      if (erased !== undefined) {
        const facts = { rows: erased.rowsErased, files: erased.storedAs.length, proof, [kind]: warrant };
        await note(tx, order.districtId, 'privacy.case-destroyed', 'case', caseId, facts, now);
      }
      return erased?.storedAs ?? [];
    });
    // Only now: a step that is undone must find its files again.
    for (const file of gone) await services.files.remove(file);
  }
  if (kind === 'list') {
    await workLater(services, duty, async (tx) => {
      const { rows } = await sql<{
        id: string;
      }>`update destruction_list set status = 'executed', executed_at = ${now.toISOString()}, version = version + 1
        where district_id = ${order.districtId} and id = ${warrant} and status = 'approved' returning id`.execute(tx);
      if (rows.length > 0)
        await note(tx, order.districtId, 'privacy.list-executed', 'destruction-list', warrant, { items: cases.length }, now);
    });
  }
};

/** Tells the station's head and the centre once a day that an answer is nearly due or overdue. */
export const remindOfAnswers = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  const today = dayOf(instantOf(now.getTime()));
  for (const districtId of await districtsAtWork(services.db)) {
    await workLater(services, platformSettings(districtId, now), async (tx) => {
      const { pack } = await figuresOf(tx, districtId, today);
      const { rows } = await sql<{ id: string; receiptNo: string; stationId: string; receivedBy: string; dueOn: string }>`
        update privacy_request set warned_on = ${today}::date where district_id = ${districtId} and status = any(${[...RUNNING]})
          and due_on <= ${today}::date + ${pack['answer.warnDays']}::int and warned_on is distinct from ${today}::date
        returning id, receipt_no, station_id, received_by, due_on`.execute(tx);
      for (const due of rows) {
        const to = [due.receivedBy, ...(await peopleIn(tx, districtId, 'head', due.stationId))];
        // When it is over, the centre is told as well.
        if (daysLeft(day(due.dueOn), today) < 0) to.push(...(await peopleIn(tx, districtId, 'centre', null)));
        const notice = { kind: 'privacy.answer-due', recordKind: 'privacy-request', recordId: due.id, number: due.receiptNo };
        await services.live.send(tx, districtId, [...new Set(to)], notice, now);
      }
    });
  }
};

export const privacyJobs = (services: Services): Job<object>[] => [
  { name: 'privacy.remind', cron: '20 8 * * *', run: () => remindOfAnswers(services) },
  { name: 'privacy.destroy', run: (order) => destroyApproved(services, order as DestroyOrder) },
];
