import {
  beginRightCheck,
  confirmRightIdentity,
  decideRight,
  downloadPersonalCopy,
  prepareRightAnswer,
  readRight,
  readRightPaper,
  rejectRightIdentity,
  withdrawRight,
} from '@jieyou/core/privacy/endpoints.ts';
import { AnswerDraft, IdentityCheck, type Right, RightDecision } from '@jieyou/core/privacy/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import {
  askerKindLabels,
  identityProofLabels,
  retentionClassLabels,
  rightKindLabels,
  stopGroundLabels,
} from '@jieyou/core/texts/privacyLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Input, Radio, Skeleton } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { fileUrl, saveFile, sentenceOf } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatBytes, formatDay, formatInstant, orDash } from '../house/format.ts';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { WordsInput } from '../house/several.tsx';
import { RightClock, RightStatusTag } from './words.tsx';

type RightData = z.infer<typeof Right>;
type Act = 'identity' | 'reject' | 'answer' | 'decide' | 'withdraw';

/** One request about own data: who asks, what is kept, what is answered. */
export default function RightPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readRight, { params: { id } }));
  const [act, setAct] = useState<Act | null>(null);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const r = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '个人信息权利请求', to: '/privacy-requests' }]}
      number={r.receiptNo}
      title={`${rightKindLabels[r.kind]}${r.subjectMasked}的个人信息`}
      status={<RightStatusTag status={r.status} />}
      clock={<RightClock row={r} />}
      meta={[`${formatDay(r.dueOn)} 前答复`, `${r.stationName} ${r.receivedByName} 受理`]}
      next={<Next r={r} onAct={setAct} />}
    >
      <Card title="请求">
        <p className="jy-long">{r.wish}</p>
        <Facts
          rows={[
            ['请求人', `${r.askerName}（${askerKindLabels[r.askerKind]}）`],
            ['联系电话', orDash(r.askerPhone)],
            ['受理时间', formatInstant(r.receivedAt)],
            ['时限依据', r.clockSource],
            ['身份核对', r.checked.length === 0 ? '还没有核对' : r.checked.map((c) => identityProofLabels[c]).join('、')],
          ]}
        />
      </Card>
      {r.cases.length > 0 && (
        <Card title="涉及的个案">
          <CardTable
            rowKey="id"
            size="small"
            dataSource={r.cases}
            columns={[
              { title: '编号', render: (_, c) => c.number },
              { title: '站点', render: (_, c) => c.stationName },
              { title: '类别', render: (_, c) => retentionClassLabels[c.retentionClass] },
              { title: '保管到', render: (_, c) => (c.keepUntil === null ? '未结案' : formatDay(c.keepUntil)) },
              {
                title: '能否删除',
                render: (_, c) =>
                  c.stopped ? '已停止处理' : c.grounds.length === 0 ? '可以删除' : c.grounds.map((g) => stopGroundLabels[g]).join('、'),
              },
            ]}
          />
        </Card>
      )}
      {r.map.length > 0 && (
        <Card title="保存了什么">
          <CardTable
            rowKey="table"
            size="small"
            dataSource={r.map}
            columns={[
              { title: '种类', render: (_, m) => m.title },
              { title: '条数', align: 'right', render: (_, m) => m.count },
              { title: '副本', render: (_, m) => (m.given ? '提供' : '不提供') },
              { title: '说明', render: (_, m) => m.says },
            ]}
          />
        </Card>
      )}
      {(r.status === 'answering' || r.answer !== null || r.reason !== null) && (
        <Card title="答复">
          <p className="jy-long">{r.answer ?? '还没有拟答复。'}</p>
          <Facts
            rows={[
              ['拟稿', orDash(r.preparedByName)],
              ['替换的他人称呼', r.withheld.length === 0 ? '没有' : r.withheld.join('、')],
              [
                '随副本提供的附件',
                r.files
                  .filter((f) => f.chosen)
                  .map((f) => f.name)
                  .join('、') || '没有',
              ],
              ...(r.reason === null ? [] : [['理由', r.reason] as const]),
              ...(r.route === null ? [] : [['还可以怎么办', r.route] as const]),
              ...(r.decidedAt === null ? [] : [['决定', `${r.decidedByName} ${formatInstant(r.decidedAt)}`] as const]),
            ]}
          />
        </Card>
      )}
      {r.stops.length > 0 && (
        <Card title="停止处理">
          {r.stops.map((s) => (
            <p key={s.caseNumber}>
              {s.caseNumber}：{s.grounds.map((g) => stopGroundLabels[g]).join('、')}。{formatInstant(s.since)} 起只保存，不再使用。
            </p>
          ))}
        </Card>
      )}
      {act !== null && <ActDialog r={r} act={act} onClose={() => setAct(null)} />}
    </RecordPage>
  );
}

