/** Words of the stages of a case. Apart from `labels.ts`, so that first pages stay light. */
import type { z } from 'zod';
import type { CaseMove } from '../cases/moves.ts';
import type { NoteParts } from '../cases/schema.ts';
import type { ScoreUnfit } from '../cases/scores.ts';
import type { StageActName } from '../cases/stageRules.ts';
import type {
  AgreementSigner,
  CaseStage,
  CaseStep,
  ClosingKind,
  Direction,
  FollowUpResult,
  FollowUpWay,
  HandedClass,
  HandoverCause,
  HandoverStatus,
  IntakeDecision,
  IntakeRisk,
  IntakeSource,
  NoteKind,
  PaperContent,
  PaperKind,
  PaperStatus,
  StageFile,
  Urgency,
} from '../cases/stageSchema.ts';
import { type WorkHolds, type WorkOutcome, type WorkPlace, wholeMonths } from '../cases/work.ts';
import { type Day, formatDay } from '../shared/day.ts';

type Labels<T extends z.ZodType<string>> = Readonly<Record<z.infer<T>, string>>;

/** Stages and side states of a case. */
export const caseStageLabels: Labels<typeof CaseStage> = {
  intake: '接案',
  assessment: '预估',
  planning: '计划',
  'plan-signing': '计划待签',
  intervention: '介入',
  evaluation: '评估',
  'closing-signing': '结案待签',
  closed: '已结案',
  archived: '已归档',
  declined: '未受理',
  paused: '暂停',
};

/** The six stages (JX-05). */
export const caseStepLabels: Labels<typeof CaseStep> = {
  intake: '接案',
  assessment: '预估',
  plan: '计划',
  intervention: '介入',
  evaluation: '评估',
  closing: '结案',
};

/** Moves, as the diagram names them. */
export const caseMoveLabels: Readonly<Record<CaseMove, string>> = {
  accept: '受理',
  decline: '不受理',
  refer: '转介',
  crisis: '危机直通',
  assess: '写预估',
  'assess-again': '补写或更新预估',
  'draft-plan': '写计划',
  'send-plan': '计划送签',
  'take-back-plan': '收回计划',
  'sign-plan': '签署计划',
  'return-plan': '退回计划',
  replan: '重订计划',
  'evaluate-stage': '阶段评估',
  'evaluate-closing': '结案评估',
  'work-on': '继续介入',
  'propose-closing': '提出结案',
  'take-back-closing': '收回结案',
  'sign-closing': '签署结案',
  'return-closing': '退回结案',
  'follow-up': '回访',
  pause: '暂停',
  resume: '恢复',
  reopen: '重开',
  archive: '归档',
};

/** What is to be done first at a stage, where a step does not belong to it. */
export const stageHints: Labels<typeof CaseStage> = {
  intake: '请先作接案决定。',
  assessment: '请先写预估。',
  planning: '请先写计划、签协议并送签。',
  'plan-signing': '请等签字，或先收回计划。',
  intervention: '现在可以写记录、评估，或重订计划。',
  evaluation: '请先提出结案，或回到介入。',
  'closing-signing': '请等签字，或先收回结案。',
  closed: '要继续服务，请先重开。',
  archived: '要继续服务，请先重开。',
  declined: '要继续服务，请先重开。',
  paused: '请先恢复服务。',
};

/** Why a step is not taken at a stage. */
export const stageRefusal = (stage: string, move: string): string =>
  Object.hasOwn(caseStageLabels, stage) && Object.hasOwn(caseMoveLabels, move)
    ? `个案现在是“${caseStageLabels[stage as keyof typeof caseStageLabels]}”，不能办“${caseMoveLabels[move as CaseMove]}”，没有办理。${stageHints[stage as keyof typeof stageHints]}`
    : '个案已经到了别的阶段，这一步没有办理。请看新的阶段后再办。';

