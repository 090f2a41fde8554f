import { exportSupportRequests, listSupportRequests } from '@jieyou/core/support/endpoints.ts';
import type { ClockState, RequestStatus } from '@jieyou/core/support/schema.ts';
import { helpFieldLabels, optionsOf, problemSays, requestStatusLabels } from '@jieyou/core/texts/labels.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Drawer, Input, Segmented, Skeleton } from 'antd';
import { Fragment, useEffect, useMemo, useRef, useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { ClockWords } from '../house/ClockWords.tsx';
import { EmptyState } from '../house/EmptyState.tsx';
import { useLive } from '../house/live.ts';
import { Page } from '../house/Page.tsx';
import { ExportDialog } from '../house/RecordTable.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { RequestStatusTag, RiskTag } from '../house/StatusTag.tsx';
import '../house/reading.css';
import { SelectSeveral } from '../house/several.tsx';
import { type RequestRowData, useRequest } from './queries.ts';
import { ContentSection } from './RequestSections.tsx';
import { ScreeningExits } from './ScreeningExits.tsx';

type Group = { readonly key: string; readonly title: string; readonly rows: readonly RequestRowData[] };

const groupOf = (row: RequestRowData): string => (row.status === 'crisis' ? 'crisis' : row.clock.state);

/** Within a group the server's order stands, but a crisis that nobody has answered comes before those in good hands. */
const unansweredFirst = (a: RequestRowData, b: RequestRowData): number =>
  a.status === 'crisis' ? Number(b.clock.state === 'overdue') - Number(a.clock.state === 'overdue') : 0;

const groupTitles: readonly (readonly [string, string])[] = [
  ['crisis', '危机'],
  ['overdue', '已超时'],
  ['at-risk', '快到期'],
  ['on-track', '正常'],
  ['paused', '暂停，等求助社工'],
  ['none', '不计时'],
];

const stages: Readonly<Record<string, readonly RequestStatus[]>> = {
  screening: ['submitted', 'needs-info', 'crisis'],
  panel: ['matching'],
  support: ['supporting', 'following'],
  all: ['submitted', 'needs-info', 'crisis', 'matching', 'supporting', 'following'],
};

type BoardSearch = {
  readonly stage?: string;
  readonly holder?: string;
  readonly number?: string;
  readonly helpField?: string | string[];
  readonly clock?: string | string[];
  readonly after?: string;
  readonly open?: string;
};

const several = (value: string | string[] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

function BoardDrawer({ id, onClose, onScreened }: { id: string | undefined; onClose: () => void; onScreened: () => void }) {
  const query = useRequest(id);
  const file = query.data;
  return (
    <Drawer
      open={id !== undefined}
      onClose={onClose}
      size={640}
      title={file === undefined ? '求助' : `${file.archiveNo ?? file.receiptNo ?? ''}　${file.content?.recipientName ?? ''}`}
      extra={
        id === undefined ? null : (
          <Link to={'/requests/$id'} params={{ id }}>
            打开整份求助
          </Link>
        )
      }
    >
      {file === undefined ? (
        query.error === null ? (
          <Skeleton active paragraph={{ rows: 8 }} />
        ) : (
          <RefusalNotice error={query.error} onRetry={() => void query.refetch()} />
        )
      ) : (
        <>
          <p>
            <RequestStatusTag status={file.status} />　<ClockWords clock={file.clock} withKind />　{file.askerName}（{file.stationName}）
          </p>
          {file.can.includes('accept') ? (
            <ScreeningExits key={file.version} file={file} onDone={onScreened} />
          ) : (
            <p className="rd-says">
              {file.status === 'needs-info' && file.question !== null ? `等待求助社工补充：${file.question}` : '这份求助现在不在筛选中。'}
            </p>
          )}
          <hr className="rd-rule" />
          <ContentSection file={file} onChanged={() => void query.refetch()} />
        </>
      )}
    </Drawer>
  );
}

/** The centre's screening board: live requests by clock, the most pressing first; Enter opens one beside the list with its exits. */
export default function BoardPage() {
  const search = useSearch({ strict: false }) as BoardSearch;
  const navigate = useNavigate();
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [active, setActive] = useState(-1);
  const [exporting, setExporting] = useState(false);
  const [number, setNumber] = useState(search.number ?? '');
  const box = useRef<HTMLDivElement>(null);
  useLive();

  const stage = search.stage !== undefined && search.stage in stages ? search.stage : 'screening';
  const filter = useMemo(
    () => ({
      status: [...(stages[stage] ?? [])],
      ...(search.holder === 'nobody' ? { holder: 'nobody' as const } : search.holder === 'me' ? { holder: 'me' as const } : {}),
      ...(search.number ? { number: search.number } : {}),
      ...(several(search.helpField).length > 0 ? { helpField: several(search.helpField) as ['law'] } : {}),
      ...(several(search.clock).length > 0 ? { clock: several(search.clock) as (typeof ClockState.options)[number][] } : {}),
      sort: 'due' as const,
    }),
    [stage, search.holder, search.number, search.helpField, search.clock],
  );
  const found = useQuery({
    ...queryOf(listSupportRequests, { query: { ...filter, limit: 50, ...(search.after ? { after: search.after } : {}) } }),
    placeholderData: keepPreviousData,
  });

  const put = (changes: Partial<BoardSearch>) => {
    setActive(-1);
    setTrail([]);
    void navigate({ to: '.', search: { ...search, after: undefined, ...changes }, replace: true });
  };
  const open = (id: string | undefined) => void navigate({ to: '.', search: { ...search, open: id }, replace: true });

  const groups = useMemo<readonly Group[]>(
    () =>
      groupTitles
        .map(([key, title]) => ({ key, title, rows: (found.data?.rows ?? []).filter((r) => groupOf(r) === key).sort(unansweredFirst) }))
        .filter((g) => g.rows.length > 0),
    [found.data],
  );
  const ordered = useMemo(() => groups.flatMap((g) => g.rows), [groups]);

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement;
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return;
      if (e.key === 'j' || e.key === 'k') {
        setActive((now) => Math.max(0, Math.min(ordered.length - 1, now + (e.key === 'j' ? 1 : -1))));
      } else if (e.key === 'Enter' && at.tagName !== 'BUTTON' && at.tagName !== 'A') {
        const row = ordered[active];
        if (row !== undefined) void navigate({ to: '.', search: { ...search, open: row.id }, replace: true });
      } else if (e.key === '/') {
        e.preventDefault();
        box.current?.querySelector<HTMLInputElement>('#board-number')?.focus();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [ordered, active, navigate, search]);
  const activeId = ordered[active]?.id;
  useEffect(() => {
    if (activeId !== undefined) box.current?.querySelector('.jy-row-active')?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);

  const reply = found.data;
  const filtered =
    search.holder !== undefined || search.number !== undefined || search.helpField !== undefined || search.clock !== undefined;
  return (
    <Page
      title="筛选台"
      says={
        <>
          按时限排列，最急的在上。<span className="jy-key">j、k 移动，Enter 打开，/ 查编号。</span>
        </>
      }
      actions={
        <Button onClick={() => setExporting(true)} disabled={ordered.length === 0}>
          导出
        </Button>
      }
    >
      <div ref={box}>
        <div className="rd-bar">
          <Segmented
            aria-label="阶段"
            value={stage}
            onChange={(value) => put({ stage: value === 'screening' ? undefined : value } as Partial<BoardSearch>)}
            options={[
              { value: 'screening', label: '待筛选' },
              { value: 'panel', label: '待组专家组' },
              { value: 'support', label: '支援与跟进' },
              { value: 'all', label: '全部进行中' },
            ]}
          />
          <Segmented
            aria-label="承办"
            value={search.holder ?? 'any'}
            onChange={(value) => put({ holder: value === 'any' ? undefined : value } as Partial<BoardSearch>)}
            options={[
              { value: 'any', label: '不限承办' },
              { value: 'me', label: '我承办' },
              { value: 'nobody', label: '没有承办人' },
            ]}
          />
          <SelectSeveral
            aria-label="所需专业"
            allowClear
            maxTagCount="responsive"
            placeholder="所需专业"
            style={{ width: 150 }}
            value={several(search.helpField)}
            onChange={(value) => put({ helpField: value.length === 0 ? undefined : value } as Partial<BoardSearch>)}
            options={optionsOf(helpFieldLabels)}
          />
          <form
            onSubmit={(e) => {
              e.preventDefault();
              put({ number: number.trim() === '' ? undefined : number.trim() } as Partial<BoardSearch>);
            }}
          >
            <Input
              id="board-number"
              aria-label="编号"
              placeholder="编号"
              allowClear
              style={{ width: 170 }}
              value={number}
              onChange={(e) => {
                setNumber(e.target.value);
                if (e.target.value === '' && search.number !== undefined) put({ number: undefined } as unknown as Partial<BoardSearch>);
              }}
            />
          </form>
        </div>
        {found.isError && reply === undefined ? (
          <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
        ) : reply === undefined ? (
          <div className="jy-card">
            <Skeleton active title={false} paragraph={{ rows: 8 }} />
          </div>
        ) : ordered.length === 0 ? (
          filtered ? (
            <EmptyState title="没有符合条件的求助" hint="可以放宽条件再看。" />
          ) : (
            <EmptyState title="现在没有求助在这一步" hint="社工提交求助后会立即出现在这里，并开始计时；危机求助排在最上面。" />
          )
        ) : (
          <div className="jy-card rd-scroll rd-board" aria-busy={found.isFetching}>
            <table className="rd-table jy-cards">
              <thead>
                <tr>
                  <th scope="col">时限</th>
                  <th scope="col">编号</th>
                  <th scope="col">问题领域</th>
                  <th scope="col">所需专业</th>
                  <th scope="col">风险</th>
                  <th scope="col">站点与社工</th>
                  <th scope="col">状态</th>
                  <th scope="col">承办</th>
                </tr>
              </thead>
              {groups.map((g) => (
                <tbody key={g.key}>
                  <tr className="rd-group">
                    <th scope="rowgroup" colSpan={8}>
                      {g.title}　{g.rows.length}
                    </th>
                  </tr>
                  {g.rows.map((r) => (
                    <Fragment key={r.id}>
                      <tr
                        className={`${r.id === activeId ? 'jy-row-active ' : ''}jy-row-opens`}
                        onClick={(e) => {
                          if (!(e.target as HTMLElement).closest('a,button')) open(r.id);
                        }}
                      >
                        <td>
                          <ClockWords clock={r.clock} withKind />
                        </td>
                        <td>
                          <button type="button" className="jy-link-button rd-nowrap" onClick={() => open(r.id)}>
                            {r.archiveNo ?? r.receiptNo}
                          </button>
                        </td>
                        <td>{problemSays(r.domain)}</td>
                        <td data-label="所需专业">{r.helpFields.map((f) => helpFieldLabels[f]).join('、')}</td>
                        <td>
                          <RiskTag risk={r.risk} />
                        </td>
                        <td>
                          {r.stationName}
                          <div className="rd-quiet">{r.askerName}</div>
                        </td>
                        <td>{r.status === 'submitted' ? requestStatusLabels.submitted : <RequestStatusTag status={r.status} />}</td>
                        <td data-label="承办">
                          {r.holderName !== null ? (
                            r.holderName
                          ) : r.status === 'submitted' ? (
                            <span className="rd-quiet">受理后指定</span>
                          ) : (
                            <span className="rd-needs">没有承办人</span>
                          )}
                          {r.holderAbsent ? <div className="rd-needs">请假</div> : null}
                        </td>
                      </tr>
                    </Fragment>
                  ))}
                </tbody>
              ))}
            </table>
          </div>
        )}
        {reply !== undefined && (reply.next !== null || search.after !== undefined) ? (
          <div className="jy-paging">
            <Button
              disabled={search.after === undefined}
              onClick={() => {
                const before = trail.at(-1);
                setTrail(trail.slice(0, -1));
                void navigate({ to: '.', search: { ...search, after: before === '' ? undefined : before } });
              }}
            >
              上一页
            </Button>
            <Button
              disabled={reply.next === null}
              onClick={() => {
                setTrail([...trail, search.after ?? '']);
                void navigate({ to: '.', search: { ...search, after: reply.next ?? undefined } });
              }}
            >
              下一页
            </Button>
          </div>
        ) : null}
      </div>
      <BoardDrawer id={search.open} onClose={() => open(undefined)} onScreened={() => open(undefined)} />
      <ExportDialog open={exporting} onClose={() => setExporting(false)} endpoint={exportSupportRequests} query={filter} />
    </Page>
  );
}
