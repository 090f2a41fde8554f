import { listReports } from '@jieyou/core/reports/endpoints.ts';
import { situationShort } from '@jieyou/core/texts/reportLabels.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { call } from '../../house/client.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { shortInstant } from '../../house/format.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { ReportStatusTag, timeSays } from '../ReportView.tsx';

/** Reports that one made or keeps, on the phone. */
export default function PhoneReportListPage() {
  const found = useInfiniteQuery({
    queryKey: ['listReports', 'phone'],
    queryFn: ({ pageParam }) => call(listReports, { query: { limit: 20, ...(pageParam === '' ? {} : { after: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = found.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <PhonePage title="强制报告">
      {found.error !== null ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : null}
      {rows.map((r) => (
        <Link key={r.id} className="ph-item" to="/reports/$id" params={{ id: r.id }}>
          <div className="ph-row">
            <strong>{situationShort[r.situation]}</strong>
            <ReportStatusTag status={r.status} />
          </div>
          <div>{timeSays(r)}</div>
          <div className="rd-quiet">
            {r.number}　{shortInstant(r.registeredAt)}
            {r.mine ? '　我报告的' : ''}
          </div>
        </Link>
      ))}
      {found.data !== undefined && rows.length === 0 ? (
        <EmptyState title="没有强制报告" hint="您报告的，和由您办理的，会出现在这里。" />
      ) : null}
      {found.hasNextPage ? (
        <button type="button" className="rp-button rp-quiet" onClick={() => void found.fetchNextPage()}>
          看更多
        </button>
      ) : null}
    </PhonePage>
  );
}
