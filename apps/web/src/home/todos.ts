import type { Todo } from '@jieyou/core/home/endpoints.ts';
import type { z } from 'zod';

/** One thing that waits. */
export type TodoRow = z.infer<typeof Todo>;

const PAGES: Readonly<Record<TodoRow['kind'], (id: string) => string>> = {
  draft: (id) => `/requests/${id}/edit`,
  screen: (id) => `/requests/${id}`,
  crisis: (id) => `/requests/${id}`,
  'answer-info': (id) => `/requests/${id}`,
  propose: (id) => `/requests/${id}`,
  'no-holder': (id) => `/requests/${id}`,
  invitation: (id) => `/invitations/${id}`,
  opinion: (id) => `/invitations/${id}`,
  conference: (id) => `/conferences/${id}`,
  line: () => '/lines',
  action: () => '/actions',
  close: (id) => `/requests/${id}`,
  release: (id) => `/casebank/drafts/${id}`,
  stale: (id) => `/requests/${id}`,
};

/** The page on which a thing is done. */
export const pageOfTodo = (todo: TodoRow): string => PAGES[todo.kind](todo.recordId);

/** Danger first, then what nobody holds, then by due time; what has none comes last, the oldest first. */
export const inOrder = (todos: readonly TodoRow[]): TodoRow[] => {
  const rank = (t: TodoRow) => (t.kind === 'crisis' ? 0 : t.kind === 'no-holder' ? 1 : 2);
  return [...todos].sort((a, b) => rank(a) - rank(b) || (a.dueAt ?? '9').localeCompare(b.dueAt ?? '9') || a.since.localeCompare(b.since));
};
