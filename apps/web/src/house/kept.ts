import { useCallback, useEffect, useRef, useState } from 'react';
import { clockTime, now } from './format.ts';
import { forget, recall, remember } from './memory.ts';
import { useSession } from './session.tsx';

/** Asks every form to keep its last words now. */
export const KEEP_NOW = 'jieyou.keep';

/** Leaving the page, by a link or by closing it, keeps the last words too; `write` stays the same from one drawing to the next. */
export const useAtLeaving = (write: () => void): void => {
  useEffect(() => {
    window.addEventListener('pagehide', write);
    window.addEventListener(KEEP_NOW, write);
    return () => {
      window.removeEventListener('pagehide', write);
      window.removeEventListener(KEEP_NOW, write);
      write();
    };
  }, [write]);
};

/**
 * Text that somebody is typing, kept on this device until it is sent, under the person's own account: a reload or a dropped
 * connection loses nothing, and signing out forgets it. `says` tells when it was kept, for the line beside the button.
 */
export const useKept = <T>(
  name: string,
  empty: T,
): { readonly value: T; readonly set: (next: T) => void; readonly clear: () => void; readonly says: string } => {
  const key = `draft.${useSession().account.id}.${name}`;
  const [value, setValue] = useState<T>(() => recall<T>(key) ?? empty);
  const [says, setSays] = useState('');
  const timer = useRef<number | undefined>(undefined);
  const unsaved = useRef<T | undefined>(undefined);

  const write = useCallback(() => {
    window.clearTimeout(timer.current);
    if (unsaved.current === undefined) return;
    setSays(remember(key, unsaved.current) ? `已暂存 ${clockTime(now())}` : '本机没有空间，无法暂存');
    unsaved.current = undefined;
  }, [key]);

  const set = useCallback(
    (next: T) => {
      setValue(next);
      unsaved.current = next;
      window.clearTimeout(timer.current);
      timer.current = window.setTimeout(write, 500);
    },
    [write],
  );

  useAtLeaving(write);

  const start = useRef(empty);
  const clear = useCallback(() => {
    window.clearTimeout(timer.current);
    unsaved.current = undefined;
    forget(key);
    setValue(start.current);
    setSays('');
  }, [key]);

  return { value, set, clear, says };
};
