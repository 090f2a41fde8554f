import { correctionsSaid, pointsWords, scoresIn, scoreTag } from '@jieyou/core/cases/scores.ts';
import { goalProgress } from '@jieyou/core/cases/stageRules.ts';
import type { CaseScore, PaperContent, ScoreCorrected, ScoreCourse } from '@jieyou/core/cases/stageSchema.ts';
import { type Day, formatDay } from '@jieyou/core/shared/day.ts';
import { amount } from '@jieyou/core/shared/words.ts';
import {
  closingKindLabels,
  directionLabels,
  followUpResultLabels,
  followUpWayLabels,
  intakeDecisionLabels,
  intakeRiskLabels,
  intakeSourceLabels,
  signerInWords,
  urgencyLabels,
  workWords,
} from '@jieyou/core/texts/caseStageLabels.ts';
import { formReferredLabels } from '@jieyou/core/texts/formLabels.ts';
import { riskLabels } from '@jieyou/core/texts/labels.ts';
import { AGREEMENT_TERMS } from '@jieyou/core/texts/signatureLabels.ts';

/** One part of a paper: its heading and its text. */
export type PaperSection = readonly [heading: string, text: string];

type Plan = NonNullable<PaperContent['plan']>;

/** Two versions of one form are not simply compared. */
const apart = (first: CaseScore | undefined, last: CaseScore | undefined): string =>
  first === undefined || last === undefined || first.edition === last.edition ? '' : '（版本不同，不宜直接比较）';

const day = (value: string): string => formatDay(value as Day);

const goalLine = (g: Plan['goals'][number], at: number): string =>
  `${at + 1}. ${g.text}（${g.indicator}：现在 ${amount(g.baseline, g.unit)}${scoreTag(g.score)}，目标 ${amount(g.target, g.unit)}，${directionLabels[g.direction]}）${g.work === true ? '【就业目标】' : ''}`;

/** What each goal of the plan was, is and should be, in one line a goal. */
export const goalLines = (plan: Plan, evaluation: Partial<PaperContent>['evaluation']): string =>
  plan.goals
    .map((g, i) => {
      const said = evaluation?.measures.find((m) => m.key === g.key);
      const progress = goalProgress(g, said?.now ?? null);
      const now =
        said?.now === undefined || said.now === null
          ? '没有测量'
          : `${amount(said.now, g.unit)}${scoreTag(said.score)}${apart(g.score, said.score)}`;
      return `${i + 1}. ${g.text}（${g.indicator}：前 ${amount(g.baseline, g.unit)}${scoreTag(g.score)}，后 ${now}，目标 ${amount(g.target, g.unit)}${progress?.reached === true ? '，已达到' : ''}）${said?.says ?? ''}`;
    })
    .join('\n');

const risksSaid = ({ risks }: NonNullable<PaperContent['intake']>): PaperSection[] =>
  risks === undefined ? [] : [['风险初筛', risks.length === 0 ? '未见五类风险。' : risks.map((risk) => intakeRiskLabels[risk]).join('、')]];

/** A score with its form, version and day, and what the scale says to do: the words of the scale, nothing added. */
const scoreLine = (s: CaseScore): string =>
  `${s.title}：${pointsWords(s)}，${s.band ?? (s.referred === null ? '—' : formReferredLabels[s.referred])}（《${s.form}》第 ${s.edition} 版，${day(s.on)}${s.missing === 0 ? '' : `，缺 ${s.missing} 项`}）。${s.says}`;

const courseLine = ({ first, last }: ScoreCourse): string =>
  last === null
    ? `${scoreLine(first)}只测过这一次。`
    : `${last.title}：${day(first.on)} ${pointsWords(first)}，${first.band ?? '没有结论'}；${day(last.on)} ${pointsWords(last)}，${last.band ?? '没有结论'}（分数越高越${last.more === 'worse' ? '重' : '好'}；《${last.form}》${first.edition === last.edition ? `第 ${last.edition} 版` : `第 ${first.edition} 版、第 ${last.edition} 版，版本不同，不宜直接比较`}）。${last.says}`;

