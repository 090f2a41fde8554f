/** How a phone keeps secrets: a random key for the data, wrapped by the PIN together with a key that this browser does not give away. */

/** Rounds of PBKDF2-SHA-256 (OWASP's figure for 2023 and later). */
const ROUNDS = 600_000;

type Bytes = Uint8Array<ArrayBuffer>;

/** Something enciphered. */
export type Sealed = { readonly iv: Bytes; readonly data: ArrayBuffer };

/** What is needed to open with the PIN; none of it opens anything alone. */
export type Lock = {
  readonly rounds: number;
  readonly salt: Bytes;
  /** Not extractable: scripts can use it here and cannot carry it away. */
  readonly device: CryptoKey;
  readonly wrapped: Sealed;
};

/** Enciphers and deciphers under the data key. `where` binds a row to its place, so that rows cannot change places. */
export type Seal = {
  readonly close: (where: string, bytes: Bytes) => Promise<Sealed>;
  /** Throws where it was changed, moved, or closed under another key. */
  readonly open: (where: string, sealed: Sealed) => Promise<Bytes>;
};

const random = (n: number): Bytes => crypto.getRandomValues(new Uint8Array(n));
const text = (words: string): Bytes => new TextEncoder().encode(words) as Bytes;

const wrapper = async (pin: string, { rounds, salt, device }: Pick<Lock, 'rounds' | 'salt' | 'device'>): Promise<CryptoKey> => {
  const typed = await crypto.subtle.importKey('raw', text(pin), 'PBKDF2', false, ['deriveBits']);
  const slow = await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }, typed, 256);
  const mixed = await crypto.subtle.sign('HMAC', device, slow);
  return crypto.subtle.importKey('raw', mixed, 'AES-GCM', false, ['wrapKey', 'unwrapKey']);
};

const sealOf = (key: CryptoKey): Seal => ({
  close: async (where, bytes) => {
    const iv = random(12);
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: text(where) }, key, bytes) };
  },
  open: async (where, { iv, data }) =>
    new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: text(where) }, key, data)),
});

/** A new lock under a PIN, open. */
export const makeLock = async (pin: string, rounds = ROUNDS): Promise<{ lock: Lock; seal: Seal }> => {
  const salt = random(16);
  const device = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const data = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt', 'decrypt']);
  const iv = random(12);
  const wrapped = await crypto.subtle.wrapKey('raw', data, await wrapper(pin, { rounds, salt, device }), { name: 'AES-GCM', iv });
  const lock = { rounds, salt, device, wrapped: { iv, data: wrapped } };
  const seal = await openLock(pin, lock);
  if (seal === null) throw new Error('a new lock does not open');
  return { lock, seal };
};

/** Opens a lock; null where the PIN is wrong. */
export const openLock = async (pin: string, lock: Lock): Promise<Seal | null> => {
  const { iv, data } = lock.wrapped;
  const by = await wrapper(pin, lock);
  try {
    return sealOf(await crypto.subtle.unwrapKey('raw', data, by, { name: 'AES-GCM', iv }, 'AES-GCM', false, ['encrypt', 'decrypt']));
  } catch (error) {
    if (error instanceof DOMException && error.name === 'OperationError') return null;
    throw error;
  }
};

/** A value as bytes, and back. */
export const bytesOf = (value: unknown): Bytes => text(JSON.stringify(value));
export const valueIn = <T>(bytes: Bytes): T => JSON.parse(new TextDecoder().decode(bytes)) as T;

/** An id in the order of making (UUIDv7), for operations: sent in the order in which they were done. */
export const orderedId = (now: number, after = ''): string => {
  const bytes = random(16);
  const last = after === '' ? 0 : Number.parseInt(after.replaceAll('-', '').slice(0, 12), 16);
  let millis = Math.max(now, last + 1);
  for (let at = 5; at >= 0; at -= 1) {
    bytes[at] = millis % 256;
    millis = Math.floor(millis / 256);
  }
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x70;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};
