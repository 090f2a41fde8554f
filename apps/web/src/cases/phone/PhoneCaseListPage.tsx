import { listCases } from '@jieyou/core/cases/endpoints.ts';
import { caseAbout } from '@jieyou/core/texts/contactsLabels.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd-mobile';
import { useState } from 'react';
import { call } from '../../house/client.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { CaseStatusTag, RiskTag } from '../../house/StatusTag.tsx';
import { seal, unsealed } from '../../house/sealedWord.ts';
import { useCan } from '../../house/session.tsx';

/** My cases on the phone. */
export default function PhoneCaseListPage() {
  const search = useSearch({ strict: false }) as { lookup?: string };
  const navigate = useNavigate();
  const [text, setText] = useState(() => unsealed(search.lookup ?? ''));
  const lookup = search.lookup ?? '';
  const [failed, setFailed] = useState<unknown>(null);
  const isWorker = useCan('worker');
  const found = useInfiniteQuery({
    queryKey: ['listCases', 'phone', lookup],
    queryFn: ({ pageParam }) =>
      call(listCases, { query: { limit: 20, ...(lookup === '' ? {} : { lookup }), ...(pageParam === '' ? {} : { after: pageParam }) } }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const find = async () => {
    try {
      const next = text.trim() === '' ? {} : { lookup: await seal(text) };
      await navigate({ to: '.', search: next as never, replace: true });
      setFailed(null);
    } catch (error) {
      setFailed(error);
    }
  };
  const rows = found.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <PhonePage
      title="个案"
      back={false}
      // The form has one page for all widths; it belongs to the other entry.
      action={
        isWorker ? (
          <a className="ph-act" href="/cases/new">
            建立个案
          </a>
        ) : null
      }
    >
      <form
        className="ph-search"
        onSubmit={(e) => {
          e.preventDefault();
          void find();
        }}
      >
        <input
          className="ph-input"
          type="search"
          enterKeyHint="search"
          aria-label="完整的姓名、证件号码或电话"
          placeholder="完整的姓名、证件或电话"
          maxLength={40}
          value={text}
          onChange={(e) => {
            setText(e.target.value);
            if (e.target.value === '' && lookup !== '') void navigate({ to: '.', search: {} as never, replace: true });
          }}
        />
      </form>
      {failed !== null ? <RefusalNotice error={failed} onRetry={() => void find()} /> : null}
      {found.error !== null ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton.Paragraph lineCount={6} animated /> : null}
      {rows.map((c) => (
        <Link key={c.id} className="ph-item" to="/cases/$id" params={{ id: c.id }}>
          <div className="ph-row">
            <strong>
              {c.recipientName}（{genderLabels[c.recipientGender]}
              {c.recipientAge === null ? '' : `，${c.recipientAge}岁`}）
            </strong>
            <CaseStatusTag status={c.status} />
          </div>
          <div className="ph-row">
            <span>{caseAbout(c)}</span>
            <RiskTag risk={c.risk} />
          </div>
          <div className="rd-quiet">
            {c.number}
            {c.openRequests === 0 ? '' : `　${c.openRequests} 份求助进行中`}
          </div>
        </Link>
      ))}
      {found.data !== undefined && rows.length === 0 ? (
        lookup === '' ? (
          <EmptyState title="还没有个案" hint="建立个案后，可以写记录，遇到难处一键求助。" />
        ) : (
          <EmptyState title="没有找到" hint="姓名、证件或电话须完整填写。" />
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
