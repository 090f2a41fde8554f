import { createOutput, readOutput, updateOutput } from '@jieyou/core/learning/outputEndpoints.ts';
import { OutputDraft } from '@jieyou/core/learning/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { outputKindLabels, outputStatusLabels } from '@jieyou/core/texts/learningLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Input, InputNumber, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { shortDay, today } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { WordsInput } from '../house/several.tsx';
import { CasesPicker, SeminarsPicker } from './pickers.tsx';

/** Registering a research output, or changing what is known of it. */
export default function OutputFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const message = useMessages();
  const found = useQuery({ ...queryOf(readOutput, { params: { id: id ?? '' } }), enabled: id !== undefined });
  const create = useAct(createOutput);
  const update = useAct(updateOutput);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  const was = found.data;
  const initial =
    was === undefined
      ? { year: Number(today().slice(0, 4)), authors: [], outlet: '', summary: '', link: '', entryIds: [], seminarIds: [] }
      : {
          kind: was.kind,
          title: was.title,
          year: was.year,
          authors: was.authors,
          status: was.status,
          outlet: was.outlet,
          summary: was.summary,
          link: was.link,
          entryIds: was.entries.map((e) => e.id),
          seminarIds: was.seminars.map((s) => s.id),
        };
  return (
    <Page title={was === undefined ? '登记研究成果' : '修改研究成果'} crumbs={[{ title: '研究成果', to: '/research-outputs' }]}>
      <Card>
        <RecordForm
          validateWith={OutputDraft}
          initial={initial as never}
          {...(was === undefined ? { draftKey: 'research-output.new' } : {})}
          submitWords="保存"
          onCancel={() => window.history.back()}
          submit={async (body) => {
            const saved =
              was === undefined
                ? await create.mutateAsync({ body })
                : await update.mutateAsync({ params: { id: was.id }, body: { ...body, version: was.version } });
            void message.success('已保存');
            await navigate({ to: '/research-outputs/$id', params: { id: saved.id } });
          }}
        >
          <Field name="title" label="题名" wide>
            <Input maxLength={120} />
          </Field>
          <Field name="kind" label="类型">
            <Select options={optionsOf(outputKindLabels)} />
          </Field>
          <Field name="status" label="状态">
            <Select options={optionsOf(outputStatusLabels)} />
          </Field>
          <Field name="authors" label="作者" hint="写完一位按回车。单位也可以。" wide>
            <WordsInput />
          </Field>
          <Field name="year" label="年份">
            <InputNumber min={1990} max={2100} style={{ width: '100%' }} />
          </Field>
          <Field name="outlet" label="刊物、出版或发布单位">
            <Input maxLength={120} />
          </Field>
          <Field name="summary" label="摘要" wide>
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
          </Field>
          <Field name="link" label="网址" hint="没有网址的，保存后可以放上文件。" wide>
            <Input maxLength={400} placeholder="https://" inputMode="url" />
          </Field>
          <Field name="entryIds" label="用到哪些案例" wide>
            <CasesPicker known={(was?.entries ?? []).map((e) => ({ id: e.id, label: `${e.number} ${e.title}` }))} />
          </Field>
          <Field name="seminarIds" label="来自哪些研讨" wide>
            <SeminarsPicker known={(was?.seminars ?? []).map((s) => ({ id: s.id, label: `${shortDay(s.heldOn)} ${s.topic}` }))} />
          </Field>
        </RecordForm>
      </Card>
    </Page>
  );
}
