import { addAgreement, addLiaison, readPartner, updateAgreement, updateLiaison, updatePartner } from '@jieyou/core/resources/endpoints.ts';
import { type Agreement, AgreementDraft, type Liaison, LiaisonDraft, PartnerChange } from '@jieyou/core/resources/schema.ts';
import { helpFieldLabels, partnerTypeLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { PartnerFields } from './PartnerListPage.tsx';
import '../house/ranked.css';

type Open =
  | { kind: 'partner' }
  | { kind: 'liaison'; of: z.infer<typeof Liaison> | null }
  | { kind: 'agreement'; of: z.infer<typeof Agreement> | null };

const span = (of: { fromDay: string; toDay: string | null }) =>
  `${formatDay(of.fromDay)}起${of.toDay === null ? '' : `，至${formatDay(of.toDay)}`}`;

/** One partner: what it offers, whom to call, what was agreed until when. */
export default function PartnerPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const keeps = useCan('centre');
  const refers = useCan('centre', 'worker', 'head');
  const found = useQuery(queryOf(readPartner, { params: { id } }));
  const update = useAct(updatePartner);
  const [open, setOpen] = useState<Open | null>(null);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const p = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '联动单位', to: '/partners' }]}
      title={p.name}
      status={p.active ? <StatusTag tone="moving">合作中</StatusTag> : <StatusTag tone="rest">已停止</StatusTag>}
      meta={[partnerTypeLabels[p.type], p.helpFields.map((f) => helpFieldLabels[f]).join('、')]}
      next={
        <>
          <p>
            <span className="jy-secondary">找谁联系</span>
            <br />
            {p.liaison === null ? '没有在任的联络人' : `${p.liaison} ${p.liaisonPost ?? ''}`}
            {p.phone !== null && (
              <>
                <br />
                <a href={`tel:${p.phone}`}>{p.phone}</a>
              </>
            )}
          </p>
          {keeps && (
            <div className="jy-actions">
              <Button onClick={() => setOpen({ kind: 'partner' })}>修改</Button>
              <ConfirmButton
                ask={p.active ? `停止与${p.name}合作？` : `恢复与${p.name}合作？`}
                {...(p.active ? { says: '停止后不能再转介给它，以前的记录保留。' } : { danger: false })}
                onSure={async () => {
                  await update.mutateAsync({ params: { id }, body: { version: p.version, active: !p.active } });
                }}
              >
                {p.active ? '停止合作' : '恢复合作'}
              </ConfirmButton>
            </div>
          )}
        </>
      }
    >
      <Card title="能提供什么">
        <p className="jy-long">{p.offers}</p>
      </Card>
      <Card title="联络人" actions={keeps && <Button onClick={() => setOpen({ kind: 'liaison', of: null })}>登记联络人</Button>}>
        {p.liaisons.length === 0 && <p className="jy-secondary">还没有联络人。</p>}
        {p.liaisons.map((l) => (
          <div key={l.id} className="jy-rule-row">
            <strong>{l.name}</strong>
            <span>{l.post}</span>
            <a href={`tel:${l.phone}`}>{l.phone}</a>
            <span className="jy-secondary">{span(l)}</span>
            {!l.current && <StatusTag tone="rest">不在任</StatusTag>}
            {keeps && (
              <Button size="small" onClick={() => setOpen({ kind: 'liaison', of: l })} aria-label={`修改 ${l.name}`}>
                修改
              </Button>
            )}
          </div>
        ))}
      </Card>
      <Card title="合作协议" actions={keeps && <Button onClick={() => setOpen({ kind: 'agreement', of: null })}>登记协议</Button>}>
        {p.agreements.length === 0 && <p className="jy-secondary">还没有登记协议。</p>}
        {p.agreements.map((a) => (
          <div key={a.id}>
            <div className="jy-rule-row">
              <strong>{a.title}</strong>
              <span className="jy-secondary">{span(a)}</span>
              <StatusTag tone={a.current ? 'moving' : 'rest'}>{a.current ? '有效' : '不在有效期'}</StatusTag>
              {keeps && (
                <Button size="small" onClick={() => setOpen({ kind: 'agreement', of: a })} aria-label={`修改 ${a.title}`}>
                  修改
                </Button>
              )}
            </div>
            <p className="jy-long">{a.scope}</p>
          </div>
        ))}
      </Card>
      {refers && (
        <Card
          title="转介"
          actions={
            <Link to="/referrals" search={{ partnerId: id } as never}>
              看清单
            </Link>
          }
        >
          <Facts
            columns={2}
            rows={[
              ['等待答复', p.referrals.offered],
              ['已接收', p.referrals.accepted],
              ['已办结', p.referrals.done],
              ['已退回', p.referrals.returned],
            ]}
          />
        </Card>
      )}
      {open?.kind === 'partner' && <PartnerDialog partner={p} onClose={() => setOpen(null)} />}
      {open?.kind === 'liaison' && <LiaisonDialog partnerId={id} of={open.of} onClose={() => setOpen(null)} />}
      {open?.kind === 'agreement' && <AgreementDialog partnerId={id} of={open.of} onClose={() => setOpen(null)} />}
    </RecordPage>
  );
}

