import { moveResponse, readLineOpening, readResponse, readResponsePaper } from '@jieyou/core/responses/endpoints.ts';
import { type ResponseContent, type ResponseFile, type ResponseMove, ResponseStep } from '@jieyou/core/responses/schema.ts';
import { legalBasisLabels } from '@jieyou/core/texts/labels.ts';
import {
  responseKindLabels,
  responseMoveLabels,
  responsePaperLabels,
  responseStatusLabels,
  supervisionFormLabels,
  supervisionTypeLabels,
} from '@jieyou/core/texts/responsesLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, InputNumber, Rate, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, formatInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import '../house/reading.css';
import { Passage, SupervisionFields } from './SupervisionFields.tsx';
import { toneOf } from './words.ts';

const kindPaths = {
  transfer: '/transfers',
  supervision: '/supervisions',
  seminar: '/seminars',
  'resource-link': '/resource-links',
} as const;

type Fact = readonly [name: string, says: string];

const factsOf = (file: ResponseFile, c: ResponseContent): Fact[] => {
  switch (c.kind) {
    case 'transfer':
      return [
        ['接收方', `${file.toName ?? ''}　${file.toPlace ?? ''}`],
        ['请答复', c.replyBy === null ? '' : `${formatDay(c.replyBy)}前`],
        ['依据', `${legalBasisLabels[c.basisKind]}${c.basisGround === null ? '' : `：${c.basisGround}`}`],
        ['转介事由', c.reason],
        ...c.handed.map((h): Fact => [h.title, h.text]),
        ...c.returned.map((r): Fact => ['退回', `${formatInstant(r.at)} ${r.name}（${r.place}）：${r.reason}`]),
        [
          '回执',
          c.receipt === null
            ? ''
            : `${c.receipt.byName} ${formatInstant(c.receipt.at)} 接收。${c.receipt.says}${c.receipt.contactOn === null ? '' : `　首次联系 ${formatDay(c.receipt.contactOn)}`}`,
        ],
        ['办理结果', c.result ?? ''],
      ];
    case 'supervision':
      return [
        ['时间', `${formatDay(c.heldOn)} ${c.startsAt} 至 ${c.endsAt}，共 ${file.minutes ?? 0} 分钟`],
        ['类型与形式', `${supervisionTypeLabels[c.type]}，${supervisionFormLabels[c.form]}`],
        ['督导', `${file.toName ?? ''}　${file.supervisorSignedAt === null ? '未签认' : `${formatInstant(file.supervisorSignedAt)} 签认`}`],
        ['社工', `${file.workerName ?? ''}　${file.workerSignedAt === null ? '未签认' : `${formatInstant(file.workerSignedAt)} 签认`}`],
        ['其他参加人', c.others],
        ['请更正', c.question ?? ''],
        ['督导议题', c.topics],
        ['督导意见', c.advice],
        ['后续跟进', c.followUp],
      ];
    case 'seminar':
      return [
        ['议题', c.topic],
        ['时间地点', `${formatDay(c.heldOn)} ${c.startsAt}　${c.place}`],
        ['参加人', [...file.participants, c.guests].filter((p) => p !== '').join('、')],
        ['议程', c.agenda],
        ['纪要', c.minutes ?? ''],
        ['结论', c.conclusions ?? ''],
      ];
    case 'resource-link':
      return [
        ['资源', c.resourceName],
        ['所请事项', c.asked],
        ['对方回复', c.reply ?? ''],
        ['提供情况', c.provided === null ? '' : `${formatDay(file.heldOn)}　${c.provided}`],
        ['金额', file.amountFen === null ? '' : `${(file.amountFen / 100).toFixed(2)} 元`],
        ['结果', c.result ?? ''],
        ['服务对象反馈', c.feedback === null ? '' : `${c.feedback}${c.satisfaction === null ? '' : `　满意 ${c.satisfaction} 分`}`],
      ];
  }
};

/** 元 as people type them, 分 as they are kept. */
function Yuan({
  value,
  onChange,
  id,
}: {
  readonly value?: number | null;
  readonly onChange?: (fen: number | null) => void;
  readonly id?: string;
}) {
  return (
    <InputNumber
      {...(id === undefined ? {} : { id })}
      value={value === null || value === undefined ? null : value / 100}
      onChange={(yuan) => onChange?.(yuan === null ? null : Math.round(Number(yuan) * 100))}
      min={0}
      precision={2}
      suffix="元"
      style={{ width: '100%' }}
    />
  );
}

const PASSAGE: Readonly<Partial<Record<ResponseMove, readonly [name: string, label: string]>>> = {
  accept: ['receipt', '回执：由谁跟进，怎样开始'],
  return: ['reason', '退回的原因'],
  finish: ['result', '办理结果'],
  question: ['reason', '哪里要更正'],
  hold: ['minutes', '研讨纪要'],
  conclude: ['conclusions', '结论'],
  promise: ['reply', '对方怎样答应'],
  decline: ['reply', '对方怎样回复'],
  provide: ['provided', '提供了什么'],
  feedback: ['result', '结果'],
  withdraw: ['reason', '撤回的原因'],
};

