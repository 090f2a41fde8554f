/** The Chinese name of every enum value. Typed by the enums, so that a value without a name does not compile. */
import type { z } from 'zod';
import type { AuditKind } from '../audit/endpoints.ts';
import type { DraftStatus, Section } from '../casebank/schema.ts';
import type { CaseStatus, ConsentPurpose, PacketField, PersonalField, Risk } from '../cases/schema.ts';
import type { DivisionTier } from '../divisions/schema.ts';
import type { Awaited, Todo } from '../home/endpoints.ts';
import type { Role, SessionStage } from '../identity/schema.ts';
import type { IssuingTier, PartnerType, ResourceKind } from '../resources/schema.ts';
import type { BuildStage, OrganisationType, StationTier } from '../stations/schema.ts';
import type { RequestMove } from '../support/moves.ts';
import type {
  ActionStatus,
  Channel,
  ChecklistAnswers,
  ClockKind,
  ClockState,
  Conference,
  InvitationStatus,
  LegalBasis,
  LineKind,
  LineStatus,
  RequestStatus,
} from '../support/schema.ts';
import type { Gender, WorkerLevel } from '../workforce/schema.ts';

export {
  CaseDomain,
  caseDomainLabels,
  caseDomains,
  HelpField,
  helpFieldLabels,
  helpFields,
  NOT_SAID,
  problemSays,
  problemSoughtLabels,
} from '../shared/fields.ts';

type Labels<T extends z.ZodType<string>> = Readonly<Record<z.infer<T>, string>>;

/** Roles, as people call them. */
export const roleLabels: Readonly<Record<Role, string>> = {
  worker: '社工',
  head: '站长',
  centre: '支援中心',
  expert: '专家',
  supervisor: '督导',
  agency: '机构负责人',
  officer: '主管部门',
  street: '街道',
  'civil-affairs': '社区民政员',
  system: '系统管理员',
  security: '安全管理员',
  audit: '审计管理员',
};

/** What a session may do yet. */
export const sessionStageLabels: Readonly<Record<SessionStage, string>> = {
  full: '可以使用',
  'change-password': '先修改密码',
  'enrol-second-factor': '先绑定动态口令',
};

/** States of a request. */
export const requestStatusLabels: Readonly<Record<RequestStatus, string>> = {
  draft: '草稿',
  submitted: '待筛选',
  'needs-info': '待补充',
  crisis: '危机处置',
  matching: '匹配专家',
  supporting: '支援中',
  following: '跟进中',
  closed: '已结束',
  declined: '不受理',
  advised: '转督导建议',
  withdrawn: '已撤回',
  'ended-elsewhere': '他处解决',
  duplicate: '重复件',
};

/** Moves of a request, as button words. */
export const requestMoveLabels: Readonly<Record<RequestMove, string>> = {
  submit: '提交求助',
  accept: '受理',
  ask: '请求助人补充',
  supply: '补充后送回',
  decline: '不受理',
  divert: '转督导建议',
  toCrisis: '转危机通道',
  invite: '邀请专家',
  hold: '记录会诊',
  support: '开始支援',
  close: '结束支援',
  withdraw: '撤回求助',
  endElsewhere: '登记他处解决',
  markDuplicate: '作为重复件关闭',
};

/** What a clock measures. */
export const clockKindLabels: Readonly<Record<ClockKind, string>> = {
  screening: '筛选',
  panel: '组成专家组',
  conference: '首次会诊',
  crisis: '危机响应',
};

/** How a clock stands. */
export const clockStateLabels: Readonly<Record<ClockState, string>> = {
  'on-track': '正常',
  'at-risk': '快到期',
  overdue: '已超时',
  paused: '暂停',
  none: '不计时',
};

/** How a request came in. */
export const channelLabels: Labels<typeof Channel> = { desk: '电脑', phone: '手机', hotline: '热线' };

/** Kinds of support lines. */
export const lineKindLabels: Readonly<Record<LineKind, string>> = {
  referral: '转介',
  supervision: '督导',
  conference: '会诊',
  seminar: '研讨',
  resource: '资源链接',
};

