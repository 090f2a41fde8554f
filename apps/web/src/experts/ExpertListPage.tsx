import { exportExperts, listExperts } from '@jieyou/core/experts/endpoints.ts';
import { helpFieldLabels, optionsOf, weekdayLabels } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button } from 'antd';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** The bank of experts. */
export default function ExpertListPage() {
  const navigate = useNavigate();
  const keeps = useCan('centre');
  const search = useSearch({ strict: false }) as Readonly<Record<string, string | undefined>>;
  return (
    <Page
      title="专家库"
      says="只有在任期内、没有利害关系、当月未满的专家可以受邀。"
      actions={
        keeps && (
          <Link to="/experts/new">
            <Button type="primary" tabIndex={-1}>
              聘请专家
            </Button>
          </Link>
        )
      }
    >
      <RecordTable
        endpoint={listExperts}
        exportWith={exportExperts}
        filters={[
          { key: 'text', label: '姓名、职称或专长', kind: 'text' },
          { key: 'helpField', label: '专业', kind: 'multi', options: optionsOf(helpFieldLabels) },
          {
            key: 'state',
            label: '状态',
            kind: 'select',
            options: [
              { value: 'in-term', label: '在任期内' },
              { value: 'out-of-term', label: '任期已过或未到' },
              { value: 'inactive', label: '已停用' },
            ],
          },
          { key: 'termOn', label: '在任于', kind: 'date' },
          ...(search.loadFrom === undefined
            ? []
            : [
                { key: 'loadFrom', label: '邀请从', kind: 'date' as const },
                { key: 'loadTo', label: '邀请到', kind: 'date' as const },
                { key: 'loadLeast', label: '受邀不少于（件）', kind: 'text' as const },
                { key: 'loadMost', label: '受邀不多于（件）', kind: 'text' as const },
              ]),
        ]}
        columns={[
          { key: 'name', title: '姓名', render: (r) => r.name },
          { key: 'title', title: '职称', render: (r) => r.title },
          { key: 'organisation', title: '单位', render: (r) => r.organisationName },
          { key: 'fields', title: '专业', render: (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、') },
          { key: 'weekdays', title: '可参加', render: (r) => r.weekdays.map((d) => weekdayLabels[d]).join('、') },
          { key: 'load', title: '本月会诊', align: 'right', render: (r) => `${r.panelsThisMonth}/${r.maxPanelsPerMonth} 次` },
          { key: 'term', title: '任期至', render: (r) => shortDay(r.termTo) },
          {
            key: 'state',
            title: '状态',
            render: (r) =>
              !r.active ? (
                <StatusTag tone="rest">已停用</StatusTag>
              ) : r.inTerm ? (
                <StatusTag tone="moving">在任期内</StatusTag>
              ) : (
                <StatusTag tone="needs">不在任期</StatusTag>
              ),
          },
        ]}
        onOpen={(r) => void navigate({ to: `/experts/${r.id}` })}
        empty={{ title: '专家库还是空的', hint: '聘请专家后，会诊时才能推荐和邀请。' }}
      />
    </Page>
  );
}
