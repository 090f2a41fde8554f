import { createCase, updateCase } from '@jieyou/core/cases/endpoints.ts';
import { CaseDraft } from '@jieyou/core/cases/schema.ts';
import { serviceDomainOptions } from '@jieyou/core/texts/contactsLabels.ts';
import { caseDomainLabels, genderLabels, helpFieldLabels, optionsOf, riskLabels } from '@jieyou/core/texts/labels.ts';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import { Button, Checkbox, Form, Input, Radio, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { z } from 'zod';
import { call } from '../house/client.ts';
import { today } from '../house/format.ts';
import { birthAndGender } from '../house/idNumber.ts';
import { ChoiceBoxes, DayInput } from '../house/inputs.tsx';
import { NAME_WAS_MISSING, NameWas } from '../house/NameWas.tsx';
import { Page } from '../house/Page.tsx';
import { Field, FieldGroup, RecordForm } from '../house/RecordForm.tsx';
import { RefusalNotice } from '../house/RefusalNotice.tsx';
import '../house/reading.css';
import { WordsInput } from '../house/several.tsx';
import { UnsafeContact } from '../house/UnsafeContact.tsx';
import { type Chosen, PersonSearch, type Sought } from './PersonSearch.tsx';
import { useCase } from './queries.ts';

/** `opening` asks in which field the case is counted; later that is changed from a day on, on the page of the case. */
function CaseFields({ opening }: { readonly opening: boolean }) {
  return (
    <FieldGroup title="问题与需要">
      {opening ? (
        <Field name="serviceDomain" label="服务领域" hint="这个个案的服务计入哪一类台账">
          <Select options={[...serviceDomainOptions]} placeholder="请选择" />
        </Field>
      ) : null}
      <Field name="domain" label="问题领域" hint="疑难个案的类别；普通个案不用填，向支援中心求助时再选">
        <Select allowClear options={optionsOf(caseDomainLabels)} placeholder="选一个主要的" />
      </Field>
      <Field name="risk" label="风险等级">
        <Radio.Group options={optionsOf(riskLabels)} />
      </Field>
      <Field name="helpFields" label="所需专业" hint="要请专家时选；普通个案不用填" wide>
        <ChoiceBoxes options={optionsOf(helpFieldLabels)} />
      </Field>
      <Field name="summary" label="情况摘要" hint="发起求助时会带出来，不用再写一遍" wide>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} maxLength={4000} showCount />
      </Field>
      <Field name="household" label="家庭情况" hint="同住的人、关系、经济来源" wide>
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 8 }} maxLength={600} showCount />
      </Field>
      <Field name="aliases" label="别名、小名" hint="写完一个按回车；给专家看资料时会一并隐去">
        <WordsInput />
      </Field>
      <Field name="school" label="学校或单位" hint="给专家看资料时会隐去">
        <Input maxLength={60} />
      </Field>
    </FieldGroup>
  );
}

const CASE_START = { household: '', aliases: [], risk: 'low' as const, helpFields: [] };

function NewCase() {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [form] = Form.useForm();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [sought, setSought] = useState<Sought | null>(null);
  // Two cases at once are sometimes right; whoever begins a second one says so.
  const [alongside, setAlongside] = useState(false);
  const finish = async (body: z.input<typeof CaseDraft>) => {
    const written = await call(createCase, { body });
    await client.invalidateQueries({ queryKey: ['listCases'] });
    void navigate({ to: '/cases/$id', params: { id: written.id } });
  };
  const crumbs = [{ title: '我的个案', to: '/cases' }];
  const again = (
    <Button
      onClick={() => {
        setChosen(null);
        setSought(null);
        setAlongside(false);
      }}
    >
      重新查找
    </Button>
  );
  if (chosen !== null) {
    const open = chosen.openCases[0];
    return (
      <Page title="建立个案" crumbs={crumbs} actions={again}>
        <section className="jy-card">
          <h2>服务对象</h2>
          <p>
            {chosen.name}（{genderLabels[chosen.gender]}
            {chosen.age === null ? '' : `，${chosen.age}岁`}）　用已有的档案，不用再填个人信息。
          </p>
          <UnsafeContact contact={chosen.contact} />
          {open === undefined ? null : (
            <Checkbox checked={alongside} onChange={(e) => setAlongside(e.target.checked)}>
              此人已有在办个案 {open.number}，确实要另立一个
            </Checkbox>
          )}
        </section>
        <section className="jy-card">
          <RecordForm
            key={`${chosen.id}${alongside}`}
            validateWith={CaseDraft}
            initial={CASE_START}
            extra={{ recipientId: chosen.id, ...(alongside ? { alongside: true as const } : {}) }}
            draftKey={`case.new.${chosen.id}`}
            submitWords="建立个案"
            onCancel={() => void navigate({ to: '/cases' })}
            submit={finish}
          >
            <CaseFields opening />
          </RecordForm>
        </section>
      </Page>
    );
  }
  if (sought === null) {
    return (
      <Page title="建立个案" crumbs={crumbs} says="同一个人只建一份档案：先查找，没有再登记。">
        <PersonSearch onChoose={setChosen} onNew={setSought} />
      </Page>
    );
  }
  const known = sought.idNumber === null ? null : birthAndGender(sought.idNumber);
  return (
    <Page title="建立个案" crumbs={crumbs} actions={again}>
      <section className="jy-card">
        <RecordForm
          form={form}
          validateWith={CaseDraft}
          initial={{
            recipient: { gender: 'unknown', ...sought, address: null, ...known },
            ...CASE_START,
          }}
          submitWords="建立个案"
          onCancel={() => void navigate({ to: '/cases' })}
          submit={finish}
        >
          <FieldGroup title="服务对象">
            <Field name={['recipient', 'name']} label="姓名">
              <Input maxLength={40} autoComplete="off" />
            </Field>
            <Field name={['recipient', 'idNumber']} label="证件号码" hint="填写后自动带出出生日期和性别">
              <Input
                maxLength={18}
                autoComplete="off"
                onChange={(e) => {
                  const known = birthAndGender(e.target.value);
                  if (known !== null) form.setFieldsValue({ recipient: known });
                }}
              />
            </Field>
            <Field name={['recipient', 'gender']} label="性别">
              <Radio.Group options={optionsOf(genderLabels)} />
            </Field>
            <Field name={['recipient', 'birthOn']} label="出生日期">
              <DayInput notAfter={today()} />
            </Field>
            <Field name={['recipient', 'phone']} label="电话">
              <Input maxLength={20} autoComplete="off" inputMode="tel" />
            </Field>
            <Field name={['recipient', 'address']} label="住址">
              <Input maxLength={120} autoComplete="off" />
            </Field>
          </FieldGroup>
          <CaseFields opening />
        </RecordForm>
      </section>
    </Page>
  );
}

