/** Groups, activities, supervision, danger and ledgers: 11 to 15 of CONVENTIONS 2.4, in sentences of our own. */
import type { FormDocument } from '@jieyou/core/forms/document.ts';
import {
  cell,
  day,
  dayCell,
  form,
  line,
  many,
  must,
  number,
  numberCell,
  one,
  oneCell,
  own,
  passage,
  section,
  signature,
  table,
  yesno,
} from './parts.ts';

const GROUP = 'MZ/T 095—2017《社会工作方法 小组工作》';
const COMMUNITY = 'MZ/T 071—2016《社区社会工作服务指南》；社区活动通行文书';
const LEDGER = [
  cell('number', '编号', true),
  dayCell('on', '日期'),
  cell('name', '姓名（打码）'),
  cell('kind', '类型'),
  cell('worker', '社工'),
  cell('state', '状态'),
];

const ledger = (code: string, title: string): FormDocument =>
  form({
    code,
    title,
    standard: '社工站台账（每类一张，横向 A4）',
    subject: 'work',
    note: '平时由平台按已登记的服务自动生成，这里是手工补登的空白表。姓名一律打码。',
    sections: [
      section('head', '台账', [
        line('station', '站点', must),
        line('period', '月份或年份', must),
        table('rows', '逐条登记', LEDGER, { maxRows: 60 }),
        line('filled-by', '填报人'),
        line('checked-by', '审核人'),
      ]),
    ],
  });

