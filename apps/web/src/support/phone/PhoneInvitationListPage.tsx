import { caseDomainLabels, helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd-mobile';
import { EmptyState } from '../../house/EmptyState.tsx';
import { shortInstant } from '../../house/format.ts';
import { useLive } from '../../house/live.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { InvitationStatusTag } from '../../house/StatusTag.tsx';
import { useInvitations } from '../queries.ts';
import { TimeAnswersLink } from '../TimeAnswersLink.tsx';

/** Invitations of an expert on the phone. */
export default function PhoneInvitationListPage() {
  const found = useInvitations({ state: 'all' });
  useLive();
  // What waits for the expert comes first; the order within stays the server's.
  const waits = (status: string): number => (status === 'invited' || status === 'accepted' ? 0 : 1);
  const rows = [...(found.data?.rows ?? [])].sort((a, b) => waits(a.status) - waits(b.status));
  return (
    <PhonePage title="会诊邀请">
      <TimeAnswersLink />
      {found.error !== null ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton.Paragraph lineCount={6} animated /> : null}
      {rows.map((i) => (
        <Link key={i.id} className="ph-item" to="/invitations/$id" params={{ id: i.id }}>
          <div className="ph-row">
            <strong>{caseDomainLabels[i.domain]}</strong>
            <InvitationStatusTag status={i.status} />
          </div>
          <div>请您从{i.helpFields.map((f) => helpFieldLabels[f]).join('、')}方面提意见</div>
          <div className="rd-quiet">{shortInstant(i.deadline)} 截止</div>
        </Link>
      ))}
      {found.data !== undefined && found.data.rows.length === 0 ? (
        <EmptyState title="还没有邀请" hint="支援中心邀请您参加会诊时，会出现在这里。" />
      ) : null}
    </PhonePage>
  );
}
