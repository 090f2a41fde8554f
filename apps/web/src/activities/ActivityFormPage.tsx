import { createActivity, listCampaigns, readActivity, updateActivity } from '@jieyou/core/activities/endpoints.ts';
import { type Activity, ActivityDraft } from '@jieyou/core/activities/schema.ts';
import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Input, InputNumber, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { BudgetEditor } from '../house/BudgetEditor.tsx';
import { InstantInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { NamedVolunteersEditor } from '../house/NamedVolunteers.tsx';
import { Page } from '../house/Page.tsx';
import { useColleaguesFound } from '../house/pickers.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

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

function Plan({ was }: { readonly was: Activity | null }) {
  const navigate = useNavigate();
  const message = useMessages();
  const create = useAct(createActivity);
  const update = useAct(updateActivity);
  const weeks = useQuery(queryOf(listCampaigns, { query: { limit: 50 } }));
  const initial =
    was === null
      ? { coLeadIds: [], volunteers: [], budget: [], aims: '', capacity: 30 }
      : { ...was, coLeadIds: was.coLeads.map((c) => c.personId) };
  return (
    <RecordForm
      validateWith={ActivityDraft}
      initial={initial as never}
      draftKey={was === null ? 'activity.new' : `activity.${was.id}.${was.version}`}
      onCancel={() => void navigate({ to: was === null ? '/activities' : `/activities/${was.id}` })}
      submit={async (body) => {
        const { id } =
          was === null
            ? await create.mutateAsync({ body })
            : await update.mutateAsync({ params: { id: was.id }, body: { ...body, version: was.version } });
        void message.success('已保存');
        await navigate({ to: `/activities/${id}` });
      }}
    >
      <FieldGroup title="活动">
        <Field name="title" label="名称">
          <Input maxLength={60} />
        </Field>
        <Field name="category" label="类别">
          <Select options={optionsOf(activityCategoryLabels)} />
        </Field>
        <Field name="startsAt" label="开始">
          <InstantInput />
        </Field>
        <Field name="endsAt" label="结束">
          <InstantInput />
        </Field>
        <Field name="place" label="地点">
          <Input maxLength={80} />
        </Field>
        <Field name="capacity" label="名额" hint="不填就不限；满了以后报名进候补。">
          <InputNumber min={1} max={100_000} precision={0} suffix="人" style={{ width: '100%' }} />
        </Field>
        <Field name="campaignId" label="宣传周" hint="不属于宣传周就不选。">
          <Select allowClear options={(weeks.data?.rows ?? []).map((w) => ({ value: w.id, label: w.name }))} />
        </Field>
        <Field name="coLeadIds" label="协助的社工">
          <Colleagues known={was?.coLeads ?? []} />
        </Field>
        <Field name="aims" label="目标与安排" wide>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
        </Field>
      </FieldGroup>
      <FieldGroup title="志愿者与预算">
        <Field name="volunteers" label="志愿者" hint="由牵头社工带领。" wide>
          <NamedVolunteersEditor />
        </Field>
        <Field name="budget" label="预算" wide>
          <BudgetEditor />
        </Field>
      </FieldGroup>
    </RecordForm>
  );
}

/** The plan of an activity: new, or changed before it is over. */
export default function ActivityFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const found = useQuery({ ...queryOf(readActivity, { params: { id: id ?? '' } }), enabled: id !== undefined });
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  const title = id === undefined ? '计划活动' : '修改活动';
  return (
    <Page title={title} crumbs={[{ title: '社区活动', to: '/activities' }]}>
      <Plan key={id ?? 'new'} was={found.data ?? null} />
    </Page>
  );
}
