import { listConsentUses } from '@jieyou/core/privacy/endpoints.ts';
import { packetFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useState } from 'react';
import { queryOf } from '../house/ask.ts';
import { shortInstant } from '../house/format.ts';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

const KINDS = { packet: '会诊资料包', publication: '案例发布', referral: '转介' } as const;

/** What was given to whom on one consent, when somebody asks for it. */
export function ConsentUses({ caseId, consentId }: { readonly caseId: string; readonly consentId: string }) {
  const [open, setOpen] = useState(false);
  const found = useQuery({ ...queryOf(listConsentUses, { params: { id: caseId } }), enabled: open });
  if (!open)
    return (
      <Button size="small" type="link" style={{ paddingInline: 0 }} onClick={() => setOpen(true)}>
        依此提供了什么
      </Button>
    );
  if (found.isError) return <RefusalNotice error={found.error} />;
  const rows = found.data?.rows.filter((r) => r.consentId === consentId) ?? [];
  if (rows.length === 0) return found.isSuccess ? <p className="rd-quiet">还没有依此提供过。</p> : null;
  return (
    <ul className="jy-seen-by">
      {rows.map((r) => (
        <li key={`${r.kind}${r.at}`}>
          {shortInstant(r.at)} {KINDS[r.kind]} {r.number}：给{r.receivers.join('、') || '尚无人打开'}
          {r.kind === 'packet' && `，内容为${r.fields.map((f) => packetFieldLabels[f as keyof typeof packetFieldLabels] ?? f).join('、')}`}
        </li>
      ))}
    </ul>
  );
}
