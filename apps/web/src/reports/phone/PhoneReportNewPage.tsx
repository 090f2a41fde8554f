import { Link } from '@tanstack/react-router';
import { PhonePage } from '../../house/PhonePage.tsx';
import { ReportForm } from '../ReportForm.tsx';

/** A mandatory report on the phone: 110 at the top, three answers, sent. */
export default function PhoneReportNewPage() {
  return (
    <PhonePage title="强制报告" action={<Link to="/reports">我报告的</Link>}>
      <ReportForm
        phone
        open={(id) => (
          <Link className="rp-button rp-link" to="/reports/$id" params={{ id }}>
            登记报警、补记
          </Link>
        )}
      />
    </PhonePage>
  );
}