/** Buttons of a stage. */
export const stageActLabels: Readonly<Record<StageActName | 'note', string>> = {
  'decide-intake': '作接案决定',
  crisis: '转入危机直通',
  assess: '写预估',
  'draft-plan': '写计划',
  'send-plan': '签协议并送签',
  'take-back': '收回修改',
  replan: '重订计划',
  evaluate: '写评估',
  'evaluate-stage': '写阶段评估',
  'evaluate-closing': '写结案评估',
  'work-on': '回到介入',
  'propose-closing': '提出结案',
  'follow-up': '登记回访',
  pause: '暂停',
  resume: '恢复服务',
  reopen: '重开个案',
  archive: '归档',
  note: '写过程记录',
};

export const paperKindLabels: Labels<typeof PaperKind> = {
  intake: '接案决定',
  assessment: '预估',
  plan: '服务计划',
  evaluation: '评估',
  closing: '结案',
  'follow-up': '回访',
  pause: '暂停',
  reopening: '重开',
};

export const paperStatusLabels: Labels<typeof PaperStatus> = {
  written: '已写',
  draft: '草稿',
  sent: '待签字',
  returned: '已退回',
  signed: '已签',
  'taken-back': '已收回',
};

/** Why a paper is not signed or sent back. */
export const paperRefusal = (status: string): string =>
  Object.hasOwn(paperStatusLabels, status)
    ? `这份文书现在是“${paperStatusLabels[status as keyof typeof paperStatusLabels]}”，不是等签字的，没有办理。请看最新的一份。`
    : '这份文书已经签过、退回或撤回，不用再签。';

export const intakeDecisionLabels: Labels<typeof IntakeDecision> = {
  accept: '受理',
  decline: '不受理',
  refer: '转介',
  crisis: '危机直通',
};

export const intakeSourceLabels: Labels<typeof IntakeSource> = {
  self: '主动求助',
  community: '社区转介',
  department: '部门转介',
  visit: '走访发现',
  hotline: '热线',
  appeal: '网上求助',
  letter: '来信',
  ticket: '12345 转办',
  other: '其他',
};

export const intakeRiskLabels: Labels<typeof IntakeRisk> = {
  'self-harm': '自伤或自杀',
  'harm-others': '伤害他人',
  'home-violence': '家庭暴力',
  'child-harm': '侵害未成年人',
  'cut-off': '断供（吃住、药、水电没有着落）',
};

export const urgencyLabels: Labels<typeof Urgency> = { ordinary: '一般', soon: '较急', 'at-once': '紧急' };

export const closingKindLabels: Labels<typeof ClosingKind> = {
  achieved: '目标达成',
  wished: '服务对象要求',
  referred: '转介',
  moved: '迁离',
  died: '离世',
  lost: '失联',
  other: '其他',
};

export const workOutcomeLabels: Labels<typeof WorkOutcome> = {
  'full-time': '已就业：全职',
  flexible: '已就业：灵活就业',
  'own-business': '已就业：创业',
  training: '实习或培训中',
  'not-employed': '未就业',
  'not-applicable': '不适用',
};

export const workPlaceLabels: Labels<typeof WorkPlace> = {
  enterprise: '企业',
  sheltered: '辅助性就业机构',
  'public-post': '公益性岗位',
  institution: '机关或事业单位',
  social: '社会组织',
  home: '居家',
  own: '自己的店铺或摊位',
  other: '其他',
};

export const workHoldsLabels: Labels<typeof WorkHolds> = { holds: '还在岗', changed: '换了工作', ended: '已经离岗' };

type WorkSaid = NonNullable<NonNullable<PaperContent['closing']>['work']>;

/** What a closing or a follow-up says of work, in one sentence: the outcome, the place, the day, and after how many months it holds. */
export const workWords = (work: WorkSaid, happenedOn: string | null = null): string => {
  const [place, day] = [work.place, work.onDay];
  const stands = `${workOutcomeLabels[work.outcome]}${place === null ? '' : `（${workPlaceLabels[place]}）`}${day === null ? '' : `，${formatDay(day as Day)}起`}`;
  const since = work.since ?? null;
  const after = since === null || happenedOn === null ? '' : `满 ${wholeMonths(since as Day, happenedOn as Day)} 个月，`;
  const holds = work.holds == null ? '' : `${after}${workHoldsLabels[work.holds]}；`;
  return `${holds}${stands}。${work.says}`;
};

