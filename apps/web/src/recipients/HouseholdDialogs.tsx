import { joinsPartners } from '@jieyou/core/recipients/drawing.ts';
import {
  addHouseholdMember,
  addHouseholdTie,
  changeHouseholdMember,
  changeHouseholdTie,
  listRecipients,
} from '@jieyou/core/recipients/endpoints.ts';
import { type EcoSystem, type Kin, MemberChange, MemberDraft, TieChange, TieDraft } from '@jieyou/core/recipients/schema.ts';
import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import {
  bondLabels,
  ecoBondLabels,
  ecoSystemLabels,
  flowLabels,
  householdRelationLabels,
  kinLabels,
  vitalLabels,
} from '@jieyou/core/texts/recipientLabels.ts';
import { useQuery } from '@tanstack/react-query';
import { Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import { type Member, nameOf, type Tie, tieWords } from './householdWords.ts';
import type { HouseholdData } from './queries.ts';

/** A dialog on a household: somebody or a line is added or changed. */
export type HouseholdAct =
  | { readonly kind: 'member' }
  | { readonly kind: 'edit-member'; readonly member: Member }
  | { readonly kind: 'kin'; readonly from?: string; readonly to?: string; readonly kin?: Kin }
  | { readonly kind: 'bond'; readonly from?: string; readonly to?: string }
  | { readonly kind: 'eco'; readonly from?: string; readonly system?: EcoSystem; readonly systemName?: string | null }
  | { readonly kind: 'edit-tie'; readonly tie: Tie };

function LivesTogether({ value, onChange, id }: { id?: string; value?: boolean; onChange?: (value: boolean) => void }) {
  return (
    <Checkbox {...(id === undefined ? {} : { id })} checked={value === true} onChange={(e) => onChange?.(e.target.checked)}>
      同住
    </Checkbox>
  );
}

/** How somebody stands to the head of the household. */
export const relationFields = (
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

const GENERATIONS = [
  [-2, '祖辈'],
  [-1, '父母辈'],
  [0, '户主同辈'],
  [1, '子女辈'],
  [2, '孙辈'],
] as const;

/** How a member is drawn: sex and birth of who is merely named, whether the person lives, the generation. */
function DrawnFields({ named, died }: { readonly named: boolean; readonly died: boolean }) {
  return (
    <>
      {named ? (
        <>
          <Field name="gender" label="性别">
            <Radio.Group options={optionsOf(genderLabels)} />
          </Field>
          <Field name="birthYear" label="出生年份" hint="不清楚可以不填">
            <InputNumber controls={false} placeholder="四位年份" style={{ width: '100%' }} />
          </Field>
        </>
      ) : null}
      <Field name="vital" label="在世与否">
        <Radio.Group options={optionsOf(vitalLabels)} />
      </Field>
      {died ? (
        <Field name="diedYear" label="去世年份">
          <InputNumber controls={false} placeholder="四位年份" style={{ width: '100%' }} />
        </Field>
      ) : null}
      <Field name="generation" label="家系图上的辈分" hint="不选就按关系自动排。">
        <Select allowClear options={GENERATIONS.map(([value, label]) => ({ value, label }))} />
      </Field>
    </>
  );
}

type Given = { readonly of: HouseholdData; readonly onClose: () => void };

function AddMember({ of, onClose }: Given) {
  const add = useAct(addHouseholdMember);
  const [form] = Form.useForm();
  const recipientId = Form.useWatch('recipientId', form) as string | null | undefined;
  const vital = Form.useWatch('vital', form) as string | undefined;
  return (
    <RecordForm
      form={form}
      validateWith={MemberDraft}
      initial={{ livesTogether: true, gender: 'unknown', vital: 'living' }}
      submitWords="登记"
      onCancel={onClose}
      submit={async (body) => {
        await add.mutateAsync({ params: { id: of.id }, body });
        onClose();
      }}
    >
      <Field name="recipientId" label="服务对象" hint="是我服务的人时从这里选；否则只写姓名。">
        <PersonOfMine not={of.members.filter((m) => m.leftOn === null).map((m) => m.recipientId)} />
      </Field>
      <Field name="name" label="姓名（不是服务对象时）">
        <Input maxLength={40} autoComplete="off" />
      </Field>
      {relationFields}
      <DrawnFields named={recipientId == null} died={vital === 'deceased'} />
    </RecordForm>
  );
}

function EditMember({ of, member, onClose }: Given & { readonly member: Member }) {
  const relate = useAct(changeHouseholdMember);
  const [form] = Form.useForm();
  const vital = (Form.useWatch('vital', form) as string | undefined) ?? member.vital;
  const named = member.kind === 'named';
  const { relation, livesTogether, gender, birthYear, diedYear, generation } = member;
  return (
    <RecordForm
      form={form}
      validateWith={MemberChange}
      initial={{
        relation,
        livesTogether,
        ...(named ? { gender, birthYear } : {}),
        vital: member.vital,
        diedYear,
        generation,
      }}
      onCancel={onClose}
      submit={async (body) => {
        await relate.mutateAsync({
          params: { id: of.id, memberId: member.id },
          // An emptied field is taken back; a field that was not shown stays as it is.
          body: {
            ...body,
            ...(named ? { birthYear: body.birthYear ?? null } : {}),
            generation: body.generation ?? null,
            diedYear: body.vital === 'deceased' ? (body.diedYear ?? null) : null,
          },
        });
        onClose();
      }}
    >
      {relationFields}
      <DrawnFields named={named} died={vital === 'deceased'} />
    </RecordForm>
  );
}

const membersOf = (of: HouseholdData) => of.members.filter((m) => m.leftOn === null).map((m) => ({ value: m.id, label: nameOf(m) }));

function AddTie({ of, act, onClose }: Given & { readonly act: Extract<HouseholdAct, { kind: 'kin' | 'bond' | 'eco' }> }) {
  const tie = useAct(addHouseholdTie);
  const [form] = Form.useForm();
  const kin = Form.useWatch('kin', form) as Kin | undefined;
  const members = membersOf(of);
  const descends = kin !== undefined && kin !== null && !joinsPartners(kin);
  const initial = {
    ...(act.from === undefined ? {} : { fromMember: act.from }),
    ...(act.kind !== 'eco' && act.to !== undefined ? { toMember: act.to } : {}),
    ...(act.kind === 'kin' ? { kin: act.kin ?? ('child' as const) } : { bond: 'ordinary' as const }),
    ...(act.kind === 'eco' && act.system !== undefined ? { system: act.system, systemName: act.systemName ?? null } : {}),
  };
  return (
    <RecordForm
      form={form}
      validateWith={TieDraft}
      initial={initial}
      columns={1}
      submitWords="登记"
      onCancel={onClose}
      submit={async (body) => {
        await tie.mutateAsync({ params: { id: of.id }, body });
        onClose();
      }}
    >
      {act.kind === 'kin' ? (
        <Field name="kin" label="亲属关系">
          <Select options={optionsOf(kinLabels)} />
        </Field>
      ) : null}
      <Field name="fromMember" label={act.kind !== 'kin' ? '哪位成员' : descends ? '父亲或母亲' : '一方'}>
        <Select options={members} />
      </Field>
      {act.kind === 'eco' ? (
        <>
          <Field name="system" label="与哪个外部系统">
            <Select options={optionsOf(ecoSystemLabels)} />
          </Field>
          <Field name="systemName" label="名称" hint="如学校、医院、单位的名字，可以不填。">
            <Input maxLength={40} />
          </Field>
        </>
      ) : (
        <Field name="toMember" label={act.kind === 'bond' ? '与哪位成员' : descends ? '子女' : '另一方'}>
          <Select options={members} />
        </Field>
      )}
      {act.kind === 'kin' ? null : (
        <Field name="bond" label={act.kind === 'eco' ? '联系强弱' : '亲疏'}>
          <Radio.Group options={optionsOf(act.kind === 'eco' ? ecoBondLabels : bondLabels)} />
        </Field>
      )}
      {act.kind === 'eco' ? (
        <Field name="flow" label="支持或消耗的方向">
          <Select allowClear options={optionsOf(flowLabels)} />
        </Field>
      ) : null}
    </RecordForm>
  );
}

function EditTie({ of, tie, onClose }: Given & { readonly tie: Tie }) {
  const change = useAct(changeHouseholdTie);
  const kinds = optionsOf(kinLabels).filter((o) => tie.kin !== null && joinsPartners(o.value as Kin) === joinsPartners(tie.kin));
  return (
    <RecordForm
      validateWith={TieChange}
      initial={{ bond: tie.bond, kin: tie.kin, flow: tie.flow }}
      columns={1}
      onCancel={onClose}
      submit={async (body) => {
        await change.mutateAsync({ params: { id: of.id, tieId: tie.id }, body });
        onClose();
      }}
    >
      <p className="rd-says">{tieWords(of, tie).between}</p>
      {tie.kin === null ? (
        <Field name="bond" label={tie.system === null ? '亲疏' : '联系强弱'}>
          <Radio.Group options={optionsOf(tie.system === null ? bondLabels : ecoBondLabels)} />
        </Field>
      ) : (
        <Field name="kin" label="亲属关系">
          <Radio.Group options={kinds} />
        </Field>
      )}
      {tie.system === null ? null : (
        <Field name="flow" label="支持或消耗的方向">
          <Select allowClear options={optionsOf(flowLabels)} />
        </Field>
      )}
    </RecordForm>
  );
}

const TITLES = {
  member: '登记家庭成员',
  'edit-member': '修改成员',
  kin: '登记亲属关系',
  bond: '登记亲疏',
  eco: '登记外部联系',
  'edit-tie': '修改关系',
} as const;

/** The forms of a household in dialogs. */
export function HouseholdDialog({ of, act, onClose }: Given & { readonly act: HouseholdAct | null }) {
  if (act === null) return null;
  return (
    <FormDialog open title={TITLES[act.kind]} onClose={onClose} width={act.kind === 'member' || act.kind === 'edit-member' ? 640 : 520}>
      {act.kind === 'member' ? (
        <AddMember of={of} onClose={onClose} />
      ) : act.kind === 'edit-member' ? (
        <EditMember of={of} member={act.member} onClose={onClose} />
      ) : act.kind === 'edit-tie' ? (
        <EditTie of={of} tie={act.tie} onClose={onClose} />
      ) : (
        <AddTie of={of} act={act} onClose={onClose} />
      )}
    </FormDialog>
  );
}
