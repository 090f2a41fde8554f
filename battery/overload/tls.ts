/**
 * `npm run battery -- tls`: docs/nginx.conf itself in front of the real server, with a certificate made for the moment. Where nginx is
 * not installed it is fetched from the distribution; where that is not possible the battery fails.
 */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'node:tls';
import { sql } from 'kysely';
import { ownerDatabase } from '../../apps/server/src/platform/db/database.ts';
import { removeCluster, startEmbeddedPostgres } from '../../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase, urlOf } from '../../apps/server/src/platform/db/migrate.ts';
import { SESSION_COOKIE } from '../../apps/server/src/platform/http/serve.ts';
import { buildWorld } from '../../apps/server/test/world.ts';
import { BENCH_KEY } from '../../bench/key.ts';
import type { Battery } from '../battery.ts';
import { figures, freePort, type Running, sessionOf, startServer, writeKeyFile } from './server.ts';

const root = join(import.meta.dirname, '../..');
const NAME = 'jieyou.example.gov.cn';

/** Finds nginx, or unpacks it from the distribution into the scratch folder. */
const findNginx = (scratch: string): { readonly file: string; readonly libraries: string | undefined } => {
  for (const file of ['/usr/sbin/nginx', '/usr/local/sbin/nginx', '/usr/bin/nginx', '/opt/homebrew/bin/nginx'])
    if (existsSync(file)) return { file, libraries: undefined };
  const folder = join(scratch, 'nginx');
  mkdirSync(folder);
  const needed = execFileSync(
    'apt-cache',
    [
      'depends',
      '--recurse',
      '--no-recommends',
      '--no-suggests',
      '--no-conflicts',
      '--no-breaks',
      '--no-replaces',
      '--no-enhances',
      '--no-pre-depends',
      'nginx',
    ],
    { encoding: 'utf8' },
  )
    .split('\n')
    .filter((line) => /^(nginx|libpcre|libssl|libcrypt)/.test(line));
  execFileSync('apt-get', ['download', ...needed], { cwd: folder, stdio: 'ignore' });
  for (const name of execFileSync('ls', [folder], { encoding: 'utf8' })
    .split('\n')
    .filter((n) => n.endsWith('.deb')))
    execFileSync('dpkg', ['-x', join(folder, name), folder]);
  return { file: join(folder, 'usr/sbin/nginx'), libraries: join(folder, 'usr/lib/x86_64-linux-gnu') };
};

type Answer = { readonly status: number; readonly headers: http.IncomingHttpHeaders; readonly text: string };

