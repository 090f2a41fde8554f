import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { saveFile } from './client.ts';
import { RefusalNotice } from './RefusalNotice.tsx';

/** Asks why a list leaves the platform, then downloads it; the reason is recorded. */
export function ExportPrompt({
  onClose,
  endpoint,
  query,
  title = '导出为 Excel',
  says = '按当前条件导出。',
  ok = '导出',
}: {
  readonly onClose: () => void;
  readonly endpoint: AnyEndpoint;
  readonly query: Readonly<Record<string, unknown>>;
  /** Words of another file than a workbook. */
  readonly title?: string;
  readonly says?: string;
  readonly ok?: string;
}) {
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const ready = reason.trim().length >= 2;
  const save = async () => {
    setBusy(true);
    setError(null);
    try {
      await saveFile(endpoint, { query: { ...query, reason: reason.trim() } as never });
      onClose();
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      onCancel={onClose}
      title={title}
      okText={busy ? '正在导出' : ok}
      cancelText="不导出"
      okButtonProps={{ disabled: !ready, loading: busy }}
      onOk={() => void save()}
      destroyOnHidden
    >
      <p>{says}导出会留下记录，表格里带有您的姓名与时间。</p>
      <label htmlFor="export-reason">导出理由</label>
      <Input
        id="export-reason"
        autoFocus
        maxLength={120}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
        onPressEnter={() => {
          if (ready && !busy) void save();
        }}
        placeholder="如：月度例会核对"
      />
      <RefusalNotice error={error} />
    </Modal>
  );
}
