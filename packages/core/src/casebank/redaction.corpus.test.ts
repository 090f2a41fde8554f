/**
 * A second corpus, written as workers write: identifiers of every written form in running text, measured as missed and over-replaced.
 * {known} is in the record, [pattern] is not; everything else must stay. Every person, number and place is invented.
 */
import { expect, test } from 'vitest';
import { type KnownIdentity, RedactionFailure, redact } from './redaction.ts';

const known: KnownIdentity[] = [
  { kind: 'name', value: '梁秋月', replacement: '方晴' },
  { kind: 'name', value: '覃立诚', replacement: '沈岩' },
  { kind: 'name', value: '覃小满', replacement: '沈一一' },
  { kind: 'name', value: '上官云舒', replacement: '慕容青' },
  { kind: 'name', value: '单国华', replacement: '童正' },
  { kind: 'name', value: '娜仁托娅·巴图', replacement: '其其格' },
  { kind: 'name', value: '曾爱莲', replacement: '许静' },
  { kind: 'other', value: '大头', replacement: '小名' },
  { kind: 'other', value: '月月姐', replacement: '某姐' },
  { kind: 'id-number', value: '440999198703122846', replacement: '【证件号】' },
  { kind: 'phone', value: '13500135011', replacement: '【电话】' },
  { kind: 'phone', value: '0755-27771234', replacement: '【电话】' },
  { kind: 'address', value: '广东省深圳市龙华区福城街道章阁社区桂月路86号翠湖苑7栋2单元1103', replacement: '某小区' },
  { kind: 'school', value: '深圳市龙华区福城第二小学', replacement: '某小学' },
  { kind: 'organisation', value: '深圳市恒泰塑胶制品有限公司', replacement: '某公司' },
  { kind: 'organisation', value: '龙华区晨曦社会工作服务中心', replacement: '某机构' },
];

