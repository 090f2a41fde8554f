import { useNavigate, useSearch } from '@tanstack/react-router';
import { PhonePage } from '../../house/PhonePage.tsx';
import { FormChoice } from '../FormChoice.tsx';

/** Choosing a form under a case, in one hand. */
export default function PhoneFormBeginPage() {
  const search = useSearch({ strict: false }) as { case?: string };
  const navigate = useNavigate();
  return (
    <PhonePage title="填哪一种表">
      <FormChoice
        under={{ kind: 'case', id: search.case ?? '' }}
        begun={(id) => void navigate({ to: '/forms/$id', params: { id }, replace: true })}
      />
    </PhonePage>
  );
}
