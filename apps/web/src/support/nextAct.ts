import { eventSays } from '@jieyou/core/texts/eventLabels.ts';
import { genderLabels, problemSays } from '@jieyou/core/texts/labels.ts';
import { shortDay } from '../house/format.ts';
import type { RequestFileData } from './queries.ts';

/** Names of acts as `can` carries them, with the pages and dialogs that do them. */
export type ActName =
  | 'submit'
  | 'edit'
  | 'accept'
  | 'ask'
  | 'decline'
  | 'divert'
  | 'toCrisis'
  | 'acknowledgeCrisis'
  | 'supply'
  | 'withdraw'
  | 'endElsewhere'
  | 'markDuplicate'
  | 'assignHolder'
  | 'proposePanel'
  | 'inviteExperts'
  | 'revokeInvitation'
  | 'addLine'
  | 'closeLine'
  | 'holdConference'
  | 'completeAction'
  | 'close'
  | 'draftPublication';

/** What the page offers as the one next act: `act` opens a dialog or a page, `says` is the line under the button. */
export type NextAct = {
  readonly act: 'fill' | 'screen' | 'take' | 'panel' | 'conference' | 'readDraft' | 'readEntry' | ActName;
  readonly label: string;
  readonly says: string;
  /** The record within the request that the act is about: an action, a conference. */
  readonly about?: string;
  readonly urgent?: boolean;
};

/** Something that others still have to do. */
export type Waiting = {
  readonly key: string;
  readonly who: string;
  readonly what: string;
  readonly until: string | null;
  readonly late: boolean;
};

const isLive = (file: RequestFileData): boolean =>
  ['submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'].includes(file.status);

/** The round that counts now: the newest one. */
export const currentRound = (file: RequestFileData) =>
  file.rounds.reduce<RequestFileData['rounds'][number] | undefined>(
    (last, round) => (last === undefined || round.number > last.number ? round : last),
    undefined,
  );

/** The conference that is still to be held, if any. */
const plannedConference = (file: RequestFileData) => file.conferences.find((c) => c.status === 'planned');

/** Open actions, the earliest due first. */
export const openActions = (file: RequestFileData) =>
  file.actions.filter((a) => a.status === 'open').sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0));

/**
 * The one act that the one who looks should do next, or null when it is others' turn. `now` is a moment in milliseconds.
 * Reads `can` alone for what is allowed and never guesses from roles.
 */
export const nextAct = (file: RequestFileData, selves: readonly string[], now: number): NextAct | null => {
  const can = new Set(file.can);
  if (file.status === 'draft') {
    return can.has('submit') || can.has('edit')
      ? { act: 'fill', label: '继续填写并提交', says: '内容自动保存；提交后开始计时，并给您回执号。' }
      : null;
  }
  if (can.has('acknowledgeCrisis') && file.crisis !== null && file.crisis.acknowledgedAt === null) {
    return { act: 'acknowledgeCrisis', label: '确认接手危机', says: '先与求助社工通话，再写下您采取的第一步。', urgent: true };
  }
  if (can.has('supply')) return { act: 'supply', label: '补充材料', says: '送回后计时继续，由中心接着筛选。' };
  if (can.has('accept') && !can.has('decline'))
    return { act: 'screen', label: '受理这份求助', says: '危机已有人接手。给档案号，接着组建专家组。' };
  if (can.has('accept')) return { act: 'screen', label: '筛选这份求助', says: '对照界定清单，从五种处理中选一种。' };
  if (isLive(file) && file.holderId === null && can.has('assignHolder')) {
    return { act: 'take', label: '接手承办', says: '现在没有在岗的承办人，请接手或指定一位。', urgent: true };
  }
  const conference = plannedConference(file);
  const round = currentRound(file);
  if (file.status === 'matching' && can.has('proposePanel')) {
    return file.proposal === null
      ? { act: 'panel', label: '推荐专家组', says: '系统给出覆盖所需专业的最小组合，并逐一说明理由。' }
      : { act: 'panel', label: '邀请专家', says: '推荐已生成，请确认席位、资料包和会诊时间。' };
  }
  if (conference !== undefined && can.has('holdConference')) {
    const opened = round !== undefined && (round.opinionsOpen || round.given >= round.quorum);
    if (opened || Date.parse(conference.plannedAt) <= now) {
      return { act: 'conference', label: '记录会诊', says: '写下纪要、共识，以及有负责人和期限的决定。', about: conference.id };
    }
    return null;
  }
  const mine = openActions(file).find((a) => selves.includes(a.ownerId));
  if (mine !== undefined) {
    return { act: 'completeAction', label: '登记我的行动结果', says: mine.text, about: mine.id };
  }
  const line = file.lines.find((l) => l.status === 'open' && l.holderId !== null && selves.includes(l.holderId));
  if (line !== undefined) return { act: 'closeLine', label: '登记支援线结果', says: line.task, about: line.id };
  if (can.has('close') && openActions(file).length === 0 && file.lines.every((l) => l.status !== 'open')) {
    return { act: 'close', label: '结束支援', says: '行动项都有结果了。写下评估，定好回访日期。' };
  }
  if (can.has('draftPublication') && file.publication === null) {
    return { act: 'draftPublication', label: '起草脱敏案例', says: '让其他社工也能从这份个案里学到方法。' };
  }
  if (file.publication !== null && file.publication.entryId !== null) {
    return { act: 'readEntry', label: '阅读已发布的案例', says: '这份求助已整理成脱敏案例。', about: file.publication.entryId };
  }
  if (file.publication !== null && file.publication.draftId !== null) {
    return { act: 'readDraft', label: '查看案例草稿', says: '逐处确认替换后，由另一位同事发布。', about: file.publication.draftId };
  }
  return null;
};