const texts = [
  // Full names, in the middle of everything
  '{梁秋月}，女，39岁，育有一子{覃小满}。',
  '服务对象为{梁秋月}一家三口。',
  '{梁秋月}与丈夫{覃立诚}分居两年。',
  '评估时{覃立诚}不在场，由{梁秋月}代述。',
  '{覃小满}说不想上学。',
  '据{上官云舒}反映，邻里关系紧张。',
  '{单国华}是{梁秋月}的舅舅，{曾爱莲}是她的婆婆。',
  '{娜仁托娅·巴图}去年从外省迁来，{娜仁托娅}普通话流利。',
  '（{梁秋月}）签名确认。',
  '“{覃小满}，你愿意试试吗？”社工问。',
  '{梁秋月}{覃立诚}夫妇一同到站。',
  '{梁秋月}/{覃立诚}均同意。',
  '1.{梁秋月}；2.{覃立诚}；3.{覃小满}。',
  '案主{梁　秋　月}于次日来电。',
  '{覃\u200b立诚}沉默了一会儿。',
  '记录人把{上 官 云 舒}写成了两段。',
  // Surname and title
  '{梁女士}表示压力很大。',
  '{覃先生}酒后摔了东西。',
  '{梁大姐}常来站里帮忙。',
  '{上官老师}曾做过家访。',
  '{单叔叔}愿意接送孩子。',
  '{曾奶奶}一个人住。',
  '{曾婆婆}听力不好，{曾阿姨}是邻居的叫法。',
  '{覃同学}课间常独自坐着。',
  '{梁某}与{覃某某}协议分居。',
  // Nicknames and forms of the given name
  '{秋月}低着头，说不出话。',
  '{小满}喜欢画画。',
  '{满满}是妈妈对他的叫法。',
  '{阿月}是工友对她的叫法。',
  '{月姐}手艺好，{小月}是母亲的叫法。',
  '{立诚}答应戒酒。',
  '{诚哥}在工地上有些名气。',
  '{小梁}说，明天再来。',
  '{老覃}不肯来，{老单}劝了几次。',
  '外号{大头}的就是他儿子，工友都叫她{月月姐}。',
  // Numbers of the record
  '身份证{440999198703122846}已核对。',
  '身份证{4409 9919 8703 1228 46}已核对。',
  '身份证{４４０９９９１９８７０３１２２８４６}已核对。',
  '证件号{440999-19870312-2846}。',
  '老号码{440999870312284}还在户口本上。',
  '出生于{1987年3月12日}，{1987-03-12}生，登记为{19870312}。',
  '出生日期{1987.3.12}，也写{1987/03/12}。',
  '电话{13500135011}打不通。',
  '电话{135 0013 5011}打不通，改打{135-0013-5011}。',
  '她报了号码：{一三五零零一三五零一一}。',
  '她一个字一个字地念：{幺三五〇〇幺三五〇幺幺}。',
  '联系电话{１３５００１３５０１１}。',
  '家里座机{0755-27771234}，平时打{27771234}。',
  '{(0755)27771234}是家里的电话。',
  // Places of the record, whole and in part
  '住址：{广东省深圳市龙华区福城街道章阁社区桂月路86号翠湖苑7栋2单元1103}。',
  '住{福城街道章阁社区桂月路86号}。',
  '住{桂月路86号翠湖苑}。',
  '在{翠湖苑7栋2单元1103}见面。',
  '{章阁社区}开了一次协调会。',
  '{福城街道}派人参加。',
  '她在{桂月路86号}等社工。',
  '深圳市龙华区这样的家庭不少。',
  // Schools and organisations of the record
  '孩子在{深圳市龙华区福城第二小学}读四年级。',
  '孩子在{福城第二小学}读四年级。',
  '她在{深圳市恒泰塑胶制品有限公司}上夜班。',
  '她在{恒泰塑胶制品}上夜班。',
  '由{龙华区晨曦社会工作服务中心}承接。',
  '{晨曦社会工作服务中心}的同事接力跟进。',
  // Unknown people
  '妹妹[梁秋红|]照看孩子。',
  '前夫[郑凯]住在外地。',
  '班主任[何老师]很关心他。',
  '班主任[何敏老师]很关心他。',
  '心理老师[范老师]每周见一次。',
  '网格员[廖先生]上门核实。',
  '医生[罗建华]建议复诊。',
  '民警[熊警官]做了笔录。',
  '律师[汤律师]解释了诉讼时效。',
  '公公[覃德海]常年卧床。',
  '房东[邱阿姨]答应缓交房租。',
  '同事[小谭]替她顶班。',
  '联系人：[严丽萍]。',
  '姓名：[孟繁星]，性别：女。',
  '监护人[龚玉珍]到场签字。',
  '一位叫[柳青青]的志愿者陪同。',
  '儿子的同桌叫[彭浩然]。',
  '舅妈[温秀兰]与[蒋女士]同住。',
  '社区主任[谢主任]主持了会议。',
  '[司马先生]和[诸葛老师]也来了。',
  // Unknown numbers
  '丈夫手机[13822223333]。',
  '丈夫手机[138 2222 3333]。',
  '丈夫手机[１３８２２２２３３３３]。',
  '丈夫的号码是[一三八二二二二三三三三]。',
  '医院电话[0755-29991111]。',
  '紧急联系人[+86 13822223333]。',
  '证件[440999201105063412]已复印。',
  '孩子的证件[440999 20110506 3412]。',
  '社保卡尾数不记，银行卡[6217003320098765432]。',
  '微信：[qiuyue_87]，微信号[ly19870312x]。',
  'wx:[abc_1987]，加微信[hello-moon88]。',
  'QQ号[987654321]，qq：[1234567890]。',
  '邮箱[lqy@example.org]。',
  '车牌号[粤B8K321]的面包车。',
  '一辆[粤BDA1234]的新能源车。',
  '[湘A·12B45]停在楼下。',
  '孩子[2014年5月6日]出生。',
  '出生年月：[2014年5月]。',
  '生于[二〇一四年五月六日]。',
  // Unknown places
  '暂住[清泉路15号]。',
  '暂住[水斗新围村三巷8号302]。',
  '娘家在[化州市丽岗镇长湾村]。',
  '搬到[金地梅陇镇2期6栋B座1506]。',
  '住[锦绣新村12栋501房]。',
  '在[大水坑社区]租房。',
  '住进[龙华区妇幼保健院]。',
  '转到[育英中学]，原在[新华中学]。',
  '就读[小太阳幼儿园]大班。',
  '[四年级（3）班]的家长群。',
  '[初二（11）班]转来一名学生。',
  '她在[永盛五金厂]做质检。',
  '在[好又多超市]做收银。',
  '由[福城派出所]出警。',
  '[龙华区人民检察院]发来函件。',
  // A pseudonym stays
  '文中的林晓岚为化名，林晓岚说睡得好些了。',
  // Nothing to replace: words that look like it
  '孩子每天上学，母亲常常加班，老人经常忘记吃药。',
  '案主觉得方向不明，社工陪她一步步来。',
  '高兴的时候，她会唱歌；平时话不多。',
  '项目共服务120户、350人次，用时三个月。',
  '第二次面谈持续90分钟，目标达成度为百分之八十。',
  '2026年3月5日召开会诊，3月20日前完成行动项。',
  '低保金每月1365元，医疗费自付4800元。',
  '社区居委会、街道办和学校都参加了会议。',
  '她小时候住在山里，小学毕业就外出打工。',
  '月月都要复查，天天都要吃药，处处都要花钱。',
  '家庭会议上，三方达成一致：安全第一。',
  '老人单独居住，曾经跌倒过一次，经济困难。',
  '成年子女应当赡养老人，这是法律规定的责任。',
  '任何人都可以申请，任何老师都可以转介。',
  '方老师傅一样的耐心？不，只是常说的话。',
];

