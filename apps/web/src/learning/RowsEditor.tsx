import { Button, Input, InputNumber } from 'antd';
import { useRef } from 'react';
import { useRowKeys } from '../house/rowKeys.ts';
import './learning.css';

/** One input of every row: words, or a number from `min` to `max`. */
export type RowColumn<Row> = {
  readonly key: keyof Row & string;
  /** Its name after the place of the row: 第 2 项**权重**. */
  readonly says: string;
  readonly placeholder?: string;
} & (
  | { readonly kind: 'words'; readonly maxLength: number }
  | { readonly kind: 'number'; readonly min: number; readonly max: number; readonly suffix: string }
);

/** Several rows of a few inputs each, added and taken away one by one. */
export function RowsEditor<Row extends object>({
  value = [],
  onChange,
  fresh,
  name,
  layout,
  columns,
}: {
  readonly value?: readonly Row[];
  readonly onChange?: (rows: Row[]) => void;
  readonly fresh: Row;
  /** What a row is called, for its buttons: 评分标准. */
  readonly name: string;
  readonly layout: string;
  readonly columns: readonly RowColumn<Row>[];
}) {
  const keys = useRowKeys(value.length);
  // Two inputs may speak before the form draws again: each change is made to what stands by then, so that none undoes another.
  const latest = useRef(value);
  latest.current = value;
  const put = (rows: Row[]) => {
    latest.current = rows;
    onChange?.(rows);
  };
  const set = (place: number, key: keyof Row, to: unknown) =>
    put(latest.current.map((row, at) => (at === place ? { ...row, [key]: to } : row)));
  const remove = (place: number) => {
    keys.remove(place);
    put(latest.current.filter((_, at) => at !== place));
  };
  return (
    <div>
      <ul className="ln-rows">
        {value.map((row, i) => (
          <li key={keys.of(i)} className={layout}>
            {columns.map((column) => {
              const said = { 'aria-label': `第 ${i + 1} 项${column.says}`, placeholder: column.placeholder ?? column.says };
              return column.kind === 'words' ? (
                <Input
                  key={column.key}
                  {...said}
                  maxLength={column.maxLength}
                  value={row[column.key] as string}
                  onChange={(e) => set(i, column.key, e.target.value)}
                />
              ) : (
                <InputNumber
                  key={column.key}
                  {...said}
                  min={column.min}
                  max={column.max}
                  suffix={column.suffix}
                  value={row[column.key] as number}
                  onChange={(n) => set(i, column.key, n)}
                />
              );
            })}
            <Button aria-label={`去掉第 ${i + 1} 项${name}`} onClick={() => remove(i)}>
              去掉
            </Button>
          </li>
        ))}
      </ul>
      <Button onClick={() => put([...latest.current, { ...fresh }])}>加一项{name}</Button>
    </div>
  );
}
