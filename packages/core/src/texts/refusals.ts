/**
 * One sentence for every refusal that any endpoint lists: what happened, what was kept, what to do next. The type is the
 * union of all listed codes, so a code without a sentence does not compile.
 */

import type * as activities from '../activities/endpoints.ts';
import type * as alarms from '../alarms/endpoints.ts';
import type * as appeals from '../appeals/endpoints.ts';
import type * as archive from '../archive/endpoints.ts';
import type * as calendar from '../calendar/endpoints.ts';
import type * as calls from '../calls/endpoints.ts';
import type * as casebank from '../casebank/endpoints.ts';
import type * as cases from '../cases/endpoints.ts';
import type * as caseStages from '../cases/stageEndpoints.ts';
import type * as contacts from '../contacts/endpoints.ts';
import type * as divisions from '../divisions/endpoints.ts';
import type * as experts from '../experts/endpoints.ts';
import type * as figures from '../figures/endpoints.ts';
import type * as forms from '../forms/endpoints.ts';
import type * as groups from '../groups/endpoints.ts';
import type * as identity from '../identity/endpoints.ts';
import type * as imports from '../imports/endpoints.ts';
import type * as learning from '../learning/endpoints.ts';
import type * as outputs from '../learning/outputEndpoints.ts';
import type * as seminars from '../learning/seminarEndpoints.ts';
import type * as lists from '../lists/endpoints.ts';
import type * as notices from '../notices/endpoints.ts';
import type * as photos from '../photos/endpoints.ts';
import type * as privacy from '../privacy/endpoints.ts';
import type * as recipients from '../recipients/endpoints.ts';
import type * as relief from '../relief/endpoints.ts';
import type * as reports from '../reports/endpoints.ts';
import type * as resources from '../resources/endpoints.ts';
import type * as responses from '../responses/endpoints.ts';
import type * as rulepacks from '../rulepacks/endpoints.ts';
import type * as sealing from '../sealing/endpoints.ts';
import type * as search from '../search/endpoints.ts';
import { type Day, formatDay, type Instant, timeOfDay } from '../shared/day.ts';
import { helpFieldLabels } from '../shared/fields.ts';
import type { Fact, Facts } from '../shared/verdict.ts';
import type * as stations from '../stations/endpoints.ts';
import type * as support from '../support/endpoints.ts';
import type * as meetings from '../support/meetingEndpoints.ts';
import type { ExclusionCode } from '../support/panel.ts';
import type * as visits from '../visits/endpoints.ts';
import type * as volunteers from '../volunteers/endpoints.ts';
import type * as workforce from '../workforce/endpoints.ts';
import { paperRefusal, stageRefusal } from './caseStageLabels.ts';
import { checklistLabels, packetFieldLabels, requestStatusLabels } from './labels.ts';
import { type Outcome, outcomeSentences } from './outcomes.ts';

/** Short words of those who sign: the pages' own labels would come along with the sentences. */
const SIGNERS: Readonly<Record<string, string>> = { person: '本人', guardian: '监护人', authority: '有关单位', worker: '社工' };
const signersIn = (fact: Fact | undefined): string =>
  Array.isArray(fact) ? fact.map((who) => SIGNERS[String(who)] ?? '').join('和') : '有人';
const signedBefore = (fact: Fact | undefined): string =>
  Array.isArray(fact) && fact.length > 0 ? `${signersIn(fact)}签过，之后内容改了，请重新签。` : '';
const WHO_SIGNS =
  '未满 14 周岁由监护人签，14 至 17 周岁由本人和监护人一起签（个人信息保护法 31、民法典 19）；监护人不宜签的，由村（居）委会或民政部门代为签（民法典 31、36）。';

const KEPT_IN: Readonly<Record<string, string>> = {
  note: '过程记录写在个案的“个案记录”里',
  'follow-up': '回访登记在个案的办理阶段里',
  visit: '探访记录写在“探访”里',
};

type CodesOf<Room> = { [K in keyof Room]: Room[K] extends { readonly refusals: readonly (infer Code)[] } ? Code : never }[keyof Room] &
  string;

/** Every refusal code that some endpoint lists. */
export type RefusalCode = CodesOf<
  typeof identity &
    typeof notices &
    typeof meetings &
    typeof cases &
    typeof visits &
    typeof forms &
    typeof alarms &
    typeof search &
    typeof caseStages &
    typeof appeals &
    typeof calls &
    typeof support &
    typeof archive &
    typeof activities &
    typeof groups &
    typeof photos &
    typeof volunteers &
    typeof relief &
    typeof imports &
    typeof contacts &
    typeof figures &
    typeof casebank &
    typeof learning &
    typeof seminars &
    typeof outputs &
    typeof experts &
    typeof recipients &
    typeof reports &
    typeof sealing &
    typeof resources &
    typeof responses &
    typeof rulepacks &
    typeof workforce &
    typeof stations &
    typeof divisions &
    typeof calendar &
    typeof lists &
    typeof privacy
>;

/** A sentence made of a refusal's facts; every fact may be missing. */
export type Sentence = (facts: Facts) => string;

const text = (fact: Fact | undefined): string =>
  fact === undefined || fact === null ? '' : Array.isArray(fact) ? fact.join('、') : String(fact);

/** The fact in its place, or nothing at all where the fact is missing: `given(f.days, (d) => `还差 ${d} 天`)`. */
const given = (fact: Fact | undefined, say: (words: string) => string): string => {
  const words = text(fact);
  return words === '' ? '' : say(words);
};

const dayWords = (fact: Fact | undefined): string => given(fact, (day) => formatDay(day as Day));

const fieldWords = (fact: Fact | undefined): string =>
  (Array.isArray(fact) ? (fact as readonly string[]) : text(fact).split('、'))
    .filter((f) => f !== '')
    .map((f) => (Object.hasOwn(helpFieldLabels, f) ? helpFieldLabels[f as keyof typeof helpFieldLabels] : f))
    .join('、');

/** Parts of a group’s plan book. */
export const planPartLabels: Readonly<Record<string, string>> = {
  idea: '理念',
  goals: '目标',
  audience: '对象',
  recruiting: '招募',
  sessions: '节次',
  risks: '风险与应对',
};
const partWords = (fact: Fact | undefined): string =>
  (Array.isArray(fact) ? (fact as readonly string[]) : []).map((p) => planPartLabels[p] ?? p).join('、');

const coarsenSays: Readonly<Record<string, string>> = {
  street: '去掉街道名称',
  'age-band': '把年龄写成几十多岁',
  age: '不写年龄',
  gender: '不写性别',
};
const coarsenWords = (fact: Fact | undefined): string => {
  const steps = (Array.isArray(fact) ? (fact as readonly string[]) : []).flatMap((s) => coarsenSays[s] ?? []);
  return steps.length === 0 ? '本区同类的人太少，请过些时候再发布。' : `请${steps.join('，')}后再发布。`;
};

const statusWords = (fact: Fact | undefined): string => {
  const status = text(fact);
  return Object.hasOwn(requestStatusLabels, status) ? requestStatusLabels[status as keyof typeof requestStatusLabels] : status;
};

/** Words of one code or several; codes without a word are left out, since people cannot read them. */
const named = (words: Readonly<Record<string, string>>, fact: Fact | undefined): string =>
  (Array.isArray(fact) ? (fact as readonly string[]) : [text(fact)])
    .flatMap((code) => (Object.hasOwn(words, code) ? [words[code] as string] : []))
    .join('、');

const gapNames: Readonly<Record<string, string>> = {
  story: '经过',
  tried: '已做过什么',
  asks: '希望得到的支持',
  helpFields: '所需专业',
  ...Object.fromEntries(Object.entries(checklistLabels).map(([key, label]) => [`checklist.${key}`, `清单“${label}”`])),
};

const exclusionNames: Readonly<Record<ExclusionCode | 'not-in-bank', string>> = {
  inactive: '已停用',
  'not-in-term': '不在任期内',
  'is-asker': '就是求助人',
  'same-agency': '与求助人同一机构',
  'declared-relation': '登记过利害关系',
  'supervised-asker': '近 24 个月督导过求助人',
  'load-full': '本月会诊次数已满',
  'no-needed-field': '专业不在所需范围',
  away: '那几天不在',
  'no-day': '没有合适的日子',
  'not-in-bank': '不在专家库',
};

