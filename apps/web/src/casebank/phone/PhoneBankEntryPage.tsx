import { caseDomainLabels, helpFieldLabels, sectionLabels } from '@jieyou/core/texts/labels.ts';
import { useParams, useSearch } from '@tanstack/react-router';
import { Skeleton } from 'antd-mobile';
import { shortDay } from '../../house/format.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { Marked } from '../Marked.tsx';
import { sectionOrder, useEntry } from '../queries.ts';

/** One published case, read on the phone. */
export default function PhoneBankEntryPage() {
  const { id = '' } = useParams({ strict: false });
  const { find = '' } = useSearch({ strict: false }) as { find?: string };
  const query = useEntry(id);
  const entry = query.data;
  if (entry === undefined) {
    return (
      <PhonePage title="案例">
        {query.error === null ? (
          <Skeleton.Paragraph lineCount={10} animated />
        ) : (
          <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
        )}
      </PhonePage>
    );
  }
  return (
    <PhonePage title="案例">
      <article className="rd-letter">
        <h2 style={{ fontSize: 20, marginTop: 0 }}>
          <Marked text={entry.title} find={find} />
        </h2>
        <p className="rd-quiet">
          {entry.number}　{entry.year} 年　{caseDomainLabels[entry.domain]}　{entry.helpFields.map((f) => helpFieldLabels[f]).join('、')}
          <br />
          工作方法：{entry.methods.join('、')}
        </p>
        {sectionOrder.map((s) => (
          <section key={s}>
            <h2>{sectionLabels[s]}</h2>
            <p>
              <Marked text={entry.sections[s]} find={find} />
            </p>
          </section>
        ))}
        <p className="rd-quiet">
          {entry.note}　{shortDay(entry.releasedOn)}发布
        </p>
      </article>
    </PhonePage>
  );
}
