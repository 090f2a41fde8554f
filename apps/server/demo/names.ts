/**
 * Invented people: names, and identifiers that are formally right (check digits) but come from ranges that no
 * authority has assigned, so that no demo record can ever meet a real person.
 */
import type { Random } from './random.ts';

/** Gender as the demo data knows it. */
export type Gender = 'female' | 'male';

const surnameGroups: readonly (readonly [string, number])[] = [
  ['王李张', 66],
  ['刘陈杨黄', 46],
  ['赵周吴徐孙朱马胡林郭何高', 19],
  ['罗郑梁谢宋唐许邓韩冯曹彭曾肖田董潘袁蔡', 10],
  ['蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱', 5],
  ['戴严莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲冉翁蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫仇查区', 1.4],
];

/** Family names with their weights, from the most common to the rare and the two-character ones. */
export const surnames: readonly (readonly [string, number])[] = [
  ...surnameGroups.flatMap(([characters, weight]) => [...characters].map((name) => [name, weight] as const)),
  ...['欧阳', '司徒', '上官', '诸葛', '司马', '东方', '尉迟', '皇甫', '令狐', '慕容'].map((name) => [name, 0.9] as const),
];

/** Characters of given names by the gender that they usually belong to. */
export const givenCharacters: Readonly<Record<Gender, readonly string[]>> = {
  female: [...'娜婷雯丽芳敏静慧颖倩玲燕霞红梅兰菊萍莉娟秀英华珍琴瑶瑾萱怡欣悦彤妍雅琪菲蕾薇蓉芸苗茜莹晶洁雪冰月云霜露虹霏岚曦晴暖蓝茵蕊荷莲桂棠杏桃柳枝叶夏秋冬春安宁和娴淑贞惠爱恩佩珊琳璐璇珂玥琬琼瑜嫣婉婕妤姝媛娅媚嘉佳依伊诗韵音琦可心意念思忆舒文书素纯真善美好凤凰绮锦纱凝澜漪涵溪汐沁沐淇渔清湘潇漫灵仙妙黛翠碧青紫'],
  male: [...'伟强磊军洋勇杰涛明超刚平辉鹏斌波宇浩凯健俊帆峰亮林森栋梁楠枫松柏桐桦树志德仁义礼智信忠孝廉正直诚毅恒坚定远航海江河川泽润泉源深渊博学达通贯文武斌翰章景昊旭晨晖曜昱晟昭晓阳光耀炎焱煜烨炜烽铭钧锐锋钢铁鑫铮锦城坤垚培基堂山岳岩岗嵩峻崇岭石磐砚骏骥驰骋腾飞翔弘宏鸿展鲲鹤云雷霆震天宙乾启承继祖耀宗兴旺盛昌隆富裕丰年康泰安宁国邦家齐治均衡权维纲纪振扬奋发立建成功业勋绩荣庆喜福禄寿祥瑞吉嘉言行知'],
};

const minorityGiven: Readonly<Record<Gender, readonly string[]>> = {
  female: ['阿依古丽', '古丽娜尔', '热依汗', '帕丽达', '娜迪拉', '迪丽努尔'],
  male: ['艾尔肯', '库尔班', '阿迪力', '帕尔哈提', '努尔兰', '叶尔江'],
};
const minorityFamily = ['买买提', '艾合买提', '吐尔逊', '阿不都拉', '哈力克', '叶斯木', '塞力克', '玉素甫'];

/** A source of names that never gives the same name twice. */
export interface NameBook {
  /** A name for a person of the given gender. */
  next(gender: Gender): string;
  /** Keeps a name from being given, because a story uses it. */
  reserve(name: string): void;
}

