import { SeminarMinutes, SeminarPlan } from '@jieyou/core/learning/schema.ts';
import { cancelSeminar, readSeminar, recordSeminar, updateSeminar } from '@jieyou/core/learning/seminarEndpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { Card } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { CasesPicker, PeoplePicker } from './pickers.tsx';
import { SeminarFields } from './SeminarFields.tsx';
import { SeminarTag } from './SeriesPage.tsx';
import './learning.css';

/** One seminar: agenda, who came, minutes, and the published cases it spoke of. */
export default function SeminarPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readSeminar, { params: { id } }));
  const update = useAct(updateSeminar);
  const write = useAct(recordSeminar);
  const [open, setOpen] = useState<'edit' | 'record' | null>(null);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const s = found.data;
  const people = s.people.map((p) => ({ id: p.id, label: p.name }));
  const cases = s.entries.map((e) => ({ id: e.id, label: `${e.number} ${e.title}` }));
  const came = s.people.filter((p) => p.attended === true);
  const absent = s.people.filter((p) => p.attended === false);
  const names = (all: typeof came) => all.map((p) => p.name).join('、');
  return (
    <RecordPage
      crumbs={[
        { title: '主题研讨', to: '/theme-seminars' },
        { title: s.seriesTitle, to: `/seminar-series/${s.seriesId}` },
      ]}
      title={s.topic}
      status={<SeminarTag status={s.status} />}
      meta={[`${formatDay(s.heldOn)} ${s.startsAt}`, s.place]}
      next={
        <>
          <p>
            {s.status === 'cancelled'
              ? `已取消：${s.reason}`
              : s.status === 'held'
                ? '纪要已记录。'
                : s.heldOn > today()
                  ? `${formatDay(s.heldOn)} 召开。`
                  : '召开后，请写纪要、记到会。'}
          </p>
          <div className="jy-actions">
            {s.can.includes('record') ? (
              <Button block type={s.status === 'planned' ? 'primary' : 'default'} onClick={() => setOpen('record')}>
                {s.status === 'held' ? '更正纪要' : '写纪要'}
              </Button>
            ) : null}
            {s.can.includes('edit') ? (
              <Button block onClick={() => setOpen('edit')}>
                修改安排
              </Button>
            ) : null}
            {s.can.includes('cancel') ? (
              <ActForm
                endpoint={cancelSeminar}
                id={id}
                extra={{ version: s.version }}
                title="取消这次研讨"
                says="请过的人会收到消息。"
                button={{ danger: true }}
              >
                <Field name="reason" label="原因" wide>
                  <Input maxLength={200} />
                </Field>
              </ActForm>
            ) : null}
          </div>
        </>
      }
      aside={
        <Card title="参加的人">
          {s.status === 'held' ? (
            <p>
              到会 {came.length} 人：{names(came) || '—'}
              {absent.length === 0 ? null : (
                <>
                  <br />
                  <span className="jy-secondary">没有到：{names(absent)}</span>
                </>
              )}
            </p>
          ) : (
            <p>{names(s.people)}</p>
          )}
          {s.guests === '' ? null : <p className="jy-secondary">其他：{s.guests}</p>}
        </Card>
      }
    >
      {s.status === 'held' ? (
        <Card title="纪要">
          <p className="jy-long">{s.minutes}</p>
          {s.conclusions === '' ? null : (
            <>
              <h3 className="ln-sub">共识与后续</h3>
              <p className="jy-long">{s.conclusions}</p>
            </>
          )}
        </Card>
      ) : null}
      <Card title={`议程（${s.agenda.reduce((n, p) => n + p.minutes, 0)} 分钟）`}>
        <CardTable
          rowKey="n"
          size="small"
          dataSource={s.agenda.map((point, n) => ({ ...point, n }))}
          columns={[
            { title: '议程', render: (_, p) => p.title },
            { title: '时长', render: (_, p) => `${p.minutes} 分钟` },
            { title: '主讲', render: (_, p) => p.leader || '—' },
          ]}
        />
      </Card>
      <Card title="研讨的案例">
        {s.entries.length === 0 ? (
          <p className="jy-secondary">没有关联已发布的案例。</p>
        ) : (
          <ul className="ln-passed">
            {s.entries.map((e) => (
              <li key={e.id}>
                <Link to="/casebank/$id" params={{ id: e.id }}>
                  {e.number}　{e.title}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Card>
      {open === 'edit' ? (
        <FormDialog open title="修改安排" width={860} onClose={() => setOpen(null)}>
          <RecordForm
            validateWith={SeminarPlan}
            initial={{
              topic: s.topic,
              heldOn: s.heldOn,
              startsAt: s.startsAt,
              place: s.place,
              guests: s.guests,
              agenda: s.agenda,
              memberIds: people.map((p) => p.id),
              entryIds: cases.map((c) => c.id),
            }}
            submitWords="保存"
            onCancel={() => setOpen(null)}
            submit={async (body) => {
              await update.mutateAsync({ params: { id }, body: { ...body, version: s.version } });
              setOpen(null);
            }}
          >
            <SeminarFields people={people} cases={cases} />
          </RecordForm>
        </FormDialog>
      ) : null}
      {open === 'record' ? (
        <FormDialog open title={s.status === 'held' ? '更正纪要' : '写纪要'} onClose={() => setOpen(null)}>
          <p className="jy-secondary">全区专业人员都能看到。请不要写没有脱敏的内容。</p>
          <RecordForm
            validateWith={SeminarMinutes}
            initial={{
              minutes: s.minutes,
              conclusions: s.conclusions,
              attendedIds: (s.status === 'held' ? came : s.people).map((p) => p.id),
              entryIds: cases.map((c) => c.id),
            }}
            draftKey={`seminar.minutes.${id}.${s.version}`}
            submitWords="保存纪要"
            onCancel={() => setOpen(null)}
            submit={async (body) => {
              await write.mutateAsync({ params: { id }, body: { ...body, version: s.version } });
              setOpen(null);
            }}
          >
            <Field name="attendedIds" label="到会的人" hint="没有请却来了的人，也可以加上。" wide>
              <PeoplePicker known={people} />
            </Field>
            <Field name="minutes" label="纪要" wide>
              <Input.TextArea autoSize={{ minRows: 5, maxRows: 16 }} maxLength={8000} />
            </Field>
            <Field name="conclusions" label="共识与后续" wide>
              <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={4000} />
            </Field>
            <Field name="entryIds" label="研讨的案例" wide>
              <CasesPicker known={cases} />
            </Field>
          </RecordForm>
        </FormDialog>
      ) : null}
    </RecordPage>
  );
}
