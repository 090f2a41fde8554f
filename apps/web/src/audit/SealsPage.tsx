import { listAuditSeals } from '@jieyou/core/audit/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Skeleton, Typography } from 'antd';
import { queryOf } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay, formatInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** The chain of daily seals, and what protects the rows of today. */
export default function SealsPage() {
  const found = useQuery(queryOf(listAuditSeals));
  return (
    <Page
      title="每日封存"
      crumbs={[{ title: '审计记录', to: '/audit' }]}
      says="每天夜里把前一天的记录算成一个摘要，并与前一天的摘要相连。事后改动任何一条，从那天起的摘要都会对不上。"
    >
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton active />
      ) : (
        <>
          <p className="jy-note jy-note-needs">
            <strong>今天的记录还没有封存。</strong> {found.data.todayProtectedBy}
          </p>
          {found.data.rows.length === 0 ? (
            <EmptyState title="还没有封存过" hint="第一个完整的日子过去后，夜里会出现第一条。" />
          ) : (
            <CardTable
              rowKey="day"
              size="small"
              dataSource={found.data.rows}
              columns={[
                { title: '日期', render: (_, r) => formatDay(r.day) },
                { title: '条数', align: 'right', render: (_, r) => r.entries },
                { title: '摘要', render: (_, r) => <Hash value={r.hash} /> },
                { title: '前一天的摘要', render: (_, r) => <Hash value={r.previous} /> },
                { title: '封存时间', render: (_, r) => formatInstant(r.sealedAt) },
              ]}
            />
          )}
        </>
      )}
    </Page>
  );
}

/** The first 16 characters; the whole text can be copied where the browser allows it. */
function Hash({ value }: { readonly value: string }) {
  if (value === '') return '—';
  return (
    <Typography.Text
      code
      title={value}
      copyable={navigator.clipboard === undefined ? false : { text: value, tooltips: ['复制', '已复制'] }}
    >
      {value.slice(0, 16)}…
    </Typography.Text>
  );
}
