import { listOwnLines } from '@jieyou/core/support/endpoints.ts';
import { helpFieldLabels, lineKindLabels, lineStatusLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { dayAt, shortDay } from '../house/format.ts';
import { useLive } from '../house/live.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { LineStatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';
import { ActDialog } from './ActDialog.tsx';
import { type ActForm, lineResult } from './acts.ts';
import { LineRecords } from './LineRecords.tsx';

/** Lines of support that I hold: what is asked of me, and where I put the result. */
export default function OwnLinesPage() {
  const [act, setAct] = useState<ActForm | null>(null);
  const seesRequest = useCan('worker', 'head', 'centre');
  useLive();
  return (
    <Page title="我的支援线" says="交给您承接的转介、督导、研讨和资源链接。做完后登记结果，求助社工和中心都能看到。">
      <RecordTable
        endpoint={listOwnLines}
        filters={[{ key: 'status', label: '进展', kind: 'multi', options: optionsOf(lineStatusLabels) }]}
        columns={[
          {
            key: 'receiptNo',
            title: '求助',
            width: 200,
            render: (l) =>
              seesRequest ? (
                <Link to="/requests/$id" params={{ id: l.requestId }}>
                  {l.receiptNo ?? '打开'}
                </Link>
              ) : (
                (l.receiptNo ?? '—')
              ),
          },
          { key: 'field', title: '专业', width: 88, render: (l) => helpFieldLabels[l.helpField] },
          { key: 'kind', title: '方式', width: 76, render: (l) => lineKindLabels[l.kind] },
          {
            key: 'task',
            title: '要做的事',
            render: (l) => (
              <div className="rd-wrap">
                {l.task}
                {l.result === null ? null : <div className="rd-quiet">结果：{l.result}</div>}
                <LineRecords line={l} mayWrite />
              </div>
            ),
          },
          { key: 'openedAt', title: '开始', width: 96, render: (l) => shortDay(dayAt(l.openedAt)) },
          { key: 'status', title: '进展', width: 104, render: (l) => <LineStatusTag status={l.status} /> },
          {
            key: 'act',
            title: '操作',
            width: 110,
            render: (l) =>
              l.status === 'open' ? (
                <Button size="small" type="primary" onClick={() => setAct(lineResult(l))}>
                  登记结果
                </Button>
              ) : null,
          },
        ]}
        empty={{ title: '没有交给您的支援线', hint: '支援中心请您承接转介、督导或资源链接时，会出现在这里，并发消息给您。' }}
      />
      {act === null ? null : <ActDialog form={act} onClose={() => setAct(null)} />}
    </Page>
  );
}
