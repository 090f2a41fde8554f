import { useQueryClient } from '@tanstack/react-query';
import { Button, Popup, Rate, Selector, TextArea } from 'antd-mobile';
import { useState } from 'react';
import { today } from '../../house/format.ts';
import { RefusalNotice } from '../../house/RefusalNotice.tsx';
import type { ActField, ActForm, ActValues } from '../acts.ts';
import { afterMove } from '../queries.ts';

/** Whether an act can be done on the phone: those that pick people from the staff are done at the desk. */
export const fitsPhone = (act: ActForm): boolean => act.fields.every((f) => f.kind !== 'person' && f.kind !== 'helpField');

const gapOf = (field: ActField, value: ActValues[string]): string | undefined => {
  if (field.required !== true) return undefined;
  const typed = field.kind === 'passage' || field.kind === 'line';
  if (value === undefined || value === null || value === '') return typed ? `请填写${field.label}` : `请选择${field.label}`;
  return typed && String(value).trim().length < 2 ? '请至少写两个字' : undefined;
};

function Control({
  field,
  value,
  onChange,
}: {
  field: ActField;
  value: ActValues[string];
  onChange: (value: string | number | boolean) => void;
}) {
  const id = `act-${field.name}`;
  switch (field.kind) {
    case 'choice':
      return (
        <Selector
          options={(field.choices ?? []).map((c) => ({ value: c.value, label: c.label }))}
          value={typeof value === 'string' ? [value] : []}
          onChange={(picked) => {
            if (picked[0] !== undefined) onChange(picked[0]);
          }}
        />
      );
    case 'yesNo':
      return (
        <Selector
          options={[
            { value: 'yes', label: '已解决' },
            { value: 'no', label: '没有解决' },
          ]}
          value={value === undefined ? [] : [value === true ? 'yes' : 'no']}
          onChange={(picked) => {
            if (picked[0] !== undefined) onChange(picked[0] === 'yes');
          }}
        />
      );
    case 'stars':
      return <Rate value={typeof value === 'number' ? value : 0} onChange={onChange} />;
    case 'day':
      return (
        <input
          id={id}
          className="ph-input"
          type="date"
          min={today()}
          value={String(value ?? '')}
          onChange={(e) => onChange(e.target.value)}
        />
      );
    case 'line':
      return (
        <input id={id} className="ph-input" maxLength={field.max} value={String(value ?? '')} onChange={(e) => onChange(e.target.value)} />
      );
    default:
      return (
        <TextArea
          id={id}
          value={String(value ?? '')}
          onChange={onChange}
          autoSize={{ minRows: 3, maxRows: 10 }}
          {...(field.max === undefined ? {} : { maxLength: field.max, showCount: true })}
        />
      );
  }
}

/** A short act on the phone, from below; what was typed stays when the platform refuses. */
export function PhoneActPopup({ act, onClose }: { act: ActForm; onClose: () => void }) {
  const client = useQueryClient();
  const [values, setValues] = useState<Record<string, string | number | boolean>>(() =>
    Object.fromEntries(act.fields.flatMap((f) => (f.initial === undefined ? [] : [[f.name, f.initial]]))),
  );
  const [gaps, setGaps] = useState<Readonly<Record<string, string | undefined>>>({});
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);

  const send = async () => {
    const found = Object.fromEntries(
      act.fields.flatMap((f) => [[f.name, gapOf(f, values[f.name])]]).filter(([, gap]) => gap !== undefined),
    );
    setGaps(found as Record<string, string>);
    if (Object.keys(found).length > 0) return;
    setBusy(true);
    setError(null);
    try {
      await act.send(values);
      onClose();
    } catch (failed) {
      setError(failed);
    } finally {
      await afterMove(client);
      setBusy(false);
    }
  };

  return (
    <Popup visible onClose={onClose} bodyStyle={{ borderRadius: '12px 12px 0 0' }}>
      <div className="ph-popup" role="dialog" aria-modal="true" aria-label={act.title}>
        <h2>{act.title}</h2>
        <p className="rd-quiet">{act.says}</p>
        {act.fields.map((f) => (
          <div key={f.name} className="ph-field">
            <label htmlFor={`act-${f.name}`}>{f.label}</label>
            {f.hint === undefined ? null : <div className="rd-quiet">{f.hint}</div>}
            <Control
              field={f}
              value={values[f.name]}
              onChange={(value) => {
                setValues({ ...values, [f.name]: value });
                setGaps({ ...gaps, [f.name]: undefined });
              }}
            />
            {gaps[f.name] === undefined ? null : (
              <div className="rd-error" role="alert">
                {gaps[f.name]}
              </div>
            )}
          </div>
        ))}
        <RefusalNotice error={error} />
        <Button block color={act.danger === true ? 'danger' : 'primary'} loading={busy} onClick={() => void send()}>
          {act.confirm}
        </Button>
        <Button block fill="none" onClick={onClose}>
          先不办
        </Button>
      </div>
    </Popup>
  );
}
