// Writes the row types of the migrated database: SQL is the truth, types follow. Run by hand after a migration; `--verify` in checks.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../apps/server/src/platform/db/embedded.ts';
import { prepareDatabase } from '../apps/server/src/platform/db/migrate.ts';

const root = join(import.meta.dirname, '..');
const folder = mkdtempSync(join(tmpdir(), 'jieyou-types-'));
const server = await startEmbeddedPostgres({ dataDir: join(folder, 'pg'), settings: { fsync: 'off' } });
let status = 1;
try {
  await prepareDatabase(server.superuserUrl('postgres'), 'types');
  const out = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/kysely-codegen/dist/cli/bin.js'),
      '--dialect=postgres',
      `--url=${server.superuserUrl('types')}`,
      '--camel-case',
      '--default-schema=public',
      '--exclude-pattern=(pgboss.*|kysely_*)',
      '--date-parser=string',
      '--type-mapping={"timestamptz":"string","int8":"number","date":"string"}',
      `--out-file=${join(root, 'apps/server/src/platform/db/types.ts')}`,
      ...process.argv.slice(2),
    ],
    { cwd: root, stdio: 'inherit' },
  );
  status = out.status ?? 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(status);
