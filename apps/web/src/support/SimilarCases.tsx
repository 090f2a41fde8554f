import { readSimilarCases } from '@jieyou/core/support/endpoints.ts';
import { caseDomainLabels, helpFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { call } from '../house/client.ts';
import './similar.css';

/** A pause in writing after which the bank is asked again, in milliseconds: each reading is kept in the record of access. */
const PAUSE = 6_000;

type Props = {
  readonly id: string;
  /** When the draft was last saved; the bank compares what is saved. */
  readonly savedAt: Date | null;
  /** Address of a published case. */
  readonly hrefOf: (entryId: string) => string;
};

/** Published cases that resemble the draft, and why; nothing at all while there is none. */
export function SimilarCases({ id, savedAt, hrefOf }: Props) {
  const [asOf, setAsOf] = useState(0);
  const saved = savedAt?.getTime() ?? 0;
  useEffect(() => {
    if (saved === 0) return;
    const timer = window.setTimeout(() => setAsOf(saved), PAUSE);
    return () => window.clearTimeout(timer);
  }, [saved]);
  const found = useQuery({
    queryKey: [readSimilarCases.id, id, asOf],
    queryFn: ({ signal }) => call(readSimilarCases, { params: { id }, signal }),
    placeholderData: (before) => before,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const rows = found.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <section className="jy-card ph-card sc-list" aria-labelledby="similar-cases">
      <h2 id="similar-cases">别人遇到过的相似情况</h2>
      <p className="rd-quiet">来自已发布的案例，随您写的内容更新，可以参考，不影响提交。</p>
      <ol>
        {rows.map((c) => (
          <li key={c.id}>
            <a href={hrefOf(c.id)} target="_blank" rel="noopener">
              {c.title}
            </a>
            <span className="rd-quiet">
              {c.year} 年 · {c.methods.join('、')}
            </span>
            <ul className="sc-why" aria-label="为什么相似">
              {c.why.sameDomain ? <li>同为{caseDomainLabels[c.domain]}</li> : null}
              {c.why.sharedFields.length === 0 ? null : <li>都需要{c.why.sharedFields.map((f) => helpFieldLabels[f]).join('、')}</li>}
              {c.why.sharedWords.length === 0 ? null : <li>都写到：{c.why.sharedWords.join('、')}</li>}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}
