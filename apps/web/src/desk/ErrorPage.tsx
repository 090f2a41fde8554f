import { type ErrorComponentProps, useRouter } from '@tanstack/react-router';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** A page that broke: drafts are on this device already, since forms save themselves while somebody types. */
export function ErrorPage({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Page title="页面出了问题" says="您填写过的内容已暂存在这台设备上，重新打开页面就会回来。">
      <RefusalNotice
        error={error}
        onRetry={() => {
          reset();
          void router.invalidate();
        }}
      />
    </Page>
  );
}
