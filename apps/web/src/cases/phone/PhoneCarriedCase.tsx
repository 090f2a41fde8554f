import { createSupportRequest } from '@jieyou/core/support/endpoints.ts';
import { caseStageLabels } from '@jieyou/core/texts/caseStageLabels.ts';
import { caseAbout } from '@jieyou/core/texts/contactsLabels.ts';
import { genderLabels } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useAct } from '../../house/ask.ts';
import { useKept } from '../../house/kept.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { PhonePhoto } from '../../house/PhonePhoto.tsx';
import { type CarriedCase, usePocket } from '../../house/pocket.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { RiskTag, StatusTag } from '../../house/StatusTag.tsx';
import { UnsafeContact } from '../../house/UnsafeContact.tsx';
import { PhoneQuickNote } from './PhoneQuickNote.tsx';

/** A case as the phone carries it: what one needs before the door, and what may be written without network. */
export function PhoneCarriedCase({ carried }: { readonly carried: CarriedCase }) {
  const { row, facts, mayVisit, request } = carried;
  return (
    <PhonePage
      title={`${row.recipientName}（${genderLabels[row.recipientGender]}${row.recipientAge === null ? '' : `，${row.recipientAge}岁`}）`}
    >
      <PhoneCard>
        <div className="ph-row">
          <strong>{caseAbout(row)}</strong>
          <StatusTag tone="moving">{caseStageLabels[row.stage]}</StatusTag>
        </div>
        <div className="ph-row">
          <span className="rd-quiet">{row.number}</span>
          <RiskTag risk={row.risk} />
        </div>
        <UnsafeContact contact={facts.contact} />
        {facts.phone === null ? null : (
          <p>
            <span className="rd-quiet">电话　</span>
            <a href={`tel:${facts.phone}`}>{facts.phone}</a>
          </p>
        )}
        {facts.address === null ? null : (
          <p>
            <span className="rd-quiet">住址　</span>
            {facts.address}
          </p>
        )}
        <p className="rd-quiet">没有网络，只有带在手机里的要点。近日要去的人才带电话和住址。</p>
      </PhoneCard>
      <div className="ph-pair">
        {mayVisit ? (
          <Link to="/visits/$id/record" params={{ id: 'new' }} search={{ case: row.id } as never} className="ph-button ph-quiet">
            记录探访
          </Link>
        ) : null}
        <Link to="/visits/plan" search={{ case: row.id } as never} className="ph-button ph-quiet">
          安排探访
        </Link>
        <Link to="/forms/new" search={{ case: row.id } as never} className="ph-button ph-quiet">
          填表
        </Link>
      </div>
      {facts.plan === null ? null : (
        <Link to={'/cases/$id/signing' as never} params={{ id: row.id } as never} className="ph-button ph-quiet">
          服务协议签名
        </Link>
      )}
      <PhoneQuickNote caseId={row.id} />
      <PhonePhoto caseId={row.id} />
      <Link to="/alarms/new" search={{ case: row.id } as never} className="ph-button ph-danger">
        登记危机或家暴
      </Link>
      <PhoneCard title="情况">
        <p className="rd-wrap">{facts.summary}</p>
      </PhoneCard>
      {request === null ? (
        <AskLater caseId={row.id} />
      ) : (
        <Link to="/requests/$id/edit" params={{ id: request }} className="ph-button">
          继续填写求助
        </Link>
      )}
    </PhonePage>
  );
}

const PASSAGES = [
  { name: 'story', label: '现在的情况', max: 4000 },
  { name: 'tried', label: '已经做过什么', max: 2000 },
  { name: 'asks', label: '希望得到什么支持', max: 2000 },
] as const;

const EMPTY = { story: '', tried: '', asks: '' };

/** Asking for help without network: the words now, the questions of the self-assessment once it is a draft on the platform. */
function AskLater({ caseId }: { readonly caseId: string }) {
  const navigate = useNavigate();
  const { waiting } = usePocket();
  const draft = useKept(`ask.${caseId}`, EMPTY);
  const [made, setMade] = useState('');
  const ask = useAct(createSupportRequest, (answer) => {
    draft.clear();
    // A draft that the platform has already is gone on with there.
    if (answer.version > 0) void navigate({ to: '/requests/$id/edit', params: { id: answer.id } });
    else setMade(answer.id);
  });
  return (
    <PhoneCard title="疑难求助">
      <p className="rd-quiet">有生命危险先打 110、120。没有网络时求助送不到中心，请同时打电话给站长。</p>
      {PASSAGES.map(({ name, label, max }) => (
        <label key={name} className="ph-field">
          {label}
          <textarea
            className="ph-input"
            rows={3}
            maxLength={max}
            value={draft.value[name]}
            onChange={(e) => draft.set({ ...draft.value, [name]: e.target.value })}
          />
        </label>
      ))}
      <RefusalNotice error={ask.error} />
      <button
        type="button"
        className="ph-button"
        disabled={ask.isPending || draft.value.story.trim() === ''}
        onClick={() => ask.mutate({ body: { caseId, ...draft.value } })}
      >
        记下求助
      </button>
      <div className="rd-quiet" role="status">
        {waiting.has(made) ? '已记在这台手机里。接通网络后存成求助草稿，请再看一遍并提交。' : draft.says}
      </div>
    </PhoneCard>
  );
}
