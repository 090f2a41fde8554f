import {
  listAgendaConsents,
  printClientAgenda,
  readClientAgenda,
  recordClientAttendance,
  writeClientAgenda,
} from '@jieyou/core/support/meetingEndpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Form, Input, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { fileUrl } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay, meetingInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';

function Items({ form }: { readonly form: ReturnType<typeof Form.useForm>[0] }) {
  const items = (Form.useWatch('items', { form, preserve: true }) as string[] | undefined) ?? [''];
  return (
    <FieldGroup title="一起谈什么（按顺序，写给案主看）">
      {items.map((_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a form are addressed by their place
        <Field key={i} name={['items', i]} label={`第 ${i + 1} 项`} wide>
          <Input maxLength={80} placeholder="如：先听您说说最近怎样" />
        </Field>
      ))}
      <div className="jy-wide rd-bar">
        {items.length < 8 ? <Button onClick={() => form.setFieldValue('items', [...items, ''])}>再加一项</Button> : null}
        {items.length > 1 ? (
          <Button type="text" onClick={() => form.setFieldValue('items', items.slice(0, -1))}>
            删去最后一项
          </Button>
        ) : null}
      </div>
    </FieldGroup>
  );
}

/** The client's own agenda of a conference, apart from what professionals write. */
export default function ClientAgendaPage() {
  const { id = '' } = useParams({ strict: false });
  const writes = useCan('worker', 'centre');
  const [form] = Form.useForm();
  const found = useQuery(queryOf(readClientAgenda, { params: { id } }));
  const consents = useQuery({ ...queryOf(listAgendaConsents, { params: { id } }), enabled: writes });
  const write = useAct(writeClientAgenda);
  const attend = useAct(recordClientAttendance);
  if (found.isError) {
    return (
      <Page title="案主议程">
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (found.isPending || (writes && consents.isPending)) {
    return (
      <Page title="案主议程">
        <Skeleton active paragraph={{ rows: 8 }} />
      </Page>
    );
  }
  const { agenda } = found.data;
  const minor = consents.data?.minor ?? agenda?.minor ?? false;
  const choices = consents.data?.consents ?? [];
  const open = agenda === null || agenda.conferenceStatus === 'planned';
  return (
    <Page
      title="案主议程"
      crumbs={[
        consents.data === undefined ? { title: '求助', to: '/requests' } : { title: '求助', to: `/requests/${consents.data.requestId}` },
      ]}
      says="给案主看的一份，只有时间、地点和要谈的事；专家意见和会诊纪要不在里面。"
    >
      {agenda === null ? null : (
        <section className="jy-card">
          <h2>
            {meetingInstant(agenda.plannedAt)}　{agenda.place}
          </h2>
          <p className="rd-wrap">{agenda.welcome}</p>
          <ol style={{ listStyle: 'decimal', paddingInlineStart: 24, margin: '8px 0' }}>
            {agenda.items.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ol>
          <p className="rd-quiet">
            {agenda.companion === '' ? '' : `陪同：${agenda.companion}。`}
            {agenda.attended === null ? '还没有登记是否到会。' : agenda.attended ? '案主到会。' : '案主没有到会。'}
          </p>
          <div className="rd-bar">
            <Button type="primary" href={fileUrl(printClientAgenda, { params: { id } })} target="_blank">
              打印案主议程
            </Button>
            {writes && agenda.attended === null && Date.parse(agenda.plannedAt) <= Date.now() ? (
              <>
                <Button onClick={() => attend.mutate({ params: { id }, body: { version: agenda.version, attended: true } })}>
                  案主到会了
                </Button>
                <Button onClick={() => attend.mutate({ params: { id }, body: { version: agenda.version, attended: false } })}>
                  没有到会
                </Button>
              </>
            ) : null}
          </div>
          <RefusalNotice error={attend.error} />
        </section>
      )}
      {!writes || !open ? null : choices.length === 0 ? (
        <EmptyState
          title="还没有案主参加会诊的同意"
          hint="请求助社工在个案里登记同意，用途选“案主参加会诊”；未成年的由监护人签署。"
          action={
            consents.data?.caseId == null ? undefined : (
              <Link to="/cases/$id" params={{ id: consents.data.caseId }}>
                去个案里登记同意
              </Link>
            )
          }
        />
      ) : (
        <section className="jy-card">
          <h2>{agenda === null ? '请案主参加' : '修改议程'}</h2>
          {minor ? <p className="rd-says">案主未成年（或没有登记出生日期）：须由监护人签署同意，并陪同到会。</p> : null}
          <RecordForm
            key={agenda?.version ?? 0}
            form={form}
            validateWith={writeClientAgenda.body.omit({ version: true })}
            initial={
              agenda === null
                ? {
                    welcome: '谢谢您愿意来。这次会上，我们一起商量接下来怎么办。',
                    items: [''],
                    companion: '',
                    consentId: choices[0]?.id ?? '',
                  }
                : { welcome: agenda.welcome, items: agenda.items, companion: agenda.companion, consentId: agenda.consentId }
            }
            submitWords="保存案主议程"
            submit={async (body) => {
              await write.mutateAsync({ params: { id }, body: { ...body, version: agenda?.version ?? 0 } });
            }}
          >
            <Field name="consentId" label="依据哪份同意">
              <Select
                options={choices.map((c) => ({
                  value: c.id,
                  label: `${c.signedBy} ${formatDay(c.grantedOn)}签${c.expiresOn === null ? '' : `，至 ${formatDay(c.expiresOn)}`}`,
                }))}
              />
            </Field>
            <Field name="companion" label="陪同的人" hint={minor ? '未成年须写监护人' : '没有可以不填'}>
              <Input maxLength={40} placeholder="如：母亲" />
            </Field>
            <Field name="welcome" label="写给案主的话" wide>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={400} />
            </Field>
            <Items form={form} />
          </RecordForm>
        </section>
      )}
    </Page>
  );
}