/** A paper in sentences, part by part; `plan` gives an evaluation the words of its goals, and `names` lets other people stand in it. */
export const sectionsOf = (content: Partial<PaperContent>, plan: Plan | null = null, names = true): PaperSection[] => {
  const parts: PaperSection[] = [];
  const { intake, assessment, evaluation, closing, followUp, agreement } = content;
  if (intake)
    parts.push(
      [
        '接案决定',
        `${intakeDecisionLabels[intake.decision]}。${intake.reason}${intake.referredTo === null ? '' : `　转介到：${intake.referredTo}`}`,
      ],
      [
        '来源与紧急程度',
        `${intakeSourceLabels[intake.source]}，${urgencyLabels[intake.urgency]}。${intake.asker === '' || !names ? '' : `求助人：${intake.asker}。`}`,
      ],
      ...risksSaid(intake),
      ['求助的问题', intake.problem],
    );
  if (assessment)
    parts.push(
      ['个人', assessment.person],
      ['家庭', assessment.family === '' ? '独自生活，没有填写。' : assessment.family],
      ['环境与资源', assessment.surroundings],
      ['需求与问题', assessment.needs],
      ['引用的量表', (assessment.scores ?? []).map(scoreLine).join('\n')],
      ['风险', `${riskLabels[assessment.risk]}。${assessment.riskSays}`],
    );
  if (content.plan)
    parts.push(
      ['总目标', content.plan.aim],
      ['分目标', content.plan.goals.map(goalLine).join('\n')],
      ['方法', content.plan.methods],
      ['频率与起止', `${content.plan.frequency}；${day(content.plan.startsOn)}至${day(content.plan.endsOn)}。`],
    );
  if (agreement)
    parts.push(['服务协议', `已说明：${AGREEMENT_TERMS}\n${agreement.signers.map((s) => signerInWords(s, names)).join('\n')}`]);
  if (evaluation)
    parts.push(
      ['目标的变化', plan === null ? '' : goalLines(plan, evaluation)],
      ['量表的前后', (evaluation.courses ?? []).map(courseLine).join('\n')],
      ['评估', evaluation.says],
      ['满意程度', evaluation.satisfaction === null ? '没有询问。' : `${evaluation.satisfaction} 分（满分 5 分）`],
      ['服务对象的话', evaluation.wishes],
    );
  if (closing)
    parts.push(
      ['结案类型', `${closingKindLabels[closing.kind]}${closing.referredTo === null ? '' : `，转介到：${closing.referredTo}`}`],
      ['就业结果', closing.work == null ? '' : workWords(closing.work)],
      ['结案小结', closing.summary],
      ['社工自评', closing.review],
      ['回访', closing.followUpOn === null ? '不安排回访。' : `${day(closing.followUpOn)}回访。`],
    );
  if (followUp)
    parts.push(
      ['回访', `${day(followUp.happenedOn)}，${followUpWayLabels[followUp.way]}：${followUpResultLabels[followUp.result]}`],
      ['就业回访', followUp.work == null ? '' : workWords(followUp.work, followUp.happenedOn)],
      ['情况', followUp.says],
      ['下一次', followUp.nextOn === null ? '不再安排。' : day(followUp.nextOn)],
    );
  if (content.reason) parts.push(['理由', content.reason]);
  return parts.filter(([, text]) => text !== '');
};

/** What was corrected since of the scores that papers cite: a part of its own, or none. Two papers that cite one score say it once. */
export const correctionsOf = (
  ...papers: readonly { readonly content: Partial<PaperContent>; readonly corrected: readonly ScoreCorrected[] }[]
): PaperSection[] => {
  const lines = papers.flatMap((p) => correctionsSaid(scoresIn(p.content), p.corrected).split('\n')).filter((line) => line !== '');
  return lines.length === 0 ? [] : [['量表更正', [...new Set(lines)].join('\n')]];
};

/** A paper as the person's own copy tells it: without other people's names, and what the worker says of the own work stays with the profession. */
export const toldOf = (content: Partial<PaperContent>, plan: Plan | null = null): string =>
  sectionsOf(content, plan, false)
    .filter(([heading]) => heading !== '社工自评')
    .map(([heading, text]) => `${heading}：${text}`)
    .join('\n');
