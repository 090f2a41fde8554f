import { addAttachment, createCase, readAttachment, removeAttachment } from '@jieyou/core/cases/endpoints.ts';
import type { Actor, Role } from '@jieyou/core/identity/schema.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { bareInvitation } from '../../test/rows.ts';
import { attachmentInReach } from './attachmentStore.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const PDF = Buffer.from('%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF');
const AT = '2026-03-04T02:00:00.000Z';

/** A request of `worker` in a state, written behind the scenes as the support room leaves it. */
const request = async (status: string) => {
  const { owner, world } = t;
  const recipient = { name: '王小桦', gender: 'female' as const, birthOn: null, idNumber: null, phone: null, address: null };
  const { id: caseId } = await (await t.as('worker')).ok(createCase, {
    body: {
      recipient,
      household: '',
      aliases: [],
      school: null,
      serviceDomain: 'family',
      domain: 'parent-child',
      helpFields: ['family'],
      risk: 'low',
      summary: '概况',
    },
  });
  const place = await owner
    .selectFrom('caseFile')
    .select(['divisionPath', 'organisationId'])
    .where('id', '=', caseId)
    .executeTakeFirstOrThrow();
  const id = crypto.randomUUID();
  const when = { createdAt: AT, updatedAt: AT };
  const people = { askerId: world.persons.worker ?? '', stationId: world.stations.s1 };
  const what = { status, domain: 'parent-child', helpFields: ['family'], risk: 'low', caseId };
  await owner
    .insertInto('supportRequest')
    .values({ districtId: world.districtId, id, ...what, ...place, ...people, ...when })
    .execute();
  return id;
};

/** A round of advice whose packet holds the file, with an invitation of `expert` in a state. */
const invite = async (
  requestId: string,
  attachmentId: string,
  change: { pledgedAt?: string | null; status?: string; expiresAt?: string } = {},
) => {
  const { owner, world } = t;
  const key = { districtId: world.districtId };
  const roundId = await bareInvitation(t, requestId, { expert: 'expert', status: 'accepted', pledgedAt: AT, ...change });
  await owner
    .insertInto('supportPacket')
    .values({ ...key, id: roundId, requestId, partsCt: 'x', hash: 'x', frozenAt: AT })
    .execute();
  await owner
    .insertInto('packetAttachment')
    .values({ ...key, id: crypto.randomUUID(), roundId, attachmentId })
    .execute();
};

const attach = async (who: string, id: string) =>
  (await t.as(who)).call(addAttachment, { params: { kind: 'request', id }, query: { name: '证明.pdf' }, file: PDF });
const readStatus = async (who: string, id: string) => (await (await t.as(who)).call(readAttachment, { params: { id } })).status;

test("a request's files are read by asker, head of the station and centre; asker and centre add", async () => {
  const id = await request('matching');
  const file = await attach('worker', id);
  expect(file.status).toBe(200);
  const who = ['worker', 'head', 'centre', 'worker2', 'head2', 'expert', 'bcentre'];
  expect(await Promise.all(who.map((w) => readStatus(w, file.body.id)))).toEqual([200, 200, 200, 404, 404, 404, 404]);
  expect((await attach('centre2', id)).status).toBe(200);
  expect([(await attach('worker2', id)).status, (await attach('bcentre', id)).status]).toEqual([404, 404]);
  const events = await t.owner.selectFrom('event').select('type').where('requestRef', '=', id).execute();
  expect(events).toEqual([{ type: 'support.attachment-added' }, { type: 'support.attachment-added' }]);
});

test("a draft's files are the asker's alone", async () => {
  const id = await request('draft');
  const file = await attach('worker', id);
  expect(file.status).toBe(200);
  expect(await Promise.all(['worker', 'head', 'centre'].map((w) => readStatus(w, file.body.id)))).toEqual([200, 404, 404]);
  expect((await attach('centre', id)).status).toBe(404);
});

