/**
 * Who may do what: the expected answer of every endpoint for every role, written by hand and never derived from the policies, so that
 * a policy that changed by mistake is found. `docs/access.md` is rendered from this file, for people who do not program.
 *
 * A cell is what the door answers. Three cells stand for three records of the same kind:
 * - own: of the person's own case, station, agency, street or invitation (district 甲, station 1);
 * - other: of the same district, but another worker, station, agency, street or expert (district 甲, station 2);
 * - far: of another district (district 乙).
 * One cell stands for something without a record: a list, or something new. What such a list may hold is searched for canaries.
 */
import type { Role } from '@jieyou/core/identity/schema.ts';

/** A refusal counts only with its code, and only where the row says so. */
export type Cell = 200 | 403 | 404 | `409 ${string}`;
export type Scoped = readonly [own: Cell, other: Cell, far: Cell];
export type Expected = Cell | Scoped;

/** What one endpoint answers. `about` tells rows of one endpoint apart that speak of different records. */
export type Row = {
  readonly endpoint: string;
  readonly about: string | null;
  readonly roles: Readonly<Record<Role, Expected>>;
  readonly nobody: 200 | 401;
  readonly says: string;
  /** Set where the own record is the person's own in every role, not the station's, the agency's or the street's. */
  readonly personal: boolean;
  /** Set where everybody of the station shares the own record, so that a colleague is no stranger. */
  readonly shared: boolean;
};

export type Room = { readonly title: string; readonly rows: readonly Row[] };

