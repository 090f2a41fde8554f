/** A small disk in memory. Mounting needs root; where it is not allowed the faults of full disks cannot be struck, and say so. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ran = (command: string, ...args: string[]): boolean => spawnSync(command, args, { stdio: 'ignore' }).status === 0;

/** A folder of so many kilobytes. */
export class SmallDisk {
  readonly folder: string;

  constructor(folder: string, kilobytes: number) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    if (!ran('mount', '-t', 'tmpfs', '-o', `size=${kilobytes}k,mode=0700`, 'tmpfs', folder)) throw new Error(`cannot mount ${folder}`);
  }

  resize(kilobytes: number): void {
    if (!ran('mount', '-o', `remount,size=${kilobytes}k`, this.folder)) throw new Error(`cannot resize ${this.folder}`);
  }

  /** Fills what is left. Returns what frees it again. */
  fill(): () => void {
    const ballast: string[] = [];
    for (const bytes of [8_000_000, 1_000_000, 64_000, 4_096]) {
      for (;;) {
        const path = join(this.folder, `ballast-${ballast.length}`);
        ballast.push(path);
        try {
          writeFileSync(path, Buffer.alloc(bytes));
        } catch {
          break;
        }
      }
    }
    return () => {
      for (const path of ballast) rmSync(path, { force: true });
    };
  }

  remove(): void {
    if (!ran('umount', this.folder)) ran('umount', '-l', this.folder);
  }
}

/** Whether this machine lets us mount. */
export const mayMount = (): boolean => {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false;
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-mount-'));
  const mounted = ran('mount', '-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', folder);
  if (mounted) ran('umount', folder);
  rmSync(folder, { recursive: true, force: true });
  return mounted;
};
