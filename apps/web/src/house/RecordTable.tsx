/** The list of the house: query form, filters in the address, paging by cursor, columns and density as one left them. */

import DownloadOutlined from '@ant-design/icons/es/icons/DownloadOutlined';
import DownOutlined from '@ant-design/icons/es/icons/DownOutlined';
import ReloadOutlined from '@ant-design/icons/es/icons/ReloadOutlined';
import SettingOutlined from '@ant-design/icons/es/icons/SettingOutlined';
import UpOutlined from '@ant-design/icons/es/icons/UpOutlined';
import type { AnyEndpoint } from '@jieyou/core/shared/endpoint.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, Popover, Radio, Select, Skeleton, Table, Tooltip } from 'antd';
import type { ColumnsType } from 'antd/es/table';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useRef, useState } from 'react';
import type { z } from 'zod';
import { queryOf } from './ask.ts';
import { labelOf } from './CardTable.tsx';
import { ApiError, type Given } from './client.ts';
import { EmptyState } from './EmptyState.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { recall, remember } from './memory.ts';
import { useMessages } from './messages.tsx';
import { useNarrow } from './narrow.ts';
import { RefusalNotice } from './RefusalNotice.tsx';
import type { View } from './SavedViews.tsx';
import { seal, unsealed } from './sealedWord.ts';

export { ExportDialog };

// Few open it: it comes when it is asked for.
const SavedViews = lazy(() => import('./SavedViews.tsx'));
// A calendar weighs as much as the whole table: it comes where a list asks for a day.
const DayInput = lazy(async () => ({ default: (await import('./inputs.tsx')).DayInput }));

type ListEndpoint = AnyEndpoint & { readonly reply: z.ZodType<{ rows: object[]; next: string | null; count: number | null }> };

/** A row of a list endpoint. */
export type RowOf<E extends ListEndpoint> = z.output<E['reply']>['rows'][number];

/** A column; `sort` is the value of the endpoint's `sort` query that orders by it. */
export type Column<Row> = {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  readonly width?: number;
  readonly sort?: string;
  readonly align?: 'left' | 'right';
  /** Hidden until somebody chooses it. */
  readonly hidden?: boolean;
  readonly ellipsis?: boolean;
};

/** A query field; its key is the name in the endpoint's query and in the address. `sealed`: what identifies a person, a ciphertext there. */
export type Filter = {
  readonly key: string;
  readonly label: string;
  readonly kind: 'text' | 'sealed' | 'select' | 'multi' | 'date';
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  readonly placeholder?: string;
  /** A picker of one's own instead, e.g. of stations; gets value and onChange. */
  readonly picker?: (given: { id: string; value: string | null; onChange: (value: string | null) => void }) => ReactNode;
};

type Search = Readonly<Record<string, string | readonly string[] | undefined>>;
const SIZES = [20, 50, 100] as const;

/** The table's state: in the address, or, for a table that is a part of a page, in memory. */
const useTableSearch = (inPage: boolean): [Search, (next: Search, replace?: boolean) => void] => {
  const navigate = useNavigate();
  const fromAddress = useSearch({ strict: false }) as Search;
  const [own, setOwn] = useState<Search>({});
  return inPage
    ? [own, (next) => setOwn(next)]
    : [
        fromAddress,
        (next, replace = false) => {
          void navigate({ to: '.', search: next as never, replace });
        },
      ];
};

const textOf = (value: Search[string]): string => (Array.isArray(value) ? (value[0] ?? '') : ((value as string | undefined) ?? ''));
const listOf = (value: Search[string]): string[] =>
  value === undefined || value === '' ? [] : Array.isArray(value) ? [...value] : [value as string];

