import { readDemoAccounts } from '@jieyou/core/identity/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { queryOf } from '../house/ask.ts';

/** The demo's accounts with their current codes; nothing outside the demo, where the address does not exist. */
export const useDemoAccounts = () => {
  // Codes turn over every 30 seconds.
  const found = useQuery({
    ...queryOf(readDemoAccounts),
    retry: false,
    refetchInterval: (q) => (q.state.data === undefined ? false : 15_000),
  });
  return found.data ?? null;
};

/** The accounts by the district whose work they see, in the order in which they were made. */
export const byDistrict = <Row extends { readonly district: string }>(
  rows: readonly Row[],
): readonly (readonly [string, readonly Row[]])[] => [...Map.groupBy(rows, (row) => row.district)];
