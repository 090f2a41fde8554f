import { useRef } from 'react';
import { useRowKeys } from './rowKeys.ts';

/** Rows that are changed one by one; two inputs may speak before the form draws again, so each change is made to what stands by then. */
export const useRow = <Row extends object>(value: readonly Row[], onChange: ((rows: Row[]) => void) | undefined) => {
  const keys = useRowKeys(value.length);
  const latest = useRef(value);
  latest.current = value;
  const put = (rows: Row[]) => {
    latest.current = rows;
    onChange?.(rows);
  };
  return {
    keys,
    set: (place: number, to: Partial<Row>) => put(latest.current.map((row, at) => (at === place ? { ...row, ...to } : row))),
    add: (row: Row) => put([...latest.current, row]),
    remove: (place: number) => {
      keys.remove(place);
      put(latest.current.filter((_, at) => at !== place));
    },
  };
};
