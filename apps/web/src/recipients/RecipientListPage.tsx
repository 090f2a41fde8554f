import { exportRecipients, listRecipients } from '@jieyou/core/recipients/endpoints.ts';
import { ListedCategory } from '@jieyou/core/recipients/schema.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { recipientCategoryLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { shortDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { StationPicker } from '../house/pickers.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

const LISTED = ListedCategory.options.map((value) => ({ value, label: recipientCategoryLabels[value] }));

/** The people whom a worker serves, or a head's station. */
export default function RecipientListPage() {
  const navigate = useNavigate();
  const isWorker = useCan('worker');
  return (
    <Page
      title={isWorker ? '我服务的人' : '本站服务对象'}
      says="个人信息已打码，打开后可填写理由查看。"
      actions={<Button onClick={() => void navigate({ to: '/recipients/duplicates' })}>可能重复</Button>}
    >
      <RecordTable
        endpoint={listRecipients}
        name={isWorker ? 'ownRecipients' : 'stationRecipients'}
        exportWith={exportRecipients}
        filters={[
          { key: 'lookup', label: '姓名、证件或电话', kind: 'sealed', placeholder: '须完整填写' },
          { key: 'category', label: '类别', kind: 'multi', options: LISTED },
          {
            key: 'open',
            label: '在办个案',
            kind: 'select',
            options: [
              { value: 'yes', label: '有' },
              { value: 'no', label: '没有' },
            ],
          },
          ...(isWorker
            ? []
            : [
                {
                  key: 'stationId',
                  label: '站点',
                  kind: 'select' as const,
                  picker: ({ id, value, onChange }: { id: string; value: string | null; onChange: (value: string | null) => void }) => (
                    <StationPicker id={id} value={value} onChange={onChange} />
                  ),
                },
              ]),
        ]}
        onOpen={(r) => void navigate({ to: '/recipients/$id', params: { id: r.id } })}
        columns={[
          {
            key: 'name',
            title: '服务对象',
            width: 190,
            render: (r) => `${r.name}（${genderLabels[r.gender]}${r.age === null ? '' : `，${r.age}岁`}）`,
          },
          {
            key: 'categories',
            title: '类别',
            width: 200,
            render: (r) => (r.categories.length === 0 ? '—' : r.categories.map((c) => recipientCategoryLabels[c]).join('、')),
          },
          { key: 'openCases', title: '在办个案', width: 100, render: (r) => (r.openCases === 0 ? '—' : `${r.openCases} 个`) },
          { key: 'phone', title: '电话', width: 140, render: (r) => r.phone ?? '—' },
          {
            key: 'unsafe',
            title: '联系提醒',
            width: 120,
            render: (r) => (r.unsafe ? <StatusTag tone="needs">联系不安全</StatusTag> : '—'),
          },
          { key: 'station', title: '站点', width: 180, hidden: isWorker, render: (r) => r.stationName },
          { key: 'lastOn', title: '最近变化', width: 110, render: (r) => shortDay(r.lastOn) },
        ]}
        empty={{
          title: '还没有服务对象',
          hint: '建立个案时登记的人会出现在这里；同一个人只有一份档案。',
          ...(isWorker ? { action: <Link to="/cases/new">先查找，再建立个案</Link> } : {}),
        }}
      />
    </Page>
  );
}
