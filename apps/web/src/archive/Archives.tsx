import {
  checkArchive,
  downloadArchive,
  type listArchives,
  type listCaseArchives,
  type startArchive,
  type startCaseArchive,
} from '@jieyou/core/archive/endpoints.ts';
import type { Archive } from '@jieyou/core/archive/schema.ts';
import { archiveFailureLabels, archiveStatusLabels } from '@jieyou/core/texts/archiveLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, Button, Input, Progress, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { formatBytes, shortInstant } from '../house/format.ts';
import { Card, Page } from '../house/Page.tsx';
import { useSaved } from '../house/Paper.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import './archive.css';

const running = (one: Archive) => one.status === 'waiting' || one.status === 'making';

function State({ one }: { readonly one: Archive }) {
  const saved = useSaved();
  if (running(one)) {
    return (
      <>
        {archiveStatusLabels[one.status]}
        <Progress percent={one.percent} size="small" aria-label="生成进度" />
      </>
    );
  }
  if (one.status === 'failed') return <>{one.failure === null ? archiveStatusLabels.failed : archiveFailureLabels[one.failure]}</>;
  if (one.status === 'expired') return <>{archiveStatusLabels.expired}</>;
  if (!one.mine) return <>只有取档人可以下载</>;
  return (
    <>
      <Button type="primary" loading={saved.busy} onClick={() => void saved.save(downloadArchive, { params: { id: one.id } })}>
        下载 PDF
      </Button>
      <div className="jy-secondary">{shortInstant(one.expiresAt)} 前可下载</div>
      <RefusalNotice error={saved.error} />
    </>
  );
}

/** Compares a copy with what the platform made, by its hash; the file itself stays on the person's computer. */
function CheckCopy() {
  const check = useAct(checkArchive);
  const [said, setSaid] = useState<{ good: boolean; says: string } | null>(null);
  const [error, setError] = useState<unknown>(null);
  const look = async (file: File | undefined) => {
    if (file === undefined) return;
    setError(null);
    setSaid(null);
    try {
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      const sha256 = [...new Uint8Array(digest)].map((b) => b.toString(16).padStart(2, '0')).join('');
      const { archive } = await check.mutateAsync({ body: { sha256 } });
      setSaid(
        archive === null
          ? { good: false, says: '本平台没有生成过这个文件，或者文件被改动过。' }
          : { good: true, says: `与平台生成的一致：${archive.number}，${archive.byName} ${shortInstant(archive.askedAt)} 取。` },
      );
    } catch (failed) {
      setError(failed);
    }
  };
  return (
    <Card title="核对一份副本">
      <p className="jy-secondary">选择手里的 PDF，平台按校验码判断它是否原样。文件不会上传。</p>
      <input
        id="archive-copy"
        type="file"
        accept="application/pdf"
        hidden
        aria-label="选择 PDF 文件"
        onChange={(event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          void look(file);
        }}
      />
      <div className="ar-file">
        <Button onClick={() => document.getElementById('archive-copy')?.click()}>选择文件</Button>
      </div>
      {said === null ? null : <Alert type={said.good ? 'success' : 'warning'} showIcon title={said.says} role="status" />}
      <RefusalNotice error={error} />
    </Card>
  );
}

/** What archives are taken of. */
export type Subject = {
  readonly list: typeof listArchives | typeof listCaseArchives;
  readonly start: typeof startArchive | typeof startCaseArchive;
  readonly title: string;
  readonly what: string;
  readonly says: string;
  readonly after: string;
  readonly back: string;
  readonly under: string;
};

/** Takes everything of a record as one file, and shows who took it before. */
export function Archives({ of }: { readonly of: Subject }) {
  const { id = '' } = useParams({ strict: false });
  const [reason, setReason] = useState('');
  const start = useAct(of.start, () => setReason(''));
  const asked = useQuery({
    ...queryOf(of.list, { params: { id } }),
    refetchInterval: (query) => (query.state.data?.rows.some((one) => running(one)) === true ? 1500 : false),
  });
  const ready = reason.trim().length >= 2;
  const take = () => start.mutate({ params: { id }, body: { reason: reason.trim() } });
  return (
    <Page title={of.title} crumbs={[{ title: of.back, to: `${of.under}/${id}` }]} says={of.says}>
      {asked.data === undefined ? (
        asked.error === null ? (
          <Skeleton active />
        ) : (
          <RefusalNotice error={asked.error} onRetry={() => void asked.refetch()} />
        )
      ) : (
        <>
          <Card title="取一份">
            {asked.data.printer ? (
              <form
                className="ar-take"
                onSubmit={(e) => {
                  e.preventDefault();
                  if (ready) take();
                }}
              >
                <label htmlFor="archive-reason">用途</label>
                <Input
                  id="archive-reason"
                  value={reason}
                  maxLength={120}
                  placeholder="如：年度归档、督导讨论"
                  onChange={(e) => setReason(e.target.value)}
                />
                <Button type="primary" htmlType="submit" disabled={!ready} loading={start.isPending}>
                  {`生成${of.what}`}
                </Button>
              </form>
            ) : (
              <Alert
                type="warning"
                showIcon
                title="这台服务器还不能生成 PDF"
                description="没有找到 Chromium。请系统管理员安装 Chromium 或 Chrome，或在设置里写明 CHROMIUM_PATH，重启后再来。"
              />
            )}
            <RefusalNotice error={start.error} />
          </Card>
          <Card title="取档记录">
            {asked.data.rows.length === 0 ? (
              <p className="jy-secondary">还没有人取过。生成后会出现在这里。</p>
            ) : (
              <table className="jy-plain-table jy-cards ar-table">
                <thead>
                  <tr>
                    <th scope="col">时间</th>
                    <th scope="col">取档人与用途</th>
                    <th scope="col">内容</th>
                    <th scope="col">下载</th>
                    <th scope="col">校验码（SHA-256）</th>
                  </tr>
                </thead>
                <tbody>
                  {asked.data.rows.map((one) => (
                    <tr key={one.id}>
                      <td data-label="时间">{shortInstant(one.askedAt)}</td>
                      <td data-label="取档人与用途">
                        {one.byName}
                        <div className="jy-secondary">{one.reason}</div>
                      </td>
                      <td data-label="内容">
                        {one.final ? of.after : '办理中'}
                        {one.pages === null ? null : (
                          <div className="jy-secondary">
                            {one.pages} 页 · {formatBytes(one.bytes ?? 0)}
                          </div>
                        )}
                      </td>
                      <td data-label="下载">
                        <State one={one} />
                      </td>
                      <td data-label="校验码" className="ar-hash">
                        {one.sha256 ?? '—'}
                      </td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </Card>
          <CheckCopy />
        </>
      )}
    </Page>
  );
}
