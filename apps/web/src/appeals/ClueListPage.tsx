import { exportClues, listClues } from '@jieyou/core/appeals/endpoints.ts';
import { appealStatusLabels, appealTopicLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { formatDay, shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { AppealStatusTag } from './AppealStatusTag.tsx';

/** What the officer of a community told the station, and how far each has come. */
export default function ClueListPage() {
  const navigate = useNavigate();
  return (
    <Page
      title="我报的线索"
      says="发现需要帮助的人，报给街道社工站；这里看走到哪一步。社工写的内容不在这里。"
      actions={
        <Link to={'/clues/new' as never}>
          <Button type="primary" tabIndex={-1}>
            报一条线索
          </Button>
        </Link>
      }
    >
      <RecordTable
        endpoint={listClues}
        exportWith={exportClues}
        filters={[{ key: 'status', label: '状态', kind: 'multi', options: optionsOf(appealStatusLabels) }]}
        columns={[
          { key: 'number', title: '编号', render: (r) => <span className="jy-number">{r.number}</span> },
          { key: 'status', title: '状态', render: (r) => <AppealStatusTag status={r.status} urgent={r.urgent} /> },
          { key: 'topic', title: '什么事', render: (r) => appealTopicLabels[r.topic] },
          { key: 'community', title: '社区（村）', render: (r) => r.communityName ?? '—' },
          { key: 'station', title: '社工站', render: (r) => r.stationName },
          { key: 'due', title: '最晚答复', render: (r) => (r.dueAt === null ? '—' : shortInstant(r.dueAt)) },
          { key: 'accompanied', title: '陪同入户', render: (r) => (r.accompaniedOn === null ? '—' : formatDay(r.accompaniedOn)) },
          { key: 'asked', title: '报送', render: (r) => shortInstant(r.askedAt) },
        ]}
        onOpen={(row) => void navigate({ to: `/clues/${row.id}` })}
        empty={{ title: '还没有报过线索', hint: '走访时发现独居、困境儿童、生活困难等需要社工的，从右上“报一条线索”报给社工站。' }}
      />
    </Page>
  );
}
