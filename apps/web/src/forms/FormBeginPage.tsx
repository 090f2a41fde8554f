import { readGroup } from '@jieyou/core/groups/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Select } from 'antd';
import { queryOf } from '../house/ask.ts';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { FormChoice } from './FormChoice.tsx';

type Asked = { case?: string; group?: string; session?: string; member?: string; activity?: string };

/** Of a group: whether the form is about the whole, one session, or one member. */
function AboutWhom({ asked }: { readonly asked: Asked & { group: string } }) {
  const navigate = useNavigate();
  const found = useQuery(queryOf(readGroup, { params: { id: asked.group } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  const sessions = found.data?.sessionRows.filter((s) => s.status !== 'cancelled') ?? [];
  const members = found.data?.memberRows.filter((m) => !m.still) ?? [];
  return (
    <div className="fm-about">
      <label htmlFor="fm-about">{found.data?.title ?? '小组'}　填给</label>
      <Select
        id="fm-about"
        value={asked.session ?? asked.member ?? ''}
        onChange={(chosen) => {
          const one = sessions.some((s) => s.id === chosen) ? { session: chosen } : chosen === '' ? {} : { member: chosen };
          void navigate({ to: '/forms/new', search: { group: asked.group, ...one } as never, replace: true });
        }}
        options={[
          { value: '', label: '整个小组' },
          ...sessions.map((s) => ({ value: s.id, label: `第 ${s.number} 节　${s.title}` })),
          ...members.map((m) => ({ value: m.id, label: `组员　${m.name}` })),
        ]}
      />
    </div>
  );
}

/** Choosing a form under a case, a group or an activity at the desk. */
export default function FormBeginPage() {
  const asked = useSearch({ strict: false }) as Asked;
  const navigate = useNavigate();
  const { group } = asked;
  const under =
    group !== undefined
      ? ({ kind: 'group', id: group, sessionId: asked.session ?? null, memberId: asked.member ?? null } as const)
      : asked.activity !== undefined
        ? ({ kind: 'activity', id: asked.activity } as const)
        : ({ kind: 'case', id: asked.case ?? '' } as const);
  return (
    <Page title="填哪一种表" crumbs={[{ title: '表单', to: '/forms' }]}>
      <Card>
        {group !== undefined && <AboutWhom asked={{ ...asked, group }} />}
        <FormChoice
          key={JSON.stringify(under)}
          under={under}
          begun={(id) => void navigate({ to: '/forms/$id', params: { id }, replace: true })}
        />
      </Card>
    </Page>
  );
}
