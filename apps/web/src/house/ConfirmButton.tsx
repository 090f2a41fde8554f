import { Button, type ButtonProps, Popconfirm } from 'antd';
import { useRef, useState } from 'react';
import { RefusalNotice } from './RefusalNotice.tsx';

/** A button for what cannot be taken back: it asks first, says what will happen, and shows a refusal where it was pressed. */
export function ConfirmButton({
  ask,
  says,
  sure = '确定',
  onSure,
  danger = true,
  ...button
}: {
  /** The question, e.g. 撤销这份邀请？ */
  readonly ask: string;
  /** What will happen. */
  readonly says?: string;
  readonly sure?: string;
  readonly onSure: () => Promise<unknown>;
} & Omit<ButtonProps, 'onClick'>) {
  const [error, setError] = useState<unknown>(null);
  const [open, setOpen] = useState(false);
  const [busy, setBusy] = useState(false);
  // The popover asks to close once its act has ended, whatever came of it; a refusal stays to be read.
  const refused = useRef(false);
  return (
    <Popconfirm
      title={ask}
      description={
        <div style={{ maxWidth: 320 }}>
          {says}
          <RefusalNotice error={error} />
        </div>
      }
      open={open}
      onOpenChange={(next) => {
        if (busy || refused.current) {
          refused.current = false;
          return;
        }
        setError(null);
        setOpen(next);
      }}
      okText={sure}
      cancelText="不了"
      okButtonProps={{ danger, loading: busy }}
      onConfirm={async () => {
        setBusy(true);
        try {
          await onSure();
          setOpen(false);
        } catch (e) {
          refused.current = true;
          setError(e);
          setOpen(true);
        } finally {
          setBusy(false);
        }
      }}
    >
      <Button danger={danger} {...button} />
    </Popconfirm>
  );
}
