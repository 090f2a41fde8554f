import { exportCases, listCases } from '@jieyou/core/cases/endpoints.ts';
import { caseStageLabels, workOutcomeLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { serviceDomainLabels } from '@jieyou/core/texts/contactsLabels.ts';
import { caseStatusLabels, genderLabels, optionsOf, problemSays, problemSoughtLabels, riskLabels } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { shortDay, shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { workerFilter } from '../house/pickers.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { CaseStatusTag, RiskTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';

/** Cases of a worker, or of a head's station. */
export default function CaseListPage() {
  const navigate = useNavigate();
  const isWorker = useCan('worker');
  const isHead = useCan('head');
  const newCase = (
    <Button type="primary" onClick={() => void navigate({ to: '/cases/new' })}>
      建立个案
    </Button>
  );
  return (
    <Page
      title={isWorker ? '我的个案' : '本站个案'}
      says="姓名等个人信息已打码，打开个案后可填写理由查看。"
      actions={
        <>
          <Button onClick={() => void navigate({ to: '/case-handovers' })}>个案移交</Button>
          {isWorker ? newCase : null}
        </>
      }
    >
      <RecordTable
        endpoint={listCases}
        exportWith={exportCases}
        name={isWorker ? 'ownCases' : 'stationCases'}
        filters={[
          { key: 'lookup', label: '姓名、证件或电话', kind: 'sealed', placeholder: '须完整填写' },
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(caseStatusLabels) },
          { key: 'stage', label: '阶段', kind: 'multi', options: optionsOf(caseStageLabels) },
          { key: 'domain', label: '问题领域', kind: 'multi', options: optionsOf(problemSoughtLabels) },
          { key: 'serviceDomain', label: '服务领域', kind: 'multi', options: optionsOf(serviceDomainLabels) },
          { key: 'risk', label: '风险', kind: 'multi', options: optionsOf(riskLabels) },
          { key: 'workOutcome', label: '就业结果', kind: 'multi', options: optionsOf(workOutcomeLabels) },
          { key: 'number', label: '个案号', kind: 'text' },
          ...(isHead ? [workerFilter('workerId', '承办社工')] : []),
        ]}
        onOpen={(c) => void navigate({ to: '/cases/$id', params: { id: c.id } })}
        columns={[
          { key: 'number', title: '个案号', width: 206, render: (c) => <span className="rd-nowrap">{c.number}</span> },
          {
            key: 'name',
            title: '服务对象',
            width: 190,
            render: (c) =>
              `${c.recipientName}（${genderLabels[c.recipientGender]}${c.recipientAge === null ? '' : `，${c.recipientAge}岁`}）`,
          },
          { key: 'domain', title: '问题领域', width: 150, render: (c) => problemSays(c.domain) },
          { key: 'serviceDomain', title: '服务领域', width: 110, hidden: true, render: (c) => serviceDomainLabels[c.serviceDomain] },
          { key: 'risk', title: '风险', width: 98, render: (c) => <RiskTag risk={c.risk} /> },
          { key: 'stage', title: '阶段', width: 98, render: (c) => caseStageLabels[c.stage] },
          { key: 'status', title: '状态', width: 98, hidden: true, render: (c) => <CaseStatusTag status={c.status} /> },
          {
            key: 'workOutcome',
            title: '就业结果',
            width: 150,
            hidden: true,
            render: (c) => (c.workOutcome === null ? '' : workOutcomeLabels[c.workOutcome]),
          },
          { key: 'openRequests', title: '求助', width: 108, render: (c) => (c.openRequests === 0 ? '—' : `${c.openRequests} 份进行中`) },
          { key: 'worker', title: '承办社工', width: 100, hidden: isWorker, render: (c) => c.workerName },
          { key: 'station', title: '站点', width: 160, hidden: true, render: (c) => c.stationName },
          { key: 'openedOn', title: '建立', width: 96, hidden: !isWorker, render: (c) => shortDay(c.openedOn) },
          {
            key: 'updatedAt',
            title: '最近变化',
            width: 136,
            render: (c) => <span className="rd-nowrap">{shortInstant(c.updatedAt)}</span>,
          },
        ]}
        empty={{
          title: '还没有个案',
          hint: isWorker ? '建立个案后，可以写记录、登记同意，遇到难处一键求助。' : '本站社工建立个案后，会出现在这里。',
          ...(isWorker ? { action: <Link to="/cases/new">建立第一个个案</Link> } : {}),
        }}
      />
    </Page>
  );
}
