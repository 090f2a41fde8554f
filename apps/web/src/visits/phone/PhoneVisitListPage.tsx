import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { dayHalfLabels, dueStateLabels, visitReasonLabels, whyDue } from '@jieyou/core/texts/visitLabels.ts';
import { listDueVisits, listVisits } from '@jieyou/core/visits/endpoints.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd-mobile';
import { useState } from 'react';
import { queryOf } from '../../house/ask.ts';
import { call } from '../../house/client.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { shortDay, today } from '../../house/format.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { PhonePhoto } from '../../house/PhonePhoto.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { SavedLine } from '../../house/SavedLine.tsx';
import { StatusTag } from '../../house/StatusTag.tsx';
import { useCan } from '../../house/session.tsx';
import { dueTones } from '../words.ts';
import { PhoneActions } from './PhoneActions.tsx';
import '../visits.css';

const MOST_TODAY = 50;

const who = (row: { recipientName: string; recipientGender: keyof typeof genderLabels; recipientAge: number | null }) =>
  `${row.recipientName}（${genderLabels[row.recipientGender]}${row.recipientAge === null ? '' : `，${row.recipientAge}岁`}）`;

/** Today's visits first, then who is due. */
export default function PhoneVisitListPage() {
  const { saved, planned: made, case: savedCase } = useSearch({ strict: false }) as { saved?: string; planned?: string; case?: string };
  const works = useCan('worker');
  const mine = works ? { mine: 'yes' as const } : {};
  const [state, setState] = useState<'due' | 'all'>('due');
  const planned = useQuery(
    queryOf(listVisits, { query: { ...mine, status: ['planned'], to: today(), sort: 'soonest', limit: MOST_TODAY } }),
  );
  const states = state === 'due' ? { state: ['never', 'overdue', 'today', 'soon'] as const } : {};
  const due = useInfiniteQuery({
    queryKey: ['listDueVisits', 'phone', state, mine],
    queryFn: ({ pageParam }) =>
      call(listDueVisits, { query: { ...mine, ...states, limit: 20, ...(pageParam === '' ? {} : { after: pageParam }) } as never }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = due.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <PhonePage title="探访">
      <SavedLine saved={saved}>
        已保存。<a href={`/visits/${saved}`}>看这次探访</a>
      </SavedLine>
      {saved === undefined || savedCase === undefined ? null : <PhonePhoto caseId={savedCase} visitId={saved} />}
      <SavedLine saved={made === undefined ? undefined : `${made}.plan`}>已安排。</SavedLine>
      <h2>今天的探访</h2>
      {planned.error !== null ? <RefusalNotice error={planned.error} onRetry={() => void planned.refetch()} /> : null}
      {planned.isPending ? <Skeleton.Paragraph lineCount={3} animated /> : null}
      {planned.data?.rows.length === 0 ? <p className="rd-quiet">今天没有安排。下面是该探访的人。</p> : null}
      <ul className="ph-rows">
        {planned.data?.rows.map((v) => (
          <li key={v.id}>
            <Link to="/visits/$id/record" params={{ id: v.id }} search={{ case: v.caseId } as never}>
              <strong>{who(v)}</strong>
              <span className={v.plannedOn !== null && v.plannedOn < today() ? 'jy-clock-overdue' : 'jy-secondary'}>
                {v.plannedOn === today() ? '今天' : `原定 ${shortDay(v.plannedOn)}`}　{dayHalfLabels[v.half]}　{visitReasonLabels[v.reason]}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      <PhoneActions mine={mine} />
      <h2>该探访的人</h2>
      <div className="jy-chips">
        <button type="button" aria-pressed={state === 'due'} onClick={() => setState('due')}>
          快到期和已过期
        </button>
        <button type="button" aria-pressed={state === 'all'} onClick={() => setState('all')}>
          全部
        </button>
      </div>
      {due.error !== null ? <RefusalNotice error={due.error} onRetry={() => void due.refetch()} /> : null}
      {due.isPending ? <Skeleton.Paragraph lineCount={5} animated /> : null}
      {due.data !== undefined && rows.length === 0 ? (
        <EmptyState title="现在没有该探访的人" hint="按需要和上次探访推算，到期前会出现在这里。" />
      ) : null}
      <ul className="ph-rows">
        {rows.map((d) => (
          <li key={d.id} className={works && d.plannedId === null ? 'ph-with-beside' : undefined}>
            <Link to="/visits/$id/record" params={{ id: d.plannedId ?? 'new' }} search={{ case: d.id } as never}>
              <strong>{who(d)}</strong>
              <span>
                <StatusTag tone={dueTones[d.state]}>{dueStateLabels[d.state]}</StatusTag>　{shortDay(d.dueOn)} 前
              </span>
              <span className="jy-secondary">
                {d.lastOn === null ? '' : `上次 ${shortDay(d.lastOn)}　`}
                {d.areaName}
                {d.plannedOn === null ? '' : `　已安排 ${shortDay(d.plannedOn)}`}
              </span>
              <span className="jy-secondary">{whyDue(d)}</span>
            </Link>
            {works && d.plannedId === null ? (
              <Link to="/visits/plan" search={{ case: d.id } as never} className="ph-beside" aria-label={`安排探访${who(d)}`}>
                安排
              </Link>
            ) : null}
          </li>
        ))}
      </ul>
      {due.hasNextPage ? (
        <Button block loading={due.isFetchingNextPage} onClick={() => void due.fetchNextPage()}>
          看更多
        </Button>
      ) : null}
    </PhonePage>
  );
}
