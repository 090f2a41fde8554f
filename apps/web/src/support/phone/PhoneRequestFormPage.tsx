import { addAttachment, removeAttachment } from '@jieyou/core/cases/endpoints.ts';
import { TAKEN_ENDINGS } from '@jieyou/core/cases/rules.ts';
import { defaultChecklist } from '@jieyou/core/support/checklist.ts';
import type { ChecklistAnswers } from '@jieyou/core/support/schema.ts';
import { caseDomainLabels, helpFieldLabels, optionsOf, riskLabels } from '@jieyou/core/texts/labels.ts';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Selector, Skeleton, TextArea } from 'antd-mobile';
import { useRef, useState } from 'react';
import { call } from '../../house/client.ts';
import { type FailedFile, FailedFiles } from '../../house/FailedFiles.tsx';
import { shortInstant } from '../../house/format.ts';
import { PhoneCard, PhonePage } from '../../house/PhonePage.tsx';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import { useAssessment } from '../queries.ts';
import {
  checklistHints,
  type DraftValues,
  emergencyNumbers,
  type Gaps,
  gapsNow,
  gapsOf,
  imminentRiskLabel,
  useRequestDraft,
} from '../requestDraft.ts';
import { SimilarCases } from '../SimilarCases.tsx';

const outcomeWords = {
  crisis: '有迫切危险：提交后直接进入危机通道',
  hard: '建议：属于疑难个案',
  'supervision-advice': '建议：先请督导指导',
} as const;

const passages: readonly {
  readonly name: 'story' | 'tried' | 'asks';
  readonly label: string;
  readonly hint: string;
  readonly max: number;
}[] = [
  { name: 'story', label: '现在的情况', hint: '发生了什么，眼下最难的是什么', max: 4000 },
  { name: 'tried', label: '已经做过什么', hint: '哪些有用，哪些没用', max: 2000 },
  { name: 'asks', label: '希望得到什么支持', hint: '想请专家回答的问题', max: 2000 },
];

