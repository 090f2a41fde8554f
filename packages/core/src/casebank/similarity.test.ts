import { describe, expect, it } from 'vitest';
import { type CasebankPack, casebankPackOf, rankSimilar, termsOf, weighTerms } from './similarity.ts';

const pack: CasebankPack = {
  'release.leastAlike': 5,
  'similar.shown': 3,
  'similar.leastScore': 0.3,
  'similar.textWeight': 0.6,
  'similar.domainWeight': 0.25,
  'similar.fieldWeight': 0.15,
  'similar.fullText': 0.2,
  'similar.commonShare': 0.3,
};

describe('words of a text', () => {
  it.each([
    ['', []],
    ['。，、！ 　', []],
    ['3月5日 14:30', []],
    ['孩子厌学，孩子厌学', ['孩子', '厌学']],
    ['ＡＢＣ abc', ['abc']],
    ['社工需要帮助', []],
  ])('%s', (text, words) => expect(termsOf(text)).toEqual(words));

  it('cuts long text in linear time', () => {
    const text = '母亲带着孩子离开家，孩子不愿上学，抚养权和赔偿还在法院。'.repeat(1_000);
    expect(termsOf(text).length).toBeLessThan(30);
  });
});

describe('weights', () => {
  const counts = new Map([
    ['厌学', 2],
    ['抚养权', 1],
    ['母亲', 4],
    ['没有的', 0],
  ]);
  it('the rarer the heavier; common, unknown and uncounted words are left out', () => {
    const weights = weighTerms(['厌学', '抚养权', '母亲', '没有的', '不认识'], counts, 10, pack);
    expect([...weights.keys()]).toEqual(['厌学', '抚养权']);
    expect(weights.get('抚养权')).toBeGreaterThan(weights.get('厌学') as number);
    expect(weights.get('厌学')).toBeCloseTo(Math.log(6));
  });
  it.each([
    [3, true],
    [4, false],
  ])('a word in %i of ten cases, at a limit of three tenths', (count, kept) => {
    expect(weighTerms(['母亲'], new Map([['母亲', count]]), 10, pack).has('母亲')).toBe(kept);
  });
  it('a bank of nothing or of one case', () => {
    expect(weighTerms(['厌学'], new Map(), 0, pack).size).toBe(0);
    expect(weighTerms(['厌学'], new Map([['厌学', 1]]), 1, pack).size).toBe(1);
  });
});

describe('order', () => {
  const weights = new Map([
    ['厌学', 3],
    ['抚养权', 2],
    ['赔偿', 1],
  ]);
  const sought = { domain: 'parent-child' as const, helpFields: ['law' as const, 'psychology' as const], weights };
  const like = (id: string, shared: string[], more: object = {}) => ({
    id,
    domain: 'parent-child' as const,
    helpFields: ['law' as const, 'psychology' as const],
    shared,
    ...more,
  });

  it('text, domain and fields count, each said as a reason', () => {
    const [first, second] = rankSimilar(
      sought,
      [like('a', ['赔偿'], { domain: 'end-of-life', helpFields: ['law'] }), like('b', ['赔偿', '厌学'])],
      { ...pack, 'similar.leastScore': 0 },
    );
    expect(first).toMatchObject({
      id: 'b',
      sameDomain: true,
      sharedFields: ['law', 'psychology'],
      sharedWords: ['厌学', '赔偿'],
      score: 1,
    });
    expect(second).toMatchObject({ id: 'a', sameDomain: false, sharedFields: ['law'], sharedWords: ['赔偿'] });
    // A sixth of the weight, of a fifth that is full; one of two fields.
    expect(second?.score).toBeCloseTo(0.6 * (1 / 6 / 0.2) + 0.15 * 0.5);
  });
  it('the least score itself is shown, a hair below is not', () => {
    // Same domain and fields without a shared word: 0.25 + 0.15.
    expect(rankSimilar(sought, [like('a', [])], { ...pack, 'similar.leastScore': 0.4 })).toHaveLength(1);
    expect(rankSimilar(sought, [like('a', [])], { ...pack, 'similar.leastScore': 0.4001 })).toHaveLength(0);
  });
  it('no more than are to be shown; the newer of two alike first', () => {
    const found = rankSimilar(
      sought,
      ['a', 'b', 'c', 'd'].map((id) => like(id, ['厌学'])),
      pack,
    );
    expect(found.map((f) => f.id)).toEqual(['d', 'c', 'b']);
  });
  it('an empty draft is compared by domain and fields alone', () => {
    const found = rankSimilar({ ...sought, weights: new Map() }, [like('a', ['厌学'])], pack);
    expect(found).toMatchObject([{ sharedWords: [], sameDomain: true }]);
  });
  it('figures that weigh nothing find nothing', () => {
    const none = { ...pack, 'similar.textWeight': 0, 'similar.domainWeight': 0, 'similar.fieldWeight': 0 };
    expect(rankSimilar(sought, [like('a', ['厌学'])], none)).toEqual([]);
  });
});

it('a pack without one of its figures throws', () => {
  const { 'similar.shown': _, ...rest } = pack;
  expect(() => casebankPackOf(rest)).toThrow();
});
