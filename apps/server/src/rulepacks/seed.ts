/** The packs that the platform ships (2026.1). A district sets its own figures by a pack of its own division. */
import { defaultChecklist } from '@jieyou/core/support/checklist.ts';
import type { Kysely } from 'kysely';
import type { DB } from '../platform/db/types.ts';
import { idAt } from '../platform/ids.ts';

type Value = {
  readonly key: string;
  readonly label: string;
  readonly value: unknown;
  readonly unit: string | null;
  /** Requirement or article that sets the figure or asks for one; what stands behind a figure of ours. */
  readonly source: string;
};
type Pack = { readonly code: string; readonly title: string; readonly ours: readonly Value[]; readonly sourced: readonly Value[] };

const VERSION = '2026.1';
const EFFECTIVE_FROM = '2024-01-01';

const OURS = '本平台默认';
const forRequirement = (id: string): string => `${OURS}（${id} 要求有此项，未给出数值）`;

const packs: readonly Pack[] = [
  {
    code: 'archive',
    title: '求助档案',
    ours: [
      { key: 'download.hours', label: '档案生成后多久不能再下载', value: 24, unit: '小时', source: forRequirement('LH-08') },
      { key: 'merge.megabytes', label: '一份档案并入的附件合计不超过', value: 60, unit: 'MB', source: OURS },
      { key: 'merge.pages', label: '一份档案并入的附件合计不超过', value: 600, unit: '页', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'groups',
    title: '小组',
    ours: [
      { key: 'size.least', label: '小组最少几人', value: 3, unit: '人', source: OURS },
      { key: 'size.most', label: '小组最多几人', value: 30, unit: '人', source: OURS },
      { key: 'sessions.least', label: '计划书至少几节', value: 2, unit: '节', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'activities',
    title: '社区活动',
    ours: [
      { key: 'registration.people', label: '一次报名最多几人', value: 5, unit: '人', source: OURS },
      { key: 'registration.waiting', label: '一场活动最多几户候补', value: 50, unit: '户', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'photos',
    title: '活动与小组的照片',
    ours: [
      { key: 'record.most', label: '一场活动、小组一节最多几张照片', value: 12, unit: '张', source: OURS },
      { key: 'file.megabytes', label: '一张照片不超过', value: 3, unit: 'MB', source: `${OURS}（页面送出前已缩到长边 1600 像素）` },
      { key: 'side.pixels', label: '一张照片的长边不超过', value: 4000, unit: '像素', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'volunteers',
    title: '志愿者',
    ours: [
      { key: 'age.least', label: '不满几周岁不登记', value: 14, unit: '周岁', source: OURS },
      { key: 'minor.minutes', label: '未成年志愿者一次任务最长', value: 240, unit: '分钟', source: OURS },
      { key: 'load.days', label: '推荐时看最近几天的任务', value: 30, unit: '日', source: OURS },
      { key: 'load.most', label: '最近已有几项任务的不再推荐', value: 4, unit: '项', source: OURS },
      { key: 'print.rows', label: '一份志愿服务台账的行数不超过', value: 2000, unit: '行', source: OURS },
    ],
    sourced: [{ key: 'age.alone', label: '不满几周岁要有监护人同意', value: 18, unit: '周岁', source: '民法典 17；志愿服务条例 7' }],
  },
  {
    code: 'contacts',
    title: '服务台账',
    ours: [
      { key: 'print.rows', label: '一份台账打印的行数不超过', value: 2000, unit: '行', source: OURS },
      { key: 'sheet.rows', label: '一份台账导出 Excel 的行数不超过', value: 50_000, unit: '行', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'cases',
    title: '个案各阶段',
    ours: [
      { key: 'crisis.assessmentDays', label: '走危机通道后多久补写预估', value: 7, unit: '日', source: forRequirement('SM-1') },
      { key: 'followUp.days', label: '结案后多久回访（建议日期）', value: 30, unit: '日', source: forRequirement('SM-1') },
      { key: 'pause.longestDays', label: '暂停最长多久须再看一次', value: 90, unit: '日', source: forRequirement('SM-1') },
    ],
    sourced: [
      {
        key: 'agreement.guardianBelow',
        label: '不满几周岁由监护人签服务协议',
        value: 14,
        unit: '周岁',
        source: '个人信息保护法 31',
      },
      { key: 'agreement.heardFrom', label: '满几周岁的孩子可以与监护人一起签', value: 8, unit: '周岁', source: '民法典 19、20' },
      { key: 'leftBehind.below', label: '不满几周岁算农村留守儿童', value: 16, unit: '周岁', source: '国发〔2016〕13号' },
      { key: 'agreement.adultAt', label: '满几周岁由本人单独签服务协议', value: 18, unit: '周岁', source: '民法典 17' },
    ],
  },
  {
    code: 'notice',
    title: '个人信息处理告知书',
    ours: [],
    sourced: [
      {
        key: 'handler',
        label: '谁处理',
        value:
          '为您服务的社会工作服务站和疑难个案支援中心处理您的个人信息，平台的运行单位受委托保管。要问、要改、要投诉，可以找承办社工或站长。',
        unit: null,
        source: '个人信息保护法第17、21条',
      },
      {
        key: 'purpose',
        label: '为什么、用什么',
        value:
          '为了评估您的需要、制定和提供服务，我们登记您的姓名、联系方式、家庭情况和服务过程。您同意才登记；履行法定职责、处理突发紧急情况时，依法可以不经同意。',
        unit: null,
        source: '个人信息保护法第13、14、17条',
      },
      {
        key: 'sensitive',
        label: '敏感的内容',
        value:
          '健康、民族、婚姻、经济、家庭暴力等内容敏感，泄露会伤害您，只在服务确实需要时登记，加密保存，只让服务您的社工和负责审核的人看。每项用途都单独问您。',
        unit: null,
        source: '个人信息保护法第28至30条',
      },
      {
        key: 'sharing',
        label: '给谁看',
        value:
          '请专家会诊、转介给别的单位、用作案例，都先告诉您给谁、给什么、做什么用，您单独同意了才提供。儿童受侵害等依法必须报告的，会报告。',
        unit: null,
        source: '个人信息保护法第23、25条；未成年人保护法第11条',
      },
      {
        key: 'keeping',
        label: '保存多久',
        value:
          '成年人的个案自结案起保存十年；未成年人的自结案或年满十八周岁起（以晚的为准）保存十年；司法档案三十年。期满后鉴定，由两个人经手销毁。',
        unit: null,
        source: '个人信息保护法第17、19条；期限见规则“个人信息权利与保管”',
      },
      {
        key: 'rights',
        label: '您的权利',
        value:
          '您可以查阅、复制、更正、补充、删除自己的信息，可以要求解释，随时可以撤回同意；撤回以后不再用，撤回以前做过的仍然有效。不同意不影响您得到帮助。',
        unit: null,
        source: '个人信息保护法第15、16、44至50条',
      },
      {
        key: 'minors',
        label: '不满十四周岁',
        value:
          '孩子不满十四周岁的，全部信息都按敏感信息对待，由父母或其他监护人同意；能听懂的，也讲给孩子听。监护人可能伤害孩子的，不由他作主，由民政部门或法院出面。',
        unit: null,
        source: '个人信息保护法第28、31条；民法典第20条；未成年人网络保护条例第34至37条',
      },
    ],
  },
  {
    code: 'figures',
    title: '中心数字',
    ours: [
      { key: 'smallest.shown', label: '只见登记信息的单位看到的最小数字，更小的不显示', value: 3, unit: '件', source: OURS },
      { key: 'trend.months', label: '发展趋势显示最近几个月', value: 12, unit: '个月', source: forRequirement('LH-28') },
      { key: 'quantile.high', label: '首次答复：除中位数外另报的百分位', value: 90, unit: '%', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'support',
    title: '疑难个案支援',
    ours: [
      { key: 'checklist.items', label: '界定清单：条目与权重', value: defaultChecklist.items, unit: '分', source: forRequirement('LH-07') },
      {
        key: 'checklist.hardAt',
        label: '界定为疑难个案的分值',
        value: defaultChecklist.hardAt,
        unit: '分',
        source: forRequirement('LH-07'),
      },
      { key: 'clock.screening', label: '筛选时限', value: 2, unit: '工作日', source: forRequirement('LH-04') },
      { key: 'clock.panel', label: '组成专家组时限', value: 3, unit: '工作日', source: forRequirement('LH-04') },
      { key: 'clock.conference', label: '首次会诊时限', value: 5, unit: '工作日', source: forRequirement('LH-04') },
      { key: 'workday.opensAt', label: '工作日开始', value: '09:00', unit: '时刻', source: OURS },
      { key: 'workday.closesAt', label: '工作日结束，此后收到的从下一工作日起算', value: '17:30', unit: '时刻', source: OURS },
      {
        key: 'crisis.acknowledgeMinutes',
        label: '危机求助多久未确认即通知后备与站长',
        value: 15,
        unit: '分钟',
        source: forRequirement('LH-04'),
      },
      {
        key: 'crisis.phone',
        label: '危机时页面显示的电话',
        value: '110（报警）、120（急救）、12356（心理援助热线）',
        unit: null,
        source: forRequirement('LH-04'),
      },
      { key: 'panel.maxPerMonth', label: '每位专家每月会诊上限', value: 4, unit: '场', source: OURS },
      { key: 'panel.supervisedMonths', label: '督导过求助人的专家回避期', value: 24, unit: '个月', source: OURS },
      { key: 'packet.expiryDays', label: '资料包在意见截止后多久失效', value: 7, unit: '日', source: OURS },
      { key: 'conference.minFields', label: '会诊到会专家至少涉及的专业', value: 2, unit: '个', source: OURS },
      { key: 'action.remindDays', label: '行动项到期前多久提醒', value: 1, unit: '日', source: forRequirement('LH-09') },
      { key: 'stale.days', label: '多久没有进展即提醒', value: 14, unit: '日', source: forRequirement('LH-09') },
    ],
    sourced: [],
  },
  {
    code: 'reports',
    title: '强制报告',
    ours: [
      { key: 'acknowledgeMinutes', label: '站长或督导应在多久内确认收到', value: 15, unit: '分钟', source: forRequirement('SM-10') },
      { key: 'remindMinutes', label: '没有人确认时，每隔多久再提醒', value: 15, unit: '分钟', source: forRequirement('SM-10') },
      { key: 'remindersBeforeCentre', label: '提醒几次后转支援中心督办', value: 2, unit: '次', source: forRequirement('SM-10') },
      { key: 'fewestForFigures', label: '报警时间的中位数至少由几件算出', value: 5, unit: '件', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'visits',
    title: '探访',
    ours: [
      { key: 'interval.extreme', label: '极高风险：至少每隔多久探访', value: 3, unit: '日', source: forRequirement('ST-05') },
      { key: 'interval.high', label: '高风险：至少每隔多久探访', value: 7, unit: '日', source: forRequirement('ST-05') },
      { key: 'interval.alone', label: '独居：至少每隔多久探访', value: 14, unit: '日', source: forRequirement('ST-05') },
      { key: 'interval.frail', label: '失能或长期卧病：至少每隔多久探访', value: 14, unit: '日', source: forRequirement('ST-05') },
      { key: 'interval.child', label: '困境儿童：至少每隔多久探访', value: 14, unit: '日', source: forRequirement('ST-06') },
      { key: 'interval.disabled', label: '残障：至少每隔多久探访', value: 30, unit: '日', source: forRequirement('ST-06') },
      { key: 'interval.elder', label: '高龄：至少每隔多久探访', value: 21, unit: '日', source: forRequirement('ST-05') },
      { key: 'interval.other', label: '其他：至少每隔多久探访', value: 30, unit: '日', source: forRequirement('ST-05') },
      { key: 'elder.age', label: '高龄从几岁算起', value: 80, unit: '岁', source: OURS },
      { key: 'first.days', label: '建立个案后多久内首次入户', value: 7, unit: '日', source: forRequirement('ST-03') },
      { key: 'soon.days', label: '提前几天提示快到期', value: 3, unit: '日', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'pocket',
    title: '手机离线',
    ours: [
      { key: 'offline.hours', label: '手机多久没有连上平台就清除离线资料', value: 72, unit: '小时', source: OURS },
      { key: 'pin.tries', label: 'PIN 连错几次就清除离线资料', value: 5, unit: '次', source: OURS },
      { key: 'lock.minutes', label: '多久不用就再问一次 PIN', value: 15, unit: '分钟', source: OURS },
      { key: 'unsent.hours', label: '多久没有送出就醒目提示', value: 24, unit: '小时', source: OURS },
      { key: 'days.around', label: '带上前后几天安排的探访', value: 7, unit: '日', source: OURS },
      { key: 'cases.most', label: '最多带上多少个个案', value: 60, unit: '个', source: OURS },
      { key: 'forms.kilobytes', label: '带上的表单文稿合计不超过', value: 96, unit: 'KB', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'imports',
    title: '台账导入',
    ours: [
      { key: 'file.megabytes', label: '一个文件最大', value: 20, unit: 'MB', source: OURS },
      { key: 'file.unpackedMegabytes', label: '解开后最大', value: 300, unit: 'MB', source: OURS },
      { key: 'file.ratio', label: '解开后最多是文件的几倍', value: 60, unit: '倍', source: OURS },
      { key: 'file.textMegabytes', label: '表格里的文字最多', value: 64, unit: 'MB', source: OURS },
      { key: 'file.rows', label: '一个文件最多几行', value: 100_000, unit: '行', source: OURS },
      { key: 'file.columns', label: '一个文件最多几列', value: 100, unit: '列', source: OURS },
      { key: 'file.keepDays', label: '上传的文件保存多久', value: 30, unit: '日', source: OURS },
      { key: 'running.most', label: '一个人同时进行的导入最多', value: 3, unit: '个', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'signals',
    title: '提示危险的词',
    ours: [
      {
        key: 'words.crisis',
        label: '自伤、自杀：用顿号隔开',
        value:
          '不想活、活不下去、活够了、自杀、轻生、寻死、想死、去死、一了百了、结束生命、割腕、跳楼、跳河、上吊、烧炭、喝农药、安眠药、自残、自伤、遗书、同归于尽、杀了他、杀了她、杀人、放火',
        unit: null,
        source: forRequirement('SM-12'),
      },
      {
        key: 'words.violence',
        label: '家庭暴力：用顿号隔开',
        value:
          '家暴、家庭暴力、殴打、毒打、打骂、被打、打老婆、打老人、掐脖子、动刀、拿刀、不让出门、关在家里、限制出门、跟踪、威胁要杀、恐吓、保护令、告诫书',
        unit: null,
        source: forRequirement('SM-11'),
      },
      {
        key: 'words.child',
        label: '侵害未成年人：用顿号隔开',
        value:
          '性侵、猥亵、强奸、虐待、遗弃、拐卖、摸下面、拍裸照、裸照、被老师打、被爸爸打、被妈妈打、打孩子、饿着孩子、独自在家几天、怀孕了、堕胎、校园欺凌、霸凌',
        unit: null,
        source: forRequirement('SM-10'),
      },
    ],
    sourced: [],
  },
  {
    code: 'alarms',
    title: '危机与家暴',
    ours: [
      {
        key: 'actions.high',
        label: '高：必须做的事',
        value: ['supervision', 'tell-head', 'safety-plan', 'limit-means', 'follow-up'],
        unit: null,
        source: forRequirement('SM-12'),
      },
      { key: 'actions.medium', label: '中：必须做的事', value: ['plan', 'look-again'], unit: null, source: forRequirement('SM-12') },
      { key: 'actions.low', label: '低：必须做的事', value: ['look-again'], unit: null, source: forRequirement('SM-12') },
      { key: 'immediate.minutes', label: '须立即做的事，多久未登记算超时', value: 30, unit: '分钟', source: OURS },
      { key: 'plan.days', label: '中：多久内订好计划', value: 3, unit: '日', source: forRequirement('SM-12') },
      { key: 'lookAgain.medium.days', label: '中：最晚多久再评', value: 7, unit: '日', source: forRequirement('SM-12') },
      { key: 'lookAgain.low.days', label: '低：最晚多久再评', value: 30, unit: '日', source: forRequirement('SM-12') },
      { key: 'head.minutes', label: '到时间后多久未办，告知站长', value: 120, unit: '分钟', source: OURS },
      { key: 'danger.hours', label: '家暴：多久内评估危险、记下本人的选择', value: 24, unit: '小时', source: forRequirement('SM-11') },
      { key: 'warning.firstDays', label: '告诫书出具后多久首次查访', value: 7, unit: '日', source: forRequirement('SM-11') },
      { key: 'warning.everyDays', label: '告诫书：每隔多久查访', value: 30, unit: '日', source: forRequirement('SM-11') },
      { key: 'warning.forDays', label: '告诫书：查访持续多久', value: 97, unit: '日', source: forRequirement('SM-11') },
      { key: 'police.hours', label: '须报案的，多久未报案算超时', value: 2, unit: '小时', source: `${OURS}（反家庭暴力法 14：及时）` },
    ],
    sourced: [
      {
        key: 'actions.extreme',
        label: '极高：必须做的事',
        value: ['stay', 'emergency-call', 'guardian', 'hospital', 'tell-head', 'tell-supervisor', 'follow-up'],
        unit: null,
        source: 'SM-12；送医依精神卫生法 28',
      },
      { key: 'followUp.hours', label: '多久内随访', value: 24, unit: '小时', source: 'SM-12' },
      { key: 'court.hours', label: '人身安全保护令：法院多久内裁定', value: 72, unit: '小时', source: '反家庭暴力法 28' },
      { key: 'court.urgentHours', label: '情况紧急：法院多久内裁定', value: 24, unit: '小时', source: '反家庭暴力法 28' },
      { key: 'order.months', label: '保护令有效期不超过', value: 6, unit: '个月', source: '反家庭暴力法 30' },
      { key: 'order.alarmDays', label: '保护令到期前多久提醒', value: 15, unit: '日', source: 'SM-11' },
      { key: 'reconsider.days', label: '不服裁定，多久内申请复议', value: 5, unit: '日', source: '反家庭暴力法 31' },
      { key: 'aid.decideDays', label: '法律援助：多久内决定', value: 7, unit: '日', source: '法律援助法 43' },
      { key: 'aid.assignDays', label: '法律援助：决定后多久内指派', value: 3, unit: '日', source: '法律援助法 43' },
    ],
  },
  {
    code: 'expert-time',
    title: '专家的时间',
    ours: [
      { key: 'conference.minutes', label: '一场会诊在日历里占多久', value: 90, unit: '分钟', source: OURS },
      { key: 'conference.listedHours', label: '到了时间的会诊还在“会诊时间”里留多久', value: 24, unit: '小时', source: OURS },
      { key: 'opinion.minutes', label: '读资料、写意见大约需要', value: 10, unit: '分钟', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'calls',
    title: '热线与居民求助',
    ours: [
      { key: 'appeal.answerDays', label: '居民求助的答复时限', value: 3, unit: '工作日', source: forRequirement('LH-03') },
      {
        key: 'appeal.urgentMinutes',
        label: '紧急居民求助多久无人接手即通知后备与站长',
        value: 15,
        unit: '分钟',
        source: forRequirement('LH-03'),
      },
      { key: 'appeal.seenDays', label: '求助办结后回执码还能查看多久', value: 90, unit: '日', source: OURS },
      { key: 'ticket.days', label: '转办单未写明时限时的办理时限', value: 5, unit: '工作日', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'casebank',
    title: '案例库',
    ours: [
      { key: 'release.leastAlike', label: '发布案例时，本区符合文中特征的最少人数', value: 5, unit: '人', source: forRequirement('LH-17') },
      { key: 'similar.shown', label: '写求助时最多列出几件相似案例', value: 5, unit: '件', source: OURS },
      { key: 'similar.leastScore', label: '相似程度低于多少不列出', value: 0.3, unit: null, source: OURS },
      { key: 'similar.textWeight', label: '相似程度：文字所占的份量', value: 0.6, unit: null, source: OURS },
      { key: 'similar.domainWeight', label: '相似程度：问题领域所占的份量', value: 0.25, unit: null, source: OURS },
      { key: 'similar.fieldWeight', label: '相似程度：所需专业所占的份量', value: 0.15, unit: null, source: OURS },
      { key: 'similar.fullText', label: '共有词语占到多少即算文字完全相似', value: 0.2, unit: null, source: OURS },
      { key: 'similar.commonShare', label: '词语出现在多少案例里即不再作为依据', value: 0.3, unit: null, source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'learning',
    title: '学习与成果',
    ours: [
      { key: 'competition.noticeDays', label: '评优结果公示期', value: 5, unit: '工作日', source: forRequirement('LH-16') },
      { key: 'competition.leastScores', label: '作品参加排名至少需要的评分', value: 2, unit: '份', source: forRequirement('LH-16') },
      { key: 'competition.supervisedMonths', label: '督导过作者的评委回避期', value: 24, unit: '个月', source: forRequirement('LH-16') },
      { key: 'seminar.everyDays', label: '主题研讨多久召集一次', value: 30, unit: '日', source: forRequirement('LH-15') },
    ],
    sourced: [],
  },
  {
    code: 'resources',
    title: '政策与资源',
    ours: [
      { key: 'review.leadDays', label: '到期前多久提醒复核', value: 30, unit: '日', source: forRequirement('LH-11') },
      { key: 'review.everyMonths', label: '多久复核一次', value: 6, unit: '个月', source: forRequirement('LH-11') },
      { key: 'referral.answerDays', label: '转介给联动单位的答复期限', value: 7, unit: '日', source: forRequirement('LH-12') },
      { key: 'import.maxRows', label: '一次导入最多行数', value: 2000, unit: '行', source: OURS },
      { key: 'import.maxMegabytes', label: '导入文件的大小上限', value: 5, unit: 'MB', source: OURS },
      { key: 'import.maxRatio', label: '工作簿解压后与压缩前的最大倍数', value: 100, unit: '倍', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'sealing',
    title: '封存',
    ours: [{ key: 'longestOpeningHours', label: '凭查询函一次查阅最长多久', value: 72, unit: '小时', source: forRequirement('JC-01') }],
    sourced: [],
  },
  {
    code: 'mail',
    title: '邮件',
    ours: [
      { key: 'digest.at', label: '每个工作日发出摘要的时刻', value: '08:30', unit: '时刻', source: OURS },
      { key: 'retry.minutes', label: '没发成时，隔多久再试', value: [1, 5, 30, 120, 480], unit: '分钟', source: OURS },
      { key: 'code.minutes', label: '邮箱验证码多久失效', value: 15, unit: '分钟', source: OURS },
      { key: 'code.tries', label: '邮箱验证码可以试几次', value: 5, unit: '次', source: OURS },
    ],
    sourced: [],
  },
  {
    code: 'field',
    title: '社会工作领域',
    ours: [],
    sourced: [
      { key: 'support.service_types', label: '支援服务方式：转介、督导、会诊、研讨、资源链接', value: 5, unit: '种', source: 'LH-05' },
      { key: 'tiers', label: '社会工作服务层级：市、区、街道、社区', value: 4, unit: '级', source: 'EZ-01' },
      { key: 'domains', label: '疑难个案问题领域', value: 7, unit: '个', source: 'LH-14' },
    ],
  },
  {
    code: 'privacy',
    title: '个人信息权利与保管',
    ours: [
      { key: 'answer.warnDays', label: '答复到期前多久提醒', value: 5, unit: '日', source: OURS },
      {
        key: 'retention.adult',
        label: '成年人个案结案后保管',
        value: 10,
        unit: '年',
        source: `${OURS}（保管期限须经档案主管部门审核，档案法实施条例）`,
      },
      {
        key: 'retention.minor',
        label: '未成年人个案保管，自结案或年满十八周岁（以晚者为准）起',
        value: 10,
        unit: '年',
        source: `${OURS}（未成年人档案单独保管，档案法实施条例）`,
      },
      {
        key: 'retention.judicial',
        label: '司法档案结案后保管',
        value: 30,
        unit: '年',
        source: `${OURS}（预防未成年人犯罪法第59条要求单独保管）`,
      },
      {
        key: 'breach.noticeHours',
        label: '发现安全事件后多久通知主管部门',
        value: 4,
        unit: '小时',
        source: `${OURS}（个人信息保护法第57条要求立即通知）`,
      },
    ],
    sourced: [
      {
        key: 'answer.days',
        label: '权利请求的答复期限，自受理次日起',
        value: 30,
        unit: '日',
        source: 'GB/T 35273—2020 第8.7条；个人信息保护法第50条要求及时',
      },
      { key: 'assessment.keepYears', label: '影响评估报告与处理记录保存', value: 3, unit: '年', source: '个人信息保护法第56条' },
    ],
  },
];

/**
 * Installs the packs that are missing, under the owner's role, at the division from which all others descend. Figures that came with a
 * later release join every version issued before, since no rule read them until now. Runs again unharmed.
 */
export const installRulePacks = async (ownerDb: Kysely<DB>, rootDivisionId: string): Promise<void> => {
  const madeAt = Date.parse(`${EFFECTIVE_FROM}T00:00:00+08:00`);
  for (const [order, pack] of packs.entries()) {
    await ownerDb
      .insertInto('rulePack')
      .values({
        id: idAt(madeAt, order),
        divisionId: rootDivisionId,
        code: pack.code,
        title: pack.title,
        version: VERSION,
        effectiveFrom: EFFECTIVE_FROM,
        effectiveTo: null,
      })
      .onConflict((c) => c.columns(['divisionId', 'code', 'version']).doNothing())
      .execute();
    const values = [...pack.sourced.map((v) => ({ ...v, isOurs: false })), ...pack.ours.map((v) => ({ ...v, isOurs: true }))];
    const versions = await ownerDb.selectFrom('rulePack').select('id').where('code', '=', pack.code).execute();
    await ownerDb
      .insertInto('ruleValue')
      .values(versions.flatMap(({ id }) => values.map((v, position) => ({ ...v, value: JSON.stringify(v.value), packId: id, position }))))
      .onConflict((c) => c.columns(['packId', 'key']).doNothing())
      .execute();
  }
};
