import { listAlarms } from '@jieyou/core/alarms/endpoints.ts';
import { alarmKindLabels, alarmStatusLabels } from '@jieyou/core/texts/alarmLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '../house/ask.ts';
import { shortInstant } from '../house/format.ts';
import { PlainClock } from '../house/PlainClock.tsx';

const SHOWN = 5;

/** What the card asks; the page asks it together with the case, so that the card is whole when it appears. */
export const alarmsOf = (id: string) => queryOf(listAlarms, { query: { caseId: id, limit: SHOWN } });

/** Records of crises and of violence at home under a case, by what is due next. */
export function CaseAlarms({ id, mayWrite }: { readonly id: string; readonly mayWrite: boolean }) {
  const found = useQuery(alarmsOf(id));
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>危机与家暴</h2>
        {mayWrite ? (
          <Link to="/alarms/new" search={{ case: id } as never}>
            登记
          </Link>
        ) : null}
      </div>
      {found.data?.rows.length === 0 ? <p className="rd-quiet">没有登记过。</p> : null}
      <ul className="rd-plain">
        {found.data?.rows.map((a) => (
          <li key={a.id}>
            <Link className="rd-underlined" to="/alarms/$id" params={{ id: a.id }}>
              {alarmKindLabels[a.kind]}
            </Link>
            {`　${alarmStatusLabels[a.status]}　`}
            <span className="rd-quiet">{shortInstant(a.registeredAt)}</span> {a.status === 'closed' ? null : <PlainClock clock={a.clock} />}
          </li>
        ))}
      </ul>
    </section>
  );
}
