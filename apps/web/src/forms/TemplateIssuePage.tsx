import { FormDocument, readDocument } from '@jieyou/core/forms/document.ts';
import { openForEditing } from '@jieyou/core/forms/editing.ts';
import { issueFormTemplate, readFormTemplate } from '@jieyou/core/forms/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { useKept } from '../house/kept.ts';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { FormTry } from './FormTry.tsx';
import TemplateEditor from './TemplateEditor.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';

const BLANK: FormDocument = {
  code: 'own-form',
  title: '新表',
  standard: '本区自定',
  subject: 'case',
  keptAs: 'records',
  signer: 'nobody',
  note: '',
  sections: [{ key: 'first', title: '一、第一部分', fields: [{ kind: 'passage', key: 'says', label: '内容', required: true }] }],
};

/** Writing a new version: field by field or as text, what is wrong with it beside its field, how it will be filled in, and then the issue. */
export default function TemplateIssuePage() {
  const { id = '' } = useParams({ strict: false });
  const isNew = id === 'new';
  const found = useQuery({ ...queryOf(readFormTemplate, { params: { id } }), enabled: !isNew });
  if (!isNew && found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (!isNew && found.data === undefined) return <Skeleton active />;
  // In the order of the contract: the database keeps keys in an order of its own.
  const from = found.data === undefined ? BLANK : FormDocument.parse(found.data.document);
  return <Writing id={isNew ? null : id} from={from} />;
}

function Writing({ id, from }: { readonly id: string | null; readonly from: FormDocument }) {
  const navigate = useNavigate();
  const message = useMessages();
  const draft = useKept<{ text: string; reason: string }>(`form-template.${id ?? 'new'}`, {
    text: JSON.stringify(from, null, 2),
    reason: '',
  });
  const [shown, setShown] = useState(false);
  const [told, setTold] = useState(false);
  const [asText, setAsText] = useState(false);
  const issue = useAct(issueFormTemplate, (made) => {
    draft.clear();
    void message.success('已签发');
    void navigate({ to: '/form-templates/$id', params: { id: made.id } });
  });
  const { text, reason } = draft.value;
  // The same reading as on the server, which reads once more when it is issued.
  const { document, problems } = readDocument(text);
  const edited = openForEditing(text);
  const change = (next: Partial<{ text: string; reason: string }>) => draft.set({ ...draft.value, ...next });
  const write = (next: string) => {
    change({ text: next });
    setShown(false);
  };
  const open = async (file: File | undefined) => {
    if (file !== undefined) write(await file.text());
  };
  return (
    <Page
      title={id === null ? '新建一种表' : `签发新版本：${from.title}`}
      crumbs={[{ title: '表单版本', to: '/form-templates' }]}
      says="逐栏改，或在文稿里改、读入一份文稿。有不对的当场说在哪里，没有不对才能签发。签发过的版本不再改。"
    >
      <fieldset className="fm-foot fe-plain" aria-label="怎样改">
        <Button type={asText ? 'default' : 'primary'} aria-pressed={!asText} onClick={() => setAsText(false)}>
          逐栏编辑
        </Button>
        <Button type={asText ? 'primary' : 'default'} aria-pressed={asText} onClick={() => setAsText(true)}>
          文稿
        </Button>
      </fieldset>
      {asText || edited === null ? null : (
        <TemplateEditor document={edited} set={(next) => write(JSON.stringify(next, null, 2))} problems={problems} isNew={id === null} />
      )}
      <Card
        title={asText ? '文稿' : '校验'}
        actions={
          <label className="jy-link-button">
            读入文件
            <input
              type="file"
              accept="application/json,.json,.txt"
              style={{ position: 'absolute', opacity: 0, width: 1, height: 1 }}
              onChange={(e) => void open(e.target.files?.[0])}
            />
          </label>
        }
      >
        {asText ? (
          <textarea className="fm-text" aria-label="表单文稿" spellCheck={false} value={text} onChange={(e) => write(e.target.value)} />
        ) : edited === null ? (
          <p className="rd-late">这份文稿读不进编辑器，请切到“文稿”改好。</p>
        ) : null}
        <p className="rd-quiet" role="status">
          {draft.says}
        </p>
        {problems.length === 0 ? (
          <p className="rd-done">文稿没有不对的地方。</p>
        ) : (
          <div role="alert">
            <strong>还有 {problems.length} 处不对：</strong>
            <ul>
              {problems.map((p) => (
                <li key={`${p.path.join('.')}${p.says}`}>
                  {p.at}：{p.says}
                </li>
              ))}
            </ul>
          </div>
        )}
        <Button disabled={document === null} onClick={() => setShown(!shown)}>
          {shown ? '收起预览' : '预览'}
        </Button>
      </Card>
      {shown && document !== null ? (
        <>
          <FormTry key={text} document={document} />
          <TemplatePreview document={document} />
        </>
      ) : null}
      <Card title="签发">
        <label className="fm-label" htmlFor="issue-reason">
          改了什么，为什么
        </label>
        <Input.TextArea
          id="issue-reason"
          value={reason}
          maxLength={300}
          autoSize={{ minRows: 2, maxRows: 5 }}
          onChange={(e) => change({ reason: e.target.value })}
        />

        {told && reason.trim().length < 2 ? (
          <div className="rd-error" role="alert">
            请写明改了什么，至少两个字
          </div>
        ) : null}
        <p className="rd-quiet">签发后本区从此按这一版填；已填的留在原来的版本上，仍可查看、打印。</p>
        <RefusalNotice error={issue.error} />
        <Button
          type="primary"
          disabled={document === null || !shown}
          loading={issue.isPending}
          onClick={() => {
            setTold(true);
            if (reason.trim().length >= 2) issue.mutate({ body: { text, reason, insteadOf: id } });
          }}
        >
          签发
        </Button>
        {document !== null && !shown ? <span className="rd-quiet">　先看一遍预览，再签发。</span> : null}
      </Card>
    </Page>
  );
}
