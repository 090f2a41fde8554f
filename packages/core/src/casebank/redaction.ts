/**
 * Redaction before publication (LH-26; PIPL 25; 未成年人保护法 103): replaces what the record knows of the people in a case,
 * and what looks like an identifier although the record does not know it. Every replacement is a finding that a person
 * confirms; release is refused while one is open.
 *
 * It fails closed. Input that is too long or malformed, a known value that cannot be searched for, a replacement that
 * would give away a known value, or a known value that is still found in the result: each throws a RedactionFailure, and
 * never returns text. Failures carry a code and no part of the text.
 *
 * Two passes: known values first (longest wins), then patterns on a copy in which the known places are blanked, so that a
 * guess can never cut a known value in two. Time is linear in the text: no pattern has an unbounded repetition before a
 * fixed part, and names before a suffix are read backwards over at most a dozen characters.
 */
import {
  compoundSurnames,
  idNumberFacts,
  normaliseIdNumber,
  normalisePhone,
  splitName,
  toHalfWidth,
  withoutPhone,
} from '../shared/identifiers.ts';

/** The longest text that is redacted, in UTF-16 units; longer input is refused (notes hold at most as much). */
export const longestText = 20_000;

/** Kind of a value that the record knows. */
export type KnownKind = 'name' | 'id-number' | 'phone' | 'address' | 'organisation' | 'school' | 'other';

/** Something that the record knows and the publication must not show, with the words that take its place (a 化名 for a name). */
export type KnownIdentity = { readonly kind: KnownKind; readonly value: string; readonly replacement: string };

/** Kind of a finding: what kind of identifier was replaced. */
export type FindingKind = KnownKind | 'email' | 'wechat' | 'qq' | 'plate' | 'bank-card' | 'birth-date';

/** One replacement. `start` and `end` (exclusive) count UTF-16 units of the original text. */
export type Finding = {
  readonly start: number;
  readonly end: number;
  readonly kind: FindingKind;
  readonly original: string;
  readonly replacement: string;
  /** known: the record names it; pattern: it only looks like one. */
  readonly source: 'known' | 'pattern';
  /** Which rule found it, for the person who confirms and for tests. */
  readonly rule: string;
};

/** Why a text was not redacted. */
export type RedactionFailureCode =
  | 'not-text'
  | 'too-long'
  | 'known-too-short'
  | 'replacement-missing'
  | 'replacement-reveals'
  | 'leftover'
  | 'unexpected';

/** Thrown instead of an answer. Neither the message nor the error carries any of the text. */
export class RedactionFailure extends Error {
  readonly code: RedactionFailureCode;
  constructor(code: RedactionFailureCode) {
    super(`redaction failed: ${code}`);
    this.name = 'RedactionFailure';
    this.code = code;
  }
}

// ---------------------------------------------------------------------------------------------------------------------
// The folded text: half-width, lower-case, without invisible characters; each unit knows where it stands in the original.

type Folded = { readonly text: string; readonly from: readonly number[]; readonly to: readonly number[] };

/** Stands for a place that is already replaced. Taken out of the input, so that nobody can write it. */
const blank = '\ue000';

const fold = (original: string): Folded => {
  let text = '';
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < original.length; i += 1) {
    const unit = original.charAt(i);
    const half = unit === blank ? '\ufffd' : toHalfWidth(unit);
    if (half === '') continue;
    // Lower-casing may lengthen a character (İ); then it is left as it is, so that positions stay one to one.
    const low = half.toLowerCase();
    text += low.length === 1 ? low : half;
    from.push(i);
    to.push(i + 1);
  }
  return { text, from, to };
};

/** A place in the folded text that is to be replaced. */
type Hit = {
  readonly start: number;
  readonly end: number;
  readonly kind: FindingKind;
  readonly replacement: string;
  readonly rule: string;
};

/**
 * Makes hits disjoint: of hits that overlap the longest gives kind and words, and covers the others' ends too, so that no
 * piece of a shorter hit sticks out. Equal lengths: the earlier start, then the order given.
 */
const disjoint = (hits: readonly Hit[]): Hit[] => {
  const sorted = hits.map((hit, order) => ({ hit, order })).sort((a, b) => a.hit.start - b.hit.start || a.order - b.order);
  const result: Hit[] = [];
  let cluster: Hit | undefined;
  let winner: Hit | undefined;
  const flush = () => {
    if (cluster && winner) result.push({ ...winner, start: cluster.start, end: cluster.end });
  };
  for (const { hit } of sorted) {
    if (cluster && winner && hit.start < cluster.end) {
      if (hit.end - hit.start > winner.end - winner.start) winner = hit;
      cluster = { ...cluster, end: Math.max(cluster.end, hit.end) };
    } else {
      flush();
      cluster = hit;
      winner = hit;
    }
  }
  flush();
  return result;
};

// ---------------------------------------------------------------------------------------------------------------------
// Known values

/** Titles that follow a surname; 某某 and 某 count as titles. */
const titles = (
  '女士 先生 小姐 太太 夫人 阿姨 叔叔 老师 同学 大姐 大哥 大爷 大妈 大叔 大娘 奶奶 爷爷 婆婆 伯伯 伯母 婶婶 嫂子 师傅 医生 护士 ' +
  '主任 校长 园长 书记 站长 经理 老板 社工 警官 律师 法官 督导 教授 博士 姐 哥 姨 叔 婶 嫂 总 某某 某'
).split(' ');

/** Ends of everyday words before which a surname is none: 提高老师的能力 does not speak of a Mr Gao. */
const wordsEndingInSurname: ReadonlySet<string> = new Set(
  (
    '主任 提高 最高 升高 公安 治安 平安 经常 平常 日常 正常 非常 异常 相关 有关 机关 双方 官方 警方 地方 对方 各方 男方 女方 多方 校方 完成 组成 ' +
    '当时 小时 有时 同时 及时 平时 此时 那时 按时 随时 学历 经历 形成 变成 达成 责任 信任 担任 班主任 明白 一直 中文 作文 语文 论文 道路 网路 大全 安全 健全 完全 齐全 简单 名单 清单 孤单 马上 万万 千万'
  ).split(' '),
);

/** Words that look like 小X, 阿X or a doubled character and are no nickname. */
const everydayWords: ReadonlySet<string> = new Set(
  (
    '小学 小区 小时 小组 小心 小孩 小说 小型 小事 小吃 小家 小数 小路 小店 小康 小于 小结 小节 小便 小额 小腿 小儿 小声 小看 小满 小品 小年 小生 小春 ' +
    '天天 人人 家家 常常 渐渐 慢慢 好好 刚刚 往往 仅仅 深深 默默 时时 处处 年年 月月 日日 星星 多多 大大 久久 平平 清清 明明 欣欣 文文 安安 ' +
    '阿姨'
  ).split(' '),
);

/** After 小王 and 老王 a sentence goes on with one of these, or with a sign; 老高血压 does not. */
const afterName = new Set(
  '的了在是有和与及也都不没很更最被把给对向从到去来说称表认觉希想要会能可因为由于以而但却则就才又再还已曾将正每经总其今现跟随带等并'.split(
    '',
  ),
);

type Form = {
  readonly text: string;
  readonly kind: FindingKind;
  readonly replacement: string;
  readonly rule: string;
  readonly guard?: (text: string, start: number, end: number) => boolean;
};

