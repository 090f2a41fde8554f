import { listRulePacks, readRulePack } from '@jieyou/core/rulepacks/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { queryOf } from './ask.ts';
import { formatDay } from './format.ts';

/** The notice (告知书) that holds on a day, to be read out before somebody agrees. */
export function NoticeOn({ day }: { readonly day: string | undefined }) {
  const packs = useQuery(queryOf(listRulePacks));
  const pack = packs.data?.rows.find(
    (p) => p.code === 'notice' && day !== undefined && p.effectiveFrom <= day && (p.effectiveTo === null || p.effectiveTo >= day),
  );
  const read = useQuery({ ...queryOf(readRulePack, { params: { id: pack?.id ?? '' } }), enabled: pack !== undefined });
  if (packs.data === undefined) return null;
  if (pack === undefined) return <p className="jy-secondary jy-wide">这一天还没有告知书。</p>;
  return (
    <details className="rd-more jy-wide">
      <summary>
        告知书（{pack.version} 版，{formatDay(pack.effectiveFrom)}起）
      </summary>
      <dl>
        {(read.data?.values ?? []).map((v) => (
          <div key={v.key} className="rd-passage">
            <dt>
              <strong>{v.label}</strong>
            </dt>
            <dd style={{ margin: 0 }}>
              {String(v.value)}
              <span className="rd-quiet">　{v.source}</span>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

/** On which notice a consent rests. */
export function RestsOn({ consent }: { readonly consent: { readonly noticeId: string | null; readonly noticeVersion: string | null } }) {
  if (consent.noticeId === null) return <>当时的告知书没有登记</>;
  return (
    <>
      按
      <Link to="/rules" search={{ pack: consent.noticeId } as never}>
        告知书 {consent.noticeVersion} 版
      </Link>
      告知
    </>
  );
}
