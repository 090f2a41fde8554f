import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { Button } from 'antd';
import { useState } from 'react';
import { fileUrl, type Given, saveFile } from './client.ts';
import { RefusalNotice } from './RefusalNotice.tsx';

/** Fetches a file and keeps it, with the button turning meanwhile; `error` is what went wrong the last time. */
export const useSaved = () => {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const save = async <E extends AnyEndpoint>(endpoint: E, given: Pick<Given<E>, 'params' | 'query'>): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      await saveFile(endpoint, given);
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  return { busy, error, save };
};

/** Prints a paper: from this browser always, as PDF where the server has a browser of its own, as Word where people go on writing. */
export function PaperButtons<E extends AnyEndpoint>({
  paper,
  params,
  first = false,
  word = false,
}: {
  /** Answers the paper; its query chooses `html`, `pdf` or `docx`. */
  readonly paper: E;
  readonly params: Given<E>['params'];
  /** Whether printing is what the page is for. */
  readonly first?: boolean;
  /** Whether the paper is also a Word file. */
  readonly word?: boolean;
}) {
  const pdf = useSaved();
  const as = (format: 'html' | 'pdf' | 'docx') => ({ params, query: { format } }) as Pick<Given<E>, 'params' | 'query'>;
  return (
    <>
      <div className="rd-bar">
        <Button {...(first ? { type: 'primary' as const } : {})} href={fileUrl(paper, as('html'))} target="_blank">
          打开打印版
        </Button>
        <Button loading={pdf.busy} onClick={() => void pdf.save(paper, as('pdf'))}>
          下载 PDF
        </Button>
        {word ? (
          <Button disabled={pdf.busy} onClick={() => void pdf.save(paper, as('docx'))}>
            存为 Word
          </Button>
        ) : null}
      </div>
      <RefusalNotice error={pdf.error} />
    </>
  );
}
