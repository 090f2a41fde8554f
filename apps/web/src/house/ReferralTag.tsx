import type { ReferralStatus } from '@jieyou/core/resources/schema.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { StatusTag, type Tone } from './StatusTag.tsx';

const tones: Readonly<Record<ReferralStatus, Tone>> = {
  offered: 'needs',
  accepted: 'moving',
  returned: 'rest',
  done: 'done',
  expired: 'rest',
  withdrawn: 'rest',
};

/** State of a referral to a partner. */
export const ReferralTag = ({ referral }: { readonly referral: { readonly status: ReferralStatus; readonly late: boolean } }) => (
  <StatusTag tone={referral.late ? 'danger' : tones[referral.status]}>
    {referral.late ? '已过答复期限' : referralStatusLabels[referral.status]}
  </StatusTag>
);
