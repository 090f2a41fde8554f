import {
  type Condition,
  circumstanceLabels,
  disabilityClassLabels,
  type Eligibility,
  lifeEventLabels,
  reliefStatusLabels,
} from '@jieyou/core/resources/eligibility.ts';
import { optionsOf } from '@jieyou/core/texts/labels.ts';
import { Button, Input, InputNumber, Select } from 'antd';
import { type ReactNode, useRef } from 'react';
import { today } from '../house/format.ts';
import { PlacePicker } from '../house/HouseholdForm.tsx';
import { DayInput } from '../house/inputs.tsx';
import { useRowKeys } from '../house/rowKeys.ts';
import { SelectSeveral } from '../house/several.tsx';

type Inner = Extract<Eligibility['of'][number], { of: unknown }>;
type Group = { kind: 'all' | 'any' | 'not'; of: (Condition | Inner)[] };
type Change = (was: Group) => Group;
type Changed = { readonly [Key in keyof Condition | string]?: unknown };

const kinds: Readonly<Record<Condition['kind'], string>> = {
  age: '年龄',
  gender: '性别',
  status: '身份',
  registration: '户籍',
  residence: '居住',
  income: '人均月收入',
  circumstance: '情形',
  since: '某事之后',
  period: '受理期',
  consent: '同意',
};
const groupings = [
  { value: 'all', label: '全部都要符合' },
  { value: 'any', label: '符合其中一项就可以' },
  { value: 'not', label: '有其中一项就不受理' },
] as const;

const fresh = (kind: Condition['kind']): Condition => {
  switch (kind) {
    case 'age':
      return { kind, min: null, max: null };
    case 'gender':
      return { kind, is: 'female' };
    case 'status':
      return { kind, anyOf: [], classes: [], grade: null };
    case 'registration':
    case 'residence':
      return { kind, places: [] };
    case 'income':
      return { kind, atMost: 0, source: '' };
    case 'circumstance':
      return { kind, anyOf: [] };
    case 'since':
      return { kind, event: 'birth', months: 12 };
    case 'period':
      return { kind, from: today(), to: null };
    case 'consent':
      return { kind, by: 'self' };
  }
};

/** Conditions as rules, written in a form: groups of all, any and none. Without a condition there are no rules. */
export function EligibilityEditor({
  value,
  onChange,
}: {
  readonly id?: string;
  readonly value?: Eligibility | null;
  readonly onChange?: (rules: Eligibility | null) => void;
}) {
  // Two inputs may speak before the form draws again: each change is made to what stands by then, so that none undoes another.
  const latest = useRef(value);
  latest.current = value;
  if (value === null || value === undefined) {
    return (
      <div>
        <p className="jy-secondary">还没有规则。写好规则后，求助页和“谁能得到什么”会按它回答。</p>
        <Button onClick={() => onChange?.({ kind: 'all', of: [fresh('age')] })}>写规则</Button>
      </div>
    );
  }
  const change = (to: Change) => {
    const next = to(latest.current as Group);
    latest.current = next as Eligibility;
    onChange?.(next.of.length === 0 ? null : (next as Eligibility));
  };
  return <GroupEditor group={value as Group} nested={false} onChange={change} />;
}

function GroupEditor({
  group,
  nested,
  onChange,
  onRemove,
}: {
  readonly group: Group;
  readonly nested: boolean;
  readonly onChange: (change: Change) => void;
  readonly onRemove?: () => void;
}) {
  const keys = useRowKeys(group.of.length);
  const put = (index: number, change: (was: Condition | Inner) => Condition | Inner) =>
    onChange((g) => ({ ...g, of: g.of.map((was, i) => (i === index ? change(was) : was)) }));
  const drop = (index: number) => {
    keys.remove(index);
    onChange((g) => ({ ...g, of: g.of.filter((_, i) => i !== index) }));
  };
  return (
    <div className="jy-rule-group">
      <div className="jy-rule-row">
        <Select
          aria-label="这些条件怎么算"
          value={group.kind}
          options={[...groupings]}
          onChange={(kind) => onChange((g) => ({ ...g, kind }))}
          style={{ minWidth: 180 }}
        />
        {onRemove !== undefined && (
          <Button type="text" danger onClick={onRemove}>
            删除这一组
          </Button>
        )}
      </div>
      {group.of.map((part, index) =>
        'of' in part ? (
          <GroupEditor
            key={keys.of(index)}
            nested
            group={part as Group}
            onChange={(change) => put(index, (was) => change(was as Group) as Inner)}
            onRemove={() => drop(index)}
          />
        ) : (
          <div className="jy-rule-row" key={keys.of(index)}>
            <Select
              aria-label={`条件 ${index + 1}`}
              value={part.kind}
              options={optionsOf(kinds)}
              onChange={(kind) => put(index, () => fresh(kind as Condition['kind']))}
            />
            <ConditionInputs condition={part} onChange={(changed) => put(index, (was) => ({ ...was, ...changed }) as Condition)} />
            <Button type="text" onClick={() => drop(index)} aria-label={`删除条件 ${index + 1}`}>
              删除
            </Button>
          </div>
        ),
      )}
      <div className="jy-rule-row">
        <Button size="small" onClick={() => onChange((g) => ({ ...g, of: [...g.of, fresh('age')] }))}>
          加一个条件
        </Button>
        {!nested && (
          <Button size="small" onClick={() => onChange((g) => ({ ...g, of: [...g.of, { kind: 'any', of: [fresh('status')] } as Inner] }))}>
            加一组条件
          </Button>
        )}
      </div>
    </div>
  );
}

