import {
  addAttachment,
  addNote,
  nameConsentReceiver,
  printConsent,
  readAttachment,
  recordConsent,
  removeAttachment,
  withdrawConsent,
} from '@jieyou/core/cases/endpoints.ts';
import { receiverSays } from '@jieyou/core/cases/rules.ts';
import { ConsentDraft, ConsentReceiver, type NoteParts, PacketField } from '@jieyou/core/cases/schema.ts';
import type { NoteKind } from '@jieyou/core/cases/stageSchema.ts';
import { printRoomForm } from '@jieyou/core/forms/endpoints.ts';
import type { RequestStatus } from '@jieyou/core/support/schema.ts';
import { noteKindLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import {
  caseDomainLabels,
  consentPurposeLabels,
  genderLabels,
  helpFieldLabels,
  NOT_SAID,
  optionsOf,
  packetFieldLabels,
  personalFieldLabels,
} from '@jieyou/core/texts/labels.ts';
import { useQueries } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, InputNumber, Radio, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { NoticeOn, RestsOn } from '../house/ConsentNotice.tsx';
import { ApiError, call, fileUrl } from '../house/client.ts';
import { DangerOffer } from '../house/DangerOffer.tsx';
import { FileShelf } from '../house/FileShelf.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { dayAt, shortDay, shortInstant, today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { useKept } from '../house/kept.ts';
import { Masked } from '../house/Masked.tsx';
import { useNamed } from '../house/named.ts';
import { Page } from '../house/Page.tsx';
import { PaperButtons } from '../house/Paper.tsx';
import { PersonalFacts } from '../house/PersonalFacts.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { SearchWithin } from '../house/SearchWithin.tsx';
import { RequestStatusTag, RiskTag, StatusTag } from '../house/StatusTag.tsx';
import { UnsafeContact } from '../house/UnsafeContact.tsx';
import { uuid } from '../house/uuid.ts';
import '../house/reading.css';
import { WordsLeft } from '../house/WordsLeft.tsx';
import { alarmsOf, CaseAlarms } from './CaseAlarms.tsx';
import { CaseForms, formsOf } from './CaseForms.tsx';
import { CaseVisits, visitsOf } from './CaseVisits.tsx';
import { ConsentUses } from './ConsentUses.tsx';
import { CoWorkers } from './CoWorkers.tsx';
import { FieldOfService } from './FieldOfService.tsx';
import { HandoverCard } from './Handovers.tsx';
import { NotePartsFields, NotePartsShown, wordsOfNote } from './NoteParts.tsx';
import { askForHelp, type CaseFileData, liveRequestOf, unmask, useCase, useOlderNotes, useOneNote } from './queries.ts';
import { ReceiverFields } from './ReceiverFields.tsx';
import { NextStage, PapersCard, PlanCard, StageSteps, stageWord, useStages } from './Stages.tsx';

const NOTE_MAX = 20_000;

type NoteDraft = {
  readonly id: string;
  readonly happenedOn: string;
  readonly body: string;
  readonly kind?: NoteKind;
  readonly minutes?: number | null;
  readonly tookPart?: string;
  readonly parts?: NoteParts;
};

function NoteForm({ caseId }: { caseId: string }) {
  const draft = useKept<NoteDraft>(`note.${caseId}`, { id: '', happenedOn: '', body: '' });
  const [saved, setSaved] = useState('');
  const add = useAct(addNote, (made) => {
    setSaved(made.id);
    draft.clear();
  });
  const { body } = draft.value;
  const happenedOn = draft.value.happenedOn || today();
  // The id is made once per note: sent again after a dropped connection, it is the same note.
  const write = (patch: Partial<NoteDraft>) => draft.set({ ...draft.value, id: draft.value.id || uuid(), happenedOn, ...patch });
  const send = () => {
    if (body.trim() === '') return;
    const { id, kind = 'talk', minutes = null, tookPart = '', parts = null } = draft.value;
    add.mutate({ params: { id: caseId }, body: { id, happenedOn, body, kind, minutes, tookPart, parts } });
  };
  return (
    <div className="rd-note-form">
      <Input.TextArea
        id="write-note"
        aria-label="写一条记录"
        placeholder="写一条记录：见了谁、说了什么、接下来做什么"
        value={body}
        onChange={(e) => write({ body: e.target.value })}
        onKeyDown={(e) => {
          if (e.key === 'Enter' && (e.ctrlKey || e.metaKey)) send();
        }}
        autoSize={{ minRows: 3, maxRows: 14 }}
        maxLength={NOTE_MAX}
      />
      <DangerOffer text={wordsOfNote(body, draft.value.parts)} caseId={caseId} />
      <NotePartsFields key={saved} parts={draft.value.parts} onChange={(parts) => write({ parts })} />
      <RefusalNotice error={add.error} />
      <div className="rd-bar">
        <span style={{ width: 150 }}>
          <DayInput aria-label="发生日期" value={happenedOn} notAfter={today()} onChange={(day) => write({ happenedOn: day ?? today() })} />
        </span>
        <Select
          aria-label="方式"
          style={{ width: 112 }}
          value={draft.value.kind ?? 'talk'}
          options={optionsOf(noteKindLabels)}
          onChange={(kind: NoteKind) => write({ kind })}
        />
        <InputNumber
          aria-label="时长（分钟）"
          placeholder="分钟"
          style={{ width: 88 }}
          min={1}
          max={1440}
          precision={0}
          value={draft.value.minutes ?? null}
          onChange={(minutes) => write({ minutes })}
        />
        <Input
          aria-label="在场的人"
          placeholder="在场的人"
          style={{ width: 150 }}
          maxLength={120}
          value={draft.value.tookPart ?? ''}
          onChange={(e) => write({ tookPart: e.target.value })}
        />
        <Button type="primary" ghost loading={add.isPending} disabled={body.trim() === ''} onClick={send}>
          保存记录
        </Button>
        <span className="rd-quiet" role="status">
          {draft.says}
          {body.length > NOTE_MAX - 1000 ? `　还可写 ${NOTE_MAX - body.length} 字` : ''}
        </span>
      </div>
    </div>
  );
}

/** A note on the form of a process record; the ways to print it appear when they are asked for. */
function NotePaper({ id }: { readonly id: string }) {
  const [asked, setAsked] = useState(false);
  return asked ? (
    <div className="rd-note-paper">
      <PaperButtons word paper={printRoomForm} params={{ room: 'note', id }} />
    </div>
  ) : (
    <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setAsked(true)}>
      打印过程记录
    </Button>
  );
}

