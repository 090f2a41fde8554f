import { readCentreFigures, readWorkbench } from '@jieyou/core/home/endpoints.ts';
import { awaitedKindLabels, type CaseDomain, caseDomainLabels, requestStatusLabels, todoKindLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { queryOf } from '../house/ask.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatInstant, now, shortInstant } from '../house/format.ts';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan, useSession } from '../house/session.tsx';
import './home.css';
import { type AwaitedRow, emptyHintOf, inParts, nameOfTodo, pageOfAwaited, pageOfTodo, type TodoRow, timeOfTodo } from './todos.ts';

const ADMINISTRATORS_BEGIN = { system: '/workers', security: '/assignments', audit: '/audit' } as const;

/** What waits for the one who looks, and, for the centre and the bureau, how the centre stands. */
export default function WorkbenchPage() {
  const { account } = useSession();
  const figures = useCan('centre', 'officer');
  const administrator = account.roles.find((r) => r in ADMINISTRATORS_BEGIN) as keyof typeof ADMINISTRATORS_BEGIN | undefined;
  if (administrator !== undefined) return <Navigate to={ADMINISTRATORS_BEGIN[administrator]} replace />;
  return (
    <Page title="工作台">
      {figures && <CentreFigures />}
      <Todos />
      {figures && <CentreTables />}
    </Page>
  );
}

/** So many things at first: more would push the rest of the page out of sight. */
const FEW = 8;

/** What a worker begins with. Help is asked for from a case. */
function FirstActs() {
  return (
    <div className="jy-first-acts">
      <Link to="/cases/new">
        <Button type="primary" tabIndex={-1}>
          建立个案
        </Button>
      </Link>
      <Link to="/cases">
        <Button tabIndex={-1}>从个案发起求助</Button>
      </Link>
    </div>
  );
}

function Todos() {
  const { account } = useSession();
  const isWorker = useCan('worker');
  const looksOn = useCan('agency', 'officer', 'street');
  const tells = useCan('civil-affairs');
  const [all, setAll] = useState(false);
  const found = useQuery({ ...queryOf(readWorkbench), refetchInterval: 60_000 });
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  const at = now();
  const { todos, awaited, asOf } = found.data;
  // So many things at first, the most urgent: the rest of each part opens on demand.
  let left = all ? todos.length : FEW;
  const parts = inParts(todos, at).map(({ says, todos: inPart }) => {
    const shown = inPart.slice(0, left);
    left -= shown.length;
    return { says, count: inPart.length, shown };
  });
  return (
    <>
      <Card
        title={todos.length === 0 ? '等我办的' : `等我办的 ${todos.length} 件`}
        actions={<span className="jy-secondary jy-small">截至 {shortInstant(asOf)}</span>}
      >
        {todos.length === 0 ? (
          <EmptyState
            title="现在没有等您办的事"
            hint={emptyHintOf(account.roles)}
            action={
              isWorker ? (
                <FirstActs />
              ) : looksOn ? (
                <Link to="/requests">看求助</Link>
              ) : tells ? (
                <Link to={'/clues/new' as never}>报一条线索</Link>
              ) : undefined
            }
          />
        ) : (
          parts
            .filter(({ shown }) => shown.length > 0)
            .map(({ says, count, shown }) => (
              <section key={says} className="jy-todo-part" aria-label={says}>
                <h3>
                  {says}
                  <span className="jy-secondary"> {count}</span>
                </h3>
                <ul className="jy-todos">
                  {shown.map((t) => (
                    <TodoLine key={`${t.kind}${t.recordId}`} todo={t} at={at} />
                  ))}
                </ul>
              </section>
            ))
        )}
        {todos.length > FEW && (
          <button type="button" className="jy-link-button jy-more" onClick={() => setAll(!all)}>
            {all ? '收起' : `还有 ${todos.length - FEW} 件`}
          </button>
        )}
      </Card>
      {awaited.length > 0 && <AwaitedCard awaited={awaited} at={at} />}
    </>
  );
}

function TodoLine({ todo, at }: { readonly todo: TodoRow; readonly at: string }) {
  const time = timeOfTodo(todo, at);
  const urgent = todo.kind === 'crisis' || todo.kind === 'no-holder';
  return (
    <li className={urgent ? 'jy-todo-urgent' : undefined}>
      <Link to={pageOfTodo(todo)}>
        <span className="jy-todo-what">{todoKindLabels[todo.kind]}</span>
        <span className="jy-number">{nameOfTodo(todo)}</span>
        <span className={time.late ? 'jy-clock-overdue' : 'jy-secondary'}>{time.says}</span>
      </Link>
    </li>
  );
}

/** What one has handed on: in whose hands it lies and since when. */
function AwaitedCard({ awaited, at }: { readonly awaited: readonly AwaitedRow[]; readonly at: string }) {
  const [all, setAll] = useState(false);
  return (
    <Card title={`等别人办的 ${awaited.length} 件`}>
      <ul className="jy-todos">
        {(all ? awaited : awaited.slice(0, FEW)).map((a) => (
          <li key={`${a.kind}${a.recordId}${a.number}`}>
            <Link to={pageOfAwaited(a)}>
              <span className="jy-todo-what">
                {awaitedKindLabels[a.kind]}
                {a.with !== null && <span className="jy-secondary">，{a.with}</span>}
              </span>
              <span className="jy-number">{a.number}</span>
              <span className={a.dueAt !== null && a.dueAt < at ? 'jy-clock-overdue' : 'jy-secondary'}>
                {a.dueAt === null
                  ? `${shortInstant(a.since)} 起`
                  : a.dueAt < at
                    ? `已过 ${shortInstant(a.dueAt)}`
                    : `${shortInstant(a.dueAt)} 前`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {awaited.length > FEW && (
        <button type="button" className="jy-link-button jy-more" onClick={() => setAll(!all)}>
          {all ? '收起' : `还有 ${awaited.length - FEW} 件`}
        </button>
      )}
    </Card>
  );
}

const FIGURE_NAMES: Readonly<Record<string, string>> = {
  workers: '在岗社工',
  experts: '专家库专家',
  resources: '政策与资源',
  solved: '已解决的求助',
  crisis: '危机求助未确认',
  published: '已发布案例',
  'no-holder': '没有在岗承办人',
};

const statusOf = (status: string): string =>
  Object.hasOwn(requestStatusLabels, status) ? requestStatusLabels[status as keyof typeof requestStatusLabels] : status;
const domainOf = (domain: string): string =>
  Object.hasOwn(caseDomainLabels, domain) ? caseDomainLabels[domain as z.infer<typeof CaseDomain>] : domain;

function CentreFigures() {
  const found = useQuery(queryOf(readCentreFigures));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  const { figures, asOf } = found.data;
  return (
    <Card title="支援中心" actions={<span className="jy-secondary jy-small">截至 {formatInstant(asOf)}</span>}>
      <ul className="jy-figures">
        {figures.map((f) => (
          <li key={f.key}>
            <Link to={f.opens} aria-label={`${FIGURE_NAMES[f.key] ?? f.key} ${f.value} ${f.unit}，打开清单`}>
              <span className="jy-secondary">{FIGURE_NAMES[f.key] ?? f.key}</span>
              <strong>
                {f.value}
                <small>{f.unit}</small>
              </strong>
            </Link>
            <details>
              <summary>怎么算的</summary>
              <p className="jy-small jy-secondary">{f.how}</p>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function CentreTables() {
  const found = useQuery(queryOf(readCentreFigures));
  // The figures above say what went wrong; once is enough.
  if (!found.isSuccess) return null;
  const { byStatus, byDomain } = found.data;
  return (
    <div className="jy-home-two">
      <Card title="求助按状态">
        <table className="jy-plain-table">
          <thead>
            <tr>
              <th scope="col">状态</th>
              <th scope="col">份数</th>
            </tr>
          </thead>
          <tbody>
            {byStatus.map((s) => (
              <tr key={s.status}>
                <th scope="row">
                  <Link to="/requests" search={{ status: s.status } as never}>
                    {statusOf(s.status)}
                  </Link>
                </th>
                <td>{s.count}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
      <Card title="求助按问题领域">
        <table className="jy-plain-table">
          <thead>
            <tr>
              <th scope="col">领域</th>
              <th scope="col">已解决</th>
              <th scope="col">进行中</th>
            </tr>
          </thead>
          <tbody>
            {byDomain.map((d) => (
              <tr key={d.domain}>
                <th scope="row">
                  <Link to="/requests" search={{ domain: d.domain } as never}>
                    {domainOf(d.domain)}
                  </Link>
                </th>
                <td>{d.solved}</td>
                <td>{d.live}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Card>
    </div>
  );
}
