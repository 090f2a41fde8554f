import { giveScore, listBlindEntries, readBlindEntry, recuseFromEntry } from '@jieyou/core/learning/endpoints.ts';
import { totalOf } from '@jieyou/core/learning/rules.ts';
import { type Criterion, ScoreGiven } from '@jieyou/core/learning/schema.ts';
import { sectionLabels } from '@jieyou/core/texts/labels.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Form, Input, InputNumber, Skeleton } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import type { Answer } from '../house/client.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import './learning.css';

type Read = Answer<typeof readBlindEntry>;
type Section = keyof typeof sectionLabels;

const points = z.number({ error: '请填 0 到 100 的分数' }).min(0, { error: '0 到 100 分' }).max(100, { error: '0 到 100 分' });

/** A score whose every criterion has points; a correction says why. */
const typedScore = (criteria: readonly Criterion[], correction: boolean) =>
  ScoreGiven.extend({
    points: z.object(Object.fromEntries(criteria.map((c) => [c.key, points]))),
    ...(correction ? { reason: z.string({ error: '请写明更正的理由' }).trim().min(2, { error: '请写明更正的理由' }).max(200) } : {}),
  });

function Total({ criteria }: { readonly criteria: readonly Criterion[] }) {
  const given = (Form.useWatch('points', { preserve: true }) ?? {}) as Record<string, number>;
  const total = totalOf(criteria, given);
  return (
    <p aria-live="polite" className="jy-wide">
      我的总分　
      {total === undefined ? (
        <span className="jy-secondary">每项都填后算出</span>
      ) : (
        <strong className="ln-total">{total.toFixed(2)}</strong>
      )}
    </p>
  );
}

function ScoreForm({ entry, onSaved }: { readonly entry: Read; readonly onSaved: () => void }) {
  const message = useMessages();
  const score = useAct(giveScore);
  const { own, criteria } = entry;
  const schema = typedScore(criteria, own !== null);
  return (
    <RecordForm
      key={own?.corrections ?? 'first'}
      validateWith={schema}
      initial={{ points: own?.points ?? {}, comment: own?.comment ?? '' } as never}
      draftKey={`score.${entry.id}.${own === null ? 'first' : own.corrections}`}
      submitWords={own === null ? '交评分' : '更正评分'}
      submit={async (body) => {
        await score.mutateAsync({ params: { id: entry.id }, body: body as z.output<typeof ScoreGiven> });
        void message.success('已保存');
        onSaved();
      }}
    >
      {criteria.map((c) => (
        <Field key={c.key} name={['points', c.key]} label={`${c.title}（${c.weight}%）`} hint={c.says || undefined}>
          <InputNumber min={0} max={100} step={1} precision={1} inputMode="decimal" suffix="分" style={{ width: '100%' }} />
        </Field>
      ))}
      <Total criteria={criteria} />
      <Field name="comment" label="评语" hint="公示后作者和支援中心看得到，不写您的姓名。可以不写。" wide>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={600} />
      </Field>
      {own === null ? null : (
        <Field name="reason" label="更正的理由" hint="原来的评分会保留。" wide>
          <Input maxLength={200} />
        </Field>
      )}
    </RecordForm>
  );
}

function Recuse({ entry }: { readonly entry: Read }) {
  const navigate = useNavigate();
  return (
    <ActForm
      endpoint={recuseFromEntry}
      id={entry.id}
      extra={{}}
      title="认出了这个案例，声明回避"
      says="回避后看不到这件作品，您的评分不计入。"
      sure="声明回避"
      button={{ block: false }}
      onDone={() => void navigate({ to: '/competitions/$id/blind', params: { id: entry.competitionId } })}
    >
      <Field name="reason" label="为什么回避" wide>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={200} />
      </Field>
    </ActForm>
  );
}

/** One anonymous entry with the judge's own score; the mean of the others appears after it. */
export default function BlindEntryPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const [correcting, setCorrecting] = useState(false);
  const found = useQuery(queryOf(readBlindEntry, { params: { id } }));
  const competitionId = found.data?.competitionId ?? '';
  const works = useQuery({ ...queryOf(listBlindEntries, { params: { id: competitionId } }), enabled: competitionId !== '' });
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const entry = found.data;
  const next = works.data?.rows.find((r) => r.total === null && r.id !== id);
  return (
    <Page
      title={entry.title}
      says={`作品 ${entry.code}。文本已脱敏，作者不公开。`}
      crumbs={[
        { title: '案例评优', to: '/competitions' },
        { title: '匿名评分', to: `/competitions/${entry.competitionId}/blind` },
      ]}
    >
      <article className="rd-letter">
        {(Object.keys(sectionLabels) as Section[]).map((s) => (
          <section key={s}>
            <h2>{sectionLabels[s]}</h2>
            <p style={{ whiteSpace: 'pre-wrap' }}>{entry.sections[s]}</p>
          </section>
        ))}
      </article>
      <Card title={entry.own === null ? '评分' : '我的评分'}>
        {entry.own === null ? (
          <p className="jy-secondary">交了自己的评分，才看到其他评委的平均。</p>
        ) : (
          <p>
            我的总分 <strong className="ln-total">{entry.own.total.toFixed(2)}</strong>
            {entry.own.corrections === 0 ? null : <span className="jy-secondary">　更正过 {entry.own.corrections} 次</span>}
            <br />
            {entry.others === null || entry.others.mean === null
              ? '其他评委还没有评分。'
              : `其他 ${entry.others.scores} 位评委的平均 ${entry.others.mean.toFixed(2)}`}
            {next === undefined ? null : (
              <>
                <br />
                <button
                  type="button"
                  className="jy-link-button"
                  onClick={() => {
                    setCorrecting(false);
                    void navigate({ to: '/competition-entries/$id', params: { id: next.id } });
                  }}
                >
                  评下一件：{next.title}
                </button>
              </>
            )}
          </p>
        )}
        {entry.open ? (
          entry.own === null || correcting ? (
            <div className="ln-score">
              <ScoreForm entry={entry} onSaved={() => setCorrecting(false)} />
            </div>
          ) : (
            <Button onClick={() => setCorrecting(true)}>更正评分</Button>
          )
        ) : (
          <p className="jy-secondary">评分已经结束，不能再改。</p>
        )}
      </Card>
      {entry.open ? <Recuse entry={entry} /> : null}
    </Page>
  );
}