/** A request written on the phone: danger first, the rest in the order in which one tells it; saves itself. */
export default function PhoneRequestFormPage() {
  const { id = '' } = useParams({ strict: false });
  const navigate = useNavigate();
  const draft = useRequestDraft(id);
  const [gaps, setGaps] = useState<Gaps>({});
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState(false);
  const [uploading, setUploading] = useState(false);
  const [failures, setFailures] = useState<readonly FailedFile[]>([]);
  const [sent, setSent] = useState<{ receiptNo: string; dueAt: string | null; status: string } | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const assessment = useAssessment(draft.values?.checklist);

  if (sent !== null) {
    return (
      <PhonePage
        title="疑难求助"
        back={false}
        foot={
          <Button block color="primary" onClick={() => void navigate({ to: '/requests/$id', params: { id }, replace: true })}>
            查看这份求助
          </Button>
        }
      >
        <PhoneCard title={sent.status === 'crisis' ? '已进入危机通道，值班人员正在接收' : '求助已提交'}>
          <p>回执号</p>
          <p className="rd-receipt">{sent.receiptNo}</p>
          <p>
            {sent.status === 'crisis'
              ? '请保持电话畅通。15 分钟内无人接手，会通知后备和您的站长。'
              : sent.dueAt === null
                ? '中心会尽快筛选，有变化会发消息给您。'
                : `中心会在 ${shortInstant(sent.dueAt)} 前筛选，有变化会发消息给您。`}
          </p>
        </PhoneCard>
      </PhonePage>
    );
  }
  const file = draft.file.data;
  const values = draft.values;
  if (file === undefined || values === null) {
    return (
      <PhonePage title="疑难求助">
        {draft.file.error === null ? <Skeleton.Paragraph lineCount={8} animated /> : <RefusalNotice error={draft.file.error} />}
      </PhonePage>
    );
  }
  if (file.status !== 'draft') {
    return (
      <PhonePage title="疑难求助">
        <PhoneCard>
          <p>这份求助已经提交，内容不能再改。</p>
          <Button block color="primary" onClick={() => void navigate({ to: '/requests/$id', params: { id }, replace: true })}>
            打开这份求助
          </Button>
        </PhoneCard>
      </PhonePage>
    );
  }

  const change = (patch: Partial<DraftValues>) => {
    draft.change(patch);
    setGaps((now) => Object.fromEntries(Object.entries(now).filter(([name]) => !(name in patch))));
  };
  const show = (found: Gaps) => {
    const first = (['checklist', 'story', 'tried', 'asks', 'domain', 'helpFields'] as const).find((name) => name in found);
    if (first !== undefined) document.getElementById(`at-${first}`)?.scrollIntoView({ block: 'start' });
  };
  const submit = async () => {
    const found = gapsNow(values);
    setGaps(found);
    setError(null);
    if (Object.keys(found).length > 0) {
      show(found);
      return;
    }
    setBusy(true);
    try {
      const answer = await draft.submit();
      if (answer !== null) setSent({ receiptNo: answer.receiptNo, dueAt: answer.dueAt, status: answer.status });
    } catch (failed) {
      const told = gapsOf(failed, values);
      setGaps(told);
      show(told);
      setError(failed);
    } finally {
      setBusy(false);
    }
  };
  const addFiles = async (picked: readonly File[]) => {
    setUploading(true);
    const failed: FailedFile[] = [];
    for (const one of picked) {
      await call(addAttachment, { params: { kind: 'request', id }, query: { name: one.name }, file: one }).catch((error: unknown) =>
        failed.push({ name: one.name, error }),
      );
    }
    setUploading(false);
    setFailures(failed);
    if (picker.current !== null) picker.current.value = '';
    await draft.file.refetch();
  };
  const remove = async (fileId: string) => {
    await call(removeAttachment, { params: { id: fileId } }).catch(setError);
    await draft.file.refetch();
  };

  const items = assessment.data?.items ?? defaultChecklist.items;
  const danger = values.checklist.imminentRisk === true;
  const yesNo = (key: keyof ChecklistAnswers, label: string) => (
    <div key={key} className="ph-field">
      <div className="label" id={`ask-${key}`}>
        {label}
      </div>
      {checklistHints[key] === undefined ? null : <div className="rd-quiet">{checklistHints[key]}</div>}
      <fieldset className="ph-yesno" aria-labelledby={`ask-${key}`}>
        {([true, false] as const).map((answer) => (
          <button
            key={String(answer)}
            type="button"
            aria-pressed={values.checklist[key] === answer}
            onClick={() => change({ checklist: { ...values.checklist, [key]: answer } })}
          >
            {answer ? '是' : '否'}
          </button>
        ))}
      </fieldset>
    </div>
  );

  return (
    <PhonePage
      title="疑难求助"
      foot={
        <>
          <div role="status" className={draft.save.kind === 'failed' || draft.save.kind === 'conflict' ? 'rd-error' : 'rd-quiet'}>
            {draft.save.says === '' ? '内容会自动保存' : draft.save.says}
          </div>
          <Button block color={danger ? 'danger' : 'primary'} loading={busy} onClick={() => void submit()}>
            {danger ? '提交到危机通道' : '提交求助'}
          </Button>
        </>
      }
    >
      {file.content === null ? null : (
        <p className="rd-says">
          {file.content.recipientName}
          {file.content.recipientAge === null ? '' : `，${file.content.recipientAge}岁`}　内容由个案带出，请核对。
        </p>
      )}
      {draft.theirs === null ? null : (
        <PhoneCard title="这份草稿在别处也改过">
          <p className="rd-quiet">别处写的情况：</p>
          <p className="rd-wrap">{draft.theirs.story}</p>
          <Button block color="primary" onClick={draft.keepMine}>
            保留我写的
          </Button>
          <Button block fill="none" onClick={draft.takeTheirs}>
            改用别处的
          </Button>
        </PhoneCard>
      )}
      <section className={danger ? 'ph-card ph-danger' : 'ph-card'} id="at-checklist">
        {yesNo('imminentRisk', imminentRiskLabel)}
        {danger ? (
          <div role="alert">
            <p>请先保证人身安全：</p>
            {emergencyNumbers.map((n) => (
              <div key={n.number} className="ph-call">
                <a href={`tel:${n.number}`}>{n.number}</a> {n.says}
              </div>
            ))}
            <p>提交后值班人员会立即收到。只写一两句也可以提交，其余可以后补。</p>
          </div>
        ) : null}
        {gaps.checklist === undefined ? null : (
          <div className="rd-error" role="alert">
            {gaps.checklist}
          </div>
        )}
      </section>
      <PhoneCard>
        {passages.map((p) => (
          <div key={p.name} className="ph-field" id={`at-${p.name}`}>
            <label htmlFor={p.name}>{p.label}</label>
            <div className="rd-quiet">{p.hint}</div>
            <TextArea
              id={p.name}
              value={values[p.name]}
              onChange={(text) => change({ [p.name]: text })}
              autoSize={{ minRows: 3, maxRows: 12 }}
              maxLength={p.max}
            />
            {gaps[p.name] === undefined ? null : (
              <div className="rd-error" role="alert">
                {gaps[p.name]}
              </div>
            )}
          </div>
        ))}
        <div className="ph-field">
          <span className="label">附件</span>
          {(file.content?.attachments ?? []).map((a) => (
            <div key={a.id} className="rd-answer">
              <span>{a.name}</span>
              <Button className="ph-small" fill="none" color="danger" onClick={() => void remove(a.id)} aria-label={`删除 ${a.name}`}>
                删除
              </Button>
            </div>
          ))}
          <input
            ref={picker}
            type="file"
            multiple
            hidden
            aria-label="选择照片或文件"
            accept={`image/*,${TAKEN_ENDINGS.join()}`}
            onChange={(e) => void addFiles([...(e.target.files ?? [])])}
          />
          <Button block loading={uploading} onClick={() => picker.current?.click()}>
            拍照或选文件
          </Button>
          <FailedFiles failures={failures} />
        </div>
      </PhoneCard>
      <PhoneCard title="分类">
        <div className="ph-field" id="at-domain">
          <span className="label">问题领域</span>
          <Selector
            columns={2}
            options={optionsOf(caseDomainLabels)}
            value={values.domain === null ? [] : [values.domain]}
            onChange={([domain]) => {
              if (domain !== undefined) change({ domain });
            }}
          />
          {gaps.domain === undefined ? null : (
            <div className="rd-error" role="alert">
              {gaps.domain}
            </div>
          )}
        </div>
        <div className="ph-field" id="at-helpFields">
          <span className="label">所需专业（可多选）</span>
          <Selector
            columns={3}
            multiple
            options={optionsOf(helpFieldLabels)}
            value={values.helpFields}
            onChange={(helpFields) => change({ helpFields })}
          />
          {gaps.helpFields === undefined ? null : (
            <div className="rd-error" role="alert">
              {gaps.helpFields}
            </div>
          )}
        </div>
        <div className="ph-field">
          <span className="label">风险等级</span>
          <Selector
            columns={4}
            options={optionsOf(riskLabels)}
            value={[values.risk]}
            onChange={([risk]) => {
              if (risk !== undefined) change({ risk });
            }}
          />
        </div>
        <div className="ph-field">
          <span className="label">希望由哪位专家参与</span>
          <Selector
            columns={3}
            options={[
              { value: 'any', label: '不限' },
              { value: 'female', label: '女性' },
              { value: 'male', label: '男性' },
            ]}
            value={[values.wishes.expertGender ?? 'any']}
            onChange={([wish]) => {
              if (wish !== undefined) change({ wishes: { expertGender: wish === 'any' ? null : (wish as 'female' | 'male') } });
            }}
          />
        </div>
      </PhoneCard>
      <PhoneCard title="界定清单">
        {items.map((item) => yesNo(item.key as keyof ChecklistAnswers, item.label))}
        {assessment.data === undefined ? null : (
          <div role="status">
            <strong>{outcomeWords[assessment.data.result.outcome]}</strong>
            <div className="rd-quiet">
              符合 {assessment.data.result.score} 分，{assessment.data.result.hardAt} 分起为疑难。依据《界定清单》
              {assessment.data.result.packVersion} 版，只作提示，由人来决定。
            </div>
          </div>
        )}
      </PhoneCard>
      <RefusalNotice error={error} />
      <SimilarCases id={id} savedAt={draft.save.kind === 'saved' ? draft.save.at : null} hrefOf={(entry) => `/m/bank/${entry}`} />
    </PhonePage>
  );
}
