import { readGroup } from '@jieyou/core/groups/endpoints.ts';
import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { taskCriterionLabels, volunteerForLabels, volunteerSkillLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { createVolunteerTask, readVolunteerTask, updateVolunteerTask } from '@jieyou/core/volunteers/endpoints.ts';
import { TaskCriterion, VolunteerFor, type VolunteerTask, VolunteerTaskDraft, VolunteerTaskStart } from '@jieyou/core/volunteers/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Checkbox, Input, InputNumber, Radio, Select, Skeleton } from 'antd';
import { Fragment, useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { formatDay } from '../house/format.ts';
import { ChoiceBoxes, InstantInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { DivisionPicker } from '../house/pickers.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

function Risky({ id, value, onChange }: { readonly id?: string; readonly value?: boolean; readonly onChange?: (v: boolean) => void }) {
  return (
    <Checkbox {...(id === undefined ? {} : { id })} checked={value === true} onChange={(e) => onChange?.(e.target.checked)}>
      可能有人身危险，只请有意外保险的人
    </Checkbox>
  );
}

function Plan({
  was,
  forKind,
  forId,
}: {
  readonly was: VolunteerTask | null;
  readonly forKind: VolunteerFor;
  readonly forId: string | null;
}) {
  const navigate = useNavigate();
  const message = useMessages();
  const create = useAct(createVolunteerTask);
  const update = useAct(updateVolunteerTask);
  // A task beside a group is beside one of its sessions where somebody says which.
  const ofGroup = was === null && forKind === 'group' && forId !== null;
  const group = useQuery({ ...queryOf(readGroup, { params: { id: forId ?? '' } }), enabled: ofGroup });
  const ahead = (group.data?.sessionRows ?? []).filter((s) => s.status === 'planned');
  const [sessionId, setSessionId] = useState<string | null>(null);
  const beside = sessionId === null ? { forKind, forId } : { forKind: 'session' as const, forId: sessionId };
  const own = forKind === 'own';
  const asked = own ? { criteria: was?.criteria ?? { needed: {}, professional: {}, broad: {} } } : {};
  const initial = was === null ? { skills: [], risky: false, wanted: 2, says: '', ...asked } : { ...was, ...asked };
  return (
    <RecordForm
      validateWith={(was === null ? VolunteerTaskStart : VolunteerTaskDraft) as never}
      initial={initial as never}
      extra={(was === null ? beside : {}) as never}
      draftKey={was === null ? `volunteer-task.new.${forId ?? 'own'}` : `volunteer-task.${was.id}.${was.version}`}
      onCancel={() => void navigate({ to: (was === null ? '/volunteer-tasks' : `/volunteer-tasks/${was.id}`) as never })}
      submit={async (body: VolunteerTaskDraft) => {
        const { id } =
          was === null
            ? await create.mutateAsync({ body: body as never })
            : await update.mutateAsync({ params: { id: was.id }, body: { ...body, version: was.version } });
        void message.success('已保存');
        await navigate({ to: `/volunteer-tasks/${id}` as never });
      }}
    >
      <FieldGroup title={forKind === 'own' ? '任务' : `任务：${volunteerForLabels[forKind]}`}>
        {ofGroup && (
          <div className="jy-wide">
            <label htmlFor="task-session">协助哪一节</label>
            <Select
              id="task-session"
              style={{ width: '100%', margin: '4px 0 16px' }}
              value={sessionId}
              onChange={setSessionId}
              allowClear
              placeholder="整个小组"
              options={ahead.map((s) => ({ value: s.id, label: `第 ${s.number} 节 ${s.title}，${formatDay(s.plannedOn)}` }))}
            />
          </div>
        )}
        <Field name="title" label="名称" hint="志愿者会看到，不写服务对象的姓名。">
          <Input maxLength={60} />
        </Field>
        <Field name="class" label="服务类别">
          <Select options={optionsOf(activityCategoryLabels)} />
        </Field>
        <Field name="startsAt" label="开始">
          <InstantInput />
        </Field>
        <Field name="endsAt" label="结束">
          <InstantInput />
        </Field>
        <Field name="place" label="集合地点" hint="写集合的地方，不写住址。">
          <Input maxLength={80} />
        </Field>
        <Field name="areaId" label="所在街道或社区" hint="用来看谁愿意去；不选就不限。">
          <DivisionPicker knownAs={was?.areaName} />
        </Field>
        <Field name="wanted" label="需要几人">
          <InputNumber min={1} max={500} precision={0} suffix="人" style={{ width: '100%' }} />
        </Field>
        <Field name="risky" label="安全">
          <Risky />
        </Field>
        <Field name="skills" label="需要的专长" hint="有其中一项就合适；不选就不要求。" wide>
          <ChoiceBoxes options={optionsOf(volunteerSkillLabels)} />
        </Field>
        <Field name="says" label="告诉志愿者的话" hint="做什么、带什么、注意什么。不写服务对象的姓名、电话、住址和病情。" wide>
          <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={1000} />
        </Field>
      </FieldGroup>
      {own && (
        <FieldGroup title="为什么选这项服务">
          {TaskCriterion.options.map((key) => (
            <Fragment key={key}>
              <Field name={['criteria', key, 'met']} label={taskCriterionLabels[key]}>
                <Radio.Group
                  aria-label={taskCriterionLabels[key]}
                  options={[
                    { value: true, label: '符合' },
                    { value: false, label: '不符合' },
                  ]}
                />
              </Field>
              <Field name={['criteria', key, 'says']} label={`${taskCriterionLabels[key]}：理由`}>
                <Input maxLength={120} />
              </Field>
            </Fragment>
          ))}
        </FieldGroup>
      )}
    </RecordForm>
  );
}

/** A task is made, alone or beside work that is open, or changed while it looks for people. */
export default function TaskFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const search = useSearch({ strict: false }) as { forKind?: string; forId?: string };
  const kind = VolunteerFor.safeParse(search.forKind);
  const beside = kind.success && kind.data !== 'own' && search.forId !== undefined;
  const found = useQuery({ ...queryOf(readVolunteerTask, { params: { id: id ?? '' } }), enabled: id !== undefined });
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  const was = found.data ?? null;
  return (
    <Page title={id === undefined ? '发起志愿任务' : '修改志愿任务'} crumbs={[{ title: '志愿任务', to: '/volunteer-tasks' }]}>
      <Plan
        key={id ?? 'new'}
        was={was}
        forKind={was?.forKind ?? (beside ? kind.data : 'own')}
        forId={beside ? (search.forId ?? null) : null}
      />
    </Page>
  );
}