/** The sentence of every refusal. */
export const refusalSentences: Readonly<Record<RefusalCode, Sentence>> = {
  'identity.wrong-credentials': () => '密码不对，或没有这个账号。请核对后再试，连续多次不对会暂时锁定。',
  'identity.wrong-code': () => '动态口令不对，或已经用过。请等手机上换出新的 6 位数字后再输入。',
  'identity.code-needed': () => '这个账号需要动态口令。请打开手机上的验证器，输入 6 位数字。',
  'identity.locked': (f) =>
    `多次输入不对，账号已暂时锁定。${given(f.until, (at) => `请在 ${timeOfDay(at as Instant)} 之后再试，`) || '请稍后再试，'}或联系安全管理员。`,
  'identity.disabled': () => '这个账号已停用，或目前没有有效的角色。请联系本单位的安全管理员。',
  'identity.password-unchanged': () => '新密码和现在的一样，没有修改。请换一个。',
  'identity.password-common': () => '这个密码太常见，容易被猜到，没有修改。请换一个，例如一句只有您知道的话。',
  'identity.password-demo': () => '演示账号的密码供大家共用，不能修改。',
  'identity.second-factor-not-started': () => '绑定还没有开始，或已超时。请重新输入密码，再扫一次二维码。',

  'cases.recipient-changed': () =>
    '您打开之后，有人改过这位服务对象的资料（可能在另一个个案里）。您填写的内容还在，没有保存；请先看服务对象的最新资料，再决定是否提交。',
  'record.changed-meanwhile': (f) =>
    `您打开之后，${given(f.byName, (n) => `${n} `) || '有人'}改过这条记录。您填写的内容还在，没有保存；请先看最新内容，再决定是否提交。`,

  'files.too-large': (f) => `文件超过 ${text(f.maxMegabytes) || '20'} MB，没有上传。请压缩或拆分后再试。`,
  'files.kind-not-allowed': () => '只接受图片、PDF、文本和 docx、xlsx、pptx 文件，这个文件没有上传。旧格式请先另存为新格式。',
  'files.content-differs-from-name': () => '文件内容与文件名的类型不一致，没有上传。请用原来的程序另存后再试。',
  'files.empty': () => '文件是空的，没有上传。请检查后重新选择。',
  'files.too-many': (f) => `附件已有 ${text(f.max) || '太多'} 个，没有上传。请先删去不需要的。`,
  'files.in-packet': () => '这个附件已放入给专家的资料包，需要留存，不能删除。',
  'files.not-yours': () => '这个附件由别人添加，只有添加者可以删除。',

  'photos.cancelled': () => '已经取消，没有添加照片。',
  'photos.too-large': (f) => `照片超过 ${text(f.megabytes) || '3'} MB，没有添加。请缩小后再试。`,
  'photos.not-a-picture': () => '只接受 JPG 和 PNG 照片，这个文件没有添加。请换一张，或先转成 JPG。',
  'photos.too-wide': (f) => `照片的长边超过 ${text(f.pixels) || '4000'} 像素，没有添加。请缩小后再试。`,
  'photos.too-many': (f) => `照片已有 ${text(f.most) || '太多'} 张，没有添加。请先删去不需要的。`,

  'cases.closed': () => '这个个案已结案，不能再修改。您写的内容没有保存，请先复制到别处。',
  'cases.field-same': () => '个案现在就计入这个服务领域，没有改动。',
  'cases.field-ahead': () => '生效日期在今天之后，没有保存。请改为今天或以前的日期。',
  'cases.field-before-opening': (f) => `生效日期早于建立个案的日期（${dayWords(f.openedOn)}），没有保存。`,
  'cases.field-before-last': (f) => `生效日期早于上一次改动（${dayWords(f.fromDay)}起），没有保存。请选那一天或以后的日期。`,
  'cases.note-in-future': () => '记录的日期在今天之后，没有保存。请改为实际发生的日期。',
  'cases.no-station': () => '您的名册里还没有所属站点，个案没有建立，填写的内容还在。请联系机构负责人补上站点。',
  'cases.open-already': (f) =>
    `这位服务对象已有在办个案${typeof f.number === 'string' ? ` ${f.number}` : ''}，没有再建。确实要另立一个，请确认后再提交。`,
  'recipients.stands-still': () => '这位服务对象的档案已停止处理、封存或并入他人，不能再改。写下的内容没有保存。',
  'recipients.name-known': () => '这个名字已经登记，不必再登。',
  'recipients.category-in-future': () => '起始日期在今天之后，没有登记。请等到开始那天再登记。',
  'recipients.category-overlaps': () => '同一类别在这段时间里已经登记，没有重复登记。请先结束原来的，或改日期。',
  'recipients.category-not-minor': () => '这个类别只用于未成年人，起始那天此人已满十八岁，没有登记。',
  'recipients.category-too-old': (f) => `留守儿童不满${f.below ?? 16}周岁，起始那天此人已满，没有登记。`,
  'recipients.category-over': () => '这个类别已经有更早的截止日期，不必再改。',
  'recipients.category-backwards': () => '截止日期早于起始日期，没有登记。请改正日期。',
  'recipients.guardian-over': () => '这位监护人已经结束登记，不必再次办理。',
  'recipients.in-other-household': () => '这位服务对象已在另一个家庭里，没有登记。请先登记离开原来的家庭。',
  'recipients.member-already': () => '这位服务对象已在这个家庭里，没有重复登记。',
  'recipients.head-already': () => '这个家庭已有户主，没有保存。请先改原来户主的关系。',
  'recipients.member-left': () => '这位成员已经离开这个家庭，没有保存。请刷新后再看。',
  'recipients.tie-already': () => '这两方的关系已经登记，没有重复登记。要改，请先去掉原来的。',
  'recipients.tie-other-kind': () => '亲属关系和亲疏关系不能互换，没有保存。请去掉原来的，再登记新的。',
  'recipients.kin-circle': () => '这样登记，一个人会成为自己的长辈，没有保存。请核对谁是父母、谁是子女。',
  'recipients.parents-already': () => '这位成员已登记两位生父母，没有保存。收养、寄养请另选。',
  'recipients.not-in-reach': () => '找不到这位服务对象，或不在您的服务范围，没有登记。可以只写姓名。',
  'recipients.same-row': () => '两边是同一份档案，没有办理。请另选一份。',
  'recipients.apart-already': () => '已经确认过不是同一人，不必再次办理。',
  'recipients.merged-already': () => '其中一份已经并入他人，没有合并。请刷新后再看。',
  'recipients.other-id-number': () => '两份档案的证件号码不同，是两个人，没有合并。如号码登错，请先在个案里改正。',
  'recipients.undone-already': () => '这次合并已经撤销，不必再次办理。',
  'recipients.merged-further': () => '留下的档案后来又并入他人，没有撤销。请先撤销后来的那次合并。',
  'cases.consent-backwards': () => '同意的截止日期早于签署日期，没有登记。请改正日期。',
  'cases.consent-no-notice': () => '签署那天还没有告知书，没有登记。请不要勾选已告知，或改正签署日期。',
  'cases.consent-receiver-unknown': () => '名册里没有这个接收方，没有登记。请另选，或只写名称。',
  'cases.consent-receiver-kind': () => '这个用途不能提供给这一类接收方，没有保存。请另选。',
  'cases.consent-receiver-named': () => '这份同意已经写明提供给谁，没有改动。要给别人，请另行征得同意。',
  'cases.consent-withdrawn': () => '这份同意已经撤回，不必再次登记。',

  'cases.stage-moved-on': (f) => stageRefusal(text(f.stage), text(f.move)),
  'cases.signature-missing': (f) => `服务协议还缺${signersIn(f.missing)}的签字，没有送签。${signedBefore(f.changed)}${WHO_SIGNS}`,
  'cases.signature-in-future': () => '签字日期在今天之后，没有送签。请改为实际签字的日期。',
  'cases.signer-is-author': () => '自己写的、自己承办的，不能由自己签字。请由另一位站长或督导签。',
  'cases.signer-unknown': () => '本站没有可以签字的站长，或选的督导已不在岗，没有送签。请另选一位。',
  'cases.plan-over': () => '计划的结束日期已经过去，没有送签。请先改计划的日期。',
  'cases.plan-missing': () => '还没有写计划，没有送签。请先写计划。',
  'cases.assessment-owed': () => '走危机通道时欠的预估还没有补，没有提出结案。请先补写预估。',
  'cases.alarm-open': (f) =>
    `这个个案还有${given(f.count, (n) => ` ${n} 份`)}危机或家暴记录没有关闭，不能结案。请先办完必须做的事，关闭记录后再结案。`,
  'cases.not-over': () => '这个个案还有事没有办完，现在不能签结案。请与承办社工核对，或退回。',
  'cases.request-live': () => '这个个案还有求助在办理，不能结案。请先等支援结束，或撤回求助。',
  'cases.goals-not-evaluated': () => '以“目标达成”结案，要先写结案评估。没有提出结案，写的内容还在。',
  'cases.goals-differ': () => '评估的目标与已签的计划不一致，没有保存。请重新打开页面再写。',
  'cases.day-past': () => '日期要在今天以后，没有保存。请改日期。',
  'cases.pause-too-long': () => '暂停的时间太长，没有保存。请选近一些的日子再看一次。',
  'cases.before-closing': () => '回访日期早于结案日期，没有保存。请改正日期。',
  'cases.follow-up-outstanding': () => '还有约好的回访没有做，不能归档。请先登记回访。',
  'cases.work-missing': () => '计划里有就业目标，没有提出结案。请写明就业结果；不适合问的选“不适用”。',
  'cases.work-not-asked': () => '这个个案不涉及就业，没有保存。请先在计划里标明就业目标，或在资料里选“就业”。',
  'cases.work-in-future': () => '开始工作的日期还没有到，没有保存。请等到上岗以后再登记，或改日期。',
  'cases.work-holds': () =>
    '就业的回访与原来登记的对不上，没有保存。原来有工作的请写是否还在岗；工作的日期不能早于原来的工作，回访的日期不能早于上一次登记。',
  'cases.paper-moved-on': (f) => paperRefusal(text(f.status)),
  'cases.not-printable': () => '只有预估、计划、评估和结案小结可以打印。',
  'cases.archived': () => '个案已经归档，不能移交。需要继续服务时，请先重开。',
  'cases.handover-same': () => '这位同事就是承办社工，没有移交。',
  'cases.handover-other-station': () => '只能移交给本站在岗的社工，没有移交。请重新选择。',
  'cases.handover-running': () => '这个个案已经有一份移交在等答复，没有重复提出。',
  'cases.handover-nothing': () => '这位社工手上没有要移交的个案。',
  'cases.handover-over': () => '这份移交已经答复过或撤回了。',
  'cases.handover-not-yours': () => '只有接收的社工可以答复，提出人和站长可以撤回。',
  'cases.handover-reason': () => '不接收时请写明原因，对方要另作安排。',
  'cases.circle-is-worker': () => '这位同事就是承办社工，不用再请来协办。',
  'cases.circle-already': () => '这位同事已经在协办，没有重复登记。要改日期，请先结束现在的协办，再重新邀请。',
  'cases.circle-other-station': () => '只能请本站在岗的社工协办，没有登记。请重新选择。',
  'cases.circle-past': () => '协办的最后一天已经过去，没有登记。请选今天或以后的日期，或不填。',
  'cases.circle-over': () => '这位同事的协办已经结束，不必再次办理。',

  'support.case-closed': () => '这个个案已结案，不能再发起求助。如情况又有变化，请先重新建立个案。',
  'support.already-live': (f) => `这个个案已有进行中的求助${given(f.receiptNo, (n) => `（${n}）`)}，没有另建一份。请在那一份里补充。`,
  'support.moved-on': (f) =>
    `这份求助的状态已经变化${given(statusWords(f.status), (s) => `，现在是“${s}”`)}，刚才的操作没有执行，您填写的内容还在。请刷新后再看下一步。`,
  'support.incomplete': (f) => `还有内容没有填：${named(gapNames, f.fields) || '必填项'}。草稿已保存，补齐后再提交。`,
  'support.screener-is-asker': () => '这份求助由您提出，不能由您自己处理。请交给中心的其他同事。',
  'support.checklist-moved-on': () => '界定清单在您阅读之后有了新版本，筛选没有保存。请按新版本再看一遍，然后提交。',
  'support.holder-not-centre': () => '承办人应是支援中心的在岗人员，没有指派。请重新选择。',
  'support.holder-is-asker': () => '求助人不能承办自己的求助，没有指派。请选择其他同事。',
  'support.supervisor-unknown': () => '选择的督导不在任，没有转出。请重新选择督导。',
  'support.crisis-acknowledged': (f) =>
    `${given(f.byName, (n) => `${n} `) || '已有同事'}确认接到，不必重复确认。请与对方联系，分好下一步。`,
  'support.duplicate-unknown': (f) => `没有找到编号${given(f.number, (n) => `为 ${n} `)}的求助，没有关闭。请核对编号。`,
  'support.duplicate-of-itself': () => '不能把求助登记为它自己的重复件。请填写另一份的编号。',
  'support.window-backwards': () => '会诊时间范围的结束早于开始，没有推荐。请改正日期。',
  'support.proposal-unknown': () => '这次推荐已过时，邀请没有发出。请重新推荐专家组。',
  'support.override-needs-reason': () => '您选的专家与推荐不同。请写明理由，邀请才能发出。',
  'support.expert-excluded': (f) =>
    `${text(f.expert) || '其中一位专家'}不能受邀${given(named(exclusionNames, f.reason), (s) => `：${s}`)}。邀请没有发出，请换一位。`,
  'support.deadline-past': () => '截止时间已过，邀请没有发出。请选一个以后的时间。',
  'support.quorum-too-high': (f) => `要求的意见数${given(f.quorum, (q) => `（${q} 份）`)}多于受邀人数，邀请没有发出。请改小。`,
  'support.chair-unknown': () => '主持人应是支援中心人员、督导或受邀专家，邀请没有发出。请重新选择。',
  'support.consent-missing': () => '没有服务对象有效的同意，资料没有离开个案。请先登记同意，或写明紧急情形、法定职责。',
  'support.consent-receiver-unnamed': () => '这份同意没有写明提供给谁，资料没有离开个案。请社工先在个案里写明一次。',
  'support.consent-other-receiver': () => '这份同意没有写明提供给这位接收方，资料没有离开个案。请另选一份，或先取得同意。',
  'support.consent-too-narrow': (f) =>
    `服务对象同意的范围不含：${named(packetFieldLabels, f.missing) || '所选的部分内容'}。邀请没有发出，请去掉这些内容，或重新征得同意。`,
  'support.packet-unsafe': () => '资料包里的个人信息没能全部遮去，已停止，没有任何内容发出。请修改原文或去掉这一部分。',
  'support.attachment-unknown': () => '所选附件已不在这份求助里，没有发出。请重新选择附件。',
  'support.invitation-over': () => '这份邀请已结束或已撤销，不能再操作。',
  'support.invitation-answered': () => '您已经答复过这份邀请，不能重复答复。如需改变，请联系支援中心。',
  'support.pledge-missing': () => '请先接受邀请并作出保密承诺，再打开资料。',
  'support.packet-expired': () => '资料包已过期，不能再打开。如仍需要，请联系支援中心。',
  'support.opinion-given': () => '您的意见已经提交，不能再改。如需补充，请在会诊时提出或联系支援中心。',
  'support.opinions-sealed': (f) =>
    f.own === true
      ? '您的意见已收到。其他专家的意见要等人数已够或到了截止时间才能看，到时会发消息给您。'
      : '现在还不能看其他专家的意见：请先提交您自己的意见。',
  'support.line-needs-holder': () => '支援线需要有人承接：请选择承接人，或填写提供服务的单位。',
  'support.line-over': () => '这条支援线已登记过结果，没有重复登记。',
  'support.conference-over': () => '这次会诊已记录或已取消，没有重复保存。',
  'support.conference-not-held': () => '会诊还没有记录，暂时没有意见书。',
  'support.not-the-chair': () => '只有会诊主持人或支援中心可以记录会诊，内容没有保存。',
  'support.two-fields-needed': (f) =>
    `会诊至少要有两个专业的专家到会${given(fieldWords(f.fields), (w) => `，现在只有${w}`)}。没有保存，您填写的内容还在。`,
  'support.attendee-not-invited': () => '到会名单里有未受邀或未接受邀请的专家，没有保存。请核对名单。',
  'support.decision-owner-unknown': () => '有一项决定的负责人不在任，没有保存。请重新选择负责人。',
  'support.decision-due-past': () => '有一项决定的期限早于会诊日期，没有保存。请改正期限。',
  'support.held-in-future': () => '会诊时间在现在之后，没有保存。请填写实际召开的时间。',
  'support.action-over': () => '这个行动项已登记过结果，没有重复登记。',
  'support.not-the-holder': (f) => `现在的承办人是${text(f.holderName) || '另一位同事'}，只有承办人可以结束支援。可先接手，再结束。`,
  'support.actions-open': (f) => `还有 ${text(f.open) || '一些'} 个行动项没有结果，不能结束支援。请先登记结果，做不到的也写明原因。`,
  'support.lines-open': (f) => `还有 ${text(f.open) || '一些'} 条支援线没有结果，不能结束支援。请先登记结果。`,
  'support.follow-up-past': () => '回访日期应在今天之后，没有保存。请重新选择日期。',

  'reports.moved-on': () => '这份强制报告的状态已经变化，刚才的操作没有执行，您填写的内容还在。请刷新后再看。',
  'reports.second-person': () => '这一步要由另一个人来做：报告人和提出的人都不能自己确认。请等站长、督导或支援中心办理。',
  'reports.supervisor-signs': () => '“经核实不属于”要由督导签字，没有执行。请通知指定的督导。',
  'reports.incomplete': () => '还不能结束：报警登记、告知主管部门、公安反馈、安置保护、跟进都要有记录。请先补记。',
  'reports.over': () => '这份强制报告已经结束，不能再补记。又发现新的情况，请另报一份。',
  'reports.in-future': () => '时间在现在之后，没有保存。请填写实际发生的时间。',
  'reports.acknowledged': () => '已经有人确认收到，不必重复确认。',

  'sealing.no-such-case': () => '没有找到这个编号的个案，或已经提出过封存，没有登记。请核对编号。',
  'sealing.moved-on': () => '这件封存的状态已经变化，刚才的操作没有执行。请刷新后再看。',
  'sealing.same-person': () => '这一步要由另一个人来做：提出或登记的人不能自己批准。',
  'sealing.in-future': () => '日期在今天之后，没有保存。请填写文书上的日期。',
  'sealing.letter-over': () => '查询函的期限已经过去，没有执行。请对方另行出具。',
  'sealing.too-long': (f) => `一次查阅最长 ${text(f.longest) || '若干'} 小时，没有保存。请改短。`,
  'sealing.no-scan': () => '还没有上传查询函的扫描件，不能批准。请先由登记人上传。',
  'sealing.decided': () => '这份查询函已经有了结果，或这一方已经表过态，不能再改。',
  'sealing.reader-unknown': () => '指定的人不在任，或是管理员，不能查阅封存件。没有保存，请重新选择。',

  'print.no-browser': () => '服务器上没有可用来生成 PDF 的程序。请打开打印版，用浏览器的打印功能保存为 PDF。',

  'casebank.request-not-closed': () => '求助还没有结束，不能起草案例。',
  'casebank.already-drafted': () => '这份求助已有案例草稿，没有另建。请在原来的草稿上继续。',
  'casebank.consent-missing': () => '没有服务对象对发布的有效同意，案例没有进入下一步。请先在个案里登记同意。',
  'casebank.redaction-failed': (facts) =>
    facts.why === 'replacement-reveals'
      ? '化名与这个个案里某个人的名字重了，会透露身份，没有保存。请换一个化名再试。'
      : facts.why === 'known-left'
        ? '发布前的最后一遍检查还能找到个人信息，没有发布。请修改草稿后再试。'
        : '查找个人信息时没有完成，为稳妥起见没有继续，文字没有保存。请稍后再试；仍不行，请告诉系统管理员。',
  'casebank.draft-over': () => '这份草稿已发布或已放弃，不能再改。',
  'casebank.finding-unknown': () => '草稿的文字刚刚变过，有些标记已不在。请刷新后重新确认。',
  'casebank.keep-needs-reason': () => '保留原文需要写明理由，这次确认没有保存。',
  'casebank.known-cannot-stay': () => '这里是服务对象的个人信息，必须替换，不能保留原文。',
  'casebank.same-person': () => '案例由您起草，须由中心的另一位同事审核发布。',
  'learning.weights-not-hundred': (f) => `各项权重合计应为 100，现在是 ${text(f.sum)}。`,
  'learning.criterion-twice': () => '有两项评分标准的代号相同。',
  'learning.days-backwards': () => '日期应依次为：开始申报、截止申报、评分截止。',
  'learning.no-judge': () => '评委须是本区的专家或督导。',
  'learning.not-open': () => '现在不在申报期内，作品没有提交。',
  'learning.already-entered': () => '这个案例已申报本届评优，没有重复提交。',
  'learning.not-own-case': () => '只能申报自己求助过、已结束的个案。',
  'learning.entry-settled': () => '作品已进入评分或已撤回，不能再改。',
  'learning.not-now': () => '评优已到另一步，这一步没有做。请刷新后再看。',
  'learning.entries-undecided': (f) =>
    text(f.undecided) === '0' ? '没有符合条件的作品，不能开始评分。' : `还有 ${text(f.undecided) || '一些'} 件作品没有审查。`,
  'learning.too-few-judges': (f) => `有 ${text(f.entries) || '一些'} 件作品在回避后评委不够，请先增加评委。`,
  'learning.scores-missing': (f) => `还有 ${text(f.missing) || '一些'} 份评分没有交，${dayWords(f.until)}之后才能按已交的算。`,
  'learning.notice-running': (f) => `公示到${dayWords(f.until) || '期满'}为止，之后才能授奖。`,
  'learning.objections-open': (f) => `还有 ${text(f.open) || '一些'} 件异议没有答复，不能授奖。`,
  'learning.reason-missing': () => '请写明理由，这一步没有做。',
  'learning.scoring-over': () => '现在不在评分期间，没有保存。',
  'learning.points-missing': () => '每一项都要有 0 到 100 的分数，评分没有保存。',
  'learning.correction-needs-reason': () => '更正评分需要写明理由，没有保存。',
  'learning.not-in-notice': () => '现在不在公示期内，异议没有提交。',
  'learning.judges-settled': () => '评分已经开始，评委不能再换。',
  'learning.series-ended': () => '这个研讨系列已结束，没有安排。可先重新开始。',
  'learning.seminar-planned': () => '还有一次已安排的研讨，先召开或取消它，再结束系列。',
  'learning.seminar-over': () => '这次研讨已召开或已取消，没有改动。',
  'learning.seminar-not-yet': (f) => `研讨定在${dayWords(f.heldOn) || '以后'}，到那天才能写纪要。`,
  'learning.person-unknown': () => '有一位参加人不是本区在岗的人，没有保存。',
  'learning.case-unknown': () => '有一个案例已收回或不在本区案例库，没有保存。',
  'learning.seminar-unknown': () => '有一次研讨找不到了，没有保存。',
  'learning.objection-answered': () => '这件异议已经答复，没有再改。',
  'casebank.recalled': (f) => `这个案例已收回${given(f.on, (on) => `（${on}）`)}，不再公开。`,
  'casebank.recall-decided': () => '这件收回已有人处理，没有再改。',
  'casebank.too-few-alike': (f) =>
    `本区符合文中特征的只有 ${text(f.people) || '少数'} 人，少于 ${text(f.least) || '规定的'} 人，没有发布。${coarsenWords(f.coarsen)}`,
  'casebank.findings-open': (f) => `还有 ${text(f.open) || '一些'} 处没有确认，不能发布。请逐处确认后再发布。`,

  'support.slots-twice': () => '有两个时段一样，没有发出。请改成不同的时段。',
  'support.slot-past': () => '时段已经过去，没有保存。请选以后的时间。',
  'support.slot-unknown': () => '这个时段不在征集的时段里，没有选定。请刷新后再选。',
  'support.poll-deadline-late': () => '答复截止要早于第一个时段，没有发出。请把截止提前。',
  'support.poll-over': () => '这次时间征集已经结束，没有保存。请看会诊的时间。',
  'support.required-unknown': () => '有必到的人不在受邀名单里，没有发出。请重新勾选。',
  'support.answers-incomplete': () => '还有时段没有答复，没有保存。请每个时段都选一项。',
  'support.conference-planned': () => '这份求助已有安排好的会诊，没有另行安排。请改期。',
  'support.no-round': () => '还没有邀请专家，不能安排会诊。请先邀请专家。',
  'support.not-replaceable': () => '这位专家已交意见或邀请已撤销，没有更换。意见会保留。',
  'support.expert-in-round': () => '这位专家已在本轮名单里，没有更换。请另选一位。',
  'support.supervisor-excluded': (f) => `${text(f.name) || '这位督导'}${given(f.says, (w) => `：${w}`)}，不能承接，没有新开。请另选一位。`,
  'support.attendance-consent-missing': () => '没有案主参加会诊的有效同意，没有保存。请先在个案里登记同意。',
  'support.guardian-needed': () => '案主未成年，须由监护人签署同意并陪同，没有保存。请补上陪同的监护人。',
  'support.attendance-early': () => '会诊还没有到时间，不能登记到会。',

  'notices.mail-off': () => '本平台没有设置邮件，没有保存。站内消息照常。',
  'notices.code-wrong': (f) => `验证码不对，${given(f.left, (n) => `还可以试 ${n} 次`) || '请重新获取'}。邮箱还没有启用。`,
  'notices.code-over': () => '验证码已失效，邮箱还没有启用。请重新获取。',
  'notices.no-address': () => '还没有登记邮箱，没有保存。请先填写邮箱。',

  'experts.term-backwards': () => '任期的结束早于开始，没有保存。请改正日期。',
  'experts.away-backwards': () => '不在日期的结束早于开始，没有登记。请改正日期。',
  'experts.away-past': () => '这段日期已经过去，没有登记。请选今天或以后的日期。',
  'experts.away-overlaps': (f) =>
    `与已登记的${given(f.fromDay, (from) => `${formatDay(from as Day)}${given(f.toDay, (to) => `至${formatDay(to as Day)}`)}`) || '另一段'}重叠，没有登记。请改日期，或先取消那一段。`,
  'resources.validity-backwards': () => '有效期的结束早于开始，没有保存。请改正日期。',
  'resources.intake-past': () => '接收期限已经过去，没有登记。请选今天或以后的日期。',
  'resources.review-past': () => '下次复核要在今天以后，没有登记。请改日期。',
  'resources.span-backwards': () => '结束早于开始，没有保存。请改正日期。',
  'resources.not-valid': () => '这项资源不在有效期内，没有链接。请另选一项。',
  'resources.linked-already': () => '这项资源已经链接到本求助，还在办理，没有重复登记。',
  'resources.partner-unknown': () => '没有找到这个联动单位，没有转介。请重新选择。',
  'resources.resource-unknown': () => '没有找到这项资源，没有转介。请重新选择。',
  'resources.partner-stopped': () => '这个单位已停止合作，没有转介。请另选一个单位。',
  'resources.until-past': () => '答复期限已经过去，没有转介。请选今天或以后的日期。',
  'resources.consent-missing': () => '没有服务对象对转介的有效同意，没有转介。请先在个案里登记同意。',
  'resources.consent-receiver-unnamed': () => '这份同意没有写明提供给谁，没有转介。请先在个案里写明一次。',
  'resources.consent-other-receiver': (f) =>
    `这份同意写明的接收方${given(f.receiver, (r) => `是“${r}”`)}，与所选单位不符，没有转介。请就这个单位另行征得同意。`,
  'resources.consent-too-narrow': (f) =>
    `同意的范围不包括${named(packetFieldLabels, f.missing) || '所选的部分内容'}，没有转介。请减少提供的内容，或另行征得同意。`,
  'resources.consent-too-short': (f) =>
    `同意${given(f.expiresOn, (d) => `在${formatDay(d as Day)}到期`)}，早于答复期限，没有转介。请提前期限，或另行征得同意。`,
  'resources.referred-already': () => '已经转介给这个单位，还在等答复或办理，没有重复转介。',
  'forms.case-closed': () => '这个个案已经结案，不能再填表。已填的仍可查看、打印。',
  'forms.not-current': () => '这一版表单已有新版或已停用，没有开始。请刷新后按新版填写。',
  'forms.too-many-rows': (f) => `超过 ${text(f.most)} 张，没有导出。请缩短日期，或只看一个小组、一个个案。`,
  'forms.cancelled': (f) => `这${f.kind === 'activity' ? '场活动' : '个小组或这一节'}已经取消，不能再填表。已填的仍可查看、打印。`,
  'forms.person-still': () => '这位组员已要求停止处理个人信息，没有保存。已填的仍可查看、打印。',
  'forms.not-open-here': () => '这种表单不在这里填写，没有开始。请看它是给个案、小组、某一节、某位组员还是活动用的。',
  'forms.kept-in-room': (f) => `${KEPT_IN[String(f.room)] ?? '这张表的内容'}，没有另开一张。写好以后从那里打印这张表。`,
  'forms.not-yet-recorded': () => '这次探访还没有记录，没有可打印的表。请先记录探访。',
  'forms.not-author': () => '这份草稿由别人填写，没有保存。请让填写人继续，或作废后重填。',
  'forms.over': () => '这张表已经提交、签署或作废，没有改动。要改请用“更正”。',
  'forms.signature-missing': (f) => `还缺${signersIn(f.missing)}的签名，没有提交。${signedBefore(f.changed)}${WHO_SIGNS}`,
  'forms.not-signed-here': () => '这种表单不要求手写签名，没有保存签名。',
  'signatures.paper-changed': () => '内容在签名前改过，这个签名没有保存。请看新的内容后再签。',
  'signatures.guardian-kept-back': () => '监护人一栏现在不能由这一位签，没有保存。请与站长商量由哪个单位代为签。',
  'signatures.id-taken': () => '这个签名的编号已被使用，没有保存。请重新签一次。',
  'forms.signer-unknown': () => '这张表不能送给这位督导签，没有提交。请刷新后重新选。',
  'forms.own': () => '这张表是您填写的，不能由您签署或退回。',
  'forms.not-waiting': () => '这张表不在等签字，没有改动。请刷新后再看。',
  'forms.reason-missing': () => '退回要写明理由，没有保存。',
  'forms.not-correctable': () => '只有已提交或已签署的表可以更正，没有开始。',
  'forms.corrected-already': () => '这张表已有一份更正，没有再开一份。请打开那一份。',
  'forms.document-wrong': (f) => `文稿还有${given(f.count, (n) => ` ${n} 处`)}不对，没有签发。请先校验并改好。`,
  'forms.superseded-meanwhile': () => '这种表单刚有了别的版本，没有签发。请刷新后在新版上再改。',
  'forms.nothing-new': () => '文稿与现行版本一样，没有签发。',
  'alarms.appeal-other': () => '这份居民求助不是这个个案的，或不在您手上，没有登记。请先把求助并入个案。',
  'alarms.case-closed': () => '这个个案已经结案，没有登记。请先重开个案，再登记。',
  'alarms.moved-on': () => '这份记录已经到了下一步或已经结束，没有改动。请刷新后再看。',
  'alarms.not-here': () => '这一项不由您在这份记录里登记，没有保存。',
  'alarms.in-future': () => '时间不能晚于现在，没有保存。',
  'alarms.look-again-late': (f) => `再评日期应在今天到${dayWords(f.last)}之间，没有保存。`,
  'alarms.minor-capacity': () => '服务对象未满 18 岁，请选择限制或无民事行为能力，没有保存。',
  'alarms.choice-not-theirs': () => '本人没有完全民事行为能力，须由我们及时报案，不能只记本人的选择（反家庭暴力法 14）。',
  'alarms.must-report': () => '本人没有完全民事行为能力，还没有报案，也没有关联强制报告，不能结束（反家庭暴力法 14）。',
  'alarms.open-steps': () => '还有必须做的事没有登记完成，不能结束。',
  'alarms.review-missing': () => '请先写复盘，再关闭。',
  'alarms.order-too-long': (f) => `保护令有效期不超过六个月，最晚到${dayWords(f.last)}，没有保存（反家庭暴力法 30）。`,
  'alarms.order-needs-end': () => '请写保护令有效到哪一天，不能早于开始的那天。',
  'alarms.no-order': () => '这份保护令不在生效期内，或这一步已经登记过，没有保存。请核对是哪一份、哪一天。',
  'alarms.no-application': () => '请先登记申请保护令，再登记法院的裁定；已经裁定的，申请复议以后才能再登记一次裁定。',
  'alarms.report-unknown': () => '没有找到这份强制报告，没有关联。',
  'alarms.step-over': () => '这一项已经登记完成或不再需要，没有改动。',
  'search.too-short': () => '请至少写两个字，再查找。',
  'visits.over': () => '这次探访已经记过或取消了，没有改动。请刷新后再看。',
  'visits.case-closed': () => '这个个案已经结案，不能再安排或记录探访。',
  'visits.in-future': () => '探访日期不能晚于今天，没有保存。',
  'visits.in-past': () => '探访不能安排在今天以前，没有保存。',
  'visits.too-far': () => '探访最多安排到一年以内，没有保存。',
  'visits.next-not-later': () => '下次探访要在今天以后，没有保存。',
  'visits.companion-missing': () => '这是首次入户。请写陪同的人；没有人陪同的，写明原因。',
  'visits.companion-or-alone': () => '陪同的人和独自前往的原因只能写一样，没有保存。',
  'visits.action-missing': () => '有一项是“紧急”。请写即时处置：做什么、谁来做、到哪天。',
  'visits.action-in-past': () => '即时处置的期限不能早于探访那天，没有保存。',
  'visits.action-done': () => '这项即时处置已经登记完成，没有改动。',
  'resources.referral-over': () => '这次转介已经有了结果，没有改动。请刷新后再看。',
  'resources.answer-day': () => '答复的日期应在转介当天到今天之间，没有登记。请改正日期。',
  'resources.workbook-unreadable': () => '这个文件不是可以读取的 Excel 工作簿，没有导入。请用模板另存为 .xlsx 再试。',
  'resources.workbook-too-large': (f) => `文件太大${given(f.maxMegabytes, (n) => `（最多 ${n} MB）`)}，没有导入。请分成几个文件。`,
  'resources.workbook-too-many-rows': (f) => `行数太多${given(f.maxRows, (n) => `（最多 ${n} 行）`)}，没有导入。请分成几个文件。`,
  'resources.rows-bad': (f) =>
    `${given(f.bad, (n) => `有 ${n} 行`) || '有些行'}不能导入，没有写入任何一行。请改好后重试，或选择只导入其余的行。`,
  'resources.exchange-unreadable': () => '这个文件不是 HSDS 3.0 的服务（JSON），没有导入。',

  'responses.other-kind': () => '这条支援线是另一种方式，没有保存。请在对应的支援线下写。',
  'responses.content-out-of-reach': () => '您读不到这份求助的内容，不能移交它。请由求助社工或支援中心发出转介。',
  'responses.receiver-is-sender': () => '接收人不能是您自己，没有发出。请选择另一位。',
  'responses.same-receiver': () => '这位刚刚退回过，没有再发。请改送另一位。',
  'responses.date-future': () => '这一天还没有到，没有保存。请改正日期，或到时再登记。',
  'responses.date-past': () => '这一天已经过去，没有保存。请选今天或以后的日期。',
  'responses.times-backwards': () => '结束时刻不晚于开始时刻，没有保存。请改正时间。',
  'responses.line-without-supervisor': () => '这条支援线还没有本区的承接人，不能写督导记录。请支援中心另开一条并指定督导。',
  'responses.own-supervisor': () => '不能督导自己，没有保存。请支援中心指定另一位督导。',
  'responses.resource-unknown': () => '没有找到所选资源，或已过有效期，没有保存。请重新选择。',
  'responses.moved-on': () => '这条记录已有新的进展，没有执行。请刷新后再看。',
  'responses.not-your-turn': () => '这一步不由您办理，没有执行。',
  'responses.signed-already': () => '您已签认过，不必再签。',
  'responses.consent-ended': () => '服务对象的同意已撤回或到期，没有改送。请重新取得同意后另发转介。',
  'responses.record-under-way': (f) => `这条支援线还有 ${text(f.open) || '一些'} 条记录没有办完，不能登记结果。请先办完或撤回。`,

  'rulepacks.not-in-force': () => '只能从现行版本起草，没有建立草稿。请先打开现行版本。',
  'rulepacks.draft-exists': () => '这套规则已有一份草稿在办，没有另建。请接着改那一份，或先撤回它。',
  'rulepacks.draft-moved-on': () => '这份草稿已提交、已发布或已撤回，没有执行。请刷新后再看。',
  'rulepacks.nothing-changed': () => '草稿还没有改动任何数值，或没有定生效日期，没有提交。',
  'rulepacks.author-approves': () => '草稿由您（或您代理的人）起草，须由主管部门的另一位批准或退回。',
  'rulepacks.authority-approves': () => '批准与退回由主管部门办理，没有执行。',
  'rulepacks.date-past': () => '生效日期已经过去，没有执行。请改为今天或以后的日期。',
  'rulepacks.later-version-stands': (f) =>
    `本区已有${given(f.day, (day) => ` ${formatDay(day as Day)} `) || '更晚'}生效的版本，没有执行。生效日期须晚于它。`,
  'rulepacks.base-moved': () => '起草以后，现行版本已有变化，没有执行。请撤回这份草稿，从新的现行版本起草。',

  'workforce.person-unknown': () => '没有找到这位工作人员，或已离职，没有保存。请重新选择。',
  'workforce.not-your-agency': () => '只能登记本机构的社工，没有保存。',
  'workforce.station-unknown': () => '没有找到所选站点，没有保存。请重新选择。',
  'workforce.still-holds-work': (f) =>
    `这位社工手上还有${given(f.cases, (n) => ` ${n} 个个案`)}${given(f.requests, (n) => ` ${n} 份求助`) || ''}未交接，没有登记离职。请先转交。`.replace(
      '还有未交接',
      '还有工作未交接',
    ),
  'workforce.roles-exclude': () => '三类管理员彼此不能兼任，也不能兼任其他角色，任命没有保存。',
  'workforce.scope-missing': (f) => `这个角色需要指定范围${given(f.needs, (n) => `（${n}）`)}：站点、机构或街道。任命没有保存，请补上。`,
  'workforce.username-taken': (f) => `账号名${given(f.username, (u) => ` ${u} `)}已有人使用，任命没有保存。请换一个。`,
  'workforce.username-needed': () => '这个人还没有账号，请填写一个账号名。',
  'workforce.deputy-is-self': () => '代理人不能是本人，没有保存。请选择另一位。',
  'workforce.own-role': () => '不能更改自己的角色，没有保存。请由另一位安全管理员办理。',
  'workforce.absence-backwards': () => '请假的结束早于开始，没有登记。请改正日期。',
  'workforce.rota-same-person': () => '值班与后备不能是同一个人，没有保存。请选择另一位后备。',

  'appeals.moved-on': () => '这件求助已经有了新的进展，没有执行。请刷新后查看。',
  'appeals.place-unknown': () => '没有找到所选街道，没有送出。请重新选择，或选“不清楚”。',
  'appeals.station-unknown': () => '没有找到所选站点，没有转出。请重新选择。',
  'appeals.same-station': () => '这件求助已经在这个站点，没有转出。请选择另一个站点。',
  'appeals.not-of-station': () => '所选的人不是本站在岗社工，没有交办。请重新选择。',
  'appeals.name-needed': () => '居民没有留下称呼，个案没有建立。请填写姓名（不知道时可写“某女士”）。',
  'calls.moved-on': () => '这条记录已经有了新的进展，没有执行。请刷新后查看。',
  'calls.no-way-back': () => '没有电话，也没有写怎样联系，社工找不到来电人，没有转出。请补电话，或在“联系时要注意什么”里写明。',
  'calls.hotline-unknown': () => '没有找到所选热线，或已停用，没有转出。请重新选择。',
  'calls.hotline-taken': () => '这个号码已经在表里，没有保存。请修改原来的一条。',
  'calls.ticket-taken': (f) => `这张转办单已经登记${given(f.holder, (n) => `，由${n}办理`)}，没有重复保存。请按单号查找。`,
  'calls.received-in-future': () => '收到时间在将来，没有保存。请改正。',
  'privacy.person-unclear': () => '证件号码和电话至少填一项，才能查到是谁的信息，没有受理。请补上。',
  'privacy.not-for-heirs': () => '近亲属可以查阅、复制、更正、删除去世者的信息，不能提这一项，没有受理。请改选。',
  'privacy.no-station': () => '您没有所属站点，请求无处落户，没有受理。请由站点社工或站长受理。',
  'privacy.identity-thin': () => '核对的材料还不够：监护人须有监护关系，近亲属须有死亡与亲属证明，没有保存。请补齐。',
  'privacy.moved-on': () => '这件事已到别的环节，没有再次执行。请刷新后再看。',
  'privacy.own-receipt': () => '受理人不能自己决定，没有保存。请由站长或支援中心的另一人决定。',
  'privacy.reason-missing': () => '没有全部办理时，要写明理由和对方还可以怎么办，没有保存。请补上。',
  'privacy.answer-missing': () => '还没有拟好答复，没有保存。请先拟答复。',
  'privacy.still-running': () => '个案还有正在办理的求助，不能停止处理，没有保存。请先结束求助。',
  'privacy.not-a-file-of-theirs': () => '所选附件不属于这个人，没有保存。请重新选择。',
  'privacy.copy-not-decided': () => '还没有决定同意提供，取不出副本。请等另一人决定。',
  'privacy.not-answered': () => '请求还没有决定，没有答复书可打印。',
  'privacy.until-missing': () => '延长保管要填今天以后的日期，没有保存。请改正。',
  'privacy.not-due': (f) => `${given(f.numbers, (n) => `${n} `)}还没有到期，不能列入销毁清册，没有保存。请取消勾选。`,
  'privacy.on-hold': (f) => `${given(f.numbers, (n) => `${n} `)}登记了不得销毁，没有保存。请取消勾选。`,
  'privacy.on-another-list': (f) => `${given(f.numbers, (n) => `${n} `)}已在另一份清册里，没有保存。请取消勾选。`,
  'privacy.several-stations': () => '一份清册只能有一个站点的个案，没有保存。请分开编制。',
  'privacy.own-appraisal': () => '鉴定人不能批准自己的清册，没有保存。请由支援中心的另一人批准。',
  'privacy.review-backwards': () => '复评日期应在评估日期之后，没有保存。请改正日期。',
  'privacy.breach-in-future': () => '时间晚于现在，没有保存。请改正时间。',
  'privacy.breach-unfinished': () => '通知、告知或补救措施还没有记全，不能办结，其他内容也没有保存。请补全或先不办结。',
  'privacy.breach-closed': () => '这起事件已办结，不能再改。',
  'archive.no-browser': () => '这台服务器上没有可用来打印的浏览器，档案没有生成。请管理员安装 Chromium，或设置 CHROMIUM_PATH 后重试。',
  'archive.making': () => '您取的这份档案还在生成，没有重复开始。请等它完成。',
  'archive.case-still': () => '这个个案已停止处理或已销毁，只保管，不取档。',
  'archive.not-ready': () => '档案还没有生成好，请稍候。',
  'archive.expired': () => '下载已过期，文件已删除。校验码仍留着；需要时请重新取一份。',
  'lists.name-taken': () => '这个清单里已有同名的视图，没有保存。请换个名称，或先删去原来的。',
  'lists.views-full': (f) => `一个清单最多保存 ${text(f.most)} 个视图，没有保存。请先删去不用的。`,

  'relief.no-station': () => '您没有所属站点，没有保存。请由站点社工登记。',
  'relief.person-still': () => '这位服务对象的信息已停止处理，没有登记新的内容。',
  'relief.in-future': () => '日期不能晚于今天，没有保存。',
  'relief.open-already': () => '您已有这位服务对象的在办救助个案，没有重复登记。请在清单里打开。',
  'relief.moved-on': () => '救助个案已到别的环节，没有再次执行。请刷新后再看。',
  'relief.says-missing': () => '还没有写内容，没有保存。请补上。',
  'relief.satisfied-missing': () => '请选择满意程度，没有保存。',
  'relief.drop-missing': () => '请选择为什么不再救助，没有保存。',
  'relief.nothing-delivered': () => '还没有登记物资或服务，不能算送达。请先登记。',
  'relief.line-missing': (f) => `${f.line === 'material' ? '物质' : '服务'}这条线还没有登记。确实没有的，写明原因。`,
  'relief.not-open': () => '登记了链接以后、反馈以前才能登记物资和服务，没有保存。',
  'relief.before-screening': () => '日期不能早于筛查那天，没有保存。',
  'relief.material-incomplete': () => '物资要写数量、单位、价值和回执，没有保存。请补上。',
  'relief.service-incomplete': () => '服务要写多少分钟，没有保存。请补上。',
  'relief.undertakings-open': (f) =>
    `助联体会商认领的事还有${given(f.count, (n) => ` ${n} 件`)}没有结果，没有保存。请先登记办到了，或不办的原因。`,
  'relief.hand-same': () => '现在就由这位社工承办，没有移交。请另选一位。',
  'relief.hand-elsewhere': () => '只能交给本站在岗的社工，没有移交。请重新选择。',
  'relief.hand-unseen': () => '接手的人看不到这位服务对象，没有移交。请先把他（她）的个案移交，或请接手的人协办。',
  'relief.joint-called': (f) =>
    `助联体会商还有${given(f.count, (n) => ` ${n} 次`)}召集了没有开，没有保存。请先在“助联体会商”里写结果，或取消会商。`,
  'relief.last-seat': () => '会商至少留一位参加人，没有保存。不开了的，请取消会商。',
  'relief.day-past': () => '会商的日期已经过去，没有召集。请改日期。',
  'relief.member-unknown': () => '选的人不在本区在岗人员里，或不在参加的人里，没有保存。请重新选择。',
  'relief.joint-over': () => '这次会商已经有了结果，没有再次登记。',
  'relief.joint-not-held': () => '会商写下结果以后才能登记谁认领什么，没有保存。',
  'relief.due-early': () => '日期不能早于会商那天，没有保存。',
  'relief.undertaking-over': () => '这件事已经有了结果，没有再次登记。',
  'relief.recorder-only': () => '由登记的社工作废，没有改动。请告诉登记的人。',
  'groups.no-station': () => '您没有所属站点，小组无处落户，没有保存。请由站点社工计划。',
  'groups.size-upside-down': () => '最少人数不能多于最多人数，没有保存。请改正。',
  'groups.size-beyond': (f) => `小组人数应在 ${text(f.least)} 至 ${text(f.most)} 人之间，没有保存。请改正。`,
  'groups.scale-upside-down': (f) => `指标“${text(f.title)}”的最低分应小于最高分，没有保存。请改正。`,
  'groups.co-lead-unknown': () => '协助的社工须是本站社工，没有保存。请重新选择。',
  'groups.moved-on': () => '小组或这一节已到别的环节，没有再次执行。请刷新后再看。',
  'groups.plan-incomplete': (f) => `计划书还缺：${partWords(f.lacks)}，没有提交。请补上。`,
  'groups.no-head': () => '本站没有另一位站长可以审批，没有提交。请告诉支援中心。',
  'groups.too-few-members': (f) => `现有 ${text(f.have)} 位组员，至少要 ${text(f.least)} 位才能开组。请继续招募，或改计划书。`,
  'groups.no-session-held': () => '还没有开过一节，没有改变。请先记录一节。',
  'groups.sessions-open': (f) => `还有 ${text(f.open)} 节没有记录，没有结束。请记录，或取消不开的。`,
  'groups.reason-missing': () => '要写明原因，没有保存。请补上。',
  'groups.lead-same': () => '这位同事已经是牵头人，没有提出。请选另一位。',
  'groups.lead-elsewhere': () => '牵头人要是本站在岗的社工，没有办理。请重新选择。',
  'groups.lead-approved': () => '这位同事批准过计划书，不能再牵头这个小组。请选另一位。',
  'groups.lead-asked': () => '已经有一份换牵头人的提议在等站长确认，没有重复提出。',
  'groups.lead-own': () => '不能由自己确认自己牵头。请另一位站长办理，或选另一位同事。',
  'groups.lead-answered': () => '这份换牵头人的提议已经答复过或撤回了。',
  'groups.reviewer-is-author': () => '计划书是您自己的，不能自己审批。请由另一位站长审批。',
  'groups.not-joinable': () => '批准以后、进入结束期以前才能加入组员，没有登记。',
  'groups.in-future': () => '日期不能晚于今天，没有保存。',
  'groups.full': (f) => `小组最多 ${text(f.most)} 人，已经满了，没有登记。`,
  'groups.member-already': () => '这位服务对象已经在小组里，没有重复登记。',
  'groups.person-still': () => '这位服务对象的信息已停止处理，没有登记新的内容。',
  'groups.left-already': () => '这位组员已经离开，没有改动。',
  'groups.left-before-joined': () => '离开的日期不能早于加入的日期，没有保存。',
  'groups.not-running': () => '开组以后、结束以前才能加一节或记录，没有保存。',
  'groups.attendance-missing': (f) => `还有 ${text(f.missing)} 位组员没有记到没到，没有保存。请补上。`,
  'groups.not-a-member': () => '名单里有人那天不是组员，没有保存。请刷新后再看。',
  'groups.nobody-came': () => '没有一个人到场。没有开成的，请取消这一节。',
  'groups.helpers-fewer': (f) => `志愿者人数不能少于登记了时长的 ${text(f.told)} 人，没有保存。请改正。`,
  'groups.recorder-only': () => '这一节由记录的社工更正或撤回，没有改动。请告诉记录的人。',
  'groups.indicator-unknown': () => '计划书里没有这个指标，没有保存。请刷新后再看。',
  'groups.score-unknown': () => '引用的量表分数不在这位组员的表单里，没有保存。请刷新后再选。',
  'groups.score-unfit': (f) =>
    `引用的量表和指标“${text(f.title)}”的分数范围、好坏方向或已引用的量表不一样，没有保存。请选同一种量表，或手填。`,
  'groups.value-beyond': (f) => `“${text(f.title)}”的分数应在 ${text(f.least)} 至 ${text(f.most)} 之间，没有保存。`,
  'groups.lead-closes': () => '由牵头社工总结小组，没有保存。请告诉牵头社工。',
  'groups.spent-missing': () => '有预算没有填实支，没有保存。没有花钱的填 0。',
  'groups.not-recorded': () => '还没有记录，没有可打印的。请先记录或总结。',
  'imports.no-station': () => '没有选定站点，或您不在这个站点任职，文件没有收下。请选定站点。',
  'imports.no-head': () => '这个站点还没有站长，没有人对名册负责，文件没有收下。请先任命站长。',
  'imports.too-large': (f) => `文件超过 ${text(f.maxMegabytes)} MB，没有收下。请拆成几份再导入。`,
  'imports.not-a-table': () => '这不是可以读的 Excel（.xlsx）或 CSV 文件，没有收下。请另存为 .xlsx 再试。',
  'imports.other-ending': () => '文件的内容与后缀不符，没有收下。请用 Excel 或 WPS 打开后另存为 .xlsx 或 .csv。',
  'imports.old-excel': () => '这是旧版 Excel（.xls），没有收下。请打开后另存为 .xlsx 再试。',
  'imports.encrypted': () => '文件设了打开密码，读不了，没有收下。请取消密码后再上传。',
  'imports.macros': () => '文件带有宏，出于安全没有收下。请另存为不带宏的 .xlsx 再试。',
  'imports.unsafe-parts': () => '文件里夹带了别的文件或不正常的路径，出于安全没有收下。请把表格复制到新的工作簿再试。',
  'imports.unpacks-too-large': () => '文件解开后会大得不正常，出于安全没有收下。请把表格复制到新的工作簿再试。',
  'imports.too-many-running': (f) => `您已有 ${text(f.most)} 个导入在进行，没有再收。请等其中一个完成。`,
  'imports.not-now': () => '这次导入已到别的环节，没有执行。请刷新后再看。',
  'imports.file-gone': () => '文件已到期删除，不能继续。请重新上传。',
  'imports.sheet-missing': () => '没有这张工作表，没有改动。请重新选择。',
  'imports.column-twice': () => '有两列选了同一个含义，没有改动。请改正其中一列。',
  'imports.nothing-to-add': () => '没有可以写入的行，没有导入。请下载有错的行，改好再上传。',
  'imports.in-use': (f) =>
    `不能撤销：${[
      [f.cases, '人已建立个案'],
      [f.contacts, '人已有服务记录'],
      [f.other, '处别的登记或修改'],
    ]
      .flatMap(([n, says]) => (Number(n) > 0 ? [`${text(n)} ${text(says)}`] : []))
      .join('，')}。请先处理这些，再撤销。`,
  'activities.no-station': () => '您没有所属站点，活动无处落户，没有保存。请由站点社工计划。',
  'activities.ends-before': () => '结束应在开始之后，没有保存。请改正时间。',
  'activities.campaign-unknown': () => '没有找到所选宣传周，没有保存。请重新选择。',
  'activities.co-lead-unknown': () => '协助的社工须是本站社工，没有保存。请重新选择。',
  'activities.linked-already': () => '这位服务对象在本次活动里已经对上，没有再登记。请看名单。',
  'activities.moved-on': () => '活动或报名已到别的环节，没有再次执行。请刷新后再看。',
  'activities.reason-missing': () => '取消活动要写明原因，没有取消。请补上。',
  'activities.registered-before': () => '这个电话已经报过名，没有重复登记。请在名单里修改。',
  'activities.too-many-people': (f) => `一次最多报 ${text(f.most)} 人，没有登记。请减少人数，或打电话给社工站。`,
  'activities.no-room': () => '名额不够这一家递补，没有调整。请先改名额，或等别人取消。',
  'activities.registration-closed': () => '报名已经结束，没有登记。请打电话问社工站。',
  'activities.waiting-full': () => '名额和候补都满了，没有登记。请留意下一次活动。',
  'activities.not-published': () => '活动还没有发布，没有报名二维码。请先发布。',
  'activities.not-yet': () => '活动还没有开始，没有保存。请在活动当天或以后再结束。',
  'volunteers.no-station': () => '您没有所属站点，没有保存。请由站点的社工或站长登记。',
  'volunteers.too-young': (f) => `不满 ${text(f.least)} 周岁，不能登记或参加，没有保存。`,
  'volunteers.guardian-missing': (f) => `不满 ${text(f.below)} 周岁，要有监护人的姓名、电话和同意日期，没有保存。请补上，或改正出生日期。`,
  'volunteers.id-not-agreed': () => '志愿者同意后才能登记证件号码，没有保存。请填写同意的日期，或去掉证件号码。',
  'volunteers.day-ahead': () => '有一个日期在今天以后，没有保存。请改正。',
  'volunteers.reach-missing': () => '没有电话就联系不上，没有保存。请填写本人或监护人的电话。',
  'volunteers.area-unknown': () => '没有找到所选的街道或社区，没有保存。请重新选择。',
  'volunteers.known': (f) => `这位志愿者已在${text(f.station) || '别的站点'}登记过，没有重复登记。请先核对。`,
  'volunteers.moved-on': () => '已到别的环节，没有再次执行。请刷新后再看。',
  'volunteers.still-in-tasks': (f) => `还有 ${text(f.count)} 项没有完成的任务，没有退出。请先在任务里改为不参加，或等任务完成。`,
  'volunteers.not-withdrawn': () => '志愿者还没有退出，没有删除。请先办理退出。',
  'volunteers.no-hours': () => '所选期间没有核定过的时长，没有出具证明。请换一个期间，或先核定时长。',
  'volunteers.erased': () => '个人信息已按本人要求删除，不能再出具。',
  'volunteers.ends-before': () => '结束应在开始之后，而且不超过一天，没有保存。请改正时间。',
  'volunteers.text-has-number': () => '任务文字里有电话或证件号码，没有保存。志愿者会看到这些文字，请去掉。',
  'volunteers.text-names-recipient': () =>
    '任务文字里有服务对象的姓名、电话或证件号码，没有保存。志愿者会看到这些文字，请改成“一位老人”这样的说法。',
  'volunteers.for-unknown': () => '没有找到要协助的工作，没有保存。请从您自己的活动、小组、救助或探访里发起。',
  'volunteers.lead-only': () => '由牵头社工办理，没有执行。请告诉牵头社工。',
  'volunteers.lead-gone': () => '牵头社工已不在本站，任务不能继续，没有执行。请先由站长移交给在岗社工。',
  'volunteers.people-fixed': () => '已有人答应参加，时间和要求不能再改，没有保存。请先重新招募或取消任务。',
  'volunteers.nobody-comes': () => '还没有人答应参加，没有定下。请先登记答复。',
  'volunteers.reason-missing': () => '取消任务要写明原因，没有取消。请补上。',
  'volunteers.asked-before': () => '有人已经邀请过，没有重复邀请。请刷新后再选。',
  'volunteers.not-active': () => '有人暂停或已退出，不能参加，没有保存。请另选。',
  'volunteers.busy': () => '有人同一时间已有别的任务，没有保存。请另选。',
  'volunteers.not-insured': () => '任务可能有人身危险，有人没有在期的意外保险，没有保存。请先投保并登记，或另选。',
  'volunteers.minor-too-long': (f) => `未成年志愿者一次不超过 ${text(f.most)} 分钟，没有保存。请另选，或缩短任务。`,
  'volunteers.enough': () => '人数已够，没有再登记参加。请先改人数，或等别人退出。',
  'volunteers.not-yet': () => '任务还没有开始，没有登记时长。请在任务开始以后再登记。',
  'volunteers.hours-missing': () => '每一位答应参加的人都要登记到了或没来，没有保存。请刷新后补全。',
  'volunteers.hours-too-long': (f) => `时长不能超过任务的 ${text(f.most)} 分钟，没有保存。请改正。`,
  'volunteers.not-on-register': () => '志愿者要从本站登记册里选，没有保存。登记册里没有的，请先登记。',
  'volunteers.start-missing': () => '请填志愿者几点开始，没有保存。',
  'volunteers.settled-before': () => '这里志愿者的时长已经核定，不能再记，没有保存。',
  'volunteers.lead-unknown': () => '新的牵头应是本站在岗社工，没有移交。请重新选择。',
  'volunteers.lead-hands-over': () => '由牵头社工本人或站长移交，没有移交。请告诉他们。',
  'volunteers.too-many-rows': (f) => `超过 ${text(f.most)} 行，没有导出。请缩短期间或缩小范围。`,
  'activities.lead-finishes': () => '由牵头社工结束活动，没有保存。请告诉牵头社工。',
  'contacts.too-many-rows': (f) => `超过 ${text(f.most)} 行，没有导出。请选一个月份，或按类别、社工筛选后再导出。`,

  'stations.credit-code-taken': (f) => `这个统一社会信用代码已登记${given(f.name, (n) => `给“${n}”`)}，没有保存。请核对。`,
  'stations.division-unknown': () => '没有找到所选区划，或已撤销，没有保存。请重新选择。',
  'stations.operator-unknown': () => '没有找到所选运营机构，没有保存。请重新选择。',
  'divisions.tier-not-below-parent': () => '新区划的层级应低于上级区划，没有保存。请改正层级或上级。',
  'divisions.code-taken': (f) => `区划代码已由${text(f.name) || '另一个区划'}使用，没有保存。请核对。`,
  'divisions.successor-is-itself': () => '承继单位不能是它自己，没有保存。请重新选择。',
};

