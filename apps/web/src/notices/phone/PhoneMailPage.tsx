import { PhonePage } from '../../house/PhonePage.tsx';
import { MailSettings } from '../MailSettings.tsx';

/** Mail settings on the phone. */
export default function PhoneMailPage() {
  return (
    <PhonePage title="邮件设置">
      <MailSettings />
    </PhonePage>
  );
}
