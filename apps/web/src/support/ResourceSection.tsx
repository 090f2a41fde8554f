import type { HouseholdFacts } from '@jieyou/core/resources/eligibility.ts';
import {
  linkResource,
  listPartners,
  listReferrals,
  rankForRequest,
  referToPartner,
  startReferral,
} from '@jieyou/core/resources/endpoints.ts';
import { ReferralDraft, referralFields } from '@jieyou/core/resources/schema.ts';
import { type HelpField, helpFieldLabels } from '@jieyou/core/shared/fields.ts';
import { packetFieldLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Alert, Button, Input, Select, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, shortDay, today } from '../house/format.ts';
import { HouseholdForm } from '../house/HouseholdForm.tsx';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { RankedResources } from '../house/RankedResources.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { ReferralTag } from '../house/ReferralTag.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

type Found = z.output<(typeof rankForRequest)['reply']>;
type Row = Found['rows'][number];

/** Resources that a request may use, with the reasons; what is typed in besides is not kept. */
export default function ResourceSection({ requestId, onChanged }: { readonly requestId: string; readonly onChanged: () => void }) {
  // What was found stays while something else is asked, and with it what was typed.
  const [data, setData] = useState<Found | undefined>(undefined);
  const rank = useAct(rankForRequest, setData);
  const [typed, setTyped] = useState<HouseholdFacts>({});
  const [filling, setFilling] = useState(false);
  const [linking, setLinking] = useState<Row | null>(null);
  const [referring, setReferring] = useState<Row | 'none' | null>(null);
  const params = { id: requestId };
  const ask = (facts: HouseholdFacts) => {
    setTyped(facts);
    rank.mutate({ params, body: { facts } });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once for each request; typed facts ask again by themselves
  useEffect(() => ask({}), [requestId]);
  const referrals = useQuery(queryOf(listReferrals, { query: { requestId, limit: 20 } }));
  if (rank.isError) return <RefusalNotice error={rank.error} onRetry={() => ask(typed)} />;
  if (data === undefined) return <Skeleton active />;
  return (
    <div>
      <p>
        个案里已知：{data.known.says.length === 0 ? '还没有可以用来判断的情况' : data.known.says.join('，')}。
        <Button type="link" size="small" onClick={() => setFilling(!filling)} aria-expanded={filling}>
          {filling ? '收起' : '补充家庭情况再看'}
        </Button>
      </p>
      {filling && (
        <div className="jy-card">
          <p className="jy-secondary">只用来查找，不会保存。</p>
          <HouseholdForm busy={rank.isPending} onAsk={ask} />
        </div>
      )}
      {(referrals.data?.rows.length ?? 0) > 0 && (
        <section aria-label="这份求助的转介">
          <h2>转介</h2>
          <ul className="rd-plain">
            {referrals.data?.rows.map((r) => (
              <li key={r.id}>
                <Link to={`/referrals/${r.id}`}>{r.partnerName}</Link>　<ReferralTag referral={r} />　
                <span className="rd-quiet">{shortDay(r.until)} 前答复</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {data.can.includes('refer') && (
        <p>
          <Button onClick={() => setReferring('none')}>转介给联动单位</Button>
        </p>
      )}
      <RankedResources
        ranking={data}
        actionsOf={(row) =>
          data.used.includes(row.id) ? (
            <span className="jy-secondary">已经链接或转介</span>
          ) : (
            <>
              {data.can.includes('link') && (
                <Button size="small" onClick={() => setLinking(row)} aria-label={`链接 ${row.name}`}>
                  链接
                </Button>
              )}
              {data.can.includes('refer') && row.kind === 'resource' && (
                <Button size="small" onClick={() => setReferring(row)} aria-label={`就 ${row.name} 转介`}>
                  转介
                </Button>
              )}
            </>
          )
        }
      />
      {linking !== null && (
        <LinkDialog
          requestId={requestId}
          row={linking}
          fields={data.helpFields}
          onClose={() => setLinking(null)}
          onDone={() => {
            setLinking(null);
            ask(typed);
            onChanged();
          }}
        />
      )}
      {referring !== null && (
        <ReferDialog requestId={requestId} row={referring === 'none' ? null : referring} onClose={() => setReferring(null)} />
      )}
    </div>
  );
}

const Linking = linkResource.body.omit({ resourceId: true });

function LinkDialog({
  requestId,
  row,
  fields,
  onClose,
  onDone,
}: {
  readonly requestId: string;
  readonly row: Row;
  readonly fields: readonly HelpField[];
  readonly onClose: () => void;
  readonly onDone: () => void;
}) {
  const link = useAct(linkResource);
  const message = useMessages();
  const choices = row.serves.length > 0 ? row.serves : fields;
  return (
    <FormDialog open title={`链接${row.name}`} onClose={onClose}>
      <p className="jy-secondary">会开一条“资源链接”支援线，由求助社工去办。</p>
      <RecordForm
        validateWith={Linking}
        initial={{ ...(choices[0] === undefined ? {} : { helpField: choices[0] }), task: `协助申请${row.name}` }}
        submitWords="链接"
        onCancel={onClose}
        submit={async (body) => {
          await link.mutateAsync({ params: { id: requestId }, body: { ...body, resourceId: row.id } });
          void message.success('已开支援线');
          onDone();
        }}
      >
        <Field name="helpField" label="专业">
          <Select options={choices.map((f) => ({ value: f, label: helpFieldLabels[f] }))} />
        </Field>
        <Field name="task" label="要做什么" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={600} showCount />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

function ReferDialog({ requestId, row, onClose }: { readonly requestId: string; readonly row: Row | null; readonly onClose: () => void }) {
  const start = useQuery(queryOf(startReferral, { params: { id: requestId } }));
  const partners = useQuery(queryOf(listPartners, { query: { active: 'yes', limit: 100 } }));
  const refer = useAct(referToPartner);
  const navigate = useNavigate();
  const [consentId, setConsentId] = useState<string | null>(null);
  const failed = start.error ?? partners.error;
  if (failed !== null) return <RefusalNotice error={failed} />;
  if (start.data === undefined || partners.data === undefined) return null;
  const { consents, helpFields, untilDefault } = start.data;
  const consent = consents.find((c) => c.id === (consentId ?? consents[0]?.id));
  return (
    <FormDialog open title={row === null ? '转介给联动单位' : `就${row.name}转介`} onClose={onClose}>
      {consents.length === 0 ? (
        <Alert
          type="warning"
          showIcon
          title="还没有对转介的有效同意"
          description="请先征得服务对象同意，并在个案里登记：接收方写明单位名称，用途选“转介”，勾选可以提供的内容。"
        />
      ) : (
        <RecordForm
          validateWith={ReferralDraft}
          initial={{
            resourceId: row?.id ?? null,
            consentId: consents[0]?.id ?? '',
            fields: [],
            until: untilDefault,
            ...(helpFields[0] === undefined ? {} : { helpField: row?.serves[0] ?? helpFields[0] }),
          }}
          extra={{ resourceId: row?.id ?? null }}
          submitWords="转介"
          final
          onValuesChange={(values) => setConsentId(values.consentId ?? null)}
          onCancel={onClose}
          submit={async (body) => {
            const { id } = await refer.mutateAsync({ params: { id: requestId }, body });
            await navigate({ to: `/referrals/${id}` });
          }}
        >
          <Field name="consentId" label="依据哪一份同意" wide>
            <Select
              options={consents.map((c) => ({
                value: c.id,
                label: `接收方：${c.receiver}${c.expiresOn === null ? '' : `，至${formatDay(c.expiresOn)}`}`,
              }))}
            />
          </Field>
          <Field name="partnerId" label="转介给">
            <Select
              showSearch={{ optionFilterProp: 'label' }}
              options={partners.data.rows.map((p) => ({ value: p.id, label: p.name }))}
              popupMatchSelectWidth={false}
            />
          </Field>
          <Field name="helpField" label="专业">
            <Select options={helpFields.map((f) => ({ value: f, label: helpFieldLabels[f] }))} />
          </Field>
          <Field name="fields" label="提供哪些内容" hint="只能选同意里写明的；姓名与联系方式不会写进去。" wide>
            <ChoiceBoxes
              options={referralFields
                .filter((f) => consent?.fields.includes(f) ?? false)
                .map((f) => ({ value: f, label: packetFieldLabels[f] }))}
            />
          </Field>
          <Field name="reason" label="为什么转介" wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={600} showCount />
          </Field>
          <Field name="until" label="请在哪天前答复">
            <DayInput notBefore={today()} />
          </Field>
        </RecordForm>
      )}
    </FormDialog>
  );
}
