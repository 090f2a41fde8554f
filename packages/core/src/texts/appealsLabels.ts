/** Chinese names of what appeals hold. Apart from the other labels: only the pages of appeals and the public page carry them. */
import type { z } from 'zod';
import type { AppealMove } from '../appeals/moves.ts';
import type { AppealChannel, AppealField, AppealStatus, AppealStepKind, AppealTopic, ReachWay, SafeTime } from '../appeals/schema.ts';

type Labels<T extends z.ZodType<string>> = Readonly<Record<z.infer<T>, string>>;

export const appealStatusLabels: Readonly<Record<AppealStatus, string>> = {
  waiting: '待接手',
  taken: '办理中',
  answered: '已答复',
  opened: '已建个案',
  handed: '已转其他单位',
  withdrawn: '已撤回',
};

export const appealMoveLabels: Readonly<Record<AppealMove, string>> = {
  take: '接手',
  assign: '交给社工',
  release: '退回待接手',
  pass: '转给其他站点',
  answer: '答复居民',
  open: '建立个案',
  hand: '转其他单位',
  withdraw: '撤回',
};

export const appealChannelLabels: Labels<typeof AppealChannel> = { public: '网页', hotline: '热线', 'civil-affairs': '社区民政员' };

export const appealTopicLabels: Labels<typeof AppealTopic> = {
  family: '家庭关系',
  violence: '被打、被控制、被威胁',
  child: '孩子的事',
  elder: '老人的照顾',
  disability: '残障与康复',
  mood: '心里难受、撑不住',
  money: '生活困难',
  other: '其他',
  unsaid: '没有说',
};

export const reachWayLabels: Labels<typeof ReachWay> = { phone: '打电话', code: '本人凭回执码回来看', other: '按备注联系' };

export const safeTimeLabels: Labels<typeof SafeTime> = {
  morning: '上午',
  noon: '中午',
  afternoon: '下午',
  evening: '晚上',
  any: '都可以',
};

export const appealFieldLabels: Labels<typeof AppealField> = { name: '称呼', phone: '电话' };

/** Steps, in the words of the staff. */
export const appealStepLabels: Labels<typeof AppealStepKind> = {
  asked: '收到求助',
  taken: '已接手',
  released: '退回待接手',
  passed: '转给其他站点',
  assigned: '站长交给社工',
  answered: '已答复居民',
  opened: '已建立个案',
  handed: '已转其他单位',
  withdrawn: '已撤回',
  accompanied: '社区民政员陪同入户',
  added: '社区民政员补充',
};

/** The same steps in words for residents. */
export const ownStepLabels: Labels<typeof AppealStepKind> = {
  asked: '我们收到了您的求助',
  taken: '社工已经接手',
  released: '正在换一位社工接手',
  passed: '已转给更合适的站点',
  assigned: '社工已经接手',
  answered: '社工给了您答复',
  opened: '社工站已为您建立服务，会按您说的方式联系您',
  handed: '已请更合适的单位来帮助您',
  withdrawn: '您撤回了求助',
  accompanied: '社区民政员陪社工上门',
  added: '社区民政员补充了情况',
};

/** The same steps in words for the community's officer who told the clue. */
export const clueStepLabels: Labels<typeof AppealStepKind> = {
  ...appealStepLabels,
  asked: '已报给社工站',
  taken: '社工已接手',
  assigned: '社工已接手',
  answered: '社工给了答复',
  opened: '已建立个案，由社工服务',
  accompanied: '您确认已陪同入户',
  added: '您补充了情况',
};
