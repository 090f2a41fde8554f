/** Words of the sealing room; loaded by its pages only. */

import type { z } from 'zod';
import type { LetterStatus, SealBasis, SealedPart, SealStatus } from '../sealing/schema.ts';

/** States of a sealed file. */
export const sealStatusLabels: Readonly<Record<SealStatus, string>> = {
  proposed: '待决定封存',
  refused: '未封存',
  sealed: '已封存',
  'unseal-proposed': '已封存，待决定解除',
  unsealed: '已解除',
};

/** Grounds of sealing. */
export const sealBasisLabels: Readonly<Record<SealBasis, string>> = {
  'criminal-record': '犯罪记录封存（预防未成年人犯罪法第五十九条）',
  'non-prosecution': '不起诉、矫治教育等记录封存（预防未成年人犯罪法第五十九条）',
  'community-correction': '未成年人社区矫正档案保密（社区矫正法第五十四条）',
};

/** Parts of a sealed file. */
export const sealedPartLabels: Readonly<Record<SealedPart, string>> = {
  identity: '个人信息',
  summary: '个案资料',
  notes: '个案记录',
  requests: '求助与会诊',
  files: '附件',
};

/** States of a query letter. */
export const letterStatusLabels: Readonly<Record<z.infer<typeof LetterStatus>, string>> = {
  registered: '待两人批准',
  open: '可查阅',
  refused: '未批准',
  over: '已到期',
};
