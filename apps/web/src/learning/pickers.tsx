/** Choosing several people, or several published cases; what was chosen before is named by `known`. */
import { searchCaseBank } from '@jieyou/core/casebank/endpoints.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import { listSeminars } from '@jieyou/core/learning/seminarEndpoints.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { shortDay } from '../house/format.ts';
import { usePeopleFound } from '../house/pickers.tsx';
import { SelectSeveral } from '../house/several.tsx';

type Known = readonly { readonly id: string; readonly label: string }[];
type Given = {
  readonly id?: string;
  readonly value?: readonly string[];
  readonly onChange?: (ids: string[]) => void;
  readonly known?: Known;
  readonly placeholder?: string;
};
type Option = { readonly value: string; readonly label: string };

function Several({
  options,
  loading,
  onSearch,
  value = [],
  onChange,
  known = [],
  ...rest
}: Given & { readonly options: readonly Option[]; readonly loading: boolean; readonly onSearch: (text: string) => void }) {
  // Names of what was chosen stay when the list below shows others.
  const [seen, setSeen] = useState<ReadonlyMap<string, string>>(new Map());
  const missing = value
    .filter((id) => !options.some((o) => o.value === id))
    .map((id) => ({ value: id, label: seen.get(id) ?? known.find((k) => k.id === id)?.label ?? '已选' }));
  return (
    <SelectSeveral<string[]>
      {...rest}
      showSearch={{ onSearch, filterOption: false }}
      loading={loading}
      value={[...value]}
      onChange={(ids) => {
        setSeen(new Map([...seen, ...options.filter((o) => ids.includes(o.value)).map((o) => [o.value, o.label] as const)]));
        onChange?.(ids);
      }}
      options={[...missing, ...options]}
      notFoundContent={loading ? '正在查找' : '没有找到'}
      style={{ width: '100%' }}
    />
  );
}

/** Several people of the staff. */
export function PeoplePicker({ roles, ...rest }: Given & { readonly roles?: readonly Role[] }) {
  return <Several placeholder="输入姓名或拼音" {...rest} {...usePeopleFound(roles)} />;
}

/** Several published cases of the bank. */
export function CasesPicker(props: Given) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const query = { limit: 20, ...(text.length < 2 ? {} : { text }) };
  const found = useQuery({ ...queryOf(searchCaseBank, { query }), placeholderData: keepPreviousData });
  const options = (found.data?.rows ?? []).map((c) => ({ value: c.id, label: `${c.number} ${c.title}` }));
  return <Several placeholder="输入两个字，查找已发布的案例" {...props} options={options} loading={found.isFetching} onSearch={setTyped} />;
}

/** Several seminars. */
export function SeminarsPicker(props: Given) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed.trim());
  const query = { limit: 20, status: ['held' as const], ...(text === '' ? {} : { text }) };
  const found = useQuery({ ...queryOf(listSeminars, { query }), placeholderData: keepPreviousData });
  const options = (found.data?.rows ?? []).map((s) => ({ value: s.id, label: `${shortDay(s.heldOn)} ${s.topic}` }));
  return <Several placeholder="输入研讨的题目" {...props} options={options} loading={found.isFetching} onSearch={setTyped} />;
}
