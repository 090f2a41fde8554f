import { exportHandovers, listHandovers } from '@jieyou/core/cases/stageEndpoints.ts';
import { handedClassLabels, handoverCauseLabels, handoverStatusLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { shortInstant } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';
import { HandOverDialog, HandoverActs } from './Handovers.tsx';

/** Cases on their way from one worker to another. */
export default function HandoverListPage() {
  const [open, setOpen] = useState(false);
  const [says, setSays] = useState<ReactNode>(null);
  const isHead = useCan('head');
  return (
    <Page
      title="个案移交"
      says="接收以后才看得到个案；原承办人从那时起看不到。"
      actions={<Button onClick={() => setOpen(true)}>移交全部个案</Button>}
    >
      {says === null ? null : (
        <p className="rd-done" role="status">
          {says}
        </p>
      )}
      <RecordTable
        endpoint={listHandovers}
        exportWith={exportHandovers}
        name="handovers"
        filters={[{ key: 'status', label: '状态', kind: 'multi', options: optionsOf(handoverStatusLabels) }]}
        columns={[
          { key: 'number', title: '个案号', width: 206, render: (h) => <span className="rd-nowrap">{h.number}</span> },
          { key: 'who', title: '从谁到谁', width: 148, render: (h) => `${h.fromName} → ${h.toName}` },
          { key: 'status', title: '状态', width: 84, render: (h) => handoverStatusLabels[h.status] },
          { key: 'cause', title: '原因', width: 160, render: (h) => `${handoverCauseLabels[h.cause]}：${h.reason}` },
          { key: 'mayRead', title: '移交的材料', width: 180, render: (h) => h.mayRead.map((c) => handedClassLabels[c]).join('、') },
          { key: 'proposedAt', title: '提出', width: 110, render: (h) => shortInstant(h.proposedAt) },
          { key: 'acts', title: '办理', width: 172, render: (h) => <HandoverActs row={h} /> },
        ]}
        empty={{ title: '没有移交', hint: '有同事把个案移交给您，会出现在这里。' }}
      />
      {open ? (
        <HandOverDialog
          caseId={null}
          mayOrder={isHead}
          onClose={(told) => {
            setOpen(false);
            if (told !== undefined) setSays(told);
          }}
        />
      ) : null}
    </Page>
  );
}
