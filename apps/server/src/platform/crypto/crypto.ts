import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { bothForms } from '../db/twoForms.ts';

/** Where a ciphertext belongs: it opens nowhere else, so that values cannot be swapped between rows or columns. */
export type Place = { readonly table: string; readonly row: string; readonly field: string };

/** A ciphertext whose key this process does not have. */
export class KeyMissing extends Error {
  readonly keyId: string;
  constructor(keyId: string) {
    super(`no key with the id ${keyId}`);
    this.keyId = keyId;
  }
}

/** A ciphertext that was changed or moved. */
export class CiphertextBroken extends Error {}

/** What the platform asks of cryptography; a hardware module can stand behind it (GB/T 39786, CONVENTIONS 2.10). */
export type CryptoProvider = {
  readonly keyId: string;
  encrypt(plain: string, place: Place): string;
  decrypt(ciphertext: string, place: Place): string;
  encryptBytes(plain: Buffer, place: Place): Buffer;
  decryptBytes(ciphertext: Buffer, place: Place): Buffer;
  /** Exact search without the plain value: the same value in the same field gives the same index. */
  blindIndex(plain: string, field: string): string;
  /** The same for what is compared and kept nowhere else, so that nothing could make it anew: it never comes under another key. */
  mark(plain: string, field: string): string;
};

const SCHEME = 's1';
const IV = 16;
const TAG = 32;

/** SM4-CTR then HMAC-SM3 over place, key id, vector and ciphertext (encrypt-then-MAC). Node has no SM4-GCM. */
export class Sm4Provider implements CryptoProvider {
  readonly keyId: string;
  readonly #cipherKeys = new Map<string, { cipher: Buffer; mac: Buffer }>();
  readonly #indexKey: Buffer;
  readonly #nextIndexKey: Buffer | undefined;
  readonly #markKey: Buffer;

  /**
   * `secrets`: 32-byte secrets by key id; `current` encrypts, all of them decrypt. The blind index is made by the key `index`, while it
   * comes under another one by `indexNext` as well; where nothing is said, the oldest makes it, and the marks.
   */
  constructor(
    secrets: ReadonlyMap<string, Buffer>,
    current: string,
    given: { readonly index?: string | undefined; readonly indexNext?: string | undefined; readonly marks?: Buffer | undefined } = {},
  ) {
    const first = [...secrets.values()][0];
    if (first === undefined || !secrets.has(current)) throw new KeyMissing(current);
    this.keyId = current;
    for (const [id, secret] of secrets) {
      this.#cipherKeys.set(id, { cipher: derive(secret, 'sm4', 16), mac: derive(secret, 'hmac-sm3', 32) });
    }
    const indexKeyOf = (id: string): Buffer => {
      const secret = secrets.get(id);
      if (secret === undefined) throw new KeyMissing(id);
      return indexSecret(secret);
    };
    this.#indexKey = given.index === undefined ? indexSecret(first) : indexKeyOf(given.index);
    this.#nextIndexKey = given.indexNext === undefined ? undefined : indexKeyOf(given.indexNext);
    this.#markKey = given.marks ?? indexSecret(first);
  }

  encrypt(plain: string, place: Place): string {
    return `${SCHEME}.${this.keyId}.${this.#seal(Buffer.from(plain, 'utf8'), place, this.keyId).toString('base64url')}`;
  }

  decrypt(ciphertext: string, place: Place): string {
    const [scheme, keyId, body] = ciphertext.split('.');
    if (scheme !== SCHEME || keyId === undefined || body === undefined) throw new CiphertextBroken('not a ciphertext of ours');
    return this.#open(Buffer.from(body, 'base64url'), place, keyId).toString('utf8');
  }

  encryptBytes(plain: Buffer, place: Place): Buffer {
    const head = Buffer.from(`${SCHEME}.${this.keyId}.`, 'utf8');
    return Buffer.concat([Buffer.from([head.length]), head, this.#seal(plain, place, this.keyId)]);
  }

  decryptBytes(ciphertext: Buffer, place: Place): Buffer {
    const length = ciphertext[0] ?? 0;
    const [scheme, keyId] = ciphertext
      .subarray(1, 1 + length)
      .toString('utf8')
      .split('.');
    if (scheme !== SCHEME || keyId === undefined) throw new CiphertextBroken('not a ciphertext of ours');
    return this.#open(ciphertext.subarray(1 + length), place, keyId);
  }

  blindIndex(plain: string, field: string): string {
    const older = blind(this.#indexKey, plain, field);
    return this.#nextIndexKey === undefined ? older : bothForms(older, blind(this.#nextIndexKey, plain, field));
  }

  mark(plain: string, field: string): string {
    return blind(this.#markKey, plain, field);
  }

  #keys(keyId: string): { cipher: Buffer; mac: Buffer } {
    const keys = this.#cipherKeys.get(keyId);
    if (keys === undefined) throw new KeyMissing(keyId);
    return keys;
  }

  #tag(mac: Buffer, place: Place, keyId: string, iv: Buffer, body: Buffer): Buffer {
    return createHmac('sm3', mac)
      .update(`${place.table}\u0000${place.row}\u0000${place.field}\u0000${keyId}\u0000`)
      .update(iv)
      .update(body)
      .digest();
  }

  #seal(plain: Buffer, place: Place, keyId: string): Buffer {
    const keys = this.#keys(keyId);
    const iv = randomBytes(IV);
    const cipher = createCipheriv('sm4-ctr', keys.cipher, iv);
    const body = Buffer.concat([cipher.update(plain), cipher.final()]);
    return Buffer.concat([iv, this.#tag(keys.mac, place, keyId, iv, body), body]);
  }

  #open(sealed: Buffer, place: Place, keyId: string): Buffer {
    const keys = this.#keys(keyId);
    if (sealed.length < IV + TAG) throw new CiphertextBroken('too short');
    const iv = sealed.subarray(0, IV);
    const tag = sealed.subarray(IV, IV + TAG);
    const body = sealed.subarray(IV + TAG);
    if (!timingSafeEqual(tag, this.#tag(keys.mac, place, keyId, iv, body))) throw new CiphertextBroken('changed or moved');
    const decipher = createDecipheriv('sm4-ctr', keys.cipher, iv);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  }
}

/** The id of the key under which a text stands; undefined where it is no ciphertext of ours. */
export const keyIdOf = (ciphertext: string): string | undefined => /^s1\.([A-Za-z0-9_-]{1,20})\.[A-Za-z0-9_-]/.exec(ciphertext)?.[1];

/** The id of the key under which the bytes of a file stand, read from their beginning. */
export const keyIdOfBytes = (head: Buffer): string | undefined =>
  /^s1\.([A-Za-z0-9_-]{1,20})\.$/.exec(head.subarray(1, 1 + (head[0] ?? 0)).toString('utf8'))?.[1];

const derive = (secret: Buffer, purpose: string, length: number): Buffer =>
  Buffer.from(hkdfSync('sm3', secret, Buffer.alloc(0), `jieyou/${purpose}`, length));

const blind = (key: Buffer, plain: string, field: string): string =>
  createHmac('sm3', key)
    .update(`${field}\u0000${plain.normalize('NFKC').trim().toUpperCase()}`)
    .digest('base64url');

/** What of a key makes the blind index: the key itself cannot be had from it. */
export const indexSecret = (secret: Buffer): Buffer => derive(secret, 'blind-index', 32);

/** A digest for freezing and chaining; SM3 where a Chinese evaluation asks for it. */
export const digest = (text: string | Buffer): string => createHash('sm3').update(text).digest('hex');
