import { DetailItem } from '@jieyou/core/cases/schema.ts';
import { correctRecipient } from '@jieyou/core/recipients/endpoints.ts';
import { detailItemLabels, detailOptions, detailWords } from '@jieyou/core/texts/detailLabels.ts';
import { genderLabels, optionsOf, personalFieldLabels } from '@jieyou/core/texts/labels.ts';
import { Checkbox, Form, Input, Radio, Select } from 'antd';
import { useState } from 'react';
import { useAct } from '../house/ask.ts';
import { ApiError } from '../house/client.ts';
import { FormDialog } from '../house/FormDialog.tsx';
import { today } from '../house/format.ts';
import { birthAndGender } from '../house/idNumber.ts';
import { DayInput } from '../house/inputs.tsx';
import { NAME_WAS_MISSING, NameWas } from '../house/NameWas.tsx';
import { Field, RecordForm } from '../house/RecordForm.tsx';
import type { RecipientData } from './queries.ts';

const ITEMS = DetailItem.options;
const SHOWN = ['name', 'gender', 'age', 'idNumber', 'phone', 'address', ...ITEMS] as const;
type Shown = (typeof SHOWN)[number];
const labels: Readonly<Record<Shown, string>> = { ...personalFieldLabels, ...detailItemLabels, gender: '性别', age: '年龄' };
const isItem = (field: string): field is DetailItem => (ITEMS as readonly string[]).includes(field);
const CLEARED = ['idNumber', 'phone', 'address'] as const;

const itemWords = (field: DetailItem, value: string | null | undefined): string => (value == null ? '未填写' : detailWords(field, value));

const wordOf = (file: RecipientData, field: Shown): string =>
  isItem(field)
    ? itemWords(field, file.details?.[field])
    : field === 'gender'
      ? genderLabels[file.gender]
      : field === 'age'
        ? file.age === null
          ? '未填写'
          : `${file.age}岁`
        : (file[field] ?? '未填写');