export const followUpWayLabels: Labels<typeof FollowUpWay> = {
  phone: '电话',
  visit: '上门',
  meeting: '见面',
  message: '信息',
  other: '其他',
};

export const followUpResultLabels: Labels<typeof FollowUpResult> = {
  steady: '稳定',
  better: '比结案时好',
  worse: '有变化，需要再看',
  'not-reached': '没有联系上',
};

export const noteKindLabels: Labels<typeof NoteKind> = {
  talk: '面谈',
  phone: '电话',
  'home-visit': '家访',
  outreach: '外展',
  stakeholders: '会面相关方',
  written: '书面',
  other: '其他',
};

/** The parts that a process record may have beside its summary, in the order of the form. */
export const notePartLabels = {
  place: '地点',
  goal: '本次目标',
  state: '服务对象状态',
  reflection: '评估与反思',
  next: '下次计划',
} as const satisfies Readonly<Record<keyof NoteParts, string>>;

/** The parts in which something stands, each with its name. */
export const notePartsSaid = (parts: NoteParts | null | undefined): [string, string][] =>
  parts == null
    ? []
    : (Object.keys(notePartLabels) as (keyof NoteParts)[]).flatMap((part) =>
        parts[part] === '' ? [] : [[notePartLabels[part], parts[part]] satisfies [string, string]],
      );

export const directionLabels: Labels<typeof Direction> = { up: '越高越好', down: '越低越好' };

/** Why a score cannot stand as a value of a goal, beside the field. */
export const scoreUnfitLabels: Readonly<Record<ScoreUnfit, string>> = {
  unknown: '所引的量表不在这个个案里，或已经更正，请重新选',
  'no-score': '这次没有得分，不能引用',
  referred: '这次写明转请他人判断，不能引用',
  'other-scale': '和基线不是同一张量表，不能引用',
  'not-later': '不在基线之后，不能引用',
  'wrong-way': '方向和量表不一致，请改方向',
};

export const signerLabels: Readonly<Record<AgreementSigner['who'], string>> = {
  person: '本人',
  guardian: '监护人',
  authority: '有关单位',
};

/** A signer of an agreement in one line: as whom, by which name where `named`, on which day and how. 本人 is said once. */
export const signerInWords = (s: AgreementSigner & { readonly signatureId?: string | null | undefined }, named: boolean): string => {
  const who = signerLabels[s.who];
  const name = named && s.name !== who ? `：${s.name}` : '';
  const relation = named && s.relation !== '' && s.relation !== s.name ? `（${s.relation}）` : '';
  return `${who}${name}${relation}，${formatDay(s.signedOn as Day)}${s.signatureId == null ? '签' : '手写签名'}`;
};

export const handedClassLabels: Labels<typeof HandedClass> = {
  register: '登记与摘要',
  consents: '同意',
  papers: '预估、计划与评估',
  records: '过程记录',
  attachments: '附件',
};

export const handoverCauseLabels: Labels<typeof HandoverCause> = {
  leave: '休假',
  resignation: '离职',
  load: '调整工作量',
  other: '其他',
};

export const handoverStatusLabels: Labels<typeof HandoverStatus> = {
  proposed: '待答复',
  accepted: '已接收',
  declined: '没有接收',
  withdrawn: '已撤回',
  ordered: '站长安排',
};

export const retentionWords: Readonly<Record<NonNullable<StageFile['retentionClass']>, string>> = {
  adult: '成年人个案',
  minor: '未成年人个案',
  judicial: '司法档案',
};

/** The four parts of an assessment: our own headings, and what belongs under each. */
export const ASSESSMENT_HEADINGS = {
  person: { title: '个人', says: '身体、心理与日常：现在怎样，想要什么，有什么长处' },
  family: { title: '家庭', says: '同住的人、照料、收入与居住、关系；独自生活可以不填' },
  surroundings: { title: '环境与资源', says: '邻里、学校或单位、社区，已有的和用得上的资源' },
  needs: { title: '需求与问题', says: '最要紧的几项，先后次序' },
} as const;
