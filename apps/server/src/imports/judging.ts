/** Rows of a file beside what the platform holds: what is new, what is there already, what may be a double, what cannot be taken. */
import type { ContactRow, PersonWords, ReadRow, RecipientRow } from '@jieyou/core/imports/reading.ts';
import { sameWordsOf } from '@jieyou/core/imports/rules.ts';
import type { ImportColumnKey, RowProblem, RowProblemCode } from '@jieyou/core/imports/schema.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import { type ContactPlace, countedAlready, putTold, toldBefore } from '../contacts/index.ts';
import type { CryptoProvider } from '../platform/crypto/crypto.ts';
import type { Tx } from '../platform/db/database.ts';
import { newId } from '../platform/ids.ts';
import { alikePeople, blindOf, knownPeople, peopleMeant, registerPeople } from '../recipients/index.ts';
import * as store from './store.ts';

/** A row as it was read. */
export type ReadRowAt = ReadRow & { readonly rowNo: number };

/** What becomes of a row. */
export type Verdict = {
  readonly rowNo: number;
  readonly state: 'new' | 'known' | 'double' | 'wrong';
  readonly problems: readonly RowProblem[];
};

/** For whom a file is read, and where what is made of it stands. */
export type Standing = {
  readonly districtId: string;
  readonly stationId: string;
  readonly personId: string;
  readonly workerId: string;
  readonly place: ContactPlace;
  /** Workers of the station by name; who brings the own work only is the only one. */
  readonly workers: ReadonlyMap<string, readonly string[]>;
  readonly ownOnly: boolean;
  readonly crypto: CryptoProvider;
  readonly today: Day;
  readonly at: string;
};

/** Rows of the file that were passed, by keyed hash: the number of the first. */
export type Seen = Map<string, { readonly row: number; times: number }>;

const one = (column: ImportColumnKey | null, code: RowProblemCode, row: number | null = null): RowProblem[] => [{ column, code, row }];

const workerOf = (standing: Standing, name: string | null): { id: string } | { code: RowProblemCode } => {
  if (name === null) return { id: standing.workerId };
  const found = standing.workers.get(name) ?? [];
  if (standing.ownOnly) return found.includes(standing.workerId) ? { id: standing.workerId } : { code: 'worker-other' };
  if (found.length > 1) return { code: 'worker-twice' };
  return found[0] === undefined ? { code: 'worker-unknown' } : { id: found[0] };
};

/** The same keyed hash for the same words, of a station's own: it says nothing to whoever has no key. */
const fingerprintOf = (standing: Standing, words: string): string =>
  standing.crypto.mark(`${standing.stationId}\u0002${words}`, 'ledgerImport.row');