const isHan = (c: string) => /\p{Script=Han}/u.test(c);

const notAfterWord = (text: string, start: number): boolean =>
  !wordsEndingInSurname.has(text.slice(Math.max(0, start - 1), start + 1)) &&
  !wordsEndingInSurname.has(text.slice(Math.max(0, start - 2), start + 1));

const segmenter = new Intl.Segmenter('zh-Hans', { granularity: 'word' });

/** Whether an everyday word begins at `at`: 单位 in 老单位. The dictionary looks at a few characters only. */
const wordBegins = (text: string, at: number): boolean => {
  for (const { segment } of segmenter.segment(text.slice(at, at + 6))) return [...segment].length > 1;
  return false;
};

const standsAlone = (text: string, _start: number, end: number): boolean => {
  const next = text.charAt(end);
  return next === '' || !isHan(next) || afterName.has(next) || !wordBegins(text, end - 1);
};

const notAWord = (text: string, start: number, end: number) => !everydayWords.has(text.slice(start, end));

const nameForms = (value: string, replacement: string, sharedSurnames: ReadonlySet<string>): Form[] => {
  const forms: Form[] = [];
  const add = (text: string, words: string, rule: string, guard?: Form['guard']) => {
    if (text !== '') forms.push({ text, kind: 'name', replacement: words, rule, ...(guard ? { guard } : {}) });
  };
  add(value, replacement, 'name.full');
  const parts = value.split(/[·•‧・.\s]+/).filter((part) => part !== '');
  if (parts.length > 1) {
    add(parts.join(''), replacement, 'name.full');
    for (const dot of '·•‧・. ') add(parts.join(dot), replacement, 'name.full');
    for (const part of parts) if ([...part].length >= 2) add(part, replacement, 'name.part');
  }
  const split = splitName(value);
  if (!split) return forms;
  const other = splitName(replacement);
  const surname = other === undefined || sharedSurnames.has(split.surname) ? '某' : other.surname;
  for (const title of titles) {
    // 某某 for a minor reads the same after the change of surname; with an unknown surname it would read 某某某.
    const words = surname === '某' && title.startsWith('某') ? '某人' : surname + title;
    add(split.surname + title, words, 'name.surname-title', notAfterWord);
  }
  for (const prefix of ['小', '老', '阿']) {
    add(
      prefix + split.surname,
      surname === '某' ? '某人' : prefix + surname,
      'name.nickname',
      (text, start, end) => standsAlone(text, start, end) && notAWord(text, start, end),
    );
  }
  const given = [...split.given];
  const newGiven = other === undefined || [...other.given].length < 2 ? replacement : other.given;
  if (given.length >= 2) add(split.given, newGiven, 'name.given');
  const last = given.at(-1) ?? '';
  for (const nickname of [`小${last}`, `阿${last}`, `${last}${last}`, `${last}姐`, `${last}哥`]) {
    if (!everydayWords.has(nickname)) add(nickname, replacement, 'name.nickname');
  }
  return forms;
};

const addressParts =
  /[^省市区县旗街道镇乡村路巷弄号栋幢座室房]{0,12}?(?:自治区|特别行政区|省|市|(?<!小)区(?!块)|县|旗|街道|镇|乡|社区|居委会|村委会|村|大道|路|街|巷|弄|号楼|号|小区|花园|家园|公寓|苑|栋|幢|座|单元|楼|层|室|房)/gu;
const region = /(?:省|市|区|县|旗)$/u;

const addressForms = (value: string, replacement: string): Form[] => {
  const plain = toHalfWidth(value).replace(/\s+/g, '').toLowerCase();
  const parts: string[] = [];
  let end = 0;
  for (const match of plain.matchAll(addressParts)) {
    parts.push(plain.slice(end, match.index + match[0].length));
    end = match.index + match[0].length;
  }
  if (end < plain.length) parts.push(plain.slice(end));
  const forms: Form[] = [{ text: plain, kind: 'address', replacement, rule: 'address.full' }];
  // 省, 市 and 区 alone identify nobody; 小区 and 社区 do.
  const local = parts.findIndex((part) => !region.test(part) || /(?:小区|社区)$/u.test(part));
  if (local < 0) return forms;
  for (let first = 0; first < parts.length; first += 1) {
    for (let last = Math.max(first, local); last < parts.length; last += 1) {
      const text = parts.slice(first, last + 1).join('');
      const letters = text.replace(/[^\p{Script=Han}]/gu, '').length;
      // 3栋, 12号 and 401 alone are everywhere; the patterns decide on them.
      if (text.length < 4 || letters < 3) continue;
      const words = /街道$/u.test(text) ? '某街道' : /社区$/u.test(text) ? '某社区' : replacement;
      forms.push({ text, kind: 'address', replacement: words, rule: text === plain ? 'address.full' : 'address.part' });
    }
  }
  return forms;
};

const organisationForms = (kind: 'organisation' | 'school', value: string, replacement: string): Form[] => {
  const plain = toHalfWidth(value).replace(/\s+/g, '').toLowerCase();
  const texts = new Set([plain]);
  const core = plain.replace(/(?:股份)?(?:有限责任公司|有限公司)(?:.{0,12}分公司)?$/u, '');
  for (const whole of [plain, core]) {
    let rest = whole;
    for (let n = 0; n < 4; n += 1) {
      if ([...rest].length >= 4) texts.add(rest);
      const shorter = rest.replace(/^(?:[^省市区县]{2,7}(?:省|自治区|市|区|县))/u, '');
      if (shorter === rest) break;
      rest = shorter;
    }
  }
  return [...texts].map((text) => ({ text, kind, replacement, rule: text === plain ? `${kind}.full` : `${kind}.short` }));
};

const chineseDigits = '〇一二三四五六七八九';
const digitOf = (c: string): string => {
  if (c >= '0' && c <= '9') return c;
  if (c === 'x') return 'X';
  if (c === '零' || c === '○') return '0';
  if (c === '幺') return '1';
  const n = chineseDigits.indexOf(c);
  return n >= 0 && c !== '' ? String(n) : '';
};

const between = /^[\s\-.·_/()\u2010-\u2015\u2212]{0,3}$/;

type DigitView = { readonly digits: string; readonly at: readonly number[] };
const digitView = (text: string): DigitView => {
  let digits = '';
  const at: number[] = [];
  for (let i = 0; i < text.length; i += 1) {
    const d = digitOf(text.charAt(i));
    if (d === '') continue;
    digits += d;
    at.push(i);
  }
  return { digits, at };
};

/** Places of a number in the text, with up to three separators between two digits, in any kind of digits. */
const numberPlaces = (view: DigitView, text: string, number: string): [number, number][] => {
  const places: [number, number][] = [];
  for (let i = view.digits.indexOf(number); i >= 0; i = view.digits.indexOf(number, i + 1)) {
    let joined = true;
    for (let k = i + 1; joined && k < i + number.length; k += 1) {
      joined = between.test(text.slice((view.at[k - 1] ?? 0) + 1, view.at[k] ?? 0));
    }
    if (!joined) continue;
    const [first, end] = [view.at[i] ?? 0, (view.at[i + number.length - 1] ?? 0) + 1];
    // (0755)27771234: the opening sign goes with the number.
    const opened = text.charAt(first - 1) === '(' && text.slice(first, end).includes(')');
    places.push([opened ? first - 1 : first, end]);
  }
  return places;
};

