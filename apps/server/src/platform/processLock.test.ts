import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { LockHeld, takeLock, waitForLock } from './processLock.ts';

const scratch = mkdtempSync(join(tmpdir(), 'jieyou-lock-'));
const path = join(scratch, 'one.lock');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

test('a lock is held once and free after its release, which may come twice', () => {
  const release = takeLock(path);
  expect(() => takeLock(path)).toThrow(LockHeld);
  release();
  release();
  expect(existsSync(path)).toBe(false);
});

test('a lock whose process is dead is taken over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await once(child, 'exit');
  writeFileSync(path, `${child.pid} 1`);
  const release = takeLock(path);
  expect(readFileSync(path, 'utf8').split(' ')[0]).toBe(String(process.pid));
  release();
});

test('a pid that was given to another process since does not hold the lock', () => {
  // Our parent lives, but did not start at tick 1.
  writeFileSync(path, `${process.ppid} 1`);
  if (process.platform === 'linux') takeLock(path)();
  expect(existsSync(path)).toBe(process.platform !== 'linux');
  rmSync(path, { force: true });
});

test('a release never removes the lock of another', () => {
  const release = takeLock(path);
  writeFileSync(path, 'another 1');
  release();
  expect(readFileSync(path, 'utf8')).toBe('another 1');
  rmSync(path);
});

test('the one who waits gets it after the release and is told once', async () => {
  const release = takeLock(path);
  const told: number[] = [];
  const waiting = waitForLock(path, (pid) => told.push(pid));
  await sleep(450);
  release();
  (await waiting)();
  expect(told).toEqual([process.pid]);
});