/** An id that is always the same for a row: the source of its act. */
const sourceOf = (fingerprint: string, time: number): string => {
  const bytes = Buffer.from(fingerprint, 'base64url').subarray(0, 16);
  bytes.writeUInt16BE((bytes.readUInt16BE(0) + time) & 0xffff, 0);
  bytes[6] = 0x80 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

/** What is judged of rows, and what would be written for those that are new or may be doubles. */
export type Judged = { readonly verdicts: Verdict[]; readonly write: (tx: Tx, take: ReadonlySet<number>) => Promise<store.KeptRow[]> };

type Person = ReadRowAt & { readonly row: RecipientRow };
const isPerson = (r: ReadRowAt): r is Person => r.row?.kind === 'recipients';
type Act = ReadRowAt & { readonly row: ContactRow };
const isAct = (r: ReadRowAt): r is Act => r.row?.kind === 'contacts';

/** The word by which a person is told within a file. */
const keyOf = (standing: Standing, row: RecipientRow): string =>
  row.idNumber !== null
    ? `i${standing.crypto.blindIndex(row.idNumber, 'recipient.idNumber')}`
    : row.birthOn !== null && row.phone !== null
      ? `p${fingerprintOf(standing, [row.name, row.birthOn, row.phone].join('\u0001'))}`
      : `w${fingerprintOf(standing, sameWordsOf(row))}`;

/** Takes rows in that were written by an earlier run, so that later ones are compared with them. */
export const pass = (standing: Standing, seen: Seen, rows: readonly ReadRowAt[]): void => {
  for (const r of rows) {
    if (r.row === null) continue;
    const key = r.row.kind === 'recipients' ? keyOf(standing, r.row) : actKey(standing, r.row);
    const before = seen.get(key);
    if (before === undefined) seen.set(key, { row: r.rowNo, times: 1 });
    else before.times += 1;
  }
};

/** Judges people of a register. */
export const judgePeople = async (tx: Tx, standing: Standing, seen: Seen, rows: readonly ReadRowAt[]): Promise<Judged> => {
  const verdicts: Verdict[] = [];
  const asked: (Person & { readonly workerId: string; readonly fingerprint: string })[] = [];
  for (const r of rows) {
    if (!isPerson(r)) {
      verdicts.push({ rowNo: r.rowNo, state: 'wrong', problems: r.problems });
      continue;
    }
    const worker = workerOf(standing, r.row.worker);
    const key = keyOf(standing, r.row);
    const before = seen.get(key);
    if (before !== undefined) {
      before.times += 1;
      verdicts.push({ rowNo: r.rowNo, state: 'known', problems: one(null, 'same-row', before.row) });
    } else if ('code' in worker) verdicts.push({ rowNo: r.rowNo, state: 'wrong', problems: one('worker', worker.code) });
    else {
      seen.set(key, { row: r.rowNo, times: 1 });
      asked.push({ ...r, workerId: worker.id, fingerprint: fingerprintOf(standing, sameWordsOf(r.row)) });
    }
  }
  const blind = asked.map((r) => blindOf(standing.crypto, r.row));
  const known = await knownPeople(tx, blind);
  const made = await store.madeBefore(
    tx,
    standing.districtId,
    asked.map((r) => r.fingerprint),
  );
  // Only of those who are new it matters whether they look like somebody.
  const fresh = asked.flatMap((r, i) => (known.has(i) || made.has(r.fingerprint) ? [] : [i]));
  const alikeAt = await alikePeople(
    tx,
    standing.districtId,
    fresh.flatMap((i) => blind[i] ?? []),
  );
  const alike = new Set([...alikeAt].map((at) => fresh[at]));
  const taken = new Map<number, (typeof asked)[number]>();
  for (const [i, r] of asked.entries()) {
    if (known.has(i) || made.has(r.fingerprint)) verdicts.push({ rowNo: r.rowNo, state: 'known', problems: [] });
    else {
      taken.set(r.rowNo, r);
      verdicts.push(
        alike.has(i)
          ? { rowNo: r.rowNo, state: 'double', problems: one('name', 'maybe-same-person') }
          : { rowNo: r.rowNo, state: 'new', problems: [] },
      );
    }
  }
  const write = async (inTx: Tx, take: ReadonlySet<number>): Promise<store.KeptRow[]> => {
    const millis = Date.parse(standing.at);
    const entries = [...taken.values()]
      .filter((r) => take.has(r.rowNo))
      .map((r) => ({
        rowNo: r.rowNo,
        fingerprint: r.fingerprint,
        id: newId(millis),
        workerId: r.workerId,
        draft: {
          name: r.row.name,
          gender: r.row.gender,
          birthOn: r.row.birthOn,
          idNumber: r.row.idNumber,
          phone: r.row.phone,
          address: r.row.address,
        },
        categories: r.row.categories.map((c) => ({ id: newId(millis), ...c })),
      }));
    await registerPeople(inTx, { ...standing, source: '台账导入' }, standing.crypto, entries);
    return entries.map((e) => ({
      id: newId(millis),
      rowNo: e.rowNo,
      state: 'added' as const,
      problems: [],
      fingerprint: e.fingerprint,
      madeId: e.id,
      withIds: e.categories.map((c) => c.id),
    }));
  };
  return { verdicts, write };
};

const wordsOf = (p: PersonWords | null): string =>
  p === null ? '' : [p.idNumber ?? p.name, p.idNumber === null ? p.birthOn : '', p.idNumber === null ? p.phone : ''].join('\u0001');

const actKey = (standing: Standing, row: ContactRow): string =>
  fingerprintOf(
    standing,
    [row.happenedOn, row.worker ?? '', wordsOf(row.person), row.contact, row.domain, row.minutes ?? '', row.people].join('\u0001'),
  );

/** Judges acts of service. */
export const judgeActs = async (tx: Tx, standing: Standing, seen: Seen, rows: readonly ReadRowAt[]): Promise<Judged> => {
  const verdicts: Verdict[] = [];
  const asked: (Act & { readonly workerId: string; readonly sourceId: string; readonly again: number | null })[] = [];
  for (const r of rows) {
    if (!isAct(r)) {
      verdicts.push({ rowNo: r.rowNo, state: 'wrong', problems: r.problems });
      continue;
    }
    const worker = workerOf(standing, r.row.worker);
    if ('code' in worker) {
      verdicts.push({ rowNo: r.rowNo, state: 'wrong', problems: one('worker', worker.code) });
      continue;
    }
    const key = actKey(standing, r.row);
    const before = seen.get(key);
    const time = before?.times ?? 0;
    if (before === undefined) seen.set(key, { row: r.rowNo, times: 1 });
    else before.times += 1;
    asked.push({ ...r, workerId: worker.id, sourceId: sourceOf(key, time), again: before?.row ?? null });
  }
  const named = asked.filter((r) => r.row.person !== null);
  const meant = await peopleMeant(
    tx,
    standing.districtId,
    named.map((r) => blindOf(standing.crypto, r.row.person ?? { name: null, idNumber: null, birthOn: null, phone: null })),
  );
  const who = new Map<number, string>();
  const wrong = new Map<number, RowProblemCode>();
  for (const [i, r] of named.entries()) {
    const found = meant.get(i) ?? [];
    if (found.length === 1 && found[0] !== undefined) who.set(r.rowNo, found[0]);
    else wrong.set(r.rowNo, found.length === 0 ? 'person-unknown' : 'person-twice');
  }
  const before = await toldBefore(
    tx,
    standing.districtId,
    'import',
    asked.map((r) => r.sourceId),
  );
  const counted = await countedAlready(
    tx,
    standing.districtId,
    asked.map((r) => ({ workerId: r.workerId, happenedOn: r.row.happenedOn, recipientId: who.get(r.rowNo) ?? null })),
  );
  const taken = new Map<number, (typeof asked)[number]>();
  for (const [i, r] of asked.entries()) {
    const problem = wrong.get(r.rowNo);
    if (before.has(r.sourceId)) verdicts.push({ rowNo: r.rowNo, state: 'known', problems: [] });
    else if (problem !== undefined)
      verdicts.push({ rowNo: r.rowNo, state: 'wrong', problems: one(r.row.person?.idNumber == null ? 'name' : 'idNumber', problem) });
    else {
      taken.set(r.rowNo, r);
      verdicts.push({
        rowNo: r.rowNo,
        state: r.again !== null || counted.has(i) ? 'double' : 'new',
        problems: r.again !== null ? one(null, 'same-row', r.again) : counted.has(i) ? one(null, 'maybe-counted') : [],
      });
    }
  }
  const write = async (inTx: Tx, take: ReadonlySet<number>): Promise<store.KeptRow[]> => {
    const millis = Date.parse(standing.at);
    const acts = [...taken.values()].filter((r) => take.has(r.rowNo)).map((r) => ({ r, id: newId(millis) }));
    const fresh = await putTold(
      inTx,
      standing.districtId,
      acts.map(({ r, id }) => ({
        ...standing.place,
        id,
        sourceKind: 'import',
        sourceId: r.sourceId,
        kind: r.row.contact,
        domain: r.row.domain,
        happenedOn: r.row.happenedOn,
        minutes: r.row.minutes,
        people: r.row.people,
        who: [],
        workerId: r.workerId,
        caseId: null,
        recipientId: who.get(r.rowNo) ?? null,
        groupId: null,
        activityId: null,
        writtenAt: standing.at,
      })),
    );
    return acts
      .filter(({ r }) => fresh.has(r.sourceId))
      .map(({ r, id }) => ({ id: newId(millis), rowNo: r.rowNo, state: 'added' as const, problems: [], madeId: id }));
  };
  return { verdicts, write };
};
