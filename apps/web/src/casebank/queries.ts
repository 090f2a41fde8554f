import { readDraft, readPublishedCase, searchCaseBank } from '@jieyou/core/casebank/endpoints.ts';
import type { DraftFinding, PublicationDraft, Section } from '@jieyou/core/casebank/schema.ts';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { queryOf } from '../house/ask.ts';
import { call } from '../house/client.ts';

/** A draft with every replacement. */
export type DraftData = z.infer<typeof PublicationDraft>;
/** One place where something was, or may have to be, replaced. */
export type FindingData = z.infer<typeof DraftFinding>;

/** What one looks for in the bank. */
export type BankSearch = {
  readonly text?: string;
  readonly domain?: readonly string[];
  readonly helpField?: readonly string[];
  readonly method?: string;
  readonly excellent?: 'yes';
  readonly ours?: 'yes';
  readonly releasedUntil?: string;
};

/** One draft. */
export const useDraft = (id: string) => useQuery(queryOf(readDraft, { params: { id } }));

/** One published case. */
export const useEntry = (id: string) => useQuery(queryOf(readPublishedCase, { params: { id } }));

/** Published cases, page by page; without a search, the newest. */
export const useBank = (search: BankSearch) =>
  useInfiniteQuery({
    queryKey: ['searchCaseBank', search],
    queryFn: ({ pageParam, signal }) =>
      call(searchCaseBank, {
        query: { ...search, limit: 20, ...(pageParam === '' ? { count: 'yes' } : { after: pageParam }) } as never,
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** A stretch of a text: plain, or one finding as it stands in it. */
export type Piece = { readonly text: string; readonly finding: FindingData | null };

/** What stands in the text at a finding now: the original where a person kept it, the replacement otherwise. */
export const shownOf = (finding: FindingData): string => (finding.status === 'kept' ? finding.original : finding.replacement);

/**
 * The text cut at its findings. Findings come in the order of the text; each is looked for after the one before it, first with
 * its surroundings, then by itself. What cannot be found is returned apart, so that nothing stays unconfirmed unseen.
 */
export const piecesOf = (text: string, findings: readonly FindingData[]): { pieces: Piece[]; lost: FindingData[] } => {
  const pieces: Piece[] = [];
  const lost: FindingData[] = [];
  let at = 0;
  for (const finding of findings) {
    const shown = shownOf(finding);
    const around = [
      [finding.before, finding.after],
      [finding.before.slice(-4), finding.after.slice(0, 4)],
      [finding.before.slice(-2), ''],
      ['', finding.after.slice(0, 2)],
      ['', ''],
    ] as const;
    let start = -1;
    for (const [before, after] of around) {
      const found = shown === '' ? -1 : text.indexOf(before + shown + after, Math.max(0, at - before.length));
      if (found >= 0 && found + before.length >= at) {
        start = found + before.length;
        break;
      }
    }
    if (start < 0) {
      lost.push(finding);
      continue;
    }
    if (start > at) pieces.push({ text: text.slice(at, start), finding: null });
    pieces.push({ text: shown, finding });
    at = start + shown.length;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), finding: null });
  return { pieces, lost };
};

/** The four parts in reading order. */
export const sectionOrder: readonly Section[] = ['background', 'process', 'outcome', 'reflection'];
