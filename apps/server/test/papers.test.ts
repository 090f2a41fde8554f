/**
 * Words of other scopes in what is printed. The access walk looks for them in the bytes of every answer, but a PDF comes packed: here every
 * endpoint that prints one is asked for it, and its words are read as a reader of PDF finds them.
 */
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { z } from 'zod';
import { closePrinter } from '../src/platform/print/index.ts';
import { type Cell, rows } from './access.data.ts';
import { AccessWorld, forbiddenTo, PLACES, questions, type Target, tellAll } from './access.world.ts';
import { startTestApp, type TestApp } from './harness.ts';
import { readBook } from './pdfWords.ts';

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
  await tellAll(w);
}, 120_000);
afterAll(async () => {
  await t.stop();
  await closePrinter();
});

const printsPdf = (query: z.ZodType): boolean => {
  const format = query instanceof z.ZodObject ? (query.shape as Record<string, z.ZodType>).format : undefined;
  return format !== undefined && format.safeParse('pdf').success;
};
const PRINTING = allEndpoints.filter((e) => e.method === 'GET' && printsPdf(e.query)).map((e) => e.id);

/** Who reads the paper of station 1 first of all, the first of them whom the endpoint lets in. */
const READERS: readonly Role[] = ['worker', 'head', 'centre', 'supervisor', 'officer', 'system'];
/** Who never reads a professional's words, and a worker of another station. */
const OTHERS = ['street', 'civil-affairs', 'agency', 'officer', 'worker2'] as const;

/** Papers of numbers, days, masked names and blanks: nothing stands in them that somebody told. */
const NO_TALE = [
  'exportLedger',
  'exportReliefLedger',
  'exportVolunteerLedger',
  'printFormTemplate',
  'printHousehold',
  'printVisitDay',
  'printVolunteer',
  'printYearReport',
  'readCaseBook',
  'readDestructionPaper',
  'readResponsePaper',
];

const cellOf = (id: string, role: Role): Cell => {
  const row = rows.find((r) => r.endpoint === id);
  const cell = row?.roles[role] ?? 403;
  return typeof cell === 'object' ? (cell[PLACES.indexOf('own')] as Cell) : cell;
};

const asPdf = (target: Target): Target => ({
  ...target,
  ask: { ...target.ask, query: { reason: '检查打印', ...target.ask.query, format: 'pdf' } },
});

/** The words of an answer, if it is a paper. */
const wordsOf = async (username: string, id: string, target: Target): Promise<{ status: number; words: string | null }> => {
  const reply = await w.ask(username, id, target);
  if (reply.status !== 200) return { status: reply.status, words: null };
  expect([id, reply.bytes.subarray(0, 5).toString('latin1')]).toEqual([id, '%PDF-']);
  return { status: 200, words: (await readBook(reply.bytes)).words.join('') };
};

test('the words of every paper are for those who ask for it, and for nobody of another scope', { timeout: 120_000 }, async () => {
  const leaks: string[] = [];
  const surprises: string[] = [];
  const withoutOwnWord: string[] = [];
  const unread: string[] = [];
  let read = 0;
  const one = async (id: string): Promise<void> => {
    const ask = questions[id] ?? (async () => ({ ask: {} }));
    const reader = READERS.find((role) => cellOf(id, role) === 200);
    if (reader === undefined) unread.push(id);
    for (const username of [...(reader === undefined ? [] : [reader]), ...OTHERS.filter((o) => o !== reader)]) {
      const expected = username === 'worker2' ? null : cellOf(id, username);
      const { status, words } = await wordsOf(
        username,
        id,
        asPdf(await ask(w, 'own', username !== 'worker2' && expected === 200 ? username : 'worker')),
      );
      if (expected !== null && String(status) !== String(expected).slice(0, 3))
        surprises.push(`${username} ${id}: ${status}, not ${expected}`);
      if (words === null && username === reader) unread.push(id);
      if (words === null) continue;
      read += 1;
      for (const word of forbiddenTo(username)) if (words.includes(word)) leaks.push(`${id} → ${username}: ${word}`);
      if (username === reader && !/金丝雀甲一|银铃甲一|银哨甲一/.test(words)) withoutOwnWord.push(id);
    }
  };
  const waiting = [...PRINTING];
  await Promise.all(
    Array.from({ length: 3 }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await one(id);
    }),
  );
  expect(surprises).toEqual([]);
  expect(leaks).toEqual([]);
  // That words are read at all: a paper that tells of somebody holds the word that was told there, and every endpoint gave one.
  expect(withoutOwnWord.sort()).toEqual([...NO_TALE].sort());
  expect(unread).toEqual([]);
  expect(read).toBeGreaterThanOrEqual(PRINTING.length);
});
