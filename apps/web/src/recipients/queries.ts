import type { PersonalField } from '@jieyou/core/cases/schema.ts';
import {
  listRecipientSteps,
  openGuardianField,
  openHouseholdField,
  openRecipientField,
  readRecipient,
} from '@jieyou/core/recipients/endpoints.ts';
import type { RecipientFile, RecipientStepKind } from '@jieyou/core/recipients/schema.ts';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { queryOf } from '../house/ask.ts';
import { call } from '../house/client.ts';

/** A person as one page shows it. */
export type RecipientData = z.infer<typeof RecipientFile>;
export type HouseholdData = RecipientData['households'][number];

/** One person with everything that the caller may see. */
export const useRecipient = (id: string) => useQuery({ ...queryOf(readRecipient, { params: { id } }), enabled: id !== '' });

/** What happened with a person, page by page. */
export const useSteps = (id: string, kinds: readonly RecipientStepKind[]) =>
  useInfiniteQuery({
    queryKey: ['listRecipientSteps', id, kinds],
    queryFn: ({ pageParam }) =>
      call(listRecipientSteps, {
        params: { id },
        query: { limit: 20, ...(kinds.length === 0 ? {} : { kind: [...kinds] }), ...(pageParam === '' ? {} : { after: pageParam }) },
      }),
    initialPageParam: '',
    getNextPageParam: (last) => last.next ?? undefined,
  });

/** Opens one item with a reason; the server records it. */
export const openField =
  (id: string, field: PersonalField, formerNameId?: string) =>
  async (reason: string): Promise<string | null> =>
    (await call(openRecipientField, { params: { id }, body: { field, reason, ...(formerNameId === undefined ? {} : { formerNameId }) } }))
      .value;

export const openGuardian =
  (id: string, guardianId: string, field: 'name' | 'phone') =>
  async (reason: string): Promise<string | null> =>
    (await call(openGuardianField, { params: { id, guardianId }, body: { field, reason } })).value;

export const openHousehold =
  (id: string, memberId: string | null) =>
  async (reason: string): Promise<string | null> =>
    (await call(openHouseholdField, { params: { id }, body: { memberId, reason } })).value;
