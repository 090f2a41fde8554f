/** Pickers of what the platform knows: people, organisations, stations, divisions. The value is the id. */
import { listCoWorkerChoices } from '@jieyou/core/cases/endpoints.ts';
import { listHandoverChoices } from '@jieyou/core/cases/stageEndpoints.ts';
import { listDivisions } from '@jieyou/core/divisions/endpoints.ts';
import type { DivisionTier } from '@jieyou/core/divisions/schema.ts';
import { listExperts } from '@jieyou/core/experts/endpoints.ts';
import type { Role } from '@jieyou/core/identity/schema.ts';
import { listOrganisations, listStations } from '@jieyou/core/stations/endpoints.ts';
import type { OrganisationType } from '@jieyou/core/stations/schema.ts';
import { roleLabels } from '@jieyou/core/texts/labels.ts';
import { listPeople, listWorkers } from '@jieyou/core/workforce/endpoints.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import type { z } from 'zod';
import { queryOf } from './ask.ts';
import type { Filter } from './RecordTable.tsx';

type PickerProps = {
  readonly id?: string;
  readonly value?: string | null;
  readonly onChange?: (id: string | null) => void;
  readonly onBlur?: () => void;
  readonly disabled?: boolean;
  readonly placeholder?: string;
  readonly 'aria-label'?: string;
  /** Shown for a value that the first page of the list does not hold. */
  readonly knownAs?: string | null | undefined;
};

type Option = { readonly value: string; readonly label: string };

function Picker({
  options,
  loading,
  onSearch,
  knownAs,
  value,
  onChange,
  ...rest
}: PickerProps & { readonly options: readonly Option[]; readonly loading: boolean; readonly onSearch: (text: string) => void }) {
  const missing = value && !options.some((o) => o.value === value) && knownAs ? [{ value, label: knownAs }] : [];
  return (
    <Select
      {...rest}
      allowClear
      showSearch={{ onSearch, filterOption: false }}
      loading={loading}
      value={value ?? undefined}
      onChange={(v) => onChange?.((v as string | undefined) ?? null)}
      options={[...missing, ...options]}
      notFoundContent={loading ? '正在查找' : '没有找到'}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
    />
  );
}

/** People of the staff whom the typed name or pinyin finds, for a list to choose from. */
export const usePeopleFound = (roles: readonly Role[] | undefined) => {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const query = { ...(text === '' ? {} : { text }), ...(roles === undefined ? {} : { role: [...roles] }) };
  const found = useQuery({ ...queryOf(listPeople, { query }), placeholderData: keepPreviousData });
  const options = (found.data?.rows ?? []).map((p) => ({
    value: p.personId,
    label: [p.name, p.post || p.roles.map((r) => roleLabels[r]).join('、'), p.organisationName].filter(Boolean).join(' · '),
  }));
  return { options, loading: found.isFetching, onSearch: setTyped };
};

/** Somebody of the staff, by name or pinyin. */
export function PersonPicker({ roles, ...rest }: PickerProps & { readonly roles?: readonly Role[] }) {
  return <Picker placeholder="输入姓名或拼音" {...rest} {...usePeopleFound(roles)} />;
}

/** Workers of the own stations whom the typed name or pinyin finds. */
export const useColleaguesFound = () => {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({ ...queryOf(listHandoverChoices, { query: text === '' ? {} : { text } }), placeholderData: keepPreviousData });
  const options = (found.data?.rows ?? []).map((p) => ({ value: p.personId, label: [p.name, p.post].filter(Boolean).join(' · ') }));
  return { options, loading: found.isFetching, onSearch: setTyped };
};

/** A worker of the own stations, by name or pinyin. */
export function ColleaguePicker(props: PickerProps) {
  return <Picker placeholder="输入姓名或拼音" {...props} {...useColleaguesFound()} />;
}

