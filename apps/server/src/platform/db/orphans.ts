import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const QUIT_AFTER_MS = 2000;
const KILL_AFTER_MS = 5000;

function readOr(path: string, otherwise: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return otherwise;
  }
}

/**
 * The processes that work in this data folder. The postmaster and every backend change into it, so on Linux the working
 * directory is the proof; asking whether the pid of `postmaster.pid` lives is none, for it may be a zombie or reused.
 */
export function postgresProcessesIn(dataDir: string): number[] {
  if (!existsSync(dataDir)) return [];
  const real = realpathSync(dataDir);
  if (process.platform === 'linux') {
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .filter((name) => {
        try {
          return readlinkSync(`/proc/${name}/cwd`) === real && readOr(`/proc/${name}/cmdline`, '').includes('postgres');
        } catch {
          return false;
        }
      })
      .map(Number);
  }
  if (process.platform === 'win32') return [];
  const listing = spawnSync('ps', ['-axo', 'pid=,command='], { encoding: 'utf8' }).stdout ?? '';
  return listing
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(`-D ${dataDir}`))
    .map((line) => Number.parseInt(line, 10));
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // It ended by itself.
  }
}

/**
 * Leaves the data folder free to start on: stops what a crashed owner left running and removes its lock file.
 * Only to be called by the one who holds the folder's lock, or it would stop a database that is in use.
 */
export async function healDataDir(dataDir: string, log: (line: string) => void): Promise<void> {
  const pidFile = join(dataDir, 'postmaster.pid');
  const postmaster = Number.parseInt(readOr(pidFile, '0'), 10);
  const found = postgresProcessesIn(dataDir);
  if (found.length > 0) {
    log(`发现上次遗留的 PostgreSQL（${found.length} 个进程），正在停止…`);
    for (const pid of found) if (pid === postmaster) signal(pid, 'SIGINT');
    const begun = Date.now();
    for (let quit = false; postgresProcessesIn(dataDir).length > 0; ) {
      const waited = Date.now() - begun;
      if (waited > KILL_AFTER_MS * 3) throw new Error(`无法停止占用 ${dataDir} 的 PostgreSQL 进程`);
      if (waited > KILL_AFTER_MS) for (const pid of postgresProcessesIn(dataDir)) signal(pid, 'SIGKILL');
      else if (waited > QUIT_AFTER_MS && !quit) {
        quit = true;
        for (const pid of postgresProcessesIn(dataDir)) signal(pid, 'SIGQUIT');
      }
      await sleep(50);
    }
  }
  if (process.platform !== 'win32' && existsSync(pidFile)) {
    log('清除上次遗留的数据库锁文件');
    rmSync(pidFile);
  }
}
