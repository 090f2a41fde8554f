import {
  arrangeImport,
  confirmImport,
  dropImport,
  failedImportRows,
  listImportRows,
  readImport,
  undoImport,
} from '@jieyou/core/imports/endpoints.ts';
import type { Import, ImportColumn, ImportColumnKey } from '@jieyou/core/imports/schema.ts';
import {
  importColumnOptions,
  importFailureLabels,
  importKindLabels,
  importStatusLabels,
  problemSays,
  shownRowLabels,
} from '@jieyou/core/texts/importLabels.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Input, InputNumber, Progress, Radio, Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { formatBytes, formatDay, shortInstant } from '../house/format.ts';
import { Card, Facts, Page } from '../house/Page.tsx';
import { useSaved } from '../house/Paper.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { Steps } from './Steps.tsx';
import { importTones, isRunning } from './words.ts';
import './imports.css';

type One = z.infer<typeof Import>;
const STEP_OF: Readonly<Record<One['status'], number>> = {
  waiting: 1,
  checking: 1,
  checked: 1,
  failed: 1,
  applying: 2,
  done: 3,
  undoing: 3,
  undone: 3,
  dropped: 3,
};
const n = (count: number): string => count.toLocaleString();

/** One import, from what was found in its file to what became of it. */
export default function ImportPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery({
    ...queryOf(readImport, { params: { id } }),
    refetchInterval: (query) => (query.state.data !== undefined && isRunning(query.state.data.status) ? 1_000 : false),
  });
  const one = found.data;
  // What was read of the rows while the platform was at work is old once it has ended; it may be back where it stood before anybody looked.
  const queries = useQueryClient();
  const rests = one !== undefined && !isRunning(one.status) ? `${one.status} ${one.version}` : null;
  useEffect(() => {
    if (rests !== null) void queries.invalidateQueries({ queryKey: [listImportRows.id] });
  }, [rests, queries]);
  return (
    <Page
      title={one === undefined ? '台账导入' : one.fileName}
      crumbs={[{ title: '台账导入', to: '/imports' }]}
      actions={one === undefined ? null : <StatusTag tone={importTones[one.status]}>{importStatusLabels[one.status]}</StatusTag>}
    >
      {one === undefined ? (
        found.error === null ? (
          <Skeleton active />
        ) : (
          <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
        )
      ) : (
        <>
          <Steps at={STEP_OF[one.status]} />
          <Standing one={one} />
          {one.status === 'checked' || one.status === 'failed' ? <Layout key={`${one.version}`} one={one} /> : null}
          <Rows one={one} />
          <Card title="这次导入">
            <Facts
              columns={3}
              rows={[
                ['种类', importKindLabels[one.kind]],
                ['站点', one.stationName],
                ['导入人', `${one.byName}　${shortInstant(one.madeAt)}`],
                ['文件', `${formatBytes(one.bytes)}，${one.fileKept ? `${formatDay(one.keptUntil)}后删除` : '已删除'}`],
                ['确认', shortInstant(one.confirmedAt)],
                ['完成', shortInstant(one.finishedAt)],
                ...(one.undoneByName === null
                  ? []
                  : ([['撤销', `${one.undoneByName}　${shortInstant(one.undoneAt)}：${one.undoReason ?? ''}`]] as [string, string][])),
              ]}
            />
          </Card>
        </>
      )}
    </Page>
  );
}

function Counts({ one }: { readonly one: One }) {
  const c = one.counts;
  const done = one.finishedAt !== null;
  const shown: [number, string][] = done
    ? [
        [c.added - c.undone, '行已写入'],
        ...(c.undone > 0 ? ([[c.undone, '行已撤销']] as [number, string][]) : []),
        [c.known, '行原来就有'],
        [one.doubles === 'leave' ? c.double : 0, '行可能重复，没有写入'],
        [c.wrong, '行有错，没有写入'],
      ]
    : [
        [c.fresh, '行将新增'],
        [c.known, '行已经有了'],
        [c.double, '行可能重复'],
        [c.wrong, '行有错'],
      ];
  return (
    <>
      <ul className="im-counts" aria-live="polite">
        {shown.map(([count, says]) => (
          <li key={says}>
            <strong>{n(count)}</strong>
            {says}
          </li>
        ))}
      </ul>
      <p className="jy-secondary">
        共 {n(c.read)} 行，另跳过 {n(c.skipped)} 行（合计、签名等）。
        {c.upgraded > 0 ? `15 位证件号码换算成 18 位：${n(c.upgraded)} 个。` : ''}
        {c.filled > 0 ? `空白按“同上”补上：${n(c.filled)} 格。` : ''}
      </p>
    </>
  );
}