/** A list narrowed to one worker of the own stations, for who sees those of more than one. */
export const workerFilter = (key: string, label: string): Filter => ({
  key,
  label,
  kind: 'select',
  picker: (given) => <ColleaguePicker {...given} knownAs="选定的社工" />,
});

/** A colleague of a case's station who may be asked to work along. */
export function CoWorkerPicker({ caseId, ...rest }: PickerProps & { readonly caseId: string }) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({
    ...queryOf(listCoWorkerChoices, { params: { id: caseId }, query: text === '' ? {} : { text } }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.rows ?? []).map((p) => ({ value: p.personId, label: [p.name, p.post].filter(Boolean).join(' · ') }));
  return <Picker placeholder="输入姓名或拼音" {...rest} options={options} loading={found.isFetching} onSearch={setTyped} />;
}

/** Anybody who may be given a role: people with accounts, and social workers who have none yet. */
export function AppointeePicker(props: PickerProps) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const query = text === '' ? {} : { text };
  const people = useQuery({ ...queryOf(listPeople, { query }), placeholderData: keepPreviousData });
  const workers = useQuery({ ...queryOf(listWorkers, { query: { ...query, state: 'serving' } }), placeholderData: keepPreviousData });
  const options = new Map<string, string>();
  for (const p of people.data?.rows ?? []) options.set(p.personId, [p.name, p.post, p.organisationName].filter(Boolean).join(' · '));
  for (const w of workers.data?.rows ?? [])
    if (!options.has(w.personId))
      options.set(w.personId, [w.name, w.post, w.organisationName, w.hasAccount ? '' : '没有账号'].filter(Boolean).join(' · '));
  return (
    <Picker
      placeholder="输入姓名或拼音"
      {...props}
      options={[...options].map(([value, label]) => ({ value, label }))}
      loading={people.isFetching || workers.isFetching}
      onSearch={setTyped}
    />
  );
}

/** An organisation. */
export function OrganisationPicker({ types, ...rest }: PickerProps & { readonly types?: readonly OrganisationType[] }) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const query = { limit: 50, ...(text === '' ? {} : { text }), ...(types === undefined ? {} : { type: [...types] }) };
  const found = useQuery({ ...queryOf(listOrganisations, { query }), placeholderData: keepPreviousData });
  const options = (found.data?.rows ?? []).map((o) => ({ value: o.id, label: o.name }));
  return <Picker placeholder="输入机构名称" {...rest} options={options} loading={found.isFetching} onSearch={setTyped} />;
}

/** A station. */
export function StationPicker(props: PickerProps) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({
    ...queryOf(listStations, { query: { limit: 50, ...(text === '' ? {} : { text }) } }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.rows ?? []).map((s) => ({ value: s.id, label: s.name }));
  return <Picker placeholder="输入站点名称" {...props} options={options} loading={found.isFetching} onSearch={setTyped} />;
}

/** A division. */
export function DivisionPicker({ tier, ...rest }: PickerProps & { readonly tier?: z.infer<typeof DivisionTier> }) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const query = { limit: 50, ...(text === '' ? {} : { text }), ...(tier === undefined ? {} : { tier }) };
  const found = useQuery({ ...queryOf(listDivisions, { query }), placeholderData: keepPreviousData });
  const options = (found.data?.rows ?? []).map((d) => ({ value: d.id, label: d.fullName }));
  return <Picker placeholder="输入区划名称" {...rest} options={options} loading={found.isFetching} onSearch={setTyped} />;
}

/** An expert of the bank. */
export function ExpertPicker(props: PickerProps) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({
    ...queryOf(listExperts, { query: { limit: 50, ...(text === '' ? {} : { text }) } }),
    placeholderData: keepPreviousData,
  });
  const options = (found.data?.rows ?? []).map((e) => ({ value: e.id, label: `${e.name} · ${e.title}` }));
  return <Picker placeholder="输入专家姓名" {...props} options={options} loading={found.isFetching} onSearch={setTyped} />;
}
