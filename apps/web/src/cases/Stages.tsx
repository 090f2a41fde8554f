import { correctionsSaid, goalSays, scoresIn, scoreTag } from '@jieyou/core/cases/scores.ts';
import { moveCase, printCasePaper, readStages, signCasePlan } from '@jieyou/core/cases/stageEndpoints.ts';
import { goalProgress, nextStageAct, type StageActName, stepOfStage } from '@jieyou/core/cases/stageRules.ts';
import { type CasePaper, type CaseScore, CaseStep, type StageFile } from '@jieyou/core/cases/stageSchema.ts';
import { isEmployed, wholeMonths } from '@jieyou/core/cases/work.ts';
import { printRoomForm } from '@jieyou/core/forms/endpoints.ts';
import type { Day } from '@jieyou/core/shared/day.ts';
import {
  ASSESSMENT_HEADINGS,
  caseStageLabels,
  caseStepLabels,
  closingKindLabels,
  followUpResultLabels,
  followUpWayLabels,
  intakeDecisionLabels,
  intakeRiskLabels,
  intakeSourceLabels,
  paperKindLabels,
  paperStatusLabels,
  retentionWords,
  signerInWords,
  stageActLabels,
  urgencyLabels,
  workWords,
} from '@jieyou/core/texts/caseStageLabels.ts';
import { riskLabels } from '@jieyou/core/texts/labels.ts';
import { AGREEMENT_TERMS } from '@jieyou/core/texts/signatureLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { formatDay, shortDay, shortInstant } from '../house/format.ts';
import { PaperButtons } from '../house/Paper.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { Signing } from '../house/Signing.tsx';
import { asksSomething, StageDialog, signedPlanOf } from './StageForms.tsx';
import { citedWords, courseWords } from './scoreWords.ts';
import './stages.css';

/** The stages of one case. */
export const useStages = (id: string) => useQuery({ ...queryOf(readStages, { params: { id } }), enabled: id !== '' });

/** What is known of work, and when it was said last. */
const workLine = ({ work: { now } }: StageFile): string[] =>
  now === null
    ? []
    : [
        `就业：${workWords({ ...now, says: '' })}${now.seenOn === null ? '' : `（${formatDay(now.seenOn)}登记${now.onDay === null || !isEmployed(now.outcome) ? '' : `，当时满 ${wholeMonths(now.onDay as Day, now.seenOn as Day)} 个月`}）`}`,
      ];

/** The six stages, with where the case stands; what lies beside them as one calm line each. */
export function StageSteps({ file }: { readonly file: StageFile }) {
  const now = stepOfStage(file.stage, file.stageBefore);
  const at = CaseStep.options.indexOf(now);
  const over = ['closed', 'archived'].includes(file.stage);
  const lines = [
    ...(file.stage === 'paused' ? [`暂停中，${formatDay(file.lookAgainOn)}再看一次。`] : []),
    ...(file.stage === 'plan-signing' ? ['计划已送签，等签字。'] : []),
    ...(file.stage === 'closing-signing' ? ['结案已送签，等签字。'] : []),
    ...(file.stage === 'declined' ? ['没有受理。'] : []),
    ...(file.assessmentDueOn === null ? [] : [`走危机通道，预估请在 ${formatDay(file.assessmentDueOn)} 前补写。`]),
    ...(over && file.closedOn !== null
      ? [`${formatDay(file.closedOn)}结案${file.closingKind === null ? '' : `：${closingKindLabels[file.closingKind]}`}。`]
      : []),
    ...(file.nextFollowUpOn === null || file.stage !== 'closed' ? [] : [`${formatDay(file.nextFollowUpOn)}回访。`]),
    ...workLine(file),
    ...(file.archivedOn === null
      ? []
      : [
          `${formatDay(file.archivedOn)}归档，按${file.retentionClass === null ? '' : retentionWords[file.retentionClass]}保管至 ${formatDay(file.keepUntil)}。`,
        ]),
    ...(file.papers.some((p) => p.kind === 'reopening') && file.status === 'open'
      ? [`重开过：${file.papers.find((p) => p.kind === 'reopening')?.content.reason ?? ''}`]
      : []),
    ...(file.withheld.length === 0 ? [] : ['移交前的部分材料没有移交给您，不在这里显示。']),
  ];
  return (
    <section className="jy-card" aria-label="阶段">
      <ol className="st-steps">
        {CaseStep.options.map((step, i) => (
          <li
            key={step}
            className={over || i < at ? 'done' : i === at ? 'now' : ''}
            {...(i === at && !over ? { 'aria-current': 'step' as const } : {})}
          >
            <i aria-hidden="true">{over || i < at ? '✓' : i + 1}</i>
            {caseStepLabels[step]}
          </li>
        ))}
      </ol>
      {lines.length === 0 ? null : <p className="st-side">{lines.join('　')}</p>}
    </section>
  );
}

