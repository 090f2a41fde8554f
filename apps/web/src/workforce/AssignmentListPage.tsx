import type { Role } from '@jieyou/core/identity/schema.ts';
import { optionsOf, roleLabels } from '@jieyou/core/texts/labels.ts';
import { createAssignment, exportAssignments, listAssignments, updateAssignment } from '@jieyou/core/workforce/endpoints.ts';
import { scopeNeededBy } from '@jieyou/core/workforce/policy.ts';
import type { AssignmentRow } from '@jieyou/core/workforce/schema.ts';
import { Button, Input, Modal, Select, Space } from 'antd';
import { useState } from 'react';
import { z } from 'zod';
import { useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { formatDay, orDash, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { AppointeePicker, DivisionPicker, OrganisationPicker, PersonPicker, StationPicker } from '../house/pickers.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { RecordTable } from '../house/RecordTable.tsx';
import { StatusTag } from '../house/StatusTag.tsx';

type Row = z.infer<typeof AssignmentRow>;

/** Who holds which role, with whose help in absence. */
export default function AssignmentListPage() {
  const [adding, setAdding] = useState(false);
  const [ending, setEnding] = useState<Row | null>(null);
  const [deputising, setDeputising] = useState<Row | null>(null);
  return (
    <Page
      title="角色任命"
      says="谁以什么角色、在什么范围、到什么时候；请假时由谁代理。"
      actions={
        <Button type="primary" onClick={() => setAdding(true)}>
          任命角色
        </Button>
      }
    >
      <RecordTable
        endpoint={listAssignments}
        exportWith={exportAssignments}
        filters={[
          { key: 'text', label: '姓名或账号', kind: 'text' },
          { key: 'role', label: '角色', kind: 'multi', options: optionsOf(roleLabels) },
          {
            key: 'state',
            label: '状态',
            kind: 'select',
            options: [
              { value: 'current', label: '在任' },
              { value: 'coming', label: '未开始' },
              { value: 'ended', label: '已结束' },
            ],
          },
        ]}
        columns={[
          { key: 'name', title: '姓名', render: (r) => r.name },
          { key: 'username', title: '账号', render: (r) => r.username || '—' },
          { key: 'role', title: '角色', render: (r) => roleLabels[r.role] },
          { key: 'scope', title: '范围', render: (r) => r.scopeName },
          {
            key: 'valid',
            title: '任期',
            render: (r) => `${formatDay(r.validFrom)} 至 ${r.validTo === null ? '长期' : formatDay(r.validTo)}`,
          },
          { key: 'deputy', title: '代理人', render: (r) => orDash(r.deputyName) },
          {
            key: 'state',
            title: '状态',
            render: (r) =>
              r.validTo !== null && r.validTo < today() ? (
                <StatusTag tone="rest">已结束</StatusTag>
              ) : r.validFrom > today() ? (
                <StatusTag tone="rest">未开始</StatusTag>
              ) : r.absentNow ? (
                <StatusTag tone="needs">请假中</StatusTag>
              ) : (
                <StatusTag tone="moving">在任</StatusTag>
              ),
          },
          {
            key: 'act',
            title: '操作',
            render: (r) =>
              r.validTo !== null && r.validTo < today() ? null : (
                <Space size={4}>
                  <Button type="link" size="small" onClick={() => setDeputising(r)}>
                    换代理人
                  </Button>
                  <Button type="link" size="small" onClick={() => setEnding(r)}>
                    结束任命
                  </Button>
                </Space>
              ),
          },
        ]}
        empty={{ title: '还没有任命', hint: '从“任命角色”开始；没有账号的人会同时开通账号。' }}
      />
      <AddDialog open={adding} onClose={() => setAdding(false)} />
      {ending !== null && <EndDialog row={ending} onClose={() => setEnding(null)} />}
      {deputising !== null && <DeputyDialog row={deputising} onClose={() => setDeputising(null)} />}
    </Page>
  );
}

function AddDialog({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const create = useAct(createAssignment);
  const [role, setRole] = useState<Role>('worker');
  const [made, setMade] = useState<{ username: string; oneTimePassword: string | null } | null>(null);
  const scope = scopeNeededBy[role];
  return (
    <>
      <FormDialog open={open} title="任命角色" onClose={onClose}>
        <RecordForm
          validateWith={createAssignment.body}
          initial={{ role: 'worker', validFrom: today() }}
          draftKey="assignment.new"
          submitWords="任命"
          onValuesChange={(v) => setRole(v.role ?? 'worker')}
          onCancel={onClose}
          submit={async (body) => {
            const done = await create.mutateAsync({ body });
            onClose();
            setMade({ username: done.username, oneTimePassword: done.oneTimePassword });
          }}
        >
          <Field name="personId" label="人员">
            <AppointeePicker />
          </Field>
          <Field name="username" label="账号名" hint="已有账号的人不用填。小写字母、数字，3 至 32 位。">
            <Input autoComplete="off" />
          </Field>
          <Field name="role" label="角色" hint="三类管理员不能兼任其他角色。">
            <Select options={optionsOf(roleLabels)} />
          </Field>
          {scope === 'station' && (
            <Field name="stationId" label="站点">
              <StationPicker />
            </Field>
          )}
          {scope === 'organisation' && (
            <Field name="organisationId" label="机构">
              <OrganisationPicker />
            </Field>
          )}
          {scope === 'street' && (
            <Field name="divisionId" label="街道">
              <DivisionPicker tier="street" />
            </Field>
          )}
          {scope === 'community' && (
            <Field name="divisionId" label="社区（村）">
              <DivisionPicker tier="community" />
            </Field>
          )}
          {scope === undefined && <p className="jy-secondary">这个角色不用指定范围：跟着本人任职的站点与本区走。</p>}
          <Field name="validFrom" label="开始">
            <DayInput />
          </Field>
          <Field name="validTo" label="结束" hint="不填为长期。">
            <DayInput />
          </Field>
          <Field name="deputyId" label="代理人" hint="请假期间由代理人接手。">
            <PersonPicker />
          </Field>
        </RecordForm>
      </FormDialog>
      <Modal
        open={made !== null}
        title="任命已生效"
        // A closed dialog stays in the page: the password must not.
        destroyOnHidden
        closable={false}
        mask={{ closable: false }}
        keyboard={false}
        footer={
          <Button type="primary" onClick={() => setMade(null)}>
            {made?.oneTimePassword === null ? '知道了' : '已经交给本人'}
          </Button>
        }
      >
        {made !== null &&
          (made.oneTimePassword === null ? (
            <p>账号 {made.username} 下次登录时就有新的角色。</p>
          ) : (
            <>
              <p>
                账号：<strong>{made.username}</strong>
              </p>
              <p>
                一次性密码：<strong className="jy-one-time">{made.oneTimePassword}</strong>
              </p>
              <p className="jy-secondary">只显示这一次，请当面或电话交给本人。首次登录必须修改。</p>
            </>
          ))}
      </Modal>
    </>
  );
}

function EndDialog({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const update = useAct(updateAssignment);
  const message = useMessages();
  return (
    <FormDialog open title={`结束${row.name}的${roleLabels[row.role]}任命`} onClose={onClose} width={480}>
      <RecordForm
        columns={1}
        validateWith={z.object({ validTo: z.iso.date() })}
        initial={{ validTo: today() }}
        submitWords="结束任命"
        onCancel={onClose}
        submit={async ({ validTo }) => {
          await update.mutateAsync({ params: { id: row.id }, body: { version: row.version, validTo } });
          onClose();
          void message.success('任命已结束');
        }}
      >
        <Field name="validTo" label="任职到哪天" hint="这一天仍在任，第二天起不能再以这个角色登录。">
          <DayInput notBefore={row.validFrom} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}

function DeputyDialog({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const update = useAct(updateAssignment);
  const message = useMessages();
  return (
    <FormDialog open title={`${row.name}的代理人`} onClose={onClose} width={480}>
      <RecordForm
        columns={1}
        validateWith={z.object({ deputyId: z.uuid().nullable() })}
        initial={{ deputyId: row.deputyId }}
        onCancel={onClose}
        submit={async ({ deputyId }) => {
          await update.mutateAsync({ params: { id: row.id }, body: { version: row.version, deputyId } });
          onClose();
          void message.success('代理人已更换');
        }}
      >
        <Field name="deputyId" label="代理人" hint="清空表示没有代理人，请假时工作会列入“没有在岗承办人”。">
          <PersonPicker knownAs={row.deputyName} />
        </Field>
      </RecordForm>
    </FormDialog>
  );
}
