import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { beginFormAnswer, decideFormAnswer, discardFormAnswer, printFormAnswer, readFormAnswer } from '@jieyou/core/forms/endpoints.ts';
import type { FormFacts, FormValues } from '@jieyou/core/forms/filling.ts';
import { formStatusLabels, formSubjectLabels } from '@jieyou/core/texts/formLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortInstant } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Card } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { WordsLeft } from '../house/WordsLeft.tsx';
import { FormFill } from './FormFill.tsx';
import { FormHands } from './FormHands.tsx';
import { FormRead } from './FormRead.tsx';
import { Course, Scores } from './FormScores.tsx';
import { formTones, placeOf } from './words.ts';
import '../house/reading.css';
import './forms.css';

/** One form: filled in, signed, or read. */
export default function FormAnswerPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readFormAnswer, { params: { id } }));
  // Counts on when the draft was saved elsewhere: the form is then begun anew on both sides.
  const [round, setRound] = useState(0);
  const navigate = useNavigate();
  const message = useMessages();
  const correct = useAct(beginFormAnswer);
  const discard = useAct(discardFormAnswer);
  const decide = useAct(decideFormAnswer);
  const [returning, setReturning] = useState(false);
  const reachesFile = useCan('worker', 'head');
  if (found.isError)
    return (
      <>
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
        <WordsLeft names={[`form.${id}`]} />
      </>
    );
  // A draft is filled on what the server holds now, not on what was seen last time.
  if (found.data === undefined || !found.isFetchedAfterMount) return <Skeleton active />;
  const a = found.data;
  const document = a.document as FormDocument;
  const can = (act: (typeof a.can)[number]) => a.can.includes(act);
  const begin = async () => {
    const made = await correct.mutateAsync({ body: { under: a.under, templateId: null, corrects: a.id } });
    await navigate({ to: '/forms/$id', params: { id: made.id } });
  };
  const sign = async (signs: boolean, says: string) => {
    await decide.mutateAsync({ params: { id }, body: { signs, says, version: a.version } });
    void message.success(signs ? '已签署' : '已退回');
    // What was signed or sent back no longer lies before a supervisor.
    if (!reachesFile) await navigate({ to: '/' });
  };
  return (
    <RecordPage
      crumbs={[{ title: '表单', to: '/forms' }]}
      number={a.number}
      title={a.title}
      status={<StatusTag tone={formTones[a.status]}>{formStatusLabels[a.status]}</StatusTag>}
      meta={[
        ...(a.whose === '' ? [] : [a.whose]),
        `${a.authorName} 填写`,
        `第 ${a.edition} 版${a.revision === 1 ? '' : `，第 ${a.revision - 1} 次更正`}`,
        a.submittedAt === null ? `${shortInstant(a.savedAt)} 保存` : `${shortInstant(a.submittedAt)} 提交`,
      ]}
      seenBy={a.seenBy}
      next={
        <>
          {can('fill') ? <p>写的内容自动保存。填好后在表的末尾提交。</p> : null}
          {can('sign') ? (
            <>
              <ConfirmButton
                block
                type="primary"
                size="large"
                danger={false}
                style={{ marginBottom: 8 }}
                ask="签署这张表？"
                says="签署后不能再改，只能更正。"
                sure="签署"
                onSure={() => sign(true, '')}
              >
                签署
              </ConfirmButton>
              <Button block style={{ marginBottom: 8 }} onClick={() => setReturning(true)}>
                退回修改
              </Button>
            </>
          ) : null}
          {a.status === 'waiting' && !can('sign') ? <p>等{a.signerName === null ? '站长' : `${a.signerName}（督导）`}签署。</p> : null}
          <Button block style={{ marginBottom: 8 }} href={fileUrl(printFormAnswer, { params: { id } })} target="_blank">
            打印
          </Button>
          <Button block style={{ marginBottom: 8 }} href={fileUrl(printFormAnswer, { params: { id }, query: { format: 'docx' } })} download>
            存为 Word
          </Button>
          {can('correct') ? (
            <Button block style={{ marginBottom: 8 }} loading={correct.isPending} onClick={() => void begin().catch(() => undefined)}>
              更正
            </Button>
          ) : null}
          {can('discard') ? (
            <ConfirmButton
              block
              style={{ marginBottom: 8 }}
              ask="作废这份草稿？"
              says="作废后不能恢复。"
              sure="作废"
              onSure={async () => {
                await discard.mutateAsync({ params: { id }, body: { version: (await found.refetch()).data?.version ?? a.version } });
                await navigate({ to: placeOf(a.under) as never });
              }}
            >
              作废草稿
            </ConfirmButton>
          ) : null}
          <RefusalNotice error={correct.error ?? decide.error} />
          {reachesFile ? (
            <p style={{ marginTop: 4 }}>
              <Link to={placeOf(a.under) as never}>打开{formSubjectLabels[a.under.kind]}</Link>
            </p>
          ) : null}
        </>
      }
      aside={
        a.editions.length > 1 ? (
          <Card title="各次填写">
            <ul className="rd-plain">
              {a.editions.map((e) => (
                <li key={e.id}>
                  {e.id === a.id ? (
                    <strong>第 {e.revision} 次</strong>
                  ) : (
                    <Link className="rd-underlined" to="/forms/$id" params={{ id: e.id }}>
                      第 {e.revision} 次
                    </Link>
                  )}
                  {'　'}
                  {formStatusLabels[e.status]}　<span className="rd-quiet">{shortInstant(e.savedAt)}</span>
                </li>
              ))}
            </ul>
          </Card>
        ) : undefined
      }
    >
      {a.decisions.length > 0 ? (
        <Card title="签署与退回">
          <ul className="rd-plain">
            {a.decisions.map((d) => (
              <li key={d.at}>
                {shortInstant(d.at)}　{d.byName} {d.signs ? '签署' : '退回'}
                {d.says === '' ? '' : `：${d.says}`}
              </li>
            ))}
          </ul>
        </Card>
      ) : null}
      {can('fill') ? (
        <Card>
          <FormFill
            key={`${a.id}.${round}`}
            answer={a}
            done={() => void message.success(document.signer === 'nobody' ? '已提交' : '已提交，等签署')}
            reread={() => void found.refetch().then(() => setRound(round + 1))}
          />
        </Card>
      ) : (
        <>
          {a.alerts.length > 0 ? (
            <section className="jy-card" role="note">
              {a.alerts.map((says) => (
                <p key={says} className="rd-late">
                  {says}
                </p>
              ))}
            </section>
          ) : null}
          {a.results.length > 0 ? (
            <Card title="计分">
              <Scores results={a.results} />
              {a.course.length > 1 ? <Course course={a.course} now={a.id} /> : null}
            </Card>
          ) : null}
          <WordsLeft names={[`form.${id}`]} known={a.values} />
          <FormHands signing={a.signing} />
          <FormRead document={document} values={a.values as FormValues} facts={a.facts as FormFacts} />
        </>
      )}
      <FormDialog open={returning} title="退回修改" onClose={() => setReturning(false)} width={520}>
        <RecordForm
          validateWith={decideFormAnswer.body}
          initial={{ says: '' }}
          extra={{ signs: false, version: a.version }}
          submitWords="退回"
          onCancel={() => setReturning(false)}
          submit={async (body) => {
            await sign(false, body.says);
            setReturning(false);
          }}
        >
          <Field name="says" label="哪里要改" wide>
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 6 }} maxLength={500} showCount />
          </Field>
        </RecordForm>
      </FormDialog>
    </RecordPage>
  );
}
