import { addDays, type Day, dayOf, instantOf, msOf, startOfDay } from '@jieyou/core/shared/day.ts';
import { digest } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import type { Services } from '../platform/http/context.ts';
import { idsNotBefore } from '../platform/ids.ts';
import { lowestIdAt, momentOfId } from '../platform/idTime.ts';
import { workLater } from '../platform/later.ts';
import type { Job } from '../platform/queue/queue.ts';
import * as store from './store.ts';

/** Job that seals finished days. */
export const SEAL_JOB = 'audit.seal';

const BATCH = 2_000;
const FIRST_LINK = '0'.repeat(64);
// The audit trails open to this duty only; it sees every district, since there is one chain.
const DUTY = { seal: '1' } as const;

const dayOfId = (id: string): Day => dayOf(instantOf(momentOfId(id)));

// Of each entry its id and half of the digest of its text.
const ID_BYTES = 16;
const LEAF_BYTES = 16;
const leafOf = (row: { id: string; text: string }): Buffer =>
  Buffer.concat([Buffer.from(row.id.replaceAll('-', ''), 'hex'), Buffer.from(digest(row.text), 'hex').subarray(0, LEAF_BYTES)]);

/**
 * The link of a day: SM3 over the previous link and every entry of the day, in the order of their ids (Asia/Shanghai). `each` hears of
 * every entry.
 */
const linkOf = async (
  tx: Tx,
  day: Day,
  previous: string,
  each: (row: { id: string; text: string }) => void = () => undefined,
): Promise<{ entries: number; hash: string }> => {
  const end = lowestIdAt(msOf(startOfDay(addDays(day, 1))));
  // One below the lowest id of the day: ids are compared as "after".
  let last = lowestIdAt(msOf(startOfDay(day)), -1);
  let entries = 0;
  let hash = digest(`${previous}\n${day}`);
  for (;;) {
    const rows = await store.rowsToSeal(tx, last, end, BATCH);
    for (const row of rows) {
      hash = digest(`${hash}\n${row.text}`);
      each(row);
    }
    entries += rows.length;
    last = rows.at(-1)?.id ?? last;
    if (rows.length < BATCH) return { entries, hash };
  }
};

/** Seals the next finished day, empty ones too, so that nothing can be slipped into a quiet day; false when all are sealed. */
const sealNextDay = (services: Services): Promise<boolean> =>
  workLater(services, DUTY, async (tx) => {
    await store.lockChain(tx);
    const now = instantOf(services.clock.now().getTime());
    const newest = (await store.newestSeals(tx, 1))[0];
    const firstId = newest === undefined ? await store.firstEntryId(tx) : undefined;
    if (newest === undefined && firstId === undefined) return false;
    const day = newest === undefined ? dayOfId(firstId as string) : addDays(newest.day as Day, 1);
    if (day >= dayOf(now)) return false;
    const previous = newest?.hash ?? FIRST_LINK;
    const leaves: Buffer[] = [];
    const link = await linkOf(tx, day, previous, (row) => void leaves.push(leafOf(row)));
    await store.insertSeal(tx, { day, previous, sealedAt: now, ...link, leaves: Buffer.concat(leaves) });
    return true;
  });

/** Seals every finished day that is not sealed yet, oldest first; a second run finds nothing to do. Returns how many. */
export const sealDays = async (services: Services): Promise<number> => {
  let sealed = 0;
  while (await sealNextDay(services)) sealed += 1;
  await keepClearOfSeals(services);
  return sealed;
};

/**
 * From now on this process writes nothing into a day that is sealed: a clock that ran ahead may have had it sealed too early, and was set
 * back. Such entries stand at the beginning of the first open day; their own time is beside them.
 */
export const keepClearOfSeals = (services: Services): Promise<void> =>
  workLater(services, DUTY, async (tx) => {
    const newest = (await store.newestSeals(tx, 1))[0];
    if (newest !== undefined) idsNotBefore(msOf(startOfDay(addDays(newest.day as Day, 1))));
  });