/** What somebody else changed meanwhile, beside what stands typed. */
function Meanwhile({
  seen,
  now,
  typed,
}: {
  readonly seen: RecipientData;
  readonly now: RecipientData;
  readonly typed: Record<string, unknown>;
}) {
  const own = (field: Shown): string => {
    const value = typed[field === 'age' ? 'birthOn' : field];
    if (value === null) return '去掉';
    if (isItem(field) && typeof value === 'string') return detailWords(field, value);
    if (typeof value !== 'string' || value === '') return '没有改';
    return field === 'gender' ? (value === seen.gender ? '没有改' : genderLabels[value as 'male']) : value;
  };
  const rows = SHOWN.filter((f) => wordOf(seen, f) !== wordOf(now, f) || own(f) !== '没有改');
  return (
    <section className="jy-refusal" role="status">
      <p>这份资料刚被别人改过，您填的内容还在。核对以后再保存，就以您填的为准；没有填的不变。</p>
      <table className="rd-both">
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">您打开时</th>
            <th scope="col">现在</th>
            <th scope="col">您填的</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((f) => (
            <tr key={f}>
              <th scope="row">{labels[f]}</th>
              <td>{wordOf(seen, f)}</td>
              <td>{wordOf(now, f)}</td>
              <td>{own(f)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Whoever writes another name says what became of the one before: nobody but they know. */
const Asked = correctRecipient.body.refine((v) => v.name === undefined || v.nameWas !== undefined, {
  path: ['nameWas'],
  error: NAME_WAS_MISSING,
});

/** Correcting a person: what is left empty stays; a name that was changed keeps the one before, one that was written wrongly does not. */
export function CorrectDialog({
  file,
  reread,
  onClose,
}: {
  readonly file: RecipientData;
  /** Reads the person again; what somebody else wrote meanwhile comes with it. */
  readonly reread: () => Promise<RecipientData | undefined>;
  readonly onClose: () => void;
}) {
  const [form] = Form.useForm();
  // The version that this person has seen: the page behind may follow others, the form does not until its reader did.
  const [opened] = useState(file);
  const [base, setBase] = useState(file);
  const [before, setBefore] = useState<RecipientData | null>(null);
  const [typed, setTyped] = useState<Record<string, unknown>>({});
  const [away, setAway] = useState<string[]>([]);
  const [named, setNamed] = useState(false);
  const act = useAct(correctRecipient);
  const clearable = CLEARED.filter((f) => base[f] !== null);
  return (
    <FormDialog open title="修改资料" onClose={onClose} width={720}>
      {before === null ? null : <Meanwhile seen={before} now={base} typed={typed} />}
      <p className="rd-quiet" style={{ marginBottom: 12 }}>
        姓名、证件、电话、住址留空表示不改，要改请填写完整的新内容。民族到职业各项都可以不填，只给服务此人的社工看。
      </p>
      <RecordForm
        form={form}
        validateWith={Asked}
        initial={{
          gender: opened.gender,
          ...Object.fromEntries(Object.entries(opened.details ?? {}).filter(([, value]) => value !== null)),
        }}
        onValuesChange={(values) => setNamed((values.name ?? '') !== '')}
        extra={{ version: base.version }}
        onCancel={onClose}
        submit={async (body) => {
          const filled = Object.entries(body).filter(
            ([name, value]) =>
              name !== 'version' && !isItem(name) && value !== null && value !== '' && !(name === 'gender' && value === opened.gender),
          );
          const given: Record<string, unknown> = body;
          const items = ITEMS.filter((item) => (given[item] ?? null) !== (opened.details?.[item] ?? null));
          const change = {
            ...Object.fromEntries(filled),
            ...Object.fromEntries(away.map((f) => [f, null])),
            ...Object.fromEntries(items.map((item) => [item, given[item] ?? null])),
          };
          if (Object.keys(change).length === 0) return onClose();
          try {
            await act.mutateAsync({ params: { id: file.id }, body: { ...change, version: base.version } });
            onClose();
          } catch (failed) {
            if (!(failed instanceof ApiError) || failed.code !== 'record.changed-meanwhile') throw failed;
            const now = await reread();
            if (now === undefined) throw failed;
            setTyped(change);
            setBefore(base);
            setBase(now);
          }
        }}
      >
        <Field name="name" label="姓名">
          <Input maxLength={40} autoComplete="off" placeholder={base.name} />
        </Field>
        {named ? (
          <Field name="nameWas" label="原来的名字">
            <NameWas />
          </Field>
        ) : null}
        <Field name="idNumber" label="证件号码" hint="填写后自动带出出生日期和性别">
          <Input
            maxLength={18}
            autoComplete="off"
            placeholder={base.idNumber ?? '没有填写'}
            disabled={away.includes('idNumber')}
            onChange={(e) => {
              const known = birthAndGender(e.target.value);
              if (known !== null) form.setFieldsValue(known);
            }}
          />
        </Field>
        <Field name="gender" label="性别">
          <Radio.Group options={optionsOf(genderLabels)} />
        </Field>
        <Field name="birthOn" label="出生日期">
          <DayInput notAfter={today()} placeholder={base.age === null ? '没有填写' : `现 ${base.age} 岁`} />
        </Field>
        <Field name="phone" label="电话">
          <Input
            maxLength={20}
            autoComplete="off"
            inputMode="tel"
            placeholder={base.phone ?? '没有填写'}
            disabled={away.includes('phone')}
          />
        </Field>
        <Field name="address" label="住址">
          <Input maxLength={120} autoComplete="off" placeholder={base.address ?? '没有填写'} disabled={away.includes('address')} />
        </Field>
        {ITEMS.map((item) => {
          const options = detailOptions(item);
          return (
            <Field key={item} name={item} label={detailItemLabels[item]}>
              {options === undefined ? (
                <Input
                  maxLength={item === 'occupation' ? 40 : 60}
                  autoComplete="off"
                  placeholder={item === 'occupation' ? '如：环卫工、退休教师' : '如：广东省汕尾市陆丰市'}
                />
              ) : (
                <Select allowClear showSearch optionFilterProp="label" options={options} placeholder="没有填写" />
              )}
            </Field>
          );
        })}
        {clearable.length === 0 ? null : (
          <fieldset className="rd-away">
            <legend>去掉登记错的内容</legend>
            <Checkbox.Group
              value={away}
              onChange={(chosen) => {
                setAway(chosen);
                form.setFieldsValue(Object.fromEntries(chosen.map((f) => [f, undefined])));
              }}
              options={clearable.map((f) => ({ value: f, label: labels[f] }))}
            />
          </fieldset>
        )}
      </RecordForm>
    </FormDialog>
  );
}
