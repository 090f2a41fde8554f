import { readExpertLoad } from '@jieyou/core/experts/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';

const hours = (minutes: number): string => (minutes < 60 ? `${minutes} 分钟` : `${Math.floor(minutes / 60)} 小时 ${minutes % 60} 分钟`);

/** What one expert was asked for and gave, by month or quarter; of one person, never beside others. */
export function LoadTable({ id }: { readonly id: string }) {
  const [by, setBy] = useState<'month' | 'quarter'>('month');
  const found = useQuery(queryOf(readExpertLoad, { params: { id }, query: { by } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  const periods = found.data?.periods ?? [];
  return (
    <>
      <p>
        <label>
          按
          <select value={by} onChange={(e) => setBy(e.target.value as 'month' | 'quarter')} style={{ minHeight: 32, margin: '0 8px' }}>
            <option value="month">月</option>
            <option value="quarter">季度</option>
          </select>
        </label>
        <span className="rd-quiet">时长由专家或主持人填写，不填不算；不从使用时间推算。</span>
      </p>
      {found.data !== undefined && periods.length === 0 ? <p className="rd-quiet">还没有会诊。</p> : null}
      {periods.length === 0 ? null : (
        <div className="rd-scroll">
          <table className="rd-table">
            <thead>
              <tr>
                <th scope="col">{by === 'month' ? '月份' : '季度'}</th>
                <th scope="col">受邀</th>
                <th scope="col">意见</th>
                <th scope="col">到会</th>
                <th scope="col">时长</th>
              </tr>
            </thead>
            <tbody>
              {periods.map((p) => (
                <tr key={p.period}>
                  <td>{p.period.replace(/^(\d{4})-Q(\d)$/, '$1年第 $2 季度').replace(/^(\d{4})-0?(\d+)$/, '$1年$2月')}</td>
                  <td>{p.panels}</td>
                  <td>{p.opinions}</td>
                  <td>{p.conferences}</td>
                  <td>
                    {hours(p.minutes)}
                    {p.withoutMinutes === 0 ? '' : `（${p.withoutMinutes} 次未填）`}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
