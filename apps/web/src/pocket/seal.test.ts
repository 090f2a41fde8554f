import { expect, it } from 'vitest';
import { bytesOf, makeLock, openLock, orderedId, valueIn } from './seal.ts';

const FEW = 1000;
const PIN = '908172';

it('what is closed opens under the right PIN only, and shows nothing of itself', async () => {
  const { lock, seal } = await makeLock(PIN, FEW);
  const sealed = await seal.close('op:1', bytesOf({ says: '腿还肿，走到门口要歇一次。' }));
  expect(new TextDecoder().decode(sealed.data)).not.toContain('says');
  const again = await openLock(PIN, lock);
  expect(valueIn(await (again as NonNullable<typeof again>).open('op:1', sealed))).toEqual({ says: '腿还肿，走到门口要歇一次。' });
  expect(await openLock('908173', lock)).toBeNull();
  // The lock of another browser, under the same PIN, opens nothing here.
  expect(await openLock(PIN, { ...lock, device: (await makeLock(PIN, FEW)).lock.device })).toBeNull();
});

it('neither the data key nor the key of the device can be carried away', async () => {
  const { lock } = await makeLock(PIN, FEW);
  expect(lock.device.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', lock.device)).rejects.toThrow();
});

it('a row that was changed, or put in the place of another, does not open', async () => {
  const { seal } = await makeLock(PIN, FEW);
  const sealed = await seal.close('op:1', bytesOf('a'));
  await expect(seal.open('op:2', sealed)).rejects.toThrow();
  const changed = new Uint8Array(sealed.data.slice(0));
  changed[0] = (changed[0] ?? 0) ^ 1;
  await expect(seal.open('op:1', { ...sealed, data: changed.buffer })).rejects.toThrow();
  const twice = await seal.close('op:1', bytesOf('a'));
  expect([...twice.iv]).not.toEqual([...sealed.iv]);
});

it('a PIN costs six hundred thousand rounds', async () => {
  expect((await makeLock(PIN)).lock.rounds).toBeGreaterThanOrEqual(600_000);
});

it('ids of operations keep the order of their making, also when the clock is set back', () => {
  const first = orderedId(1_772_000_000_000);
  const second = orderedId(1_771_000_000_000, first);
  expect(second > first).toBe(true);
  expect(first).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});
