import { useSearch } from '@tanstack/react-router';
import { useEffect } from 'react';

/** The entry of a page that its address names: the page scrolls to it once it is there, and marks it. */
export const useNamed = (
  ready: boolean,
): { readonly at: string | undefined; readonly mark: (id: string) => { id?: string; className?: string } } => {
  const { at } = useSearch({ strict: false }) as { at?: string };
  useEffect(() => {
    if (at !== undefined && ready) document.getElementById(`at-${at}`)?.scrollIntoView({ block: 'center' });
  }, [at, ready]);
  return { at, mark: (id) => (id === at ? { id: `at-${id}`, className: 'rd-named' } : {}) };
};