/** The battery. */
export const run: Battery = async () => {
  const count = { passed: 0, failed: 0 };
  const promise = (name: string, held: boolean, seen: string): void => {
    count[held ? 'passed' : 'failed'] += 1;
    console.log(`[tls] ${held ? '✓' : '✗'} ${name}: ${seen}`);
  };
  const scratch = mkdtempSync(join(tmpdir(), 'jieyou-tls-'));
  let server: Running | undefined;
  let nginx: ChildProcess | undefined;
  const postgres = await startEmbeddedPostgres({ dataDir: join(scratch, 'pg') });
  try {
    const appUrl = await prepareDatabase(postgres.superuserUrl('postgres'), 'tls');
    const ownerUrl = urlOf(postgres.superuserUrl('postgres'), { database: 'tls' });
    await using owner = ownerDatabase(ownerUrl);
    const world = await buildWorld(owner, BENCH_KEY, new Date());
    const session = await sessionOf(ownerUrl, 'worker', 1);
    const folder = join(scratch, 'data');
    mkdirSync(folder);
    writeKeyFile(folder);
    server = await startServer(folder, appUrl, { JIEYOU_TRUST_PROXY: '1', JIEYOU_SECURE_COOKIES: '1' });

    const [certificate, key] = [join(scratch, 'jieyou.crt'), join(scratch, 'jieyou.key')];
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'rsa:2048',
        '-nodes',
        '-days',
        '2',
        '-subj',
        `/CN=${NAME}`,
        '-addext',
        `subjectAltName=DNS:${NAME}`,
        '-keyout',
        key,
        '-out',
        certificate,
      ],
      { stdio: 'ignore' },
    );
    const [plainPort, tlsPort] = [await freePort(), await freePort()];
    const given = readFileSync(join(root, 'docs/nginx.conf'), 'utf8');
    const changed = given
      .replace('server 127.0.0.1:3000;', `server 127.0.0.1:${server.port};`)
      .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
      .replace('listen 443 ssl;', `listen 127.0.0.1:${tlsPort} ssl;`)
      .replace('/etc/nginx/tls/jieyou.crt', certificate)
      .replace('/etc/nginx/tls/jieyou.key', key);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((n) => `${n}_temp_path ${join(scratch, n)};`).join(' ');
    const config = join(scratch, 'nginx.conf');
    const whole = `${process.getuid?.() === 0 ? 'user root;' : ''} daemon off; pid ${join(scratch, 'nginx.pid')}; error_log ${join(scratch, 'error.log')} warn; events {} http { access_log off; ${temporary}\n${changed}\n}`;
    writeFileSync(config, whole);
    const found = findNginx(scratch);
    const env = found.libraries === undefined ? process.env : { ...process.env, LD_LIBRARY_PATH: found.libraries };
    execFileSync(found.file, ['-t', '-c', config, '-e', join(scratch, 'error.log')], { env, stdio: 'pipe' });
    promise(
      'nginx takes the example as it stands',
      true,
      execFileSync(found.file, ['-v'], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }) || 'nginx -t passed',
    );
    nginx = spawn(found.file, ['-c', config, '-e', join(scratch, 'error.log')], { env, stdio: 'ignore' });

    const ca = readFileSync(certificate);
    const agent = new https.Agent({ keepAlive: true, maxSockets: 20, ca, servername: NAME });
    const headers = { host: NAME, cookie: `${SESSION_COOKIE}=${session.token}`, 'x-csrf-token': session.csrfToken };
    const ask = (
      path: string,
      { method = 'GET', body, more = {} }: { method?: string; body?: Buffer | string; more?: Record<string, string> } = {},
    ): Promise<Answer> =>
      new Promise((resolve, reject) => {
        const request = https.request(
          { host: '127.0.0.1', port: tlsPort, path, method, agent, headers: { ...headers, ...more } },
          (response) => {
            const parts: Buffer[] = [];
            response.on('data', (part: Buffer) => parts.push(part));
            response.on('end', () =>
              resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(parts).toString('utf8') }),
            );
          },
        );
        request.on('error', reject);
        request.end(body);
      });
    for (const end = Date.now() + 10_000; ; await sleep(50)) {
      const up = await ask('/healthz').then(
        (a) => a.status === 200,
        () => false,
      );
      if (up) break;
      if (Date.now() > end) throw new Error(`nginx does not answer: ${readFileSync(join(scratch, 'error.log'), 'utf8')}`);
    }

    const plain = await new Promise<http.IncomingMessage>((resolve, reject) => {
      http.get({ host: '127.0.0.1', port: plainPort, path: '/p/ask', headers: { host: NAME } }, resolve).on('error', reject);
    });
    plain.resume();
    promise(
      'plain HTTP is sent to HTTPS',
      plain.statusCode === 301 && plain.headers.location === `https://${NAME}/p/ask`,
      `${plain.statusCode} ${plain.headers.location}`,
    );

    const speak = (version: 'TLSv1.1' | 'TLSv1.2' | 'TLSv1.3'): Promise<string> =>
      new Promise((resolve) => {
        const socket = connect(
          {
            host: '127.0.0.1',
            port: tlsPort,
            ca,
            servername: NAME,
            minVersion: version,
            maxVersion: version,
            ciphers: 'DEFAULT@SECLEVEL=0',
          },
          () => {
            resolve(socket.getProtocol() ?? '');
            socket.destroy();
          },
        );
        socket.on('error', (error: Error & { code?: string }) => resolve(error.code ?? error.message));
      });
    const spoken = [await speak('TLSv1.1'), await speak('TLSv1.2'), await speak('TLSv1.3')];
    promise(
      'TLS 1.2 and 1.3 only',
      /ALERT_PROTOCOL_VERSION/.test(spoken[0] ?? '') && spoken[1] === 'TLSv1.2' && spoken[2] === 'TLSv1.3',
      spoken.join(', '),
    );

    const own = await ask('/api/session');
    promise(
      'a session reaches the platform, with HSTS and our own headers',
      own.status === 200 &&
        own.headers['strict-transport-security'] === 'max-age=31536000' &&
        own.headers['x-content-type-options'] === 'nosniff' &&
        !/nginx\/\d/.test(String(own.headers.server)),
      `${own.status}, server: ${own.headers.server}`,
    );
    const out = await ask('/api/session', {
      method: 'POST',
      body: JSON.stringify({ username: 'nobody', password: 'x' }),
      more: { 'content-type': 'application/json', 'x-forwarded-for': '6.6.6.6', forwarded: 'for=6.6.6.6', 'x-real-ip': '6.6.6.6' },
    });
    await ask('/api/support-requests/01890000-0000-7000-8000-000000000000', { more: { 'x-forwarded-for': '6.6.6.6' } });
    const { rows } = await sql<{ ips: string[] }>`select array_agg(distinct ip) as ips from access_record`.execute(owner);
    promise(
      'nobody chooses the address under which he is recorded',
      out.status >= 400 && rows[0]?.ips?.join() === '127.0.0.1',
      `${out.status}, recorded ${rows[0]?.ips?.join()}`,
    );

    const news: string[] = [];
    const live = https.get(
      { host: '127.0.0.1', port: tlsPort, path: '/api/live', agent: false, ca, servername: NAME, headers },
      (response) => {
        response.on('data', (part: Buffer) => news.push(part.toString('utf8')));
      },
    );
    live.on('error', () => undefined);
    const hears = async (what: string): Promise<number> => {
      const started = Date.now();
      while (!news.join('').includes(what) && Date.now() - started < 3_000) await sleep(10);
      return Date.now() - started;
    };
    const opened = await hears('retry:');
    await sql`select pg_notify('jieyou_live', ${JSON.stringify({ kind: 'notice', personId: world.persons.worker })})`.execute(owner);
    const told = await hears('event: notice');
    live.destroy();
    promise('news arrive at once, not in a buffer', opened < 2_000 && told < 2_000, `opened after ${opened} ms, told after ${told} ms`);

    const caseId = '01890000-0000-7000-8000-000000000000';
    const upload = (megabytes: number): Promise<Answer> =>
      ask(`/api/case/${caseId}/attachments?name=a.pdf`, {
        method: 'POST',
        body: randomBytes(megabytes * 1024 * 1024),
        more: { 'content-type': 'application/octet-stream' },
      });
    const [large, tooLarge] = [await upload(19), await upload(22)];
    promise(
      'a file of 19 MB passes, one of 22 MB does not',
      large.status === 404 && large.text.includes('requestId') && tooLarge.status === 413,
      `${large.status} of the platform, ${tooLarge.status}`,
    );

    const before = await figures(server.operatorPort);
    const many = await Promise.all(Array.from({ length: 300 }, () => ask('/api/notices')));
    const after = await figures(server.operatorPort);
    const connections = after.get('jieyou_http_connections') ?? Number.NaN;
    promise(
      'connections to the platform are kept, not made anew',
      many.every((a) => a.status === 200) && connections <= 40 && (before.get('jieyou_http_connections') ?? 0) <= 40,
      `${many.length} requests over ${connections} connections`,
    );

    const hidden = await Promise.all(['/metrics', '/api/metrics'].map((path) => ask(path)));
    promise(
      'figures of the operator are not to be had',
      hidden.every((a) => a.status === 404),
      hidden.map((a) => a.status).join(', '),
    );

    await server.stop();
    const away = await ask('/api/notices');
    promise(
      'while the platform is away: 503, Retry-After, and the shape that pages know',
      away.status === 503 &&
        away.headers['retry-after'] === '2' &&
        JSON.parse(away.text).error === 'unavailable' &&
        away.headers['strict-transport-security'] !== undefined,
      `${away.status}, Retry-After ${away.headers['retry-after']}, ${away.text}`,
    );
    agent.destroy();
    return count;
  } finally {
    nginx?.kill('SIGTERM');
    if (server !== undefined && server.process.exitCode === null) server.process.kill('SIGKILL');
    await postgres.stop();
    removeCluster(join(scratch, 'pg'));
    rmSync(scratch, { recursive: true, force: true });
  }
};
