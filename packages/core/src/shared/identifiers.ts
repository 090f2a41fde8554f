/**
 * Numbers and names that identify people and organisations: what is a valid one, what it says about its holder, and the
 * masked form that is stored beside the ciphertext and shown by default.
 *
 * Masking fails closed: what a mask does not understand it hides whole. Masks never go back: one star hides one or more
 * characters.
 */
import { z } from 'zod';
import { ageOn, type Day, dayFrom, isMinorOn } from './day.ts';
import { no, type Verdict, yes } from './verdict.ts';

/** Sex as an ID number states it. */
export const Gender = z.enum(['female', 'male']);
/** A value of {@link Gender}. */
export type Gender = z.infer<typeof Gender>;

/** Kind of identity document: the resident's ID number of GB 11643, or any other permit (passport, 港澳台, foreigners). */
export const DocumentKind = z.enum(['resident-id', 'other']);
/** A kind of {@link DocumentKind}. */
export type DocumentKind = z.infer<typeof DocumentKind>;

// Invisible characters that pasted text carries: zero-width space and joiners, word joiner, byte-order mark, soft hyphen.
const invisible = /[\u200b-\u200f\u2060\ufeff\u00ad]/g;

/** Full-width letters, digits and signs as half-width; the ideographic and no-break spaces as plain ones; invisible ones gone. */
export const toHalfWidth = (text: string): string =>
  text
    .replace(invisible, '')
    .replace(/[\uff01-\uff5e]/g, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\u2000-\u200a\u202f]/g, ' ');

/** The number as it is stored: half-width, without spaces and dashes, x as X. Does not judge it. */
export const normaliseIdNumber = (text: string): string =>
  toHalfWidth(text)
    .replace(/[\s\-\u2010-\u2015\u2212]/g, '')
    .toUpperCase();

// GB 11643-1999: weights of the 17 digits, and the check character by the sum modulo 11.
const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const idCheckCharacters = '10X98765432';

/** Check character of the first 17 digits of an ID number (GB 11643). Throws RangeError when there are not 17 digits. */
export const idCheckCharacter = (first17: string): string => {
  if (!/^\d{17}$/.test(first17)) throw new RangeError('17 digits are needed');
  const sum = idWeights.reduce((total, weight, i) => total + weight * Number(first17[i]), 0);
  return idCheckCharacters.charAt(sum % 11);
};

/**
 * The 18-character form of a 15-digit number of the first generation (birth years 19xx). Sequence numbers 996–999 marked
 * people born before 1900 and are read as 19xx all the same. Undefined when the text is not 15 digits.
 */
export const upgradeIdNumber = (text: string): string | undefined => {
  const number = normaliseIdNumber(text);
  if (!/^\d{15}$/.test(number)) return undefined;
  const first17 = `${number.slice(0, 6)}19${number.slice(6)}`;
  return first17 + idCheckCharacter(first17);
};

// First two digits of GB/T 2260; 81–83 residence permits of people from Hong Kong, Macao and Taiwan, 91 foreigners' permanent residence.
const idRegions: ReadonlySet<string> = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83 91'.split(' '),
);

/** Why a text is no valid ID number. */
export type IdNumberRefusal =
  | 'id-number.length'
  | 'id-number.characters'
  | 'id-number.division'
  | 'id-number.birth-date'
  | 'id-number.check-digit';

/**
 * Whether the text is a valid resident's ID number (GB 11643): 18 characters with check digit, or 15 digits of the first
 * generation. Full-width, spaced, dashed and lowercase-x forms are accepted. With `today`, a birth date after it is
 * refused; before 1850 always. The facts never carry the number.
 */
