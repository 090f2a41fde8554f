import { randomFillSync } from 'node:crypto';

const bytes = new Uint8Array(16);
let lastMillis = 0;
let sequence = 0;

/**
 * A UUIDv7: 48 bits of Unix milliseconds, then a 12-bit sequence that keeps ids of one process in the order of their making
 * (lists sort by id), then randomness.
 */
export const newId = (millis: number): string => {
  if (millis > lastMillis) {
    lastMillis = millis;
    sequence = 0;
  } else {
    sequence += 1;
    if (sequence > 0xfff) {
      lastMillis += 1;
      sequence = 0;
    }
  }
  return idAt(lastMillis, sequence);
};

/** No id of this process says an earlier moment from now on. */
export const idsNotBefore = (millis: number): void => {
  if (millis <= lastMillis) return;
  lastMillis = millis;
  sequence = 0;
};

/** A UUIDv7 of a given moment and sequence number, for seeding the past. */
export const idAt = (millis: number, order: number): string => {
  randomFillSync(bytes);
  bytes[0] = (millis / 2 ** 40) & 0xff;
  bytes[1] = (millis / 2 ** 32) & 0xff;
  bytes[2] = (millis >>> 24) & 0xff;
  bytes[3] = (millis >>> 16) & 0xff;
  bytes[4] = (millis >>> 8) & 0xff;
  bytes[5] = millis & 0xff;
  bytes[6] = 0x70 | ((order >>> 8) & 0x0f);
  bytes[7] = order & 0xff;
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Buffer.from(bytes).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
