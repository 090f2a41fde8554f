import { Popover } from 'antd';
import type { ReactNode } from 'react';
import { type Crumb, Crumbs } from './Page.tsx';
import { useTabTitle } from './tabTitle.ts';

/** Who may see a record, one tap away. */
export function SeenBy({ seenBy }: { readonly seenBy: readonly string[] }) {
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      title="谁能看"
      content={
        <ul className="jy-seen-by">
          {seenBy.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      }
    >
      <button type="button" className="jy-link-button">
        谁能看
      </button>
    </Popover>
  );
}

/**
 * A record: what it is and where it stands on top, its content on the left, the next act on the right. `next` is the card
 * 下一步: one primary button, what waits for others with until when; rare acts go into a menu of its own.
 */
export function RecordPage({
  crumbs = [],
  number,
  title,
  status,
  clock,
  meta,
  seenBy,
  next,
  aside,
  actions,
  children,
}: {
  readonly crumbs?: readonly Crumb[];
  readonly number?: string | null | undefined;
  readonly title: string;
  readonly status?: ReactNode;
  readonly clock?: ReactNode;
  /** Further facts of the second line, e.g. 当前：支援中心 陈老师. */
  readonly meta?: readonly ReactNode[];
  readonly seenBy?: readonly string[] | undefined;
  readonly next?: ReactNode;
  /** More cards below 下一步. */
  readonly aside?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useTabTitle(title);
  const second = [clock, ...(meta ?? [])].filter((m) => m !== null && m !== undefined && m !== false);
  return (
    <div className="jy-page">
      {crumbs.length > 0 && <Crumbs crumbs={[...crumbs, { title: number ?? title }]} />}
      <header className="jy-record-head">
        <div className="jy-record-first">
          {number !== null && number !== undefined && <span className="jy-number">{number}</span>}
          <h1>{title}</h1>
          {status}
          <span className="jy-grow" />
          {actions}
          {seenBy !== undefined && <SeenBy seenBy={seenBy} />}
        </div>
        {second.length > 0 && (
          <div className="jy-record-second">
            {second.map((m, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the facts of a header have no identity of their own
              <span key={i}>{m}</span>
            ))}
          </div>
        )}
      </header>
      <div className={next === undefined && aside === undefined ? undefined : 'jy-record-body'}>
        <div className="jy-record-main">{children}</div>
        {(next !== undefined || aside !== undefined) && (
          <aside className="jy-record-aside">
            {next !== undefined && (
              <section className="jy-card jy-next" aria-label="下一步">
                <h2>下一步</h2>
                {next}
              </section>
            )}
            {aside}
          </aside>
        )}
      </div>
    </div>
  );
}
