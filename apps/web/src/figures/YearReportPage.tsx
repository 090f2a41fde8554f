import { printYearReport, readYearReport, saveYearReportText } from '@jieyou/core/figures/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Alert, Button, Input, Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { saveFile } from '../house/client.ts';
import { formatInstant, shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan } from '../house/session.tsx';
import './figures.css';

/** The year's report: words that people edit, figures that the platform counts, on paper and as a workbook. */
export default function YearReportPage() {
  const search = useSearch({ strict: false }) as { year?: string; asOf?: string };
  const navigate = useNavigate();
  const now = Number(today().slice(0, 4));
  const year = Number(search.year ?? now);
  const query = search.asOf === undefined ? {} : { asOf: search.asOf };
  const asked = useQuery(queryOf(readYearReport, { params: { year }, query }));
  const writes = useCan('centre');
  const save = useAct(saveYearReportText);
  const [words, setWords] = useState<{ year: number; version: number; opening: string; outlook: string } | null>(null);
  const [busy, setBusy] = useState<'pdf' | 'xlsx' | null>(null);
  const [error, setError] = useState<unknown>(null);
  const text = asked.data?.text;
  useEffect(() => {
    // What somebody is typing stays; another year or a newer version that is on screen takes its place.
    if (text !== undefined)
      setWords((w) => (w === null || w.year !== year ? { year, ...text } : { ...w, version: Math.max(w.version, 0) }));
  }, [text, year]);
  const fetchFile = async (format: 'pdf' | 'xlsx') => {
    setBusy(format);
    setError(null);
    try {
      await saveFile(printYearReport, { params: { year }, query: { ...query, format } });
    } catch (failed) {
      setError(failed);
    } finally {
      setBusy(null);
    }
  };
  const keep = async () => {
    if (words === null) return;
    const { version, opening, outlook } = words;
    const saved = await save.mutateAsync({ params: { year }, body: { version, opening, outlook } }).catch(() => undefined);
    if (saved !== undefined) setWords({ ...words, version: saved.version });
  };
  const go = (next: { year?: string; asOf?: string }) => void navigate({ to: '.', search: { ...search, ...next } as never, replace: true });
  return (
    <Page
      title="年度报告"
      crumbs={[{ title: '数字', to: '/figures' }]}
      says="先改好文字，再下载。"
      actions={
        <Link to="/figures" search={{ from: `${year}-01-01`, to: search.asOf ?? `${year}-12-31` } as never}>
          <Button tabIndex={-1}>看这一年的数字</Button>
        </Link>
      }
    >
      <div className="fg-period">
        <label htmlFor="report-year">年份</label>
        <Select
          id="report-year"
          value={String(year)}
          onChange={(y: string) => go({ year: y })}
          options={Array.from({ length: 8 }, (_, i) => ({ value: String(now - i), label: `${now - i}年` }))}
          style={{ width: 110 }}
        />
        <label htmlFor="report-asof">数字截至</label>
        <span className="fg-day">
          <DayInput id="report-asof" value={search.asOf ?? null} onChange={(d: string | null) => go({ asOf: d ?? undefined } as never)} />
        </span>
      </div>
      {asked.data === undefined || words === null ? (
        asked.error === null ? (
          <Skeleton active />
        ) : (
          <RefusalNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : (
        <>
          <Card title="文字">
            <div className="fg-words">
              <label htmlFor="report-opening">概述</label>
              <Input.TextArea
                id="report-opening"
                rows={6}
                maxLength={6000}
                readOnly={!writes}
                value={words.opening}
                onChange={(e) => setWords({ ...words, opening: e.target.value })}
              />
              <label htmlFor="report-outlook">下一步</label>
              <Input.TextArea
                id="report-outlook"
                placeholder="下一年打算怎么做"
                rows={5}
                maxLength={6000}
                readOnly={!writes}
                value={words.outlook}
                onChange={(e) => setWords({ ...words, outlook: e.target.value })}
              />
              <p className="jy-secondary" role="status">
                {asked.data.text.version === 0
                  ? '这是由数字写成的初稿，还没有人保存。'
                  : `第 ${asked.data.text.version} 版，${asked.data.text.savedByName ?? ''} ${shortInstant(asked.data.text.savedAt)} 保存。`}
              </p>
              {writes ? (
                <Button onClick={() => void keep()} loading={save.isPending}>
                  保存文字
                </Button>
              ) : null}
              <RefusalNotice error={save.error} />
            </div>
          </Card>
          <Card title="下载">
            <p className="jy-secondary">截至 {formatInstant(asked.data.figures.asOf)}。下载的是最近保存的文字。</p>
            <div className="fg-period">
              <Button type="primary" loading={busy === 'pdf'} disabled={!asked.data.printer} onClick={() => void fetchFile('pdf')}>
                下载 PDF
              </Button>
              <Button loading={busy === 'xlsx'} onClick={() => void fetchFile('xlsx')}>
                下载 Excel
              </Button>
            </div>
            {asked.data.printer ? null : (
              <Alert
                type="warning"
                showIcon
                title="没有找到 Chromium，暂时只能下载 Excel。请系统管理员安装 Chromium 或设置 CHROMIUM_PATH。"
              />
            )}
            <RefusalNotice error={error} />
          </Card>
        </>
      )}
    </Page>
  );
}
