import { genderLabels, optionsOf, workerLevelLabels } from '@jieyou/core/texts/labels.ts';
import { exportWorkers, listWorkers } from '@jieyou/core/workforce/endpoints.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { orDash, shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { OrganisationPicker, StationPicker } from '../house/pickers.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** The register of social workers. */
export default function WorkerListPage() {
  const navigate = useNavigate();
  const keeps = useCan('agency', 'system');
  return (
    <Page
      title="社工"
      says="在岗与离职的社工，按您的范围显示。"
      actions={
        keeps && (
          <Link to="/workers/new">
            <Button type="primary" tabIndex={-1}>
              登记社工
            </Button>
          </Link>
        )
      }
    >
      <RecordTable
        endpoint={listWorkers}
        exportWith={exportWorkers}
        filters={[
          { key: 'text', label: '姓名', kind: 'text', placeholder: '汉字、拼音或首字母' },
          { key: 'organisationId', label: '机构', kind: 'select', picker: (p) => <OrganisationPicker {...p} types={['agency']} /> },
          { key: 'stationId', label: '站点', kind: 'select', picker: (p) => <StationPicker {...p} /> },
          { key: 'level', label: '专业等级', kind: 'multi', options: optionsOf(workerLevelLabels) },
          {
            key: 'state',
            label: '任职',
            kind: 'select',
            options: [
              { value: 'serving', label: '在岗' },
              { value: 'left', label: '已离职' },
            ],
          },
        ]}
        columns={[
          { key: 'name', title: '姓名', sort: 'name', render: (r) => r.name },
          { key: 'gender', title: '性别', render: (r) => genderLabels[r.gender], hidden: true },
          { key: 'post', title: '岗位', render: (r) => r.post },
          { key: 'level', title: '专业等级', render: (r) => workerLevelLabels[r.level] },
          { key: 'organisation', title: '机构', render: (r) => r.organisationName },
          { key: 'station', title: '站点', render: (r) => orDash(r.stationName) },
          { key: 'phone', title: '工作电话', render: (r) => orDash(r.phone), hidden: true },
          { key: 'joinedOn', title: '入职', sort: 'joined', render: (r) => shortDay(r.joinedOn) },
          {
            key: 'state',
            title: '任职',
            render: (r) =>
              r.leftOn === null ? (
                <StatusTag tone="moving">在岗</StatusTag>
              ) : (
                <StatusTag tone="rest">{`${shortDay(r.leftOn)}离职`}</StatusTag>
              ),
          },
        ]}
        onOpen={(r) => void navigate({ to: `/workers/${r.id}` })}
        empty={{ title: '还没有社工', hint: keeps ? '从“登记社工”开始。' : '机构负责人登记后会出现在这里。' }}
      />
    </Page>
  );
}
