/** Attacks that are aimed at one weakness each. A check notes what it finds on the stage; a stage without findings has held. */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { allEndpoints } from '@jieyou/core/endpoints.ts';
import Fastify from 'fastify';
import { sql } from 'kysely';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import { serveWeb } from '../../apps/server/src/platform/http/web.ts';
import { endpointOf, forbiddenTo } from '../../apps/server/test/access.world.ts';
import { TEST_PASSWORD } from '../../apps/server/test/world.ts';
import { operationOf } from './contract.ts';
import { corpus } from './corpora.ts';
import { hostileFiles, hostileWorkbooks } from './files.ts';
import { idsIn, keptFor, validFor } from './inputs.ts';
import { askable, type Heard, type Saying, type Stage } from './stage.ts';

/** One attack, by what must hold against it. */
export type Aimed = (stage: Stage) => Promise<void>;

const SENTINEL = '0badf00d-0bad-7bad-8bad-0badf00dcafe';

// Names of columns and of what other systems took by mistake; the value is found again wherever it lands.
const EXTRAS: Readonly<Record<string, unknown>> = Object.fromEntries(
  (
    'id districtId district_id stationId station_id organisationId holderId holder_id workerId worker_id personId person_id ownerId accountId ' +
    'createdBy authorId madeBy addedBy actorId chairId requestId caseId recipientId decidedBy approvedBy'
  )
    .split(' ')
    .map((name) => [name, SENTINEL]),
);
const WORDS: Readonly<Record<string, unknown>> = {
  status: 'sentinel-status',
  role: 'system',
  roles: ['system', 'audit'],
  isDemo: true,
  admin: true,
  mustChange: false,
  number: 'sentinel-number',
  createdAt: '2099-09-09T09:09:09.000Z',
  closedAt: '2099-09-09T09:09:09.000Z',
  storedAs: '../../sentinel',
  passwordHash: 'sentinel-hash',
  nameMasked: 'sentinel-masked',
};

/** Where a word stands in the tables; the trails and kept answers aside. */
const tablesWith = async (stage: Stage, word: string): Promise<string[]> => {
  const { rows } = await sql<{ name: string }>`select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'public' and c.relkind = 'r' and c.relname not in ('row_history', 'idempotency_key', 'access_record')`.execute(
    stage.t.owner,
  );
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await sql`select 1 from ${sql.table(name)} x where x::text like ${`%${word}%`} limit 1`.execute(stage.t.owner);
    if (hits.rows.length > 0) found.push(name);
  }
  return found;
};

/** Properties that nobody asked for are refused or dropped: none of their values reaches a table. */
const massAssignment: Aimed = async (stage) => {
  for (const endpoint of stage.some(askable.filter((e) => e.method !== 'GET'))) {
    const operation = operationOf(endpoint);
    if (operation.body === undefined) continue;
    const { username, saying } = await validFor(stage, endpoint);
    const own = (saying.body ?? {}) as Record<string, unknown>;
    const foreign = Object.fromEntries(Object.entries({ ...EXTRAS, ...WORDS }).filter(([name]) => !taken(operation.body, name)));
    const nested = Object.fromEntries(
      Object.entries(own).map(([name, value]) => [
        name,
        typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...foreign, ...value } : value,
      ]),
    );
    await stage.say(username, endpoint, { ...saying, body: { ...foreign, ...nested, ...own } }, 'mass assignment');
  }
  for (const word of [SENTINEL, 'sentinel-', '2099-09-09'])
    for (const table of await tablesWith(stage, word)) stage.find('mass assignment', table, `holds ${word}`);
};
const taken = (schema: unknown, name: string): boolean =>
  JSON.stringify(schema).includes(`"${name}"`) || JSON.stringify(schema).includes('$ref');

/** Nothing that is sent becomes a property of every object. */
const prototypePollution: Aimed = async (stage) => {
  const before = Object.getOwnPropertyNames(Object.prototype).length;
  const poisons = [
    '{"__proto__":{"polluted":1}}',
    '{"constructor":{"prototype":{"polluted":1}}}',
    '{"a":{"__proto__":{"polluted":1}}}',
    '{"sections":{"__proto__":{"polluted":1}}}',
  ];
  for (const endpoint of stage.some(askable.filter((e) => e.method !== 'GET' && operationOf(e).body !== undefined))) {
    const { username, saying } = await validFor(stage, endpoint);
    const { body, ...rest } = saying;
    const inner = JSON.stringify(body ?? {}).slice(1);
    for (const poison of [...poisons, `{"__proto__":{"polluted":1}${inner === '}' ? '' : ','}${inner}`]) {
      const heard = await stage.say(
        username,
        endpoint,
        { ...rest, raw: { payload: poison, type: 'application/json' } },
        'prototype pollution',
      );
      if (poison.includes('__proto__') && heard.status !== 400)
        stage.find('prototype pollution', endpoint.id, `__proto__ answered ${heard.status}`);
    }
    await stage.say(
      username,
      endpoint,
      { ...rest, query: { '__proto__[polluted]': '1', 'constructor[prototype][polluted]': '1' } },
      'prototype pollution',
    );
  }
  if ('polluted' in {} || Object.getOwnPropertyNames(Object.prototype).length !== before)
    stage.find('prototype pollution', 'Object.prototype', 'was changed');
};

