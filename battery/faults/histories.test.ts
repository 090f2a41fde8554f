/**
 * Many write to the same records at once. Every answer 200 is an update that stays, in an order that the versions tell; everything else
 * changed nothing. What the records hold at the end is what the model holds that was told of the answers alone.
 */
import { randomUUID } from 'node:crypto';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { draftRequest, openCase } from '../../apps/server/test/factories.ts';
import { type Answer, startTestApp, type TestApp } from '../../apps/server/test/harness.ts';
import { brokenIn } from './invariants.ts';
import { chanceFrom } from './proxy.ts';
import { isBattery, rounds, tell } from './rounds.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
}, 60_000);
afterAll(() => t?.stop());

/** Asks until there is room: who is told to come again has changed nothing. */
const untilRoom = async <T>(ask: (key: string) => Promise<Answer<T>>): Promise<Answer<T>> => {
  const key = randomUUID();
  for (;;) {
    const answer = await ask(key);
    if (answer.status !== 503) return answer;
    expect(answer.headers['retry-after']).toBeDefined();
    await new Promise((r) => setTimeout(r, 50));
  }
};

test('8 of 200 who edit one record at once one wins and 199 are told', async () => {
  for (let round = 1; round <= rounds(1, 10); round += 1) {
    const id = await openCase(t);
    const worker = await t.as('worker');
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, i) =>
        untilRoom((key) => worker.call(cases.updateCase, { params: { id }, body: { version: 1, summary: `第 ${i} 位写的` }, key })),
      ),
    );
    const told = new Map<string, number>();
    for (const a of answers) {
      const what = a.status === 409 ? `409 ${a.error.code}` : String(a.status);
      told.set(what, (told.get(what) ?? 0) + 1);
    }
    expect(Object.fromEntries(told)).toEqual({ '200': 1, '409 record.changed-meanwhile': 199 });
    const { rows } = await sql<{ version: number; summary: string; events: number; keys: number }>`
      select f.version, c.summary, (select count(*)::int from event e where e.record_id = f.id and e.type = 'case.updated') as events,
        (select count(*)::int from idempotency_key k where k.reply like '%' || f.id || '%' and k.endpoint = 'updateCase') as keys
      from case_file f join case_content c on c.id = f.id where f.id = ${id}`.execute(t.owner);
    expect(rows[0]).toEqual({ version: 2, summary: `第 ${answers.findIndex((a) => a.status === 200)} 位写的`, events: 1, keys: 1 });
  }
}, 120_000);

type Status = 'draft' | 'submitted' | 'needs-info' | 'matching' | 'withdrawn';
const AT_WORK: readonly Status[] = ['submitted', 'needs-info', 'matching'];

/** What may be done with a request, written by hand: from where, to where; and the event that remembers it. What is still being written has its history only. */
const MOVES = {
  edit: { from: ['draft', 'needs-info'], to: null, event: null },
  submit: { from: ['draft'], to: 'submitted', event: 'support.submitted' },
  ask: { from: ['submitted'], to: 'needs-info', event: 'support.asked' },
  supply: { from: ['needs-info'], to: 'submitted', event: 'support.supplied' },
  accept: { from: ['submitted'], to: 'matching', event: 'support.accepted' },
  transfer: { from: AT_WORK, to: null, event: 'support.holder-assigned' },
  withdraw: { from: ['draft', ...AT_WORK], to: 'withdrawn', event: 'support.withdrawn' },
} as const satisfies Record<string, { from: readonly Status[]; to: Status | null; event: string | null }>;
type Move = keyof typeof MOVES;

/** An update that was answered with 200. */
type Done = { readonly version: number; readonly move: Move | 'change' | 'note'; readonly mark: string; readonly holder?: string };

const CENTRE = ['centre', 'centre2', 'centre3'] as const;
const WRITERS = 16;
const RECORDS = 6;
const refusals = ['record.changed-meanwhile', 'support.moved-on'];

