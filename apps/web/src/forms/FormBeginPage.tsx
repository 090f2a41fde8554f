import { useNavigate, useSearch } from '@tanstack/react-router';
import { Card, Page } from '../house/Page.tsx';
import { FormChoice } from './FormChoice.tsx';

/** Choosing a form under a case at the desk. */
export default function FormBeginPage() {
  const search = useSearch({ strict: false }) as { case?: string };
  const navigate = useNavigate();
  return (
    <Page title="填哪一种表" crumbs={[{ title: '表单', to: '/forms' }]}>
      <Card>
        <FormChoice caseId={search.case ?? ''} begun={(id) => void navigate({ to: '/forms/$id', params: { id }, replace: true })} />
      </Card>
    </Page>
  );
}