type Props<E extends ListEndpoint> = {
  readonly endpoint: E;
  readonly columns: readonly Column<RowOf<E>>[];
  readonly filters?: readonly Filter[];
  /** Parts of the query that the page decides; not shown and not in the address. */
  readonly fixedQuery?: Partial<z.input<E['query']>>;
  /** Parts of the path, e.g. the id of the record whose list this is. */
  readonly params?: z.input<E['params']>;
  readonly onOpen?: (row: RowOf<E>) => void;
  readonly empty: { readonly title: string; readonly hint?: string; readonly action?: ReactNode };
  /** The export of the same list, with the columns that are shown; asks a reason first. */
  readonly exportWith?: AnyEndpoint | undefined;
  readonly selectable?: { readonly actions: (ids: readonly string[], clear: () => void) => ReactNode } | undefined;
  /** Buttons at the right of the toolbar. */
  readonly actions?: ReactNode;
  readonly rowKey?: (row: RowOf<E>) => string;
  /** Name of the list for what is remembered about it; the endpoint's id by default. */
  readonly name?: string;
  readonly inPage?: boolean;
  readonly rowClass?: (row: RowOf<E>) => string;
};

/** A list of records. Enter and a click open a row, j and k move, `/` goes to the first query field. */
export function RecordTable<E extends ListEndpoint>({
  endpoint,
  columns,
  filters = [],
  fixedQuery,
  params,
  onOpen,
  empty,
  exportWith,
  selectable,
  actions,
  rowKey = (row) => (row as { id: string }).id,
  name = endpoint.id,
  inPage = false,
  rowClass,
}: Props<E>) {
  type Row = RowOf<E>;
  const [search, setSearch] = useTableSearch(inPage);
  const limit = Number(textOf(search['limit'])) || recall<number>(`size.${name}`) || 20;
  const sort = textOf(search['sort']);
  const after = textOf(search['after']);
  const [trail, setTrail] = useState<readonly string[]>([]);
  const [more, setMore] = useState(false);
  const [hidden, setHidden] = useState<readonly string[]>(
    () => recall<string[]>(`hidden.${name}`) ?? columns.filter((c) => c.hidden).map((c) => c.key),
  );
  const [density, setDensity] = useState<'middle' | 'small'>(() => recall<'middle' | 'small'>('density') ?? 'middle');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const [active, setActive] = useState(-1);
  const [exporting, setExporting] = useState(false);
  const box = useRef<HTMLDivElement>(null);

  const chosen = useMemo(() => {
    const out: Record<string, string | string[]> = {};
    for (const f of filters) {
      const value = f.kind === 'multi' ? listOf(search[f.key]) : textOf(search[f.key]);
      if (value.length > 0) out[f.key] = value;
    }
    return out;
  }, [filters, search]);

  const query = { ...chosen, ...(sort === '' ? {} : { sort }), ...fixedQuery, limit, ...(after === '' ? { count: 'yes' } : { after }) };
  const given = { query, ...(params === undefined ? {} : { params }) } as unknown as Pick<Given<E>, 'params' | 'query'>;
  const found = useQuery({ ...queryOf(endpoint, given), placeholderData: keepPreviousData });
  const reply = found.data as { rows: Row[]; next: string | null; count: number | null } | undefined;
  const rows = reply?.rows ?? [];
  const [count, setCount] = useState<number | null>(null);
  useEffect(() => {
    if (reply?.count !== null && reply?.count !== undefined) setCount(reply.count);
  }, [reply]);

  const put = (changes: Search) => {
    const next: Record<string, Search[string]> = { ...search, ...changes, after: undefined };
    setTrail([]);
    setSelected([]);
    setActive(-1);
    setSearch(next);
  };
  const goNext = () => {
    if (reply?.next === null || reply === undefined) return;
    setTrail([...trail, after]);
    setActive(-1);
    setSearch({ ...search, after: reply.next });
  };
  const goBack = () => {
    const before = trail.at(-1) ?? '';
    setTrail(trail.slice(0, -1));
    setActive(-1);
    setSearch({ ...search, after: before === '' ? undefined : before });
  };

  // Keys of the list; typing in a field and open dialogs come first.
  useEffect(() => {
    if (inPage) return;
    const onKey = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement;
      if (e.ctrlKey || e.metaKey || e.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName) || at.isContentEditable) return;
      if (document.querySelector('.ant-modal-wrap:not([style*="display: none"]), .ant-drawer-open') !== null) return;
      if (e.key === '/') {
        const first = box.current?.querySelector<HTMLInputElement>('.jy-query input');
        if (first) {
          e.preventDefault();
          first.focus();
        }
      } else if (e.key === 'j' || e.key === 'k') {
        setActive((now) => Math.max(0, Math.min(rows.length - 1, now + (e.key === 'j' ? 1 : -1))));
      } else if (e.key === 'Enter' && active >= 0 && at.tagName !== 'BUTTON' && at.tagName !== 'A') {
        const row = rows[active];
        if (row !== undefined) onOpen?.(row);
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [rows, active, onOpen, inPage]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row that became active is what this waits for
  useEffect(() => {
    box.current?.querySelector('.jy-row-active')?.scrollIntoView({ block: 'nearest' });
  }, [active]);

  // A list without anything to press must still be scrolled sideways by keys.
  useEffect(() => {
    if (onOpen === undefined) box.current?.querySelector('.ant-table-content')?.setAttribute('tabindex', '0');
  });

  const shownColumns = columns.filter((c) => !hidden.includes(c.key));
  const tableColumns: ColumnsType<Row> = shownColumns.map((c, i) => ({
    key: c.key,
    title:
      c.sort === undefined ? (
        c.title
      ) : (
        <button
          type="button"
          className="jy-sort"
          aria-pressed={sort === c.sort}
          title={sort === c.sort ? '取消按此排序' : '按此排序'}
          onClick={() => put({ sort: sort === c.sort ? undefined : c.sort })}
        >
          {c.title}
          <span aria-hidden="true">{sort === c.sort ? ' ↓' : ' ↕'}</span>
        </button>
      ),
    ...(c.width === undefined ? {} : { width: c.width }),
    ...(c.align === undefined ? {} : { align: c.align }),
    ...(c.ellipsis === true ? { ellipsis: true } : {}),
    ...(i === 0 ? { fixed: 'start' as const } : c.title === '操作' ? { fixed: 'end' as const } : {}),
    ...labelOf(c.title),
    ...(c.sort === undefined ? {} : { onHeaderCell: () => ({ className: 'jy-sortable' }) }),
    render: (_: unknown, row: Row) =>
      i === 0 && onOpen !== undefined ? (
        <button
          type="button"
          className="jy-link-button jy-open"
          onClick={(e) => {
            e.stopPropagation();
            onOpen(row);
          }}
        >
          {c.render(row)}
        </button>
      ) : (
        c.render(row)
      ),
  }));

  const [viewing, setViewing] = useState(false);
  const conditions = Object.fromEntries(
    Object.entries({ ...chosen, ...(sort === '' ? {} : { sort }) }).filter(([key]) =>
      filters.every((f) => f.key !== key || f.kind !== 'sealed'),
    ),
  );
  const hide = (next: readonly string[]) => {
    setHidden(next);
    remember(`hidden.${name}`, next);
  };
  const use = (view: View) => {
    setViewing(false);
    hide(view.hidden);
    put({ ...Object.fromEntries(filters.map((f) => [f.key, undefined])), sort: undefined, ...view.search });
  };

  const filtered = Object.keys(chosen).length > 0;
  const goneBad = found.error instanceof ApiError && found.error.kind === 'invalid' && after !== '';
  return (
    <div ref={box} className="jy-table">
      {filters.length > 0 && <QueryForm filters={filters} chosen={chosen} more={more} onMore={setMore} onQuery={put} />}
      <div className="jy-toolbar">
        <span className="jy-secondary" aria-live="polite">
          {count === null ? '' : count >= 1000 ? '共 1000+ 条' : `共 ${count} 条`}
          {filtered && '（已筛选）'}
        </span>
        <span className="jy-grow" />
        {actions}
        {exportWith !== undefined && (
          <Button icon={<DownloadOutlined aria-hidden />} onClick={() => setExporting(true)} disabled={rows.length === 0}>
            导出
          </Button>
        )}
        {filters.length > 0 && (
          <Popover
            trigger="click"
            placement="bottomRight"
            title="我的视图"
            open={viewing}
            onOpenChange={setViewing}
            destroyOnHidden
            content={
              <Suspense fallback={<Skeleton active paragraph={{ rows: 2 }} title={false} />}>
                <SavedViews
                  list={name}
                  now={{ search: conditions, hidden: [...hidden] }}
                  leavesOut={filters.some((f) => f.kind === 'sealed' && chosen[f.key] !== undefined)}
                  onUse={use}
                />
              </Suspense>
            }
          >
            <Button>视图</Button>
          </Popover>
        )}
        <Tooltip title="刷新">
          <Button aria-label="刷新" icon={<ReloadOutlined />} onClick={() => void found.refetch()} />
        </Tooltip>
        <Popover
          trigger="click"
          placement="bottomRight"
          title="列与行距"
          content={
            <div className="jy-popover-form">
              <Checkbox.Group
                aria-label="显示的列"
                value={shownColumns.map((c) => c.key)}
                onChange={(keys) => {
                  hide(columns.filter((c, i) => i > 0 && !(keys as string[]).includes(c.key)).map((c) => c.key));
                }}
                options={columns.map((c, i) => ({ value: c.key, label: c.title, disabled: i === 0 }))}
                className="jy-column-choice"
              />
              <Radio.Group
                aria-label="行距"
                value={density}
                onChange={(e) => {
                  setDensity(e.target.value as 'middle' | 'small');
                  remember('density', e.target.value);
                }}
                options={[
                  { value: 'middle', label: '适中' },
                  { value: 'small', label: '紧凑' },
                ]}
              />
            </div>
          }
        >
          <Button aria-label="列与行距" icon={<SettingOutlined />} />
        </Popover>
      </div>
      {selectable !== undefined && selected.length > 0 && (
        <div className="jy-selected" role="status">
          <span>已选 {selected.length} 条</span>
          {selectable.actions(selected, () => setSelected([]))}
          <Button type="link" onClick={() => setSelected([])}>
            取消选择
          </Button>
        </div>
      )}
      {found.isError && !found.isPlaceholderData && reply === undefined ? (
        <RefusalNotice error={found.error} onRetry={() => (goneBad ? put({}) : void found.refetch())} />
      ) : found.isPending ? (
        <div className="jy-card" aria-busy="true">
          <Skeleton active paragraph={{ rows: 8 }} title={false} />
        </div>
      ) : rows.length === 0 ? (
        filtered || after !== '' ? (
          <EmptyState
            title="没有符合条件的记录"
            hint="可以放宽条件再查。"
            action={<Button onClick={() => put(Object.fromEntries(filters.map((f) => [f.key, undefined])))}>清除条件</Button>}
          />
        ) : (
          <EmptyState {...empty} />
        )
      ) : (
        <>
          <Table<Row>
            className="jy-cards"
            size={density}
            columns={tableColumns}
            dataSource={rows}
            rowKey={rowKey}
            pagination={false}
            loading={found.isFetching && found.isPlaceholderData}
            scroll={{ x: 'max-content' }}
            rowClassName={(row, i) =>
              [i === active ? 'jy-row-active' : '', onOpen === undefined ? '' : 'jy-row-opens', rowClass?.(row) ?? '']
                .filter(Boolean)
                .join(' ')
            }
            onRow={(row) =>
              onOpen === undefined
                ? {}
                : {
                    onClick: (e) => {
                      if (!(e.target as HTMLElement).closest('a,button,input,label')) onOpen(row);
                    },
                  }
            }
            {...(selectable === undefined
              ? {}
              : { rowSelection: { selectedRowKeys: [...selected], onChange: (keys: React.Key[]) => setSelected(keys.map(String)) } })}
          />
          <div className="jy-paging">
            <Select
              aria-label="每页条数"
              value={limit}
              onChange={(size) => {
                remember(`size.${name}`, size);
                put({ limit: String(size) });
              }}
              options={SIZES.map((s) => ({ value: s, label: `每页 ${s} 条` }))}
            />
            <Button disabled={after === ''} onClick={() => (trail.length === 0 ? put({}) : goBack())}>
              {trail.length === 0 && after !== '' ? '回到第一页' : '上一页'}
            </Button>
            <Button disabled={reply === undefined || reply.next === null} onClick={goNext}>
              下一页
            </Button>
          </div>
        </>
      )}
      {exportWith !== undefined && (
        <ExportDialog
          open={exporting}
          onClose={() => setExporting(false)}
          endpoint={exportWith}
          query={{ ...chosen, ...(sort === '' ? {} : { sort }), ...fixedQuery, ...(hidden.length === 0 ? {} : { leave: hidden }) }}
        />
      )}
    </div>
  );
}

function QueryForm({
  filters,
  chosen,
  more,
  onMore,
  onQuery,
}: {
  readonly filters: readonly Filter[];
  readonly chosen: Readonly<Record<string, string | string[]>>;
  readonly more: boolean;
  readonly onMore: (more: boolean) => void;
  readonly onQuery: (search: Search) => void;
}) {
  const [typed, setTyped] = useState<Search>(chosen);
  // The form follows the address when that changes from outside: back, a shared link.
  const inAddress = JSON.stringify(chosen);
  useEffect(() => setTyped(JSON.parse(inAddress) as Search), [inAddress]);
  // In one hand the list itself comes first: one field, the others on demand.
  const narrow = useNarrow();
  const firstOnes = narrow ? 1 : filters.length <= 4 ? filters.length : 3;
  const hasHidden = filters.slice(firstOnes).some((f) => chosen[f.key] !== undefined);
  const open = more || hasHidden;
  const shown = open ? filters : filters.slice(0, firstOnes);
  const messages = useMessages();
  const query = async (next: Search) => {
    const out: Record<string, Search[string]> = { ...next };
    try {
      for (const f of filters) {
        const value = textOf(next[f.key]);
        if (f.kind === 'sealed' && value !== '' && value !== chosen[f.key]) out[f.key] = await seal(value);
      }
    } catch (error) {
      messages.error(error instanceof ApiError ? error.sentence : '没有查成，请再试一次');
      return;
    }
    onQuery(out);
  };
  const put = (key: string, value: Search[string], now = false) => {
    const next = { ...typed, [key]: value };
    setTyped(next);
    if (now) void query(next);
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: older kernels do not know the search element
    <form
      className="jy-query"
      role="search"
      onSubmit={(e) => {
        e.preventDefault();
        void query(typed);
      }}
    >
      {shown.map((f) => {
        const id = `query-${f.key}`;
        return (
          <div key={f.key} className="jy-query-field">
            <label htmlFor={id}>{f.label}</label>
            {f.picker !== undefined ? (
              f.picker({ id, value: textOf(typed[f.key]) || null, onChange: (v) => put(f.key, v ?? undefined, true) })
            ) : f.kind === 'text' || f.kind === 'sealed' ? (
              <Input
                id={id}
                allowClear
                autoComplete="off"
                placeholder={f.kind === 'sealed' && textOf(typed[f.key]) !== '' ? '按先前填写的内容查找' : f.placeholder}
                value={f.kind === 'sealed' ? unsealed(textOf(typed[f.key])) : textOf(typed[f.key])}
                onChange={(e) => put(f.key, e.target.value === '' ? undefined : e.target.value)}
              />
            ) : f.kind === 'date' ? (
              <Suspense fallback={<Input id={id} disabled />}>
                <DayInput id={id} value={textOf(typed[f.key]) || null} onChange={(d) => put(f.key, d ?? undefined)} />
              </Suspense>
            ) : (
              <Select
                id={id}
                allowClear
                placeholder={f.placeholder ?? '全部'}
                {...(f.kind === 'multi' ? { mode: 'multiple' as const, maxTagCount: 'responsive' as const } : {})}
                value={f.kind === 'multi' ? listOf(typed[f.key]) : textOf(typed[f.key]) || undefined}
                onChange={(v: string | string[] | undefined) => put(f.key, v, f.kind === 'select')}
                {...(f.kind === 'multi'
                  ? {
                      onOpenChange: (isOpen: boolean) => {
                        if (!isOpen && JSON.stringify(typed) !== JSON.stringify(chosen)) void query(typed);
                      },
                    }
                  : {})}
                options={[...(f.options ?? [])]}
                style={{ width: '100%' }}
              />
            )}
          </div>
        );
      })}
      <div className="jy-query-buttons">
        <Button type="primary" htmlType="submit">
          查询
        </Button>
        <Button
          onClick={() => {
            const none = Object.fromEntries(filters.map((f) => [f.key, undefined]));
            setTyped(none);
            onQuery(none);
          }}
        >
          重置
        </Button>
        {filters.length > firstOnes && (
          <Button
            type="link"
            icon={open ? <UpOutlined /> : <DownOutlined />}
            iconPlacement="end"
            onClick={() => onMore(!open)}
            disabled={hasHidden}
          >
            {open ? '收起' : '展开'}
          </Button>
        )}
      </div>
    </form>
  );
}
