import { Link } from '@tanstack/react-router';
import { EmptyState } from '../house/EmptyState.tsx';
import { Page } from '../house/Page.tsx';

/** No such page. */
export function NotFoundPage() {
  return (
    <main className="jy-bare" id="content">
      <Page title="没有这个页面">
        <EmptyState title="地址不对，或页面已经移走" hint="您没有做错什么，也没有丢失内容。" action={<Link to="/">回到工作台</Link>} />
      </Page>
    </main>
  );
}
