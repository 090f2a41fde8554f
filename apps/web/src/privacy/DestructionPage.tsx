import { answerDestruction, readDestructionList, readDestructionPaper } from '@jieyou/core/privacy/endpoints.ts';
import { listStatusLabels, retentionClassLabels } from '@jieyou/core/texts/privacyLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { fileUrl } from '../house/client.ts';
import { formatInstant, orDash, shortDay, shortInstant } from '../house/format.ts';
import { Card, Facts } from '../house/Page.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';

/** One list of destruction with the proof of what was destroyed. */
export default function DestructionPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readDestructionList, { params: { id } }));
  const answer = useAct(answerDestruction);
  const [says, setSays] = useState('');
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const l = found.data;
  const send = (what: 'approve' | 'return') => answer.mutateAsync({ params: { id }, body: { answer: what, says, version: l.version } });
  return (
    <RecordPage
      crumbs={[{ title: '销毁清册', to: '/destruction-lists' }]}
      number={l.number}
      title="档案销毁清册"
      status={<StatusTag tone={l.status === 'appraised' ? 'needs' : 'rest'}>{listStatusLabels[l.status]}</StatusTag>}
      meta={[l.stationName, `共 ${l.items.length} 份`]}
      next={
        <div className="jy-actions" style={{ flexDirection: 'column', alignItems: 'stretch' }}>
          {l.can.includes('approve') && (
            <>
              <Input.TextArea
                aria-label="批准意见"
                placeholder="批准意见，或退回的理由"
                value={says}
                onChange={(e) => setSays(e.target.value)}
                autoSize={{ minRows: 2, maxRows: 5 }}
                maxLength={600}
              />
              <ConfirmButton
                type="primary"
                disabled={says.trim().length < 2}
                ask={`批准销毁 ${l.items.length} 份档案？`}
                says="批准后内容和附件立即销毁，不能恢复。编号和凭证保留。"
                sure="批准销毁"
                onSure={() => send('approve')}
              >
                批准销毁
              </ConfirmButton>
              <ConfirmButton danger={false} disabled={says.trim().length < 2} ask="退回这份清册？" onSure={() => send('return')}>
                退回
              </ConfirmButton>
            </>
          )}
          <a href={fileUrl(readDestructionPaper, { params: { id }, query: { format: 'html' } })} target="_blank" rel="noreferrer">
            打印清册
          </a>
        </div>
      }
    >
      <Card title="鉴定与批准">
        <Facts
          rows={[
            ['鉴定', `${l.appraisedByName} ${formatInstant(l.appraisedAt)}`],
            ['鉴定意见', l.opinion],
            ['批准', l.approvedAt === null ? '还没有' : `${l.approvedByName} ${formatInstant(l.approvedAt)}`],
            ['批准意见', orDash(l.answer)],
            ['执行', formatInstant(l.executedAt)],
          ]}
        />
      </Card>
      <Card title="清册">
        <CardTable
          rowKey="id"
          size="small"
          dataSource={l.items}
          columns={[
            { title: '个案编号', render: (_, i) => i.caseNumber },
            { title: '类别', render: (_, i) => retentionClassLabels[i.retentionClass] },
            { title: '期满', render: (_, i) => shortDay(i.dueOn) },
            {
              title: '销毁',
              render: (_, i) =>
                i.spared !== null
                  ? '未销毁：登记了不得销毁'
                  : i.destroyedAt === null
                    ? '—'
                    : `${shortInstant(i.destroyedAt)}，${i.rowsErased} 条、${i.filesErased} 个文件`,
            },
            { title: '凭证', render: (_, i) => (i.proof === null ? '—' : <code title={i.proof}>{i.proof.slice(0, 12)}…</code>) },
          ]}
        />
      </Card>
    </RecordPage>
  );
}
