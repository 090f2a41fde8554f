import { readLineOpening } from '@jieyou/core/responses/endpoints.ts';
import { roleLabels } from '@jieyou/core/texts/labels.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useRef, useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { useSession } from '../house/session.tsx';

/** Colleagues of the district by name, pinyin or place; one of them, or several. Oneself is left out where one hands something over. */
export function ColleaguePicker({
  lineId,
  several = false,
  withoutMe = false,
  value,
  onChange,
  ...rest
}: {
  readonly lineId: string;
  readonly several?: boolean;
  readonly withoutMe?: boolean;
  readonly id?: string;
  readonly value?: string | string[] | null;
  readonly onChange?: (value: string | string[] | null) => void;
  readonly onBlur?: () => void;
}) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const { account } = useSession();
  const found = useQuery({
    ...queryOf(readLineOpening, { params: { id: lineId }, query: text === '' ? {} : { text } }),
    placeholderData: keepPreviousData,
  });
  // Those who were chosen keep their names when others are looked for.
  const known = useRef(new Map<string, string>());
  const options = (found.data?.people ?? [])
    .filter((p) => !withoutMe || p.id !== account.personId)
    .map((p) => {
      const roles = p.roles.map((r) => roleLabels[r as keyof typeof roleLabels] ?? r).join('、');
      return { value: p.id, label: [p.name, p.place, roles].filter(Boolean).join(' · ') };
    });
  for (const o of options) known.current.set(o.value, o.label);
  const chosen = value === null || value === undefined ? [] : Array.isArray(value) ? value : [value];
  const missing = chosen.filter((v) => !options.some((o) => o.value === v)).map((v) => ({ value: v, label: known.current.get(v) ?? v }));
  return (
    <Select
      {...rest}
      {...(several ? { mode: 'multiple' as const } : {})}
      allowClear
      showSearch={{ onSearch: setTyped, filterOption: false }}
      loading={found.isFetching}
      value={(several ? chosen : (chosen[0] ?? undefined)) as never}
      onChange={(next: unknown) => onChange?.((next as string | string[] | undefined) ?? null)}
      options={[...missing, ...options]}
      notFoundContent={found.isFetching ? '正在查找' : '没有找到'}
      placeholder="输入姓名、拼音或站点"
      style={{ width: '100%' }}
    />
  );
}
