import { exportAppeals, listAppeals } from '@jieyou/core/appeals/endpoints.ts';
import { appealChannelLabels, appealStatusLabels, appealTopicLabels } from '@jieyou/core/texts/appealsLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useNavigate } from '@tanstack/react-router';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { PlainClock } from '../house/PlainClock.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { useCan } from '../house/session.tsx';
import { AppealStatusTag } from './AppealStatusTag.tsx';

/** Residents who ask for help: what waits for the station, in the order in which an answer is due. */
export default function AppealListPage() {
  const navigate = useNavigate();
  const centre = useCan('centre');
  return (
    <Page
      title="居民求助"
      says={centre ? '各站的登记与时限；没有站点、有危险和热线来的，由中心看内容并接手。' : '居民在网页上写的、热线转来的，先到期的在前。'}
    >
      <RecordTable
        endpoint={listAppeals}
        exportWith={exportAppeals}
        filters={[
          { key: 'status', label: '状态', kind: 'multi', options: optionsOf(appealStatusLabels) },
          {
            key: 'clock',
            label: '时限',
            kind: 'select',
            options: [
              { value: 'urgent', label: '紧急' },
              { value: 'overdue', label: '已超时' },
            ],
          },
          { key: 'channel', label: '来源', kind: 'multi', options: optionsOf(appealChannelLabels) },
          { key: 'topic', label: '什么事', kind: 'multi', options: optionsOf(appealTopicLabels) },
          { key: 'number', label: '编号', kind: 'text' },
        ]}
        columns={[
          { key: 'number', title: '编号', render: (r) => <span className="jy-number">{r.number}</span> },
          { key: 'clock', title: '时限', render: (r) => <PlainClock clock={r.clock} /> },
          { key: 'status', title: '状态', render: (r) => <AppealStatusTag status={r.status} urgent={r.urgent} /> },
          { key: 'topic', title: '什么事', render: (r) => appealTopicLabels[r.topic] },
          { key: 'channel', title: '来源', render: (r) => appealChannelLabels[r.channel] },
          { key: 'station', title: '站点', render: (r) => r.stationName ?? '支援中心' },
          { key: 'taker', title: '接手人', render: (r) => r.takerName ?? '—' },
          { key: 'asked', title: '收到', render: (r) => shortInstant(r.askedAt) },
        ]}
        onOpen={(row) => void navigate({ to: `/appeals/${row.id}` })}
        empty={{ title: '没有居民求助', hint: '居民从求助页送出，或热线转来后，会出现在这里。' }}
      />
    </Page>
  );
}