export const idNumberVerdict = (text: string, today?: Day): Verdict<IdNumberRefusal> => {
  const given = normaliseIdNumber(text);
  if (given.length !== 18 && given.length !== 15) return no('id-number.length', { length: given.length });
  if (!/^(\d{15}|\d{17}[\dX])$/.test(given)) return no('id-number.characters');
  const number = given.length === 15 ? upgradeIdNumber(given) : given;
  if (number === undefined) return no('id-number.characters');
  if (!idRegions.has(number.slice(0, 2)) || number.slice(2, 6) === '0000') return no('id-number.division');
  const birth = dayFrom(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)));
  if (birth === undefined || birth < '1850-01-01' || (today !== undefined && birth > today)) return no('id-number.birth-date');
  if (idCheckCharacter(number.slice(0, 17)) !== number.charAt(17)) return no('id-number.check-digit');
  return yes;
};

/** What a valid ID number says. */
export type IdNumberFacts = {
  /** The 18-character form. */
  readonly number: string;
  readonly birthDate: Day;
  readonly gender: Gender;
};

/** What the number says about its holder; undefined for a number that is not valid. */
export const idNumberFacts = (text: string): IdNumberFacts | undefined => {
  if (!idNumberVerdict(text).ok) return undefined;
  const number = upgradeIdNumber(text) ?? normaliseIdNumber(text);
  const birthDate = dayFrom(Number(number.slice(6, 10)), Number(number.slice(10, 12)), Number(number.slice(12, 14)));
  if (birthDate === undefined) return undefined;
  return { number, birthDate, gender: Number(number.charAt(16)) % 2 === 1 ? 'male' : 'female' };
};

/** Birth date of a valid ID number; undefined otherwise. */
export const birthDateOf = (text: string): Day | undefined => idNumberFacts(text)?.birthDate;

/** Sex of a valid ID number; undefined otherwise. */
export const genderOf = (text: string): Gender | undefined => idNumberFacts(text)?.gender;

/** Age in full years on a day by a valid ID number; undefined otherwise. */
export const ageByIdNumber = (text: string, on: Day): number | undefined => {
  const birth = birthDateOf(text);
  return birth === undefined ? undefined : ageOn(birth, on);
};

/** Whether the holder is a minor on a day; undefined when the number is not valid. */
export const isMinorByIdNumber = (text: string, on: Day): boolean | undefined => {
  const birth = birthDateOf(text);
  return birth === undefined ? undefined : isMinorOn(birth, on);
};

/**
 * Whether a document number is acceptable for its kind. Other permits (passport, 回乡证, 台胞证, foreigners' permits) have
 * no common rule: 5 to 20 letters and digits with at least one digit.
 */
export const documentVerdict = (kind: DocumentKind, text: string, today?: Day): Verdict<IdNumberRefusal | 'document.form'> => {
  if (kind === 'resident-id') return idNumberVerdict(text, today);
  return /^(?=.*\d)[A-Z\d]{5,20}$/.test(normaliseIdNumber(text).replace(/[()]/g, '')) ? yes : no('document.form');
};

// GB 32100-2015: digits and capitals without I O S V Z; the weight of place i is 3^i modulo 31.
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of the first 17 of a 统一社会信用代码 (GB 32100). Throws RangeError on other characters. */
export const creditCheckCharacter = (first17: string): string => {
  let sum = 0;
  let weight = 1;
  for (const c of first17) {
    const value = creditAlphabet.indexOf(c);
    if (value < 0) throw new RangeError('character outside of the alphabet of GB 32100');
    sum += value * weight;
    weight = (weight * 3) % 31;
  }
  if (first17.length !== 17) throw new RangeError('17 characters are needed');
  return creditAlphabet.charAt((31 - (sum % 31)) % 31);
};

/** The credit code as it is stored: half-width capitals without spaces and dashes. */
export const normaliseCreditCode = (text: string): string => normaliseIdNumber(text);

/** Why a text is no valid 统一社会信用代码. */
export type CreditCodeRefusal = 'credit-code.length' | 'credit-code.characters' | 'credit-code.division' | 'credit-code.check-digit';

