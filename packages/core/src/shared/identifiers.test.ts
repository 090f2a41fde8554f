import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, day } from './day.ts';
import {
  ageByIdNumber,
  birthDateOf,
  creditCheckCharacter,
  creditCodeVerdict,
  documentVerdict,
  genderOf,
  idCheckCharacter,
  idNumberFacts,
  idNumberVerdict,
  isMinorByIdNumber,
  maskAddress,
  maskIdNumber,
  maskMinorName,
  maskName,
  maskPhone,
  normaliseIdNumber,
  normalisePhone,
  phoneKind,
  phoneVerdict,
  registrarOf,
  splitName,
  upgradeIdNumber,
} from './identifiers.ts';
import type { Verdict } from './verdict.ts';

const code = (verdict: Verdict<string>) => (verdict.ok ? 'ok' : verdict.code);
const today = day('2026-11-21');

describe('ID number (GB 11643)', () => {
  test.each([
    // The standard's own example.
    ['11010519491231002X', 'ok'],
    ['11010519491231002x', 'ok'],
    ['１１０１０５１９４９１２３１００２Ｘ', 'ok'],
    ['110105 19491231 002X', 'ok'],
    ['110105-19491231-002X', 'ok'],
    ['\u200b11010519491231002X\u3000', 'ok'],
    ['110105491231002', 'ok'],
    ['', 'id-number.length'],
    ['11010519491231002', 'id-number.length'],
    ['11010519491231002XX', 'id-number.length'],
    ['1101051949123100２A', 'id-number.characters'],
    ['X1010519491231002X', 'id-number.characters'],
    ['110105194912310021', 'id-number.check-digit'],
    ['110105194912310020', 'id-number.check-digit'],
    ['11010519490229002X', 'id-number.birth-date'],
    ['11010519491331002X', 'id-number.birth-date'],
    ['110105000012310020', 'id-number.birth-date'],
    ['99010519491231002X', 'id-number.division'],
    ['110000194912310027', 'id-number.division'],
  ])('%j: %s', (text, expected) => {
    expect(code(idNumberVerdict(text, today))).toBe(expected);
  });
  const made = (birth: string, sequence = '002') => {
    // 449999 is no division: no living person has such a number.
    const first = `449999${birth}${sequence}`;
    return first + idCheckCharacter(first);
  };
  test.each([
    ['20261120', 'ok'],
    ['20261121', 'ok'],
    ['20261122', 'id-number.birth-date'],
    ['20240229', 'ok'],
    ['20230229', 'id-number.birth-date'],
  ])('born %s: %s', (birth, expected) => expect(code(idNumberVerdict(made(birth), today))).toBe(expected));
  test('what it says', () => {
    expect(idNumberFacts('11010519491231002x')).toEqual({ number: '11010519491231002X', birthDate: '1949-12-31', gender: 'female' });
    expect(genderOf(made('20150601', '013'))).toBe('male');
    expect(birthDateOf('nothing')).toBeUndefined();
    expect(ageByIdNumber(made('20081121'), today)).toBe(18);
    expect(isMinorByIdNumber(made('20081121'), today)).toBe(false);
    expect(isMinorByIdNumber(made('20081122'), today)).toBe(true);
    expect(isMinorByIdNumber('1', today)).toBeUndefined();
  });
  test('15 digits become 18', () => {
    expect(upgradeIdNumber('110105491231002')).toBe('11010519491231002X');
    expect(upgradeIdNumber('11010549123100')).toBeUndefined();
  });
  test('any single wrong digit and any swap of neighbours that differ is noticed', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 36_000 }),
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (n, s, at, add) => {
          const birth = addDays(day('1926-01-01'), n).replaceAll('-', '');
          const good = made(birth, String(s).padStart(3, '0'));
          expect(idNumberVerdict(good).ok).toBe(true);
          const wrong = good.slice(0, at) + String((Number(good[at]) + add) % 10) + good.slice(at + 1);
          expect(idNumberVerdict(wrong).ok).toBe(false);
          const [a, b] = [good.charAt(at), good.charAt(at + 1)];
          if (a !== b) expect(idNumberVerdict(good.slice(0, at) + b + a + good.slice(at + 2)).ok).toBe(false);
        },
      ),
    );
  });
  test.each([
    ['resident-id', '11010519491231002X', 'ok'],
    ['resident-id', 'H1234567890', 'id-number.length'],
    ['other', 'H12345678', 'ok'],
    ['other', 'E12345678', 'ok'],
    ['other', '1234', 'document.form'],
    ['other', '12345', 'ok'],
    ['other', 'ABCDEF', 'document.form'],
    ['other', '', 'document.form'],
    ['other', '护照12345', 'document.form'],
    ['other', '123456789012345678901', 'document.form'],
  ] as const)('%s %j: %s', (kind, text, expected) => expect(code(documentVerdict(kind, text, today))).toBe(expected));
});

