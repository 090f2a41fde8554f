import { draftRules, listRuleDrafts, listRulePacks, readRulePack } from '@jieyou/core/rulepacks/endpoints.ts';
import { ruleDraftStatusLabels } from '@jieyou/core/texts/rulepacksLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Button, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import type { Answer } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { formatDay, shortDay, today } from '../house/format.ts';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import '../house/reading.css';
import { sameValue, wordsOfValue } from './values.ts';

type Version = Answer<typeof listRulePacks>['rows'][number];

/** How a version stands today, beside its name. */
const standing = (v: Version): string => (v.inForce ? '现行' : v.effectiveFrom > today() ? `${shortDay(v.effectiveFrom)}起` : '以前的版本');

/** The figures that the platform reckons with: versions, values, and where each comes from. */
export default function RulePackPage() {
  const search = useSearch({ strict: false }) as { pack?: string; code?: string };
  const navigate = useNavigate();
  const found = useQuery(queryOf(listRulePacks));
  const says = '平台按这些数值计算。每个数值都写明出处；没有出处的，是本平台默认，可以按地方规定调整。';
  if (found.isError) {
    return (
      <Page title="规则" says={says}>
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (found.isPending) {
    return (
      <Page title="规则" says={says}>
        <Skeleton active paragraph={{ rows: 8 }} />
      </Page>
    );
  }
  const packs = found.data.rows;
  // One entry a code; its versions are chosen within.
  const codes = [...new Map(packs.map((p) => [p.code, p.title])).entries()];
  const inForceOf = (code: string) => packs.find((p) => p.code === code && p.inForce) ?? packs.find((p) => p.code === code);
  const chosen = packs.find((p) => p.id === search.pack) ?? inForceOf(search.code ?? codes[0]?.[0] ?? '') ?? packs[0];
  const open = (pack: string) => void navigate({ to: '/rules', search: { pack } as never });
  return (
    <Page title="规则" says={says}>
      {chosen === undefined ? (
        <EmptyState title="还没有规则包" hint="规则随平台安装；没有的话，请告诉系统管理员。" />
      ) : (
        <>
          <UnderWay />
          <nav className="jy-chips" aria-label="规则包">
            {codes.map(([code, title]) => (
              <button
                key={code}
                type="button"
                aria-pressed={chosen.code === code}
                onClick={() => {
                  const first = inForceOf(code);
                  if (first !== undefined) open(first.id);
                }}
              >
                {title}
              </button>
            ))}
          </nav>
          <Pack id={chosen.id} versions={packs.filter((p) => p.code === chosen.code)} onOpen={open} />
          <Drafts code={chosen.code} inForce={packs.find((p) => p.code === chosen.code && p.inForce)?.id} />
        </>
      )}
    </Page>
  );
}

/** Drafts of all packs that somebody still has to finish or to approve; only for those who draft and decide. */
function UnderWay() {
  const drafts = useCan('centre', 'officer');
  const found = useQuery({ ...queryOf(listRuleDrafts, { query: { status: ['draft', 'submitted'], limit: 20 } }), enabled: drafts });
  const rows = found.data?.rows ?? [];
  if (!drafts || rows.length === 0) return null;
  return (
    <Card title={`进行中的新版本 ${rows.length} 份`}>
      <ul className="jy-rows">
        {rows.map((r) => (
          <li key={r.id}>
            <span>
              <Link to="/rules/drafts/$id" params={{ id: r.id }}>
                {r.title}
              </Link>
              {'　'}
              <StatusTag tone={r.status === 'submitted' ? 'needs' : 'moving'}>
                {r.status === 'draft' && r.returnedReason !== null ? '已退回，待修改' : ruleDraftStatusLabels[r.status]}
              </StatusTag>
            </span>
            <span className="jy-secondary">
              {r.authorName}起草{r.effectiveFrom === null ? '' : `，拟 ${formatDay(r.effectiveFrom)} 起施行`}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** How versions of one pack came to be, and the beginning of the next. */
function Drafts({ code, inForce }: { readonly code: string; readonly inForce: string | undefined }) {
  const drafts = useCan('centre', 'officer');
  const navigate = useNavigate();
  const found = useQuery({ ...queryOf(listRuleDrafts, { query: { code, limit: 20 } }), enabled: drafts });
  const draft = useAct(draftRules);
  const [error, setError] = useState<unknown>(null);
  if (!drafts) return null;
  const rows = found.data?.rows ?? [];
  const live = rows.find((r) => r.status === 'draft' || r.status === 'submitted');
  const over = rows.filter((r) => r !== live);
  return (
    <Card
      title="新版本"
      actions={
        live !== undefined || inForce === undefined ? null : (
          <Button
            type="primary"
            loading={draft.isPending}
            onClick={() => {
              setError(null);
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
      {live === undefined ? (
        <p className="jy-secondary">从现行版本起草，写明改动的出处和生效日期，由主管部门的另一位批准。</p>
      ) : (
        <p>
          有一份{ruleDraftStatusLabels[live.status]}的新版本：
          <Link to="/rules/drafts/$id" params={{ id: live.id }}>
            打开{live.authorName}的草稿
          </Link>
          。同一规则包一次只有一份。
        </p>
      )}
      {over.length === 0 ? null : (
        <ul className="jy-rows">
          {over.map((r) => (
            <li key={r.id}>
              <span>
                <Link to="/rules/drafts/$id" params={{ id: r.id }}>
                  {r.issuedVersion === null ? `${r.authorName}的草稿` : `${r.issuedVersion} 版的起草与批准`}
                </Link>
                　<StatusTag tone={r.status === 'issued' ? 'done' : 'rest'}>{ruleDraftStatusLabels[r.status]}</StatusTag>
              </span>
              <span className="jy-secondary">
                {r.authorName}起草{r.decidedByName === null ? '' : `，${r.decidedByName}${r.status === 'issued' ? '批准' : '经办'}`}
                {r.effectiveFrom === null || r.status !== 'issued' ? '' : `，${formatDay(r.effectiveFrom)} 起施行`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** What differs from the version before, in words. */
function Differences({ id, before }: { readonly id: string; readonly before: Version }) {
  const now = useQuery(queryOf(readRulePack, { params: { id } }));
  const was = useQuery(queryOf(readRulePack, { params: { id: before.id } }));
  if (now.data === undefined || was.data === undefined) return null;
  const earlier = new Map(was.data.values.map((v) => [v.key, v.value]));
  const changed = now.data.values.filter((v) => !sameValue(v.value, earlier.get(v.key)));
  if (changed.length === 0) return null;
  return (
    <div style={{ marginBottom: 12 }}>
      与 {before.version} 版相比，改动 {changed.length} 项：
      <ul className="jy-seen-by">
        {changed.map((v) => (
          <li key={v.key}>
            {v.label}：{wordsOfValue(earlier.get(v.key), v.unit)} 改为 {wordsOfValue(v.value, v.unit)}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Pack({
  id,
  versions,
  onOpen,
}: {
  readonly id: string;
  readonly versions: readonly Version[];
  readonly onOpen: (id: string) => void;
}) {
  const found = useQuery(queryOf(readRulePack, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const pack = found.data;
  const inTime = [...versions].sort((a, b) => a.effectiveFrom.localeCompare(b.effectiveFrom));
  const own = versions.find((v) => v.id === id);
  const before = inTime.filter((v) => v.effectiveFrom < pack.effectiveFrom).at(-1);
  const coming = inTime.find((v) => v.effectiveFrom > today());
  return (
    <Card
      title={pack.title}
      actions={
        <Select
          aria-label="版本"
          value={id}
          onChange={onOpen}
          popupMatchSelectWidth={false}
          options={[...inTime].reverse().map((v) => ({ value: v.id, label: `${v.version} 版（${standing(v)}）` }))}
        />
      }
    >
      <p className="jy-secondary" style={{ marginBottom: 12 }}>
        适用于{pack.divisionName}，{formatDay(pack.effectiveFrom)} 起
        {pack.effectiveTo === null ? '' : `，至 ${formatDay(pack.effectiveTo)}`}。{'　'}
        {own === undefined ? null : <StatusTag tone={pack.inForce ? 'moving' : 'rest'}>{standing(own)}</StatusTag>}
      </p>
      {pack.inForce && coming !== undefined ? (
        <p className="rd-needs" style={{ marginBottom: 12 }}>
          {formatDay(coming.effectiveFrom)} 起改按 {coming.version} 版计算。{' '}
          <button type="button" className="jy-link-button" onClick={() => onOpen(coming.id)}>
            看新版本
          </button>
        </p>
      ) : null}
      {before === undefined ? null : <Differences id={id} before={before} />}
      <CardTable
        rowKey="key"
        size="small"
        dataSource={pack.values}
        columns={[
          { title: '规则', render: (_, v) => v.label },
          { title: '数值', render: (_, v) => <strong>{wordsOfValue(v.value, v.unit)}</strong> },
          {
            title: '出处',
            render: (_, v) => (v.isOurs ? <span className="jy-secondary">{v.source}</span> : v.source),
          },
        ]}
      />
    </Card>
  );
}
