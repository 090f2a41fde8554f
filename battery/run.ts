/**
 * What the platform must stand, in all its repetitions: `npm run battery -- attack|faults|overload|backup [options]`. Each battery says what it
 * tried, what it found, and ends with a line `battery NAME: N passed, N failed`. `npm test` runs a sample of each.
 */
import { parseArgs } from 'node:util';
import type { Battery } from './battery.ts';

const batteries: Readonly<Record<string, () => Promise<{ readonly run: Battery }>>> = {
  attack: () => import('./attack/run.ts'),
  sqlmap: () => import('./attack/sqlmap.ts'),
  overload: () => import('./overload/overload.ts'),
  faults: () => import('./faults/index.ts'),
  crash: () => import('./faults/crash.ts'),
  backup: () => import('./keep/index.ts'),
  soak: () => import('./overload/soak.ts'),
  tls: () => import('./overload/tls.ts'),
};

const { positionals, tokens } = parseArgs({ allowPositionals: true, strict: false, tokens: true });
const options = Object.fromEntries(tokens.flatMap((t) => (t.kind === 'option' ? [[t.name, t.value ?? 'yes']] : [])));
const names = positionals.length === 0 ? Object.keys(batteries) : positionals;
for (const name of names) {
  const load = batteries[name];
  if (load === undefined) {
    console.error(`不认识的组：${name}（可用：${Object.keys(batteries).join('、')}）`);
    process.exitCode = 2;
    continue;
  }
  const { passed, failed } = await (await load()).run(options);
  console.log(`battery ${name}: ${passed} passed, ${failed} failed`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}
