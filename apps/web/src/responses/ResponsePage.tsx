import { moveResponse, readResponse, readResponsePaper } from '@jieyou/core/responses/endpoints.ts';
import {
  type ResponseContent,
  type ResponseFile,
  type ResponseMove,
  type ResponseStatus,
  ResponseStep,
} from '@jieyou/core/responses/schema.ts';
import { helpFieldLabels, legalBasisLabels } from '@jieyou/core/texts/labels.ts';
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
import { Button, Input, InputNumber, Rate, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, formatInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useLive } from '../house/live.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { PaperButtons } from '../house/Paper.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import '../house/reading.css';
import { ColleaguePicker } from './ColleaguePicker.tsx';
import { Passage, SupervisionFields } from './SupervisionFields.tsx';
import { toneOf } from './words.ts';

const kindPaths = {
  transfer: '/transfers',
  supervision: '/supervisions',
  seminar: '/seminars',
  'resource-link': '/resource-links',
} as const;

type Fact = readonly [name: string, says: string, length?: 'short'];

const factsOf = (file: ResponseFile, c: ResponseContent): Fact[] => [
  ...(c.withdrawn === undefined ? [] : [['撤回的原因', c.withdrawn] as const]),
  ...toldOf(file, c),
];

const toldOf = (file: ResponseFile, c: ResponseContent): Fact[] => {
  switch (c.kind) {
    case 'transfer':
      return [
        ['接收方', `${file.toName ?? ''}　${file.toPlace ?? ''}`, 'short'],
        ['请对方答复', c.replyBy === null ? '没有限定日期' : `${formatDay(c.replyBy)}前`, 'short'],
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
        ['时间', `${formatDay(c.heldOn)} ${c.startsAt} 至 ${c.endsAt}，共 ${file.minutes ?? 0} 分钟`, 'short'],
        ['类型与形式', `${supervisionTypeLabels[c.type]}，${supervisionFormLabels[c.form]}`, 'short'],
        [
          '督导',
          `${file.toName ?? ''}　${file.supervisorSignedAt === null ? '未签认' : `${formatInstant(file.supervisorSignedAt)} 签认`}`,
          'short',
        ],
        [
          '社工',
          `${file.workerName ?? ''}　${file.workerSignedAt === null ? '未签认' : `${formatInstant(file.workerSignedAt)} 签认`}`,
          'short',
        ],
        ['其他参加人', c.others],
        ['请更正', c.question ?? ''],
        ['督导议题', c.topics],
        ['督导意见', c.advice],
        ['后续跟进', c.followUp],
      ];
    case 'seminar':
      return [
        ['议题', c.topic],
        ['时间', `${formatDay(c.heldOn)} ${c.startsAt}`, 'short'],
        ['地点', c.place, 'short'],
        ['参加人', [...file.participants, c.guests].filter((p) => p !== '').join('、')],
        ['议程', c.agenda],
        ['纪要', c.minutes ?? ''],
        ['结论', c.conclusions ?? ''],
      ];
    case 'resource-link':
      return [
        ['资源', c.resourceName, 'short'],
        ['金额', file.amountFen === null ? '' : `${(file.amountFen / 100).toFixed(2)} 元`, 'short'],
        ['所请事项', c.asked],
        ['对方回复', c.reply ?? ''],
        ['提供情况', c.provided === null ? '' : `${formatDay(file.heldOn)}　${c.provided}`],
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
  const passage = PASSAGE[move];
  return (
    <>
      {move === 'correct' ? <SupervisionFields /> : null}
      {move === 'redirect' ? (
        <Field name="toId" label="改送给谁" wide>
          <ColleaguePicker lineId={file.lineId} withoutMe />
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

/** What the one whose turn it is may do now, in a sentence. */
const TURN: Readonly<Partial<Record<ResponseStatus, string>>> = {
  sent: '读过移交的内容后，请接收并写回执；不归您办的，退回并说明原因。',
  accepted: '办妥后登记结果，发出的一方会看到。办不了，还可以退回。',
  returned: '对方退回了。可以改送另一位同事，或撤回。',
  written: '看过没有出入，请签认；有出入，请对方更正。',
  'half-signed': '另一方已经签认。看过没有出入，请您签认。',
  questioned: '对方请您更正。改好后双方重新签认。',
  planned: '开完后在这里写纪要。',
  held: '纪要已有，请写下结论。',
  asked: '对方答复后，在这里登记。',
  promised: '对方已经答应。实际提供后，在这里登记。',
  provided: '请问一问服务对象用得怎样，登记结果与反馈。',
};

function Paper({ id, kind }: { readonly id: string; readonly kind: ResponseFile['kind'] }) {
  return (
    <Card title="打印">
      <p className="jy-secondary" style={{ marginBottom: 8 }}>
        {responsePaperLabels[kind]}，A4 版式，带签字栏。
      </p>
      <PaperButtons paper={readResponsePaper} params={{ id }} />
    </Card>
  );
}

/** The next act, for whom it is; or for whom it waits; or what follows when the record is over. */
function Next({ file, onMove }: { readonly file: ResponseFile; readonly onMove: (move: ResponseMove) => void }) {
  const step = useAct(moveResponse);
  // Whoever may correct the record need not ask for it.
  const can = (file.can as ResponseMove[]).filter((m, _, all) => m !== 'question' || !all.includes('correct'));
  const over = file.endedAt !== null;
  const waits = file.nextNames.join('、');
  return (
    <>
      <p>{over ? '这条记录已经办完。' : file.myTurn ? TURN[file.status] : `等${waits}办理，办好会发消息告诉您。`}</p>
      {can.map((m, i) =>
        m === 'sign' ? (
          <ConfirmButton
            key={m}
            danger={false}
            block
            size="large"
            type="primary"
            ask="签认这份督导记录吗"
            says="双方都签认后，记录就不能再改。"
            sure="签认"
            onSure={() => step.mutateAsync({ params: { id: file.id }, body: { move: 'sign', version: file.version } })}
          >
            签认
          </ConfirmButton>
        ) : (
          <Button
            key={m}
            block
            {...(i === 0 && file.myTurn ? { type: 'primary' as const, size: 'large' as const } : {})}
            {...(m === 'withdraw' ? { danger: true } : {})}
            onClick={() => onMove(m)}
          >
            {responseMoveLabels[m]}
          </Button>
        ),
      )}
      {over && file.closesLine ? (
        <p className="jy-secondary">
          这条支援线没有别的事要做时，{file.opensRequest ? '到求助页' : <Link to="/lines">到支援线</Link>}登记它的结果。
        </p>
      ) : null}
      {file.opensRequest ? (
        <Link to="/requests/$id" params={{ id: file.requestId }} search={{ view: 'work' } as never}>
          看这份求助
        </Link>
      ) : null}
    </>
  );
}

/** One record: what it says, who has the next step, and its paper. */
export default function ResponsePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  useLive();
  const message = useMessages();
  const found = useQuery(queryOf(readResponse, { params: { id } }));
  const step = useAct(moveResponse);
  const [move, setMove] = useState<ResponseMove | null>(null);
  if (found.isError) {
    return (
      <Page title="支援记录">
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (found.isPending) {
    return (
      <Page title="支援记录">
        <Skeleton active paragraph={{ rows: 8 }} />
      </Page>
    );
  }
  const file = found.data;
  const schema = move === null ? undefined : ResponseStep.options.find((o) => o.shape.move.value === move);
  const initial =
    move === 'correct' && file.content.kind === 'supervision' ? file.content : move === 'provide' ? { providedOn: today() } : {};
  const facts = factsOf(file, file.content).filter(([, says]) => says.trim() !== '');
  return (
    <RecordPage
      crumbs={[{ title: `支援记录：${responseKindLabels[file.kind]}`, to: kindPaths[file.kind] }]}
      number={file.number}
      title={responsePaperLabels[file.kind]}
      status={<StatusTag tone={toneOf(file.status)}>{responseStatusLabels[file.status]}</StatusTag>}
      meta={[
        helpFieldLabels[file.helpField],
        `${file.authorName} ${formatInstant(file.openedAt)} 记录`,
        ...(file.lineTask === '' ? [] : [`支援线：${file.lineTask}`]),
      ]}
      seenBy={file.readers}
      next={<Next file={file} onMove={setMove} />}
    >
      <Card>
        <dl className="rd-facts rd-facts-two">
          {facts.map(([name, says, short], i) => (
            <div key={`${name}${String(i)}`} {...(short === 'short' ? {} : { className: 'wide' })}>
              <dt>{name}</dt>
              <dd>{says}</dd>
            </div>
          ))}
        </dl>
      </Card>
      <Paper id={id} kind={file.kind} />
      {move === null || schema === undefined ? null : (
        <FormDialog open title={responseMoveLabels[move]} onClose={() => setMove(null)}>
          <RecordForm
            key={move}
            validateWith={schema as unknown as z.ZodType<ResponseStep, Record<string, unknown>>}
            initial={initial}
            extra={{ move, version: file.version }}
            draftKey={`response.${id}.${move}`}
            submitWords={responseMoveLabels[move]}
            final
            onCancel={() => setMove(null)}
            submit={async (body) => {
              await step.mutateAsync({ params: { id }, body });
              void message.success(`${responseMoveLabels[move]}：已保存`);
              setMove(null);
            }}
          >
            <MoveFields move={move} file={file} />
          </RecordForm>
        </FormDialog>
      )}
    </RecordPage>
  );
}
