import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Settings } from '../src/platform/env.ts';

const root = join(import.meta.dirname, '../../..');

/** Rows of the table under a heading: the cells of each, without the head. */
const tableUnder = (text: string, heading: string): string[][] => {
  const lines = text.slice(text.indexOf(`\n${heading}\n`) + 1).split('\n');
  const from = lines.findIndex((line) => line.startsWith('|'));
  const rows = lines.slice(from, from + lines.slice(from).findIndex((line) => !line.startsWith('|')));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
};

const settings = tableUnder(readFileSync(join(root, 'docs/operations.md'), 'utf8'), '## 设置一览');

test('the table of settings names exactly the settings that the server reads', () => {
  const named = settings.map(([name]) => name?.replaceAll('`', ''));
  expect(named).toEqual([...new Set(named)]);
  expect([...named].sort()).toEqual(Object.keys(Settings.shape).sort());
});

test('the table of settings gives the defaults that hold', () => {
  const defaults = Settings.parse({}) as Record<string, unknown>;
  for (const [name = '', , given = ''] of settings) {
    const held = defaults[name.replaceAll('`', '')];
    // What has no default of its own is explained in words.
    if (held === undefined) expect(given, name).not.toMatch(/^`/);
    else expect(given, name).toBe(`\`${held}\``);
  }
});

test('the diagram of states is the one of the transition table', () => {
  const { status, stderr } = spawnSync(process.execPath, [join(root, 'scripts/states-doc.mjs'), '--check'], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
});
