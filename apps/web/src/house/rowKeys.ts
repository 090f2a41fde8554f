import { useRef } from 'react';

/**
 * Keys for rows that a person edits and that have no identity of their own before they are saved. A row keeps its key while it is
 * changed and takes it along when it is removed: what somebody types in another row, and where the focus stands, stay with that row.
 */
export const useRowKeys = (length: number): { readonly of: (place: number) => number; readonly remove: (place: number) => void } => {
  const keys = useRef<number[]>([]);
  const next = useRef(0);
  while (keys.current.length < length) {
    keys.current.push(next.current);
    next.current += 1;
  }
  keys.current.length = length;
  return {
    of: (place) => keys.current[place] ?? -1,
    remove: (place) => {
      keys.current.splice(place, 1);
    },
  };
};
