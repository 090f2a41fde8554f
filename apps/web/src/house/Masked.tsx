import { Button, Input, Popover } from 'antd';
import { useState } from 'react';
import { RefusalNotice } from './RefusalNotice.tsx';

/** A masked value that opens with a reason; the opening is recorded by the server. The value is hidden again by a click. */
export function Masked({
  label,
  value,
  open,
}: {
  /** What it is, e.g. 电话. */
  readonly label: string;
  readonly value: string | null;
  /** Asks the server with the reason; left out where the person may not open it. */
  readonly open?: ((reason: string) => Promise<string | null>) | undefined;
}) {
  const [shown, setShown] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  if (value === null || value === '') return <span>未填写</span>;
  if (shown !== null)
    return (
      <span className="jy-masked">
        {shown}
        <Button type="link" size="small" aria-label={`隐藏${label}`} onClick={() => setShown(null)}>
          隐藏
        </Button>
      </span>
    );
  const show = async () => {
    if (open === undefined || reason.trim().length < 2) return;
    setBusy(true);
    setError(null);
    try {
      setShown(await open(reason.trim()));
      setAsking(false);
      setReason('');
    } catch (e) {
      setError(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <span className="jy-masked">
      {value}
      {open !== undefined && (
        <Popover
          trigger="click"
          open={asking}
          onOpenChange={setAsking}
          destroyOnHidden
          title={`查看${label}`}
          content={
            <form
              className="jy-popover-form"
              onSubmit={(e) => {
                e.preventDefault();
                void show();
              }}
            >
              <p className="jy-secondary">查看会留下记录：您的姓名、时间和理由。</p>
              <Input
                aria-label="查看理由"
                placeholder="理由，如：联系家访时间"
                maxLength={120}
                value={reason}
                onChange={(e) => setReason(e.target.value)}
                autoFocus
              />
              <RefusalNotice error={error} />
              <Button type="primary" htmlType="submit" loading={busy} disabled={reason.trim().length < 2}>
                查看
              </Button>
            </form>
          }
        >
          <Button type="link" size="small" aria-label={`查看${label}`}>
            查看
          </Button>
        </Popover>
      )}
    </span>
  );
}
