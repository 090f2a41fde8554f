import { Checkbox } from 'antd';

/** Several of a few: check boxes in a row. The form marks its inputs as required, which a group of boxes may not carry. */
export function Choices<T extends string | number>({
  id,
  value,
  onChange,
  options,
}: {
  readonly id?: string;
  readonly value?: T[];
  readonly onChange?: (value: T[]) => void;
  readonly options: readonly { readonly value: T; readonly label: string }[];
}) {
  return (
    <div id={id}>
      <Checkbox.Group value={value ?? []} onChange={(v) => onChange?.(v as T[])} options={[...options]} />
    </div>
  );
}
