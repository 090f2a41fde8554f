import { useSyncExternalStore } from 'react';

/** The width below which a desk page is held in one hand; the same figure stands in the style sheets. */
const PHONE = '(max-width: 600px)';

const STILL = '(prefers-reduced-motion: reduce)';

const asked = (query: string) => ({
  onChange: (tell: () => void): (() => void) => {
    const media = window.matchMedia(query);
    media.addEventListener('change', tell);
    return () => media.removeEventListener('change', tell);
  },
  now: () => window.matchMedia(query).matches,
});
const width = asked(PHONE);
const motion = asked(STILL);

/** Whether the page is as narrow as a phone now. */
export const useNarrow = (): boolean => useSyncExternalStore(width.onChange, width.now);

/** Whether the system asks that nothing moves. */
export const useStill = (): boolean => useSyncExternalStore(motion.onChange, motion.now);
