import { readExpertLoad, readFigures } from '@jieyou/core/figures/endpoints.ts';
import type { FigureGroup, Figures } from '@jieyou/core/figures/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { queryOf } from '../house/ask.ts';
import { formatDay, formatInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan } from '../house/session.tsx';
import './figures.css';

/** A number that opens the rows it counts. */
function Opens({ to, children }: { readonly to: string; readonly children: React.ReactNode }) {
  const [path = '', query = ''] = to.split('?');
  return (
    <Link to={path} search={Object.fromEntries(new URLSearchParams(query)) as never}>
      {children}
    </Link>
  );
}

const compared = (value: number | null, earlier: number | null): string => {
  if (earlier === null) return '—';
  if (value === null) return String(earlier);
  const more = value - earlier;
  return `${earlier}（${more === 0 ? '持平' : more > 0 ? `多 ${more}` : `少 ${-more}`}）`;
};

function Group({ group, smallest }: { readonly group: FigureGroup; readonly smallest: number }) {
  const most = Math.max(1, ...group.cells.map((c) => c.value ?? 0));
  const compares = group.cells.some((c) => c.earlier !== null);
  return (
    <Card title={group.title}>
      {group.cells.length === 0 ? (
        <p className="jy-secondary">所选期间没有。</p>
      ) : (
        <table className="jy-plain-table fg-table">
          <thead>
            <tr>
              <th scope="col">项目</th>
              <th scope="col">{group.unit}</th>
              <th scope="col" className="fg-bar-head">
                <span className="fg-hidden">图</span>
              </th>
              {compares ? <th scope="col">上期</th> : null}
            </tr>
          </thead>
          <tbody>
            {group.cells.map((c) => (
              <tr key={c.key}>
                <th scope="row">{c.label}</th>
                <td className="fg-number">
                  {c.value === null ? `少于 ${smallest} 或不显示` : c.opens === null ? c.value : <Opens to={c.opens}>{c.value}</Opens>}
                </td>
                <td aria-hidden="true">
                  <span className="fg-bar" style={{ width: `${Math.round(((c.value ?? 0) / most) * 100)}%` }} />
                </td>
                {compares ? <td className="fg-number">{compared(c.value, c.earlier)}</td> : null}
              </tr>
            ))}
          </tbody>
          {group.total === null ? null : (
            <tfoot>
              <tr>
                <th scope="row">合计</th>
                <td className="fg-number">{group.total}</td>
                <td />
                {compares ? <td /> : null}
              </tr>
            </tfoot>
          )}
        </table>
      )}
      <details className="fg-how">
        <summary>怎么算的</summary>
        <p>{group.how}。</p>
      </details>
    </Card>
  );
}

function Answer({ answer }: { readonly answer: Figures['answer'] }) {
  return (
    <Card title="首次答复用时">
      {answer.median === null ? (
        <p className="jy-secondary">所选期间没有可算的求助。</p>
      ) : (
        <p className="fg-big">
          中位数 <strong>{answer.median}</strong> 个工作日　{answer.quantile}% 在 <strong>{answer.high}</strong> 个工作日内　共{' '}
          {answer.opens === null ? answer.count : <Opens to={answer.opens}>{answer.count}</Opens>} 件
          {answer.earlierMedian === null ? '' : `　上期中位数 ${answer.earlierMedian}`}
        </p>
      )}
      <details className="fg-how">
        <summary>怎么算的</summary>
        <p>{answer.how}。</p>
      </details>
    </Card>
  );
}