function ConditionInputs({
  condition: c,
  onChange,
}: {
  readonly condition: Condition;
  readonly onChange: (changed: Changed) => void;
}): ReactNode {
  switch (c.kind) {
    case 'age':
      return (
        <>
          <InputNumber aria-label="最小年龄" min={0} max={130} precision={0} value={c.min} onChange={(min) => onChange({ min })} />
          <span>至</span>
          <InputNumber aria-label="最大年龄" min={0} max={130} precision={0} value={c.max} onChange={(max) => onChange({ max })} />
          <span>周岁，可以只填一头</span>
        </>
      );
    case 'gender':
      return (
        <Select
          aria-label="性别"
          value={c.is}
          onChange={(is) => onChange({ is })}
          options={[
            { value: 'female', label: '女性' },
            { value: 'male', label: '男性' },
          ]}
        />
      );
    case 'status':
      return (
        <>
          <SelectSeveral
            className="jy-rule-wide"
            aria-label="身份之一"
            placeholder="其中一种就可以"
            value={c.anyOf}
            onChange={(anyOf) => onChange({ anyOf })}
            options={optionsOf(reliefStatusLabels)}
          />
          {c.anyOf.includes('disabled') && (
            <>
              <SelectSeveral
                aria-label="残疾类别"
                placeholder="残疾类别不限"
                value={c.classes}
                onChange={(classes) => onChange({ classes })}
                options={optionsOf(disabilityClassLabels)}
              />
              <Select
                aria-label="残疾等级"
                allowClear
                placeholder="等级不限"
                value={c.grade ?? undefined}
                onChange={(grade?: number) => onChange({ grade: grade ?? null })}
                options={[1, 2, 3, 4].map((g) => ({ value: g, label: g === 1 ? '一级' : `${'一二三四'[g - 1]}级及以上` }))}
              />
            </>
          )}
        </>
      );
    case 'registration':
    case 'residence':
      return (
        <div className="jy-rule-wide">
          <PlacePicker several aria-label="地方" value={c.places} onChange={(places) => onChange({ places })} />
        </div>
      );
    case 'income':
      return (
        <>
          <span>不高于</span>
          <InputNumber
            aria-label="元"
            min={0}
            max={1_000_000}
            precision={2}
            value={c.atMost / 100}
            onChange={(yuan) => onChange({ atMost: Math.round((yuan ?? 0) * 100) })}
          />
          <span>元</span>
          <Input
            className="jy-rule-wide"
            aria-label="标准的出处"
            placeholder="标准的出处，如：现行低保标准的 1.5 倍"
            maxLength={80}
            value={c.source}
            onChange={(e) => onChange({ source: e.target.value })}
          />
        </>
      );
    case 'circumstance':
      return (
        <SelectSeveral
          className="jy-rule-wide"
          aria-label="情形之一"
          placeholder="其中一种就可以"
          value={c.anyOf}
          onChange={(anyOf) => onChange({ anyOf })}
          options={optionsOf(circumstanceLabels)}
        />
      );
    case 'since':
      return (
        <>
          <Select aria-label="什么事" value={c.event} onChange={(event) => onChange({ event })} options={optionsOf(lifeEventLabels)} />
          <InputNumber
            aria-label="几个月内"
            min={1}
            max={240}
            precision={0}
            value={c.months}
            onChange={(n) => onChange({ months: n ?? 1 })}
          />
          <span>个月内</span>
        </>
      );
    case 'period':
      return (
        <>
          <DayInput aria-label="开始受理" value={c.from} onChange={(from) => onChange({ from: from ?? today() })} />
          <span>至</span>
          <DayInput aria-label="停止受理" value={c.to} onChange={(to) => onChange({ to })} />
        </>
      );
    case 'consent':
      return (
        <Select
          aria-label="谁同意"
          value={c.by}
          onChange={(by) => onChange({ by })}
          options={[
            { value: 'self', label: '本人同意' },
            { value: 'guardian', label: '监护人同意' },
          ]}
        />
      );
  }
}
