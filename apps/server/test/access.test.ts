import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import * as casebank from '@jieyou/core/casebank/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import { Role } from '@jieyou/core/identity/schema.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servedBy } from '../src/platform/http/serve.ts';
import { type Cell, mainPath, type Row, rows } from './access.data.ts';
import {
  AccessWorld,
  callerOf,
  colleagueOf,
  endpointOf,
  PLACES,
  type Place,
  questions,
  type Reply,
  type Target,
  tellAll,
} from './access.world.ts';
import { casesFoundBy, startTestApp, type TestApp } from './harness.ts';

/** A way out for mail that is never taken: nothing is sent in this walk. */
const MAIL = { JIEYOU_SMTP_HOST: '127.0.0.1', JIEYOU_SMTP_FROM: 'zhongxin@jieyou.example', JIEYOU_PUBLIC_URL: 'https://jieyou.example' };

let t: TestApp;
let w: AccessWorld;
beforeAll(async () => {
  t = await startTestApp({ settings: MAIL });
  // A request that takes a second connection beside its transaction's own would wait for itself here, and all for all on a busy day.
  t.services.db.pool.options.max = 1;
  w = new AccessWorld(t);
  await tellAll(w);
  await makeFingerprint();
}, 120_000);
afterAll(() => t.stop());

/** What the door was asked and what it answered, for the last line of the walk. */
const tally = { cells: 0, colleagues: 0, missing: 0 };

const cellAt = (row: Row, role: Role, place: Place): Cell => {
  const expected = row.roles[role];
  return typeof expected === 'object' ? (expected[PLACES.indexOf(place)] as Cell) : expected;
};
const placesOf = (row: Row): readonly Place[] => (Object.values(row.roles).some((cell) => typeof cell === 'object') ? PLACES : ['own']);
const nameOf = (row: Row): string => (row.about === null ? row.endpoint : `${row.endpoint} ${row.about}`);
const answered = (reply: Reply): string => (reply.status === 409 ? `409 ${reply.code}` : String(reply.status));

