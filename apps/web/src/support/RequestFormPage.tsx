import { addAttachment, readAttachment, removeAttachment } from '@jieyou/core/cases/endpoints.ts';
import { caseDomainLabels, helpFieldLabels, optionsOf, problemSays, riskLabels } from '@jieyou/core/texts/labels.ts';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button, Input, Radio, Select, Skeleton } from 'antd';
import { type ReactNode, useState } from 'react';
import { call, fileUrl } from '../house/client.ts';
import { FileShelf } from '../house/FileShelf.tsx';
import { shortInstant } from '../house/format.ts';
import { ChoiceBoxes } from '../house/inputs.tsx';
import { Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import { Checklist } from './Checklist.tsx';
import { type DraftValues, emergencyNumbers, type Gaps, gapsNow, gapsOf, useRequestDraft } from './requestDraft.ts';
import { SimilarCases } from './SimilarCases.tsx';

function Field({
  name,
  label,
  hint,
  error,
  children,
}: {
  name: string;
  label: string;
  hint?: string;
  error?: string | undefined;
  children: ReactNode;
}) {
  return (
    <div className="rd-field" id={`at-${name}`}>
      <label htmlFor={name} id={`${name}-label`}>
        {label}
      </label>
      {hint === undefined ? null : <div className="rd-quiet">{hint}</div>}
      {children}
      {error === undefined ? null : (
        <div className="rd-error" role="alert" id={`${name}-error`}>
          {error}
        </div>
      )}
    </div>
  );
}

/** The passages that two places wrote differently, with their names. */
const differences = (mine: DraftValues, theirs: DraftValues): { name: string; mine: string; theirs: string }[] =>
  (
    [
      ['现在的情况', mine.story, theirs.story],
      ['已经做过什么', mine.tried, theirs.tried],
      ['希望得到什么支持', mine.asks, theirs.asks],
      ['问题领域', problemSays(mine.domain), problemSays(theirs.domain)],
      ['风险等级', riskLabels[mine.risk], riskLabels[theirs.risk]],
      ['所需专业', mine.helpFields.map((f) => helpFieldLabels[f]).join('、'), theirs.helpFields.map((f) => helpFieldLabels[f]).join('、')],
    ] as const
  )
    .filter(([, a, b]) => a !== b)
    .map(([name, a, b]) => ({ name, mine: a, theirs: b }));

/** The draft of a request: filled in from the case, saves itself, checks itself against the checklist, and is submitted here. */
export default function RequestFormPage() {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const draft = useRequestDraft(id);
  const [gaps, setGaps] = useState<Gaps>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [sent, setSent] = useState<{ receiptNo: string; dueAt: string | null; warning: string | null; status: string } | null>(null);

  const file = draft.file.data;
  if (draft.file.error !== null && file === undefined) {
    return (
      <Page title="疑难求助">
        <RefusalNotice error={draft.file.error} />
      </Page>
    );
  }
  if (sent !== null) {
    return (
      <Page title="疑难求助">
        <section className="jy-card rd-sent" role="status">
          <h2>{sent.status === 'crisis' ? '已进入危机通道，值班人员正在接收' : '求助已提交'}</h2>
          <div className="rd-quiet">回执号</div>
          <div className="rd-receipt">{sent.receiptNo}</div>
          <p>
            {sent.status === 'crisis'
              ? '请保持电话畅通。15 分钟内无人接手，会通知后备和您的站长。'
              : sent.dueAt === null
                ? '中心会尽快筛选，有变化会发消息给您。'
                : `中心会在 ${shortInstant(sent.dueAt)} 前筛选，有变化会发消息给您。`}
          </p>
          {sent.warning === null ? null : <p className="rd-quiet">{sent.warning}</p>}
          <Button type="primary" size="large" onClick={() => void navigate({ to: '/requests/$id', params: { id } })}>
            查看这份求助
          </Button>
        </section>
      </Page>
    );
  }
  const values = draft.values;
  if (file === undefined || values === null) {
    return (
      <Page title="疑难求助">
        <Skeleton active paragraph={{ rows: 10 }} />
      </Page>
    );
  }
  if (file.status !== 'draft') {
    return (
      <Page title="疑难求助">
        <Alert
          type="info"
          showIcon
          title="这份求助已经提交，内容不能再改"
          description={
            <Link to="/requests/$id" params={{ id }}>
              打开这份求助
            </Link>
          }
        />
      </Page>
    );
  }

  const change = (patch: Partial<DraftValues>) => {
    draft.change(patch);
    setGaps((now) => Object.fromEntries(Object.entries(now).filter(([name]) => !(name in patch))));
  };
  const left = (name: keyof DraftValues) => () => {
    const gap = gapsNow(values)[name];
    setGaps((now) => (gap === undefined ? now : { ...now, [name]: gap }));
  };
  const showFirst = (found: Gaps) => {
    const first = (['story', 'tried', 'asks', 'domain', 'helpFields', 'checklist'] as const).find((name) => name in found);
    if (first !== undefined) document.getElementById(`at-${first}`)?.scrollIntoView({ block: 'center' });
  };
  const submit = async () => {
    const found = gapsNow(values);
    setGaps(found);
    setError(null);
    if (Object.keys(found).length > 0) {
      showFirst(found);
      return;
    }
    setBusy(true);
    try {
      const answer = await draft.submit();
      if (answer !== null) setSent({ receiptNo: answer.receiptNo, dueAt: answer.dueAt, warning: answer.warning, status: answer.status });
    } catch (failed) {
      const told = gapsOf(failed, values);
      setGaps(told);
      showFirst(told);
      setError(failed);
    } finally {
      setBusy(false);
    }
  };

  const content = file.content;
  const danger = values.checklist.imminentRisk === true;
  const saveBar = (
    <div className="rd-submit">
      <span role="status" className={draft.save.kind === 'failed' || draft.save.kind === 'conflict' ? 'rd-error' : 'rd-quiet'}>
        {draft.save.says === '' ? '内容会自动保存' : draft.save.says}
      </span>
      {draft.save.kind === 'failed' ? (
        <Button size="small" onClick={() => void draft.flush()}>
          重试保存
        </Button>
      ) : null}
      <Button type="primary" size="large" danger={danger} loading={busy} onClick={() => void submit()}>
        {danger ? '提交到危机通道' : '提交求助'}
      </Button>
    </div>
  );

  return (
    <Page title="疑难求助（草稿）" crumbs={[{ title: '我的求助', to: '/requests' }]}>
      {content === null ? null : (
        <p className="rd-says">
          {content.recipientName}
          {content.recipientAge === null ? '' : `，${content.recipientAge}岁`}　个案 {content.caseNumber}　内容由个案带出，请核对后补充。
        </p>
      )}
      {draft.theirs === null ? null : (
        <Alert
          type="warning"
          showIcon
          title="这份草稿在别处也改过"
          description={
            <div className="rd-halves">
              <div>
                <strong>我刚写的</strong>
                {differences(values, draft.theirs).map((d) => (
                  <p key={d.name} className="rd-wrap">
                    <span className="rd-quiet">{d.name}：</span>
                    {d.mine === '' ? '没有填写' : d.mine}
                  </p>
                ))}
                <Button onClick={draft.keepMine}>保留我写的</Button>
              </div>
              <div>
                <strong>别处保存的</strong>
                {differences(values, draft.theirs).map((d) => (
                  <p key={d.name} className="rd-wrap">
                    <span className="rd-quiet">{d.name}：</span>
                    {d.theirs === '' ? '没有填写' : d.theirs}
                  </p>
                ))}
                <Button onClick={draft.takeTheirs}>改用别处的</Button>
              </div>
            </div>
          }
        />
      )}
      {danger ? (
        <Alert
          className="rd-crisis"
          type="error"
          showIcon
          title="有迫切危险：请先保证人身安全，再填表"
          description={
            <>
              {emergencyNumbers.map((n) => (
                <span key={n.number} className="rd-call">
                  <a href={`tel:${n.number}`}>{n.number}</a> {n.says}
                </span>
              ))}
              <div>提交后直接进入危机通道，支援中心值班人员会立即收到。只写一两句情况也可以提交，其余可以后补。</div>
            </>
          }
        />
      ) : null}
      <div className="rd-form-columns">
        <div>
          <div className="jy-card">
            <h2>情况与请求</h2>
            <Field name="story" label="现在的情况" hint="发生了什么，谁在其中，眼下最难的是什么" error={gaps.story}>
              <Input.TextArea
                id="story"
                value={values.story}
                onChange={(e) => change({ story: e.target.value })}
                onBlur={left('story')}
                autoSize={{ minRows: 6, maxRows: 18 }}
                maxLength={4000}
                showCount
                status={gaps.story === undefined ? '' : 'error'}
              />
            </Field>
            <Field name="tried" label="已经做过什么" hint="哪些有用，哪些没用" error={gaps.tried}>
              <Input.TextArea
                id="tried"
                value={values.tried}
                onChange={(e) => change({ tried: e.target.value })}
                onBlur={left('tried')}
                autoSize={{ minRows: 3, maxRows: 12 }}
                maxLength={2000}
                showCount
                status={gaps.tried === undefined ? '' : 'error'}
              />
            </Field>
            <Field name="asks" label="希望得到什么支持" hint="想请专家回答的问题，想要的资源" error={gaps.asks}>
              <Input.TextArea
                id="asks"
                value={values.asks}
                onChange={(e) => change({ asks: e.target.value })}
                onBlur={left('asks')}
                autoSize={{ minRows: 3, maxRows: 12 }}
                maxLength={2000}
                showCount
                status={gaps.asks === undefined ? '' : 'error'}
              />
            </Field>
            <Field name="files" label="附件">
              <FileShelf
                files={content?.attachments ?? []}
                hrefOf={(fileId) => fileUrl(readAttachment, { params: { id: fileId } })}
                onAdd={(picked) => call(addAttachment, { params: { kind: 'request', id }, query: { name: picked.name }, file: picked })}
                onRemove={(fileId) => call(removeAttachment, { params: { id: fileId } })}
                onChanged={() => void draft.file.refetch()}
              />
            </Field>
          </div>
          <SimilarCases id={id} savedAt={draft.save.kind === 'saved' ? draft.save.at : null} hrefOf={(entry) => `/casebank/${entry}`} />
        </div>
        <div>
          <div className="jy-card">
            <h2>分类</h2>
            <Field name="domain" label="问题领域" error={gaps.domain}>
              <Select
                id="domain"
                value={values.domain}
                placeholder="选一个主要的"
                onChange={(domain) => change({ domain })}
                options={optionsOf(caseDomainLabels)}
                style={{ width: '100%' }}
              />
            </Field>
            <Field name="helpFields" label="所需专业（可多选）" error={gaps.helpFields}>
              <ChoiceBoxes
                aria-labelledby="helpFields-label"
                value={values.helpFields}
                onChange={(picked) => change({ helpFields: picked })}
                options={optionsOf(helpFieldLabels)}
              />
            </Field>
            <Field name="risk" label="风险等级" error={gaps.risk}>
              <Radio.Group
                aria-labelledby="risk-label"
                value={values.risk}
                onChange={(e) => change({ risk: e.target.value as DraftValues['risk'] })}
                options={optionsOf(riskLabels)}
              />
            </Field>
            <Field name="wishes" label="对专家的意愿" hint="如涉及家庭暴力，可请女性专家">
              <Radio.Group
                aria-labelledby="wishes-label"
                value={values.wishes.expertGender ?? 'any'}
                onChange={(e) =>
                  change({ wishes: { expertGender: e.target.value === 'any' ? null : (e.target.value as 'female' | 'male') } })
                }
                options={[
                  { value: 'any', label: '不限' },
                  { value: 'female', label: '女性' },
                  { value: 'male', label: '男性' },
                ]}
              />
            </Field>
          </div>
          <div className="jy-card" id="at-checklist">
            <h2>界定清单</h2>
            <Checklist value={values.checklist} onChange={(checklist) => change({ checklist })} error={gaps.checklist} />
          </div>
        </div>
      </div>
      {error === null ? null : <RefusalNotice error={error} />}
      {saveBar}
    </Page>
  );
}