function Notes({ file, mayWrite }: { file: CaseFileData; mayWrite: boolean }) {
  const [older, setOlder] = useState(false);
  const more = useOlderNotes(file.id, file.moreNotes, older);
  const shown = [...file.notes, ...(more.data?.pages.flatMap((p) => p.rows) ?? [])];
  const { at } = useNamed(false);
  const named = useOneNote(file.id, shown.some((n) => n.id === at) ? undefined : at).data;
  const notes = named === undefined || shown.some((n) => n.id === at) ? shown : [named, ...shown];
  const { mark } = useNamed(notes.some((n) => n.id === at));
  return (
    <section className="jy-card">
      <h2>个案记录</h2>
      <SearchWithin caseId={file.id} />
      {mayWrite ? <NoteForm caseId={file.id} /> : <WordsLeft names={[`note.${file.id}`]} />}
      {notes.length === 0 ? <p className="rd-quiet">还没有记录。</p> : null}
      <ol className="rd-plain rd-notes">
        {notes.map((n) => (
          <li key={n.id} {...mark(n.id)}>
            <div className="rd-quiet">
              {shortDay(n.happenedOn)}　{noteKindLabels[n.kind]}
              {n.minutes === null ? '' : ` ${n.minutes} 分钟`}　{n.authorName}　{n.tookPart === '' ? '' : `在场：${n.tookPart}　`}
              {dayAt(n.writtenAt) === n.happenedOn ? '' : `${shortInstant(n.writtenAt)} 写`}
            </div>
            <p>{n.body}</p>
            <NotePartsShown note={n} />
            <NotePaper id={n.id} />
          </li>
        ))}
      </ol>
      <RefusalNotice error={more.error} />
      {file.moreNotes !== null && (!older || more.hasNextPage) ? (
        <Button loading={more.isFetching} onClick={() => (older ? void more.fetchNextPage() : setOlder(true))}>
          看更早的记录
        </Button>
      ) : null}
    </section>
  );
}

