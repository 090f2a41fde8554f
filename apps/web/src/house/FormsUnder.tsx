import { listFormAnswers } from '@jieyou/core/forms/endpoints.ts';
import { formStatusLabels } from '@jieyou/core/texts/formLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from './ask.ts';
import { shortInstant } from './format.ts';
import { Card } from './Page.tsx';
import './reading.css';

const SHOWN = 8;

type Under = { readonly groupId: string; readonly sessionId?: string } | { readonly activityId: string };

/** The newest forms of a group, of one of its sessions, or of an activity, and the way to fill one. */
export default function FormsUnder({ under, may }: { readonly under: Under; readonly may: boolean }) {
  const found = useQuery(queryOf(listFormAnswers, { query: { ...under, limit: SHOWN } }));
  const rows = found.data?.rows ?? [];
  if (!may && rows.length === 0) return null;
  const begins = 'activityId' in under ? { activity: under.activityId } : { group: under.groupId, session: under.sessionId };
  return (
    <Card
      title="表单"
      actions={
        may && (
          <Link to={'/forms/new' as never} search={begins as never}>
            填表
          </Link>
        )
      }
    >
      {rows.length === 0 ? <p className="jy-secondary">还没有填过表。登记过的内容会带到表里，不用再写。</p> : null}
      <ul className="rd-plain">
        {rows.map((a) => (
          <li key={a.id}>
            <Link className="rd-underlined" to={'/forms/$id' as never} params={{ id: a.id } as never}>
              {a.title}
            </Link>
            {a.whose === '' || 'sessionId' in under ? '' : `（${a.whose}）`}
            {'　'}
            {formStatusLabels[a.status]}　<span className="jy-secondary">{shortInstant(a.savedAt)}</span>
          </li>
        ))}
      </ul>
      {found.data !== undefined && found.data.next !== null ? (
        <Link to={'/forms' as never} search={under as never}>
          看全部
        </Link>
      ) : null}
    </Card>
  );
}
