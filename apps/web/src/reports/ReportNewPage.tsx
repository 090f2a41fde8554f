import { Link } from '@tanstack/react-router';
import { Page } from '../house/Page.tsx';
import { ReportForm } from './ReportForm.tsx';

/** A mandatory report, at the desk. */
export default function ReportNewPage() {
  return (
    <Page
      title="强制报告"
      says="发现或怀疑未成年人受到侵害，立即报告。"
      actions={
        <Link to="/reports" search={{ mine: 'yes' } as never}>
          我报告过的
        </Link>
      }
    >
      <ReportForm
        phone={false}
        open={(id) => (
          <Link className="rp-button rp-link" to="/reports/$id" params={{ id }}>
            登记报警、补记
          </Link>
        )}
      />
    </Page>
  );
}
