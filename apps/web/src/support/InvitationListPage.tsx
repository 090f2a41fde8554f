import { listOwnInvitations } from '@jieyou/core/support/endpoints.ts';
import { caseDomainLabels, helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { shortInstant } from '../house/format.ts';
import { useLive } from '../house/live.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { InvitationStatusTag } from '../house/StatusTag.tsx';
import '../house/reading.css';

/** Invitations of an expert. */
export default function InvitationListPage() {
  const navigate = useNavigate();
  useLive();
  return (
    <Page title="会诊邀请" says="支援中心请您看资料、交意见、参加会诊。一份大约十分钟。">
      <RecordTable
        endpoint={listOwnInvitations}
        filters={[
          {
            key: 'state',
            label: '范围',
            kind: 'select',
            options: [
              { value: 'waiting', label: '等我办的' },
              { value: 'all', label: '全部' },
            ],
          },
        ]}
        onOpen={(i) => void navigate({ to: '/invitations/$id', params: { id: i.id } })}
        columns={[
          { key: 'number', title: '编号', width: 190, render: (i) => i.number },
          { key: 'status', title: '状态', width: 110, render: (i) => <InvitationStatusTag status={i.status} /> },
          { key: 'domain', title: '问题领域', width: 150, render: (i) => caseDomainLabels[i.domain] },
          { key: 'fields', title: '请您从', width: 150, render: (i) => i.helpFields.map((f) => helpFieldLabels[f]).join('、') },
          { key: 'deadline', title: '意见截止', width: 140, render: (i) => shortInstant(i.deadline) },
          { key: 'plannedAt', title: '会诊时间', width: 140, render: (i) => shortInstant(i.plannedAt) },
          { key: 'place', title: '地点', render: (i) => i.place ?? '—' },
        ]}
        empty={{ title: '还没有邀请', hint: '支援中心邀请您参加会诊时，会出现在这里，并发消息给您。' }}
      />
    </Page>
  );
}
