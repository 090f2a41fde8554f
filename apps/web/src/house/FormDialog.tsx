import { Modal } from 'antd';
import type { ReactNode } from 'react';

/** A dialog around a RecordForm: the form has its own buttons, so the dialog has none. Closing keeps the draft. */
export function FormDialog({
  open,
  title,
  onClose,
  width = 720,
  children,
}: {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly width?: number;
  readonly children: ReactNode;
}) {
  return (
    <Modal open={open} title={title} onCancel={onClose} footer={null} width={width} destroyOnHidden mask={{ closable: false }}>
      {children}
    </Modal>
  );
}
