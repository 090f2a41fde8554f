import { listDivisions } from '@jieyou/core/divisions/endpoints.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { queryOf } from '../house/ask.ts';

/** Several streets or communities. */
export function AreaSelect({
  id,
  value,
  onChange,
  known,
}: {
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (ids: string[]) => void;
  /** Names of those chosen before. */
  readonly known: readonly { readonly value: string; readonly label: string }[];
}) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({
    ...queryOf(listDivisions, { query: { limit: 50, ...(text === '' ? {} : { text }) } }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.rows ?? [])
    .filter((d) => d.tier === 'street' || d.tier === 'community')
    .map((d) => ({ value: d.id, label: d.fullName }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      mode="multiple"
      value={value ?? []}
      {...(onChange === undefined ? {} : { onChange })}
      showSearch={{ onSearch: setTyped, filterOption: false }}
      loading={found.isFetching}
      options={[...known.filter((k) => !options.some((o) => o.value === k.value)), ...options]}
      placeholder="不选就是不限；输入街道或社区名称"
    />
  );
}
