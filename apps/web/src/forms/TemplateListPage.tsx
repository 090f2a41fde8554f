import { listFormTemplates } from '@jieyou/core/forms/endpoints.ts';
import { formSignerLabels, formSubjectLabels } from '@jieyou/core/texts/formLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { dayAt, formatDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';

/** The forms of the district: what ships, and what its centre issued instead. */
export default function TemplateListPage() {
  const navigate = useNavigate();
  return (
    <Page
      title="表单版本"
      says="随平台的表，和本区签发的表。签发过的版本不改，只出新版；已填的留在原来的版本上。"
      actions={
        <Button type="primary" onClick={() => void navigate({ to: '/form-templates/$id/issue', params: { id: 'new' } })}>
          新建一种表
        </Button>
      }
    >
      <RecordTable
        endpoint={listFormTemplates}
        onOpen={(t) => void navigate({ to: '/form-templates/$id', params: { id: t.id } })}
        filters={[
          { key: 'word', label: '名称', kind: 'text' },
          { key: 'subject', label: '用在', kind: 'multi', options: optionsOf(formSubjectLabels) },
          { key: 'own', label: '谁签发', kind: 'select', options: [{ value: 'yes', label: '本区签发的' }] },
        ]}
        columns={[
          { key: 'title', title: '表单', render: (t) => t.title },
          {
            key: 'state',
            title: '状态',
            width: 96,
            render: (t) => <StatusTag tone={t.retired ? 'rest' : 'done'}>{t.retired ? '停用' : '在用'}</StatusTag>,
          },
          { key: 'subject', title: '用在', width: 96, render: (t) => formSubjectLabels[t.subject] },
          { key: 'edition', title: '版本', width: 88, render: (t) => `第 ${t.edition} 版` },
          { key: 'issuer', title: '签发', width: 120, render: (t) => (t.own ? t.issuerName : '随平台') },
          { key: 'signer', title: '签署', width: 110, render: (t) => formSignerLabels[t.signer] },
          { key: 'scales', title: '量表', width: 72, align: 'right', render: (t) => (t.scales === 0 ? '—' : t.scales) },
          { key: 'standard', title: '依据', render: (t) => t.standard, ellipsis: true },
          { key: 'issued', title: '签发日期', width: 130, hidden: true, render: (t) => formatDay(dayAt(t.issuedAt)) },
        ]}
        empty={{ title: '没有这样的表', hint: '换一个条件再看。' }}
      />
    </Page>
  );
}