/** Whether the text is a valid 统一社会信用代码 (GB 32100): 18 characters, division of 6 digits, check character. */
export const creditCodeVerdict = (text: string): Verdict<CreditCodeRefusal> => {
  const code = normaliseCreditCode(text);
  if (code.length !== 18) return no('credit-code.length', { length: code.length });
  if (![...code].every((c) => creditAlphabet.includes(c))) return no('credit-code.characters');
  if (!/^\d{6}$/.test(code.slice(2, 8))) return no('credit-code.division');
  return creditCheckCharacter(code.slice(0, 17)) === code.charAt(17) ? yes : no('credit-code.check-digit');
};

/** Who registered an organisation, by the first character of its code; undefined for rarer ones. */
export const registrarOf = (creditCode: string): '机构编制' | '民政' | '市场监管' | undefined => {
  const first = normaliseCreditCode(creditCode).charAt(0);
  return first === '1' ? '机构编制' : first === '5' ? '民政' : first === '9' ? '市场监管' : undefined;
};

/** What is written for a person who has no telephone. */
export const withoutPhone = '无电话';

/** The telephone number as it is stored: half-width, without spaces, brackets, dashes and +86; 无电话 stays. */
export const normalisePhone = (text: string): string => {
  const plain = toHalfWidth(text).replace(/[\s\-\u2010-\u2015\u2212()]/g, '');
  return plain.replace(/^(\+86|0086|86(?=1[3-9]\d{9}$))/, '');
};

/** Kind of a telephone number; undefined when it is none. */
export const phoneKind = (text: string): 'mobile' | 'landline' | 'service' | 'none' | undefined => {
  const number = normalisePhone(text);
  if (number === withoutPhone) return 'none';
  if (/^1[3-9]\d{9}$/.test(number)) return 'mobile';
  // 010 and 02x have two more digits, other areas three; the number itself has 7 or 8 and does not begin with 0 or 1.
  if (/^(010|02\d|0[3-9]\d{2})?[2-9]\d{6,7}$/.test(number)) return 'landline';
  return /^[48]00\d{7}$/.test(number) ? 'service' : undefined;
};

/** Whether the text is a mobile, a landline with or without area code, a 400/800 number, or 无电话. */
export const phoneVerdict = (text: string): Verdict<'phone.form'> => (phoneKind(text) === undefined ? no('phone.form') : yes);

/** Surnames of two characters (复姓), so that 欧阳娜 is not taken for a Mr Ou. */
export const compoundSurnames: ReadonlySet<string> = new Set(
  (
    '欧阳 上官 司马 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 夏侯 长孙 宇文 轩辕 端木 南宫 万俟 闻人 赫连 澹台 公冶 宗政 濮阳 淳于 单于 ' +
    '太叔 申屠 仲孙 钟离 鲜于 闾丘 亓官 司寇 独孤 拓跋 呼延 百里 东郭 西门 南门 第五 公西 漆雕 乐正 左丘 谷梁 段干 梁丘 羊舌 微生'
  ).split(' '),
);

const han = /^\p{Script=Han}+$/u;

/** Surname and given name of a Chinese name without separator; undefined when the text is not 2 to 5 Han characters. */
export const splitName = (name: string): { readonly surname: string; readonly given: string } | undefined => {
  const letters = [...name.trim()];
  if (letters.length < 2 || letters.length > 5 || !han.test(letters.join(''))) return undefined;
  const cut = letters.length > 2 && compoundSurnames.has(letters.slice(0, 2).join('')) ? 2 : 1;
  return { surname: letters.slice(0, cut).join(''), given: letters.slice(cut).join('') };
};

/**
 * Masked name: 王* (王桦), 王*桦 (王小桦), 欧阳* and 欧阳*娜, 阿***·** (阿卜杜拉·买买), J*** S**** for names in Latin letters. An empty
 * name gives an empty mask; a single character is hidden.
 */
