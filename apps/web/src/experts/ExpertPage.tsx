import { declareRelation, readExpert, removeExpertAway, updateExpert, withdrawRelation } from '@jieyou/core/experts/endpoints.ts';
import { genderLabels, helpFieldLabels, weekdayLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Radio, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { EmptyState } from '../house/EmptyState.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { OrganisationPicker, PersonPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';
import { AwayDialog } from './AwayDialog.tsx';
import { spanOf } from './away.ts';
import { LoadTable } from './LoadTable.tsx';

/** One expert: profession, term, load, days away, declared relations. */
export default function ExpertPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const message = useMessages();
  const keeps = useCan('centre');
  const found = useQuery(queryOf(readExpert, { params: { id } }));
  const update = useAct(updateExpert);
  const removeAway = useAct(removeExpertAway);
  const withdraw = useAct(withdrawRelation);
  const [dialog, setDialog] = useState<'away' | 'relation' | null>(null);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const expert = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '专家库', to: '/experts' }]}
      title={expert.name}
      status={
        !expert.active ? (
          <StatusTag tone="rest">已停用</StatusTag>
        ) : expert.inTerm ? (
          <StatusTag tone="moving">在任期内</StatusTag>
        ) : (
          <StatusTag tone="needs">不在任期</StatusTag>
        )
      }
      meta={[expert.title, expert.organisationName, `本月会诊 ${expert.panelsThisMonth}/${expert.maxPanelsPerMonth} 次`]}
      next={
        keeps ? (
          <>
            <Button type="primary" onClick={() => void navigate({ to: `/experts/${id}/edit` })}>
              修改资料与任期
            </Button>
            {expert.active ? (
              <ConfirmButton
                ask={`停用${expert.name}？`}
                says="停用后不再推荐和邀请，已接受的邀请不受影响。"
                onSure={() => update.mutateAsync({ params: { id }, body: { version: expert.version, active: false } })}
              >
                停用
              </ConfirmButton>
            ) : (
              <Button
                loading={update.isPending}
                onClick={() =>
                  update.mutate(
                    { params: { id }, body: { version: expert.version, active: true } },
                    { onSuccess: () => void message.success('已重新启用') },
                  )
                }
              >
                重新启用
              </Button>
            )}
            <RefusalNotice error={update.error} />
          </>
        ) : undefined
      }
    >
      <Card title="专业与任期">
        <Facts
          rows={[
            ['专业', expert.helpFields.map((f) => helpFieldLabels[f]).join('、')],
            ['性别', genderLabels[expert.gender]],
            ['单位', expert.organisationName],
            ['任期', `${formatDay(expert.termFrom)} 至 ${formatDay(expert.termTo)}`],
            ['可参加的日子', expert.weekdays.map((d) => weekdayLabels[d]).join('、')],
            ['每月最多', `${expert.maxPanelsPerMonth} 次会诊`],
            ['专长', expert.specialities],
            ['平台账号', expert.hasAccount ? '已开通' : '未开通，由安全管理员任命角色时开通'],
          ]}
        />
      </Card>
      <Card title="不在的日期" actions={keeps && <Button onClick={() => setDialog('away')}>登记</Button>}>
        {expert.away.length === 0 ? (
          <EmptyState title="没有登记不在的日期" hint="登记后，推荐专家组时会避开这些日子。" />
        ) : (
          <ul className="jy-rows">
            {expert.away.map((a) => (
              <li key={a.id}>
                <span>
                  {spanOf(a)}
                  {a.reason !== null && <span className="jy-secondary">　{a.reason}</span>}
                </span>
                {keeps && (
                  <ConfirmButton
                    size="small"
                    type="link"
                    ask="取消这段不在的日期？"
                    onSure={() => removeAway.mutateAsync({ params: { id, awayId: a.id } })}
                  >
                    取消
                  </ConfirmButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </Card>
      {keeps ? (
        <Card title="会诊与时长">
          <LoadTable id={id} />
        </Card>
      ) : null}
      <Card title="利害关系" actions={keeps && <Button onClick={() => setDialog('relation')}>登记</Button>}>
        {expert.relations.length === 0 ? (
          <EmptyState title="没有登记利害关系" hint="同一机构、近 24 个月的督导关系会自动回避，不用在这里登记。" />
        ) : (
          <ul className="jy-rows">
            {expert.relations.map((r) => (
              <li key={r.id}>
                <span>
                  {r.otherName}：{r.says}
                </span>
                {keeps && (
                  <ConfirmButton
                    size="small"
                    type="link"
                    ask="撤销这条利害关系？"
                    says="撤销后，推荐专家组时不再回避。"
                    onSure={() => withdraw.mutateAsync({ params: { id, relationId: r.id } })}
                  >
                    撤销
                  </ConfirmButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </Card>
      <AwayDialog id={id} noted={expert.away} open={dialog === 'away'} onClose={() => setDialog(null)} />
      <RelationDialog id={id} open={dialog === 'relation'} onClose={() => setDialog(null)} />
    </RecordPage>
  );
}

type DialogProps = { readonly id: string; readonly open: boolean; readonly onClose: () => void };

function RelationDialog({ id, open, onClose }: DialogProps) {
  const declare = useAct(declareRelation);
  const [kind, setKind] = useState<'person' | 'organisation'>('person');
  return (
    <FormDialog open={open} title="登记利害关系" onClose={onClose} width={560}>
      <Radio.Group
        aria-label="与谁的关系"
        value={kind}
        onChange={(e) => setKind(e.target.value as 'person' | 'organisation')}
        options={[
          { value: 'person', label: '与某位工作人员' },
          { value: 'organisation', label: '与某个机构' },
        ]}
        style={{ marginBottom: 12 }}
      />
      <RecordForm
        key={kind}
        columns={1}
        validateWith={declareRelation.body}
        submitWords="登记"
        onCancel={onClose}
        submit={async (body) => {
          await declare.mutateAsync({ params: { id }, body });
          onClose();
        }}
      >
        {kind === 'person' ? (
          <Field name="personId" label="工作人员">
            <PersonPicker />
          </Field>
        ) : (
          <Field name="organisationId" label="机构">
            <OrganisationPicker />
          </Field>
        )}
        <Field name="says" label="是什么关系">
          <Input maxLength={80} placeholder="如：近亲属；在该机构任理事" />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