/** What stands, and the next act. */
function Standing({ one }: { readonly one: One }) {
  const saved = useSaved();
  const confirm = useAct(confirmImport);
  const drop = useAct(dropImport);
  const [doubles, setDoubles] = useState<'leave' | 'add'>('leave');
  const c = one.counts;
  if (one.status === 'waiting' || one.status === 'checking')
    return (
      <Card title="正在检查">
        <p aria-live="polite">已读 {n(c.read)} 行。检查时不写入任何内容，可以离开这一页。</p>
        <Progress percent={99} status="active" showInfo={false} aria-label="正在检查" />
      </Card>
    );
  if (one.status === 'applying')
    return (
      <Card title="正在写入">
        <p aria-live="polite">
          已写入 {n(c.added)} 行，共 {n(c.fresh + (one.doubles === 'add' ? c.double : 0))} 行。可以离开这一页，中断后会接着写。
        </p>
        <Progress
          percent={Math.min(99, Math.round((100 * c.added) / Math.max(1, c.fresh + (one.doubles === 'add' ? c.double : 0))))}
          aria-label="写入进度"
        />
      </Card>
    );
  if (one.status === 'undoing')
    return (
      <Card title="正在撤销">
        <p aria-live="polite">
          已撤销 {n(c.undone)} 行，共 {n(c.added)} 行。
        </p>
        <Progress percent={Math.min(99, Math.round((100 * c.undone) / Math.max(1, c.added)))} aria-label="撤销进度" />
      </Card>
    );
  if (one.status === 'dropped') return <Alert type="info" showIcon title="这次导入已放弃，没有写入任何内容，文件已删除。" />;
  const taken = c.fresh + (doubles === 'add' ? c.double : 0);
  const can = (act: One['can'][number]) => one.can.includes(act);
  return (
    <Card title={one.status === 'checked' ? '检查结果' : one.status === 'failed' ? '没有读成' : '结果'}>
      {one.failure === null ? null : (
        <Alert type="warning" showIcon title={importFailureLabels[one.failure]} style={{ marginBottom: 12 }} />
      )}
      {one.status === 'failed' ? null : <Counts one={one} />}
      {one.status === 'checked' && one.mine && c.fresh + c.double === 0 ? (
        <Alert type="info" showIcon title="没有可以写入的行。" style={{ marginBottom: 12 }} />
      ) : null}
      {can('confirm') && c.double > 0 ? (
        <fieldset className="im-choice">
          <legend>可能重复的 {n(c.double)} 行</legend>
          <Radio.Group
            value={doubles}
            onChange={(e) => setDoubles(e.target.value as 'leave' | 'add')}
            options={[
              { value: 'leave', label: '先不写入，核对后再说' },
              { value: 'add', label: '也写入' },
            ]}
          />
        </fieldset>
      ) : null}
      <div className="jy-actions">
        {can('confirm') ? (
          <Button
            type="primary"
            disabled={taken === 0}
            loading={confirm.isPending}
            onClick={() => confirm.mutate({ params: { id: one.id }, body: { doubles, version: one.version } })}
          >
            写入 {n(taken)} 行
          </Button>
        ) : null}
        {can('failed-rows') ? (
          <Button loading={saved.busy} onClick={() => void saved.save(failedImportRows, { params: { id: one.id } })}>
            下载没有写入的行
          </Button>
        ) : null}
        {can('drop') ? (
          <ConfirmButton
            ask="放弃这次导入？"
            says="没有写入任何内容，文件立即删除。"
            sure="放弃"
            onSure={() => drop.mutateAsync({ params: { id: one.id }, body: { version: one.version } })}
          >
            放弃
          </ConfirmButton>
        ) : null}
      </div>
      <RefusalNotice error={confirm.error ?? saved.error} />
      {can('undo') ? <Undo one={one} /> : null}
    </Card>
  );
}

function Undo({ one }: { readonly one: One }) {
  const undo = useAct(undoImport);
  const [reason, setReason] = useState('');
  return (
    <div className="im-form" style={{ marginTop: 16 }}>
      <div>
        <label htmlFor="undo-reason">撤销整次导入的原因</label>
        <Input id="undo-reason" value={reason} maxLength={120} placeholder="如：导错了站点" onChange={(e) => setReason(e.target.value)} />
      </div>
      <div className="jy-actions">
        <ConfirmButton
          ask="撤销整次导入？"
          says={`这次写入的 ${n(one.counts.added - one.counts.undone)} 行都会拿掉。已有别的记录用到的，不能撤销。`}
          sure="撤销"
          disabled={reason.trim().length < 2}
          onSure={() => undo.mutateAsync({ params: { id: one.id }, body: { reason: reason.trim(), version: one.version } })}
        >
          撤销导入
        </ConfirmButton>
      </div>
    </div>
  );
}

type Draft = Pick<ImportColumn, 'key' | 'fill'>;

