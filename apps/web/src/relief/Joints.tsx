/** Joint consultations of the relief consortium: called from a relief case, followed up there and by whoever is named. */
import {
  addUndertaking,
  callReliefJoint,
  concludeReliefJoint,
  listJointChoices,
  listReliefJoints,
  settleUndertaking,
  unseatJointMember,
} from '@jieyou/core/relief/endpoints.ts';
import type { ReliefJoint } from '@jieyou/core/relief/schema.ts';
import { optionsOf, roleLabels } from '@jieyou/core/texts/labels.ts';
import { jointKindLabels, jointStatusLabels, undertakingStatusLabels } from '@jieyou/core/texts/reliefLabels.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Form, Input, Radio, Select, Tag } from 'antd';
import { useDeferredValue, useState } from 'react';
import { ActForm } from '../house/ActForm.tsx';
import { queryOf, useAct } from '../house/ask.ts';
import { CardTable } from '../house/CardTable.tsx';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { formatDay, shortDay, today } from '../house/format.ts';
import { DayInput } from '../house/inputs.tsx';
import { Card, Facts } from '../house/Page.tsx';
import { Field } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';

/** Somebody of the staff who may sit at the table. */
function StaffPicker({
  onChange,
  ...rest
}: {
  readonly id?: string;
  readonly value?: string | null;
  readonly onChange?: (id: string | null) => void;
}) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({ ...queryOf(listJointChoices, { query: text === '' ? {} : { text } }), placeholderData: keepPreviousData });
  return (
    <Select
      {...rest}
      allowClear
      showSearch={{ onSearch: setTyped, filterOption: false }}
      placeholder="输入姓名或拼音"
      loading={found.isFetching}
      popupMatchSelectWidth={false}
      options={(found.data?.rows ?? []).map((p) => ({
        value: p.personId,
        label: [p.name, p.post || p.roles.map((r) => roleLabels[r]).join('、'), p.organisationName].filter(Boolean).join(' · '),
      }))}
      onChange={(id?: string) => onChange?.(id ?? null)}
    />
  );
}

const NOBODY = { personId: null, name: null };
type Seat = { readonly personId?: string | null };

function Seats() {
  const form = Form.useFormInstance();
  const seats = (Form.useWatch('members', { form, preserve: true }) ?? []) as readonly Seat[];
  const set = (next: readonly Seat[]) => form.setFieldValue('members', next);
  // A seat has no id before it is kept. Its own key stays with it when another is taken away: its picker remembers whom it has found.
  const [keys, setKeys] = useState<readonly number[]>([]);
  const keyOf = (i: number): number => keys[i] ?? i;
  const all = (): number[] => seats.map((_, i) => keyOf(i));
  const add = () => {
    setKeys([...all(), Math.max(-1, ...all()) + 1]);
    set([...seats, NOBODY]);
  };
  const drop = (i: number) => {
    setKeys(all().filter((_, at) => at !== i));
    set(seats.filter((_, at) => at !== i));
  };
  return (
    <>
      {seats.map((seat, i) => (
        <fieldset key={keyOf(i)} aria-label={`参加人 ${i + 1}`} style={{ border: 0, padding: 0, margin: '0 0 12px' }}>
          <Field name={['members', i, 'kind']} label={`参加人 ${i + 1}：身份`}>
            <Select options={optionsOf(jointKindLabels)} />
          </Field>
          <Field
            name={['members', i, 'personId']}
            label="平台上的人"
            hint="有账号的会收到消息，只看得到这里写的内容；没有账号的不选，写姓名。"
          >
            <StaffPicker
              onChange={(id) => {
                if (id !== null) form.setFieldValue(['members', i, 'name'], null);
              }}
            />
          </Field>
          {(seat?.personId ?? null) === null ? (
            <Field name={['members', i, 'name']} label="姓名">
              <Input maxLength={20} />
            </Field>
          ) : null}
          <Field name={['members', i, 'organisation']} label="单位">
            <Input maxLength={40} />
          </Field>
          {seats.length > 2 ? (
            <Button size="small" type="text" onClick={() => drop(i)}>
              去掉参加人 {i + 1}
            </Button>
          ) : null}
        </fieldset>
      ))}
      {seats.length < 12 ? <Button onClick={add}>再加一位</Button> : null}
    </>
  );
}

