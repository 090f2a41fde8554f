import type { FormColumn, FormField } from '@jieyou/core/forms/document.ts';
import { type FormAnswerValue, type FormRow, type FormSignature, isFilled, longest } from '@jieyou/core/forms/filling.ts';
import { useState } from 'react';
import { today } from '../house/format.ts';
import { useRow } from '../house/rows.ts';
import '../house/choices.css';

const numberOf = (typed: string): number | null => (typed.trim() === '' || !Number.isFinite(Number(typed)) ? null : Number(typed));

/** A number as it is being typed: a lone minus sign or a point is not taken away under the hand. */
function NumberInput({
  value,
  onChange,
  label,
  whole,
}: {
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly label: string;
  readonly whole: boolean;
}) {
  const [typed, setTyped] = useState(value === null ? '' : String(value));
  return (
    <input
      className="fm-input"
      aria-label={label}
      inputMode={whole ? 'numeric' : 'decimal'}
      autoComplete="off"
      value={numberOf(typed) === value ? typed : value === null ? '' : String(value)}
      onChange={(e) => {
        setTyped(e.target.value);
        onChange(numberOf(e.target.value));
      }}
    />
  );
}

function Choices({
  name,
  options,
  chosen,
  several,
  onChange,
}: {
  readonly name: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  readonly several: boolean;
  readonly onChange: (next: string[]) => void;
}) {
  const long = options.some((o) => o.label.length > 8);
  return (
    <div className={long ? 'jy-choices fm-choices fm-long' : 'jy-choices fm-choices'}>
      {options.map((o) => (
        <label key={o.value}>
          <input
            type={several ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(o.value)}
            onChange={() =>
              onChange(several ? (chosen.includes(o.value) ? chosen.filter((v) => v !== o.value) : [...chosen, o.value]) : [o.value])
            }
            // A choice of one can be taken back: what was pressed by mistake is not an answer.
            onClick={() => (!several && chosen.includes(o.value) ? onChange([]) : undefined)}
          />
          {o.label}
        </label>
      ))}
    </div>
  );
}

function Cell({
  column,
  value,
  onChange,
  label,
}: {
  readonly column: FormColumn;
  readonly value: string | number | null;
  readonly onChange: (value: string | number | null) => void;
  readonly label: string;
}) {
  if (column.kind === 'number')
    return <NumberInput label={label} whole={column.whole === true} value={typeof value === 'number' ? value : null} onChange={onChange} />;
  if (column.kind === 'one')
    return (
      <select className="fm-input" aria-label={label} value={value ?? ''} onChange={(e) => onChange(e.target.value || null)}>
        <option value="">请选</option>
        {column.options.map((o) => (
          <option key={o.value} value={o.value}>
            {o.label}
          </option>
        ))}
      </select>
    );
  return (
    <input
      className="fm-input"
      aria-label={label}
      {...(column.kind === 'day' ? { type: 'date' } : { maxLength: 200 })}
      value={value ?? ''}
      onChange={(e) => onChange(e.target.value || null)}
    />
  );
}

function Rows({
  field,
  rows,
  onChange,
}: {
  readonly field: Extract<FormField, { kind: 'table' }>;
  readonly rows: readonly FormRow[];
  readonly onChange: (rows: FormRow[]) => void;
}) {
  const shown: readonly FormRow[] = rows.length === 0 ? [{}] : rows;
  const row = useRow(shown, onChange);
  return (
    <div className="fm-rows">
      {shown.map((cells, at) => (
        <fieldset key={row.keys.of(at)} className="fm-row" aria-label={`${field.label}第 ${at + 1} 行`}>
          {field.columns.map((column) => (
            <div key={column.key} className="fm-cell">
              <span className="fm-cell-name" aria-hidden="true">
                {column.label}
                {column.required === true ? ' *' : ''}
              </span>
              <Cell
                column={column}
                label={`第 ${at + 1} 行${column.label}`}
                value={cells[column.key] ?? null}
                onChange={(cell) => row.set(at, { [column.key]: cell })}
              />
            </div>
          ))}
          {rows.length > 0 ? (
            <button type="button" className="jy-link-button fm-drop" onClick={() => row.remove(at)}>
              删去这一行
            </button>
          ) : null}
        </fieldset>
      ))}
      {shown.length < field.maxRows ? (
        <button type="button" className="jy-link-button fm-add" onClick={() => row.add({})}>
          再加一行
        </button>
      ) : null}
    </div>
  );
}

