// docs/security.md and docs/reliability.md from what the batteries promise: a row without a test that exists is found by the check.
// `node scripts/trust-docs.mjs` writes them.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const CONTROLS = ['battery/attack/controls.ts', 'battery/keep/controls.ts'];
const PROMISES = ['battery/faults/promises.ts', 'battery/overload/promises.ts', 'battery/keep/promises.ts'];

/** The items of OWASP ASVS 5.0 that decide here: each is shown by a test, or stands among what is not reached yet. */
const ASVS = `8.1.1 8.1.2 8.2.1 8.2.2 8.2.3 8.3.1 8.4.1 1.2.1 1.2.4 1.2.5 1.3.1 1.3.6 1.5.1 2.2.1 2.2.2 2.3.1 2.3.3 2.3.4 2.4.1
  3.3.1 3.3.4 3.4.1 3.4.3 3.5.1 5.2.1 5.2.2 5.2.3 5.3.2 5.4.1 6.2.1 6.2.4 6.3.1 6.3.2 6.3.3 7.2.4 7.3.1 7.4.2 14.2.1 14.3.2
  15.3.3 16.3.2 16.5.1`.split(/\s+/);
const NAMES_OF_TESTS = new Set(['it', 'test', 'journey', 'linuxTest', 'serverTest']);

const rootOf = (node) => {
  if (ts.isIdentifier(node)) return node.text;
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node) || ts.isTaggedTemplateExpression(node))
    return rootOf(node.expression ?? node.tag);
  return undefined;
};

const read = new Map();
/** Names of the tests in a file as they are written there; undefined when there is no such file. */
function testsIn(path) {
  if (!existsSync(join(root, path))) return undefined;
  const known = read.get(path);
  if (known !== undefined) return known;
  const names = new Set();
  const visit = (node) => {
    if (ts.isCallExpression(node) && node.arguments.length > 0 && NAMES_OF_TESTS.has(rootOf(node.expression))) {
      const [first] = node.arguments;
      if (ts.isStringLiteralLike(first)) names.add(first.text);
      else if (ts.isTemplateExpression(first)) names.add(first.getText().slice(1, -1));
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(join(root, path), 'utf8'), ts.ScriptTarget.Latest, true));
  read.set(path, names);
  return names;
}

/** Rows whose test is not there. */
const unproven = (rows) =>
  rows.flatMap(({ says, test }) => {
    const names = testsIn(test.file);
    if (names === undefined) return [`${says}：没有文件 ${test.file}`];
    return names.has(test.name) ? [] : [`${says}：${test.file} 里没有测试“${test.name}”`];
  });

async function load(paths, name) {
  const lists = [];
  for (const path of paths.filter((one) => existsSync(join(root, one)))) {
    const module = await import(pathToFileURL(join(root, path)).href);
    lists.push(...(module[name] ?? []));
  }
  return lists;
}

async function lists() {
  const keep = await import(pathToFileURL(join(root, 'battery/keep/controls.ts')).href);
  return { controls: await load(CONTROLS, 'controls'), promises: await load(PROMISES, 'promises'), gaps: keep.gaps };
}

const cell = (text) =>
  String(text ?? '')
    .replaceAll('|', '\\|')
    .replaceAll('\n', ' ');
const proof = ({ test }) => `${cell(test.name)} (\`${test.file}\`)`;
const HEAD =
  '本页由 `node scripts/trust-docs.mjs` 从 `battery/` 里的清单生成，不要手改。每一行都指着一个会运行的测试；没有测试的行通不过检查。';
const numerically = (a, b) => a.localeCompare(b, 'en', { numeric: true });

function securityDoc({ controls, gaps }) {
  const by = (key) => {
    const found = new Map();
    for (const row of controls) for (const item of row[key] ?? []) found.set(item, [...(found.get(item) ?? []), row]);
    return [...found].sort(([a], [b]) => numerically(a, b));
  };
  const rows = (key) =>
    by(key).flatMap(([item, list]) => list.map((row, i) => `| ${i === 0 ? item : ''} | ${cell(row.says)} | ${proof(row)} |`));
  return `# 安全：威胁、措施与测试

${HEAD}

## 威胁

| 威胁 | 措施 | 测试 |
|---|---|---|
${controls
  .filter((row) => row.threat)
  .map((row) => `| ${cell(row.threat)} | ${cell(row.control ?? row.says)} | ${proof(row)} |`)
  .join('\n')}

## OWASP ASVS 5.0

| 条目 | 这里怎样做到 | 测试 |
|---|---|---|
${rows('asvs').join('\n')}

## 等级保护（第三级）

| 要求 | 这里怎样做到 | 测试 |
|---|---|---|
${rows('dengbao').join('\n')}

## 还没有做到，或不由平台做

| 条目 | 现状 |
|---|---|
${gaps.map((gap) => `| ${cell(gap.item)} | ${cell(gap.says)} |`).join('\n')}
`;
}

const reliabilityDoc = ({ promises }) => `# 可靠：故障、承诺与测试

${HEAD}

| 故障 | 承诺 | 测试 |
|---|---|---|
${promises.map((row) => `| ${cell(row.fault ?? row.threat)} | ${cell(row.says)} | ${proof(row)} |`).join('\n')}
`;

const PAGES = [
  ['docs/security.md', securityDoc],
  ['docs/reliability.md', reliabilityDoc],
];

/** Everything that is wrong with the promises, the pages, or this check itself. */
export async function trustProblems() {
  const all = await lists();
  const shown = new Set([...all.controls.flatMap((row) => row.asvs ?? []), ...all.gaps.map((gap) => gap.item.split(' ').at(-1))]);
  const planted = [
    { says: 'planted', test: { file: 'battery/keep/nowhere.test.ts', name: 'x' } },
    { says: 'planted', test: { file: 'apps/server/test/laws.test.ts', name: 'a test that nobody wrote' } },
  ];
  return [
    ...unproven([...all.controls, ...all.promises]),
    ...planted.filter((row) => unproven([row]).length === 0).map(() => '没有发现埋下的、没有测试的行'),
    ...ASVS.filter((item) => !shown.has(item)).map((item) => `ASVS ${item} 既没有测试，也没有写在“还没有做到”里`),
    ...PAGES.filter(([path, page]) => !existsSync(join(root, path)) || readFileSync(join(root, path), 'utf8') !== page(all)).map(
      ([path]) => `${path} 已过时：node scripts/trust-docs.mjs`,
    ),
  ];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const all = await lists();
  for (const [path, page] of PAGES) writeFileSync(join(root, path), page(all));
}
