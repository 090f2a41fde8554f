import { Modal } from 'antd';
import { type ReactNode, useEffect, useRef } from 'react';

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
  // A dialog that leaves the page with whoever opened it gives the focus back as one that only closes does.
  const from = useRef<Element | null>(null);
  if (open && from.current === null) from.current = document.activeElement;
  if (!open) from.current = null;
  useEffect(
    () => () => {
      const back = from.current;
      setTimeout(() => {
        if (document.activeElement === document.body && back instanceof HTMLElement && back.isConnected) back.focus();
      });
    },
    [],
  );
  return (
    <Modal open={open} title={title} onCancel={onClose} footer={null} width={width} destroyOnHidden mask={{ closable: false }}>
      {children}
    </Modal>
  );
}
