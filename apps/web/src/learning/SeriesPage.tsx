import { SeminarPlan, SeriesDraft } from '@jieyou/core/learning/schema.ts';
import { planSeminar, readSeminarSeries, updateSeminarSeries } from '@jieyou/core/learning/seminarEndpoints.ts';
import { seminarStatusLabels } from '@jieyou/core/texts/learningLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import type { Answer } from '../house/client.ts';
import { EmptyState } from '../house/EmptyState.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { Card, Facts } from '../house/Page.tsx';
import { RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { SeminarFields } from './SeminarFields.tsx';
import { CadenceTag, SeriesFields } from './SeriesListPage.tsx';
import './learning.css';

type Read = Answer<typeof readSeminarSeries>;

const seminarTones = { planned: 'needs', held: 'done', cancelled: 'rest' } as const;

/** State of a seminar. */
export const SeminarTag = ({ status }: { readonly status: keyof typeof seminarTones }) => (
  <StatusTag tone={seminarTones[status]}>{seminarStatusLabels[status]}</StatusTag>
);

const nextSays = (s: Read): string => {
  if (s.state === 'ended') return '这个系列已结束。';
  if (s.plannedOn !== null) return `下一次在 ${formatDay(s.plannedOn)}。`;
  const late = s.state === 'overdue' ? '已过期，请尽快安排。' : s.state === 'due' ? '就是今天。' : '';
  return `下一次最晚在 ${formatDay(s.dueOn)} 召集。${late}`;
};

/** A series: when it is due again, and all its seminars. */
export default function SeriesPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const found = useQuery(queryOf(readSeminarSeries, { params: { id } }));
  const update = useAct(updateSeminarSeries);
  const plan = useAct(planSeminar);
  const [open, setOpen] = useState<'plan' | 'edit' | null>(null);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const s = found.data;
  const put = (status: 'running' | 'ended') => update.mutateAsync({ params: { id }, body: { version: s.version, status } });
  return (
    <RecordPage
      crumbs={[{ title: '主题研讨', to: '/theme-seminars' }]}
      title={s.title}
      status={<CadenceTag state={s.state} />}
      meta={[`每 ${s.everyDays} 天一次${s.ownEveryDays === null ? '（按规则）' : ''}`, `已召开 ${s.held} 次`]}
      next={
        <>
          <p>{nextSays(s)}</p>
          {s.can.length === 0 ? null : (
            <div className="jy-actions">
              {s.can.includes('plan') ? (
                <Button block type={s.plannedOn === null ? 'primary' : 'default'} onClick={() => setOpen('plan')}>
                  安排一次研讨
                </Button>
              ) : null}
              <Button block onClick={() => setOpen('edit')}>
                修改系列
              </Button>
              {s.can.includes('end') ? (
                <ConfirmButton
                  block
                  ask="结束这个系列吗"
                  says="以后不再提醒召集，各次记录保留。"
                  sure="结束系列"
                  onSure={() => put('ended')}
                >
                  结束系列
                </ConfirmButton>
              ) : null}
              {s.can.includes('resume') ? (
                <ConfirmButton block danger={false} ask="重新开始这个系列吗" sure="重新开始" onSure={() => put('running')}>
                  重新开始
                </ConfirmButton>
              ) : null}
            </div>
          )}
        </>
      }
    >
      <Card title="主题">
        <p className="jy-long">{s.theme}</p>
        <Facts
          rows={[
            ['间隔', `${s.everyDays} 天${s.ownEveryDays === null ? '，随规则变化' : '，本系列自定'}`],
            ['最晚召集', s.dueOn === null ? '' : `${formatDay(s.dueOn)}（遇休息日顺延）`],
          ]}
        />
      </Card>
      <Card title="各次研讨">
        {s.seminars.length === 0 ? (
          <EmptyState title="还没有研讨" hint="安排一次后，议程、到会和纪要都记在这里。" />
        ) : (
          <CardTable<Read['seminars'][number]>
            rowKey="id"
            size="small"
            dataSource={s.seminars}
            columns={[
              { title: '日期', render: (_, r) => formatDay(r.heldOn) },
              {
                title: '题目',
                render: (_, r) => (
                  <Link to="/theme-seminars/$id" params={{ id: r.id }}>
                    {r.topic}
                  </Link>
                ),
              },
              { title: '状态', render: (_, r) => <SeminarTag status={r.status} /> },
              { title: '到会', render: (_, r) => (r.status === 'held' ? `${r.attended}/${r.members}` : `请 ${r.members} 人`) },
              { title: '案例', render: (_, r) => `${r.cases} 个` },
            ]}
          />
        )}
      </Card>
      {open === 'plan' ? (
        <FormDialog open title="安排一次研讨" width={860} onClose={() => setOpen(null)}>
          <RecordForm
            validateWith={SeminarPlan}
            initial={
              {
                heldOn: s.dueOn !== null && s.dueOn > today() ? s.dueOn : today(),
                startsAt: '14:30',
                guests: '',
                memberIds: [],
                entryIds: [],
                agenda: [
                  { title: '案例介绍', minutes: 20, leader: '' },
                  { title: '各领域意见', minutes: 60, leader: '' },
                  { title: '形成共识与后续', minutes: 20, leader: '' },
                ],
              } as never
            }
            draftKey={`seminar.plan.${id}`}
            submitWords="安排并通知"
            onCancel={() => setOpen(null)}
            submit={async (body) => {
              const made = await plan.mutateAsync({ params: { id }, body });
              await navigate({ to: '/theme-seminars/$id', params: { id: made.id } });
            }}
          >
            <SeminarFields />
          </RecordForm>
        </FormDialog>
      ) : null}
      {open === 'edit' ? (
        <FormDialog open title="修改系列" onClose={() => setOpen(null)}>
          <RecordForm
            validateWith={SeriesDraft}
            initial={{ title: s.title, theme: s.theme, everyDays: s.ownEveryDays, startsOn: s.startsOn }}
            submitWords="保存"
            onCancel={() => setOpen(null)}
            submit={async (body) => {
              await update.mutateAsync({ params: { id }, body: { ...body, version: s.version } });
              setOpen(null);
            }}
          >
            <SeriesFields />
          </RecordForm>
        </FormDialog>
      ) : null}
    </RecordPage>
  );
}
