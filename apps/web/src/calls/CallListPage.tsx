import { exportCalls, listCalls } from '@jieyou/core/calls/endpoints.ts';
import { callerRelationLabels, callKindLabels, callStatusLabels } from '@jieyou/core/texts/callsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { CallStatusTag } from './tags.tsx';

/** Calls of the centre's hotline. */
export default function CallListPage() {
  const navigate = useNavigate();
  return (
    <Page
      title="热线来电"
      says="接起电话就登记，时间和接听人会自己记下。"
      actions={
        <Button type="primary" onClick={() => void navigate({ to: '/calls/new' })}>
          登记来电
        </Button>
      }
    >
      <RecordTable
        endpoint={listCalls}
        exportWith={exportCalls}
        filters={[
          { key: 'kind', label: '类别', kind: 'multi', options: optionsOf(callKindLabels) },
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(callStatusLabels) },
          { key: 'number', label: '编号', kind: 'text' },
        ]}
        columns={[
          { key: 'number', title: '编号', render: (r) => <span className="jy-number">{r.number}</span> },
          { key: 'savedAt', title: '时间', render: (r) => shortInstant(r.startedAt) },
          { key: 'kind', title: '类别', render: (r) => callKindLabels[r.kind] },
          { key: 'status', title: '状态', render: (r) => <CallStatusTag status={r.status} /> },
          { key: 'relation', title: '来电人', render: (r) => callerRelationLabels[r.relation] },
          { key: 'to', title: '去向', render: (r) => [r.appealNumber, r.handedTo].filter(Boolean).join('、') || '—' },
          { key: 'taker', title: '接听', render: (r) => r.takerName },
        ]}
        onOpen={(row) => void navigate({ to: `/calls/${row.id}` })}
        empty={{ title: '还没有来电', hint: '从“登记来电”开始。' }}
      />
    </Page>
  );
}
