import { visitStatusLabels } from '@jieyou/core/texts/visitLabels.ts';
import { listVisits } from '@jieyou/core/visits/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '../house/ask.ts';
import { shortDay } from '../house/format.ts';

const SHOWN = 5;

/** What the card asks; the page asks it together with the case, so that the card is whole when it appears. */
export const visitsOf = (id: string) => queryOf(listVisits, { query: { caseId: id, limit: SHOWN } });

/** The newest visits of a case, and the way to record one. */
export function CaseVisits({ id, mayWrite }: { readonly id: string; readonly mayWrite: boolean }) {
  const found = useQuery(visitsOf(id));
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>探访</h2>
        {mayWrite ? (
          <Link to="/visits/$id/record" params={{ id: 'new' }} search={{ case: id } as never}>
            记录探访
          </Link>
        ) : null}
      </div>
      {found.data?.rows.length === 0 ? <p className="rd-quiet">还没有探访过。</p> : null}
      <ul className="rd-plain">
        {found.data?.rows.map((v) => (
          <li key={v.id}>
            <Link className="rd-underlined" to="/visits/$id" params={{ id: v.id }}>
              {shortDay(v.day)}
            </Link>
            {`　${visitStatusLabels[v.status]}　`}
            <span className="rd-quiet">{v.workerName}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
