/** Words of the resources room that only its own pages need. */
import type { z } from 'zod';
import type { ReferralMove } from '../resources/moves.ts';
import type { PolicyType, ReferralStatus } from '../resources/schema.ts';

/** What a policy is. */
export const policyTypeLabels: Readonly<Record<z.infer<typeof PolicyType>, string>> = {
  benefit: '救助与待遇',
  special: '专项政策',
  norm: '行业规范',
  talent: '人才扶持',
};

/** States of a referral to a partner. */
export const referralStatusLabels: Readonly<Record<ReferralStatus, string>> = {
  offered: '等待答复',
  accepted: '已接收',
  returned: '已退回',
  done: '已办结',
  expired: '过期未答复',
  withdrawn: '已撤回',
};

/** What may happen to a referral. */
export const referralMoveLabels: Readonly<Record<ReferralMove, string>> = {
  accept: '接收',
  return: '退回',
  finish: '办结',
  expire: '过期',
  withdraw: '撤回',
};

/** The three answers of eligibility. */
export const answerLabels = { fits: '符合', may: '可能符合', not: '不符合' } as const;
