/** The person of the main journey and all by which somebody could know her again. Invented, like the numbers. */
export const wangHua = {
  name: '王桦',
  child: '王小禾',
  idNumber: '449900199005128020',
  phone: '19900009015',
  address: '龙华街道清湖社区望湖路88号6栋1203',
  school: '清湖第二小学',
  household: '与十一岁的女儿王小禾租住一室一厅，丈夫两年前因交通事故去世，娘家在外省，平日没有人能搭把手。',
  summary:
    '王桦的丈夫在工地外被货车撞倒身亡，法院判决赔偿四十六万元，对方一直没有履行。她白天在餐馆洗碗，夜里做手工，每月收入三千元，' +
    '欠房东三个月租金，亲戚的借款也催得紧。女儿王小禾从清湖第二小学退学在家两个月，白天黑夜颠倒，不肯见老师。' +
    '王桦近来常说“撑不下去了”，夜里睡不着，联系电话19900009015。',
  tried:
    '陪同王桦去法院执行局两次，窗口说查不到对方财产；班主任李老师上门一次，孩子没有开门，老师的微信号是qinghu_li2019；' +
    '申请过一次临时救助，发了两千元，只够还一个月房租。',
  asks: '一想请律师看看执行还有没有别的路；二想知道怎样让孩子愿意回学校；三想为她们找到能撑过半年的生活来源；四想请人评估王桦的情绪。',
} as const;

/** Words of which none may stand on a page that leaves the circle of the case. */
export const tellingWords: readonly string[] = [
  '王桦',
  '王小禾',
  '小禾',
  wangHua.idNumber,
  wangHua.phone,
  '望湖路',
  '清湖',
  'qinghu_li2019',
  '李老师',
];
