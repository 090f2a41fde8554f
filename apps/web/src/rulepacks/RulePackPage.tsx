import { draftRules, listRuleDrafts, listRulePacks, readRulePack } from '@jieyou/core/rulepacks/endpoints.ts';
import { ruleDraftStatusLabels } from '@jieyou/core/texts/rulepacksLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay } from '../house/format.ts';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { wordsOfValue } from './values.ts';

/** The figures that the platform reckons with: versions, values, and where each comes from. */
export default function RulePackPage() {
  const search = useSearch({ strict: false }) as { pack?: string };
  const navigate = useNavigate();
  const found = useQuery(queryOf(listRulePacks));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const packs = found.data.rows;
  // One entry a code; its versions are chosen within.
  const codes = [...new Map(packs.map((p) => [p.code, p.title])).entries()];
  const chosen = packs.find((p) => p.id === search.pack) ?? packs.find((p) => p.inForce) ?? packs[0];
  const open = (pack: string) => void navigate({ to: '/rules', search: { pack } as never });
  return (
    <Page title="规则" says="平台按这些数值计算。每个数值都写明出处；没有出处的，是本平台默认，可以按地方规定调整。">
      {chosen === undefined ? (
        <EmptyState title="还没有规则包" />
      ) : (
        <>
          <nav className="jy-chips" aria-label="规则包">
            {codes.map(([code, title]) => (
              <button
                key={code}
                type="button"
                aria-pressed={chosen.code === code}
                onClick={() => {
                  const first = packs.find((p) => p.code === code && p.inForce) ?? packs.find((p) => p.code === code);
                  if (first !== undefined) open(first.id);
                }}
              >
                {title}
              </button>
            ))}
          </nav>
          <Drafts code={chosen.code} inForce={packs.find((p) => p.code === chosen.code && p.inForce)?.id} />
          <Pack id={chosen.id} versions={packs.filter((p) => p.code === chosen.code)} onOpen={open} />
        </>
      )}
    </Page>
  );
}

/** New versions under way and how earlier ones came to be; only for those who draft and decide. */
function Drafts({ code, inForce }: { readonly code: string; readonly inForce: string | undefined }) {
  const drafts = useCan('centre', 'officer');
  const navigate = useNavigate();
  const found = useQuery({ ...queryOf(listRuleDrafts, { query: { code, limit: 20 } }), enabled: drafts });
  const draft = useAct(draftRules);
  const [error, setError] = useState<unknown>(null);
  if (!drafts) return null;
  const rows = found.data?.rows ?? [];
  const live = rows.some((r) => r.status === 'draft' || r.status === 'submitted');
  return (
    <Card
      title="新版本"
      actions={
        live || inForce === undefined ? null : (
          <Button
            loading={draft.isPending}
            onClick={() => {
              draft.mutateAsync({ params: { id: inForce } }).then(
                (made) => void navigate({ to: '/rules/drafts/$id', params: { id: made.id } }),
                (e: unknown) => setError(e),
              );
            }}
          >
            起草新版本
          </Button>
        )
      }
    >
      <RefusalNotice error={error} />
      {rows.length === 0 ? <p className="jy-secondary">还没有草稿。新版本从现行版本起草，由主管部门的另一位批准。</p> : null}
      <ul>
        {rows.map((r) => (
          <li key={r.id}>
            <Link to="/rules/drafts/$id" params={{ id: r.id }}>
              {ruleDraftStatusLabels[r.status]}
              {r.issuedVersion === null ? '' : ` ${r.issuedVersion}`}
            </Link>{' '}
            <span className="jy-secondary">
              {r.authorName}起草{r.effectiveFrom === null ? '' : `，${formatDay(r.effectiveFrom)} 起`}
              {r.decidedByName === null ? '' : `，${r.decidedByName}经办`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Pack({
  id,
  versions,
  onOpen,
}: {
  readonly id: string;
  readonly versions: readonly { id: string; version: string; inForce: boolean; effectiveFrom: string; effectiveTo: string | null }[];
  readonly onOpen: (id: string) => void;
}) {
  const found = useQuery(queryOf(readRulePack, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const pack = found.data;
  return (
    <Card
      title={pack.title}
      actions={
        <Select
          aria-label="版本"
          value={id}
          onChange={onOpen}
          popupMatchSelectWidth={false}
          options={versions.map((v) => ({ value: v.id, label: `版本 ${v.version}${v.inForce ? '（现行）' : ''}` }))}
        />
      }
    >
      <p className="jy-secondary" style={{ marginBottom: 12 }}>
        适用于{pack.divisionName}，{formatDay(pack.effectiveFrom)} 起
        {pack.effectiveTo === null ? '' : `，至 ${formatDay(pack.effectiveTo)}`}。
        {pack.inForce ? <StatusTag tone="moving">现行</StatusTag> : <StatusTag tone="rest">不在施行期</StatusTag>}
      </p>
      <CardTable
        rowKey="key"
        size="small"
        dataSource={pack.values}
        columns={[
          { title: '规则', render: (_, v) => v.label },
          { title: '数值', render: (_, v) => <strong>{wordsOfValue(v.value, v.unit)}</strong> },
          {
            title: '出处',
            render: (_, v) =>
              v.isOurs ? (
                <>
                  <StatusTag tone="needs">本平台默认</StatusTag> <span className="jy-secondary">{v.source}</span>
                </>
              ) : (
                v.source
              ),
          },
        ]}
      />
    </Card>
  );
}
