import { createGroup, readGroup, updateGroup } from '@jieyou/core/groups/endpoints.ts';
import { type Group, GroupDraft } from '@jieyou/core/groups/schema.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { groupKindLabels } from '@jieyou/core/texts/groupLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Input, InputNumber, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { BudgetEditor } from '../house/BudgetEditor.tsx';
import { useMessages } from '../house/messages.tsx';
import { NamedVolunteersEditor } from '../house/NamedVolunteers.tsx';
import { Page } from '../house/Page.tsx';
import { useColleaguesFound } from '../house/pickers.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { IndicatorsEditor, RisksEditor, SessionsEditor } from './editors.tsx';

function Colleagues({
  known,
  ...rest
}: {
  readonly id?: string;
  readonly value?: string[];
  readonly onChange?: (ids: string[]) => void;
  readonly known: readonly { personId: string; name: string }[];
}) {
  const { options, loading, onSearch } = useColleaguesFound();
  const missing = known.filter((k) => !options.some((o) => o.value === k.personId)).map((k) => ({ value: k.personId, label: k.name }));
  return (
    <Select
      {...rest}
      mode="multiple"
      showSearch={{ onSearch, filterOption: false }}
      loading={loading}
      options={[...missing, ...options]}
      placeholder="输入姓名或拼音，只能选本站社工"
    />
  );
}

const Words = ({ rows, ...rest }: { readonly rows: number; readonly maxLength: number }) => (
  <Input.TextArea {...rest} autoSize={{ minRows: rows, maxRows: 12 }} />
);

const EMPTY = {
  domain: 'elder',
  minSize: 6,
  maxSize: 12,
  coLeadIds: [],
  idea: '',
  goals: '',
  audience: '',
  recruiting: '',
  sessions: [],
  budget: [],
  risks: [],
  indicators: [],
  volunteers: [],
};

function Plan({ was }: { readonly was: Group | null }) {
  const navigate = useNavigate();
  const message = useMessages();
  const create = useAct(createGroup);
  const update = useAct(updateGroup);
  const [place, setPlace] = useState(was?.place ?? '');
  const initial = was === null ? EMPTY : { ...was, coLeadIds: was.coLeads.map((c) => c.personId), sessions: was.plan };
  return (
    <RecordForm
      validateWith={GroupDraft}
      initial={initial as never}
      draftKey={was === null ? 'group.new' : `group.${was.id}.${was.version}`}
      onCancel={() => void navigate({ to: was === null ? '/groups' : `/groups/${was.id}` } as never)}
      onValuesChange={(values) => setPlace((values as { place?: string }).place ?? '')}
      submit={async (body) => {
        const { id } =
          was === null
            ? await create.mutateAsync({ body })
            : await update.mutateAsync({ params: { id: was.id }, body: { ...body, version: was.version } });
        void message.success('已保存');
        await navigate({ to: `/groups/${id}` } as never);
      }}
    >
      <FieldGroup title="小组">
        <Field name="title" label="名称">
          <Input maxLength={60} />
        </Field>
        <Field name="kind" label="类型">
          <Select options={optionsOf(groupKindLabels)} />
        </Field>
        <Field name="domain" label="服务领域" hint="台账按它分类。">
          <Select options={optionsOf(serviceDomainLabels)} />
        </Field>
        <Field name="place" label="地点">
          <Input maxLength={80} />
        </Field>
        <Field name="minSize" label="最少人数" hint="人数不够不能开组。">
          <InputNumber min={1} max={200} precision={0} suffix="人" style={{ width: '100%' }} />
        </Field>
        <Field name="maxSize" label="最多人数">
          <InputNumber min={1} max={200} precision={0} suffix="人" style={{ width: '100%' }} />
        </Field>
        <Field name="coLeadIds" label="协助的社工" wide>
          <Colleagues known={was?.coLeads ?? []} />
        </Field>
      </FieldGroup>
      <FieldGroup title="计划书">
        <Field name="idea" label="理念" wide hint="为什么办、依据什么理论。">
          <Words rows={3} maxLength={2000} />
        </Field>
        <Field name="goals" label="目标" wide>
          <Words rows={3} maxLength={2000} />
        </Field>
        <Field name="audience" label="对象">
          <Words rows={2} maxLength={1000} />
        </Field>
        <Field name="recruiting" label="招募">
          <Words rows={2} maxLength={1000} />
        </Field>
        <Field name="sessions" label="各节安排" wide>
          <SessionsEditor place={place} />
        </Field>
        <Field name="indicators" label="前后测指标" wide hint="开组前和结束时各测一次；没有测的空着，不算 0。">
          <IndicatorsEditor />
        </Field>
        <Field name="risks" label="可能的困难与应对" wide>
          <RisksEditor />
        </Field>
      </FieldGroup>
      <FieldGroup title="志愿者与预算">
        <Field name="volunteers" label="志愿者" hint="由牵头社工带领。" wide>
          <NamedVolunteersEditor does />
        </Field>
        <Field name="budget" label="预算" wide>
          <BudgetEditor />
        </Field>
      </FieldGroup>
    </RecordForm>
  );
}

/** The plan book of a group: new, or changed before it is handed in. */
export default function GroupFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const found = useQuery({ ...queryOf(readGroup, { params: { id: id ?? '' } }), enabled: id !== undefined });
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  return (
    <Page title={id === undefined ? '计划小组' : '改计划书'} crumbs={[{ title: '小组', to: '/groups' }]}>
      <Plan key={id ?? 'new'} was={found.data ?? null} />
    </Page>
  );
}
