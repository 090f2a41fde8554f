import { Button } from 'antd';
import type { ReactNode } from 'react';
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
  return (
    <div>
      <ul className="ln-rows">
        {value.map((row, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity before they are saved
          <li key={i} className={layout}>
            {children(row, (change) => onChange?.(value.map((r, at) => (at === i ? { ...r, ...change } : r))), i + 1)}
            <Button aria-label={`去掉第 ${i + 1} 项${name}`} onClick={() => onChange?.(value.filter((_, at) => at !== i))}>
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => onChange?.([...value, fresh()])}>加一项{name}</Button>
    </div>
  );
}
