/** No fault and no numbered test without a promise; that each promise has its test is the check's. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { promises } from './promises.ts';

const root = join(import.meta.dirname, '../..');
const sourceOf = (file: string): string => readFileSync(join(root, file), 'utf8');

/** Names of the tests that a file holds; a test for several rows has its pattern. */
const testsOf = (file: string): string[] =>
  [...sourceOf(file).matchAll(/\btest(?:\.each\([\s\S]*?\))?\(\s*'([^']+)'/g)].map(([, name]) => name ?? '');

test('every fault has a promise; 15, backup and restore, has its own battery', () => {
  const promised = new Set(promises.map((p) => p.number));
  expect(Array.from({ length: 16 }, (_, i) => i + 1).filter((n) => !promised.has(n))).toEqual([15]);
});

test('every numbered test has a promise', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith('.test.ts'));
  const known = new Set(promises.map((p) => p.test.name));
  const numbered = files.flatMap((name) => testsOf(`battery/faults/${name}`)).filter((name) => /^\d+ /.test(name));
  expect(numbered.length).toBeGreaterThan(15);
  expect(numbered.filter((name) => !known.has(name) && !/^(7 statements were struck|9 and 10 full disks cannot)/.test(name))).toEqual([]);
});
