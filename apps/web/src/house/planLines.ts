import type { StageFile } from '@jieyou/core/cases/stageSchema.ts';
import { formatDay } from './format.ts';

/** The plan that is being signed, as it is read out. */
export const planLinesOf = (file: StageFile | undefined): readonly { readonly heading: string; readonly text: string }[] => {
  const plan = file?.papers.find((p) => p.id === file.signing?.paperId)?.content.plan ?? null;
  if (plan === null) return [];
  return [
    { heading: '总目标', text: plan.aim },
    {
      heading: '分目标',
      text: plan.goals.map((g) => `${g.text}（${g.indicator}：${g.baseline} → ${g.target} ${g.unit}）`).join('\n'),
    },
    { heading: '方法', text: plan.methods },
    { heading: '频率与起止', text: `${plan.frequency}；${formatDay(plan.startsOn)}至${formatDay(plan.endsOn)}。` },
  ];
};