type Undertaking = ReliefJoint['undertakings'][number];

/** What became of something undertaken. */
export const SettleForm = ({ undertaking: u }: { readonly undertaking: Pick<Undertaking, 'id' | 'what' | 'version'> }) => (
  <ActForm
    endpoint={settleUndertaking}
    id={u.id}
    extra={{ version: u.version }}
    initial={{ done: true, onDay: today() }}
    title="登记结果"
    button={{ block: false, size: 'small', 'aria-label': `登记结果：${u.what}` }}
  >
    <Field name="done" label="怎么样了">
      <Radio.Group
        options={[
          { value: true, label: '办到了' },
          { value: false, label: '不办了' },
        ]}
      />
    </Field>
    <Field name="onDay" label="哪天">
      <DayInput notAfter={today()} />
    </Field>
    <Field name="says" label="情况" hint="不办了的写明为什么。">
      <Input maxLength={200} />
    </Field>
  </ActForm>
);

/** Takes a member's seat away. */
function Unseat({ joint, memberId, name }: { readonly joint: ReliefJoint; readonly memberId: string; readonly name: string }) {
  const act = useAct(unseatJointMember);
  return (
    <ConfirmButton
      size="small"
      type="text"
      danger={false}
      aria-label={`请其退出：${name}`}
      ask={`请${name}退出这次会商？`}
      says="此后看不到会商的内容；原来写下的留着。有在办的认领，先登记结果。"
      sure="请其退出"
      onSure={() => act.mutateAsync({ params: { id: joint.id, memberId }, body: {} })}
    >
      请其退出
    </ConfirmButton>
  );
}

