import { createResource, readResource, updateResource } from '@jieyou/core/resources/endpoints.ts';
import { ResourceDraft } from '@jieyou/core/resources/schema.ts';
import { helpFieldLabels, issuingTierLabels, optionsOf, resourceKindLabels } from '@jieyou/core/texts/labels.ts';
import { policyTypeLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Input, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { WordsInput } from '../house/several.tsx';
import { EligibilityEditor } from './EligibilityEditor.tsx';

/** Registering a policy or resource, or changing it. */
export default function ResourceFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const message = useMessages();
  const found = useQuery({ ...queryOf(readResource, { params: { id: id ?? '' } }), enabled: id !== undefined });
  const create = useAct(createResource);
  const update = useAct(updateResource);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  const resource = found.data;
  return (
    <Page
      title={resource === undefined ? '登记政策或资源' : `修改${resource.name}`}
      crumbs={[
        { title: '政策与资源', to: '/resources' },
        ...(resource === undefined ? [] : [{ title: resource.name, to: `/resources/${resource.id}` }]),
      ]}
    >
      <Card>
        <RecordForm
          validateWith={ResourceDraft}
          initial={resource ?? { kind: 'policy', issuingTier: 'district', materials: [], helpFields: [], validFrom: today() }}
          draftKey={`resource.${id ?? 'new'}`}
          onCancel={() => void navigate({ to: id === undefined ? '/resources' : `/resources/${id}` })}
          submit={async (body) => {
            const to =
              resource === undefined
                ? (await create.mutateAsync({ body })).id
                : (await update.mutateAsync({ params: { id: resource.id }, body: { ...body, version: resource.version } })).id;
            void message.success('已保存');
            await navigate({ to: `/resources/${to}` });
          }}
        >
          <FieldGroup title="是什么">
            <Field name="name" label="名称">
              <Input maxLength={80} />
            </Field>
            <Field name="kind" label="类别">
              <Select options={optionsOf(resourceKindLabels)} />
            </Field>
            <Field name="category" label="小类">
              <Input placeholder="如：临时救助" />
            </Field>
            <Field name="issuingTier" label="出自哪一级">
              <Select options={optionsOf(issuingTierLabels)} />
            </Field>
            <Field name="helpFields" label="专业" wide>
              <ChoiceBoxes options={optionsOf(helpFieldLabels)} />
            </Field>
            <Field name="summary" label="内容" wide>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={800} showCount />
            </Field>
          </FieldGroup>
          <FieldGroup title="怎么办">
            <Field name="audience" label="谁可以申请" wide>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={300} showCount />
            </Field>
            <Field name="conditions" label="条件" wide>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={800} showCount />
            </Field>
            <Field name="materials" label="要带的材料" hint="写一项按一次回车。" wide>
              <WordsInput between={['；', ';', '\n']} />
            </Field>
            <Field name="eligibility" label="条件写成规则" hint="求助页按规则回答谁能申请；每次修改都留下版本。" wide>
              <EligibilityEditor />
            </Field>
            <Field name="authority" label="办理单位">
              <Input />
            </Field>
            <Field name="phone" label="电话">
              <Input inputMode="tel" />
            </Field>
          </FieldGroup>
          <FieldGroup title="出处与有效期">
            <Field name="validFrom" label="生效">
              <DayInput />
            </Field>
            <Field name="validTo" label="失效" hint="不填为长期有效。">
              <DayInput />
            </Field>
            <Field name="policyType" label="政策类型">
              <Select allowClear options={optionsOf(policyTypeLabels)} />
            </Field>
            <Field name="documentNo" label="文号">
              <Input maxLength={60} />
            </Field>
            <Field name="documentOn" label="发文日期">
              <DayInput />
            </Field>
            <Field name="reviewOn" label="下次复核" hint="到这一天提醒您。">
              <DayInput />
            </Field>
            <Field name="source" label="来源" hint="文件名称与文号，或网址。" wide>
              <Input />
            </Field>
          </FieldGroup>
        </RecordForm>
      </Card>
    </Page>
  );
}
