import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { Input, Modal } from 'antd';
import { useState } from 'react';
import { fileUrl } from './client.ts';

/** Asks why a list leaves the platform, then downloads it; the reason is recorded. */
export function ExportPrompt({
  onClose,
  endpoint,
  query,
}: {
  readonly onClose: () => void;
  readonly endpoint: AnyEndpoint;
  readonly query: Readonly<Record<string, unknown>>;
}) {
  const [reason, setReason] = useState('');
  const ready = reason.trim().length >= 2;
  const href = fileUrl(endpoint, { query: { ...query, reason: reason.trim() } as never });
  return (
    <Modal
      open
      onCancel={onClose}
      title="导出为 Excel"
      okText="导出"
      cancelText="不导出"
      okButtonProps={{ disabled: !ready }}
      onOk={() => {
        const link = document.createElement('a');
        link.href = href;
        link.download = '';
        link.click();
        onClose();
      }}
      destroyOnHidden
    >
      <p>按当前条件导出。导出会留下记录，表格里带有您的姓名与时间。</p>
      <label htmlFor="export-reason">导出理由</label>
      <Input
        id="export-reason"
        autoFocus
        maxLength={120}
        value={reason}
        onChange={(e) => setReason(e.target.value)}
        placeholder="如：月度例会核对"
      />
    </Modal>
  );
}
