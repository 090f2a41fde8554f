import { putOutputFile, readOutput, readOutputFile } from '@jieyou/core/learning/outputEndpoints.ts';
import { outputKindLabels } from '@jieyou/core/texts/learningLabels.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useRef, useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { call, fileUrl } from '../house/client.ts';
import { formatBytes, formatDay } from '../house/format.ts';
import { Card, Facts } from '../house/Page.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { OutputTag } from './OutputListPage.tsx';
import './learning.css';

/** Puts a file in its place. */
function PutFile({ id, version, replaces }: { readonly id: string; readonly version: number; readonly replaces: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  const queries = useQueryClient();
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="选择成果文件"
        onChange={async (event) => {
          const file = event.target.files?.[0];
          event.target.value = '';
          if (file === undefined) return;
          setBusy(true);
          setError(null);
          try {
            await call(putOutputFile, { params: { id }, query: { name: file.name, version }, file });
            await queries.invalidateQueries({ queryKey: [readOutput.id] });
          } catch (e) {
            setError(e);
          } finally {
            setBusy(false);
          }
        }}
      />
      <Button block loading={busy} onClick={() => input.current?.click()}>
        {replaces ? '换一个文件' : '放上文件'}
      </Button>
      <RefusalNotice error={error} />
    </>
  );
}

/** One research output: what it is, where it can be read, what it stands on. */
export default function OutputPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const found = useQuery(queryOf(readOutput, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const o = found.data;
  const nothing = o.link === '' && o.file === null;
  return (
    <RecordPage
      crumbs={[{ title: '研究成果', to: '/research-outputs' }]}
      title={o.title}
      status={<OutputTag status={o.status} />}
      meta={[outputKindLabels[o.kind], `${o.year} 年`, o.authors.join('、')]}
      next={
        <>
          {nothing ? <p className="jy-secondary">还没有可以看的全文。</p> : null}
          {o.file === null ? null : (
            <p>
              <a href={fileUrl(readOutputFile, { params: { id } })} download={o.file.name}>
                下载 {o.file.name}
              </a>
              <br />
              <span className="jy-secondary">{formatBytes(o.file.bytes)}</span>
            </p>
          )}
          {o.link === '' ? null : (
            <p className="jy-long">
              <a href={o.link} target="_blank" rel="noreferrer noopener">
                {o.link}
              </a>
            </p>
          )}
          {o.can.includes('edit') ? (
            <div className="jy-actions">
              <Button block onClick={() => void navigate({ to: '/research-outputs/$id/edit', params: { id } })}>
                修改
              </Button>
              <PutFile id={id} version={o.version} replaces={o.file !== null} />
            </div>
          ) : null}
        </>
      }
    >
      <Card title="摘要">
        <p className="jy-long">{o.summary || '—'}</p>
        <Facts
          rows={[
            ['作者', o.authors.join('、')],
            ['刊物、出版或发布单位', o.outlet],
          ]}
        />
      </Card>
      <Card title="用到的案例">
        {o.entries.length === 0 ? <p className="jy-secondary">没有关联已发布的案例。</p> : null}
        <ul className="ln-passed">
          {o.entries.map((e) => (
            <li key={e.id}>
              <Link to="/casebank/$id" params={{ id: e.id }}>
                {e.number}　{e.title}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
      <Card title="来自的研讨">
        {o.seminars.length === 0 ? <p className="jy-secondary">没有关联研讨。</p> : null}
        <ul className="ln-passed">
          {o.seminars.map((s) => (
            <li key={s.id}>
              <Link to="/theme-seminars/$id" params={{ id: s.id }}>
                {formatDay(s.heldOn)}　{s.topic}
              </Link>
            </li>
          ))}
        </ul>
      </Card>
    </RecordPage>
  );
}