test.each([
  ['who has pledged', {}, 200],
  ['who has answered', { status: 'answered' }, 200],
  ['who has not pledged', { pledgedAt: null, status: 'invited' }, 404],
  ['whose invitation was revoked', { status: 'revoked' }, 404],
  ['whose packet has expired', { expiresAt: '2026-03-05T01:59:59.000Z' }, 404],
])('an expert %s gets the file of the packet: %s', async (_says, state, status) => {
  const id = await request('supporting');
  const [inside, outside] = [await attach('worker', id), await attach('worker', id)];
  await invite(id, inside.body.id, state);
  expect(await readStatus('expert', inside.body.id)).toBe(status);
  expect(await readStatus('expert', outside.body.id)).toBe(404);
  expect(await readStatus('expert2', inside.body.id)).toBe(404);
});

test("a file's name, which may hold the person's, is told to those who see the record and not to the expert", async () => {
  const id = await request('supporting');
  const named = await (await t.as('worker')).call(addAttachment, {
    params: { kind: 'request', id },
    query: { name: '王小桦的判决书.pdf' },
    file: PDF,
  });
  await invite(id, named.body.id);
  const told = async (who: string) =>
    String((await (await t.as(who)).call(readAttachment, { params: { id: named.body.id } })).headers['content-disposition']);
  expect(await told('centre')).toContain(encodeURIComponent('王小桦的判决书.pdf'));
  expect(await told('expert')).toBe('attachment');
});

test('without row-level security the same files are out of reach', async () => {
  const { districtId, persons, experts } = t.world;
  const nobody = { accountId: '', name: '', organisationId: null, stationId: null, sessionId: '', stage: 'full' as const };
  const actor = (username: string, role: Role): Actor => {
    const personId = persons[username] ?? '';
    const assignment = { role, districtId, stationId: null, organisationId: null, divisionPath: null, personId, deputyFor: null };
    return {
      ...nobody,
      personId,
      districtId,
      roles: [role],
      assignments: [assignment],
      selves: [personId],
      expertId: experts[username] ?? null,
    };
  };
  const found = (id: string, who: Actor) =>
    t.owner.transaction().execute(async (tx) => {
      await sql`set local app.now = '2026-03-05T02:00:00Z'`.execute(tx);
      return (await attachmentInReach(tx, who, id)) !== undefined;
    });
  const invited = async (state: Parameters<typeof invite>[2]) => {
    const id = await request('supporting');
    const file = await attach('worker', id);
    await invite(id, file.body.id, state);
    return file.body.id;
  };
  const expert = actor('expert', 'expert');
  expect(await found(await invited({}), expert)).toBe(true);
  expect(await found(await invited({}), { ...expert, roles: ['worker'] })).toBe(false);
  expect(await found(await invited({ pledgedAt: null }), expert)).toBe(false);
  expect(await found(await invited({ status: 'revoked' }), expert)).toBe(false);
  expect(await found(await invited({ expiresAt: '2026-03-05T01:59:59.000Z' }), expert)).toBe(false);
  const draft = await attach('worker', await request('draft'));
  expect([await found(draft.body.id, actor('worker', 'worker')), await found(draft.body.id, actor('centre', 'centre'))]).toEqual([
    true,
    false,
  ]);
});

test('a file in a packet stays, although its adder sees no packet', async () => {
  const id = await request('supporting');
  const file = await attach('worker', id);
  await invite(id, file.body.id);
  const worker = await t.as('worker');
  const answer = await worker.call(removeAttachment, { params: { id: file.body.id } });
  expect([answer.status, answer.error.code]).toEqual([409, 'files.in-packet']);
  expect(await readStatus('worker', file.body.id)).toBe(200);
});

test('a file whose row could not be written leaves nothing in the folder', async () => {
  const id = await request('matching');
  const { files } = t.services;
  const put = files.put.bind(files);
  const stored: string[] = [];
  // Watches the real store; the row is refused by the database afterwards.
  files.put = async (row, content) => {
    const done = await put(row, content);
    stored.push(done.storedAs);
    await t.owner.deleteFrom('supportRequest').where('id', '=', id).execute();
    return done;
  };
  const answer = await attach('worker', id);
  files.put = put;
  expect(answer.status).toBe(500);
  expect(stored).toHaveLength(1);
  await expect(files.get(id, stored[0] ?? '')).rejects.toMatchObject({ code: 'ENOENT' });
});