/** Speaks bytes to the listening application and hears what comes back until it ends, or for a while. */
export const speak = async (stage: Stage, bytes: string | Buffer, forMs = 1_500): Promise<string> => {
  stage.said += 1;
  const { port } = new URL(await stage.address());
  return speakTo(Number(port), bytes, forMs);
};
const speakTo = (port: number, bytes: string | Buffer, forMs: number): Promise<string> =>
  new Promise((done) => {
    const heard: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const end = () => {
      clearTimeout(timer);
      socket.destroy();
      done(Buffer.concat(heard).toString('latin1'));
    };
    const timer = setTimeout(end, forMs);
    socket.on('data', (part) => heard.push(part));
    socket.on('end', end);
    socket.on('error', end);
  });

const PATHS = [
  '/assets/../secret.txt',
  '/assets/..%2fsecret.txt',
  '/assets/%2e%2e/secret.txt',
  '/assets/%2e%2e%2fsecret.txt',
  '/assets/..%5csecret.txt',
  '/assets/..\\secret.txt',
  '/assets/%252e%252e%252fsecret.txt',
  '/assets/....//secret.txt',
  '/assets//../secret.txt',
  '/assets/./../secret.txt',
  '/assets/%c0%ae%c0%ae/secret.txt',
  '/assets/..;/secret.txt',
  '/assets/%00/../secret.txt',
  '/m/../secret.txt',
  '/m/..%2fsecret.txt',
  '/p/%2e%2e%2fsecret.txt',
  '/../secret.txt',
  '//secret.txt',
  '/%2e%2e/%2e%2e/secret.txt',
  'http://127.0.0.1/../secret.txt',
  'file:///etc/passwd',
  '/assets/..%2f..%2f..%2f..%2f..%2f..%2fetc%2fpasswd',
];

/** No path leads out of the built pages. */
const pathTraversal: Aimed = async (stage) => {
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-pages-'));
  const dist = join(folder, 'dist');
  for (const name of ['assets', 'm', 'p']) mkdirSync(join(dist, name), { recursive: true });
  for (const name of ['index.html', 'm/index.html', 'p/index.html']) writeFileSync(join(dist, name), '<html></html>');
  for (const at of [folder, dist]) writeFileSync(join(at, 'secret.txt'), 'the secret itself');
  writeFileSync(join(dist, 'assets', 'open.js'), 'open');
  const pages = Fastify();
  await serveWeb(pages, dist);
  const { port } = new URL(await pages.listen({ host: '127.0.0.1', port: 0 }));
  const ask = (path: string) => {
    stage.said += 1;
    return speakTo(Number(port), `GET ${path} HTTP/1.1\r\nHost: x\r\nAccept: text/html\r\nConnection: close\r\n\r\n`, 3_000);
  };
  if (!(await ask('/assets/open.js')).includes('open')) stage.find('path traversal', 'the check', 'does not read even what is open');
  for (const path of PATHS) {
    const heard = await ask(path);
    if (/the secret itself|root:/.test(heard)) stage.find('path traversal', path, heard.slice(0, 200));
    if (/^HTTP\/1\.1 5/.test(heard)) stage.find('path traversal', path, heard.slice(0, 80));
  }
  await pages.close();
  rmSync(folder, { recursive: true });
};

const upload = (username: string, to: { kind: string; id: string }, name: string, content: Buffer, stage: Stage): Promise<Heard> =>
  stage.say(
    username,
    endpointOf('addAttachment'),
    { params: to, query: { name: name.toWellFormed() }, raw: { payload: content, type: 'application/octet-stream' } },
    'upload',
  );

