import { readResource } from '@jieyou/core/resources/endpoints.ts';
import { helpFieldLabels, issuingTierLabels, resourceKindLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { queryOf } from '../house/ask.ts';
import { formatDay } from '../house/format.ts';
import { Card, Facts } from '../house/Page.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** One policy or resource: for whom, on what conditions, with which papers, where. */
export default function ResourcePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const keeps = useCan('centre');
  const found = useQuery(queryOf(readResource, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const r = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '政策与资源', to: '/resources' }]}
      title={r.name}
      status={r.valid ? <StatusTag tone="moving">有效</StatusTag> : <StatusTag tone="rest">不在有效期</StatusTag>}
      meta={[`${resourceKindLabels[r.kind]} · ${r.category}`, `${issuingTierLabels[r.issuingTier]} · ${r.divisionName}`]}
      next={
        <>
          <p>
            <span className="jy-secondary">找谁办</span>
            <br />
            {r.authority}
            {r.phone !== null && (
              <>
                <br />
                <a href={`tel:${r.phone}`}>{r.phone}</a>
              </>
            )}
          </p>
          {keeps && <Button onClick={() => void navigate({ to: `/resources/${id}/edit` })}>修改</Button>}
        </>
      }
    >
      <Card title="内容">
        <p className="jy-long">{r.summary}</p>
      </Card>
      <Card title="谁可以申请">
        <p className="jy-long">{r.audience}</p>
        <h3 style={{ marginTop: 12 }}>条件</h3>
        <p className="jy-long">{r.conditions}</p>
        <h3 style={{ marginTop: 12 }}>要带的材料</h3>
        {r.materials.length === 0 ? (
          <p className="jy-secondary">不需要材料，或到现场再说明。</p>
        ) : (
          <ul className="jy-seen-by">
            {r.materials.map((m) => (
              <li key={m}>{m}</li>
            ))}
          </ul>
        )}
      </Card>
      <Card title="出处">
        <Facts
          rows={[
            ['专业', r.helpFields.map((f) => helpFieldLabels[f]).join('、')],
            ['有效期', `${formatDay(r.validFrom)} 至 ${r.validTo === null ? '长期' : formatDay(r.validTo)}`],
            ['来源', r.source],
          ]}
        />
      </Card>
    </RecordPage>
  );
}
