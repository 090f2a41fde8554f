import { randomUUID } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import * as activities from '@jieyou/core/activities/endpoints.ts';
import * as groups from '@jieyou/core/groups/endpoints.ts';
import * as photos from '@jieyou/core/photos/endpoints.ts';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../test/harness.ts';
import { unzip } from '../../test/unzip.ts';
import { bareOf } from './bare.ts';

let t: TestApp;
beforeAll(async () => {
  t = await startTestApp();
});
afterAll(() => t.stop());

const SECRET = '北纬31.2304';
const segment = (marker: number, body: Buffer): Buffer => {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
};
const frame = (width: number, height: number): Buffer => {
  const body = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  body.writeUInt16BE(height, 1);
  body.writeUInt16BE(width, 3);
  return segment(0xc0, body);
};
/** A JPEG as a camera writes one: Exif with the place, colours, a comment, drawn data with a restart, and a film behind it. */
const camera = (width = 40, height = 30): Buffer =>
  Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe1, Buffer.from(`Exif\0\0GPS ${SECRET}`)),
    segment(0xe2, Buffer.from('ICC_PROFILE\0\x01\x01colours', 'latin1')),
    segment(0xe2, Buffer.from(`MPF\0${SECRET}`)),
    segment(0xee, Buffer.from('Adobe\0d', 'latin1')),
    segment(0xfe, Buffer.from(SECRET)),
    Buffer.from([0xff]),
    frame(width, height),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    Buffer.from(`film ${SECRET}`),
  ]);
const crcTable = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});
const crc = (bytes: Buffer): number =>
  (bytes.reduce((c, b) => (crcTable[(c ^ b) & 0xff] as number) ^ (c >>> 8), 0xffffffff) ^ 0xffffffff) >>> 0;
const chunk = (kind: string, body: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(body.length, 0);
  ends.writeUInt32BE(crc(named), 4);
  return Buffer.concat([ends.subarray(0, 4), named, ends.subarray(4)]);
};
/** A PNG that any browser draws: one colour, with a text beside it. */
const picture = (width = 160, height = 120, grey = 0x99): Buffer => {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head[8] = 8;
  const rows = Buffer.concat(Array.from({ length: height }, () => Buffer.concat([Buffer.from([0]), Buffer.alloc(width, grey)])));
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', head),
    chunk('tEXt', Buffer.from(`Location\0${SECRET}`)),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
    Buffer.from(SECRET),
  ]);
};

const planned = async (coLeadIds: string[] = []) =>
  (
    await (
      await t.as('worker')
    ).ok(activities.createActivity, {
      body: {
        title: '长者量血压',
        category: 'elder-care',
        campaignId: null,
        place: '社区活动室',
        startsAt: '2026-03-05T06:00:00.000Z',
        endsAt: '2026-03-05T07:30:00.000Z',
        capacity: null,
        aims: '量血压',
        coLeadIds,
        volunteers: [],
        budget: [],
      },
    })
  ).id;
/** A group that runs, with the ids of its two sessions. */
const running = async () => {
  const worker = await t.as('worker');
  const { id } = await worker.ok(groups.createGroup, {
    body: {
      title: '照顾者喘息小组',
      kind: 'support',
      domain: 'elder',
      place: '社工站小组活动室',
      minSize: 3,
      maxSize: 4,
      coLeadIds: [],
      idea: '同路人互相支持',
      goals: '压力分数下降',
      audience: '照顾失能老人的家属',
      recruiting: '从个案里邀请',
      sessions: [
        { title: '认识彼此', aim: '定约定', plannedOn: '2026-03-02', place: '社工站小组活动室' },
        { title: '说压力', aim: '', plannedOn: '2026-03-09', place: '社工站小组活动室' },
      ],
      budget: [],
      risks: [{ what: '有人哭', answer: '协助社工陪到隔壁' }],
      indicators: [{ id: randomUUID(), title: '压力分数', least: 0, most: 40, better: 'down' }],
      volunteers: [],
    },
  });
  await worker.ok(groups.moveGroup, { params: { id }, body: { move: 'submit', says: null, version: 1 } });
  await (await t.as('head')).ok(groups.reviewGroup, { params: { id }, body: { decision: 'approve', says: '同意', version: 2 } });
  await sql`update service_group set status = 'beginning' where id = ${id}`.execute(t.owner);
  for (const [title, plannedOn] of [
    ['认识彼此', '2026-03-02'],
    ['说压力', '2026-03-09'],
  ] as const)
    await worker.ok(groups.planSession, { params: { id }, body: { title, aim: '', plannedOn, place: '社工站小组活动室' } });
  const { rows } = await sql<{ id: string }>`select id from group_session where group_id = ${id} order by number`.execute(t.owner);
  return { id, sessions: rows.map((r) => r.id) };
};

