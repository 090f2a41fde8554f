/** What a worker began with the network and goes on with without: a form, a visit, a session of a group, a request. Kept in the pocket, and no longer than one may read it. */
import { readFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { FormAnswer } from '@jieyou/core/forms/schema.ts';
import { readSession } from '@jieyou/core/groups/endpoints.ts';
import type { GroupSession } from '@jieyou/core/groups/schema.ts';
import type { Pocket } from '@jieyou/core/pocket/schema.ts';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { readSupportRequest } from '@jieyou/core/support/endpoints.ts';
import type { RequestDraft, RequestFile } from '@jieyou/core/support/schema.ts';
import { readVisitStart } from '@jieyou/core/visits/endpoints.ts';
import type { VisitStart } from '@jieyou/core/visits/schema.ts';
import { linesOf } from '../house/writtenLines.ts';
import { caseUnder } from './acts.ts';
import type { Op } from './op.ts';

/** What such a reading may be. */
type BegunAnswer = FormAnswer | VisitStart | GroupSession | RequestFile;

/** One reading that was the beginning of something; null where only its draft is known yet. */
export type Begun = {
  readonly endpoint: string;
  readonly id: string;
  readonly caseId: string | null;
  /** The group of a session. */
  readonly groupId?: string;
  readonly answer: BegunAnswer | null;
};

/** More than these are not under way at once. */
const MOST = 10;

const READINGS: readonly AnyEndpoint[] = [readFormAnswer, readVisitStart, readSession, readSupportRequest] as unknown as AnyEndpoint[];
/** Whether an endpoint's answer may be the beginning of something. */
export const isBeginning = (endpoint: string): boolean => READINGS.some((r) => r.id === endpoint);

/** How what was begun is asked for anew; null where it cannot be. */
export const askedAnew = (b: Begun): { readonly endpoint: AnyEndpoint; readonly params: Readonly<Record<string, string>> } | null => {
  const endpoint = READINGS.find((r) => r.id === b.endpoint);
  if (endpoint === undefined || (b.endpoint === readSession.id && b.groupId === undefined)) return null;
  return { endpoint, params: b.endpoint === readSession.id ? { id: b.groupId ?? '', sessionId: b.id } : { id: b.id } };
};

/** Which record a reading is about, by what it was asked with. */
export const begunId = (endpoint: string, params: Readonly<Record<string, string>>): string =>
  (endpoint === readSession.id ? params['sessionId'] : params['id']) ?? '';

/** What it is the beginning of: null where it may not be gone on with. */
const begunOf = (endpoint: string, answer: unknown): Pick<Begun, 'caseId' | 'groupId'> | null => {
  const can = (answer as BegunAnswer).can as readonly string[];
  if (endpoint === readSession.id) {
    const { groupId, status } = answer as GroupSession;
    return status === 'planned' && can.includes('hold') ? { caseId: null, groupId } : null;
  }
  if (endpoint === readSupportRequest.id) {
    const { status, content } = answer as RequestFile;
    return status === 'draft' && content?.caseId != null && can.includes('submit') ? { caseId: content.caseId } : null;
  }
  // Forms of groups and activities are filled with the network.
  const read = answer as FormAnswer | VisitStart;
  const caseId = 'under' in read ? caseUnder(read) : read.caseId;
  return caseId !== null && can.includes(endpoint === readFormAnswer.id ? 'fill' : 'record') ? { caseId } : null;
};

/** After something was read: kept where it may be filled, let go where it may not. The newest come last. */
export const begunAfter = (begun: readonly Begun[], endpoint: string, id: string, answer: unknown): readonly Begun[] => {
  const others = begun.filter((b) => b.endpoint !== endpoint || b.id !== id);
  const goesOn = begunOf(endpoint, answer);
  if (goesOn === null) return others.length === begun.length ? begun : others;
  return [...others, { endpoint, id, ...goesOn, answer: answer as BegunAnswer }].slice(-MOST);
};

const FORM = /\.form\.([\w-]{36})$/;
const VISIT = /\.visit\.([\w-]{36})$/;
const SESSION = /\.session\.([\w-]{36})\.([\w-]{36})$/;
const REQUEST = /\.request\.([\w-]{36})$/;
const CASE = /\.(note|ask|plan|alarm\.crisis|alarm\.violence)\.([\w-]{36})$/;

const OF_CASE: Readonly<Record<string, { readonly says: string; readonly page: (caseId: string) => string }>> = {
  note: { says: '个案记录', page: (id) => `/cases/${id}` },
  ask: { says: '求助', page: (id) => `/cases/${id}` },
  plan: { says: '安排探访', page: (id) => `/visits/plan?case=${id}` },
  'alarm.crisis': { says: '登记危机', page: (id) => `/alarms/new?case=${id}&kind=crisis` },
  'alarm.violence': { says: '登记家暴', page: (id) => `/alarms/new?case=${id}&kind=violence` },
};

/** What is under way: what was read, and what has a draft here that was written before the phone was made ready. */
export const begunNow = (begun: readonly Begun[], drafts: readonly string[], own: ReadonlySet<string>): readonly Begun[] => {
  const more: Begun[] = [];
  const add = (endpoint: string, id: string | undefined, groupId?: string) => {
    if (id !== undefined && ![...begun, ...more].some((b) => b.endpoint === endpoint && b.id === id))
      more.push({ endpoint, id, caseId: null, answer: null, ...(groupId === undefined ? {} : { groupId }) });
  };
  for (const name of drafts) {
    add(readFormAnswer.id, FORM.exec(name)?.[1]);
    add(readSession.id, SESSION.exec(name)?.[2], SESSION.exec(name)?.[1]);
    add(readSupportRequest.id, REQUEST.exec(name)?.[1]);
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
    if (linesOf(value).length === 0 && !FORM.test(name) && !SESSION.test(name)) continue;
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
    const [, groupId, session] = SESSION.exec(name) ?? [];
    if (session !== undefined) {
      // Cleared, it holds nothing; what was handed in waits below.
      if (value === null || ops.some((op) => op.record === session)) continue;
      const read = begun.find((b) => b.id === session)?.answer as GroupSession | null | undefined;
      const title = (read ?? packet?.sessions?.find((s) => s.id === session))?.groupTitle;
      shown.push({
        says: title === undefined ? '小组一节的记录' : `小组记录　${title}`,
        caseId: null,
        page: `/groups/${groupId}/sessions/${session}`,
      });
      continue;
    }
    if (REQUEST.test(name)) continue;
    const visit = VISIT.exec(name)?.[1];
    if (visit !== undefined) {
      const planned = packet?.visits.find((v) => v.id === visit)?.caseId ?? packet?.due.find((d) => d.plannedId === visit)?.id;
      const page = planned === undefined ? `/visits/new/record?case=${visit}` : `/visits/${visit}/record?case=${planned}`;
      shown.push({ says: '探访记录', caseId: planned ?? visit, page });
      continue;
    }
    const [, kind, caseId = ''] = CASE.exec(name) ?? [];
    const of = kind === undefined ? undefined : OF_CASE[kind];
    if (of !== undefined) shown.push({ says: of.says, caseId, page: of.page(caseId) });
    else if (name.endsWith('.report')) shown.push({ says: '强制报告', caseId: null, page: '/reports/new' });
  }
  // A draft of a request is on the platform already; here it goes on.
  const drafted = new Set([...drafts.keys()].flatMap((name) => REQUEST.exec(name)?.[1] ?? []));
  for (const b of begun) if (b.endpoint === readSupportRequest.id) drafted.add(b.id);
  for (const id of drafted)
    shown.push({ says: '求助', caseId: begun.find((b) => b.id === id)?.caseId ?? null, page: `/requests/${id}/edit` });
  return shown;
};

/** Words of a request's draft that the platform does not have yet, with what stood there when they were written. */
type UnsavedRequest = { readonly version: number; readonly patch: RequestDraft; readonly base?: RequestDraft };

/** The drafts of requests that wait here, with the names under which they are kept. */
export const unsavedRequests = (
  drafts: ReadonlyMap<string, { readonly value: unknown }>,
): { readonly name: string; readonly id: string; readonly unsaved: UnsavedRequest }[] =>
  [...drafts].flatMap(([name, { value }]) => {
    const id = REQUEST.exec(name)?.[1];
    return id === undefined || value === null ? [] : [{ name, id, unsaved: value as UnsavedRequest }];
  });

/** What of a request its form writes, as it stands on the platform; null where it can no longer be written. */
export const writtenRequest = (file: RequestFile): Record<string, unknown> | null => {
  if (file.status !== 'draft' || file.content === null) return null;
  const { story, tried, asks, wishes, checklist } = file.content;
  return { domain: file.domain, helpFields: file.helpFields, risk: file.risk, story, tried, asks, wishes, checklist };
};

/** A draft as it stands after a change of it was taken. */
export const requestWith = (file: RequestFile, patch: RequestDraft, version: number): RequestFile => {
  const { domain = file.domain, helpFields = file.helpFields, risk = file.risk, ...words } = patch;
  return {
    ...file,
    version,
    domain,
    helpFields,
    risk,
    content: file.content === null ? null : ({ ...file.content, ...words } as RequestFile['content']),
  };
};
