import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Another living process holds the lock. */
export class LockHeld extends Error {
  readonly pid: number;

  constructor(path: string, pid: number) {
    super(`${path} is held by process ${pid}`);
    this.name = 'LockHeld';
    this.pid = pid;
  }
}

/**
 * A pid with the kernel's start time, since a pid alone may have been given to another process.
 * Undefined when no such process lives; a zombie holds nothing and counts as dead.
 */
function identityOf(pid: number): string | undefined {
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
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? `${pid} 0` : undefined;
  }
}

function livingHolder(path: string): number | undefined {
  try {
    const text = readFileSync(path, 'utf8');
    const pid = Number(text.split(' ')[0]);
    // Created and not yet written: its owner is between two system calls, unless it died there.
    if (text === '') return Date.now() - statSync(path).mtimeMs < 5000 ? -1 : undefined;
    return identityOf(pid) === text ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Takes the lock or throws {@link LockHeld}. A lock whose process is dead is taken over.
 * Not re-entrant: this very process counts as another one. Returns the release, which is idempotent.
 */
export function takeLock(path: string): () => void {
  const own = identityOf(process.pid) ?? `${process.pid} 0`;
  mkdirSync(dirname(path), { recursive: true });
  for (;;) {
    try {
      writeFileSync(path, own, { flag: 'wx' });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = livingHolder(path);
    if (holder !== undefined) throw new LockHeld(path, holder);
    try {
      // Renamed rather than removed: of two that see the same stale lock only one can win the rename.
      const aside = `${path}.${process.pid}`;
      renameSync(path, aside);
      rmSync(aside, { force: true });
    } catch {
      // The other one was faster; the next turn sees its lock.
    }
  }
  return () => {
    try {
      if (readFileSync(path, 'utf8') === own) rmSync(path);
    } catch {
      // Already released.
    }
  };
}

/** Waits until the lock is free; `onWait` is called once, with the holder's pid, when it has to. */
export async function waitForLock(path: string, onWait?: (pid: number) => void): Promise<() => void> {
  for (let told = false; ; ) {
    try {
      return takeLock(path);
    } catch (error) {
      if (!(error instanceof LockHeld)) throw error;
      if (!told) onWait?.(error.pid);
      told = true;
    }
    await sleep(200);
  }
}