type KnownNumber = { readonly number: string; readonly kind: FindingKind; readonly replacement: string; readonly rule: string };

/** All that is searched for, prepared once for a text. */
type Search = {
  readonly forms: ReadonlyMap<string, readonly Form[]>;
  readonly numbers: readonly KnownNumber[];
  readonly outputs: readonly string[];
};

const prepare = (known: readonly KnownIdentity[]): Search => {
  for (const { value, replacement } of known) {
    if (typeof value !== 'string' || typeof replacement !== 'string') throw new RedactionFailure('not-text');
  }
  const forms: Form[] = [];
  const numbers: KnownNumber[] = [];
  const names = known.filter((k) => k.kind === 'name').map((k) => ({ split: splitName(k.value.trim()), other: splitName(k.replacement) }));
  // Two known people with one surname and different new ones: 王女士 may be either, so it becomes 某女士.
  const shared = new Set(
    names
      .filter(({ split, other }) => split && names.some((n) => n.split?.surname === split.surname && n.other?.surname !== other?.surname))
      .flatMap(({ split }) => (split ? [split.surname] : [])),
  );
  for (const { kind, value, replacement } of known) {
    const plain = toHalfWidth(value).trim();
    if (kind === 'phone' && normalisePhone(plain) === withoutPhone) continue;
    if ([...plain].length < 2) throw new RedactionFailure('known-too-short');
    if (replacement.trim() === '') throw new RedactionFailure('replacement-missing');
    const literal = (text: string, rule: string) => forms.push({ text, kind, replacement, rule });
    if (kind === 'name') forms.push(...nameForms(plain, replacement, shared));
    else if (kind === 'address') forms.push(...addressForms(plain, replacement));
    else if (kind === 'organisation' || kind === 'school') forms.push(...organisationForms(kind, plain, replacement));
    else if (kind === 'id-number') {
      const number = normaliseIdNumber(plain);
      const facts = idNumberFacts(number);
      if (/^(\d{15}|\d{17}[\dX])$/.test(number)) {
        numbers.push({ number, kind, replacement, rule: 'id-number' });
        if (number.length === 18)
          numbers.push({ number: number.slice(0, 6) + number.slice(8, 17), kind, replacement, rule: 'id-number.15' });
        if (facts && facts.number !== number) numbers.push({ number: facts.number, kind, replacement, rule: 'id-number' });
      } else literal(number, 'id-number.other');
      // The number gives the birth date away, so the date goes too, in every way of writing it; a mistyped check digit changes nothing.
      const born = facts?.birthDate ?? /^\d{6}((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])/.exec(number)?.slice(1).join('-');
      if (born !== undefined) {
        const [year, month, dayOfMonth] = born.split('-').map(Number) as [number, number, number];
        const two = (n: number) => String(n).padStart(2, '0');
        const written = new Set([`${year}${two(month)}${two(dayOfMonth)}`]);
        for (const [m, d] of [
          [String(month), String(dayOfMonth)],
          [two(month), two(dayOfMonth)],
        ] as const) {
          for (const text of [
            `${year}年${m}月${d}日`,
            `${year}年${m}月${d}号`,
            `${year}-${m}-${d}`,
            `${year}/${m}/${d}`,
            `${year}.${m}.${d}`,
          ])
            written.add(text);
        }
        const notWithinNumber = (text: string, start: number, end: number) =>
          !/\d/.test(text.charAt(start - 1)) && !/\d/.test(text.charAt(end));
        for (const text of written)
          forms.push({ text, kind: 'birth-date', replacement: '【出生日期】', rule: 'id-number.birth-date', guard: notWithinNumber });
      }
    } else if (kind === 'phone') {
      const number = normalisePhone(plain);
      if (/^\d{5,}$/.test(number)) {
        numbers.push({ number, kind, replacement, rule: 'phone' });
        const local = /^0\d{2,3}(?=[2-9]\d{6,7}$)/.exec(number)?.[0];
        if (local !== undefined) numbers.push({ number: number.slice(local.length), kind, replacement, rule: 'phone.without-area' });
      } else literal(plain, 'phone.other');
    } else literal(plain, kind);
  }
  const byFirst = new Map<string, Form[]>();
  for (const form of forms) {
    const text = form.text.toLowerCase();
    const folded = { ...form, text };
    const list = byFirst.get(text.charAt(0));
    if (list) list.push(folded);
    else byFirst.set(text.charAt(0), [folded]);
  }
  return { forms: byFirst, numbers, outputs: [...new Set([...forms, ...numbers].map((f) => f.replacement))] };
};

const isGap = (c: string) => c === ' ' || c === '\n' || c === '\t' || c === '\r';

/** Where the form ends when it begins at `start`, with up to two blanks between its characters; undefined: it is not there. */
const endOfForm = (text: string, start: number, form: string): number | undefined => {
  let at = start;
  for (let k = 0; k < form.length; k += 1) {
    if (k > 0 && !isGap(form.charAt(k))) {
      let gaps = 0;
      while (gaps < 2 && isGap(text.charAt(at))) {
        at += 1;
        gaps += 1;
      }
    }
    if (text.charAt(at) !== form.charAt(k)) return undefined;
    at += 1;
  }
  return at;
};

const LONGEST_TOKEN = 30;
const wholeToken = (text: string, start: number, end: number): [number, number] => {
  const inToken = (at: number) => /[a-z0-9_-]/.test(text.charAt(at));
  let [from, to] = [start, end];
  while (from > 0 && start - from < LONGEST_TOKEN && inToken(from - 1)) from -= 1;
  while (to < text.length && to - end < LONGEST_TOKEN && inToken(to)) to += 1;
  return [from, to];
};

const knownHits = (text: string, search: Search): Hit[] => {
  const hits: Hit[] = [];
  for (let start = 0; start < text.length; start += 1) {
    for (const form of search.forms.get(text.charAt(start)) ?? []) {
      const end = endOfForm(text, start, form.text);
      if (end === undefined || (form.guard && !form.guard(text, start, end))) continue;
      // A birth date within an account's name (ly19870312) takes the whole name with it.
      const [from, to] = form.kind === 'birth-date' ? wholeToken(text, start, end) : [start, end];
      hits.push({ start: from, end: to, kind: form.kind, replacement: form.replacement, rule: form.rule });
    }
  }
  const view = digitView(text);
  for (const { number, kind, replacement, rule } of search.numbers) {
    for (const [start, end] of numberPlaces(view, text, number)) hits.push({ start, end, kind, replacement, rule });
  }
  return disjoint(hits);
};

// ---------------------------------------------------------------------------------------------------------------------
// Patterns: what the record does not know

/** Common surnames, single; rare ones are known through the record or named by a person. */
const surnames: ReadonlySet<string> = new Set(
  (
    '王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫' +
    '段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申殷詹欧耿关兰焦俞左柳甘祝包宁符阮尚舒纪梅童凌毕单季成霍苗涂谷曲盛冉翁蓝骆' +
    '路游靳辛欧管柴蒙鲍华喻祁房蒲滕屈饶解牟艾尤阳时穆农司古吉卜缪简车项连芦麦褚娄窦岑党宫费席卫柏宗冷桑窦连瞿桂全佟应臧闵苟邬边卞姬仇栾隋商刁沙荣巫寇戚甄丛仲虞敖巩明佘池查' +
    '麻苑迟邝封谈匡惠荆乐冀郁胥南储芮冼植谌揭占尧'
  ).split(''),
);

