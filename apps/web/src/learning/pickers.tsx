/** Choosing several people, or several published cases; what was chosen before is named by `known`. */
import { searchCaseBank } from '@jieyou/core/casebank/endpoints.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import { listSeminars } from '@jieyou/core/learning/seminarEndpoints.ts';
import { roleLabels } from '@jieyou/core/texts/labels.ts';
import { listPeople } from '@jieyou/core/workforce/endpoints.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { shortDay } from '../house/format.ts';

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
    // Leaving the field by Tab would take the marked name out again (or in), which nobody means by it.
    // biome-ignore lint/a11y/noStaticElementInteractions: nothing to press here; the field inside is reached as ever
    <div
      onKeyDownCapture={(event) => {
        if (event.key === 'Tab') event.stopPropagation();
      }}
    >
      <Select
        {...rest}
        mode="multiple"
        showSearch={{ onSearch, filterOption: false }}
        loading={loading}
        value={[...value]}
        onChange={(ids: string[]) => {
          setSeen(new Map([...seen, ...options.filter((o) => ids.includes(o.value)).map((o) => [o.value, o.label] as const)]));
          onChange?.(ids);
        }}
        options={[...missing, ...options]}
        notFoundContent={loading ? '正在查找' : '没有找到'}
        style={{ width: '100%' }}
      />
    </div>
  );
}

/** Several people of the staff. */
export function PeoplePicker({ roles, ...rest }: Given & { readonly roles?: readonly Role[] }) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const query = { ...(text === '' ? {} : { text }), ...(roles === undefined ? {} : { role: [...roles] }) };
  const found = useQuery({ ...queryOf(listPeople, { query }), placeholderData: keepPreviousData });
  const options = (found.data?.rows ?? []).map((p) => ({
    value: p.personId,
    label: [p.name, p.post || p.roles.map((r) => roleLabels[r]).join('、')].filter(Boolean).join(' · '),
  }));
  return <Several placeholder="输入姓名或拼音" {...rest} options={options} loading={found.isFetching} onSearch={setTyped} />;
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
