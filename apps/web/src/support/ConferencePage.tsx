import { holdConference, readConference, readOpinionDocument } from '@jieyou/core/support/endpoints.ts';
import { helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, Navigate, useLocation, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Alert, Button, Form, Input, InputNumber, Select, Skeleton } from 'antd';
import { queryOf } from '../house/ask.ts';
import { call } from '../house/client.ts';
import { meetingInstant, now, shortInstant } from '../house/format.ts';
import { ChoiceBoxes, DayInput, InstantInput } from '../house/inputs.tsx';
import { Page } from '../house/Page.tsx';
import { PaperButtons } from '../house/Paper.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useRowKeys } from '../house/rowKeys.ts';
import '../house/reading.css';
import { MeetingTime } from './MeetingTime.tsx';
import { afterMove, type RequestFileData, useRequest } from './queries.ts';
import { OpinionCard, Passage } from './RequestSections.tsx';

/** What keeping the minutes needs, whether one comes from the request or only chairs. */
type Sheet = {
  readonly conference: {
    readonly id: string;
    readonly plannedAt: string;
    readonly place: string;
    readonly chairName: string;
    readonly version: number;
  };
  readonly invited: readonly Pick<
    RequestFileData['rounds'][number]['invitations'][number],
    'expertId' | 'expertName' | 'helpFields' | 'status'
  >[];
  /** Null where the one who keeps the minutes does not read the request. */
  readonly opinions: RequestFileData['rounds'][number]['opinions'] | null;
  readonly asker: { readonly id: string; readonly name: string } | null;
  /** Those who may own a decision; null where all of the staff can be looked up. */
  readonly owners: readonly { readonly personId: string; readonly name: string }[] | null;
  readonly back: () => void;
};

type Decision = { text?: string; ownerId?: string; dueOn?: string };

function OpinionDocument({ id }: { id: string }) {
  return (
    <section className="jy-card">
      <h2>会诊意见书</h2>
      <p className="rd-says">A4 公文版式，带签字栏。可在浏览器里打印，或下载 PDF。</p>
      <PaperButtons first paper={readOpinionDocument} params={{ id }} />
    </section>
  );
}

