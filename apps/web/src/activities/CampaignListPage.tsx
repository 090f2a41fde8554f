import { createCampaign, exportCampaigns, listCampaigns, readCampaign } from '@jieyou/core/activities/endpoints.ts';
import { yuan } from '@jieyou/core/activities/rules.ts';
import { CampaignDraft, type CampaignSums } from '@jieyou/core/activities/schema.ts';
import { activityCategoryLabels } from '@jieyou/core/texts/activitiesLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Card, Facts, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan } from '../house/session.tsx';

type Sums = z.output<typeof CampaignSums>;
const times = (s: Sums): string => (s.times === null ? '不显示' : `${s.times} 人次`);

function NewWeek({ onClose }: { readonly onClose: () => void }) {
  const create = useAct(createCampaign);
  return (
    <FormDialog open title="建立宣传周" onClose={onClose}>
      <RecordForm
        validateWith={CampaignDraft}
        onCancel={onClose}
        submit={async (body) => {
          await create.mutateAsync({ body });
          onClose();
        }}
      >
        <Field name="name" label="名称" wide>
          <Input maxLength={60} />
        </Field>
        <Field name="fromDay" label="从">
          <DayInput />
        </Field>
        <Field name="toDay" label="到">
          <DayInput />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

function Week({ id }: { readonly id: string }) {
  const found = useQuery(queryOf(readCampaign, { params: { id } }));
  const opens = useCan('worker', 'head');
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const week = found.data;
  const table = (head: string, rows: readonly { readonly key: string; readonly label: string; readonly sums: Sums }[]) =>
    rows.length === 0 ? (
      <p className="jy-secondary">还没有发布的活动。</p>
    ) : (
      <CardTable
        rowKey="key"
        dataSource={[...rows]}
        columns={[
          { key: 'label', title: head, render: (_, r) => r.label },
          { key: 'n', title: '活动', render: (_, r) => `${r.sums.activities} 场` },
          { key: 'done', title: '已结束', render: (_, r) => `${r.sums.done} 场` },
          { key: 'times', title: '到场', render: (_, r) => times(r.sums) },
          { key: 'money', title: '预算 / 实支', render: (_, r) => `${yuan(r.sums.plannedFen)} / ${yuan(r.sums.spentFen)} 元` },
        ]}
      />
    );
  return (
    <Page
      title={week.name}
      crumbs={[{ title: '宣传周', to: '/campaigns' }]}
      says={`${formatDay(week.fromDay)}至${formatDay(week.toDay)}，全区合计；计划中的不计。`}
      actions={
        opens && (
          <Link to="/activities" search={{ campaignId: id } as never}>
            看我能看的活动
          </Link>
        )
      }
    >
      <Card title="合计">
        <Facts
          rows={[
            ['活动', `${week.sums.activities} 场，已结束 ${week.sums.done} 场，取消 ${week.sums.cancelled} 场`],
            ['到场', times(week.sums)],
            ['预算', `${yuan(week.sums.plannedFen)} 元`],
            ['实支', `${yuan(week.sums.spentFen)} 元`],
          ]}
        />
      </Card>
      <Card title="按类别">
        {table(
          '类别',
          week.byCategory.map((c) => ({ ...c, label: activityCategoryLabels[c.key] })),
        )}
      </Card>
      <Card title="按站点">{table('站点', week.byStation)}</Card>
    </Page>
  );
}

/** Campaign weeks, each with its sums over the whole district. */
export default function CampaignListPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const makes = useCan('centre');
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  if (id !== undefined) return <Week id={id} />;
  return (
    <Page
      title="宣传周"
      says="一个宣传周里各站的活动，合在一起看数。"
      actions={
        makes && (
          <Button type="primary" onClick={() => setAdding(true)}>
            建立宣传周
          </Button>
        )
      }
    >
      <RecordTable
        endpoint={listCampaigns}
        exportWith={exportCampaigns}
        columns={[
          { key: 'name', title: '名称', render: (r) => r.name },
          { key: 'days', title: '日期', render: (r) => `${formatDay(r.fromDay)}至${formatDay(r.toDay)}` },
          { key: 'n', title: '活动', render: (r) => `${r.sums.activities} 场` },
          { key: 'done', title: '已结束', render: (r) => `${r.sums.done} 场` },
          { key: 'times', title: '到场', render: (r) => times(r.sums) },
        ]}
        onOpen={(r) => void navigate({ to: `/campaigns/${r.id}` })}
        empty={{ title: '还没有宣传周', hint: makes ? '从“建立宣传周”开始。' : '支援中心建立后会出现在这里。' }}
      />
      {adding && <NewWeek onClose={() => setAdding(false)} />}
    </Page>
  );
}