/** What a browser is told of a kept file: to save it, never to run or guess it. */
const savedOnly = (stage: Stage, where: string, heard: Heard): void => {
  const header = (name: string) => String(heard.headers[name] ?? '');
  const told = [
    header('x-content-type-options') === 'nosniff',
    header('content-security-policy').includes('sandbox'),
    header('content-disposition').startsWith('attachment'),
    header('cache-control').includes('no-store'),
    /^[\x20-\x7e]*$/.test(header('content-disposition')),
    !/html|svg|xml\b|javascript/.test(header('content-type')),
    heard.headers['set-cookie'] === undefined,
  ];
  if (told.includes(false)) stage.find('kept file', where, JSON.stringify(heard.headers));
};

/** Files that are not what they say: refused, or kept as what they are and only to be saved. Their names are names and nothing else. */
const disguisedUploads: Aimed = async (stage) => {
  const id = await stage.w.openCase('own');
  const outputId = await stage.w.output('own');
  for (const { name, content: make, taken: mayStay } of stage.some(hostileFiles())) {
    const file = { name, content: make(), taken: mayStay };
    const heard = await upload('worker', { kind: 'case', id }, file.name, file.content, stage);
    if ((heard.status === 200) !== file.taken)
      stage.find('upload', JSON.stringify(file.name), `answered ${heard.status} ${heard.text.slice(0, 160)}`);
    if (heard.status === 200) {
      const kept = JSON.parse(heard.text) as { id: string };
      const read = await stage.say('worker', endpointOf('readAttachment'), { params: { id: kept.id } }, 'upload');
      if (!read.bytes.equals(file.content)) stage.find('upload', file.name, 'comes back as other bytes');
      savedOnly(stage, JSON.stringify(file.name), read);
      await stage.say('worker', endpointOf('removeAttachment'), { params: { id: kept.id } }, 'upload');
    }
    await stage.say(
      'centre',
      endpointOf('putOutputFile'),
      {
        params: { id: outputId },
        query: { name: file.name.toWellFormed(), version: '1' },
        raw: { payload: file.content, type: 'application/octet-stream' },
      },
      'upload',
    );
    await stage.say(
      'centre',
      endpointOf('importHsds'),
      { query: {}, raw: { payload: file.content, type: 'application/octet-stream' } },
      'upload',
    );
  }
};

/** Workbooks that lie or burst are refused in a moment and with little memory; entities are never followed. */
const workbookBombs: Aimed = async (stage) => {
  for (const [name, make] of stage.some(hostileWorkbooks())) {
    const content = make();
    for (const id of ['checkResourceImport', 'importResources', 'failedResourceRows']) {
      const before = process.memoryUsage().rss;
      const heard = await stage.say('centre', endpointOf(id), { raw: { payload: content, type: 'application/octet-stream' } }, 'workbook');
      const grown = (process.memoryUsage().rss - before) / 1_048_576;
      if (heard.ms > 3_000) stage.find('workbook', `${id} ${name}`, `took ${Math.round(heard.ms)} ms`);
      if (grown > 200) stage.find('workbook', `${id} ${name}`, `took ${Math.round(grown)} MB`);
      if (/root:|(ha){20}/.test(heard.text)) stage.find('workbook', `${id} ${name}`, 'followed an entity');
      if (id === 'importResources' && heard.status === 200 && !['formulas'].includes(name)) {
        const kept = JSON.parse(heard.text) as { kept?: number; made?: number };
        if ((kept.made ?? kept.kept ?? 0) > 0) stage.find('workbook', `${id} ${name}`, `was read in: ${heard.text.slice(0, 120)}`);
      }
    }
  }
};

/** A file larger than may be sent is refused, whoever sends it; a stranger's is not even read. */
const oversizedUploads: Aimed = async (stage) => {
  const id = await stage.w.openCase('own');
  const large = Buffer.alloc(21 * 1_048_576, 0x41);
  const heard = await upload('worker', { kind: 'case', id }, '大.txt', large, stage);
  if (heard.status !== 409 || !heard.text.includes('files.too-large'))
    stage.find('oversized', 'addAttachment', `${heard.status} ${heard.text.slice(0, 120)}`);
  const { port } = new URL(await stage.address());
  const stranger = await speakTo(
    Number(port),
    `POST /api/case/${id}/attachments?name=a HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 20000000\r\n\r\nAAAA`,
    500,
  );
  if (!stranger.startsWith('HTTP/1.1 401')) stage.find('oversized', 'a stranger', stranger.slice(0, 100) || 'heard nothing');
};

