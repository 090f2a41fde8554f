import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { PhonePage } from '../../house/PhonePage.tsx';
import { partsOf } from '../opening.ts';
import { type Narrowed, Results } from '../Results.tsx';

/** What has a page of the phone; the others open at the desk's address, which is held in one hand as well. */
const ON_PHONE = /^\/(cases|requests|forms)\//;

/** Search over what one may see, on the phone. */
export default function PhoneSearchPage() {
  const narrowed = useSearch({ strict: false }) as Narrowed;
  const navigate = useNavigate();
  return (
    <PhonePage title="查找">
      <Results
        narrowed={narrowed}
        narrow={(next) => void navigate({ to: '/search', search: next as never, replace: true })}
        open={(to, inside) =>
          to.startsWith('/casebank/') ? (
            <Link to="/bank/$id" params={{ id: to.slice('/casebank/'.length) }} className="sr-hit">
              {inside}
            </Link>
          ) : ON_PHONE.test(to) ? (
            <Link {...(partsOf(to) as { to: string })} className="sr-hit">
              {inside}
            </Link>
          ) : (
            <a href={to} className="sr-hit">
              {inside}
            </a>
          )
        }
      />
    </PhonePage>
  );
}