/** A consent on paper with its notice; the ways to print it appear when they are asked for. */
function ConsentPaper(params: { readonly caseId: string; readonly consentId: string }) {
  const [asked, setAsked] = useState(false);
  return asked ? (
    <div className="rd-note-paper">
      <PaperButtons word paper={printConsent} params={{ id: params.caseId, consentId: params.consentId }} />
    </div>
  ) : (
    <Button type="link" size="small" style={{ padding: 0 }} onClick={() => setAsked(true)}>
      打印同意书
    </Button>
  );
}

function Consents({ file, mayWrite }: { file: CaseFileData; mayWrite: boolean }) {
  const [open, setOpen] = useState(false);
  const [form] = Form.useForm();
  const record = useAct(recordConsent);
  const withdraw = useAct(withdrawConsent);
  const [naming, setNaming] = useState<CaseFileData['consents'][number] | null>(null);
  const [namingForm] = Form.useForm();
  const name = useAct(nameConsentReceiver);
  const grantedOn = Form.useWatch('grantedOn', form) as string | undefined;
  return (
    <section className="jy-card" id="consents">
      <div className="jy-card-head">
        <h2>服务对象的同意</h2>
        {mayWrite ? <Button onClick={() => setOpen(true)}>登记同意</Button> : null}
      </div>
      {file.consents.length === 0 ? (
        <p className="rd-quiet">还没有登记。资料给专家看、案例发布之前，都要先有服务对象的同意。</p>
      ) : (
        <ul className="rd-plain">
          {file.consents.map((c) => (
            <li key={c.id} className="rd-consent">
              <div>
                <strong>{consentPurposeLabels[c.purpose]}</strong>　给 {receiverSays(c)}
                {c.live ? null : <span className="rd-quiet">　{c.withdrawnOn === null ? '已过期' : `${shortDay(c.withdrawnOn)}撤回`}</span>}
                <div className="rd-quiet">
                  {c.fields.map((f) => packetFieldLabels[f]).join('、')}
                  <br />
                  {c.signedBy} {shortDay(c.grantedOn)}签，{c.expiresOn === null ? '没有定期限' : `至 ${shortDay(c.expiresOn)}`}
                  <br />
                  <RestsOn consent={c} />
                </div>
                <div>
                  <ConsentPaper caseId={file.id} consentId={c.id} />
                </div>
                <ConsentUses caseId={file.id} consentId={c.id} />
              </div>
              {c.live && mayWrite && c.receiverKind === null ? (
                <Button size="small" onClick={() => setNaming(c)}>
                  写明对象
                </Button>
              ) : null}
              {c.live && mayWrite ? (
                <ConfirmButton
                  size="small"
                  type="text"
                  ask="登记服务对象撤回同意？"
                  says="撤回后，以此为依据的资料包和发布都会停止。"
                  sure="登记撤回"
                  onSure={() => withdraw.mutateAsync({ params: { id: file.id, consentId: c.id } })}
                >
                  撤回
                </ConfirmButton>
              ) : null}
            </li>
          ))}
        </ul>
      )}
      {naming !== null && (
        <FormDialog open title="写明对象" onClose={() => setNaming(null)}>
          <p className="jy-secondary">原来写的是“{naming.receiver}”。按服务对象签的同意书写明一次，之后不能再改；原来的留在历史里。</p>
          <RecordForm
            form={namingForm}
            validateWith={ConsentReceiver}
            initial={{ receiver: '' }}
            columns={1}
            final
            submitWords="写明"
            onCancel={() => setNaming(null)}
            submit={async (body) => {
              await name.mutateAsync({ params: { id: file.id, consentId: naming.id }, body });
              setNaming(null);
            }}
          >
            <ReceiverFields form={namingForm} of={naming.purpose} />
          </RecordForm>
        </FormDialog>
      )}
      <FormDialog open={open} title="登记同意" onClose={() => setOpen(false)}>
        <RecordForm
          form={form}
          validateWith={ConsentDraft}
          initial={{
            receiver: '支援中心与受邀专家',
            purpose: 'conference',
            fields: PacketField.options.filter((f) => f !== 'attachments'),
            grantedOn: today(),
          }}
          final
          draftKey={`consent.${file.id}`}
          submitWords="登记"
          onCancel={() => setOpen(false)}
          submit={async (body) => {
            await record.mutateAsync({ params: { id: file.id }, body });
            setOpen(false);
          }}
        >
          <Field name="purpose" label="用途" wide>
            <Radio.Group options={optionsOf(consentPurposeLabels)} />
          </Field>
          <ReceiverFields form={form} />
          <Field name="signedBy" label="由谁签署" hint="本人，或监护人及其关系">
            <Input maxLength={40} />
          </Field>
          <Field name="grantedOn" label="签署日期">
            <DayInput notAfter={today()} />
          </Field>
          <Field name="expiresOn" label="有效至" hint="不填表示没有定期限">
            <DayInput />
          </Field>
          <Field name="fields" label="同意提供的内容" wide>
            <ChoiceBoxes options={optionsOf(packetFieldLabels)} />
          </Field>
          <NoticeOn day={grantedOn} />
          <Field name="told" label="" valueProp="checked" wide>
            <Checkbox>签署前已经按告知书讲明，并给本人或监护人看过</Checkbox>
          </Field>
        </RecordForm>
      </FormDialog>
    </section>
  );
}

