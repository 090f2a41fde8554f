import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { measured, promises } from './promises.ts';

test('each promise names a test or a check that exists', () => {
  const root = join(import.meta.dirname, '../..');
  const proofs = [...promises.map((p) => ({ says: p.says, ...p.test })), ...measured.map((m) => ({ says: m.says, ...m.check }))];
  for (const { says, file, name } of proofs) expect(readFileSync(join(root, file), 'utf8'), says).toContain(name);
});
