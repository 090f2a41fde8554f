import { PaperClipOutlined } from '@ant-design/icons';
import { Button, Popconfirm } from 'antd';
import { useRef, useState } from 'react';
import { formatBytes, shortInstant } from './format.ts';
import { RefusalNotice } from './RefusalNotice.tsx';

/** A file as lists of attachments show it. */
export type ShelvedFile = {
  readonly id: string;
  readonly name: string;
  readonly bytes: number;
  readonly addedByName: string;
  readonly addedAt: string;
};

/** Files of one record: download, and where `onAdd` is given, add and take away again. One failed file does not stop the others. */
export function FileShelf({
  files,
  hrefOf,
  onAdd,
  onRemove,
  onChanged,
}: {
  files: readonly ShelvedFile[];
  hrefOf: (id: string) => string;
  onAdd?: ((file: File) => Promise<unknown>) | undefined;
  onRemove?: ((id: string) => Promise<unknown>) | undefined;
  onChanged: () => void;
}) {
  const input = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [failures, setFailures] = useState<readonly { readonly name: string; readonly error: unknown }[]>([]);

  const add = async (picked: readonly File[]) => {
    if (onAdd === undefined) return;
    const failed: { name: string; error: unknown }[] = [];
    for (const file of picked) {
      setBusy(file.name);
      await onAdd(file).catch((error: unknown) => failed.push({ name: file.name, error }));
    }
    setBusy(null);
    setFailures(failed);
    if (input.current !== null) input.current.value = '';
    onChanged();
  };

  const remove = async (file: ShelvedFile) => {
    if (onRemove === undefined) return;
    setFailures(
      await onRemove(file.id).then(
        () => [],
        (error: unknown) => [{ name: file.name, error }],
      ),
    );
    onChanged();
  };

  return (
    <div>
      {files.length === 0 ? <p className="rd-quiet">还没有附件。</p> : null}
      <ul className="rd-plain">
        {files.map((f) => (
          <li key={f.id} className="rd-file">
            <PaperClipOutlined aria-hidden />
            <a href={hrefOf(f.id)} download={f.name}>
              {f.name}
            </a>
            <span className="rd-quiet">
              {formatBytes(f.bytes)}　{f.addedByName}　{shortInstant(f.addedAt)}
            </span>
            {onRemove === undefined ? null : (
              <Popconfirm title="删除这个附件吗" okText="删除" cancelText="保留" onConfirm={() => remove(f)}>
                <Button size="small" type="text" danger aria-label={`删除 ${f.name}`}>
                  删除
                </Button>
              </Popconfirm>
            )}
          </li>
        ))}
      </ul>
      {onAdd === undefined ? null : (
        <>
          <input
            ref={input}
            type="file"
            multiple
            hidden
            accept=".jpg,.jpeg,.png,.webp,.pdf,.doc,.docx,.xls,.xlsx"
            onChange={(event) => void add([...(event.target.files ?? [])])}
            aria-label="选择附件"
          />
          <Button onClick={() => input.current?.click()} loading={busy !== null}>
            {busy === null ? '添加附件' : `正在上传 ${busy}`}
          </Button>
          <span className="rd-quiet">　图片、PDF、Word、Excel，每个不超过 20 MB</span>
        </>
      )}
      {failures.map((f) => (
        <div key={f.name} className="rd-gap">
          <strong>{f.name}</strong>
          <RefusalNotice error={f.error} />
        </div>
      ))}
    </div>
  );
}
