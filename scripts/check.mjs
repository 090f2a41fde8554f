// Types, style and laws. One line a check; each law also has to find what was planted for it.
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { defectsOf, laws } from './laws.mjs';
import { isStopping, root, run, runNode } from './run.mjs';
import { installedProblems, licencesDoc } from './supply.mjs';
import { trustProblems } from './trust-docs.mjs';
import { lawfulPaths, offenders, plantedFiles } from './walls.mjs';

const LANES = 2;
const LINES_SHOWN = 40;
const CRUISED = ['packages/core/src', 'apps/server/src', 'apps/server/test', 'apps/server/demo', 'apps/web/src', 'e2e', 'bench', 'battery'];
const SOURCE_TREES = /^(packages\/core\/src|apps\/server\/src|apps\/web\/src)\/.*\.tsx?$/;
const READABLE = /\.(tsx?|[cm]?js|json)$/;

const walls = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
const results = [];

function report(title, startedAt, problems) {
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  results.push({ title, passed: problems.length === 0 });
  console.log(`${problems.length === 0 ? '✓' : '✗'} ${title} ${seconds}s`);
  for (const line of problems.slice(0, LINES_SHOWN)) console.log(`    ${line}`);
  if (problems.length > LINES_SHOWN) console.log(`    …另有 ${problems.length - LINES_SHOWN} 条`);
}

const linesOf = (text) => text.split('\n').filter((line) => line.trim() !== '');

function inScratch(files, work) {
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-planted-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return Promise.resolve(work(folder)).finally(() => rmSync(folder, { recursive: true, force: true }));
}

/** What git would commit: tracked files and new ones that are not ignored. Without git, say in an unpacked archive, nothing. */
async function listFiles() {
  // The clone may belong to another account than the one that runs the check.
  const listed = await run('git', ['-c', 'safe.directory=*', 'ls-files', '-z', '-co', '--exclude-standard', '--deduplicate'], {
    quiet: true,
  });
  return listed.code === 0 ? listed.stdout.split('\0').filter((path) => path && existsSync(join(root, path))) : [];
}