/** Two characters that begin with a surname and are an ordinary word: no name begins here. */
const notAName: ReadonlySet<string> = new Set(
  (
    '高兴 高度 高中 高龄 高考 高危 高压 高血 高烧 高额 常常 常年 常见 常住 常态 方面 方式 方法 方便 方案 方向 关系 关于 关心 关注 关爱 关怀 关键 成绩 成长 成年 成为 成员 成功 成人 成立 ' +
    '曾经 曾因 曾在 曾有 曾被 曾多 曾长 曾向 曾对 曾表 曾为 于是 于今 时常 时间 时期 时而 时候 向社 向法 向警 向老 向学 安全 安排 安静 安慰 安抚 安置 安心 平时 平静 温和 温柔 温暖 毛病 单独 单身 单亲 单位 单方 ' +
    '全家 全力 全职 全部 全面 全程 包括 包容 明确 明显 明白 路上 路过 马上 白天 金钱 金额 石头 万分 万一 文化 文静 文件 连续 连同 连夜 应该 应当 应对 应邀 房间 房子 房东 房租 房屋 游戏 游玩 华侨 师傅 师生 ' +
    '车祸 车间 车上 车费 商量 商议 商场 查看 查出 查询 官司 封闭 谈到 谈话 谈及 谈心 谈起 农村 农民 农活 古怪 吉利 简单 简历 项目 党员 宫颈 费用 席间 卫生 冷静 冷漠 冷战 全身 应激 边缘 边打 师范 ' +
    '沙发 荣誉 班级 班里 班上 班主 乐观 乐于 乐意 南方 解释 解决 解除 解雇 管教 管理 管束 华南 喻为 房贷 阳光 阳台 阳性 司机 童年 凌晨 毕业 季度 盛行 曲折 龙华 龙岗 江西 江苏 湖南 钱财 钱包 白血 金融 黄昏 ' +
    '易怒 易哭 易激 康复 康宁 施暴 施工 施压 文盲 严重 严格 严厉 莫名 温饱 任何 任务 任教 任职 余下 余生 许多 许久 何时 何况 何去 程度 童话 顾虑 顾及 顾问 左右 左手 左腿 甘愿 宁愿 宁可 尚未 尚可 尚有 舒缓 纪律 ' +
    '申请 申诉 申报 殷切 焦虑 焦急 焦躁 武断 史无 牛奶 石膏 夏天 夏季 田地 林地 田里 叶子 雷雨 钟头 孔隙 蒙受 穆斯 解读 解答 解聘 费力 费心 路费 路程 路人 边境 边说 池塘 麻木 麻烦 麻将 惠及 储蓄 占用 占有 占据'
  ).split(/\s+/),
);

/** Never the first character of a given name. */
const notGivenFirst = new Set('的了在是有与也都不没很被把给对从到去来说们，。'.split(''));
/** After a name a sentence goes on like this; as second character of a given name they are rare. */
const notGivenSecond = new Set(
  (
    '的了在是有和与及也都不没很更最被把给对向从到去来说称表认觉希想要会能可因为由于以而但却则就才又再还已曾将正每经常总其此该这那今现当同跟随带等并或如若虽时前后里中内外上下' +
    '患独自提担感情决离结丧失住居接受进入个名岁年月日刚一两三多开打讲问答哭叫看见听吃做工介签申找报发出退休学校患确查带送陪照只仍常曾原系身性男女目近回反至'
  ).split(''),
);

const cues = new RegExp(
  [
    '案主|服务对象|求助人|当事人|受助人|申请人|监护人|母亲|父亲|妈妈|爸爸|继父|继母|养父|养母|丈夫|妻子|老公|老婆|前夫|前妻|儿子|女儿|孩子|哥哥|姐姐|弟弟|妹妹|爷爷|奶奶|外公|',
    '外婆|公公|婆婆|岳父|岳母|舅舅|姑姑|姨妈|叔叔|伯父|堂兄|表弟|同学|班主任|老师|校长|邻居|社工|督导|医生|律师|民警|网格员|主任|书记|姓名|联系人|介绍人|代理人|舅妈|伯母|婶婶|姑父|姨父|姐夫|妹夫|名叫|叫做|本名|真名|患者|居民|',
    '村民|学生|男友|女友|室友|同事|朋友|闺蜜|房东|老板|孙子|孙女|外孙|外甥|侄子|侄女|姑妈|姨母|小姨|嫂子|弟媳|儿媳|女婿|亲戚|(?<!喊|大|惨|尖|嚎)叫|名为',
  ].join(''),
  'gu',
);

/** What people do after their name is told: 督导张静建议. */
const wordsAfterName = new Set(
  [
    '建议 指出 认为 强调 发现 了解 反映 协助 帮助 陪同 联系 参与 主动 通过 坦言 坦承 直言 透露 补充 回忆 描述 承认 否认 拒绝 答应 同意',
    '支持 反对 鼓励 安慰 引导 邀请 组织 负责 牵头 转介 走访 探访 评估 观察 分析 总结 努力 积极 逐渐 逐步 终于 突然 立即 随即 为人 先后 分别',
  ]
    .join(' ')
    .split(' '),
);

/** Where a Chinese name that begins at `start` ends; undefined when none seems to begin there. */
const endOfName = (text: string, start: number): number | undefined => {
  const surnameLength = compoundSurnames.has(text.slice(start, start + 2)) ? 2 : surnames.has(text.charAt(start)) ? 1 : 0;
  if (surnameLength === 0 || notAName.has(text.slice(start, start + 2))) return undefined;
  const first = start + surnameLength;
  const one = text.charAt(first);
  if (one === '' || !isHan(one) || notGivenFirst.has(one) || one === '某') return undefined;
  // 丈夫于三年前, 母亲于去年: the preposition, not the surname.
  if (text.charAt(start) === '于' && '一二三四五六七八九十两近今去前本上下次同其昨当早晚'.includes(one)) return undefined;
  const two = text.charAt(first + 1);
  return two !== '' && isHan(two) && !notGivenSecond.has(two) && !wordsAfterName.has(text.slice(first + 1, first + 3))
    ? first + 2
    : first + 1;
};

const longTitles = titles.filter((title) => title.length > 1);

/** Surnames that are far more often prepositions and adverbs: 向老师求助, 连医生都. */
const neverBeforeTitle = '向于时应连全何边由';
/** Surnames that end many words: before a title they count at the beginning of a phrase only. */
const rarelyBeforeTitle = '单成安常任关明方高';

