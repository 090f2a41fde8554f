import { readStages } from '@jieyou/core/cases/stageEndpoints.ts';
import { nextStageAct, stepOfStage } from '@jieyou/core/cases/stageRules.ts';
import { CaseStep } from '@jieyou/core/cases/stageSchema.ts';
import { caseStepLabels, paperKindLabels, signerLabels, stageActLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '../../house/ask.ts';
import { formatDay } from '../../house/format.ts';
import { PhoneCard } from '../../house/PhonePage.tsx';
import '../stages.css';

/** The stages of a case; the page that shows them waits for them, so that what stands there is not pushed about. */
export const useStages = (id: string) => useQuery({ ...queryOf(readStages, { params: { id } }), enabled: id !== '' });

/** Where a case stands and what comes next, on the phone; forms open on the desk's page, which stacks in one hand. */
export function PhoneStage({ id }: { readonly id: string }) {
  const { data: file } = useStages(id);
  if (file === undefined) return null;
  const at = CaseStep.options.indexOf(stepOfStage(file.stage, file.stageBefore));
  const over = ['closed', 'archived'].includes(file.stage);
  const latest = file.papers.find((p) => p.kind === 'plan');
  const next = nextStageAct({
    stage: file.stage,
    hasDraft: latest !== undefined && latest.status !== 'signed',
    hasPlan: file.papers.some((p) => p.kind === 'plan' && p.status === 'signed'),
    assessmentOwed: file.assessmentDueOn !== null,
    nextFollowUpOn: file.nextFollowUpOn,
  });
  const waiting = file.papers.find((p) => p.status === 'sent');
  return (
    <PhoneCard title="阶段">
      <ol className="st-steps">
        {CaseStep.options.map((step, i) => (
          <li
            key={step}
            className={over || i < at ? 'done' : i === at ? 'now' : ''}
            {...(i === at && !over ? { 'aria-current': 'step' as const } : {})}
          >
            {caseStepLabels[step]}
          </li>
        ))}
      </ol>
      {file.stage === 'paused' ? <p className="st-side">暂停中，{formatDay(file.lookAgainOn)}再看一次。</p> : null}
      {file.assessmentDueOn === null ? null : <p className="st-side">预估请在 {formatDay(file.assessmentDueOn)} 前补写。</p>}
      {waiting === undefined ? null : <p className="st-side">{paperKindLabels[waiting.kind]}等签字。</p>}
      {file.signing === null || !file.signing.open ? null : (
        <p className="st-side">
          <Link to={'/cases/$id/signing' as never} params={{ id } as never}>
            请{file.mustSign.map((who) => signerLabels[who]).join('和')}在手机上签服务协议
          </Link>
        </p>
      )}
      {file.can.length === 0 || next === null || next === 'note' ? (
        next === 'note' && file.can.length > 0 ? (
          <p className="st-side">下一步：写过程记录，就在下面。</p>
        ) : null
      ) : (
        <p className="st-side">
          下一步：<a href={`/cases/${id}`}>{stageActLabels[next]}</a>
        </p>
      )}
    </PhoneCard>
  );
}
