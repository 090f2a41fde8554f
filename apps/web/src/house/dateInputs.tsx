/** Inputs whose values are the contract's own texts: days as '2026-03-05', moments as UTC. */
import { dayOf, type Instant, timeOfDay } from '@jieyou/core/shared/day.ts';
import { DatePicker } from 'antd';
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