/** States of a support line. */
export const lineStatusLabels: Labels<typeof LineStatus> = { open: '进行中', done: '已完成', 'not-possible': '未能做到' };

/** States of an action. */
export const actionStatusLabels: Labels<typeof ActionStatus> = { open: '待完成', done: '已完成', 'not-possible': '未能做到' };

/** States of an invitation. */
export const invitationStatusLabels: Readonly<Record<InvitationStatus, string>> = {
  invited: '待答复',
  accepted: '已接受',
  declined: '已谢绝',
  answered: '已交意见',
  revoked: '已撤销',
  expired: '已过期',
};

/** States of a conference. */
export const conferenceStatusLabels: Readonly<Record<z.infer<typeof Conference>['status'], string>> = {
  planned: '已安排',
  held: '已召开',
  cancelled: '已取消',
};

/** On what ground material leaves the case. */
export const legalBasisLabels: Readonly<Record<LegalBasis['kind'], string>> = {
  consent: '服务对象同意',
  emergency: '紧急情形',
  'statutory-duty': '法定职责',
};

/** Items of the self-assessment, as short names. */
export const checklistLabels: Readonly<Record<keyof ChecklistAnswers, string>> = {
  imminentRisk: '有迫切的人身危险',
  problemsAtOnce: '同时有几个问题',
  lackOfResources: '缺少所需资源',
  beyondExperience: '超出我的经验',
  earlierAttemptsFailed: '试过的办法没有效果',
  severalDepartments: '牵涉几个部门',
  riskRising: '风险在上升',
};

/** Levels of risk. */
export const riskLabels: Readonly<Record<Risk, string>> = { low: '低', medium: '中', high: '高', extreme: '极高' };

/** States of a case. */
export const caseStatusLabels: Labels<typeof CaseStatus> = { open: '服务中', closed: '已结案' };

/** For what a recipient consents. */
export const consentPurposeLabels: Readonly<Record<z.infer<typeof ConsentPurpose>, string>> = {
  support: '疑难支援',
  conference: '专家会诊',
  publication: '脱敏后发布',
  referral: '转介',
  attendance: '案主参加会诊',
};

/** Parts of a file that a consent or a packet names. */
export const packetFieldLabels: Readonly<Record<PacketField, string>> = {
  situation: '基本情况',
  household: '家庭情况',
  domain: '问题领域',
  risk: '风险',
  story: '经过',
  tried: '已做过什么',
  asks: '希望得到的支持',
  attachments: '附件',
};

/** Personal data that opens with a reason. */
export const personalFieldLabels: Readonly<Record<PersonalField, string>> = {
  name: '姓名',
  idNumber: '证件号码',
  phone: '电话',
  address: '住址',
};

/** Genders. */
export const genderLabels: Readonly<Record<Gender, string>> = { female: '女', male: '男', unknown: '未说明' };

/** Professional levels of social workers. */
export const workerLevelLabels: Readonly<Record<WorkerLevel, string>> = {
  none: '暂无证书',
  assistant: '助理社会工作师',
  'social-worker': '社会工作师',
  senior: '高级社会工作师',
};

/** Types of organisations. */
export const organisationTypeLabels: Readonly<Record<OrganisationType, string>> = {
  agency: '社工机构',
  association: '行业协会',
  authority: '主管部门',
  centre: '支援中心',
  school: '学校',
  hospital: '医院',
  charity: '公益慈善组织',
  enterprise: '企业',
  other: '其他',
};

/** Tiers of stations. */
export const stationTierLabels: Readonly<Record<StationTier, string>> = {
  'city-centre': '市级中心',
  'district-station': '区级总站',
  'street-station': '街道站',
  'community-room': '社区室',
};

/** Build stages of a station. */
export const buildStageLabels: Readonly<Record<BuildStage, string>> = {
  none: '未启动',
  preparing: '筹建中',
  opened: '已挂牌',
  running: '已运行',
  standard: '已达标',
};

