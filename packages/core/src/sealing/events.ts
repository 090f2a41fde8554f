/** What the sealing room remembers, with the words of the audit list. */
export const sealingEvents = {
  'sealing.proposed': '提出封存',
  'sealing.refused': '不同意封存',
  'sealing.sealed': '封存个案',
  'sealing.letter-registered': '登记查询函',
  'sealing.letter-decided': '审批查询函',
  'sealing.opened': '凭查询函查阅封存件',
  'sealing.unseal-proposed': '提出解除封存',
  'sealing.unsealed': '解除封存',
  'sealing.unseal-refused': '不同意解除封存',
} as const;

/** Type of an event of the sealing room. */
export type SealingEvent = keyof typeof sealingEvents;
