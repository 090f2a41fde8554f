import { caseDomainLabels, helpFieldLabels, sectionLabels } from '@jieyou/core/texts/labels.ts';
import { Link, useParams, useSearch } from '@tanstack/react-router';
import { Skeleton, Tag } from 'antd';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import './casebank.css';
import { Marked } from './Marked.tsx';
import { sectionOrder, useEntry } from './queries.ts';
import { RecallPanel } from './RecallPanel.tsx';

/** One published case, made for reading. */
export default function BankEntryPage() {
  const { id = '' } = useParams({ strict: false });
  const { find = '' } = useSearch({ strict: false }) as { find?: string };
  const query = useEntry(id);
  const entry = query.data;
  const crumbs = [{ title: '案例库', to: '/casebank' }];
  // What was just recalled must not stay on screen.
  if (entry === undefined || query.error !== null) {
    return (
      <Page title="案例" crumbs={crumbs}>
        {query.error === null ? <Skeleton active paragraph={{ rows: 10 }} /> : <RefusalNotice error={query.error} />}
      </Page>
    );
  }
  return (
    <Page title={entry.title} crumbs={crumbs}>
      {entry.can.includes('recall') ? <RecallPanel entry={entry} /> : null}
      <article className="rd-letter bank-entry">
        <p className="rd-quiet">
          {entry.award === null ? null : <Tag className="bank-award">优秀 · {entry.award}</Tag>}
          {entry.number}　{entry.year} 年　{caseDomainLabels[entry.domain]}　{entry.helpFields.map((f) => helpFieldLabels[f]).join('、')}
          <br />
          工作方法：
          {entry.methods.map((m) => (
            <Link key={m} to="/casebank" search={{ method: m } as never}>
              <Tag>{m}</Tag>
            </Link>
          ))}
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
    </Page>
  );
}
