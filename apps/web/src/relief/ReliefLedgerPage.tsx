import { periodSays } from '@jieyou/core/contacts/rules.ts';
import { LedgerPeriod } from '@jieyou/core/contacts/schema.ts';
import { ListedCategory } from '@jieyou/core/recipients/schema.ts';
import { exportReliefLedger, listReliefActs, readReliefLedger } from '@jieyou/core/relief/endpoints.ts';
import type { ReliefCell, ReliefLedger } from '@jieyou/core/relief/schema.ts';
import { amount } from '@jieyou/core/shared/words.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { reliefLineLabels } from '@jieyou/core/texts/reliefLabels.ts';
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
import { yuan } from './ReliefListPage.tsx';

const FIELDS = ['period', 'line', 'category', 'workerId', 'stationId', 'householdId'] as const;
type Chosen = { readonly [F in (typeof FIELDS)[number]]?: string | undefined };

const MEASURES: readonly (readonly [string, (cell: ReliefCell) => string])[] = [
  ['户', (c) => c.households.toLocaleString('zh-CN')],
  ['人', (c) => c.persons.toLocaleString('zh-CN')],
  ['人次', (c) => c.times.toLocaleString('zh-CN')],
  ['元', (c) => yuan(c.valueFen)],
  ['分钟', (c) => c.minutes.toLocaleString('zh-CN')],
];

function GroupCard({ group, search }: { readonly group: ReliefLedger['groups'][number]; readonly search: (key: string) => Chosen }) {
  return (
    <Card title={group.title}>
      {group.cells.length === 0 ? (
        <p className="jy-secondary">所选期间没有。</p>
      ) : (
        <table className="jy-plain-table jy-cards ct-table">
          <thead>
            <tr>
              <th scope="col">项目</th>
              {MEASURES.map(([says]) => (
                <th key={says} scope="col" className="ct-number">
                  {says}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {group.cells.map((c) => (
              <tr key={c.key}>
                <th scope="row">
                  <Link to="." search={search(c.key) as never} className="ct-opens">
                    {c.label}
                  </Link>
                </th>
                {MEASURES.map(([says, of]) => (
                  <td key={says} className="ct-number" data-label={says}>
                    {of(c)}
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

/** The ledger of relief of a month or a year: 户, 人, 人次, 金额, and the rows behind them. */
export default function ReliefLedgerPage() {
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Readonly<Record<string, unknown>>;
  const [exporting, setExporting] = useState<'xlsx' | 'pdf' | null>(null);
  const chosen: Chosen = Object.fromEntries(
    FIELDS.flatMap((f) => (typeof search[f] === 'string' && search[f] !== '' ? [[f, search[f]]] : [])),
  );
  const period = LedgerPeriod.safeParse(chosen.period).data ?? today().slice(0, 7);
  const query = { ...chosen, period } as never;
  const found = useQuery({ ...queryOf(readReliefLedger, { query }), placeholderData: keepPreviousData });
  const put = (change: Chosen): void => {
    void navigate({ to: '.', search: { ...chosen, ...change } as never });
  };
  const [year = '', month = ''] = period.split('-');
  const ledger = found.data;
  const narrowed = FIELDS.filter((f) => f !== 'period' && chosen[f] !== undefined);
  const only = [
    chosen.workerId !== undefined && '一位社工',
    chosen.stationId !== undefined && '一个站点',
    chosen.householdId !== undefined && '一户',
  ];
  return (
    <Page
      title="救助台账"
      crumbs={[{ title: '救助个案', to: '/relief-cases' }]}
      says={`救助个案里登记的物资和服务自动汇总，不用再填表。${ledger === undefined ? '' : `范围：${ledger.scope}。`}`}
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
          aria-label="物质或服务"
          placeholder="物质和服务"
          allowClear
          value={chosen.line ?? null}
          options={optionsOf(reliefLineLabels)}
          onChange={(line) => put({ line: line ?? undefined })}
        />
        <Select
          aria-label="人员类别"
          placeholder="全部人员类别"
          allowClear
          value={chosen.category ?? null}
          options={ListedCategory.options.map((c) => ({ value: c, label: recipientCategoryLabels[c] }))}
          onChange={(category) => put({ category: category ?? undefined })}
        />
        {only.some(Boolean) && <span className="jy-secondary">只看{only.filter(Boolean).join('、')}</span>}
        {narrowed.length > 0 && (
          <Button type="link" onClick={() => put(Object.fromEntries(narrowed.map((f) => [f, undefined])))}>
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
            {MEASURES.map(([says, of]) => (
              <p key={says}>
                <strong>{of(ledger.total)}</strong> {says}
              </p>
            ))}
          </section>
          {ledger.total.unhoused > 0 && (
            <p className="jy-secondary">其中 {ledger.total.unhoused} 人没有登记家庭，不计入户。在服务对象页登记家庭后会自动计入。</p>
          )}
          <div className="ct-grid">
            {ledger.groups.map((g) => (
              <GroupCard key={g.key} group={g} search={(key) => ({ ...chosen, [g.filter]: key })} />
            ))}
          </div>
          <details className="ct-how">
            <summary>怎么算的</summary>
            <p>
              {ledger.how}。数据截至 {formatInstant(ledger.asOf)}。
            </p>
          </details>
          <Card title={`${periodSays(period)}的物资和服务`}>
            <RecordTable
              key={JSON.stringify(query)}
              inPage
              endpoint={listReliefActs}
              fixedQuery={query}
              columns={[
                { key: 'on', title: '日期', render: (r) => shortDay(r.onDay) },
                {
                  key: 'who',
                  title: '服务对象',
                  render: (r) => <Link to={`/relief-cases/${r.reliefId}` as never}>{r.recipientName}</Link>,
                },
                {
                  key: 'household',
                  title: '户',
                  render: (r) =>
                    r.householdId === null ? (
                      '未登记'
                    ) : (
                      <Link to="." search={{ ...chosen, householdId: r.householdId } as never}>
                        看这一户
                      </Link>
                    ),
                },
                { key: 'line', title: '线', render: (r) => reliefLineLabels[r.line] },
                { key: 'what', title: '物资或服务', render: (r) => r.what },
                { key: 'quantity', title: '数量', render: (r) => (r.quantity === null ? '—' : amount(r.quantity, r.unit)) },
                { key: 'value', title: '金额（元）', align: 'right', render: (r) => (r.valueFen === null ? '—' : yuan(r.valueFen)) },
                { key: 'minutes', title: '分钟', align: 'right', render: (r) => r.minutes ?? '—' },
                { key: 'worker', title: '社工', render: (r) => r.workerName },
              ]}
              empty={{ title: '所选期间没有救助记录', hint: '在救助个案里登记物资或服务后，会自动出现在这里。' }}
            />
          </Card>
        </>
      )}
      <ExportDialog
        open={exporting !== null}
        onClose={() => setExporting(null)}
        endpoint={exportReliefLedger}
        query={{ ...chosen, period, format: exporting ?? 'xlsx' }}
        {...(exporting === 'pdf' ? { title: '打印台账', says: '按当前条件生成 A4 横向的 PDF。', ok: '生成 PDF' } : {})}
      />
    </Page>
  );
}
