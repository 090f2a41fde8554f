/** The desk around every page: rail by role, search, notices, oneself. */
import BellOutlined from '@ant-design/icons/es/icons/BellOutlined';
import DownOutlined from '@ant-design/icons/es/icons/DownOutlined';
import MenuOutlined from '@ant-design/icons/es/icons/MenuOutlined';
import { professionals, reporters } from '@jieyou/core/identity/policy.ts';
import { roleLabels } from '@jieyou/core/texts/labels.ts';
import { Link, Outlet, useLocation, useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Input } from 'antd';
import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import { sentenceOf } from '../house/client.ts';
import { useLive } from '../house/live.ts';
import { useMessages } from '../house/messages.tsx';
import { SignedInGate, useCan, useSession, useSessionState } from '../house/session.tsx';
import { lookFor } from '../house/sought.ts';
import { railOf } from './menu.ts';
import { WaitingPage } from './WaitingPage.tsx';

const KeysDialog = lazy(() => import('./KeysDialog.tsx'));

/** Lets in who is signed in, with the whole desk, or the bare page of a set-up that is not finished. */
export function Shell() {
  return (
    <SignedInGate
      waiting={
        <div className="jy-bare">
          <WaitingPage />
        </div>
      }
    >
      <Inside />
    </SignedInGate>
  );
}

function Inside() {
  const session = useSession();
  if (session.stage !== 'full')
    return (
      <main className="jy-bare" id="content">
        <Outlet />
        <SignOutLink />
      </main>
    );
  return (
    <Desk>
      <Outlet />
    </Desk>
  );
}

function SignOutLink() {
  const { leave } = useSessionState();
  return (
    <p className="jy-bare-foot">
      <button type="button" className="jy-link-button" onClick={() => void leave()}>
        退出，换个账号
      </button>
    </p>
  );
}

