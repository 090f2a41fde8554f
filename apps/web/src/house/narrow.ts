import { useSyncExternalStore } from 'react';

/** The width below which a desk page is held in one hand; the same figure stands in the style sheets. */
const PHONE = '(max-width: 600px)';

const onChange = (tell: () => void): (() => void) => {
  const width = window.matchMedia(PHONE);
  width.addEventListener('change', tell);
  return () => width.removeEventListener('change', tell);
};

/** Whether the page is as narrow as a phone now. */
export const useNarrow = (): boolean => useSyncExternalStore(onChange, () => window.matchMedia(PHONE).matches);
