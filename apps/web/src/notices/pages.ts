const PAGES: Readonly<Record<string, (id: string) => string>> = {
  request: (id) => `/requests/${id}`,
  'support-request': (id) => `/requests/${id}`,
  support_request: (id) => `/requests/${id}`,
  case: (id) => `/cases/${id}`,
  invitation: (id) => `/invitations/${id}`,
  conference: (id) => `/conferences/${id}`,
  poll: () => '/time-polls',
  line: () => '/lines',
  response: (id) => `/responses/${id}`,
  referral: (id) => `/referrals/${id}`,
  resource: (id) => `/resources/${id}`,
  absence: () => '/absences',
  breach: () => '/breaches',
  'rule-draft': (id) => `/rules/drafts/${id}`,
  action: () => '/actions',
  draft: (id) => `/casebank/drafts/${id}`,
  entry: (id) => `/casebank/${id}`,
  appeal: (id) => `/appeals/${id}`,
  call: (id) => `/calls/${id}`,
  ticket: (id) => `/tickets/${id}`,
  report: (id) => `/reports/${id}`,
  'sealed-file': (id) => `/sealed/${id}`,
  'query-letter': (id) => `/sealed/${id}/open`,
  expert: (id) => `/experts/${id}`,
  worker: (id) => `/workers/${id}`,
  session: () => '/me/devices',
  'privacy-request': (id) => `/privacy-requests/${id}`,
  'destruction-list': (id) => `/destruction-lists/${id}`,
};

/** The page that a notice is about; null where there is none to open. */
export const pageOfNotice = (recordKind: string, recordId: string): string | null =>
  Object.hasOwn(PAGES, recordKind) ? (PAGES[recordKind]?.(recordId) ?? null) : null;
