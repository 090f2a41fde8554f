import { readFigures, readLoadSpread } from '@jieyou/core/figures/endpoints.ts';
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
import { useState } from 'react';

/** The address as the router wants it: several values of one filter as a list. */
const searchOf = (query: string): Record<string, string | string[]> => {
  const all = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(all.keys())].map((key) => {
      const values = all.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
};

/** A number that opens the rows it counts; where there is nothing to open it stands as it is. */
function Opens({ to, says, children }: { readonly to: string | null; readonly says: string; readonly children: React.ReactNode }) {
  if (to === null) return children;
  const [path = '', query = ''] = to.split('?');
  return (
    <Link to={path} search={searchOf(query) as never} aria-label={`${says}：${String(children)}，打开清单`} className="fg-opens">
      {children}
    </Link>
  );
}

const difference = (value: number | null, earlier: number): string => {
  if (value === null || value === earlier) return value === null ? '' : '（持平）';
  return value > earlier ? `（多 ${value - earlier}）` : `（少 ${earlier - value}）`;
};

function Group({ group }: { readonly group: FigureGroup }) {
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
              <th scope="col" className="fg-number">
                {group.unit}
              </th>
              <th scope="col" className="fg-bar-head">
                <span className="fg-hidden">图</span>
              </th>
              {compares ? (
                <th scope="col" className="fg-number">
                  上期
                </th>
              ) : null}
            </tr>
          </thead>
          <tbody>
            {group.cells.map((c) => (
              <tr key={c.key}>
                <th scope="row">{c.label}</th>
                <td className="fg-number">
                  {c.value === null ? (
                    <span className="jy-secondary">不显示</span>
                  ) : (
                    <Opens to={c.opens} says={`${group.title}，${c.label}`}>
                      {c.value}
                    </Opens>
                  )}
                </td>
                <td aria-hidden="true" className="fg-bar-cell">
                  <span className="fg-bar" style={{ width: `${Math.round(((c.value ?? 0) / most) * 100)}%` }} />
                </td>
                {compares ? (
                  <td className="fg-number">
                    {c.earlier === null ? (
                      '—'
                    ) : (
                      <Opens to={c.earlierOpens} says={`${group.title}，${c.label}，上期`}>
                        {c.earlier}
                      </Opens>
                    )}
                    {c.earlier === null ? '' : <span className="jy-secondary">{difference(c.value, c.earlier)}</span>}
                  </td>
                ) : null}
              </tr>
            ))}
          </tbody>
          {group.total === null ? null : (
            <tfoot>
              <tr>
                <th scope="row">合计</th>
                <td className="fg-number">
                  <Opens to={group.totalOpens} says={`${group.title}，合计`}>
                    {group.total}
                  </Opens>
                </td>
                <td className="fg-bar-cell" />
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
        <>
          <p className="fg-big">
            中位数 <strong>{answer.median}</strong> 个工作日，{answer.quantile}% 在 <strong>{answer.high}</strong> 个工作日内，共{' '}
            <Opens to={answer.opens} says="首次答复">
              {answer.count}
            </Opens>{' '}
            件。
          </p>
          {answer.earlierMedian === null ? null : (
            <p className="fg-big jy-secondary">
              上期中位数 {answer.earlierMedian} 个工作日，共{' '}
              <Opens to={answer.earlierOpens} says="上期首次答复">
                {answer.earlierCount}
              </Opens>{' '}
              件。
            </p>
          )}
        </>
      )}
      <details className="fg-how">
        <summary>怎么算的</summary>
        <p>{answer.how}。</p>
      </details>
    </Card>
  );
}

type Told = { readonly says: string; readonly names: readonly string[] };

function GrowthTable({ growth }: { readonly growth: Figures['growth'] }) {
  const [told, setTold] = useState<Told | null>(null);
  return (
    <Card title="发展趋势">
      <div className="fg-scroll">
        <table className="jy-plain-table fg-table">
          <thead>
            <tr>
              <th scope="col">月末</th>
              {growth.series.map((s) => (
                <th key={s.key} scope="col" className="fg-number">
                  {s.label}（{s.unit}）
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {growth.months.map((month, i) => (
              <tr key={month}>
                <th scope="row">{month}</th>
                {growth.series.map((s) => {
                  const names = s.names[i] ?? null;
                  const says = `${s.label}，${month}`;
                  return (
                    <td key={s.key} className="fg-number">
                      {names === null || names.length === 0 ? (
                        <Opens to={s.opens[i] ?? null} says={says}>
                          {s.values[i]}
                        </Opens>
                      ) : (
                        <button
                          type="button"
                          className="fg-tells"
                          aria-label={`${says}：${s.values[i]}，看是哪些`}
                          onClick={() => setTold({ says: `${month}的${s.label}`, names })}
                        >
                          {s.values[i]}
                        </button>
                      )}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="fg-told" role="status">
        {told === null ? '' : `${told.says}：${told.names.join('、')}。`}
      </p>
      <details className="fg-how">
        <summary>怎么算的</summary>
        <p>{growth.series.map((s) => `${s.label}：${s.how}`).join('；')}。每行是月末那天；本月到今天。</p>
      </details>
    </Card>
  );
}

function Load({ from, to }: { readonly from: string; readonly to: string }) {
  const asked = useQuery(queryOf(readLoadSpread, { query: { from, to } }));
  if (asked.data === undefined) return null;
  return (
    <Card title="专家负担的分布">
      <table className="jy-plain-table fg-table">
        <thead>
          <tr>
            <th scope="col">期间受邀的求助</th>
            <th scope="col" className="fg-number">
              专家（人）
            </th>
          </tr>
        </thead>
        <tbody>
          {asked.data.spread.map((s) => (
            <tr key={s.label}>
              <th scope="row">{s.label}</th>
              <td className="fg-number">
                <Opens to={s.opens} says={`受邀 ${s.label}的专家`}>
                  {s.experts}
                </Opens>
              </td>
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
              <Opens to={p.opens} says={`${p.name}受邀的求助`}>
                {p.panels}
              </Opens>{' '}
              件
            </li>
          ))}
        </ul>
      </details>
      <details className="fg-how">
        <summary>怎么算的</summary>
        <p>所选期间发出、没有谢绝也没有撤销的会诊邀请；同一份求助只数一次。</p>
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
        <span className="fg-day">
          <DayInput id="figures-from" value={from} onChange={(d: string | null) => d !== null && go({ from: d, to })} />
        </span>
        <label htmlFor="figures-to">到</label>
        <span className="fg-day">
          <DayInput id="figures-to" value={to} onChange={(d: string | null) => d !== null && go({ from, to: d })} />
        </span>
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
              <Group key={g.key} group={g} />
            ))}
            {centre ? <Load from={from} to={to} /> : null}
          </div>
          <GrowthTable growth={asked.data.growth} />
        </>
      )}
    </Page>
  );
}
