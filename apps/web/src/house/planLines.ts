import { correctionsSaid, goalSays, scoresIn } from '@jieyou/core/cases/scores.ts';
import type { StageFile } from '@jieyou/core/cases/stageSchema.ts';
import { formatDay } from './format.ts';

/** The plan that is being signed, as it is read out. */
export const planLinesOf = (file: StageFile | undefined): readonly { readonly heading: string; readonly text: string }[] => {
  const paper = file?.papers.find((p) => p.id === file.signing?.paperId);
  const plan = paper?.content.plan ?? null;
  if (paper === undefined || plan === null) return [];
  const corrected = correctionsSaid(scoresIn({ plan }), paper.corrected);
  return [
    { heading: '总目标', text: plan.aim },
    {
      heading: '分目标',
      text: plan.goals.map(goalSays).join('\n'),
    },
    { heading: '方法', text: plan.methods },
    { heading: '频率与起止', text: `${plan.frequency}；${formatDay(plan.startsOn)}至${formatDay(plan.endsOn)}。` },
    ...(corrected === '' ? [] : [{ heading: '量表更正', text: corrected }]),
  ];
};
