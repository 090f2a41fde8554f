/** Everything of a case that its reader may read, through the views of the rooms that keep it: what they hide from the reader is absent. */

import type { ContactKind } from '@jieyou/core/contacts/schema.ts';
import { sql } from 'kysely';
import { listAlarms, readAlarm } from '../alarms/index.ts';
import { filesOfCase, listCoWorkers, listNotes, type RequestFileKept, readCase, readStages } from '../cases/index.ts';
import { listAnswers, readAnswer } from '../forms/index.ts';
import type { Ctx } from '../platform/http/context.ts';
import { listVisits, readVisit } from '../visits/index.ts';

type Contact = {
  happenedOn: string;
  kind: ContactKind;
  minutes: number | null;
  people: number;
  workerName: string;
};

type Page<T> = { rows: T[]; next: string | null };

const AT_ONCE = 100;

/** All rows of a list, oldest first. */
const all = async <T>(page: (paging: { limit: number; after?: string }) => Promise<Page<T>>): Promise<T[]> => {
  const rows: T[] = [];
  for (let after: string | undefined; ; ) {
    const found = await page({ limit: AT_ONCE, ...(after === undefined ? {} : { after }) });
    rows.push(...found.rows);
    if (found.next === null) return rows.reverse();
    after = found.next;
  }
};

const each = async <T, R>(rows: readonly T[], read: (row: T) => Promise<R>): Promise<R[]> => {
  const found: R[] = [];
  // One after the other: they share one connection.
  for (const row of rows) found.push(await read(row));
  return found;
};

const contactsOf = async (ctx: Ctx<never>, caseId: string): Promise<Contact[]> =>
  (
    await sql<Contact>`select c.happened_on, c.kind, c.minutes, c.people, p.name as worker_name from service_contact c join person p on p.id = c.worker_id
      where c.district_id = ${ctx.actor.districtId} and c.case_id = ${caseId} order by c.happened_on, c.id`.execute(ctx.tx)
  ).rows;

/** Everything of a case that its reader may read. */
export const gatherCase = async (ctx: Ctx<never>, caseId: string) => {
  const file = await readCase(ctx, caseId);
  const answers = await all((p) => listAnswers(ctx, { ...p, caseId, status: ['waiting', 'returned', 'submitted', 'signed'] }));
  const visits = await all((p) => listVisits(ctx, { ...p, caseId }));
  const alarms = await all((p) => listAlarms(ctx, { ...p, caseId, sort: 'newest' }));
  return {
    today: ctx.today,
    file,
    stages: await readStages(ctx, caseId),
    coWorkers: (await listCoWorkers(ctx, caseId)).rows,
    notes: await all((p) => listNotes(ctx, caseId, p)),
    answers: await each(answers, (a) => readAnswer(ctx, a.id)),
    visits: await each(visits, (v) => readVisit(ctx, v.id)),
    alarms: (await each(alarms, (a) => readAlarm(ctx, a.id))).filter((a) => a.can.includes('print')),
    contacts: await contactsOf(ctx, caseId),
    files: (await filesOfCase(ctx, caseId)) as readonly RequestFileKept[],
  };
};

/** A case as it was read for its archive. */
export type GatheredCase = Awaited<ReturnType<typeof gatherCase>>;
