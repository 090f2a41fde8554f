/**
 * The map of a person: every table in which something of a recipient stands, and what a copy gives of it. The server finds the tables in
 * the schema itself; a test fails when one of them is missing here. What is not named under `gives` is not given, a new column included.
 *
 * Rules of the copy (PIPL 45, 民法典 1037): the person gets what was recorded of the person; not what concerns somebody else (third-party),
 * not what members of the profession thought among themselves (professional), not the platform's own traces (trace).
 */
export type Withheld = 'third-party' | 'professional' | 'trace' | 'cipher';

/** How one column goes into a copy: as it is, as a text from which other people are taken out, or deciphered. */
export type GivenColumn = { readonly label: string; readonly as: 'plain' | 'narrative' | 'sealed' | 'file' };

export type MapEntry = {
  readonly title: string;
  readonly gives: Readonly<Record<string, GivenColumn>>;
  /** Why the rest, or all of it, stays. */
  readonly keeps: Withheld;
  /** Set where rows are found by something else than a reference, so that the walk does not meet them. */
  readonly loose?: true;
};

const plain = (label: string): GivenColumn => ({ label, as: 'plain' });
const narrative = (label: string): GivenColumn => ({ label, as: 'narrative' });
const sealed = (label: string): GivenColumn => ({ label, as: 'sealed' });
const nothing = (title: string, keeps: Withheld, loose?: true): MapEntry => ({ title, gives: {}, keeps, ...(loose ? { loose } : {}) });