/** A function that counts: its plan over all the tables is made once, not before and after every question. */
const makeFingerprint = async (): Promise<void> => {
  const { rows: tables } = await sql<{
    name: string;
  }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('access_record', 'event') order by 1`.execute(t.owner);
  const parts = tables.map(({ name }) =>
    name === 'row_history'
      ? "select 'row_history', count(*)::text from row_history"
      : `select '${name}', count(*) || ' ' || coalesce(sum(x.xmin::text::bigint), 0) from public."${name}" x`,
  );
  await sql
    .raw(
      `create function test_fingerprint() returns table (name text, says text) language plpgsql
       set jit = off set max_parallel_workers_per_gather = 0 as
       $$ begin return query ${parts.join(' union all ')}; end $$`,
    )
    .execute(t.owner);
};

/** Every table with the number of its rows and of the transactions that wrote them as they are; the two trails of audit may grow. */
const fingerprint = async (): Promise<string> => {
  const { rows: found } = await sql<{ name: string; says: string }>`select name, says from test_fingerprint()`.execute(t.owner);
  return found
    .map((f) => `${f.name} ${f.says}`)
    .sort()
    .join('\n');
};

const bodyOf = (reply: Reply): unknown => {
  const { requestId: _, ...body } = JSON.parse(reply.bytes.toString('utf8')) as Record<string, unknown>;
  return body;
};

/** The same question about a record that never was. */
const aboutNothing = (target: Target): Target => ({
  ...target,
  ask: {
    ...target.ask,
    ...(target.ask.params === undefined ? {} : { params: swap(target.ask.params, target.id ?? '') }),
    ...(target.ask.body === undefined ? {} : { body: swap(target.ask.body, target.id ?? '') }),
  },
});
const swap = <T extends object>(value: T, id: string): T => JSON.parse(JSON.stringify(value).replaceAll(id, randomUUID())) as T;

const inBatches = async <T>(work: readonly T[], of: (one: T) => Promise<void>, size = 6): Promise<void> => {
  for (let i = 0; i < work.length; i += size) await Promise.all(work.slice(i, i + size).map(of));
};

describe('the table', () => {
  it('has a row for every served route, and serves every row', () => {
    const served = new Set((servedBy.get(t.app) ?? []).map((e) => e.id));
    const written = new Set(rows.map((r) => r.endpoint));
    expect([...served].filter((id) => !written.has(id))).toEqual([]);
    expect([...written].filter((id) => !served.has(id))).toEqual([]);
  });

  it('lets somebody through at every endpoint', () => {
    const open = (id: string) =>
      rows
        .filter((r) => r.endpoint === id)
        .some((r) => Role.options.some((role) => placesOf(r).some((place) => cellAt(r, role, place) === 200)));
    expect(allEndpoints.map((e) => e.id).filter((id) => !open(id))).toEqual([]);
  });

  it('says in Chinese who may', () => {
    expect(rows.filter((r) => !/[\u4e00-\u9fff].*。$/.test(r.says)).map(nameOf)).toEqual([]);
  });

  it('is the source of docs/access.md', () => {
    const script = fileURLToPath(new URL('../../../scripts/access-doc.mjs', import.meta.url));
    expect(() => execFileSync(process.execPath, [script, '--check'], { stdio: 'pipe' })).not.toThrow();
  });
});

describe('every role at every endpoint', () => {
  it.each(rows.map((r) => [nameOf(r), r] as const))('%s', { timeout: 120_000 }, async (name, row) => {
    const surprises: string[] = [];
    const ask = questions[name] ?? questions[row.endpoint] ?? (async () => ({ ask: {} }));
    const places = placesOf(row);
    const expectations = Role.options.flatMap((role) => places.map((place) => ({ role, place, cell: cellAt(row, role, place) })));
    const refused = expectations.filter((e) => e.cell !== 200);
    const allowed = expectations.filter((e) => e.cell === 200);

    // Everything that the refused will ask about exists before the count begins; they change nothing, so one record does for all of them.
    const targets = new Map<string, Target>();
    const strangers = places.length > 1 && !row.shared ? Object.entries(colleagueOf) : [];
    for (const place of places)
      if (place === 'own' || refused.some((e) => e.place === place)) targets.set(place, await ask(w, place, 'worker'));
    const asked = strangers.flatMap(([role, username]) => {
      const [own, other] = [cellAt(row, role as Role, 'own'), cellAt(row, role as Role, 'other')];
      return own === 200 && other !== 200 ? [{ role: role as Role, username, cell: other }] : [];
    });
    for (const one of asked) targets.set(`colleague ${one.role}`, await ask(w, 'own', one.role));
    const signedOut = targets.get('own') as Target;

    const before = await fingerprint();
    const check = (who: string, place: string, expected: string, reply: Reply): void => {
      if (answered(reply) !== expected)
        surprises.push(`${who} ${place}: ${answered(reply)}, expected ${expected} ${reply.bytes.toString('utf8').slice(0, 200)}`);
    };
    await inBatches(refused, async ({ role, place, cell }) => {
      const target = targets.get(place) as Target;
      const reply = await w.ask(callerOf(role, place), row.endpoint, target);
      tally.cells += 1;
      check(callerOf(role, place), place, String(cell), reply);
      if (cell !== 404) return;
      const missing = await w.ask(callerOf(role, place), row.endpoint, aboutNothing(target));
      tally.missing += 1;
      if (missing.status !== 404 || JSON.stringify(bodyOf(missing)) !== JSON.stringify(bodyOf(reply))) {
        surprises.push(
          `${role} ${place}: a foreign record and a missing one answer differently ${missing.bytes.toString('utf8').slice(0, 200)}`,
        );
      }
    });
    await inBatches(asked, async ({ role, username, cell }) => {
      tally.colleagues += 1;
      check(username, 'own', String(cell), await w.ask(username, row.endpoint, targets.get(`colleague ${role}`) as Target));
    });
    if (row.nobody === 401) check('nobody', 'own', '401', await w.ask(null, row.endpoint, signedOut));
    tally.cells += 1;
    const after = await fingerprint();
    if (after !== before)
      surprises.push(`a refused question changed ${after.split('\n').filter((line) => !before.split('\n').includes(line))}`);

    if (row.nobody === 200) check('nobody', 'own', '200', await w.ask(null, row.endpoint, signedOut));
    const reads = endpointOf(row.endpoint).method === 'GET';
    const let1 = async ({ role, place }: (typeof allowed)[number]): Promise<void> => {
      tally.cells += 1;
      check(callerOf(role, place), place, '200', await w.ask(callerOf(role, place), row.endpoint, await ask(w, place, role)));
    };
    await inBatches(allowed, let1, reads ? 6 : 1);
    expect(surprises).toEqual([]);
  });
});

describe('the main path', () => {
  it.each(mainPath.map(([id, actors]) => [id, actors] as const))(
    '%s is refused to every role that the guards do not name',
    (id, actors) => {
      for (const row of rows.filter((r) => r.endpoint === id)) {
        for (const role of Role.options) {
          const cells = placesOf(row).map((place) => cellAt(row, role, place));
          // The walk above has asked each of these cells.
          if (!actors.includes(role)) expect([id, role, cells.every((c) => c === 403 || c === 404)]).toEqual([id, role, true]);
        }
      }
    },
  );
});

describe('canaries', () => {
  it('lists, searches, counts, exports and messages of every account hold no word of another scope', async () => {
    const accounts = Object.keys(t.world.persons);
    const lists = allEndpoints.filter((e) => e.method === 'GET' && !e.path.includes('{') && e.streams !== 'text/event-stream');
    await inBatches(
      accounts.flatMap((username) => lists.map((e) => ({ username, id: e.id }))),
      async ({ username, id }) => {
        const query = {
          ...('reason' in shapeOf(id) ? { reason: '检查导出' } : 'limit' in shapeOf(id) ? { limit: '100' } : {}),
          // A workbook has the columns of one form.
          ...(id === 'exportFormAnswers' ? { code: 'own-refit' } : {}),
        };
        const reply = await w.ask(username, id, { ask: { query } });
        if (![200, 403].includes(reply.status)) w.leaks.push(`${id} answered ${reply.status} to ${username}`);
      },
    );
    // Searching for the word itself finds nothing out of scope either.
    const PROBES: readonly (readonly [string, string])[] = [
      ['searchCaseBank', 'text'],
      ['listCases', 'number'],
      ['listSupportRequests', 'number'],
      ['listResources', 'text'],
      ['listPeople', 'text'],
      ['listWorkers', 'text'],
      ['listExperts', 'text'],
      ['listAuditTrail', 'action'],
    ];
    await inBatches(
      accounts.flatMap((username) =>
        PROBES.flatMap(([id, key]) =>
          ['金丝雀', '欧阳桐雨', '司徒柏舟', '19900007733', '小金蟾'].map((word) => ({ username, id, key, word })),
        ),
      ),
      async ({ username, id, key, word }) => {
        const reply = await w.ask(username, id, { ask: { query: { [key]: word } } });
        if (![200, 403].includes(reply.status)) w.leaks.push(`${id}?${key} answered ${reply.status} to ${username}`);
      },
    );
    // The search of the platform looks in everything: by words of every scope, by what stands in reports and alarms, by names and phones.
    await inBatches(
      accounts.flatMap((username) =>
        ['金丝雀', '银哨', '银铃', '小金蟾', '欧阳桐雨', '19900005550', '19900005551'].map((typed) => ({
          username,
          typed,
        })),
      ),
      async ({ username, typed }) => {
        const reply = await w.ask(username, 'search', { ask: { body: { typed } } });
        if (![200, 403].includes(reply.status)) w.leaks.push(`search answered ${reply.status} to ${username}`);
      },
    );
    expect(w.leaks).toEqual([]);
  }, 120_000);

  it('found by name, by ID number and by phone only where the case is in reach', async () => {
    const find = async (username: string, typed: string) => (await casesFoundBy(await t.as(username), typed)).length;
    for (const typed of ['欧阳桐雨', '19900007711']) {
      expect([await find('worker', typed), await find('head', typed)].every((n) => n > 0)).toBe(true);
      expect([typed, await find('worker2', typed), await find('head2', typed), await find('bworker', typed)]).toEqual([typed, 0, 0, 0]);
    }
  });

  it('the search for canaries would find one', async () => {
    const kept = w.leaks.length;
    // The worker of station 2 is shown the own case under the rules of a stranger.
    const id = await w.openCase('own');
    await t.owner
      .insertInto('caseCircle')
      .values({ districtId: t.world.districtId, id: randomUUID(), caseId: id, personId: w.person('worker2'), fromDay: '2026-01-01' })
      .execute();
    await w.ask('worker2', 'readCase', { ask: { params: { id } } });
    expect(w.leaks.length).toBeGreaterThan(kept);
    w.leaks.length = kept;
    console.log(
      `access walk: ${new Set(rows.map((r) => r.endpoint)).size} endpoints, ${tally.cells} cells, ${tally.colleagues} colleagues, ${tally.missing} missing ids, ${w.asked} questions`,
    );
  });
});

describe('what was taken away', () => {
  const status = async (username: string, id: string, target: Target): Promise<number> => (await w.ask(username, id, target)).status;

  it('a revoked invitation is as if it never was', async () => {
    const { invitations } = await w.invited('own');
    await w.pledge('own', invitations);
    const id = invitations[0] ?? '';
    expect(await status('expert', 'openPacket', { ask: { params: { id } } })).toBe(200);
    await (await t.as('centre')).ok(support.revokeInvitation, { params: { id }, body: { reason: '改请他人' } });
    const opinion = { judgement: '判断', advice: '建议', risk: '风险' };
    for (const [endpoint, body] of [
      ['readInvitation', undefined],
      ['openPacket', undefined],
      ['listOpinions', undefined],
      ['giveOpinion', opinion],
      ['answerInvitation', { answer: 'accept', pledge: true }],
    ] as const) {
      expect([endpoint, await status('expert', endpoint, { ask: { params: { id }, ...(body === undefined ? {} : { body }) } })]).toEqual([
        endpoint,
        404,
      ]);
    }
    const own = await (await t.as('expert')).ok(support.listOwnInvitations, { query: { limit: 100 } });
    expect(own.rows.map((r) => r.id)).not.toContain(id);
  });

  it('a removed file cannot be read', async () => {
    const id = await w.attach('own', { kind: 'request', id: (await w.submitted('own')).id });
    await (await t.as('worker')).ok(cases.removeAttachment, { params: { id } });
    for (const username of ['worker', 'head', 'centre'])
      expect(await status(username, 'readAttachment', { ask: { params: { id } } })).toBe(404);
  });

  it('a case that was handed over is the new worker’s, and the old one’s no longer', async () => {
    const id = await w.openCase('own');
    const target = { ask: { params: { id } } };
    expect([await status('worker', 'readCase', target), await status('worker3', 'readCase', target)]).toEqual([200, 404]);
    await t.owner
      .updateTable('caseFile')
      .set({ workerId: w.person('worker3') })
      .where('id', '=', id)
      .execute();
    await t.owner
      .updateTable('recipient')
      .set({ workerId: w.person('worker3') })
      .where('id', 'in', t.owner.selectFrom('caseFile').select('recipientId').where('id', '=', id))
      .execute();
    for (const endpoint of ['readCase', 'listNotes']) {
      expect([await status('worker', endpoint, target), await status('worker3', endpoint, target)]).toEqual([404, 200]);
    }
    // The head of the station sees it as before; another station's head still does not.
    expect([await status('head', 'readCase', target), await status('head2', 'readCase', target)]).toEqual([200, 404]);
  });

  it('whoever worked along sees the case until the last day, and no day longer', async () => {
    const id = await w.openCase('own');
    const target = { ask: { params: { id } } };
    const circle = { districtId: t.world.districtId, caseId: id, personId: w.person('worker2'), fromDay: '2026-01-01' };
    await t.owner
      .insertInto('caseCircle')
      .values({ ...circle, id: randomUUID(), toDay: '2026-03-04' })
      .execute();
    // The marks of station 1 are forbidden to this worker in the walk; here only the status counts.
    const kept = w.leaks.length;
    expect(await status('worker2', 'readCase', target)).toBe(404);
    await t.owner.updateTable('caseCircle').set({ toDay: '2026-03-05' }).where('caseId', '=', id).execute();
    expect(await status('worker2', 'readCase', target)).toBe(200);
    w.leaks.length = kept;
  });

  it('a discarded draft cannot be released', async () => {
    const { draftId, version } = await w.confirmed('own', { drafter: 'centre3' });
    await (await t.as('centre3')).ok(casebank.discardDraft, { params: { id: draftId } });
    const reply = await w.ask('centre', 'releasePublication', { ask: { params: { id: draftId }, body: { version } } });
    expect(answered(reply)).toBe('409 casebank.draft-over');
  });
});

const shapeOf = (id: string): object => (endpointOf(id).query as unknown as { shape?: object }).shape ?? {};
