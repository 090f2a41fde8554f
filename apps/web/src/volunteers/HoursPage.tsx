import { periodSays } from '@jieyou/core/contacts/rules.ts';
import { LedgerPeriod } from '@jieyou/core/contacts/schema.ts';
import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { volunteerStatusLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { exportVolunteerLedger, readVolunteerLedger } from '@jieyou/core/volunteers/endpoints.ts';
import { hoursSay } from '@jieyou/core/volunteers/rules.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { ExportDialog } from '../house/ExportDialog.tsx';
import { formatInstant, today } from '../house/format.ts';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import './volunteers.css';

/** Volunteers' settled hours of a month or a year, within one's reach. */
export default function HoursPage() {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as { period?: string; class?: string };
  const [exporting, setExporting] = useState<'xlsx' | 'pdf' | null>(null);
  const period = LedgerPeriod.safeParse(search.period).data ?? today().slice(0, 7);
  const chosen = { period, ...(search.class === undefined ? {} : { class: search.class }) } as { period: string; class?: never };
  const found = useQuery({ ...queryOf(readVolunteerLedger, { query: chosen }), placeholderData: keepPreviousData });
  const put = (change: Readonly<Record<string, string | undefined>>): void => {
    void navigate({ to: '.', search: { ...chosen, ...change } as never });
  };
  const [year = '', month = ''] = period.split('-');
  const ledger = found.data;
  return (
    <Page
      title="志愿服务时长台账"
      crumbs={[{ title: '志愿者', to: '/volunteers' }]}
      says={`只计牵头社工核定过的时长。${ledger === undefined ? '' : `范围：${ledger.scope}。`}`}
      actions={
        <>
          <Button onClick={() => setExporting('pdf')}>打印（A4 横向）</Button>
          <Button type="primary" onClick={() => setExporting('xlsx')}>
            导出 Excel
          </Button>
        </>
      }
    >
      <div className="vo-query">
        <Select
          aria-label="年份"
          value={year}
          options={Array.from({ length: 6 }, (_, i) => String(Number(today().slice(0, 4)) - i)).map((y) => ({ value: y, label: `${y}年` }))}
          onChange={(y) => put({ period: month === '' ? y : `${y}-${month}` })}
        />
        <Select
          aria-label="月份"
          value={month}
          options={[
            { value: '', label: '全年' },
            ...Array.from({ length: 12 }, (_, i) => ({ value: String(i + 1).padStart(2, '0'), label: `${i + 1}月` })),
          ]}
          onChange={(m) => put({ period: m === '' ? year : `${year}-${m}` })}
        />
        <Select
          aria-label="服务类别"
          placeholder="全部类别"
          allowClear
          value={chosen.class ?? null}
          options={optionsOf(activityCategoryLabels) as never}
          onChange={(one: string | undefined) => put({ class: one ?? undefined })}
          style={{ minWidth: 120 }}
        />
      </div>
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : ledger === undefined ? (
        <Skeleton active />
      ) : (
        <>
          <section className="vo-total" aria-label={`${periodSays(period)}合计`}>
            <p>
              <strong>{ledger.total.tasks}</strong> 项
            </p>
            <p>
              <strong>{ledger.total.times}</strong> 人次
            </p>
            <p>
              <strong>{ledger.total.persons}</strong> 人
            </p>
            <p>
              <strong>{hoursSay(ledger.total.minutes)}</strong>
            </p>
          </section>
          {ledger.groups.map((g) => (
            <Card key={g.key} title={g.title}>
              {g.cells.length === 0 ? (
                <p className="jy-secondary">所选期间没有。</p>
              ) : (
                <table className="jy-plain-table jy-cards vo-table">
                  <thead>
                    <tr>
                      <th scope="col">项目</th>
                      {['项', '人次', '人', '时长'].map((t) => (
                        <th key={t} scope="col" className="vo-number">
                          {t}
                        </th>
                      ))}
                    </tr>
                  </thead>
                  <tbody>
                    {g.cells.map((c) => (
                      <tr key={c.key}>
                        <th scope="row">{c.label}</th>
                        <td className="vo-number" data-label="项">
                          {c.tasks}
                        </td>
                        <td className="vo-number" data-label="人次">
                          {c.times}
                        </td>
                        <td className="vo-number" data-label="人">
                          {c.persons}
                        </td>
                        <td className="vo-number" data-label="时长">
                          {hoursSay(c.minutes)}
                        </td>
                      </tr>
                    ))}
                  </tbody>
                </table>
              )}
            </Card>
          ))}
          <p className="jy-secondary">
            登记册现有：{ledger.register.map((r) => `${volunteerStatusLabels[r.status]} ${r.count} 人`).join('，') || '没有'}
            。人：同一位志愿者在一行里只计一次。数据截至 {formatInstant(ledger.asOf)}。
          </p>
        </>
      )}
      <ExportDialog
        open={exporting !== null}
        onClose={() => setExporting(null)}
        endpoint={exportVolunteerLedger}
        query={{ ...chosen, format: exporting ?? 'xlsx' }}
        {...(exporting === 'pdf' ? { title: '打印台账', says: '按当前条件生成 A4 横向的 PDF。', ok: '生成 PDF' } : {})}
      />
    </Page>
  );
}