/** By table name as in the database; columns as in the database. */
export const personalMap: Readonly<Record<string, MapEntry>> = {
  recipient: {
    title: '身份信息',
    gives: {
      name_ct: sealed('姓名'),
      gender: plain('性别'),
      birth_on: plain('出生日期'),
      id_number_ct: sealed('证件号码'),
      phone_ct: sealed('电话'),
      address_ct: sealed('住址'),
    },
    keeps: 'cipher',
  },
  recipient_former_name: { title: '曾用名', gives: { name_ct: sealed('曾用名') }, keeps: 'cipher' },
  recipient_detail: {
    title: '个人情况',
    gives: { item: plain('项目'), value_ct: sealed('内容'), recorded_at: plain('登记时间') },
    keeps: 'cipher',
  },
  recipient_category: {
    title: '类别',
    gives: {
      category: plain('类别'),
      disability: plain('残疾类别'),
      grade: plain('残疾等级'),
      from_day: plain('起始'),
      to_day: plain('截止'),
      source: plain('依据'),
    },
    keeps: 'professional',
  },
  recipient_contact: { title: '联系提醒', gives: { how: narrative('怎样联系'), times: narrative('何时联系') }, keeps: 'professional' },
  household_member: {
    title: '家庭成员身份',
    gives: { relation: plain('与户主的关系'), lives_together: plain('是否同住'), joined_on: plain('登记日期') },
    keeps: 'third-party',
  },
  recipient_guardian: nothing('监护人', 'third-party'),
  household_tie: nothing('家系图与生态图的关系', 'third-party'),
  recipient_pair: nothing('不是同一人的确认', 'trace'),
  recipient_merge: nothing('档案合并记录', 'trace'),
  case_file: {
    title: '个案登记',
    gives: {
      number: plain('编号'),
      status: plain('状态'),
      stage: plain('阶段'),
      domain: plain('问题领域'),
      opened_on: plain('建立日期'),
      closed_on: plain('结案日期'),
      closing_kind: plain('结案类型'),
      work_outcome: plain('就业结果'),
      work_on: plain('开始工作或培训'),
      work_place: plain('在什么地方'),
      work_seen_on: plain('就业情况登记于'),
      keep_until: plain('保管至'),
    },
    keeps: 'professional',
  },
  case_content: { title: '个案内容', gives: { school: plain('学校'), summary: narrative('摘要') }, keeps: 'third-party' },
  form_answer: { title: '表单登记', gives: { status: plain('状态'), submitted_at: plain('提交时间') }, keeps: 'professional' },
  // In sentences, without what the worker thought.
  form_answer_content: { title: '表单内容', gives: { told: narrative('内容') }, keeps: 'professional' },
  form_decision: nothing('表单签署', 'trace'),
  signature: { title: '手写签名', gives: { signed_at: plain('签名时间') }, keeps: 'professional' },
  // Guardians, witnesses and workers sign as well: who they are is theirs.
  signature_content: nothing('手写签名的内容', 'third-party'),
  visit: {
    title: '探访登记',
    gives: { status: plain('状态'), visited_on: plain('探访日期'), planned_on: plain('安排日期'), minutes: plain('时长（分钟）') },
    keeps: 'professional',
  },
  visit_content: {
    title: '探访记录',
    gives: {
      health: plain('身体健康情况'),
      health_says: narrative('身体健康情况的记录'),
      safety: plain('居家安全状况'),
      safety_says: narrative('居家安全状况的记录'),
      life: plain('日常生活娱乐'),
      life_says: narrative('日常生活娱乐的记录'),
    },
    // Who came along is somebody else.
    keeps: 'third-party',
  },
  visit_action: {
    title: '探访的即时处置',
    gives: { what: narrative('要做的事'), until: plain('期限'), done_at: plain('完成时间') },
    keeps: 'third-party',
  },
  // A copy lies about at home, where the one who does violence may live.
  alarm: nothing('专项记录', 'third-party'),
  alarm_content: nothing('专项记录的内容', 'third-party'),
  alarm_step: nothing('专项记录的办理', 'professional'),
  alarm_order: nothing('专项记录的保护令', 'third-party'),
  alarm_entry: nothing('专项记录的经过', 'third-party'),
  visit_need: { title: '探访需要', gives: { needs: plain('情况') }, keeps: 'professional' },
  case_note: {
    title: '个案记录',
    // Without what the worker thought of it, and who was there.
    gives: {
      happened_on: plain('日期'),
      kind: plain('方式'),
      minutes: plain('分钟'),
      place: plain('地点'),
      goal: narrative('本次目标'),
      body: narrative('记录'),
      state: narrative('状态'),
      next_plan: narrative('下次计划'),
    },
    keeps: 'third-party',
  },
  case_paper: {
    title: '个案文书',
    gives: { kind: plain('文书种类'), happened_on: plain('日期'), status: plain('状态'), satisfaction: plain('满意程度') },
    keeps: 'professional',
  },
  // In sentences, without the worker's view of the own work.
  case_paper_content: { title: '个案文书内容', gives: { told: narrative('内容') }, keeps: 'professional' },
  case_handover: nothing('个案移交', 'trace'),
  consent: {
    title: '同意',
    gives: {
      receiver: plain('接收方'),
      purpose: plain('目的'),
      fields: plain('范围'),
      granted_on: plain('同意日期'),
      expires_on: plain('到期'),
      withdrawn_on: plain('撤回日期'),
      notice_version: plain('告知书'),
    },
    keeps: 'third-party',
  },
  support_request: {
    title: '求助登记',
    gives: {
      receipt_no: plain('回执号'),
      archive_no: plain('档案号'),
      status: plain('状态'),
      submitted_at: plain('提交时间'),
      closed_at: plain('结束时间'),
    },
    keeps: 'professional',
  },
  support_content: {
    title: '求助内容',
    gives: { story: narrative('经过'), tried: narrative('已做的工作'), asks: narrative('希望得到的支援') },
    keeps: 'third-party',
  },
  support_line: {
    title: '支援线',
    gives: { help_field: plain('专业'), kind: plain('方式'), status: plain('状态'), opened_at: plain('开始') },
    keeps: 'professional',
  },
  support_closing: { title: '支援结果', gives: { solved: plain('是否解决'), follow_up_on: plain('回访日期') }, keeps: 'professional' },
  attachment: { title: '附件', gives: { name: { label: '文件', as: 'file' } }, keeps: 'third-party' },
  case_circle: nothing('协办社工', 'third-party'),
  case_field_change: nothing('服务领域的改动', 'trace'),
  support_statement: nothing('经办过程的说明', 'professional'),
  support_proposal: nothing('专家组推荐', 'professional'),
  support_round: nothing('意见轮次', 'professional'),
  support_invitation: nothing('会诊邀请', 'third-party'),
  support_packet: nothing('给专家的资料包', 'professional'),
  packet_attachment: nothing('资料包的附件', 'professional'),
  support_opinion: nothing('专家意见', 'professional'),
  support_conference: nothing('会诊安排', 'professional'),
  support_minutes: nothing('会诊纪要', 'professional'),
  support_action: nothing('行动项', 'professional'),
  publication_draft: nothing('案例草稿', 'professional'),
  publication_finding: nothing('案例草稿的替换', 'cipher'),
  appeal: {
    title: '居民求助登记',
    gives: { number: plain('编号'), channel: plain('渠道'), asked_at: plain('提出时间'), ended_at: plain('办结时间') },
    keeps: 'professional',
  },
  // Whoever asked or called may be somebody else than the person.
  appeal_content: nothing('居民求助内容', 'third-party'),
  appeal_step: nothing('居民求助的经过', 'third-party'),
  hotline_call: nothing('来电登记', 'third-party'),
  hotline_call_content: nothing('来电内容', 'third-party'),
  hotline_hand_over: nothing('来电转接', 'third-party'),
  // The reporter is known to two people only; nothing may point there.
  mandatory_report: nothing('强制报告登记', 'third-party', true),
  report_reporter: nothing('强制报告的报告人', 'third-party', true),
  report_content: nothing('强制报告内容', 'third-party', true),
  report_entry: nothing('强制报告补记', 'third-party', true),
  partner_referral: {
    title: '转介',
    gives: { number: plain('编号'), status: plain('状态'), sent_on: plain('转出日期'), help_field: plain('专业') },
    keeps: 'professional',
  },
  support_response: nothing('支援方式的登记', 'professional'),
  support_response_content: nothing('支援方式的内容', 'professional'),
  conference_poll: nothing('会诊时间征询', 'professional'),
  poll_vote: nothing('会诊时间的答复', 'third-party'),
  request_archive: nothing('求助档案的取用', 'trace'),
  opinion_draft: nothing('专家意见草稿', 'cipher'),
  client_agenda: { title: '会诊案主议程', gives: { welcome: plain('说明'), items: plain('议程') }, keeps: 'professional' },
  expert_effort: nothing('专家投入的时间', 'third-party', true),
  // A sealed file has a key of its own and is opened by a query letter only.
  sealed_file: nothing('封存登记', 'cipher'),
  sealed_content: nothing('封存内容', 'cipher'),
  sealed_attachment: nothing('封存附件', 'cipher'),
  sealed_reading: nothing('封存件的查阅', 'trace'),
  query_letter: nothing('查询函', 'third-party'),
  letter_approval: nothing('查询函的审批', 'third-party'),
  rule_draft_change: nothing('规则草稿的改动', 'trace', true),
  partner_referral_content: nothing('转介的内容', 'professional'),
  competition_entry: nothing('参加优秀案例评选', 'professional'),
  competition_text: nothing('送评的脱敏文字', 'professional'),
  competition_recusal: nothing('评委回避', 'professional'),
  competition_score: nothing('评委打分', 'professional'),
  casebank_entry: nothing('已发布的案例（不含个人信息）', 'professional', true),
  // Which act served whom, when and how long; what was done stands in the notes, which are given.
  group_member: {
    title: '参加的小组',
    gives: { joined_on: plain('加入'), left_on: plain('离开'), leave_reason: plain('离开原因') },
    keeps: 'third-party',
  },
  group_attendance: { title: '小组出席', gives: { presence: plain('出席') }, keeps: 'professional' },
  group_measure: {
    title: '小组前后测',
    gives: { moment: plain('前测或后测'), value: plain('分数'), taken_on: plain('日期') },
    keeps: 'professional',
  },
  relief_case: {
    title: '救助个案',
    gives: { screened_on: plain('筛查日期'), needs: plain('需求'), status: plain('状态') },
    keeps: 'professional',
  },
  relief_content: {
    title: '救助需求与反馈',
    gives: { need_says: narrative('需求'), feedback_says: narrative('反馈') },
    keeps: 'professional',
  },
  relief_item: {
    title: '救助物资与服务',
    gives: {
      line: plain('物质或服务'),
      what: plain('内容'),
      on_day: plain('日期'),
      quantity: plain('数量'),
      unit: plain('单位'),
      minutes: plain('分钟'),
    },
    keeps: 'professional',
  },
  // Shows people who are named nowhere beside it, several at once.
  photo: nothing('活动与小组的照片', 'third-party', true),
  activity_attendant: nothing('活动报名与本人的对应', 'trace'),
  relief_handover: nothing('救助个案的移交', 'trace'),
  relief_joint: {
    title: '助联体会商',
    gives: { on_day: plain('日期'), place: plain('地点'), told: narrative('告诉参加人的内容'), outcome: narrative('结果') },
    keeps: 'third-party',
  },
  relief_joint_member: nothing('助联体会商的参加人', 'third-party'),
  relief_undertaking: {
    title: '会商后认领的事',
    gives: { what: narrative('做什么'), due_on: plain('期限'), status: plain('状态'), settled_on: plain('结果日期') },
    keeps: 'third-party',
  },
  // Whoever registers for an activity is no recipient; whoever asks is found by the phone.
  activity_registration: nothing('活动报名', 'third-party', true),
  // A volunteer is no recipient: the own copy is a paper of the volunteers' room, and the erasure an act of the head there.
  volunteer: nothing('志愿者登记（本人的副本另行打印）', 'third-party', true),
  volunteer_content: nothing('志愿者个人信息（本人的副本另行打印）', 'third-party', true),
  volunteer_task: nothing('志愿任务（文字里没有服务对象）', 'professional', true),
  volunteer_task_content: nothing('志愿任务的文字（没有服务对象）', 'professional', true),
  volunteer_turn: nothing('志愿者参加任务的记录', 'third-party', true),
  service_contact: nothing('服务记录（计数用）', 'professional', true),
  ledger_import: nothing('台账导入（文件到期删除）', 'trace', true),
  ledger_import_row: nothing('台账导入的行', 'trace', true),
  event: nothing('操作留痕', 'trace', true),
  access_record: nothing('访问留痕', 'trace', true),
  row_history: nothing('修改留痕', 'trace', true),
  notice: nothing('工作消息（只有编号）', 'trace', true),
  privacy_request: nothing('权利请求登记', 'trace', true),
  privacy_request_content: nothing('权利请求内容', 'trace', true),
  processing_stop: nothing('停止处理登记', 'trace', true),
  retention_mark: nothing('保管标记', 'trace', true),
  destruction_list: nothing('销毁清册', 'trace', true),
  destruction_item: nothing('销毁清册条目', 'trace', true),
};