/** 11 to 15. */
export const otherForms: readonly FormDocument[] = [
  form({
    code: 't11a-group-plan',
    title: '小组计划书',
    standard: GROUP,
    subject: 'group',
    keptAs: 'papers',
    signer: 'head',
    sections: [
      section('idea', '一、理念与目标', [
        line('name', '小组名称', must),
        passage('idea', '理念：为什么做、依据什么', must),
        passage('aims', '目标', must),
        passage('whom', '对象和人数', must),
        passage('recruit', '怎么招募', must),
      ]),
      section('sessions', '二、节次', [
        table(
          'sessions',
          '各节安排',
          [cell('no', '节次', true), dayCell('on', '日期'), cell('theme', '主题', true), cell('aim', '目标'), cell('do', '做什么')],
          { ...must, minRows: 1, maxRows: 20 },
        ),
      ]),
      section('means', '三、预算与风险', [
        table('budget', '预算', [cell('what', '用途', true), numberCell('amount', '金额（元）')], { maxRows: 15 }),
        table('risks', '可能的风险和应对', [cell('risk', '风险', true), cell('answer', '应对', true)], { maxRows: 10 }),
        passage('measure', '前后测用什么'),
      ]),
    ],
  }),
  form({
    code: 't11b-group-session',
    title: '小组单节记录',
    standard: GROUP,
    subject: 'group',
    sections: [
      section('session', '一、这一节', [
        number('no', '第几节', { ...must, min: 1, max: 60, whole: true }),
        day('on', '日期', { ...must, notFuture: true }),
        number('minutes', '时长', { ...must, min: 1, max: 600, whole: true, unit: '分钟' }),
        table('present', '出席', [cell('who', '成员（打码）', true), oneCell('came', '出席', { yes: '到', late: '迟到', no: '缺席' })], {
          maxRows: 40,
        }),
      ]),
      section('moved', '二、过程', [
        passage('done', '做了什么', must),
        passage('dynamics', '成员之间的动力：谁带动，谁沉默，有没有冲突', must),
        one('reached', '本节目标', { full: '达到', part: '部分达到', none: '没有达到' }, must),
        passage('why-not', '原因与调整', { when: { field: 'reached', in: ['part', 'none'] }, ...must }),
        passage('thoughts', '社工的反思', own),
      ]),
    ],
  }),
  form({
    code: 't11c-group-summary',
    title: '小组总结',
    standard: GROUP,
    subject: 'group',
    keptAs: 'papers',
    signer: 'head',
    sections: [
      section('sum', '总结', [
        number('held', '开了几节', { ...must, min: 1, max: 60, whole: true, unit: '节' }),
        number('stayed', '坚持到最后的人', { ...must, min: 0, max: 200, whole: true, unit: '人' }),
        table('measures', '前后测', [cell('what', '量什么', true), numberCell('before', '前测平均'), numberCell('after', '后测平均')], {
          maxRows: 8,
        }),
        passage('changes', '成员的变化', must),
        passage('learned', '做得好的和要改的', must),
        passage('follow', '之后怎么跟进', must),
      ]),
    ],
  }),
  form({
    code: 't12a-activity-plan',
    title: '社区活动计划书',
    standard: COMMUNITY,
    subject: 'activity',
    signer: 'head',
    sections: [
      section('plan', '计划', [
        line('name', '活动名称', must),
        day('on', '日期', must),
        line('place', '地点', must),
        passage('aims', '目的', must),
        number('people', '预计人数', { min: 1, max: 10000, whole: true, unit: '人' }),
        table('steps', '流程', [cell('time', '时间', true), cell('what', '内容', true), cell('who', '负责')], {
          ...must,
          minRows: 1,
          maxRows: 20,
        }),
        table('budget', '预算', [cell('what', '用途', true), numberCell('amount', '金额（元）')], { maxRows: 15 }),
        passage('safety', '安全与应急', must),
      ]),
    ],
  }),
  form({
    code: 't12b-activity-sign-in',
    title: '社区活动签到表',
    standard: COMMUNITY,
    subject: 'activity',
    note: '签到由社工记，不让居民写证件号。',
    sections: [
      section('sheet', '签到', [
        line('name', '活动名称', must),
        day('on', '日期', must),
        table('people', '签到', [cell('who', '姓名', true), numberCell('count', '人数'), cell('note', '备注')], { maxRows: 60 }),
      ]),
    ],
  }),
  form({
    code: 't12c-activity-summary',
    title: '社区活动总结',
    standard: COMMUNITY,
    subject: 'activity',
    sections: [
      section('sum', '总结', [
        number('persons', '多少人参加', { ...must, min: 0, max: 100000, whole: true, unit: '人' }),
        number('times', '多少人次', { ...must, min: 0, max: 100000, whole: true, unit: '人次' }),
        passage('done', '做了什么，反应怎样', must),
        table('spent', '决算', [cell('what', '用途', true), numberCell('planned', '预算（元）'), numberCell('spent', '支出（元）')], {
          maxRows: 15,
        }),
        passage('difference', '预算与支出不一致的原因'),
        yesno('photos', '附照片', must),
        yesno('masked', '照片里的脸已遮', { when: { field: 'photos', is: true }, ...must }),
        passage('better', '下次怎么做得更好'),
      ]),
    ],
  }),
  form({
    code: 't13-supervision',
    title: '督导记录',
    standard: '社会工作督导实务：行政、教育、支持三项功能',
    subject: 'work',
    keptAs: 'papers',
    sections: [
      section('meeting', '一、这次督导', [
        one('type', '类型', { single: '个别督导', group: '团体督导', peer: '同辈督导' }, must),
        one('way', '形式', { 'in-person': '当面', online: '线上', onsite: '现场陪同' }, must),
        day('on', '日期', { ...must, notFuture: true }),
        number('minutes', '时长', { ...must, min: 1, max: 600, whole: true, unit: '分钟' }),
        line('present', '参加人', must),
      ]),
      section('content', '二、内容', [
        many('topics', '议题', { admin: '行政', teaching: '教育', support: '支持' }, must),
        line('case-number', '涉及的个案编号', { hint: '只写编号' }),
        passage('raised', '提出的问题', must),
        passage('advice', '建议', must),
        table('follow', '跟进', [cell('what', '做什么', true), cell('who', '谁'), dayCell('by', '到哪天')], { maxRows: 10 }),
        signature('supervisor', '督导', must),
        signature('worker', '社工', must),
      ]),
    ],
  }),
  form({
    code: 't14a-crisis',
    title: '危机处置记录',
    standard: '精神卫生法第28条；自杀与危机干预实务',
    keptAs: 'papers',
    signer: 'head',
    note: '先救人，再填表。等级由人判断，表里不算。全国统一心理援助热线 12356。',
    sections: [
      section('began', '一、怎么发现的', [
        day('on', '日期', { ...must, notFuture: true }),
        line('time', '时间', must),
        passage('trigger', '触发：看到、听到了什么', must),
      ]),
      section('grade', '二、评级', [
        many('signs', '有没有', { ideas: '想法', plan: '计划', means: '手段', intent: '打算马上做' }, { hint: '没有的不选' }),
        one('level', '社工和站长一起判断的等级', { low: '低', medium: '中', high: '高', extreme: '极高（即刻）' }, must),
        passage('why', '为什么这样判断', { ...must, ...own }),
      ]),
      section('did', '三、做了什么', [
        many(
          'actions',
          '行动',
          {
            stay: '不离人',
            police: '拨打 110',
            ambulance: '拨打 120',
            family: '通知监护人或近亲属',
            hospital: '送医',
            means: '拿走手段',
            plan: '写安全计划',
            supervisor: '当日督导',
          },
          must,
        ),
        table('told', '通知了谁', [cell('who', '对象（身份）', true), cell('when', '时间', true), cell('what', '说了什么')], {
          maxRows: 10,
          requiredWhen: { field: 'level', in: ['high', 'extreme'] },
        }),
        passage('plan', '安全计划', { requiredWhen: { field: 'level', is: 'high' } }),
        day('again', '下次看望', { ...must, notBefore: 'on' }),
      ]),
      section('after', '四、结果与复盘', [passage('result', '结果'), passage('review', '事后复盘', own)]),
    ],
    alerts: [
      { when: { field: 'level', is: 'extreme' }, says: '极高：现在不离人，拨打 110 或 120，站长和督导马上知道，24 小时内再去看。' },
      { when: { field: 'level', is: 'high' }, says: '高：当天督导，写安全计划，拿走手段。' },
      { when: { field: 'signs', has: 'intent' }, says: '选了“打算马上做”：无论评为哪一级，先确认人是安全的。' },
    ],
  }),
  form({
    code: 't14b-mandatory-report',
    title: '强制报告登记表',
    standard: '未成年人保护法第11条；《关于建立侵害未成年人案件强制报告制度的意见（试行）》',
    keptAs: 'papers',
    note: '报告在“强制报告”里登记，不可以不报。这里是纸面记录，不写孩子的姓名、住址和学校。',
    sections: [
      section('found', '一、发现', [
        day('on', '发现日期', { ...must, notFuture: true }),
        line('time', '发现时间', must),
        many(
          'situations',
          '情形',
          {
            s1: '隐私部位有不正常的伤',
            s2: '未满十四岁的女孩遭性侵、怀孕或流产',
            s3: '十四岁以上的女孩因性侵怀孕或流产',
            s4: '多处受伤、严重营养不良或神志不清，疑似受虐、受欺凌或被麻醉',
            s5: '因自杀、自残、工伤、中毒等死伤',
            s6: '被遗弃，或长期没有人照料',
            s7: '来历不明、失踪或被拐',
            s8: '被组织乞讨',
            s9: '其他严重侵害，或正面临危险',
          },
          must,
        ),
        passage('seen', '看到的事实', { ...must, hint: '只写看到、听到的；不反复问孩子' }),
      ]),
      section('told', '二、报警与备案', [
        yesno('safe-first', '已先把孩子带到安全的地方', must),
        line('unit', '受理单位', must),
        line('officer', '警员号'),
        line('receipt', '回执编号', must),
        line('copied', '同步告知的主管部门'),
      ]),
      section('follow', '三、之后', [
        passage('answer', '公安的反馈'),
        one('place', '安置', { home: '留在家中，有人看护', shelter: '庇护', guardian: '临时监护', relative: '亲属照料' }),
        passage('follow', '跟进'),
      ]),
    ],
  }),
  form({
    code: 't14c-violence',
    title: '家庭暴力处置记录',
    standard: '反家庭暴力法第14、16、23—30条',
    keptAs: 'papers',
    signer: 'head',
    note: '成年人有能力的，尊重本人真实意愿。没有能力或能力受限的，必须报案。不往共用的电话发消息。',
    sections: [
      section('what', '一、情况', [
        day('on', '知道的日期', { ...must, notFuture: true }),
        yesno('limited', '受害人没有民事行为能力或能力受限', { ...must, hint: '未成年人选“是”' }),
        passage('harm', '受到的伤害', must),
        yesno('now', '现在还有危险', must),
        line('safe-contact', '安全的联系方式和时段', must),
      ]),
      section('police', '二、报案', [
        yesno('reported', '已报案', must),
        line('unit', '受理单位和回执', { when: { field: 'reported', is: true }, ...must }),
        passage('choice', '本人的选择：讲清了哪些办法，本人怎么决定', {
          when: {
            all: [
              { field: 'limited', is: false },
              { field: 'reported', is: false },
            ],
          },
          ...must,
        }),
      ]),
      section('orders', '三、告诫书与保护令', [
        yesno('warning', '公安出具了告诫书', must),
        day('warned', '告诫书日期', { when: { field: 'warning', is: true }, ...must, notFuture: true }),
        one('order', '人身安全保护令', { none: '没有申请', asked: '已申请', granted: '已作出', refused: '被驳回' }, must),
        day('order-from', '保护令作出的日期', { when: { field: 'order', is: 'granted' }, ...must, notFuture: true }),
        day('order-to', '保护令到期', {
          when: { field: 'order', is: 'granted' },
          ...must,
          notBefore: 'order-from',
          hint: '最长六个月，到期前可以申请延长',
        }),
      ]),
      section('help', '四、帮助', [
        many('help', '已安排', {
          shelter: '庇护',
          law: '法律援助',
          doctor: '就医验伤',
          mind: '心理支持',
          child: '孩子的照料',
          money: '生活救助',
        }),
        passage('next', '下一步', must),
      ]),
    ],
    alerts: [
      { when: { field: 'now', is: true }, says: '现在还有危险：先拨打 110，陪在身边。' },
      {
        when: {
          all: [
            { field: 'limited', is: true },
            { field: 'reported', is: false },
          ],
        },
        says: '受害人没有能力或能力受限：必须及时报案，不能以本人不愿意为由不报。',
      },
    ],
  }),
  ledger('t15a-ledger-case', '个案服务台账'),
  ledger('t15b-ledger-group', '小组服务台账'),
  ledger('t15c-ledger-activity', '社区活动台账'),
  ledger('t15d-ledger-visit', '探访服务台账'),
];
