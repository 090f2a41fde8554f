import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** Two cores: more workers only make each other's deadlines fail. */
const WORKERS = 2;

/** Files that take longest, in that order. Begun last, one of them would hold up the end of its group with the other worker idle. */
const LONGEST = [
  'server/test/access.test.ts',
  'server/test/rls.test.ts',
  'sealing/sealing.test.ts',
  'demo/load.test.ts',
  'faults/outage.test.ts',
  'attack/attack.test.ts',
  'e2e/offline.test.ts',
  'e2e/mainPath.test.ts',
];

/** A fresh clone knows no earlier times: files would be begun by their size. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = (file: TestSpecification): number => {
      const found = LONGEST.findIndex((end) => file.moduleId.endsWith(end));
      return found < 0 ? LONGEST.length : found;
    };
    const group = (file: TestSpecification): number => file.project.config.sequence.groupOrder;
    return (await super.sort(files)).sort((a, b) => group(a) - group(b) || rank(a) - rank(b));
  }
}

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'core',
          include: ['packages/core/src/**/*.test.ts', 'apps/web/src/**/*.test.ts'],
          testTimeout: 30_000,
          // Loading the contract again for each file costs more than the tests of the file; nothing here keeps state in a module.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'server',
          include: ['apps/server/{src,test,demo}/**/*.test.ts'],
          globalSetup: ['apps/server/test/globalSetup.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          isolate: false,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          // What the platform must stand, a sample of each; `npm run battery` runs all repetitions.
          name: 'battery',
          include: ['battery/**/*.test.ts'],
          globalSetup: ['apps/server/test/globalSetup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          globalSetup: ['e2e/globalSetup.ts'],
          // A page that is asked again and again gets the time that a click gets: one second is less than a busy machine needs.
          expect: { poll: { timeout: 60_000 } },
          testTimeout: 240_000,
          hookTimeout: 240_000,
          // A journey that breaks off is told once more from its beginning, and said to have been (decision 0052).
          retry: 1,
          maxWorkers: WORKERS,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