export const maskName = (name: string): string => {
  const trimmed = toHalfWidth(name)
    .trim()
    .replace(/[•‧・.．](?=\p{Script=Han})/gu, '·');
  const letters = [...trimmed];
  if (letters.length < 2) return '*'.repeat(letters.length);
  const split = splitName(trimmed);
  if (split === undefined) {
    let atStart = true;
    const latin = !/\p{Script=Han}/u.test(trimmed);
    return letters
      .map((letter, i) => {
        if (letter === '·' || letter === ' ') {
          atStart = true;
          return letter;
        }
        // Latin names show each initial, names written in characters only the very first.
        const shown = latin ? atStart : i === 0;
        atStart = false;
        return shown ? letter : '*';
      })
      .join('');
  }
  const given = [...split.given];
  const last = given.length > 1 ? (given.at(-1) ?? '') : '';
  return `${split.surname}${'*'.repeat(given.length - (last === '' ? 0 : 1))}${last}`;
};

/** How a minor appears in lists: 李某某(女,11岁). The given name is replaced whole, whatever its length. */
export const maskMinorName = (name: string, gender: Gender | null, age: number | null): string => {
  const surname = splitName(name)?.surname ?? [...name.trim()][0] ?? '';
  const particulars = [gender === null ? null : gender === 'female' ? '女' : '男', age === null ? null : `${age}岁`].filter(
    (p) => p !== null,
  );
  return `${surname}某某${particulars.length > 0 ? `(${particulars.join(',')})` : ''}`;
};

/**
 * Masked document number: 110105********002X. For minors the place in the order of births goes too, because sex and birth
 * date can be guessed from it: 1101************2X. Other permits keep two characters at each end; short ones nothing.
 */
export const maskIdNumber = (text: string, options: { readonly minor?: boolean } = {}): string => {
  const number = normaliseIdNumber(text);
  const keep = (head: number, tail: number) =>
    `${number.slice(0, head)}${'*'.repeat(number.length - head - tail)}${number.slice(number.length - tail)}`;
  const resident = /^(\d{15}|\d{17}[\dX])$/.test(number);
  if (resident) return options.minor === true ? keep(4, 2) : keep(6, number.length === 18 ? 4 : 3);
  return number.length >= 8 ? keep(2, 2) : '*'.repeat(number.length);
};

/** Masked telephone: 138****8000, 0755****5678; 无电话 stays; anything else shows at most its last two digits. */
export const maskPhone = (text: string): string => {
  const number = normalisePhone(text);
  const kind = phoneKind(number);
  if (kind === 'none') return number;
  if (kind === 'mobile') return `${number.slice(0, 3)}****${number.slice(7)}`;
  if (kind === 'landline') {
    const area = /^(010|02\d|0[3-9]\d{2})(?=[2-9]\d{6,7}$)/.exec(number)?.[0] ?? '';
    return `${area}****${number.slice(-4)}`;
  }
  return number.length >= 8 ? `****${number.slice(-2)}` : '****';
};

const community = /^[^\d路街巷弄号栋幢]{1,8}?(?:社区|居委会|村委会)/u;
const village = /^[^\d路街巷弄号栋幢]{1,6}?(?<!新)村(?![路街])/u;

/**
 * Masked address: kept to 街道 (镇, 乡) and 社区, or to the county where no street office is named; the rest is ****. An
 * address in which neither is found is hidden whole.
 */
export const maskAddress = (text: string): string => {
  const address = toHalfWidth(text).replace(/\s+/g, '');
  if (address === '') return '';
  const street = /^\D{1,24}?街道(?:办事处)?/u.exec(address)?.[0];
  // 景德镇市, 镇江市, 新乡市, 宁乡市: there 镇 and 乡 belong to a city's name, so the county must be passed first.
  const county = /^\D{0,20}(?:(?<!小)区|县|旗|市)/u.exec(address)?.[0] ?? '';
  const town = street ?? (/^[^\d路街巷弄号栋幢]{1,8}?(?:镇|乡|苏木)/u.exec(address.slice(county.length)) ?? [])[0];
  if (town === undefined) return `${county}****`;
  const kept = street ?? county + town;
  const rest = address.slice(kept.length);
  const below = community.exec(rest)?.[0] ?? (street === undefined ? village.exec(rest)?.[0] : undefined) ?? '';
  return rest === below ? kept + below : `${kept}${below}****`;
};