const history = async (seed: number, turns: number): Promise<{ done: number; refused: number }> => {
  const chance = chanceFrom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const records = await Promise.all(
    Array.from({ length: RECORDS }, async () => {
      const caseId = await openCase(t);
      const draft = await draftRequest(t, caseId);
      return { caseId, requestId: draft.id, firstVersion: draft.version, onCase: [] as Done[], onRequest: [] as Done[] };
    }),
  );
  const tally = { done: 0, refused: 0 };
  const unexpected: string[] = [];

  const turn = async (): Promise<void> => {
    const record = pick(records);
    const mark = randomUUID();
    const move = pick([
      'change',
      'change',
      'note',
      'edit',
      'submit',
      'submit',
      'ask',
      'supply',
      'accept',
      'transfer',
      'transfer',
      'withdraw',
    ] as const);
    // To withdraw is the end of a record: seldom, or little would happen to it.
    if (move === 'withdraw' && chance() > 0.15) return;
    const onCase = move === 'change' || move === 'note';
    const id = onCase ? record.caseId : record.requestId;
    const table = onCase ? 'case_file' : 'support_request';
    const { version } = (await sql<{ version: number }>`select version from ${sql.table(table)} where id = ${id}`.execute(t.owner))
      .rows[0] as {
      version: number;
    };
    const by = await t.as(['ask', 'accept', 'transfer'].includes(move) ? pick(CENTRE) : 'worker');
    const to = pick(CENTRE);
    const holderId = t.world.persons[to] as string;
    const params = { id };
    const screened = { version, checklistVersion: '2026.1' };
    const answer = await untilRoom<unknown>((key) => {
      if (move === 'change') return by.call(cases.updateCase, { params, body: { version, summary: mark }, key });
      if (move === 'note') return by.call(cases.addNote, { params, body: { happenedOn: '2026-03-05', body: mark }, key });
      if (move === 'edit') return by.call(support.updateSupportRequest, { params, body: { version, tried: mark }, key });
      if (move === 'submit') return by.call(support.submitSupportRequest, { params, body: { version }, key });
      if (move === 'ask') return by.call(support.screenSupportRequest, { params, body: { exit: 'ask', ...screened, question: mark }, key });
      if (move === 'supply') return by.call(support.supplyInformation, { params, body: { version, answer: mark }, key });
      if (move === 'accept') return by.call(support.screenSupportRequest, { params, body: { exit: 'accept', ...screened }, key });
      if (move === 'transfer') return by.call(support.assignHolder, { params, body: { version, holderId }, key });
      return by.call(support.withdrawSupportRequest, { params, body: { version, reason: mark }, key });
    });
    if (answer.status === 200) {
      tally.done += 1;
      const done = {
        version: (answer.body as { version: number }).version,
        move,
        mark,
        ...(move === 'transfer' ? { holder: holderId } : {}),
      };
      (onCase ? record.onCase : record.onRequest).push(done);
    } else {
      tally.refused += 1;
      // A draft is out of the centre's reach, as if it did not exist.
      const fits = (answer.status === 409 && refusals.includes(answer.error.code ?? '')) || (answer.status === 404 && !onCase);
      if (!fits) unexpected.push(`${move}: ${answer.status} ${answer.raw.slice(0, 200)}`);
    }
  };
  await Promise.all(
    Array.from({ length: WRITERS }, async () => {
      for (let i = 0; i < turns; i += 1) await turn();
    }),
  );
  expect(unexpected).toEqual([]);

  for (const record of records) {
    const kept = (
      await sql<{ version: number; summary: string; workerId: string; notes: string[]; changes: number; noteEvents: number }>`
        select f.version, c.summary, f.worker_id, array(select n.body from case_note n where n.case_id = f.id) as notes,
          (select count(*)::int from event e where e.record_id = f.id and e.type = 'case.updated') as changes,
          (select count(*)::int from event e where e.record_id = f.id and e.type = 'case.note-added') as note_events
        from case_file f join case_content c on c.id = f.id where f.id = ${record.caseId}`.execute(t.owner)
    ).rows[0];
    const changes = record.onCase.filter((d) => d.move === 'change').sort((a, b) => a.version - b.version);
    const notes = record.onCase.filter((d) => d.move === 'note').map((d) => d.mark);
    // Each answer raised the version by one, none twice: no update was lost.
    expect(changes.map((d) => d.version)).toEqual(changes.map((_, i) => i + 2));
    expect(kept).toMatchObject({ version: changes.length + 1, changes: changes.length, noteEvents: notes.length });
    expect(kept?.workerId).toBe(t.world.persons['worker']);
    if (changes.length > 0) expect(kept?.summary).toBe(changes.at(-1)?.mark);
    expect([...(kept?.notes ?? [])].sort()).toEqual([...notes].sort());

    const moved = [...record.onRequest].sort((a, b) => a.version - b.version);
    expect(moved.map((d) => d.version)).toEqual(moved.map((_, i) => record.firstVersion + 1 + i));
    let status: Status = 'draft';
    for (const { move } of moved) {
      const rule = MOVES[move as Move];
      expect({ move, status, may: (rule.from as readonly Status[]).includes(status) }).toEqual({ move, status, may: true });
      status = rule.to ?? status;
    }
    const now = (
      await sql<{ version: number; status: Status; holderId: string | null; tried: string; types: string[] }>`
        select r.version, r.status, r.holder_id, c.tried, array(select e.type from event e where e.record_id = r.id order by e.id) as types
        from support_request r join support_content c on c.id = r.id where r.id = ${record.requestId}`.execute(t.owner)
    ).rows[0];
    expect(now).toMatchObject({ version: record.firstVersion + moved.length, status });
    const edits = moved.filter((d) => d.move === 'edit');
    if (edits.length > 0) expect(now?.tried).toBe(edits.at(-1)?.mark);
    const lastHolder = moved.findLast((d) => d.move === 'transfer' || d.move === 'accept');
    if (lastHolder?.holder !== undefined) expect(now?.holderId).toBe(lastHolder.holder);
    if (status === 'matching') expect(now?.holderId).not.toBeNull();
    // The trail tells the same story.
    for (const move of (Object.keys(MOVES) as Move[]).filter((one) => MOVES[one].event !== null)) {
      const times = moved.filter((d) => d.move === move).length;
      expect({ move, times: now?.types.filter((type) => type === MOVES[move].event).length }).toEqual({ move, times });
    }
  }
  return tally;
};

test(
  'histories of 16 writers: no lost update, no case without an owner, the trail is complete',
  async () => {
    const total = { done: 0, refused: 0 };
    for (let round = 1; round <= rounds(1, 20); round += 1) {
      const { done, refused } = await history(round, isBattery ? 60 : 18);
      total.done += done;
      total.refused += refused;
    }
    tell('histories', total);
    expect(total.done).toBeGreaterThan(20);
    expect(total.refused).toBeGreaterThan(20);
    expect(await brokenIn(t.owner)).toEqual([]);
  },
  60_000 + rounds(1, 20) * 60_000,
);