function MoveFields({ move, file }: { readonly move: ResponseMove; readonly file: ResponseFile }) {
  const people = useQuery({ ...queryOf(readLineOpening, { params: { id: file.lineId } }), enabled: move === 'redirect' });
  const passage = PASSAGE[move];
  return (
    <>
      {move === 'correct' ? <SupervisionFields /> : null}
      {move === 'redirect' ? (
        <Field name="toId" label="改送给谁" wide>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(people.data?.people ?? []).map((p) => ({ value: p.id, label: `${p.name}　${p.place}` }))}
          />
        </Field>
      ) : null}
      {move === 'provide' ? (
        <>
          <Field name="providedOn" label="哪一天提供">
            <DayInput notAfter={today()} />
          </Field>
          <Field name="amountFen" label="金额（是钱才填）">
            <Yuan />
          </Field>
        </>
      ) : null}
      {passage === undefined ? null : (
        <Field name={passage[0]} label={passage[1]} wide>
          <Passage max={move === 'hold' ? 8000 : 1000} />
        </Field>
      )}
      {move === 'accept' ? (
        <Field name="contactOn" label="首次联系日期">
          <DayInput notBefore={today()} />
        </Field>
      ) : null}
      {move === 'feedback' ? (
        <>
          <Field name="feedback" label="服务对象怎么说" wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
          </Field>
          <Field name="satisfaction" label="满意程度">
            <Rate />
          </Field>
        </>
      ) : null}
    </>
  );
}

/** One record: what it says, who has the next step, and its paper. */
export default function ResponsePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readResponse, { params: { id } }));
  const step = useAct(moveResponse);
  const [move, setMove] = useState<ResponseMove | null>(null);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const file = found.data;
  const can = file.can as ResponseMove[];
  const schema = move === null ? undefined : ResponseStep.options.find((o) => o.shape.move.value === move);
  const initial =
    move === 'correct' && file.content.kind === 'supervision' ? file.content : move === 'provide' ? { providedOn: today() } : {};
  return (
    <Page
      title={`${responseKindLabels[file.kind]}　${file.number}`}
      {...(file.lineTask === '' ? {} : { says: file.lineTask })}
      crumbs={[{ title: responseKindLabels[file.kind], to: kindPaths[file.kind] }]}
    >
      <Card
        title={responsePaperLabels[file.kind]}
        actions={
          <span>
            <a href={fileUrl(readResponsePaper, { params: { id }, query: { format: 'html' } })} target="_blank" rel="noreferrer">
              打印
            </a>
            {' · '}
            <a href={fileUrl(readResponsePaper, { params: { id }, query: { format: 'pdf' } })} target="_blank" rel="noreferrer">
              PDF
            </a>
          </span>
        }
      >
        <p>
          <StatusTag tone={toneOf(file.status)}>{responseStatusLabels[file.status]}</StatusTag>{' '}
          {file.nextNames.length === 0 ? null : <span className="jy-secondary">等{file.nextNames.join('、')}办理</span>}
          {file.opensRequest ? (
            <>
              {'　'}
              <Link to="/requests/$id" params={{ id: file.requestId }}>
                看这份求助
              </Link>
            </>
          ) : null}
        </p>
        <dl className="rd-facts">
          {factsOf(file, file.content)
            .filter(([, says]) => says.trim() !== '')
            .map(([name, says], i) => (
              <div key={`${name}${String(i)}`} className="wide">
                <dt>{name}</dt>
                <dd style={{ whiteSpace: 'pre-wrap' }}>{says}</dd>
              </div>
            ))}
        </dl>
        {can.length === 0 ? null : (
          <div className="jy-form-foot">
            {can.map((m, i) =>
              m === 'sign' ? (
                <ConfirmButton
                  key={m}
                  danger={false}
                  type="primary"
                  ask="签认这份督导记录吗"
                  says="签认后，双方都签完，记录就不能再改。"
                  sure="签认"
                  onSure={() => step.mutateAsync({ params: { id }, body: { move: 'sign', version: file.version } })}
                >
                  签认
                </ConfirmButton>
              ) : (
                <Button key={m} {...(i === 0 ? { type: 'primary' as const } : {})} danger={m === 'withdraw'} onClick={() => setMove(m)}>
                  {responseMoveLabels[m]}
                </Button>
              ),
            )}
          </div>
        )}
      </Card>
      <Card title="谁能看">
        {file.readers.map((says) => (
          <p key={says} className="jy-secondary">
            {says}
          </p>
        ))}
      </Card>
      {move === null || schema === undefined ? null : (
        <FormDialog open title={responseMoveLabels[move]} onClose={() => setMove(null)}>
          <RecordForm
            key={move}
            validateWith={schema as unknown as z.ZodType<ResponseStep, Record<string, unknown>>}
            initial={initial}
            extra={{ move, version: file.version }}
            submitWords={responseMoveLabels[move]}
            final
            onCancel={() => setMove(null)}
            submit={async (body) => {
              await step.mutateAsync({ params: { id }, body });
              setMove(null);
            }}
          >
            <MoveFields move={move} file={file} />
          </RecordForm>
        </FormDialog>
      )}
    </Page>
  );
}
