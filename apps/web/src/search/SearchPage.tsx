import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Page } from '../house/Page.tsx';
import { partsOf } from './opening.ts';
import { type Narrowed, Results } from './Results.tsx';

/** Search over what one may see, at the desk. */
export default function SearchPage() {
  const narrowed = useSearch({ strict: false }) as Narrowed;
  const navigate = useNavigate();
  return (
    <Page title="查找">
      <Results
        narrowed={narrowed}
        narrow={(next) => void navigate({ to: '/search', search: next as never, replace: true })}
        open={(to, inside) => (
          <Link {...(partsOf(to) as { to: string })} className="sr-hit">
            {inside}
          </Link>
        )}
      />
    </Page>
  );
}
