/** Every page of the desk: its address and the file that holds it. Pages load when they are first opened. */
import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from '../house/platform.ts';
import { ErrorPage } from './ErrorPage.tsx';
import { NotFoundPage } from './NotFoundPage.tsx';
import { Shell } from './Shell.tsx';
import { WaitingPage } from './WaitingPage.tsx';

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: lazyRouteComponent(() => import('../identity/SignInPage.tsx')),
});

const inside = createRoute({ getParentRoute: () => root, id: 'inside', component: Shell });

const page = <Path extends string>(path: Path, load: () => Promise<{ default: () => React.ReactNode }>) =>
  createRoute({ getParentRoute: () => inside, path, component: lazyRouteComponent(load) });

const pages = [
  page('/', () => import('../home/WorkbenchPage.tsx')),
  page('/search', () => import('../search/SearchPage.tsx')),
  page('/notices', () => import('../notices/NoticeListPage.tsx')),

  // The main job
  page('/requests', () => import('../support/RequestListPage.tsx')),
  page('/board', () => import('../support/BoardPage.tsx')),
  page('/requests/$id', () => import('../support/RequestPage.tsx')),
  page('/requests/$id/edit', () => import('../support/RequestFormPage.tsx')),
  page('/requests/$id/archive', () => import('../archive/ArchivePage.tsx')),
  page('/lines', () => import('../support/OwnLinesPage.tsx')),
  page('/lines/$id/record', () => import('../responses/ResponseFormPage.tsx')),
  page('/transfers', () => import('../responses/ResponseListPage.tsx')),
  page('/supervisions', () => import('../responses/ResponseListPage.tsx')),
  page('/seminars', () => import('../responses/ResponseListPage.tsx')),
  page('/resource-links', () => import('../responses/ResponseListPage.tsx')),
  page('/responses/$id', () => import('../responses/ResponsePage.tsx')),
  page('/actions', () => import('../support/OwnActionsPage.tsx')),
  page('/invitations', () => import('../support/InvitationListPage.tsx')),
  page('/invitations/$id', () => import('../support/InvitationPage.tsx')),
  page('/conferences/$id', () => import('../support/ConferencePage.tsx')),
  page('/conferences/$id/agenda', () => import('../support/ClientAgendaPage.tsx')),
  page('/time-polls', () => import('../support/TimePollsPage.tsx')),
  page('/conferences/$id/print', () => import('../support/ConferencePage.tsx')),
  page('/cases', () => import('../cases/CaseListPage.tsx')),
  page('/cases/new', () => import('../cases/CaseFormPage.tsx')),
  page('/cases/$id', () => import('../cases/CasePage.tsx')),
  page('/cases/$id/archive', () => import('../archive/CaseArchivePage.tsx')),
  page('/case-papers/$id', () => import('../cases/PaperPage.tsx')),
  page('/case-handovers', () => import('../cases/HandoverListPage.tsx')),
  page('/cases/$id/edit', () => import('../cases/CaseFormPage.tsx')),
  page('/alarms', () => import('../alarms/AlarmListPage.tsx')),
  page('/alarms/new', () => import('../alarms/AlarmFormPage.tsx')),
  page('/alarms/$id', () => import('../alarms/AlarmPage.tsx')),
  page('/visits', () => import('../visits/VisitListPage.tsx')),
  page('/visits/$id', () => import('../visits/VisitPage.tsx')),
  page('/visits/$id/record', () => import('../visits/VisitRecordPage.tsx')),
  page('/recipients', () => import('../recipients/RecipientListPage.tsx')),
  page('/recipients/duplicates', () => import('../recipients/PairsPage.tsx')),
  page('/recipients/$id', () => import('../recipients/RecipientPage.tsx')),
  page('/recipients/$id/picture', () => import('../recipients/PicturePage.tsx')),
  page('/forms', () => import('../forms/FormListPage.tsx')),
  page('/forms/new', () => import('../forms/FormBeginPage.tsx')),
  page('/forms/$id', () => import('../forms/FormAnswerPage.tsx')),
  page('/form-templates', () => import('../forms/TemplateListPage.tsx')),
  page('/form-templates/$id', () => import('../forms/TemplatePage.tsx')),
  page('/form-templates/$id/issue', () => import('../forms/TemplateIssuePage.tsx')),
  page('/imports', () => import('../imports/ImportListPage.tsx')),
  page('/imports/new', () => import('../imports/ImportStartPage.tsx')),
  page('/imports/$id', () => import('../imports/ImportPage.tsx')),
  page('/casebank', () => import('../casebank/BankPage.tsx')),
  page('/casebank/drafts', () => import('../casebank/DraftListPage.tsx')),
  page('/casebank/drafts/$id', () => import('../casebank/DraftPage.tsx')),
  page('/casebank/$id', () => import('../casebank/BankEntryPage.tsx')),

  page('/competitions', () => import('../learning/CompetitionListPage.tsx')),
  page('/competitions/new', () => import('../learning/CompetitionFormPage.tsx')),
  page('/competitions/$id', () => import('../learning/CompetitionPage.tsx')),
  page('/competitions/$id/edit', () => import('../learning/CompetitionFormPage.tsx')),
  page('/competitions/$id/blind', () => import('../learning/BlindListPage.tsx')),
  page('/competition-entries/$id', () => import('../learning/BlindEntryPage.tsx')),
  page('/theme-seminars', () => import('../learning/SeriesListPage.tsx')),
  page('/seminar-series/$id', () => import('../learning/SeriesPage.tsx')),
  page('/theme-seminars/$id', () => import('../learning/SeminarPage.tsx')),
  page('/research-outputs', () => import('../learning/OutputListPage.tsx')),
  page('/research-outputs/new', () => import('../learning/OutputFormPage.tsx')),
  page('/research-outputs/$id', () => import('../learning/OutputPage.tsx')),
  page('/research-outputs/$id/edit', () => import('../learning/OutputFormPage.tsx')),

  page('/reports', () => import('../reports/ReportListPage.tsx')),
  page('/reports/new', () => import('../reports/ReportNewPage.tsx')),
  page('/reports/$id', () => import('../reports/ReportPage.tsx')),

  page('/sealed', () => import('../sealing/SealedListPage.tsx')),
  page('/sealed/$id', () => import('../sealing/SealedPage.tsx')),
  page('/sealed/$id/open', () => import('../sealing/OpenedPage.tsx')),

  // Residents and callers
  page('/appeals', () => import('../appeals/AppealListPage.tsx')),
  page('/appeals/$id', () => import('../appeals/AppealPage.tsx')),
  page('/clues', () => import('../appeals/ClueListPage.tsx')),
  page('/clues/new', () => import('../appeals/ClueFormPage.tsx')),
  page('/clues/$id', () => import('../appeals/CluePage.tsx')),
  page('/calls', () => import('../calls/CallListPage.tsx')),
  page('/calls/new', () => import('../calls/CallFormPage.tsx')),
  page('/calls/$id', () => import('../calls/CallPage.tsx')),
  page('/tickets', () => import('../calls/TicketListPage.tsx')),
  page('/tickets/$id', () => import('../calls/TicketPage.tsx')),
  page('/hotlines', () => import('../calls/HotlineListPage.tsx')),

  // Activities
  page('/activities', () => import('../activities/ActivityListPage.tsx')),
  page('/activities/new', () => import('../activities/ActivityFormPage.tsx')),
  page('/activities/$id', () => import('../activities/ActivityPage.tsx')),
  page('/activities/$id/edit', () => import('../activities/ActivityFormPage.tsx')),
  page('/groups', () => import('../groups/GroupListPage.tsx')),
  page('/groups/new', () => import('../groups/GroupFormPage.tsx')),
  page('/groups/$id', () => import('../groups/GroupPage.tsx')),
  page('/groups/$id/edit', () => import('../groups/GroupFormPage.tsx')),
  page('/groups/$id/sessions/$sessionId', () => import('../groups/GroupSessionPage.tsx')),
  page('/relief-cases', () => import('../relief/ReliefListPage.tsx')),
  page('/relief-joints', () => import('../relief/JointListPage.tsx')),
  page('/relief-joints/$id', () => import('../relief/JointPage.tsx')),
  page('/relief-undertakings', () => import('../relief/OwnUndertakingsPage.tsx')),
  page('/relief-ledger', () => import('../relief/ReliefLedgerPage.tsx')),
  page('/relief-cases/$id', () => import('../relief/ReliefPage.tsx')),
  page('/volunteers', () => import('../volunteers/VolunteerListPage.tsx')),
  page('/volunteers/new', () => import('../volunteers/VolunteerFormPage.tsx')),
  page('/volunteers/$id', () => import('../volunteers/VolunteerPage.tsx')),
  page('/volunteers/$id/edit', () => import('../volunteers/VolunteerFormPage.tsx')),
  page('/volunteer-tasks', () => import('../volunteers/TaskListPage.tsx')),
  page('/volunteer-tasks/new', () => import('../volunteers/TaskFormPage.tsx')),
  page('/volunteer-tasks/$id', () => import('../volunteers/TaskPage.tsx')),
  page('/volunteer-tasks/$id/edit', () => import('../volunteers/TaskFormPage.tsx')),
  page('/volunteer-ledger', () => import('../volunteers/HoursPage.tsx')),
  page('/campaigns', () => import('../activities/CampaignListPage.tsx')),
  page('/campaigns/$id', () => import('../activities/CampaignListPage.tsx')),

  // Banks
  page('/my-time', () => import('../experts/OwnTimePage.tsx')),
  page('/experts', () => import('../experts/ExpertListPage.tsx')),
  page('/experts/new', () => import('../experts/ExpertFormPage.tsx')),
  page('/experts/$id', () => import('../experts/ExpertPage.tsx')),
  page('/experts/$id/edit', () => import('../experts/ExpertFormPage.tsx')),
  page('/resources', () => import('../resources/ResourceListPage.tsx')),
  page('/resources/new', () => import('../resources/ResourceFormPage.tsx')),
  page('/resources/match', () => import('../resources/MatchPage.tsx')),
  page('/resources/import', () => import('../resources/ImportPage.tsx')),
  page('/resources/$id', () => import('../resources/ResourcePage.tsx')),
  page('/resources/$id/edit', () => import('../resources/ResourceFormPage.tsx')),
  page('/partners', () => import('../resources/PartnerListPage.tsx')),
  page('/partners/$id', () => import('../resources/PartnerPage.tsx')),
  page('/referrals', () => import('../resources/ReferralListPage.tsx')),
  page('/referrals/$id', () => import('../resources/ReferralPage.tsx')),

  // People and places
  page('/workers', () => import('../workforce/WorkerListPage.tsx')),
  page('/workers/new', () => import('../workforce/WorkerFormPage.tsx')),
  page('/workers/$id', () => import('../workforce/WorkerPage.tsx')),
  page('/workers/$id/edit', () => import('../workforce/WorkerFormPage.tsx')),
  page('/assignments', () => import('../workforce/AssignmentListPage.tsx')),
  page('/absences', () => import('../workforce/AbsencePage.tsx')),
  page('/rota', () => import('../workforce/RotaPage.tsx')),
  page('/organisations', () => import('../stations/OrganisationListPage.tsx')),
  page('/stations', () => import('../stations/StationListPage.tsx')),
  page('/divisions', () => import('../divisions/DivisionListPage.tsx')),

  // Rights, archives, registers
  page('/privacy-requests', () => import('../privacy/RightListPage.tsx')),
  page('/privacy-requests/$id', () => import('../privacy/RightPage.tsx')),
  page('/retention', () => import('../privacy/RetentionPage.tsx')),
  page('/destruction-lists', () => import('../privacy/DestructionListPage.tsx')),
  page('/destruction-lists/$id', () => import('../privacy/DestructionPage.tsx')),
  page('/impact-assessments', () => import('../privacy/AssessmentListPage.tsx')),
  page('/breaches', () => import('../privacy/BreachListPage.tsx')),

  // Rules and traces
  page('/ledgers', () => import('../contacts/LedgerPage.tsx')),
  page('/figures', () => import('../figures/FiguresPage.tsx')),
  page('/figures/report', () => import('../figures/YearReportPage.tsx')),
  page('/holidays', () => import('../calendar/HolidayPage.tsx')),
  page('/rules/drafts/$id', () => import('../rulepacks/RuleDraftPage.tsx')),
  page('/rules', () => import('../rulepacks/RulePackPage.tsx')),
  page('/audit', () => import('../audit/AuditPage.tsx')),
  page('/audit/seals', () => import('../audit/SealsPage.tsx')),

  // Oneself
  page('/me/mail', () => import('../notices/MailPage.tsx')),
  page('/me/devices', () => import('../identity/DevicesPage.tsx')),
  page('/me/password', () => import('../identity/PasswordPage.tsx')),
  page('/me/second-factor', () => import('../identity/SecondFactorPage.tsx')),
];

/** The desk's router. */
export const router = createRouter({
  routeTree: root.addChildren([signIn, inside.addChildren(pages)]),
  parseSearch,
  stringifySearch,
  defaultErrorComponent: ErrorPage,
  defaultPendingComponent: WaitingPage,
  defaultPendingMs: 100,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
});
