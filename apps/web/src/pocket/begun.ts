/** What a worker began with the network and goes on with without: a form, a visit. Kept in the pocket, and no longer than one may read it. */
import { readFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { FormAnswer } from '@jieyou/core/forms/schema.ts';
import type { Pocket } from '@jieyou/core/pocket/schema.ts';
import { readVisitStart } from '@jieyou/core/visits/endpoints.ts';
import type { VisitStart } from '@jieyou/core/visits/schema.ts';
import { caseUnder } from './acts.ts';
import type { Op } from './op.ts';
import { linesOf } from './reads.ts';

/** One reading that was the beginning of something; null where only its draft is known yet. */
export type Begun = {
  readonly endpoint: string;
  readonly id: string;
  readonly caseId: string | null;
  readonly answer: FormAnswer | VisitStart | null;
};

/** More than these are not under way at once. */
const MOST = 10;

export const readingOf = (endpoint: string) => (endpoint === readFormAnswer.id ? readFormAnswer : readVisitStart);

/** After something was read: kept where it may be filled, let go where it may not. The newest come last. */
export const begunAfter = (begun: readonly Begun[], endpoint: string, id: string, answer: unknown): readonly Begun[] => {
  const others = begun.filter((b) => b.endpoint !== endpoint || b.id !== id);
  const read = answer as FormAnswer | VisitStart;
  const caseId = 'under' in read ? caseUnder(read) : read.caseId;
  // Forms of groups and activities are filled with the network.
  const goesOn = caseId !== null && (read.can as readonly string[]).includes(endpoint === readFormAnswer.id ? 'fill' : 'record');
  if (!goesOn) return others.length === begun.length ? begun : others;
  return [...others, { endpoint, id, caseId, answer: read }].slice(-MOST);
};

const FORM = /\.form\.([\w-]{36})$/;
const VISIT = /\.visit\.([\w-]{36})$/;
const CASE = /\.(note|ask)\.([\w-]{36})$/;

/** What is under way: what was read, and what has a draft here that was written before the phone was made ready. */
export const begunNow = (begun: readonly Begun[], drafts: readonly string[], own: ReadonlySet<string>): readonly Begun[] => {
  const more: Begun[] = [];
  const add = (endpoint: string, id: string | undefined) => {
    if (id !== undefined && ![...begun, ...more].some((b) => b.endpoint === endpoint && b.id === id))
      more.push({ endpoint, id, caseId: null, answer: null });
  };
  for (const name of drafts) {
    add(readFormAnswer.id, FORM.exec(name)?.[1]);
    const visited = VISIT.exec(name)?.[1];
    if (visited !== undefined && own.has(visited)) add(readVisitStart.id, visited);
  }
  return [...begun, ...more].slice(-MOST);
};

/** What was begun and is not handed in, with the page on which it goes on. */
export const draftsShown = (
  drafts: ReadonlyMap<string, { readonly value: unknown }>,
  packet: Pocket | null,
  begun: readonly Begun[],
  ops: readonly Op[],
): { readonly says: string; readonly caseId: string | null; readonly page: string }[] => {
  const shown: { says: string; caseId: string | null; page: string }[] = [];
  for (const [name, { value }] of drafts) {
    if (linesOf(value).length === 0 && !FORM.test(name)) continue;
    const form = FORM.exec(name)?.[1];
    if (form !== undefined) {
      // What was handed in waits below.
      if (ops.some((op) => op.record === `${form}.submission`)) continue;
      const read = begun.find((b) => b.id === form)?.answer as FormAnswer | null | undefined;
      const here = ops.find((op) => op.record === form)?.body as { templateId?: string } | undefined;
      const title = read?.title ?? packet?.forms.find((f) => f.id === here?.templateId)?.title ?? '表单';
      shown.push({ says: title, caseId: caseUnder(read ?? here), page: `/forms/${form}` });
      continue;
    }
    const visit = VISIT.exec(name)?.[1];
    if (visit !== undefined) {
      const planned = packet?.visits.find((v) => v.id === visit)?.caseId ?? packet?.due.find((d) => d.plannedId === visit)?.id;
      const page = planned === undefined ? `/visits/new/record?case=${visit}` : `/visits/${visit}/record?case=${planned}`;
      shown.push({ says: '探访记录', caseId: planned ?? visit, page });
      continue;
    }
    const [, kind, caseId = ''] = CASE.exec(name) ?? [];
    if (kind !== undefined) shown.push({ says: kind === 'note' ? '个案记录' : '求助', caseId, page: `/cases/${caseId}` });
    else if (name.endsWith('.report')) shown.push({ says: '强制报告', caseId: null, page: '/reports/new' });
  }
  return shown;
};
