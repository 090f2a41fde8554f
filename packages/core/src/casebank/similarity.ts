/**
 * Which published cases resemble a request, and why. Words are those of the Unicode dictionary for Chinese (ICU), which every Node and
 * browser of today carries: no native part, no dictionary of our own (decision 0024).
 */
import { z } from 'zod';
import type { CaseDomain, HelpField } from '../shared/fields.ts';

/** Figures of the rule pack `casebank`. The three weights need not add up to one: they are shares of their sum. */
export const CasebankPack = z.object({
  /** Fewest people of the district who must fit what a text tells, before it is released. */
  'release.leastAlike': z.int().min(1),
  'similar.shown': z.int().min(1).max(20),
  'similar.leastScore': z.number().min(0).max(1),
  'similar.textWeight': z.number().min(0),
  /** A long account shares a small part of its words with any case: this share of their weight counts as a full likeness of the text. */
  'similar.fullText': z.number().gt(0).max(1),
  'similar.domainWeight': z.number().min(0),
  'similar.fieldWeight': z.number().min(0),
  /** A word that stands in more than this share of the bank says nothing. */
  'similar.commonShare': z.number().min(0).max(1),
});
export type CasebankPack = z.infer<typeof CasebankPack>;

/** Reads stored values; a missing or malformed figure throws, since a rule without its figure must not guess. */
export const casebankPackOf = (values: Readonly<Record<string, unknown>>): CasebankPack => CasebankPack.parse(values);

const segmenter = new Intl.Segmenter('zh-Hans', { granularity: 'word' });
const WORD = /^[\p{Script=Han}]{2,}$|^[a-z]{2,}$/u;
/** Words that stand in any account of social work, whatever it is about, and words that only tie sentences together. */
const SAYS_NOTHING = new Set(
  '社工 社会 工作 服务 对象 个案 案主 求助 情况 问题 需要 进行 通过 以及 同时 目前 现在 之后 以后 已经 因为 所以 但是 如果 一个 一些 没有 可以 希望 自己 他们 我们 她们 其中 对于 由于 开始 一次 两次 多次 帮助 支持 方面'.split(
    ' ',
  ),
);

// Words of the field that the dictionary does not know come out as single characters side by side (厌 学): two neighbours make a word,
// unless one of them only ties a sentence together.
const TIES = new Set(
  '的了在和与及或把被让给对从向到就也都很又再还不没是有这那其之而但因所为于上下中里后前时间次个位名年月日天她他它我你您们着过地得去来要会能可说做想看叫',
);
const SINGLE = /^\p{Script=Han}$/u;

/** The words of a text, each once, in the order in which they first stand there. Single characters and numbers are left out. */
export const termsOf = (text: string): string[] => {
  const found = new Set<string>();
  let before = '';
  for (const { segment, isWordLike } of segmenter.segment(text.normalize('NFKC').toLowerCase())) {
    const single = isWordLike === true && SINGLE.test(segment) && !TIES.has(segment) ? segment : '';
    if (before !== '' && single !== '') found.add(before + single);
    else if (isWordLike === true && WORD.test(segment) && !SAYS_NOTHING.has(segment)) found.add(segment);
    before = single;
  }
  return [...found];
};

/** In how many released cases each word stands; words that stand in none are missing. */
export type TermCounts = ReadonlyMap<string, number>;

/**
 * What each word of a request weighs: the rarer in the bank the more (inverse document frequency, ln(1 + all / with it)). Words that
 * stand in no case cannot be shared, and words that stand nearly everywhere say nothing: both are left out.
 */
export const weighTerms = (
  terms: readonly string[],
  counts: TermCounts,
  entries: number,
  pack: Pick<CasebankPack, 'similar.commonShare'>,
): Map<string, number> => {
  const most = Math.max(1, entries * pack['similar.commonShare']);
  const weights = new Map<string, number>();
  for (const term of terms) {
    const count = counts.get(term);
    if (count !== undefined && count > 0 && count <= most) weights.set(term, Math.log(1 + entries / count));
  }
  return weights;
};

/** What is compared: the request as it is written so far. */
export type Sought = {
  /** Null where the request does not say it yet. */
  readonly domain: CaseDomain | null;
  readonly helpFields: readonly HelpField[];
  readonly weights: ReadonlyMap<string, number>;
};

/** A published case with the words that it shares with the request. */
export type Candidate = {
  readonly id: string;
  readonly domain: CaseDomain;
  readonly helpFields: readonly HelpField[];
  readonly shared: readonly string[];
};

/** Why a case resembles the request; what is empty or false is no reason. */
export type Likeness = {
  readonly id: string;
  /** 0 to 1; for the order only, people read the reasons. */
  readonly score: number;
  readonly sameDomain: boolean;
  readonly sharedFields: readonly HelpField[];
  /** The telling words first, eight at most. */
  readonly sharedWords: readonly string[];
};

const WORDS_SHOWN = 8;

/** The cases that resemble the request most, best first; those below the least score are left out, however few remain. */
export const rankSimilar = (sought: Sought, candidates: readonly Candidate[], pack: CasebankPack): Likeness[] => {
  const all = [...sought.weights.values()].reduce((sum, w) => sum + w, 0);
  const sum = pack['similar.textWeight'] + pack['similar.domainWeight'] + pack['similar.fieldWeight'];
  if (sum === 0) return [];
  const asked = new Set(sought.helpFields);
  return candidates
    .map((c): Likeness => {
      const words = c.shared
        .filter((t) => sought.weights.has(t))
        .sort((a, b) => (sought.weights.get(b) ?? 0) - (sought.weights.get(a) ?? 0));
      const weight = words.reduce((total, t) => total + (sought.weights.get(t) ?? 0), 0);
      const text = all === 0 ? 0 : Math.min(1, weight / all / pack['similar.fullText']);
      const sharedFields = c.helpFields.filter((f) => asked.has(f));
      const either = new Set([...sought.helpFields, ...c.helpFields]).size;
      const sameDomain = c.domain === sought.domain;
      const score =
        (pack['similar.textWeight'] * text +
          pack['similar.domainWeight'] * (sameDomain ? 1 : 0) +
          pack['similar.fieldWeight'] * (either === 0 ? 0 : sharedFields.length / either)) /
        sum;
      return { id: c.id, score, sameDomain, sharedFields, sharedWords: words.slice(0, WORDS_SHOWN) };
    })
    .filter((found) => found.score >= pack['similar.leastScore'])
    .sort((a, b) => b.score - a.score || (a.id < b.id ? 1 : -1))
    .slice(0, pack['similar.shown']);
};
