import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as casebank from '@jieyou/core/casebank/endpoints.ts';
import * as cases from '@jieyou/core/cases/endpoints.ts';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import { readCentreFigures } from '@jieyou/core/home/endpoints.ts';
import { listNotices } from '@jieyou/core/notices/endpoints.ts';
import * as endpoints from '@jieyou/core/sealing/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { AccessWorld, ALIAS, casts, readable, SCHOOL } from '../../test/access.world.ts';
import { casesFoundBy, startTestApp, type TestApp } from '../../test/harness.ts';
import { EMBEDDED_LOGIN, urlOf } from '../platform/db/migrate.ts';
import { keepClocks, remind } from '../support/jobs.ts';

let t: TestApp;
let w: AccessWorld;
let caseId = '';
let requestId = '';
let number = '';
let words: string[] = [];
let numbers: string[] = [];
let ids: string[] = [];
let entryId = '';
const WALKERS = [
  'worker',
  'worker3',
  'head',
  'centre',
  'centre2',
  'expert',
  'expert2',
  'supervisor',
  'agency',
  'officer',
  'street',
  'system',
  'security',
  'audit',
];

/** Tables of the case's tale before it was sealed. */
const TABLES = [
  'case_content',
  'case_note',
  'consent',
  'attachment',
  'support_content',
  'support_statement',
  'support_proposal',
  'support_round',
  'support_invitation',
  'support_packet',
  'support_opinion',
  'support_conference',
  'support_minutes',
  'support_action',
  'support_line',
  'support_closing',
  'packet_attachment',
  'publication_draft',
  'publication_finding',
  'case_circle',
  'case_field_change',
  'request_archive',
];
const counts = async (): Promise<Record<string, number>> =>
  Object.fromEntries(
    await Promise.all(
      [...TABLES, 'row_history', 'notice'].map(async (table) => {
        const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(t.owner);
        return [table, rows[0]?.n ?? 0] as const;
      }),
    ),
  );

/** What the register of the case says of the person. */
const registerOf = () =>
  w.one<
    Record<string, unknown>
  >(sql`select sealed_at is not null as sealed, domain, help_fields, service_domain, field_from, work_outcome, work_on,
    work_place, work_seen_on from case_file where id = ${caseId}`);
let registered: Record<string, unknown> = {};

beforeAll(async () => {
  t = await startTestApp();
  w = new AccessWorld(t);
  // One tale and no other: every canary in this world belongs to it.
  const held = await w.held('own', { attach: true });
  caseId = held.caseId;
  requestId = held.id;
  await (await t.as('worker')).ok(cases.addNote, {
    params: { id: caseId },
    body: { happenedOn: '2026-03-01', body: `${casts.own.mark}记录：家访` },
  });
  await w.attach('own', { kind: 'case', id: caseId });
  // It holds a whole file that somebody took of it.
  await w.taken('own', 'case_file', caseId, 'worker');
  await w.line('own', requestId, 'supervisor');
  const named = await (await t.as('worker')).ok(cases.nameCoWorker, {
    params: { id: caseId },
    body: { personId: t.world.persons.worker3 ?? '', reason: '一起家访', toDay: null },
  });
  expect(named.id).not.toBe('');
  await (await t.as('worker')).ok(support.completeAction, {
    params: { id: held.actionId },
    body: { version: 1, status: 'done', result: `${casts.own.mark}办结` },
  });
  const lines = await w.one<{ id: string }>(sql`select id from support_line limit 1`);
  await (await t.as('supervisor')).ok(support.closeSupportLine, {
    params: { id: lines.id },
    body: { version: 1, status: 'not-possible', result: '已联系' } as never,
  });
  await (await t.as('centre')).ok(support.closeSupportRequest, {
    params: { id: requestId },
    body: w.closing('own', await w.version(requestId)) as never,
  });
  await w.consent('own', caseId, 'publication');
  const draft = await (await t.as('centre2')).ok(casebank.draftPublication, { body: w.publication('own', requestId, true) as never });
  const read = await (await t.as('centre')).ok(casebank.readDraft, { params: { id: draft.id } });
  const open = read.findings.filter((f) => f.status === 'open').map((f) => ({ id: f.id, decision: 'confirm' as const }));
  const version =
    open.length === 0
      ? read.version
      : (
          await (
            await t.as('centre')
          ).ok(casebank.confirmFindings, { params: { id: draft.id }, body: { version: read.version, decisions: open } })
        ).version;
  entryId = (await (await t.as('centre')).ok(casebank.releasePublication, { params: { id: draft.id }, body: { version } })).entryId;

  const worker = await t.as('worker');
  const { version: seen } = await worker.ok(cases.readCase, { params: { id: caseId } });
  await worker.ok(cases.changeServiceField, {
    params: { id: caseId },
    body: { field: 'correction', fromDay: '2026-03-05', version: seen },
  });
  await sql`update case_file set work_outcome = 'flexible', work_on = '2026-02-11', work_place = 'sheltered', work_seen_on = '2026-03-03'
    where id = ${caseId}`.execute(t.owner);
  registered = await registerOf();

  const register = await w.one<{ number: string; receiptNo: string; archiveNo: string; masked: string }>(
    sql`select f.number, r.receipt_no, r.archive_no, p.name_masked as masked from case_file f join support_request r on r.case_id = f.id join recipient p on p.id = f.recipient_id`,
  );
  number = register.number;
  numbers = [register.number, register.receiptNo, register.archiveNo];
  words = [casts.own.mark, ALIAS, SCHOOL, ...Object.values(casts.own.recipient), register.masked];
  const { rows } = await sql<{ id: string }>`${sql.join(
    ['case_file', 'support_request', 'recipient', ...TABLES].map((table) => sql`(select id::text from ${sql.table(table)} limit 1)`),
    sql` union all `,
  )}`.execute(t.owner);
  ids = [...new Set(rows.map((r) => r.id))];
}, 120_000);
afterAll(() => t.stop());

