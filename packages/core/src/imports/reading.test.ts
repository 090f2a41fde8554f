import { describe, expect, it } from 'vitest';
import { day } from '../shared/day.ts';
import { idCheckCharacter } from '../shared/identifiers.ts';
import { endStates, reachable } from '../shared/moves.ts';
import { bareTitle, findHeading, headingOf, missingColumns } from './columns.ts';
import { importMoves } from './moves.ts';
import {
  type Cell,
  type CellForm,
  cellsByMeaning,
  dayOfSerial,
  isAside,
  readCategories,
  readDay,
  readIdNumber,
  readPhone,
  readRow,
  wholeOf,
} from './reading.ts';
import { importActs } from './rules.ts';
import type { ImportColumnKey } from './schema.ts';

const cell = (text: string, form: CellForm = 'text'): Cell => ({ text, form });
const id = (first17: string): string => first17 + idCheckCharacter(first17);
const ID = id('65991019510305012');
const today = day('2026-03-05');

describe('a day', () => {
  it.each([
    ['2024.3.5', '2024-03-05'],
    ['2024年3月5日', '2024-03-05'],
    ['2024-3-5', '2024-03-05'],
    ['2024/03/05', '2024-03-05'],
    ['20240305', '2024-03-05'],
    ['２０２４．３．５', '2024-03-05'],
    [' 2024 年 3 月 5 日 ', '2024-03-05'],
    ['2024-03-05 14:30:00', '2024-03-05'],
    ['2024.2.29', '2024-02-29'],
    ['45356', '2024-03-05'],
    ['2023.2.29', 'date-unreadable'],
    ['2024.13.1', 'date-unreadable'],
    ['2024年3月', 'date-incomplete'],
    ['2024.3', 'date-incomplete'],
    ['2024', 'date-incomplete'],
    ['1951年', 'date-incomplete'],
    ['24.3.5', 'date-unreadable'],
    ['三月五日', 'date-unreadable'],
  ])('%s', (text, says) => {
    const got = readDay(cell(text));
    expect('value' in got ? got.value : got.code).toBe(says);
  });

  it('as a serial: first days, the day that never was, the last', () => {
    expect([1, 59, 61, 45_356].map(dayOfSerial)).toEqual(['1900-01-01', '1900-02-28', '1900-03-01', '2024-03-05']);
    expect([0, 80_001].map(dayOfSerial)).toEqual([undefined, undefined]);
    expect(readDay(cell('45356.5', 'day'))).toEqual({ value: '2024-03-05' });
    expect(readDay(cell('2024', 'number'))).toEqual({ code: 'date-incomplete' });
    expect(readDay(cell('20240305', 'number'))).toEqual({ value: '2024-03-05' });
  });
});

describe('an ID number', () => {
  const says = (text: string, form: CellForm = 'text') => {
    const got = readIdNumber(cell(text, form));
    return 'value' in got ? `${got.value.number}${got.value.upgraded ? ' upgraded' : ''}` : got.code;
  };
  it('is checked, made whole, or refused where its end is lost', () => {
    expect(says(ID)).toBe(ID);
    expect(says(ID.replace(/\d/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0)))).toBe(ID);
    expect(says(`${ID.slice(0, 17)}0`)).toBe(ID.endsWith('0') ? ID : 'id-wrong');
    const old = `${ID.slice(0, 6)}${ID.slice(8, 17)}`;
    expect(says(old)).toBe(`${ID} upgraded`);
    expect(says(old, 'number')).toBe(`${ID} upgraded`);
    expect(says(`${old.slice(0, 1)}.${old.slice(1)}E+14`, 'number')).toBe(`${ID} upgraded`);
    expect(says('6.59910195103051E+17', 'number')).toBe('id-lost');
    expect(says(ID, 'number')).toBe('id-lost');
    expect(says('6.5991E+17')).toBe('id-lost');
    expect(says('H1234567')).toBe('H1234567');
    expect(says('12')).toBe('id-wrong');
    expect(wholeOf('1E15')).toBeUndefined();
    expect(wholeOf('999999999999999')).toBe('999999999999999');
  });
});

