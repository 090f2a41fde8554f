import type { AppealStatus } from '@jieyou/core/appeals/schema.ts';
import { appealStatusLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';

const TONES: Readonly<Record<AppealStatus, Tone>> = {
  waiting: 'needs',
  taken: 'moving',
  answered: 'done',
  opened: 'done',
  handed: 'done',
  withdrawn: 'rest',
};

/** State of an appeal; what is urgent and waits says so. */
export const AppealStatusTag = ({ status, urgent }: { readonly status: AppealStatus; readonly urgent: boolean }) => (
  <StatusTag tone={urgent && status === 'waiting' ? 'danger' : TONES[status]}>
    {urgent && status === 'waiting' ? '紧急，待接手' : appealStatusLabels[status]}
  </StatusTag>
);
