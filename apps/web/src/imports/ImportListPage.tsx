import { listImports } from '@jieyou/core/imports/endpoints.ts';
import { importKindLabels, importStatusLabels } from '@jieyou/core/texts/importLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { importTones } from './words.ts';

/** Ledgers that were brought: what, when, by whom, how many rows. */
export default function ImportListPage() {
  const navigate = useNavigate();
  const begin = () => void navigate({ to: '/imports/new' });
  return (
    <Page
      title="台账导入"
      says="把原来用 Excel 记的名册和台账搬进来。先检查，看过结果再写入；写入后还可以整次撤销。"
      actions={
        <Button type="primary" onClick={begin}>
          导入一份
        </Button>
      }
    >
      <RecordTable
        endpoint={listImports}
        onOpen={(one) => void navigate({ to: '/imports/$id', params: { id: one.id } })}
        filters={[
          { key: 'kind', label: '种类', kind: 'multi', options: optionsOf(importKindLabels) },
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(importStatusLabels) },
        ]}
        columns={[
          { key: 'file', title: '文件', render: (i) => i.fileName },
          { key: 'kind', title: '种类', width: 120, render: (i) => importKindLabels[i.kind] },
          {
            key: 'status',
            title: '状态',
            width: 112,
            render: (i) => <StatusTag tone={importTones[i.status]}>{importStatusLabels[i.status]}</StatusTag>,
          },
          { key: 'read', title: '共几行', width: 88, align: 'right', render: (i) => i.counts.read.toLocaleString() },
          { key: 'added', title: '已写入', width: 88, align: 'right', render: (i) => (i.counts.added - i.counts.undone).toLocaleString() },
          { key: 'wrong', title: '有错', width: 76, align: 'right', render: (i) => i.counts.wrong.toLocaleString() },
          { key: 'station', title: '站点', render: (i) => i.stationName },
          { key: 'by', title: '导入人', width: 96, render: (i) => i.byName },
          { key: 'at', title: '时间', width: 150, render: (i) => <span className="rd-nowrap">{shortInstant(i.madeAt)}</span> },
        ]}
        empty={{
          title: '还没有导入过',
          hint: '导入过的名册和台账会出现在这里。',
          action: (
            <Button type="primary" onClick={begin}>
              导入一份
            </Button>
          ),
        }}
      />
    </Page>
  );
}
