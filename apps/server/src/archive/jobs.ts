import { createHash } from 'node:crypto';
import { archivePackOf } from '@jieyou/core/archive/pack.ts';
import { takesArchives, takesCaseArchives } from '@jieyou/core/archive/policy.ts';
import type { ArchiveFailure } from '@jieyou/core/archive/schema.ts';
import { mayEver } from '@jieyou/core/identity/policy.ts';
import { dayOf, type Instant, instantOf } from '@jieyou/core/shared/day.ts';
import { sql } from 'kysely';
import { actorOfAccount, districtsAtWork } from '../identity/index.ts';
import type { Ctx, Services } from '../platform/http/context.ts';
import { NotFound } from '../platform/http/errors.ts';
import { platformSettings } from '../platform/http/scope.ts';
import { readerOf, readLater, workLater } from '../platform/later.ts';
import { printBook } from '../platform/print/index.ts';
import type { Job } from '../platform/queue/queue.ts';
import { packInForce } from '../rulepacks/index.ts';
import { caseBookOf } from './caseContents.ts';
import { gatherCase } from './caseGather.ts';
import { bookOf } from './contents.ts';
import { gather } from './gather.ts';
import { type ArchiveRow, archiveById, subjectOf, toArchive } from './store.ts';

/** Reads everything, and says what the book of it is. */
const bookFor = async (ctx: Ctx, row: ArchiveRow) => {
  const of = subjectOf(row);
  if ((await toArchive(ctx.tx, ctx.actor, of))?.still !== false) return ctx.notFound();
  if (of.kind === 'case') {
    const gathered = await gatherCase(ctx, of.id);
    return (now: Instant) => caseBookOf(gathered, row, ctx.actor, now);
  }
  const gathered = await gather(ctx, { requestId: of.id });
  return (now: Instant) => bookOf(gathered, row, ctx.actor, now);
};

type Which = { districtId: string; id: string };

const change = (services: Services, { districtId, id }: Which, values: Partial<ArchiveRow>) =>
  workLater(services, platformSettings(districtId, services.clock.now()), async (tx) => {
    await tx
      .updateTable('requestArchive')
      .set(values as never)
      .where('districtId', '=', districtId)
      .where('id', '=', id)
      .execute();
    const row = await archiveById(tx, districtId, id);
    if (row === undefined) return;
    const of = subjectOf(row);
    await services.live.changed(tx, districtId, 'archive', of.id);
    if (values.status !== 'ready' && values.status !== 'failed') return;
    const notice = { kind: `archive.${values.status}`, recordKind: of.kind, recordId: of.id, number: row.number };
    await services.live.send(tx, districtId, [row.personId], notice, services.clock.now());
  });

/** Makes one archive under the rights that its asker has now. A second run makes it anew. */
export const makeArchive = async (services: Services, which: Which): Promise<void> => {
  const platform = platformSettings(which.districtId, services.clock.now());
  const row = await workLater(services, platform, (tx) => archiveById(tx, which.districtId, which.id));
  if (row === undefined || row.status === 'ready' || row.status === 'expired') return;
  const fail = (failure: ArchiveFailure) => change(services, which, { status: 'failed', failure });
  const today = dayOf(instantOf(services.clock.now().getTime()));
  const actor = await actorOfAccount(services.db, row.accountId, today);
  if (actor === null || !mayEver(row.caseId === null ? takesArchives : takesCaseArchives, actor) || actor.districtId !== row.districtId)
    return fail('out-of-reach');
  await change(services, which, { status: 'making', percent: 5 });
  let storedAs: string | undefined;
  try {
    const read = await readLater(services, actor, row.id, async (tx) => ({
      pack: archivePackOf((await packInForce(tx, 'archive', row.districtId, today)).values),
      // Whoever no longer reads it gets nothing, and a case that has come to stand still lends nothing.
      bookOf: await bookFor(readerOf(services, actor, tx), row),
    }));
    await change(services, which, { percent: 10 });
    const most = { bytes: read.pack['merge.megabytes'] * 1024 * 1024, pages: read.pack['merge.pages'] };
    const made = await printBook({ ...read.bookOf(instantOf(services.clock.now().getTime())), most }, (percent) =>
      change(services, which, { percent }),
    );
    if (made === null) return await fail('no-browser');
    storedAs = (await services.files.put(row.id, made.pdf)).storedAs;
    const hours = read.pack['download.hours'];
    await change(services, which, {
      status: 'ready',
      percent: 100,
      failure: null,
      pages: made.pages,
      bytes: made.pdf.length,
      sha256: createHash('sha256').update(made.pdf).digest('hex'),
      storedAs,
      expiresAt: new Date(services.clock.now().getTime() + hours * 3_600_000).toISOString(),
    });
  } catch (error) {
    if (storedAs !== undefined) await services.files.remove(storedAs);
    await fail(error instanceof NotFound ? 'out-of-reach' : 'went-wrong');
    if (!(error instanceof NotFound)) throw error;
  }
};

/** Removes files whose time is over; who took them, why, and the hash stay. */
export const clearArchives = async (services: Services): Promise<void> => {
  const now = services.clock.now();
  for (const districtId of await districtsAtWork(services.db)) {
    const { rows } = await workLater(services, platformSettings(districtId, now), (tx) =>
      sql<{ storedAs: string }>`with gone as (
          select id, stored_as from request_archive where district_id = ${districtId} and stored_as is not null and expires_at <= ${now.toISOString()} for update)
        update request_archive a set status = 'expired', stored_as = null from gone
        where a.district_id = ${districtId} and a.id = gone.id returning gone.stored_as`.execute(tx),
    );
    for (const { storedAs } of rows) await services.files.remove(storedAs);
  }
};

/** Jobs of the archives. */
export const archiveJobs = (services: Services): Job<object>[] => [
  { name: 'archive.make', run: (data) => makeArchive(services, data as Which) },
  { name: 'archive.clear', cron: '17 * * * *', run: () => clearArchives(services) },
];
