import { exportDestructionLists, listDestructionLists } from '@jieyou/core/privacy/endpoints.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { listStatusLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { orDash, shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** Lists of destruction: appraised by one, approved by another. */
export default function DestructionListPage() {
  const navigate = useNavigate();
  const head = useCan('head');
  return (
    <Page title="销毁清册" says="一人鉴定，另一人批准，随后由系统销毁；编号和凭证保留。">
      <RecordTable
        endpoint={listDestructionLists}
        exportWith={exportDestructionLists}
        filters={[{ key: 'status', label: '状态', kind: 'multi', options: optionsOf(listStatusLabels) }]}
        columns={[
          { key: 'number', title: '清册号', render: (r) => r.number },
          {
            key: 'status',
            title: '状态',
            render: (r) => <StatusTag tone={r.status === 'appraised' ? 'needs' : 'rest'}>{listStatusLabels[r.status]}</StatusTag>,
          },
          { key: 'items', title: '份数', align: 'right', render: (r) => r.items },
          { key: 'station', title: '站点', render: (r) => r.stationName },
          { key: 'by', title: '鉴定', render: (r) => `${r.appraisedByName} ${shortInstant(r.appraisedAt)}` },
          { key: 'approved', title: '批准', render: (r) => orDash(r.approvedByName) },
        ]}
        onOpen={(r) => void navigate({ to: `/destruction-lists/${r.id}` })}
        empty={{
          title: '还没有销毁清册',
          hint: '站长从“档案保管”里选期满的个案编制。',
          action: head ? <Link to="/retention">看档案保管</Link> : undefined,
        }}
      />
    </Page>
  );
}