const isFile = (path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile() ?? false;

function readTree(paths) {
  return paths.filter(isFile).map((path) => ({
    path,
    size: statSync(join(root, path)).size,
    text: READABLE.test(path) ? readFileSync(join(root, path), 'utf8') : undefined,
  }));
}

async function checkTypes(workspace) {
  const startedAt = Date.now();
  const { code, stdout, stderr } = await runNode('node_modules/typescript/bin/tsc', ['-p', workspace, '--noEmit', '--pretty', 'false'], {
    quiet: true,
  });
  report(`类型 ${workspace}`, startedAt, code === 0 ? [] : linesOf(stdout + stderr));
}

/** The wall of core is its compiler settings: what Node or a browser offers must not even have a name there. */
async function checkCoreIsPure() {
  const startedAt = Date.now();
  const settings = JSON.parse(readFileSync(join(root, 'packages/core/tsconfig.json'), 'utf8'));
  const planted = { fetch: "fetch('/');", process: 'process.exit();', document: 'document.title;', setTimeout: 'setTimeout(() => {}, 1);' };
  const files = {
    'tsconfig.json': JSON.stringify({ ...settings, extends: join(root, 'tsconfig.base.json'), include: ['*.ts'], exclude: [] }),
    'package.json': '{"type":"module"}',
    'node.ts': "import 'node:fs';\nexport {};",
    'lawful.ts': 'export const upper = (text: string): string[] => [...new Set(text.toUpperCase())];',
    ...Object.fromEntries(Object.entries(planted).map(([name, text]) => [`${name}.ts`, `${text}\nexport {};`])),
  };
  const { stdout } = await inScratch(files, (folder) =>
    runNode('node_modules/typescript/bin/tsc', ['-p', folder, '--noEmit', '--pretty', 'false'], { quiet: true, cwd: folder }),
  );
  const missed = ['node', ...Object.keys(planted)].filter((name) => !stdout.includes(`${name}.ts(`));
  const problems = missed.map((name) => `core 的编译设置放过了 ${name}`);
  // Settings that refuse everything would find every plant as well.
  if (stdout.includes('lawful.ts(') || stdout.includes('error TS5')) problems.push(`误报：${stdout}`);
  report('法则 core 里没有 Node 与浏览器的类型', startedAt, problems);
}

const biome = (args, options) => runNode('node_modules/@biomejs/biome/bin/biome', [...args, '--colors=off'], { quiet: true, ...options });

async function checkStyle() {
  const startedAt = Date.now();
  const { code, stdout, stderr } = await biome(['ci', '.', '--reporter=github', '--max-diagnostics=200']);
  const found = linesOf(stdout).flatMap((line) => {
    const match = /^::error title=([^,]*),file=([^,]*),line=(\d+).*?::(.*)$/.exec(line);
    return match ? [`${match[2].replace(`${root}/`, '')}:${match[3]} ${match[1]} ${match[4]}`] : [];
  });
  if (code !== 0 && found.length === 0) found.push(...linesOf(stderr));
  if (found.length > 0) found.push('多数可自动修复：node_modules/.bin/biome check --write .');
  report('格式与写法 biome', startedAt, code === 0 ? [] : found);
}

async function checkStylePlant() {
  const startedAt = Date.now();
  const text = "import { x } from './x.ts';\nexport const loose = (value: any): unknown => value;\n";
  const { stdout } = await inScratch({ 'planted.ts': text }, (folder) =>
    biome(['lint', 'planted.ts', `--config-path=${root}`, '--vcs-enabled=false', '--reporter=github'], { cwd: folder }),
  );
  const missed = ['noExplicitAny', 'noUnusedImports'].filter((rule) => !stdout.includes(rule));
  report(
    '法则 没有 any、没有无用的导入',
    startedAt,
    missed.map((rule) => `没有发现埋下的违例：${rule}`),
  );
}

async function cruise(cwd, folders) {
  const config = join(root, '.dependency-cruiser.cjs');
  const args = ['--config', config, '--output-type', 'json', ...folders.filter((folder) => existsSync(join(cwd, folder)))];
  const { stdout, stderr } = await runNode('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', args, { quiet: true, cwd });
  try {
    return JSON.parse(stdout);
  } catch {
    throw new Error(`dependency-cruiser 没有给出结果：${stderr.slice(0, 2000)}`);
  }
}

function cruisePlanted() {
  return inScratch(plantedFiles, (folder) => {
    mkdirSync(join(folder, 'node_modules/@jieyou'), { recursive: true });
    symlinkSync(join(folder, 'packages/core'), join(folder, 'node_modules/@jieyou/core'), 'junction');
    return cruise(folder, CRUISED);
  });
}

async function checkWalls(paths) {
  const startedAt = Date.now();
  const [real, planted] = [await cruise(root, CRUISED), await cruisePlanted()];
  const seen = new Set(real.modules.map(({ source }) => source));
  const unread = paths.filter((path) => SOURCE_TREES.test(path) && !seen.has(path) && isFile(path));
  const ours = [...seen].filter((source) => SOURCE_TREES.test(source)).length;
  report(`法则 每个源文件都读到（${ours} 个）`, startedAt, ours === 0 ? ['一个也没有读到'] : unread.map((path) => `没有读到 ${path}`));
  for (const { name, comment } of walls.forbidden) {
    const of = (cruised) => cruised.summary.violations.filter(({ rule }) => rule.name === name);
    const problems = of(real).map(({ from, to, cycle }) => `${from} → ${cycle ? cycle.map((step) => step.name ?? step).join(' → ') : to}`);
    const plantedHere = of(planted).map(({ from }) => from);
    if (!offenders[name]) problems.push('没有为这条法则埋下违例');
    else if (!plantedHere.includes(offenders[name])) problems.push(`没有发现埋下的违例：${offenders[name]}`);
    problems.push(...plantedHere.filter((from) => lawfulPaths.has(from)).map((from) => `误报：${from}`));
    report(`法则 ${comment}`, startedAt, problems);
  }
}

function checkLaws(paths) {
  const tree = readTree(paths);
  for (const law of laws) {
    const startedAt = Date.now();
    const empty = paths.length === 0 ? ['没有文件清单：请在 git 仓库里运行'] : [];
    report(`法则 ${law.title}`, startedAt, [...empty, ...defectsOf(law), ...law.violations(tree)]);
  }
}

async function checkDependencies() {
  const startedAt = Date.now();
  const { code, stdout, stderr } = await runNode(
    'node_modules/knip/bin/knip.js',
    ['--include', 'dependencies,unlisted', '--no-progress', '--no-config-hints'],
    { quiet: true },
  );
  report('依赖 无多余、无漏列 knip', startedAt, code === 0 ? [] : linesOf(stdout + stderr));
}

async function checkOpenApi() {
  const source = 'apps/server/src/openapi.ts';
  if (!existsSync(join(root, source))) return;
  const startedAt = Date.now();
  const { code, stdout, stderr } = await runNode(source, ['--print'], { quiet: true });
  const committed = join(root, 'docs/openapi.json');
  const same = existsSync(committed) && readFileSync(committed, 'utf8').trimEnd() === stdout.trimEnd();
  const problems = code !== 0 ? linesOf(stderr) : same ? [] : [`docs/openapi.json 已过时：node ${source} --print > docs/openapi.json`];
  report('接口文档 docs/openapi.json 最新', startedAt, problems);
}

function checkLicences() {
  const startedAt = Date.now();
  const page = join(root, 'docs/licences.md');
  const same = existsSync(page) && readFileSync(page, 'utf8') === licencesDoc();
  report('依赖 许可与装上的一致，docs/licences.md 最新', startedAt, [
    ...installedProblems(),
    ...(same ? [] : ['docs/licences.md 已过时：node scripts/supply.mjs']),
  ]);
}

/** Whatever is promised has a test that exists; the planted rows must be found. */
async function checkTrust() {
  const startedAt = Date.now();
  report('信任 每一行承诺都有测试，docs/security.md 与 docs/reliability.md 最新', startedAt, await trustProblems());
}

/** The longest first, so that the two lanes end together. */
async function inLanes(tasks) {
  const queue = [...tasks];
  const lane = async () => {
    for (let task = queue.shift(); task && !isStopping(); task = queue.shift()) {
      try {
        await task();
      } catch (error) {
        report(`检查中断：${error.message}`, Date.now(), [String(error.stack)]);
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}

const paths = await listFiles();
await inLanes([
  () => checkTypes('apps/server'),
  () => checkTypes('apps/web'),
  () => checkTypes('packages/core'),
  () => checkCoreIsPure(),
  () => checkWalls(paths),
  () => checkDependencies(),
  () => checkStyle(),
  () => checkStylePlant(),
  () => checkOpenApi(),
  () => checkLaws(paths),
  () => checkLicences(),
  () => checkTrust(),
]);

const failed = results.filter(({ passed }) => !passed).length + (isStopping() ? 1 : 0);
const counts = { passed: results.length - results.filter(({ passed }) => !passed).length, failed, skipped: 0 };
const target = process.argv[process.argv.indexOf('--report') + 1];
if (process.argv.includes('--report') && target) writeFileSync(target, JSON.stringify(counts));
console.log(`检查：${counts.passed} 通过，${counts.failed} 未通过`);
if (failed > 0) process.exitCode = 1;