/** What waits for others: for whom, what, and until when. */
export const waitingFor = (file: RequestFileData, selves: readonly string[], now: number): Waiting[] => {
  const waits: Waiting[] = [];
  const late = (at: string | null): boolean => at !== null && Date.parse(at) < now;
  if (file.status === 'submitted' && !file.can.includes('accept')) {
    waits.push({ key: 'screen', who: file.holderName ?? '支援中心', what: '筛选', until: file.clock.dueAt, late: late(file.clock.dueAt) });
  }
  if (file.status === 'crisis' && file.crisis !== null && file.crisis.acknowledgedAt === null && !file.can.includes('acknowledgeCrisis')) {
    waits.push({
      key: 'crisis',
      who: `值班 ${file.crisis.dutyName}`,
      what: '接手危机',
      until: file.clock.dueAt,
      late: late(file.clock.dueAt),
    });
  }
  if (file.status === 'needs-info' && !file.can.includes('supply')) {
    waits.push({ key: 'supply', who: file.askerName, what: '补充材料', until: null, late: false });
  }
  if (file.status === 'matching' && !file.can.includes('proposePanel')) {
    waits.push({
      key: 'panel',
      who: file.holderName ?? '支援中心',
      what: '组建专家组',
      until: file.clock.dueAt,
      late: late(file.clock.dueAt),
    });
  }
  const round = currentRound(file);
  if (round !== undefined && plannedConference(file) !== undefined) {
    for (const i of round.invitations) {
      if (i.status === 'invited') waits.push({ key: i.id, who: i.expertName, what: '答复邀请', until: i.deadline, late: late(i.deadline) });
      if (i.status === 'accepted')
        waits.push({ key: i.id, who: i.expertName, what: '提交意见', until: i.deadline, late: late(i.deadline) });
    }
  }
  const conference = plannedConference(file);
  if (conference !== undefined && !selves.includes(conference.chairId)) {
    waits.push({
      key: conference.id,
      who: conference.chairName,
      what: '主持会诊',
      until: conference.plannedAt,
      late: late(conference.plannedAt),
    });
  }
  for (const a of openActions(file)) {
    if (!selves.includes(a.ownerId)) waits.push({ key: a.id, who: a.ownerName, what: a.text, until: a.dueOn, late: a.overdue });
  }
  for (const l of file.lines) {
    if (l.status === 'open' && !(l.holderId !== null && selves.includes(l.holderId))) {
      waits.push({ key: l.id, who: l.holderName ?? l.providerName ?? '承接方', what: l.task, until: null, late: false });
    }
  }
  return waits;
};

