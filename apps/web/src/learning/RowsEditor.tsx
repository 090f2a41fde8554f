import { Button } from 'antd';
import { type ReactNode, useRef } from 'react';
import { useRowKeys } from '../house/rowKeys.ts';
import './learning.css';

/** Several rows of a few inputs each, added and taken away one by one. */
export function RowsEditor<Row extends object>({
  value = [],
  onChange,
  fresh,
  name,
  layout,
  children,
}: {
  readonly value?: readonly Row[];
  readonly onChange?: (rows: Row[]) => void;
  readonly fresh: () => Row;
  /** What a row is called, for its buttons: 评分标准. */
  readonly name: string;
  readonly layout: string;
  readonly children: (row: Row, set: (change: Partial<Row>) => void, n: number) => ReactNode;
}) {
  const keys = useRowKeys(value.length);
  // Two inputs may speak before the form draws again: each change is made to what stands by then, so that none undoes another.
  const latest = useRef(value);
  latest.current = value;
  const put = (rows: Row[]) => {
    latest.current = rows;
    onChange?.(rows);
  };
  const set = (place: number, change: Partial<Row>) => put(latest.current.map((row, at) => (at === place ? { ...row, ...change } : row)));
  const remove = (place: number) => {
    keys.remove(place);
    put(latest.current.filter((_, at) => at !== place));
  };
  return (
    <div>
      <ul className="ln-rows">
        {value.map((row, i) => (
          <li key={keys.of(i)} className={layout}>
            {children(row, (change) => set(i, change), i + 1)}
            <Button aria-label={`去掉第 ${i + 1} 项${name}`} onClick={() => remove(i)}>
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => put([...latest.current, fresh()])}>加一项{name}</Button>
    </div>
  );
}
