import * as cases from '@jieyou/core/cases/endpoints.ts';
import * as identity from '@jieyou/core/identity/endpoints.ts';
import * as support from '@jieyou/core/support/endpoints.ts';
import * as workforce from '@jieyou/core/workforce/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { draftRequest, openCase } from './factories.ts';
import { startTestApp, type TestApp } from './harness.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const count = async (table: string): Promise<number> =>
  (await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(t.owner)).rows[0]?.n ?? 0;
const note = (id: string, key?: string) => ({
  params: { id },
  body: { happenedOn: '2026-03-05', body: '今天通了电话。' },
  ...(key === undefined ? {} : { key }),
});

describe('the same key', () => {
  it('writes once, however often and however fast it comes', async () => {
    const id = await openCase(t);
    const worker = await t.as('worker');
    const before = await count('case_note');
    const answers = await Promise.all(Array.from({ length: 8 }, () => worker.call(cases.addNote, note(id, 'note-key-000001'))));
    expect(new Set(answers.map((a) => a.raw)).size).toBe(1);
    expect(answers.every((a) => a.status === 200)).toBe(true);
    expect(await count('case_note')).toBe(before + 1);
  });

  it('belongs to one account: another person’s act under the same key is an act of its own', async () => {
    const first = await openCase(t, 'worker');
    const second = await openCase(t, 'worker2');
    const a = await (await t.as('worker')).call(cases.addNote, note(first, 'shared-key-0001'));
    const b = await (await t.as('worker2')).call(cases.addNote, note(second, 'shared-key-0001'));
    expect([a.status, b.status]).toEqual([200, 200]);
    expect(a.raw).not.toBe(b.raw);
  });

  it('answers what it answered, though the act would be refused by now, and what was begun again is undone', async () => {
    const draft = await draftRequest(t, await openCase(t));
    const worker = await t.as('worker');
    const ask = { params: { id: draft.id }, body: { version: draft.version }, key: 'submit-key-0001' };
    const first = await worker.call(support.submitSupportRequest, ask);
    expect(first.status).toBe(200);
    const before = [await count('event'), await count('notice'), await count('row_history')];
    const again = await worker.call(support.submitSupportRequest, ask);
    expect([again.status, again.raw]).toEqual([200, first.raw]);
    expect([await count('event'), await count('notice'), await count('row_history')]).toEqual(before);
    expect((await worker.call(support.submitSupportRequest, { ...ask, key: 'submit-key-0002' })).status).toBe(409);
  });

  it('leaves nothing after a refusal, so that a corrected act may use it', async () => {
    const id = await openCase(t);
    const worker = await t.as('worker');
    const refused = await worker.call(cases.addNote, {
      params: { id },
      body: { happenedOn: '2026-03-06', body: '明天的事' },
      key: 'future-key-0001',
    });
    expect(refused.status).toBe(409);
    expect((await worker.call(cases.addNote, note(id, 'future-key-0001'))).status).toBe(200);
  });

  it('must look like one', async () => {
    const id = await openCase(t);
    const bad = await (await t.as('worker')).call(cases.addNote, note(id, 'x'));
    expect(bad.error.fields?.[0]?.path).toBe('Idempotency-Key');
  });

  it('shows a one-time password once and keeps it nowhere', async () => {
    const security = await t.as('security');
    const ask = {
      body: {
        personId: t.world.persons.worker3 as string,
        role: 'supervisor',
        stationId: null,
        organisationId: null,
        divisionId: null,
        validFrom: '2026-03-05',
        validTo: null,
        deputyId: null,
        username: 'newcomer',
      },
      key: 'assign-key-0001',
    };
    await sql`delete from session where account_id in (select id from account where username = 'worker3')`.execute(t.owner);
    await sql`delete from account where username = 'worker3'`.execute(t.owner);
    const first = await security.ok(workforce.createAssignment, ask);
    const again = await security.ok(workforce.createAssignment, ask);
    expect(first.oneTimePassword).toMatch(/^\w{14}$/);
    expect(again).toEqual({ ...first, oneTimePassword: null });
    const { rows } = await sql<{ reply: string }>`select reply from idempotency_key where key = 'assign-key-0001'`.execute(t.owner);
    expect(rows[0]?.reply).not.toContain(first.oneTimePassword);
  });

  it('keeps no personal data that was unmasked', async () => {
    const id = await openCase(t);
    const worker = await t.as('worker');
    const ask = { params: { id }, body: { field: 'phone' as const, reason: '回访联系' }, key: 'unmask-key-0001' };
    expect((await worker.ok(cases.unmaskRecipient, ask)).value).toBe('19900001234');
    expect((await worker.ok(cases.unmaskRecipient, ask)).value).toBe('19900001234');
    const { rows } = await sql`select 1 from idempotency_key where key = 'unmask-key-0001' or reply like '%19900001234%'`.execute(t.owner);
    expect(rows).toEqual([]);
  });
});

