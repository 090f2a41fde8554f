import { volunteerTaskStatusLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { listVolunteerTasks } from '@jieyou/core/volunteers/endpoints.ts';
import type { VolunteerFor } from '@jieyou/core/volunteers/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from './ask.ts';
import { meetingInstant } from './format.ts';
import { Card } from './Page.tsx';

/** Tasks of volunteers beside the work that they help with, and the way to a new one. */
export default function VolunteerTasks({ kind, id, may }: { readonly kind: VolunteerFor; readonly id: string; readonly may: boolean }) {
  const found = useQuery(queryOf(listVolunteerTasks, { query: { forId: id, limit: 50 } }));
  const rows = found.data?.rows ?? [];
  if (!may && rows.length === 0) return null;
  return (
    <Card
      title="志愿任务"
      actions={
        may && (
          <Link to={'/volunteer-tasks/new' as never} search={{ forKind: kind, forId: id } as never}>
            请志愿者协助
          </Link>
        )
      }
    >
      {rows.length === 0 ? (
        <p className="jy-secondary">还没有志愿任务。</p>
      ) : (
        <ul>
          {rows.map((k) => (
            <li key={k.id}>
              <Link to={'/volunteer-tasks/$id' as never} params={{ id: k.id } as never} style={{ textDecoration: 'underline' }}>
                {k.title}
              </Link>
              ，{meetingInstant(k.startsAt)}，参加 {k.confirmed}/{k.wanted} 人，{volunteerTaskStatusLabels[k.status]}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
