import { openSealedFile, readSealedAttachment } from '@jieyou/core/sealing/endpoints.ts';
import { sealedPartLabels } from '@jieyou/core/texts/sealingLabels.ts';
import { useParams } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { saveFile } from '../house/client.ts';
import { shortInstant } from '../house/format.ts';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import './sealing.css';

/** A sealed file under its letter: opened by a press, so that nobody is written down as a reader by passing. */
export default function OpenedPage() {
  const { id = '' } = useParams({ strict: false });
  const open = useAct(openSealedFile);
  const [error, setError] = useState<unknown>(null);
  const file = open.data;
  if (file === undefined)
    return (
      <Page title="查阅封存件" says="每次打开都会留痕，页面带有您的姓名、文号与时间。到时自动关闭。">
        <RefusalNotice error={open.error} />
        <Button type="primary" loading={open.isPending} onClick={() => open.mutate({ params: { id } })}>
          凭查询函打开
        </Button>
      </Page>
    );
  return (
    <Page
      title={`封存件 ${file.number}`}
      says={`${file.unit}　${file.letterNo}　可查阅至 ${shortInstant(file.closesAt)}。不得复制、外传。`}
    >
      <div className="sl-opened">
        <div className="sl-mark" aria-hidden="true">
          {Array.from({ length: 24 }, (_, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same words again and again
            <span key={i} data-mark={file.watermark} />
          ))}
        </div>
        <p className="jy-secondary">{file.watermark}</p>
        {file.parts.map(({ part, entries }) =>
          entries.length === 0 ? null : (
            <Card key={part} title={sealedPartLabels[part]}>
              {entries.map((entry, i) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: entries of a closed file stay in their order
                <section key={i} className="sl-entry">
                  <h3>{entry.title}</h3>
                  <p>{entry.text}</p>
                </section>
              ))}
            </Card>
          ),
        )}
        {file.files.length === 0 ? null : (
          <Card title="附件">
            <RefusalNotice error={error} />
            {file.files.map((one) => (
              <Button
                key={one.id}
                onClick={() => {
                  setError(null);
                  saveFile(readSealedAttachment, { params: { id, fileId: one.id } }).catch(setError);
                }}
              >
                {one.name}
              </Button>
            ))}
          </Card>
        )}
      </div>
    </Page>
  );
}
