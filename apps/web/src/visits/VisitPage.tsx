import { addAttachment, readAttachment, removeAttachment } from '@jieyou/core/cases/endpoints.ts';
import { printRoomForm } from '@jieyou/core/forms/endpoints.ts';
import { createSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import {
  companionRoleLabels,
  dayHalfLabels,
  notMetLabels,
  visitReasonLabels,
  visitScaleLabels,
  visitSectionLabels,
  visitStatusLabels,
} from '@jieyou/core/texts/visitLabels.ts';
import { cancelVisit, finishVisitAction, moveVisit, readVisit } from '@jieyou/core/visits/endpoints.ts';
import type { Visit } from '@jieyou/core/visits/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Radio, Skeleton } from 'antd';
import { lazy, Suspense, useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ApiError, call, fileUrl } from '../house/client.ts';
import { FileShelf } from '../house/FileShelf.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { useNamed } from '../house/named.ts';
import { Card, Facts } from '../house/Page.tsx';
import { PaperButtons } from '../house/Paper.tsx';
import { smallPhoto } from '../house/photo.ts';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { RiskTag, StatusTag } from '../house/StatusTag.tsx';
import { scaleTones, visitTones } from './words.ts';
import '../house/reading.css';
import './visits.css';

const VolunteerTasks = lazy(() => import('../house/VolunteerTasks.tsx'));

/** A picture goes smaller and without the place that a camera writes into it; what is no picture goes as it is. */
const addTo = async (visit: Visit, picked: File) => {
  const small = picked.type.startsWith('image/') ? await smallPhoto(picked) : null;
  return call(addAttachment, {
    params: { kind: 'case', id: visit.caseId },
    query: { name: small === null ? picked.name : picked.name.replace(/(\.[^.]*)?$/, '.jpg'), visitId: visit.id },
    file: small ?? picked,
  });
};

/** One visit: what was planned, what was found, what has to be done. */
export default function VisitPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readVisit, { params: { id } }));
  const navigate = useNavigate();
  const [act, setAct] = useState<'move' | 'cancel' | null>(null);
  const [finishing, setFinishing] = useState<string | null>(null);
  const [error, setError] = useState<unknown>(null);
  const { mark } = useNamed(found.data !== undefined);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const v = found.data;
  const help = async () => {
    setError(null);
    try {
      await navigate({ to: '/requests/$id/edit', params: { id: (await call(createSupportRequest, { body: { caseId: v.caseId } })).id } });
    } catch (failed) {
      const known = failed instanceof ApiError ? failed.facts['requestId'] : undefined;
      if (typeof known === 'string') await navigate({ to: '/requests/$id', params: { id: known } });
      else setError(failed);
    }
  };
  const record = () => void navigate({ to: '/visits/$id/record', params: { id: v.id }, search: { case: v.caseId } as never });
  return (
    <RecordPage
      crumbs={[{ title: '探访', to: '/visits' }]}
      number={v.caseNumber}
      title={`探访${v.recipientName}（${genderLabels[v.recipientGender]}${v.recipientAge === null ? '' : `，${v.recipientAge}岁`}）`}
      status={<StatusTag tone={visitTones[v.status]}>{visitStatusLabels[v.status]}</StatusTag>}
      meta={[formatDay(v.day), v.workerName, <RiskTag key="risk" risk={v.risk} />]}
      seenBy={v.seenBy}
      next={
        <>
          {v.can.includes('ask-for-help') ? (
            <Button block type="primary" danger size="large" style={{ marginBottom: 8 }} onClick={() => void help()}>
              一键求助
            </Button>
          ) : null}
          {v.can.includes('ask-for-help') ? (
            <Button block style={{ marginBottom: 8 }} href={`/alarms/new?case=${v.caseId}&visit=${v.id}`}>
              登记危机或家暴
            </Button>
          ) : null}
          {v.can.includes('report-minor') ? (
            <Button block danger style={{ marginBottom: 8 }} href={`/reports/new?from=/cases/${v.caseId}`}>
              强制报告
            </Button>
          ) : null}
          {v.can.includes('record') ? (
            <Button block type="primary" size="large" style={{ marginBottom: 8 }} onClick={record}>
              记录这次探访
            </Button>
          ) : null}
          {v.can.includes('move') ? (
            <Button block style={{ marginBottom: 8 }} onClick={() => setAct('move')}>
              改期
            </Button>
          ) : null}
          {v.can.includes('cancel') ? (
            <Button block danger style={{ marginBottom: 8 }} onClick={() => setAct('cancel')}>
              取消这次探访
            </Button>
          ) : null}
          <RefusalNotice error={error} />
          <p style={{ marginTop: 4 }}>
            <Link to="/cases/$id" params={{ id: v.caseId }}>
              打开个案
            </Link>
          </p>
        </>
      }
    >
      {v.actions.length > 0 ? (
        <Card title="即时处置">
          <ul className="rd-plain">
            {v.actions.map((a) => (
              <li
                key={a.id}
                {...mark(a.id)}
                style={{ display: 'flex', justifyContent: 'space-between', gap: 12, flexWrap: 'wrap', padding: '6px 0' }}
              >
                <span>
                  <strong>{a.what}</strong>
                  <br />
                  <span className={a.late ? 'jy-clock-overdue' : 'jy-secondary'}>
                    {a.byWhom}，{formatDay(a.until)} 前{a.late ? '，已过期' : ''}
                    {a.doneAt === null
                      ? ''
                      : `；${shortInstant(a.doneAt)} ${a.doneByName ?? ''}登记完成${a.doneSays === null ? '' : `：${a.doneSays}`}`}
                  </span>
                </span>
                {a.doneAt === null && v.can.includes('finish-action') ? <Button onClick={() => setFinishing(a.id)}>已完成</Button> : null}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {v.status === 'done' ? (
        <Card title="看到的情况">
          <div className="vs-sections">
            {v.sections.map((s) => (
              <div key={s.section}>
                <h3>
                  {visitSectionLabels[s.section]}　<StatusTag tone={scaleTones[s.scale]}>{visitScaleLabels[s.scale]}</StatusTag>
                </h3>
                <p className="jy-long">{s.says === '' ? '没有另写。' : s.says}</p>
              </div>
            ))}
          </div>
        </Card>
      ) : null}
      <Card title="这次探访">
        <Facts
          rows={[
            ['事由', visitReasonLabels[v.reason]],
            ...(v.plannedOn === null ? [] : [['原定', `${formatDay(v.plannedOn)} ${dayHalfLabels[v.half]}`] as const]),
            ...(v.why === '' ? [] : [['要看、要问的事', v.why] as const]),
            ...(v.visitedOn === null ? [] : [['日期', formatDay(v.visitedOn)] as const]),
            ...(v.minutes === null ? [] : [['时长', `${v.minutes} 分钟`] as const]),
            ...(v.first === null ? [] : [['是否首次入户', v.first ? '是' : '不是'] as const]),
            ...(v.companion === null ? [] : [['陪同', `${companionRoleLabels[v.companion.role]} ${v.companion.name}`] as const]),
            ...(v.aloneReason === null ? [] : [['独自前往的原因', v.aloneReason] as const]),
            ...(v.notMet === null ? [] : [['未遇', notMetLabels[v.notMet]] as const]),
            ...(v.says === null || v.says === '' ? [] : [[v.status === 'cancelled' ? '取消的原因' : '说明', v.says] as const]),
            ...(v.nextVisitId === null
              ? []
              : [
                  [
                    '下次',
                    <Link key="next" to="/visits/$id" params={{ id: v.nextVisitId }}>
                      {formatDay(v.nextOn)}
                    </Link>,
                  ] as const,
                ]),
            ...(v.recordedAt === null ? [] : [['记录', `${v.recordedByName ?? ''}，${shortInstant(v.recordedAt)}`] as const]),
          ]}
        />
        {v.recordedAt === null || v.visitedOn === null ? null : (
          <div className="vs-paper">
            <PaperButtons word paper={printRoomForm} params={{ room: 'visit', id: v.id }} />
          </div>
        )}
      </Card>
      {v.files.length > 0 || v.can.includes('attach') ? (
        <Card title="照片和材料">
          <p className="jy-secondary">可以不拍。图片会缩小，不带拍摄地点；也列在个案的附件里。</p>
          <FileShelf
            files={v.files}
            hrefOf={(fileId) => fileUrl(readAttachment, { params: { id: fileId } })}
            {...(v.can.includes('attach')
              ? {
                  onAdd: (picked: File) => addTo(v, picked),
                  onRemove: (fileId: string) => call(removeAttachment, { params: { id: fileId } }),
                }
              : {})}
            onChanged={() => void found.refetch()}
          />
        </Card>
      ) : null}
      {act === 'move' ? <MoveDialog visit={v} onClose={() => setAct(null)} /> : null}
      {act === 'cancel' ? <CancelDialog visit={v} onClose={() => setAct(null)} /> : null}
      {finishing === null ? null : <FinishDialog visit={v} actionId={finishing} onClose={() => setFinishing(null)} />}
      <Suspense fallback={null}>
        <VolunteerTasks kind="visit" id={v.id} may={v.can.includes('record')} />
      </Suspense>
    </RecordPage>
  );
}

type Given = { readonly visit: Visit; readonly onClose: () => void };

const Moving = moveVisit.body.omit({ version: true });

function MoveDialog({ visit, onClose }: Given) {
  const move = useAct(moveVisit);
  const message = useMessages();
  return (
    <FormDialog open title="改期" onClose={onClose} width={520}>
      <RecordForm
        validateWith={Moving}
        initial={{ plannedOn: visit.plannedOn ?? today(), half: visit.half }}
        submitWords="改期"
        onCancel={onClose}
        submit={async (body) => {
          await move.mutateAsync({ params: { id: visit.id }, body: { ...body, version: visit.version } });
          void message.success('已改期');
          onClose();
        }}
      >
        <Field name="plannedOn" label="哪天">
          <DayInput notBefore={today()} />
        </Field>
        <Field name="half" label="时段">
          <Radio.Group options={optionsOf(dayHalfLabels)} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

function CancelDialog({ visit, onClose }: Given) {
  const cancel = useAct(cancelVisit);
  const message = useMessages();
  return (
    <FormDialog open title="取消这次探访" onClose={onClose} width={520}>
      <RecordForm
        validateWith={cancelVisit.body}
        submitWords="取消这次探访"
        final
        onCancel={onClose}
        submit={async (body) => {
          await cancel.mutateAsync({ params: { id: visit.id }, body });
          void message.success('已取消');
          onClose();
        }}
      >
        <Field name="says" label="为什么取消" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

function FinishDialog({ visit, actionId, onClose }: Given & { readonly actionId: string }) {
  const finish = useAct(finishVisitAction);
  const message = useMessages();
  return (
    <FormDialog open title="登记完成" onClose={onClose} width={520}>
      <RecordForm
        validateWith={finishVisitAction.body}
        initial={{ says: '' }}
        submitWords="已完成"
        final
        onCancel={onClose}
        submit={async (body) => {
          await finish.mutateAsync({ params: { id: visit.id, actionId }, body });
          void message.success('已登记');
          onClose();
        }}
      >
        <Field name="says" label="结果（可以不填）" wide>
          <Input maxLength={200} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