/** Breaks in names, reasons and headers never become headers of an answer, nor lines of a log. */
const headerAndLogInjection: Aimed = async (stage) => {
  const breaks = corpus('injections')
    .filter((h) => ['header', 'log'].includes(h.family))
    .map((h) => h.text);
  const id = await stage.w.openCase('own');
  for (const text of breaks) {
    const heard = await upload('worker', { kind: 'case', id }, `${text}.txt`, Buffer.from('字'), stage);
    if (heard.status !== 200) continue;
    const kept = JSON.parse(heard.text) as { id: string };
    savedOnly(stage, JSON.stringify(text), await stage.say('worker', endpointOf('readAttachment'), { params: { id: kept.id } }, 'header'));
    await stage.say('worker', endpointOf('removeAttachment'), { params: { id: kept.id } }, 'header');
  }
  const script = `
    import { makeLog } from ${JSON.stringify(new URL('../../apps/server/src/platform/log.ts', import.meta.url).href)};
    const log = makeLog('info');
    for (const text of ${JSON.stringify(breaks.map((b) => b.toWellFormed()))}) log.error({ url: text, err: { message: text }, body: { name: '金丝雀' }, headers: { cookie: '金丝雀' } }, text);`;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }).trimEnd().split('\n');
  const whole = said.filter((line) => {
    try {
      return (JSON.parse(line) as { level?: number }).level === 50;
    } catch {
      return false;
    }
  });
  if (said.length !== breaks.length || whole.length !== breaks.length)
    stage.find('log', 'makeLog', `${breaks.length} errors became ${said.length} lines`);
  if (said.join('').includes('金丝雀')) stage.find('log', 'makeLog', 'speaks of bodies or headers');
};

const cookieOf = (heard: { headers: Readonly<Record<string, unknown>> }): string =>
  /jieyou_session=([^;]*)/.exec(String(heard.headers['set-cookie'] ?? ''))?.[1] ?? '';
const signIn = (stage: Stage, body: object, more: Saying = {}): Promise<Heard> =>
  stage.say(null, endpointOf('signIn'), { body, ...more }, 'sign-in');

/** A token that somebody brought is never the one they get, and the session they had before ends. */
const sessionFixation: Aimed = async (stage) => {
  const { username } = await stage.w.spare('worker');
  const brought = 'A'.repeat(43);
  const first = await signIn(stage, { username, password: TEST_PASSWORD }, { headers: { cookie: `${SESSION_COOKIE}=${brought}` } });
  const token = cookieOf(first);
  if (first.status !== 200 || token === '' || token === brought)
    stage.find('session fixation', 'signIn', `${first.status}, the token is ${token === brought ? 'the brought one' : token}`);
  const whoIs = (cookie: string) =>
    stage.say(null, endpointOf('readSession'), { headers: { cookie: `${SESSION_COOKIE}=${cookie}` } }, 'session');
  if ((await whoIs(brought)).status !== 401) stage.find('session fixation', 'readSession', 'a brought token is good');
  if ((await whoIs(token)).status !== 200) stage.find('session fixation', 'readSession', 'the given token is not good');
  await signIn(stage, { username, password: TEST_PASSWORD }, { headers: { cookie: `${SESSION_COOKIE}=${token}` } });
  if ((await whoIs(token)).status !== 401) stage.find('session fixation', 'signIn', 'the session before it lives on');
  const cookie = String(first.headers['set-cookie']);
  for (const word of ['HttpOnly', 'SameSite=Strict', 'Path=/'])
    if (!cookie.includes(word)) stage.find('session fixation', 'cookie', `lacks ${word}: ${cookie}`);
};

/** A page of somebody else's cannot write: no token, no write; and what browsers send without asking first is no JSON. */
const forgedRequests: Aimed = async (stage) => {
  for (const endpoint of stage.some(askable.filter((e) => e.method !== 'GET'))) {
    const { username, saying } = await keptFor(stage, endpoint);
    const foreign = { 'sec-fetch-site': 'cross-site', origin: 'https://x.example' };
    const heard = await stage.say(username, endpoint, { ...saying, csrf: 'none', headers: foreign }, 'forgery');
    if (endpoint.allow.who !== 'anyone' && heard.status !== 403)
      stage.find('forgery', endpoint.id, `without a token answered ${heard.status}`);
    if (endpoint.allow.who === 'anyone' && endpoint.rate === 'public' && heard.status !== 403)
      stage.find('forgery', endpoint.id, `from elsewhere answered ${heard.status}`);
    if (endpoint.takesFile === true) continue;
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const simple = await stage.say(
        username,
        endpoint,
        { ...saying, body: undefined, raw: { payload: JSON.stringify(saying.body ?? {}), type }, headers: foreign },
        'forgery',
      );
      if (simple.status < 300) stage.find('forgery', endpoint.id, `${type} answered ${simple.status}`);
    }
  }
  for (const endpoint of askable.filter((e) => e.method === 'GET').slice(0, 40)) {
    const heard = await stage.say('worker', endpoint, { headers: { origin: 'https://x.example' } }, 'forgery');
    if (heard.headers['access-control-allow-origin'] !== undefined) stage.find('forgery', endpoint.id, 'may be read from elsewhere');
  }
};

