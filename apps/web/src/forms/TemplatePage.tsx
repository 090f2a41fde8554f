import type { FormDocument } from '@jieyou/core/forms/document.ts';
import { printFormTemplate, readFormTemplate, retireFormTemplate } from '@jieyou/core/forms/endpoints.ts';
import { formEachLabels, formSubjectLabels } from '@jieyou/core/texts/formLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { fileUrl } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { dayAt, formatDay } from '../house/format.ts';
import { useMessages } from '../house/messages.tsx';
import { Card } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { TemplatePreview } from './TemplatePreview.tsx';

/** One version of a form, and all that came before it. */
export default function TemplatePage() {
  const { id = '' } = useParams({ strict: false });
  const found = useQuery(queryOf(readFormTemplate, { params: { id } }));
  const navigate = useNavigate();
  const message = useMessages();
  const retire = useAct(retireFormTemplate);
  const [retiring, setRetiring] = useState(false);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.data === undefined) return <Skeleton active />;
  const t = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '表单版本', to: '/form-templates' }]}
      title={`${t.title} 第 ${t.edition} 版`}
      status={<StatusTag tone={t.current ? 'done' : 'rest'}>{t.current ? '在用' : t.retired ? '停用' : '旧版'}</StatusTag>}
      meta={[
        t.own ? `${t.issuerName}签发` : '随平台',
        formatDay(dayAt(t.issuedAt)),
        formSubjectLabels[t.subject],
        ...(t.each === null ? [] : [formEachLabels[t.each]]),
      ]}
      next={
        <>
          {t.can.includes('issue') ? (
            <Button
              block
              type="primary"
              size="large"
              style={{ marginBottom: 8 }}
              onClick={() => void navigate({ to: '/form-templates/$id/issue', params: { id } })}
            >
              签发新版本
            </Button>
          ) : null}
          <Button block style={{ marginBottom: 8 }} href={fileUrl(printFormTemplate, { params: { id } })} target="_blank">
            打印空白表
          </Button>
          {t.can.includes('retire') ? (
            <Button block danger style={{ marginBottom: 8 }} onClick={() => setRetiring(true)}>
              停用
            </Button>
          ) : null}
        </>
      }
      aside={
        <Card title="各版本">
          <ul className="rd-plain">
            {t.editions.map((e) => (
              <li key={e.id}>
                {e.id === t.id ? (
                  <strong>第 {e.edition} 版</strong>
                ) : (
                  <Link className="rd-underlined" to="/form-templates/$id" params={{ id: e.id }}>
                    第 {e.edition} 版
                  </Link>
                )}
                {'　'}
                {e.retired ? '停用' : e.own ? '本区' : '随平台'}　<span className="rd-quiet">{formatDay(dayAt(e.issuedAt))}</span>
                {e.reason === '' ? null : <div className="rd-quiet">{e.reason}</div>}
              </li>
            ))}
          </ul>
        </Card>
      }
    >
      <TemplatePreview document={t.document as FormDocument} />
      <FormDialog open={retiring} title="停用这种表" onClose={() => setRetiring(false)} width={520}>
        <RecordForm
          validateWith={retireFormTemplate.body}
          initial={{ reason: '' }}
          submitWords="停用"
          onCancel={() => setRetiring(false)}
          submit={async (body) => {
            const made = await retire.mutateAsync({ params: { id }, body });
            void message.success('已停用');
            setRetiring(false);
            await navigate({ to: '/form-templates/$id', params: { id: made.id } });
          }}
        >
          <Field name="reason" label="为什么停用（已填的仍可查看、打印；再签发新版本即恢复）" wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} showCount />
          </Field>
        </RecordForm>
      </FormDialog>
    </RecordPage>
  );
}
