import { readStages, signCasePlan } from '@jieyou/core/cases/stageEndpoints.ts';
import { AGREEMENT_TERMS } from '@jieyou/core/texts/signatureLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { queryOf, useAct } from '../../house/ask.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { planLinesOf } from '../../house/planLines.ts';
import { pocket, usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { Signing } from '../../house/Signing.tsx';

/** The plan as it is read out, and the signatures under it; without network from what the phone carries. */
export default function PhoneSigningPage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readStages, { params: { id } }));
  const sign = useAct(signCasePlan);
  const { waiting } = usePocket();
  const file = found.data;
  const carried = file === undefined && found.isError ? (pocket()?.caseOf(id)?.facts.plan ?? null) : null;
  const lines = carried?.lines ?? planLinesOf(file);
  const sheet = carried?.sheet ?? file?.signing ?? null;
  const paperId = carried?.paperId ?? file?.signing?.paperId ?? '';
  return (
    <PhonePage title="服务协议签名">
      {sheet === null ? (
        found.isError ? (
          <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
        ) : (
          <p className="rd-quiet">{file === undefined ? '正在打开…' : '现在没有等签名的服务计划。'}</p>
        )
      ) : (
        <>
          <PhoneCard title="念给服务对象听">
            {lines.map((line) => (
              <div key={line.heading}>
                <strong>{line.heading}</strong>
                <p className="rd-wrap">{line.text}</p>
              </div>
            ))}
            <strong>签名前说明</strong>
            <p>{AGREEMENT_TERMS}</p>
          </PhoneCard>
          <PhoneCard title="签名">
            <Signing
              key={paperId}
              sheet={sheet}
              hash={sheet.hash}
              take={(draft) => sign.mutateAsync({ params: { id: paperId }, body: draft })}
              error={sign.error}
            />
            {sign.data !== undefined && waiting.has(sign.data.id) ? (
              <p className="rd-says" role="status">
                签名已记在这台手机里，接通网络后自动送出。
              </p>
            ) : null}
          </PhoneCard>
        </>
      )}
    </PhonePage>
  );
}
