import { readResource } from '@jieyou/core/resources/endpoints.ts';
import { helpFieldLabels, issuingTierLabels, resourceKindLabels } from '@jieyou/core/texts/labels.ts';
import { policyTypeLabels } from '@jieyou/core/texts/resourceLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { formatDay, shortInstant } from '../house/format.ts';
import { Card, Facts } from '../house/Page.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { IntakeDialog, ReviewDialog } from './ResourceDialogs.tsx';
import { RulesInWords } from './RulesInWords.tsx';

/** One policy or resource: for whom, on what conditions, with which papers, where. */
export default function ResourcePage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const keeps = useCan('centre');
  const [act, setAct] = useState<'intake' | 'review' | null>(null);
  const found = useQuery(queryOf(readResource, { params: { id } }));
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const r = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '政策与资源', to: '/resources' }]}
      title={r.name}
      status={r.valid ? <StatusTag tone="moving">有效</StatusTag> : <StatusTag tone="rest">不在有效期</StatusTag>}
      meta={[
        `${resourceKindLabels[r.kind]} · ${r.category}${r.policyType === null ? '' : ` · ${policyTypeLabels[r.policyType]}`}`,
        `${issuingTierLabels[r.issuingTier]} · ${r.divisionName}`,
      ]}
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
          <p>
            <StatusTag tone={r.takes === 'yes' ? 'moving' : 'rest'}>{r.intakeSays}</StatusTag>
          </p>
          {keeps && (
            <div className="jy-actions">
              {r.needsReview && (
                <Button type="primary" onClick={() => setAct('review')}>
                  复核
                </Button>
              )}
              <Button onClick={() => setAct('intake')}>登记是否接收</Button>
              <Button onClick={() => void navigate({ to: `/resources/${id}/edit` })}>修改</Button>
            </div>
          )}
          {act === 'intake' && <IntakeDialog resource={r} onClose={() => setAct(null)} />}
          {act === 'review' && <ReviewDialog resource={r} onClose={() => setAct(null)} />}
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
        {r.eligibility !== null && (
          <>
            <h3 style={{ marginTop: 12 }}>按规则</h3>
            <RulesInWords rule={r.eligibility} />
          </>
        )}
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
            ['文号', r.documentNo],
            ['发文日期', r.documentOn === null ? null : formatDay(r.documentOn)],
            ['下次复核', r.reviewOn === null ? null : formatDay(r.reviewOn)],
            ['保管人', r.keeperName],
          ]}
        />
      </Card>
      {r.editions.length > 0 && (
        <Card title="规则的各个版本">
          {r.editions.map((edition) => (
            <details key={edition.version}>
              <summary>
                第 {edition.version} 版　{shortInstant(edition.at)}　{edition.byName ?? ''}
              </summary>
              {edition.eligibility === null ? (
                <p className="jy-secondary">这一版没有规则。</p>
              ) : (
                <RulesInWords rule={edition.eligibility} />
              )}
            </details>
          ))}
        </Card>
      )}
    </RecordPage>
  );
}
