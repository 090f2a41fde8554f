import { editRuleDraft, moveRuleDraft, readRuleDraft } from '@jieyou/core/rulepacks/endpoints.ts';
import { type RuleDraftFile, RuleStep } from '@jieyou/core/rulepacks/schema.ts';
import { affectsOf, ruleDraftStatusLabels } from '@jieyou/core/texts/rulepacksLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { ApiError } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, formatInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useKept } from '../house/kept.ts';
import { useLive } from '../house/live.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag, type Tone } from '../house/StatusTag.tsx';
import '../house/reading.css';
import { type DraftFigure, RuleFigure } from './RuleFigure.tsx';
import { sameValue, wordsOfValue } from './values.ts';

const TONES: Readonly<Record<RuleDraftFile['status'], Tone>> = { draft: 'moving', submitted: 'needs', issued: 'done', withdrawn: 'rest' };
const ReturnStep = RuleStep.options[1].omit({ move: true, version: true });

type Typed = {
  readonly from: string | null;
  readonly reason: string;
  readonly values: Readonly<Record<string, { value: unknown; source: string }>>;
};

const typedOf = (file: RuleDraftFile): Typed => ({
  from: file.effectiveFrom ?? today(),
  reason: file.reason,
  values: Object.fromEntries(file.values.filter((v) => v.changed).map((v) => [v.key, { value: v.newValue, source: v.newSource ?? '' }])),
});

