import { describe, expect, it } from 'vitest';
import { photosPackOf } from './pack.ts';
import { photoVerdict } from './rules.ts';

const pack = photosPackOf({ 'record.most': 12, 'file.megabytes': 3, 'side.pixels': 4000 });
const fair = { bytes: 200_000, size: { width: 1600, height: 1200 } };
const record = { cancelled: false, already: 0 };
const said = (photo: object, of: object = {}) => {
  const verdict = photoVerdict({ ...fair, ...photo }, { ...record, ...of }, pack);
  return verdict.ok ? 'ok' : verdict.code;
};

describe('a photograph', () => {
  it('is taken as long as there is room, and not of what was cancelled', () => {
    expect([said({}), said({}, { already: 11 }), said({}, { already: 12 }), said({}, { cancelled: true })]).toEqual([
      'ok',
      'ok',
      'photos.too-many',
      'photos.cancelled',
    ]);
  });
  it('is a picture that is neither empty, nor too large, nor too wide or high', () => {
    expect(said({ bytes: 0, size: null })).toBe('files.empty');
    expect(said({ size: null })).toBe('photos.not-a-picture');
    expect([said({ bytes: 3 * 1024 * 1024 }), said({ bytes: 3 * 1024 * 1024 + 1 })]).toEqual(['ok', 'photos.too-large']);
    expect([said({ size: { width: 4000, height: 10 } }), said({ size: { width: 10, height: 4001 } })]).toEqual(['ok', 'photos.too-wide']);
  });
});
