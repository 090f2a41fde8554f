/** Endpoints as queries and acts of TanStack Query. */
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { type Answer, ApiError, call, type Given } from './client.ts';
import { uuid } from './uuid.ts';

/** A reading as a query: `useQuery(queryOf(readCase, { params: { id } }))`. Its key starts with the endpoint's id. */
export const queryOf = <E extends AnyEndpoint>(endpoint: E, given: Pick<Given<E>, 'params' | 'query'> = {}) =>
  queryOptions<Answer<E>, ApiError>({
    queryKey: [endpoint.id, given.params ?? {}, given.query ?? {}],
    queryFn: ({ signal }) => call(endpoint, { ...given, signal }),
  });

/**
 * A write as an act: `const close = useAct(closeCase); await close.mutateAsync({ params, body })`. The same act tried again
 * keeps its idempotency key until it was answered; what is on screen is read again afterwards.
 */
export const useAct = <E extends AnyEndpoint>(endpoint: E, done?: (answer: Answer<E>) => void) => {
  const queries = useQueryClient();
  const pending = useRef<{ what: string; key: string } | null>(null);
  return useMutation<Answer<E>, ApiError, Given<E>>({
    mutationFn: async (given) => {
      const what = JSON.stringify([given.params, given.query, given.body]);
      if (pending.current?.what !== what) pending.current = { what, key: uuid() };
      try {
        const answer = await call(endpoint, { key: pending.current.key, ...given });
        pending.current = null;
        return answer;
      } catch (error) {
        // Only an act that never got an answer keeps its key: a refused one may be tried again after the world has changed.
        if (!(error instanceof ApiError && (error.kind === 'offline' || error.kind === 'unavailable'))) pending.current = null;
        throw error;
      }
    },
    onSuccess: async (answer) => {
      done?.(answer);
      await queries.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
    },
  });
};
