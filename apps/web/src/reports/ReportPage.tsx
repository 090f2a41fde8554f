import { printReport } from '@jieyou/core/reports/endpoints.ts';
import { situationShort } from '@jieyou/core/texts/reportLabels.ts';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { fileUrl } from '../house/client.ts';
import { Card } from '../house/Page.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { Acts, Content, Entries, ReportStatusTag, timeSays, useReport } from './ReportView.tsx';

/** One report at the desk: the next act on the right. */
export default function ReportPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useReport(id);
  const report = found.data;
  if (report === undefined)
    return found.isError ? <RefusalNotice error={found.error} onRetry={() => void found.refetch()} /> : <Skeleton active />;
  return (
    <RecordPage
      crumbs={[{ title: '强制报告', to: '/reports' }]}
      number={report.number}
      title={situationShort[report.situation]}
      status={<ReportStatusTag status={report.status} />}
      clock={timeSays(report)}
      seenBy={report.seenBy}
      actions={
        report.can.includes('print') ? (
          <Button href={fileUrl(printReport, { params: { id }, query: { format: 'html' } })} target="_blank" rel="noreferrer">
            打印登记表
          </Button>
        ) : undefined
      }
      next={<Acts report={report} />}
    >
      <Card title="发现的情况">
        <Content report={report} />
        {report.caseId === null || report.mine ? null : (
          <p>
            <Link to="/cases/$id" params={{ id: report.caseId }}>
              查看关联的个案
            </Link>
          </p>
        )}
      </Card>
      <Card title="办理经过">
        <Entries report={report} />
      </Card>
    </RecordPage>
  );
}
