import type { RightStatus } from '@jieyou/core/privacy/schema.ts';
import { rightStatusLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { shortDay } from '../house/format.ts';
import { StatusTag } from '../house/StatusTag.tsx';

const RUNNING: readonly RightStatus[] = ['received', 'checking', 'answering'];

/** Where a request stands. */
export function RightStatusTag({ status }: { readonly status: RightStatus }) {
  return <StatusTag tone={RUNNING.includes(status) ? 'moving' : 'rest'}>{rightStatusLabels[status]}</StatusTag>;
}

/** Days that are left for the answer, in words; the day itself when it was answered. */
export function RightClock({ row }: { readonly row: { readonly status: RightStatus; readonly dueOn: string; readonly daysLeft: number } }) {
  if (!RUNNING.includes(row.status)) return <span className="jy-secondary">{shortDay(row.dueOn)} 前</span>;
  const says = row.daysLeft < 0 ? `已超 ${-row.daysLeft} 天` : row.daysLeft === 0 ? '今天到期' : `还剩 ${row.daysLeft} 天`;
  return <StatusTag tone={row.daysLeft < 0 ? 'danger' : row.daysLeft <= 5 ? 'needs' : 'moving'}>{says}</StatusTag>;
}
