/** Invented Chinese text from a seeded generator: the same seed gives the same district, so that two runs measure the same thing. */

/** Numbers in [0, 1) from a seed (mulberry32). */
export const random = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const SURNAMES = [...'王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹'];
const GIVEN = [...'桦敏秀英志远佳丽建国文博晓岚静怡海涛雪梅子轩雨桐嘉欣浩然'];
const WHO = [
  '单亲母亲',
  '独居老人',
  '困境儿童',
  '残障青年',
  '失独夫妇',
  '刑满释放人员',
  '重病患者',
  '外来务工家庭',
  '留守儿童',
  '抑郁青少年',
];
const WHERE = [
  '花园社区',
  '城中村出租屋',
  '街道社工站',
  '区人民医院',
  '职业学校',
  '派出所调解室',
  '社区食堂',
  '日间照料中心',
  '法律援助窗口',
  '救助管理站',
];
const WHAT = [
  '拿不到事故赔偿',
  '三个月没有上学',
  '拒绝服药',
  '与房东发生冲突',
  '被拖欠工资',
  '申请低保被退回',
  '夜里反复走失',
  '遭受家庭暴力',
  '沉迷网络游戏',
  '欠下大额债务',
  '没有监护人',
  '不愿与人来往',
  '户口一直没有落下',
  '医疗费用无力承担',
  '与子女断绝往来',
];
const DID = [
  '社工陪同前往窗口办理',
  '链接公益律师提供咨询',
  '召开家庭会议',
  '每周入户探访两次',
  '转介心理咨询师评估',
  '协调学校保留学籍',
  '申请临时救助',
  '建立安全计划',
  '联络居委会结对照看',
  '组织小组活动',
  '开展危机干预',
  '协助办理残疾证',
  '运用叙事疗法重新讲述经历',
  '以优势视角整理家庭资源',
];
const FOUND = [
  '赔偿款分两次到账',
  '孩子回到课堂',
  '病情趋于稳定',
  '双方达成书面协议',
  '低保按月发放',
  '邻里开始主动问候',
  '债务分期偿还',
  '本人重新就业',
  '风险等级降为低',
  '服务目标基本达成',
];
const THEN = [
  '随后',
  '一个月以后',
  '经过多次沟通',
  '在督导建议下',
  '会诊以后',
  '因为缺少材料',
  '考虑到本人意愿',
  '在家属同意下',
  '回访时',
  '春节以前',
];

/** One of the list. */
export const pick = <T>(next: () => number, list: readonly T[]): T => list[Math.floor(next() * list.length)] as T;

/** A name of three characters. */
const nameOf = (next: () => number): string => pick(next, SURNAMES) + pick(next, GIVEN) + pick(next, GIVEN);

/** A text of about so many characters. */
export const textOf = (next: () => number, length: number): string => {
  let text = '';
  while (text.length < length) {
    const number = 1 + Math.floor(next() * 30);
    text += pick(next, [
      () => `${pick(next, THEN)}，${pick(next, WHO)}${nameOf(next)}在${pick(next, WHERE)}${pick(next, WHAT)}，${pick(next, DID)}。`,
      () => `${pick(next, DID)}，${number}天以后${pick(next, FOUND)}。`,
      () => `${nameOf(next)}说自己${pick(next, WHAT)}，希望${pick(next, FOUND)}。`,
      () => `${pick(next, THEN)}${pick(next, DID)}，又在${pick(next, WHERE)}${pick(next, DID)}，${pick(next, FOUND)}。`,
    ])();
  }
  return text;
};

/** What people type into the search of the case bank, from words that stand in most entries to words that stand in none. */
export const searches = (next: () => number): { two: string[]; four: string[]; name: string[] } => ({
  two: [
    '社工',
    '低保',
    '债务',
    '学籍',
    '督导',
    '老人',
    '律师',
    '医疗',
    '赔偿',
    '户口',
    '叙事',
    '救助',
    '邻里',
    '春节',
    '暴力',
    '走失',
    '监护',
    '派出',
    '火灾',
    '孩子',
  ],
  four: [
    '单亲母亲',
    '家庭会议',
    '申请低保',
    '公益律师',
    '危机干预',
    '困境儿童',
    '临时救助',
    '拒绝服药',
    '入户探访',
    '安全计划',
    '叙事疗法',
    '优势视角',
    '重新就业',
    '独居老人',
    '海上救援',
  ],
  name: Array.from({ length: 40 }, () => nameOf(next)),
});
