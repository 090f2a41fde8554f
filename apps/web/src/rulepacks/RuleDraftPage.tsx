import { editRuleDraft, moveRuleDraft, readRuleDraft } from '@jieyou/core/rulepacks/endpoints.ts';
import type { RuleDraftFile } from '@jieyou/core/rulepacks/schema.ts';
import { affectsOf, ruleDraftStatusLabels } from '@jieyou/core/texts/rulepacksLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { Button, Input, InputNumber, Skeleton } from 'antd';
import { useEffect, useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { formatDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { wordsOfValue } from './values.ts';

type Value = RuleDraftFile['values'][number];
type Weighed = { key: string; label: string; weight: number };

/** The input of one figure, as its schema asks. */
function Figure({ of, value, onChange }: { readonly of: Value; readonly value: unknown; readonly onChange: (value: unknown) => void }) {
  const name = `${of.label}的新值`;
  switch (of.input.kind) {
    case 'integer':
      return (
        <InputNumber
          aria-label={name}
          value={value as number}
          precision={0}
          {...(of.input.min === null ? {} : { min: of.input.min })}
          {...(of.input.max === null ? {} : { max: of.input.max })}
          suffix={of.unit ?? ''}
          onChange={(v) => onChange(v ?? of.value)}
        />
      );
    case 'time':
      return <Input type="time" aria-label={name} value={String(value)} onChange={(e) => onChange(e.target.value)} />;
    case 'text':
      return <Input.TextArea aria-label={name} autoSize value={String(value)} maxLength={200} onChange={(e) => onChange(e.target.value)} />;
    case 'weights':
      return (
        <div className="rd-stack">
          {(value as Weighed[]).map((item, i, all) => (
            <div key={item.key}>
              {item.label}{' '}
              <InputNumber
                aria-label={`${item.label}的权重`}
                size="small"
                min={0}
                max={100}
                precision={0}
                value={item.weight}
                onChange={(w) => onChange(all.map((x, k) => (k === i ? { ...x, weight: w ?? x.weight } : x)))}
              />
            </div>
          ))}
        </div>
      );
    case 'fixed':
      return <span className="jy-secondary">不能在页面上修改</span>;
  }
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A new version of a rule pack: figures with their sources, what changes, what it touches, and the second person's decision. */
export default function RuleDraftPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const found = useQuery(queryOf(readRuleDraft, { params: { id } }));
  const edit = useAct(editRuleDraft);
  const step = useAct(moveRuleDraft);
  const [values, setValues] = useState<Readonly<Record<string, { value: unknown; source: string }>>>({});
  const [from, setFrom] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const [back, setBack] = useState('');
  const [error, setError] = useState<unknown>(null);
  const file = found.data;
  useEffect(() => {
    if (file === undefined) return;
    setValues(Object.fromEntries(file.values.map((v) => [v.key, { value: v.newValue, source: v.newSource ?? '' }])));
    setFrom(file.effectiveFrom ?? today());
    setReason(file.reason);
  }, [file]);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (file === undefined) return <Skeleton active />;
  const editing = file.can.includes('edit');
  const now = (v: Value) => values[v.key] ?? { value: v.newValue, source: v.newSource ?? '' };
  const put = (v: Value, change: Partial<{ value: unknown; source: string }>) =>
    setValues({ ...values, [v.key]: { ...now(v), ...change } });
  const changed = file.values.filter((v) => !same(v.value, now(v).value));
  const unsourced = changed.filter((v) => now(v).source.trim().length < 2);
  const attempt = async (work: () => Promise<unknown>) => {
    setError(null);
    try {
      await work();
    } catch (e) {
      setError(e);
    }
  };
  const save = () =>
    edit.mutateAsync({
      params: { id },
      body: {
        version: file.version,
        effectiveFrom: from ?? today(),
        reason,
        changes: changed.map((v) => ({ key: v.key, value: now(v).value, source: now(v).source })),
      },
    });
  const ready = changed.length > 0 && unsourced.length === 0 && reason.trim().length >= 2 && from !== null;
  return (
    <Page
      title={`${file.title}：新版本`}
      says={`以 ${file.baseVersion} 版为底稿，适用于${file.divisionName}。由 ${file.authorName} 起草，须由主管部门的另一位批准。`}
      crumbs={[{ title: '规则', to: '/rules' }]}
    >
      <Card title={ruleDraftStatusLabels[file.status]}>
        {file.returnedReason === null ? null : <p>退回修改：{file.returnedReason}</p>}
        {file.issuedVersion === null ? null : (
          <p>
            版本 {file.issuedVersion}，{formatDay(file.effectiveFrom)} 起施行，{file.decidedByName} 批准。
          </p>
        )}
        {editing ? (
          <div className="jy-form-two">
            <label htmlFor="effective">
              生效日期
              <DayInput id="effective" value={from} onChange={setFrom} notBefore={today()} />
            </label>
            <label htmlFor="why">
              为什么改
              <Input.TextArea
                id="why"
                value={reason}
                onChange={(e) => setReason(e.target.value)}
                autoSize={{ minRows: 2 }}
                maxLength={1000}
              />
            </label>
          </div>
        ) : (
          <p>
            {formatDay(file.effectiveFrom)} 起生效。{file.reason}
          </p>
        )}
      </Card>
      <Card title={changed.length === 0 ? '还没有改动' : `改动 ${changed.length} 项`}>
        <ul className="rd-stack" aria-label="改动">
          {changed.map((v) => (
            <li key={v.key}>
              <strong>{v.label}</strong>：{wordsOfValue(v.value, v.unit)} → {wordsOfValue(now(v).value, v.unit)}
              <div className="jy-secondary">
                出处：{now(v).source || '还没有写'}。{affectsOf(v.key)}
                {v.running === null ? '' : `现在有 ${v.running} 件求助的这一时限在走，保持原值。`}
              </div>
            </li>
          ))}
        </ul>
        <RefusalNotice error={error} />
        <div className="jy-form-foot">
          {editing ? (
            <Button type="primary" disabled={!ready} loading={edit.isPending} onClick={() => void attempt(save)}>
              保存草稿
            </Button>
          ) : null}
          {file.can.includes('submit') ? (
            <Button
              disabled={!ready}
              onClick={() =>
                void attempt(async () => {
                  const saved = await save();
                  await step.mutateAsync({ params: { id }, body: { move: 'submit', version: saved.version } });
                })
              }
            >
              提交批准
            </Button>
          ) : null}
          {file.can.includes('approve') ? (
            <ConfirmButton
              danger={false}
              type="primary"
              ask="批准并发布这个版本吗"
              says={`${formatDay(file.effectiveFrom)} 起施行，前一版本到前一天为止。发布后不能再改。`}
              sure="批准发布"
              onSure={() => step.mutateAsync({ params: { id }, body: { move: 'approve', version: file.version } })}
            >
              批准发布
            </ConfirmButton>
          ) : null}
          {file.can.includes('return') ? (
            <>
              <Input
                aria-label="退回的原因"
                placeholder="退回的原因"
                value={back}
                maxLength={600}
                style={{ width: 220 }}
                onChange={(e) => setBack(e.target.value)}
              />
              <Button
                disabled={back.trim().length < 2}
                onClick={() =>
                  void attempt(() => step.mutateAsync({ params: { id }, body: { move: 'return', version: file.version, reason: back } }))
                }
              >
                退回修改
              </Button>
            </>
          ) : null}
          {file.can.includes('withdraw') ? (
            <ConfirmButton
              ask="撤回这份草稿吗"
              says="撤回后不能再用，可以另起一份。"
              sure="撤回"
              onSure={() => step.mutateAsync({ params: { id }, body: { move: 'withdraw', version: file.version } })}
            >
              撤回草稿
            </ConfirmButton>
          ) : null}
          {unsourced.length > 0 ? <span className="jy-secondary">还有 {unsourced.length} 项没有写出处</span> : null}
        </div>
      </Card>
      {editing ? (
        <Card title="全部数值">
          <CardTable
            rowKey="key"
            size="small"
            dataSource={file.values}
            columns={[
              { title: '规则', render: (_, v) => v.label },
              { title: '现值', render: (_, v) => (v.input.kind === 'weights' ? '见右' : wordsOfValue(v.value, v.unit)) },
              { title: '新值', render: (_, v) => <Figure of={v} value={now(v).value} onChange={(value) => put(v, { value })} /> },
              {
                title: '出处',
                render: (_, v) =>
                  same(v.value, now(v).value) ? (
                    <span className="jy-secondary">{v.isOurs ? <StatusTag tone="needs">本平台默认</StatusTag> : v.source}</span>
                  ) : (
                    <Input
                      aria-label={`${v.label}的出处`}
                      placeholder="文件名与条款"
                      value={now(v).source}
                      maxLength={400}
                      onChange={(e) => put(v, { source: e.target.value })}
                    />
                  ),
              },
            ]}
          />
        </Card>
      ) : null}
    </Page>
  );
}
