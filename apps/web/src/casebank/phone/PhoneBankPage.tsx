import { caseDomainLabels, helpFieldLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd-mobile';
import { useState } from 'react';
import { EmptyState } from '../../house/EmptyState.tsx';
import { PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { Marked } from '../Marked.tsx';
import { useBank } from '../queries.ts';

type Address = { readonly text?: string; readonly domain?: string };

/** The case bank on the phone: two characters or a domain, then read. */
export default function PhoneBankPage() {
  const address = useSearch({ strict: false }) as Address;
  const navigate = useNavigate();
  const [typed, setTyped] = useState(address.text ?? '');
  const [short, setShort] = useState(false);
  const text = (address.text ?? '').length >= 2 ? (address.text as string) : '';
  const domain = address.domain ?? '';
  const found = useBank({ ...(text === '' ? {} : { text }), ...(domain === '' ? {} : { domain: [domain] }) });
  const put = (next: Address) => void navigate({ to: '/bank', search: next as never, replace: true });
  const rows = found.data?.pages.flatMap((p) => p.rows) ?? [];
  const searching = text !== '' || domain !== '';
  return (
    <PhonePage title="案例库">
      <form
        className="ph-search"
        onSubmit={(e) => {
          e.preventDefault();
          const next = typed.trim();
          setShort(next.length === 1);
          if (next.length !== 1) put({ ...(next === '' ? {} : { text: next }), ...(domain === '' ? {} : { domain }) });
        }}
      >
        <div className="ph-field">
          <label htmlFor="bank-text">查找文字</label>
          <input
            id="bank-text"
            className="ph-input"
            type="search"
            enterKeyHint="search"
            maxLength={40}
            placeholder="两个字起，如：债务、复学"
            value={typed}
            onChange={(e) => {
              setTyped(e.target.value);
              setShort(false);
            }}
          />
          {short ? (
            <div className="rd-error" role="alert">
              请至少输入两个字
            </div>
          ) : null}
        </div>
        <div className="ph-field">
          <label htmlFor="bank-domain">问题领域</label>
          <select
            id="bank-domain"
            className="ph-input"
            value={domain}
            onChange={(e) => put({ ...(text === '' ? {} : { text }), ...(e.target.value === '' ? {} : { domain: e.target.value }) })}
          >
            <option value="">全部领域</option>
            {optionsOf(caseDomainLabels).map((o) => (
              <option key={o.value} value={o.value}>
                {o.label}
              </option>
            ))}
          </select>
        </div>
        <Button block color="primary" type="submit">
          查找
        </Button>
      </form>
      {found.error !== null ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton.Paragraph lineCount={6} animated />
      ) : rows.length === 0 ? (
        searching ? (
          <EmptyState title="没有找到这样的案例" hint="换个说法，或放宽条件再查。" />
        ) : (
          <EmptyState title="案例库还是空的" hint="支援结束后，支援中心整理出的案例会出现在这里。" />
        )
      ) : (
        <>
          <p className="rd-quiet" aria-live="polite">
            {searching ? '找到' : '共'} {found.data?.pages[0]?.count ?? rows.length} 个案例
          </p>
          {rows.map((r) => (
            <Link key={r.id} className="ph-item" to="/bank/$id" params={{ id: r.id }} search={(text === '' ? {} : { find: text }) as never}>
              <strong>
                <Marked text={r.title} find={text} />
              </strong>
              <div>
                <Marked text={r.snippet} find={text} />
              </div>
              <div className="rd-quiet">
                {r.year} 年　{caseDomainLabels[r.domain]}　{r.helpFields.map((f) => helpFieldLabels[f]).join('、')}
              </div>
            </Link>
          ))}
          {found.hasNextPage ? (
            <Button block loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
              看更多
            </Button>
          ) : null}
        </>
      )}
    </PhonePage>
  );
}
