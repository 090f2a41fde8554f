import { expect, it } from 'vitest';
import { detailOptions, detailWords } from './detailLabels.ts';

it('lists keep the order and the numbers of the national codes', () => {
  const groups = detailOptions('ethnicity') ?? [];
  expect([groups.length, groups[0], groups[55], groups.at(-1)]).toEqual([
    58,
    { value: '01', label: '汉族' },
    { value: '56', label: '基诺族' },
    { value: '98', label: '外国血统中国籍人士' },
  ]);
  expect(['05', '15', '23', '37', '52'].map((c) => detailWords('ethnicity', c))).toEqual([
    '维吾尔族',
    '土家族',
    '高山族',
    '仡佬族',
    '鄂伦春族',
  ]);
  expect(detailOptions('politics')?.map((o) => o.value)).toEqual(Array.from({ length: 13 }, (_, i) => String(i + 1).padStart(2, '0')));
  expect([detailOptions('occupation'), detailWords('occupation', '10')]).toEqual([undefined, '10']);
});