/** What a check of the chain found: every sealed day as it was, or the first day that is not. */
export type ChainCheck =
  | { readonly ok: true; readonly days: number }
  | { readonly ok: false; readonly day: string; readonly says: 'link' | 'entries'; readonly rows: readonly BrokenRow[] };

/** An entry of a day that no longer holds: its id, the moment that its id carries, and what became of it. */
export type BrokenRow = { readonly id: string; readonly at: string; readonly became: 'changed' | 'gone' | 'added' };

const withDashes = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** Which entries of a day are others than when it was sealed; none where nothing was kept of them. */
const brokenRows = async (tx: Tx, day: Day): Promise<BrokenRow[]> => {
  const kept = await store.leavesOf(tx, day);
  if (kept === null) return [];
  const then = new Map<string, string>();
  for (let at = 0; at < kept.length; at += ID_BYTES + LEAF_BYTES)
    then.set(
      withDashes(kept.subarray(at, at + ID_BYTES).toString('hex')),
      kept.subarray(at + ID_BYTES, at + ID_BYTES + LEAF_BYTES).toString('hex'),
    );
  const found: Pick<BrokenRow, 'id' | 'became'>[] = [];
  await linkOf(tx, day, FIRST_LINK, (row) => {
    const was = then.get(row.id);
    then.delete(row.id);
    if (was === undefined) found.push({ id: row.id, became: 'added' });
    else if (was !== leafOf(row).subarray(ID_BYTES).toString('hex')) found.push({ id: row.id, became: 'changed' });
  });
  for (const id of then.keys()) found.push({ id, became: 'gone' });
  return found.map((row) => ({ ...row, at: instantOf(momentOfId(row.id)) })).sort((a, b) => (a.id < b.id ? -1 : 1));
};

/** Reckons the whole chain again and compares it. An entry that was changed, added or removed afterwards breaks its day. */
export const verifySeals = async (services: Pick<Services, 'db' | 'clock'>): Promise<ChainCheck> => {
  let previous = FIRST_LINK;
  let last = '0001-01-01';
  let days = 0;
  for (;;) {
    const step = await workLater(services, DUTY, async (tx): Promise<ChainCheck | 'end' | 'next'> => {
      const seal = (await store.sealsAfter(tx, last, 1))[0];
      if (seal === undefined) return 'end';
      const follows = days === 0 || seal.day === addDays(last as Day, 1);
      if (!follows || seal.previous !== previous) return { ok: false, day: seal.day, says: 'link', rows: [] };
      const found = await linkOf(tx, seal.day as Day, previous);
      if (found.entries !== seal.entries || found.hash !== seal.hash)
        return { ok: false, day: seal.day, says: 'entries', rows: await brokenRows(tx, seal.day as Day) };
      previous = seal.hash;
      last = seal.day;
      return 'next';
    });
    if (step === 'end') return { ok: true, days };
    if (step !== 'next') return step;
    days += 1;
  }
};

/** The end of the chain, which somebody may write down elsewhere: a chain that was cut off later no longer holds it. */
export const endOfChain = async (services: Pick<Services, 'db' | 'clock'>): Promise<{ day: string; hash: string } | null> =>
  workLater(services, DUTY, async (tx) => {
    const [newest] = await store.newestSeals(tx, 1);
    return newest === undefined ? null : { day: newest.day, hash: newest.hash };
  });

/** Whether the chain has this link. */
export const chainHolds = async (services: Pick<Services, 'db' | 'clock'>, link: { day: string; hash: string }): Promise<boolean> =>
  workLater(services, DUTY, async (tx) => (await store.sealsAfter(tx, addDays(link.day as Day, -1), 1))[0]?.hash === link.hash);

/** Jobs of the audit room. */
export const auditJobs = (services: Services): Job<object>[] => [
  { name: SEAL_JOB, cron: '10 0 * * *', run: async () => void (await sealDays(services)) },
];