type Planted = { readonly text: string; readonly start: number; readonly end: number; readonly known: boolean };

const parse = (marked: string): { original: string; planted: Planted[] } => {
  let original = '';
  const planted: Planted[] = [];
  for (const part of marked.matchAll(/\{([^{}]+)\}|\[([^[\]|]+)\|?\]|[^{[]+/gsu)) {
    const word = part[1] ?? part[2];
    const start = original.length;
    original += word ?? part[0];
    if (word !== undefined) planted.push({ text: word, start, end: original.length, known: part[1] !== undefined });
  }
  return { original, planted };
};

const measured = texts.map((marked) => {
  const { original, planted } = parse(marked);
  const { findings } = redact(original, known);
  const covered = (p: Planted): boolean =>
    Array.from({ length: p.end - p.start }, (_, i) => p.start + i).every((at) => findings.some((f) => f.start <= at && at < f.end));
  return {
    original,
    missed: planted.filter((p) => !covered(p)),
    over: findings.filter((f) => !planted.some((p) => p.start < f.end && f.start < p.end)),
    planted,
  };
});

test('the two corpora hold at least two hundred texts', () => expect(texts.length + 85).toBeGreaterThanOrEqual(200));

test('what the record knows is never missed, in any written form', () => {
  expect(measured.flatMap((m) => m.missed.filter((p) => p.known).map((p) => [p.text, m.original]))).toEqual([]);
});

test('what only a pattern can find is found, and nothing else is replaced', () => {
  const missed = measured.flatMap((m) => m.missed.filter((p) => !p.known).map((p) => `${p.text} ← ${m.original}`));
  const over = measured.flatMap((m) => m.over.map((f) => `${f.original} (${f.rule}) ← ${m.original}`));
  expect({ missed, over }).toEqual({ missed: [], over: [] });
});

test('a corpus with a record that cannot be searched for is refused, text by text', () => {
  for (const { original } of measured)
    expect(() => redact(original, [...known, { kind: 'name', value: '梁', replacement: '方' }])).toThrow(RedactionFailure);
});
