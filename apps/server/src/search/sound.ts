import { pinyin } from 'pinyin-pro';
import { pinyinOf } from '../workforce/index.ts';

/** How a name sounds, whole and by initials; as a place reads it and as a surname would (曾 ceng and zeng). */
type Sound = { readonly whole: readonly string[]; readonly initials: readonly string[] };

const MOST_KEPT = 20_000;
const kept = new Map<string, Sound>();

const soundOf = (name: string): Sound => {
  const known = kept.get(name);
  if (known !== undefined) return known;
  const syllables = pinyin(name, { toneType: 'none', v: true, type: 'array', nonZh: 'consecutive' })
    .map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, ''))
    .filter((syllable) => syllable !== '');
  const asSurname = pinyinOf(name);
  const sound: Sound = {
    whole: [...new Set([syllables.join(''), asSurname.namePinyin])],
    initials: [...new Set([syllables.map((s) => s[0] ?? '').join(''), asSurname.nameInitials])],
  };
  // Names of stations and places of the districts: bounded by what is registered, and emptied before it could grow.
  if (kept.size >= MOST_KEPT) kept.clear();
  kept.set(name, sound);
  return sound;
};

/** Where a name stands towards typed letters: 0 begins so, 1 holds them, null neither. */
export const soundsLike = (name: string, letters: string): 0 | 1 | null => {
  const { whole, initials } = soundOf(name);
  if ([...whole, ...initials].some((text) => text.startsWith(letters))) return 0;
  return initials.some((text) => text.includes(letters)) || (letters.length > 2 && whole.some((text) => text.includes(letters))) ? 1 : null;
};

/** Typed letters as they are compared, or null where something else than letters was typed. */
export const lettersOf = (typed: string): string | null => {
  const letters = typed.toLowerCase().replace(/[\s'’·.-]/g, '');
  return /^[a-z0-9]{2,}$/.test(letters) ? letters : null;
};
