/**
 * Words by which danger is noticed where somebody writes (SM-10, SM-11, SM-12). They only offer the way to a record: nothing is decided,
 * stored or told to anybody because a word stands somewhere.
 */
import { z } from 'zod';
import { Danger, type DangerWords } from './schema.ts';

const SEPARATORS = /[、，,；;\s]+/;
const split = (text: string): string[] => text.split(SEPARATORS).filter((word) => word !== '');

const words = z
  .string()
  .max(2000)
  .refine((text) => split(text).every((word) => word.length >= 2 && word.length <= 12), { error: '每个词 2 到 12 个字，用顿号隔开' });

/** Texts of the rule pack `signals`: words one after another, as people write a list. */
export const SignalsPack = z.object({ 'words.crisis': words, 'words.violence': words, 'words.child': words });

/** Reads stored values; a missing list throws. */
export const dangerWordsOf = (values: Readonly<Record<string, unknown>>): DangerWords => {
  const pack = SignalsPack.parse(values);
  return { crisis: split(pack['words.crisis']), violence: split(pack['words.violence']), child: split(pack['words.child']) };
};

/**
 * Which dangers a text speaks of, each with the first word of its list that stands in it. Spaces between characters do not hide a word.
 * A denial ("没有想死") is met as well: who reads it decides.
 */
export const dangersIn = (text: string, lists: DangerWords): { readonly danger: Danger; readonly word: string }[] => {
  const told = text.replace(/\s+/g, '');
  if (told === '') return [];
  return Danger.options.flatMap((danger) => {
    const word = lists[danger].find((one) => told.includes(one));
    return word === undefined ? [] : [{ danger, word }];
  });
};
