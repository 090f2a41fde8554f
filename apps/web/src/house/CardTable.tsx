import { Table, type TableProps } from 'antd';

/** Lets the cells of a column carry their heading along. */
export const labelOf = (title: string) => ({ onCell: () => ({ 'data-label': title }) as object });

/** A table of few rows, whole on its page. On a phone each row is a card whose cells name their headings. */
export function CardTable<Row extends object | string>({ columns = [], ...rest }: Omit<TableProps<Row>, 'className' | 'pagination'>) {
  return (
    <Table<Row>
      className="jy-cards"
      pagination={false}
      columns={columns.map((column) => ({ ...column, ...labelOf(String(column.title)) }))}
      {...rest}
    />
  );
}
