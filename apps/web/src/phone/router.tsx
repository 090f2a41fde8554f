/** Every page of the phone: its address below /m and the file that holds it. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '../house/platform.ts';
import { PhoneErrorPage, PhoneNotFoundPage, PhoneWaiting } from './edges.tsx';
import { PhoneShell } from './Shell.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: PhoneNotFoundPage, errorComponent: PhoneErrorPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../identity/phone/PhoneSignInPage.tsx')),
});

const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: PhoneShell });

const page = <Path extends string>(path: Path, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load) });

const pages = [
  page('/', () => import('../home/phone/PhoneTodayPage.tsx')),
  page('/search', () => import('../search/phone/PhoneSearchPage.tsx')),
  page('/notices', () => import('../notices/phone/PhoneNoticeListPage.tsx')),
  page('/cases', () => import('../cases/phone/PhoneCaseListPage.tsx')),
  page('/cases/$id', () => import('../cases/phone/PhoneCasePage.tsx')),
  page('/cases/$id/signing', () => import('../cases/phone/PhoneSigningPage.tsx')),
  page('/requests', () => import('../support/phone/PhoneRequestListPage.tsx')),
  page('/requests/$id', () => import('../support/phone/PhoneRequestPage.tsx')),
  page('/requests/$id/edit', () => import('../support/phone/PhoneRequestFormPage.tsx')),
  page('/invitations', () => import('../support/phone/PhoneInvitationListPage.tsx')),
  page('/invitations/$id', () => import('../support/phone/PhoneInvitationPage.tsx')),
  page('/time-polls', () => import('../support/phone/PhoneTimePollsPage.tsx')),
  page('/my-time', () => import('../experts/phone/PhoneOwnTimePage.tsx')),
  page('/reports', () => import('../reports/phone/PhoneReportListPage.tsx')),
  page('/reports/new', () => import('../reports/phone/PhoneReportNewPage.tsx')),
  page('/reports/$id', () => import('../reports/phone/PhoneReportPage.tsx')),
  page('/visits', () => import('../visits/phone/PhoneVisitListPage.tsx')),
  page('/visits/plan', () => import('../visits/phone/PhonePlanVisitPage.tsx')),
  page('/alarms/new', () => import('../alarms/phone/PhoneAlarmFormPage.tsx')),
  page('/visits/$id/record', () => import('../visits/phone/PhoneVisitRecordPage.tsx')),
  page('/groups', () => import('../groups/phone/PhoneSessionListPage.tsx')),
  page('/groups/$id/sessions/$sessionId', () => import('../groups/phone/PhoneSessionPage.tsx')),
  page('/relief-joints', () => import('../relief/phone/PhoneJointListPage.tsx')),
  page('/forms/new', () => import('../forms/phone/PhoneFormBeginPage.tsx')),
  page('/forms/$id', () => import('../forms/phone/PhoneFormPage.tsx')),
  page('/pocket', () => import('../pocket/PocketPage.tsx')),
  page('/pocket/$id', () => import('../pocket/MendPage.tsx')),
  page('/bank', () => import('../casebank/phone/PhoneBankPage.tsx')),
  page('/bank/$id', () => import('../casebank/phone/PhoneBankEntryPage.tsx')),
  page('/me', () => import('../identity/phone/PhoneMePage.tsx')),
  page('/me/mail', () => import('../notices/phone/PhoneMailPage.tsx')),
  page('/me/password', () => import('../identity/phone/PhonePasswordPage.tsx')),
  page('/me/second-factor', () => import('../identity/phone/PhoneSecondFactorPage.tsx')),
];

/** The phone's router. */
export const router = createRouter({
  routeTree: root.addChildren([signIn, inside.addChildren(pages)]),
  basepath: '/m',
  parseSearch,
  stringifySearch,
  defaultErrorComponent: PhoneErrorPage,
  defaultPendingComponent: PhoneWaiting,
  defaultPendingMs: 100,
  defaultNotFoundComponent: PhoneNotFoundPage,
  scrollRestoration: true,
});
