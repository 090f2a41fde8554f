import { decideCasePaper, printCasePaper, readCasePaper } from '@jieyou/core/cases/stageEndpoints.ts';
import { paperKindLabels, paperStatusLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Input, Skeleton } from 'antd';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { formatInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { PaperButtons } from '../house/Paper.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import { CorrectedScores, GoalTable, OpenAlarms, PaperText } from './Stages.tsx';

/** A plan or a closing before the one who signs it. */
export default function PaperPage() {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const query = useQuery({ ...queryOf(readCasePaper, { params: { id } }), enabled: id !== '' });
  const decide = useAct(decideCasePaper);
  const file = query.data;
  if (file === undefined)
    return (
      <Page title="个案文书">
        {query.error === null ? <Skeleton active /> : <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />}
      </Page>
    );
  const { paper } = file;
  const plan = paper.content.plan ?? file.plan?.content.plan ?? null;
  const evaluation = file.evaluation?.content.evaluation ?? null;
  // What was signed or sent back no longer lies before a supervisor.
  const done = () => void navigate({ to: file.opensCase ? `/cases/${file.caseId}` : '/' });
  return (
    <RecordPage
      crumbs={
        file.opensCase
          ? [
              { title: '个案', to: '/cases' },
              { title: file.recipientName, to: `/cases/${file.caseId}` },
            ]
          : []
      }
      number={file.number}
      title={`${paperKindLabels[paper.kind]}　${file.recipientName}（${genderLabels[file.recipientGender]}${file.recipientAge === null ? '' : `，${file.recipientAge}岁`}）`}
      status={<span className="rd-quiet">{paperStatusLabels[paper.status]}</span>}
      meta={[
        <span key="by">
          {paper.authorName}　{formatInstant(paper.writtenAt)}
        </span>,
        <span key="worker">
          承办：{file.workerName}（{file.stationName}）
        </span>,
        ...(file.opensCase
          ? [
              <Link key="case" to="/cases/$id" params={{ id: file.caseId }}>
                打开个案
              </Link>,
            ]
          : []),
      ]}
      {...(file.signs || file.whyNot !== null
        ? {
            next: file.signs ? (
              <>
                <ConfirmButton
                  type="primary"
                  danger={false}
                  size="large"
                  block
                  ask={paper.kind === 'plan' ? '签署这份计划？' : '签署结案？'}
                  says={paper.kind === 'plan' ? '签署后进入介入阶段。' : '签署后个案结案。'}
                  sure="签署"
                  onSure={async () => {
                    await decide.mutateAsync({ params: { id }, body: { version: paper.version, decision: 'sign', reason: '' } });
                    done();
                  }}
                >
                  签署
                </ConfirmButton>
                <div className="rd-gap">
                  <ActForm
                    endpoint={decideCasePaper}
                    id={id}
                    extra={{ version: paper.version, decision: 'return' }}
                    title="退回修改"
                    sure="退回"
                    draftKey={`paper.${id}`}
                    onDone={done}
                  >
                    <Field name="reason" label="理由" hint="会告诉撰写的社工">
                      <Input.TextArea autoSize={{ minRows: 3 }} maxLength={600} />
                    </Field>
                  </ActForm>
                </div>
              </>
            ) : (
              <p className="rd-says">您写的或您承办的，请由另一位站长或督导签字。</p>
            ),
          }
        : {})}
    >
      {paper.kind === 'closing' && paper.status === 'sent' ? <OpenAlarms open={file.openAlarms} /> : null}
      <section className="jy-card">
        <h2>{paperKindLabels[paper.kind]}</h2>
        {plan === null ? null : <GoalTable plan={plan} evaluation={evaluation} />}
        {/* What the paper itself cites is said in its own words below. */}
        <CorrectedScores papers={[file.plan]} />
        <div className="st-papers">
          <PaperText paper={paper} />
          {file.evaluation === null ? null : <PaperText paper={file.evaluation} />}
        </div>
        {['assessment', 'plan', 'evaluation', 'closing'].includes(paper.kind) ? (
          <PaperButtons word paper={printCasePaper} params={{ id }} />
        ) : null}
      </section>
    </RecordPage>
  );
}
