import {
  addHouseholdMember,
  addHouseholdTie,
  beginHousehold,
  changeHousehold,
  changeHouseholdMember,
  endHouseholdMember,
  endHouseholdTie,
  listRecipients,
} from '@jieyou/core/recipients/endpoints.ts';
import { HouseholdDraft, MemberDraft, TieDraft } from '@jieyou/core/recipients/schema.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { bondLabels, ecoSystemLabels, householdRelationLabels } from '@jieyou/core/texts/recipientLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Checkbox, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { queryOf, useAct } from '../house/ask.ts';
import { ConfirmButton } from '../house/ConfirmButton.tsx';
import { FormDialog } from '../house/FormDialog.tsx';
import { shortDay } from '../house/format.ts';
import { Masked } from '../house/Masked.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { type HouseholdData, openHousehold, type RecipientData } from './queries.ts';

type Member = HouseholdData['members'][number];
type Open =
  | { kind: 'begin' }
  | { kind: 'address' | 'member' | 'tie'; of: HouseholdData }
  | { kind: 'relation'; of: HouseholdData; member: Member };

const nameOf = (m: Member): string => m.name ?? '另一位服务对象（不在您的范围）';

function LivesTogether({ value, onChange, id }: { id?: string; value?: boolean; onChange?: (value: boolean) => void }) {
  return (
    <Checkbox {...(id === undefined ? {} : { id })} checked={value === true} onChange={(e) => onChange?.(e.target.checked)}>
      同住
    </Checkbox>
  );
}

const relationFields = (
  <>
    <Field name="relation" label="与户主的关系">
      <Select options={optionsOf(householdRelationLabels)} />
    </Field>
    <Field name="livesTogether" label="是否同住">
      <LivesTogether />
    </Field>
  </>
);

function PersonOfMine({
  value,
  onChange,
  id,
  not,
}: {
  id?: string;
  value?: string | null;
  onChange?: (id: string | null) => void;
  not: readonly (string | null)[];
}) {
  const mine = useQuery(queryOf(listRecipients, { query: { limit: 100 } }));
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      allowClear
      showSearch={{ optionFilterProp: 'label' }}
      loading={mine.isPending}
      value={value ?? undefined}
      onChange={(v) => onChange?.((v as string | undefined) ?? null)}
      options={(mine.data?.rows ?? [])
        .filter((r) => !not.includes(r.id))
        .map((r) => ({ value: r.id, label: `${r.name}${r.age === null ? '' : `，${r.age}岁`}${r.phone === null ? '' : `，${r.phone}`}` }))}
      placeholder="从我服务的人里选"
    />
  );
}

