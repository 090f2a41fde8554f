import { exportReferrals, listReferrals } from '@jieyou/core/resources/endpoints.ts';
import { helpFieldLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { referralStatusLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { useNavigate } from '@tanstack/react-router';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { ReferralTag } from '../house/ReferralTag.tsx';

/** Referrals to partners: to whom, where they stand, until when. */
export default function ReferralListPage() {
  const navigate = useNavigate();
  return (
    <Page title="转介" says="转介给联动单位的求助：等谁答复，到何时。">
      <RecordTable
        endpoint={listReferrals}
        exportWith={exportReferrals}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(referralStatusLabels) },
          { key: 'helpField', label: '专业', kind: 'multi', options: optionsOf(helpFieldLabels) },
          { key: 'number', label: '编号', kind: 'text' },
        ]}
        columns={[
          { key: 'number', title: '转介编号', render: (r) => r.number },
          { key: 'status', title: '状态', render: (r) => <ReferralTag referral={r} /> },
          { key: 'partner', title: '联动单位', render: (r) => r.partnerName },
          {
            key: 'what',
            title: '事项',
            render: (r) => `${helpFieldLabels[r.helpField]}${r.resourceName === null ? '' : `：${r.resourceName}`}`,
          },
          { key: 'request', title: '求助编号', render: (r) => r.requestNumber },
          { key: 'asker', title: '求助社工', render: (r) => r.askerName },
          { key: 'sent', title: '转介日期', render: (r) => shortDay(r.sentOn) },
          { key: 'until', title: '答复期限', render: (r) => shortDay(r.until) },
        ]}
        onOpen={(r) => void navigate({ to: `/referrals/${r.id}` })}
        empty={{ title: '还没有转介', hint: '在求助页的“可能用得上的资源”里转介给联动单位，会出现在这里。' }}
      />
    </Page>
  );
}
