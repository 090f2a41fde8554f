import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { Card, Page } from '../house/Page.tsx';
import { VisitForm } from './VisitForm.tsx';

/** Recording a visit at the desk. */
export default function VisitRecordPage() {
  const { id = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as { case?: string };
  const navigate = useNavigate();
  return (
    <Page title="记录探访" crumbs={[{ title: '探访', to: '/visits' }]}>
      <Card>
        <VisitForm
          plannedId={id === 'new' ? null : id}
          caseId={search.case ?? ''}
          done={(made) => void navigate({ to: '/visits/$id', params: { id: made }, replace: true })}
        />
      </Card>
    </Page>
  );
}
