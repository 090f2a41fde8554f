import { recipientStepLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { shortDay } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useSteps } from './queries.ts';

/** What happened with a person, the newest first. */
export function Steps({ id }: { readonly id: string }) {
  const steps = useSteps(id);
  const rows = steps.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <section className="jy-card">
      <h2>经历的服务</h2>
      {steps.isPending ? <Skeleton active paragraph={{ rows: 4 }} /> : null}
      <RefusalNotice error={steps.error} />
      <ol className="rd-plain rd-notes">
        {rows.map((s) => (
          <li key={`${s.id}${s.kind}`}>
            <div className="rd-quiet">
              {shortDay(s.day)}　{recipientStepLabels[s.kind]}
              {s.byName === null ? '' : `　${s.byName}`}
              {s.stationName === null ? '' : `（${s.stationName}）`}
              {s.caseId === null && (s.kind === 'note' || s.kind === 'case-opened') ? '　不在您的范围，只有日期与记录人' : ''}
            </div>
            {s.caseId === null ? null : (
              <Link to="/cases/$id" params={{ id: s.caseId }}>
                {s.number ?? '打开个案'}
              </Link>
            )}
            {s.kind === 'relief-screened' || s.kind === 'relief-closed' ? <Link to={`/relief-cases/${s.id}` as never}>看救助</Link> : null}
            {s.body === null ? null : <p>{s.body}</p>}
          </li>
        ))}
      </ol>
      {steps.hasNextPage ? (
        <Button loading={steps.isFetching} onClick={() => void steps.fetchNextPage()}>
          看更早的
        </Button>
      ) : null}
    </section>
  );
}
