/** The phone around every page: tabs at the thumb, by role. */
import FileTextOutlined from '@ant-design/icons/es/icons/FileTextOutlined';
import HeartOutlined from '@ant-design/icons/es/icons/HeartOutlined';
import MailOutlined from '@ant-design/icons/es/icons/MailOutlined';
import ScheduleOutlined from '@ant-design/icons/es/icons/ScheduleOutlined';
import UserOutlined from '@ant-design/icons/es/icons/UserOutlined';
import { reporters } from '@jieyou/core/identity/policy.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import type { ComponentType } from 'react';
import { clockTime } from '../house/format.ts';
import { useLive } from '../house/live.ts';
import { usePocket } from '../house/pocket.ts';
import { SignedInGate, useSession, useSessionState } from '../house/session.tsx';
import { PhoneWaiting } from './edges.tsx';

type Tab = {
  readonly to: string;
  readonly says: string;
  readonly icon: ComponentType<{ 'aria-hidden'?: boolean }>;
  readonly roles: readonly Role[];
};

const everybody: readonly Role[] = [
  'worker',
  'head',
  'centre',
  'supervisor',
  'agency',
  'officer',
  'street',
  'civil-affairs',
  'system',
  'security',
  'audit',
];

const TABS: readonly Tab[] = [
  { to: '/', says: '今天', icon: ScheduleOutlined, roles: everybody },
  { to: '/cases', says: '个案', icon: FileTextOutlined, roles: ['worker', 'head'] },
  { to: '/requests', says: '求助', icon: HeartOutlined, roles: ['worker', 'head', 'centre', 'agency', 'officer', 'street'] },
  { to: '/invitations', says: '邀请', icon: MailOutlined, roles: ['expert'] },
  { to: '/me', says: '我的', icon: UserOutlined, roles: [...everybody, 'expert'] },
];

/** Lets in who is signed in; a set-up that is not finished shows no tabs. */
export function PhoneShell() {
  return (
    <SignedInGate waiting={<PhoneWaiting />}>
      <Inside />
    </SignedInGate>
  );
}

function Inside() {
  const session = useSession();
  return session.stage === 'full' ? <Tabs /> : <SetUp />;
}

function SetUp() {
  const { leave } = useSessionState();
  return (
    <div className="ph-shell">
      <Outlet />
      <button type="button" className="ph-button ph-quiet ph-leave" onClick={() => void leave()}>
        退出，换个账号
      </button>
    </div>
  );
}

/** What is not with the platform yet, and from when what is shown is, where the phone carries something. */
function PocketStrip() {
  const { unsent, urgent, refused, late, asOf } = usePocket();
  const says = [
    urgent === 0 ? '' : `${urgent} 件急事还没有送到任何人`,
    asOf === null ? '' : `没有网络，显示 ${clockTime(asOf)} 的资料`,
    unsent === urgent ? '' : `${unsent - urgent} 条未同步${late ? '，已超过一天' : ''}`,
    refused === 0 ? '' : `${refused} 条没有被接收`,
  ].filter((s) => s !== '');
  if (says.length === 0) return null;
  return (
    <div role="status">
      <Link to="/pocket" className={late || refused > 0 || urgent > 0 ? 'ph-strip ph-late' : 'ph-strip'}>
        {says.join('　')}
      </Link>
    </div>
  );
}

function Tabs() {
  useLive();
  const { account } = useSession();
  const here = useLocation();
  const tabs = TABS.filter((t) => t.roles.some((r) => account.roles.includes(r)));
  const current = tabs.find((t) => t.to !== '/' && here.pathname.startsWith(t.to))?.to ?? (here.pathname === '/' ? '/' : undefined);
  return (
    <div className="ph-shell">
      <PocketStrip />
      <Outlet />
      <nav className="ph-tabs" aria-label="主要页面">
        {tabs.map((t) => (
          <Link key={t.to} to={t.to} activeOptions={{ exact: true }} aria-current={t.to === current ? 'page' : undefined}>
            <t.icon aria-hidden />
            {t.says}
            {t.to === '/me' && account.unreadNotices > 0 && (
              <span className="ph-badge" role="img" aria-label={`${account.unreadNotices} 条未读消息`}>
                {account.unreadNotices > 99 ? '99+' : account.unreadNotices}
              </span>
            )}
          </Link>
        ))}
        {reporters.some((r) => account.roles.includes(r)) && (
          <Link to="/reports/new" className="ph-alarm" search={{ from: here.pathname } as never}>
            <b aria-hidden>!</b>
            强制报告
          </Link>
        )}
      </nav>
    </div>
  );
}