/** Guessing passwords and codes is slowed, whoever is asked after, and a name that nobody has answers like one that somebody has. */
const bruteForce: Aimed = async (stage) => {
  const known = (await stage.w.spare('worker')).username;
  const answers: string[][] = [];
  for (const username of [known, `${known}zz`]) {
    const heard: string[] = [];
    for (let i = 0; i < 7; i += 1) {
      const answer = await signIn(stage, { username, password: `falsch-${i}` });
      heard.push(`${answer.status} ${(JSON.parse(answer.text) as { code?: string }).code}`);
    }
    answers.push(heard);
  }
  if (!answers[0]?.at(-1)?.includes('identity.locked'))
    stage.find('brute force', 'signIn', `seven wrong passwords: ${answers[0]?.join(', ')}`);
  if (JSON.stringify(answers[0]) !== JSON.stringify(answers[1]))
    stage.find('brute force', 'signIn', `tells a name that exists: ${JSON.stringify(answers)}`);
  // With a stolen session the password is guessed elsewhere.
  for (const [id, right] of [
    ['changePassword', { current: TEST_PASSWORD, next: 'yi-shu-lan-hua-27' }],
    ['startSecondFactor', { password: TEST_PASSWORD }],
  ] as const) {
    const session = await stage.w.openSession((await stage.w.spare('worker')).username);
    for (let i = 0; i < 8; i += 1)
      await stage.say(
        'worker',
        endpointOf(id),
        { session, body: { ...right, current: `falsch-${i}`, password: `falsch-${i}` } },
        'brute force',
      );
    const heard = await stage.say('worker', endpointOf(id), { session, body: right }, 'brute force');
    if (heard.status === 200) stage.find('brute force', id, 'takes the password after eight wrong ones');
  }
};

/** Many names from one address are too many, whatever the address says of itself. */
const credentialStuffing: Aimed = async (stage) => {
  const heard = new Map<number, number>();
  for (let i = 0; i < 310; i += 1) {
    stage.said += 1;
    const response = await stage.t.app.inject({
      method: 'POST',
      url: '/api/session',
      remoteAddress: '192.0.2.77',
      headers: {
        'content-type': 'application/json',
        'x-forwarded-for': `198.51.100.${i % 250}`,
        'x-real-ip': `198.51.100.${i % 250}`,
        forwarded: `for=198.51.100.${i % 250}`,
        cookie: `${SESSION_COOKIE}=${randomUUID().replaceAll('-', '').padEnd(43, 'x')}`,
      },
      payload: '{}',
    });
    heard.set(response.statusCode, (heard.get(response.statusCode) ?? 0) + 1);
  }
  if ((heard.get(429) ?? 0) < 9) stage.find('credential stuffing', 'signIn', JSON.stringify([...heard]));
};

