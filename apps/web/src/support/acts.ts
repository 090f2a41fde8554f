import type { Role } from '@jieyou/core/identity/schema.ts';
import type { HelpField } from '@jieyou/core/shared/fields.ts';
import {
  acknowledgeCrisis,
  addSupportLine,
  assignHolder,
  closeAsDuplicate,
  closeSupportLine,
  closeSupportRequest,
  completeAction,
  endSupportElsewhere,
  revokeInvitation,
  screenSupportRequest,
  supplyInformation,
  withdrawSupportRequest,
} from '@jieyou/core/support/endpoints.ts';
import { call } from '../house/client.ts';
import type { LineData, RequestFileData } from './queries.ts';

/** A field of a short dialog. `kind` chooses the control; the dialog shows the platform's own validation beside it. */
export type ActField = {
  readonly name: string;
  readonly label: string;
  readonly kind: 'passage' | 'line' | 'day' | 'choice' | 'person' | 'yesNo' | 'stars' | 'helpField';
  readonly hint?: string;
  readonly required?: boolean;
  readonly max?: number;
  readonly choices?: readonly { readonly value: string; readonly label: string }[];
  readonly roles?: readonly Role[];
  readonly initial?: string | boolean;
};

/** What a dialog collected. */
export type ActValues = Readonly<Record<string, string | number | boolean | null | undefined>>;

/** One act of a request: what the dialog asks and what is sent. */
export type ActForm = {
  readonly title: string;
  readonly says: string;
  readonly confirm: string;
  readonly danger?: boolean;
  readonly fields: readonly ActField[];
  readonly send: (values: ActValues) => Promise<unknown>;
};

const text = (values: ActValues, name: string): string => String(values[name] ?? '').trim();
const textOrNull = (values: ActValues, name: string): string | null => text(values, name) || null;

/** Who may hold work at the centre. */
const centreRoles: readonly Role[] = ['centre'];
/** Who may be given a line of support. */
const lineRoles: readonly Role[] = ['supervisor', 'worker', 'centre', 'expert'];

