import { describe, expect, it } from 'vitest';
import { dangersIn, dangerWordsOf, SignalsPack } from './signals.ts';

const lists = dangerWordsOf({ 'words.crisis': '不想活、自杀', 'words.violence': '家暴，被丈夫打', 'words.child': '猥亵 虐待孩子' });

describe('words of danger', () => {
  it.each([
    ['', []],
    ['   \n', []],
    ['今天上门，老人情绪平稳', []],
    ['不想', []],
    ['她说不想活', [['crisis', '不想活']]],
    ['她说不 想\n活 了', [['crisis', '不想活']]],
    ['没有自杀的想法', [['crisis', '自杀']]],
    ['自杀，不想活', [['crisis', '不想活']]],
    [
      '不想活了，昨晚又被丈夫打，担心他虐待孩子',
      [
        ['crisis', '不想活'],
        ['violence', '被丈夫打'],
        ['child', '虐待孩子'],
      ],
    ],
  ])('%j points to %j', (text, found) => {
    expect(dangersIn(text, lists).map((d) => [d.danger, d.word])).toEqual(found);
  });

  it.each([
    ['', true],
    ['自杀', true],
    ['自杀、', true],
    ['死', false],
    ['自杀、死', false],
    ['一二三四五六七八九十甲乙', true],
    ['一二三四五六七八九十甲乙丙', false],
  ])('the list %j is taken: %s', (text, taken) => {
    expect(SignalsPack.shape['words.crisis'].safeParse(text).success).toBe(taken);
  });

  it('a missing list is no list without words', () => {
    expect(() => dangerWordsOf({ 'words.crisis': '自杀', 'words.violence': '家暴' })).toThrow();
  });
});
