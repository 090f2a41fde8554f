import type { FormAnswer, FormResult } from '@jieyou/core/forms/schema.ts';
import { formReferredLabels } from '@jieyou/core/texts/formLabels.ts';
import { shortDay } from '../house/format.ts';
import { StatusTag } from '../house/StatusTag.tsx';
import { bandTones, changeWords } from './words.ts';

/** What the scales of a form come to: a number with its word and a next step, or the advice to ask somebody. */
export function Scores({ results }: { readonly results: readonly FormResult[] }) {
  return (
    <div className="fm-scores" role="status">
      {results.map((r) => (
        <div key={r.scale}>
          <strong>
            {r.title}　{r.score === null ? '不计分' : `${r.score} / ${r.most} 分`}
          </strong>
          {'　'}
          <StatusTag tone={bandTones[r.tone]}>{r.band ?? (r.referred === null ? '—' : formReferredLabels[r.referred])}</StatusTag>
          <div>{r.says}</div>
          {r.missing === 0 ? null : (
            <div className="rd-quiet">
              答了 {r.answered} 项，缺 {r.missing} 项{r.extended ? '，按已答的推算' : ''}。
            </div>
          )}
        </div>
      ))}
      <p className="rd-quiet">分数只供参考，不代替判断；怎么办由社工和站长决定。</p>
    </div>
  );
}

/** The same scale over time, side by side. */
export function Course({ course, now }: { readonly course: FormAnswer['course']; readonly now: string }) {
  const scales = [...new Map(course.flatMap((c) => c.results.map((r) => [r.scale, r.title] as const)))];
  const of = (at: number, scale: string) => course[at]?.results.find((r) => r.scale === scale);
  return (
    <div className="fm-scroll">
      <table className="fm-table">
        <caption className="rd-quiet">同一张表在这个个案里的各次测量，左早右晚。</caption>
        <thead>
          <tr>
            <th scope="col">量表</th>
            {course.map((c) => (
              <th key={c.id} scope="col">
                {shortDay(c.on)}
                {c.id === now ? '（本次）' : ''}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {scales.map(([scale, title]) => (
            <tr key={scale}>
              <th scope="row">{title}</th>
              {course.map((c, at) => {
                const r = of(at, scale);
                return (
                  <td key={c.id}>
                    {r === undefined ? (
                      '—'
                    ) : (
                      <>
                        <strong className="rd-num">{r.score === null ? '不计分' : `${r.score} 分`}</strong>　{r.band ?? ''}
                        <div className="rd-quiet">{changeWords(of(at - 1, scale), r)}</div>
                      </>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