function GrowthTable({ growth }: { readonly growth: Figures['growth'] }) {
  return (
    <Card title="发展趋势">
      <div className="fg-scroll">
        <table className="jy-plain-table fg-table">
          <thead>
            <tr>
              <th scope="col">月末</th>
              {growth.series.map((s) => (
                <th key={s.key} scope="col">
                  {s.label}（{s.unit}）
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {growth.months.map((month, i) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                {growth.series.map((s) => (
                  <td key={s.key} className="fg-number">
                    {i === growth.months.length - 1 && s.opens !== null ? <Opens to={s.opens}>{s.values[i]}</Opens> : s.values[i]}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <details className="fg-how">
        <summary>怎么算的</summary>
        <p>{growth.series.map((s) => `${s.label}：${s.how}`).join('；')}。</p>
      </details>
    </Card>
  );
}

function Load({ from, to }: { readonly from: string; readonly to: string }) {
  const asked = useQuery(queryOf(readExpertLoad, { query: { from, to } }));
  if (asked.data === undefined) return null;
  return (
    <Card title="专家负担的分布">
      <table className="jy-plain-table fg-table">
        <thead>
          <tr>
            <th scope="col">期间受邀会诊</th>
            <th scope="col">专家（人）</th>
          </tr>
        </thead>
        <tbody>
          {asked.data.spread.map((s) => (
            <tr key={s.label}>
              <th scope="row">{s.label}</th>
              <td className="fg-number">{s.experts}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <details className="fg-how">
        <summary>每位专家（按姓名排列，不排名；只有支援中心看到）</summary>
        <ul className="fg-persons">
          {asked.data.persons.map((p) => (
            <li key={p.expertId}>
              <Link to="/experts/$id" params={{ id: p.expertId }}>
                {p.name}
              </Link>{' '}
              {p.panels} 次
            </li>
          ))}
        </ul>
      </details>
      <details className="fg-how">
        <summary>怎么算的</summary>
        <p>所选期间发出、没有谢绝也没有撤销的会诊邀请。</p>
      </details>
    </Card>
  );
}

/** The centre's figures, each with its rows. */
export default function FiguresPage() {
  const search = useSearch({ strict: false }) as { from?: string; to?: string };
  const navigate = useNavigate();
  const year = today().slice(0, 4);
  const from = search.from ?? `${year}-01-01`;
  const to = search.to ?? `${year}-12-31`;
  const go = (next: { from: string; to: string }) => void navigate({ to: '.', search: next as never, replace: true });
  const asked = useQuery(queryOf(readFigures, { query: { from, to } }));
  const centre = useCan('centre');
  const reports = useCan('centre', 'officer');
  return (
    <Page
      title="数字"
      says="每个数字点开就是它所数的清单。"
      actions={
        reports && (
          <Link to="/figures/report">
            <Button type="primary" tabIndex={-1}>
              年度报告
            </Button>
          </Link>
        )
      }
    >
      <div className="fg-period">
        <label htmlFor="figures-from">从</label>
        <DayInput id="figures-from" value={from} onChange={(d: string | null) => d !== null && go({ from: d, to })} />
        <label htmlFor="figures-to">到</label>
        <DayInput id="figures-to" value={to} onChange={(d: string | null) => d !== null && go({ from, to: d })} />
        <Button onClick={() => go({ from: `${year}-01-01`, to: `${year}-12-31` })}>今年</Button>
        <Button onClick={() => go({ from: `${Number(year) - 1}-01-01`, to: `${Number(year) - 1}-12-31` })}>去年</Button>
      </div>
      {asked.data === undefined ? (
        asked.error === null ? (
          <Skeleton active />
        ) : (
          <RefusalNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : (
        <>
          <p className="jy-secondary">
            {asked.data.scope}　{formatDay(asked.data.from)}至{formatDay(asked.data.to)}　截至 {formatInstant(asked.data.asOf)}
            {asked.data.smallest > 0 ? `　少于 ${asked.data.smallest} 的数不显示` : ''}
          </p>
          <div className="fg-grid">
            <Answer answer={asked.data.answer} />
            {asked.data.groups.map((g) => (
              <Group key={g.key} group={g} smallest={asked.data.smallest} />
            ))}
            {centre ? <Load from={from} to={to} /> : null}
          </div>
          <GrowthTable growth={asked.data.growth} />
        </>
      )}
    </Page>
  );
}
