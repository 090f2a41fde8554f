import { listOwnConferences, listOwnPolls } from '@jieyou/core/support/meetingEndpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from '../house/ask.ts';
import { meetingInstant } from '../house/format.ts';

/** What waits for an answer about time, and the next conference: one line each, where there is one. */
export function TimeAnswersLink() {
  const polls = useQuery(queryOf(listOwnPolls, { query: { limit: 50 } }));
  const coming = useQuery(queryOf(listOwnConferences, { query: { limit: 1 } }));
  const open = polls.data?.rows.filter((p) => p.answeredAt === null).length ?? 0;
  const next = coming.data?.rows[0];
  if (open === 0 && next === undefined) return null;
  return (
    <Link className="ph-item" to="/time-polls">
      {open === 0 ? null : <strong>有 {open} 场会诊请您答复时间</strong>}
      {next === undefined ? null : (
        <div>
          下一场会诊：{meetingInstant(next.plannedAt)}，{next.place}
        </div>
      )}
    </Link>
  );
}