const NEEDED = <em aria-hidden="true"> *</em>;

/** One field of a form, as it is filled on desk and phone. */
export function FormFieldInput({
  field,
  value,
  needed,
  problems,
  onChange,
  onLeave,
}: {
  readonly field: FormField;
  readonly value: FormAnswerValue | undefined;
  readonly needed: boolean;
  readonly problems: readonly string[];
  readonly onChange: (value: FormAnswerValue) => void;
  readonly onLeave: () => void;
}) {
  const id = `fm-${field.key}`;
  const text = typeof value === 'string' ? value : '';
  const signed: FormSignature =
    value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as FormSignature) : { name: '', on: '' };
  const single = field.kind === 'line' || field.kind === 'passage' || field.kind === 'day';
  const heading = (
    <>
      {field.label}
      {needed ? NEEDED : null}
      {field.professional === true ? <span className="rd-quiet">（只在机构内）</span> : null}
      {field.from !== undefined && isFilled(value) ? <span className="rd-quiet">（从登记带出，可改）</span> : null}
    </>
  );
  const inside =
    field.kind === 'line' ? (
      <input id={id} className="fm-input" maxLength={longest(field)} value={text} onChange={(e) => onChange(e.target.value)} />
    ) : field.kind === 'passage' ? (
      <textarea
        id={id}
        className="fm-input"
        rows={Math.min(12, Math.max(3, Math.ceil(text.length / 40)))}
        maxLength={longest(field)}
        value={text}
        onChange={(e) => onChange(e.target.value)}
      />
    ) : field.kind === 'day' ? (
      <input
        id={id}
        className="fm-input fm-short"
        type="date"
        {...(field.notFuture === true ? { max: today() } : {})}
        value={text}
        onChange={(e) => onChange(e.target.value || null)}
      />
    ) : field.kind === 'number' ? (
      <span className="fm-number">
        <NumberInput
          label={field.label}
          whole={field.whole === true}
          value={typeof value === 'number' ? value : null}
          onChange={onChange}
        />
        {field.unit === undefined ? null : <span>{field.unit}</span>}
      </span>
    ) : field.kind === 'one' || field.kind === 'item' ? (
      <Choices
        name={id}
        several={false}
        options={field.options}
        chosen={text === '' ? [] : [text]}
        onChange={(next) => onChange(next[0] ?? null)}
      />
    ) : field.kind === 'many' ? (
      <Choices
        name={id}
        several
        options={field.options}
        chosen={Array.isArray(value) ? (value as readonly string[]) : []}
        onChange={(next) => onChange(next)}
      />
    ) : field.kind === 'yesno' ? (
      <Choices
        name={id}
        several={false}
        options={[
          { value: 'yes', label: '是' },
          { value: 'no', label: '否' },
        ]}
        chosen={value === true ? ['yes'] : value === false ? ['no'] : []}
        onChange={(next) => onChange(next[0] === undefined ? null : next[0] === 'yes')}
      />
    ) : field.kind === 'signature' ? (
      <div className="fm-pair">
        <input
          className="fm-input"
          aria-label={`${field.label}：姓名`}
          placeholder="姓名"
          maxLength={40}
          value={signed.name}
          onChange={(e) => onChange({ name: e.target.value, on: signed.on || today() })}
        />
        <input
          className="fm-input"
          aria-label={`${field.label}：日期`}
          type="date"
          max={today()}
          value={signed.on}
          onChange={(e) => onChange({ name: signed.name, on: e.target.value })}
        />
      </div>
    ) : (
      <Rows field={field} rows={Array.isArray(value) ? (value as readonly FormRow[]) : []} onChange={onChange} />
    );
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only hears that the field inside was left
    <div className={`fm-field fm-is-${field.kind}`} data-field={field.key} onBlur={onLeave}>
      {single ? (
        <label htmlFor={id} className="fm-label">
          {heading}
        </label>
      ) : null}
      {field.hint === undefined || !single ? null : <div className="rd-quiet">{field.hint}</div>}
      {single ? (
        inside
      ) : (
        <fieldset>
          <legend className="fm-label">{heading}</legend>
          {field.hint === undefined ? null : <div className="rd-quiet">{field.hint}</div>}
          {inside}
        </fieldset>
      )}
      {problems.map((says) => (
        <div key={says} className="rd-error" role="alert">
          {says}
        </div>
      ))}
    </div>
  );
}
