import { exportLedger, listContacts, readLedger } from '@jieyou/core/contacts/endpoints.ts';
import { periodSays } from '@jieyou/core/contacts/rules.ts';
import { type LedgerCell, type LedgerGroup, LedgerPeriod } from '@jieyou/core/contacts/schema.ts';
import { contactKindLabels, ledgerBookLabels, serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { ExportDialog } from '../house/ExportDialog.tsx';
import { formatInstant, shortDay, today } from '../house/format.ts';
import { Card, Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/ledger.css';

const FIELDS = ['period', 'book', 'kind', 'domain', 'workerId', 'stationId', 'organisationId'] as const;
type Chosen = { readonly [F in (typeof FIELDS)[number]]?: string | undefined };

const number = (value: number | null): string => (value === null ? '不显示' : value.toLocaleString('zh-CN'));
const MEASURES = [
  ['acts', '次'],
  ['times', '人次'],
  ['persons', '人'],
  ['minutes', '分钟'],
] as const satisfies readonly (readonly [keyof LedgerCell, string])[];

function GroupCard({ group, search }: { readonly group: LedgerGroup; readonly search: (key: string) => Chosen }) {
  return (
    <Card title={group.title}>
      {group.cells.length === 0 ? (
        <p className="jy-secondary">所选期间没有。</p>
      ) : (
        <table className="jy-plain-table jy-cards ct-table">
          <thead>
            <tr>
              <th scope="col">项目</th>
              {MEASURES.map(([key, says]) => (
                <th key={key} scope="col" className="ct-number">
                  {says}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {group.cells.map((c) => (
              <tr key={c.key}>
                <th scope="row">
                  {group.filter === null ? (
                    c.label
                  ) : (
                    <Link to="." search={search(c.key) as never} className="ct-opens">
                      {c.label}
                    </Link>
                  )}
                </th>
                {MEASURES.map(([key, says]) => (
                  <td key={key} className="ct-number" data-label={says}>
                    {number(c[key])}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Card>
  );
}

const yearsUntil = (day: string): string[] => Array.from({ length: 6 }, (_, i) => String(Number(day.slice(0, 4)) - i));

/** The ledger of a month or a year: four measures that are never added to each other, and the rows behind them. */
export default function LedgerPage() {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const [exporting, setExporting] = useState<'xlsx' | 'pdf' | null>(null);
  const chosen: Chosen = Object.fromEntries(
    FIELDS.flatMap((f) => (typeof search[f] === 'string' && search[f] !== '' ? [[f, search[f]]] : [])),
  );
  const period = LedgerPeriod.safeParse(chosen.period).data ?? today().slice(0, 7);
  const query = { ...chosen, period } as never;
  const found = useQuery({ ...queryOf(readLedger, { query }), placeholderData: keepPreviousData });
  const put = (change: Chosen): void => {
    void navigate({ to: '.', search: { ...chosen, ...change } as never });
  };
  const [year = '', month = ''] = period.split('-');
  const ledger = found.data;
  const narrowed = FIELDS.filter((f) => f !== 'period' && chosen[f] !== undefined);
  const without = Object.fromEntries(narrowed.map((f) => [f, undefined]));
  return (
    <Page
      title="服务台账"
      says={`每做一次服务自动记一行，不用再填表。${ledger === undefined ? '' : `范围：${ledger.scope}。`}`}
      actions={
        <>
          <Button onClick={() => setExporting('pdf')}>打印（A4 横向）</Button>
          <Button type="primary" onClick={() => setExporting('xlsx')}>
            导出 Excel
          </Button>
        </>
      }
    >
      <div className="ct-query">
        <Select
          aria-label="年份"
          value={year}
          options={yearsUntil(today()).map((y) => ({ value: y, label: `${y}年` }))}
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
          aria-label="台账"
          placeholder="全部台账"
          allowClear
          value={chosen.book ?? null}
          options={optionsOf(ledgerBookLabels)}
          onChange={(book) => put({ book: book ?? undefined, kind: undefined })}
        />
        <Select
          aria-label="类别"
          placeholder="全部类别"
          allowClear
          value={chosen.kind ?? null}
          options={optionsOf(contactKindLabels)}
          onChange={(kind) => put({ kind: kind ?? undefined })}
        />
        <Select
          aria-label="服务领域"
          placeholder="全部领域"
          allowClear
          value={chosen.domain ?? null}
          options={optionsOf(serviceDomainLabels)}
          onChange={(domain) => put({ domain: domain ?? undefined })}
        />
        {(ledger?.workers.length ?? 0) > 0 && (
          <Select
            aria-label="社工"
            placeholder="全部社工"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            value={chosen.workerId ?? null}
            options={(ledger?.workers ?? []).map((w) => ({ value: w.personId, label: w.name }))}
            onChange={(workerId) => put({ workerId: workerId ?? undefined })}
          />
        )}
        {narrowed.length > 0 && (
          <Button type="link" onClick={() => put(without)}>
            清除条件
          </Button>
        )}
      </div>
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : ledger === undefined ? (
        <Skeleton active />
      ) : (
        <>
          <section className="ct-total" aria-label={`${periodSays(period)}合计`}>
            {MEASURES.map(([key, says]) => (
              <p key={key}>
                <strong>{number(ledger.total[key])}</strong> {says}
              </p>
            ))}
          </section>
          <div className="ct-grid">
            {ledger.groups.map((g) => (
              <GroupCard
                key={g.key}
                group={g}
                search={(key) => ({ ...chosen, ...(g.filter === 'period' ? { period: key.slice(0, 7) } : { [g.filter ?? '']: key }) })}
              />
            ))}
          </div>
          <details className="ct-how">
            <summary>怎么算的</summary>
            <p>
              {ledger.how}。{ledger.smallest > 0 ? `小于 ${ledger.smallest} 人的不显示，以免认出是谁。` : ''}数据截至{' '}
              {formatInstant(ledger.asOf)}。
            </p>
          </details>
          {ledger.rows ? (
            <Card title={`${periodSays(period)}的服务记录`}>
              <RecordTable
                key={JSON.stringify(query)}
                inPage
                endpoint={listContacts}
                fixedQuery={query}
                columns={[
                  { key: 'on', title: '日期', render: (r) => shortDay(r.happenedOn) },
                  { key: 'kind', title: '类别', render: (r) => contactKindLabels[r.kind] },
                  {
                    key: 'subject',
                    title: '编号或名称',
                    render: (r) => (r.opens === null ? (r.subject ?? '—') : <Link to={r.opens as never}>{r.subject ?? '—'}</Link>),
                  },
                  { key: 'recipient', title: '服务对象', render: (r) => r.recipientName ?? '—' },
                  { key: 'domain', title: '领域', render: (r) => serviceDomainLabels[r.domain] },
                  { key: 'worker', title: '社工', render: (r) => r.workerName },
                  { key: 'people', title: '人次', render: (r) => r.people, align: 'right' },
                  { key: 'minutes', title: '分钟', render: (r) => r.minutes ?? '—', align: 'right' },
                ]}
                empty={{ title: '所选期间没有服务记录', hint: '写个案记录、办活动后，会自动出现在这里。' }}
              />
            </Card>
          ) : (
            <p className="jy-secondary">这里只有数，没有任何服务对象的记录。</p>
          )}
        </>
      )}
      <ExportDialog
        open={exporting !== null}
        onClose={() => setExporting(null)}
        endpoint={exportLedger}
        query={{ ...chosen, period, format: exporting ?? 'xlsx' }}
        {...(exporting === 'pdf' ? { title: '打印台账', says: '按当前条件生成 A4 横向的 PDF。', ok: '生成 PDF' } : {})}
      />
    </Page>
  );
}
