import { useEffect, useLayoutEffect } from 'react';
import { createPortal } from 'react-dom';
import { useNeutralTabTitle } from './tabTitle.ts';

/** What a person sees who leaves in a hurry: an empty tab, which needs no network and which nobody wonders about. */
const NEUTRAL = 'about:blank';
const LEFT = 'left';

const clear = (to: string): void => {
  document.title = '';
  document.body.replaceChildren();
  window.history.replaceState(null, '', '/');
  window.location.replace(to);
};

/** Leaves at once: nothing stays on the screen while the next page loads, and this page is out of the history. */
const leave = (): void => {
  try {
    sessionStorage.setItem(LEFT, '1');
  } catch {
    // Without it "back" may show an older page of this tab.
  }
  clear(NEUTRAL);
};

/** Whether somebody came here by "back" after leaving: a tab keeps older pages, which then show nothing either. */
const cameBack = (): boolean => {
  try {
    const [opened] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (opened?.type === 'back_forward' && sessionStorage.getItem(LEFT) === '1') return true;
    sessionStorage.removeItem(LEFT);
  } catch {
    // Then nothing was kept.
  }
  return false;
};

/** A button that is always in reach, and Escape twice within a second. The tab's name says nothing meanwhile. */
export function QuickExit({ title, low = false }: { readonly title: string; readonly low?: boolean }) {
  useNeutralTabTitle(title);
  useLayoutEffect(() => {
    if (cameBack()) clear('/');
  }, []);
  useEffect(() => {
    let last = 0;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      if (Date.now() - last < 1000) leave();
      last = Date.now();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
  // Above every dialog, wherever the page stands.
  return createPortal(
    <button type="button" className={low ? 'jy-quick-exit jy-quick-low' : 'jy-quick-exit'} onClick={leave}>
      快速离开
    </button>,
    document.body,
  );
}
