import { listReliefJoints } from '@jieyou/core/relief/endpoints.ts';
import type { JointStatus } from '@jieyou/core/relief/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { jointStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Button, Checkbox, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { call } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { JointCard } from './Joints.tsx';

/** Consultations of the consortium: of the own relief cases, and those at which one is named. */
export default function JointListPage() {
  const [status, setStatus] = useState<JointStatus[]>([]);
  const [overdue, setOverdue] = useState(false);
  const query = { limit: 20, ...(status.length === 0 ? {} : { status }), ...(overdue ? { overdue: 'yes' as const } : {}) };
  const found = useInfiniteQuery({
    queryKey: [...queryOf(listReliefJoints, { query }).queryKey, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      call(listReliefJoints, { query: { ...query, ...(pageParam === null ? {} : { after: pageParam }) }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
  });
  const rows = found.data?.pages.flatMap((page) => page.rows) ?? [];
  return (
    <Page title="助联体会商" says="自己的救助个案召集的，和请自己参加的。参加的人只看得到为会商写下的内容。">
      <div className="jy-filters" style={{ display: 'flex', flexWrap: 'wrap', gap: 12, marginBottom: 16, alignItems: 'center' }}>
        <Select
          aria-label="状态"
          mode="multiple"
          placeholder="全部状态"
          style={{ minWidth: 180 }}
          value={status}
          options={optionsOf(jointStatusLabels)}
          onChange={setStatus}
        />
        <Checkbox checked={overdue} onChange={(e) => setOverdue(e.target.checked)}>
          只看有过期的
        </Checkbox>
      </div>
      {found.isError ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton active /> : null}
      {found.isSuccess && rows.length === 0 ? (
        <EmptyState title="没有会商" hint="在救助个案里召集会商，或有人请您参加以后，会出现在这里。" />
      ) : null}
      {rows.map((joint) => (
        <JointCard key={joint.id} joint={joint} linked />
      ))}
      {found.hasNextPage ? (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          再看早些的
        </Button>
      ) : null}
    </Page>
  );
}
