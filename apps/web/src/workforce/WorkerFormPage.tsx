import { listOrganisations } from '@jieyou/core/stations/endpoints.ts';
import { genderLabels, optionsOf, workerLevelLabels } from '@jieyou/core/texts/labels.ts';
import { createWorker, readWorker, updateWorker } from '@jieyou/core/workforce/endpoints.ts';
import { WorkerDraft } from '@jieyou/core/workforce/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Input, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Card, Page } from '../house/Page.tsx';
import { OrganisationPicker, StationPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { useCan, useSession } from '../house/session.tsx';

/** Registering a social worker, or changing what is registered. */
export default function WorkerFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const navigate = useNavigate();
  const message = useMessages();
  const found = useQuery({ ...queryOf(readWorker, { params: { id: id ?? '' } }), enabled: id !== undefined });
  const create = useAct(createWorker);
  const update = useAct(updateWorker);
  const { account } = useSession();
  const anyAgency = useCan('system');
  // The head of an agency registers for that agency alone: it is filled in.
  const own = useQuery({
    ...queryOf(listOrganisations, { query: { text: account.organisationName ?? '', type: ['agency'] } }),
    enabled: !anyAgency && id === undefined && account.organisationName !== null,
  });
  const agency = own.data?.rows.find((o) => o.name === account.organisationName);
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if ((id !== undefined && found.data === undefined) || own.isLoading) return <Skeleton active />;
  const worker = found.data;
  return (
    <Page
      title={worker === undefined ? '登记社工' : `修改${worker.name}的任职资料`}
      crumbs={[{ title: '社工', to: '/workers' }, ...(worker === undefined ? [] : [{ title: worker.name, to: `/workers/${worker.id}` }])]}
    >
      <Card>
        <RecordForm
          validateWith={WorkerDraft}
          initial={
            worker ?? { gender: 'female', level: 'none', joinedOn: today(), ...(agency === undefined ? {} : { organisationId: agency.id }) }
          }
          draftKey={`worker.${id ?? 'new'}`}
          onCancel={() => void navigate({ to: id === undefined ? '/workers' : `/workers/${id}` })}
          submit={async (body) => {
            const to =
              worker === undefined
                ? (await create.mutateAsync({ body })).id
                : (await update.mutateAsync({ params: { id: worker.id }, body: { ...body, version: worker.version } })).id;
            void message.success('已保存');
            await navigate({ to: `/workers/${to}` });
          }}
        >
          <Field name="name" label="姓名">
            <Input maxLength={40} />
          </Field>
          <Field name="gender" label="性别">
            <Select options={optionsOf(genderLabels)} />
          </Field>
          <Field name="post" label="岗位">
            <Input placeholder="如：个案社工" />
          </Field>
          <Field name="level" label="专业等级">
            <Select options={optionsOf(workerLevelLabels)} />
          </Field>
          <Field name="organisationId" label="机构">
            <OrganisationPicker types={['agency']} knownAs={worker?.organisationName ?? agency?.name} disabled={!anyAgency} />
          </Field>
          <Field name="stationId" label="站点" hint="没有站点的社工不能建立个案。">
            <StationPicker knownAs={worker?.stationName} />
          </Field>
          <Field name="phone" label="工作电话">
            <Input inputMode="tel" />
          </Field>
          <Field name="joinedOn" label="入职日期">
            <DayInput />
          </Field>
        </RecordForm>
      </Card>
    </Page>
  );
}