/** A code is good once, and guessing it ends. */
const oneTimeCodes: Aimed = async (stage) => {
  const verify = (username: string, code: string) =>
    stage.say(username, endpointOf('verifyOwnAddress'), { body: { code } }, 'one-time code');
  await stage.w.address('worker');
  if ((await verify('worker', '123456')).status !== 200) stage.find('one-time code', 'verifyOwnAddress', 'the right code is refused');
  if ((await verify('worker', '123456')).status === 200) stage.find('one-time code', 'verifyOwnAddress', 'is good twice');
  await stage.w.address('worker3');
  for (let i = 0; i < 12; i += 1) await verify('worker3', String(200_000 + i));
  if ((await verify('worker3', '123456')).status === 200)
    stage.find('one-time code', 'verifyOwnAddress', 'is taken after twelve wrong ones');
  // Parallel guesses are counted one by one.
  await stage.w.address('head');
  const at = await Promise.all(Array.from({ length: 12 }, (_, i) => verify('head', String(300_000 + i))));
  if (at.filter((h) => h.text.includes('code-wrong')).length > 6)
    stage.find('one-time code', 'verifyOwnAddress', `${at.filter((h) => h.text.includes('code-wrong')).length} guesses at once were heard`);
  // Whoever carries a second factor uses each code once, in parallel too; outside of the demo.
  const { username, accountId } = await stage.w.spare('centre');
  const secret = await stage.t.owner.selectFrom('account').select('id').where('username', '=', 'centre').executeTakeFirstOrThrow();
  await sql`update account set second_factor = null where id = ${accountId}`.execute(stage.t.owner);
  if (secret.id === accountId) throw new Error('the spare account is nobody’s own');
  const pending = stage.t.crypto.encrypt('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', { table: 'account', row: accountId, field: 'second_factor' });
  await stage.t.owner.updateTable('account').set({ secondFactor: pending }).where('id', '=', accountId).execute();
  const code = stage.w.code();
  const both = await Promise.all([0, 1, 2].map(() => signIn(stage, { username, password: TEST_PASSWORD, code })));
  if (both.filter((h) => h.status === 200).length !== 1)
    stage.find('one-time code', 'signIn', `a code signed in ${both.filter((h) => h.status === 200).length} times`);
  const guess = (await stage.w.spare('centre')).username;
  await sql`update account set second_factor = ${stage.t.crypto.encrypt('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', { table: 'account', row: (await stage.w.one<{ id: string }>(sql`select id from account where username = ${guess}`)).id, field: 'second_factor' })} where username = ${guess}`.execute(
    stage.t.owner,
  );
  for (let i = 0; i < 6; i += 1) await signIn(stage, { username: guess, password: TEST_PASSWORD, code: String(100_000 + i) });
  if ((await signIn(stage, { username: guess, password: TEST_PASSWORD, code })).status === 200)
    stage.find('one-time code', 'signIn', 'a code is taken after six wrong ones');
};

const EXPORTED = [
  ['exportOutputs', 'centre'],
  ['exportSupportRequests', 'centre'],
  ['exportResponses', 'centre'],
  ['exportAuditTrail', 'audit'],
] as const;

/** What a spreadsheet would run stays text in every export: no formula, no link, and the very characters that were typed. */
const formulaInjection: Aimed = async (stage) => {
  const texts = corpus('formulas')
    .map((f) => f.text)
    .filter((text) => !/[\r\n]/.test(text.trim()) && text.trim().length >= 4 && !/[\u0000-\u001f]/.test(text.trim()));
  for (const title of texts) {
    const body = { ...stage.w.outputDraft(), title: title.slice(0, 60), authors: [title.trim().slice(0, 20)] };
    const heard = await stage.say('centre', endpointOf('createOutput'), { body }, 'formula');
    if (heard.status !== 200) stage.find('formula', 'createOutput', `${JSON.stringify(title)} ${heard.status} ${heard.text.slice(0, 120)}`);
  }
  for (const [id, username] of EXPORTED) {
    const heard = await stage.say(username, endpointOf(id), { query: { reason: '=1+1 检查导出' } }, 'formula');
    if (heard.status !== 200) stage.find('formula', id, `answered ${heard.status} ${heard.text.slice(0, 100)}`);
    if (/<f[ >]|<hyperlink|externalLink|<ddeLink|t="str"/.test(heard.text)) stage.find('formula', id, 'holds a formula or a link');
    if (id !== 'exportOutputs') continue;
    const unescaped = heard.text
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&quot;', '"')
      .replaceAll('&apos;', "'")
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&');
    for (const title of texts)
      if (!unescaped.includes(title.trim().slice(0, 60).trim()))
        stage.find('formula', id, `${JSON.stringify(title)} is another text in the workbook`);
  }
};

const SECURITY_HEADERS = ['x-content-type-options', 'referrer-policy', 'x-frame-options', 'content-security-policy', 'cache-control'];

/** Every answer, of success or refusal, carries what browsers must be told, and nothing of what it is made of. */
const headersOfAnswers: Aimed = async (stage) => {
  for (const endpoint of stage.some(askable)) {
    const { username, saying } = await keptFor(stage, endpoint);
    for (const who of [username, null]) {
      const heard = await stage.say(who, endpoint, saying, 'headers');
      const missing = SECURITY_HEADERS.filter((name) => heard.headers[name] === undefined);
      if (missing.length > 0) stage.find('headers', `${endpoint.id} ${heard.status}`, `lacks ${missing.join(' ')}`);
      if (!String(heard.headers['cache-control']).includes('no-store'))
        stage.find('headers', endpoint.id, `may be kept: ${String(heard.headers['cache-control'])}`);
      for (const name of ['server', 'x-powered-by', 'access-control-allow-origin'])
        if (heard.headers[name] !== undefined) stage.find('headers', endpoint.id, `says ${name}`);
    }
  }
};

