import { genderLabels, optionsOf } from '@jieyou/core/texts/labels.ts';
import { volunteerSkillLabels, volunteerSlotLabels } from '@jieyou/core/texts/volunteerLabels.ts';
import { createVolunteer, readVolunteer, updateVolunteer } from '@jieyou/core/volunteers/endpoints.ts';
import { type Volunteer, VolunteerDraft } from '@jieyou/core/volunteers/schema.ts';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Checkbox, Input, Select, Skeleton } from 'antd';
import { queryOf, useAct } from '../house/ask.ts';
import { today } from '../house/format.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { useMessages } from '../house/messages.tsx';
import { Page } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import { AreaSelect } from './AreaSelect.tsx';

const asBefore = (shown: string | null | undefined): string | undefined => (shown ? `已登记 ${shown}，不改就不填` : undefined);

function Boxes({
  id,
  value,
  onChange,
  label,
}: {
  readonly id?: string;
  readonly value?: boolean;
  readonly onChange?: (v: boolean) => void;
  readonly label: string;
}) {
  return (
    <Checkbox {...(id === undefined ? {} : { id })} checked={value === true} onChange={(e) => onChange?.(e.target.checked)}>
      {label}
    </Checkbox>
  );
}

function Entry({ was }: { readonly was: Volunteer | null }) {
  const navigate = useNavigate();
  const message = useMessages();
  const create = useAct(createVolunteer);
  const update = useAct(updateVolunteer);
  const initial =
    was === null
      ? { skills: [], areas: [], slots: [], since: today(), team: '', expertise: '', notes: '' }
      : {
          gender: was.gender ?? undefined,
          birthOn: was.birthOn,
          idAgreedOn: was.idAgreedOn,
          team: was.team,
          skills: was.skills,
          areas: was.areas,
          slots: was.slots,
          since: was.since,
          insuredUntil: was.insuredUntil,
          guardianAgreedOn: was.guardianAgreedOn,
          expertise: was.expertise,
          notes: was.notes,
          dropIdNumber: false,
        };
  const known = (was?.areas ?? []).map((value, i) => ({ value, label: was?.areaNames[i] ?? value }));
  return (
    <RecordForm
      validateWith={was === null ? VolunteerDraft : (updateVolunteer.body as never)}
      initial={initial as never}
      extra={(was === null ? {} : { version: was.version }) as never}
      draftKey={was === null ? undefined : `volunteer.${was.id}.${was.version}`}
      onCancel={() => void navigate({ to: (was === null ? '/volunteers' : `/volunteers/${was.id}`) as never })}
      submit={async (body: VolunteerDraft) => {
        const { id } =
          was === null ? await create.mutateAsync({ body }) : await update.mutateAsync({ params: { id: was.id }, body: body as never });
        void message.success('已保存');
        await navigate({ to: `/volunteers/${id}` as never });
      }}
    >
      <FieldGroup title="本人">
        <Field name="name" label="姓名" hint={asBefore(was?.name)}>
          <Input maxLength={40} autoComplete="off" />
        </Field>
        <Field name="gender" label="性别">
          <Select options={optionsOf(genderLabels)} />
        </Field>
        <Field name="birthOn" label="出生日期" hint="未成年人要填监护人同意。">
          <DayInput notAfter={today()} />
        </Field>
        <Field name="phone" label="电话" hint={asBefore(was?.phone) ?? '没有电话就填监护人的。'}>
          <Input inputMode="tel" maxLength={20} autoComplete="off" />
        </Field>
        <Field name="idNumber" label="证件号码" hint={asBefore(was?.idNumber) ?? '本人同意才登记。'}>
          <Input maxLength={30} autoComplete="off" />
        </Field>
        <Field name="idAgreedOn" label="同意登记证件的日期">
          <DayInput notAfter={today()} />
        </Field>
        {was !== null && was.idNumber !== null && (
          <Field name="dropIdNumber" label="证件号码的去留">
            <Boxes label="本人不再同意，删去证件号码" />
          </Field>
        )}
      </FieldGroup>
      <FieldGroup title="能做什么">
        <Field name="skills" label="专长" wide>
          <ChoiceBoxes options={optionsOf(volunteerSkillLabels)} />
        </Field>
        <Field name="expertise" label="专长说明" hint="如：退休护士、会潮汕话。">
          <Input maxLength={120} />
        </Field>
        <Field name="team" label="志愿服务组织" hint="如小区志愿服务队；没有就不填。">
          <Input maxLength={60} />
        </Field>
        <Field name="slots" label="可服务时间" hint="推荐任务时按这里看有没有空。" wide>
          <ChoiceBoxes options={optionsOf(volunteerSlotLabels)} />
        </Field>
        <Field name="areas" label="服务地方" wide>
          <AreaSelect known={known} />
        </Field>
        <Field name="since" label="登记日期">
          <DayInput notAfter={today()} />
        </Field>
        <Field name="insuredUntil" label="意外保险至" hint="可能有人身危险的任务，只请有保险的人。">
          <DayInput />
        </Field>
      </FieldGroup>
      <FieldGroup title="监护人（未满 18 周岁）">
        <Field name="guardianName" label="监护人姓名" hint={asBefore(was?.guardianName)}>
          <Input maxLength={40} autoComplete="off" />
        </Field>
        <Field name="guardianPhone" label="监护人电话" hint={asBefore(was?.guardianPhone)}>
          <Input inputMode="tel" maxLength={20} autoComplete="off" />
        </Field>
        <Field name="guardianAgreedOn" label="监护人同意日期">
          <DayInput notAfter={today()} />
        </Field>
        <Field name="notes" label="备注" wide>
          <Input.TextArea autoSize={{ minRows: 2, maxRows: 6 }} maxLength={1000} />
        </Field>
      </FieldGroup>
    </RecordForm>
  );
}

/** A volunteer is entered, or the entry changed. */
export default function VolunteerFormPage() {
  const { id } = useParams({ strict: false }) as { id?: string };
  const found = useQuery({ ...queryOf(readVolunteer, { params: { id: id ?? '' } }), enabled: id !== undefined });
  if (found.isError) return <RefusalNotice error={found.error} onRetry={() => void found.refetch()} />;
  if (id !== undefined && found.data === undefined) return <Skeleton active />;
  return (
    <Page title={id === undefined ? '登记志愿者' : '修改登记'} crumbs={[{ title: '志愿者', to: '/volunteers' }]}>
      <Entry key={id ?? 'new'} was={found.data ?? null} />
    </Page>
  );
}
