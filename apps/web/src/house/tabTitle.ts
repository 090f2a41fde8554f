import { useEffect, useLayoutEffect } from 'react';

/** What the tab is called whatever page stands in it, while a page asks for that. */
let neutral: string | null = null;

/** Names the tab after its page: `服务台账` becomes `服务台账 · 解忧`. */
export const useTabTitle = (title: string): void => {
  useEffect(() => {
    document.title = neutral ?? `${title} · 解忧`;
  }, [title]);
};

/** Keeps the tab's name as given while the caller stands, also when a part of the page comes later and would name it. */
export const useNeutralTabTitle = (title: string): void => {
  useLayoutEffect(() => {
    neutral = title;
    document.title = title;
    return () => {
      neutral = null;
    };
  }, [title]);
};