/** Tiers of divisions. */
export const divisionTierLabels: Readonly<Record<z.infer<typeof DivisionTier>, string>> = {
  province: '省级',
  city: '市级',
  district: '区县级',
  street: '街道乡镇',
  community: '社区村',
};

/** Policies and resources. */
export const resourceKindLabels: Labels<typeof ResourceKind> = { policy: '政策', resource: '资源' };

/** Who issued a policy. */
export const issuingTierLabels: Labels<typeof IssuingTier> = { nation: '国家', province: '省', city: '市', district: '区', street: '街道' };

/** Types of partners. */
export const partnerTypeLabels: Readonly<Record<PartnerType, string>> = {
  government: '政府部门',
  charity: '公益慈善',
  enterprise: '爱心企业',
  professional: '专业机构',
};

/** States of a publication draft. */
export const draftStatusLabels: Readonly<Record<z.infer<typeof DraftStatus>, string>> = {
  draft: '草稿',
  released: '已发布',
  discarded: '已放弃',
};

/** Parts of a published case. */
export const sectionLabels: Readonly<Record<Section, string>> = {
  background: '背景',
  process: '经过',
  outcome: '结果',
  reflection: '体会',
};

/** Kinds of audit entries. */
export const auditKindLabels: Labels<typeof AuditKind> = {
  event: '操作',
  read: '查阅',
  unmask: '查看个人信息',
  refused: '被拒绝',
  'sign-in': '登录',
  export: '导出',
};

/** What lies with others, as the one who handed it on reads it. */
export const awaitedKindLabels: Readonly<Record<z.infer<typeof Awaited>['kind'], string>> = {
  request: '求助在支援中心',
  plan: '计划等签字',
  closing: '结案等签字',
  handover: '移交等对方答复',
  action: '会诊定的行动项',
  right: '权利请求等答复',
};

/** Kinds of things that wait for somebody, as one line of a work list. */
export const todoKindLabels: Readonly<Record<z.infer<typeof Todo>['kind'], string>> = {
  draft: '求助草稿还没提交',
  screen: '求助待筛选',
  crisis: '危机求助待确认',
  'answer-info': '中心请您补充材料',
  propose: '待组成专家组',
  'no-holder': '求助没有在岗的承办人',
  poll: '会诊时间待答复',
  meeting: '要参加的会诊',
  invitation: '会诊邀请待答复',
  opinion: '会诊意见待提交',
  conference: '会诊待召开或待记录',
  line: '支援线待登记结果',
  transfer: '转介待您办理',
  supervision: '督导记录待您签认或更正',
  seminar: '研讨待您记录',
  'resource-link': '资源链接待您跟进',
  action: '行动项待完成',
  close: '可以结束支援',
  release: '案例待审核发布',
  recall: '已发布的案例待收回',
  stale: '很久没有进展',
  'rule-draft': '规则草稿待您办理',
  'plan-sign': '服务计划等您签字',
  'closing-sign': '结案等您签字',
  'sent-back': '退回的文书待修改',
  'assessment-owed': '预估待补',
  'follow-up': '回访到期',
  'look-again': '暂停的个案要再看',
  handover: '移交的个案待答复',
  'group-session': '小组活动今天要开，或还没有记录',
  'group-lead': '小组换牵头人等您确认',
  undertaking: '会商认领的事到期',
  'form-sign': '表单等您签署',
  'form-back': '表单退回待修改',
  score: '评优作品待您评分',
  report: '强制报告等您处理',
  appeal: '居民求助等您接手或答复',
  call: '来电待处理',
  ticket: '转办单待回复',
  referral: '转介待登记答复或结果',
  right: '个人信息请求待办理',
  'right-answer': '个人信息请求待决定',
  destruction: '销毁清册待批准',
  visit: '安排好的探访待记录',
  'visit-action': '探访的即时处置待完成',
  alarm: '个案里有一件事要办',
  'volunteer-task': '今天的志愿任务',
  'volunteer-hours': '志愿时长待您核定',
  'volunteer-lead': '志愿任务没有在岗的牵头社工',
};