const ROLES = ['worker', 'head', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street', 'system', 'security', 'audit'] as const;

type Given = Partial<Record<Role, Expected>> & {
  readonly others?: Expected;
  readonly nobody?: 200;
  readonly about?: string;
  readonly personal?: true;
  readonly shared?: true;
};

const row = (endpoint: string, { others, nobody, about, personal, shared, ...named }: Given, says: string): Row => ({
  endpoint,
  about: about ?? null,
  roles: Object.fromEntries(
    ROLES.map((role) => {
      const expected = named[role] ?? others;
      if (expected === undefined) throw new Error(`${endpoint}: nothing is expected of ${role}`);
      return [role, expected];
    }),
  ) as Record<Role, Expected>,
  nobody: nobody ?? 401,
  says,
  personal: personal ?? false,
  shared: shared ?? false,
});

/** Only what is one's own; another's is as if it did not exist. */
const OWN: Scoped = [200, 404, 404];
/** Everything of the district. */
const DISTRICT: Scoped = [200, 200, 404];
/** May use it, but reaches no such record. */
const NONE: Scoped = [404, 404, 404];

export const rooms: readonly Room[] = [
  {
    title: '登录与账号',
    rows: [
      row('signIn', { others: 200, nobody: 200 }, '有账号的人都能登录；支援中心、主管部门和三员还要动态口令。'),
      row('readSession', { others: 200 }, '登录的人看自己的身份与角色。'),
      row('signOut', { others: 200 }, '登录的人退出自己的登录。'),
      row('listOwnSessions', { others: 200 }, '登录的人只看到自己在哪些设备登录。'),
      row('revokeSession', { personal: true, others: OWN }, '只能让自己的设备退出；别人的登录如同不存在。'),
      row('changePassword', { others: 200 }, '只能改自己的密码，须先说出现在的密码。'),
      row('startSecondFactor', { others: 200 }, '只能为自己绑定动态口令，须先说出密码。'),
      row('confirmSecondFactor', { others: 200 }, '只能用自己的第一个动态口令完成绑定。'),
      row('readDemoAccounts', { others: 200, nobody: 200 }, '只在演示数据中存在；正式使用时谁也看不到。'),
    ],
  },
  {
    title: '首页',
    rows: [
      row(
        'readWorkbench',
        {
          worker: 200,
          head: 200,
          centre: 200,
          expert: 200,
          supervisor: 200,
          agency: 200,
          officer: 200,
          street: 200,
          others: 403,
        },
        '除三员外，每人只看到等自己办的事。',
      ),
      row(
        'readFigures',
        { centre: 200, officer: 200, street: 200, agency: 200, head: 200, others: 403 },
        '支援中心与主管部门看本区，街道看本街道，机构看本机构，站长看本站；只见登记信息的单位看不到太小的数。',
      ),
      row('countRequests', { centre: 200, officer: 200, street: 200, agency: 200, head: 200, others: 403 }, '同上，按站点与状态。'),
      row('readLoadSpread', { centre: 200, expert: 200, others: 403 }, '支援中心看分布与每人一行；专家只看到自己。'),
      row('readYearReport', { centre: 200, officer: 200, others: 403 }, '支援中心与主管部门看本区年度报告。'),
      row('saveYearReportText', { centre: 200, others: 403 }, '支援中心写年度报告的文字，每次保存留一版。'),
      row('printYearReport', { centre: 200, officer: 200, others: 403 }, '支援中心与主管部门下载年度报告。'),
      row('readCentreFigures', { centre: 200, officer: 200, others: 403 }, '支援中心与主管部门看本区数字，每个数字都由行数出。'),
    ],
  },
  {
    title: '服务记录与台账',
    rows: [
      row('listContacts', { worker: 200, head: 200, others: 403 }, '社工看本人的服务记录，站长看本站的；其他人看不到一行。'),
      row(
        'readLedger',
        { worker: 200, head: 200, centre: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '社工数本人的，站长数本站的；机构、街道、支援中心与主管部门只看数，太小的数对只见登记信息的单位不显示。',
      ),
      row(
        'exportLedger',
        { worker: 200, head: 200, centre: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '范围同上，须写理由并留痕；看不到行的单位只导出数。',
      ),
    ],
  },
  {
    title: '社区活动',
    rows: [
      row('readPublicActivity', { others: 200, nobody: 200 }, '拿到链接的人都能看活动本身；看不到任何报名的人。'),
      row('registerAsResident', { others: 200, nobody: 200 }, '拿到链接的人都能报名；回答不说这个电话以前报没报过。'),
      row('listActivities', { worker: 200, head: 200, others: 403 }, '社工看自己牵头和协助的活动，站长看本站的。'),
      row('readActivity', { worker: OWN, head: OWN, others: 403 }, '牵头与协助的社工、本站站长；报名的姓名电话都打码。'),
      row('readActivityCode', { worker: OWN, head: OWN, others: 403 }, '同上；只有发布后才有二维码。'),
      row('createActivity', { worker: 200, others: 403 }, '社工为本站计划活动。'),
      row('updateActivity', { worker: OWN, others: 403 }, '牵头与协助的社工；站长只看不改。'),
      row('moveActivity', { worker: OWN, others: 403 }, '牵头与协助的社工发布、撤下、取消。'),
      row('registerByWorker', { worker: OWN, others: 403 }, '牵头与协助的社工代居民报名。'),
      row('changeRegistration', { worker: OWN, others: 403 }, '牵头与协助的社工递补或取消报名。'),
      row('unmaskRegistration', { worker: OWN, head: OWN, others: 403 }, '牵头与协助的社工、本站站长，一次一人，须写理由并留痕。'),
      row('signInToActivity', { worker: OWN, others: 403 }, '牵头与协助的社工登记到场；没有打卡，不记位置。'),
      row('finishActivity', { worker: OWN, others: 403 }, '牵头社工结束活动，自动记入台账。'),
      row(
        'listCampaigns',
        { worker: 200, head: 200, centre: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '宣传周只有合计；看不到任何一场活动的报名。',
      ),
      row(
        'readCampaign',
        { worker: DISTRICT, head: DISTRICT, centre: DISTRICT, agency: DISTRICT, officer: DISTRICT, street: DISTRICT, others: 403 },
        '同上，按类别与站点合计本区的活动。',
      ),
      row('createCampaign', { centre: 200, others: 403 }, '支援中心建立宣传周。'),
    ],
  },
  {
    title: '消息',
    rows: [
      row('listNotices', { others: 200 }, '只看到发给自己的消息；消息里没有案情。'),
      row('markNoticeRead', { personal: true, others: OWN }, '只能标自己的消息。'),
      row('markAllNoticesRead', { others: 200 }, '只标自己的消息。'),
      row('readOwnMail', { others: 200 }, '只看到自己的邮箱（打码）与邮件设置。'),
      row('setOwnAddress', { others: 200 }, '登录的人填写自己的邮箱并同意接收；平台没有设置邮件时不能填写。'),
      row('verifyOwnAddress', { others: 200 }, '只能启用自己填写的邮箱。'),
      row('chooseOwnMail', { others: 200 }, '只能改自己的邮件设置。'),
      row('removeOwnAddress', { others: 200 }, '只能删去自己的邮箱。'),
      row('listSavedViews', { others: 200 }, '只看到自己保存的视图。'),
      row('saveView', { others: 200 }, '视图只归保存的人。'),
      row('changeView', { personal: true, others: OWN }, '只能改自己的视图。'),
      row('removeView', { personal: true, others: OWN }, '只能删去自己的视图。'),
      row('followLive', { others: 200 }, '实时推送只说“有新消息”“所看的求助有变化”，不带内容；看不到的求助没有推送。'),
    ],
  },
  {
    title: '服务对象与家庭',
    rows: [
      row(
        'searchRecipients',
        { worker: 200, head: 200, others: 403 },
        '社工、站长建档前查找；范围内的打码显示，范围外只说哪个站点有在办个案，且须证件号码相同，或姓名、生日、电话都相同；每次都留痕。',
      ),
      row('listRecipients', { worker: 200, head: 200, others: 403 }, '社工看自己服务的人，站长看本站服务的人；都打码。'),
      row('exportRecipients', { worker: 200, head: 200, others: 403 }, '只导出自己看得到的，打码，须写理由并留痕。'),
      row('readRecipient', { worker: OWN, head: OWN, others: 403 }, '服务此人的承办与协办社工、本站站长；别人从哪条路都到不了。'),
      row('listRecipientSteps', { worker: OWN, head: OWN, others: 403 }, '同上；范围外的个案只有日期、记录人和站点，没有内容。'),
      row('openRecipientField', { worker: OWN, head: OWN, others: 403 }, '服务此人的社工、本站站长，一次一项，须写理由并留痕。'),
      row('addFormerName', { worker: OWN, others: 403 }, '服务此人的承办与协办社工；站长只看不改。'),
      row('addCategory', { worker: OWN, others: 403 }, '服务此人的承办与协办社工。'),
      row('endCategory', { worker: OWN, others: 403 }, '服务此人的承办与协办社工。'),
      row('addGuardian', { worker: OWN, others: 403 }, '服务此人的承办与协办社工；监护人姓名、电话加密。'),
      row('openGuardianField', { worker: OWN, head: OWN, others: 403 }, '服务此人的社工、本站站长，须写理由并留痕。'),
      row('endGuardian', { worker: OWN, others: 403 }, '服务此人的承办与协办社工。'),
      row('markContact', { worker: OWN, others: 403 }, '服务此人的承办与协办社工。'),
      row('beginHousehold', { worker: OWN, others: 403 }, '服务此人的承办与协办社工。'),
      row('changeHousehold', { worker: OWN, others: 403 }, '服务其中任一成员的社工。'),
      row('openHouseholdField', { worker: OWN, head: OWN, others: 403 }, '服务其中任一成员的社工、站长，须写理由并留痕。'),
      row('addHouseholdMember', { worker: OWN, others: 403 }, '服务其中任一成员的社工；只能加入自己服务的人，或只写姓名。'),
      row('changeHouseholdMember', { worker: OWN, others: 403 }, '服务其中任一成员的社工。'),
      row('endHouseholdMember', { worker: OWN, others: 403 }, '服务其中任一成员的社工。'),
      row('addHouseholdTie', { worker: OWN, others: 403 }, '服务其中任一成员的社工。'),
      row('endHouseholdTie', { worker: OWN, others: 403 }, '服务其中任一成员的社工。'),
      row('listRecipientPairs', { worker: 200, head: 200, others: 403 }, '两边都在自己服务范围内的才列出。'),
      row('tellApart', { worker: OWN, head: OWN, others: 403 }, '两边都在服务范围内的社工、站长。'),
      row('mergeRecipients', { worker: OWN, head: OWN, others: 403 }, '站长（两边都在本站），或两边都由本人服务的社工。'),
      row('listRecipientMerges', { worker: 200, head: 200, others: 403 }, '留下的档案在自己服务范围内的。'),
      row('undoRecipientMerge', { worker: OWN, head: OWN, others: 403 }, '服务留下那份档案的社工、站长。'),
    ],
  },
  {
    title: '个案',
    rows: [
      row(
        'listCases',
        { worker: 200, head: 200, others: 403 },
        '社工看自己承办和协办的个案，站长看本站的；支援中心和各级管理者都不看个案。',
      ),
      row('sealLookup', { worker: 200, head: 200, others: 403 }, '能看个案清单的人；只得到自己填写内容的密文，别人用不了。'),
      row('readCase', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长；姓名、证件号、电话、住址都打码。'),
      row('createCase', { worker: 200, others: 403 }, '社工为本站建立个案。'),
      row('updateCase', { worker: OWN, others: 403 }, '承办与协办社工；站长只看不改。'),
      row('listNotes', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长。'),
      row('addNote', { worker: OWN, others: 403 }, '承办与协办社工。'),
      row('listCoWorkers', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长。'),
      row(
        'listCoWorkerChoices',
        { worker: OWN, head: OWN, others: 403 },
        '承办社工本人、本站站长；只列出个案所在站点的社工。协办社工不能再请人。',
      ),
      row('nameCoWorker', { worker: OWN, head: OWN, others: 403 }, '承办社工本人、本站站长；只能请本站社工。'),
      row('removeCoWorker', { worker: OWN, head: OWN, others: 403 }, '承办社工本人、本站站长；结束后对方立即看不到个案。'),
      row('unmaskRecipient', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长，一次一项，须写理由并留痕。'),
      row(
        'listVisits',
        { worker: 200, head: 200, others: 403 },
        '社工看自己承办和协办的，站长看本站的；支援中心和各级管理者都看不到探访。',
      ),
      row('listDueVisits', { worker: 200, head: 200, others: 403 }, '同上：该探访的人，姓名打码，只按到期日、区域排，不排名。'),
      row('readVisitStart', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长。'),
      row('readVisit', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长。'),
      row('planVisit', { worker: OWN, others: 403 }, '承办与协办社工。'),
      row('moveVisit', { worker: OWN, others: 403 }, '承办与协办社工。'),
      row('recordVisit', { worker: OWN, others: 403 }, '承办与协办社工；站长只看不写。'),
      row('missVisit', { worker: OWN, others: 403 }, '承办与协办社工。'),
      row('cancelVisit', { worker: OWN, others: 403 }, '承办与协办社工。'),
      row('finishVisitAction', { worker: OWN, others: 403 }, '承办与协办社工。'),
      row('setVisitNeeds', { worker: OWN, others: 403 }, '承办与协办社工。'),
      row('printVisitDay', { worker: 200, head: 200, others: 403 }, '只印自己看得到的探访；纸上姓名打码，没有住址。'),
      row('recordConsent', { worker: OWN, others: 403 }, '承办与协办社工登记服务对象的同意。'),
      row('withdrawConsent', { worker: OWN, others: 403 }, '承办与协办社工登记服务对象撤回同意。'),
      row('readStages', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长。'),
      row('moveCase', { worker: OWN, others: 403 }, '承办与协办社工；站长只看、只签。'),
      row('listSigners', { worker: OWN, others: 403 }, '承办与协办社工；只列出站长与督导的姓名。'),
      row(
        'readCasePaper',
        { worker: OWN, head: OWN, supervisor: OWN, others: 403 },
        '承办与协办社工、本站站长；督导只看送到自己面前、还没有签的那一份。',
      ),
      row('decideCasePaper', { head: OWN, supervisor: OWN, others: 403 }, '本站站长、送到面前的督导；撰写人和承办人不能签。'),
      row('printCasePaper', { worker: OWN, head: OWN, supervisor: OWN, others: 403 }, '能看这份文书的人。'),
      row('listHandovers', { worker: 200, head: 200, others: 403 }, '社工看本人移出、接收的，站长看本站的；只有编号。'),
      row('listHandoverChoices', { worker: 200, head: 200, others: 403 }, '只列出本站在岗的社工。'),
      row('proposeHandover', { worker: OWN, head: OWN, others: 403 }, '承办社工本人、本站站长。'),
      row('answerHandover', { worker: OWN, head: OWN, others: 403 }, '接收的社工答复；提出人和本站站长可以撤回。'),
      row('listArchives', { centre: DISTRICT, others: 403 }, '本区支援中心看到谁在何时为何取走档案。'),
      row('startArchive', { centre: DISTRICT, others: 403 }, '本区支援中心取档案，须写用途；由取档人的权限生成。'),
      row('downloadArchive', { personal: true, centre: OWN, others: 403 }, '只能下载自己取的档案；下载时再核对权限。'),
      row('checkArchive', { centre: 200, others: 403 }, '支援中心按校验码核对档案；别区的如同没有。'),
      row('addAttachment', { about: '求助的附件', worker: OWN, centre: DISTRICT, others: 403 }, '求助社工本人，或本区支援中心。'),
      row(
        'addAttachment',
        { about: '个案的附件', worker: OWN, centre: NONE, others: 403 },
        '承办与协办社工；支援中心看不到个案，也就不能添加。',
      ),
      row(
        'readAttachment',
        { about: '求助的附件（已放进资料包）', worker: OWN, head: OWN, centre: DISTRICT, expert: OWN, others: 403 },
        '求助社工、本站站长、本区支援中心；专家只限放进自己资料包的，且已作保密承诺、未过期。',
      ),
      row(
        'readAttachment',
        { about: '求助的附件（未放进资料包）', worker: OWN, head: OWN, centre: DISTRICT, expert: NONE, others: 403 },
        '没有放进资料包的附件，专家看不到。',
      ),
      row(
        'readAttachment',
        { about: '个案的附件', worker: OWN, head: OWN, centre: NONE, expert: NONE, others: 403 },
        '承办与协办社工、本站站长；个案的附件不随求助外传。',
      ),
      row(
        'removeAttachment',
        {
          worker: OWN,
          centre: ['409 files.not-yours', '409 files.not-yours', 404],
          others: 403,
        },
        '只限添加者本人，且尚未进入资料包。',
      ),
    ],
  },
  {
    title: '疑难个案求助',
    rows: [
      row(
        'listSupportRequests',
        { worker: 200, head: 200, centre: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '社工看自己的，站长看本站，支援中心看本区；机构、主管部门、街道只见编号、状态等登记信息。',
      ),
      row(
        'exportSupportRequests',
        { worker: 200, head: 200, centre: 200, others: 403 },
        '社工导出自己的，站长导出本站，支援中心导出本区，须写理由；表里没有服务对象。',
      ),
      row(
        'readSupportRequest',
        { about: '已提交的', worker: OWN, head: OWN, centre: DISTRICT, agency: OWN, officer: DISTRICT, street: OWN, others: 403 },
        '求助社工、本站站长、本区支援中心可看内容；机构、主管部门、街道只见登记信息。',
      ),
      row(
        'readSupportRequest',
        { about: '草稿', worker: OWN, head: NONE, centre: NONE, agency: NONE, officer: NONE, street: NONE, others: 403 },
        '草稿只有写它的社工看得到。',
      ),
      row(
        'readSimilarCases',
        { about: '已提交的', worker: OWN, head: OWN, centre: DISTRICT, others: 403 },
        '相似案例由求助的内容找出，只给看得到内容的人；案例本身是已发布的。',
      ),
      row('readSimilarCases', { about: '草稿', worker: OWN, head: NONE, centre: NONE, others: 403 }, '草稿只有写它的社工看得到。'),
      row('createSupportRequest', { worker: OWN, others: 403 }, '个案的承办社工；同站同事也不能替别人的个案求助。'),
      row('updateSupportRequest', { worker: OWN, others: 403 }, '写草稿的社工。'),
      row(
        'assessHardness',
        { worker: 200, head: 200, centre: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '试算界定清单，不涉及任何个案。',
      ),
      row('submitSupportRequest', { worker: OWN, others: 403 }, '求助社工本人；站长知情，不审批。'),
      row('screenSupportRequest', { centre: DISTRICT, others: 403 }, '本区支援中心，且不能是求助人。'),
      row('acknowledgeCrisis', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('supplyInformation', { worker: OWN, others: 403 }, '求助社工本人。'),
      row('withdrawSupportRequest', { worker: OWN, others: 403 }, '求助社工本人。'),
      row('endSupportElsewhere', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工本人，或本区支援中心。'),
      row('closeAsDuplicate', { centre: DISTRICT, others: 403 }, '本区支援中心，且不能是求助人。'),
      row('assignHolder', { centre: DISTRICT, others: 403 }, '本区支援中心；承办人只能是支援中心的人。'),
      row('proposePanel', { centre: DISTRICT, others: 403 }, '本区支援中心，且不能是求助人。'),
      row('previewPacket', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('inviteExperts', { centre: DISTRICT, others: 403 }, '本区支援中心，且不能是求助人；须有同意或法定依据。'),
      row('revokeInvitation', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('listOwnInvitations', { expert: 200, others: 403 }, '专家只看到给自己的邀请。'),
      row('readInvitation', { expert: OWN, others: 403 }, '受邀专家本人；邀请里没有案情。'),
      row('answerInvitation', { expert: OWN, others: 403 }, '受邀专家本人。'),
      row('openPacket', { about: '已作保密承诺', expert: OWN, others: 403 }, '受邀专家本人，作出保密承诺之后、过期之前；每次打开都留痕。'),
      row(
        'openPacket',
        { about: '未作保密承诺', expert: ['409 support.pledge-missing', 404, 404], others: 403 },
        '没有保密承诺，受邀专家也打不开。',
      ),
      row('giveOpinion', { expert: OWN, others: 403 }, '受邀专家本人，且已作保密承诺。'),
      row('listOpinions', { about: '自己已交，且人数已够', expert: OWN, others: 403 }, '同一轮的受邀专家。'),
      row(
        'listOpinions',
        { about: '自己还没有交', expert: ['409 support.opinions-sealed', 404, 404], others: 403 },
        '专家交出自己的意见之前，看不到别人的。',
      ),
      row('addSupportLine', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row(
        'closeSupportLine',
        { worker: OWN, centre: DISTRICT, expert: OWN, supervisor: OWN, others: 403 },
        '支援线的承接人，或本区支援中心。',
      ),
      row(
        'listOwnLines',
        { worker: 200, centre: 200, expert: 200, supervisor: 200, others: 403 },
        '只看到由自己承接的支援线；督导只见分给自己的。',
      ),
      row(
        'readConference',
        { about: '由本人主持（支援中心：本区任何一场）', centre: DISTRICT, supervisor: OWN, expert: OWN, others: 403 },
        '会诊主持人，或本区支援中心；里面没有案情。',
      ),
      row(
        'readConference',
        { about: '由别人主持', centre: DISTRICT, supervisor: NONE, expert: NONE, others: 403 },
        '受邀而不主持的专家也不看会诊安排页，只看自己的邀请。',
      ),
      row('holdConference', { centre: DISTRICT, supervisor: OWN, expert: OWN, others: 403 }, '会诊主持人，或本区支援中心。'),
      row(
        'askForTime',
        { about: '由本人主持（支援中心：本区任何一场）', centre: DISTRICT, supervisor: OWN, expert: OWN, others: 403 },
        '会诊主持人，或本区支援中心。',
      ),
      row(
        'readPoll',
        { about: '由本人主持（支援中心：本区任何一场）', centre: DISTRICT, supervisor: OWN, expert: OWN, others: 403 },
        '会诊主持人，或本区支援中心；其他受邀的人只看自己的答复。',
      ),
      row(
        'chooseSlot',
        { about: '由本人主持（支援中心：本区任何一场）', centre: DISTRICT, supervisor: OWN, expert: OWN, others: 403 },
        '会诊主持人，或本区支援中心。',
      ),
      row(
        'listOwnPolls',
        { worker: 200, centre: 200, expert: 200, supervisor: 200, others: 403 },
        '只看到请自己答复的时间征集，看不到别人的答复。',
      ),
      row(
        'answerPoll',
        { worker: OWN, centre: OWN, expert: OWN, supervisor: NONE, others: 403 },
        '被问到的人：受邀专家、求助社工、主持人；没有被问到的，如同不存在。',
      ),
      row('listOwnConferences', { worker: 200, centre: 200, expert: 200, supervisor: 200, others: 403 }, '只看到自己要参加的会诊。'),
      row('planConference', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row(
        'moveConference',
        { about: '由本人主持（支援中心：本区任何一场）', centre: DISTRICT, supervisor: OWN, expert: OWN, others: 403 },
        '会诊主持人，或本区支援中心。',
      ),
      row(
        'cancelConference',
        { about: '由本人主持（支援中心：本区任何一场）', centre: DISTRICT, supervisor: OWN, expert: OWN, others: 403 },
        '会诊主持人，或本区支援中心。',
      ),
      row(
        'readConferenceCalendar',
        { worker: OWN, centre: DISTRICT, expert: OWN, supervisor: NONE, others: 403 },
        '要参加会诊的人：已接受的专家、求助社工、主持人；本区支援中心。文件里没有案情。',
      ),
      row('replaceExpert', { centre: DISTRICT, others: 403 }, '本区支援中心，且不能是求助人；原专家随即什么也看不到。'),
      row('readOpinionDraft', { expert: OWN, others: 403 }, '受邀专家本人；没写完的意见，支援中心也看不到。'),
      row('keepOpinionDraft', { expert: OWN, others: 403 }, '受邀专家本人，且已作保密承诺。'),
      row('listAgendaConsents', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工本人，或本区支援中心。'),
      row('writeClientAgenda', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工本人，或本区支援中心；须有案主参加会诊的同意。'),
      row('readClientAgenda', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '求助社工、本站站长、本区支援中心。'),
      row(
        'printClientAgenda',
        { worker: OWN, head: OWN, centre: DISTRICT, others: 403 },
        '求助社工、本站站长、本区支援中心；里面没有意见和纪要。',
      ),
      row('recordClientAttendance', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工本人，或本区支援中心；到了会诊时间才能登记。'),
      row('proposeSupervisor', { centre: DISTRICT, others: 403 }, '本区支援中心，且不能是求助人。'),
      row(
        'readOpinionDocument',
        { worker: OWN, head: OWN, centre: DISTRICT, agency: NONE, officer: NONE, street: NONE, others: 403 },
        '求助社工、本站站长、本区支援中心；只见登记信息的人看不到。',
      ),
      row(
        'listOwnActions',
        {
          worker: 200,
          head: 200,
          centre: 200,
          expert: 200,
          supervisor: 200,
          agency: 200,
          officer: 200,
          street: 200,
          others: 403,
        },
        '只看到由自己负责的行动项。',
      ),
      row(
        'completeAction',
        {
          personal: true,
          worker: OWN,
          head: OWN,
          centre: OWN,
          expert: OWN,
          supervisor: OWN,
          agency: NONE,
          officer: NONE,
          street: NONE,
          others: 403,
        },
        '只有行动项的负责人；机构、主管部门、街道不会成为负责人。',
      ),
      row(
        'closeSupportRequest',
        { centre: [200, '409 support.not-the-holder', 404], others: 403 },
        '只有当前承办人；支援中心的其他人须先接手。',
      ),
    ],
  },
  {
    title: '案例库',
    rows: [
      row('draftPublication', { centre: DISTRICT, others: 403 }, '本区支援中心；须有服务对象同意发布且未撤回。'),
      row('listDrafts', { centre: 200, others: 403 }, '本区支援中心。'),
      row('readDraft', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('updateDraft', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('confirmFindings', { centre: DISTRICT, others: 403 }, '本区支援中心，逐处确认。'),
      row('releasePublication', { about: '别人起草的', centre: DISTRICT, others: 403 }, '本区支援中心的另一名工作人员。'),
      row(
        'releasePublication',
        { about: '自己起草的', centre: ['409 casebank.same-person', '409 casebank.same-person', 404], others: 403 },
        '起草人不能发布自己起草的案例。',
      ),
      row('measureDraft', { centre: DISTRICT, others: 403 }, '本区支援中心；只得到人数，不知道是谁。'),
      row('recallPublication', { centre: DISTRICT, others: 403 }, '发布案例的支援中心，一人即可收回，须写理由。'),
      row('listRecalls', { centre: 200, others: 403 }, '本区支援中心。'),
      row('dismissRecall', { centre: DISTRICT, others: 403 }, '本区支援中心；同意已撤回的必须收回。'),
      row('discardDraft', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row(
        'searchCaseBank',
        {
          worker: 200,
          head: 200,
          centre: 200,
          expert: 200,
          supervisor: 200,
          agency: 200,
          officer: 200,
          street: 200,
          others: 403,
        },
        '除三员外的所有角色；案例已脱敏，各区互通。',
      ),
      row(
        'readPublishedCase',
        {
          worker: [200, 200, 200],
          head: [200, 200, 200],
          centre: [200, 200, 200],
          expert: [200, 200, 200],
          supervisor: [200, 200, 200],
          agency: [200, 200, 200],
          officer: [200, 200, 200],
          street: [200, 200, 200],
          others: 403,
        },
        '除三员外的所有角色；案例已脱敏，各区互通。',
      ),
    ],
  },
  {
    title: '疑难个案评优',
    rows: [
      row('listCompetitions', { system: 403, security: 403, audit: 403, others: 200 }, '除三员外的所有角色看本区的评优。'),
      row(
        'readCompetition',
        { system: 403, security: 403, audit: 403, others: DISTRICT },
        '除三员外的所有角色；作者在公示前只有本人和支援中心知道，评分期间谁也看不到得分。',
      ),
      row('createCompetition', { centre: 200, others: 403 }, '本区支援中心。'),
      row('updateCompetition', { centre: DISTRICT, others: 403 }, '本区支援中心，公布之前。'),
      row('changeJudges', { centre: DISTRICT, others: 403 }, '本区支援中心，评分开始之前。'),
      row('moveCompetition', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('listEntryChoices', { worker: 200, others: 403 }, '社工只看到自己求助过的个案。'),
      row('enterCompetition', { worker: [200, '409 learning.not-own-case', 404], others: 403 }, '社工只能申报自己求助过的个案。'),
      row('withdrawEntry', { worker: OWN, others: 403 }, '社工只能撤回自己的作品。'),
      row('checkEntry', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('listBlindEntries', { expert: OWN, supervisor: OWN, others: 403 }, '受邀的评委，只看到编号与题目。'),
      row('readBlindEntry', { expert: OWN, supervisor: OWN, others: 403 }, '受邀的评委看匿名文本；应回避的看不到。'),
      row('giveScore', { expert: OWN, supervisor: OWN, others: 403 }, '受邀的评委，应回避的不能评。'),
      row('recuseFromEntry', { expert: OWN, supervisor: OWN, others: 403 }, '受邀的评委声明自己回避。'),
      row('objectToResult', { system: 403, security: 403, audit: 403, others: DISTRICT }, '公示期内，本区除三员外的人都能提出。'),
      row('answerObjection', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('readCaseBook', { system: 403, security: 403, audit: 403, others: 200 }, '除三员外的所有角色；只有本区已获奖、未收回的案例。'),
    ],
  },
  {
    title: '主题研讨与研究成果',
    rows: [
      row('listSeminarSeries', { system: 403, security: 403, audit: 403, others: 200 }, '除三员外的所有角色看本区的研讨系列。'),
      row('readSeminarSeries', { system: 403, security: 403, audit: 403, others: DISTRICT }, '除三员外的所有角色，限本区。'),
      row('createSeminarSeries', { centre: 200, others: 403 }, '本区支援中心。'),
      row('updateSeminarSeries', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('planSeminar', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('listSeminars', { system: 403, security: 403, audit: 403, others: 200 }, '除三员外的所有角色看本区的研讨。'),
      row(
        'readSeminar',
        { system: 403, security: 403, audit: 403, others: DISTRICT },
        '除三员外的所有角色，限本区；研讨只谈已发布的案例。',
      ),
      row('updateSeminar', { centre: DISTRICT, others: 403 }, '本区支援中心，召开之前。'),
      row('recordSeminar', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('cancelSeminar', { centre: DISTRICT, others: 403 }, '本区支援中心，召开之前。'),
      row('listOutputs', { system: 403, security: 403, audit: 403, others: 200 }, '除三员外的所有角色看本区的研究成果。'),
      row('exportOutputs', { system: 403, security: 403, audit: 403, others: 200 }, '除三员外的所有角色，须写理由。'),
      row('readOutput', { system: 403, security: 403, audit: 403, others: DISTRICT }, '除三员外的所有角色，限本区。'),
      row('createOutput', { centre: 200, others: 403 }, '本区支援中心。'),
      row('updateOutput', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('putOutputFile', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('readOutputFile', { system: 403, security: 403, audit: 403, others: DISTRICT }, '除三员外的所有角色，限本区。'),
    ],
  },
  {
    title: '专家库',
    rows: [
      row('listExperts', { centre: 200, supervisor: 200, officer: 200, others: 403 }, '支援中心、督导、主管部门看本区专家。'),
      row('readExpert', { centre: DISTRICT, supervisor: DISTRICT, officer: DISTRICT, others: 403 }, '支援中心、督导、主管部门看本区专家。'),
      row('readOwnExpert', { expert: 200, others: 403 }, '专家只看到自己的时间。'),
      row('readExpertLoad', { centre: DISTRICT, expert: OWN, others: 403 }, '专家本人，或本区支援中心；只有次数与所填时长，没有排名。'),
      row('createExpert', { centre: 200, others: 403 }, '支援中心。'),
      row('updateExpert', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('addExpertAway', { centre: DISTRICT, expert: OWN, others: 403 }, '专家本人，或本区支援中心代为登记。'),
      row('removeExpertAway', { centre: DISTRICT, expert: OWN, others: 403 }, '专家本人，或本区支援中心代为登记。'),
      row('declareRelation', { centre: DISTRICT, others: 403 }, '本区支援中心登记利害关系。'),
      row('withdrawRelation', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
    ],
  },
  {
    title: '居民求助',
    rows: [
      row('readPublicStart', { others: 200, nobody: 200 }, '任何人，不用账号：街道、热线、多久答复。'),
      row('askAsResident', { others: 200, nobody: 200 }, '任何人，不用账号；只接受从本平台页面送来的，并限次数。'),
      row('readOwnAppeal', { others: 200, nobody: 200 }, '任何人，凭回执码；码不对如同不存在。'),
      row('withdrawOwnAppeal', { others: 200, nobody: 200 }, '任何人，凭回执码。'),
      row(
        'listAppeals',
        { worker: 200, head: 200, centre: 200, others: 403 },
        '社工看本站待接手的和自己接手的；站长看本站；支援中心看全区登记。',
      ),
      row(
        'readAppeal',
        { worker: OWN, head: OWN, centre: DISTRICT, others: 403 },
        '接手之后只有接手人与站长看内容；支援中心只看进展，无站点、有危险、热线来的才看内容。',
      ),
      row('findAppealMatches', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '能看内容的人；支援中心看不到内容时查不出结果。'),
      row('unmaskAppeal', { worker: OWN, head: OWN, centre: NONE, others: 403 }, '能看内容的人，填写理由并留痕。'),
      row(
        'takeAppeal',
        { worker: OWN, centre: [403, 403, 404], shared: true, others: 403 },
        '本站社工；无站点或有危险的，支援中心也能接手。',
      ),
      row('assignAppeal', { head: OWN, others: 403 }, '本站站长，只交给本站社工。'),
      row('releaseAppeal', { worker: OWN, centre: [403, 403, 404], others: 403 }, '接手的人。'),
      row('passAppeal', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '接手的人、本站站长；支援中心为全区调站。'),
      row('answerAppeal', { worker: OWN, centre: [403, 403, 404], others: 403 }, '接手的人。'),
      row('handOverAppeal', { worker: OWN, centre: [403, 403, 404], others: 403 }, '接手的人。'),
      row('openCaseFromAppeal', { worker: OWN, others: 403 }, '接手的社工。'),
      row('linkAppealToCase', { worker: OWN, others: 403 }, '接手的社工，并入自己的个案。'),
    ],
  },
  {
    title: '热线与转办单',
    rows: [
      row('listHotlines', { security: 403, audit: 403, others: 200 }, '各角色都能看其他热线；安全与审计管理员不用。'),
      row('createHotline', { centre: 200, system: 200, others: 403 }, '支援中心与系统管理员。'),
      row('updateHotline', { centre: DISTRICT, system: DISTRICT, others: 403 }, '本区支援中心与系统管理员。'),
      row('listCalls', { centre: 200, others: 403 }, '支援中心看本区来电。'),
      row('readCall', { centre: DISTRICT, others: 403 }, '本区支援中心，姓名与电话打码。'),
      row('findCallMatches', { centre: 200, others: 403 }, '支援中心，按电话精确查找，结果打码。'),
      row('createCall', { centre: 200, others: 403 }, '支援中心。'),
      row('sendCall', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('handOverCall', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('endCall', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('unmaskCall', { centre: DISTRICT, others: 403 }, '本区支援中心，填写理由并留痕。'),
      row('listTickets', { centre: 200, others: 403 }, '支援中心看本区转办单。'),
      row('readTicket', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('createTicket', { centre: 200, others: 403 }, '支援中心。'),
      row('moveTicketClock', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('answerTicket', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('rateTicket', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('unmaskTicket', { centre: DISTRICT, others: 403 }, '本区支援中心，填写理由并留痕。'),
    ],
  },
  {
    title: '政策、资源与联动单位',
    rows: [
      row(
        'listResources',
        {
          worker: 200,
          head: 200,
          centre: 200,
          expert: 200,
          supervisor: 200,
          agency: 200,
          officer: 200,
          street: 200,
          others: 403,
        },
        '除三员外的所有角色看本区登记的。',
      ),
      row(
        'readResource',
        {
          worker: DISTRICT,
          head: DISTRICT,
          centre: DISTRICT,
          expert: DISTRICT,
          supervisor: DISTRICT,
          agency: DISTRICT,
          officer: DISTRICT,
          street: DISTRICT,
          others: 403,
        },
        '除三员外的所有角色看本区登记的。',
      ),
      row('createResource', { centre: 200, others: 403 }, '支援中心。'),
      row('updateResource', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row(
        'listPartners',
        {
          worker: 200,
          head: 200,
          centre: 200,
          expert: 200,
          supervisor: 200,
          agency: 200,
          officer: 200,
          street: 200,
          others: 403,
        },
        '除三员外的所有角色看本区登记的。',
      ),
      row('createPartner', { centre: 200, others: 403 }, '支援中心。'),
      row('updatePartner', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('noteIntake', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('reviewResource', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row(
        'rankForHousehold',
        { worker: 200, head: 200, centre: 200, expert: 200, supervisor: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '除三员外的所有角色；填写的家庭情况不保存。',
      ),
      row(
        'rankForRequest',
        { worker: OWN, head: OWN, centre: DISTRICT, others: 403 },
        '求助社工、本站站长、本区支援中心；读取个案已知的情况，留痕。',
      ),
      row('linkResource', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工、本区支援中心。'),
      row(
        'readPartner',
        {
          worker: DISTRICT,
          head: DISTRICT,
          centre: DISTRICT,
          expert: DISTRICT,
          supervisor: DISTRICT,
          agency: DISTRICT,
          officer: DISTRICT,
          street: DISTRICT,
          others: 403,
        },
        '除三员外的所有角色看本区登记的；转介只数自己看得到的。',
      ),
      row('addLiaison', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('updateLiaison', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('addAgreement', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('updateAgreement', { centre: DISTRICT, others: 403 }, '本区支援中心。'),
      row('startReferral', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工、本区支援中心。'),
      row('referToPartner', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工、本区支援中心；须有写明该单位的转介同意。'),
      row(
        'listReferrals',
        { worker: 200, head: 200, centre: 200, others: 403 },
        '社工看自己的，站长看本站的，支援中心看本区的；清单里没有案情。',
      ),
      row('readReferral', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '求助社工、本站站长、本区支援中心。'),
      row('answerReferral', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工、本区支援中心代联络人登记；站长只看。'),
      row('finishReferral', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工、本区支援中心。'),
      row('withdrawReferral', { worker: OWN, centre: DISTRICT, others: 403 }, '求助社工、本区支援中心。'),
      row(
        'readReferralPaper',
        { worker: OWN, head: OWN, centre: DISTRICT, others: 403 },
        '求助社工、本站站长、本区支援中心；转介单上没有姓名与联系方式。',
      ),
      row('readImportTemplate', { centre: 200, others: 403 }, '支援中心。'),
      row('checkResourceImport', { centre: 200, others: 403 }, '支援中心；只检查，不写入。'),
      row('failedResourceRows', { centre: 200, others: 403 }, '支援中心。'),
      row('importResources', { centre: 200, others: 403 }, '支援中心。'),
      row('exportHsds', { centre: 200, others: 403 }, '支援中心导出本区的政策与资源，留痕。'),
      row('importHsds', { centre: 200, others: 403 }, '支援中心。'),
    ],
  },
  {
    title: '队伍与任命',
    rows: [
      row(
        'listWorkers',
        { head: 200, centre: 200, agency: 200, officer: 200, street: 200, system: 200, security: 200, others: 403 },
        '站长看本站，机构看本机构，街道看本街道，支援中心、主管部门、系统与安全管理员看本区。',
      ),
      row(
        'readWorker',
        {
          head: OWN,
          centre: DISTRICT,
          agency: OWN,
          officer: DISTRICT,
          street: OWN,
          system: DISTRICT,
          security: DISTRICT,
          others: 403,
        },
        '站长看本站，机构看本机构，街道看本街道，支援中心、主管部门、系统与安全管理员看本区。',
      ),
      row(
        'createWorker',
        {
          agency: [200, '409 workforce.not-your-agency', '409 workforce.not-your-agency'],
          system: DISTRICT,
          others: 403,
        },
        '机构负责人登记本机构社工，系统管理员登记本区社工。',
      ),
      row('updateWorker', { agency: OWN, system: DISTRICT, others: 403 }, '机构负责人改本机构社工，系统管理员改本区社工。'),
      row(
        'listPeople',
        { head: 200, centre: 200, supervisor: 200, security: 200, others: 403 },
        '为选人查找本区工作人员；里面没有服务对象。',
      ),
      row('listAssignments', { security: 200, others: 403 }, '安全管理员看本区任命。'),
      row(
        'createAssignment',
        { security: [200, 200, '409 workforce.person-unknown'], others: 403 },
        '安全管理员任命本区的人；不能给自己任命。',
      ),
      row('updateAssignment', { security: DISTRICT, others: 403 }, '安全管理员改本区任命；不能改自己的。'),
      row('listAbsences', { others: 200 }, '各人看自己的请假；安全管理员看本区。'),
      row(
        'recordAbsence',
        { personal: true, security: [200, 200, '409 workforce.person-unknown'], others: [200, 403, 403] },
        '各人登记自己的请假；安全管理员可代本区的人登记。',
      ),
      row('endAbsence', { personal: true, security: DISTRICT, others: OWN }, '各人撤销自己的请假；安全管理员可代本区的人撤销。'),
      row('listRota', { centre: 200, others: 403 }, '本区支援中心。'),
      row('saveRota', { centre: [200, 200, '409 workforce.person-unknown'], others: 403 }, '本区支援中心；值班的人须是本区支援中心的。'),
    ],
  },
  {
    title: '机构与站点',
    rows: [
      row('listOrganisations', { others: 200 }, '登录的人都能查本区机构名录。'),
      row(
        'createOrganisation',
        {
          centre: [200, 200, '409 stations.division-unknown'],
          system: [200, 200, '409 stations.division-unknown'],
          others: 403,
        },
        '支援中心与系统管理员，在本区登记。',
      ),
      row('updateOrganisation', { centre: DISTRICT, system: DISTRICT, others: 403 }, '本区支援中心与系统管理员。'),
      row('listStations', { others: 200 }, '登录的人都能查本区站点。'),
      row(
        'createStation',
        {
          centre: [200, 200, '409 stations.division-unknown'],
          system: [200, 200, '409 stations.division-unknown'],
          others: 403,
        },
        '支援中心与系统管理员，在本区登记。',
      ),
      row('updateStation', { centre: DISTRICT, system: DISTRICT, others: 403 }, '本区支援中心与系统管理员。'),
    ],
  },
  {
    title: '行政区划',
    rows: [
      row('listDivisions', { others: 200 }, '登录的人都能查区划与主管部门名称，这是公开信息。'),
      row('createDivision', { system: DISTRICT, others: 403 }, '系统管理员，在本区之内新设。'),
      row('updateDivision', { system: DISTRICT, others: 403 }, '系统管理员，只限本区之内。'),
    ],
  },
  {
    title: '节假日与规则',
    rows: [
      row('listHolidays', { others: 200 }, '登录的人都能查。'),
      row('saveHoliday', { system: 200, others: 403 }, '系统管理员。'),
      row('removeHoliday', { system: 200, others: 403 }, '系统管理员。'),
      row('listRulePacks', { others: 200 }, '登录的人都能查本区适用的规则；规则公开透明。'),
      row('readRulePack', { others: DISTRICT }, '登录的人都能查本区及上级的规则；别区自定的规则看不到。'),
      row('listRuleDrafts', { centre: 200, officer: 200, others: 403 }, '支援中心与主管部门看本区的规则草稿与发布经过。'),
      row(
        'draftRules',
        { centre: [200, 200, 404], officer: [200, 200, 404], others: 403 },
        '支援中心、主管部门为本区起草；同一套规则一次一份。',
      ),
      row('readRuleDraft', { centre: DISTRICT, officer: DISTRICT, others: 403 }, '支援中心与主管部门看本区的草稿。'),
      row('editRuleDraft', { centre: DISTRICT, officer: DISTRICT, others: 403 }, '未提交时，支援中心与主管部门可改本区的草稿。'),
      row(
        'moveRuleDraft',
        { centre: ['409 rulepacks.authority-approves', '409 rulepacks.authority-approves', 404], officer: DISTRICT, others: 403 },
        '批准与退回由主管部门办理，起草人自己不能批准。',
      ),
    ],
  },
  {
    title: '转介、督导、研讨、资源链接',
    rows: [
      row(
        'listResponses',
        { worker: 200, head: 200, centre: 200, expert: 200, supervisor: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '只列出读得到求助内容的、由自己承接的、转介给自己的；清单里没有内容。',
      ),
      row(
        'exportResponses',
        { worker: 200, head: 200, centre: 200, expert: 200, supervisor: 200, agency: 200, officer: 200, street: 200, others: 403 },
        '与清单同样的范围，须写理由；表里没有内容。',
      ),
      row(
        'readResponse',
        {
          personal: true,
          worker: OWN,
          head: OWN,
          centre: DISTRICT,
          expert: OWN,
          supervisor: OWN,
          agency: OWN,
          officer: OWN,
          street: OWN,
          others: 403,
        },
        '转介的接收人只读选定移交的内容；此外读得到求助内容的人和支援线的承接人。',
      ),
      row(
        'readResponsePaper',
        {
          personal: true,
          worker: OWN,
          head: OWN,
          centre: DISTRICT,
          expert: OWN,
          supervisor: OWN,
          agency: OWN,
          officer: OWN,
          street: OWN,
          others: 403,
        },
        '读得到记录的人都能打印，页上有打印人水印。',
      ),
      row(
        'moveResponse',
        {
          personal: true,
          worker: OWN,
          head: OWN,
          centre: [200, '409 responses.not-your-turn', 404],
          expert: OWN,
          supervisor: OWN,
          agency: OWN,
          officer: OWN,
          street: OWN,
          others: 403,
        },
        '转介由接收人答复；读得到而不是接收人的，不能代为接收或退回。',
      ),
      row(
        'readLineOpening',
        { worker: OWN, centre: DISTRICT, expert: OWN, supervisor: OWN, others: 403 },
        '支援线的承接人、求助社工、本区支援中心。',
      ),
      row(
        'openResponse',
        { worker: OWN, centre: DISTRICT, expert: OWN, supervisor: OWN, others: 403 },
        '支援线的承接人、求助社工、本区支援中心；督导只能写分给自己的。',
      ),
    ],
  },
  {
    title: '强制报告',
    rows: [
      row('createReport', { system: 403, security: 403, audit: 403, others: 200 }, '所有业务角色都能立即报告，不须任何人同意。'),
      row(
        'listReports',
        { system: 403, security: 403, audit: 403, others: 200 },
        '只列出自己报告的，和由自己办理的：站长看本站，督导看指定给自己的，中心只看转来督办的。',
      ),
      row(
        'readReport',
        { personal: true, supervisor: DISTRICT, system: 403, security: 403, audit: 403, others: OWN },
        '报告人看自己的；站长看本站的；督导看指定给自己的；支援中心只看超时无人确认、或没有站长督导的，且看不到报告人。',
      ),
      row(
        'acknowledgeReport',
        { personal: true, head: OWN, supervisor: DISTRICT, centre: OWN, others: 403 },
        '站长、指定督导；转中心督办的由中心。报告人不能确认自己的报告。',
      ),
      row(
        'addReportEntry',
        { personal: true, supervisor: DISTRICT, system: 403, security: 403, audit: 403, others: OWN },
        '报告人补报警、告知与说明；其余由站长、督导、督办的中心补记。补记不能改也不能删。',
      ),
      row(
        'disputeReport',
        { personal: true, head: OWN, supervisor: DISTRICT, centre: OWN, others: 403 },
        '站长、督导、督办的中心可提出“经核实不属于”，须写理由。',
      ),
      row(
        'decideDispute',
        { personal: true, head: ['409 reports.second-person', 404, 404], supervisor: DISTRICT, centre: NONE, others: 403 },
        '只有指定督导签字；提出的人和报告人不能。',
      ),
      row(
        'proposeReportClosing',
        { personal: true, supervisor: DISTRICT, system: 403, security: 403, audit: 403, others: OWN },
        '报告人与办理的人都能提出结束。',
      ),
      row(
        'decideReportClosing',
        {
          personal: true,
          head: OWN,
          supervisor: ['409 reports.second-person', '409 reports.second-person', 404],
          centre: OWN,
          others: 403,
        },
        '须由提出人和报告人以外的第二个人复核。',
      ),
      row(
        'readReportFigures',
        { head: 200, supervisor: 200, centre: 200, others: 403 },
        '站长、督导看自己办理的；支援中心看全区的数字，没有内容。',
      ),
      row(
        'printReport',
        { personal: true, head: OWN, supervisor: DISTRICT, centre: OWN, others: 403 },
        '办理的人打印登记表；表上没有报告人。',
      ),
    ],
  },
  {
    title: '封存',
    rows: [
      row('proposeSealing', { centre: 200, head: 200, others: 403 }, '支援中心按编号提出；站长只能提出本站的个案。'),
      row('listSealedFiles', { centre: 200, security: 200, others: 403 }, '只有支援中心与安全管理员，只见编号、状态和日期。'),
      row('readSealing', { centre: DISTRICT, security: DISTRICT, others: 403 }, '支援中心与安全管理员看决定、查询函与查阅记录；没有内容。'),
      row('decideSealing', { security: DISTRICT, others: 403 }, '安全管理员决定；提出的人不能决定。'),
      row('proposeUnsealing', { centre: DISTRICT, others: 403 }, '支援中心凭司法机关的决定提出。'),
      row('decideUnsealing', { security: DISTRICT, others: 403 }, '安全管理员决定；提出的人不能决定。'),
      row('registerQueryLetter', { centre: DISTRICT, others: 403 }, '支援中心登记，须指定人与时间。'),
      row('addLetterScan', { centre: DISTRICT, others: 403 }, '支援中心，在有人表态之前。'),
      row('readLetterScan', { centre: DISTRICT, security: DISTRICT, others: 403 }, '支援中心与安全管理员，供审批时核对。'),
      row(
        'decideQueryLetter',
        { centre: DISTRICT, security: DISTRICT, others: 403 },
        '支援中心另一人与安全管理员各批一次；登记的人不能批。',
      ),
      row(
        'openSealedFile',
        { personal: true, system: 403, security: 403, audit: 403, others: OWN },
        '只有查询函指定的人，在两人批准后的时间内；原承办社工也一样。',
      ),
      row('readSealedAttachment', { personal: true, system: 403, security: 403, audit: 403, others: OWN }, '同上，且查询函写明包括附件。'),
    ],
  },
  {
    title: '个人信息权利、保管与登记',
    rows: [
      row(
        'listRights',
        { worker: 200, head: 200, centre: 200, officer: 200, others: 403 },
        '社工看自己受理的，站长看本站的，支援中心看本区的；主管部门只见登记。',
      ),
      row('receiveRight', { worker: 200, head: 200, centre: 200, others: 403 }, '社工、站长、支援中心都能受理。'),
      row('readRight', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '受理的社工、本站站长、本区支援中心。'),
      row('beginRightCheck', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '受理的社工、本站站长、本区支援中心。'),
      row('confirmRightIdentity', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '受理的社工、本站站长、本区支援中心。'),
      row('rejectRightIdentity', { head: OWN, centre: DISTRICT, others: 403 }, '本站站长、本区支援中心，且不是受理人。'),
      row('prepareRightAnswer', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '受理的社工、本站站长、本区支援中心。'),
      row('decideRight', { head: OWN, centre: DISTRICT, others: 403 }, '本站站长、本区支援中心，且不是受理人。'),
      row('withdrawRight', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '受理的社工、本站站长、本区支援中心。'),
      row('downloadPersonalCopy', { worker: OWN, head: OWN, others: 403 }, '受理的社工、本站站长，决定之后；支援中心不看个案内容。'),
      row('readRightPaper', { worker: OWN, head: OWN, centre: DISTRICT, others: 403 }, '受理的社工、本站站长、本区支援中心。'),
      row('listConsentUses', { worker: OWN, head: OWN, others: 403 }, '承办与协办社工、本站站长。'),
      row('listRetention', { head: 200, others: 403 }, '站长看本站已结案的个案，只见编号和期限。'),
      row('markRetention', { head: OWN, others: 403 }, '本站站长。'),
      row('liftRetentionMark', { head: OWN, others: 403 }, '本站站长，须写理由。'),
      row('listDestructionLists', { head: 200, centre: 200, others: 403 }, '站长看本站的，支援中心看本区的；清册里只有编号。'),
      row('appraiseDestruction', { head: OWN, others: 403 }, '本站站长鉴定；期满且没有不得销毁的标记。'),
      row('readDestructionList', { head: OWN, centre: DISTRICT, others: 403 }, '本站站长、本区支援中心。'),
      row('answerDestruction', { centre: DISTRICT, others: 403 }, '本区支援中心，且不是鉴定人。'),
      row('readDestructionPaper', { head: OWN, centre: DISTRICT, others: 403 }, '本站站长、本区支援中心。'),
      row(
        'listAssessments',
        { security: 200, centre: 200, officer: 200, others: 403 },
        '安全管理员登记，支援中心与主管部门查看；里面没有案情。',
      ),
      row('recordAssessment', { security: 200, others: 403 }, '安全管理员。'),
      row('updateAssessment', { security: DISTRICT, others: 403 }, '本区安全管理员。'),
      row(
        'listBreaches',
        { security: 200, centre: 200, officer: 200, others: 403 },
        '安全管理员登记，支援中心与主管部门查看；里面没有案情。',
      ),
      row('recordBreach', { security: 200, others: 403 }, '安全管理员。'),
      row('updateBreach', { security: DISTRICT, others: 403 }, '本区安全管理员。'),
    ],
  },
  {
    title: '审计',
    rows: [
      row('listAuditTrail', { audit: 200, others: 403 }, '审计管理员看本区的审计记录；里面没有案情。'),
      row('exportAuditTrail', { audit: 200, others: 403 }, '审计管理员，须写理由，导出本身也留痕。'),
      row('listAuditSeals', { audit: 200, others: 403 }, '审计管理员。'),
    ],
  },
];

/** All rows in the order of their rooms. */
export const rows: readonly Row[] = rooms.flatMap((room) => room.rows);

/** The main path, in order, with those who act; everybody else is refused. From the table of guards, by hand. */
export const mainPath: readonly (readonly [endpoint: string, actors: readonly Role[]])[] = [
  ['createSupportRequest', ['worker']],
  ['submitSupportRequest', ['worker']],
  ['screenSupportRequest', ['centre']],
  ['proposePanel', ['centre']],
  ['inviteExperts', ['centre']],
  ['answerInvitation', ['expert']],
  ['openPacket', ['expert']],
  ['giveOpinion', ['expert']],
  // The chair may be of the centre, a supervisor or an expert.
  ['holdConference', ['centre', 'supervisor', 'expert']],
  // The owner of an action: the asker, the head, the centre, an invited expert or a supervisor.
  ['completeAction', ['worker', 'head', 'centre', 'expert', 'supervisor']],
  ['closeSupportRequest', ['centre']],
  ['draftPublication', ['centre']],
  ['releasePublication', ['centre']],
  ['searchCaseBank', ['worker', 'head', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street']],
];
