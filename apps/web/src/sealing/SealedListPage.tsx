import { listSealedFiles, proposeSealing } from '@jieyou/core/sealing/endpoints.ts';
import { SealingDraft } from '@jieyou/core/sealing/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { sealBasisLabels, sealStatusLabels } from '@jieyou/core/texts/sealingLabels.ts';
import { useNavigate } from '@tanstack/react-router';
import { Button, Input, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortInstant, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** The minimal list of sealed files: number, state, date. */
export default function SealedListPage() {
  const navigate = useNavigate();
  const message = useMessages();
  const may = useCan('centre');
  const [open, setOpen] = useState(false);
  const propose = useAct(proposeSealing);
  return (
    <Page
      title="封存件"
      says="只有编号、状态和日期。内容已单独加密，任何清单、查找、统计里都没有；凭查询函、两人批准后限时查阅。"
      actions={
        may ? (
          <Button type="primary" onClick={() => setOpen(true)}>
            提出封存
          </Button>
        ) : undefined
      }
    >
      <RecordTable
        endpoint={listSealedFiles}
        filters={[{ key: 'status', label: '状态', kind: 'multi', options: optionsOf(sealStatusLabels) }]}
        onOpen={(r) => void navigate({ to: '/sealed/$id', params: { id: r.id } })}
        columns={[
          { key: 'number', title: '编号', render: (r) => r.number },
          {
            key: 'status',
            title: '状态',
            width: 200,
            render: (r) => (
              <StatusTag
                tone={r.status === 'proposed' || r.status === 'unseal-proposed' ? 'needs' : r.status === 'sealed' ? 'done' : 'rest'}
              >
                {sealStatusLabels[r.status]}
              </StatusTag>
            ),
          },
          { key: 'sealedAt', title: '封存时间', width: 160, render: (r) => shortInstant(r.sealedAt) },
        ]}
        empty={{ title: '没有封存件', hint: '收到司法机关的封存决定或通知后，由支援中心或站长提出，安全管理员决定。' }}
      />
      <FormDialog open={open} title="提出封存" onClose={() => setOpen(false)}>
        <RecordForm
          validateWith={SealingDraft}
          initial={{ basis: 'non-prosecution', decidedOn: today() }}
          submitWords="提出"
          final
          onCancel={() => setOpen(false)}
          submit={async (body) => {
            const made = await propose.mutateAsync({ body });
            void message.success('已提出，等安全管理员决定');
            setOpen(false);
            await navigate({ to: '/sealed/$id', params: { id: made.id } });
          }}
        >
          <Field name="caseNumber" label="个案编号">
            <Input maxLength={40} />
          </Field>
          <Field name="authority" label="决定机关">
            <Input maxLength={80} />
          </Field>
          <Field name="decisionNo" label="文号">
            <Input maxLength={60} />
          </Field>
          <Field name="decidedOn" label="文书日期">
            <DayInput notAfter={today()} />
          </Field>
          <Field name="basis" label="依据" wide>
            <Select options={optionsOf(sealBasisLabels)} />
          </Field>
          <Field name="reason" label="理由" hint="不写案情。" wide>
            <Input.TextArea autoSize={{ minRows: 2, maxRows: 5 }} maxLength={300} />
          </Field>
        </RecordForm>
      </FormDialog>
    </Page>
  );
}
