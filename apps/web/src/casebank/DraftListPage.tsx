import { exportDrafts, listDrafts } from '@jieyou/core/casebank/endpoints.ts';
import { caseDomainLabels, draftStatusLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { DraftStatusTag } from '../house/StatusTag.tsx';
import '../house/reading.css';

/** Drafts of cases to be published. */
export default function DraftListPage() {
  const navigate = useNavigate();
  return (
    <Page title="案例草稿" crumbs={[{ title: '案例库', to: '/casebank' }]} says="逐处确认替换后，由起草人以外的同事审核发布。">
      <RecordTable
        endpoint={listDrafts}
        exportWith={exportDrafts}
        filters={[{ key: 'status', label: '状态', kind: 'multi', options: optionsOf(draftStatusLabels) }]}
        onOpen={(d) => void navigate({ to: '/casebank/drafts/$id', params: { id: d.id } })}
        columns={[
          { key: 'title', title: '标题', render: (d) => d.title },
          { key: 'status', title: '状态', width: 100, render: (d) => <DraftStatusTag status={d.status} /> },
          {
            key: 'open',
            title: '待确认',
            width: 110,
            render: (d) => (d.status !== 'draft' ? '—' : d.openFindings === 0 ? '都已确认' : `还有 ${d.openFindings} 处`),
          },
          { key: 'domain', title: '问题领域', width: 150, render: (d) => caseDomainLabels[d.domain] },
          { key: 'archiveNo', title: '来自', width: 200, render: (d) => d.archiveNo ?? '—' },
          { key: 'by', title: '起草', width: 100, render: (d) => d.draftedByName },
          { key: 'updatedAt', title: '最近变化', width: 130, render: (d) => shortInstant(d.updatedAt) },
        ]}
        empty={{ title: '还没有草稿', hint: '支援结束后，在那份求助里点“起草脱敏案例”，草稿会出现在这里。' }}
      />
    </Page>
  );
}
