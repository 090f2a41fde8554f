import {
  addLetterScan,
  decideQueryLetter,
  decideSealing,
  decideUnsealing,
  proposeUnsealing,
  readLetterScan,
  readSealing,
  registerQueryLetter,
} from '@jieyou/core/sealing/endpoints.ts';
import { LetterDraft, type Sealing } from '@jieyou/core/sealing/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { letterStatusLabels, sealBasisLabels, sealedPartLabels, sealStatusLabels } from '@jieyou/core/texts/sealingLabels.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Input, InputNumber, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { call, fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatInstant, shortDay, shortInstant, today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import './sealing.css';

const professionals = ['worker', 'head', 'centre', 'expert', 'supervisor', 'agency', 'officer', 'street'] as const;

function LetterCard({ letter }: { readonly letter: Sealing['letters'][number] }) {
  const client = useQueryClient();
  const decide = useAct(decideQueryLetter);
  const picker = useRef<HTMLInputElement>(null);
  const [error, setError] = useState<unknown>(null);
  const params = { id: letter.id };
  return (
    <Card title={`查询函 ${letter.letterNo}`}>
      <Facts
        rows={[
          ['单位', letter.unit],
          ['日期', shortDay(letter.letterOn)],
          ['依据', letter.basis],
          ['范围', letter.scope.map((part) => sealedPartLabels[part]).join('、')],
          ['指定的人', letter.readers.join('、')],
          ['时间', `批准后 ${letter.hours} 小时，不晚于 ${shortDay(letter.untilDay)}`],
          ['登记', letter.registeredBy],
          ['状态', letterStatusLabels[letter.status] + (letter.closesAt === null ? '' : `，至 ${shortInstant(letter.closesAt)}`)],
          [
            '审批',
            letter.approvals.length === 0
              ? '还没有'
              : letter.approvals.map((a) => `${a.by}${a.decision === 'approve' ? '批准' : '不批准'}（${shortInstant(a.at)}）`).join('，'),
          ],
          [
            '扫描件',
            letter.scanned ? (
              <a key="scan" href={fileUrl(readLetterScan, { params })}>
                下载核对
              </a>
            ) : (
              '还没有上传'
            ),
          ],
        ]}
      />
      <RefusalNotice error={error} />
      <div className="jy-actions">
        {letter.can.includes('scan') ? (
          <>
            <input
              ref={picker}
              type="file"
              hidden
              aria-label={`查询函 ${letter.letterNo} 的扫描件`}
              accept="application/pdf,image/*"
              onChange={(e) => {
                const file = e.target.files?.[0];
                if (file === undefined) return;
                setError(null);
                call(addLetterScan, { params, file })
                  .then(() => client.invalidateQueries({ queryKey: ['readSealing'] }))
                  .catch(setError);
              }}
            />
            <Button onClick={() => picker.current?.click()}>{letter.scanned ? '重新上传扫描件' : '上传扫描件'}</Button>
          </>
        ) : null}
        {letter.can.includes('decide') ? (
          <>
            <ConfirmButton
              type="primary"
              danger={false}
              ask="批准这份查询函？"
              says="另一方也批准后，指定的人可以在限定时间内查阅，逐次留痕。"
              sure="批准"
              onSure={() => decide.mutateAsync({ params, body: { decision: 'approve' } })}
            >
              批准
            </ConfirmButton>
            <ConfirmButton
              ask="不批准？"
              says="这份查询函不再有效，对方须另行出具。"
              sure="不批准"
              onSure={() => decide.mutateAsync({ params, body: { decision: 'refuse' } })}
            >
              不批准
            </ConfirmButton>
          </>
        ) : null}
      </div>
    </Card>
  );
}

/** One sealed file for those who keep it: decision, letters, readings; never its content. */
export default function SealedPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readSealing, { params: { id } }));
  const decide = useAct(decideSealing);
  const unseal = useAct(decideUnsealing);
  const register = useAct(registerQueryLetter);
  const propose = useAct(proposeUnsealing);
  const [letterOpen, setLetterOpen] = useState(false);
  const [unsealOpen, setUnsealOpen] = useState(false);
  const file = found.data;
  if (file === undefined)
    return found.isError ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : <Skeleton active />;
  const can = (act: Sealing['can'][number]) => file.can.includes(act);
  return (
    <RecordPage
      crumbs={[{ title: '封存件', to: '/sealed' }]}
      number={file.number}
      title="封存件"
      status={<StatusTag tone={file.status === 'sealed' ? 'done' : 'needs'}>{sealStatusLabels[file.status]}</StatusTag>}
      seenBy={['支援中心与安全管理员：编号、决定、查询函与查阅记录', '内容：只有查询函指定的人，在批准的时间内']}
      next={
        <div className="sl-acts">
          {can('decide') ? (
            <>
              <ConfirmButton
                type="primary"
                ask="封存这个个案？"
                says="个案、求助、记录、附件立即移出并单独加密，承办社工也不再看到。已发布的案例同时撤下。"
                sure="封存"
                onSure={() => decide.mutateAsync({ params: { id }, body: { decision: 'seal' } })}
              >
                决定封存
              </ConfirmButton>
              <ConfirmButton
                ask="不同意封存？"
                sure="不同意"
                onSure={() => decide.mutateAsync({ params: { id }, body: { decision: 'refuse' } })}
              >
                不同意
              </ConfirmButton>
            </>
          ) : null}
          {can('decide-unsealing') ? (
            <>
              <p>{file.unsealReason}</p>
              <ConfirmButton
                type="primary"
                ask="解除封存？"
                says="内容放回原处，原来能看的人又能看到。"
                sure="解除"
                onSure={() => unseal.mutateAsync({ params: { id }, body: { decision: 'unseal' } })}
              >
                决定解除
              </ConfirmButton>
              <ConfirmButton
                ask="不同意解除？"
                sure="不同意"
                onSure={() => unseal.mutateAsync({ params: { id }, body: { decision: 'refuse' } })}
              >
                不同意解除
              </ConfirmButton>
            </>
          ) : null}
          {can('register-letter') ? (
            <Button type="primary" onClick={() => setLetterOpen(true)}>
              登记查询函
            </Button>
          ) : null}
          {can('propose-unsealing') ? <Button onClick={() => setUnsealOpen(true)}>提出解除封存</Button> : null}
          {file.can.length === 0 && file.letters.every((l) => l.can.length === 0) ? <p className="jy-secondary">没有等您办的事。</p> : null}
        </div>
      }
    >
      <Card title="决定">
        <Facts
          rows={[
            ['决定机关', file.authority],
            ['文号', file.decisionNo],
            ['文书日期', shortDay(file.decidedOn)],
            ['依据', sealBasisLabels[file.basis]],
            ['理由', file.reason],
            ['提出', `${file.proposedBy}　${shortInstant(file.proposedAt)}`],
            ['决定', file.decidedBy === null ? '还没有' : file.decidedBy],
            ['封存时间', formatInstant(file.sealedAt)],
          ]}
        />
      </Card>
      {file.letters.map((letter) => (
        <LetterCard key={letter.id} letter={letter} />
      ))}
      <Card title="查阅记录">
        {file.readings.length === 0 ? (
          <p className="jy-secondary">还没有人查阅。</p>
        ) : (
          <ul className="sl-list">
            {file.readings.map((r) => (
              <li key={`${r.at}${r.by}${String(r.file)}`}>
                {formatInstant(r.at)}　{r.by}　{r.letterNo}　{r.file ? '打开附件' : '查阅'}
              </li>
            ))}
          </ul>
        )}
      </Card>
      <FormDialog open={letterOpen} title="登记查询函" onClose={() => setLetterOpen(false)}>
        <RecordForm
          validateWith={LetterDraft}
          initial={{ letterOn: today(), untilDay: today(), hours: 24, scope: ['summary', 'notes'] }}
          submitWords="登记"
          final
          onCancel={() => setLetterOpen(false)}
          submit={async (body) => {
            await register.mutateAsync({ params: { id }, body });
            setLetterOpen(false);
          }}
        >
          <Field name="unit" label="查询单位">
            <Input maxLength={80} />
          </Field>
          <Field name="letterNo" label="文号">
            <Input maxLength={60} />
          </Field>
          <Field name="letterOn" label="日期">
            <DayInput notAfter={today()} />
          </Field>
          <Field name="untilDay" label="查询至">
            <DayInput notBefore={today()} />
          </Field>
          <Field name="basis" label="法律依据" wide>
            <Input maxLength={120} />
          </Field>
          <Field name="scope" label="范围" wide>
            <ChoiceBoxes options={optionsOf(sealedPartLabels)} />
          </Field>
          <Field name={['readerIds', 0]} label="指定的人">
            <PersonPicker roles={[...professionals]} />
          </Field>
          <Field name="hours" label="批准后可查阅的小时数">
            <InputNumber min={1} max={720} style={{ width: '100%' }} />
          </Field>
        </RecordForm>
      </FormDialog>
      <FormDialog open={unsealOpen} title="提出解除封存" onClose={() => setUnsealOpen(false)}>
        <RecordForm
          validateWith={proposeUnsealing.body}
          submitWords="提出"
          final
          onCancel={() => setUnsealOpen(false)}
          submit={async (body) => {
            await propose.mutateAsync({ params: { id }, body });
            setUnsealOpen(false);
          }}
        >
          <Field name="authority" label="决定机关">
            <Input maxLength={80} />
          </Field>
          <Field name="decisionNo" label="文号">
            <Input maxLength={60} />
          </Field>
          <Field name="reason" label="理由" hint="不写案情。" wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
          </Field>
        </RecordForm>
      </FormDialog>
    </RecordPage>
  );
}
