import { assessHardness, listOpinions, listOwnInvitations, readInvitation, readSupportRequest } from '@jieyou/core/support/endpoints.ts';
import type {
  ChecklistAnswers,
  ChecklistResult,
  Conference,
  Line,
  Opinion,
  OwnInvitation,
  Packet,
  Proposal,
  RequestFile,
  RequestRow,
  Round,
} from '@jieyou/core/support/schema.ts';
import { keepPreviousData, type QueryClient, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { call } from '../house/client.ts';

/** A request as one page shows it. */
export type RequestFileData = RequestFile;
/** One row of the register. */
export type RequestRowData = RequestRow;
/** One round of advice. */
export type RoundData = z.infer<typeof Round>;
/** An invitation as its expert sees it. */
export type OwnInvitationData = z.infer<typeof OwnInvitation>;
/** The frozen, redacted material of one invitation. */
export type PacketData = z.infer<typeof Packet>;
/** One opinion in three parts. */
export type OpinionData = z.infer<typeof Opinion>;
/** A meeting about the case. */
export type ConferenceData = z.infer<typeof Conference>;
/** One line of support. */
export type LineData = z.infer<typeof Line>;
/** A panel as the solver proposes it. */
export type ProposalData = Proposal;
/** What the self-assessment answers. */
export type ChecklistResultData = z.infer<typeof ChecklistResult>;

/** Query keys of the room; a change of one request touches every list that may show it. */
export const keys = {
  all: ['support'] as const,
  request: (id: string) => ['support', 'request', id] as const,
  lists: ['support', 'list'] as const,
  invitations: ['support', 'invitations'] as const,
  invitation: (id: string) => ['support', 'invitation', id] as const,
};

/** One request with everything that the caller may see of it. */
export const useRequest = (id: string | undefined) =>
  useQuery({
    queryKey: keys.request(id ?? ''),
    queryFn: () => call(readSupportRequest, { params: { id: id ?? '' } }),
    enabled: id !== undefined && id !== '',
  });

/** After a move: all that is on screen is read again, the lists and the workbench included. */
export const afterMove = async (client: QueryClient): Promise<void> => {
  await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
};

/** The checklist's result for the answers so far; the earlier result stays until the new one arrives. */
export const useAssessment = (answers: ChecklistAnswers | undefined) =>
  useQuery({
    queryKey: ['support', 'assessment', answers],
    queryFn: () => {
      if (answers === undefined) throw new Error('no answers');
      return call(assessHardness, { body: answers });
    },
    enabled: answers !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

/** One invitation of mine. */
export const useInvitation = (id: string) =>
  useQuery({ queryKey: keys.invitation(id), queryFn: () => call(readInvitation, { params: { id } }), enabled: id !== '' });

/** My invitations. */
export const useInvitations = (query: { state: 'waiting' | 'all'; after?: string | undefined }) =>
  useQuery({
    queryKey: [...keys.invitations, query],
    queryFn: () =>
      call(listOwnInvitations, { query: { state: query.state, limit: 50, ...(query.after === undefined ? {} : { after: query.after }) } }),
    placeholderData: keepPreviousData,
  });

/** Opinions of the same round, once they may be read. */
export const useOpinions = (id: string, enabled: boolean) =>
  useQuery({
    queryKey: [...keys.invitation(id), 'opinions'],
    queryFn: () => call(listOpinions, { params: { id } }),
    enabled,
    retry: false,
  });