/** What a page says. */
const words = (raw: string): string => Buffer.from(raw, 'latin1').toString('utf8');

type To = { kind: 'activity' | 'session'; id: string };
const add = async (to: To, file = camera(), username = 'worker', id = randomUUID(), key?: string) =>
  (await t.as(username)).call(photos.addPhoto, { params: to, query: { id }, file, ...(key === undefined ? {} : { key }) });
const shelf = async (to: To, username = 'worker') => (await t.as(username)).ok(photos.listPhotos, { params: to });
const storedAs = async (id: string) =>
  (
    await sql<{
      storedAs: string;
      removedAt: string | null;
      captionCt: string;
    }>`select stored_as, removed_at, caption_ct from photo where id = ${id}`.execute(t.owner)
  ).rows[0];

test('a photograph is only a picture: place, device, comments and films behind it are left, also where the pages did not take them away', () => {
  const one = bareOf(camera());
  expect(one).toMatchObject({ mime: 'image/jpeg', width: 40, height: 30 });
  const kept = one?.content ?? Buffer.alloc(0);
  expect([kept.includes(SECRET), kept.includes('Exif'), kept.includes('MPF'), kept.includes('film')]).toEqual([false, false, false, false]);
  // What draws it stays: colours, the drawn part with its restart, the end.
  expect([
    kept.includes('ICC_PROFILE'),
    kept.includes('Adobe'),
    kept.includes(Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56, 0xff, 0xd9])),
  ]).toEqual([true, true, true]);
  expect(bareOf(kept)?.content.equals(kept)).toBe(true);
  const drawn = bareOf(picture());
  expect(drawn).toMatchObject({ mime: 'image/png', width: 160, height: 120 });
  expect([
    drawn?.content.includes(SECRET),
    bareOf(drawn?.content ?? Buffer.alloc(0))?.content.equals(drawn?.content ?? Buffer.alloc(1)),
  ]).toEqual([false, true]);
  // Half of a picture, nothing of one, and what only begins like one are none.
  const heic = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic0000mif1heic')]);
  const empty = frame(0, 10);
  for (const [name, none] of Object.entries({
    nothing: Buffer.alloc(0),
    words: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
    heic,
    half: camera().subarray(0, camera().lastIndexOf(Buffer.from([0xff, 0xd9]))),
    unfinished: picture().subarray(0, 60),
    'a long segment': Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff, 1]),
    'a short segment': Buffer.from([0xff, 0xd8, 0xff, 0xe1, 0, 1, 0, 0]),
    'no marker': Buffer.from([0xff, 0xd8, 1, 2, 3, 4]),
    'nothing drawn': Buffer.concat([Buffer.from([0xff, 0xd8]), frame(4, 4), Buffer.from([0xff, 0xd9])]),
    'no size': Buffer.concat([Buffer.from([0xff, 0xd8]), segment(0xda, Buffer.from([1])), Buffer.from([0xff, 0xd9])]),
    'no width': Buffer.concat([Buffer.from([0xff, 0xd8]), empty, segment(0xda, Buffer.from([1])), Buffer.from([0xff, 0xd9])]),
    'no head': Buffer.concat([picture().subarray(0, 8), chunk('IEND', Buffer.alloc(0))]),
  }))
    expect([name, bareOf(none)]).toEqual([name, null]);
});

