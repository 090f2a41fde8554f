import { listDivisions } from '@jieyou/core/divisions/endpoints.ts';
import {
  type Circumstance,
  circumstanceLabels,
  disabilityClassLabels,
  type HouseholdFacts,
  type LifeEvent,
  lifeEventLabels,
  type Place,
  type ReliefStatus,
  reliefStatusLabels,
} from '@jieyou/core/resources/eligibility.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Form, InputNumber, Radio, Select } from 'antd';
import { useDeferredValue, useState } from 'react';
import { queryOf } from './ask.ts';
import { DayInput } from './inputs.tsx';
import './ranked.css';
import { SelectSeveral } from './several.tsx';

/** A place of the district, as conditions name it: by code and name. */
export function PlacePicker({
  id,
  value,
  onChange,
  several = false,
  ...rest
}: {
  readonly id?: string;
  readonly value?: readonly Place[];
  readonly onChange?: (places: Place[]) => void;
  readonly several?: boolean;
  readonly 'aria-label'?: string;
}) {
  const [typed, setTyped] = useState('');
  const text = useDeferredValue(typed);
  const found = useQuery({
    ...queryOf(listDivisions, { query: { limit: 50, ...(text === '' ? {} : { text }) } }),
    placeholderData: keepPreviousData,
  });
  const known = new Map<string, string>((value ?? []).map((p) => [p.code, p.name]));
  for (const d of found.data?.rows ?? []) if (d.code !== null) known.set(d.code.padEnd(12, '0'), d.name);
  return (
    <Select
      {...(id === undefined ? {} : { id })}
      {...rest}
      {...(several ? { mode: 'multiple' as const } : {})}
      allowClear
      showSearch={{ onSearch: setTyped, filterOption: false }}
      placeholder="输入区划名称"
      value={several ? (value ?? []).map((p) => p.code) : value?.[0]?.code}
      onChange={(chosen: string | string[] | undefined) => {
        const codes = Array.isArray(chosen) ? chosen : chosen === undefined ? [] : [chosen];
        onChange?.(codes.map((code) => ({ code, name: known.get(code) ?? code })));
      }}
      options={[...known].map(([code, name]) => ({ value: code, label: name }))}
      popupMatchSelectWidth={false}
      style={{ width: '100%' }}
    />
  );
}

type Typed = {
  age?: number | null;
  gender?: 'female' | 'male';
  statuses?: ReliefStatus[];
  noOther?: boolean;
  classes?: (keyof typeof disabilityClassLabels)[];
  grade?: number;
  registration?: Place[];
  residence?: Place[];
  income?: number | null;
  circumstances?: Circumstance[];
  noOtherCircumstance?: boolean;
  events?: LifeEvent[];
  days?: Partial<Record<LifeEvent, string>>;
  consent?: boolean;
};

const yesNo = <K extends string>(
  all: readonly K[],
  chosen: readonly K[] | undefined,
  restIsNo: boolean | undefined,
): Partial<Record<K, boolean>> =>
  Object.fromEntries(all.flatMap((key) => (chosen?.includes(key) ? [[key, true]] : restIsNo === true ? [[key, false]] : []))) as Partial<
    Record<K, boolean>
  >;

const factsOf = (typed: Typed): HouseholdFacts => ({
  ...(typed.age === undefined || typed.age === null ? {} : { age: typed.age }),
  ...(typed.gender === undefined ? {} : { gender: typed.gender }),
  statuses: yesNo(Object.keys(reliefStatusLabels) as ReliefStatus[], typed.statuses, typed.noOther),
  ...(typed.statuses?.includes('disabled') && typed.classes !== undefined && typed.classes.length > 0
    ? { disabilityClasses: typed.classes }
    : {}),
  ...(typed.statuses?.includes('disabled') && typed.grade !== undefined ? { disabilityGrade: typed.grade } : {}),
  ...(typed.registration?.[0] === undefined ? {} : { registration: typed.registration[0] }),
  ...(typed.residence?.[0] === undefined ? {} : { residence: typed.residence[0] }),
  ...(typed.income === undefined || typed.income === null ? {} : { incomePerHead: Math.round(typed.income * 100) }),
  circumstances: yesNo(Object.keys(circumstanceLabels) as Circumstance[], typed.circumstances, typed.noOtherCircumstance),
  events: Object.fromEntries((typed.events ?? []).flatMap((e) => (typed.days?.[e] ? [[e, typed.days[e]]] : []))),
  ...(typed.consent === undefined ? {} : { consent: typed.consent }),
});

/** What is known of a household, typed to see what it may get. Nothing of it is kept anywhere. */
export function HouseholdForm({ onAsk, busy }: { readonly onAsk: (facts: HouseholdFacts) => void; readonly busy: boolean }) {
  const [form] = Form.useForm<Typed>();
  const statuses = Form.useWatch('statuses', form);
  const events = Form.useWatch('events', form);
  return (
    <Form form={form} layout="vertical" onFinish={(typed) => onAsk(factsOf(typed))}>
      <div className="jy-household">
        <Form.Item name="age" label="年龄（周岁）">
          <InputNumber min={0} max={130} precision={0} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="gender" label="性别">
          <Select
            allowClear
            options={[
              { value: 'female', label: '女' },
              { value: 'male', label: '男' },
            ]}
          />
        </Form.Item>
        <Form.Item label="身份" style={{ marginBottom: 8 }}>
          <Form.Item name="statuses" noStyle>
            <SelectSeveral aria-label="身份" options={optionsOf(reliefStatusLabels)} placeholder="可以选几种" />
          </Form.Item>
          <Form.Item name="noOther" valuePropName="checked" noStyle>
            <Checkbox>问过了，没有别的身份</Checkbox>
          </Form.Item>
        </Form.Item>
        <Form.Item label="情形" style={{ marginBottom: 8 }}>
          <Form.Item name="circumstances" noStyle>
            <SelectSeveral aria-label="情形" options={optionsOf(circumstanceLabels)} placeholder="可以选几种" />
          </Form.Item>
          <Form.Item name="noOtherCircumstance" valuePropName="checked" noStyle>
            <Checkbox>问过了，没有别的情形</Checkbox>
          </Form.Item>
        </Form.Item>
        {statuses?.includes('disabled') && (
          <>
            <Form.Item name="classes" label="残疾类别">
              <SelectSeveral options={optionsOf(disabilityClassLabels)} />
            </Form.Item>
            <Form.Item name="grade" label="残疾等级">
              <Select allowClear options={[1, 2, 3, 4].map((g) => ({ value: g, label: `${'一二三四'[g - 1]}级` }))} />
            </Form.Item>
          </>
        )}
        <Form.Item name="registration" label="户籍地">
          <PlacePicker />
        </Form.Item>
        <Form.Item name="residence" label="居住地">
          <PlacePicker />
        </Form.Item>
        <Form.Item name="income" label="家庭人均月收入（元）">
          <InputNumber min={0} max={1_000_000} precision={2} style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="events" label="近来发生的事">
          <SelectSeveral options={optionsOf(lifeEventLabels)} />
        </Form.Item>
        {(events ?? []).map((event) => (
          <Form.Item key={event} name={['days', event]} label={`${lifeEventLabels[event]}的日期`}>
            <DayInput />
          </Form.Item>
        ))}
        <Form.Item name="consent" label="本人或监护人是否同意">
          <Radio.Group
            options={[
              { value: true, label: '同意' },
              { value: false, label: '不同意' },
            ]}
          />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={busy}>
        查找资源
      </Button>
    </Form>
  );
}
