import { listNotices, markAllNoticesRead, markNoticeRead } from '@jieyou/core/notices/endpoints.ts';
import { noticeSays } from '@jieyou/core/texts/labels.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { queryOf, useAct } from '../../house/ask.ts';
import { EmptyState } from '../../house/EmptyState.tsx';
import { shortInstant } from '../../house/format.ts';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { pageOfNotice } from '../pages.ts';

const ON_PHONE = /^\/((requests|invitations|cases|bank)\/|(time-polls|relief-joints)$)/;

/** The page of a notice as the phone has it: a published case is read under a shorter address, a table among the others. */
const phonePageOf = (recordKind: string, recordId: string): string | null =>
  pageOfNotice(recordKind, recordId)
    ?.replace(/^\/casebank\/(?!drafts\/)/, '/bank/')
    .replace(/^\/relief-joints\/.*/, '/relief-joints') ?? null;

/** What the platform told the person, on the phone. */
export default function PhoneNoticeListPage() {
  const navigate = useNavigate();
  const queries = useQueryClient();
  const [limit, setLimit] = useState(20);
  const found = useQuery(queryOf(listNotices, { query: { limit } }));
  const again = () => void queries.invalidateQueries({ queryKey: ['readSession'] });
  const readOne = useAct(markNoticeRead, again);
  const readAll = useAct(markAllNoticesRead, again);
  return (
    <PhonePage title="消息" back>
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <p className="jy-secondary">正在查看</p>
      ) : found.data.rows.length === 0 ? (
        <EmptyState title="还没有消息" hint="求助、邀请、行动项有变化时，会在这里告诉您。" />
      ) : (
        <>
          {found.data.rows.some((r) => r.readAt === null) && (
            <button type="button" className="ph-button ph-quiet" disabled={readAll.isPending} onClick={() => readAll.mutate({})}>
              全部标为已读
            </button>
          )}
          <ul className="ph-rows">
            {found.data.rows.map((r) => (
              <li key={r.id}>
                <button
                  type="button"
                  onClick={() => {
                    if (r.readAt === null) readOne.mutate({ params: { id: r.id } });
                    const page = phonePageOf(r.recordKind, r.recordId);
                    if (page === null) return;
                    if (ON_PHONE.test(page)) void navigate({ to: page });
                    else window.location.assign(page);
                  }}
                >
                  <span className={r.readAt === null ? 'jy-unread' : undefined}>
                    {r.readAt === null && '未读 · '}
                    {noticeSays(r.kind)}
                  </span>
                  <span className="jy-secondary">
                    {r.number} · <span className="rd-nowrap">{shortInstant(r.sentAt)}</span>
                  </span>
                </button>
              </li>
            ))}
          </ul>
          {found.data.next !== null && limit < 100 && (
            <button type="button" className="ph-button ph-quiet" onClick={() => setLimit(100)}>
              看更早的消息
            </button>
          )}
        </>
      )}
    </PhonePage>
  );
}