describe('wrong input', () => {
  it('is answered field by field in Chinese', async () => {
    const answer = await (await t.as('worker')).call(cases.addNote, {
      params: { id: await openCase(t) },
      body: { happenedOn: 'gestern', body: '' },
    });
    expect(answer.status).toBe(400);
    expect(answer.error.fields?.map((f) => f.path).sort()).toEqual(['body', 'happenedOn']);
    for (const field of answer.error.fields ?? []) expect(field.message).toMatch(/[\u4e00-\u9fff]/);
  });

  it.each([
    ['a lone surrogate', '坏\ud800字'],
    ['a NUL', '坏\u0000字'],
  ])('refuses %s', async (_, body) => {
    const answer = await (await t.as('worker')).call(cases.addNote, {
      params: { id: await openCase(t) },
      body: { happenedOn: '2026-03-05', body },
    });
    expect(answer.status).toBe(400);
  });

  it('keeps rare characters as they were typed', async () => {
    const id = await openCase(t);
    const worker = await t.as('worker');
    const body = '㛃𬭎䶮𠅤 与 👩‍👧 谈了话';
    await worker.ok(cases.addNote, { params: { id }, body: { happenedOn: '2026-03-05', body } });
    expect((await worker.ok(cases.readCase, { params: { id } })).notes[0]?.body).toBe(body);
  });

  it('answers an id that is none like an id that does not exist', async () => {
    const worker = await t.as('worker');
    const none = await worker.call(support.readSupportRequest, { params: { id: 'not-an-id' } });
    const missing = await worker.call(support.readSupportRequest, { params: { id: '00000000-0000-7000-8000-000000000000' } });
    expect([none.status, missing.status]).toEqual([404, 404]);
    expect({ ...none.error, requestId: '' }).toEqual({ ...missing.error, requestId: '' });
  });

  it('refuses a broken body, an unknown path and a broken cursor without a word of the database', async () => {
    const broken = await t.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'content-type': 'application/json' },
      payload: '{"a":',
    });
    expect(broken.statusCode).toBe(400);
    expect((await t.app.inject({ method: 'GET', url: '/api/no-such-thing' })).statusCode).toBe(404);
    const cursor = await (await t.as('worker')).call(support.listSupportRequests, { query: { after: 'xxxx' } });
    expect(cursor.error.fields?.[0]?.path).toBe('after');
  });
});

describe('a reading', () => {
  it('is recorded before its reply leaves', async () => {
    const id = await openCase(t);
    await (await t.as('head')).ok(cases.readCase, { params: { id } });
    const { rows } =
      await sql`select 1 from access_record where kind = 'read' and record_id = ${id} and actor_id = ${t.world.persons.head}`.execute(
        t.owner,
      );
    expect(rows).toHaveLength(1);
  });

  it('is refused when it cannot be recorded', async () => {
    const id = await openCase(t);
    await sql`alter table access_record rename to access_record_away`.execute(t.owner);
    const answer = await (await t.as('worker')).call(cases.readCase, { params: { id } });
    await sql`alter table access_record_away rename to access_record`.execute(t.owner);
    expect(answer.status).toBe(500);
    expect(answer.raw).not.toContain('赔偿');
  });

  it('that is refused is recorded too', async () => {
    const id = await openCase(t);
    await (await t.as('worker2')).call(cases.readCase, { params: { id } });
    const { rows } = await sql<{ outcome: string }>`select outcome from access_record where kind = 'refused' and record_id = ${id}`.execute(
      t.owner,
    );
    expect(rows).toEqual([{ outcome: 'not-found' }]);
  });
});

describe('a lost connection', () => {
  it('answers 503 with the time to wait, and the next request works', async () => {
    const worker = await t.as('worker');
    await worker.ok(identity.readSession);
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'jieyou' and datname = current_database()`.execute(
      t.owner,
    );
    const answers = await Promise.all(Array.from({ length: 12 }, () => worker.call(support.listSupportRequests)));
    expect(answers.filter((a) => ![200, 503].includes(a.status))).toEqual([]);
    for (const lost of answers.filter((a) => a.status === 503)) expect(lost.headers['retry-after']).toBe('1');
    expect((await worker.call(support.listSupportRequests)).status).toBe(200);
  });
});