test('a worker photographs an activity, says what is seen, and takes one away again; the head looks, nobody else does', async () => {
  const to: To = { kind: 'activity', id: await planned([t.world.persons.worker3 as string]) };
  expect(await shelf(to)).toEqual({ photos: [], most: 12, megabytes: 3, can: ['add', 'change'] });
  const id = randomUUID();
  expect((await add(to, camera(), 'worker', id)).body).toEqual({ id, version: 1 });
  // Sent again, with the key of before or without, it is there once.
  expect((await add(to, camera(), 'worker', id)).body).toEqual({ id, version: 1 });
  const again = randomUUID();
  for (const _ of [1, 2]) expect((await add(to, camera(), 'worker', again, 'the-same-key')).body).toEqual({ id: again, version: 1 });
  t.clock.advance({ minutes: 1 });
  expect((await add(to, picture(), 'worker3')).status).toBe(200);
  const three = (await shelf(to)).photos;
  expect(three.map((p) => [p.caption, p.width, p.version, p.addedByName])).toEqual([
    ['', 40, 1, '周晓岚'],
    ['', 40, 1, '周晓岚'],
    ['', 160, 1, '郑可欣'],
  ]);
  // The same id for another record is the id of something else.
  expect((await add({ kind: 'activity', id: await planned() }, camera(), 'worker', id)).status).toBe(404);

  const worker = await t.as('worker');
  const describe = (version: number, caption: string, username = worker) =>
    username.call(photos.describePhoto, { params: { id }, body: { caption, version } });
  expect((await describe(1, '志愿者量血压')).body).toEqual({ id, version: 2 });
  expect((await describe(1, '别的')).error.code).toBe('record.changed-meanwhile');
  expect((await describe(2, '长'.repeat(61))).status).toBe(400);
  expect((await shelf(to)).photos.find((p) => p.id === id)?.caption).toBe('志愿者量血压');
  expect((await storedAs(id))?.captionCt).not.toContain('血压');

  // On the disk it is enciphered, and what was left was never kept.
  const kept = await t.services.files.raw((await storedAs(id))?.storedAs ?? '');
  expect([kept.includes(SECRET), kept.includes('ICC_PROFILE')]).toEqual([false, false]);
  const seen = await (await t.as('head')).call(photos.readPhoto, { params: { id } });
  expect([seen.status, seen.headers['content-type'], seen.headers['x-content-type-options'], seen.headers['cache-control']]).toEqual([
    200,
    'image/jpeg',
    'nosniff',
    'private, no-store',
  ]);
  expect([seen.raw.includes(SECRET), seen.raw.includes('ICC_PROFILE')]).toEqual([false, true]);

  const head = await t.as('head');
  expect((await shelf(to, 'head')).can).toEqual([]);
  expect([
    (await add(to, camera(), 'head')).status,
    (await add(to, camera(), 'worker2')).status,
    (await describe(2, '站长写的', head)).status,
    (await (await t.as('worker2')).call(photos.readPhoto, { params: { id } })).status,
    (await (await t.as('worker2')).call(photos.listPhotos, { params: to })).status,
    (await (await t.as('head2')).call(photos.readPhoto, { params: { id } })).status,
    (await (await t.as('worker2')).call(photos.removePhoto, { params: { id } })).status,
    (await (await t.as('street')).call(photos.readPhoto, { params: { id } })).status,
  ]).toEqual([403, 404, 403, 404, 404, 404, 404, 403]);

  // Taken away: the file is destroyed, the row and who did it stay.
  const file = (await storedAs(id))?.storedAs ?? '';
  expect((await worker.call(photos.removePhoto, { params: { id } })).body).toEqual({ ok: true });
  // It goes once the answer is out.
  const lies = () =>
    t.services.files.raw(file).then(
      () => 'there',
      (e: { code?: string }) => e.code,
    );
  await expect.poll(lies).toBe('ENOENT');
  expect((await storedAs(id))?.removedAt).not.toBeNull();
  expect((await shelf(to)).photos.map((p) => p.id)).not.toContain(id);
  expect([
    (await worker.call(photos.readPhoto, { params: { id } })).status,
    (await worker.call(photos.removePhoto, { params: { id } })).status,
    (await describe(3, '又写')).status,
  ]).toEqual([404, 404, 404]);
  // A phone that sends late does not bring it back.
  expect((await add(to, camera(), 'worker', id)).status).toBe(200);
  expect((await shelf(to)).photos).toHaveLength(2);
  const { rows: events } = await sql<{ type: string }>`select type from event where record_id = ${id} order by id`.execute(t.owner);
  expect(events.map((e) => e.type)).toEqual(['photo.added', 'photo.described', 'photo.removed']);
  const { rows: history } = await sql<{
    n: number;
  }>`select count(*)::int as n from row_history where table_name = 'photo' and row_id = ${id}`.execute(t.owner);
  expect(history[0]?.n).toBe(3);
});

test('what is no picture, too large, too wide or one too many is refused in words and leaves no file; a cancelled activity takes none', async () => {
  const to: To = { kind: 'activity', id: await planned() };
  const refused = async (file: Buffer) => (await add(to, file)).error;
  const files = async () => (await sql<{ n: number }>`select count(*)::int as n from photo`.execute(t.owner)).rows[0]?.n;
  const before = await files();
  expect((await refused(Buffer.alloc(0))).code).toBe('files.empty');
  expect((await refused(Buffer.from('不是照片'))).code).toBe('photos.not-a-picture');
  expect(await refused(camera(4001, 10))).toMatchObject({ code: 'photos.too-wide', facts: { pixels: 4000 } });
  expect(await refused(Buffer.concat([camera(), Buffer.alloc(3 * 1024 * 1024)]))).toMatchObject({
    code: 'photos.too-large',
    facts: { megabytes: 3 },
  });
  expect((await refused(Buffer.alloc(20 * 1024 * 1024 + 1))).code).toBe('files.too-large');
  expect(await files()).toBe(before);
  await sql`update rule_value set value = '2' where key = 'record.most'`.execute(t.owner);
  // Three at one moment are counted one after the other.
  const three = await Promise.all([1, 2, 3].map(() => add(to)));
  expect(three.map((a) => a.status).sort()).toEqual([200, 200, 409]);
  expect(three.find((a) => a.status === 409)?.error).toMatchObject({ code: 'photos.too-many', facts: { most: 2 } });
  expect((await shelf(to)).can).toEqual(['change']);
  await sql`update rule_value set value = '12' where key = 'record.most'`.execute(t.owner);
  await (await t.as('worker')).ok(activities.moveActivity, { params: { id: to.id }, body: { move: 'cancel', reason: '下雨', version: 1 } });
  expect((await refused(camera())).code).toBe('photos.cancelled');
  // Whoever does not want to be seen is taken away from it all the same.
  const [one] = (await shelf(to)).photos;
  expect((await (await t.as('worker')).call(photos.removePhoto, { params: { id: one?.id ?? '' } })).status).toBe(200);
});

