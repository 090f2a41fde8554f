/** How a row of a ledger is read: cells as people type them become what is meant, or a code for what is wrong. */
import type { ContactKind, ServiceDomain } from '../contacts/schema.ts';
import { BELOW_AGE, type DisabilityClass, type RecipientCategory } from '../recipients/schema.ts';
import { addDays, ageOn, type Day, dayFrom } from '../shared/day.ts';
import { documentVerdict, idNumberFacts, normaliseIdNumber, normalisePhone, phoneKind, toHalfWidth } from '../shared/identifiers.ts';
import type { ImportColumn, ImportColumnKey, RowProblem, RowProblemCode } from './schema.ts';

/** How a cell came: a text, a number as it is written in the file, a number that is shown as a day, a formula without result, an error. */
export type CellForm = 'text' | 'number' | 'day' | 'formula' | 'error';
export type Cell = { readonly text: string; readonly form: CellForm };

/** A person as a row names it. */
export type PersonWords = {
  readonly name: string | null;
  readonly idNumber: string | null;
  readonly birthOn: Day | null;
  readonly phone: string | null;
};

/** Somebody of a register. */
export type RecipientRow = {
  readonly kind: 'recipients';
  readonly name: string;
  readonly gender: 'female' | 'male' | 'unknown';
  readonly idNumber: string | null;
  readonly birthOn: Day | null;
  readonly phone: string | null;
  readonly address: string | null;
  readonly categories: readonly {
    readonly category: RecipientCategory;
    readonly disability: DisabilityClass | null;
    readonly grade: number | null;
  }[];
  readonly worker: string | null;
};

/** An act of service. */
export type ContactRow = {
  readonly kind: 'contacts';
  readonly happenedOn: Day;
  readonly worker: string | null;
  /** Null where a group or an activity names nobody. */
  readonly person: PersonWords | null;
  readonly contact: ContactKind;
  readonly domain: ServiceDomain;
  readonly minutes: number | null;
  readonly people: number;
};

/** A row that was read; `upgraded` where an ID number of 15 digits became one of 18. */
export type ReadRow = { readonly row: RecipientRow | ContactRow | null; readonly problems: RowProblem[]; readonly upgraded: boolean };

const EMPTY: Cell = { text: '', form: 'text' };
const SAME = /^(同上|〃|″|"|''|″″|——"——)$/u;

