/** The real application as a process of its own: every check on, without its job runner. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { assemble } from '../apps/server/src/assemble.ts';
import { Settings } from '../apps/server/src/platform/env.ts';
import { answerParent, tellPort } from './child.ts';
import { BENCH_KEY } from './key.ts';

const dataDir = mkdtempSync(join(tmpdir(), 'jieyou-bench-'));
const platform = await assemble({
  url: process.env.BENCH_APP_URL as string,
  // A bound high enough that the rate limit counts and never refuses.
  env: { ...Settings.parse({ JIEYOU_LOG: 'error', JIEYOU_RATE_PER_MINUTE: '100000000' }), dataDir },
  crypto: BENCH_KEY,
  demo: false,
  queue: false,
});
await platform.open();
answerParent(async () => {
  await platform.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
tellPort(await platform.app.listen({ host: '127.0.0.1', port: 0 }));
