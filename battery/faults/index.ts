/**
 * The fault battery: the tests of this folder with all their repetitions. `--only=2` or `--only=frozen` runs those whose name holds the
 * words, `--rounds=N` repeats each fault N times instead of as often as is asked for.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Battery } from '../battery.ts';

const root = join(import.meta.dirname, '../..');

type Told = { numPassedTests: number; numFailedTests: number; numFailedTestSuites: number; numTotalTests: number };

/** Runs the battery and counts faults that were stood and those that were not. */
export const run: Battery = async (options) => {
  const scratch = mkdtempSync(join(tmpdir(), 'jieyou-battery-'));
  const outcome = join(scratch, 'outcome.json');
  const args = [
    ...['node_modules/vitest/vitest.mjs', 'run', '--project', 'battery', 'battery/faults', '--no-file-parallelism'],
    ...['--reporter=verbose', '--reporter=json', `--outputFile.json=${outcome}`],
    ...(options['only'] === undefined ? [] : ['-t', options['only']]),
  ];
  try {
    const child = spawn(process.execPath, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, FAULT_ROUNDS: options['rounds'] ?? 'all' },
    });
    const code = await new Promise<number | null>((ended) => child.on('exit', ended));
    const told = JSON.parse(readFileSync(outcome, 'utf8')) as Told;
    const failed = told.numFailedTests + (told.numFailedTests === 0 && code !== 0 ? 1 : 0);
    return { passed: told.numPassedTests, failed };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
};