function PartnerDialog({
  partner,
  onClose,
}: {
  readonly partner: z.infer<typeof PartnerChange> & { id: string; version: number };
  readonly onClose: () => void;
}) {
  const update = useAct(updatePartner);
  return (
    <FormDialog open title={partner.name} onClose={onClose}>
      <RecordForm
        validateWith={PartnerChange}
        initial={{ name: partner.name, type: partner.type, offers: partner.offers, helpFields: partner.helpFields }}
        draftKey={`partner.${partner.id}`}
        onCancel={onClose}
        submit={async (body) => {
          await update.mutateAsync({ params: { id: partner.id }, body: { ...body, version: partner.version } });
          onClose();
        }}
      >
        <PartnerFields />
      </RecordForm>
    </FormDialog>
  );
}

function LiaisonDialog({
  partnerId,
  of,
  onClose,
}: {
  readonly partnerId: string;
  readonly of: z.infer<typeof Liaison> | null;
  readonly onClose: () => void;
}) {
  const add = useAct(addLiaison);
  const update = useAct(updateLiaison);
  return (
    <FormDialog open title={of === null ? '登记联络人' : of.name} onClose={onClose}>
      <RecordForm
        validateWith={LiaisonDraft}
        initial={of === null ? { fromDay: today() } : of}
        onCancel={onClose}
        submit={async (body) => {
          if (of === null) await add.mutateAsync({ params: { id: partnerId }, body });
          else await update.mutateAsync({ params: { id: partnerId, partId: of.id }, body: { ...body, version: of.version } });
          onClose();
        }}
      >
        <Field name="name" label="姓名">
          <Input />
        </Field>
        <Field name="post" label="职务">
          <Input />
        </Field>
        <Field name="phone" label="电话">
          <Input inputMode="tel" />
        </Field>
        <Field name="fromDay" label="从哪天起">
          <DayInput />
        </Field>
        <Field name="toDay" label="到哪天止" hint="不填为一直担任。">
          <DayInput />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

function AgreementDialog({
  partnerId,
  of,
  onClose,
}: {
  readonly partnerId: string;
  readonly of: z.infer<typeof Agreement> | null;
  readonly onClose: () => void;
}) {
  const add = useAct(addAgreement);
  const update = useAct(updateAgreement);
  return (
    <FormDialog open title={of === null ? '登记合作协议' : of.title} onClose={onClose}>
      <RecordForm
        validateWith={AgreementDraft}
        initial={of === null ? { fromDay: today() } : of}
        onCancel={onClose}
        submit={async (body) => {
          if (of === null) await add.mutateAsync({ params: { id: partnerId }, body });
          else await update.mutateAsync({ params: { id: partnerId, partId: of.id }, body: { ...body, version: of.version } });
          onClose();
        }}
      >
        <Field name="title" label="协议名称" wide>
          <Input maxLength={80} />
        </Field>
        <Field name="scope" label="合作范围" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={600} showCount />
        </Field>
        <Field name="fromDay" label="生效">
          <DayInput />
        </Field>
        <Field name="toDay" label="到期" hint="不填为长期。">
          <DayInput />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
