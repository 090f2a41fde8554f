/** Inputs whose values are the contract's own texts: days as '2026-03-05', moments as UTC. */
import { dayOf, type Instant, timeOfDay } from '@jieyou/core/shared/day.ts';
import { Checkbox, DatePicker } from 'antd';
import dayjs from 'dayjs';
import { momentAt } from './format.ts';

type FromForm = {
  readonly id?: string;
  readonly 'aria-label'?: string;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly onBlur?: () => void;
};

/** A calendar day. */
export function DayInput({
  value,
  onChange,
  notBefore,
  notAfter,
  ...rest
}: FromForm & {
  readonly value?: string | null;
  readonly onChange?: (day: string | null) => void;
  readonly notBefore?: string;
  readonly notAfter?: string;
}) {
  return (
    <DatePicker
      style={{ width: '100%' }}
      {...rest}
      value={value ? dayjs(value) : null}
      onChange={(d) => onChange?.(d === null ? null : dayjs(d as dayjs.Dayjs).format('YYYY-MM-DD'))}
      disabledDate={(d) => {
        const day = d.format('YYYY-MM-DD');
        return (notBefore !== undefined && day < notBefore) || (notAfter !== undefined && day > notAfter);
      }}
    />
  );
}

/** A moment, typed and shown in Asia/Shanghai. */
export function InstantInput({
  value,
  onChange,
  ...rest
}: FromForm & { readonly value?: string | null; readonly onChange?: (at: string | null) => void }) {
  const shown = value ? dayjs(`${dayOf(value as Instant)}T${timeOfDay(value as Instant)}:00`) : null;
  return (
    <DatePicker
      style={{ width: '100%' }}
      {...rest}
      showTime={{ format: 'HH:mm', minuteStep: 5 }}
      format="YYYY-MM-DD HH:mm"
      value={shown}
      onChange={(d) => {
        const at = d as dayjs.Dayjs | null;
        onChange?.(at === null ? null : momentAt(at.format('YYYY-MM-DD'), at.format('HH:mm')));
      }}
    />
  );
}

/**
 * Several of a few choices, all visible. Form items hand a required mark down that a group of checkboxes may not carry; the form
 * says it in the label instead.
 */
export function ChoiceBoxes<T extends string>({
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
