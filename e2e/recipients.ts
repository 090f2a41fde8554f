/** The people of the main journey and all by which somebody could know them again. Invented, like the numbers. */

type Person = {
  readonly name: string;
  readonly child: string;
  /** What the child is called in short. */
  readonly childShort: string;
  readonly idNumber: string;
  readonly birthOn: string;
  readonly phone: string;
  readonly wechat: string;
  readonly teacher: string;
  /** What a page shows of name, ID number and phone. */
  readonly masked: readonly [string, string, string];
  /** Under what title and name others read of it. */
  readonly published: { readonly title: string; readonly pseudonym: string };
};

const ADDRESS = '龙华街道清湖社区望湖路88号6栋1203';
const SCHOOL = '清湖第二小学';

const withStory = (p: Person) => ({
  ...p,
  address: ADDRESS,
  school: SCHOOL,
  household: `与十一岁的女儿${p.child}租住一室一厅，丈夫两年前因交通事故去世，娘家在外省，平日没有人能搭把手。`,
  summary:
    `${p.name}的丈夫在工地外被货车撞倒身亡，法院判决赔偿四十六万元，对方一直没有履行。她白天在餐馆洗碗，夜里做手工，每月收入三千元，` +
    `欠房东三个月租金，亲戚的借款也催得紧。女儿${p.child}从${SCHOOL}退学在家两个月，白天黑夜颠倒，不肯见老师。` +
    `${p.name}近来常说“撑不下去了”，夜里睡不着，联系电话${p.phone}。`,
  tried:
    `陪同${p.name}去法院执行局两次，窗口说查不到对方财产；班主任${p.teacher}上门一次，孩子没有开门，老师的微信号是${p.wechat}；` +
    '申请过一次临时救助，发了两千元，只够还一个月房租。',
  asks: '一想请律师看看执行还有没有别的路；二想知道怎样让孩子愿意回学校；三想为她们找到能撑过半年的生活来源；四想请人评估母亲的情绪。',
  /** Words of which none may stand on a page that leaves the circle of the case. */
  tellingWords: [p.name, p.child, p.childShort, p.idNumber, p.phone, '望湖路', '清湖', p.wechat, p.teacher] as readonly string[],
});

/** Somebody for whom a journey is told, with the story that is told of her. */
export type Recipient = ReturnType<typeof withStory>;

/** For the desks. */
export const wangHua: Recipient = withStory({
  name: '王桦',
  child: '王小禾',
  childShort: '小禾',
  idNumber: '449900199005128020',
  birthOn: '1990-05-12',
  phone: '19900009015',
  wechat: 'qinghu_li2019',
  teacher: '李老师',
  masked: ['王*', '449900********8020', '199****9015'],
  published: { title: '赔偿迟迟不到，孩子不再上学', pseudonym: '安岚' },
});

/** For the phones: a name as long as names are. */
export const ouyang: Recipient = withStory({
  name: '欧阳娜仁托娅·阿卜杜拉',
  child: '欧阳小穗',
  childShort: '小穗',
  idNumber: '449900199109289048',
  birthOn: '1991-09-28',
  phone: '19900009016',
  wechat: 'qinghu_chen2020',
  teacher: '陈老师',
  masked: ['欧*****·****', '449900********9048', '199****9016'],
  published: { title: '判决下来以后，母女怎样往前走', pseudonym: '安宁' },
});
