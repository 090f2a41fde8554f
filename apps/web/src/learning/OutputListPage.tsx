import { exportOutputs, listOutputs } from '@jieyou/core/learning/outputEndpoints.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { outputKindLabels, outputStatusLabels } from '@jieyou/core/texts/learningLabels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { today } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

const tones = { writing: 'rest', submitted: 'moving', published: 'done' } as const;

/** This year and those before it. */
const years = Array.from({ length: 10 }, (_, i) => String(Number(today().slice(0, 4)) - i));

/** State of an output. */
export const OutputTag = ({ status }: { readonly status: keyof typeof tones }) => (
  <StatusTag tone={tones[status]}>{outputStatusLabels[status]}</StatusTag>
);

/** What the profession of the district wrote and found out. */
export default function OutputListPage() {
  const navigate = useNavigate();
  const keeps = useCan('centre');
  return (
    <Page
      title="研究成果"
      says="从疑难个案里总结出的论文、报告、规范和汇编。"
      actions={
        keeps ? (
          <Button type="primary" onClick={() => void navigate({ to: '/research-outputs/new' })}>
            登记成果
          </Button>
        ) : undefined
      }
    >
      <RecordTable
        endpoint={listOutputs}
        exportWith={exportOutputs}
        onOpen={(r) => void navigate({ to: '/research-outputs/$id', params: { id: r.id } })}
        filters={[
          { key: 'text', label: '题名或作者', kind: 'text' },
          { key: 'kind', label: '类型', kind: 'multi', options: optionsOf(outputKindLabels) },
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(outputStatusLabels) },
          { key: 'year', label: '年份', kind: 'select', options: years.map((y) => ({ value: y, label: `${y} 年` })) },
        ]}
        columns={[
          { key: 'title', title: '题名', render: (r) => r.title },
          { key: 'kind', title: '类型', width: 130, render: (r) => outputKindLabels[r.kind] },
          { key: 'authors', title: '作者', width: 200, ellipsis: true, render: (r) => r.authors.join('、') },
          { key: 'year', title: '年份', width: 80, render: (r) => r.year },
          { key: 'status', title: '状态', width: 110, render: (r) => <OutputTag status={r.status} /> },
          {
            key: 'has',
            title: '全文',
            width: 110,
            render: (r) => [r.hasFile ? '文件' : '', r.link !== '' ? '网址' : ''].filter(Boolean).join('、') || '—',
          },
        ]}
        empty={{ title: '没有研究成果', hint: '支援中心登记后，会出现在这里。' }}
      />
    </Page>
  );
}
