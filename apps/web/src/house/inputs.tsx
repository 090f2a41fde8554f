/**
 * Inputs of days, moments and choices. The calendar weighs as much as a table: it loads where a field of it is on screen, and
 * never on a phone, which has its own.
 */
import { dayOf, type Instant, timeOfDay } from '@jieyou/core/shared/day.ts';
import { Checkbox, Input } from 'antd';
import { type ComponentProps, lazy, Suspense } from 'react';
import type * as dateInputs from './dateInputs.tsx';
import { momentAt } from './format.ts';
import { useNarrow } from './narrow.ts';

const Day = lazy(async () => ({ default: (await import('./dateInputs.tsx')).DayInput }));
const Moment = lazy(async () => ({ default: (await import('./dateInputs.tsx')).InstantInput }));

/** A calendar day, '2026-03-05'. */
export function DayInput(props: ComponentProps<typeof dateInputs.DayInput>) {
  if (useNarrow()) {
    const { value, onChange, notBefore, notAfter, placeholder: _, ...rest } = props;
    return (
      <Input
        type="date"
        {...rest}
        {...(notBefore === undefined ? {} : { min: notBefore })}
        {...(notAfter === undefined ? {} : { max: notAfter })}
        value={value ?? ''}
        onChange={(e) => onChange?.(e.target.value || null)}
      />
    );
  }
  return (
    <Suspense fallback={<Input disabled aria-label="正在打开日历" />}>
      <Day {...props} />
    </Suspense>
  );
}

/** A moment, typed and shown in Asia/Shanghai, kept in UTC. */
export function InstantInput(props: ComponentProps<typeof dateInputs.InstantInput>) {
  if (useNarrow()) {
    const { value, onChange, placeholder: _, ...rest } = props;
    return (
      <Input
        type="datetime-local"
        {...rest}
        value={value ? `${dayOf(value as Instant)}T${timeOfDay(value as Instant)}` : ''}
        onChange={(e) => {
          const [day, time] = e.target.value.split('T');
          onChange?.(day && time ? momentAt(day, time.slice(0, 5)) : null);
        }}
      />
    );
  }
  return (
    <Suspense fallback={<Input disabled aria-label="正在打开日历" />}>
      <Moment {...props} />
    </Suspense>
  );
}

/**
 * Several of a few choices, all visible. Form items hand a required mark down that a group of checkboxes may not carry; the form
 * says it in the label instead.
 */
export function ChoiceBoxes<T extends string | number>({
  id,
  value,
  onChange,
  options,
  ...rest
}: {
  readonly id?: string;
  readonly value?: readonly T[];
  readonly onChange?: (chosen: T[]) => void;
  readonly options: readonly { readonly value: T; readonly label: string }[];
  readonly 'aria-label'?: string;
  readonly 'aria-labelledby'?: string;
}) {
  return (
    <Checkbox.Group
      role="group"
      {...(id === undefined ? {} : { id })}
      {...(rest['aria-label'] === undefined ? {} : { 'aria-label': rest['aria-label'] })}
      {...(rest['aria-labelledby'] === undefined ? {} : { 'aria-labelledby': rest['aria-labelledby'] })}
      value={[...(value ?? [])]}
      onChange={(chosen) => onChange?.(chosen as T[])}
      options={[...options]}
    />
  );
}
