import { listCoWorkers, listNotes, readCase, unmaskRecipient } from '@jieyou/core/cases/endpoints.ts';
import type { CaseFile, PersonalField } from '@jieyou/core/cases/schema.ts';
import { createSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { queryOf } from '../house/ask.ts';
import { call } from '../house/client.ts';
import { shortDay } from '../house/format.ts';

/** A case as one page shows it. */
export type CaseFileData = z.infer<typeof CaseFile>;

/** One case with everything that the caller may see of it. */
export const useCase = (id: string) => useQuery({ ...queryOf(readCase, { params: { id } }), enabled: id !== '' });

/** Older notes than those that came with the case, page by page. */
export const useOlderNotes = (id: string, after: string | null, enabled: boolean) =>
  useInfiniteQuery({
    queryKey: ['listNotes', id, after],
    queryFn: ({ pageParam }) => call(listNotes, { params: { id }, query: { after: pageParam, limit: 20 } }),
    initialPageParam: after ?? '',
    getNextPageParam: (last) => last.next ?? undefined,
    enabled: enabled && after !== null,
  });

/** One note that the address names and that stands on no page yet. */
export const useOneNote = (id: string, at: string | undefined) =>
  useQuery({
    ...queryOf(listNotes, { params: { id }, query: { at, limit: 1 } }),
    enabled: at !== undefined,
    select: (found) => found.rows.find((n) => n.id === at),
  });

/** Somebody who works along on a case, or did. */
export type CoWorkerData = CaseFileData['coWorkers'][number];

/** Those who worked along before; asked for only where somebody looks. */
export const useFormerCoWorkers = (id: string, enabled: boolean) =>
  useQuery({ ...queryOf(listCoWorkers, { params: { id } }), enabled, select: (found) => found.rows.filter((c) => !c.current) });

/** '3月5日起', with the last day where one is set. */
export const coWorkSpan = (c: CoWorkerData): string => `${shortDay(c.fromDay)}起${c.toDay === null ? '' : `，到${shortDay(c.toDay)}`}`;

/** Opens one item of personal data with a reason; the server records it. */
export const unmask =
  (id: string, field: PersonalField) =>
  async (reason: string): Promise<string | null> =>
    (await call(unmaskRecipient, { params: { id }, body: { field, reason } })).value;

/** Begins a request for help from a case: a draft that already holds what the case knows. Answers its id. */
export const askForHelp = async (caseId: string): Promise<string> => (await call(createSupportRequest, { body: { caseId } })).id;

/** The request that is still open for a case, if any: help is then asked for there. */
export const liveRequestOf = (file: CaseFileData): CaseFileData['requests'][number] | undefined =>
  file.requests.find((r) => ['draft', 'submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'].includes(r.status));
