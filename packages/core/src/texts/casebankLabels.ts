/** Words of recalls and of the re-identification meter; only pages of the case bank load them. */

import type { z } from 'zod';
import type { Meter, RecallCause, RecallStatus } from '../casebank/schema.ts';

/** Why a case is recalled. */
export const recallCauseLabels: Readonly<Record<RecallCause, string>> = {
  'consent-withdrawn': '服务对象撤回了同意',
  recognised: '可能被人认出',
  mistake: '内容有误',
  other: '其他',
};

/** How a recall stands. */
export const recallStatusLabels: Readonly<Record<z.infer<typeof RecallStatus>, string>> = {
  proposed: '待收回',
  recalled: '已收回',
  dismissed: '不收回',
};

/** What a text says of its person. */
export const shownLabels: Readonly<Record<Meter['shown'][number], string>> = {
  domain: '问题领域',
  age: '年龄',
  'age-band': '年龄段',
  street: '街道',
  gender: '性别',
};

/** What to leave out. */
export const coarsenLabels: Readonly<Record<Meter['coarsen'][number], string>> = {
  street: '去掉街道名称',
  'age-band': '把年龄写成“几十多岁”',
  age: '不写年龄',
  gender: '不写性别',
  wait: '本区同类的人太少，请过些时候再发布',
};