function Next({ r, onAct }: { readonly r: RightData; readonly onAct: (act: Act) => void }) {
  const begin = useAct(beginRightCheck);
  const message = useMessages();
  const may = (move: string) => r.can.includes(move);
  return (
    <div className="jy-actions" style={{ flexDirection: 'column', alignItems: 'stretch' }}>
      {may('confirm') && (
        <Button type="primary" onClick={() => onAct('identity')}>
          登记身份核对
        </Button>
      )}
      {may('check') && (
        <Button loading={begin.isPending} onClick={() => begin.mutate({ params: { id: r.id }, body: { version: r.version } })}>
          正在核对
        </Button>
      )}
      {may('prepare') && (
        <Button {...(r.answer === null ? { type: 'primary' as const } : {})} onClick={() => onAct('answer')}>
          {r.answer === null ? '拟答复' : '修改答复'}
        </Button>
      )}
      {may('answer') && (
        <Button {...(r.answer === null ? {} : { type: 'primary' as const })} onClick={() => onAct('decide')}>
          决定
        </Button>
      )}
      {may('copy') && (
        <Button
          type="primary"
          onClick={() => saveFile(downloadPersonalCopy, { params: { id: r.id } }).catch((e: unknown) => void message.error(sentenceOf(e)))}
        >
          取出副本
        </Button>
      )}
      {may('print') && (
        <a href={fileUrl(readRightPaper, { params: { id: r.id }, query: { format: 'html' } })} target="_blank" rel="noreferrer">
          打印答复书
        </a>
      )}
      {may('reject') && <Button onClick={() => onAct('reject')}>身份核对不上</Button>}
      {may('withdraw') && <Button onClick={() => onAct('withdraw')}>请求人撤回</Button>}
      {r.mine && r.status === 'answering' && <p className="jy-secondary">您受理了这件请求，由站长或支援中心的另一人决定。</p>}
      <RefusalNotice error={begin.error} />
    </div>
  );
}

const Said = z.object({ reason: RightDecision.shape.reason, route: RightDecision.shape.route });
const Why = z.object({ reason: RightDecision.shape.reason });

function ActDialog({ r, act, onClose }: { readonly r: RightData; readonly act: Act; readonly onClose: () => void }) {
  const confirm = useAct(confirmRightIdentity);
  const reject = useAct(rejectRightIdentity);
  const prepare = useAct(prepareRightAnswer);
  const decide = useAct(decideRight);
  const withdraw = useAct(withdrawRight);
  const params = { id: r.id };
  const { version } = r;
  const given = { onCancel: onClose, columns: 1 as const };
  const blocked = r.kind === 'delete' && r.cases.some((c) => c.grounds.length > 0 && !c.stopped);
  const reasons = (
    <>
      <Field name="reason" label="理由">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} />
      </Field>
      <Field name="route" label="对方还可以怎么办">
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} placeholder="如：补齐材料再来；向主管部门投诉；向人民法院起诉" />
      </Field>
    </>
  );
  if (act === 'identity')
    return (
      <FormDialog open title="登记身份核对" onClose={onClose}>
        <RecordForm
          validateWith={IdentityCheck}
          {...given}
          initial={{ checked: [], checkNote: '' }}
          submit={async (body) => {
            await confirm.mutateAsync({ params, body: { ...body, version } });
            onClose();
          }}
        >
          <Field name="checked" label="核对了什么">
            <ChoiceBoxes options={optionsOf(identityProofLabels)} />
          </Field>
          <Field name="checkNote" label="说明">
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} maxLength={400} />
          </Field>
        </RecordForm>
      </FormDialog>
    );
  if (act === 'answer')
    return (
      <FormDialog open title="拟答复" onClose={onClose}>
        <RecordForm
          validateWith={AnswerDraft}
          {...given}
          initial={{ answer: r.answer ?? '', withheld: r.withheld, attachmentIds: r.files.filter((f) => f.chosen).map((f) => f.id) }}
          draftKey={`right.${r.id}`}
          submit={async (body) => {
            await prepare.mutateAsync({ params, body: { ...body, version } });
            onClose();
          }}
        >
          <Field name="answer" label="答复">
            <Input.TextArea autoSize={{ minRows: 4, maxRows: 12 }} maxLength={4000} showCount />
          </Field>
          <Field name="withheld" label="记录里出现的他人称呼" hint="写一个按一次回车。副本里会换成“【他人】”。">
            <WordsInput between={['、', '；', ';', '\n']} />
          </Field>
          {r.files.length > 0 && (
            <Field name="attachmentIds" label="随副本提供的附件" hint="先打开看过，确认没有他人信息再勾选。">
              <ChoiceBoxes options={r.files.map((f) => ({ value: f.id, label: `${f.name}（${formatBytes(f.bytes)}）` }))} />
            </Field>
          )}
        </RecordForm>
      </FormDialog>
    );
  if (act === 'decide')
    return (
      <FormDialog open title="决定" onClose={onClose}>
        {blocked && (
          <p className="jy-note jy-note-needs">有个案暂不能删除。同意后这些个案停止处理：只保存，社工和支援中心都看不到，谁也不能改。</p>
        )}
        <RecordForm
          validateWith={RightDecision}
          {...given}
          final
          initial={{ outcome: 'done', reason: '', route: '' }}
          submitWords="决定"
          submit={async (body) => {
            await decide.mutateAsync({ params, body: { ...body, version } });
            onClose();
          }}
        >
          <Field name="outcome" label="结果">
            <Radio.Group
              options={[
                { value: 'done', label: '同意办理' },
                { value: 'partly', label: '部分办理' },
                { value: 'refused', label: '不予办理' },
              ]}
            />
          </Field>
          {reasons}
        </RecordForm>
      </FormDialog>
    );
  return (
    <FormDialog open title={act === 'reject' ? '身份核对不上' : '请求人撤回'} onClose={onClose}>
      <RecordForm
        validateWith={act === 'reject' ? Said : Why}
        {...given}
        final
        initial={{ reason: '' }}
        submit={async (body) => {
          const { reason, route = '' } = body as { reason: string; route?: string };
          await (act === 'reject'
            ? reject.mutateAsync({ params, body: { reason, route, version } })
            : withdraw.mutateAsync({ params, body: { reason, version } }));
          onClose();
        }}
      >
        {act === 'reject' ? (
          reasons
        ) : (
          <Field name="reason" label="缘由">
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 4 }} />
          </Field>
        )}
      </RecordForm>
    </FormDialog>
  );
}
