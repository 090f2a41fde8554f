// `npm run sbom [-- --out=FILE] [--runtime]`: the bill of materials in CycloneDX JSON, by npm itself and without a network. What the
// lockfile names for this machine must be in it, each with its hash. `--runtime` leaves out the tools of building and testing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { root, run } from './run.mjs';
import { packagesOf } from './supply.mjs';

const value = (name) => process.argv.find((arg) => arg.startsWith(`--${name}=`))?.slice(name.length + 3);
const args = ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application', '--offline', '--loglevel=error'];
const runtime = process.argv.includes('--runtime');
const npm = process.env.npm_execpath;
const [command, first] = npm?.endsWith('npm-cli.js') ? [process.env.npm_node_execpath ?? process.execPath, [npm]] : ['npm', []];
const { code, stdout, stderr } = await run(command, [...first, ...args], {
  quiet: true,
  shell: process.platform === 'win32' && first.length === 0,
});
if (code !== 0) {
  console.error(stderr);
  process.exit(1);
}
const bom = JSON.parse(stdout);
bom.metadata.component.name = 'jieyou';
const idOf = (one) => `${one.group ? `${one.group}/` : ''}${one.name}@${one.version}`;
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
if (runtime) {
  // npm's own `--omit=dev` also drops what the root uses for testing and a workspace in earnest, such as pg and zod.
  const tools = new Set(packagesOf(lock).flatMap((entry) => (entry.dev ? [entry.id] : [])));
  const gone = new Set(bom.components.filter((one) => tools.has(idOf(one))).map((one) => one['bom-ref']));
  bom.components = bom.components.filter((one) => !gone.has(one['bom-ref']));
  bom.dependencies = bom.dependencies
    .filter((one) => !gone.has(one.ref))
    .map((one) => ({ ...one, dependsOn: one.dependsOn?.filter((ref) => !gone.has(ref)) }));
}
const held = new Map(bom.components.map((one) => [idOf(one), one]));
const problems = packagesOf(lock)
  // What is for other machines is not installed here, and npm leaves it out.
  .filter((entry) => !entry.optional && !entry.peer && !(runtime && entry.dev))
  .flatMap((entry) => {
    const one = held.get(entry.id);
    if (one === undefined) return [`物料清单里没有 ${entry.id}`];
    return one.hashes?.some((hash) => hash.alg === 'SHA-512') ? [] : [`${entry.id} 没有哈希`];
  });
for (const line of problems) console.error(line);
const text = `${JSON.stringify(bom, null, 2)}\n`;
if (value('out') === undefined) process.stdout.write(text);
else writeFileSync(resolve(process.env.INIT_CWD ?? process.cwd(), value('out')), text);
console.error(`物料清单：${bom.components.length} 个部件，CycloneDX ${bom.specVersion}`);
if (problems.length > 0) process.exitCode = 1;
