import { describe, expect, it } from 'vitest';
import { mergeChange, pinIsGood, pocketState, seenAfter, triesLeft, waitsLong } from './rules.ts';

const H = 3_600_000;

describe('hours without network', () => {
  const at = (now: number, seen = now, contact = 0) => pocketState({ now, seen, contact }, 72);
  it('opens up to one millisecond before, and no longer', () => {
    expect([at(0), at(72 * H - 1), at(72 * H), at(500 * H)]).toEqual(['open', 'open', 'over', 'over']);
  });
  it('a clock set back gains nothing: the highest time counts, and it opens only with the network', () => {
    expect(at(10 * H, 71 * H)).toBe('set-back');
    expect(at(10 * H, 72 * H)).toBe('over');
    expect(at(-5000 * H, 1 * H)).toBe('set-back');
    // A few minutes are the network's own mending.
    expect([at(10 * H, 10 * H + 10 * 60_000), at(10 * H, 10 * H + 10 * 60_000 + 1)]).toEqual(['open', 'set-back']);
  });
  it('a clock that stands still while the phone is awake counts on', () => {
    expect([seenAfter(5, 9, 0), seenAfter(9, 5, 0), seenAfter(9, 5, 3), seenAfter(9, 5, -3)]).toEqual([9, 9, 12, 9]);
  });
});

it('five wrong PINs, one more is none', () => {
  expect([0, 4, 5, 6].map((wrong) => triesLeft(wrong, 5))).toEqual([5, 1, 0, 0]);
});

it('what is unsent turns red at the hour', () => {
  expect([waitsLong(0, 24 * H - 1, 24), waitsLong(0, 24 * H, 24)]).toEqual([false, true]);
});

it('a PIN is six digits and neither all alike nor counted', () => {
  expect(['111111', '123456', '654321', '12345', '1234567', '12a456', ''].filter(pinIsGood)).toEqual([]);
  expect(['112233', '135791', '246802', '908172'].filter(pinIsGood)).toHaveLength(4);
});

describe('two changes of one record', () => {
  const base = { story: 'a', tried: 'b', fields: ['law'] };
  it('different fields go on together', () => {
    expect(mergeChange({ story: 'a' }, { story: 'mine' }, { ...base, tried: 'theirs' })).toEqual({
      goesOn: { story: 'mine' },
      clashes: [],
    });
  });
  it('the same field stands side by side', () => {
    expect(mergeChange({ story: 'a', tried: 'b' }, { story: 'mine', tried: 'too' }, { ...base, story: 'theirs' })).toEqual({
      goesOn: { tried: 'too' },
      clashes: [{ field: 'story', mine: 'mine', theirs: 'theirs' }],
    });
  });
  it('both wrote the same: nothing is to do; lists and objects count by what they hold', () => {
    expect(mergeChange({ story: 'a' }, { story: 'c' }, { ...base, story: 'c' })).toEqual({ goesOn: {}, clashes: [] });
    expect(mergeChange({ fields: ['law'] }, { fields: ['law', 'medicine'] }, base).goesOn).toEqual({ fields: ['law', 'medicine'] });
    expect(mergeChange({ fields: ['law'] }, { fields: ['medicine'] }, { ...base, fields: ['debt'] }).clashes).toHaveLength(1);
  });
  it('without a word of what it was, nothing is overwritten', () => {
    expect(mergeChange({}, { story: 'mine' }, base).clashes).toHaveLength(1);
  });
});
