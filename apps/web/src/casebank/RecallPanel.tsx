import { dismissRecall, recallPublication } from '@jieyou/core/casebank/endpoints.ts';
import type { BankEntry, RecallCause } from '@jieyou/core/casebank/schema.ts';
import { recallCauseLabels } from '@jieyou/core/texts/casebankLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { Alert, Button, Input, Modal, Select } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { shortInstant } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** For the centre that published a case: taking it back, with a reason. */
export function RecallPanel({ entry }: { readonly entry: z.infer<typeof BankEntry> }) {
  const [asking, setAsking] = useState<'recall' | 'dismiss' | null>(null);
  const [cause, setCause] = useState<RecallCause>(entry.recall?.cause ?? 'recognised');
  const [reason, setReason] = useState('');
  const recall = useAct(recallPublication);
  const dismiss = useAct(dismissRecall);
  const act = asking === 'dismiss' ? dismiss : recall;
  const go = async () => {
    if (asking === 'recall') await recall.mutateAsync({ params: { id: entry.id }, body: { cause, reason: reason.trim() } });
    else if (entry.recall !== null) await dismiss.mutateAsync({ params: { id: entry.recall.id }, body: { reason: reason.trim() } });
    setAsking(null);
  };
  return (
    <>
      {entry.recall === null ? (
        <p>
          <Button danger onClick={() => setAsking('recall')}>
            收回这个案例
          </Button>
        </p>
      ) : (
        <Alert
          type="warning"
          showIcon
          title={`${recallCauseLabels[entry.recall.cause]}，请尽快收回（${shortInstant(entry.recall.proposedAt)}提出）`}
          action={
            <>
              <Button danger size="small" onClick={() => setAsking('recall')}>
                收回
              </Button>{' '}
              <Button size="small" type="text" onClick={() => setAsking('dismiss')}>
                不收回
              </Button>
            </>
          }
          style={{ marginBottom: 16 }}
        />
      )}
      <Modal
        open={asking !== null}
        title={asking === 'dismiss' ? '不收回' : '收回这个案例'}
        okText={asking === 'dismiss' ? '不收回' : '收回'}
        cancelText="取消"
        okButtonProps={{ danger: asking === 'recall', disabled: reason.trim().length < 2 }}
        confirmLoading={act.isPending}
        onCancel={() => setAsking(null)}
        onOk={() => void go().catch(() => undefined)}
      >
        {asking === 'recall' ? (
          <>
            <p>收回后，检索、相似案例、导出、评优和汇编里同时不再有它，也不能恢复。</p>
            <Select
              aria-label="收回原因"
              value={cause}
              onChange={setCause}
              options={optionsOf(recallCauseLabels)}
              style={{ width: '100%', marginBottom: 12 }}
            />
          </>
        ) : null}
        <Input.TextArea
          aria-label="理由"
          value={reason}
          onChange={(e) => setReason(e.target.value)}
          maxLength={300}
          autoSize={{ minRows: 2, maxRows: 5 }}
          placeholder="写明理由，只有支援中心看得到"
        />
        <RefusalNotice error={act.error} />
      </Modal>
    </>
  );
}
