import { createCompetition, readCompetition, updateCompetition } from '@jieyou/core/learning/endpoints.ts';
import { CompetitionDraft, Criterion } from '@jieyou/core/learning/schema.ts';
import { addDays } from '@jieyou/core/shared/day.ts';
import { caseDomainLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Form, Input, Skeleton } from 'antd';
import { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import type { Answer } from '../house/client.ts';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { SelectSeveral } from '../house/several.tsx';
import { PeoplePicker } from './pickers.tsx';
import { RowsEditor } from './RowsEditor.tsx';

// Nobody types the code of a criterion: it is its place.
const Typed = CompetitionDraft.extend({
  criteria: z
    .array(Criterion.omit({ key: true }))
    .min(1, { error: '至少写一项评分标准' })
    .max(8)
    .refine((all) => all.reduce((n, c) => n + c.weight, 0) === 100, { error: '各项权重合计应为 100' }),
});

const begin = () => ({
  domains: [],
  opensOn: today(),
  closesOn: addDays(today(), 30),
  scoreBy: addDays(today(), 45),
  criteria: [
    { title: '需求评估', weight: 25, says: '问题看得准，证据写得清' },
    { title: '介入方法', weight: 35, says: '方法有依据，多专业配合得当' },
    { title: '服务成效', weight: 25, says: '变化可以核对，目标有跟进' },
    { title: '反思与可推广', weight: 15, says: '同行能照着做' },
  ],
  awards: [
    { title: '一等奖', places: 1 },
    { title: '二等奖', places: 2 },
    { title: '三等奖', places: 3 },
  ],
  judgeIds: [],
});

function WeightSum() {
  const criteria = (Form.useWatch('criteria', { preserve: true }) ?? []) as { weight?: number }[];
  const sum = criteria.reduce((n, c) => n + (c.weight ?? 0), 0);
  return <span>{sum === 100 ? '权重合计 100。' : `权重合计 ${sum}，应为 100。`}</span>;
}

function Fields({ judges }: { readonly judges: readonly { id: string; label: string }[] }) {
  return (
    <>
      <Field name="title" label="名称" wide>
        <Input maxLength={60} placeholder="如：2026 年疑难个案评优" />
      </Field>
      <Field name="theme" label="主题与要求" wide>
        <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} />
      </Field>
      <Field name="domains" label="问题领域" hint="不选就是不限领域。" wide>
        <SelectSeveral allowClear options={optionsOf(caseDomainLabels)} />
      </Field>
      <Field name="opensOn" label="开始申报">
        <DayInput />
      </Field>
      <Field name="closesOn" label="截止申报">
        <DayInput />
      </Field>
      <Field name="scoreBy" label="评分截止">
        <DayInput />
      </Field>
      <FieldGroup title="评分标准">
        <Field name="criteria" label="每一项满分 100，按权重合成总分" hint={<WeightSum />} wide>
          <RowsEditor<{ title: string; weight: number; says: string }>
            name="评分标准"
            layout="ln-criteria"
            fresh={{ title: '', weight: 10, says: '' }}
            columns={[
              { key: 'title', says: '名称', kind: 'words', maxLength: 20 },
              { key: 'weight', says: '权重', kind: 'number', min: 1, max: 100, suffix: '%' },
              { key: 'says', says: '说明', placeholder: '怎样算好', kind: 'words', maxLength: 120 },
            ]}
          />
        </Field>
      </FieldGroup>
      <FieldGroup title="奖项与评委">
        <Field name="awards" label="奖项，从高到低" wide>
          <RowsEditor<{ title: string; places: number }>
            name="奖项"
            layout="ln-awards"
            fresh={{ title: '', places: 1 }}
            columns={[
              { key: 'title', says: '奖项', placeholder: '如：一等奖', kind: 'words', maxLength: 12 },
              { key: 'places', says: '奖项的名额', kind: 'number', min: 1, max: 50, suffix: '名' },
            ]}
          />
        </Field>
        <Field name="judgeIds" label="评委" hint="本区的专家或督导。评分开始前可以更换。" wide>
          <PeoplePicker roles={['expert', 'supervisor']} known={judges} />
        </Field>
      </FieldGroup>
    </>
  );
}

type Read = Answer<typeof readCompetition>;

const asDraft = (c: Read) => ({
  title: c.title,
  theme: c.theme,
  domains: c.domains,
  opensOn: c.opensOn,
  closesOn: c.closesOn,
  scoreBy: c.scoreBy,
  criteria: c.criteria.map(({ key: _, ...rest }) => rest),
  awards: c.awards,
  judgeIds: c.judges.map((j) => j.personId),
});

/** Calling a competition, or changing the call before it is announced. */
export default function CompetitionFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const message = useMessages();
  const found = useQuery({ ...queryOf(readCompetition, { params: { id: id ?? '' } }), enabled: id !== undefined });
  const create = useAct(createCompetition);
  const update = useAct(updateCompetition);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  const was = found.data;
  return (
    <Page
      title={was === undefined ? '发起评优' : '修改评优'}
      says="保存后还没有公布，别人看不到。"
      crumbs={[{ title: '案例评优', to: '/competitions' }]}
    >
      <Card>
        <RecordForm
          validateWith={Typed}
          initial={(was === undefined ? begin() : asDraft(was)) as never}
          {...(was === undefined ? { draftKey: 'competition.new' } : {})}
          submitWords="保存"
          onCancel={() => window.history.back()}
          submit={async (typed) => {
            const body = { ...typed, criteria: typed.criteria.map((c, i) => ({ ...c, key: `c${i + 1}` })) };
            const saved =
              was === undefined
                ? await create.mutateAsync({ body })
                : await update.mutateAsync({ params: { id: was.id }, body: { ...body, version: was.version } });
            void message.success('已保存');
            await navigate({ to: '/competitions/$id', params: { id: saved.id } });
          }}
        >
          <Fields judges={(was?.judges ?? []).map((j) => ({ id: j.personId, label: j.name }))} />
        </RecordForm>
      </Card>
    </Page>
  );
}
