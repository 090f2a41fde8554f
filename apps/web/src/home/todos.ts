import type { Awaited, Todo } from '@jieyou/core/home/endpoints.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import type { z } from 'zod';
import { dayOfMoment, shortDay, shortInstant, today } from '../house/format.ts';

/** One thing that waits. */
export type TodoRow = z.infer<typeof Todo>;

const PAGES: Readonly<Record<TodoRow['kind'], (id: string) => string>> = {
  draft: (id) => `/requests/${id}/edit`,
  screen: (id) => `/requests/${id}`,
  crisis: (id) => `/requests/${id}`,
  'answer-info': (id) => `/requests/${id}`,
  propose: (id) => `/requests/${id}`,
  'no-holder': (id) => `/requests/${id}`,
  poll: () => '/time-polls',
  meeting: (id) => `/invitations/${id}`,
  invitation: (id) => `/invitations/${id}`,
  opinion: (id) => `/invitations/${id}`,
  conference: (id) => `/conferences/${id}`,
  line: () => '/lines',
  transfer: (id) => `/responses/${id}`,
  supervision: (id) => `/responses/${id}`,
  seminar: (id) => `/responses/${id}`,
  'resource-link': (id) => `/responses/${id}`,
  action: () => '/actions',
  close: (id) => `/requests/${id}`,
  recall: (id) => `/casebank/${id}`,
  release: (id) => `/casebank/drafts/${id}`,
  stale: (id) => `/requests/${id}`,
  report: (id) => `/reports/${id}`,
  appeal: (id) => `/appeals/${id}`,
  call: (id) => `/calls/${id}`,
  ticket: (id) => `/tickets/${id}`,
  referral: (id) => `/referrals/${id}`,
  right: (id) => `/privacy-requests/${id}`,
  'right-answer': (id) => `/privacy-requests/${id}`,
  destruction: (id) => `/destruction-lists/${id}`,
  'rule-draft': (id) => `/rules/drafts/${id}`,
  visit: (id) => `/visits/${id}`,
  alarm: (id) => `/alarms/${id}`,
  'visit-action': (id) => `/visits/${id}`,
  'plan-sign': (id) => `/case-papers/${id}`,
  'closing-sign': (id) => `/case-papers/${id}`,
  'sent-back': (id) => `/cases/${id}`,
  'assessment-owed': (id) => `/cases/${id}`,
  'follow-up': (id) => `/cases/${id}`,
  'look-again': (id) => `/cases/${id}`,
  handover: () => '/case-handovers',
  'group-session': (id) => `/groups/${id}`,
  undertaking: () => '/relief-joints',
  'group-lead': (id) => `/groups/${id}`,
  'form-sign': (id) => `/forms/${id}`,
  'form-back': (id) => `/forms/${id}`,
  'volunteer-task': (id) => `/volunteer-tasks/${id}`,
  'volunteer-hours': (id) => `/volunteer-tasks/${id}`,
  'volunteer-lead': (id) => `/volunteer-tasks/${id}`,
  score: (id) => `/competitions/${id}/blind`,
};

/** By what a thing is told from others of its kind: the masked recipient where one is named, and its number. */
export const nameOfTodo = (todo: TodoRow): string => [todo.recipientName, todo.number].filter(Boolean).join('　');

/** When a thing is due, or since when it waits; a draft says when it was begun. */
export const timeOfTodo = (todo: TodoRow, at: string): { readonly says: string; readonly late: boolean } => {
  if (todo.dueAt === null)
    return { says: todo.kind === 'draft' ? `${shortDay(dayOfMoment(todo.since))}开始写` : `${shortInstant(todo.since)} 起`, late: false };
  return todo.dueAt < at
    ? { says: `已过 ${shortInstant(todo.dueAt)}`, late: true }
    : { says: `${shortInstant(todo.dueAt)} 前`, late: false };
};

/** What somebody with nothing to do may begin with; the first role that is named says it. */
export const emptyHintOf = (roles: readonly Role[]): string => {
  for (const [role, says] of EMPTY_HINTS) if (roles.includes(role)) return says;
  return '有新的事会出现在这里，也会发消息给您。';
};

const EMPTY_HINTS: readonly (readonly [Role, string])[] = [
  ['worker', '遇到一个人难以应付的个案，可以从个案里发起求助；还没有个案，就先建立一个。'],
  ['centre', '有新的求助、危机或会诊要办，会出现在这里；筛选台上能看到全部求助。'],
  ['expert', '支援中心邀请您会诊时，会出现在这里，也会发消息给您。'],
  ['supervisor', '支援线、行动项交给您，或请您主持会诊时，会出现在这里。'],
  ['head', '会诊后交给您的行动项会出现在这里；本站的求助和个案，随时可以查看。'],
  ['agency', '本机构的求助走到哪一步，在“求助”里看。'],
  ['officer', '全区的求助走到哪一步，在“求助”里看。'],
  ['street', '本街道的求助走到哪一步，在“求助”里看。'],
  ['civil-affairs', '报给社工站的线索走到哪一步，在“我报的线索”里看。'],
];

/** The page on which a thing is done. */
export const pageOfTodo = (todo: TodoRow): string => PAGES[todo.kind](todo.recordId);

/** Danger first, then what nobody holds, then by due time; what has none comes last, the oldest first. */
export const inOrder = (todos: readonly TodoRow[]): TodoRow[] => {
  const rank = (t: TodoRow) => (t.kind === 'crisis' || t.kind === 'report' ? 0 : t.kind === 'no-holder' ? 1 : 2);
  return [...todos].sort((a, b) => rank(a) - rank(b) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.since.localeCompare(b.since));
};

/** A part of what waits for me, under its heading. */
export type TodoPart = { readonly says: string; readonly todos: readonly TodoRow[] };

/** What waits, in the order in which one goes about a day: danger, what is overdue, what is due today, all else. */
export const inParts = (todos: readonly TodoRow[], at: string): readonly TodoPart[] => {
  const day = today();
  const partOf = (t: TodoRow): number => {
    if (t.kind === 'crisis' || t.kind === 'report' || t.kind === 'no-holder') return 0;
    if (t.dueAt === null) return 3;
    return t.dueAt < at ? 1 : dayOfMoment(t.dueAt) === day ? 2 : 3;
  };
  return ['马上办', '已过期', '今天', '等我办']
    .map((says, i) => ({ says, todos: inOrder(todos.filter((t) => partOf(t) === i)) }))
    .filter((part) => part.todos.length > 0);
};

/** One thing that lies with somebody else. */
export type AwaitedRow = z.infer<typeof Awaited>;

const AWAITED_PAGES: Readonly<Record<AwaitedRow['kind'], (id: string) => string>> = {
  request: (id) => `/requests/${id}`,
  plan: (id) => `/case-papers/${id}`,
  closing: (id) => `/case-papers/${id}`,
  handover: () => '/case-handovers',
  action: (id) => `/requests/${id}`,
  right: (id) => `/privacy-requests/${id}`,
};

/** The page on which one sees how far others are. */
export const pageOfAwaited = (row: AwaitedRow): string => AWAITED_PAGES[row.kind](row.recordId);
