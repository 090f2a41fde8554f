import { holdConference, readOpinionDocument } from '@jieyou/core/support/endpoints.ts';
import { helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useQueryClient } from '@tanstack/react-query';
import { Link, useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { ApiError, call, fileUrl } from '../house/client.ts';
import { now, shortInstant } from '../house/format.ts';
import { ChoiceBoxes, DayInput, InstantInput } from '../house/inputs.tsx';
import { Page } from '../house/Page.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import { afterMove, type ConferenceData, type RequestFileData, useRequest } from './queries.ts';
import { OpinionCard, Passage } from './RequestSections.tsx';

type Decision = { text?: string; ownerId?: string; dueOn?: string };

/** Prints the opinion document: from this browser always, as PDF where the server has a browser of its own. */
function OpinionDocument({ id }: { id: string }) {
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const pdf = async () => {
    setBusy(true);
    setError(null);
    try {
      const response = await fetch(fileUrl(readOpinionDocument, { params: { id }, query: { format: 'pdf' } }), {
        credentials: 'same-origin',
      });
      if (!response.ok) {
        const told = (await response.json().catch(() => ({}))) as { code?: string };
        throw new ApiError({ kind: response.status === 409 ? 'refused' : 'bug', code: told.code });
      }
      const link = document.createElement('a');
      link.href = URL.createObjectURL(await response.blob());
      link.download = '会诊意见书.pdf';
      link.click();
      URL.revokeObjectURL(link.href);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="jy-card">
      <h2>会诊意见书</h2>
      <p className="rd-says">A4 公文版式，带签字栏。可在浏览器里打印，或下载 PDF。</p>
      <div className="rd-bar">
        <Button type="primary" href={fileUrl(readOpinionDocument, { params: { id }, query: { format: 'html' } })} target="_blank">
          打开打印版
        </Button>
        <Button loading={busy} onClick={() => void pdf()}>
          下载 PDF
        </Button>
      </div>
      <RefusalNotice error={error} />
    </section>
  );
}

function Decisions({
  form,
  chairs,
}: {
  form: ReturnType<typeof Form.useForm>[0];
  chairs: { readonly askerId: string; readonly askerName: string };
}) {
  const decisions = (Form.useWatch('decisions', { form, preserve: true }) as Decision[] | undefined) ?? [];
  const put = (next: Decision[]) => form.setFieldValue('decisions', next);
  return (
    <FieldGroup title="决定（每项都有负责人和期限）">
      {decisions.map((decision, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows of a form are addressed by their place
        <div key={index} className="jy-wide rd-decision">
          <Field name={['decisions', index, 'text']} label={`决定 ${index + 1}`} wide>
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={600} placeholder="谁要做什么，做到什么程度" />
          </Field>
          <Field name={['decisions', index, 'ownerId']} label="负责人">
            <PersonPicker knownAs={decision.ownerId === chairs.askerId ? `${chairs.askerName}（求助社工）` : undefined} />
          </Field>
          <Field name={['decisions', index, 'dueOn']} label="期限">
            <DayInput />
          </Field>
          <div className="rd-decision-foot">
            <Button size="small" onClick={() => form.setFieldValue(['decisions', index, 'ownerId'], chairs.askerId)}>
              由求助社工 {chairs.askerName} 负责
            </Button>
            {decisions.length > 1 ? (
              <Button size="small" danger type="text" onClick={() => put(decisions.filter((_, at) => at !== index))}>
                删去这项
              </Button>
            ) : null}
          </div>
        </div>
      ))}
      <div className="jy-wide">
        <Button onClick={() => put([...decisions, {}])}>再加一项决定</Button>
      </div>
    </FieldGroup>
  );
}

function Minutes({ file, conference }: { file: RequestFileData; conference: ConferenceData }) {
  const client = useQueryClient();
  const navigate = useNavigate();
  const [form] = Form.useForm();
  // Whoever was invited and answered may have come, whatever the list of attendees says before the meeting.
  const invited = [
    ...new Map(
      file.rounds
        .flatMap((r) => r.invitations.filter((i) => i.status === 'accepted' || i.status === 'answered'))
        .map((i) => [i.expertId, i]),
    ).values(),
  ];
  const opinions = file.rounds.flatMap((r) => r.opinions);
  return (
    <div className="rd-columns">
      <section className="jy-card">
        <RecordForm
          form={form}
          validateWith={holdConference.body}
          initial={{
            heldAt: Date.parse(conference.plannedAt) < Date.now() ? conference.plannedAt : now(),
            attendeeIds: invited.filter((i) => i.status === 'answered').map((i) => i.expertId),
            decisions: [{}] as never,
          }}
          final
          draftKey={`minutes.${conference.id}`}
          submitWords="保存会诊记录"
          onCancel={() => void navigate({ to: '/requests/$id', params: { id: file.id } })}
          submit={async (body) => {
            await call(holdConference, { params: { id: conference.id }, body });
            await afterMove(client);
            void navigate({ to: '/requests/$id', params: { id: file.id }, search: { view: 'work' } as never });
          }}
        >
          <Field name="heldAt" label="召开时间">
            <InstantInput />
          </Field>
          <Field name="attendeeIds" label="到会专家" hint="至少两个专业的专家到会，会诊才成立" wide>
            <ChoiceBoxes
              options={invited.map((i) => ({
                value: i.expertId,
                label: `${i.expertName}（${i.helpFields.map((f) => helpFieldLabels[f]).join('、')}）`,
              }))}
            />
          </Field>
          <Field name="minutes" label="纪要" hint="各位说了什么，分歧在哪里" wide>
            <Input.TextArea autoSize={{ minRows: 6, maxRows: 24 }} maxLength={8000} showCount />
          </Field>
          <Field name="consensus" label="共识" wide>
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={3000} showCount />
          </Field>
          <Decisions form={form} chairs={{ askerId: file.askerId, askerName: file.askerName }} />
        </RecordForm>
      </section>
      <aside>
        <section className="jy-card">
          <h2>约定</h2>
          <p>
            {shortInstant(conference.plannedAt)}
            <br />
            {conference.place}
            <br />
            主持：{conference.chairName}
          </p>
        </section>
        <section className="jy-card">
          <h2>专家意见</h2>
          {opinions.length === 0 ? (
            <p className="rd-quiet">还没有意见。</p>
          ) : (
            opinions.map((o) => <OpinionCard key={o.invitationId} opinion={o} />)
          )}
        </section>
      </aside>
    </div>
  );
}

/** The record of a conference: minutes while it is to be recorded, the opinion document afterwards. */
export default function ConferencePage() {
  const { id = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as { request?: string };
  const printing = useLocation().pathname.endsWith('/print');
  // A link without its request may carry the request's own id: the conference is then the one still to be held.
  const query = useRequest(search.request ?? id);
  const file = query.data;
  const conference =
    file?.conferences.find((c) => c.id === id) ?? file?.conferences.find((c) => c.status === 'planned') ?? file?.conferences.at(-1);

  if (printing) {
    return (
      <Page title="会诊意见书">
        <OpinionDocument id={id} />
      </Page>
    );
  }
  if (file === undefined || conference === undefined) {
    return (
      <Page title="会诊">
        {query.error !== null ? (
          <>
            <RefusalNotice error={query.error} />
            <OpinionDocument id={id} />
          </>
        ) : file === undefined ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <p className="rd-quiet">这份求助还没有安排会诊。</p>
        )}
      </Page>
    );
  }
  const number = file.archiveNo ?? file.receiptNo ?? '';
  return (
    <Page
      title={conference.status === 'planned' ? '记录会诊' : '会诊'}
      crumbs={[{ title: number, to: `/requests/${file.id}` }]}
      says={`${file.content?.recipientName ?? ''}　${number}`}
    >
      {conference.status === 'planned' ? (
        file.can.includes('holdConference') ? (
          <Minutes file={file} conference={conference} />
        ) : (
          <Alert
            type="info"
            showIcon
            title="由主持人或支援中心记录会诊"
            description={`主持：${conference.chairName}，${shortInstant(conference.plannedAt)}`}
          />
        )
      ) : (
        <>
          <section className="jy-card">
            <p>
              {shortInstant(conference.heldAt)}　{conference.place}　主持：{conference.chairName}
              <br />
              到会：{conference.attendees.map((a) => a.name).join('、')}
            </p>
            <Passage title="共识" text={conference.consensus ?? ''} />
            <Passage title="纪要" text={conference.minutes ?? ''} />
            <Link to="/requests/$id" params={{ id: file.id }} search={{ view: 'work' } as never}>
              看决定与行动项
            </Link>
          </section>
          {conference.status === 'held' ? <OpinionDocument id={conference.id} /> : null}
        </>
      )}
    </Page>
  );
}