/** Opens a name book; the same random stream gives the same names in the same order. */
export function openNameBook(random: Random): NameBook {
  const taken = new Set<string>();
  const draw = (gender: Gender): string => {
    if (random.chance(0.012)) return `${random.pick(minorityGiven[gender])}·${random.pick(minorityFamily)}`;
    const family = random.weighted(surnames);
    const characters = givenCharacters[gender];
    const first = random.pick(characters);
    if (random.chance(0.16)) return family + first;
    const second = random.chance(0.07) ? first : random.pick(characters);
    return family + first + second;
  };
  return {
    next(gender) {
      let name = draw(gender);
      while (taken.has(name)) name = draw(gender);
      taken.add(name);
      return name;
    },
    reserve(name) {
      taken.add(name);
    },
  };
}

/**
 * First six digits of every demo ID number and credit code: Guangdong's province number with a city number that
 * GB/T 2260 has never assigned.
 */
export const fictitiousDivision = '449900';

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** Check character of an ID number's first 17 digits (GB 11643). */
export function idCheckCharacter(digits: string): string {
  const sum = idWeights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return '10X98765432'[sum % 11] as string;
}

/**
 * An ID number from the fictitious range.
 * @param birthDate calendar day as `YYYY-MM-DD`
 * @param sequence any whole number; consecutive numbers of one birth date and gender stay different up to 500
 */
export function fictitiousIdNumber(birthDate: string, gender: Gender, sequence: number): string {
  const order = String((sequence % 500) * 2 + (gender === 'male' ? 1 : 0)).padStart(3, '0');
  const digits = fictitiousDivision + birthDate.replaceAll('-', '') + order;
  return digits + idCheckCharacter(digits);
}

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of a unified social credit code's first 17 characters (GB 32100). */
export function creditCheckCharacter(body: string): string {
  let factor = 1;
  let sum = 0;
  for (const character of body) {
    sum += creditAlphabet.indexOf(character) * factor;
    factor = (factor * 3) % 31;
  }
  return creditAlphabet[(31 - (sum % 31)) % 31] as string;
}

/** Registering authority and kind: 51 社会团体, 52 社会服务机构, 53 基金会, 11 机关, 12 事业单位, 91 企业. */
export type CreditKind = '51' | '52' | '53' | '11' | '12' | '91';

/** A unified social credit code with a fictitious division and organisation part and right check characters. */
export function fictitiousCreditCode(kind: CreditKind, sequence: number): string {
  const organisation = `DEM${String(sequence % 100000).padStart(5, '0')}`;
  const weights = [3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, index) => total + weight * parseInt(organisation[index] as string, 36), 0);
  const rest = (11 - (sum % 11)) % 11;
  const body = kind + fictitiousDivision + organisation + (rest === 10 ? 'X' : String(rest));
  return body + creditCheckCharacter(body);
}

/** Who a demo telephone number belongs to; each has a block of its own. */
export type PhoneBlock = 'recipient' | 'expert' | 'worker' | 'partner';

const phoneBlocks: Readonly<Record<PhoneBlock, string>> = { recipient: '1990000', expert: '1990001', worker: '1990002', partner: '1990003' };

/** A mobile number that looks right and is nobody's. */
export function fictitiousMobile(block: PhoneBlock, sequence: number): string {
  return phoneBlocks[block] + String(sequence % 10000).padStart(4, '0');
}

/** A landline with a leading zero after the area code, which no exchange gives out. */
export function fictitiousLandline(sequence: number): string {
  return `0755-0000${String(sequence % 10000).padStart(4, '0')}`;
}

/** Names for published cases (化名), by gender; a publication takes one and never the person's own. */
export const pseudonyms: Readonly<Record<Gender, readonly string[]>> = {
  female: ['小荷', '阿秀', '慧姐', '云姨', '阿兰', '小满', '静姐', '阿霞', '小棠', '素姨', '阿梅', '小雨', '燕姐', '阿珍', '小禾', '阿芳', '晓晓', '琴姨', '阿莲', '小月', '萍姐', '阿惠', '小杏', '婉姐'],
  male: ['阿强', '小川', '老周', '阿明', '小舟', '老陈', '阿杰', '小宇', '老梁', '阿辉', '小帆', '老吴', '阿勇', '小林', '老何', '阿海', '小恒', '老秦', '阿祥', '小东', '老许', '阿平', '小武', '老叶'],
};