/** The short acts of a request, by name. Longer ones have their own pages: screening, panel, minutes. */
export const requestActs = (file: RequestFileData): Readonly<Record<string, ActForm>> => {
  const params = { id: file.id };
  const version = file.version;
  const checklistVersion = file.content?.checklistResult?.packVersion ?? file.screening?.checklistVersion ?? '';
  return {
    acknowledgeCrisis: {
      title: '确认接手危机求助',
      says: '请先与求助社工通话，确认现场安全。值班时限 15 分钟，超时会通知后备和站长。',
      confirm: '确认接手',
      fields: [
        {
          name: 'firstAction',
          label: '您采取的第一步',
          kind: 'passage',
          required: true,
          max: 600,
          hint: '如：已致电社工，已报警，社工在现场陪同',
        },
      ],
      send: (v) => call(acknowledgeCrisis, { params, body: { firstAction: text(v, 'firstAction') } }),
    },
    supply: {
      title: '补充材料',
      says: file.question === null ? '送回后计时继续。' : `中心请您补充：${file.question}`,
      confirm: '送回筛选',
      fields: [{ name: 'answer', label: '补充说明', kind: 'passage', required: true, max: 2000, hint: '附件可以先在“求助内容”里添加' }],
      send: (v) => call(supplyInformation, { params, body: { version, answer: text(v, 'answer') } }),
    },
    withdraw: {
      title: '撤回这份求助',
      says: '撤回后中心不再处理，已开通的资料包随即关闭；记录仍会保留。以后需要可以重新发起。',
      confirm: '撤回求助',
      danger: true,
      fields: [{ name: 'reason', label: '撤回的原因', kind: 'passage', required: true, max: 600 }],
      send: (v) => call(withdrawSupportRequest, { params, body: { version, reason: text(v, 'reason') } }),
    },
    endElsewhere: {
      title: '登记已由其他途径解决',
      says: '这份求助到此结束，记录仍会保留。',
      confirm: '登记并结束',
      danger: true,
      fields: [{ name: 'where', label: '由谁、怎样解决', kind: 'passage', required: true, max: 600 }],
      send: (v) => call(endSupportElsewhere, { params, body: { version, where: text(v, 'where') } }),
    },
    markDuplicate: {
      title: '作为重复件关闭',
      says: '两份求助都会保留，并互相链接。',
      confirm: '作为重复件关闭',
      danger: true,
      fields: [{ name: 'ofNumber', label: '与哪一号重复', kind: 'line', required: true, max: 40, hint: '回执号或档案号' }],
      send: (v) => call(closeAsDuplicate, { params, body: { version, ofNumber: text(v, 'ofNumber') } }),
    },
    assignHolder: {
      title: file.holderId === null ? '接手或指定承办人' : '转交承办',
      says: '承办人会收到消息；求助社工看得到现在由谁承办。',
      confirm: '确定',
      fields: [
        { name: 'holderId', label: '承办人', kind: 'person', required: true, roles: centreRoles },
        { name: 'nextOn', label: '下次跟进日期', kind: 'day' },
      ],
      send: (v) => call(assignHolder, { params, body: { version, holderId: text(v, 'holderId'), nextOn: textOrNull(v, 'nextOn') } }),
    },
    toCrisis: {
      title: '转入危机通道',
      says: '值班人员会立即收到消息；15 分钟内无人接手，会通知后备和站长。',
      confirm: '转入危机通道',
      danger: true,
      fields: [{ name: 'reason', label: '为什么判断为危机', kind: 'passage', required: true, max: 600 }],
      send: (v) => call(screenSupportRequest, { params, body: { exit: 'crisis', version, checklistVersion, reason: text(v, 'reason') } }),
    },
    addLine: {
      title: '新开支援线',
      says: '几条支援线可以同时进行，各有承接人和结果。',
      confirm: '开始这条支援线',
      fields: [
        { name: 'helpField', label: '所需专业', kind: 'helpField', required: true },
        {
          name: 'kind',
          label: '支援方式',
          kind: 'choice',
          required: true,
          choices: [
            { value: 'referral', label: '转介' },
            { value: 'supervision', label: '督导' },
            { value: 'conference', label: '会诊' },
            { value: 'seminar', label: '研讨' },
            { value: 'resource', label: '资源链接' },
          ],
        },
        { name: 'holderId', label: '承接人（本平台人员）', kind: 'person', roles: lineRoles },
        { name: 'providerName', label: '承接单位（平台以外）', kind: 'line', max: 80, hint: '承接人和承接单位至少填一项' },
        { name: 'task', label: '请对方做什么', kind: 'passage', required: true, max: 600 },
        { name: 'overrideReason', label: '不用推荐的督导时的理由', kind: 'line', max: 400 },
      ],
      send: (v) =>
        call(addSupportLine, {
          params,
          body: {
            helpField: text(v, 'helpField') as HelpField,
            kind: text(v, 'kind') as LineData['kind'],
            holderId: textOrNull(v, 'holderId'),
            providerName: textOrNull(v, 'providerName'),
            task: text(v, 'task'),
            ...(text(v, 'overrideReason') === '' ? {} : { overrideReason: text(v, 'overrideReason') }),
          },
        }),
    },
    close: {
      title: '结束支援',
      says: '请回看当初的求助，写下做成了什么、还有什么没有做到。到回访日期会提醒您。',
      confirm: '结束支援',
      fields: [
        { name: 'solved', label: '问题是否得到解决', kind: 'yesNo', required: true },
        { name: 'evaluation', label: '评估', kind: 'passage', required: true, max: 3000 },
        { name: 'satisfaction', label: '求助社工的满意度（没有问过就不填）', kind: 'stars' },
        { name: 'followUpOn', label: '回访日期', kind: 'day', required: true },
      ],
      send: (v) =>
        call(closeSupportRequest, {
          params,
          body: {
            version,
            solved: v['solved'] === true,
            evaluation: text(v, 'evaluation'),
            satisfaction: typeof v['satisfaction'] === 'number' && v['satisfaction'] > 0 ? v['satisfaction'] : null,
            followUpOn: text(v, 'followUpOn'),
          },
        }),
    },
  };
};

const resultFields: readonly ActField[] = [
  {
    name: 'status',
    label: '做成了吗',
    kind: 'choice',
    required: true,
    initial: 'done',
    choices: [
      { value: 'done', label: '已完成' },
      { value: 'not-possible', label: '没能做成' },
    ],
  },
  { name: 'result', label: '结果', kind: 'passage', required: true, max: 1000, hint: '做了什么，对方怎样了；没能做成的，写明原因' },
];

const statusOf = (v: ActValues): 'done' | 'not-possible' => (v['status'] === 'not-possible' ? 'not-possible' : 'done');

/** Records the result of an action. */
export const actionResult = (action: { id: string; version: number; text: string }): ActForm => ({
  title: '登记行动项的结果',
  says: action.text,
  confirm: '登记结果',
  fields: resultFields,
  send: (v) =>
    call(completeAction, { params: { id: action.id }, body: { version: action.version, status: statusOf(v), result: text(v, 'result') } }),
});

/** Records the result of a line of support. */
export const lineResult = (line: { id: string; version: number; task: string }): ActForm => ({
  title: '登记支援线的结果',
  says: line.task,
  confirm: '登记结果',
  fields: resultFields,
  send: (v) =>
    call(closeSupportLine, { params: { id: line.id }, body: { version: line.version, status: statusOf(v), result: text(v, 'result') } }),
});

/** Takes an invitation back; its packet shows nothing from then on. */
export const invitationRevocation = (invitation: { id: string; expertName: string }): ActForm => ({
  title: `撤销对${invitation.expertName}的邀请`,
  says: '撤销后，对方随即看不到资料。',
  confirm: '撤销邀请',
  danger: true,
  fields: [{ name: 'reason', label: '撤销的原因', kind: 'passage', required: true, max: 400 }],
  send: (v) => call(revokeInvitation, { params: { id: invitation.id }, body: { reason: text(v, 'reason') } }),
});
