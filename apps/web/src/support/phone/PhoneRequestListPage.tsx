import { listSupportRequests } from '@jieyou/core/support/endpoints.ts';
import { helpFieldLabels, problemSays } from '@jieyou/core/texts/labels.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd-mobile';
import { ClockWords } from '../../house/ClockWords.tsx';
import { call } from '../../house/client.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { shortDay } from '../../house/format.ts';
import { useLive } from '../../house/live.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { RequestStatusTag } from '../../house/StatusTag.tsx';
import { useCan } from '../../house/session.tsx';

/** My requests on the phone: where each stands, with whom, and when next. */
export default function PhoneRequestListPage() {
  const search = useSearch({ strict: false }) as { live?: string };
  const navigate = useNavigate();
  const live = search.live === 'no' ? 'no' : 'yes';
  const isWorker = useCan('worker');
  useLive();
  const found = useInfiniteQuery({
    queryKey: ['listSupportRequests', 'phone', live],
    queryFn: ({ pageParam }) =>
      call(listSupportRequests, {
        // Drafts are not live yet, but they wait for their writer: the first list shows everything that is not over.
        query: {
          limit: 20,
          sort: 'updated',
          ...(live === 'yes'
            ? { status: ['draft', 'submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'] as const }
            : { status: ['closed', 'declined', 'advised', 'withdrawn', 'ended-elsewhere', 'duplicate'] as const }),
          ...(pageParam === '' ? {} : { after: pageParam }),
        } as never,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = found.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <PhonePage title={isWorker ? '我的求助' : '求助'}>
      <fieldset className="ph-yesno" aria-label="范围">
        <button type="button" aria-pressed={live === 'yes'} onClick={() => void navigate({ to: '.', search: {} as never, replace: true })}>
          进行中
        </button>
        <button
          type="button"
          aria-pressed={live === 'no'}
          onClick={() => void navigate({ to: '.', search: { live: 'no' } as never, replace: true })}
        >
          已了结
        </button>
      </fieldset>
      {found.error !== null ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton.Paragraph lineCount={6} animated /> : null}
      {rows.map((r) => (
        <Link
          key={r.id}
          className="ph-item"
          to={r.status === 'draft' ? '/requests/$id/edit' : '/requests/$id'}
          params={{ id: r.id } as never}
        >
          <div className="ph-row">
            <strong>{r.archiveNo ?? r.receiptNo ?? '草稿'}</strong>
            <RequestStatusTag status={r.status} />
          </div>
          <div>
            {problemSays(r.domain)}　{r.helpFields.map((f) => helpFieldLabels[f]).join('、')}
          </div>
          <div className="ph-row rd-quiet">
            {r.clock.state === 'none' && r.clock.words === '' ? null : <ClockWords clock={r.clock} />}
            <span>
              {r.holderName === null ? '' : `承办：${r.holderName}`}
              {r.nextOn === null ? '' : `　下次 ${shortDay(r.nextOn)}`}
            </span>
          </div>
        </Link>
      ))}
      {found.data !== undefined && rows.length === 0 ? (
        live === 'yes' ? (
          <EmptyState title="没有进行中的求助" hint="遇到难处，打开个案，点“求助”。" action={<Link to="/cases">打开我的个案</Link>} />
        ) : (
          <EmptyState title="还没有了结的求助" hint="支援结束后会留在这里。" />
        )
      ) : null}
      {found.hasNextPage ? (
        <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          看更多
        </Button>
      ) : null}
    </PhonePage>
  );
}