function Desk({ children }: { readonly children: ReactNode }) {
  useLive();
  const { account } = useSession();
  const { leave } = useSessionState();
  const message = useMessages();
  const navigate = useNavigate();
  const here = useLocation();
  const searches = useCan(...professionals);
  const reports = useCan(...reporters);
  const [railOpen, setRailOpen] = useState(false);
  const [keysOpen, setKeysOpen] = useState(false);
  const main = useRef<HTMLElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new page is what this waits for
  useEffect(() => {
    setRailOpen(false);
    main.current?.focus({ preventScroll: true });
  }, [here.pathname]);
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if (e.key === 'Escape') setRailOpen(false);
      const at = e.target as HTMLElement;
      const typing = /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable;
      if (e.key === '?' && !typing) setKeysOpen(true);
      const control = e.ctrlKey || e.metaKey;
      if (!searches || e.altKey || !(control ? e.key === 'k' : e.key === '/' && !typing)) return;
      const toField = () => {
        const field = document.querySelector<HTMLInputElement>('#sr-text, .jy-top-search input');
        if (field?.offsetParent) {
          field.focus();
          field.select();
        } else void navigate({ to: '/search' });
      };
      if (control) {
        // At once: what is typed right after the key stands in the field.
        e.preventDefault();
        toField();
        return;
      }
      // A page with a field of its own for this key takes it first.
      setTimeout(() => {
        if (!e.defaultPrevented) toField();
      });
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [searches, navigate]);

  const rail = railOf(account.roles);
  const addresses = rail.flatMap((g) => g.entries.map((e) => e.to));
  // The longest address that the page's own begins with: /casebank/drafts is not /casebank.
  const current = addresses
    .filter((to) => (to === '/' ? here.pathname === '/' : here.pathname === to || here.pathname.startsWith(`${to}/`)))
    .sort((a, b) => b.length - a.length)[0];
  const deputies = account.deputyFor.join('、');
  const where = account.stationName ?? account.organisationName ?? account.districtName;

  // The pages of the day stand at the thumb on a phone; administrators have none.
  const daily = rail[0] !== undefined && rail[0].says === undefined;
  return (
    <div className={`jy-desk${railOpen ? ' jy-rail-open' : ''}${daily ? ' jy-daily' : ''}`}>
      <a className="jy-skip" href="#content">
        跳到正文
      </a>
      <header className="jy-top jy-no-print">
        <Button
          className="jy-rail-button"
          type="text"
          icon={<MenuOutlined />}
          aria-label="菜单"
          aria-expanded={railOpen}
          onClick={() => setRailOpen(!railOpen)}
        />
        <Link to="/" className="jy-brand">
          解忧
          <span>{account.centreName}</span>
        </Link>
        <span className="jy-grow" />
        {searches && here.pathname !== '/search' && (
          <form
            className="jy-top-search"
            onSubmit={(e) => {
              e.preventDefault();
              lookFor(e.currentTarget.text.value);
              setRailOpen(false);
              void navigate({ to: '/search' });
            }}
          >
            <Input name="text" maxLength={40} autoComplete="off" placeholder="查找：写两个字就行" aria-label="查找" />
          </form>
        )}
        {reports && (
          <Link to="/reports/new" className="jy-alarm" search={{ from: here.pathname } as never}>
            强制报告
          </Link>
        )}
        <Button
          type="text"
          icon={<BellOutlined />}
          onClick={() => void navigate({ to: '/notices' })}
          aria-label={account.unreadNotices === 0 ? '消息' : `消息，${account.unreadNotices} 条未读`}
        >
          消息
          {account.unreadNotices > 0 && (
            <span className="jy-unread-count">{account.unreadNotices > 99 ? '99+' : account.unreadNotices}</span>
          )}
        </Button>
        <Dropdown
          trigger={['click']}
          menu={{
            items: [
              {
                key: 'who',
                type: 'group',
                label: (
                  <div className="jy-me">
                    <strong>{account.name}</strong>
                    <span>{account.roles.map((r) => roleLabels[r]).join('、')}</span>
                    <span>{where}</span>
                    {deputies !== '' && <span>正在代理：{deputies}</span>}
                  </div>
                ),
              },
              { type: 'divider' },
              { key: '/me/mail', label: '邮件设置' },
              { key: '/me/devices', label: '我的设备' },
              { key: '/me/password', label: '修改密码' },
              { key: '/me/second-factor', label: account.secondFactor ? '重新绑定动态口令' : '绑定动态口令' },
              { key: '/absences', label: '请假与代理' },
              { type: 'divider' },
              { key: '/rules', label: '平台规则' },
              { key: '/holidays', label: '节假日表' },
              { key: 'keys', label: '键盘操作', className: 'jy-key' },
              { type: 'divider' },
              { key: 'leave', label: '退出', danger: true },
            ],
            onClick: ({ key }) => {
              if (key === 'leave') leave().catch((e: unknown) => message.error(sentenceOf(e)));
              else if (key === 'keys') setKeysOpen(true);
              else void navigate({ to: key });
            },
          }}
        >
          <Button type="text" className="jy-me-button">
            <span className="jy-me-name">{account.name}</span>
            {deputies !== '' && <span className="jy-deputy">代理 {deputies}</span>}
            <DownOutlined className="jy-small" />
          </Button>
        </Dropdown>
      </header>
      {railOpen && <button type="button" className="jy-rail-shade" aria-label="收起菜单" onClick={() => setRailOpen(false)} />}
      <nav className={searches ? 'jy-rail jy-rail-searches jy-no-print' : 'jy-rail jy-no-print'} aria-label="我的工作">
        {rail.map((group, i) => (
          <div key={group.says ?? i} className={group.says === undefined ? 'jy-rail-daily' : undefined}>
            {group.says !== undefined && <h2>{group.says}</h2>}
            <ul>
              {group.entries.map((entry) => (
                <li key={entry.to}>
                  <Link to={entry.to} activeOptions={{ exact: true }} aria-current={entry.to === current ? 'page' : undefined}>
                    {entry.says}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        ))}
        {/* The phone's own entry is another page, not one of this router. */}
        <a className="jy-rail-phone" href="/m/">
          回到手机版
        </a>
        <p className="jy-rail-foot">
          {account.authorityName}
          <br />
          {account.districtName}
        </p>
      </nav>
      <main className="jy-main" id="content" tabIndex={-1} ref={main}>
        {children}
      </main>
      {keysOpen && (
        <Suspense>
          <KeysDialog onClose={() => setKeysOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}
