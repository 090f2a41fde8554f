import { useCanGoBack, useLocation, useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import './phonePage.css';
import './reading.css';
import { useTabTitle } from './tabTitle.ts';

/** Pages that a tab opens: there is no way back from them but the tabs. */
const TABS = ['/', '/cases', '/requests', '/invitations', '/me'];

/** A page of the phone: its title in the bar, a way back, its content, and the one act at the thumb. */
export function PhonePage({
  title,
  back,
  action,
  foot,
  children,
}: {
  readonly title: string;
  /** Shows the way back; left out, every page has it that is not a tab's. */
  readonly back?: boolean;
  readonly action?: ReactNode;
  /** Stays at the bottom: the next act. */
  readonly foot?: ReactNode;
  readonly children: ReactNode;
}) {
  const router = useRouter();
  const canGoBack = useCanGoBack();
  const { pathname } = useLocation();
  const withBack = back ?? !TABS.includes(pathname);
  useTabTitle(title);
  return (
    <div className="ph ph-page">
      <header className="ph-bar">
        {withBack && (
          <button
            type="button"
            className="ph-back"
            aria-label="返回"
            onClick={() => {
              if (canGoBack) router.history.back();
              else void router.navigate({ to: '/' });
            }}
          >
            <span aria-hidden="true">‹</span>
          </button>
        )}
        <h1 className="ph-title">{title}</h1>
        <span className="ph-bar-action">{action}</span>
      </header>
      <main className="ph-body">{children}</main>
      {foot === null || foot === undefined ? null : <div className="ph-foot">{foot}</div>}
    </div>
  );
}

/** A white card of the phone. */
export function PhoneCard({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className="ph-card">
      {title === undefined ? null : <h2>{title}</h2>}
      {children}
    </section>
  );
}
