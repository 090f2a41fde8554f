/**
 * A large untidy register, brought through the platform's own job on an own database: what is taken and what not and why, how long it
 * takes, how much memory the process needs. `node bench/imports.ts 10000`, `node bench/imports.ts 100000`.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { assemble } from '../apps/server/src/assemble.ts';
import { runImport } from '../apps/server/src/imports/jobs.ts';
import { ownerDatabase } from '../apps/server/src/platform/db/database.ts';
import { startEmbeddedPostgres } from '../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase, urlOf } from '../apps/server/src/platform/db/migrate.ts';
import { Settings } from '../apps/server/src/platform/env.ts';
import { newId } from '../apps/server/src/platform/ids.ts';
import { bookOf, dirtyRows, REGISTER_HEAD, WRONG_ROWS } from '../apps/server/test/ledgerBook.ts';
import { buildWorld } from '../apps/server/test/world.ts';
import { NODE_FLAGS } from '../scripts/flags.mjs';
import { BENCH_KEY } from './key.ts';

const say = (line: string): void => console.log(line);

/** In a process of its own, so that making the workbook does not count. */
const measure = async (folder: string, url: string): Promise<void> => {
  const file = readFileSync(join(folder, 'register.xlsx'));
  const owner = ownerDatabase(url);
  const now = new Date();
  const world = await buildWorld(owner, BENCH_KEY, now);
  const env = { ...Settings.parse({ JIEYOU_DATA: folder, JIEYOU_LOG: 'silent' }), dataDir: folder } as never;
  const loginUrl = process.env['BENCH_URL'] ?? '';
  const platform = await assemble({ url: loginUrl, env, crypto: BENCH_KEY, demo: false, queue: false });
  const { services } = platform;
  let most = 0;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 100);
  const before = process.memoryUsage().rss;
  const account = await owner.selectFrom('account').select('id').where('username', '=', 'head').executeTakeFirstOrThrow();
  const head = world.persons['head'] ?? '';
  const bring = async (label: string): Promise<void> => {
    const id = newId(Date.now());
    const { storedAs, sha256 } = await services.files.put(id, file);
    await sql`insert into ledger_import (district_id, id, kind, status, station_id, person_id, account_id, worker_id, file_name, format, bytes, sha256,
        stored_as, kept_until, made_at, touched_at)
      values (${world.districtId}, ${id}, 'recipients', 'waiting', ${world.stations.s1}, ${head}, ${account.id}, ${head}, 'register.xlsx', 'xlsx',
        ${file.length}, ${sha256}, ${storedAs}, '2099-01-01', now(), now())`.execute(owner);
    const which = { districtId: world.districtId, id };
    const started = performance.now();
    await runImport(services, which);
    const checked = performance.now();
    const read = async () =>
      (
        await sql<Record<string, unknown>>`select status, failure, rows_read, rows_new, rows_known, rows_double, rows_wrong, rows_skipped,
        ids_upgraded, cells_filled, rows_added from ledger_import where id = ${id}`.execute(owner)
      ).rows[0] ?? {};
    const found = await read();
    say(`${label}: 检查 ${((checked - started) / 1000).toFixed(1)} s ${JSON.stringify(found)}`);
    const { rows: why } = await sql<{ code: string; n: number }>`select p ->> 'code' as code, count(*)::int as n
      from ledger_import_row x, jsonb_array_elements(x.problems) p where x.import_id = ${id} group by 1 order by 2 desc`.execute(owner);
    say(`  ${why.map((w) => `${w.code} ${w.n}`).join('，')}`);
    if (found['status'] !== 'checked' || found['rowsNew'] === 0) return;
    await sql`update ledger_import set status = 'applying' where id = ${id}`.execute(owner);
    const writing = performance.now();
    await runImport(services, which, 10_000);
    say(`  写入 ${((performance.now() - writing) / 1000).toFixed(1)} s，写入 ${String((await read())['rowsAdded'])} 行`);
  };
  await bring('第一次');
  await bring('第二次');
  clearInterval(watch);
  say(`内存：开始 ${Math.round(before / 1_048_576)} MB，最高 ${Math.round(most / 1_048_576)} MB`);
  await platform.stop();
  await owner.destroy();
};

const main = async (rows: number): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-imports-'));
  const server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), settings: { fsync: 'off' } });
  try {
    const book = bookOf({
      名册: [['示例名册'], ['填报单位：示例'], [], REGISTER_HEAD, ...dirtyRows(rows - WRONG_ROWS.length), ...WRONG_ROWS, ['合计']],
    });
    writeFileSync(join(folder, 'register.xlsx'), book);
    say(`${rows} 行，${(book.length / 1_048_576).toFixed(1)} MB`);
    const login = await prepareDatabase(server.superuserUrl('postgres'), 'imports');
    const child: ChildProcess = fork(
      import.meta.filename,
      ['--child', folder, urlOf(server.superuserUrl('postgres'), { database: 'imports' })],
      {
        execArgv: [...NODE_FLAGS],
        env: { ...process.env, BENCH_URL: login },
        stdio: 'inherit',
      },
    );
    await once(child, 'exit');
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
};

const [first, folder, url] = process.argv.slice(2);
if (first === '--child') await measure(folder ?? '', url ?? '');
else await main(Number(first ?? 10_000));
