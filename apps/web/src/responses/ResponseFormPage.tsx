import { listResources } from '@jieyou/core/resources/endpoints.ts';
import { openResponse, readLineOpening } from '@jieyou/core/responses/endpoints.ts';
import { minutesBetween } from '@jieyou/core/responses/rules.ts';
import {
  HandedField,
  ResourceDraft,
  type ResponseDraft,
  SeminarDraft,
  SupervisionDraft,
  TransferDraft,
} from '@jieyou/core/responses/schema.ts';
import { packetFieldLabels } from '@jieyou/core/texts/labels.ts';
import { responseKindLabels } from '@jieyou/core/texts/responsesLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Form, Input, Radio, Select, Skeleton } from 'antd';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import type { Answer } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay, today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { ColleaguePicker } from './ColleaguePicker.tsx';
import { Passage, SupervisionFields } from './SupervisionFields.tsx';

type Opening = Answer<typeof readLineOpening>;
type Initial = Partial<Record<string, unknown>>;

/** The end after the beginning, said beside the field while it is typed; the platform checks it again. */
const supervisionInOrder = SupervisionDraft.refine((d) => minutesBetween(d.startsAt, d.endsAt) !== null, {
  path: ['endsAt'],
  error: '结束时刻要晚于开始时刻',
});

const BEGIN: Readonly<Record<ResponseDraft['kind'], { schema: z.ZodType; initial: () => Initial; words: string }>> = {
  transfer: {
    schema: TransferDraft,
    initial: () => ({ fields: ['situation', 'domain', 'tried', 'asks'], basis: {}, replyBy: null }),
    words: '发出转介',
  },
  supervision: {
    schema: supervisionInOrder,
    initial: () => ({ heldOn: today(), form: 'individual', others: '' }),
    words: '写好，请双方签认',
  },
  seminar: {
    schema: SeminarDraft,
    initial: () => ({ heldOn: today(), startsAt: '14:30', guests: '', participantIds: [] }),
    words: '安排研讨',
  },
  'resource-link': { schema: ResourceDraft, initial: () => ({ resourceId: null, resourceName: '' }), words: '提出' },
};

function TransferFields({ opening, lineId }: { readonly opening: Opening; readonly lineId: string }) {
  const form = Form.useFormInstance();
  const kind = Form.useWatch(['basis', 'kind'], form) as string | undefined;
  return (
    <>
      <Field name="toId" label="转给谁" wide>
        <ColleaguePicker lineId={lineId} withoutMe />
      </Field>
      <Field name="reason" label="转介事由" wide>
        <Passage />
      </Field>
      <Field name="fields" label="移交哪些内容" hint="姓名、电话、住址会自动替换；附件不移交。" wide>
        <ChoiceBoxes options={HandedField.options.map((f) => ({ value: f, label: packetFieldLabels[f] }))} />
      </Field>
      <Field name={['basis', 'kind']} label="依据" wide>
        <Radio.Group
          options={[
            { value: 'consent', label: '服务对象同意' },
            { value: 'emergency', label: '紧急情形' },
            { value: 'statutory-duty', label: '法定职责' },
          ]}
        />
      </Field>
      {kind === 'consent' ? (
        <Field
          name={['basis', 'consentId']}
          label="哪一份同意"
          hint={opening.consents.length === 0 ? '还没有用于转介的有效同意，请求助社工先在个案里登记。' : undefined}
          wide
        >
          <Select
            options={opening.consents.map((c) => ({
              value: c.id,
              label: `${c.receiver}${c.expiresOn === null ? '' : `，至 ${formatDay(c.expiresOn)}`}`,
            }))}
          />
        </Field>
      ) : kind === undefined ? null : (
        <Field
          name={['basis', 'ground']}
          label="具体依据"
          hint={kind === 'emergency' ? '写明什么紧急情形。' : '写明哪部法律、哪项职责。'}
          wide
        >
          <Input maxLength={400} />
        </Field>
      )}
      <Field name="replyBy" label="请对方在哪天前答复" hint="可以不填">
        <DayInput notBefore={today()} />
      </Field>
    </>
  );
}

function SeminarFields({ lineId }: { readonly lineId: string }) {
  return (
    <>
      <Field name="topic" label="议题" wide>
        <Input maxLength={120} />
      </Field>
      <Field name="heldOn" label="日期">
        <DayInput notBefore={today()} />
      </Field>
      <Field name="startsAt" label="时刻">
        <Input type="time" />
      </Field>
      <Field name="place" label="地点" wide>
        <Input maxLength={120} />
      </Field>
      <Field name="participantIds" label="参加人" wide>
        <ColleaguePicker lineId={lineId} several />
      </Field>
      <Field name="guests" label="其他参加人" hint="平台以外的人，可以不填" wide>
        <Input maxLength={400} />
      </Field>
      <Field name="agenda" label="议程" wide>
        <Passage max={2000} />
      </Field>
    </>
  );
}

function ResourceFields() {
  const found = useQuery(queryOf(listResources, { query: { state: 'valid', limit: 100 } as never }));
  return (
    <>
      <Field name="resourceId" label="资源库里的资源" wide>
        <Select
          allowClear
          showSearch={{ optionFilterProp: 'label' }}
          options={(found.data?.rows ?? []).map((r) => ({ value: r.id, label: r.name }))}
          placeholder="库里没有的，写在下一栏"
        />
      </Field>
      <Field name="resourceName" label="库外资源" hint="资源库里选了，就不用写" wide>
        <Input maxLength={120} />
      </Field>
      <Field name="asked" label="请对方做什么" wide>
        <Passage />
      </Field>
    </>
  );
}

/** Writing a record under a line of support. */
export default function ResponseFormPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const message = useMessages();
  const found = useQuery(queryOf(readLineOpening, { params: { id } }));
  const open = useAct(openResponse);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const opening = found.data;
  if (opening.kind === null) {
    return (
      <Page title="会诊" crumbs={[{ title: '支援线', to: '/lines' }]}>
        <EmptyState
          title="会诊在求助页里安排"
          hint="时间、专家和记录都在那里，不用另写一条。"
          action={
            <Link to="/requests/$id" params={{ id: opening.requestId }}>
              打开这份求助
            </Link>
          }
        />
      </Page>
    );
  }
  const kind = opening.kind;
  const { schema, initial, words } = BEGIN[kind];
  return (
    <Page
      title={`新的${responseKindLabels[kind]}记录`}
      says={`${opening.number}　${opening.task}${kind === 'supervision' && opening.supervisor !== null ? `　督导：${opening.supervisor}` : ''}`}
      crumbs={[{ title: '支援线', to: '/lines' }]}
    >
      <Card>
        <RecordForm
          validateWith={schema as z.ZodType<ResponseDraft, Record<string, unknown>>}
          initial={initial()}
          extra={{ kind }}
          draftKey={`response.${id}`}
          submitWords={words}
          final
          onCancel={() => window.history.back()}
          submit={async (body) => {
            const made = await open.mutateAsync({ params: { id }, body });
            void message.success('已保存');
            await navigate({ to: '/responses/$id', params: { id: made.id } });
          }}
        >
          {kind === 'transfer' ? <TransferFields opening={opening} lineId={id} /> : null}
          {kind === 'supervision' ? <SupervisionFields /> : null}
          {kind === 'seminar' ? <SeminarFields lineId={id} /> : null}
          {kind === 'resource-link' ? <ResourceFields /> : null}
        </RecordForm>
      </Card>
    </Page>
  );
}
