/** Words of what is recorded of a person besides who it is, by national lists of codes. */
import type { z } from 'zod';
import type { DetailItem, Education, Ethnicity, Hukou, Marital, Politics } from '../cases/schema.ts';

/** What is asked for. */
export const detailItemLabels: Readonly<Record<DetailItem, string>> = {
  ethnicity: '民族',
  marital: '婚姻状况',
  education: '文化程度',
  politics: '政治面貌',
  registration: '户籍',
  registrationPlace: '户籍地',
  occupation: '职业',
};

const NAMES =
  '汉族 蒙古族 回族 藏族 维吾尔族 苗族 彝族 壮族 布依族 朝鲜族 满族 侗族 瑶族 白族 土家族 哈尼族 哈萨克族 傣族 黎族 傈僳族 佤族 畲族 高山族 拉祜族 水族 东乡族 纳西族 景颇族 柯尔克孜族 土族 达斡尔族 仫佬族 羌族 布朗族 撒拉族 毛南族 仡佬族 锡伯族 阿昌族 普米族 塔吉克族 怒族 乌孜别克族 俄罗斯族 鄂温克族 德昂族 保安族 裕固族 京族 塔塔尔族 独龙族 鄂伦春族 赫哲族 门巴族 珞巴族 基诺族'.split(
    ' ',
  );

/** GB/T 3304, 中国各民族名称; the numbers run from 01 in this order. */
export const ethnicityLabels: Readonly<Record<Ethnicity, string>> = {
  ...(Object.fromEntries(NAMES.map((name, i) => [String(i + 1).padStart(2, '0'), name])) as Record<Ethnicity, string>),
  97: '其他',
  98: '外国血统中国籍人士',
};

/** GB/T 2261.2, 婚姻状况代码. */
export const maritalLabels: Readonly<Record<z.infer<typeof Marital>, string>> = {
  10: '未婚',
  20: '已婚',
  21: '初婚',
  22: '再婚',
  23: '复婚',
  30: '丧偶',
  40: '离婚',
  90: '未说明',
};

/** GB/T 4658, 学历代码, the main classes. */
export const educationLabels: Readonly<Record<z.infer<typeof Education>, string>> = {
  10: '研究生',
  20: '大学本科',
  30: '大学专科',
  40: '中等职业教育',
  60: '普通高中',
  70: '初中',
  80: '小学',
  90: '其他',
};

/** GB/T 4762, 政治面貌代码. */
export const politicsLabels: Readonly<Record<z.infer<typeof Politics>, string>> = {
  '01': '中共党员',
  '02': '中共预备党员',
  '03': '共青团员',
  '04': '民革党员',
  '05': '民盟盟员',
  '06': '民建会员',
  '07': '民进会员',
  '08': '农工党党员',
  '09': '致公党党员',
  '10': '九三学社社员',
  '11': '台盟盟员',
  '12': '无党派人士',
  '13': '群众',
};

/** Where somebody is registered. */
export const registrationLabels: Readonly<Record<z.infer<typeof Hukou>, string>> = {
  district: '本区户籍',
  city: '本市其他区',
  province: '本省其他市',
  'other-province': '外省',
  overseas: '港澳台或外国籍',
  none: '没有户口',
};

const CODED: Readonly<Partial<Record<DetailItem, Readonly<Record<string, string>>>>> = {
  ethnicity: ethnicityLabels,
  marital: maritalLabels,
  education: educationLabels,
  politics: politicsLabels,
  registration: registrationLabels,
};

/** One item in words; what was typed is itself. */
export const detailWords = (item: DetailItem, value: string): string => CODED[item]?.[value] ?? value;

/** What may be chosen for an item, in the order of its list; undefined where it is typed. Numbers as keys would not keep their order. */
export const detailOptions = (item: DetailItem): { value: string; label: string }[] | undefined => {
  const words = CODED[item];
  if (words === undefined) return undefined;
  const options = Object.entries(words).map(([value, label]) => ({ value, label }));
  return item === 'registration' ? options : options.toSorted((a, b) => (a.value < b.value ? -1 : 1));
};