const shapeOf = (id: string): object => {
  const query = allEndpoints.find((e) => e.id === id)?.query as { shape?: object } | undefined;
  return query?.shape ?? {};
};

/** Asks everything that can be asked without changing anything, and says where a word was found. */
const walk = async (hidden: readonly string[]): Promise<string[]> => {
  const found: string[] = [];
  let asked = 0;
  const look = async (username: string, id: string, ask: object) => {
    const reply = await w.ask(username, id, { ask });
    asked += 1;
    const text = readable(reply.bytes);
    // Those who keep the sealed files see the number in their list and messages, and nothing else.
    const shown = ['listSealedFiles', 'readSealing', 'listNotices'].includes(id) ? [number] : [];
    for (const word of hidden) if (text.includes(word) && !shown.includes(word)) found.push(`${id} → ${username}: ${word}`);
  };
  const reads = allEndpoints.filter((e) => e.method === 'GET' && e.streams !== 'text/event-stream');
  for (const e of reads) {
    const shape = shapeOf(e.id);
    const query = {
      ...('reason' in shape ? { reason: '检查导出' } : {}),
      ...('limit' in shape ? { limit: '100' } : {}),
      ...('state' in shape && e.id === 'listNotices' ? { state: 'all' } : {}),
    };
    const targets = e.path.includes('{') ? ids.map((id) => ({ params: { id }, query })) : [{ query }];
    for (const target of targets) await Promise.all(WALKERS.map((username) => look(username, e.id, target)));
    // Every search that takes words or a number is asked for them.
    for (const key of ['text', 'number', 'action', 'actor'])
      if (key in shape && !e.path.includes('{'))
        for (const word of ['欧阳桐雨', '19900007711', casts.own.mark.slice(0, 3), number])
          for (const username of WALKERS) {
            const reply = await w.ask(username, e.id, { ask: { query: { ...query, [key]: word } } });
            asked += 1;
            const text = readable(reply.bytes);
            for (const one of hidden) if (one !== word && text.includes(one)) found.push(`${e.id}?${key} → ${username}: ${one}`);
          }
  }
  console.log(`sealing walk: ${reads.length} endpoints, ${asked} questions`);
  return [...new Set(found)];
};

const propose = {
  authority: '区人民检察院',
  decisionNo: '检封〔2026〕3号',
  decidedOn: '2026-03-04',
  basis: 'non-prosecution' as const,
  reason: '收到封存通知',
};
let sealedId = '';

