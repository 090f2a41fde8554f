import { situationShort } from '@jieyou/core/texts/reportLabels.ts';
import { useParams } from '@tanstack/react-router';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { Acts, Content, Entries, ReportStatusTag, timeSays, useReport } from '../ReportView.tsx';

/** One report on the phone. */
export default function PhoneReportPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useReport(id);
  const report = found.data;
  return (
    <PhonePage title={report === undefined ? '强制报告' : report.number}>
      {found.isError ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : null}
      {report === undefined ? null : (
        <>
          <PhoneCard title={situationShort[report.situation]}>
            <div className="rp-row">
              <ReportStatusTag status={report.status} />
              <span>{timeSays(report)}</span>
            </div>
          </PhoneCard>
          <PhoneCard title="下一步">
            <Acts report={report} />
          </PhoneCard>
          <PhoneCard title="发现的情况">
            <Content report={report} />
          </PhoneCard>
          <PhoneCard title="办理经过">
            <Entries report={report} />
          </PhoneCard>
          <PhoneCard title="谁能看">
            <ul>
              {report.seenBy.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </PhoneCard>
        </>
      )}
    </PhonePage>
  );
}
