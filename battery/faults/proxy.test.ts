/** The proxy does what it says, or every fault of the network would be a fault that never happened. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { FaultProxy } from './proxy.ts';

const server = createServer((request, response) => {
  let bytes = 0;
  request.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  request.on('end', () => response.end(String(bytes)));
});
let proxy: FaultProxy;
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', () => listening()));
  proxy = await FaultProxy.to((server.address() as AddressInfo).port);
});
afterAll(async () => {
  await proxy.close();
  server.closeAllConnections();
  server.close();
});

/** Says so many bytes; the number that arrived, or what went wrong. */
const say = async (bytes: number, patience = 5_000): Promise<{ heard: string; ms: number }> => {
  const begun = Date.now();
  const heard = await fetch(`http://127.0.0.1:${proxy.port}/`, {
    method: 'POST',
    body: Buffer.alloc(bytes, 120),
    headers: { connection: 'close' },
    signal: AbortSignal.timeout(patience),
  }).then(
    (r) => r.text(),
    (error: Error) => (error.name === 'TimeoutError' ? 'silence' : 'cut'),
  );
  return { heard, ms: Date.now() - begun };
};

test('the proxy passes, delays, loses, limits, freezes, cuts, refuses and falls silent', async () => {
  expect((await say(300_000)).heard).toBe('300000');

  proxy.conditions = { delayMs: 60, bytesPerSecond: 0, loss: 0, cut: 0 };
  const delayed = await say(10);
  expect(delayed.heard).toBe('10');
  expect(delayed.ms).toBeGreaterThanOrEqual(110);

  proxy.conditions = { delayMs: 0, bytesPerSecond: 100_000, loss: 0, cut: 0 };
  const slow = await say(30_000);
  expect(slow.heard).toBe('30000');
  expect(slow.ms).toBeGreaterThanOrEqual(280);

  proxy.conditions = { delayMs: 0, bytesPerSecond: 0, loss: 0.2, cut: 0 };
  const lossy = await say(28_000);
  expect([lossy.heard, proxy.struck > 0, lossy.ms >= 195]).toEqual(['28000', true, true]);

  proxy.conditions = { delayMs: 0, bytesPerSecond: 0, loss: 0, cut: 1 };
  expect((await say(10)).heard).toBe('cut');
  proxy.clear();

  proxy.freeze();
  const frozen = say(10);
  await sleep(150);
  proxy.thaw();
  expect(await frozen).toMatchObject({ heard: '10' });
  expect((await frozen).ms).toBeGreaterThanOrEqual(145);

  for (const strike of ['cut', 'reset'] as const) {
    while (proxy.connections > 0) await sleep(5);
    proxy.freeze();
    const struck = say(10);
    while (proxy.connections === 0) await sleep(5);
    proxy[strike]();
    expect([strike, (await struck).heard]).toEqual([strike, 'cut']);
    proxy.thaw();
  }

  proxy.refuse();
  expect((await say(10)).heard).toBe('cut');
  await proxy.accept();

  proxy.deaf();
  expect((await say(10, 200)).heard).toBe('silence');
  proxy.hear();
  expect((await say(10)).heard).toBe('10');
});
