import { answerReferral, finishReferral, readReferral, readReferralPaper, withdrawReferral } from '@jieyou/core/resources/endpoints.ts';
import { helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { ReferralTag } from '../house/ReferralTag.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

type File = z.output<(typeof readReferral)['reply']>;

const Answering = answerReferral.body.omit({ version: true, answer: true });
const Finishing = finishReferral.body.omit({ version: true });
const Withdrawing = withdrawReferral.body.omit({ version: true });

const words = { accept: '登记接收', return: '登记退回', finish: '登记结果，办结', withdraw: '撤回转介' } as const;

/** One referral: what was shown, to whom, why, until when, and what came of it. */
export default function ReferralPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readReferral, { params: { id } }));
  const [act, setAct] = useState<keyof typeof words | null>(null);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const r = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '转介', to: '/referrals' }]}
      number={r.number}
      title={`转介给${r.partnerName}`}
      status={<ReferralTag referral={r} />}
      meta={[`答复期限：${formatDay(r.until)}`, `转介：${r.sentByName}，${formatDay(r.sentOn)}`]}
      seenBy={r.seenBy}
      next={
        <>
          {r.can.map((one, i) => (
            <Button
              key={one}
              block
              {...(i === 0 ? { type: 'primary' as const, size: 'large' as const } : {})}
              danger={one === 'withdraw'}
              style={{ marginBottom: 8 }}
              onClick={() => setAct(one)}
            >
              {words[one]}
            </Button>
          ))}
          <Button block href={fileUrl(readReferralPaper, { params: { id } })} target="_blank">
            打开转介单
          </Button>
          <p className="jy-secondary" style={{ marginTop: 12 }}>
            联络人：
            {r.liaisons.length === 0 ? '没有在任的' : r.liaisons.map((l) => `${l.name}（${l.post}）${l.phone}`).join('；')}
          </p>
        </>
      }
    >
      <Card title="为什么转介">
        <p className="jy-long">{r.reason}</p>
        <Facts
          rows={[
            ['事项', `${helpFieldLabels[r.helpField]}${r.resourceName === null ? '' : `：${r.resourceName}`}`],
            [
              '求助',
              <Link key="request" to={`/requests/${r.requestId}`}>
                {r.requestNumber}
              </Link>,
            ],
            ['求助社工', r.askerName],
            ['同意依据', r.consent],
          ]}
        />
      </Card>
      <Card title="提供了什么">
        {r.parts.length === 0 && <p className="jy-secondary">所选的部分在求助里没有内容。</p>}
        {r.parts.map((part) => (
          <div key={part.field}>
            <h3>{part.title}</h3>
            <p className="jy-long">{part.text}</p>
          </div>
        ))}
        <p className="jy-secondary">姓名与联系方式不在其中，由社工与联络人当面或电话交接。</p>
      </Card>
      {(r.answer !== null || r.result !== null) && (
        <Card title="答复与结果">
          <Facts
            columns={1}
            rows={[
              ...(r.answer === null
                ? []
                : [
                    ['答复', r.answer] as const,
                    ['答复人', `${r.answeredBy ?? ''}，${formatDay(r.answeredOn)}（${r.enteredByName ?? ''}登记）`] as const,
                  ]),
              ...(r.result === null ? [] : [[r.status === 'withdrawn' ? '撤回原因' : '结果', r.result] as const]),
            ]}
          />
        </Card>
      )}
      {act !== null && <MoveDialog file={r} act={act} onClose={() => setAct(null)} />}
    </RecordPage>
  );
}

function MoveDialog({ file, act, onClose }: { readonly file: File; readonly act: keyof typeof words; readonly onClose: () => void }) {
  const answer = useAct(answerReferral);
  const finish = useAct(finishReferral);
  const withdraw = useAct(withdrawReferral);
  const message = useMessages();
  const params = { id: file.id };
  const { version } = file;
  const done = () => {
    void message.success('已登记');
    onClose();
  };
  return (
    <FormDialog open title={words[act]} onClose={onClose}>
      {act === 'accept' || act === 'return' ? (
        <RecordForm
          validateWith={Answering}
          initial={{ answeredBy: file.liaisons[0]?.name ?? '', answeredOn: today() }}
          submitWords={words[act]}
          onCancel={onClose}
          submit={async (body) => {
            await answer.mutateAsync({ params, body: { ...body, version, answer: act } });
            done();
          }}
        >
          <Field name="answeredBy" label="谁答复的">
            <Input />
          </Field>
          <Field name="answeredOn" label="答复日期">
            <DayInput notBefore={file.sentOn} notAfter={today()} />
          </Field>
          <Field name="says" label={act === 'accept' ? '怎么说的' : '退回的原因'} wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={600} showCount />
          </Field>
        </RecordForm>
      ) : act === 'finish' ? (
        <RecordForm
          validateWith={Finishing}
          submitWords="办结"
          onCancel={onClose}
          submit={async (body) => {
            await finish.mutateAsync({ params, body: { ...body, version } });
            done();
          }}
        >
          <Field name="result" label="结果" wide>
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} showCount />
          </Field>
        </RecordForm>
      ) : (
        <RecordForm
          validateWith={Withdrawing}
          submitWords="撤回"
          final
          onCancel={onClose}
          submit={async (body) => {
            await withdraw.mutateAsync({ params, body: { ...body, version } });
            done();
          }}
        >
          <Field name="reason" label="为什么撤回" wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={600} showCount />
          </Field>
        </RecordForm>
      )}
    </FormDialog>
  );
}
