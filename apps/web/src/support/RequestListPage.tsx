import { exportSupportRequests, listSupportRequests } from '@jieyou/core/support/endpoints.ts';
import type { RequestStatus } from '@jieyou/core/support/schema.ts';
import {
  caseDomainLabels,
  clockStateLabels,
  helpFieldLabels,
  optionsOf,
  problemSays,
  requestStatusLabels,
} from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { ClockWords } from '../house/ClockWords.tsx';
import { shortDay, shortInstant } from '../house/format.ts';
import { useLive } from '../house/live.ts';
import { Page } from '../house/Page.tsx';
import { type Column, RecordTable } from '../house/RecordTable.tsx';
import { RequestStatusTag, RiskTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';
import type { RequestRowData } from './queries.ts';

/** Columns of the list; whose request it is goes without saying where all are one's own. */
const columnsFor = (own: boolean): readonly Column<RequestRowData>[] => [
  { key: 'number', title: '编号', render: (r) => <span className="rd-nowrap">{r.archiveNo ?? r.receiptNo ?? '草稿'}</span>, width: 206 },
  { key: 'status', title: '状态', render: (r) => <RequestStatusTag status={r.status} />, width: 116 },
  { key: 'clock', title: '时限', sort: 'due', render: (r) => <ClockWords clock={r.clock} />, width: 164 },
  { key: 'domain', title: '问题领域', render: (r) => problemSays(r.domain), width: 142 },
  { key: 'risk', title: '风险', render: (r) => <RiskTag risk={r.risk} />, width: 100 },
  { key: 'fields', title: '所需专业', render: (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、'), width: 150, hidden: !own },
  { key: 'asker', title: '求助', render: (r) => r.askerName, width: 90, hidden: own },
  {
    key: 'holder',
    title: '当前承办',
    render: (r) => (r.holderName === null ? '—' : `${r.holderName}${r.holderAbsent ? '（请假）' : ''}`),
    width: 96,
  },
  { key: 'nextOn', title: '下次日期', render: (r) => <span className="rd-nowrap">{shortDay(r.nextOn)}</span>, width: 96 },
  { key: 'submittedAt', title: '提交', sort: 'newest', render: (r) => shortInstant(r.submittedAt), width: 130, hidden: true },
  { key: 'updatedAt', title: '最近变化', sort: 'updated', render: (r) => shortInstant(r.updatedAt), width: 130, hidden: true },
  { key: 'station', title: '站点', render: (r) => r.stationName, width: 160, hidden: true },
];

/** Where a number of the figures opened the list for one place: the place is one of the conditions. */
const PLACES = [
  ['stationId', '站点'],
  ['organisationId', '机构'],
  ['divisionId', '街道'],
  ['expertId', '专家'],
] as const;

/** My requests; for the station's head and others, those of their scope. */
export default function RequestListPage() {
  const navigate = useNavigate();
  const isWorker = useCan('worker');
  const mayExport = useCan('worker', 'head', 'centre');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  useLive();
  return (
    <Page title={isWorker ? '我的求助' : '求助'} says={isWorker ? '每一份求助走到哪一步、现在由谁承办、下一个日期。' : '您范围内的求助。'}>
      <RecordTable
        endpoint={listSupportRequests}
        columns={columnsFor(isWorker)}
        name={isWorker ? 'ownRequests' : 'requests'}
        filters={[
          { key: 'number', label: '编号', kind: 'text', placeholder: '回执号或档案号' },
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf<RequestStatus>(requestStatusLabels) },
          { key: 'clock', label: '时限', kind: 'multi', options: optionsOf(clockStateLabels) },
          { key: 'domain', label: '问题领域', kind: 'multi', options: optionsOf(caseDomainLabels) },
          { key: 'helpField', label: '所需专业', kind: 'multi', options: optionsOf(helpFieldLabels) },
          {
            key: 'live',
            label: '进行',
            kind: 'select',
            options: [
              { value: 'yes', label: '进行中' },
              { value: 'no', label: '已了结' },
            ],
          },
          {
            key: 'holder',
            label: '承办',
            kind: 'select',
            options: [
              { value: 'me', label: '我承办' },
              { value: 'nobody', label: '没有承办人' },
            ],
          },
          {
            key: 'solved',
            label: '结果',
            kind: 'select',
            options: [
              { value: 'yes', label: '已解决' },
              { value: 'no', label: '没有解决' },
            ],
          },
          { key: 'submittedFrom', label: '提交从', kind: 'date' },
          { key: 'submittedTo', label: '提交到', kind: 'date' },
          { key: 'closedFrom', label: '结束从', kind: 'date' },
          { key: 'closedTo', label: '结束到', kind: 'date' },
          { key: 'answered', label: '首次答复', kind: 'select', options: [{ value: 'yes', label: '已有答复' }] },
          ...(search.expertId === undefined
            ? []
            : [
                { key: 'invitedFrom', label: '邀请从', kind: 'date' as const },
                { key: 'invitedTo', label: '邀请到', kind: 'date' as const },
              ]),
          ...PLACES.flatMap(([key, label]) => {
            const id = search[key];
            return id === undefined ? [] : [{ key, label, kind: 'select' as const, options: [{ value: id, label: `所选${label}` }] }];
          }),
        ]}
        onOpen={(r) =>
          void (r.status === 'draft'
            ? navigate({ to: '/requests/$id/edit', params: { id: r.id } })
            : navigate({ to: '/requests/$id', params: { id: r.id } }))
        }
        exportWith={mayExport ? exportSupportRequests : undefined}
        empty={{
          title: '还没有求助',
          hint: isWorker
            ? '遇到一个人难以应付的个案，可以从个案里点“发起疑难求助”，提交后会在这里看到进展。'
            : '您范围内的社工提交求助后，会出现在这里。',
          ...(isWorker
            ? {
                action: (
                  <Link to={'/cases'}>
                    <Button type="primary">打开我的个案</Button>
                  </Link>
                ),
              }
            : {}),
        }}
      />
    </Page>
  );
}
