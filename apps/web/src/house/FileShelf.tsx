import { PaperClipOutlined } from '@ant-design/icons';
import { LARGEST_FILE_MEGABYTES, TAKEN_ENDINGS } from '@jieyou/core/cases/rules.ts';
import { Button, Popconfirm } from 'antd';
import { useRef, useState } from 'react';
import { type FailedFile, FailedFiles } from './FailedFiles.tsx';
import { formatBytes, shortInstant } from './format.ts';

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
  const [failures, setFailures] = useState<readonly FailedFile[]>([]);

  const add = async (picked: readonly File[]) => {
    if (onAdd === undefined) return;
    const failed: FailedFile[] = [];
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
            accept={TAKEN_ENDINGS.join()}
            onChange={(event) => void add([...(event.target.files ?? [])])}
            aria-label="选择附件"
          />
          <Button onClick={() => input.current?.click()} loading={busy !== null}>
            {busy === null ? '添加附件' : `正在上传 ${busy}`}
          </Button>
          <span className="rd-quiet">　图片、PDF、docx、xlsx、pptx，每个不超过 {LARGEST_FILE_MEGABYTES} MB</span>
        </>
      )}
      <FailedFiles failures={failures} />
    </div>
  );
}
