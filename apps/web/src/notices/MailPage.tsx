import { Page } from '../house/Page.tsx';
import { MailSettings } from './MailSettings.tsx';

/** Mail settings at a desk. */
export default function MailPage() {
  return (
    <Page title="邮件设置" says="邮件只写事由、编号和网址，没有案情。">
      <MailSettings />
    </Page>
  );
}
