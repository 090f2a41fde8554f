import { genderLabels, workerLevelLabels } from '@jieyou/core/texts/labels.ts';
import { readWorker, updateWorker } from '@jieyou/core/workforce/endpoints.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { queryOf, useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordPage } from '../house/RecordPage.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { StatusTag } from '../house/StatusTag.tsx';
import { useCan } from '../house/session.tsx';

/** One social worker: post, level, agency, station; leaving. */
export default function WorkerPage() {
  const { id } = useParams({ strict: false }) as { id: string };
  const navigate = useNavigate();
  const message = useMessages();
  const keeps = useCan('agency', 'system');
  const found = useQuery(queryOf(readWorker, { params: { id } }));
  const update = useAct(updateWorker);
  const [leaving, setLeaving] = useState(false);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (found.isPending) return <Skeleton active />;
  const worker = found.data;
  return (
    <RecordPage
      crumbs={[{ title: '社工', to: '/workers' }]}
      title={worker.name}
      status={
        worker.leftOn === null ? (
          <StatusTag tone="moving">在岗</StatusTag>
        ) : (
          <StatusTag tone="rest">{`${formatDay(worker.leftOn)}离职`}</StatusTag>
        )
      }
      meta={[worker.post, worker.organisationName, worker.stationName]}
      next={
        keeps ? (
          <>
            <Button type="primary" onClick={() => void navigate({ to: `/workers/${id}/edit` })}>
              修改任职资料
            </Button>
            {worker.leftOn === null ? (
              <Button onClick={() => setLeaving(true)}>登记离职</Button>
            ) : (
              <Button
                loading={update.isPending}
                onClick={() =>
                  update.mutate(
                    { params: { id }, body: { version: worker.version, leftOn: null } },
                    { onSuccess: () => void message.success('已恢复为在岗') },
                  )
                }
              >
                撤销离职登记
              </Button>
            )}
            <RefusalNotice error={update.error} />
          </>
        ) : undefined
      }
    >
      <Card title="任职资料">
        <Facts
          rows={[
            ['姓名', worker.name],
            ['性别', genderLabels[worker.gender]],
            ['岗位', worker.post],
            ['专业等级', workerLevelLabels[worker.level]],
            ['机构', worker.organisationName],
            ['站点', worker.stationName],
            ['工作电话', worker.phone],
            ['入职', formatDay(worker.joinedOn)],
            ['离职', worker.leftOn === null ? null : formatDay(worker.leftOn)],
            ['平台账号', worker.hasAccount ? '已开通' : '未开通，由安全管理员任命角色时开通'],
          ]}
        />
      </Card>
      <FormDialog open={leaving} title={`登记${worker.name}离职`} onClose={() => setLeaving(false)} width={480}>
        <p className="jy-secondary">手上还有个案或求助的，要先转交。离职后不能再登录。</p>
        <RecordForm
          columns={1}
          validateWith={z.object({ leftOn: z.iso.date() })}
          initial={{ leftOn: today() }}
          submitWords="登记离职"
          submit={async ({ leftOn }) => {
            await update.mutateAsync({ params: { id }, body: { version: worker.version, leftOn } });
            setLeaving(false);
            void message.success('已登记离职');
          }}
        >
          <Field name="leftOn" label="离职日期" hint="从这一天起不再在岗。">
            <DayInput notBefore={worker.joinedOn} />
          </Field>
        </RecordForm>
      </FormDialog>
    </RecordPage>
  );
}
