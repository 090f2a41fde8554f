import { createCipheriv, createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CiphertextBroken, KeyMissing, Sm4Provider } from './crypto.ts';
import { providerFromKeyFile } from './keyFile.ts';

const provider = new Sm4Provider(new Map([['k1', Buffer.alloc(32, 1)]]), 'k1');
const place = { table: 'recipient', row: 'r1', field: 'name' };

describe('the algorithms are the national ones', () => {
  it('SM3 gives the digest of the standard’s first example', () => {
    expect(createHash('sm3').update('abc').digest('hex')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
  });
  it('SM4 gives the block of the standard’s first example', () => {
    const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const cipher = createCipheriv('sm4-ecb', block, null).setAutoPadding(false);
    expect(Buffer.concat([cipher.update(block), cipher.final()]).toString('hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });
});

describe('a field', () => {
  it.each(['', '王桦', '欧阳娜仁托娅·阿卜杜拉', '𬭎㛃', 'a'.repeat(5000)])('comes back: %s', (plain) => {
    expect(provider.decrypt(provider.encrypt(plain, place), place)).toBe(plain);
  });
  it('is never encrypted twice alike', () => expect(provider.encrypt('王桦', place)).not.toBe(provider.encrypt('王桦', place)));
  it('names its key', () => expect(provider.encrypt('王桦', place).split('.').slice(0, 2)).toEqual(['s1', 'k1']));
  it.each([
    ['another row', { ...place, row: 'r2' }],
    ['another field', { ...place, field: 'phone' }],
    ['another table', { ...place, table: 'account' }],
  ])('does not open in %s', (_, elsewhere) => {
    expect(() => provider.decrypt(provider.encrypt('王桦', place), elsewhere)).toThrow(CiphertextBroken);
  });
  it('does not open when one bit was changed', () => {
    const [scheme, key, body] = provider.encrypt('王桦', place).split('.');
    const bytes = Buffer.from(body ?? '', 'base64url');
    for (const at of [0, 20, bytes.length - 1]) {
      const broken = Buffer.from(bytes);
      broken[at] = (broken[at] ?? 0) ^ 1;
      expect(() => provider.decrypt(`${scheme}.${key}.${broken.toString('base64url')}`, place)).toThrow(CiphertextBroken);
    }
  });
  it.each(['', 'plain text', 's2.k1.abc', 's1.k1.'])('refuses what is no ciphertext: %s', (text) =>
    expect(() => provider.decrypt(text, place)).toThrow(),
  );
  it('names a key that is missing', () => {
    const other = new Sm4Provider(new Map([['k9', Buffer.alloc(32, 9)]]), 'k9');
    expect(() => provider.decrypt(other.encrypt('王桦', place), place)).toThrow(KeyMissing);
  });
  it('opens under an older key after a new one took over', () => {
    const both = new Sm4Provider(
      new Map([
        ['k1', Buffer.alloc(32, 1)],
        ['k2', Buffer.alloc(32, 2)],
      ]),
      'k2',
    );
    expect(both.decrypt(provider.encrypt('王桦', place), place)).toBe('王桦');
    expect(both.encrypt('王桦', place)).toContain('.k2.');
    expect(both.blindIndex('王桦', 'name')).toBe(provider.blindIndex('王桦', 'name'));
  });
  it('of bytes comes back', () => {
    const bytes = Buffer.from([0, 1, 2, 255, 10]);
    expect(provider.decryptBytes(provider.encryptBytes(bytes, place), place)).toEqual(bytes);
  });
});

describe('the blind index', () => {
  it('finds the same value however it is typed', () => {
    expect(provider.blindIndex(' １１０１０１１９９００１０１００２ｘ ', 'id')).toBe(provider.blindIndex('11010119900101002X', 'id'));
  });
  it('differs by field', () => expect(provider.blindIndex('王桦', 'name')).not.toBe(provider.blindIndex('王桦', 'phone')));
});

describe('the key file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'jieyou-key-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  it('is made for its owner alone, and read again', () => {
    const path = join(folder, 'key.json');
    const made = providerFromKeyFile(path, true);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(providerFromKeyFile(path, false).decrypt(made.encrypt('王桦', place), place)).toBe('王桦');
  });
  it('must be there where it is required', () =>
    expect(() => providerFromKeyFile(join(folder, 'missing.json'), false)).toThrow('密钥文件不存在'));
  it('is refused when others may read it', () => {
    const path = join(folder, 'open.json');
    writeFileSync(path, readFileSync(join(folder, 'key.json')), { mode: 0o600 });
    chmodSync(path, 0o644);
    expect(() => providerFromKeyFile(path, false)).toThrow('chmod 600');
  });
  it('is refused when it holds no key', () => {
    const path = join(folder, 'empty.json');
    writeFileSync(path, '{"current":"a","keys":[]}', { mode: 0o600 });
    expect(() => providerFromKeyFile(path, false)).toThrow('不是有效的密钥清单');
  });
});
