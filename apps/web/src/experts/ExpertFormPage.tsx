import { createExpert, readExpert, updateExpert } from '@jieyou/core/experts/endpoints.ts';
import { ExpertDraft } from '@jieyou/core/experts/schema.ts';
import { addMonths, type Day } from '@jieyou/core/shared/day.ts';
import { genderLabels, helpFieldLabels, optionsOf, weekdayLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Input, InputNumber, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { OrganisationPicker } from '../house/pickers.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7].map((d) => ({ value: d, label: weekdayLabels[d] ?? '' }));

/** Calling an expert into the bank, or changing what is kept. */
export default function ExpertFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const message = useMessages();
  const found = useQuery({ ...queryOf(readExpert, { params: { id: id ?? '' } }), enabled: id !== undefined });
  const create = useAct(createExpert);
  const update = useAct(updateExpert);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  const expert = found.data;
  return (
    <Page
      title={expert === undefined ? '聘请专家' : `修改${expert.name}的资料`}
      crumbs={[{ title: '专家库', to: '/experts' }, ...(expert === undefined ? [] : [{ title: expert.name, to: `/experts/${expert.id}` }])]}
    >
      <Card>
        <RecordForm
          validateWith={ExpertDraft}
          initial={
            expert ?? {
              gender: 'female',
              termFrom: today(),
              termTo: addMonths(today() as Day, 24),
              maxPanelsPerMonth: 4,
              weekdays: [1, 2, 3, 4, 5],
              helpFields: [],
            }
          }
          draftKey={`expert.${id ?? 'new'}`}
          onCancel={() => void navigate({ to: id === undefined ? '/experts' : `/experts/${id}` })}
          submit={async (body) => {
            const to =
              expert === undefined
                ? (await create.mutateAsync({ body })).id
                : (await update.mutateAsync({ params: { id: expert.id }, body: { ...body, version: expert.version } })).id;
            void message.success('已保存');
            await navigate({ to: `/experts/${to}` });
          }}
        >
          <FieldGroup title="本人">
            <Field name="name" label="姓名">
              <Input />
            </Field>
            <Field name="gender" label="性别" hint="有的求助希望由女性专家参加。">
              <Select options={optionsOf(genderLabels)} />
            </Field>
            <Field name="title" label="职称">
              <Input placeholder="如：副主任医师" />
            </Field>
            <Field name="organisationName" label="单位名称">
              <Input />
            </Field>
            <Field name="organisationId" label="平台里的机构" hint="选了以后，同机构社工的求助会自动回避。" wide>
              <OrganisationPicker knownAs={expert?.organisationId === null ? null : expert?.organisationName} />
            </Field>
          </FieldGroup>
          <FieldGroup title="专业">
            <Field name="helpFields" label="能提供的专业" wide>
              <ChoiceBoxes options={optionsOf(helpFieldLabels)} />
            </Field>
            <Field name="specialities" label="专长" wide>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={400} showCount />
            </Field>
          </FieldGroup>
          <FieldGroup title="任期与时间">
            <Field name="termFrom" label="任期开始">
              <DayInput />
            </Field>
            <Field name="termTo" label="任期结束">
              <DayInput />
            </Field>
            <Field name="weekdays" label="可参加的日子">
              <ChoiceBoxes options={WEEKDAYS} />
            </Field>
            <Field name="maxPanelsPerMonth" label="每月最多会诊次数" hint="本平台默认 4 次。">
              <InputNumber min={1} max={20} precision={0} />
            </Field>
          </FieldGroup>
        </RecordForm>
      </Card>
    </Page>
  );
}
