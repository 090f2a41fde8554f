/** Words of the visits room that only its own pages need. */
import type { z } from 'zod';
import type { VisitMove } from '../visits/moves.ts';
import type {
  CompanionRole,
  DayHalf,
  DueState,
  DueVisit,
  NotMet,
  VisitNeed,
  VisitReason,
  VisitScale,
  VisitSection,
  VisitStatus,
} from '../visits/schema.ts';

type Labels<T extends z.ZodType<string>> = Readonly<Record<z.infer<T>, string>>;

/** States of a visit. */
export const visitStatusLabels: Labels<typeof VisitStatus> = { planned: '已安排', done: '已探访', 'not-met': '未遇', cancelled: '已取消' };

/** What may happen to a visit. */
export const visitMoveLabels: Readonly<Record<VisitMove, string>> = { record: '记录', miss: '未遇', cancel: '取消' };

/** Parts of a day. */
export const dayHalfLabels: Labels<typeof DayHalf> = { morning: '上午', afternoon: '下午', any: '全天' };

/** Why a visit is planned. */
export const visitReasonLabels: Labels<typeof VisitReason> = {
  first: '首次探访',
  regular: '定期探访',
  'follow-up': '上次的事再看看',
  asked: '本人或家人要求',
  urgent: '有紧急情况',
  other: '其他',
};

/** Why nobody was met. */
export const notMetLabels: Labels<typeof NotMet> = { away: '不在家', refused: '拒访', moved: '已搬离', other: '其他' };

/** Who came along. */
export const companionRoleLabels: Labels<typeof CompanionRole> = {
  'civil-affairs': '社区民政员',
  colleague: '同事',
  volunteer: '志愿者',
  other: '其他',
};

/** The scale of a section. */
export const visitScaleLabels: Labels<typeof VisitScale> = { good: '好', fair: '一般', watch: '需关注', urgent: '紧急' };

/** The three sections (ST-05). */
export const visitSectionLabels: Labels<typeof VisitSection> = { health: '身体健康情况', safety: '居家安全状况', life: '日常生活娱乐' };

/** What makes visits needed more often. */
export const visitNeedLabels: Labels<typeof VisitNeed> = {
  alone: '独居',
  frail: '失能或长期卧病',
  child: '困境儿童',
  disabled: '残障',
  other: '其他',
};

/** How somebody stands towards the next visit. */
export const dueStateLabels: Labels<typeof DueState> = {
  never: '还没有去过',
  overdue: '已过期',
  today: '今天到期',
  soon: '快到期',
  later: '未到期',
};

/** Why somebody is due: how often, by which needs, and which of these follow from the categories that hold today. */
export const whyDue = (d: Pick<DueVisit, 'intervalDays' | 'needs' | 'fromCategories'>): string => {
  const of = (needs: readonly VisitNeed[]) => needs.map((n) => visitNeedLabels[n]).join('、');
  // What a category says already is not said twice.
  const ticked = d.needs.filter((n) => !d.fromCategories.includes(n));
  return [`每 ${d.intervalDays} 天`, of(ticked), d.fromCategories.length === 0 ? '' : `${of(d.fromCategories)}（来自类别）`]
    .filter((part) => part !== '')
    .join('　');
};