it('a telephone: both widths, as a number, several, none', () => {
  const says = (text: string, form: CellForm = 'text') => {
    const got = readPhone(cell(text, form));
    return 'value' in got ? got.value : got.code;
  };
  expect(says('139 1000 0001')).toBe('13910000001');
  expect(says('1.3910000001E10', 'number')).toBe('13910000001');
  expect(says('0755-23456789')).toBe('075523456789');
  expect(says('13910000001、13910000002')).toBe('13910000001');
  expect(says('无')).toBeNull();
  expect(says('139100000')).toBe('phone-wrong');
});

it('categories: several, synonyms, disability with class and grade', () => {
  expect(readCategories('低保户、独居老人', '')).toEqual({
    value: [
      { category: 'subsistence', disability: null, grade: null },
      { category: 'elder-alone', disability: null, grade: null },
    ],
  });
  expect(readCategories('残疾人', '肢体残疾 二级')).toEqual({ value: [{ category: 'disabled', disability: 'limb', grade: 2 }] });
  expect(readCategories('', '听力一级')).toEqual({ value: [{ category: 'disabled', disability: 'hearing', grade: 1 }] });
  expect(readCategories('', '其他四级')).toEqual({ value: [{ category: 'disabled', disability: 'other', grade: 4 }] });
  for (const [word, category] of [
    ['特困', 'destitute'],
    ['特困（集中）', 'destitute-housed'],
    ['分散供养', 'destitute-home'],
    ['支出型困难', 'rigid-spending'],
    ['监测户', 'relapse-watch'],
    ['孤儿', 'orphan'],
    ['事实无人抚养儿童', 'unraised-child'],
    ['空巢', 'elder-empty-nest'],
    ['失独家庭', 'lost-only-child'],
    ['社区戒毒', 'drug-rehab'],
  ])
    expect(readCategories(word ?? '', '')).toEqual({ value: [{ category, disability: null, grade: null }] });
  expect(readCategories('无', '无')).toEqual({ value: [] });
  expect(readCategories('残疾', '')).toEqual({ code: 'disability-incomplete' });
  expect(readCategories('贵宾', '')).toEqual({ code: 'category-unknown' });
});

describe('the heading', () => {
  it('is found under titles, by synonyms, remarks in brackets left aside', () => {
    const rows = [
      ['某站服务对象名册'],
      ['填报单位：某站', '', '填报日期：2026.3.5'],
      ['序号', '*姓 名', '身份证号码（18位）', '联系电话', '责任社工（空白同上）'],
    ];
    const found = findHeading('recipients', rows);
    expect(found?.at).toBe(2);
    expect(found?.columns.map((c) => [c.key, c.fill])).toEqual([
      [null, false],
      ['name', false],
      ['idNumber', false],
      ['phone', false],
      ['worker', true],
    ]);
    expect(bareTitle('＊姓　名（必填）：')).toBe('姓名');
    expect(findHeading('recipients', [['说明'], ['第二行']])).toBeUndefined();
    expect(missingColumns('contacts', headingOf('contacts', ['日期', '姓名']))).toEqual(['kind']);
    // The first that says it has the meaning.
    expect(headingOf('recipients', ['电话', '联系电话']).map((c) => c.key)).toEqual(['phone', null]);
  });
});

