import { readLedgerTemplate, uploadImport } from '@jieyou/core/imports/endpoints.ts';
import type { ImportKind } from '@jieyou/core/imports/schema.ts';
import { importHints, importKindLabels } from '@jieyou/core/texts/importLabels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button, Radio } from 'antd';
import { useId, useState } from 'react';
import { useAct } from '../house/ask.ts';
import { fileUrl } from '../house/client.ts';
import { Card, Page } from '../house/Page.tsx';
import { StationPicker } from '../house/pickers.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan } from '../house/session.tsx';
import { Steps } from './Steps.tsx';
import './imports.css';

/** The first step: what is brought, for which station, and the file. */
export default function ImportStartPage() {
  const navigate = useNavigate();
  const [kind, setKind] = useState<ImportKind>('recipients');
  const [stationId, setStationId] = useState<string | null>(null);
  // Who is of a station brings ledgers for it; the centre says for which.
  const named = !useCan('worker', 'head');
  const upload = useAct(uploadImport, ({ id }) => void navigate({ to: '/imports/$id', params: { id } }));
  const input = useId();
  const station = useId();
  const ready = !named || stationId !== null;
  return (
    <Page title="导入一份台账" crumbs={[{ title: '台账导入', to: '/imports' }]}>
      <Steps at={0} />
      <Card title="选择文件" actions={<a href={fileUrl(readLedgerTemplate, { query: { kind } })}>下载{importKindLabels[kind]}模板</a>}>
        <div className="im-form">
          <Radio.Group
            aria-label="导入什么"
            value={kind}
            onChange={(e) => setKind(e.target.value as ImportKind)}
            options={(['recipients', 'contacts'] as const).map((value) => ({ value, label: importKindLabels[value] }))}
            optionType="button"
          />
          {named ? (
            <div>
              <label htmlFor={station}>为哪个站点导入</label>
              <StationPicker id={station} value={stationId} onChange={setStationId} />
            </div>
          ) : null}
          <ul className="jy-secondary im-hints">
            {importHints[kind].map((hint) => (
              <li key={hint}>{hint}</li>
            ))}
          </ul>
          <input
            id={input}
            type="file"
            accept=".xlsx,.csv,.txt"
            hidden
            aria-label="选择台账文件"
            onChange={(event) => {
              const file = event.target.files?.[0];
              event.target.value = '';
              if (file === undefined) return;
              upload.mutate({ file, query: { kind, name: file.name.slice(-120), ...(stationId === null ? {} : { stationId }) } });
            }}
          />
          <div className="jy-actions">
            <Button type="primary" disabled={!ready} loading={upload.isPending} onClick={() => document.getElementById(input)?.click()}>
              选择 Excel 或 CSV 文件
            </Button>
          </div>
          <p className="jy-secondary">文件加密保存，到期自动删除。检查时不写入任何内容。</p>
          <RefusalNotice error={upload.error} />
        </div>
      </Card>
    </Page>
  );
}