/** Whoever writes another name says what became of the one before. */
const Changed = updateCase.body.refine((v) => v.recipient?.name === undefined || v.recipient.nameWas !== undefined, {
  path: ['recipient', 'nameWas'],
  error: NAME_WAS_MISSING,
});

function EditCase({ id }: { id: string }) {
  const [named, setNamed] = useState(false);
  const navigate = useNavigate();
  const client = useQueryClient();
  const query = useCase(id);
  const file = query.data;
  if (file === undefined) {
    return (
      <Page title="修改个案">
        {query.error === null ? <Skeleton active paragraph={{ rows: 8 }} /> : <RefusalNotice error={query.error} />}
      </Page>
    );
  }
  return (
    <Page
      title="修改个案"
      crumbs={[
        { title: '我的个案', to: '/cases' },
        { title: file.number, to: `/cases/${id}` },
      ]}
      says="姓名、证件、电话和住址留空表示不改；要改请填写完整的新内容。"
    >
      <section className="jy-card">
        <RecordForm
          validateWith={Changed}
          onValuesChange={(values) => setNamed((values.recipient?.name ?? '') !== '')}
          initial={{
            household: file.household,
            aliases: file.aliases,
            school: file.school,
            domain: file.domain,
            helpFields: file.helpFields,
            risk: file.risk,
            summary: file.summary,
            recipient: { gender: file.recipient.gender, version: file.recipient.version },
          }}
          extra={{ version: file.version }}
          draftKey={`case.${id}`}
          submitWords="保存"
          onCancel={() => void navigate({ to: '/cases/$id', params: { id } })}
          submit={async ({ recipient, domain, ...body }) => {
            // An empty field means that the masked value stays, not that it is deleted; who was not touched is not written.
            const typed = Object.fromEntries(
              Object.entries(recipient ?? {}).filter(
                ([name, value]) =>
                  name !== 'version' && value !== null && value !== '' && !(name === 'gender' && value === file.recipient.gender),
              ),
            );
            const person = Object.keys(typed).length === 0 ? {} : { recipient: { ...typed, version: file.recipient.version } };
            await call(updateCase, { params: { id }, body: { ...body, domain: domain ?? null, ...person } });
            await client.invalidateQueries({ predicate: (q) => q.queryKey[0] !== 'readSession' });
            void navigate({ to: '/cases/$id', params: { id } });
          }}
        >
          <FieldGroup title="服务对象">
            <Field name={['recipient', 'name']} label="姓名">
              <Input maxLength={40} autoComplete="off" placeholder={file.recipient.name} />
            </Field>
            {named ? (
              <Field name={['recipient', 'nameWas']} label="原来的名字">
                <NameWas />
              </Field>
            ) : null}
            <Field name={['recipient', 'idNumber']} label="证件号码">
              <Input maxLength={18} autoComplete="off" placeholder={file.recipient.idNumber ?? '没有填写'} />
            </Field>
            <Field name={['recipient', 'gender']} label="性别">
              <Radio.Group options={optionsOf(genderLabels)} />
            </Field>
            <Field name={['recipient', 'birthOn']} label="出生日期">
              <DayInput notAfter={today()} placeholder={file.recipient.age === null ? '没有填写' : `现 ${file.recipient.age} 岁`} />
            </Field>
            <Field name={['recipient', 'phone']} label="电话">
              <Input maxLength={20} autoComplete="off" inputMode="tel" placeholder={file.recipient.phone ?? '没有填写'} />
            </Field>
            <Field name={['recipient', 'address']} label="住址">
              <Input maxLength={120} autoComplete="off" placeholder={file.recipient.address ?? '没有填写'} />
            </Field>
          </FieldGroup>
          <CaseFields opening={false} />
        </RecordForm>
      </section>
    </Page>
  );
}

/** A case, new or changed. */
export default function CaseFormPage() {
  const { id } = useParams({ strict: false });
  return id === undefined ? <NewCase /> : <EditCase key={id} id={id} />;
}
