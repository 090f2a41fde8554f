import { listBlindEntries, readCompetition } from '@jieyou/core/learning/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { queryOf } from '../house/ask.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import './learning.css';

/** What a judge has to score: codes and titles, without people. */
export default function BlindListPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const competition = useQuery(queryOf(readCompetition, { params: { id } }));
  const found = useQuery(queryOf(listBlindEntries, { params: { id } }));
  const error = found.error ?? competition.error;
  if (error !== null) return <RefusalNotice error={error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined || competition.data === undefined) return <Skeleton active />;
  const { rows } = found.data;
  const { title, status, scoreBy } = competition.data;
  const left = rows.filter((r) => r.total === null).length;
  return (
    <Page
      title="匿名评分"
      says={
        status === 'scoring'
          ? `${left === 0 ? '都评完了' : `还有 ${left} 件没有评`}，评分到 ${formatDay(scoreBy)}。需要您回避的作品不在这里。`
          : '评分已经结束。'
      }
      crumbs={[
        { title: '案例评优', to: '/competitions' },
        { title, to: `/competitions/${id}` },
      ]}
    >
      {rows.length === 0 ? (
        <EmptyState title="没有要您评分的作品" hint="作品都需要您回避，或评分还没有开始。" />
      ) : (
        <ul className="ln-works">
          {rows.map((r) => (
            <li key={r.id} className="jy-card">
              <h2>
                <Link to="/competition-entries/$id" params={{ id: r.id }}>
                  {r.title}
                </Link>
              </h2>
              <span className="jy-number">{r.code}</span>
              {r.total === null ? (
                <StatusTag tone="needs">还没有评分</StatusTag>
              ) : (
                <StatusTag tone="done">{`我的总分 ${r.total.toFixed(2)}`}</StatusTag>
              )}
            </li>
          ))}
        </ul>
      )}
    </Page>
  );
}