/** The household of a person: who lives there, how they stand to each other, and where. */
export function Households({ file, mayWrite }: { readonly file: RecipientData; readonly mayWrite: boolean }) {
  const [open, setOpen] = useState<Open | null>(null);
  const close = () => setOpen(null);
  const begin = useAct(beginHousehold);
  const address = useAct(changeHousehold);
  const add = useAct(addHouseholdMember);
  const relate = useAct(changeHouseholdMember);
  const leave = useAct(endHouseholdMember);
  const tie = useAct(addHouseholdTie);
  const untie = useAct(endHouseholdTie);
  const houses = file.households;
  return (
    <section className="jy-card">
      <div className="jy-card-head">
        <h2>家庭</h2>
        {mayWrite && houses.length === 0 ? <Button onClick={() => setOpen({ kind: 'begin' })}>建立家庭</Button> : null}
      </div>
      {houses.length === 0 ? <p className="rd-quiet">还没有登记家庭。家庭成员可以是服务对象，也可以只写姓名。</p> : null}
      {houses.map((h) => {
        const living = h.members.filter((m) => m.leftOn === null);
        const called = (id: string | null) => {
          const m = h.members.find((x) => x.id === id);
          return m === undefined ? '' : nameOf(m);
        };
        return (
          <div key={h.id}>
            <p>
              <span className="rd-quiet">家庭住址　</span>
              <Masked label="家庭住址" value={h.address} open={openHousehold(h.id, null)} />
            </p>
            <ul className="rd-plain">
              {h.members.map((m) => (
                <li key={m.id} className="rd-consent">
                  <div>
                    {m.kind === 'recipient' && m.recipientId !== null && m.recipientId !== file.id ? (
                      <Link to="/recipients/$id" params={{ id: m.recipientId }}>
                        {nameOf(m)}
                      </Link>
                    ) : m.kind === 'named' ? (
                      <Masked label={`${nameOf(m)}的姓名`} value={m.name} open={openHousehold(h.id, m.id)} />
                    ) : (
                      <strong>{nameOf(m)}</strong>
                    )}
                    <span className="rd-quiet">
                      {`　${householdRelationLabels[m.relation]}`}
                      {m.age === null ? '' : `，${m.age}岁`}，
                      {m.leftOn === null ? (m.livesTogether ? '同住' : '不同住') : `${shortDay(m.leftOn)}离开`}
                    </span>
                  </div>
                  {mayWrite && m.leftOn === null ? (
                    <span>
                      <Button
                        size="small"
                        type="text"
                        aria-label={`修改${nameOf(m)}的关系`}
                        onClick={() => setOpen({ kind: 'relation', of: h, member: m })}
                      >
                        修改
                      </Button>
                      <ConfirmButton
                        size="small"
                        type="text"
                        danger={false}
                        ask={`登记${nameOf(m)}离开这个家庭？`}
                        says="以前的成员关系会留着。"
                        sure="登记离开"
                        onSure={() => leave.mutateAsync({ params: { id: h.id, memberId: m.id } })}
                      >
                        离开
                      </ConfirmButton>
                    </span>
                  ) : null}
                </li>
              ))}
            </ul>
            {h.ties.length === 0 ? null : (
              <>
                <h3>关系（家系图、生态图）</h3>
                <ul className="rd-plain">
                  {h.ties.map((x) => (
                    <li key={x.id} className="rd-consent">
                      <div>
                        {called(x.fromMember)} —{' '}
                        {x.toMember === null
                          ? `${x.system === null ? '' : ecoSystemLabels[x.system]}${x.systemName === null ? '' : ` ${x.systemName}`}`
                          : called(x.toMember)}
                        <span className="rd-quiet">　{bondLabels[x.bond]}</span>
                      </div>
                      {mayWrite ? (
                        <ConfirmButton
                          size="small"
                          type="text"
                          danger={false}
                          ask="去掉这条关系？"
                          sure="去掉"
                          onSure={() => untie.mutateAsync({ params: { id: h.id, tieId: x.id } })}
                        >
                          去掉
                        </ConfirmButton>
                      ) : null}
                    </li>
                  ))}
                </ul>
              </>
            )}
            {mayWrite ? (
              <div className="jy-actions">
                <Button onClick={() => setOpen({ kind: 'member', of: h })}>登记成员</Button>
                <Button disabled={living.length === 0} onClick={() => setOpen({ kind: 'tie', of: h })}>
                  登记关系
                </Button>
                <Button onClick={() => setOpen({ kind: 'address', of: h })}>修改住址</Button>
              </div>
            ) : null}
          </div>
        );
      })}
      <FormDialog open={open?.kind === 'begin'} title="建立家庭" onClose={close} width={560}>
        <RecordForm
          validateWith={HouseholdDraft}
          initial={{ relation: 'head', livesTogether: true }}
          columns={1}
          submitWords="建立"
          onCancel={close}
          submit={async (body) => {
            await begin.mutateAsync({ params: { id: file.id }, body });
            close();
          }}
        >
          <Field name="address" label="家庭住址" hint="加密保存，显示时打码。">
            <Input maxLength={120} autoComplete="off" />
          </Field>
          {relationFields}
        </RecordForm>
      </FormDialog>
      {open?.kind === 'address' ? (
        <FormDialog open title="修改家庭住址" onClose={close} width={560}>
          <RecordForm
            validateWith={changeHousehold.body}
            extra={{ version: open.of.version }}
            columns={1}
            onCancel={close}
            submit={async (body) => {
              await address.mutateAsync({ params: { id: open.of.id }, body });
              close();
            }}
          >
            <Field name="address" label="新的住址" hint="留空表示去掉。">
              <Input maxLength={120} autoComplete="off" />
            </Field>
          </RecordForm>
        </FormDialog>
      ) : null}
      {open?.kind === 'member' ? (
        <FormDialog open title="登记家庭成员" onClose={close} width={560}>
          <RecordForm
            validateWith={MemberDraft}
            initial={{ livesTogether: true }}
            columns={1}
            submitWords="登记"
            onCancel={close}
            submit={async (body) => {
              await add.mutateAsync({ params: { id: open.of.id }, body });
              close();
            }}
          >
            <Field name="recipientId" label="服务对象" hint="是我服务的人时从这里选；否则只写姓名。">
              <PersonOfMine not={open.of.members.filter((m) => m.leftOn === null).map((m) => m.recipientId)} />
            </Field>
            <Field name="name" label="姓名（不是服务对象时）">
              <Input maxLength={40} autoComplete="off" />
            </Field>
            {relationFields}
          </RecordForm>
        </FormDialog>
      ) : null}
      {open?.kind === 'relation' ? (
        <FormDialog open title="修改关系" onClose={close} width={480}>
          <RecordForm
            validateWith={changeHouseholdMember.body}
            initial={{ relation: open.member.relation, livesTogether: open.member.livesTogether }}
            columns={1}
            onCancel={close}
            submit={async (body) => {
              await relate.mutateAsync({ params: { id: open.of.id, memberId: open.member.id }, body });
              close();
            }}
          >
            {relationFields}
          </RecordForm>
        </FormDialog>
      ) : null}
      {open?.kind === 'tie' ? (
        <FormDialog open title="登记关系" onClose={close} width={560}>
          <RecordForm
            validateWith={TieDraft}
            initial={{ bond: 'ordinary' }}
            columns={1}
            submitWords="登记"
            onCancel={close}
            submit={async (body) => {
              await tie.mutateAsync({ params: { id: open.of.id }, body });
              close();
            }}
          >
            <Field name="fromMember" label="哪位成员">
              <Select options={open.of.members.filter((m) => m.leftOn === null).map((m) => ({ value: m.id, label: nameOf(m) }))} />
            </Field>
            <Field name="toMember" label="与哪位成员" hint="与家庭以外的关系，请填下面两项。">
              <Select
                allowClear
                options={open.of.members.filter((m) => m.leftOn === null).map((m) => ({ value: m.id, label: nameOf(m) }))}
              />
            </Field>
            <Field name="system" label="或与哪个外部系统">
              <Select allowClear options={optionsOf(ecoSystemLabels)} />
            </Field>
            <Field name="systemName" label="名称">
              <Input maxLength={40} />
            </Field>
            <Field name="bond" label="关系">
              <Radio.Group options={optionsOf(bondLabels)} />
            </Field>
          </RecordForm>
        </FormDialog>
      ) : null}
    </section>
  );
}