describe('a row', () => {
  const said = (cells: Partial<Record<ImportColumnKey, string | Cell>>) =>
    new Map(Object.entries(cells).map(([key, value]) => [key as ImportColumnKey, typeof value === 'string' ? cell(value) : value]));
  const codes = (kind: 'recipients' | 'contacts', cells: Partial<Record<ImportColumnKey, string | Cell>>) =>
    readRow(kind, said(cells), today).problems.map((p) => `${p.column} ${p.code}`);

  it('of a register takes gender and birth from the number, and refuses what contradicts it', () => {
    expect(readRow('recipients', said({ name: '钟 离 示', idNumber: ID }), today).row).toMatchObject({
      name: '钟离示',
      birthOn: '1951-03-05',
    });
    expect(codes('recipients', { name: '甲', idNumber: ID, birthOn: '1951.3.6' })).toEqual(['birthOn id-birth']);
    const other = Number(ID[16]) % 2 === 1 ? '女' : '男';
    expect(codes('recipients', { name: '甲', idNumber: ID, gender: other })).toEqual(['gender id-gender']);
    expect(codes('recipients', { name: '甲', birthOn: '2026.3.6' })).toEqual(['birthOn date-future']);
    expect(codes('recipients', { name: '甲', birthOn: '2026.3.5' })).toEqual([]);
    expect(codes('recipients', { name: '甲', birthOn: '1899.12.31' })).toEqual(['birthOn date-too-early']);
    expect(codes('recipients', { name: '甲', birthOn: '2008.3.5', categories: '困境儿童' })).toEqual(['categories category-not-minor']);
    expect(codes('recipients', { name: '甲', birthOn: '2008.3.6', categories: '困境儿童' })).toEqual([]);
    expect(codes('recipients', { name: '@SUM(A1)' })).toEqual(['name formula-like']);
    expect(codes('recipients', { name: '甲', address: '+cmd|x' })).toEqual(['address formula-like']);
    expect(codes('recipients', {})).toEqual(['name missing']);
  });

  it('of a ledger needs a day, a kind, and a person who can be told, save in groups', () => {
    expect(codes('contacts', { happenedOn: '2026.3.5', kind: '家访', name: '甲', phone: '13910000001' })).toEqual([]);
    expect(codes('contacts', { happenedOn: '2026.3.5', kind: '家访', name: '甲' })).toEqual(['name person-missing']);
    expect(codes('contacts', { happenedOn: '2026.3.5', kind: '小组', people: '12人' })).toEqual([]);
    expect(codes('contacts', { happenedOn: '2026.3.5', kind: '小组', people: '0' })).toEqual(['people people-wrong']);
    expect(codes('contacts', { kind: '电话', idNumber: ID, minutes: '6001' })).toEqual(['happenedOn missing', 'minutes minutes-wrong']);
    expect(codes('contacts', { happenedOn: '2026.3.5', kind: '', idNumber: ID })).toEqual(['kind missing']);
    expect(codes('contacts', { happenedOn: '2026.3.5', kind: '家访', idNumber: ID, domain: '航天' })).toEqual(['domain domain-unknown']);
  });

  it('means the row above only where its column says so', () => {
    const columns = [
      { title: '日期', key: 'happenedOn' as const, fill: true },
      { title: '姓名', key: 'name' as const, fill: false },
    ];
    const first = cellsByMeaning(columns, [cell('2026.3.5'), cell('甲')], new Map()).said;
    const { said: second, filled } = cellsByMeaning(columns, [cell('〃'), cell('')], first);
    expect([second.get('happenedOn')?.text, second.get('name')?.text, filled]).toEqual(['2026.3.5', '', [0]]);
  });

  it('that is none: sums, signatures, the heading once more, nothing', () => {
    const heading = ['姓名', '电话'];
    for (const cells of [['合 计', '', '12'], ['填表人：甲'], ['姓名', '电话'], ['', ' ']])
      expect(
        isAside(
          cells.map((c) => cell(c)),
          heading,
        ),
      ).toBe(true);
    for (const cells of [
      ['甲', '电话'],
      ['合计生', '1'],
    ])
      expect(
        isAside(
          cells.map((c) => cell(c)),
          heading,
        ),
      ).toBe(false);
  });
});

it('every state of an import is reached, and buttons follow the table', () => {
  expect(reachable(importMoves, 'waiting').size).toBe(9);
  expect(endStates(importMoves).toSorted()).toEqual(['dropped', 'undone']);
  const facts = { mine: true, fileKept: true, fresh: 1, double: 0, left: 1, added: 0 };
  expect(importActs({ ...facts, status: 'checked' })).toEqual(['arrange', 'confirm', 'drop', 'failed-rows']);
  expect(importActs({ ...facts, status: 'checked', mine: false })).toEqual([]);
  expect(importActs({ ...facts, status: 'checked', fresh: 0 })).toEqual(['arrange', 'drop', 'failed-rows']);
  expect(importActs({ ...facts, status: 'done', added: 1, mine: false })).toEqual(['undo']);
  expect(importActs({ ...facts, status: 'done', added: 0, left: 0 })).toEqual([]);
  expect(importActs({ ...facts, status: 'applying', added: 1 })).toEqual([]);
});
