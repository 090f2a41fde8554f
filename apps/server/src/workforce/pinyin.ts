import { pinyin } from 'pinyin-pro';

/** How a name is found without a Chinese keyboard: whole ('zhangsan') and by initials ('zs'). */
export type NamePinyin = { readonly namePinyin: string; readonly nameInitials: string };

/** Pinyin of a name, without tones and spaces, lower case; surnames are read as surnames (单 shan, 仇 qiu). */
export const pinyinOf = (name: string): NamePinyin => {
  const syllables = pinyin(name, { mode: 'surname', surname: 'head', toneType: 'none', v: true, type: 'array', nonZh: 'consecutive' });
  const plain = syllables.map((syllable) => syllable.toLowerCase().replace(/[^a-z0-9]/g, '')).filter((syllable) => syllable !== '');
  return { namePinyin: plain.join(''), nameInitials: plain.map((syllable) => syllable[0] ?? '').join('') };
};
