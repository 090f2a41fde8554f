import type { TestProject } from 'vitest/node';
import { dataRoot, removeAbandoned, startPlatform } from './platform.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the platform of this run answers, without a slash at the end. */
    platform: string;
  }
}

/** Starts one platform for all journeys and takes it away afterwards, data and all. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await removeAbandoned(dataRoot());
  const { address, stop } = await startPlatform();
  project.provide('platform', address);
  return stop;
}
