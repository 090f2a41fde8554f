import { listReliefJoints } from '@jieyou/core/relief/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { queryOf } from '../house/ask.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { JointCard } from './Joints.tsx';

/** One consultation of the consortium, as whoever sits at the table reads it. */
export default function JointPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string };
  const found = useQuery(queryOf(listReliefJoints, { query: { id, limit: 20 } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const [joint] = found.data.rows;
  return (
    <Page title="助联体会商" actions={<Link to={'/relief-joints' as never}>全部会商</Link>}>
      {joint === undefined ? (
        <EmptyState
          title="这次会商已看不到"
          hint="救助个案已经结束，或您已退出这次会商。您认领过的事留在“我认领的事”里。"
          action={<Link to={'/relief-undertakings' as never}>我认领的事</Link>}
        />
      ) : (
        <JointCard joint={joint} linked />
      )}
    </Page>
  );
}
