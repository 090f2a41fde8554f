import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { dataRoot, removeAbandoned, startPlatform } from './platform.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the platforms of this run answer, without a slash at the end: one for each worker, so that files run side by side. */
    platforms: readonly string[];
    /** A folder where journeys keep who has signed in to which platform. */
    sessions: string;
  }
}

/** Starts a platform for each worker and takes them away afterwards, data and all. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned(dataRoot());
  const started: Awaited<ReturnType<typeof startPlatform>>[] = [];
  const sessions = mkdtempSync(join(tmpdir(), 'jieyou-e2e-sessions-'));
  const stopAll = async (): Promise<void> => {
    rmSync(sessions, { recursive: true, force: true });
    await Promise.all(started.map(({ stop }) => stop()));
  };
  try {
    // One after the other: the first builds the pages where they are stale.
    for (let i = 0; i < project.config.maxWorkers; i += 1) started.push(await startPlatform());
  } catch (error) {
    await stopAll();
    throw error;
  }
  project.provide('sessions', sessions);
  project.provide(
    'platforms',
    started.map(({ address }) => address),
  );
  return stopAll;
}