/** Acts that stand in the menu, in the order of their use; the primary one is left out. */
export const menuActs = (
  file: RequestFileData,
  primary: NextAct | null,
): { readonly act: ActName; readonly label: string; readonly danger: boolean }[] => {
  const labels: readonly (readonly [ActName, string, boolean])[] = [
    ['edit', '修改草稿', false],
    ['holdConference', '现在记录会诊', false],
    ['proposePanel', '再邀请一轮专家', false],
    ['addLine', '新开支援线', false],
    ['close', '结束支援', false],
    ['assignHolder', '转交承办', false],
    ['toCrisis', '转入危机通道', true],
    ['markDuplicate', '作为重复件关闭', true],
    ['endElsewhere', '登记已由其他途径解决', true],
    ['withdraw', '撤回求助', true],
  ];
  const taken = new Set<string>();
  if (primary !== null) taken.add(primary.act);
  if (primary?.act === 'fill') taken.add('edit');
  if (primary?.act === 'conference') taken.add('holdConference');
  if (primary?.act === 'panel') taken.add('proposePanel');
  if (primary?.act === 'take') taken.add('assignHolder');
  return labels
    .filter(([act]) => file.can.includes(act) && !taken.has(act))
    .filter(([act]) => act !== 'holdConference' || plannedConference(file) !== undefined)
    .filter(([act]) => act !== 'toCrisis' || file.status !== 'submitted')
    .map(([act, label, danger]) => ({ act, label: act === 'withdraw' && file.status === 'draft' ? '放弃草稿' : label, danger }));
};

/** How the title names the person: masked, with what helps to tell people apart. */
export const recipientWords = (file: RequestFileData): string =>
  file.content === null
    ? problemSays(file.domain)
    : `${file.content.recipientName}（${genderLabels[file.content.recipientGender]}${
        file.content.recipientAge === null ? '' : `，${file.content.recipientAge}岁`
      }）`;

/** Why nothing is asked of the one who looks, in words that fit the state. */
export const restWords = (file: RequestFileData): string => {
  switch (file.status) {
    case 'draft':
      return '求助人还没有提交。';
    case 'crisis':
      return '请保持电话畅通，先保证现场的人安全。有变化会发消息给您。';
    case 'closed':
      return file.closing === null ? '支援已结束。' : `支援已结束，${shortDay(file.closing.followUpOn)}回访。`;
    case 'declined':
      return '没有受理。情况有变化时，可以从个案重新发起。';
    case 'advised':
      return '已转为督导建议，由督导跟进。';
    case 'withdrawn':
      return '求助人已撤回，记录保留。';
    case 'ended-elsewhere':
      return '已由其他途径解决，记录保留。';
    case 'duplicate':
      return '作为重复件关闭，两份都保留。';
    default:
      return '现在不需要您做什么，有变化会发消息给您。';
  }
};

/** With whom a request is now, also before somebody of the centre has taken it. */
export const holderWords = (file: RequestFileData): string => {
  if (file.holderName !== null) return file.holderName;
  if (file.status === 'draft') return `${file.askerName}（还没有提交）`;
  if (file.status === 'submitted' || file.status === 'crisis') return '支援中心';
  return isLive(file) ? '没有承办人' : '已了结';
};

/** The timeline with the same act of the same person, done several times in a row, told once. */
export const condensed = (entries: RequestFileData['timeline']): RequestFileData['timeline'] => {
  const told: (RequestFileData['timeline'][number] & { times: number })[] = [];
  for (const entry of entries) {
    const last = told.at(-1);
    if (
      last !== undefined &&
      last.type === entry.type &&
      last.byName === entry.byName &&
      last.says === entry.says &&
      last.helpField === entry.helpField
    ) {
      last.times += 1;
    } else told.push({ ...entry, times: 1 });
  }
  return told.map(({ times, ...entry }) =>
    times === 1 ? entry : { ...entry, says: `${entry.says === '' ? eventSays(entry.type) : entry.says}（${times} 次）` },
  );
};
