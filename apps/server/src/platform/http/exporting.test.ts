/** How many rows of a list one workbook holds, and what its last line says. */
import { expect, test } from 'vitest';
import { linesUpTo } from './exporting.ts';

const MOST = 7;
const SAYS = ['只导出前 7 条，请缩小条件再导出其余的'];

/** A list of so many rows, read page by page as a view gives it: a place to go on from only where more follows. */
const exported = async (count: number, firstPage: number) => {
  const asked: number[] = [];
  const page = (from: number, limit: number) => {
    const until = Math.min(count, from + limit);
    return { rows: Array.from({ length: until - from }, (_, i) => from + i), next: until < count ? String(until) : null };
  };
  const lines: unknown[][] = [];
  const read = async (after: string, limit: number) => {
    asked.push(limit);
    return page(Number(after), Math.min(limit, 3));
  };
  for await (const line of linesUpTo(MOST, page(0, firstPage), read, (row) => [row])) lines.push(line);
  return { lines, asked };
};
const rows = (count: number) => Array.from({ length: count }, (_, i) => [i]);

test.each([0, 1, MOST - 1, MOST])('%i rows leave whole, and nothing is said', async (count) => {
  expect((await exported(count, 3)).lines).toEqual(rows(count));
});

test.each([MOST + 1, MOST * 3])('of %i rows the first leave, a last line says so, and no more is read than leaves', async (count) => {
  const { lines, asked } = await exported(count, 3);
  expect(lines).toEqual([...rows(MOST), SAYS]);
  expect(asked).toEqual([4, 1]);
});

test('a first page that is larger than the limit is cut', async () => {
  expect((await exported(20, 20)).lines).toEqual([...rows(MOST), SAYS]);
  expect((await exported(20, 10)).lines).toEqual([...rows(MOST), SAYS]);
});
