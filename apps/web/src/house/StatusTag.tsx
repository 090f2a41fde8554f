import {
  actionStatusLabels,
  caseStatusLabels,
  draftStatusLabels,
  invitationStatusLabels,
  lineStatusLabels,
  requestStatusLabels,
  riskLabels,
} from '@jieyou/core/texts/labels.ts';

/** What a state means for the one who looks: moving, waiting for somebody, dangerous, done, or at rest. */
export type Tone = 'moving' | 'needs' | 'danger' | 'done' | 'rest';

/** A state as text with a dot; the shape of the dot differs too, so colour is never alone. */
export function StatusTag({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className={`jy-status jy-status-${tone}`}>
      <i aria-hidden="true" className="jy-dot" />
      {children}
    </span>
  );
}

const requestTones: Readonly<Record<keyof typeof requestStatusLabels, Tone>> = {
  draft: 'rest',
  submitted: 'moving',
  'needs-info': 'needs',
  crisis: 'danger',
  matching: 'moving',
  supporting: 'moving',
  following: 'moving',
  closed: 'done',
  declined: 'rest',
  advised: 'rest',
  withdrawn: 'rest',
  'ended-elsewhere': 'rest',
  duplicate: 'rest',
};

/** State of a request. */
export const RequestStatusTag = ({ status }: { readonly status: keyof typeof requestStatusLabels }) => (
  <StatusTag tone={requestTones[status]}>{requestStatusLabels[status]}</StatusTag>
);

const riskTones: Readonly<Record<keyof typeof riskLabels, Tone>> = { low: 'rest', medium: 'moving', high: 'needs', extreme: 'danger' };

/** Level of risk. */
export const RiskTag = ({ risk }: { readonly risk: keyof typeof riskLabels }) => (
  <StatusTag tone={riskTones[risk]}>{`${riskLabels[risk]}风险`}</StatusTag>
);

/** State of a case. */
export const CaseStatusTag = ({ status }: { readonly status: keyof typeof caseStatusLabels }) => (
  <StatusTag tone={status === 'open' ? 'moving' : 'done'}>{caseStatusLabels[status]}</StatusTag>
);

const invitationTones: Readonly<Record<keyof typeof invitationStatusLabels, Tone>> = {
  invited: 'needs',
  accepted: 'moving',
  declined: 'rest',
  answered: 'done',
  revoked: 'rest',
  expired: 'rest',
};

/** State of an invitation. */
export const InvitationStatusTag = ({ status }: { readonly status: keyof typeof invitationStatusLabels }) => (
  <StatusTag tone={invitationTones[status]}>{invitationStatusLabels[status]}</StatusTag>
);

/** State of a support line. */
export const LineStatusTag = ({ status }: { readonly status: keyof typeof lineStatusLabels }) => (
  <StatusTag tone={status === 'open' ? 'moving' : status === 'done' ? 'done' : 'rest'}>{lineStatusLabels[status]}</StatusTag>
);

/** State of an action; `overdue` is said in words. */
export const ActionStatusTag = ({ status, overdue }: { readonly status: keyof typeof actionStatusLabels; readonly overdue?: boolean }) =>
  status === 'open' && overdue === true ? (
    <StatusTag tone="danger">已超期</StatusTag>
  ) : (
    <StatusTag tone={status === 'open' ? 'needs' : status === 'done' ? 'done' : 'rest'}>{actionStatusLabels[status]}</StatusTag>
  );

/** State of a publication draft. */
export const DraftStatusTag = ({ status }: { readonly status: keyof typeof draftStatusLabels }) => (
  <StatusTag tone={status === 'draft' ? 'moving' : status === 'released' ? 'done' : 'rest'}>{draftStatusLabels[status]}</StatusTag>
);
