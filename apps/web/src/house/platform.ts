/** What desk and phone need from the browser before the first page. */
import { QueryClient } from '@tanstack/react-query';
import { ApiError } from './client.ts';

/** The nonce that the server put into the page, for styles that are made at run time. */
export const csp = (): { nonce?: string } => {
  const nonce = document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? '';
  // The mark itself where nobody put a nonce in its place; a nonce may well begin with two of its letters.
  return nonce === '' || nonce === '__CSP_NONCE__' ? {} : { nonce };
};

/**
 * Puts the nonce on every style element that is made from here on. Ant Design passes it on, but its helpers that measure
 * scroll bars and lock the page behind a dialog do not, and the policy would drop their styles.
 */
export const nameStyles = (): void => {
  const { nonce } = csp();
  if (nonce === undefined) return;
  const make = document.createElement.bind(document);
  document.createElement = ((name: string, options?: ElementCreationOptions) => {
    const element = make(name, options);
    if (element instanceof HTMLStyleElement) element.nonce = nonce;
    return element;
  }) as typeof document.createElement;
};

/** Queries with the house's patience: an answer that will not change by asking again is not asked for again. */
export const makeQueries = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 10_000,
        refetchOnWindowFocus: true,
        retry: (count, error) => count < 2 && error instanceof ApiError && (error.kind === 'offline' || error.kind === 'unavailable'),
      },
      mutations: { retry: false },
    },
  });

/**
 * A tab that was open during an update asks for parts that are gone: load the page anew, once. Forms have kept their drafts
 * by then, since they save themselves while somebody types.
 */
export const reloadOnceAfterUpdate = (): void => {
  window.addEventListener('vite:preloadError', (event) => {
    try {
      if (sessionStorage.getItem('jieyou.reloaded') === '1') return;
      sessionStorage.setItem('jieyou.reloaded', '1');
    } catch {
      return;
    }
    event.preventDefault();
    window.location.reload();
  });
  window.addEventListener('load', () => {
    setTimeout(() => {
      try {
        sessionStorage.removeItem('jieyou.reloaded');
      } catch {
        // Without storage there was no reload either.
      }
    }, 10_000);
  });
};

/** Search of the address as plain texts: no value is ever read as a number, so '0012' stays '0012'. */
export const parseSearch = (text: string): Record<string, string | string[]> => {
  const found: Record<string, string | string[]> = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = found[name];
    found[name] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return found;
};

/** The other way round; empty values leave no trace. */
export const stringifySearch = (search: Record<string, unknown>): string => {
  const out = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') out.append(name, String(one));
    }
  }
  const text = out.toString();
  return text === '' ? '' : `?${text}`;
};