/** One consultation: the table, what was told, what came of it, who does what. */
export function JointCard({ joint, linked = false }: { readonly joint: ReliefJoint; readonly linked?: boolean }) {
  const seated = joint.members.filter((m) => m.leftOn === null);
  const acts = joint.can.some((one) => one !== 'unseat');
  const who = (id: string): string => {
    const member = joint.members.find((m) => m.id === id);
    return member === undefined ? '' : `${member.name}（${jointKindLabels[member.kind]}）`;
  };
  return (
    <Card
      title={`${formatDay(joint.onDay)}　${joint.place}`}
      actions={linked && joint.reliefId !== null ? <Link to={`/relief-cases/${joint.reliefId}` as never}>看救助个案</Link> : null}
    >
      <Facts
        rows={[
          ['状态', jointStatusLabels[joint.status]],
          ['召集', `${joint.workerName}　${joint.stationName}`],
          [
            '参加',
            <ul key="members" style={{ margin: 0, padding: 0, listStyle: 'none' }}>
              {joint.members.map((m) => (
                <li key={m.id}>
                  {m.name}（{jointKindLabels[m.kind]}，{m.organisation}）
                  {m.leftOn !== null ? <span className="jy-secondary">{shortDay(m.leftOn)}退出</span> : null}
                  {m.leftOn === null && joint.can.includes('unseat') && seated.length > 1 ? (
                    <Unseat joint={joint} memberId={m.id} name={m.name} />
                  ) : null}
                </li>
              ))}
            </ul>,
          ],
          ['告诉参加人的内容', joint.told],
          ...(joint.agreedSays === null ? [] : [['当事人怎样同意', joint.agreedSays] as [string, string]]),
          ...(joint.outcome === null ? [] : [[joint.status === 'held' ? '结果' : '为什么取消', joint.outcome] as [string, string]]),
        ]}
      />
      {joint.undertakings.length === 0 ? null : (
        <div style={{ margin: '12px 0' }}>
          <CardTable<Undertaking>
            rowKey="id"
            dataSource={joint.undertakings}
            columns={[
              { key: 'who', title: '谁', render: (_, u) => who(u.memberId) },
              { key: 'what', title: '做什么', render: (_, u) => u.what },
              {
                key: 'due',
                title: '期限',
                render: (_, u) => (
                  <>
                    {shortDay(u.dueOn)} {u.overdue ? <Tag color="error">已过期</Tag> : null}
                  </>
                ),
              },
              {
                key: 'how',
                title: '结果',
                render: (_, u) =>
                  u.settledOn === null
                    ? undertakingStatusLabels[u.status]
                    : `${shortDay(u.settledOn)}${undertakingStatusLabels[u.status]}：${u.says}`,
              },
              ...(joint.undertakings.some((u) => u.settles)
                ? [
                    {
                      key: 'act',
                      title: '操作',
                      render: (_: unknown, u: Undertaking) => (u.settles ? <SettleForm undertaking={u} /> : '—'),
                    },
                  ]
                : []),
            ]}
          />
        </div>
      )}
      {acts ? <div style={{ height: 12 }} /> : null}
      {joint.can.includes('conclude') ? (
        <ActForm
          endpoint={concludeReliefJoint}
          id={joint.id}
          extra={{ version: joint.version }}
          initial={{ held: true }}
          title="写结果"
          button={{ block: false }}
        >
          <Field name="held" label="开了吗">
            <Radio.Group
              options={[
                { value: true, label: '开了' },
                { value: false, label: '取消' },
              ]}
            />
          </Field>
          <Field name="says" label="结果，或取消的原因" hint="参加人看得到。">
            <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
          </Field>
        </ActForm>
      ) : null}
      {joint.can.includes('undertake') ? (
        <ActForm endpoint={addUndertaking} id={joint.id} extra={{}} title="登记谁做什么" button={{ block: false }}>
          <Field name="memberId" label="谁">
            <Select options={seated.map((m) => ({ value: m.id, label: who(m.id) }))} />
          </Field>
          <Field name="what" label="做什么">
            <Input maxLength={120} />
          </Field>
          <Field name="dueOn" label="到哪天">
            <DayInput notBefore={joint.onDay} />
          </Field>
        </ActForm>
      ) : null}
    </Card>
  );
}

/** The consultations of one relief case; `may` calls another. */
export default function Joints({ reliefId, may }: { readonly reliefId: string; readonly may: boolean }) {
  const found = useQuery(queryOf(listReliefJoints, { query: { reliefId, limit: 50 } }));
  return (
    <>
      <Card
        title="助联体会商"
        actions={
          may && (
            <ActForm
              endpoint={callReliefJoint}
              id={reliefId}
              extra={{}}
              initial={{ onDay: today(), members: [NOBODY, NOBODY] }}
              title="召集会商"
              says="请救助顾问、救助社工、区助联体工作代表、社会组织和民政救助科一起商量。参加的人只看得到这里写的，看不到救助个案和个案记录。"
              draftKey={`joint.${reliefId}`}
              button={{ block: false }}
            >
              <Field name="onDay" label="哪天">
                <DayInput notBefore={today()} />
              </Field>
              <Field name="place" label="地点">
                <Input maxLength={60} />
              </Field>
              <Field name="told" label="告诉参加人的内容" hint="只写商量这件事需要的；不写与这次救助无关的情况。">
                <Input.TextArea autoSize={{ minRows: 3, maxRows: 10 }} maxLength={2000} />
              </Field>
              <Field name="agreedSays" label="当事人怎样同意告诉他们" hint="例如：3 月 5 日本人电话同意。">
                <Input maxLength={60} />
              </Field>
              <Seats />
            </ActForm>
          )
        }
      >
        <RefusalNotice error={found.error} />
        {found.data === undefined ? null : (
          <p className="jy-secondary">{found.data.rows.length === 0 ? '还没有召集过。' : `共 ${found.data.rows.length} 次。`}</p>
        )}
      </Card>
      {(found.data?.rows ?? []).map((joint) => (
        <JointCard key={joint.id} joint={joint} />
      ))}
    </>
  );
}
