/** How typed words and told texts are compared: letters small, full width as half width, one character for one. */

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const WIDE_UPPER = 'ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ';
const WIDE_LOWER = 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ';
const WIDE_DIGITS = '０１２３４５６７８９';

/** What parts one word from the next. */
const BETWEEN =
  '，。、；：？！…—·「」『』《》〈〉“”‘’（）【】〔〕～￥－．／＂＃＄％＆＇＊＋＜＝＞＠［＼］＾＿｀｛｜｝,.;:?!/()[]{}<>"\'_+=*&^%$#@~`|-\\\n\r\t\u3000\u00a0';

const FOLDED: ReadonlyMap<string, string> = new Map([
  ...[UPPER, WIDE_UPPER, WIDE_LOWER].flatMap((letters) => [...letters].map((c, i): [string, string] => [c, UPPER[i]?.toLowerCase() ?? c])),
  ...[...WIDE_DIGITS].map((c, i): [string, string] => [c, String(i)]),
]);

/** The text as it is compared; every character keeps its place. The database says the same in `search_fold`. */
export const fold = (told: string): string => {
  let folded = '';
  for (const c of told) folded += FOLDED.get(c) ?? c;
  return folded;
};

const BLANK = new Set(`${BETWEEN} `);

/** Fewest characters of a word that is looked for. */
export const SHORTEST = 2;

/** Longest text that may be typed, in characters. */
export const TYPED_MAX = 40;

/**
 * The words of what was typed: stretches without blank or punctuation of at least two characters (a character beyond the basic plane is
 * one). Shorter stretches count for nothing beside a longer one; where there is no longer one, there is nothing to look for.
 */
export const wordsOf = (typed: string): string[] => [
  ...new Set(
    [...fold(typed)]
      .map((c) => (BLANK.has(c) ? ' ' : c))
      .join('')
      .split(' ')
      .filter((word) => [...word].length >= SHORTEST),
  ),
];

/** Pairs of neighbouring characters of a word. */
export const pairsOf = (word: string): string[] => {
  const characters = [...word];
  return [...new Set(characters.slice(1).map((c, i) => `${characters[i]}${c}`))];
};

/** A stretch of a text: from, and until before, in the units of JavaScript strings. */
export type Mark = readonly [from: number, until: number];

/** Where the words stand in a text, in order, overlapping ones as one stretch. */
export const marksOf = (told: string, words: readonly string[]): Mark[] => {
  const folded = fold(told);
  const found: [number, number][] = [];
  for (const word of words) {
    if (word === '') continue;
    for (let at = folded.indexOf(word); at >= 0; at = folded.indexOf(word, at + word.length)) found.push([at, at + word.length]);
  }
  found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const merged: [number, number][] = [];
  for (const [from, until] of found) {
    const last = merged.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], until);
    else merged.push([from, until]);
  }
  return merged;
};