/** Methods that nobody serves change nothing, and a header never makes one out of another. */
const methods: Aimed = async (stage) => {
  const id = await stage.w.openCase('own');
  const session = await stage.session('worker');
  const headers = { cookie: `${SESSION_COOKIE}=${session.token}`, 'x-csrf-token': session.csrf };
  for (const method of ['PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD', 'QUERY'] as const)
    for (const url of [...(method === 'DELETE' ? [] : ['/api/session']), `/api/cases/${id}`, '/api/cases', '/', '/api/openapi.json']) {
      const response = await stage.t.app.inject({ method: method as 'PUT', url, headers });
      if (response.statusCode >= 500) stage.find('method', `${method} ${url}`, String(response.statusCode));
      if (response.statusCode < 300 && method !== 'HEAD') stage.find('method', `${method} ${url}`, String(response.statusCode));
    }
  for (const name of ['x-http-method-override', 'x-method-override', 'x-http-method']) {
    const response = await stage.t.app.inject({ method: 'GET', url: '/api/session', headers: { ...headers, [name]: 'DELETE' } });
    if (response.statusCode >= 500) stage.find('method', name, String(response.statusCode));
  }
  const still = await stage.say('worker', endpointOf('readCase'), { params: { id } }, 'method');
  if (still.status !== 200) stage.find('method', 'readCase', `the case answers ${still.status}`);
};