const SAYS: Readonly<Partial<Record<StageActName | 'note', string>>> = {
  'decide-intake': '受理、不受理、转介，或危机直通。',
  assess: '个人、家庭、环境与资源、需求与问题四个部分。',
  'draft-plan': '写目标和衡量的办法，再与服务对象签协议。',
  'send-plan': '服务对象一方签好协议以后，请站长或督导签字。',
  note: '每次服务后写一条，记下方式和时长。',
  'propose-closing': '写结案小结，请站长或督导签字。',
  'follow-up': '看看结案后过得怎样；有变化可以重开。',
  archive: '归档后按规定年限保管，需要时可以重开。',
  resume: '回到暂停前的阶段。',
  replan: '还没有签过的计划；先订计划再继续服务。',
};

/** What stands in the way of closing a case, each with the way there. */
export function OpenAlarms({ open }: { readonly open: StageFile['openAlarms'] }) {
  if (open.length === 0) return null;
  return (
    <p className="st-open" role="status">
      还有 {open.length} 份危机或家暴记录没有关闭，关闭以后才能结案：
      {open.map((a) => (
        <Link key={a.id} className="rd-underlined" to="/alarms/$id" params={{ id: a.id }}>
          {a.kind === 'crisis' ? '危机记录' : '家暴记录'}
        </Link>
      ))}
    </p>
  );
}

/** The next step as the main button, other steps below it. */
export function NextStage({ file, onNote }: { readonly file: StageFile; readonly onNote: () => void }) {
  const [open, setOpen] = useState<StageActName | null>(null);
  const move = useAct(moveCase);
  const latest = file.papers.find((p) => p.kind === 'plan');
  const next = nextStageAct({
    stage: file.stage,
    hasDraft: latest !== undefined && latest.status !== 'signed',
    hasPlan: signedPlanOf(file) !== null,
    assessmentOwed: file.assessmentDueOn !== null,
    nextFollowUpOn: file.nextFollowUpOn,
  });
  const returned = file.papers.find((p) => p.status === 'returned' && p.decidedAt === file.stageSince);
  const can = file.can as StageActName[];
  const main = next !== null && (next === 'note' ? file.stage === 'intervention' && can.length > 0 : can.includes(next)) ? next : null;
  const begin = (act: StageActName | 'note') => {
    if (act === 'note') onNote();
    else if (asksSomething(act, file)) setOpen(act);
    else move.mutate({ params: { id: file.id }, body: { move: act, version: file.version } as never });
  };
  const waiting = file.papers.find((p) => p.status === 'sent');
  return (
    <>
      {file.signs !== null ? (
        <>
          <Link to={'/case-papers/$id' as never} params={{ id: file.signs } as never}>
            <Button type="primary" size="large" block>
              {waiting?.kind === 'plan' ? '查看并签署计划' : '查看并签署结案'}
            </Button>
          </Link>
          <p className="rd-says rd-gap">{waiting?.authorName}送来，等您签字。</p>
        </>
      ) : waiting !== undefined ? (
        <p className="rd-says">
          {paperKindLabels[waiting.kind]}等{waiting.signerName ?? '站长'}签字（{shortInstant(waiting.sentAt ?? waiting.writtenAt)}送签）。
        </p>
      ) : null}
      {returned === undefined ? null : (
        <p className="rd-says" role="status">
          {paperKindLabels[returned.kind]}被{returned.decidedByName ?? ''}退回：{returned.answer}
        </p>
      )}
      {main === null ? null : main === 'archive' ? (
        <ConfirmButton
          type="primary"
          danger={false}
          size="large"
          block
          ask="归档这个个案？"
          says="归档后按规定年限保管，需要时可以重开。"
          sure="归档"
          onSure={() => move.mutateAsync({ params: { id: file.id }, body: { move: 'archive', version: file.version } })}
        >
          归档
        </ConfirmButton>
      ) : (
        <Button type="primary" size="large" block loading={move.isPending} onClick={() => begin(main)}>
          {stageActLabels[main]}
        </Button>
      )}
      {main === null || SAYS[main] === undefined ? null : <p className="rd-says rd-gap">{SAYS[main]}</p>}
      <RefusalNotice error={move.error} />
      {can.includes('propose-closing') ? <OpenAlarms open={file.openAlarms} /> : null}
      <div className="st-acts">
        {can
          .filter((act) => act !== main && act !== 'archive')
          .map((act) => (
            <Button key={act} block loading={move.isPending && !asksSomething(act, file)} onClick={() => begin(act)}>
              {stageActLabels[act]}
            </Button>
          ))}
      </div>
      {can.length === 0 && waiting === undefined ? <p className="rd-quiet">现在没有要您办的步骤。</p> : null}
      {open === null ? null : <StageDialog act={open} file={file} onClose={() => setOpen(null)} />}
    </>
  );
}