/** A cell as plain text: half-width where it is digits and signs, blanks at the ends gone. */
export const plainOf = (cell: Cell): string => toHalfWidth(cell.text).replace(/^'/, '').trim();

// A formula that came as a text: what would run it must never get it.
const FORMULA = /^[=@]|^[+-](?![\d.\s])/;

/** A number as Excel writes it, as plain digits; undefined where digits are lost (beyond 15) or it is no whole number. */
export const wholeOf = (text: string): string | undefined => {
  if (!/^[+-]?\d+(\.\d+)?(E[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? String(value) : undefined;
};

const looksScientific = (text: string): boolean => /^\d(\.\d+)?E\+?\d+$/i.test(text);

const SERIAL_LEAST = 1;
const SERIAL_MOST = 80_000;
/** The day of an Excel serial; 60 is a day that never was (29 February 1900), as Excel counts it. */
export const dayOfSerial = (serial: number): Day | undefined => {
  const whole = Math.floor(serial);
  if (whole < SERIAL_LEAST || whole > SERIAL_MOST) return undefined;
  const start = dayFrom(1899, 12, whole < 60 ? 31 : 30);
  return start === undefined ? undefined : addDays(start, whole);
};

type Got<T> = { readonly value: T } | { readonly code: RowProblemCode };
const wrong = (code: RowProblemCode): { readonly code: RowProblemCode } => ({ code });

/** A day as people write it: 2024.3.5, 2024年3月5日, 2024-3-5, 2024/3/5, 20240305, or the serial of Excel. */
export const readDay = (cell: Cell): Got<Day> => {
  const text = plainOf(cell)
    .replace(/\s+\d{1,2}:\d{2}(:\d{2})?(\.\d+)?$/, '')
    .replace(/\s+/g, '');
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text) ??
    /^(\d{4})-(\d{2})-(\d{2})T[\d:.]+Z?$/.exec(text);
  if (parts !== null) {
    const found = dayFrom(Number(parts[1]), Number(parts[2]), Number(parts[3]));
    return found === undefined ? wrong('date-unreadable') : { value: found };
  }
  if (/^\d{4}[-/.年]\d{1,2}月?$/.test(text) && cell.form !== 'day' && !/^\d{4}\.\d{3,}$/.test(text)) return wrong('date-incomplete');
  if (/^\d{1,5}(\.\d+)?$/.test(text) && cell.form !== 'text') {
    const found = dayOfSerial(Number(text));
    if (found !== undefined && !(cell.form === 'number' && Number(text) < 3_000)) return { value: found };
  }
  // Days that were typed into a file of texts keep their serial.
  if (/^[2-5]\d{4}$/.test(text)) {
    const found = dayOfSerial(Number(text));
    if (found !== undefined) return { value: found };
  }
  return wrong(/^\d{4}年?$/.test(text) ? 'date-incomplete' : 'date-unreadable');
};

/** An ID number: a resident's is checked, 15 digits become 18; a number of more than 15 digits that came as a number has lost its end. */
export const readIdNumber = (
  cell: Cell,
): Got<{ number: string; upgraded: boolean; birthOn: Day | null; gender: 'female' | 'male' | null }> => {
  const text = normaliseIdNumber(plainOf(cell));
  if (cell.form === 'number' || cell.form === 'day') {
    const whole = wholeOf(text);
    if (whole === undefined || whole.length > 15) return wrong('id-lost');
    return readIdNumber({ text: whole, form: 'text' });
  }
  if (looksScientific(text)) return wrong('id-lost');
  // Excel fills lost digits with noughts: the last three of a number that passed through it.
  if (/^\d{15}000$/.test(text) && idNumberFacts(text) === undefined) return wrong('id-lost');
  if (/^\d{15}$|^\d{17}[\dX]$/.test(text)) {
    const facts = idNumberFacts(text);
    if (facts === undefined) return wrong('id-wrong');
    return { value: { number: facts.number, upgraded: text.length === 15, birthOn: facts.birthDate, gender: facts.gender } };
  }
  if (/^\d+$/.test(text) || !documentVerdict('other', text).ok) return wrong('id-wrong');
  return { value: { number: text, upgraded: false, birthOn: null, gender: null } };
};

const NO_PHONE = /^(无|没有|暂无|无电话|-+|\/|不详)$/;
/** A telephone number; several in one cell give the first. */
export const readPhone = (cell: Cell): Got<string | null> => {
  const text = cell.form === 'number' ? (wholeOf(plainOf(cell)) ?? plainOf(cell)) : plainOf(cell);
  if (NO_PHONE.test(text)) return { value: null };
  const first = text.split(/[、,，;；/]+|\s+(?=1[3-9]\d{9}(?!\d))/u)[0] ?? text;
  const number = normalisePhone(first);
  const kind = phoneKind(number);
  if (kind === undefined) return wrong('phone-wrong');
  return { value: kind === 'none' ? null : number };
};

const GENDERS: Readonly<Record<string, 'female' | 'male' | 'unknown'>> = {
  男: 'male',
  男性: 'male',
  女: 'female',
  女性: 'female',
  '1': 'male',
  '2': 'female',
  不详: 'unknown',
  未知: 'unknown',
};

const CATEGORIES: Readonly<Record<string, RecipientCategory>> = Object.fromEntries(
  (
    [
      ['subsistence', '低保 低保户 低保对象 低保家庭 城市低保 农村低保 最低生活保障'],
      ['subsistence-margin', '低保边缘 低保边缘户 低收入 低收入家庭 低边 低边户 低保边缘家庭'],
      ['destitute', '特困 特困人员 五保 五保户 特困供养'],
      ['destitute-housed', '集中供养 特困集中供养 特困（集中） 特困(集中) 特困集中'],
      ['destitute-home', '分散供养 特困分散供养 特困（分散） 特困(分散) 特困分散'],
      ['rigid-spending', '刚性支出困难 刚性支出 支出型困难 支出型困难家庭 刚性支出困难家庭'],
      ['relapse-watch', '防返贫监测 防返贫监测户 监测户 防返贫 三类户 脱贫不稳定户 边缘易致贫户'],
      ['temporary-relief', '临时救助 临时救助对象'],
      ['vagrant', '流浪乞讨 流浪乞讨人员 流浪'],
      ['disabled', '残疾 残疾人 残障 残障人士'],
      ['child-in-need', '困境儿童 困境未成年人'],
      ['orphan', '孤儿'],
      ['unraised-child', '事实无人抚养儿童 事实无人抚养'],
      ['migrant-child', '流动儿童'],
      ['left-behind-child', '留守儿童 农村留守儿童'],
      ['elder-alone', '独居老人 独居 独居老年人'],
      ['elder-dependent', '失能老人 失能 半失能 失智老人 失能老年人'],
      ['elder-advanced', '高龄 高龄老人 高龄老年人'],
      ['elder-empty-nest', '空巢 空巢老人 空巢老年人'],
      ['lost-only-child', '失独 失独家庭 失独老人 计生特殊家庭 计划生育特殊家庭'],
      ['mental-disorder', '精神障碍 精神障碍患者 严重精神障碍 严重精神障碍患者'],
      ['community-correction', '社区矫正 社区矫正对象 社矫对象'],
      ['drug-rehab', '戒毒 社区戒毒 社区康复 戒毒康复 戒毒人员'],
      ['special-care', '优抚 优抚对象 退役军人 烈属 军属'],
      ['other', '其他 其它'],
    ] as const
  ).flatMap(([category, words]) => words.split(' ').map((word) => [word, category] as const)),
);
const NO_CATEGORY = /^(无|否|普通|普通居民|一般|-+|\/)$/;

const CLASSES: Readonly<Record<string, DisabilityClass>> = {
  视力: 'sight',
  听力: 'hearing',
  言语: 'speech',
  肢体: 'limb',
  智力: 'intellect',
  精神: 'mind',
  多重: 'multiple',
  其他: 'other',
};
const GRADES: Readonly<Record<string, number>> = { 一: 1, 二: 2, 三: 3, 四: 4, 壹: 1, 贰: 2, 叁: 3, 肆: 4, '1': 1, '2': 2, '3': 3, '4': 4 };

const disabilityOf = (text: string): { disability: DisabilityClass; grade: number } | undefined => {
  const found = /(视力|听力|言语|肢体|智力|精神|多重|其他)(?:残疾|残障)?[^一二三四1-4]{0,2}([一二三四壹贰叁肆1-4])级?/u.exec(text);
  const disability = CLASSES[found?.[1] ?? ''];
  const grade = GRADES[found?.[2] ?? ''];
  return disability === undefined || grade === undefined ? undefined : { disability, grade };
};

type Category = RecipientRow['categories'][number];

/** Categories of a cell: 低保、独居老人; 残疾 needs class and grade, here or in the column of its own. */
export const readCategories = (text: string, disability: string): Got<Category[]> => {
  const found: Category[] = [];
  for (const word of text.split(/[、,，;；/\s+和]+/u).filter((w) => w !== '' && !NO_CATEGORY.test(w))) {
    const category = Object.hasOwn(CATEGORIES, word) ? CATEGORIES[word] : disabilityOf(word) === undefined ? undefined : 'disabled';
    if (category === undefined) return wrong('category-unknown');
    if (category !== 'disabled') found.push({ category, disability: null, grade: null });
    else {
      const said = disabilityOf(word) ?? disabilityOf(disability);
      if (said === undefined) return wrong('disability-incomplete');
      found.push({ category, ...said });
    }
  }
  if (disability !== '' && !NO_CATEGORY.test(disability) && !found.some((c) => c.category === 'disabled')) {
    const said = disabilityOf(disability);
    if (said === undefined) return wrong('disability-incomplete');
    found.push({ category: 'disabled', ...said });
  }
  return { value: found.filter((c, i) => found.findIndex((o) => o.category === c.category && o.disability === c.disability) === i) };
};

const words = <T extends string>(table: Readonly<Record<T, string>>): Readonly<Record<string, T>> =>
  Object.fromEntries(
    (Object.entries(table) as [T, string][]).flatMap(([value, also]) => also.split(' ').map((word) => [word, value] as const)),
  ) as Readonly<Record<string, T>>;

const KINDS = words<ContactKind>({
  'case-interview': '面谈 个案面谈 个案·面谈 个案 个案服务 会谈 访谈',
  'case-home': '家访 个案家访 个案·家访 上门 入户 入户家访',
  'case-phone': '电话 电访 电话访谈 个案·电话 电话联系 电话跟进',
  'case-online': '线上 微信 网络 个案·线上 视频',
  'case-resource': '资源链接 个案·资源链接 转介 链接资源',
  'case-relief': '救助服务 个案·救助服务 救助个案 救助',
  'case-other': '个案其他 个案·其他 其他 其它 外展',
  visit: '探访 走访 入户探访 探望 慰问 入户走访',
  'group-session': '小组 小组活动 小组工作 团体',
  activity: '社区活动 活动 社区工作 宣传活动 讲座',
});
const DOMAINS = words<ServiceDomain>({
  relief: '社会救助 救助 救助服务 低保',
  community: '社区建设 社区 社区治理 社区服务',
  family: '婚姻家庭 家庭 家庭服务 妇女儿童 妇女',
  drug: '禁毒戒毒 禁毒 戒毒',
  correction: '矫治帮教 矫正 社区矫正 帮教 司法',
  mediation: '纠纷调解 调解 矛盾调解',
  disability: '残障康复 残障 残疾人服务 助残 残疾',
  emergency: '应急处置 应急',
  elder: '为老服务 老年 养老 老年人服务 长者 长者服务 为老',
  youth: '青少年服务 青少年 儿童 未成年人 儿童青少年 少年儿童',
  health: '精神健康 心理 精卫 心理健康 精神卫生',
  other: '其他 其它',
});
/** A word without blanks and middle dots of any kind, so that 个案 · 面谈 is 个案·面谈. */
const bare = (text: string): string => text.replace(/\s+/g, '').replace(/[•‧・．.-]/g, '·');

const wholeNumber = (cell: Cell): number | undefined => {
  const text = plainOf(cell).replace(/(分钟|分|人次|人|次)$/u, '');
  const whole = wholeOf(text);
  return whole === undefined ? undefined : Number(whole);
};

const LONGEST: Readonly<Partial<Record<ImportColumnKey, number>>> = { name: 40, address: 120, worker: 40 };
const TYPED: readonly ImportColumnKey[] = ['name', 'address', 'worker', 'categories', 'kind', 'domain', 'disability'];

/** The cells of one row by what they mean, with what the row above said where a blank means that. Counts what it filled. */
export const cellsByMeaning = (
  columns: readonly ImportColumn[],
  cells: readonly Cell[],
  above: ReadonlyMap<ImportColumnKey, Cell>,
): { readonly said: Map<ImportColumnKey, Cell>; readonly filled: number[] } => {
  const said = new Map<ImportColumnKey, Cell>();
  const filled: number[] = [];
  for (const [i, { key, fill }] of columns.entries()) {
    if (key === null) continue;
    const cell = cells[i] ?? EMPTY;
    const text = plainOf(cell);
    const before = above.get(key);
    if (before !== undefined && fill && cell.form === 'text' && (text === '' || SAME.test(text))) {
      said.set(key, before);
      filled.push(i);
    } else said.set(key, cell);
  }
  return { said, filled };
};

const nameOf = (text: string): string => (/\p{Script=Han}/u.test(text) ? text.replace(/\s+/g, '') : text.replace(/\s+/g, ' '));

/** Reads one row. Only what the row itself says is judged here; whether somebody is there already the platform knows. */
export const readRow = (kind: 'recipients' | 'contacts', said: ReadonlyMap<ImportColumnKey, Cell>, today: Day): ReadRow => {
  const problems: RowProblem[] = [];
  const bad = (column: ImportColumnKey, code: RowProblemCode): undefined => {
    if (!problems.some((p) => p.column === column)) problems.push({ column, code, row: null });
  };
  for (const [key, cell] of said) {
    const text = plainOf(cell);
    if (cell.form === 'error') bad(key, 'cell-error');
    else if (cell.form === 'formula') bad(key, 'formula-empty');
    else if (TYPED.includes(key) && FORMULA.test(text)) bad(key, 'formula-like');
    else if (text.length > (LONGEST[key] ?? 200)) bad(key, 'too-long');
  }
  const faulty = (key: ImportColumnKey): boolean => problems.some((p) => p.column === key);
  const textOf = (key: ImportColumnKey): string => (faulty(key) ? '' : plainOf(said.get(key) ?? EMPTY));
  const get = <T>(key: ImportColumnKey, read: (cell: Cell) => Got<T>): T | null => {
    if (textOf(key) === '') return null;
    const got = read(said.get(key) ?? EMPTY);
    if ('value' in got) return got.value;
    bad(key, got.code);
    return null;
  };
  const dayBefore = (key: ImportColumnKey, least: string): Day | null => {
    const found = get(key, readDay);
    if (found === null) return null;
    if (found > today) bad(key, 'date-future');
    else if (found < least) bad(key, 'date-too-early');
    else return found;
    return null;
  };
  const person = () => {
    const id = get('idNumber', readIdNumber);
    const written = dayBefore('birthOn', '1900-01-01');
    if (id?.birthOn != null && written !== null && id.birthOn !== written) bad('birthOn', 'id-birth');
    return { id, birthOn: written ?? id?.birthOn ?? null, phone: get('phone', readPhone), name: nameOf(textOf('name')) };
  };
  const done = (row: ReadRow['row'], upgraded: boolean): ReadRow => ({ row: problems.length > 0 ? null : row, problems, upgraded });
  const worker = textOf('worker').replace(/\s+/g, '') || null;

  if (kind === 'recipients') {
    const { id, birthOn, phone, name } = person();
    if (name === '' && !faulty('name')) bad('name', 'missing');
    const genderText = textOf('gender');
    const gender =
      genderText === ''
        ? (id?.gender ?? 'unknown')
        : Object.hasOwn(GENDERS, genderText)
          ? GENDERS[genderText]
          : bad('gender', 'gender-unknown');
    if (id?.gender != null && gender !== undefined && gender !== 'unknown' && gender !== id.gender) bad('gender', 'id-gender');
    const categories = readCategories(textOf('categories'), textOf('disability'));
    const age = birthOn === null ? undefined : ageOn(birthOn, today);
    if ('code' in categories)
      bad(categories.code === 'disability-incomplete' && textOf('disability') !== '' ? 'disability' : 'categories', categories.code);
    else if (categories.value.some((c) => (age ?? 0) >= (BELOW_AGE[c.category] ?? 999))) bad('categories', 'category-not-minor');
    return done(
      {
        kind,
        name,
        gender: gender ?? 'unknown',
        idNumber: id?.number ?? null,
        birthOn,
        phone,
        address: textOf('address') || null,
        categories: 'value' in categories ? categories.value : [],
        worker,
      },
      id?.upgraded ?? false,
    );
  }

  const { id, birthOn, phone, name } = person();
  const happenedOn = dayBefore('happenedOn', '1990-01-01');
  if (happenedOn === null && !faulty('happenedOn')) bad('happenedOn', 'missing');
  const kindText = bare(textOf('kind'));
  const contact = kindText === '' ? undefined : Object.hasOwn(KINDS, kindText) ? KINDS[kindText] : bad('kind', 'kind-unknown');
  if (contact === undefined && !faulty('kind')) bad('kind', 'missing');
  const domainText = bare(textOf('domain'));
  const domain = domainText === '' ? 'other' : Object.hasOwn(DOMAINS, domainText) ? DOMAINS[domainText] : bad('domain', 'domain-unknown');
  const minutes = textOf('minutes') === '' ? null : wholeNumber(said.get('minutes') ?? EMPTY);
  if (minutes === undefined || (minutes !== null && (minutes < 0 || minutes > 6_000))) bad('minutes', 'minutes-wrong');
  const people = textOf('people') === '' ? 1 : wholeNumber(said.get('people') ?? EMPTY);
  if (people === undefined || people < 1 || people > 100_000) bad('people', 'people-wrong');
  const named = id !== null || name !== '';
  const together = contact === 'group-session' || contact === 'activity';
  if (!named && !together && contact !== undefined && !faulty('name') && !faulty('idNumber')) bad('name', 'person-missing');
  else if (named && id === null && birthOn === null && phone === null && !faulty('idNumber') && !faulty('birthOn') && !faulty('phone'))
    bad('name', 'person-missing');
  return done(
    {
      kind,
      happenedOn: happenedOn ?? today,
      worker,
      person: named ? { name: name === '' ? null : name, idNumber: id?.number ?? null, birthOn, phone } : null,
      contact: contact ?? 'case-other',
      domain: domain ?? 'other',
      minutes: minutes ?? null,
      people: people ?? 1,
    },
    id?.upgraded ?? false,
  );
};

const SUM = /^(合计|总计|小计|共计|本页合计|本页小计|累计)(人数|人次)?(?!\p{Script=Han})/u;
const FOOT = /^(填表人?|填报人|填报单位|制表人?|审核人?|负责人|说明|备注|注|单位负责人|填报日期|制表日期)[:：]/;

/** Whether a row is none of a ledger: empty, a sum, a line for signatures, or the heading once more. */
export const isAside = (cells: readonly Cell[], heading: readonly string[]): boolean => {
  const texts = cells.map(plainOf);
  const said = texts.filter((t) => t !== '');
  if (said.length === 0) return true;
  const first = (said[0] ?? '').replace(/\s+/g, '');
  if (SUM.test(first) || FOOT.test(first)) return true;
  const again = heading.filter((h, i) => h !== '' && texts[i] === h).length;
  return again >= 2 && again >= said.length - 1;
};