/** 何 is a surname after these, and a question or 任何 elsewhere. */
const beforeSurnameHe = /(?:^|班主任|专家|督导|社工|心理|语文|数学|英语|体育|邻居|同事|[,。、;:“(的与和])$/u;
/** Whether a character that is rarely a surname before a title is one here. */
const isSurnameHere = (text: string, at: number): boolean => {
  const surname = text.charAt(at);
  const before = text.slice(Math.max(0, at - 4), at);
  // 班主任于老师 is a Ms Yu, 社工于老师… is too rare to guess.
  if (surname === '于') return /(?:班主任|专家)$/u.test(before);
  if (surname === '何') return beforeSurnameHe.test(before) && (!before.endsWith('任') || before.endsWith('班主任'));
  return !neverBeforeTitle.includes(surname);
};

/** Where the name before a title begins (王 in 王老师, 李红梅 in 李红梅老师); undefined when no surname stands there. */
const startBeforeTitle = (text: string, at: number, withGivenName: boolean): number | undefined => {
  if (withGivenName) {
    for (const back of [3, 2]) {
      const start = at - back;
      const surname = text.charAt(start);
      if (start < 0 || !surnames.has(surname) || !isSurnameHere(text, start) || rarelyBeforeTitle.includes(surname)) continue;
      const given = text.slice(start + 1, at);
      const plain = [...given].every((c, i) => isHan(c) && c !== '某' && !(i === 0 ? notGivenFirst : notGivenSecond).has(c));
      if (plain && !notAName.has(text.slice(start, start + 2)) && notAfterWord(text, start)) return start;
    }
  }
  if (at >= 2 && compoundSurnames.has(text.slice(at - 2, at))) return at - 2;
  const surname = text.charAt(at - 1);
  if (at < 1 || !surnames.has(surname)) return undefined;
  if (!isSurnameHere(text, at - 1)) return undefined;
  if (rarelyBeforeTitle.includes(surname) && isHan(text.charAt(at - 2))) return undefined;
  return notAfterWord(text, at - 1) ? at - 1 : undefined;
};

const nameHits = (text: string): Hit[] => {
  const hits: Hit[] = [];
  const add = (start: number, end: number, replacement: string, rule: string) => hits.push({ start, end, kind: 'name', replacement, rule });
  for (const cue of text.matchAll(cues)) {
    let start = cue.index + cue[0].length;
    for (let n = 0; n < 4 && /[:是为叫 ("“「、]/u.test(text.charAt(start)); n += 1) start += 1;
    const familiar = start + 2;
    if ('小老阿'.includes(text.charAt(start)) && surnames.has(text.charAt(start + 1)) && standsAlone(text, start, familiar)) {
      if (!everydayWords.has(text.slice(start, familiar))) add(start, familiar, '某人', 'name.nickname-after-cue');
      continue;
    }
    const end = endOfName(text, start);
    if (end === undefined) continue;
    const title = longTitles.find((t) => text.startsWith(t, start + 1) || text.startsWith(t, end));
    // A title after the name (母亲李女士, 班主任李红梅老师) is found below, and keeps the title.
    if (title === undefined) add(start, end, '某人', 'name.after-cue');
  }
  for (const match of text.matchAll(/(?<!百家|同|改|贵|老百|百|随[父母]?|冠)姓(?=(\p{Script=Han}))/gu)) {
    const at = match.index + 1;
    if (surnames.has(match[1] ?? '') && !notAName.has(text.slice(at, at + 2)) && !isHan(text.charAt(at + 1)))
      add(at, at + 1, '某', 'name.surname');
  }
  for (const title of text.matchAll(
    /女士|先生|小姐|太太|阿姨|叔叔|老师|同学|大爷|大妈|大叔|奶奶|爷爷|婆婆|伯伯|师傅|医生|护士|主任|校长|园长|书记|社工|警官|律师|法官|教授|某某|某/gu,
  )) {
    const at = title.index;
    const start = startBeforeTitle(text, at, title[0].length > 1 && !title[0].startsWith('某'));
    if (start === undefined) continue;
    if (title[0] === '某' && /[\p{Script=Han}]/u.test(text.charAt(at + 1)) && !afterName.has(text.charAt(at + 1))) {
      // 李某琴: the given name's last character goes with it; 王某家 keeps its noun.
      const next = text.charAt(at + 1);
      if (notGivenSecond.has(next) || '家母父妻夫子方案某'.includes(next)) add(start, at + 1, '某人', 'name.mou');
      else add(start, at + 2, '某人', 'name.mou');
    } else if (title[0].startsWith('某')) add(start, at + title[0].length, '某人', 'name.mou');
    else add(start, at + title[0].length, `某${title[0]}`, 'name.surname-title');
  }
  return hits;
};

// Up to two separators between two digits.
const sep = '[ \\-.·]{0,2}';
const digits = (n: number) => `(?:\\d${sep}){${n - 1}}\\d`;
const regexRules: readonly { readonly kind: FindingKind; readonly rule: string; readonly replacement: string; readonly pattern: RegExp }[] =
  [
    {
      kind: 'id-number',
      rule: 'id-number.18',
      replacement: '【证件号】',
      pattern: new RegExp(
        [
          `(?<![\\da-z])[1-9]${sep}${digits(5)}${sep}(?:1${sep}[89]|`,
          `2${sep}0)${sep}${digits(2)}${sep}[01]${sep}\\d${sep}[0-3]${sep}\\d${sep}${digits(3)}${sep}[\\dx](?![`,
          `\\da-z])`,
        ].join(''),
        'gu',
      ),
    },
    {
      kind: 'id-number',
      rule: 'id-number.15',
      replacement: '【证件号】',
      pattern: /(?<![\da-z])[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?![\da-z])/gu,
    },
    {
      kind: 'bank-card',
      rule: 'bank-card',
      replacement: '【银行卡号】',
      pattern: new RegExp(`(?<![\\da-z])[3-69]${sep}(?:\\d${sep}){14,17}\\d(?![\\da-z])`, 'gu'),
    },
    {
      kind: 'phone',
      rule: 'phone.mobile',
      replacement: '【电话】',
      pattern: new RegExp(`(?<![\\da-z])(?:\\+?86${sep})?1${sep}[3-9]${sep}${digits(9)}(?!\\d)`, 'gu'),
    },
    {
      kind: 'phone',
      rule: 'phone.mobile-in-words',
      replacement: '【电话】',
      pattern: /[一幺][三四五六七八九][〇零○一二三四五六七八九幺]{9}/gu,
    },
    {
      kind: 'phone',
      rule: 'phone.landline',
      replacement: '【电话】',
      pattern: /(?<!\d)\(?0(?:10|2\d|[3-9]\d{2})\)?[ -]{0,2}[2-9]\d{2,3}[ -]?\d{4}(?!\d)/gu,
    },
    {
      kind: 'phone',
      rule: 'phone.after-cue',
      replacement: '【电话】',
      pattern: /(?<=(?:电话|座机|固话|手机|联系方式)[号码是为: ]{0,4})[2-9]\d{2,3}[ -]?\d{4}(?!\d)/gu,
    },
    {
      kind: 'email',
      rule: 'email',
      replacement: '【邮箱】',
      pattern: /(?<![a-z0-9._%+-])[a-z0-9][a-z0-9._%+-]{0,63}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}/gu,
    },
    {
      kind: 'wechat',
      rule: 'wechat',
      replacement: '【微信号】',
      pattern: /(?<=(?:微信|wechat|vx|wx)[号码id是为: ("“]{0,6})[a-z][a-z0-9_-]{5,19}(?![a-z0-9_-])/gu,
    },
    { kind: 'qq', rule: 'qq', replacement: '【QQ号】', pattern: /(?<=(?:qq|扣扣)[号码群是为: ("“]{0,5})[1-9]\d{4,10}(?!\d)/gu },
    {
      kind: 'plate',
      rule: 'plate',
      replacement: '【车牌】',
      pattern:
        /[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][a-hj-np-z][· •-]?[a-hj-np-z0-9]{4,5}[a-hj-np-z0-9挂学警港澳](?![a-z0-9])/gu,
    },
    {
      kind: 'birth-date',
      rule: 'birth-date.cue-before',
      replacement: '【出生日期】',
      pattern:
        /(?<=(?:出生日期|出生年月日|出生年月|出生时间|出生于|出生在|生日|生于|诞于)[是为: 在]{0,3})(?:(?:19|20)\d{2}[年\-/.] ?)?\d{1,2}[月\-/.] ?\d{1,2}[日号]?/gu,
    },
    {
      kind: 'birth-date',
      rule: 'birth-date.month',
      replacement: '【出生年月】',
      pattern: /(?<=(?:出生年月|出生日期|出生于|生于)[是为: ]{0,3})(?:19|20)\d{2}[年\-/.] ?\d{1,2}月?(?![\d\-/.月])/gu,
    },
    {
      kind: 'birth-date',
      rule: 'birth-date.digits',
      replacement: '【出生日期】',
      pattern:
        /(?<=(?:出生日期|出生年月日|出生年月|出生时间|出生于|生日|生于)[是为: 在]{0,3})(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?!\d)/gu,
    },
    {
      kind: 'birth-date',
      rule: 'birth-date.cue-after',
      replacement: '【出生日期】',
      pattern: /(?<!\d)(?:19|20)\d{2}[年\-/.] ?\d{1,2}[月\-/.] ?\d{1,2}[日号]?(?= ?(?:出生|生人|生,|生。|诞生))/gu,
    },
    {
      kind: 'birth-date',
      rule: 'birth-date.in-words',
      replacement: '【出生日期】',
      pattern: new RegExp(
        [
          '[一二][九〇零○][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿]{1,3}[日号](?= ?(?:出生|生人))|(?<=(?:出生于|生于|',
          '出生日期|生日)[是为: ]{0,2})[一二][九〇零○][〇零○一二三四五六七八九]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十廿]{1,3}[日号]',
        ].join(''),
        'gu',
      ),
    },
    {
      kind: 'address',
      rule: 'address.unit',
      replacement: '某处',
      // 3栋, 3栋2单元401室, A座1203; in words only with two parts (三栋二单元), since 一栋 and 两室一厅 name no place.
      pattern: new RegExp(
        [
          String.raw`(?<![\da-z第])(?:[\da-z]{1,4}(?:栋|幢|号楼|单元|座(?=\d|[\da-z])|室(?![\d一二三]厅))|[一二三四五六七八九十]{1,3}(?:栋|幢|`,
          String.raw`号楼)(?=[\d一二三四五六七八九十]{1,3}(?:单元|层|楼|号|室))|[\da-z]座)(?:[\da-z一二三四五六七八九十]{1,4}(?:栋|幢|号楼|单元|座|楼|层|室|房|`,
          String.raw`号)){0,4}(?:\d{3,4}[室房号]?)?`,
        ].join(''),
        'gu',
      ),
    },
    {
      kind: 'school',
      rule: 'school.class',
      replacement: '某班',
      pattern: /(?:(?:[一二三四五六七八九]|\d)年级|[初高][一二三])[ (]{0,2}(?:\d{1,2}|[一二三四五六七八九十]{1,3})[ )]{0,2}班/gu,
    },
  ];

/** A name read backwards from its last words (…小学, …路12号). */
type SuffixRule = {
  readonly kind: FindingKind;
  readonly rule: string;
  readonly suffix: RegExp;
  readonly replacement: (suffix: string) => string;
  /** Fewest characters of the name proper. */
  readonly least: number;
  /** Names that are none: 附近的小学, 综合医院. */
  readonly generic: RegExp;
};

// Where a name cannot go on backwards: signs, and words that stand before names of places.
const wordsBeforeNames = new RegExp(
  [
    '(?:就读于|就读在|就读|就职于|任职于|毕业于|工作于|位于|来自|转到|转入|转至|转学到|转学至|转往|考入|考上|进入|升入|送到|送往|送至|前往|去了|去到|回到|返回|住在|居住在|',
    '居住于|居住|现居|居于|定居|暂住|租住|家住|搬到|搬至|搬进|落户|户籍|户籍地|现住|就医于|就诊于|入住|住进|联系|协调|链接|对接|通过|经过|路过|邀请|联合|会同|协同|陪同|陪伴|',
    '陪|案主|儿子|女儿|孩子|母亲|父亲|妈妈|爸爸|丈夫|妻子|老公|老婆|现在|目前|后来|曾经|曾|以及|还有|因为|由于|一家|一所|一个|那家|那所|这所|这家|所在|办事处|居委会|派出所|',
    '工作站|街道|与|及|由|(?<!华|有|大)为(?!民)|的|了|着|过|在|于|到|是|被|把|给)',
  ].join(''),
  'gu',
);
const leadingParticles =
  /^(?:[从和与及向去读上进回由让请往跟对至就原现同为由赴经入念]|她|他|我|你|们|也|都|将|又|再|已|并|其|因|时|后|前|年|月|日|岁|号)+/u;
/** Names of places that begin with what may also be a particle. */
const placesLikeParticles = new RegExp(
  [
    '^(?:上海|上饶|上林|上塘|上芬|上虞|上城|上街|和平|和田|和县|和顺|和谐|向阳|向荣|向东|向明|从化|回龙|回民|都江|都昌|都匀|进贤|进步|对外|原平|原阳|同仁|同济|同安|同心|',
    '同胜|同乐|经开|入围|前海|前进|前山|后海|后瑞|年丰|日新|日照|月亮|时代|时光|为民|就业|因特|再生|号)',
  ].join(''),
  'u',
);

const nameBefore = (text: string, end: number): number => {
  let start = end;
  // Han characters, digits and letters; at most fourteen.
  while (start > 0 && end - start < 14 && /[\p{Script=Han}\da-z]/u.test(text.charAt(start - 1)) && text.charAt(start - 1) !== blank)
    start -= 1;
  const window = text.slice(start, end);
  let cut = 0;
  for (const word of window.matchAll(wordsBeforeNames)) cut = word.index + word[0].length;
  let rest = window.slice(cut);
  for (let n = 0; n < 3; n += 1) {
    if (placesLikeParticles.test(rest)) break;
    const particle = leadingParticles.exec(rest)?.[0];
    if (particle === undefined) break;
    rest = rest.slice(1);
  }
  return end - rest.length;
};

const genericPlace = new RegExp(
  [
    '^(?:某.*|.*某|一所|一家|一个|另一.*|另外.*|同一.*|多.|几.|各.*|每.*|该|本|我|其|此|这.*|那.*|哪.*|所.*|原.?|新|旧|老|老旧|大|小|当地|本地|',
    '外地|异地|老家|附近|周边|周围|家附近|就近|辖区.*|相关|有关|其他|其它|不同|普通|重点|公办|民办|私立|公立|国际|全.|整.)$',
  ].join(''),
  'u',
);
const schoolKind = (suffix: string): string => {
  if (/幼/.test(suffix)) return '幼儿园';
  if (/小学/.test(suffix)) return '小学';
  if (/大学|学院/.test(suffix)) return '大学';
  return /中学|初中|高中/.test(suffix) ? '中学' : '学校';
};

const suffixRules: readonly SuffixRule[] = [
  {
    kind: 'school',
    rule: 'school',
    least: 2,
    suffix:
      /(?:附属)?(?:实验|外国语|中心|九年一贯制|特殊教育|职业技术|职业)?(?:小学|中学|初中|高中|幼儿园|幼稚园|学校|职校|技校|大学|学院)(?:部|分校|校区)?/gu,
    replacement: (suffix) => `某${schoolKind(suffix)}`,
    generic: new RegExp(
      [
        `${genericPlace.source}|^(?:寄宿.*|全日制|特殊.*|职业.*|普通.*|乡镇.*|乡村.*|农村.*|希望|家长|老年|社区|开放|函授|成人|夜|读完|上完|升.*|`,
        `小升|初|高|完|辍学.*|复学.*|休学.*|转.*|返.*|离开|逃离|不去|没有|害怕|拒绝.*|抗拒.*|厌恶|适应|融入|沟通.*|建议|要求|督促|协助|帮助|支持|配合|需要|希望|`,
        `办和|家庭|家校|学生|学习|同学|老师|教师|[一二三四五六七八九]年级.*|刚.*|正.*|一直.*|仍.*|还.*|即将.*|就要.*)$`,
      ].join(''),
      'u',
    ),
  },
  {
    kind: 'organisation',
    rule: 'organisation.hospital',
    least: 2,
    suffix: /(?:人民|中心|中医|妇幼保健|精神病|精神卫生|康复|儿童)?(?:医院|卫生院|门诊部|卫生服务中心|诊所|社康中心|社康|保健院)/gu,
    replacement: (suffix) =>
      /医院|保健院/.test(suffix) ? '某医院' : /卫生院/.test(suffix) ? '某卫生院' : /社康|服务中心/.test(suffix) ? '某社康中心' : '某诊所',
    generic: new RegExp(
      `${genericPlace.source}|^(?:三甲|专科|综合|定点|大型|公立.*|上级|多家|精神|精神专科|康复|[省市区县]级?|社区|住进|出院|离开|拒绝|不愿|前去|被送|紧急|协助|建议|需要|没有.*|经.*|由.*)$`,
      'u',
    ),
  },
  {
    kind: 'organisation',
    rule: 'organisation.company',
    least: 2,
    suffix:
      /(?:股份|集团)?(?:有限责任公司|有限公司)(?:[\p{Script=Han}]{2,8}分公司)?|公司|集团|律师事务所|社会工作服务中心|社会工作服务社|社工服务中心|社会服务中心|电子厂|制衣厂|服装厂|玩具厂|家具厂|食品厂|五金厂|超市/gu,
    replacement: (suffix) =>
      /律师/.test(suffix)
        ? '某律师事务所'
        : /社/.test(suffix)
          ? '某社工机构'
          : /厂/.test(suffix)
            ? '某工厂'
            : suffix === '超市'
              ? '某超市'
              : '某公司',
    generic: new RegExp(
      [
        `${genericPlace.source}|^(?:物业|保险|外卖|快递|建筑|劳务|装修|贷款|网贷|搬家|出租|房产|科技|互联网|贸易|物流|保洁|家政|保安|人力资源|施工|中介|上市|`,
        `跨国|私人|用人|连锁|大型|小型|楼下|便利|分|子|母|总|工作|任职|开|开了|入职|离开|辞去|社区|区|街道|专业|第三方|[市区县]|有限|股份有限)$`,
      ].join(''),
      'u',
    ),
  },
  {
    kind: 'address',
    rule: 'address.road',
    least: 1,
    suffix: new RegExp(
      [
        String.raw`(?:大道|路|街|巷|弄|胡同)(?:[东西南北中][段]?|[一二三四五六七八九十]{1,2}(?:路|街|巷))?(?:\d{1,5}(?:-\d{1,4})?|`,
        String.raw`[一二三四五六七八九十百]{1,5})(?:号|弄)(?:院|楼|之[\d一二三四五])?(?:[\da-z一二三四五六七八九十]{1,4}(?:栋|幢|号楼|单元|座|楼|层|室|房|`,
        String.raw`号)){0,4}(?:\d{3,4}[室房]?)?`,
      ].join(''),
      'gu',
    ),
    replacement: () => '某处',
    generic: /^$/u,
  },
  {
    kind: 'address',
    rule: 'address.estate',
    least: 2,
    suffix: new RegExp(
      [
        String.raw`(?:小区|花园|家园|公寓|花苑|雅苑|嘉苑|新苑|豪苑|佳苑|新村|大厦|公馆|华庭|名苑)(?:[\da-z一二三四五六七八九十]{1,4}(?:期|`,
        String.raw`区))?(?:[\da-z一二三四五六七八九十]{1,4}(?:栋|幢|号楼|单元|座|楼|层|室|房|号)){0,4}(?:\d{3,4}[室房]?)?`,
      ].join(''),
      'gu',
    ),
    replacement: (suffix) => (/大厦/.test(suffix) ? '某大厦' : /公寓/.test(suffix) ? '某公寓' : '某小区'),
    generic: new RegExp(
      `${genericPlace.source}|^(?:居住|住宅|安置|封闭|封闭式|高档|城中|拆迁|回迁|廉租|商品房|人才|单身|员工|学生|职工|老年|长者|精神|幸福|楼下|楼上|走进|进入|离开|社区|物业|美好|共同|重建|回归|建设|共建)$`,
      'u',
    ),
  },
  {
    // An estate told by its name alone: 锦绣江南三期7栋1单元1502.
    kind: 'address',
    rule: 'address.named-unit',
    least: 2,
    suffix:
      /(?:[\d一二三四五六七八九十]{1,2}期)?(?<!\d)\d{1,3}(?:栋|幢|号楼)(?:[\da-z一二三四五六七八九十]{1,4}(?:单元|座|楼|层|室|房|号)){0,4}(?:\d{3,4}[室房号]?)?/gu,
    replacement: () => '某小区',
    generic: new RegExp(`${genericPlace.source}|^(?:.*(?:共有?|建有|约|第|对面|隔壁|楼下|有|前|后|旁)|小区|住宅|居民|家)$`, 'u'),
  },
  {
    kind: 'organisation',
    rule: 'organisation.public',
    least: 2,
    suffix: /派出所|司法所|居委会|村委会|人民法院|人民检察院|党群服务中心/gu,
    replacement: (suffix) => `某${suffix.replace('人民', '')}`,
    generic: new RegExp(
      `${genericPlace.source}|^(?:社区|街道|村|户籍地?|所在地|[省市区县]|区县|中级|基层|高级|.*(?:求助|报告|报警|反映|申请|咨询|沟通|协商|起诉|联动|协助|前去|请|由|经|和|跟|向|对))$`,
      'u',
    ),
  },
  {
    kind: 'address',
    rule: 'address.street',
    least: 2,
    suffix: /街道(?:办事处|办)?/gu,
    replacement: (suffix) => `某${suffix}`,
    generic: new RegExp(
      [
        `${genericPlace.source}|^(?:.*(?:社区|区|市|民政|居委|村委|站|部门|政府|派出所|妇联|残联|上报|报告|通知|反映|求助|申请|咨询|社工|协助|沟通|请示|`,
        `汇报|转介|移交|备案|知会|告知|请|由|经|与|和|及|跟|向|当)|上|整条|打扫|清扫|商业|繁华)$`,
      ].join(''),
      'u',
    ),
  },
  {
    kind: 'address',
    rule: 'address.village',
    least: 1,
    suffix: /村(?:[\d一二三四五六七八九十]{1,3}(?:组|队|社|号|巷)|(?=村民小组|委会|人[,。、;]))/gu,
    replacement: () => '某村',
    generic: new RegExp(`${genericPlace.source}|^(?:农|乡|山|渔|城中|行政|自然|贫困|同|邻|新|全|外|本|嫁|出|进|回|驻|[镇乡])$`, 'u'),
  },
  {
    kind: 'address',
    rule: 'address.community',
    least: 2,
    suffix:
      /社区(?=居委会|工作站|党群|党委|网格|综合|社工|长者|书记|干部|民警|居民|日间|服务中心|租房|租住|居住|[\da-z一二三四五六七八九十]{1,4}(?:栋|号|组))/gu,
    replacement: () => '某社区',
    generic: new RegExp(
      [
        `${genericPlace.source}|^(?:.*(?:街道|联系|协调|协同|联动|链接|求助|沟通|报告|告知|走访|申请|转介|请|与|和|及|跟|向|由|经|当)|融入|走进|回归|`,
        `参与|深入|扎根|动员|带动|组织|服务|鼓励|面向|发动|引导|广大)$`,
      ].join(''),
      'u',
    ),
  },
];

const cuedVillage =
  /(?<=(?:住在|来自|老家在|老家是|娘家在|婆家在|祖籍|原籍|搬到|位于|嫁到|家住|户籍))(?!在|地在|地是|地为|是)[\p{Script=Han}]{2,18}?(?<!农|乡|山|城中|个|的)村(?!里|民|子|庄)/gu;

const suffixHits = (text: string): Hit[] => {
  const hits: Hit[] = [];
  for (const { kind, rule, suffix, replacement, least, generic } of suffixRules) {
    for (const match of text.matchAll(suffix)) {
      const start = nameBefore(text, match.index);
      const name = text.slice(start, match.index);
      if ([...name].length < least || generic.test(name) || /某$|^某/u.test(name)) continue;
      hits.push({ start, end: match.index + match[0].length, kind, replacement: replacement(match[0]), rule });
    }
  }
  for (const match of text.matchAll(cuedVillage)) {
    if (/^某|某村$/u.test(match[0])) continue;
    hits.push({
      start: match.index,
      end: match.index + match[0].length,
      kind: 'address',
      replacement: '某村',
      rule: 'address.village-after-cue',
    });
  }
  return hits;
};

const regexHits = (text: string): Hit[] =>
  regexRules.flatMap(({ kind, rule, replacement, pattern }) =>
    [...text.matchAll(pattern)].map((match) => ({ start: match.index, end: match.index + match[0].length, kind, replacement, rule })),
  );

/** Places that hold the words of a replacement, so that a text redacted once is not found guilty of its own 化名. */
const outputPlaces = (text: string, search: Search): [number, number][] => {
  const places: [number, number][] = [];
  for (const output of search.outputs) {
    const words = fold(output).text;
    for (let at = text.indexOf(words); at >= 0 && words !== ''; at = text.indexOf(words, at + words.length))
      places.push([at, at + words.length]);
  }
  return places;
};

const patternHits = (text: string, search: Search): Hit[] => {
  const all = [...regexHits(text), ...suffixHits(text), ...nameHits(text)];
  const own = outputPlaces(text, search);
  // A guess is spared within a pseudonym, or where it begins with one and goes on with a title or ran a character too far.
  const spared = (hit: Hit) =>
    hit.kind === 'name' &&
    own.some(
      ([start, end]) =>
        (start <= hit.start && hit.end <= end) ||
        (start === hit.start && (hit.rule === 'name.surname-title' ? end - start >= 2 : end === hit.end - 1)),
    );
  return disjoint(all.filter((hit) => !spared(hit)));
};

// ---------------------------------------------------------------------------------------------------------------------

const blanked = (text: string, hits: readonly Hit[]): string => {
  let result = '';
  let at = 0;
  for (const hit of hits) {
    result += text.slice(at, hit.start) + blank.repeat(hit.end - hit.start);
    at = hit.end;
  }
  return result + text.slice(at);
};

/**
 * Whether a known value by itself tells who is meant. A surname with a title does not: one family's new surname may be
 * another's old one, and 王 followed by 某小学 is no 王某.
 */
const identifies = (hit: Hit) => hit.rule !== 'name.nickname' && hit.rule !== 'name.surname-title';

const redactOrThrow = (text: string, known: readonly KnownIdentity[]): { text: string; findings: Finding[] } => {
  if (typeof text !== 'string' || !Array.isArray(known)) throw new RedactionFailure('not-text');
  if (text.length > longestText) throw new RedactionFailure('too-long');
  const search = prepare(known);
  for (const output of search.outputs) {
    if (knownHits(fold(output).text, search).some(identifies)) {
      throw new RedactionFailure('replacement-reveals');
    }
  }
  const folded = fold(text);
  const certain = knownHits(folded.text, search);
  const guessed = patternHits(blanked(folded.text, certain), search);
  const hits = [
    ...certain.map((hit) => ({ hit, source: 'known' as const })),
    ...guessed.map((hit) => ({ hit, source: 'pattern' as const })),
  ];
  hits.sort((a, b) => a.hit.start - b.hit.start);

  const findings: Finding[] = [];
  let result = '';
  let at = 0;
  for (const { hit, source } of hits) {
    const start = folded.from[hit.start];
    const end = folded.to[hit.end - 1];
    // Disjoint, in order and not empty: anything else would publish a piece that was to be replaced.
    if (start === undefined || end === undefined || start < at || end <= start) throw new RedactionFailure('unexpected');
    findings.push({ start, end, kind: hit.kind, original: text.slice(start, end), replacement: hit.replacement, source, rule: hit.rule });
    result += text.slice(at, start) + hit.replacement;
    at = end;
  }
  result += text.slice(at);
  const again = fold(result).text;
  const own = outputPlaces(again, search);
  if (knownHits(again, search).some((hit) => identifies(hit) && !own.some(([start, end]) => start <= hit.start && hit.end <= end)))
    throw new RedactionFailure('leftover');
  return { text: result, findings };
};

/**
 * Redacts a text: see the head of this file. `findings` are in the order of the text and do not overlap; with the
 * replacements put in their places the original becomes `text`. Throws RedactionFailure, and nothing else, whenever the
 * result could not be vouched for.
 */
export const redact = (text: string, known: readonly KnownIdentity[]): { readonly text: string; readonly findings: readonly Finding[] } => {
  try {
    return redactOrThrow(text, known);
  } catch (error) {
    throw error instanceof RedactionFailure ? error : new RedactionFailure('unexpected');
  }
};