test('the walks follow every reference between rows of a district: each has one of two columns', async () => {
  const { rows } = await sql<{ name: string }>`select k.conname::text as name from pg_constraint k
    join pg_attribute lead on lead.attrelid = k.conrelid and lead.attnum = k.conkey[1]
    where k.contype = 'f' and k.connamespace = 'public'::regnamespace and lead.attname = 'district_id' and array_length(k.conkey, 1) > 2
      and not exists (select 1 from pg_constraint o where o.contype = 'f' and o.conrelid = k.conrelid and o.confrelid = k.confrelid
        and array_length(o.conkey, 1) = 2 and o.conkey[2] = any (k.conkey))`.execute(t.owner);
  expect(rows).toEqual([]);
});

describe('a case is sealed by two', () => {
  let before: Record<string, number>;

  test('the walk finds the tale while it is open', async () => {
    before = await counts();
    const found = await walk(words);
    for (const id of ['readCase', 'listCases', 'readSupportRequest', 'listNotes'])
      expect(found.some((f) => f.startsWith(`${id} `) || f.startsWith(`${id}?`))).toBe(true);
    w.leaks.length = 0;
  }, 120_000);

  test('proposed by the centre or the head of the station, decided by the security administrator', async () => {
    const ask = async (by: string, caseNumber: string, over: object = {}) =>
      (await t.as(by)).call(endpoints.proposeSealing, { body: { ...propose, caseNumber, ...over } });
    expect((await ask('centre', '990001001-GA-2026-9999')).error.code).toBe('sealing.no-such-case');
    expect((await ask('head2', number)).error.code).toBe('sealing.no-such-case');
    expect((await ask('bcentre', number)).error.code).toBe('sealing.no-such-case');
    expect((await ask('centre', number, { decidedOn: '2026-03-06' })).error.code).toBe('sealing.in-future');
    for (const by of ['worker', 'officer', 'security', 'audit']) expect([by, (await ask(by, number)).status]).toEqual([by, 403]);
    const made = await ask('centre', number);
    expect(made.status).toBe(200);
    sealedId = (made.body as { id: string }).id;
    expect((await ask('centre2', number)).error.code).toBe('sealing.no-such-case');
    const decide = async (by: string) =>
      (await t.as(by)).call(endpoints.decideSealing, { params: { id: sealedId }, body: { decision: 'seal' } });
    for (const by of ['centre', 'centre2', 'head', 'audit']) expect([by, (await decide(by)).status]).toEqual([by, 403]);
    expect((await decide('bsecurity')).status).toBe(404);
    // Nothing has happened yet.
    expect((await (await t.as('worker')).call(cases.readCase, { params: { id: caseId } })).status).toBe(200);
    expect((await decide('security')).status).toBe(200);
    expect((await decide('security')).error.code).toBe('sealing.moved-on');
  });

  test('its worker finds it no longer; nobody does', async () => {
    for (const by of ['worker', 'worker3', 'head']) {
      expect([by, (await (await t.as(by)).call(cases.readCase, { params: { id: caseId } })).status]).toEqual([by, 404]);
      expect((await (await t.as(by)).ok(cases.listCases, { query: { limit: 100, count: 'yes' } })).rows).toEqual([]);
      expect(await casesFoundBy(await t.as(by), '欧阳桐雨')).toEqual([]);
    }
    for (const by of ['worker', 'head', 'centre', 'officer', 'agency', 'street']) {
      const list = await (await t.as(by)).ok(support.listSupportRequests, { query: { limit: 100, count: 'yes' } as never });
      expect([by, list.rows, list.count]).toEqual([by, [], 0]);
    }
    const figures = await (await t.as('centre')).ok(readCentreFigures);
    expect(figures.byStatus).toEqual([]);
    expect(figures.figures.filter((f) => ['solved', 'published', 'no-holder', 'crisis'].includes(f.key)).map((f) => f.value)).toEqual([
      0, 0, 0, 0,
    ]);
    // What had been published of it is withdrawn.
    expect((await (await t.as('worker')).ok(casebank.searchCaseBank, { query: {} as never })).rows).toEqual([]);
    expect([404, 409]).toContain((await (await t.as('worker')).call(casebank.readPublishedCase, { params: { id: entryId } })).status);
    // No message about it is left, and no job speaks of it again.
    const left = async () =>
      (await sql<{ n: number }>`select count(*)::int as n from notice where record_id = any(${ids}::uuid[])`.execute(t.owner)).rows[0]?.n;
    expect(await left()).toBe(0);
    t.clock.advance({ days: 60 });
    await keepClocks(t.services);
    await remind(t.services);
    t.clock.advance({ days: -60 });
    expect(await left()).toBe(0);
  });

  test('no list, search, count, export, file or message holds a word or a number of it, for anybody', async () => {
    expect(await walk([...words, ...numbers])).toEqual([]);
  }, 240_000);

  test('no table of the database holds a word of it in plain text: neither content nor history', async () => {
    const { rows: tables } = await sql<{
      schema: string;
      name: string;
    }>`select n.nspname::text as schema, c.relname::text as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname in ('public', 'pgboss') and c.relkind in ('r', 'p')`.execute(t.owner);
    const found: string[] = [];
    for (const { schema, name } of tables)
      for (const word of words.filter((one) => one !== '')) {
        const { rows } = await sql<{
          n: number;
        }>`select count(*)::int as n from ${sql.table(`${schema}.${name}`)} x where x::text like ${`%${word}%`}`.execute(t.owner);
        if ((rows[0]?.n ?? 0) > 0) found.push(`${schema}.${name} ${word}`);
      }
    expect(found).toEqual([]);
    for (const table of TABLES) expect([table, (await counts())[table]]).toEqual([table, 0]);
  });

  test('of the register nothing stays by which the person is told: problem, field of service with its changes, outcome of work', async () => {
    expect(registered).toMatchObject({
      serviceDomain: 'correction',
      fieldFrom: '2026-03-05',
      workOutcome: 'flexible',
      workPlace: 'sheltered',
    });
    const nothing = { fieldFrom: null, workOutcome: null, workOn: null, workPlace: null, workSeenOn: null };
    expect(await registerOf()).toEqual({ sealed: true, domain: 'sealed', helpFields: [], serviceDomain: 'sealed', ...nothing });
    const { rows } = await sql<{ n: number }>`select count(*)::int as n from row_history where row_id = ${caseId}`.execute(t.owner);
    expect(rows[0]?.n).toBe(0);
  });

  test('the two who keep the list see number, state and date', async () => {
    for (const by of ['centre', 'centre2', 'security']) {
      const { rows } = await (await t.as(by)).ok(endpoints.listSealedFiles, { query: {} });
      expect(rows.map((r) => Object.keys(r).sort())).toEqual([['id', 'number', 'sealedAt', 'status', 'version']]);
      expect(rows[0]).toMatchObject({ number, status: 'sealed' });
    }
    for (const by of ['worker', 'head', 'officer', 'audit', 'system', 'supervisor'])
      expect([by, (await (await t.as(by)).call(endpoints.listSealedFiles, { query: {} })).status]).toEqual([by, 403]);
  });

  describe('a query letter opens it', () => {
    const letter = (over: object = {}) =>
      ({
        unit: '区人民法院',
        letterNo: '法查〔2026〕8号',
        letterOn: '2026-03-05',
        basis: '办理案件需要',
        scope: ['summary', 'notes', 'requests', 'files'],
        untilDay: '2026-03-31',
        hours: 24,
        readerIds: [t.world.persons.worker ?? ''],
        ...over,
      }) as never;
    const register = async (by: string, over: object = {}) =>
      (await t.as(by)).call(endpoints.registerQueryLetter, { params: { id: sealedId }, body: letter(over) });
    const scan = async (by: string, id: string, file = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF')) =>
      (await t.as(by)).call(endpoints.addLetterScan, { params: { id }, file });
    const decide = async (by: string, id: string, decision: 'approve' | 'refuse' = 'approve') =>
      (await t.as(by)).call(endpoints.decideQueryLetter, { params: { id }, body: { decision } });
    const open = async (by: string, id: string) => (await t.as(by)).call(endpoints.openSealedFile, { params: { id } });
    let id = '';

    test('with its unit, time and people; administrators are no readers', async () => {
      expect((await register('centre', { letterOn: '2026-03-06' })).error.code).toBe('sealing.in-future');
      expect((await register('centre', { untilDay: '2026-03-04' })).error.code).toBe('sealing.letter-over');
      expect((await register('centre', { hours: 73 })).error.code).toBe('sealing.too-long');
      expect((await register('centre', { hours: 72 })).status).toBe(200);
      for (const name of ['security', 'audit', 'bworker'])
        expect([name, (await register('centre', { readerIds: [t.world.persons[name] ?? ''] })).error.code]).toEqual([
          name,
          'sealing.reader-unknown',
        ]);
      expect((await register('security')).status).toBe(403);
      const made = await register('centre');
      id = (made.body as { id: string }).id;
    });

    test('approved by two others, with its picture; one approval opens nothing', async () => {
      expect((await decide('centre2', id)).error.code).toBe('sealing.no-scan');
      expect((await scan('centre', id, Buffer.from('#!/bin/sh'))).error.code).toBe('files.kind-not-allowed');
      expect((await scan('centre', id)).status).toBe(200);
      expect((await decide('centre', id)).error.code).toBe('sealing.same-person');
      expect((await open('worker', id)).status).toBe(404);
      expect((await decide('centre2', id)).status).toBe(200);
      expect((await decide('centre3', id)).error.code).toBe('sealing.decided');
      expect((await open('worker', id)).status).toBe(404);
      expect((await scan('centre', id)).error.code).toBe('sealing.decided');
      expect((await decide('security', id)).status).toBe(200);
      expect((await (await t.as('worker')).ok(listNotices, { query: { limit: 100, state: 'all' } })).rows[0]).toMatchObject({
        kind: 'sealing.opened',
        recordKind: 'query-letter',
        recordId: id,
      });
    });

    test('for the named person, in the parts it names, watermarked and written down each time', async () => {
      const opened = await open('worker', id);
      expect(opened.status).toBe(200);
      expect(opened.body.watermark).toContain('周晓岚 法查〔2026〕8号');
      expect(opened.body.parts.map((p) => p.part)).toEqual(['summary', 'notes', 'requests', 'files']);
      expect(opened.raw).toContain(`${casts.own.mark}记录`);
      expect(opened.raw).toContain(`${casts.own.mark}纪要`);
      expect(opened.raw).not.toContain(casts.own.recipient.name);
      for (const by of ['worker3', 'head', 'centre', 'centre2', 'security', 'audit', 'bworker'])
        expect([by, [403, 404].includes((await open(by, id)).status)]).toEqual([by, true]);
      const file = opened.body.files[0];
      const content = await (await t.as('worker')).call(endpoints.readSealedAttachment, { params: { id, fileId: file?.id ?? '' } });
      expect(content.raw).toContain('%PDF-1.7');
      // On disk it lies under the file's own key.
      const stored = await w.one<{ storedAs: string }>(sql`select stored_as from sealed_attachment where id = ${file?.id ?? ''}`);
      const disk = readFileSync(join(t.services.env.dataDir, 'files', stored.storedAs))
        .subarray(0, 40)
        .toString('latin1');
      expect(disk).toContain('s1.seal-');
      const sealing = await (await t.as('security')).ok(endpoints.readSealing, { params: { id: sealedId } });
      expect(sealing.readings.map((r) => [r.by, r.file])).toEqual([
        ['周晓岚', true],
        ['周晓岚', false],
      ]);
      expect(JSON.stringify(sealing)).not.toContain(casts.own.mark);
    });

    test('for its hours and no minute longer', async () => {
      t.clock.advance({ hours: 23, minutes: 59 });
      expect((await open('worker', id)).status).toBe(200);
      t.clock.advance({ minutes: 1 });
      expect((await open('worker', id)).status).toBe(404);
      t.clock.advance({ hours: -24 });
    });

    test('and not where one refused', async () => {
      const second = ((await register('centre')).body as { id: string }).id;
      await scan('centre', second);
      await decide('security', second, 'refuse');
      expect((await decide('centre2', second)).error.code).toBe('sealing.decided');
      expect((await open('worker', second)).status).toBe(404);
    });

    test('the database opens no content without the letter, whoever asks', async () => {
      const client = new pg.Client({ connectionString: urlOf(t.superuserUrl, { user: EMBEDDED_LOGIN, password: 'jieyou' }) });
      const under = async (settings: Record<string, string>, statement: string): Promise<string> => {
        await client.query('begin');
        for (const [key, value] of Object.entries({ district: t.world.districtId, now: t.clock.now().toISOString(), ...settings }))
          await client.query(`set local app.${key} = ${pg.escapeLiteral(value)}`);
        const answer = await client.query(statement).then(
          (done) => `done ${done.rowCount}`,
          (error: { code?: string }) => error.code ?? 'error',
        );
        await client.query('rollback');
        return answer;
      };
      await client.connect();
      const who = (name: string) => t.world.persons[name] ?? '';
      const sees = (settings: Record<string, string>) => under(settings, 'select * from sealed_content');
      expect(await sees({ person: who('worker') })).toBe('done 1');
      expect(await sees({ person: who('worker'), now: '2026-03-09T00:00:00Z' })).toBe('done 0');
      for (const [name, flags] of [
        ['worker3', {}],
        ['centre', { centre: '1' }],
        ['security', { security: '1' }],
        ['audit', { audit: '1' }],
      ] as const)
        expect([name, await sees({ person: who(name), ...flags })]).toEqual([name, 'done 0']);
      expect(await sees({ platform: '1' })).toBe('done 0');
      // A state that was set without approvals opens nothing either.
      await t.owner
        .updateTable('queryLetter')
        .set({ status: 'open', opensAt: t.clock.now().toISOString(), closesAt: '2026-03-20T00:00:00Z' })
        .where('id', '<>', id)
        .execute();
      await t.owner.deleteFrom('letterApproval').where('letterId', '=', id).execute();
      expect(await sees({ person: who('worker') })).toBe('done 0');
      for (const name of ['case_file', 'support_request', 'recipient'])
        expect([
          name,
          await under(
            {
              person: who('worker'),
              selves: who('worker'),
              worker_selves: who('worker'),
              head_stations: t.world.stations.s1,
              centre: '1',
              officer: '1',
              platform: '1',
            },
            `select * from ${name}`,
          ),
        ]).toEqual([name, 'done 0']);
      // Nobody takes out or puts back by hand what two have not decided.
      for (const call of ['take_for_sealing', 'seal_away', 'take_for_unsealing', 'files_for_unsealing'])
        expect([call, await under({ person: who('security'), security: '1' }, `select ${call}('${sealedId}')`)]).toEqual([call, '42501']);
      expect(await under({ person: who('security'), security: '1' }, `select put_back('${sealedId}', '{}')`)).toBe('42501');
      expect(await under({ person: who('centre'), centre: '1' }, 'delete from sealed_file')).toBe('42501');
      expect(await under({ person: who('centre'), centre: '1' }, "update query_letter set reader_ids = '{}'")).toBe('42501');
      await client.end();
    });
  });

  test('it is lifted by two, and everything is where it was', async () => {
    const ask = async (by: string) =>
      (await t.as(by)).call(endpoints.proposeUnsealing, {
        params: { id: sealedId },
        body: { authority: '区人民检察院', decisionNo: '检解〔2026〕1号', reason: '决定解除' },
      });
    expect((await ask('security')).status).toBe(403);
    expect((await ask('centre')).status).toBe(200);
    const decide = async (by: string, decision: 'unseal' | 'refuse') =>
      (await t.as(by)).call(endpoints.decideUnsealing, { params: { id: sealedId }, body: { decision } });
    expect((await decide('security', 'refuse')).status).toBe(200);
    expect((await (await t.as('worker')).call(cases.readCase, { params: { id: caseId } })).status).toBe(404);
    await ask('centre');
    expect((await decide('security', 'unseal')).status).toBe(200);
    const after = await counts();
    for (const table of TABLES) expect([table, after[table]]).toEqual([table, before[table]]);
    expect(await registerOf()).toEqual(registered);
    const file = await (await t.as('worker')).ok(cases.readCase, { params: { id: caseId } });
    expect(JSON.stringify(file)).toContain(`${casts.own.mark}摘要`);
    expect(await casesFoundBy(await t.as('head'), '欧阳桐雨')).toHaveLength(1);
    const opened = await (await t.as('centre')).ok(support.readSupportRequest, { params: { id: requestId } });
    expect(opened.status).toBe('closed');
    const attachment = await w.one<{ id: string }>(sql`select id from attachment where case_id = ${caseId} limit 1`);
    const content = await (await t.as('worker')).call(cases.readAttachment, { params: { id: attachment.id } });
    expect(content.raw).toContain('%PDF-1.7');
    // Its history came back as well.
    const { rows } = await sql<{
      n: number;
    }>`select count(*)::int as n from row_history where row_id = ${caseId} and operation = 'INSERT' and table_name = 'case_file'`.execute(
      t.owner,
    );
    expect(rows[0]?.n).toBe(1);
  });
});