test('a session of a group has its own; its record and the summary of an activity print them two a row with what is said', async () => {
  const group = await running();
  const [first = '', second = ''] = group.sessions;
  const of = (id: string): To => ({ kind: 'session', id });
  const worker = await t.as('worker');
  const ids = [randomUUID(), randomUUID(), randomUUID()];
  for (const id of ids) expect((await add(of(first), picture(), 'worker', id)).status).toBe(200);
  await worker.ok(photos.describePhoto, { params: { id: ids[0] ?? '' }, body: { caption: '约定写在<白板>上', version: 1 } });
  expect([(await shelf(of(first), 'head')).photos.length, (await shelf(of(second))).photos.length]).toEqual([3, 0]);
  expect([(await add(of(first), picture(), 'worker2')).status, (await add(of(group.id), picture())).status]).toEqual([404, 404]);
  // The photographs of a session are nobody's of another kind.
  expect((await worker.call(photos.listPhotos, { params: { kind: 'activity', id: first } })).status).toBe(404);

  await worker.ok(groups.holdSession, {
    params: { id: group.id, sessionId: first },
    body: {
      heldOn: '2026-03-02',
      minutes: 90,
      attendance: [],
      guests: 5,
      helpers: 0,
      process: '围圈认识',
      dynamics: 'some',
      dynamicsSays: '',
      reached: 'mostly',
      reachedSays: '',
      next: '',
      version: 1,
    } as never,
  });
  const print = async (what: 'session' | 'plan') => {
    const query = { what, format: 'html' as const, ...(what === 'session' ? { sessionId: first } : {}) };
    const page = await worker.call(groups.printGroup, { params: { id: group.id }, query });
    return { raw: words(page.raw), policy: String(page.headers['content-security-policy']) };
  };
  const html = await print('session');
  expect(html.raw).toContain('六、照片');
  expect(html.raw.match(/<div class="photos">/g)).toHaveLength(2);
  expect(html.raw.match(/<img src="data:image\/png;base64,/g)).toHaveLength(3);
  expect(html.raw).toContain('<figcaption>约定写在&lt;白板&gt;上</figcaption>');
  expect(html.policy).toContain('img-src data:');
  const plan = await print('plan');
  expect([plan.raw.includes('data:image'), plan.policy.includes('img-src')]).toEqual([false, false]);

  const to: To = { kind: 'activity', id: await planned() };
  const shown = randomUUID();
  await add(to, picture(), 'worker', shown);
  const summary = async () =>
    words((await worker.call(activities.printActivity, { params: { id: to.id }, query: { format: 'html' } })).raw);
  expect(await summary()).not.toContain('data:image');
  await worker.ok(activities.moveActivity, { params: { id: to.id }, body: { move: 'publish', reason: null, version: 1 } });
  t.clock.set('2026-03-05T08:00:00.000Z');
  await worker.ok(activities.signInToActivity, { params: { id: to.id }, body: { came: [], walkIns: 9, version: 2 } });
  await worker.ok(activities.finishActivity, { params: { id: to.id }, body: { summary: '来的人都说好', budget: [], version: 3 } });
  expect(await summary()).toMatch(/五、照片<\/h2><div class="photos"><figure><img/);
  await worker.ok(photos.removePhoto, { params: { id: shown } });
  expect(await summary()).not.toContain('照片');
});

test('a Word file carries the photographs as pictures', async () => {
  const to: To = { kind: 'activity', id: await planned() };
  const worker = await t.as('worker');
  await add(to, picture(), 'worker');
  await sql`update activity set status = 'done', times = 1, persons = 1 where id = ${to.id}`.execute(t.owner);
  const word = await worker.call(activities.printActivity, { params: { id: to.id }, query: { format: 'docx' } });
  const names = [...unzip(Buffer.from(word.raw, 'latin1')).keys()];
  expect(names.filter((name) => /^word\/media\/.+\.png$/.test(name))).toHaveLength(1);
});
