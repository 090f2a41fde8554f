import { caseDomainLabels, helpFieldLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Checkbox, Input, Skeleton, Tag } from 'antd';
import { useEffect, useState } from 'react';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay } from '../house/format.ts';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';
import './casebank.css';
import { SelectSeveral } from '../house/several.tsx';
import { Marked } from './Marked.tsx';
import { type BankSearch, useBank } from './queries.ts';

type Address = {
  readonly text?: string;
  readonly domain?: string | string[];
  readonly helpField?: string | string[];
  readonly method?: string;
  readonly excellent?: string;
  readonly ours?: string;
  readonly releasedUntil?: string;
};

const several = (value: string | string[] | undefined): string[] => (value === undefined ? [] : Array.isArray(value) ? value : [value]);

/** The case bank: what others have done in cases like this one. */
export default function BankPage() {
  const address = useSearch({ strict: false }) as Address;
  const navigate = useNavigate();
  const mayDraft = useCan('centre');
  const [text, setText] = useState(address.text ?? '');
  const [method, setMethod] = useState(address.method ?? '');
  const short = text.trim().length === 1;

  const search: BankSearch = {
    ...((address.text ?? '').length >= 2 ? { text: address.text as string } : {}),
    ...(several(address.domain).length === 0 ? {} : { domain: several(address.domain) }),
    ...(several(address.helpField).length === 0 ? {} : { helpField: several(address.helpField) }),
    ...(address.method ? { method: address.method } : {}),
    ...(address.excellent === 'yes' ? { excellent: 'yes' as const } : {}),
    ...(address.ours === 'yes' ? { ours: 'yes' as const } : {}),
    ...(address.releasedUntil === undefined ? {} : { releasedUntil: address.releasedUntil }),
  };
  const found = useBank(search);
  const put = (changes: Record<string, string | string[] | undefined>) =>
    void navigate({ to: '.', search: { ...address, ...changes } as never, replace: true });

  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      const at = e.target as HTMLElement;
      if (e.key === '/' && !/^(INPUT|TEXTAREA)$/.test(at.tagName)) {
        e.preventDefault();
        document.getElementById('bank-text')?.focus();
      }
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const rows = found.data?.pages.flatMap((p) => p.rows) ?? [];
  const count = found.data?.pages[0]?.count ?? null;
  const searching = Object.keys(search).length > 0;
  return (
    <Page
      title="案例库"
      says="同行做过的个案，已隐去个人信息。"
      actions={mayDraft ? <Button onClick={() => void navigate({ to: '/casebank/drafts' })}>案例草稿</Button> : undefined}
    >
      <form
        className="rd-bar"
        onSubmit={(e) => {
          e.preventDefault();
          if (!short) put({ text: text.trim() || undefined, method: method.trim() || undefined });
        }}
      >
        <div>
          <Input
            id="bank-text"
            aria-label="按文字查找"
            placeholder="查找文字，如：债务、哀伤、复学"
            value={text}
            onChange={(e) => setText(e.target.value)}
            allowClear
            maxLength={40}
            status={short ? 'error' : ''}
            style={{ width: 280 }}
          />
        </div>
        <SelectSeveral
          aria-label="问题领域"
          allowClear
          placeholder="问题领域"
          maxTagCount="responsive"
          style={{ width: 200 }}
          value={several(address.domain)}
          onChange={(value: string[]) => put({ domain: value.length === 0 ? undefined : value })}
          options={optionsOf(caseDomainLabels)}
        />
        <SelectSeveral
          aria-label="所需专业"
          allowClear
          placeholder="所需专业"
          maxTagCount="responsive"
          style={{ width: 160 }}
          value={several(address.helpField)}
          onChange={(value: string[]) => put({ helpField: value.length === 0 ? undefined : value })}
          options={optionsOf(helpFieldLabels)}
        />
        <Input
          aria-label="工作方法"
          placeholder="工作方法"
          value={method}
          onChange={(e) => setMethod(e.target.value)}
          allowClear
          maxLength={20}
          style={{ width: 160 }}
        />
        <Checkbox checked={address.excellent === 'yes'} onChange={(e) => put({ excellent: e.target.checked ? 'yes' : undefined })}>
          只看优秀
        </Checkbox>
        <Checkbox checked={address.ours === 'yes'} onChange={(e) => put({ ours: e.target.checked ? 'yes' : undefined })}>
          只看本区
        </Checkbox>
        {address.releasedUntil === undefined ? null : (
          <Tag closable onClose={() => put({ releasedUntil: undefined })}>
            {formatDay(address.releasedUntil)}及以前发布
          </Tag>
        )}
        <Button type="primary" htmlType="submit">
          查找
        </Button>
        {searching ? (
          <Button
            onClick={() => {
              setText('');
              setMethod('');
              void navigate({ to: '.', search: {} as never, replace: true });
            }}
          >
            重置
          </Button>
        ) : null}
      </form>
      {short ? (
        <div className="rd-error" role="alert">
          请至少输入两个字
        </div>
      ) : null}
      {found.error !== null ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <div className="jy-card">
          <Skeleton active paragraph={{ rows: 6 }} />
        </div>
      ) : rows.length === 0 ? (
        searching ? (
          <EmptyState title="没有找到这样的案例" hint="换个说法，或放宽条件再查。" />
        ) : (
          <EmptyState title="案例库还是空的" hint="支援结束后，支援中心会把个案整理成隐去个人信息的案例，发布在这里。" />
        )
      ) : (
        <>
          <p className="rd-quiet" aria-live="polite">
            {searching ? '找到' : '共'} {count ?? rows.length} 个案例
          </p>
          <ul className="rd-plain bank-list" aria-busy={found.isFetching}>
            {rows.map((r) => (
              <li key={r.id} className="jy-card">
                <h2>
                  <Link to="/casebank/$id" params={{ id: r.id }} search={(search.text === undefined ? {} : { find: search.text }) as never}>
                    <Marked text={r.title} find={search.text ?? ''} />
                  </Link>
                </h2>
                <p className="bank-snippet">
                  <Marked text={r.snippet} find={search.text ?? ''} />
                </p>
                <div className="rd-quiet">
                  {r.number}　{r.year} 年　{caseDomainLabels[r.domain]}　{r.helpFields.map((f) => helpFieldLabels[f]).join('、')}
                </div>
                <div className="bank-methods">
                  {r.award === null ? null : <Tag className="bank-award">优秀 · {r.award}</Tag>}
                  {r.methods.map((m) => (
                    <Tag key={m}>{m}</Tag>
                  ))}
                </div>
              </li>
            ))}
          </ul>
          {found.hasNextPage ? (
            <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              看更多
            </Button>
          ) : null}
        </>
      )}
    </Page>
  );
}
