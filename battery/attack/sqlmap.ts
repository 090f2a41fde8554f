/**
 * `npm run battery -- sqlmap [--only=listCases,…] [--level=1]`: a second opinion by sqlmap (https://sqlmap.org, to be installed on the machine)
 * on every parameter of every endpoint that takes free text. It asks through a front of ours, which gives each question a valid session,
 * so that no limit ends the tries. First it must find a hole that is dug for it.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import pg from 'pg';
import type { Battery } from '../battery.ts';
import { operationOf } from './contract.ts';
import { keptFor } from './inputs.ts';
import { startOwnPostgres } from './ownPostgres.ts';
import { askable, type Saying, Stage } from './stage.ts';

const HOLE = '/a-hole-that-was-dug';
const MINUTES_EACH = 10;

type Verdict = 'nothing' | 'no parameter' | 'injectable' | 'not tried';

/** What sqlmap says of one address. */
const opinionOf = (folder: string, level: string, args: readonly string[]): Promise<{ verdict: Verdict; said: string }> =>
  new Promise((done, failed) => {
    const child = spawn(
      'sqlmap',
      [
        ...[
          '--batch',
          '--ignore-stdin',
          '--flush-session',
          '--disable-coloring',
          '--output-dir',
          folder,
          '--dbms',
          'PostgreSQL',
          '--technique',
          'BEUQ',
        ],
        ...[
          '--level',
          level,
          '--risk',
          '1',
          '--retries',
          '0',
          '--timeout',
          '20',
          '--ignore-code',
          '400,401,403,404,409,413,429,503',
          ...args,
        ],
      ],
      { stdio: ['ignore', 'pipe', 'pipe'], timeout: MINUTES_EACH * 60_000 },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString('utf8')));
    child.on('error', failed);
    child.on('close', () => {
      const found = /identified the following injection point|is vulnerable/.test(said);
      let verdict: Verdict = 'not tried';
      if (/no parameter\(s\) found for testing/.test(said)) verdict = 'no parameter';
      // It withdraws an alarm when it learns nothing of the database through it: answers also differ because the first one did the act.
      else if (/do not appear to be injectable/.test(said) || (found && /was not able to fingerprint/.test(said))) verdict = 'nothing';
      else if (found) verdict = 'injectable';
      done({ verdict, said });
    });
  });

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
};

// A body that is no JSON any more goes on as it came.
const parsed = (text: string): Pick<Saying, 'body' | 'raw'> => {
  try {
    return { body: JSON.parse(text) as unknown };
  } catch {
    return { raw: { payload: Buffer.from(text), type: 'application/json' } };
  }
};

const textParameters = (endpoint: AnyEndpoint): readonly string[] =>
  operationOf(endpoint)
    .query.filter((p) => p.schema.type === 'string' && p.schema.enum === undefined)
    .map((p) => p.name);

/** The battery. */
export const run: Battery = async (options) => {
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-sqlmap-'));
  const postgres = await startOwnPostgres();
  const requestFile = join(folder, 'request');
  const stage = await Stage.open({ database: postgres.database });
  const hole = new pg.Pool({ connectionString: stage.t.superuserUrl, max: 2 });
  const questions = new Map<string, { endpoint: AnyEndpoint; username: string | null; saying: Saying }>();
  const front = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://front');
    const answer = async (): Promise<{ status: number; text: string }> => {
      if (url.pathname === HOLE) {
        const { rows } = await hole.query(`select name from station where name like '%${url.searchParams.get('text')}%'`);
        return { status: 200, text: JSON.stringify(rows) };
      }
      const asked = questions.get(url.pathname.slice(1));
      if (asked === undefined) return { status: 404, text: '' };
      const query = Object.fromEntries([...new Set(url.searchParams.keys())].map((key) => [key, url.searchParams.getAll(key)]));
      const sent = await bodyOf(request);
      const { session: _, body: __, ...saying } = asked.saying;
      return stage.say(asked.username, asked.endpoint, { ...saying, query, ...(sent === '' ? {} : parsed(sent)) } as Saying, 'sqlmap');
    };
    answer().then(
      ({ status, text }) => response.writeHead(status, { 'content-type': 'application/json' }).end(text),
      (error: Error) => response.writeHead(500).end(error.message),
    );
  });
  await new Promise<void>((ready) => front.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
  const level = options.level ?? '1';
  const count = { passed: 0, failed: 0 };
  const judge = (name: string, held: boolean, seen: string): void => {
    count[held ? 'passed' : 'failed'] += 1;
    if (!held) console.log(`✗ ${name}: ${seen}`);
  };
  try {
    const dug = await opinionOf(folder, level, ['-u', `${origin}${HOLE}?text=a`]);
    judge('finds the hole that was dug', dug.verdict === 'injectable', dug.said.slice(-600));
    const only = options.only?.split(',');
    let tried = 0;
    for (const endpoint of askable) {
      if (only !== undefined && !only.includes(endpoint.id)) continue;
      const { username, saying } = await keptFor(stage, endpoint);
      questions.set(endpoint.id, { endpoint, username, saying });
      const words = textParameters(endpoint);
      const query = new URLSearchParams({
        ...(saying.query as Record<string, string>),
        ...Object.fromEntries(words.map((name) => [name, 'a1'])),
      });
      const hasBody = operationOf(endpoint).body !== undefined;
      if (words.length === 0 && !hasBody) continue;
      writeFileSync(
        requestFile,
        `${endpoint.method} /${endpoint.id}${query.size === 0 ? '' : `?${query}`} HTTP/1.1\r\nHost: ${new URL(origin).host}\r\n` +
          `Content-Type: application/json\r\n\r\n${hasBody ? JSON.stringify(saying.body ?? {}) : ''}`,
      );
      const before = stage.said;
      const { verdict, said } = await opinionOf(folder, level, [
        // In a file: as words of a command sqlmap takes some Chinese punctuation for a mistake.
        ...['-r', requestFile],
        ...(words.length > 0 && !hasBody ? ['-p', words.join(',')] : []),
      ]);
      tried += 1;
      const found = stage.take();
      judge(
        endpoint.id,
        verdict !== 'injectable' && verdict !== 'not tried' && found.length === 0,
        `${verdict}; ${found.join(' · ').slice(0, 400)} ${verdict === 'nothing' || verdict === 'no parameter' ? '' : said.slice(-1500)}`,
      );
      console.log(`${endpoint.id}: ${verdict}, ${stage.said - before} requests`);
    }
    console.log(`${tried} endpoints, ${stage.said} requests`);
    return count;
  } finally {
    front.close();
    front.closeAllConnections();
    await hole.end();
    await stage.stop();
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};
