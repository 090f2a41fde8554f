import { listOwnActions } from '@jieyou/core/support/endpoints.ts';
import { actionStatusLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { shortDay } from '../house/format.ts';
import { useLive } from '../house/live.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { ActionStatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';
import { ActDialog } from './ActDialog.tsx';
import { type ActForm, actionResult } from './acts.ts';

/** Actions that I own: decisions of conferences with their due days. */
export default function OwnActionsPage() {
  const [act, setAct] = useState<ActForm | null>(null);
  const seesRequest = useCan('worker', 'head', 'centre');
  useLive();
  return (
    <Page title="我的行动项" says="会诊定下、由您负责的事。做完或做不到，都登记一句结果，支援才能往下走。">
      <RecordTable
        endpoint={listOwnActions}
        filters={[{ key: 'status', label: '进展', kind: 'multi', options: optionsOf(actionStatusLabels) }]}
        columns={[
          { key: 'dueOn', title: '期限', width: 110, render: (a) => shortDay(a.dueOn) },
          {
            key: 'text',
            title: '要做的事',
            render: (a) => (
              <div className="rd-wrap">
                {a.text}
                {a.result === null ? null : <div className="rd-quiet">结果：{a.result}</div>}
              </div>
            ),
          },
          {
            key: 'receiptNo',
            title: '求助',
            width: 190,
            render: (a) =>
              seesRequest ? (
                <Link to="/requests/$id" params={{ id: a.requestId }}>
                  {a.receiptNo ?? '打开'}
                </Link>
              ) : (
                (a.receiptNo ?? '—')
              ),
          },
          { key: 'status', title: '进展', width: 110, render: (a) => <ActionStatusTag status={a.status} overdue={a.overdue} /> },
          {
            key: 'act',
            title: '操作',
            width: 110,
            render: (a) =>
              a.status === 'open' ? (
                <Button size="small" type="primary" onClick={() => setAct(actionResult(a))}>
                  登记结果
                </Button>
              ) : null,
          },
        ]}
        empty={{ title: '没有由您负责的行动项', hint: '会诊把一件事交给您时，会出现在这里，到期前提醒您。' }}
      />
      {act === null ? null : <ActDialog form={act} onClose={() => setAct(null)} />}
    </Page>
  );
}
