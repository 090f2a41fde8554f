import { scoreTag } from '@jieyou/core/cases/scores.ts';
import type { PaperKind } from '@jieyou/core/cases/stageSchema.ts';
import { type Day, dayOf, formatDay, formatInstant, type Instant } from '@jieyou/core/shared/day.ts';
import type { PaperFormat } from '@jieyou/core/shared/endpoint.ts';
import { amount, ordinal } from '@jieyou/core/shared/words.ts';
import { signerLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import type { Ctx } from '../platform/http/context.ts';
import { type PaperPart, sendPaper } from '../platform/print/index.ts';
import { signatureBoxes, signaturesOn } from '../signatures/index.ts';
import { correctionsOf, type PaperSection, sectionsOf } from './paperText.ts';
import { loadStages, planHash } from './stageLoading.ts';
import { correctedIn } from './stageStore.ts';
import { readCasePaper } from './stageViews.ts';
import { caseById } from './store.ts';

const planBefore = async (ctx: Ctx<never>, caseId: string, at: string) => {
  const facts = await caseById(ctx.tx, ctx.actor, caseId);
  if (facts === undefined) return null;
  const { papers } = await loadStages(ctx, facts);
  const paper = papers.find((p) => p.kind === 'plan' && p.status === 'signed' && p.writtenAt <= at);
  return paper === undefined ? null : { content: paper.content, corrected: (await correctedIn(ctx.tx, [paper.id])).get(paper.id) ?? [] };
};

const TITLES: Readonly<Partial<Record<PaperKind, string>>> = {
  assessment: '个案预估',
  plan: '个案服务计划与协议',
  evaluation: '个案评估',
  closing: '个案结案小结',
};

/** An assessment, a plan with its agreement, an evaluation, or a closing with what became of the goals, as an A4 paper with boxes to sign in. */
export const printCasePaper = async (ctx: Ctx<'print.no-browser' | 'cases.not-printable'>, id: string, format: PaperFormat) => {
  const file = await readCasePaper(ctx, id);
  const { paper } = file;
  const title = TITLES[paper.kind];
  if (title === undefined) return ctx.refuse('cases.not-printable');
  const isPlan = paper.kind === 'plan';
  const plan = file.plan?.content.plan ?? null;
  // An evaluation names the goals of the plan that was signed last before it.
  const before = paper.kind === 'evaluation' && file.opensCase ? await planBefore(ctx, file.caseId, paper.writtenAt) : null;
  const person = `${file.recipientName}（${genderLabels[file.recipientGender]}${file.recipientAge === null ? '' : `，${file.recipientAge}岁`}）。承办社工：${file.workerName}（${file.stationName}）。`;
  const outcome: PaperSection[] =
    isPlan || file.evaluation === null ? [] : sectionsOf({ evaluation: file.evaluation.content.evaluation }, plan);
  // The words of the plan's goals stand in an evaluation and in a closing as well.
  const cited = [paper, before, file.plan, file.evaluation].filter((p) => p !== null);
  const signed: PaperSection[] =
    paper.decidedAt === null
      ? []
      : [
          [
            paper.status === 'signed' ? '签署' : '退回',
            `${paper.decidedByName ?? ''} ${formatInstant(paper.decidedAt as Instant)}　${paper.answer}`,
          ],
        ];
  const sections: PaperSection[] = [
    ['服务对象', person],
    ...sectionsOf(paper.content, before?.content.plan ?? null),
    ...outcome,
    ...correctionsOf(...cited),
    ...signed,
  ];
  const goals = isPlan ? paper.content.plan?.goals : undefined;
  const table: PaperPart[] =
    goals === undefined
      ? []
      : [
          {
            kind: 'table',
            head: ['分目标', '指标', '现在', '目标', '评估时'],
            rows: goals.map((g) => [
              g.text,
              g.indicator,
              `${amount(g.baseline, g.unit)}${scoreTag(g.score)}`,
              amount(g.target, g.unit),
              '',
            ]),
          },
        ];
  const parts: PaperPart[] = sections.flatMap(([heading, text], i): PaperPart[] => {
    const title: PaperPart = { kind: 'heading', text: `${ordinal(i + 1)}、${heading}` };
    return heading === '分目标' && table.length > 0 ? [title, ...table] : [title, { kind: 'text', text }];
  });
  const signers = paper.content.agreement?.signers ?? [];
  // Whoever only has the paper before them sees who signed by their name; the drawing stays in the case.
  const hands = isPlan && file.opensCase ? await signaturesOn(ctx, { caseId: file.caseId, kind: 'plan' }) : [];
  const roles = (['guardian', 'authority'] as const).filter((who) => signers.some((s) => s.who === who));
  const boxes = signatureBoxes(
    [['person', '服务对象'], ...roles.map((who) => [who, signerLabels[who]] as const)],
    hands,
    planHash(file.caseId, paper.content.plan),
  );
  return sendPaper(ctx, format, `${title}${file.number}`, {
    title,
    number: file.number,
    date: formatDay(dayOf(paper.writtenAt as Instant) as Day),
    issuer: file.stationName,
    secrecy: '内部资料　注意保密',
    signatures: isPlan ? [...boxes, '承办社工', '站长或督导'] : ['承办社工', '站长或督导'],
    parts,
  });
};