/** Which sheet is meant, where its heading stands, what its columns mean; with the first rows as they were understood. */
function Layout({ one }: { readonly one: One }) {
  const arrange = useAct(arrangeImport);
  const [sheet, setSheet] = useState(one.sheet);
  const [headRow, setHeadRow] = useState<number | null>(one.headRow);
  const [columns, setColumns] = useState<readonly Draft[]>(one.columns.map(({ key, fill }) => ({ key, fill })));
  const options = importColumnOptions(one.kind);
  // A column has no name but its place.
  const places = one.columns.map((c, at) => ({ ...c, at, id: `${at} ${c.title}` }));
  if (!one.can.includes('arrange')) return null;
  const elsewhere = sheet !== one.sheet || headRow !== one.headRow;
  const changed = elsewhere || columns.some((c, i) => c.key !== one.columns[i]?.key || c.fill !== one.columns[i]?.fill);
  const put = (at: number, change: Partial<Draft>) => setColumns(columns.map((c, i) => (i === at ? { ...c, ...change } : c)));
  const again = () =>
    arrange.mutate({
      params: { id: one.id },
      body: { sheet, headRow: sheet === one.sheet ? headRow : null, columns: elsewhere ? null : [...columns], version: one.version },
    });
  return (
    <Card title="各列的含义">
      <div className="im-layout">
        {one.sheets.length > 1 ? (
          <div>
            <label htmlFor="import-sheet">工作表</label>
            <Select
              id="import-sheet"
              value={sheet}
              onChange={setSheet}
              style={{ minWidth: 160 }}
              options={one.sheets.map((label, value) => ({ value, label }))}
            />
          </div>
        ) : null}
        <div>
          <label htmlFor="import-head">表头在第几行</label>
          <InputNumber id="import-head" min={1} max={1_000} value={headRow} onChange={setHeadRow} placeholder="自动查找" />
        </div>
        <Button disabled={!changed} loading={arrange.isPending} onClick={again}>
          按此重新检查
        </Button>
      </div>
      <RefusalNotice error={arrange.error} />
      {one.columns.length === 0 ? null : (
        <section className="im-scroll" aria-label="前几行">
          <table className="im-preview">
            <thead>
              <tr>
                <th scope="col">行</th>
                {places.map((c) => (
                  <th scope="col" key={c.id}>
                    {c.title === '' ? `第 ${c.at + 1} 列` : c.title}
                  </th>
                ))}
              </tr>
              <tr>
                <td>含义</td>
                {places.map((c) => {
                  const draft = columns[c.at];
                  const plan = options.find((o) => o.value === draft?.key);
                  return (
                    <td key={c.id}>
                      <Select
                        size="small"
                        aria-label={`“${c.title}”的含义`}
                        value={draft?.key ?? ''}
                        disabled={elsewhere}
                        popupMatchSelectWidth={false}
                        onChange={(value) => put(c.at, { key: value === '' ? null : (value as ImportColumnKey), fill: false })}
                        options={[{ value: '', label: '不导入' }, ...options.map(({ value, label }) => ({ value, label }))]}
                      />
                      {plan?.fills === true ? (
                        <div>
                          <Checkbox
                            checked={draft?.fill === true}
                            disabled={elsewhere}
                            onChange={(e) => put(c.at, { fill: e.target.checked })}
                          >
                            空白同上
                          </Checkbox>
                        </div>
                      ) : null}
                    </td>
                  );
                })}
              </tr>
            </thead>
            <tbody>
              {one.preview.map((row) => (
                <tr key={row.rowNo}>
                  <th scope="row">{row.rowNo}</th>
                  {places.map((c) => (
                    <td key={c.id} className={row.filled.includes(c.at) ? 'im-filled' : c.key === null ? 'im-left' : ''}>
                      {c.key === null ? '—' : row.cells[c.at]}
                      {row.filled.includes(c.at) ? '（同上）' : ''}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      <p className="jy-secondary">姓名、证件号码、电话和住址已打码，只用来核对列是否对上。</p>
    </Card>
  );
}

function Rows({ one }: { readonly one: One }) {
  const c = one.counts;
  if (!['checked', 'done', 'undone'].includes(one.status) || c.wrong + c.double === 0) return null;
  return (
    <Card title="没有写入的行">
      <RecordTable
        inPage
        endpoint={listImportRows}
        params={{ id: one.id }}
        filters={[{ key: 'state', label: '哪一种', kind: 'multi', options: optionsOf(shownRowLabels) }]}
        columns={[
          { key: 'row', title: '行', width: 96, render: (r) => `第 ${n(r.rowNo)} 行` },
          { key: 'state', title: '哪一种', width: 104, render: (r) => shownRowLabels[r.state] },
          { key: 'why', title: '原因', render: (r) => r.problems.map(problemSays).join('；') },
        ]}
        empty={{ title: '没有这样的行' }}
      />
    </Card>
  );
}
