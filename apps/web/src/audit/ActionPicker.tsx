import { Select } from 'antd';
import { actionChoices, actionSays } from './actions.ts';

/** One action of the trails, by its Chinese words or its code. */
export function ActionPicker({
  id,
  value,
  onChange,
}: {
  readonly id: string;
  readonly value: string | null;
  readonly onChange: (value: string | null) => void;
}) {
  // An address from before may hold a code: it shows by its words.
  const shown = value === null ? undefined : (actionSays(value) ?? value);
  return (
    <Select
      id={id}
      allowClear
      placeholder="全部；可输入文字查找"
      showSearch={{
        filterOption: (typed, option) => {
          const looked = typed.trim().toLowerCase();
          return option !== undefined && (option.label.includes(looked) || option.codes.toLowerCase().includes(looked));
        },
      }}
      value={shown}
      onChange={(v: string | undefined) => onChange(v ?? null)}
      options={[...actionChoices]}
      notFoundContent="没有这样的动作"
      popupMatchSelectWidth={360}
      style={{ width: '100%' }}
    />
  );
}
