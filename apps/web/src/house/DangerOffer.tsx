import { readDangerWords } from '@jieyou/core/alarms/endpoints.ts';
import { dangersIn } from '@jieyou/core/alarms/signals.ts';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from './ask.ts';

/**
 * Beside what is written or read: where the words speak of danger, the way to a record or a report. Whoever reads decides; nothing is kept,
 * and nobody is told that a word stood here.
 */
export function DangerOffer({ text, caseId }: { readonly text: string; readonly caseId: string | null }) {
  const lists = useQuery({ ...queryOf(readDangerWords), staleTime: Number.POSITIVE_INFINITY, enabled: text.length > 1 }).data;
  const found = lists === undefined ? [] : dangersIn(text, lists);
  if (found.length === 0) return null;
  const phone = location.pathname.startsWith('/m/');
  const alarm = (kind: string) => `/alarms/new?${new URLSearchParams({ ...(caseId === null ? {} : { case: caseId }), kind })}`;
  const report = `${phone ? '/m' : ''}/reports/new${caseId === null ? '' : `?from=/cases/${caseId}`}`;
  const speaks = (danger: string): boolean => found.some((f) => f.danger === danger);
  // What is being written stays as it is: the way opens beside it.
  const beside = { target: '_blank', rel: 'noopener' };
  return (
    <div className="jy-danger-offer" role="status">
      这里写到{found.map((f) => `“${f.word}”`).join('')}。有生命危险先打 110、120。
      {caseId !== null && speaks('crisis') ? (
        <a href={alarm('crisis')} {...beside}>
          登记危机
        </a>
      ) : null}
      {caseId !== null && speaks('violence') ? (
        <a href={alarm('violence')} {...beside}>
          登记家暴
        </a>
      ) : null}
      {speaks('child') || speaks('violence') ? (
        <a href={report} {...beside}>
          {speaks('child') ? '强制报告' : '未成年人：强制报告'}
        </a>
      ) : null}
      <span className="rd-quiet">只是提醒，要不要登记由您判断。</span>
    </div>
  );
}
