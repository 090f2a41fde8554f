import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { PhonePage } from '../../house/PhonePage.tsx';
import { VisitForm } from '../VisitForm.tsx';

/** Recording a visit at the door, in one hand. */
export default function PhoneVisitRecordPage() {
  const { id = '' } = useParams({ strict: false });
  const search = useSearch({ strict: false }) as { case?: string };
  const navigate = useNavigate();
  return (
    <PhonePage title="记录探访">
      <VisitForm
        plannedId={id === 'new' ? null : id}
        caseId={search.case ?? ''}
        done={(made) => void navigate({ to: '/visits', search: { saved: made, case: search.case } as never, replace: true })}
      />
    </PhonePage>
  );
}
