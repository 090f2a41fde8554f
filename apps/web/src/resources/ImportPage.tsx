import {
  checkResourceImport,
  exportHsds,
  failedResourceRows,
  importHsds,
  importResources,
  readImportTemplate,
} from '@jieyou/core/resources/endpoints.ts';
import type { ImportCheck } from '@jieyou/core/resources/schema.ts';
import { type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { Alert, Button } from 'antd';
import { useId, useState } from 'react';
import type { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { fileUrl, saveFile } from '../house/client.ts';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/ranked.css';

type Check = z.infer<typeof ImportCheck>;

/** Whole lists in and out: an Excel workbook, and the exchange in HSDS 3.0. */
export default function ImportPage() {
  return (
    <Page title="导入与导出" crumbs={[{ title: '政策与资源', to: '/resources' }]}>
      <WorkbookCard />
      <ExchangeCard />
    </Page>
  );
}

function PickFile({ label, accept, onPick }: { readonly label: string; readonly accept: string; readonly onPick: (file: File) => void }) {
  const id = useId();
  return (
    <>
      <input
        id={id}
        type="file"
        accept={accept}
        hidden
        aria-label={label}
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file !== undefined) onPick(file);
        }}
      />
      <Button type="primary" onClick={() => document.getElementById(id)?.click()}>
        {label}
      </Button>
    </>
  );
}

function Found({ check, unit }: { readonly check: Check; readonly unit: '行' | '个服务' }) {
  return (
    <>
      <p aria-live="polite">
        共 {check.rows} {unit}：新增 {check.added}，修改 {check.changed}，没有变化 {check.unchanged}，有问题 {check.bad.length}。
      </p>
      {check.names.length > 0 && <p className="jy-secondary">将写入：{check.names.join('、')}</p>}
      {check.bad.length > 0 && (
        <ul className="jy-ranked">
          {check.bad.map((b) => (
            <li key={b.row}>
              <strong>
                第 {b.row} {unit === '行' ? '行' : '个'} {b.name}
              </strong>
              <ul>
                {b.problems.map((p) => (
                  <li key={`${p.column}${p.says}`}>
                    {p.column}：{p.says}
                  </li>
                ))}
              </ul>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function WorkbookCard() {
  const check = useAct(checkResourceImport);
  const bring = useAct(importResources);
  const message = useMessages();
  const [file, setFile] = useState<File | null>(null);
  const [error, setError] = useState<unknown>(null);
  const found = file === null ? undefined : check.data;
  const pick = async (picked: File) => {
    setError(null);
    setFile(picked);
    await check.mutateAsync({ file: picked }).catch((e: unknown) => {
      setFile(null);
      setError(e);
    });
  };
  const carryOut = async () => {
    if (file === null || found === undefined) return;
    setError(null);
    await bring
      .mutateAsync({ file, query: found.bad.length > 0 ? { leaveBad: 'yes' } : {} })
      .then((done) => {
        void message.success(`已新增 ${done.added} 项，修改 ${done.changed} 项`);
        setFile(null);
      })
      .catch(setError);
  };
  const nothing = found !== undefined && found.added + found.changed === 0;
  return (
    <Card title="Excel 导入" actions={<a href={fileUrl(readImportTemplate)}>下载模板</a>}>
      <p className="jy-secondary">先检查，看过结果再导入；检查时不写入任何内容。名称和办理单位都相同的，会当作同一项修改。</p>
      <div className="jy-actions">
        <PickFile label="选择 Excel 文件" accept=".xlsx" onPick={(f) => void pick(f)} />
      </div>
      {error !== null && <RefusalNotice error={error} />}
      {found !== undefined && file !== null && (
        <div style={{ marginTop: 16 }}>
          <strong>{file.name}</strong>
          <Found check={found} unit="行" />
          <div className="jy-actions" style={{ marginTop: 12 }}>
            {found.bad.length > 0 && (
              <Button onClick={() => void saveFile(failedResourceRows, { file }).catch(setError)}>
                下载有问题的 {found.bad.length} 行
              </Button>
            )}
            <Button type="primary" disabled={nothing} loading={bring.isPending} onClick={() => void carryOut()}>
              {found.bad.length > 0 ? `只导入其余 ${found.good} 行` : `导入 ${found.good} 行`}
            </Button>
          </div>
        </div>
      )}
    </Card>
  );
}

function ExchangeCard() {
  const exchange = useAct(importHsds);
  const message = useMessages();
  const [file, setFile] = useState<File | null>(null);
  const [fields, setFields] = useState<HelpField[]>([]);
  const [found, setFound] = useState<Check | null>(null);
  const [error, setError] = useState<unknown>(null);
  const query = (mode: 'check' | 'apply') => ({
    mode,
    ...(fields.length === 0 ? {} : { helpField: fields }),
    ...(mode === 'apply' && (found?.bad.length ?? 0) > 0 ? { leaveBad: 'yes' as const } : {}),
  });
  const run = async (picked: File, mode: 'check' | 'apply') => {
    setError(null);
    setFile(picked);
    await exchange
      .mutateAsync({ file: picked, query: query(mode) })
      .then((result) => {
        setFound(mode === 'check' ? result : null);
        if (mode === 'apply') {
          setFile(null);
          void message.success(`已新增 ${result.added} 项，修改 ${result.changed} 项`);
        }
      })
      .catch((e: unknown) => {
        setFound(null);
        setError(e);
      });
  };
  return (
    <Card title="数据交换（HSDS 3.0）" actions={<a href={fileUrl(exportHsds)}>导出全部</a>}>
      <p className="jy-secondary">人类服务数据规范是各地资源库通用的格式（JSON）。导出里没有任何服务对象的内容。</p>
      <p id="exchange-fields">别处的服务没有我们的专业，归入：</p>
      <ChoiceBoxes aria-labelledby="exchange-fields" value={fields} onChange={setFields} options={optionsOf(helpFieldLabels)} />
      <div className="jy-actions" style={{ marginTop: 12 }}>
        <PickFile label="选择 JSON 文件" accept=".json,application/json" onPick={(f) => void run(f, 'check')} />
      </div>
      {error !== null && <RefusalNotice error={error} />}
      {found !== null && file !== null && (
        <div style={{ marginTop: 16 }}>
          <strong>{file.name}</strong>
          <Found check={found} unit="个服务" />
          {found.added + found.changed === 0 ? (
            <Alert type="info" showIcon title="没有可以写入的变化" />
          ) : (
            <Button type="primary" loading={exchange.isPending} onClick={() => void run(file, 'apply')}>
              导入 {found.added + found.changed} 项
            </Button>
          )}
        </div>
      )}
    </Card>
  );
}
