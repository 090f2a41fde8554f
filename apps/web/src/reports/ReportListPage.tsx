import { listReports, readReportFigures } from '@jieyou/core/reports/endpoints.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { minutesInWords, reportStatusLabels, situationShort } from '@jieyou/core/texts/reportLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { queryOf } from '../house/ask.ts';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { useCan } from '../house/session.tsx';
import { ReportStatusTag } from './ReportView.tsx';

function Figures() {
  const { data } = useQuery(queryOf(readReportFigures));
  if (data === undefined) return null;
  return (
    <div className="rp-figures">
      <span>
        {data.year} 年 <b>{data.total}</b> 件
      </span>
      <span>
        还没有人确认 <b>{data.waiting}</b> 件
      </span>
      <span>
        已报警 <b>{data.reported}</b> 件
      </span>
      <span>
        从发现到报警，一半在 <b>{data.medianMinutes === null ? '—' : minutesInWords(data.medianMinutes)}</b> 以内
        {data.medianMinutes === null ? '（件数太少，不计算）' : ''}
      </span>
    </div>
  );
}

/** Reports that one made or keeps. */
export default function ReportListPage() {
  const navigate = useNavigate();
  const keeps = useCan('head', 'supervisor', 'centre');
  return (
    <Page
      title="强制报告"
      says="自己报告的，和由自己办理的。清单里没有孩子的姓名、地点，也没有报告人。"
      actions={<Link to="/reports/new">报告</Link>}
    >
      {keeps ? <Figures /> : null}
      <RecordTable
        endpoint={listReports}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(reportStatusLabels) },
          { key: 'situation', label: '情形', kind: 'multi', options: optionsOf(situationShort) },
          { key: 'mine', label: '范围', kind: 'select', options: [{ value: 'yes', label: '我报告的' }] },
        ]}
        onOpen={(r) => void navigate({ to: '/reports/$id', params: { id: r.id } })}
        columns={[
          { key: 'number', title: '编号', width: 140, render: (r) => r.number },
          { key: 'status', title: '状态', width: 180, render: (r) => <ReportStatusTag status={r.status} /> },
          { key: 'situation', title: '情形', render: (r) => situationShort[r.situation] },
          { key: 'station', title: '站点', width: 170, render: (r) => r.stationName ?? '—' },
          { key: 'registeredAt', title: '登记', width: 130, render: (r) => shortInstant(r.registeredAt) },
          {
            key: 'minutes',
            title: '从发现到报警',
            width: 170,
            render: (r) => (r.reportedAt === null ? `未登记，已 ${minutesInWords(r.minutes)}` : minutesInWords(r.minutes)),
          },
        ]}
        empty={{ title: '没有强制报告', hint: '发现或怀疑未成年人受到侵害，点右上角“强制报告”。' }}
      />
    </Page>
  );
}
