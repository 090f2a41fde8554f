import type { QueryClient } from '@tanstack/react-query';
import { ApiError } from '../house/client.ts';

/** Without network a question is asked all the same, and once: what is carried answers it. Answers how to take that back. */
export const askAlways = (queries: QueryClient): (() => void) => {
  const before = queries.getDefaultOptions();
  queries.setDefaultOptions({
    queries: {
      ...before.queries,
      networkMode: 'always',
      retry: (count, error) => count < 2 && error instanceof ApiError && error.kind === 'unavailable',
    },
    mutations: { ...before.mutations, networkMode: 'always' },
  });
  return () => queries.setDefaultOptions(before);
};