/** Which scores that papers cite were corrected since: said where their goals are shown, before anybody signs. */
export function CorrectedScores({ papers }: { readonly papers: readonly (CasePaper | null | undefined)[] }) {
  const lines = papers.flatMap((p) => (p == null ? [] : correctionsSaid(scoresIn(p.content), p.corrected).split('\n')));
  const said = [...new Set(lines)].filter((line) => line !== '');
  return said.length === 0 ? null : (
    <p className="jy-long" role="status">
      {said.join('\n')}
    </p>
  );
}

/** Goals with what was, is and should be. */
export function GoalTable({
  plan,
  evaluation,
}: {
  readonly plan: NonNullable<CasePaper['content']['plan']>;
  readonly evaluation: CasePaper['content']['evaluation'];
}) {
  return (
    <table className="rd-table jy-cards">
      <thead>
        <tr>
          <th scope="col">目标</th>
          <th scope="col">指标</th>
          <th scope="col">前</th>
          <th scope="col">现在</th>
          <th scope="col">目标值</th>
        </tr>
      </thead>
      <tbody>
        {plan.goals.map((g) => {
          const measure = evaluation?.measures.find((m) => m.key === g.key);
          const now = measure?.now ?? null;
          const progress = goalProgress(g, now);
          return (
            <tr key={g.key}>
              <td data-label="目标">{g.text}</td>
              <td data-label="指标">{g.indicator}</td>
              <td data-label="前" className="rd-num">
                {g.baseline} {g.unit}
                {g.score === undefined ? null : <span className="jy-secondary">{scoreTag(g.score)}</span>}
              </td>
              <td data-label="现在" className="rd-num">
                {now === null
                  ? '还没有测量'
                  : `${now} ${g.unit}（${progress?.reached === true ? '已达到' : `${progress?.percent ?? 0}%`}）`}
                {measure?.score === undefined ? null : <span className="jy-secondary">{scoreTag(measure.score)}</span>}
              </td>
              <td data-label="目标值" className="rd-num">
                {g.target} {g.unit}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

/** The plan that counts, and above it the next one while it is not signed: whoever signs sees the words that are signed. */
export function PlanCard({ file }: { readonly file: StageFile }) {
  const plans = file.papers.filter((p) => p.kind === 'plan');
  const counts = plans.find((p) => p.status === 'signed');
  const next = plans[0]?.status === 'taken-back' && counts !== undefined ? undefined : plans[0];
  return (
    <>
      {next === undefined || next === counts ? null : <OnePlan paper={next} file={file} />}
      {counts === undefined ? null : <OnePlan paper={counts} file={file} />}
    </>
  );
}

function OnePlan({ paper, file }: { readonly paper: CasePaper; readonly file: StageFile }) {
  const { plan } = paper.content;
  if (plan === null) return null;
  const evaluated = file.papers.find((p) => p.kind === 'evaluation' && p.writtenAt >= paper.writtenAt);
  return (
    <section className="jy-card" aria-label={`服务计划（第 ${paper.edition} 版）`}>
      <div className="jy-card-head">
        <h2>服务计划</h2>
        <span className="rd-quiet">
          第 {paper.edition} 版　{paperStatusLabels[paper.status]}
        </span>
      </div>
      <p>{plan.aim}</p>
      <GoalTable plan={plan} evaluation={evaluated?.content.evaluation ?? null} />
      <CorrectedScores papers={[paper, evaluated]} />
      <p className="rd-quiet">
        {plan.methods}　{plan.frequency}　{shortDay(plan.startsOn)}至{shortDay(plan.endsOn)}
      </p>
      <PaperButtons word paper={printCasePaper} params={{ id: paper.id }} />
      {file.signing === null || file.signing.paperId !== paper.id ? null : <PlanSigning signing={file.signing} />}
    </section>
  );
}

/** Signatures on the plan that is about to be sent, with what is explained before anybody signs. */
function PlanSigning({ signing }: { readonly signing: NonNullable<StageFile['signing']> }) {
  const sign = useAct(signCasePlan);
  return (
    <>
      <h3>服务协议的签名</h3>
      <p>签名前说明：{AGREEMENT_TERMS}</p>
      <Signing
        key={signing.paperId}
        sheet={signing}
        hash={signing.hash}
        take={(draft) => sign.mutateAsync({ params: { id: signing.paperId }, body: draft })}
        error={sign.error}
      />
    </>
  );
}

type Line = readonly [string, string];

const linesOf = (p: CasePaper, onFile: readonly CaseScore[]): Line[] => {
  const c = p.content;
  const out: Line[] = [];
  if (c.intake !== null)
    out.push(
      [
        '决定',
        `${intakeDecisionLabels[c.intake.decision]}　${c.intake.reason}${c.intake.referredTo === null ? '' : `　转介到：${c.intake.referredTo}`}`,
      ],
      [
        '来源',
        `${intakeSourceLabels[c.intake.source]}，${urgencyLabels[c.intake.urgency]}${c.intake.asker === '' ? '' : `，求助人：${c.intake.asker}`}`,
      ],
      ['监护人', c.intake.guardian ?? ''],
      ['风险初筛', c.intake.risks === undefined ? '' : c.intake.risks.map((risk) => intakeRiskLabels[risk]).join('、') || '未见五类风险'],
      ['求助的问题', c.intake.problem],
    );
  if (c.assessment !== null) {
    const assessment = c.assessment;
    for (const part of ['person', 'family', 'surroundings', 'needs'] as const)
      out.push([ASSESSMENT_HEADINGS[part].title, assessment[part]]);
    out.push(['引用的量表', citedWords(assessment.scores ?? [], onFile, p.corrected)]);
    out.push(['风险', `${riskLabels[assessment.risk]}　${assessment.riskSays}`]);
  }
  if (c.plan !== null && p.kind === 'plan')
    out.push(
      ['总目标', c.plan.aim],
      ['目标', c.plan.goals.map(goalSays).join('\n')],
      ['方法', c.plan.methods],
      ['频率与起止', `${c.plan.frequency}　${formatDay(c.plan.startsOn)}至${formatDay(c.plan.endsOn)}`],
    );
  if (c.agreement !== null) out.push(['协议', c.agreement.signers.map((s) => signerInWords(s, true)).join('\n')]);
  if (c.evaluation !== null)
    out.push(
      [c.evaluation.kind === 'closing' ? '结案评估' : '阶段评估', c.evaluation.says],
      ['量表的前后', courseWords(c.evaluation.courses ?? [])],
      ['满意程度', c.evaluation.satisfaction === null ? '' : `${c.evaluation.satisfaction} 分（满分 5 分）`],
      ['服务对象的话', c.evaluation.wishes],
    );
  out.push(['量表更正', correctionsSaid(scoresIn(c), p.corrected)]);
  if (c.closing !== null)
    out.push(
      ['结案类型', `${closingKindLabels[c.closing.kind]}${c.closing.referredTo === null ? '' : `，转介到：${c.closing.referredTo}`}`],
      ['就业结果', c.closing.work == null ? '' : workWords(c.closing.work)],
      ['结案小结', c.closing.summary],
      ['社工自评', c.closing.review],
      ['回访', c.closing.followUpOn === null ? '不安排' : formatDay(c.closing.followUpOn)],
    );
  if (c.followUp !== null)
    out.push(
      ['回访', `${formatDay(c.followUp.happenedOn)}　${followUpWayLabels[c.followUp.way]}　${followUpResultLabels[c.followUp.result]}`],
      ['就业回访', c.followUp.work == null ? '' : workWords(c.followUp.work, c.followUp.happenedOn)],
      ['记录', c.followUp.says],
      ['下一次', c.followUp.nextOn === null ? '' : formatDay(c.followUp.nextOn)],
    );
  if (c.reason !== null) out.push(['理由', c.reason]);
  return out.filter(([, text]) => text.trim() !== '');
};

/** What a paper says, part by part; `onFile` are the scores of the case, by which a cited one is known to have a later one. */
export function PaperText({ paper, onFile = [] }: { readonly paper: CasePaper; readonly onFile?: readonly CaseScore[] }) {
  return (
    <dl>
      {linesOf(paper, onFile).map(([heading, text]) => (
        <div key={heading}>
          <dt>{heading}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {paper.answer === '' ? null : (
        <div>
          <dt>{paper.status === 'returned' ? '退回的理由' : '签署意见'}</dt>
          <dd>{paper.answer}</dd>
        </div>
      )}
    </dl>
  );
}

/** Everything that was written at the stages, newest first. */
export function PapersCard({ file }: { readonly file: StageFile }) {
  const [all, setAll] = useState(false);
  if (file.papers.length === 0) return null;
  const rows = all ? file.papers : file.papers.slice(0, 6);
  return (
    <section className="jy-card">
      <h2>各阶段文书</h2>
      <ul className="rd-plain st-papers">
        {rows.map((p) => (
          <li key={p.id}>
            <details>
              <summary>
                {paperKindLabels[p.kind]}
                {p.edition > 1 ? `（第 ${p.edition} 版）` : ''}
                {'　'}
                <span className="rd-quiet">
                  {paperStatusLabels[p.status]}　{p.authorName} {shortInstant(p.writtenAt)}
                  {p.decidedByName === null ? '' : `　${p.decidedByName} ${p.status === 'signed' ? '签' : '退回'}`}
                </span>
              </summary>
              <PaperText paper={p} onFile={file.scores} />
              {p.kind === 'closing' || p.kind === 'assessment' || p.kind === 'evaluation' ? (
                <PaperButtons word paper={printCasePaper} params={{ id: p.id }} />
              ) : null}
              {p.kind === 'follow-up' ? <PaperButtons word paper={printRoomForm} params={{ room: 'follow-up', id: p.id }} /> : null}
            </details>
          </li>
        ))}
      </ul>
      {file.papers.length > rows.length ? <Button onClick={() => setAll(true)}>看全部 {file.papers.length} 份</Button> : null}
    </section>
  );
}

/** The state of a case in one word, for lists and heads. */
export const stageWord = (stage: StageFile['stage']): string => caseStageLabels[stage];
