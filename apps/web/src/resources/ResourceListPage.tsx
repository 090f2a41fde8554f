import { exportResources, listResources } from '@jieyou/core/resources/endpoints.ts';
import { helpFieldLabels, issuingTierLabels, optionsOf, resourceKindLabels } from '@jieyou/core/texts/labels.ts';
import { policyTypeLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { orDash, shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** Policies and resources that a case may use. */
export default function ResourceListPage() {
  const navigate = useNavigate();
  const keeps = useCan('centre');
  return (
    <Page
      title="政策与资源"
      actions={
        <>
          <Link to="/resources/match">
            <Button tabIndex={-1}>谁能得到什么</Button>
          </Link>
          {keeps && (
            <>
              <Link to="/resources/import">
                <Button tabIndex={-1}>导入与导出</Button>
              </Link>
              <Link to="/resources/new">
                <Button type="primary" tabIndex={-1}>
                  登记政策或资源
                </Button>
              </Link>
            </>
          )}
        </>
      }
    >
      <RecordTable
        endpoint={listResources}
        exportWith={exportResources}
        filters={[
          { key: 'text', label: '名称、对象或条件', kind: 'text' },
          { key: 'helpField', label: '专业', kind: 'multi', options: optionsOf(helpFieldLabels) },
          { key: 'kind', label: '类别', kind: 'select', options: optionsOf(resourceKindLabels) },
          { key: 'issuingTier', label: '出自', kind: 'multi', options: optionsOf(issuingTierLabels) },
          {
            key: 'state',
            label: '有效期',
            kind: 'select',
            options: [
              { value: 'valid', label: '有效' },
              { value: 'expired', label: '已过期' },
            ],
          },
          { key: 'validOn', label: '有效于', kind: 'date' },
          { key: 'policyType', label: '政策类型', kind: 'multi', options: optionsOf(policyTypeLabels) },
          { key: 'takes', label: '接收', kind: 'select', options: [{ value: 'yes', label: '正在接收转介' }] },
          { key: 'review', label: '复核', kind: 'select', options: [{ value: 'due', label: '需要复核' }] },
          {
            key: 'ruled',
            label: '规则',
            kind: 'select',
            options: [
              { value: 'yes', label: '已写成规则' },
              { value: 'no', label: '还没有规则' },
            ],
          },
        ]}
        columns={[
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'kind', title: '类别', render: (r) => `${resourceKindLabels[r.kind]} · ${r.category}` },
          { key: 'fields', title: '专业', render: (r) => r.helpFields.map((f) => helpFieldLabels[f]).join('、') },
          { key: 'authority', title: '办理单位', render: (r) => r.authority },
          { key: 'tier', title: '出自', render: (r) => `${issuingTierLabels[r.issuingTier]} · ${r.divisionName}`, hidden: true },
          {
            key: 'takes',
            title: '接收',
            render: (r) =>
              r.takes === 'yes' ? (
                <StatusTag tone="moving">{r.places === null ? '正在接收' : `余 ${r.places} 个`}</StatusTag>
              ) : (
                <StatusTag tone="rest">{r.takes === 'no' ? '不接收' : '请先问'}</StatusTag>
              ),
          },
          { key: 'document', title: '文号', render: (r) => orDash(r.documentNo), hidden: true },
          { key: 'review', title: '复核', render: (r) => (r.needsReview ? <StatusTag tone="needs">需要复核</StatusTag> : '—') },
          { key: 'phone', title: '电话', render: (r) => orDash(r.phone) },
          {
            key: 'valid',
            title: '有效期',
            render: (r) =>
              r.valid ? (
                <StatusTag tone="moving">{r.validTo === null ? '长期有效' : `至 ${shortDay(r.validTo)}`}</StatusTag>
              ) : (
                <StatusTag tone="rest">{r.validTo === null ? '未生效' : `已过期 ${shortDay(r.validTo)}`}</StatusTag>
              ),
          },
        ]}
        onOpen={(r) => void navigate({ to: `/resources/${r.id}` })}
        empty={{ title: '还没有政策与资源', hint: keeps ? '从“登记政策或资源”开始。' : '支援中心登记后会出现在这里。' }}
      />
    </Page>
  );
}
