import { listSessions } from '@jieyou/core/groups/endpoints.ts';
import type { ListedSession } from '@jieyou/core/groups/schema.ts';
import { addDays } from '@jieyou/core/shared/day.ts';
import { groupStatusLabels } from '@jieyou/core/texts/groupLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { queryOf } from '../../house/ask.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { shortDay, today } from '../../house/format.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { SavedLine } from '../../house/SavedLine.tsx';
import { useCan } from '../../house/session.tsx';

const AHEAD_DAYS = 14;
const BEHIND_DAYS = 30;
const MOST = 50;

/** Sessions of groups: those to be recorded first, then what comes, then what was recorded lately. */
export default function PhoneSessionListPage() {
  const { saved } = useSearch({ strict: false }) as { saved?: string };
  const works = useCan('worker');
  const mine = works ? { mine: 'yes' as const } : {};
  const [shows, setShows] = useState<'open' | 'held'>('open');
  const query =
    shows === 'open'
      ? { status: ['planned' as const], to: addDays(today(), AHEAD_DAYS), sort: 'soonest' as const }
      : { status: ['held' as const], from: addDays(today(), -BEHIND_DAYS), sort: 'newest' as const };
  const found = useQuery(queryOf(listSessions, { query: { ...mine, ...query, limit: MOST } }));
  const rows = found.data?.rows ?? [];
  const due = rows.filter((s) => s.status === 'planned' && s.plannedOn <= today());
  const ahead = rows.filter((s) => s.status === 'planned' && s.plannedOn > today());
  return (
    <PhonePage title="小组">
      <SavedLine saved={saved}>已保存，台账已记。</SavedLine>
      <div className="jy-chips">
        <button type="button" aria-pressed={shows === 'open'} onClick={() => setShows('open')}>
          要开的
        </button>
        <button type="button" aria-pressed={shows === 'held'} onClick={() => setShows('held')}>
          近 30 天记过的
        </button>
      </div>
      {found.error === null ? null : <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />}
      {found.isPending ? <p className="jy-secondary">正在查看</p> : null}
      {found.data !== undefined && rows.length === 0 ? (
        <EmptyState
          title={shows === 'open' ? '两周内没有要开的小组' : '近 30 天没有记过小组'}
          hint={works ? '小组在完整版里计划、开组；开了以后，每一节都在这里记。' : '本站小组的每一节都在这里看。'}
          action={<a href="/groups">打开完整版的小组</a>}
        />
      ) : null}
      <Sessions title={works ? '到日子了，要记录' : '到日子了，还没有记录'} rows={due} />
      <Sessions title="接下来" rows={ahead} />
      <Sessions title="记过的" rows={rows.filter((s) => s.status === 'held')} />
    </PhonePage>
  );
}

function Sessions({ title, rows }: { readonly title: string; readonly rows: readonly ListedSession[] }) {
  if (rows.length === 0) return null;
  return (
    <section aria-label={title}>
      <h2 className="ph-part">{title}</h2>
      <ul className="ph-rows">
        {rows.map((s) => (
          <li key={s.id}>
            <Link to={'/groups/$id/sessions/$sessionId' as never} params={{ id: s.groupId, sessionId: s.id } as never}>
              <strong>{s.groupTitle}</strong>
              <span>
                第 {s.number} 节　{s.title}
              </span>
              <span className={s.status === 'planned' && s.plannedOn < today() ? 'jy-clock-overdue' : 'jy-secondary'}>
                {s.status === 'held'
                  ? `${shortDay(s.heldOn ?? s.plannedOn)}　到 ${s.came ?? 0} 人`
                  : `${s.plannedOn === today() ? '今天' : s.plannedOn < today() ? `原定 ${shortDay(s.plannedOn)}` : shortDay(s.plannedOn)}　${s.place}　${groupStatusLabels[s.groupStatus]}`}
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