describe('统一社会信用代码 (GB 32100)', () => {
  const first = '52440300TEST00001'.replaceAll('S', '5');
  test.each([
    ['91350100M000100Y43', 'ok'],
    ['91350100m000100y43', 'ok'],
    ['９１３５０１００Ｍ０００１００Ｙ４３', 'ok'],
    [first + creditCheckCharacter(first), 'ok'],
    ['', 'credit-code.length'],
    ['91350100M000100Y4', 'credit-code.length'],
    ['91350100M000100Y430', 'credit-code.length'],
    ['91350100M000100Y42', 'credit-code.check-digit'],
    ['91350100I000100Y43', 'credit-code.characters'],
    ['9135010AM000100Y43', 'credit-code.division'],
  ])('%j: %s', (text, expected) => expect(code(creditCodeVerdict(text))).toBe(expected));
  test('who registered it', () => {
    expect(registrarOf('52440300')).toBe('民政');
    expect(registrarOf('１２')).toBe('机构编制');
    expect(registrarOf('A')).toBeUndefined();
  });
});

describe('telephone', () => {
  test.each([
    ['13800138000', 'mobile'],
    ['１３８　００１３　８０００', 'mobile'],
    ['+86 138-0013-8000', 'mobile'],
    ['8613800138000', 'mobile'],
    ['0755-23332333', 'landline'],
    ['(010)65551234', 'landline'],
    ['23332333', 'landline'],
    ['400-123-4567', 'service'],
    ['无电话', 'none'],
    ['12800138000', undefined],
    ['1380013800', undefined],
    ['138001380000', undefined],
    ['', undefined],
    ['电话', undefined],
    ['110', undefined],
  ])('%j: %s', (text, kind) => {
    expect(phoneKind(text)).toBe(kind);
    expect(phoneVerdict(text).ok).toBe(kind !== undefined);
  });
  test('normalised', () => expect(normalisePhone('+86 138-0013-8000')).toBe('13800138000'));
  test.each([
    ['13800138000', '138****8000'],
    ['138 0013 8000', '138****8000'],
    ['0755-23332333', '0755****2333'],
    ['23332333', '****2333'],
    ['无电话', '无电话'],
    ['4001234567', '****67'],
    ['12345', '****'],
    ['', '****'],
  ])('%j masked %s', (text, masked) => expect(maskPhone(text)).toBe(masked));
});

describe('names', () => {
  test.each([
    ['', ''],
    ['王', '*'],
    ['王桦', '王*'],
    ['王小桦', '王*桦'],
    ['欧阳娜', '欧阳*'],
    ['欧阳小娜', '欧阳*娜'],
    ['东方', '东*'],
    ['王李小明', '王**明'],
    ['阿卜杜拉·买买', '阿***·**'],
    ['阿卜杜拉•买买', '阿***·**'],
    ['John Smith', 'J*** S****'],
    ['𬭚小明', '𬭚*明'],
    [' 王桦 ', '王*'],
    ['Li', 'L*'],
  ])('%j masked %j', (name, masked) => expect(maskName(name)).toBe(masked));
  test.each([
    ['李小明', 'female', 11, '李某某(女,11岁)'],
    ['欧阳娜', 'male', null, '欧阳某某(男)'],
    ['李明', null, null, '李某某'],
    ['', null, 3, '某某(3岁)'],
  ] as const)('minor %j', (name, gender, age, masked) => expect(maskMinorName(name, gender, age)).toBe(masked));
  test('split', () => {
    expect(splitName('欧阳娜')).toEqual({ surname: '欧阳', given: '娜' });
    expect(splitName('王')).toBeUndefined();
    expect(splitName('Ann')).toBeUndefined();
  });
});

describe('masked ID numbers and addresses', () => {
  test.each([
    ['11010519491231002x', false, '110105********002X'],
    ['11010519491231002X', true, '1101************2X'],
    ['110105491231002', false, '110105******002'],
    ['H12345678', false, 'H1*****78'],
    ['1234567', false, '*******'],
    ['', false, ''],
  ])('%s (minor %s): %s', (text, minor, masked) => expect(maskIdNumber(text, { minor })).toBe(masked));
  test.each([
    ['广东省深圳市龙华区民治街道北站社区梅龙路12号3栋401', '广东省深圳市龙华区民治街道北站社区****'],
    ['深圳市龙华区民治街道梅花新村3栋', '深圳市龙华区民治街道****'],
    ['民治街道', '民治街道'],
    ['龙华区大浪街道办事处', '龙华区大浪街道办事处'],
    ['江西省景德镇市珠山区竟成镇吕蒙村5组', '江西省景德镇市珠山区竟成镇吕蒙村****'],
    ['江苏省镇江市丹徒区高桥镇3号', '江苏省镇江市丹徒区高桥镇****'],
    ['湖南省宁乡市巷子口镇', '湖南省宁乡市****'],
    ['深圳市龙华区人民路2号', '深圳市龙华区****'],
    ['人民路2号阳光小区3栋', '****'],
    ['3栋401', '****'],
    ['', ''],
    ['某地', '****'],
    ['深圳市 龙华区 民治街道 １２号', '深圳市龙华区民治街道****'],
  ])('%s: %s', (address, masked) => expect(maskAddress(address)).toBe(masked));
  test('a mask never shows the house number', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('民治街道', '高桥镇', '龙华区', ''),
        fc.integer({ min: 100, max: 999 }),
        fc.constantFrom('号', '栋', '室'),
        (place, n, unit) => {
          expect(maskAddress(`深圳市${place}某路${n}${unit}`)).not.toContain(String(n));
        },
      ),
    );
  });
  test('normalising is idempotent', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(normaliseIdNumber(normaliseIdNumber(text))).toBe(normaliseIdNumber(text));
      }),
    );
  });
});