function Decisions({ form, asker, owners }: Pick<Sheet, 'asker' | 'owners'> & { form: ReturnType<typeof Form.useForm>[0] }) {
  const decisions = (Form.useWatch('decisions', { form, preserve: true }) as Decision[] | undefined) ?? [];
  const keys = useRowKeys(decisions.length);
  const put = (next: Decision[]) => form.setFieldValue('decisions', next);
  const remove = (index: number) => {
    keys.remove(index);
    put(decisions.filter((_, at) => at !== index));
  };
  return (
    <FieldGroup title="决定（每项都有负责人和期限）">
      {decisions.map((decision, index) => (
        <div key={keys.of(index)} className="jy-wide rd-decision">
          <Field name={['decisions', index, 'text']} label={`决定 ${index + 1}`} wide>
            <Input.TextArea autoSize={{ minRows: 1, maxRows: 6 }} maxLength={600} placeholder="谁要做什么，做到什么程度" />
          </Field>
          <Field name={['decisions', index, 'ownerId']} label="负责人">
            {owners === null ? (
              <PersonPicker knownAs={asker !== null && decision.ownerId === asker.id ? `${asker.name}（求助社工）` : undefined} />
            ) : (
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                placeholder="选择负责人"
                options={owners.map((o) => ({ value: o.personId, label: o.name }))}
              />
            )}
          </Field>
          <Field name={['decisions', index, 'dueOn']} label="期限">
            <DayInput />
          </Field>
          <div className="rd-decision-foot">
            {asker === null ? null : (
              <Button size="small" onClick={() => form.setFieldValue(['decisions', index, 'ownerId'], asker.id)}>
                由求助社工 {asker.name} 负责
              </Button>
            )}
            {decisions.length > 1 ? (
              <Button size="small" danger type="text" onClick={() => remove(index)}>
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

function Minutes({ conference, invited, opinions, asker, owners, back }: Sheet) {
  const client = useQueryClient();
  const [form] = Form.useForm();
  return (
    <>
      <section className="jy-card">
        <h2>
          {meetingInstant(conference.plannedAt)}　{conference.place}　主持：{conference.chairName}
        </h2>
        <MeetingTime conference={conference} />
      </section>
      <div className="rd-columns">
        <section className="jy-card">
          <h2>会诊记录</h2>
          {Date.parse(conference.plannedAt) > Date.now() ? (
            <p className="rd-says">会诊开完后在这里写。到会的人、纪要、共识和决定都会存进求助。</p>
          ) : null}
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
            onCancel={back}
            submit={async (body) => {
              await call(holdConference, { params: { id: conference.id }, body });
              await afterMove(client);
              back();
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
            <Field name="lasted" label="每位专家用了多久（分钟）" hint="可以不填；只用来看负担，不排名">
              <InputNumber min={1} max={1440} />
            </Field>
            <Field name="minutes" label="纪要" hint="各位说了什么，分歧在哪里" wide>
              <Input.TextArea autoSize={{ minRows: 6, maxRows: 24 }} maxLength={8000} showCount />
            </Field>
            <Field name="consensus" label="共识" wide>
              <Input.TextArea autoSize={{ minRows: 3, maxRows: 12 }} maxLength={3000} showCount />
            </Field>
            <Decisions form={form} asker={asker} owners={owners} />
          </RecordForm>
        </section>
        <aside>
          {opinions === null ? null : (
            <section className="jy-card">
              <h2>专家意见</h2>
              {opinions.length === 0 ? (
                <p className="rd-quiet">还没有意见。</p>
              ) : (
                opinions.map((o) => <OpinionCard key={o.invitationId} opinion={o} />)
              )}
            </section>
          )}
        </aside>
      </div>
    </>
  );
}

/** A conference for its chair, who may be an expert or a supervisor and sees nothing of the request. */
function ChairedConference({ id }: { id: string }) {
  const navigate = useNavigate();
  const found = useQuery(queryOf(readConference, { params: { id } }));
  if (found.isError) {
    return (
      <Page title="会诊">
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (found.isPending) {
    return (
      <Page title="会诊">
        <Skeleton active paragraph={{ rows: 8 }} />
      </Page>
    );
  }
  const sheet = found.data;
  if (sheet.requestId !== null) {
    return <Navigate to="/conferences/$id" params={{ id }} search={{ request: sheet.requestId } as never} replace />;
  }
  return (
    <Page title={sheet.status === 'planned' ? '会诊：时间与记录' : '会诊'} says={sheet.number}>
      {sheet.status === 'planned' ? (
        <Minutes
          conference={sheet}
          invited={sheet.invited
            .filter((i) => i.status === 'accepted' || i.status === 'answered')
            .map(({ name, ...i }) => ({ ...i, expertName: name }))}
          opinions={null}
          asker={null}
          owners={sheet.owners}
          back={() => void navigate({ to: '/' })}
        />
      ) : (
        <section className="jy-card">
          <p>
            {shortInstant(sheet.heldAt ?? sheet.plannedAt)}　{sheet.place}　主持：{sheet.chairName}
            <br />
            到会：{sheet.attendees.map((a) => a.name).join('、')}
          </p>
          <Passage heading="h3" title="共识" text={sheet.consensus ?? ''} />
          <Passage heading="h3" title="纪要" text={sheet.minutes ?? ''} />
        </section>
      )}
    </Page>
  );
}

/** The record of a conference: minutes while it is to be recorded, the opinion document afterwards. */
export default function ConferencePage() {
  const { id = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as { request?: string };
  const printing = useLocation().pathname.endsWith('/print');
  if (printing) {
    return (
      <Page title="会诊意见书">
        <OpinionDocument id={id} />
      </Page>
    );
  }
  return search.request === undefined ? <ChairedConference id={id} /> : <ConferenceOfRequest id={id} requestId={search.request} />;
}

function ConferenceOfRequest({ id, requestId }: { id: string; requestId: string }) {
  const navigate = useNavigate();
  const query = useRequest(requestId);
  const file = query.data;
  const conference = file?.conferences.find((c) => c.id === id);
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
      title={conference.status === 'planned' ? '会诊：时间与记录' : '会诊'}
      crumbs={[{ title: number, to: `/requests/${file.id}` }]}
      says={`${file.content?.recipientName ?? ''}　${number}`}
    >
      {conference.status === 'planned' ? (
        file.can.includes('holdConference') ? (
          <Minutes
            conference={conference}
            // Whoever was invited and answered may have come, whatever the list of attendees says before the meeting.
            invited={[
              ...new Map(
                file.rounds
                  .flatMap((r) => r.invitations.filter((i) => i.status === 'accepted' || i.status === 'answered'))
                  .map((i) => [i.expertId, i]),
              ).values(),
            ]}
            opinions={file.rounds.flatMap((r) => r.opinions)}
            asker={{ id: file.askerId, name: file.askerName }}
            owners={null}
            back={() => void navigate({ to: '/requests/$id', params: { id: file.id }, search: { view: 'work' } as never })}
          />
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
            <Passage heading="h3" title="共识" text={conference.consensus ?? ''} />
            <Passage heading="h3" title="纪要" text={conference.minutes ?? ''} />
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