function AskForHelp({ file }: { file: CaseFileData }) {
  const navigate = useNavigate();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const live = liveRequestOf(file);
  if (live !== undefined) {
    return (
      <>
        <Button
          size="large"
          block
          onClick={() =>
            void (live.status === 'draft'
              ? navigate({ to: '/requests/$id/edit', params: { id: live.id } })
              : navigate({ to: '/requests/$id', params: { id: live.id } }))
          }
        >
          {live.status === 'draft' ? '继续填写求助' : '查看进行中的求助'}
        </Button>
        <p className="rd-says rd-gap">{live.status === 'draft' ? '草稿已保存，还没有提交。' : `回执号 ${live.receiptNo ?? ''}`}</p>
      </>
    );
  }
  const ask = async () => {
    setBusy(true);
    setError(null);
    try {
      const id = await askForHelp(file.id);
      void navigate({ to: '/requests/$id/edit', params: { id } });
    } catch (failed) {
      setError(failed);
      const facts = failed instanceof ApiError ? failed.facts : {};
      if (typeof facts['requestId'] === 'string') void navigate({ to: '/requests/$id', params: { id: facts['requestId'] } });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button size="large" block loading={busy} onClick={() => void ask()}>
        发起疑难求助
      </Button>
      <p className="rd-says rd-gap">个案里已有的内容会自动带出，先存为草稿，核对后再提交。</p>
      <RefusalNotice error={error} />
    </>
  );
}

/** The next step of the work itself: a process record. */
const toNote = () => {
  const field = document.getElementById('write-note');
  field?.scrollIntoView({ block: 'center' });
  field?.focus();
};

/** One case: who it is about, what was done, what the person agreed to, and one tap to ask for help. */
export default function CasePage() {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useCase(id);
  const stages = useStages(id);
  // All cards are asked for together and appear together: nothing is pushed down under the hand.
  const cards = useQueries({ queries: [visitsOf(id), formsOf(id), alarmsOf(id)] });
  const file = query.data;
  const gathering = query.error === null && (stages.isPending || cards.some((card) => card.isPending));
  if (file === undefined || gathering) {
    return (
      <Page title="个案" crumbs={[{ title: '我的个案', to: '/cases' }]}>
        {query.error === null ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <>
            <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
            <WordsLeft names={[`note.${id}`]} />
          </>
        )}
      </Page>
    );
  }
  const may = (act: string): boolean => file.can.includes(act);
  const mayWrite = may('edit');
  const r = file.recipient;
  const personal = (field: 'name' | 'idNumber' | 'phone' | 'address') => (
    <Masked label={personalFieldLabels[field]} value={r[field]} open={may('unmask') ? unmask(id, field) : undefined} />
  );
  return (
    <RecordPage
      crumbs={[{ title: '我的个案', to: '/cases' }]}
      number={file.number}
      title={`${r.name}（${genderLabels[r.gender]}${r.age === null ? '' : `，${r.age}岁`}）`}
      status={<StatusTag tone={file.status === 'open' ? 'moving' : 'done'}>{stageWord(file.stage)}</StatusTag>}
      meta={[
        ...(file.domain === null ? [] : [<span key="domain">{caseDomainLabels[file.domain]}</span>]),
        <span key="field">服务计入{serviceDomainLabels[file.serviceDomain]}</span>,
        <RiskTag key="risk" risk={file.risk} />,
        <span key="worker">
          承办：{file.workerName}（{file.stationName}）
          {file.coWorkers.length === 0 ? '' : `　协办：${file.coWorkers.map((c) => c.name).join('、')}`}
        </span>,
        <span key="opened">{shortDay(file.openedOn)}建立</span>,
      ]}
      seenBy={file.seenBy}
      next={
        <>
          {stages.data === undefined ? (
            <RefusalNotice error={stages.error} onRetry={() => void stages.refetch()} />
          ) : (
            <NextStage file={stages.data} onNote={toNote} />
          )}
          {may('ask-for-help') || liveRequestOf(file) !== undefined ? (
            <div className="st-help">
              <AskForHelp file={file} />
            </div>
          ) : null}
        </>
      }
      actions={
        <>
          <Button onClick={() => void navigate({ to: '/cases/$id/archive', params: { id } })}>取卷宗</Button>
          {mayWrite ? <Button onClick={() => void navigate({ to: '/cases/$id/edit', params: { id } })}>修改资料</Button> : null}
        </>
      }
      aside={
        <>
          <section className="jy-card">
            <h2>求助</h2>
            {file.requests.length === 0 ? (
              <p className="rd-quiet">还没有为这个个案求助过。</p>
            ) : (
              <ul className="rd-plain">
                {file.requests.map((q) => (
                  <li key={q.id} className="rd-consent">
                    {q.status === 'draft' ? (
                      <Link to="/requests/$id/edit" params={{ id: q.id }}>
                        草稿
                      </Link>
                    ) : (
                      <Link to="/requests/$id" params={{ id: q.id }}>
                        {q.receiptNo ?? '打开'}
                      </Link>
                    )}
                    <RequestStatusTag status={q.status as RequestStatus} />
                  </li>
                ))}
              </ul>
            )}
          </section>
          <CaseVisits id={id} mayWrite={mayWrite} />
          <CaseForms id={id} mayWrite={mayWrite} />
          <CaseAlarms id={id} mayWrite={mayWrite} />
          <CoWorkers file={file} />
          {stages.data === undefined ? null : <HandoverCard file={stages.data} mayPropose={may('name-co-worker') || may('end-co-work')} />}
          <Consents file={file} mayWrite={may('consent')} />
          <section className="jy-card">
            <h2>附件</h2>
            <FileShelf
              files={file.attachments}
              hrefOf={(fileId) => fileUrl(readAttachment, { params: { id: fileId } })}
              {...(may('attach')
                ? {
                    onAdd: (picked: File) =>
                      call(addAttachment, { params: { kind: 'case', id }, query: { name: picked.name }, file: picked }),
                    onRemove: (fileId: string) => call(removeAttachment, { params: { id: fileId } }),
                  }
                : {})}
              onChanged={() => void query.refetch()}
            />
          </section>
        </>
      }
    >
      {stages.data === undefined ? null : <StageSteps file={stages.data} />}
      <section className="jy-card">
        <div className="jy-card-head">
          <h2>服务对象</h2>
          <Link to="/recipients/$id" params={{ id: r.id }}>
            看此人的档案
          </Link>
        </div>
        <UnsafeContact contact={r.contact} />
        <dl className="rd-facts">
          <PersonalFacts show={personal} />
          <div className="wide">
            <dt>家庭情况</dt>
            <dd>{file.household === '' ? '没有填写' : file.household}</dd>
          </div>
          <FieldOfService file={file} mayWrite={mayWrite} />
          <div>
            <dt>所需专业</dt>
            <dd>{file.helpFields.map((f) => helpFieldLabels[f]).join('、') || NOT_SAID}</dd>
          </div>
          <div>
            <dt>学校或单位</dt>
            <dd>{file.school ?? '没有填写'}</dd>
          </div>
          <div className="wide">
            <dt>情况摘要</dt>
            <dd>{file.summary}</dd>
          </div>
        </dl>
      </section>
      {stages.data === undefined ? null : <PlanCard file={stages.data} />}
      <Notes file={file} mayWrite={may('note')} />
      {stages.data === undefined ? null : <PapersCard file={stages.data} />}
    </RecordPage>
  );
}
