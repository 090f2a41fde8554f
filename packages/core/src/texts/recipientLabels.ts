/** Words of the room of recipients that only its own pages need. */
import type { ReceiverKind } from '../cases/schema.ts';
import type {
  AlikeBy,
  Bond,
  DisabilityClass,
  EcoSystem,
  Flow,
  FoundBy,
  HouseholdMember,
  HouseholdRelation,
  Kin,
  PictureView,
  RecipientCategory,
  RecipientStepKind,
  Vital,
} from '../recipients/schema.ts';

/** What a person is counted as. */
export const recipientCategoryLabels: Readonly<Record<RecipientCategory, string>> = {
  subsistence: '低保',
  'subsistence-margin': '低保边缘',
  destitute: '特困',
  disabled: '残疾',
  'child-in-need': '困境儿童',
  'left-behind-child': '留守儿童',
  'elder-alone': '独居老人',
  'elder-dependent': '失能老人',
  'special-care': '优抚',
  other: '其他',
  'destitute-housed': '特困（集中供养）',
  'destitute-home': '特困（分散供养）',
  'rigid-spending': '刚性支出困难',
  'relapse-watch': '防返贫监测',
  'temporary-relief': '临时救助',
  vagrant: '流浪乞讨',
  orphan: '孤儿',
  'unraised-child': '事实无人抚养儿童',
  'migrant-child': '流动儿童',
  'elder-advanced': '高龄老人',
  'elder-empty-nest': '空巢老人',
  'lost-only-child': '失独',
  'mental-disorder': '精神障碍',
  'community-correction': '社区矫正',
  'drug-rehab': '戒毒',
};

/** Classes of disability. */
export const disabilityLabels: Readonly<Record<DisabilityClass, string>> = {
  sight: '视力',
  hearing: '听力',
  speech: '言语',
  limb: '肢体',
  intellect: '智力',
  mind: '精神',
  multiple: '多重',
  other: '其他',
};

/** Grades of disability; the first is the gravest. */
export const gradeLabels: Readonly<Record<'1' | '2' | '3' | '4', string>> = { 1: '一级', 2: '二级', 3: '三级', 4: '四级' };

/** Relation to the head of the household. */
export const householdRelationLabels: Readonly<Record<HouseholdRelation, string>> = {
  head: '户主',
  spouse: '配偶',
  child: '子女',
  'child-in-law': '儿媳或女婿',
  grandchild: '孙辈',
  parent: '父母',
  'parent-in-law': '公婆或岳父母',
  grandparent: '祖辈',
  sibling: '兄弟姐妹',
  'other-kin': '其他亲属',
  'not-kin': '非亲属',
};

/** How two stand to each other. */
export const bondLabels: Readonly<Record<Bond, string>> = {
  close: '亲密',
  ordinary: '一般',
  distant: '疏远',
  conflict: '冲突',
  broken: '断绝',
};

/** How a family stands to what surrounds it. */
export const ecoBondLabels: Readonly<Record<Bond, string>> = {
  close: '强',
  ordinary: '一般',
  distant: '弱',
  conflict: '紧张',
  broken: '中断',
};

/** How two are kin. */
export const kinLabels: Readonly<Record<Kin, string>> = {
  married: '结婚',
  cohabiting: '同居',
  separated: '分居',
  divorced: '离婚',
  child: '亲生',
  adopted: '收养',
  foster: '寄养',
};

/** Which way help or demand goes. */
export const flowLabels: Readonly<Record<Flow, string>> = {
  both: '双向',
  'to-family': '流向家庭',
  'from-family': '流出家庭',
};

/** Whether somebody lives. */
export const vitalLabels: Readonly<Record<Vital, string>> = { living: '在世', deceased: '已故', unborn: '未出生' };

/** What the receiver of a consent is. */
export const receiverKindLabels: Readonly<Record<ReceiverKind, string>> = {
  organisation: '机构',
  expert: '专家',
  partner: '联动单位',
  public: '公众',
};

/** The two drawings of a household. */
export const pictureLabels: Readonly<Record<PictureView, string>> = { family: '家系图', eco: '生态图' };

/** What surrounds a family. */
export const ecoSystemLabels: Readonly<Record<EcoSystem, string>> = {
  school: '学校',
  work: '单位',
  medical: '医疗',
  kin: '亲戚',
  friends: '朋友',
  community: '社区',
  faith: '信仰团体',
  government: '政府部门',
  welfare: '福利与慈善',
  other: '其他',
};

/** By what somebody was found. */
export const foundByLabels: Readonly<Record<FoundBy, string>> = {
  'id-number': '证件号码相同',
  phone: '电话相同',
  'name-birth': '姓名和生日相同',
  name: '姓名相同',
  pinyin: '姓名同音',
  'former-name': '曾用名相同或同音',
};

/** Why two look like one. */
export const alikeByLabels: Readonly<Record<AlikeBy, string>> = {
  'id-number': '证件号码相同',
  'phone-birth': '电话和生日相同',
  'name-birth': '姓名和生日相同',
};

/** What stands on the timeline of a person. */
export const recipientStepLabels: Readonly<Record<RecipientStepKind, string>> = {
  'case-opened': '建立个案',
  note: '个案记录',
  consent: '登记同意',
  'consent-withdrawn': '撤回同意',
  request: '疑难求助',
  'request-closed': '支援结束',
  'case-closed': '个案结案',
  category: '类别',
  'contact-unsafe': '标记联系不安全',
  'group-joined': '加入小组',
  'group-session': '参加小组',
  'group-left': '离开小组',
  activity: '参加活动',
  'relief-screened': '救助筛查',
  'relief-closed': '救助结束',
  visit: '探访',
  'visit-missed': '探访未遇',
  alarm: '危机或家暴',
  paper: '各阶段文书',
  paused: '暂停服务',
  reopened: '重开个案',
  'follow-up': '回访',
  handover: '移交',
  form: '表单',
  referral: '转介',
  appeal: '居民求助',
  'former-name': '曾用名',
  guardian: '登记监护人',
  merged: '合并档案',
  ledger: '台账记录',
};

/** What stands in a drawing in, and under, the symbol of a member. */
export const drawnWords = (
  m: Pick<HouseholdMember, 'name' | 'age' | 'relation' | 'vital' | 'birthYear' | 'diedYear' | 'kind'>,
): { inside: string; name: string; under: string } => ({
  inside: m.age === null ? '' : `${m.age}`,
  name: m.name ?? '另一位服务对象',
  under:
    m.vital === 'living'
      ? householdRelationLabels[m.relation]
      : m.vital === 'unborn'
        ? '未出生'
        : m.diedYear === null
          ? `${householdRelationLabels[m.relation]}，已故`
          : `${m.birthYear ?? '？'}–${m.diedYear}`,
});