const WIRES: readonly (readonly [string, string])[] = [
  ['two lengths', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 40\r\n\r\n{}'],
  [
    'a length and chunks',
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /api/secret HTTP/1.1\r\n\r\n',
  ],
  ['chunks that are none', 'POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n'],
  ['hidden chunks', 'POST /api/session HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n'],
  ['a line that folds', 'GET /healthz HTTP/1.1\r\nHost: x\r\nX-A: a\r\n b\r\n\r\n'],
  ['a bare break', 'GET /healthz HTTP/1.1\nHost: x\n\n'],
  ['a NUL', 'GET /\u0000 HTTP/1.1\r\nHost: x\r\n\r\n'],
  ['headers without end', `GET / HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(70_000)}\r\n\r\n`],
  ['many headers', `GET / HTTP/1.1\r\nHost: x\r\n${Array.from({ length: 3_000 }, (_, i) => `X-${i}: a\r\n`).join('')}\r\n`],
  ['a path without end', `GET /${'a'.repeat(70_000)} HTTP/1.1\r\nHost: x\r\n\r\n`],
  ['no version', 'GET /\r\n\r\n'],
  ['another version', 'GET / HTTP/9.9\r\nHost: x\r\n\r\n'],
  ['not HTTP', '\u0016\u0003\u0001\u0002\u0000\u0001\u0000'],
  [
    'a length that lies',
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 5\r\nConnection: close\r\n\r\n{"a":"',
  ],
  ['a negative length', 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n'],
  ['a broken escape', 'GET /api/cases/%zz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['a broken escape in a query', 'GET /api/session?a=%zz&b=%c3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
  ['a tunnel', 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n'],
  [
    'another protocol',
    'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n\r\n',
  ],
  ['an expectation', 'POST /api/session HTTP/1.1\r\nHost: x\r\nExpect: 200-ok\r\nContent-Length: 2\r\n\r\n{}'],
  [
    'a packed body',
    'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}',
  ],
  ['no host', 'GET /healthz HTTP/1.1\r\n\r\n'],
];

/** Bytes that are no request are answered 4xx or not at all; the application goes on. */
const brokenWires: Aimed = async (stage) => {
  for (const [name, bytes] of WIRES) {
    const heard = await speak(stage, bytes, 700);
    if (/HTTP\/1\.1 5\d\d/.test(heard)) stage.find('wire', name, heard.slice(0, 120));
    if (/HTTP\/1\.1 2\d\d/.test(heard) && !['a line that folds', 'a bare break', 'another protocol'].includes(name))
      stage.find('wire', name, heard.slice(0, 120));
    if (/ at .*\.(ts|js):\d+/.test(heard)) stage.find('wire', name, 'speaks of the program');
  }
  if (!(await speak(stage, 'GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n')).includes('"ok":true'))
    stage.find('wire', 'healthz', 'the application is gone');
};

/** What reaches an open page is told only to whom it concerns: acts of one scope, listened to by everybody else. */
const liveFeed: Aimed = async (stage) => {
  const address = await stage.address();
  const listeners = await Promise.all(
    stage.accounts.map(async (username) => {
      const session = await stage.session(username);
      const stop = new AbortController();
      const response = await fetch(`${address}/api/live`, {
        headers: { cookie: `${SESSION_COOKIE}=${session.token}` },
        signal: stop.signal,
      });
      let heard = '';
      const reading = (async () => {
        for await (const part of response.body ?? []) heard += Buffer.from(part as Uint8Array).toString('utf8');
      })().catch(() => undefined);
      return { username, stop: async () => (stop.abort(), await reading, heard) };
    }),
  );
  const far = [await stage.w.openCase('far'), (await stage.w.submitted('far')).id, await stage.w.ticket('far')];
  const near = [await stage.w.openCase('own'), (await stage.w.submitted('own', { crisis: true })).id, await stage.w.ticket('own')];
  await sleep(400);
  let told = 0;
  for (const { username, stop } of listeners) {
    const heard = await stop();
    told += heard.length;
    for (const word of forbiddenTo(username)) if (heard.includes(word)) stage.find('live feed', username, `holds ${word}`);
    for (const id of username.startsWith('b') ? near : far)
      if (idsIn(heard).includes(id)) stage.find('live feed', username, 'names a record of another district');
  }
  if (told === 0) stage.find('live feed', 'the check', 'nobody heard anything');
};

/** Prints and papers of everything that is told, asked for by everybody: no word of another scope. */
const prints: Aimed = async (stage) => {
  for (const endpoint of stage.some(
    allEndpoints.filter((e) => e.method === 'GET' && e.streams !== undefined && e.streams !== 'text/event-stream'),
  )) {
    const { saying } = await validFor(stage, endpoint);
    for (const username of [...stage.accounts, null])
      await stage.look(username, endpoint, { ...saying, query: { ...saying.query } }, 'print');
  }
};

/** Tokens that nobody was given do not make a stranger many: what one address asks is counted by its address. */
const madeUpSessions: Aimed = async (stage) => {
  const most = 400;
  let stopped = 0;
  const small = await stage.another({ JIEYOU_RATE_PER_MINUTE: '100' });
  for (let i = 0; i < most && stopped === 0; i += 1) {
    const response = await small.app.inject({
      method: 'GET',
      url: '/api/session',
      remoteAddress: '192.0.2.99',
      cookies: { [SESSION_COOKIE]: `${randomUUID()}${randomUUID()}`.replaceAll('-', '').slice(0, 43) },
    });
    if (response.statusCode === 429) stopped = i;
  }
  // Whoever is signed in there goes on.
  const neighbour = await (await small.as('worker')).call(endpointOf('readSession'));
  if (neighbour.status !== 200) stage.find('made-up sessions', 'a neighbour', String(neighbour.status));
  await small.stop();
  if (stopped === 0) stage.find('made-up sessions', 'readSession', `${most} made-up tokens from one address were all looked up`);
};

/** Many slow clients hold nothing up: while they dawdle, others are answered at once. */
const slowClients: Aimed = async (stage) => {
  const { port } = new URL(await stage.address());
  const sockets = Array.from({ length: 150 }, (_, i) => {
    const socket = connect(Number(port), '127.0.0.1', () =>
      socket.write(
        i % 2 === 0
          ? 'POST /api/session HTTP/1.1\r\nHost: x\r\nX-Slow: '
          : 'POST /api/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{',
      ),
    );
    socket.on('error', () => undefined);
    return socket;
  });
  const drip = setInterval(() => {
    for (const socket of sockets) if (!socket.destroyed) socket.write('a');
  }, 100);
  await sleep(300);
  for (let i = 0; i < 10; i += 1) {
    const began = performance.now();
    const heard = await speak(stage, 'GET /readyz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', 2_000);
    if (!heard.includes('200 OK') || performance.now() - began > 1_000)
      stage.find('slow clients', 'readyz', heard.slice(0, 60) || 'nothing');
  }
  clearInterval(drip);
  for (const socket of sockets) socket.destroy();
};

/** Every aimed attack. */
export const aimed = {
  massAssignment,
  prototypePollution,
  pathTraversal,
  disguisedUploads,
  workbookBombs,
  oversizedUploads,
  headerAndLogInjection,
  sessionFixation,
  forgedRequests,
  bruteForce,
  credentialStuffing,
  oneTimeCodes,
  formulaInjection,
  headersOfAnswers,
  methods,
  brokenWires,
  liveFeed,
  prints,
  madeUpSessions,
  slowClients,
} satisfies Readonly<Record<string, Aimed>>;
