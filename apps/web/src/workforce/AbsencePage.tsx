import { endAbsence, listAbsences, recordAbsence } from '@jieyou/core/workforce/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { Button, Input, Skeleton } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { EmptyState } from '../house/EmptyState.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { PersonPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** Leave, and who does the work meanwhile. */
export default function AbsencePage() {
  const forOthers = useCan('security');
  const message = useMessages();
  const found = useQuery(queryOf(listAbsences));
  const record = useAct(recordAbsence);
  const end = useAct(endAbsence);
  const [adding, setAdding] = useState(false);
  const add = (
    <Button type="primary" onClick={() => setAdding(true)}>
      登记请假
    </Button>
  );
  return (
    <Page title="请假与代理" says="请假期间，您的工作由代理人接手；代理人由安全管理员在角色任命里指定。" actions={add}>
      {found.isError ? (
        <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />
      ) : found.isPending ? (
        <Skeleton active />
      ) : found.data.rows.length === 0 ? (
        <EmptyState title="还没有请假" hint="登记后，期间的求助和行动项由代理人接手，也能看到。" />
      ) : (
        <CardTable
          rowKey="id"
          scroll={{ x: 'max-content' }}
          dataSource={found.data.rows}
          columns={[
            { title: '姓名', render: (_, r) => r.name },
            { title: '从', render: (_, r) => formatDay(r.fromDay) },
            { title: '到', render: (_, r) => formatDay(r.toDay) },
            { title: '事由', render: (_, r) => r.reason },
            { title: '代理人', render: (_, r) => (r.deputies.length === 0 ? '没有代理人' : r.deputies.join('、')) },
            {
              title: '状态',
              render: (_, r) =>
                r.toDay < today() ? (
                  <StatusTag tone="rest">已结束</StatusTag>
                ) : r.fromDay > today() ? (
                  <StatusTag tone="moving">未开始</StatusTag>
                ) : (
                  <StatusTag tone="needs">请假中</StatusTag>
                ),
            },
            {
              title: '操作',
              render: (_, r) =>
                r.toDay < today() ? null : (
                  <ConfirmButton
                    size="small"
                    type="link"
                    ask={r.fromDay > today() ? '撤销这次请假？' : '提前回岗？'}
                    says="代理到此为止。"
                    onSure={() => end.mutateAsync({ params: { id: r.id } })}
                  >
                    {r.fromDay > today() ? '撤销' : '提前回岗'}
                  </ConfirmButton>
                ),
            },
          ]}
        />
      )}
      <FormDialog open={adding} title="登记请假" onClose={() => setAdding(false)}>
        <RecordForm
          validateWith={recordAbsence.body}
          initial={{ fromDay: today(), toDay: today() }}
          submitWords="登记"
          onCancel={() => setAdding(false)}
          submit={async (body) => {
            await record.mutateAsync({ body });
            setAdding(false);
            void message.success('请假已登记');
          }}
        >
          {forOthers && (
            <Field name="personId" label="人员" hint="不选则为您本人登记。" wide>
              <PersonPicker />
            </Field>
          )}
          <Field name="fromDay" label="从哪天">
            <DayInput />
          </Field>
          <Field name="toDay" label="到哪天" hint="这一天也算请假。">
            <DayInput />
          </Field>
          <Field name="reason" label="事由" wide>
            <Input maxLength={60} placeholder="如：年休假" />
          </Field>
        </RecordForm>
      </FormDialog>
    </Page>
  );
}
