import { moves } from '../shared/moves.ts';
import type { ReferralStatus } from './schema.ts';

/** What may happen to a referral to a partner. */
export type ReferralMove = 'accept' | 'return' | 'finish' | 'expire' | 'withdraw';

/** Every way a referral to a partner may change its state. An accepted one is done; one that nobody answered in time expires. */
export const referralMoves = moves<ReferralStatus, ReferralMove>({
  accept: { from: ['offered'], to: 'accepted' },
  return: { from: ['offered', 'accepted'], to: 'returned' },
  finish: { from: ['accepted'], to: 'done' },
  expire: { from: ['offered'], to: 'expired' },
  withdraw: { from: ['offered', 'accepted'], to: 'withdrawn' },
});
