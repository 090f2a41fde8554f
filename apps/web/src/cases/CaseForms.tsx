import { listFormAnswers } from '@jieyou/core/forms/endpoints.ts';
import { formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '../house/ask.ts';
import { shortInstant } from '../house/format.ts';

const SHOWN = 6;

/** What the card asks; the page asks it together with the case, so that the card is whole when it appears. */
export const formsOf = (id: string) => queryOf(listFormAnswers, { query: { caseId: id, limit: SHOWN } });

/** The newest forms of a case, and the way to fill one. */
export function CaseForms({ id, mayWrite }: { readonly id: string; readonly mayWrite: boolean }) {
  const found = useQuery(formsOf(id));
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>表单</h2>
        {mayWrite ? (
          <Link to="/forms/new" search={{ case: id } as never}>
            填表
          </Link>
        ) : null}
      </div>
      {found.data?.rows.length === 0 ? <p className="rd-quiet">还没有填过表。</p> : null}
      <ul className="rd-plain">
        {found.data?.rows.map((a) => (
          <li key={a.id}>
            <Link className="rd-underlined" to="/forms/$id" params={{ id: a.id }}>
              {a.title}
            </Link>
            {'　'}
            {formStatusLabels[a.status]}　<span className="rd-quiet">{shortInstant(a.savedAt)}</span>
          </li>
        ))}
      </ul>
      {found.data !== undefined && found.data.next !== null ? (
        <Link to="/forms" search={{ caseId: id } as never}>
          看全部
        </Link>
      ) : null}
    </section>
  );
}