/** Whether a text from outside is a listed refusal code. */
export const isRefusalCode = (code: string): code is RefusalCode => Object.hasOwn(refusalSentences, code);

/** What the door says for itself, before any room is asked. */
const doorSentences: Readonly<Record<string, string>> = {
  'identity.csrf': '您在别的窗口重新登录过，这个页面已过时，没有执行。请刷新后再试，已填写的内容会保留。',
  'request.key-used': '同一次提交的内容前后不一致，没有再次执行。请刷新页面，看看上一次是否已经成功。',
  'public.other-origin': '这个页面不是从本平台打开的，没有送出。请从社工站给您的网址重新进入。',
  'identity.set-up-first': '请先完成账号设置：修改一次性密码，需要时绑定动态口令。',
};

/** The sentence of a refusal as it arrived: never empty, whatever the code and the facts are. */
export const refusalSentence = (code: string, facts: Facts = {}): string =>
  isRefusalCode(code) ? refusalSentences[code](facts) : '这个操作现在不能执行，没有保存任何改动。请刷新后再看；仍不清楚，请联系支援中心。';

/** What people read about a call that failed: the code's sentence where it has one, else the outcome's. */
export const failureSentence = (kind: Outcome | 'refused', code: string | undefined, facts: Facts = {}): string => {
  if (code !== undefined && isRefusalCode(code)) return refusalSentences[code](facts);
  if (code !== undefined && Object.hasOwn(doorSentences, code)) return doorSentences[code] as string;
  return kind === 'refused' ? refusalSentence(code ?? '', facts) : outcomeSentences[kind];
};
