import { receiverSays } from '@jieyou/core/cases/rules.ts';
import { consentPurposeLabels, packetFieldLabels } from '@jieyou/core/texts/labels.ts';
import { receiverKindLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { Link } from '@tanstack/react-router';
import { RestsOn } from '../house/ConsentNotice.tsx';
import { shortDay } from '../house/format.ts';
import { StatusTag } from '../house/StatusTag.tsx';
import type { RecipientData } from './queries.ts';

type Consent = RecipientData['consents'][number];

const whenOver = (c: Consent): string =>
  c.withdrawnOn !== null ? `${shortDay(c.withdrawnOn)}撤回` : c.expiresOn === null ? '没有定期限' : `至 ${shortDay(c.expiresOn)}`;

/** What a person agreed to, across the cases that one may see: who receives what, until when. It is recorded in the case. */
export function Consents({ file }: { readonly file: RecipientData }) {
  return (
    <section className="jy-card" aria-labelledby="consents-of-person">
      <h2 id="consents-of-person">同意</h2>
      {file.consents.length === 0 ? <p className="rd-quiet">还没有登记。在个案里登记同意，这里按接收方汇总。</p> : null}
      <ul className="rd-plain">
        {file.consents.map((c) => (
          <li key={c.id} className="rd-consent">
            <div>
              <strong>{receiverSays(c)}</strong>
              <span className="rd-quiet">
                {`　${c.receiverKind === null ? '' : `${receiverKindLabels[c.receiverKind]}，`}${consentPurposeLabels[c.purpose]}`}
              </span>
              <div className="rd-quiet">
                {c.fields.map((f) => packetFieldLabels[f]).join('、')}
                {c.fields.length === 0 ? '' : '　'}
                {`${c.signedBy} ${shortDay(c.grantedOn)}签，${whenOver(c)}　`}
                <Link to="/cases/$id" params={{ id: c.caseId }}>
                  {c.caseNumber}
                </Link>
                　<RestsOn consent={c} />
              </div>
            </div>
            {c.live ? (
              <StatusTag tone="done">有效</StatusTag>
            ) : (
              <StatusTag tone="rest">{c.withdrawnOn === null ? '未生效或已到期' : '已撤回'}</StatusTag>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
