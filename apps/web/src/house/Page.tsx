import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTabTitle } from './tabTitle.ts';

/** One step of the way to a page. */
export type Crumb = { readonly title: string; readonly to?: string };

/** A page of the desk: where one is, what it is called, and its few buttons. */
export function Page({
  title,
  crumbs = [],
  says,
  actions,
  children,
}: {
  readonly title: string;
  readonly crumbs?: readonly Crumb[];
  /** One sentence on what the page is for, where the title does not say it. */
  readonly says?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  useTabTitle(title);
  return (
    <div className="jy-page">
      {crumbs.length > 0 && <Crumbs crumbs={[...crumbs, { title }]} />}
      <div className="jy-page-head">
        <div>
          <h1>{title}</h1>
          {says !== undefined && <p className="jy-secondary">{says}</p>}
        </div>
        {actions !== undefined && <div className="jy-actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** The way to here. */
export function Crumbs({ crumbs }: { readonly crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="所在位置" className="jy-crumbs">
      <ol>
        {crumbs.map((c, i) => (
          <li key={`${c.title}${c.to ?? ''}`} aria-current={i === crumbs.length - 1 ? 'page' : undefined}>
            {c.to === undefined ? c.title : <Link to={c.to}>{c.title}</Link>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A white card with a heading, for a part of a page. */
export function Card({
  title,
  actions,
  children,
}: {
  readonly title?: string;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}) {
  return (
    <section className="jy-card">
      {title !== undefined && (
        <div className="jy-card-head">
          <h2>{title}</h2>
          {actions}
        </div>
      )}
      {children}
    </section>
  );
}

/** Facts as pairs of a name and a value, in columns. */
export function Facts({ rows, columns = 2 }: { readonly rows: readonly (readonly [string, ReactNode])[]; readonly columns?: 1 | 2 | 3 }) {
  return (
    <dl className={`jy-facts jy-facts-${columns}`}>
      {rows.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value === null || value === undefined || value === '' ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  );
}
