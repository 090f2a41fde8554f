import type { RecipientStep, RecipientStepKind } from '@jieyou/core/recipients/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { recipientStepLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { shortDay } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { SelectSeveral } from '../house/several.tsx';
import { useSteps } from './queries.ts';

type Step = z.infer<typeof RecipientStep>;

/** Steps that are records of their own: what the link says, and where it leads. */
const OPENS: Partial<Record<RecipientStepKind, { readonly to: string; readonly says: string }>> = {
  visit: { to: '/visits', says: '看探访记录' },
  'visit-missed': { to: '/visits', says: '看探访记录' },
  alarm: { to: '/alarms', says: '看危机与家暴记录' },
  form: { to: '/forms', says: '看表单' },
  referral: { to: '/referrals', says: '看转介' },
  request: { to: '/requests', says: '看求助' },
  'request-closed': { to: '/requests', says: '看求助' },
  activity: { to: '/activities', says: '看活动' },
  appeal: { to: '/appeals', says: '看居民求助' },
  'relief-screened': { to: '/relief-cases', says: '看救助' },
  'relief-closed': { to: '/relief-cases', says: '看救助' },
};

function Leads({ step }: { readonly step: Step }) {
  const own = OPENS[step.kind];
  return (
    <div className="jy-actions">
      {step.caseId === null ? null : (
        <Link to="/cases/$id" params={{ id: step.caseId }}>
          {step.number ?? '打开个案'}
        </Link>
      )}
      {own === undefined ? null : <Link to={`${own.to}/${step.id}` as never}>{own.says}</Link>}
    </div>
  );
}

/** What happened with a person, the newest first; it can be narrowed to some kinds. */
export function Steps({ id }: { readonly id: string }) {
  const [kinds, setKinds] = useState<RecipientStepKind[]>([]);
  const steps = useSteps(id, kinds);
  const rows = steps.data?.pages.flatMap((p) => p.rows) ?? [];
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>经历的服务</h2>
        <div style={{ width: 220 }}>
          <SelectSeveral<RecipientStepKind[]>
            style={{ width: '100%' }}
            aria-label="只看这些种类"
            placeholder="全部种类"
            allowClear
            options={optionsOf(recipientStepLabels)}
            value={kinds}
            onChange={setKinds}
          />
        </div>
      </div>
      {steps.isPending ? <Skeleton active paragraph={{ rows: 4 }} /> : null}
      <RefusalNotice error={steps.error} />
      {steps.data !== undefined && rows.length === 0 ? (
        <p className="rd-quiet">{kinds.length === 0 ? '还没有记录。' : '没有这些种类的记录。'}</p>
      ) : null}
      <ol className="rd-plain rd-notes">
        {rows.map((s) => (
          <li key={`${s.id}${s.kind}`}>
            <div className="rd-quiet">
              {shortDay(s.day)}　{recipientStepLabels[s.kind]}
              {s.byName === null ? '' : `　${s.byName}`}
              {s.stationName === null ? '' : `（${s.stationName}）`}
              {s.caseId === null && (s.kind === 'note' || s.kind === 'case-opened') ? '　不在您的范围，只有日期与记录人' : ''}
            </div>
            <Leads step={s} />
            {s.body === null ? null : <p>{s.body}</p>}
          </li>
        ))}
      </ol>
      {steps.hasNextPage ? (
        <Button loading={steps.isFetching} onClick={() => void steps.fetchNextPage()}>
          看更早的
        </Button>
      ) : null}
    </section>
  );
}