/** Kinds of notices, as one sentence without any fact of a case. */
export const noticeKindLabels: Readonly<Record<string, string>> = {
  'support.submitted': '有新的求助待筛选',
  'support.crisis': '有危机求助，请立即确认',
  'support.crisis-escalated': '危机求助 15 分钟未确认，已通知后备与站长',
  'support.crisis-acknowledged': '危机求助已有人接手',
  'support.accepted': '求助已受理',
  'support.asked': '中心请您补充材料',
  'support.supplied': '求助人已补充材料',
  'support.declined': '求助没有受理，请看原因与其他途径',
  'support.diverted': '求助已转为督导建议',
  'support.withdrawn': '求助已撤回',
  'support.ended-elsewhere': '求助已由其他途径解决',
  'support.duplicate': '求助已作为重复件关闭',
  'support.holder-assigned': '求助交由您承办',
  'support.holder-changed': '求助换了承办人',
  'support.panel-proposed': '专家组已推荐',
  'support.invited': '邀请您参加会诊',
  'support.invitation-accepted': '专家接受了邀请',
  'support.invitation-declined': '专家谢绝了邀请',
  'support.invitation-revoked': '会诊邀请已撤销',
  'support.opinion-given': '收到一份专家意见',
  'support.opinions-open': '这一轮意见可以查看了',
  'support.opinion-due': '会诊意见快到截止时间',
  'support.conference-planned': '会诊已安排',
  'support.conference-moved': '会诊改期了',
  'support.conference-cancelled': '会诊已取消',
  'support.poll-opened': '请您答复会诊时间',
  'support.poll-answered': '会诊时间已全部答复',
  'support.poll-closed': '会诊时间征集已截止，请选定时段',
  'support.conference-held': '会诊已记录',
  'support.line-opened': '有支援线交给您',
  'support.line-closed': '支援线已登记结果',
  'alarms.due': '个案里有一件事到时间了，请打开查看',
  'alarms.look': '个案里有一份记录请您今天看',
  'alarms.look-now': '个案里有一份记录请您马上看',
  'responses.your-turn': '有转介、督导等记录待您办理',
  'responses.moved': '转介、督导等记录有了进展',
  'support.action-assigned': '有行动项交给您',
  'support.action-due': '行动项快到期',
  'support.action-overdue': '行动项已超期',
  'support.action-done': '行动项已登记结果',
  'support.clock-at-risk': '求助的时限快到了',
  'support.clock-overdue': '求助已超过时限',
  'support.closed': '支援已结束',
  'support.stale': '求助很久没有进展',
  'support.follow-up-due': '到了回访的日子',
  'support.no-holder': '有求助没有在岗的承办人',
  'appeals.new': '有新的居民求助待接手',
  'appeals.urgent': '有居民正处在危险中，请立即接手',
  'appeals.escalated': '紧急居民求助还没有人接手',
  'appeals.assigned': '站长把一件居民求助交给您',
  'appeals.passed': '有居民求助转到本站',
  'appeals.withdrawn': '求助已撤回',
  'appeals.accompanied': '社区民政员确认已陪同入户',
  'appeals.added': '社区民政员补充了线索',
  'appeals.clue-moved': '您报的线索有新的进展',
  'appeals.overdue': '居民求助已超过答复时限',
  'calls.ticket-at-risk': '转办单的时限快到了',
  'calls.ticket-overdue': '转办单已超过时限',
  'casebank.drafted': '有案例草稿待审核',
  'casebank.released': '案例已发布入库',
  'learning.called': '评优大赛开始，请您申报',
  'learning.score-wanted': '请您为评优作品评分',
  'learning.checked': '您的作品资格审查有了结果',
  'learning.noticed': '评优结果开始公示',
  'learning.objected': '有人对评优结果提出异议',
  'learning.objection-answered': '您的异议已有答复',
  'learning.awarded': '评优已授奖',
  'learning.seminar-due': '到了召集主题研讨的时候',
  'learning.seminar-invited': '请您参加主题研讨',
  'learning.seminar-cancelled': '主题研讨已取消',
  'casebank.recall-proposed': '有已发布的案例请尽快收回',
  'casebank.recalled': '案例已收回',
  'casebank.consent-withdrawn': '服务对象撤回了发布同意',
  'cases.co-worker-named': '请您协办一个个案',
  'cases.paper-sent': '有个案文书请您签字',
  'forms.laid': '有表单请您签字',
  'forms.signed': '您送签的表单已签',
  'forms.returned': '您送签的表单被退回，请看理由',
  'relief.handed-over': '有救助个案交给您承办',
  'relief.joint-called': '请您参加助联体会商',
  'relief.joint-concluded': '您参加的助联体会商有了结果，或已取消',
  'groups.submitted': '有小组计划书请您审批',
  'groups.lead-asked': '有小组换牵头人的提议请您确认',
  'groups.lead-answered': '小组换牵头人有了答复',
  'groups.reviewed': '小组计划书已有答复',
  'cases.paper-signed': '您送签的个案文书已签',
  'cases.paper-returned': '您送签的个案文书被退回，请看理由',
  'cases.handover-proposed': '有个案要移交给您，请答复',
  'cases.handover-answered': '您提出的个案移交已有答复',
  'cases.handed-over': '有个案已移交给您',
  'cases.handed-away': '您的个案已移交给同事',
  'report.registered': '有强制报告，请立即确认',
  'report.unacknowledged': '强制报告还没有人确认',
  'report.moved': '强制报告有新进展',
  'report.second-person': '强制报告等您签字或复核',
  'resources.review-due': '有政策或资源需要复核',
  'resources.referral-answered': '联动单位答复了转介',
  'resources.referral-offered': '有求助转介给了联动单位',
  'resources.referral-over': '一次转介有了结果',
  'resources.referral-expired': '一次转介过期没有答复',
  'sealing.waits': '有封存事项等您决定',
  'sealing.opened': '封存件可以查阅了，限时',
  'identity.new-device': '您的账号在新设备登录',
  'workforce.absence-recorded': '请假已登记，代理人已接手',
  'rulepacks.to-approve': '有规则新版本待批准',
  'rulepacks.returned': '规则草稿已退回修改',
  'rulepacks.issued': '规则新版本已批准发布',
  'rulepacks.withdrawn': '规则草稿已撤回',
  'archive.ready': '您取的档案可以下载了',
  'archive.failed': '您取的档案没有生成',
  'calendar.year-uncovered': '节假日表缺少年份，时限可能不准',
  'volunteer-task.handed': '有志愿任务移交给您牵头',
  'privacy.received': '有个人信息权利请求待办',
  'privacy.answered': '个人信息权利请求已有决定',
  'privacy.answer-due': '个人信息权利请求的答复快到期',
  'privacy.list-appraised': '有销毁清册待批准',
  'privacy.list-answered': '销毁清册已有答复',
};

