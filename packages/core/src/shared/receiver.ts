/** Receivers named in words. */

const bare = (name: string): string => name.replace(/[\s（）()·]/g, '');

/** Whether words name somebody as receiver (PIPL 23: the person is told to whom): the one name holds the other. */
export const namesReceiver = (words: string, name: string): boolean => {
  const one = bare(words);
  const other = bare(name);
  return one.length >= 2 && other.length >= 2 && (one.includes(other) || other.includes(one));
};
