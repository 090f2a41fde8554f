import { readWorkbench } from '@jieyou/core/home/endpoints.ts';
import { awaitedKindLabels, todoKindLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, Navigate } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { queryOf } from '../../house/ask.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { formatDay, now, today } from '../../house/format.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { useCan, useSession } from '../../house/session.tsx';
import { emptyHintOf, inParts, nameOfTodo, pageOfAwaited, pageOfTodo, type TodoRow, timeOfTodo } from '../todos.ts';

/** Things whose page the phone has; the others open at the desk's address. */
const ON_PHONE = /^\/((requests|invitations|reports)\/|(time-polls|visits|groups|relief-joints)$)/;

/** Things that the phone shows in a list of their own. */
const LISTED: Readonly<Partial<Record<TodoRow['kind'], string>>> = {
  visit: '/visits',
  'visit-action': '/visits',
  'group-session': '/groups',
};

/** What waits for the one who looks, today. */
export default function PhoneTodayPage() {
  const { account } = useSession();
  const expertOnly = account.roles.every((r) => r === 'expert');
  const works = useCan('worker', 'head', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street');
  const visits = useCan('worker', 'head');
  const clues = useCan('civil-affairs');
  if (expertOnly) return <Navigate to="/invitations" replace />;
  return (
    <PhonePage
      title="今天"
      action={
        <>
          {works && <Link to="/search">查找</Link>}
          {visits && <Link to="/visits">探访</Link>}
          {visits && <Link to="/groups">小组</Link>}
        </>
      }
    >
      <p className="jy-secondary">{formatDay(today())}</p>
      {clues && (
        <p className="ph-pair">
          <a href="/clues/new" className="ph-button">
            报一条线索
          </a>
          <a href="/clues" className="ph-button ph-quiet">
            我报的线索
          </a>
        </p>
      )}
      {works || clues ? (
        <Todos />
      ) : (
        <EmptyState title="管理的工作在完整版里" hint="这里可以看消息、修改密码。" action={<a href="/">打开完整版</a>} />
      )}
    </PhonePage>
  );
}

function Todos() {
  const { account } = useSession();
  const works = useCan('worker');
  const found = useQuery({ ...queryOf(readWorkbench), refetchInterval: 60_000 });
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <p className="jy-secondary">正在查看</p>;
  const { todos, awaited } = found.data;
  return (
    <>
      {todos.length === 0 && (
        <EmptyState
          title="现在没有等您办的事"
          hint={works ? '遇到一个人难以应付的个案，可以从个案里发起求助。' : emptyHintOf(account.roles)}
          action={
            works ? (
              <Link to="/cases" className="ph-button">
                从个案发起求助
              </Link>
            ) : undefined
          }
        />
      )}
      {inParts(todos, now()).map((part) => (
        <section key={part.says} aria-label={part.says}>
          <h2 className="ph-part">{part.says}</h2>
          <ul className="ph-rows">
            {part.todos.map((t) => (
              <li key={`${t.kind}${t.recordId}`}>
                <TodoLink todo={t} />
              </li>
            ))}
          </ul>
        </section>
      ))}
      {awaited.length > 0 && (
        <section aria-label="等别人办">
          <h2 className="ph-part">等别人办</h2>
          <ul className="ph-rows">
            {awaited.map((a) => (
              <li key={`${a.kind}${a.recordId}${a.number}`}>
                <PageLink to={pageOfAwaited(a)}>
                  <strong>{awaitedKindLabels[a.kind]}</strong>
                  <span className="jy-number">{a.number}</span>
                  <span className="jy-secondary">{a.with ?? ''}</span>
                </PageLink>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function TodoLink({ todo }: { readonly todo: TodoRow }) {
  const time = timeOfTodo(todo, now());
  return (
    <PageLink to={LISTED[todo.kind] ?? pageOfTodo(todo)}>
      <strong className={todo.kind === 'crisis' ? 'jy-clock-overdue' : undefined}>{todoKindLabels[todo.kind]}</strong>
      <span className="jy-number">{nameOfTodo(todo)}</span>
      <span className={time.late ? 'jy-clock-overdue' : 'jy-secondary'}>{time.says}</span>
    </PageLink>
  );
}

/** A page of the phone within the phone; another at the desk's address. */
function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return ON_PHONE.test(to) ? <Link to={to}>{children}</Link> : <a href={to}>{children}</a>;
}