/** What a notice says; unknown kinds get a sentence that is true of all of them. */
export const noticeSays = (kind: string): string =>
  Object.hasOwn(noticeKindLabels, kind) ? (noticeKindLabels[kind] ?? kind) : '有一条记录有了变化';

/** Kinds of records, as nouns. */
export const recordKindLabels: Readonly<Record<string, string>> = {
  request: '求助',
  case: '个案',
  ledger: '服务台账',
  activity: '社区活动',
  relief: '救助个案',
  'relief-joint': '助联体会商',
  group: '小组',
  groups: '小组清单',
  volunteer: '志愿者',
  volunteers: '志愿者登记册',
  'volunteer-task': '志愿任务',
  campaign: '宣传周',
  'case-paper': '个案文书',
  'case-handover': '个案移交',
  'case-handovers': '个案移交',
  appeal: '居民求助',
  call: '来电',
  hotline: '热线号码',
  ticket: '转办单',
  invitation: '会诊邀请',
  conference: '会诊',
  line: '支援线',
  response: '支援记录',
  'response-list': '支援记录清单',
  action: '行动项',
  poll: '会诊时间',
  'mail-address': '邮箱',
  polls: '会诊时间',
  draft: '案例草稿',
  entry: '案例',
  competition: '评优',
  'seminar-series': '研讨系列',
  seminar: '主题研讨',
  seminars: '主题研讨',
  'research-output': '研究成果',
  'research-outputs': '研究成果',
  'case-book': '优秀案例汇编',
  competitions: '评优',
  'competition-entries': '评优作品',
  'competition-objections': '评优异议',
  expert: '专家',
  resource: '政策与资源',
  partner: '联动单位',
  referral: '转介',
  worker: '社工',
  assignment: '角色任命',
  absence: '请假',
  rota: '值班',
  organisation: '机构',
  station: '站点',
  division: '区划',
  holiday: '节假日',
  'rule-draft': '规则草稿',
  account: '账号',
  session: '登录',
  attachment: '附件',
  photo: '照片',
  packet: '资料包',
  round: '意见轮次',
  recipient: '服务对象',
  recipients: '服务对象清单',
  household: '家庭',
  'recipient-pairs': '可能重复的服务对象',
  'recipient-merge': '服务对象合并',
  consent: '同意',
  note: '个案记录',
  'form-answer': '表单',
  'form-answers': '表单',
  'form-template': '表单版本',
  visit: '探访',
  alarm: '专项记录',
  alarms: '专项记录',
  visits: '探访',
  'due-visits': '该探访的人',
  'visit-days': '一天的探访',
  archive: '档案',
  'year-report': '年度报告',
  'year-reports': '年度报告',
  audit: '审计记录',
  notice: '消息',
  report: '强制报告',
  reports: '强制报告',
  'sealed-file': '封存件',
  'sealed-files': '封存件',
  'query-letter': '查询函',
  'query-letters': '查询函',
  'request-list': '求助清单',
  // A refusal names the part of the address that was asked for.
  'support-requests': '求助',
  cases: '个案',
  appeals: '居民求助',
  calls: '来电',
  hotlines: '热线号码',
  tickets: '转办单',
  casebank: '案例库',
  invitations: '会诊邀请',
  conferences: '会诊',
  lines: '支援线',
  responses: '支援记录',
  actions: '行动项',
  archives: '档案',
  import: '台账导入',
  imports: '台账导入',
  'import-template': '台账导入模板',
  attachments: '附件',
  experts: '专家',
  resources: '政策与资源',
  partners: '联动单位',
  'partner-referrals': '转介',
  'resource-import': '批量导入',
  'resource-exchange': '资源交换',
  workers: '社工',
  assignments: '角色任命',
  absences: '请假',
  organisations: '机构',
  stations: '站点',
  divisions: '区划',
  holidays: '节假日',
  'rule-packs': '规则',
  'rule-drafts': '规则草稿',
  notices: '消息',
  sessions: '登录',
  'privacy-request': '权利请求',
  'destruction-list': '销毁清册',
  'impact-assessment': '影响评估',
  breach: '安全事件',
  'retention-mark': '保管标记',
  'privacy-requests': '权利请求',
  'destruction-lists': '销毁清册',
  'impact-assessments': '影响评估',
  breaches: '安全事件',
  'retention-marks': '保管标记',
  activities: '社区活动清单',
  campaigns: '宣传周清单',
  'recipient-merges': '服务对象合并记录',
  'relief-cases': '救助个案清单',
  retention: '保管期限',
  'volunteer-tasks': '志愿任务清单',
};

/** Weekdays, Monday 1 to Sunday 7. */
export const weekdayLabels: Readonly<Record<number, string>> = {
  1: '周一',
  2: '周二',
  3: '周三',
  4: '周四',
  5: '周五',
  6: '周六',
  7: '周日',
};

/** Options of a select from a table of labels, in the table's order. */
export const optionsOf = <T extends string>(labels: Readonly<Record<T, string>>): { value: T; label: string }[] =>
  (Object.entries(labels) as [T, string][]).map(([value, label]) => ({ value, label }));