/** What changes, from what to what, by which source, and what it touches. */
function Changes({
  file,
  changed,
  now,
}: {
  readonly file: RuleDraftFile;
  readonly changed: readonly DraftFigure[];
  readonly now: (v: DraftFigure) => { value: unknown; source: string };
}) {
  return (
    <Card title={changed.length === 0 ? '还没有改动' : `改动 ${changed.length} 项`}>
      {changed.length === 0 ? (
        <p className="jy-secondary">
          {file.status === 'draft' ? '在下面改一个数值，这里就会列出从多少改成多少、影响哪些事。' : '没有改动。'}
        </p>
      ) : (
        <ul className="rd-apart" aria-label="改动">
          {changed.map((v) => (
            <li key={v.key}>
              <strong>{v.label}</strong>：{wordsOfValue(v.value, v.unit)} 改为 <strong>{wordsOfValue(now(v).value, v.unit)}</strong>
              <div className="jy-secondary">
                出处：{now(v).source.trim() || '还没有写'}
                <br />
                {affectsOf(v.key)}
                {v.running === null ? '' : `现在有 ${v.running} 件求助的这一时限在走，保持原值。`}
              </div>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** A new version of a rule pack: figures with their sources, what changes, what it touches, and the second person's decision. */
export default function RuleDraftPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  useLive();
  const found = useQuery(queryOf(readRuleDraft, { params: { id } }));
  if (found.isError) {
    return (
      <Page title="规则新版本" crumbs={[{ title: '规则', to: '/rules' }]}>
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      </Page>
    );
  }
  if (found.data === undefined) {
    return (
      <Page title="规则新版本" crumbs={[{ title: '规则', to: '/rules' }]}>
        <Skeleton active paragraph={{ rows: 8 }} />
      </Page>
    );
  }
  // What was typed belongs to the version that it changes.
  return <Draft key={found.data.version} file={found.data} />;
}

function Draft({ file }: { readonly file: RuleDraftFile }) {
  const params = { id: file.id };
  const message = useMessages();
  const edit = useAct(editRuleDraft);
  const step = useAct(moveRuleDraft);
  const kept = useKept<Typed>(`rule-draft.${file.id}.${file.version}`, typedOf(file));
  const [returning, setReturning] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const editing = file.can.includes('edit');
  const typed = editing ? kept.value : typedOf(file);
  const now = (v: DraftFigure) => typed.values[v.key] ?? { value: v.value, source: '' };
  const put = (v: DraftFigure, change: Partial<{ value: unknown; source: string }>) => {
    setFaults({});
    kept.set({ ...typed, values: { ...typed.values, [v.key]: { ...now(v), ...change } } });
  };
  const changed = file.values.filter((v) => !sameValue(v.value, now(v).value));
  const unsourced = changed.filter((v) => now(v).source.trim().length < 2);
  const missing = [
    ...(changed.length === 0 ? ['至少改一项数值'] : []),
    ...(unsourced.length === 0 ? [] : [`写出处：${unsourced.map((v) => v.label).join('、')}`]),
    ...(typed.from === null ? ['选生效日期'] : []),
    ...(typed.reason.trim().length < 2 ? ['写为什么改'] : []),
  ];
  const attempt = async (done: string, work: () => Promise<unknown>) => {
    setError(null);
    setFaults({});
    try {
      await work();
      void message.success(done);
    } catch (e) {
      const wrong = e instanceof ApiError ? e.fields : [];
      const at = Object.fromEntries(
        wrong.flatMap((f) => {
          const place = /changes\.(\d+)\./.exec(f.path)?.[1];
          const figure = place === undefined ? undefined : changed[Number(place)];
          return figure === undefined ? [] : [[figure.key, f.message] as const];
        }),
      );
      setFaults(at);
      setError(e);
    }
  };
  const save = async () => {
    const saved = await edit.mutateAsync({
      params,
      body: {
        version: file.version,
        effectiveFrom: typed.from ?? today(),
        reason: typed.reason.trim(),
        changes: changed.map((v) => ({ key: v.key, value: now(v).value, source: now(v).source.trim() })),
      },
    });
    kept.clear();
    return saved;
  };
  const busy = edit.isPending || step.isPending;
  const next =
    file.status === 'issued' ? (
      <>
        <p>
          已发布为 {file.issuedVersion} 版，{formatDay(file.effectiveFrom)} 起施行。
        </p>
        <Link to="/rules" search={{ code: file.code } as never}>
          看这个规则包
        </Link>
      </>
    ) : file.status === 'withdrawn' ? (
      <p>这份草稿已撤回，可以在规则页另起一份。</p>
    ) : (
      <>
        {file.returnedReason === null || file.status !== 'draft' ? null : <p className="rd-late">退回修改：{file.returnedReason}</p>}
        {editing ? (
          <>
            <p>改好数值、写明出处和原因，再提交给主管部门批准。</p>
            {missing.length === 0 ? null : (
              <div className="jy-secondary">
                还差：
                <ul className="jy-seen-by">
                  {missing.map((m) => (
                    <li key={m}>{m}</li>
                  ))}
                </ul>
              </div>
            )}
            <Button
              type="primary"
              size="large"
              block
              disabled={missing.length > 0}
              loading={busy}
              onClick={() =>
                void attempt('已提交批准', async () => {
                  const saved = await save();
                  await step.mutateAsync({ params, body: { move: 'submit', version: saved.version } });
                })
              }
            >
              提交批准
            </Button>
            <Button block disabled={missing.length > 0 || busy} onClick={() => void attempt('已保存', save)}>
              保存草稿
            </Button>
            <p className="jy-secondary jy-small" role="status">
              {kept.says}
            </p>
          </>
        ) : file.can.includes('approve') ? (
          <>
            <p>看过改动和出处，没有疑问请批准；要改的，退回并说明。</p>
            <ConfirmButton
              danger={false}
              type="primary"
              size="large"
              block
              ask="批准并发布这个版本吗"
              says={`${formatDay(file.effectiveFrom)} 起施行，前一版本到前一天为止。发布后不能再改。`}
              sure="批准发布"
              onSure={() => step.mutateAsync({ params, body: { move: 'approve', version: file.version } })}
            >
              批准发布
            </ConfirmButton>
          </>
        ) : (
          <p>等主管部门的另一位批准。批准或退回都会发消息给起草的人。</p>
        )}
        {file.can.includes('return') ? (
          <Button block onClick={() => setReturning(true)}>
            退回修改
          </Button>
        ) : null}
        {file.can.includes('withdraw') ? (
          <ConfirmButton
            block
            ask="撤回这份草稿吗"
            says="撤回后不能再用，可以另起一份。"
            sure="撤回"
            onSure={() => step.mutateAsync({ params, body: { move: 'withdraw', version: file.version } })}
          >
            撤回草稿
          </ConfirmButton>
        ) : null}
        {Object.keys(faults).length > 0 ? <p className="rd-late">有数值不合要求，见下面标红的项。</p> : <RefusalNotice error={error} />}
      </>
    );
  return (
    <RecordPage
      crumbs={[{ title: '规则', to: '/rules' }]}
      title={`${file.title}：新版本`}
      status={<StatusTag tone={TONES[file.status]}>{ruleDraftStatusLabels[file.status]}</StatusTag>}
      meta={[
        `适用于${file.divisionName}`,
        `以 ${file.baseVersion} 版为底稿`,
        `${file.authorName} 起草`,
        ...(file.decidedByName === null
          ? []
          : [`${file.decidedByName} ${formatInstant(file.decidedAt)} ${file.status === 'issued' ? '批准' : '经办'}`]),
      ]}
      next={next}
    >
      <Card title="生效与理由">
        {editing ? (
          <div className="rd-apart">
            <div className="rd-field" style={{ maxWidth: 320 }}>
              <label htmlFor="effective">生效日期</label>
              <DayInput id="effective" value={typed.from} onChange={(from) => kept.set({ ...typed, from })} notBefore={today()} />
            </div>
            <div className="rd-field">
              <label htmlFor="why">为什么改</label>
              <Input.TextArea
                id="why"
                value={typed.reason}
                onChange={(e) => kept.set({ ...typed, reason: e.target.value })}
                autoSize={{ minRows: 2, maxRows: 8 }}
                maxLength={1000}
              />
            </div>
          </div>
        ) : (
          <p className="rd-wrap">
            {formatDay(file.effectiveFrom)} 起生效。
            {file.reason}
          </p>
        )}
      </Card>
      <Changes file={file} changed={changed} now={now} />
      {editing ? (
        <Card title="全部数值">
          <CardTable
            rowKey="key"
            size="small"
            dataSource={file.values}
            columns={[
              { title: '规则', render: (_, v) => v.label },
              { title: '现值', width: 110, render: (_, v) => (v.input.kind === 'weights' ? '见新值' : wordsOfValue(v.value, v.unit)) },
              {
                title: '新值',
                render: (_, v) => (
                  <>
                    <RuleFigure of={v} value={now(v).value} wrong={faults[v.key] !== undefined} onChange={(value) => put(v, { value })} />
                    {faults[v.key] === undefined ? null : (
                      <div className="rd-error" role="alert">
                        {faults[v.key]}
                      </div>
                    )}
                  </>
                ),
              },
              {
                title: '出处',
                width: 220,
                render: (_, v) =>
                  sameValue(v.value, now(v).value) ? (
                    <span className="jy-secondary">{v.source}</span>
                  ) : (
                    <Input.TextArea
                      aria-label={`${v.label}的出处`}
                      placeholder="文件名与条款"
                      autoSize
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
      <FormDialog open={returning} title="退回修改" onClose={() => setReturning(false)} width={560}>
        <RecordForm
          columns={1}
          validateWith={ReturnStep}
          submitWords="退回修改"
          final
          onCancel={() => setReturning(false)}
          submit={async ({ reason }) => {
            await step.mutateAsync({ params, body: { move: 'return', version: file.version, reason } });
            setReturning(false);
          }}
        >
          <Field name="reason" label="退回的原因" hint="起草的人会收到消息，在草稿里看到原因。">
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 8 }} maxLength={600} />
          </Field>
        </RecordForm>
      </FormDialog>
    </RecordPage>
  );
}
